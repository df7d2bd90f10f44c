from __future__ import annotations

import base64
import errno
import gzip
import hashlib
import os
import random
import subprocess
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # it has none

from archive.errors import ArchiveError, DiskFailed, DiskFull
from archive.exchange import Exchange
from archive.http_messages import parse_response, remove_transfer_coding
from archive.warc_reading import WarcRecord, parse_record
from archive.warc_records import Members, exchange_members, record_member
from archive.warc_writing import WarcFile, file_name
from articles.digests import payload_digest

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NAME = "archiater-20261122093000-example-abcde-00001.warc.gz"
MakeExchange = Callable[..., Exchange]


def members_of(exchange: Exchange) -> Members:
    response = parse_response(exchange.response_block)
    payload = remove_transfer_coding(response).body if response else b""
    return exchange_members(exchange, response, digest=payload_digest(payload))


def data_of(members: Members) -> bytes:
    return b"".join(members.pieces())


def records_of(data: bytes) -> list[WarcRecord]:
    """The records of a file, each of which must be a gzip member of its own."""
    records = []
    while data:
        decoder = zlib.decompressobj(wbits=31)
        record = parse_record(decoder.decompress(data))
        assert record is not None
        assert decoder.eof
        records.append(record)
        data = decoder.unused_data
    return records


def write_file(folder: Path, *exchanges: Exchange) -> Path:
    file = WarcFile.create(folder, NAME, {"software": "archiater/test"}, created_at=NOW)
    for exchange in exchanges:
        file.append(data_of(members_of(exchange)))
    file.seal()
    return folder / NAME


HOSTILE_RESPONSES = {
    "plain": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\npage",
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"4;a=b\r\npage\r\n0\r\nX: 1\r\n\r\n",
    "gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"page"),
    "brotli": b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\x0b\x01\x80page\x03",
    "folded, doubled, odd case": b"hTTP/1.1 200 OK\r\n".replace(b"hTTP", b"HTTP")
    + b"set-COOKIE: a\r\nSet-Cookie: b\r\nX-Long: one\r\n two\r\nX-Latin: caf\xe9\r\n\r\npage",
    "no content": b"HTTP/1.1 204 No Content\r\n\r\n",
    "unmodified": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n",
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\npage",
    "no reason": b"HTTP/1.1 200\r\n\r\npage",
    "line feeds": b"HTTP/1.1 200 OK\nContent-Length: 4\n\npage",
    "zeros": b"HTTP/1.1 200 OK\r\n\r\n" + bytes(5000),
}


@pytest.mark.parametrize("response", HOSTILE_RESPONSES.values(), ids=HOSTILE_RESPONSES.keys())
def test_both_blocks_of_an_exchange_read_back_equal_byte_for_byte(
    make_exchange: MakeExchange, response: bytes
) -> None:
    exchange = make_exchange(response_block=response)

    request_record, response_record = records_of(data_of(members_of(exchange)))

    assert request_record.type == "request"
    assert request_record.block == exchange.request_block
    assert response_record.type == "response"
    assert response_record.block == response


@given(block=st.binary(max_size=2000))
def test_any_block_reads_back_equal(block: bytes) -> None:
    [record] = records_of(record_member([("WARC-Type", "resource")], block))

    assert record.block == block
    assert record.field("WARC-Block-Digest") == f"sha256:{hashlib.sha256(block).hexdigest()}"


@pytest.mark.parametrize("size", [0, 1, 65_534, 65_535, 65_536, 131_070, 200_000])
def test_what_is_compressed_already_is_stored_as_it_is(size: int) -> None:
    head, body = b"HTTP/1.1 200 OK\r\n\r\n", random.Random(size).randbytes(size)  # noqa: S311
    fields = [("WARC-Type", "response")]

    member = record_member(fields, head + body, coded_from=len(head))

    assert gzip.decompress(member) == gzip.decompress(record_member(fields, head + body))
    assert records_of(member)[0].block == head + body
    assert len(member) < len(body) + 400


@given(block=st.binary(max_size=200), cut=st.integers(0, 200))
def test_where_the_stored_part_begins_makes_no_difference(block: bytes, cut: int) -> None:
    fields = [("WARC-Type", "response")]

    member = record_member(fields, block, coded_from=cut)

    assert gzip.decompress(member) == gzip.decompress(record_member(fields, block))


def test_a_page_that_came_compressed_is_not_compressed_again(make_exchange: MakeExchange) -> None:
    payload = gzip.compress(random.Random(1).randbytes(50_000))  # noqa: S311
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"

    members = members_of(make_exchange(response_block=head + payload))

    assert payload in data_of(members)
    assert records_of(data_of(members))[1].block == head + payload


