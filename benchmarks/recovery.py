"""How long recovery takes: `python -m benchmarks.recovery --megabytes 300`.

A WARC file of pages as a killed crawl leaves it, open, once with pages gzipped by their server and
once with pages sent as they are. Recovered with a small tail (all but the last group of 32
exchanges has its rows, as every kill of ours leaves it) and with the whole file as its tail (as
where the database was lost). Printed are seconds for each GB of the file, the best of the rounds,
by the clock and of CPU. The file is in the page cache; what the disk takes to read it is not
measured. `sha256` is the floor of a small tail: a sealed file has one.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import logging
import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from archive.collection import Collection
from archive.exchange import Exchange
from archive.recording import Recorder
from archive.recovery import recover
from benchmarks.loopback import page

_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
_GROUP = 32

Spent = tuple[float, float]
"""Seconds of the clock, and of all cores together."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    # Each recovery says what it did.
    logging.disable()
    for coding in ("gzip", "identity"):
        with (
            tempfile.TemporaryDirectory() as folder,
            Collection.create(Path(folder)) as collection,
        ):
            path = write_file(collection, coding, asked.megabytes * 1_000_000)
            size = path.stat().st_size
            rows = collection.connection.execute("select count(*) from captures").fetchone()[0]
            print(f"{coding} pages: {size:,} bytes, {rows} captures")
            show("sha256 alone", size, [digest_s(path) for _ in range(asked.rounds)])
            for name, tail in (("small tail", _GROUP), ("whole file as tail", rows)):
                spent = [recover_s(collection, path, tail) for _ in range(asked.rounds)]
                show(name, size, spent)


def write_file(collection: Collection, coding: str, size: int) -> Path:
    """An open file of at least `size` bytes with a row for each capture."""
    recorder = Recorder(
        collection,
        site="example.org",
        crawl_id=1,
        warcinfo={},
        max_file_bytes=2 * size + 10**9,
        revisits=False,
    )
    collection.connection.execute("pragma foreign_keys = off")
    written = number = 0
    while written < size:
        recorder.add(exchange(number, coding))
        number += 1
        if number % 1000 == 0:
            recorder.commit()
            written = next(collection.warcs.iterdir()).stat().st_size
    recorder.commit()
    recorder.abandon()
    return next(collection.warcs.iterdir())


def exchange(number: int, coding: str) -> Exchange:
    body = page(number)
    coded = ""
    if coding == "gzip":
        body, coded = gzip.compress(body, 6), "Content-Encoding: gzip\r\n"
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{coded}Content-Length: {len(body)}\r\n\r\n"
    )
    return Exchange(
        url=f"https://example.org/{number}",
        method="GET",
        request_block=f"GET /{number} HTTP/1.1\r\nHost: example.org\r\n\r\n".encode(),
        response_block=head.encode() + body,
        started_at=_NOON,
    )


def digest_s(path: Path) -> Spent:
    began = now()
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")
    return since(began)


def recover_s(collection: Collection, path: Path, tail: int) -> Spent:
    """The time of one recovery of the file, whose last `tail` captures have no row."""
    with collection.transaction() as connection:
        start = connection.execute(
            "select request_offset from captures order by offset desc limit 1 offset ?", (tail - 1,)
        ).fetchone()[0]
        connection.execute("delete from captures where offset > ?", (start,))
        connection.execute(
            "update warc_files set state = 'open', sha256 = null, durable_bytes = ?", (start,)
        )
    sealed = path.with_suffix("")
    if sealed.exists():
        sealed.rename(path)
    os.sync()
    began = now()
    recovered = recover(collection)
    spent = since(began)
    assert recovered.salvaged == tail
    return spent


def now() -> Spent:
    return time.perf_counter(), time.process_time()


def since(began: Spent) -> Spent:
    at = now()
    return at[0] - began[0], at[1] - began[1]


def show(name: str, size: int, spent: list[Spent]) -> None:
    wall_s, cpu_s = (min(seconds) / size * 1e9 for seconds in zip(*spent, strict=True))
    print(f"  {name:20} {wall_s:6.2f} s a GB, {cpu_s:6.2f} s of CPU", flush=True)


if __name__ == "__main__":
    main()
