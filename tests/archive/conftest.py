"""Collections, captures, pages and articles made by hand, for tests that need no crawl."""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.collection import Collection
from archive.exchange import Exchange
from archive.recording import Recorder
from archive.warc_records import record_member
from articles.record import (
    Article,
    Contributor,
    Derivation,
    Evidence,
    Paragraph,
    Review,
    Section,
    StatedDate,
)

MakeArticle = Callable[..., Article]
AddCapture = Callable[..., Any]
InsertCapture = Callable[..., Any]
MakeExchange = Callable[..., Exchange]
MakePage = Callable[..., str]
Capture = Callable[..., None]

URL = "https://example.org/fever"


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """An empty collection, open for writing."""
    with Collection.create(tmp_path / "collection") as opened:
        yield opened


@pytest.fixture(scope="session")
def make_article() -> MakeArticle:
    """An article with a byline and a review date; any field can be given instead."""
    return _make_article


def _make_article(text: str = "Rest and drink water.", /, **fields: Any) -> Article:
    base = Article(
        url=URL,
        requested_url=None,
        site=None,
        publisher="Example Health",
        language="en",
        title="Fever",
        text=text,
        sections=(
            Section(
                heading=None,
                level=None,
                blocks=tuple(Paragraph(text=block) for block in text.split("\n\n")),
            ),
        ),
        contributors=(
            Contributor(role="author", name="Ann Author", evidence=(_evidence("By Ann Author"),)),
            Contributor(role="medical_reviewer", name="Rhea Viewer", credentials=("MD",)),
        ),
        dates=(
            StatedDate(kind="reviewed", value="2024-06-09", precision="day", raw="9 June 2024"),
        ),
        review=Review(status="named"),
        extractor=Derivation(version="1", route="blocks", confidence=0.9),
        text_digest="sha256:" + hashlib.sha256(" ".join(text.split()).encode()).hexdigest(),
        word_count=len(text.split()),
    )
    return replace(base, **fields)


def _evidence(raw: str) -> Evidence:
    return Evidence(source="byline", locator="p.byline", raw=raw, rule="label", confidence=0.9)


@pytest.fixture
def add_capture(collection: Collection) -> AddCapture:
    """Add a capture row and give it back: `add_capture(day=3)`, `add_capture("https://...")`."""

    def add(url: str = URL, *, day: int = 1, **columns: Any) -> Any:
        with collection.transaction() as connection:
            return _insert_capture(connection, url, day=day, **columns)

    return add


@pytest.fixture(scope="session")
def insert_capture() -> InsertCapture:
    """The same on a connection, inside its transaction, for tests with many collections."""
    return _insert_capture


def _insert_capture(
    connection: sqlite3.Connection, url: str = URL, *, day: int = 1, **columns: Any
) -> Any:
    connection.execute(
        """
        insert into warc_files (id, name, state, origin, durable_bytes, created_at)
        values (1, 'test.warc.gz', 'sealed', 'crawl', 0, '2026-01-01T00:00:00.000000Z')
        on conflict do nothing
        """
    )
    offset = connection.execute("select count(*) from captures").fetchone()[0]
    values = {
        "warc_file_id": 1,
        "offset": offset,
        "length": 1,
        "record_id": f"urn:uuid:{offset:04}",
        "record_type": "response",
        "site": "example.org",
        "url": url,
        "fetched_at": f"2026-01-{day:02}T12:00:00.000000Z",
        "status": 200,
        "content_type": "text/html",
        **columns,
    }
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    added = connection.execute(
        f"insert into captures ({names}) values ({marks})",  # noqa: S608 - names of ours
        tuple(values.values()),
    )
    return connection.execute("select * from captures where id = ?", (added.lastrowid,)).fetchone()


