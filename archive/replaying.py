"""Which capture shows a URL as it was at a time: the one nearest to it that holds a payload.

Whoever replays asks here for rows; what a row preserves is read by `warc_reading`. A redirect is a
capture like any other: its row has the `location`, and following it is up to the caller.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.collection import Collection
from archive.times import as_text, from_text
from articles.urls import normalise_url

MOST_LISTED = 1000
"""Captures of one URL that are listed: a year of hourly crawls is nothing that people read."""


def find_capture(
    collection: Collection, url: str, at: datetime | None = None, *, embedded: bool = False
) -> sqlite3.Row | None:
    """The capture of `url` nearest to `at`, the latest where that is None; None without any.

    The row has the columns of `captures` and `warc_file`, the file's name. Captures of the spelling
    given count first; then those of its normal spelling; then those with the other of http and
    https, or with a slash more or less at the end. A 304 stands for the capture that it confirmed.
    What is `embedded` in a page (image, style) is rather taken from another time than as an error.
    """
    moment = as_text(at) if at is not None else _NEVER
    normal, groups = _spellings(url)
    for spellings in groups:
        look = _Look(collection.connection, spellings, asked=normal)
        found = look.nearest(moment, below_status=400) if embedded else None
        found = found or look.nearest(moment)
        if found is not None:
            return found
    return None


def find_capture_at(collection: Collection, warc_file: str, offset: int) -> sqlite3.Row | None:
    """The capture whose WARC record lies at `offset` of the file named; the row as above."""
    row: sqlite3.Row | None = collection.connection.execute(
        f"{_CAPTURE} where w.name = ? and c.offset = ?", (warc_file, offset)
    ).fetchone()
    return row


def list_captures(
    collection: Collection, url: str, *, most: int = MOST_LISTED
) -> list[sqlite3.Row]:
    """The captures of `url` in all its spellings, the oldest first; of more, the `most` latest."""
    rows: list[sqlite3.Row] = []
    for spelling in {name for group in _spellings(url)[1] for name in group}:
        rows += collection.connection.execute(
            f"{_CAPTURE} where c.url = ? and {_HAS_PAYLOAD} order by c.fetched_at desc limit ?",
            (spelling, most),
        )
    return sorted(rows, key=_by_time)[-most:]


def neighbours(
    collection: Collection, capture: sqlite3.Row
) -> tuple[sqlite3.Row | None, sqlite3.Row | None]:
    """The captures of the same URL just before and just after `capture`."""
    values = (capture["url"], capture["fetched_at"])
    before = collection.connection.execute(_STEP.format(than="<", order="desc"), values).fetchone()
    after = collection.connection.execute(_STEP.format(than=">", order="asc"), values).fetchone()
    return before, after


# Later than anything, for the capture nearest to it is the latest.
_NEVER = "9999-12-31T23:59:59.999999Z"

_CAPTURE = """
select c.*, w.name as warc_file
from captures c
join warc_files w on w.id = c.warc_file_id
"""
# The answer to a HEAD has no payload, and that to a POST is not what a link shows.
_HAS_PAYLOAD = """
c.record_type in ('response', 'revisit', 'resource')
and (c.reason is null or c.reason not glob 'method *')
"""
_STEP = f"""
{_CAPTURE}
where c.url = ? and c.fetched_at {{than}} ? and {_HAS_PAYLOAD}
order by c.fetched_at {{order}}
limit 1
"""
# A page that redirects to itself (to set a cookie) would be a circle without end.
_NEAREST = f"""
{_CAPTURE}
where c.url = ? and c.fetched_at {{than}} ? and {_HAS_PAYLOAD}
  and (c.location is null or c.location <> ?)
  and (c.status is null or c.status < ?)
  and (c.status is null or c.status <> ?)
order by c.fetched_at {{order}}
limit 1
"""
_BEFORE = _NEAREST.format(than="<=", order="desc")
_AFTER = _NEAREST.format(than=">", order="asc")
_NO_STATUS = -1
_ANY_STATUS = 1000


@dataclass(frozen=True)
class _Look:
    """One look at the captures of some spellings of a URL."""

    connection: sqlite3.Connection
    spellings: tuple[str, ...]
    asked: str

    def nearest(self, moment: str, *, below_status: int = _ANY_STATUS) -> sqlite3.Row | None:
        """Of the captures the nearest to `moment`; of two in equal distance the earlier."""
        before = self._last_before(moment, below_status=below_status)
        after = self._first_after(moment, below_status=below_status)
        found = before or after
        if before is not None and after is not None:
            found = min(before, after, key=lambda row: _distance(row, moment))
        if found is None or found["status"] != 304:
            return found
        confirmed = found["fetched_at"]
        return self._last_before(confirmed, but_status=304) or self._first_after(
            confirmed, but_status=304
        )

    def _last_before(self, moment: str, **statuses: int) -> sqlite3.Row | None:
        return max(self._ask(_BEFORE, moment, **statuses), key=_by_time, default=None)

    def _first_after(self, moment: str, **statuses: int) -> sqlite3.Row | None:
        if moment == _NEVER:
            return None
        return min(self._ask(_AFTER, moment, **statuses), key=_by_time, default=None)

    def _ask(
        self,
        sql: str,
        moment: str,
        *,
        below_status: int = _ANY_STATUS,
        but_status: int = _NO_STATUS,
    ) -> Iterator[sqlite3.Row]:
        for url in self.spellings:
            values = (url, moment, self.asked, below_status, but_status)
            row = self.connection.execute(sql, values).fetchone()
            if row is not None:
                yield row


def _distance(row: sqlite3.Row, moment: str) -> float:
    return abs((from_text(row["fetched_at"]) - from_text(moment)).total_seconds())


def _by_time(row: sqlite3.Row) -> tuple[str, int]:
    return row["fetched_at"], row["id"]


def _spellings(url: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The normal spelling of `url`, and those under which it may be captured, in groups, the
    likeliest first."""
    written = url.strip().partition("#")[0]
    normal = normalise_url(written)
    given = (written, normal) if written != normal else (normal,)
    scheme, separator, rest = normal.partition("://")
    if scheme not in _OTHER_SCHEME:
        return normal, (given,)
    other = _OTHER_SCHEME[scheme]
    head, mark, query = rest.partition("?")
    end = (head[:-1] if head.endswith("/") else f"{head}/") + mark + query
    return normal, (
        given,
        (f"{other}{separator}{rest}",),
        (f"{scheme}{separator}{end}", f"{other}{separator}{end}"),
    )


_OTHER_SCHEME = {"http": "https", "https": "http"}
