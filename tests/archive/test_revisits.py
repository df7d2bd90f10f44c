from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.captured_pages import captured_page
from archive.collection import Collection
from archive.errors import DiskFull
from archive.exchange import Exchange
from archive.importing import import_warcs
from archive.recording import Recorder
from archive.recovery import recover
from archive.warc_members import Member, scan_members
from archive.warc_reading import WarcRecord, parse_record, read_capture
from archive.warc_records import IDENTICAL_PAYLOAD, NOT_MODIFIED, record_member

MakeExchange = Callable[..., Exchange]
MakeRecorder = Callable[..., Recorder]

PAGE = b"<!doctype html><title>Fever</title>" + b"<p>Rest and drink water.</p>" * 60
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
)


@pytest.fixture
def make_recorder(collection: Collection) -> MakeRecorder:
    with collection.transaction() as connection:
        connection.execute(
            """
            insert into crawls (id, site, started_by, state, started_at, settings, counts)
            values (7, 'example', 'command', 'running', '2026-11-22T09:30:00.000000Z', '{}', '{}')
            """
        )

    def make(**options: Any) -> Recorder:
        return Recorder(collection, site="example", crawl_id=7, warcinfo={}, **options)

    return make


def rows(collection: Collection) -> list[sqlite3.Row]:
    return collection.connection.execute("select * from captures order by id").fetchall()


def types(collection: Collection) -> list[str]:
    return [row["record_type"] for row in rows(collection)]


def record_of(collection: Collection, row: sqlite3.Row) -> WarcRecord:
    found = read_capture(collection, row)
    return WarcRecord(version="1.1", fields=found.fields, block=found.block)


def unmodified(etag: str = '"1"') -> bytes:
    return b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % etag.encode()


def with_etag(etag: str) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: %s\r\n\r\n"
    return head % etag.encode() + PAGE