@pytest.fixture(scope="session")
def make_exchange() -> MakeExchange:
    """An exchange of a small page; any field can be given instead, `minute` moves it in time."""

    def make(
        path: str = "/fever", *, body: bytes = b"", minute: int = 0, **fields: Any
    ) -> Exchange:
        body = body or b"<!doctype html><title>Fever</title><p>Page " + path.encode() + b"</p>"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
        values: dict[str, Any] = {
            "url": f"https://example.org{path}",
            "method": "GET",
            "request_block": b"GET " + path.encode() + b" HTTP/1.1\r\nHost: example.org\r\n\r\n",
            "response_block": head % len(body) + body,
            "started_at": datetime(2026, 11, 22, 9, 30, 1, 250000, tzinfo=UTC)
            + timedelta(minutes=minute),
            "ip_address": "192.0.2.7",
            "protocols": ("http/1.1", "tls/1.3"),
            "cipher_suite": "TLS_AES_128_GCM_SHA256",
            **fields,
        }
        return Exchange(**values)

    return make


@pytest.fixture(scope="session")
def a_page() -> MakePage:
    """A page with an article that begins with a text: `a_page("Rest.", title="Fever")`."""
    return _a_page


def _a_page(text: str, *, title: str = "Fever") -> str:
    paragraphs = "".join(f"<p>{part}</p>" for part in [text, *_FILLER])
    return (
        f"<html lang=en><head><title>{title}</title></head>"
        f"<body><main><h1>{title}</h1>{paragraphs}</main></body></html>"
    )


_FILLER = (
    "A fever is a body temperature that is higher than is usual, and it is most often a sign that "
    "the body is at work against an infection of one kind or another.",
    "Most people feel well again after three days of rest, of water and of patience, and need no "
    "other treatment than what they have at home already.",
)


@pytest.fixture
def capture(collection: Collection) -> Capture:
    """Record an answer in a WARC file: `capture(a_page("Rest."), day=2)`."""

    def capture(
        body: str = "",
        url: str = URL,
        *,
        day: int = 0,
        status: str = "200 OK",
        head: str = "",
        requisite_of: str | None = None,
    ) -> None:
        payload = gzip.compress(body.encode())
        answer = (
            f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Encoding: gzip\r\nContent-Length: {len(payload)}\r\n{head}\r\n"
        )
        exchange = Exchange(
            url=url,
            method="GET",
            request_block=b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n",
            response_block=answer.encode() + payload,
            started_at=datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day),
            requisite_of=requisite_of,
        )
        with collection.transaction() as connection:
            crawl = connection.execute(
                """
                insert into crawls (site, started_by, state, started_at, settings, counts)
                values ('example.org', 'command', 'finished', '', '{}', '{}')
                """
            ).lastrowid
        assert crawl is not None
        with Recorder(collection, site="example.org", crawl_id=crawl, warcinfo={}) as recorder:
            recorder.add(exchange)

    return capture


WarcBytes = Callable[..., bytes]


@pytest.fixture(scope="session")
def warc_bytes() -> WarcBytes:
    """A file of gzip members: a warcinfo, then request and response of each page.

    The same name gives the same record ids: `warc_bytes("first", pages=3)`.
    """
    return _warc_bytes


def _warc_bytes(name: str = "first", /, *, pages: int = 3) -> bytes:
    def record_id(what: str) -> str:
        return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{name} {what}')}>"

    def member(kind: str, what: str, fields: list[tuple[str, str]], block: bytes) -> bytes:
        common = [
            ("WARC-Type", kind),
            ("WARC-Record-ID", record_id(what)),
            ("WARC-Date", "2025-01-01T10:00:00Z"),
        ]
        return record_member([*common, *fields], block)

    members = [
        member(
            "warcinfo",
            "info",
            [("Content-Type", "application/warc-fields")],
            b"software: other\r\n",
        )
    ]
    for number in range(pages):
        target = ("WARC-Target-URI", f"https://example.org/{name}/{number}")
        answer, asked = f"answer {number}", f"request {number}"
        members += [
            member(
                "request",
                asked,
                [
                    target,
                    ("WARC-Concurrent-To", record_id(answer)),
                    ("Content-Type", "application/http; msgtype=request"),
                ],
                b"GET /%d HTTP/1.1\r\nHost: example.org\r\n\r\n" % number,
            ),
            member(
                "response",
                answer,
                [target, ("Content-Type", "application/http; msgtype=response")],
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Fever</title>",
            ),
        ]
    return b"".join(members)
