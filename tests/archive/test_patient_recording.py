"""A recorder on a full disk: the system call is refused, everything else is real."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.collection import Collection
from archive.errors import DiskFailed, DiskFull
from archive.exchange import Exchange
from archive.patient_recording import Patience, PatientRecorder, patiently
from archive.recording import Recorder

MakeExchange = Callable[..., Exchange]


class Disk:
    """Refuses what is written to it while it is full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.refuses = False
        self.number = errno.ENOSPC
        self.room = 1 << 40
        self.tries = 0
        write = os.pwrite

        def pwrite(descriptor: int, data: bytes, offset: int) -> int:
            self.tries += 1
            if self.refuses:
                raise OSError(self.number, os.strerror(self.number))
            return write(descriptor, data, offset)

        monkeypatch.setattr(os, "pwrite", pwrite)
        monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_bfree=self.room, f_frsize=1))


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


class Clock:
    now = 1000.0


class Told(list[str]):
    """What the operator was told."""


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def patience(told: Told) -> Patience:
    return Patience(
        say=told.append,
        look_every_s=5,
        most_s=60,
        monotonic=lambda: Clock.now,
        sleep=lambda _: None,
    )


@pytest.fixture(autouse=True)
def clock() -> type[Clock]:
    Clock.now = 1000.0
    return Clock


@pytest.fixture
def recorder(collection: Collection, patience: Patience) -> Iterator[PatientRecorder]:
    with ExitStack() as stack:
        opened = a_recorder(collection, patience)
        stack.callback(opened.abandon)
        yield opened


def a_recorder(
    collection: Collection, patience: Patience, site: str = "example"
) -> PatientRecorder:
    collection.connection.execute("pragma foreign_keys = off")
    return PatientRecorder(
        collection, Recorder(collection, site=site, crawl_id=1, warcinfo={}), patience
    )


def paths(collection: Collection) -> list[str]:
    rows = collection.connection.execute("select url from captures order by id").fetchall()
    return [row["url"].removeprefix("https://example.org") for row in rows]


def test_what_a_full_disk_refuses_is_kept_and_written_when_there_is_room(
    collection: Collection, recorder: PatientRecorder, disk: Disk, make_exchange: MakeExchange
) -> None:
    recorder.add(make_exchange("/a"))
    disk.refuses = True
    recorder.add(make_exchange("/b"))
    recorder.add(make_exchange("/c"))
    recorder.commit()
    was_waiting = recorder.is_waiting
    disk.refuses = False

    recorder.commit()

    assert (was_waiting, recorder.is_waiting) == (True, False)
    assert paths(collection) == ["/a", "/b", "/c"]


def test_nothing_is_settled_before_its_capture_is_written(
    collection: Collection, recorder: PatientRecorder, disk: Disk, make_exchange: MakeExchange
) -> None:
    seen: list[list[str]] = []
    disk.refuses = True
    recorder.add(make_exchange("/a"))
    recorder.also(lambda _: seen.append(paths(collection)))
    recorder.commit()
    disk.refuses = False
    recorder.commit()

    assert seen == [["/a"]]


def test_the_operator_is_told_once_however_many_wait(
    collection: Collection,
    patience: Patience,
    told: Told,
    disk: Disk,
    clock: type[Clock],
    make_exchange: MakeExchange,
) -> None:
    one, other = a_recorder(collection, patience), a_recorder(collection, patience, "other")
    disk.refuses = True
    one.add(make_exchange("/a"))
    other.add(make_exchange("/b"))
    one.commit()
    disk.refuses = False
    clock.now += 30
    one.commit()
    before_the_last = list(told)
    other.commit()
    one.close()
    other.close()

    assert len(before_the_last) == 1
    assert "no room left" in told[0]
    assert "the crawl waits, 1 capture is kept in memory; make room" in told[0]
    assert told[1:] == ["there is room on the disk again after 30 s; the crawl goes on"]


def test_the_disk_is_looked_at_every_few_seconds(
    recorder: PatientRecorder, disk: Disk, clock: type[Clock], make_exchange: MakeExchange
) -> None:
    disk.refuses = True
    recorder.add(make_exchange("/a"))

    due = []
    for _ in range(4):
        due.append(recorder.is_due)
        clock.now += 2

    assert due == [False, False, False, True]


