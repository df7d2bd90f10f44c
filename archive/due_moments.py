"""The moments at which a site was due to be crawled by its schedule, and what became of each.

Every due moment leaves one row, so that nothing the schedule did or left undone is silent. The row
is also the claim: who writes it first runs the crawl. Which moments are due is the business of
`archiater.schedule`; here they are only kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from archive.collection import Collection
from archive.times import as_text, from_text

MomentState = Literal["started", "finished", "failed", "missed", "skipped"]


@dataclass(frozen=True, kw_only=True)
class DueMoment:
    """One moment at which a site was due."""

    site: str
    due_at: datetime
    state: MomentState
    """started: its crawl runs, or its process died; finished, failed: how the crawl ended; missed:
    nobody was there to run it; skipped: it was not to be run, `reason` says why."""
    crawl_id: int | None
    reason: str | None
    noted_at: datetime
    """When the row was last written."""


def start_due_moment(
    collection: Collection, site: str, due_at: datetime, *, reason: str | None, now: datetime
) -> bool:
    """Claim a moment for a crawl that starts now; False where it has a row already."""
    return _note(collection, site, [due_at], "started", reason, now) == 1


def note_due_moments(
    collection: Collection,
    site: str,
    moments: Iterable[datetime],
    state: Literal["missed", "skipped", "failed"],
    *,
    reason: str,
    now: datetime,
) -> int:
    """Note what became of moments without a crawl, and give how many were new: a row is kept.

    `moments` is read as it goes: a schedule of every minute has half a million a year.
    """
    return _note(collection, site, moments, state, reason, now)


def _note(
    collection: Collection,
    site: str,
    moments: Iterable[datetime],
    state: MomentState,
    reason: str | None,
    now: datetime,
) -> int:
    noted_at = as_text(now)
    rows = ((site, as_text(due_at), state, reason, noted_at) for due_at in moments)
    with collection.transaction() as connection:
        cursor = connection.executemany(
            """
            insert into due_moments (site, due_at, state, reason, noted_at)
            values (?, ?, ?, ?, ?)
            on conflict (site, due_at) do nothing
            """,
            rows,
        )
        # SQLite's Python driver counts -1 where there was no row to insert at all.
        return max(cursor.rowcount, 0)


def end_due_moment(
    collection: Collection,
    site: str,
    due_at: datetime,
    state: Literal["finished", "failed"],
    *,
    crawl_id: int | None,
    reason: str | None,
    now: datetime,
) -> None:
    """Note how the crawl of a started moment ended; a moment that has ended stays as it is."""
    with collection.transaction() as connection:
        connection.execute(
            """
            update due_moments
            set state = ?, crawl_id = ?, reason = coalesce(?, reason), noted_at = ?
            where site = ? and due_at = ? and state = 'started'
            """,
            (state, crawl_id, reason, as_text(now), site, as_text(due_at)),
        )


def forget_unreached(collection: Collection, site: str, *, now: datetime) -> int:
    """Delete what was noted as missed or skipped of moments, or at a time, yet to come; how many.

    Only a clock that was wrong can have noted it, and the schedule would be silent until then.
    """
    with collection.transaction() as connection:
        cursor = connection.execute(
            """
            delete from due_moments
            where site = ? and max(due_at, noted_at) > ? and state in ('missed', 'skipped')
            """,
            (site, as_text(now)),
        )
        return cursor.rowcount


def list_started(collection: Collection, site: str) -> list[DueMoment]:
    """The moments of a site whose crawl runs, or whose scheduler died before the crawl ended."""
    return _moments(
        collection.connection.execute(
            "select * from due_moments where site = ? and state = 'started' order by due_at",
            (site,),
        )
    )


def latest_due_moment(
    collection: Collection, site: str, *, until: datetime | None = None
) -> DueMoment | None:
    """The newest moment of a site that has a row, not after `until`; None where there is none."""
    rows = collection.connection.execute(
        """
        select * from due_moments
        where site = ? and (? is null or due_at <= ?)
        order by due_at desc
        limit 1
        """,
        (site, *([None if until is None else as_text(until)] * 2)),
    )
    return next(iter(_moments(rows)), None)


def list_due_moments(
    collection: Collection, *, site: str | None = None, most: int = 50
) -> list[DueMoment]:
    """The newest moments first, of one site or of all."""
    return _moments(
        collection.connection.execute(
            """
            select * from due_moments
            where ? is null or site = ?
            order by due_at desc, site
            limit ?
            """,
            (site, site, most),
        )
    )


def _moments(rows: Iterable[Any]) -> list[DueMoment]:
    return [
        DueMoment(
            site=row["site"],
            due_at=from_text(row["due_at"]),
            state=row["state"],
            crawl_id=row["crawl_id"],
            reason=row["reason"],
            noted_at=from_text(row["noted_at"]),
        )
        for row in rows
    ]
