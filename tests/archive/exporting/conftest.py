"""Articles in a collection, for exporting: stored as extraction stores them, and indexed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from archive.collection import Collection
from archive.exchange import Exchange
from archive.extracting import extract_pending
from archive.recording import Recorder
from archive.searching.index import index_pending
from archive.storing import store_article

AddArticle = Callable[..., int]


@pytest.fixture
def add_article(
    collection: Collection, make_article: Callable[..., Any], add_capture: Callable[..., Any]
) -> AddArticle:
    """Store and index an article: `add_article("Text.", url=..., title=...)`."""

    def add(
        text: str = "Rest and drink water.",
        /,
        *,
        url: str = "https://example.org/fever",
        day: int = 1,
        site: str = "example.org",
        **fields: Any,
    ) -> int:
        capture = add_capture(url, day=day, site=site)
        article = make_article(text, url=url, site=site, **fields)
        with collection.transaction() as connection:
            stored = store_article(connection, capture, article)
        index_pending(collection)
        return stored.article_id

    return add


Record = Callable[..., None]


@pytest.fixture
def record(collection: Collection) -> Record:
    """Preserve answers as one crawl of a site: `record(("https://...", body), site=..., day=1)`.

    An answer is a URL and a body, perhaps a status line with headers and the page that needs it.
    """

    def record(*answers: tuple[Any, ...], site: str = "example.org", day: int = 0) -> None:
        with collection.transaction() as connection:
            crawl_id = connection.execute(
                """
                insert into crawls (site, started_by, state, started_at, settings, counts)
                values (?, 'command', 'finished', '', '{}', '{}') returning id
                """,
                (site,),
            ).fetchone()[0]
        with Recorder(collection, site=site, crawl_id=crawl_id, warcinfo={}) as recorder:
            for second, answer in enumerate(answers):
                moment = datetime(2026, 1, 1, 12, 0, second, tzinfo=UTC) + timedelta(days=day)
                recorder.add(_exchange(moment, *answer))

    return record


def _exchange(
    moment: datetime,
    url: str,
    body: str | bytes | None,
    head: str = "200 OK\r\nContent-Type: text/html; charset=utf-8",
    requisite_of: str | None = None,
) -> Exchange:
    """`body` None: no answer came."""
    request = f"GET /{url.split('/', 3)[3]} HTTP/1.1\r\nHost: {url.split('/')[2]}\r\n\r\n"
    payload = body.encode() if isinstance(body, str) else body or b""
    answer = f"HTTP/1.1 {head}\r\nContent-Length: {len(payload)}\r\n\r\n".encode() + payload
    return Exchange(
        url=url,
        method="GET",
        request_block=request.encode(),
        response_block=b"" if body is None else answer,
        started_at=moment,
        error="connect: refused" if body is None else None,
        requisite_of=requisite_of,
    )


ORG = "https://example.org"
STYLE = "200 OK\r\nContent-Type: text/css"


@pytest.fixture
def archived(collection: Collection, record: Record, a_page: Callable[..., str]) -> Collection:
    """Two sites with what a crawl meets: versions, a redirect, a style sheet, a failure, a revisit.

    example.org: /fever in two versions, the second seen twice (a revisit), a redirect to it;
    /cough with its style sheet; /down does not answer. example.net: /rash.
    """
    fever, cough = f"{ORG}/fever", f"{ORG}/cough"
    newer = a_page("Take 200 mg of it. " * 60)
    record(
        (fever, a_page("Take 400 mg.")),
        (f"{ORG}/old-fever", "", f"301 Moved\r\nLocation: {fever}"),
        (cough, a_page("Drink water.", title="Cough")),
        (f"{ORG}/style.css", "p { color: green }", STYLE, cough),
        (f"{ORG}/down", None),
    )
    record((fever, newer), day=7)
    record((fever, newer), day=9)
    record(
        ("https://example.net/rash", a_page("Do not scratch.", title="Rash")), site="example.net"
    )
    extract_pending(collection, profile_of=lambda _site: None)
    kinds = {row[0] for row in collection.connection.execute("select record_type from captures")}
    assert kinds == {"response", "revisit", "metadata"}
    return collection
