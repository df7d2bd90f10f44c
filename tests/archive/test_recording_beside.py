"""Exchanges that a thread compresses: written in order, at the latest by the commit."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import preparing
from archive.collection import Collection
from archive.errors import DiskFull
from archive.exchange import Exchange
from archive.recording import Recorder
from archive.recovery import recover
from archive.spilling import SpilledBytes
from archive.warc_reading import read_capture
from archive.warc_records import Members, exchange_members

MakeExchange = Callable[..., Exchange]

LARGE = random.Random(2).randbytes(400_000)  # noqa: S311


class Gate:
    """Threads wait here before they make records; what is small passes."""

    def __init__(self) -> None:
        self.is_open = threading.Event()

    def __call__(self, exchange: Exchange, *arguments: Any, **options: Any) -> Members:
        if len(exchange.response_block) > 300_000:
            assert self.is_open.wait(30)
        return exchange_members(exchange, *arguments, **options)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    gate = Gate()
    monkeypatch.setattr(preparing, "exchange_members", gate)
    return gate


@pytest.fixture
def make_recorder(collection: Collection) -> Callable[..., Recorder]:
    collection.connection.execute("pragma foreign_keys = off")

    def make(**options: Any) -> Recorder:
        return Recorder(
            collection, site="example", crawl_id=7, warcinfo={}, revisits=False, **options
        )

    return make


def paths(collection: Collection) -> list[str]:
    rows = collection.connection.execute("select url from captures order by warc_file_id, offset")
    return [row["url"].rpartition("/")[2] for row in rows]


def assert_all_read_back(collection: Collection) -> None:
    for row in collection.connection.execute("select * from captures").fetchall():
        assert read_capture(collection, row).is_complete


def test_whoever_adds_does_not_wait_for_the_thread(
    collection: Collection,
    make_recorder: Callable[..., Recorder],
    make_exchange: MakeExchange,
    gate: Gate,
) -> None:
    with make_recorder() as recorder:
        recorder.add(make_exchange("/large", body=LARGE))
        recorder.add(make_exchange("/small"))
        assert not list(collection.warcs.iterdir())
        assert not recorder.is_due

        gate.is_open.set()
        recorder.commit()

        assert paths(collection) == ["large", "small"]
    assert_all_read_back(collection)


def test_exchanges_that_are_not_written_yet_count_towards_a_commit(
    make_recorder: Callable[..., Recorder], make_exchange: MakeExchange, gate: Gate
) -> None:
    with make_recorder(monotonic=lambda: 0.0) as recorder:
        recorder.add(make_exchange("/large", body=LARGE))
        for _ in range(31):
            recorder.add(make_exchange())

        assert recorder.is_due
        gate.is_open.set()


@pytest.mark.parametrize("where", ["add", "commit"])
def test_a_full_disk_that_refuses_what_waited_loses_nothing(
    collection: Collection,
    make_recorder: Callable[..., Recorder],
    make_exchange: MakeExchange,
    gate: Gate,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    def refuse(*_: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    seen: list[str] = []
    with make_recorder() as recorder:
        recorder.add(make_exchange("/first"))
        recorder.add(make_exchange("/large", body=LARGE))
        recorder.also(lambda connection: seen.append("done"))
        gate.is_open.set()
        with monkeypatch.context() as patched:
            patched.setattr(os, "pwrite", refuse)
            [(_, prepared)] = recorder._unwritten
            while not prepared.is_ready:
                threading.Event().wait(0.001)
            with pytest.raises(DiskFull):
                recorder.commit() if where == "commit" else recorder.add(make_exchange("/last"))
            assert (paths(collection), seen) == ([], [])

        recorder.add(make_exchange("/last"))

    assert paths(collection) == ["first", "large", "last"]
    assert seen == ["done"]
    assert_all_read_back(collection)


def test_a_thread_that_finds_no_room_to_spill_is_no_loss(
    collection: Collection,
    make_recorder: Callable[..., Recorder],
    make_exchange: MakeExchange,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    rest = SpilledBytes(tmp_path)
    rest.append(LARGE)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 400000\r\n\r\n"
    append = SpilledBytes.append
    refusals = [DiskFull("run: no room left")]

    def append_or_refuse(spilled: SpilledBytes, data: bytes) -> None:
        if refusals:
            raise refusals.pop()
        append(spilled, data)

    monkeypatch.setattr(SpilledBytes, "append", append_or_refuse)
    with make_recorder() as recorder:
        recorder.add(make_exchange("/large", response_block=head, response_rest=rest))
        with pytest.raises(DiskFull):
            recorder.commit()
        recorder.commit()

    assert paths(collection) == ["large"]
    assert_all_read_back(collection)


def test_a_file_that_is_full_is_sealed_with_what_came_before_and_nothing_of_what_waits(
    collection: Collection,
    make_recorder: Callable[..., Recorder],
    make_exchange: MakeExchange,
    gate: Gate,
) -> None:
    order: list[object] = []

    def note(name: str) -> Callable[[sqlite3.Connection], None]:
        return lambda connection: order.append((name, len(paths(collection))))

    with make_recorder(max_file_bytes=900_000) as recorder:
        for number in range(4):
            recorder.add(make_exchange(f"/{number}", body=LARGE))
            recorder.also(note(str(number)))
        gate.is_open.set()
        recorder.commit()

    files = collection.connection.execute("select * from warc_files order by id").fetchall()
    assert [file["state"] for file in files] == ["sealed", "sealed"]
    assert all(file["durable_bytes"] <= 900_000 for file in files)
    assert paths(collection) == ["0", "1", "2", "3"]
    # Each write comes behind the row that was added before it.
    assert order == [("0", 1), ("1", 2), ("2", 3), ("3", 4)]
    assert_all_read_back(collection)


def test_a_recorder_that_is_abandoned_leaves_no_row_and_no_thread(
    collection: Collection,
    make_recorder: Callable[..., Recorder],
    make_exchange: MakeExchange,
    gate: Gate,
    tmp_path: Path,
) -> None:
    rest = SpilledBytes(tmp_path)
    rest.append(LARGE)
    recorder = make_recorder()
    recorder.add(make_exchange("/durable"))
    recorder.commit()
    recorder.add(make_exchange("/a", body=LARGE))
    recorder.add(make_exchange("/b", response_block=b"HTTP/1.1 200 OK\r\n\r\n", response_rest=rest))

    gate.is_open.set()
    recorder.abandon()

    assert not [it for it in threading.enumerate() if it.name.startswith("archiater-compress")]
    with pytest.raises(ValueError, match="closed"):
        next(rest.chunks())
    assert recover(collection).salvaged == 0
    assert paths(collection) == ["durable"]


def test_an_exchange_is_not_held_in_memory_once_it_is_written(
    make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    import gc
    import weakref

    with make_recorder() as recorder:
        exchange = make_exchange("/large", body=LARGE)
        recorder.add(exchange)
        held = weakref.ref(exchange)
        del exchange
        recorder._write_unwritten(wait=True)
        gc.collect()

        assert held() is None
        assert not recorder._unwritten


def test_a_bug_in_a_thread_is_raised_where_it_is_waited_for(
    make_recorder: Callable[..., Recorder],
    make_exchange: MakeExchange,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: Any, **__: Any) -> Members:
        raise KeyError("a bug")

    recorder = make_recorder()
    with monkeypatch.context() as patched:
        patched.setattr(preparing, "exchange_members", fail)
        recorder.add(make_exchange("/large", body=LARGE))

        with pytest.raises(KeyError):
            recorder.commit()

    recorder.abandon()
