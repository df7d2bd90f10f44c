"""A site on loopback that is crawled and then gone, the view of its archive, and a browser."""

from __future__ import annotations

import http.client
import os
import shutil
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from archiater.replay.serving import Bound, bind_collection, served
from archive.collection import Collection
from archive.exchange import Exchange
from archive.recording import Recorder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Answer = tuple[str, bytes]
"""Content-Type and body."""


@dataclass(frozen=True, kw_only=True)
class Got:
    """An answer of the view."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True, kw_only=True)
class View:
    """The view of a collection on a port of this machine."""

    origin: str

    def get(
        self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> Got:
        """One answer, redirects not followed."""
        connection = http.client.HTTPConnection(self.origin.removeprefix("http://"), timeout=20)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return Got(
                status=answer.status,
                headers={name.lower(): value for name, value in answer.getheaders()},
                body=answer.read(),
            )
        finally:
            connection.close()

    def follow(self, path: str) -> Got:
        """The answer at the end of the redirects."""
        got = self.get(path)
        for _ in range(10):
            if got.status != 302:
                return got
            got = self.get(got.headers["location"])
        raise AssertionError(f"a circle of redirects from {path}")

    def frame_of(self, path: str) -> Got:
        """What stands in the frame of a page for people."""
        text = self.follow(path).text
        address = text.partition("<iframe")[2].partition('src="')[2].partition('"')[0]
        return self.follow(address.replace("&amp;", "&").replace("&#x27;", "'"))


Archive = Callable[..., None]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty collection."""
    Collection.create(tmp_path / "home").close()
    return tmp_path / "home"


@pytest.fixture
def archive(home: Path) -> Archive:
    """Record an answer: `archive("https://example.org/", b"<p>Rest.", day=2)`."""
    return lambda *args, **kwargs: archive_answer(home, *args, **kwargs)


def archive_answer(
    home: Path,
    url: str,
    body: bytes = b"",
    *,
    day: float = 0,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    head: str = "",
) -> None:
    answer = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{head}\r\n"
    )
    exchange = Exchange(
        url=url,
        method="GET",
        request_block=b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n",
        response_block=answer.encode() + body,
        started_at=datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day),
    )
    with Collection.open(home) as collection:
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


@pytest.fixture
def view(home: Path, tmp_path: Path) -> Iterator[View]:
    """The view of the collection `home`, served; without a player."""
    with served_view(home, tmp_path / "no player") as bound:
        yield View(origin=bound.origin)


@contextmanager
def served_view(home: Path, player: Path) -> Iterator[Bound]:
    bound = bind_collection(home, host="127.0.0.1", port=0, player=player)
    with served(bound.apps):
        yield bound


@dataclass
class Site:
    """A server on loopback; what it was asked for is in `asked`."""

    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""


@contextmanager
def serving_site(pages: Mapping[str, Answer]) -> Iterator[Site]:
    site = Site(pages=dict(pages))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            kind, body = site.pages.get(self.path, ("text/plain", b""))
            body = body.replace(b"@SITE@", site.url.encode())
            self.send_response(200 if self.path in site.pages else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def crawl(home: Path, urls: list[str]) -> None:
    """Crawl these URLs for real, by the command line."""
    done = subprocess.run(
        [sys.executable, "-m", "archiater", "-C", str(home), "crawl", "--one-page", *urls],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "ARCHIATER_CRAWL_DELAY_S": "0"},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)

    rows = (b"\0" + b"\x30\x60\x90" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.fixture(scope="session")
def png_bytes() -> Callable[[int, int], bytes]:
    return png


@pytest.fixture(scope="session")
def serving_a_site() -> Callable[..., Any]:
    return serving_site


@pytest.fixture(scope="session")
def serving_a_view() -> Callable[..., Any]:
    return served_view


@pytest.fixture(scope="session")
def crawling() -> Callable[[Path, list[str]], None]:
    return crawl


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's headless Chromium, which can reach nothing but this machine."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium here; `apt-get install chromium` (.ci/run does)")
    playwright: Any = pytest.importorskip("playwright.sync_api", reason="no Playwright here")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield launched
        launched.close()