@given(value=st.text(max_size=100))
def test_no_header_value_starts_a_line_of_its_own(value: str) -> None:
    member = record_member([("WARC-Target-URI", value), ("WARC-Type", "metadata")], b"x")

    head = gzip.decompress(member).partition(b"\r\n\r\n")[0]

    assert head.count(b"\r\n") == head.count(b"\n") == head.count(b"\r") == 4
    assert head.split(b"\r\n")[2] == b"WARC-Type: metadata"


def test_a_file_begins_with_what_wrote_it(tmp_path: Path, make_exchange: MakeExchange) -> None:
    path = write_file(tmp_path, make_exchange())

    info = records_of(path.read_bytes())[0]

    assert info.type == "warcinfo"
    assert info.field("WARC-Filename") == NAME
    assert b"software: archiater/test\r\n" in info.block
    assert b"format: WARC File Format 1.1\r\n" in info.block
    assert info.target_uri == ""


def test_the_connection_is_in_the_header_one_protocol_a_line(make_exchange: MakeExchange) -> None:
    exchange = make_exchange(ip_address="2001:0DB8::0001", truncated="time")

    for record in records_of(data_of(members_of(exchange))):
        assert record.field("WARC-IP-Address") == "2001:db8::1"
        protocols = [value for name, value in record.fields if name == "WARC-Protocol"]
        assert protocols == ["http/1.1", "tls/1.3"]
        assert record.field("WARC-Cipher-Suite") == "TLS_AES_128_GCM_SHA256"
        assert record.field("WARC-Date") == "2026-11-22T09:30:01.250000Z"
        assert (record.field("WARC-Truncated") == "time") == (record.type == "response")


def test_the_request_points_to_its_response(make_exchange: MakeExchange) -> None:
    members = members_of(make_exchange())

    request_record, response_record = records_of(data_of(members))

    assert request_record.concurrent_to == response_record.record_id == members.record_id
    assert request_record.record_id != response_record.record_id


@pytest.mark.parametrize("name", ["chunked", "early hints", "line feeds"])
def test_no_payload_digest_is_written_where_readers_disagree_on_the_payload(
    make_exchange: MakeExchange, name: str
) -> None:
    members = members_of(make_exchange(response_block=HOSTILE_RESPONSES[name]))

    assert records_of(data_of(members))[1].field("WARC-Payload-Digest") is None


def test_the_payload_digest_is_of_the_body_as_sent(make_exchange: MakeExchange) -> None:
    members = members_of(make_exchange(response_block=HOSTILE_RESPONSES["plain"]))

    expected = base64.b32encode(hashlib.sha1(b"page").digest()).decode()  # noqa: S324
    assert records_of(data_of(members))[1].field("WARC-Payload-Digest") == f"sha1:{expected}"


def test_a_failure_without_an_answer_is_a_metadata_record(make_exchange: MakeExchange) -> None:
    exchange = make_exchange(
        response_block=b"HTTP/1.1 20", error="receive: connection lost\r\nX: y", truncated=None
    )

    request_record, failure = records_of(data_of(members_of(exchange)))

    assert failure.type == "metadata"
    assert failure.record_id == request_record.concurrent_to
    assert failure.block.split(b"\r\n") == [
        b"stage: receive",
        b"error: connection lost X: y",
        b"bytesSeen: 11",
        b"seen: " + base64.b64encode(b"HTTP/1.1 20"),
        b"",
    ]


def test_a_failure_before_the_request_was_sent_has_no_request_record(
    make_exchange: MakeExchange,
) -> None:
    exchange = make_exchange(request_block=b"", response_block=b"", error="resolve: no such host")

    members = members_of(exchange)

    assert [record.type for record in records_of(data_of(members))] == ["metadata"]
    assert (members.offset, members.request_offset) == (0, None)


def test_bytes_after_the_response_are_kept_beside_it(make_exchange: MakeExchange) -> None:
    members = members_of(make_exchange(extra=b"more\r\n"))

    _, response, extra = records_of(data_of(members))

    assert extra.concurrent_to == response.record_id
    assert extra.block == b"bytesAfterResponse: " + base64.b64encode(b"more\r\n") + b"\r\n"


