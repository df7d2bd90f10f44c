"""Answers too large for memory: recorded, described, read back piece by piece."""

from __future__ import annotations

import gzip
import hashlib
import random
import sqlite3
import subprocess
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # it has none

from archive.captured_records import captured_record
from archive.collection import Collection
from archive.errors import DamagedWarc
from archive.exchange import Exchange
from archive.large_captures import open_capture
from archive.recording import Recorder
from archive.spilling import SpilledBytes
from archive.warc_members import Member, read_member, scan_members
from archive.warc_reading import parse_record, read_capture
from archive.warc_records import record_member

MakeExchange = Callable[..., Exchange]
MakeLarge = Callable[..., Exchange]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n"
BODY = random.Random(1).randbytes(300_000) * 10  # noqa: S311
CHUNKS = b"".join(
    b"%x\r\n%s\r\n" % (30_000, BODY[at : at + 30_000]) for at in range(0, len(BODY), 30_000)
)
SHAPES = {
    "length": (HEAD + b"Content-Length: 3000000\r\n\r\n", BODY, BODY),
    "until the end": (HEAD + b"\r\n", BODY, BODY),
    "chunked": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", CHUNKS + b"0\r\n\r\n", BODY),
    "gzip": (HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(BODY, 1), BODY),
}


@pytest.fixture
def recorder(collection: Collection) -> Iterator[Recorder]:
    collection.connection.execute("pragma foreign_keys = off")
    with Recorder(collection, site="example", crawl_id=1, warcinfo={}) as opened:
        yield opened


@pytest.fixture
def make_large(make_exchange: MakeExchange, tmp_path: Path) -> MakeLarge:
    """An exchange of which all but the first part lies in a file."""

    def make(head: bytes, body: bytes, path: str = "/video", **fields: Any) -> Exchange:
        block = head + body
        rest = SpilledBytes(tmp_path)
        rest.append(block[100_000:])
        return make_exchange(path, response_block=block[:100_000], response_rest=rest, **fields)

    return make


def rows(collection: Collection) -> list[sqlite3.Row]:
    return collection.connection.execute("select * from captures order by id").fetchall()


@pytest.mark.parametrize(("head", "body", "payload"), SHAPES.values(), ids=SHAPES.keys())
def test_a_large_answer_is_kept_byte_for_byte_and_its_row_equals_that_of_a_small_one(
    collection: Collection,
    recorder: Recorder,
    make_large: MakeLarge,
    head: bytes,
    body: bytes,
    payload: bytes,
) -> None:
    recorder.add(make_large(head, body))
    recorder.close()

    [row] = rows(collection)
    [path] = collection.warcs.iterdir()
    record = parse_record(read_member(path, row["offset"], row["length"]))
    assert record is not None
    assert record.block == head + body
    assert record.field("WARC-Block-Digest") == f"sha256:{hashlib.sha256(head + body).hexdigest()}"
    again = captured_record(record, offset=row["offset"], length=row["length"])
    assert again is not None
    assert {name: row[name] for name in again.columns} == again.columns
    assert row["payload_bytes"] == len(payload) or b"gzip" in head
    read = read_capture(collection, row)
    assert (read.payload, read.is_complete) == (payload, True)
    opened = open_capture(collection, row)
    assert b"".join(opened.payload()) == payload
    assert opened.problem is None
    assert (opened.status, opened.headers, opened.fields) == (200, read.headers, read.fields)
    assert b"".join(opened.block()) == head + body


def test_a_member_is_the_same_whether_its_block_was_spilled_or_not(
    collection: Collection, recorder: Recorder, make_large: MakeLarge, make_exchange: MakeExchange
) -> None:
    head, body, _ = SHAPES["length"]
    whole = make_exchange("/video", response_block=head + body)
    recorder.add(make_large(head, body))
    recorder.close()

    [row] = rows(collection)
    [path] = collection.warcs.iterdir()
    record = parse_record(read_member(path, row["offset"], row["length"]))

    assert record is not None
    fields = [it for it in record.fields if it[0] not in ("WARC-Block-Digest", "Content-Length")]
    assert parse_record(gzip.decompress(record_member(fields, whole.response_block))) == record