def test_a_payload_that_is_held_is_not_kept_a_second_time(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    with make_recorder() as recorder:
        recorder.add(make_exchange(body=PAGE))
    with make_recorder() as recorder:
        recorder.add(make_exchange(body=PAGE, minute=5))

    original, revisit = rows(collection)
    record = record_of(collection, revisit)

    assert (original["record_type"], revisit["record_type"]) == ("response", "revisit")
    assert record.field("WARC-Profile") == IDENTICAL_PAYLOAD
    assert record.field("WARC-Refers-To") == f"<{original['record_id']}>"
    assert record.field("WARC-Refers-To-Target-URI") == original["url"]
    assert record.field("WARC-Refers-To-Date") == original["fetched_at"]
    assert record.field("WARC-Payload-Digest") == original["payload_digest"]
    assert record.field("WARC-Truncated") == "length"
    assert record.block == make_exchange(body=PAGE).response_block.removesuffix(PAGE)
    assert revisit["length"] < original["length"] + 200


def test_the_row_of_a_revisit_shows_the_payload_of_its_original_and_waits_for_extraction(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    with make_recorder() as recorder:
        recorder.add(make_exchange(body=PAGE))
        recorder.add(make_exchange(body=PAGE, minute=5))

    original, revisit = rows(collection)

    for name in ("status", "content_type", "payload_digest", "payload_bytes", "truncated"):
        assert revisit[name] == original[name]
    assert (revisit["outcome"], revisit["reason"]) == (None, None)
    assert captured_page(collection, revisit).body == PAGE


def test_another_address_with_the_same_payload_is_a_revisit_of_the_first(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    with make_recorder() as recorder:
        recorder.add(make_exchange("/a", body=PAGE))
        recorder.commit()
        recorder.add(make_exchange("/b", body=PAGE, minute=1))

    revisit = rows(collection)[1]
    record = record_of(collection, revisit)

    assert record.target_uri == "https://example.org/b"
    assert record.field("WARC-Refers-To-Target-URI") == "https://example.org/a"
    assert read_capture(collection, revisit).payload == PAGE


def test_the_same_payload_counts_under_another_transfer_coding_and_before_a_1xx(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    with make_recorder() as recorder:
        recorder.add(make_exchange(response_block=CHUNKED))
        recorder.add(make_exchange(response_block=hints + CHUNKED, minute=1))
        recorder.add(make_exchange(body=PAGE, minute=2))

    chunked, hinted, plain = rows(collection)

    assert types(collection) == ["response", "revisit", "revisit"]
    assert record_of(collection, hinted).block == hints + CHUNKED.partition(b"\r\n\r\n")[0] + (
        b"\r\n\r\n"
    )
    for row in (chunked, hinted, plain):
        assert read_capture(collection, row).payload == PAGE


@pytest.mark.parametrize(
    "fields",
    [
        {"body": b"<p>small</p>"},
        {"truncated": "length"},
        {"error": "receive: lost"},
        {"method": "POST"},
        {"response_block": b"HTTP/1.1 404 Not Found\r\n\r\n" + PAGE},
        {"response_block": b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + PAGE},
    ],
    ids=["small", "truncated", "failed", "another method", "an error page", "short"],
)
def test_what_is_small_or_not_a_whole_answer_is_kept_again(
    collection: Collection,
    make_recorder: MakeRecorder,
    make_exchange: MakeExchange,
    fields: dict[str, Any],
) -> None:
    with make_recorder() as recorder:
        recorder.add(make_exchange(**{"body": PAGE, **fields}))
        recorder.add(make_exchange(**{"body": PAGE, **fields}, minute=1))
        recorder.commit()
        recorder.add(make_exchange(**{"body": PAGE, **fields}, minute=2))

    assert set(types(collection)) == {"response"}


def test_files_of_other_tools_are_not_referred_to(
    collection: Collection,
    make_recorder: MakeRecorder,
    make_exchange: MakeExchange,
    tmp_path: Path,
) -> None:
    theirs = tmp_path / "theirs.warc.gz"
    fields = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", "<urn:uuid:1>"),
        ("WARC-Date", "2026-11-20T09:30:00Z"),
        ("WARC-Target-URI", "https://example.org/fever"),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    theirs.write_bytes(record_member(fields, make_exchange(body=PAGE).response_block))
    import_warcs(collection, [theirs], site_of=lambda url: "example")

    with make_recorder() as recorder:
        recorder.add(make_exchange(body=PAGE))
        recorder.commit()
        recorder.add(make_exchange(response_block=unmodified(), minute=1))

    assert types(collection) == ["response", "response", "revisit"]
    held, confirmed = rows(collection)[1:]
    assert record_of(collection, confirmed).field("WARC-Refers-To") == f"<{held['record_id']}>"


def test_revisits_can_be_turned_off(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    with make_recorder(revisits=False) as recorder:
        recorder.add(make_exchange(response_block=with_etag('"1"')))
        recorder.commit()
        recorder.add(make_exchange(response_block=with_etag('"1"'), minute=1))
        recorder.add(make_exchange(response_block=unmodified(), minute=2))

    assert types(collection) == ["response", "response", "response"]


@pytest.mark.parametrize("in_between", ["commit", "nothing"])
def test_a_304_refers_to_the_capture_that_it_confirms(
    collection: Collection,
    make_recorder: MakeRecorder,
    make_exchange: MakeExchange,
    in_between: str,
) -> None:
    with make_recorder() as recorder:
        recorder.add(make_exchange(response_block=with_etag('W/"1"')))
        recorder.add(make_exchange(response_block=with_etag('W/"1"'), minute=1))
        if in_between == "commit":
            recorder.commit()
        recorder.add(make_exchange(response_block=unmodified(), minute=2))

    original, again, confirmed = rows(collection)
    record = record_of(collection, confirmed)

    assert again["record_type"] == confirmed["record_type"] == "revisit"
    assert record.field("WARC-Profile") == NOT_MODIFIED
    # The one from which the content can be retrieved, not the revisit in between.
    assert record.field("WARC-Refers-To") == f"<{original['record_id']}>"
    assert record.field("WARC-Refers-To-Date") == original["fetched_at"]
    assert record.block == unmodified()
    assert (confirmed["status"], confirmed["outcome"]) == (304, "skipped")
    assert confirmed["reason"] == "status 304"
    assert (confirmed["payload_digest"], confirmed["payload_bytes"]) == (
        original["payload_digest"],
        0,
    )


@pytest.mark.parametrize(
    "before", [None, with_etag('"2"'), b"HTTP/1.1 404 Not Found\r\n\r\n" + PAGE]
)
def test_a_304_that_confirms_nothing_we_hold_is_a_plain_response(
    collection: Collection,
    make_recorder: MakeRecorder,
    make_exchange: MakeExchange,
    before: bytes | None,
) -> None:
    with make_recorder() as recorder:
        recorder.add(make_exchange("/other", response_block=with_etag('"1"')))
        if before is not None:
            recorder.add(make_exchange(response_block=before))
            recorder.commit()
        recorder.add(make_exchange(response_block=unmodified('"1"'), minute=1))

    assert types(collection)[-1] == "response"


def test_what_a_full_disk_refused_is_never_referred_to(
    collection: Collection,
    make_recorder: MakeRecorder,
    make_exchange: MakeExchange,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import errno
    import os

    def refuse(*_: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with make_recorder() as recorder:
        recorder.add(make_exchange("/first"))
        with monkeypatch.context() as patched:
            patched.setattr(os, "pwrite", refuse)
            with pytest.raises(DiskFull):
                recorder.add(make_exchange(body=PAGE))
        recorder.add(make_exchange(body=PAGE))
        recorder.add(make_exchange(body=PAGE, minute=1))

    assert types(collection) == ["response", "response", "revisit"]
    assert_every_reference_holds(collection)


def records_of(path: Path) -> list[WarcRecord]:
    with path.open("rb") as file:
        found = [parse_record(it.data) for it in scan_members(file) if isinstance(it, Member)]
    return [record for record in found if record is not None]


def assert_every_reference_holds(collection: Collection) -> None:
    """Each revisit stands behind what it refers to, in a file that is there."""
    seen: set[str] = set()
    for path in sorted(collection.warcs.iterdir()):
        for record in records_of(path):
            if record.type == "revisit":
                assert (record.field("WARC-Refers-To") or "").strip("<>") in seen
            seen.add(record.record_id)


def exchanges_with_repeats(make_exchange: MakeExchange) -> list[Exchange]:
    chance = random.Random(3)  # noqa: S311
    bodies = [chance.randbytes(size) for size in (2_000, 40_000, 300_000, 1_500)]
    made = [make_exchange(f"/{n % 7}", body=bodies[n % 4], minute=n) for n in range(24)]
    made.append(make_exchange("/3", response_block=unmodified(), minute=30))
    return made


def test_however_a_killed_file_is_cut_no_revisit_lacks_its_original(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    recorder = make_recorder()
    made = exchanges_with_repeats(make_exchange)
    for number, exchange in enumerate(made):
        recorder.add(exchange)
        if number == 5:
            recorder.commit()
    recorder._write_unwritten(wait=True)
    recorder.abandon()
    [path] = collection.warcs.iterdir()
    [durable] = collection.connection.execute("select durable_bytes from warc_files").fetchone()
    cut = random.Random(4).randrange(durable, path.stat().st_size)  # noqa: S311
    with path.open("r+b") as file:
        file.truncate(cut)

    found = recover(collection)

    assert found.salvaged > 0
    assert_every_reference_holds(collection)
    for row in rows(collection):
        assert read_capture(collection, row).is_complete


TOLD_BY_THE_FILE = """
    offset, length, request_offset, request_length, record_id, record_type, url, fetched_at, status,
    content_type, payload_digest, payload_sha256, payload_bytes, etag, last_modified, location,
    truncated, error, outcome, reason
"""


def told(collection: Collection) -> list[tuple[Any, ...]]:
    query = f"select {TOLD_BY_THE_FILE} from captures order by fetched_at, offset"  # noqa: S608
    return [tuple(row) for row in collection.connection.execute(query)]


def test_rows_made_again_from_the_files_equal_those_of_the_recorder(
    collection: Collection,
    make_recorder: MakeRecorder,
    make_exchange: MakeExchange,
    tmp_path: Path,
) -> None:
    with make_recorder() as recorder:
        for exchange in exchanges_with_repeats(make_exchange):
            recorder.add(exchange)
    entered = told(collection)
    with Collection.create(tmp_path / "again") as again:
        for path in collection.warcs.iterdir():
            path.rename(again.warcs / path.name)

        import_warcs(again, sorted(again.warcs.iterdir()), site_of=lambda url: "example")

        assert {"response", "revisit"} == set(types(again))
        assert told(again) == entered


def test_rows_that_recovery_makes_equal_those_of_the_recorder(
    collection: Collection,
    make_recorder: MakeRecorder,
    make_exchange: MakeExchange,
    tmp_path: Path,
) -> None:
    with make_recorder() as recorder:
        for exchange in exchanges_with_repeats(make_exchange):
            recorder.add(exchange)
    entered = told(collection)
    with Collection.create(tmp_path / "again") as again:
        for path in collection.warcs.iterdir():
            path.rename(again.warcs / f"{path.name}.open")

        recover(again)

        assert told(again) == entered
