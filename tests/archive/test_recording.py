from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from archive.collection import Collection
from archive.errors import DiskFailed, DiskFull, LockedCollection
from archive.exchange import Exchange
from archive.recording import Recorder
from archive.warc_members import read_member
from archive.warc_reading import parse_record, read_capture

MakeExchange = Callable[..., Exchange]
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def make_recorder(collection: Collection) -> Callable[..., Recorder]:
    with collection.transaction() as connection:
        connection.execute(
            """
            insert into crawls (id, site, started_by, state, started_at, settings, counts)
            values (7, 'example', 'command', 'running', '2026-11-22T09:30:00.000000Z', '{}', '{}')
            """
        )

    def make(**options: Any) -> Recorder:
        return Recorder(
            collection,
            site="example",
            crawl_id=7,
            warcinfo={"operator": "Test"},
            clock=lambda: NOW,
            **options,
        )

    return make


def captures(collection: Collection) -> list[sqlite3.Row]:
    return collection.connection.execute("select * from captures order by id").fetchall()


def warc_files(collection: Collection) -> list[sqlite3.Row]:
    return collection.connection.execute("select * from warc_files order by id").fetchall()


def test_what_was_recorded_reads_back_from_its_row(
    collection: Collection, make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    exchange = make_exchange(body=b"<p>Fever</p>")
    with make_recorder() as recorder:
        recorder.add(exchange)

    [row] = captures(collection)
    found = read_capture(collection, row)

    assert found.block == exchange.response_block
    assert (found.status, found.payload, found.is_complete) == (200, b"<p>Fever</p>", True)
    assert (row["url"], row["site"], row["crawl_id"]) == (exchange.url, "example", 7)
    assert row["fetched_at"] == "2026-11-22T09:30:01.250000Z"
    assert row["outcome"] is None


def test_a_row_says_where_the_request_stands(
    collection: Collection, make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    exchange = make_exchange()
    with make_recorder() as recorder:
        recorder.add(exchange)

    [row], [file] = captures(collection), warc_files(collection)
    path = collection.warcs / file["name"]
    record = parse_record(read_member(path, row["request_offset"], row["request_length"]))

    assert record is not None
    assert record.block == exchange.request_block


def test_nothing_has_a_row_before_the_commit_and_everything_after_it(
    collection: Collection, make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    with make_recorder() as recorder:
        recorder.add(make_exchange("/a"))
        recorder.add(make_exchange("/b"))
        assert captures(collection) == []
        assert warc_files(collection)[0]["durable_bytes"] == 0

        recorder.commit()

        assert [row["url"][-2:] for row in captures(collection)] == ["/a", "/b"]
        [file] = warc_files(collection)
        size = (collection.warcs / (file["name"] + ".open")).stat().st_size
        assert (file["state"], file["durable_bytes"]) == ("open", size)


def test_the_warc_is_durable_before_the_rows_are_entered(
    collection: Collection,
    make_recorder: Callable[..., Recorder],
    make_exchange: MakeExchange,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps: list[str] = []
    monkeypatch.setattr(os, "fdatasync", lambda descriptor: steps.append("sync"))
    with make_recorder() as recorder:
        recorder.add(make_exchange(), lambda connection, capture_id: steps.append("row"))
        recorder.commit()

        assert steps == ["sync", "row"]


def test_queued_writes_share_the_transaction_in_order(
    collection: Collection, make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    seen: list[object] = []
    with make_recorder() as recorder:
        recorder.also(lambda connection: seen.append("before"))
        recorder.add(make_exchange(), lambda connection, capture_id: seen.append(capture_id))
        recorder.also(lambda connection: seen.append(connection.in_transaction))
        recorder.commit()

    assert seen == ["before", captures(collection)[0]["id"], True]


def test_a_write_that_fails_undoes_the_whole_commit_and_keeps_the_queue(
    collection: Collection, make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    refusals = [KeyError("not yet")]

    def refuse_once(_: sqlite3.Connection) -> None:
        if refusals:
            raise refusals.pop()

    with make_recorder() as recorder:
        recorder.add(make_exchange())
        recorder.also(refuse_once)
        with pytest.raises(KeyError):
            recorder.commit()
        assert captures(collection) == []

        recorder.commit()

        assert len(captures(collection)) == 1


def test_a_commit_is_due_at_32_exchanges_or_after_a_quarter_second(
    make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    seconds = [100.0]
    with make_recorder(monotonic=lambda: seconds[0]) as recorder:
        assert not recorder.is_due
        recorder.add(make_exchange())
        assert not recorder.is_due
        seconds[0] += 0.25
        assert recorder.is_due
        recorder.commit()
        assert not recorder.is_due
        for _ in range(31):
            recorder.add(make_exchange())
        assert not recorder.is_due
        recorder.add(make_exchange())
        assert recorder.is_due


def test_closing_seals_the_file_and_keeps_its_digest(
    collection: Collection, make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    import hashlib

    with make_recorder() as recorder:
        recorder.add(make_exchange())
    recorder.close()

    [file] = warc_files(collection)
    whole = (collection.warcs / file["name"]).read_bytes()
    assert (file["state"], file["durable_bytes"]) == ("sealed", len(whole))
    assert file["sha256"] == hashlib.sha256(whole).hexdigest()
    assert file["name"].startswith("archiater-20261122093000-example-")
    assert file["name"].endswith("-00001.warc.gz")


def test_a_crawl_that_fetches_nothing_leaves_no_file(
    collection: Collection, make_recorder: Callable[..., Recorder]
) -> None:
    with make_recorder() as recorder:
        recorder.also(lambda connection: None)

    assert list(collection.warcs.iterdir()) == []
    assert warc_files(collection) == []


def test_a_full_file_is_sealed_and_the_next_one_begun(
    collection: Collection, make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    with make_recorder(max_file_bytes=2000) as recorder:
        for number in range(6):
            recorder.add(make_exchange(f"/{number}"))

    files = warc_files(collection)
    assert len(files) > 1
    assert [file["name"][-13:-8] for file in files] == [f"{n + 1:05}" for n in range(len(files))]
    assert all(file["state"] == "sealed" for file in files)
    assert all(file["durable_bytes"] <= 2000 for file in files)
    payloads = [read_capture(collection, row).payload for row in captures(collection)]
    assert len(set(payloads)) == 6


@pytest.mark.parametrize(
    ("fields", "status", "outcome", "reason"),
    [
        ({}, 200, None, None),
        (
            {"response_block": b"HTTP/1.1 200 OK\r\nContent-Type: application/xhtml+xml\r\n\r\nx"},
            200,
            None,
            None,
        ),
        (
            {"response_block": b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nx"},
            200,
            "skipped",
            "content type text/plain",
        ),
        ({"response_block": b"HTTP/1.1 404 Gone\r\n\r\n"}, 404, "skipped", "status 404"),
        ({"truncated": "disconnect"}, 200, "skipped", "truncated: disconnect"),
        ({"method": "HEAD"}, 200, "skipped", "method HEAD"),
        (
            {"response_block": b"", "error": "connect: refused"},
            None,
            "skipped",
            "no answer: connect: refused",
        ),
    ],
)
def test_only_a_whole_page_waits_for_extraction(
    collection: Collection,
    make_recorder: Callable[..., Recorder],
    make_exchange: MakeExchange,
    fields: dict[str, Any],
    status: int | None,
    outcome: str | None,
    reason: str | None,
) -> None:
    with make_recorder() as recorder:
        recorder.add(make_exchange(**fields))

    [row] = captures(collection)
    assert (row["status"], row["outcome"], row["reason"]) == (status, outcome, reason)


def test_a_row_has_what_the_head_says(
    collection: Collection, make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    block = (
        b'HTTP/1.1 302 Found\r\nLocation: ../new page#part\r\nETag: W/"1"\r\n'
        b"Last-Modified: Sun, 22 Nov 2026 09:00:00 GMT\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Encoding: gzip\r\n\r\n4\r\npage\r\n0\r\n\r\n"
    )
    with make_recorder() as recorder:
        recorder.add(make_exchange("/old/page", response_block=block))

    [row] = captures(collection)
    assert row["location"] == "https://example.org/new%20page"
    assert (row["etag"], row["last_modified"]) == ('W/"1"', "Sun, 22 Nov 2026 09:00:00 GMT")
    assert row["payload_bytes"] == 4
    assert row["payload_digest"] == "sha1:OZYBHTQO4D3NPIDVQ6IS5ORRATH2VPAV"


def _no_room(*_: Any) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_loses_nothing_and_the_same_call_works_when_there_is_room(
    collection: Collection,
    make_recorder: Callable[..., Recorder],
    make_exchange: MakeExchange,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with make_recorder() as recorder:
        recorder.add(make_exchange("/a"))
        with monkeypatch.context() as patched:
            patched.setattr(os, "pwrite", _no_room)
            with pytest.raises(DiskFull):
                recorder.add(make_exchange("/b"))

        recorder.add(make_exchange("/b"))

    assert [row["url"][-2:] for row in captures(collection)] == ["/a", "/b"]
    for row in captures(collection):
        assert read_capture(collection, row).is_complete


def test_a_sync_that_failed_once_is_never_believed_again(
    collection: Collection,
    make_recorder: Callable[..., Recorder],
    make_exchange: MakeExchange,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with pytest.raises(DiskFailed), make_recorder() as recorder:  # noqa: PT012
        recorder.add(make_exchange())
        with monkeypatch.context() as patched:
            patched.setattr(os, "fdatasync", fail)
            with pytest.raises(DiskFailed):
                recorder.commit()
        recorder.commit()

    assert captures(collection) == []
    assert [path.suffix for path in collection.warcs.iterdir()] == [".open"]


def test_a_collection_that_cannot_be_written_is_one_clear_line(
    collection: Collection, make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    recorder = make_recorder()
    collection.warcs.rmdir()

    with pytest.raises(DiskFailed, match=r"warcs.*cannot be written") as raised:
        recorder.add(make_exchange())

    assert "\n" not in str(raised.value)
    assert warc_files(collection) == []


def test_two_recorders_never_share_a_file(
    collection: Collection, make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    with make_recorder() as first, make_recorder() as second:
        first.add(make_exchange("/a"))
        second.add(make_exchange("/b"))

    assert len({file["name"] for file in warc_files(collection)}) == 2


def test_times_of_exchanges_and_files_are_utc(
    collection: Collection, make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    from datetime import timezone

    manila = timezone(timedelta(hours=8))
    with make_recorder() as recorder:
        recorder.add(make_exchange(started_at=datetime(2026, 11, 22, 17, 30, tzinfo=manila)))

    assert captures(collection)[0]["fetched_at"] == "2026-11-22T09:30:00.000000Z"


def test_a_file_that_finds_no_place_in_the_database_is_not_left_behind(
    collection: Collection, make_recorder: Callable[..., Recorder], make_exchange: MakeExchange
) -> None:
    collection.connection.execute("pragma busy_timeout = 0")
    recorder = make_recorder()

    with (
        Collection.open(collection.path) as writing,
        writing.transaction(),
        pytest.raises(LockedCollection),
    ):
        recorder.add(make_exchange())

    assert list(collection.warcs.iterdir()) == []