def test_what_was_spilled_is_closed_when_it_is_written_and_not_before(
    recorder: Recorder, make_large: MakeLarge
) -> None:
    exchange = make_large(*SHAPES["length"][:2])
    assert exchange.response_rest is not None

    recorder.add(exchange)
    recorder.commit()

    with pytest.raises(ValueError, match="closed"):
        next(exchange.response_rest.chunks())


def test_small_exchanges_behind_a_large_one_keep_their_order(
    collection: Collection, recorder: Recorder, make_large: MakeLarge, make_exchange: MakeExchange
) -> None:
    recorder.add(make_exchange("/before"))
    recorder.add(make_large(*SHAPES["length"][:2]))
    recorder.add(make_exchange("/after"))
    recorder.commit()

    by_place = sorted(rows(collection), key=lambda row: row["offset"])
    assert [row["url"].rpartition("/")[2] for row in rows(collection)] == [
        "before",
        "video",
        "after",
    ]
    assert by_place == rows(collection)


def test_a_large_payload_that_is_held_is_a_revisit(
    collection: Collection, recorder: Recorder, make_large: MakeLarge
) -> None:
    for shape, path in (("length", "/a"), ("chunked", "/b"), ("length", "/a")):
        recorder.add(make_large(*SHAPES[shape][:2], path))
    recorder.close()

    assert [row["record_type"] for row in rows(collection)] == ["response", "revisit", "revisit"]
    for row in rows(collection):
        opened = open_capture(collection, row)
        assert b"".join(opened.payload()) == BODY
        assert opened.problem is None


def test_a_cut_answer_says_so_at_its_end(
    collection: Collection, recorder: Recorder, make_large: MakeLarge
) -> None:
    recorder.add(make_large(SHAPES["length"][0], BODY[:-1], truncated="disconnect"))
    recorder.close()

    opened = open_capture(collection, rows(collection)[0])

    assert b"".join(opened.payload()) == BODY[:-1]
    assert opened.problem == "truncated: disconnect"


def test_damage_is_one_line_while_the_pieces_are_read(
    collection: Collection, recorder: Recorder, make_large: MakeLarge
) -> None:
    recorder.add(make_large(*SHAPES["length"][:2]))
    recorder.close()
    [row] = rows(collection)
    [path] = collection.warcs.iterdir()
    whole = bytearray(path.read_bytes())
    whole[-100_000] ^= 255
    path.write_bytes(whole)

    opened = open_capture(collection, row)
    with pytest.raises(DamagedWarc, match="at offset") as raised:
        b"".join(opened.payload())

    assert "\n" not in str(raised.value)


def test_other_readers_find_no_fault_in_a_large_record(
    collection: Collection, recorder: Recorder, make_large: MakeLarge
) -> None:
    for shape in SHAPES:
        recorder.add(make_large(*SHAPES[shape][:2], f"/{shape}"))
    recorder.close()
    [path] = collection.warcs.iterdir()

    done = subprocess.run(["gzip", "-t", str(path)], capture_output=True, check=False)
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.raw_stream.read()
    with path.open("rb") as file:
        members = [found for found in scan_members(file) if isinstance(found, Member)]

    assert (done.returncode, done.stderr) == (0, b"")
    assert len(members) == 1 + 2 * len(SHAPES)
    assert sum(member.length for member in members) == path.stat().st_size


def test_memory_does_not_grow_with_the_answer(
    collection: Collection, recorder: Recorder, make_exchange: MakeExchange, tmp_path: Path
) -> None:
    rest = SpilledBytes(tmp_path)
    for number in range(64):
        rest.append(random.Random(number).randbytes(1 << 20))  # noqa: S311
    size = rest.size
    head = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n"
    recorder.add(make_exchange("/small"))
    tracemalloc.start()
    try:
        recorder.add(make_exchange(response_block=head, response_rest=rest))
        recorder.commit()
        [row] = rows(collection)[1:]
        opened = open_capture(collection, row)
        read = sum(len(piece) for piece in opened.payload())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert read == row["payload_bytes"] == size
    assert most < 24 << 20