def test_other_readers_find_every_block_and_no_wrong_digest(
    tmp_path: Path, make_exchange: MakeExchange
) -> None:
    exchanges = [make_exchange(response_block=block) for block in HOSTILE_RESPONSES.values()]
    exchanges.append(make_exchange(response_block=b"", error="connect: refused", extra=b""))
    path = write_file(tmp_path, *exchanges)

    with path.open("rb") as file:
        iterator = ArchiveIterator(file, no_record_parse=True)
        by_warcio = [(it.rec_type, it.raw_stream.read()) for it in iterator]
    with path.open("rb") as file:
        for it in ArchiveIterator(file, check_digests="raise"):
            it.raw_stream.read()
    with path.open("rb") as file:
        by_fastwarc = [
            (it.headers["WARC-Type"], it.verify_block_digest(), it.reader.read())
            for it in FastIterator(file, parse_http=False)
        ]
    with path.open("rb") as file:
        wrong = [
            it.record_id
            for it in FastIterator(file)
            if "WARC-Payload-Digest" in it.headers and not it.verify_payload_digest()
        ]

    own = [(record.type, record.block) for record in records_of(path.read_bytes())]
    assert by_warcio == own
    assert [(kind, block) for kind, _, block in by_fastwarc] == own
    assert all(is_right for _, is_right, _ in by_fastwarc)
    assert wrong == []
    assert len(own) == 1 + 2 * len(exchanges)


def test_gzip_accepts_the_file(tmp_path: Path, make_exchange: MakeExchange) -> None:
    path = write_file(tmp_path, make_exchange())

    done = subprocess.run(["gzip", "-t", str(path)], capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_has_its_name_only_when_it_is_sealed(
    tmp_path: Path, make_exchange: MakeExchange
) -> None:
    file = WarcFile.create(tmp_path, NAME, {}, created_at=NOW)
    file.append(data_of(members_of(make_exchange())))
    assert [path.name for path in tmp_path.iterdir()] == [NAME + ".open"]

    sha256 = file.seal()

    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert sha256 == hashlib.sha256((tmp_path / NAME).read_bytes()).hexdigest()


def test_a_name_that_is_taken_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"evidence")

    with pytest.raises(DiskFailed, match="exists"):
        WarcFile.create(tmp_path, NAME, {}, created_at=NOW)

    assert (tmp_path / NAME).read_bytes() == b"evidence"


def test_a_name_of_a_site_cannot_leave_the_folder() -> None:
    name = file_name("../../Évil site/", now=NOW, token="a1b2c", number=12)  # noqa: S106

    assert name == "archiater-20261122093000-vil_site-a1b2c-00012.warc.gz"


def _no_room(*_: Any) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _half(descriptor: int, data: bytes, offset: int, /, write: Any = os.pwrite) -> int:
    written: int = write(descriptor, data[: len(data) // 2], offset)
    return written


@pytest.mark.parametrize("broken", [_no_room, _half], ids=["no room", "short write"])
def test_a_full_disk_leaves_the_file_as_it_was_and_the_write_can_be_made_again(
    tmp_path: Path, make_exchange: MakeExchange, broken: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = WarcFile.create(tmp_path, NAME, {}, created_at=NOW)
    before = file.path.read_bytes()
    data = data_of(members_of(make_exchange()))

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", broken)
        with pytest.raises(DiskFull) as raised:
            file.append(data)

    assert "\n" not in str(raised.value)
    assert file.path.read_bytes() == before
    assert file.append(data) == len(before)
    sha256 = file.seal()
    assert (tmp_path / NAME).read_bytes() == before + data
    assert sha256 == hashlib.sha256(before + data).hexdigest()


def test_pieces_are_all_written_or_none_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = WarcFile.create(tmp_path, NAME, {}, created_at=NOW)
    before = file.path.read_bytes()
    pieces = [bytes([number]) * 1000 for number in range(5)]
    write = os.pwrite

    def no_room_for_the_last(descriptor: int, data: bytes, offset: int) -> int:
        return _no_room() if data == pieces[-1] else write(descriptor, data, offset)

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", no_room_for_the_last)
        with pytest.raises(DiskFull):
            file.append_pieces(pieces)

    assert file.path.read_bytes() == before
    assert file.append_pieces(pieces) == len(before)
    sha256 = file.seal()
    whole = before + b"".join(pieces)
    assert (tmp_path / NAME).read_bytes() == whole
    assert sha256 == hashlib.sha256(whole).hexdigest()


def test_what_makes_the_pieces_and_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = WarcFile.create(tmp_path, NAME, {}, created_at=NOW)
    before = file.path.read_bytes()

    def pieces() -> Iterator[bytes]:
        yield b"first"
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        file.append_pieces(pieces())

    assert file.path.read_bytes() == before
    file.discard()


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"absent.*cannot be written"):
        WarcFile.create(tmp_path / "absent", NAME, {}, created_at=NOW)
