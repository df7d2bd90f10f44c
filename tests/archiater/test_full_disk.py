"""A disk that fills up under a crawl: a small one in memory, where this machine allows it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.collection import Collection
from archive.verifying.verifying import verify_collection

PAGES = 30
PAGE_BYTES = 80_000
DISK_BYTES = 32 << 20
ROOM_BYTES = 5 << 18
"""What is left for the crawl at first: enough to begin, not enough to end."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        # Does not compress below half of its size.
        noise = os.urandom(PAGE_BYTES // 2).hex()
        body = f"<html><body><h1>{self.path}</h1><p>{noise}</p></body></html>".encode()
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mounting, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("no `mount` on this machine")
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


class FullDiskCrawl:
    """A crawl of every page into a collection on a disk that soon is full."""

    def __init__(self, disk: Path, server: Server, settings: str, *options: str) -> None:
        self.folder = disk / "collection"
        self._filler = disk / "filler"
        urls = disk / "urls.txt"
        urls.write_text("".join(server.url(f"/{number}\n") for number in range(PAGES)), "ascii")
        self.folder.mkdir()
        (self.folder / "archiater.toml").write_text(
            f"[crawl]\ndelay_s = 0\nlook_for_room_s = 0.1\n{settings}\n", "utf-8"
        )
        self._command = [
            *(sys.executable, "-m", "archiater", "-C", str(self.folder)),
            *("crawl", "--one-page", "--urls", str(urls), *options),
        ]

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[str]]:
        with subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def fill(self) -> None:
        found = os.statvfs(self._filler.parent)
        with self._filler.open("wb") as file:
            file.write(bytes(found.f_bfree * found.f_frsize - ROOM_BYTES))

    def make_room(self) -> None:
        self._filler.unlink()

    def run_again(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self._command, capture_output=True, text=True, check=False)

    def captures(self) -> Counter[str]:
        with Collection.open(self.folder, read_only=True) as collection:
            rows = collection.connection.execute(
                "select url from captures where status is not null"
            ).fetchall()
            return Counter(row["url"] for row in rows)

    def states(self) -> dict[str, int]:
        """How many URLs ended in which way."""
        with Collection.open(self.folder, read_only=True) as collection:
            rows = collection.connection.execute(
                "select state, count(*) from frontier group by state"
            ).fetchall()
        return {row[0]: row[1] for row in rows}

    def faults(self) -> list[object]:
        with Collection.open(self.folder, read_only=True) as collection:
            return list(verify_collection(collection))


def wait_for(process: subprocess.Popen[str], words: str) -> str:
    """The next line on standard error, which is to say `words`."""
    assert process.stderr is not None
    line = process.stderr.readline()
    assert words in line, line + process.stderr.read()
    return line


def every_page_once(server: Server) -> Counter[str]:
    paths = ["/robots.txt", *(f"/{number}" for number in range(PAGES))]
    return Counter(server.url(path) for path in paths)


def test_a_crawl_waits_for_room_and_goes_on_by_itself(disk: Path, server: Server) -> None:
    crawl = FullDiskCrawl(disk, server, "")
    crawl.fill()

    with crawl.running() as process:
        line = wait_for(process, "the crawl waits")
        asked = sum(server.asked.values())
        crawl.make_room()
        wait_for(process, "there is room on the disk again")
        assert process.stderr is not None
        rest = process.stderr.read()

    assert re.search(r"no room left .*; the crawl waits, \d+ captures? (is|are) kept", line)
    assert asked < PAGES
    assert (process.returncode, rest) == (0, "")
    assert crawl.captures() == every_page_once(server)
    assert set(server.asked.values()) == {1}
    assert crawl.faults() == []


def test_ctrl_c_ends_a_crawl_that_waits_and_the_next_one_goes_on(
    disk: Path, server: Server
) -> None:
    crawl = FullDiskCrawl(disk, server, "")
    crawl.fill()
    with crawl.running() as process:
        wait_for(process, "the crawl waits")
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        rest = process.stderr.read()
    ended_with = process.wait()
    crawl.make_room()

    again = crawl.run_again()

    assert ended_with == 3
    assert re.fullmatch(r"archiater: .*no room left .*; make room.*\n", rest)
    assert again.returncode == 0, again.stderr
    # What was in the file and in no row is a capture too; its page was asked for again.
    assert set(crawl.captures()) == set(every_page_once(server))
    assert crawl.states() == {"done": PAGES}
    assert crawl.faults() == []


def test_a_crawl_does_not_wait_longer_than_it_was_told(disk: Path, server: Server) -> None:
    crawl = FullDiskCrawl(disk, server, "wait_for_room_s = 0.5", "--no-extract")
    crawl.fill()

    ended = crawl.run_again()

    first, last = ended.stderr.splitlines()
    assert ended.returncode == 3
    assert "the crawl waits" in first
    assert "no room left" in last
    assert "start again" in last


def test_a_crawl_that_shall_not_wait_ends_at_once(disk: Path, server: Server) -> None:
    crawl = FullDiskCrawl(disk, server, "wait_for_room_s = 0", "--no-extract")
    crawl.fill()

    ended = crawl.run_again()

    assert ended.returncode == 3
    assert re.fullmatch(r"archiater: .*no room left .*; make room.*start again\n", ended.stderr)