def test_nothing_is_tried_where_the_disk_shows_no_room(
    recorder: PatientRecorder, disk: Disk, make_exchange: MakeExchange
) -> None:
    disk.refuses = True
    recorder.add(make_exchange("/a"))
    disk.room, tries = 100_000, disk.tries

    recorder.commit()

    assert disk.tries == tries


def test_after_the_longest_wait_the_disk_ends_the_crawl(
    recorder: PatientRecorder, disk: Disk, clock: type[Clock], make_exchange: MakeExchange
) -> None:
    disk.refuses = True
    recorder.add(make_exchange("/a"))
    clock.now += 60

    assert recorder.is_due
    with pytest.raises(DiskFull):
        recorder.commit()


def test_another_failure_of_the_disk_is_not_waited_for(
    recorder: PatientRecorder, disk: Disk, make_exchange: MakeExchange
) -> None:
    disk.refuses, disk.number = True, errno.EIO

    with pytest.raises(DiskFailed):
        recorder.add(make_exchange("/a"))
    assert not recorder.is_waiting


def test_a_page_that_was_leased_while_the_disk_was_full_waits_too(
    recorder: PatientRecorder, told: Told
) -> None:
    recorder.wait(DiskFull("archive.db: no room left (full); make room and start again"))

    assert recorder.is_waiting
    assert told[0].startswith("archive.db: no room left (full); the crawl waits")


def test_patiently_calls_again_until_there_is_room(patience: Patience, told: Told) -> None:
    answers = iter([DiskFull("x: no room left"), DiskFull("x: no room left"), None])

    def act() -> str:
        if (error := next(answers)) is not None:
            raise error
        return "done"

    assert patiently(act, patience) == "done"
    assert len(told) == 2


def test_ctrl_c_ends_the_wait_with_what_the_disk_said(patience: Patience) -> None:
    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    def act() -> None:
        raise DiskFull("x: no room left")

    patience.sleep = interrupt

    with pytest.raises(DiskFull):
        patiently(act, patience)


@given(
    refusals=st.lists(st.sampled_from(["no", "no", "write", "half", "commit"]), max_size=60),
    is_small=st.booleans(),
)
@settings(max_examples=25, deadline=None)
def test_whatever_is_refused_each_exchange_is_there_once_and_in_order(
    make_exchange: MakeExchange, refusals: list[str], is_small: bool
) -> None:
    with (
        TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
        Collection.create(Path(folder)) as collection,
    ):
        collection.connection.execute("pragma foreign_keys = off")
        recorder = PatientRecorder(
            collection,
            Recorder(
                collection,
                site="example",
                crawl_id=1,
                warcinfo={},
                max_file_bytes=3000 if is_small else 10**9,
            ),
            Patience(look_every_s=0, most_s=3600),
        )
        refuse_in_turn(patch, collection, iter(refusals))
        wanted = [f"/{number}" for number in range(12)]
        for path in wanted:
            recorder.add(make_exchange(path))
            if path in ("/3", "/7"):
                recorder.commit()
        for _ in range(100):
            recorder.commit()
        patch.undo()
        recorder.close()

        assert paths(collection) == wanted


def refuse_in_turn(
    patch: pytest.MonkeyPatch, collection: Collection, refusals: Iterator[str]
) -> None:
    """Each write to a file and each transaction takes the next of `refusals`."""
    write, transaction = os.pwrite, collection.transaction

    def pwrite(descriptor: int, data: bytes, offset: int) -> int:
        match next(refusals, "no"):
            case "write":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            case "half":
                return write(descriptor, data[: len(data) // 2], offset)
        return write(descriptor, data, offset)

    def refusing_transaction() -> object:
        if next(refusals, "no") == "commit":
            raise DiskFull("archive.db: no room left (database or disk is full); make room")
        return transaction()

    patch.setattr(os, "pwrite", pwrite)
    patch.setattr(collection, "transaction", refusing_transaction)


def test_a_database_without_room_keeps_what_was_queued(
    collection: Collection, recorder: PatientRecorder, disk: Disk, make_exchange: MakeExchange
) -> None:
    recorder.add(make_exchange("/a"))
    refused = iter([True])

    def refuse_once(connection: sqlite3.Connection) -> None:
        if next(refused, False):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

    recorder.also(refuse_once)
    recorder.commit()
    was_waiting, were_there = recorder.is_waiting, paths(collection)
    recorder.commit()

    assert (was_waiting, were_there) == (True, [])
    assert paths(collection) == ["/a"]
