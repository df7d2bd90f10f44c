"""The check measured: `python -m benchmarks.verifying --pages 1000`.

WARC files of pages of about 130 KB, sent plainly (identity) and gzipped, are checked in turn by
archiater, by `warcio check` and by `fastwarc check`, each as a command. What is printed is MB of
payload, as it was sent, a second of CPU time, and of wall time: archiater inflates in a thread of
its own. The others check digests alone; archiater also framing, coding, grammar and references.
The start of the interpreter, measured with an empty file, is taken off. Quote the multiples.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

from archive.warc_records import record_member, warc_fields
from benchmarks.loopback import page

URL = "https://example.org/page/{}"
COMMANDS = {
    "archiater": (sys.executable, "-m", "archiater", "-q", "verify"),
    "warcio check": (str(Path(sys.executable).with_name("warcio")), "check"),
    "fastwarc check": (str(Path(sys.executable).with_name("fastwarc")), "check", "-q", "-p"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        empty = Path(name) / "none.warc.gz"
        empty.write_bytes(warcinfo())
        for sent in ("identity", "gzip"):
            path = Path(name) / f"{sent}.warc.gz"
            payload = write(path, arguments.pages, is_gzipped=sent == "gzip")
            print(
                f"\n{sent}: {arguments.pages} pages, {payload / 1e6:.0f} MB of payload, "
                f"{path.stat().st_size / 1e6:.0f} MB on the disk, "
                f"median of {arguments.rounds} rounds"
            )
            measure(path, empty, payload, arguments.rounds)


def measure(path: Path, empty: Path, payload: int, rounds: int) -> None:
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            start, whole = run(*command, str(empty)), run(*command, str(path))
            spent[name].append((whole[0] - start[0], whole[1] - start[1]))
    ours = statistics.median(cpu for cpu, _ in spent["archiater"])
    for name, rows in spent.items():
        cpu = statistics.median(row[0] for row in rows)
        wall = statistics.median(row[1] for row in rows)
        print(
            f"{name:16} {payload / cpu / 1e6:7.0f} MB a CPU second {payload / wall / 1e6:7.0f} MB "
            f"a second   {cpu / ours:5.2f} x"
        )


def run(*command: str) -> tuple[float, float]:
    """CPU and wall seconds of a command."""
    before, started = os.times(), time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}")
    after = os.times()
    cpu = after.children_user - before.children_user
    cpu += after.children_system - before.children_system
    return cpu, time.monotonic() - started


def write(path: Path, pages: int, *, is_gzipped: bool) -> int:
    """Requests and responses as archiater writes them; the bytes of all payloads."""
    total = 0
    with path.open("wb") as file:
        file.write(warcinfo())
        for number in range(pages):
            body = page(number % 50, paragraphs=170)
            if is_gzipped:
                body = gzip.compress(body, 6)
            total += len(body)
            file.write(exchange(number, body, is_gzipped=is_gzipped))
    return total


def exchange(number: int, body: bytes, *, is_gzipped: bool) -> bytes:
    coding = "Content-Encoding: gzip\r\n" if is_gzipped else ""
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"{coding}Content-Length: {len(body)}\r\n\r\n"
    )
    record_id, request_id = (f"<urn:uuid:{uuid.UUID(int=2 * number + it + 2)}>" for it in (0, 1))
    common = (
        ("WARC-Date", "2026-11-22T09:30:00.250000Z"),
        ("WARC-Target-URI", URL.format(number)),
        ("WARC-IP-Address", "192.0.2.7"),
        ("WARC-Protocol", "http/1.1"),
    )
    digest = hashlib.sha1(body, usedforsecurity=False).digest()
    return record_member(
        (
            ("WARC-Type", "request"),
            ("WARC-Record-ID", request_id),
            ("WARC-Concurrent-To", record_id),
            *common,
            ("Content-Type", "application/http; msgtype=request"),
        ),
        f"GET /page/{number} HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\n\r\n".encode(),
    ) + record_member(
        (
            ("WARC-Type", "response"),
            ("WARC-Record-ID", record_id),
            *common,
            ("WARC-Payload-Digest", "sha1:" + base64.b32encode(digest).decode()),
            ("Content-Type", "application/http; msgtype=response"),
        ),
        head.encode() + body,
    )


def warcinfo() -> bytes:
    return record_member(
        (
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", f"<urn:uuid:{uuid.UUID(int=1)}>"),
            ("WARC-Date", "2026-11-22T09:30:00Z"),
            ("Content-Type", "application/warc-fields"),
        ),
        warc_fields([("software", "a benchmark")]),
    )


if __name__ == "__main__":
    main()
