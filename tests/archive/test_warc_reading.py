from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.collection import Collection
from archive.errors import DamagedWarc
from archive.exchange import Exchange
from archive.recording import Recorder
from archive.warc_members import Damage, Member, scan_members
from archive.warc_reading import parse_record, read_capture

MakeExchange = Callable[..., Exchange]


@pytest.fixture
def capture(collection: Collection, make_exchange: MakeExchange) -> Any:
    """One recorded exchange: its row."""
    collection.connection.execute("pragma foreign_keys = off")
    with Recorder(collection, site="example", crawl_id=1, warcinfo={}) as recorder:
        recorder.add(make_exchange(body=b"<p>Fever</p>"))
    return collection.connection.execute("select * from captures").fetchone()


@pytest.fixture
def warc(collection: Collection, capture: Any) -> Path:
    [path] = collection.warcs.iterdir()
    return path


def test_a_page_is_read_with_its_codings_removed(
    collection: Collection, make_exchange: MakeExchange
) -> None:
    zipped = gzip.compress(b"<p>Fever</p>")
    block = (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(zipped), zipped)
    )
    collection.connection.execute("pragma foreign_keys = off")
    with Recorder(collection, site="example", crawl_id=1, warcinfo={}) as recorder:
        recorder.add(make_exchange(response_block=block))
        recorder.commit()
        row = collection.connection.execute("select * from captures").fetchone()

        found = read_capture(collection, row)

    assert (found.payload, found.is_complete, found.block) == (b"<p>Fever</p>", True, block)
    assert dict(found.headers)["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-10]), "the file ends after"),
        (lambda path: path.write_bytes(bytes(path.stat().st_size)), "no whole gzip member"),
        (lambda path: path.unlink(), "cannot be read"),
    ],
    ids=["cut", "zeros", "gone"],
)
def test_damage_is_one_line_with_file_and_offset(
    collection: Collection, capture: Any, warc: Path, damage: Callable[[Path], object], said: str
) -> None:
    damage(warc)

    with pytest.raises(DamagedWarc, match=said) as raised:
        read_capture(collection, capture)

    assert warc.name in str(raised.value)
    assert "\n" not in str(raised.value)


def test_another_record_at_the_offset_is_never_taken_for_the_capture(
    collection: Collection, capture: Any, warc: Path
) -> None:
    with collection.transaction() as connection:
        connection.execute("update captures set offset = request_offset, length = request_length")
    row = collection.connection.execute("select * from captures").fetchone()

    with pytest.raises(DamagedWarc, match=f"expected '{capture['record_id']}'"):
        read_capture(collection, row)


@pytest.mark.parametrize(
    "junk",
    [b"", b"junk", bytes(512), b"\x1f\x8b\x08" * 9, bytes(range(256))],
    ids=["none", "letters", "zeros", "magic numbers", "all bytes"],
)
def test_a_scan_accounts_for_every_byte_and_finds_every_whole_member(
    tmp_path: Path, junk: bytes
) -> None:
    members = [gzip.compress(b"WARC/1.1 %d" % number) for number in range(3)]
    path = tmp_path / "file"
    path.write_bytes(members[0] + junk + members[1] + junk + members[2] + junk)

    with path.open("rb") as file:
        parts = list(scan_members(file))

    assert [part.data for part in parts if isinstance(part, Member)] == [
        b"WARC/1.1 0",
        b"WARC/1.1 1",
        b"WARC/1.1 2",
    ]
    assert sum(part.length for part in parts) == path.stat().st_size
    assert sum(isinstance(part, Damage) for part in parts) == (3 if junk else 0)


def test_a_scan_reads_members_larger_than_its_buffer(tmp_path: Path) -> None:
    large = os.urandom(300_000)
    path = tmp_path / "file"
    path.write_bytes(gzip.compress(large) + gzip.compress(b"small"))

    with path.open("rb") as file:
        found = [part.data for part in scan_members(file) if isinstance(part, Member)]

    assert found == [large, b"small"]


@given(data=st.binary(max_size=300))
def test_no_bytes_make_the_parser_of_records_raise(data: bytes) -> None:
    parse_record(data)
    parse_record(b"WARC/1.0\r\nContent-Length: 3\r\n" + data)
