"""A capture as the page that the core reads: its payload decoded, and what was asked for first."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from archive.collection import Collection
from archive.errors import ArchiveError
from archive.times import as_text, from_text
from archive.warc_reading import read_capture
from articles.page import Page
from articles.urls import normalise_url

# A redirect and the request that follows it; longer apart they are two visits.
_REDIRECT_WITHIN = timedelta(minutes=5)
_MOST_REDIRECTS = 20


class IncompletePage(ArchiveError):
    """What was captured is not the whole page; the message is the reason alone."""


def captured_page(collection: Collection, capture: sqlite3.Row) -> Page:
    """The page that `capture` (a row of `captures`) preserves.

    Raises `DamagedWarc` where its WARC record cannot be read, `IncompletePage` where the payload
    is cut or cannot be decoded: half a page would look like a page of which half was deleted.
    """
    found = read_capture(collection, capture)
    if not found.is_complete:
        raise IncompletePage(found.problem or "the payload is not complete")
    return Page(
        url=capture["url"],
        body=found.payload,
        requested_url=_requested_url(collection.connection, capture),
        headers=found.headers,
        fetched_at=from_text(capture["fetched_at"]),
    )


def _requested_url(connection: sqlite3.Connection, capture: sqlite3.Row) -> str | None:
    """What was asked for first, where redirects led to this capture; None without any."""
    url, fetched_at = capture["url"], capture["fetched_at"]
    followed = {url}
    for _ in range(_MOST_REDIRECTS):
        redirect = connection.execute(
            """
            select url, fetched_at
            from captures
            where location = ?
              and fetched_at between ? and ?
              and status between 300 and 399
              and reason not like 'requisite of %'
            order by fetched_at desc, id desc
            limit 1
            """,
            (
                normalise_url(url),
                as_text(from_text(fetched_at) - _REDIRECT_WITHIN),
                fetched_at,
            ),
        ).fetchone()
        if redirect is None or redirect["url"] in followed:
            break
        url, fetched_at = redirect["url"], redirect["fetched_at"]
        followed.add(url)
    return url if url != capture["url"] else None
