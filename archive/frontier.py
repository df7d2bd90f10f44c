"""The frontier: which URLs of a site a crawl has yet to fetch, and how each one ended.

One row a site and URL serves as seen-set and as queue. A URL is pushed, claimed under a lease,
and settled; what was claimed and not settled when a crawl stopped waits again for the next one.
Writes take a connection that is inside a transaction, so that they commit together with the
captures they belong to (see `archive.recording`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from archive.collection import Collection
from archive.times import as_text

Kind = Literal["sitemap", "feed", "page", "requisite"]
"""`requisite`: what a page needs to be shown: an image, a style sheet, a font."""
End = Literal["done", "disallowed", "failed", "out_of_scope"]

_LEAST = -(2**62)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A URL that was found, with why and where."""

    url: str
    """Normalised: one URL, one row."""
    kind: Kind
    priority: int = 0
    """Higher first."""
    depth: int = 0
    found_by: str
    """seed, sitemap, feed, link, redirect, command, page, style"""
    found_on: str | None = None
    lastmod: str | None = None


@dataclass(frozen=True, kw_only=True)
class Leased:
    """A URL that this process has claimed and must settle or release."""

    url: str
    kind: Kind
    priority: int
    depth: int
    tries: int
    """How often it was fetched before without success."""
    lastmod: str | None
    found_on: str | None


@cache
def worker_name() -> str:
    """`BOOT-ID/PID` of this process: tells whether the holder of a lease can still be alive."""
    return f"{_boot_id()}/{os.getpid()}"


def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return "no-boot-id"


class Frontier:
    """The frontier of one crawl over one site."""

    def __init__(self, collection: Collection, *, site: str, crawl_id: int) -> None:
        self._collection = collection
        self._site = site
        self._crawl_id = crawl_id

    def push(
        self, connection: sqlite3.Connection, wanted: Iterable[Wanted], *, now: datetime
    ) -> None:
        """Queue URLs that this crawl has not seen; those it has seen stay as they are.

        But for a page that was taken for a requisite: a page may claim its neighbour as an image,
        and would hide it.
        """
        changed_at = as_text(now)
        connection.executemany(
            """
            insert into frontier (site, url, crawl_id, kind, state, priority, depth,
                                  found_by, found_on, lastmod, changed_at)
            values (?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?)
            on conflict (site, url) do update set
                crawl_id = excluded.crawl_id, kind = excluded.kind, state = 'waiting',
                priority = excluded.priority, depth = excluded.depth,
                found_by = excluded.found_by, found_on = excluded.found_on,
                lastmod = excluded.lastmod, tries = 0, ready_at = null, leased_by = null,
                reason = null, changed_at = excluded.changed_at
            where frontier.crawl_id <> excluded.crawl_id
                or (frontier.kind = 'requisite' and excluded.kind <> 'requisite')
            """,
            (
                (
                    self._site, w.url, self._crawl_id, w.kind, w.priority, w.depth,
                    w.found_by, w.found_on, w.lastmod, changed_at,
                )
                for w in wanted
            ),
        )  # fmt: skip

    def claim(
        self,
        most: int,
        *,
        now: datetime,
        pages: bool = True,
        within: range | None = None,
        without: range | None = None,
    ) -> tuple[Leased, ...]:
        """Lease up to `most` waiting URLs, the most valuable first.

        With `pages` false no page is given out: the limit of pages is reached. Sitemaps and feeds
        are, and what the pages that were fetched need to be shown. `within` and `without` say which
        priorities alone, or which not.
        """
        wanted = within or range(_LEAST, -_LEAST)
        unwanted = without or range(0)
        rows = self._collection.connection.execute(
            """
            select url, kind, priority, depth, tries, lastmod, found_on
            from frontier
            where site = ? and state = 'waiting' and crawl_id = ?
                and (ready_at is null or ready_at <= ?)
                and (? or kind <> 'page')
                and priority between ? and ? and priority not between ? and ?
            order by priority desc, url
            limit ?
            """,
            (
                self._site, self._crawl_id, as_text(now), pages,
                wanted.start, wanted.stop - 1, unwanted.start, unwanted.stop - 1, most,
            ),
        ).fetchall()  # fmt: skip
        if not rows:
            return ()
        with self._collection.transaction() as connection:
            connection.executemany(
                """
                update frontier set state = 'leased', leased_by = ?, changed_at = ?
                where site = ? and url = ?
                """,
                ((worker_name(), as_text(now), self._site, row["url"]) for row in rows),
            )
        return tuple(Leased(**dict(row)) for row in rows)

    def settle(
        self,
        connection: sqlite3.Connection,
        url: str,
        end: End,
        *,
        now: datetime,
        reason: str | None = None,
    ) -> None:
        """Write how a leased URL ended; `reason` says why where it is not `done`, or whither a page
        that is `done` redirected."""
        connection.execute(
            """
            update frontier set state = ?, reason = ?, leased_by = null, changed_at = ?
            where site = ? and url = ? and state = 'leased'
            """,
            (end, reason, as_text(now), self._site, url),
        )

    def postpone(
        self,
        connection: sqlite3.Connection,
        url: str,
        *,
        until: datetime,
        reason: str,
        now: datetime,
    ) -> None:
        """Give a leased URL back after a failure, to be tried again no sooner than `until`."""
        connection.execute(
            """
            update frontier
            set state = 'waiting', tries = tries + 1, ready_at = ?, reason = ?,
                leased_by = null, changed_at = ?
            where site = ? and url = ?
            """,
            (as_text(until), reason, as_text(now), self._site, url),
        )

    def release_leases(self, *, now: datetime) -> int:
        """Let everything leased wait again; the caller holds the site's lock, so no one else works.

        The count given back is of URLs that a killed or stopped crawl had in flight.
        """
        with self._collection.transaction() as connection:
            return connection.execute(
                """
                update frontier set state = 'waiting', leased_by = null, changed_at = ?
                where site = ? and state = 'leased'
                """,
                (as_text(now), self._site),
            ).rowcount

    def has_waiting(self, *, pages: bool = True) -> bool:
        """True while a URL of this crawl waits, ready now or later."""
        row = self._collection.connection.execute(
            """
            select 1 from frontier
            where site = ? and state = 'waiting' and crawl_id = ? and (? or kind <> 'page')
            limit 1
            """,
            (self._site, self._crawl_id, pages),
        ).fetchone()
        return row is not None

    def count_given_out(self) -> int:
        """How many pages of this crawl were asked for, but for those that redirected."""
        row = self._collection.connection.execute(
            """
            select count(*) from frontier
            where site = ? and crawl_id = ? and kind = 'page'
                and state in ('done', 'failed', 'out_of_scope')
                and not (state = 'done' and reason is not null)
            """,
            (self._site, self._crawl_id),
        ).fetchone()
        return int(row[0])

    def counts(self) -> dict[str, int]:
        """How many URLs of this crawl are in which state."""
        rows = self._collection.connection.execute(
            """
            select state, count(*) from frontier
            where site = ? and crawl_id = ?
            group by state
            """,
            (self._site, self._crawl_id),
        )
        return dict(rows.fetchall())
