"""The scheduler against a server that misbehaves on purpose, in real crawls."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.collection import Collection


class Misbehaving(ThreadingHTTPServer):
    """Answers each path in its own bad way and counts how often it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Misbehaving

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        if self.path == "/flaky" and self.server.asked[self.path] == 1:
            self.answer(503, {"Retry-After": "1"})
        elif self.path == "/busy":
            self.answer(503, {"Retry-After": "0"})
        elif self.path == "/wall":
            self.answer(302, {"Location": "/wall"})
        elif self.path == "/moved":
            self.answer(301, {"Location": "/flaky"})
        elif self.path.startswith("/maze/"):
            self.answer(302, {"Location": f"/maze/{int(self.path[6:]) + 1}"})
        elif self.path == "/away":
            self.answer(302, {"Location": "http://health.example/elsewhere"})
        elif self.path in ("/missing", "/robots.txt"):
            self.answer(404, {})
        else:
            self.answer(200, {})

    def answer(self, status: int, headers: dict[str, str]) -> None:
        body = b"<html><body><p>Some words.</p></body></html>"
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "text/html"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with Misbehaving() as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def ends(server: Misbehaving, folder: Path, *paths: str) -> dict[str, tuple[str, str | None]]:
    """How each URL of a crawl of `paths` ended: path -> (state, reason)."""
    folder.mkdir()
    (folder / "archiater.toml").write_text("[crawl]\ndelay_s = 0\ntries = 2\n", "utf-8")
    urls = [server.url + path for path in paths]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "archiater", "-C", str(folder)),
            *("crawl", "--one-page", "--no-extract", "--json", *urls),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert json.loads(done.stdout)
    with Collection.open(folder, read_only=True) as collection:
        rows = collection.connection.execute("select url, state, reason from frontier").fetchall()
    return {row["url"].removeprefix(server.url): (row["state"], row["reason"]) for row in rows}


def test_a_server_that_asks_for_patience_is_asked_again_later(
    server: Misbehaving, tmp_path: Path
) -> None:
    found = ends(server, tmp_path / "c", "/flaky")

    assert found["/flaky"][0] == "done"
    assert server.asked["/flaky"] == 2


def test_a_url_that_fails_each_time_is_given_up_with_its_reason(
    server: Misbehaving, tmp_path: Path
) -> None:
    found = ends(server, tmp_path / "c", "/busy", "/missing", "/fine")

    assert found["/busy"] == ("failed", "gave up after 2 tries: HTTP 503")
    assert found["/missing"] == ("failed", "HTTP 404")
    assert found["/fine"] == ("done", None)
    assert server.asked["/missing"] == 1


def test_redirects_end_with_a_reason_and_never_silently(
    server: Misbehaving, tmp_path: Path
) -> None:
    found = ends(server, tmp_path / "c", "/wall", "/moved", "/away", "/flaky")

    assert found["/wall"][0] == "failed"
    assert "max redirections" in str(found["/wall"][1])
    assert found["/moved"] == ("done", f"redirected to {server.url}/flaky")
    assert found["/away"][0] == "out_of_scope"
    assert "health.example" in str(found["/away"][1])
    assert server.asked["/flaky"] == 2


def test_redirects_to_ever_new_pages_come_to_an_end(server: Misbehaving, tmp_path: Path) -> None:
    found = ends(server, tmp_path / "c", "/maze/0")

    assert found["/maze/8"] == ("failed", "more than 8 redirects")
    assert "/maze/9" not in found


BROKEN = """
import sys
from archive.frontier import Frontier
from archiater.command_line import run

def push(*_, **__):
    raise ValueError("a bug of ours")

Frontier.push = push
sys.exit(run(sys.argv[1:]))
"""


def test_a_bug_that_keeps_the_queue_from_being_written_ends_the_crawl(
    server: Misbehaving, tmp_path: Path
) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            BROKEN,
            "-C",
            str(tmp_path / "c"),
            "crawl",
            "--one-page",
            server.url,
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert done.returncode == 1
    assert done.stderr.endswith("ValueError: a bug of ours\n")
