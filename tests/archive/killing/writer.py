"""What is killed: a recorder that preserves known exchanges and tells what is acknowledged."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.collection import Collection
from archive.exchange import Exchange
from archive.frontier import Frontier, Wanted
from archive.patient_recording import Patience, PatientRecorder, patiently
from archive.recording import Recorder
from archive.spilling import SpilledBytes

SITE = "example.org"
CRAWL = 1
EXCHANGES = 20
MAX_FILE_BYTES = 14_000
_GROUP = 3
_LARGE = 9
_LARGE_BYTES = 1_500_000
_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Script:
    """How the writer goes about it."""

    checkpoints: bool = False
    """SQLite moves its log into the database after each commit."""
    exchanges: int = EXCHANGES


def make_template(path: Path) -> None:
    """A collection with a running crawl whose frontier holds every URL, leased."""
    with Collection.create(path) as collection:
        frontier = Frontier(collection, site=SITE, crawl_id=CRAWL)
        with collection.transaction() as connection:
            connection.execute(
                """
                insert into crawls (id, site, started_by, state, started_at, settings, counts)
                values (?, ?, 'command', 'running', '2026-11-22T09:30:00.000000Z', '{}', '{}')
                """,
                (CRAWL, SITE),
            )
            wanted = [Wanted(url=url(n), kind="page", found_by="seed") for n in range(EXCHANGES)]
            frontier.push(connection, wanted, now=_NOON)
        frontier.claim(EXCHANGES, now=_NOON)
        collection.connection.execute("pragma wal_checkpoint(truncate)")


def write(path: Path, script: Script, tell: Tell) -> None:
    """Preserve every exchange; what is acknowledged is told after each commit."""
    with Collection.open(path) as collection:
        frontier = Frontier(collection, site=SITE, crawl_id=CRAWL)
        patience = Patience(look_every_s=0, most_s=3600)
        recorder = PatientRecorder(
            collection,
            Recorder(
                collection, site=SITE, crawl_id=CRAWL, warcinfo={}, max_file_bytes=MAX_FILE_BYTES
            ),
            patience,
        )
        added: list[str] = []
        for number, exchange in enumerate(exchanges(script.exchanges)):
            recorder.add(exchange)
            recorder.also(_settling(frontier, exchange.url))
            added.append(exchange.url)
            if number % _GROUP == _GROUP - 1:
                _commit(recorder)
                tell({"acknowledged": added})
                added = []
                if script.checkpoints:
                    collection.connection.execute("pragma wal_checkpoint(truncate)")
        _commit(recorder)
        patiently(recorder.close, patience)
        tell({"acknowledged": added})


def _commit(recorder: PatientRecorder) -> None:
    recorder.commit()
    while recorder.is_waiting:
        recorder.commit()


def _settling(frontier: Frontier, settled: str) -> Callable[[Any], None]:
    return lambda connection: frontier.settle(connection, settled, "done", now=_NOON)


def url(number: int) -> str:
    return f"https://example.org/page-{number:03}"


def exchanges(count: int) -> Iterator[Exchange]:
    """Pages, two of three with a payload of their own; one large; failures."""
    for number in range(count):
        body = payload(number)
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
            f"X-Number: {number}\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        block, error, rest = head + body, None, None
        if number % 10 == 7:
            block, error = b"", "connect: refused"
        elif number == _LARGE:
            block, rest = block[:100_000], SpilledBytes()
            rest.append((head + body)[100_000:])
        yield Exchange(
            url=url(number),
            method="GET",
            request_block=f"GET /page-{number:03} HTTP/1.1\r\nHost: example.org\r\n\r\n".encode(),
            response_block=block,
            started_at=_NOON + timedelta(seconds=number),
            error=error,
            response_rest=rest,
        )


def payload(number: int) -> bytes:
    """The body of the page of this number; of three in a row the last has that of page 2."""
    if number == _LARGE:
        return random.Random(number).randbytes(1000) * (_LARGE_BYTES // 1000)  # noqa: S311
    seed = 2 if number % 3 == 2 else number
    return b"<p>" + random.Random(seed).randbytes(1500).hex().encode()  # noqa: S311
