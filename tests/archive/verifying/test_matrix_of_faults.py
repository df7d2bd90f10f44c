"""The 28 faults by which the usual checkers were measured: the best of them finds 18."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.collection import Collection
from archive.verifying.faults import Fault
from archive.verifying.verifying import verify_collection, verify_files

Warc = Any  # of conftest.py, which cannot be imported from
Spoil = Callable[[Warc], Any]
Check = Callable[[Spoil, str, str], None]
Pack = Callable[[Warc], bytes]
CheckBytes = Callable[[Pack, str], None]

BLOCK_DIGEST = b"WARC-Block-Digest"
PAYLOAD_DIGEST = b"WARC-Payload-Digest"
REFERS = (b"WARC-Refers-To", b"WARC-Refers-To-Target-URI", b"WARC-Refers-To-Date")
NO_ONE = b"<urn:uuid:00000000-0000-4000-8000-000000000000>"
PAGE_BODY = b"Rest and drink"
GZ = gzip.compress(b"Fever. " * 300, mtime=0)
CORRUPT = GZ[:20] + b"\x00\xff\x00\xff" + GZ[24:]


# Name: what spoils the records, the kind of fault that must be found, and at which record.
MATRIX: dict[str, tuple[Spoil, str, str]] = {
    "wrong block digest": (
        lambda it: it["/a"].put(BLOCK_DIGEST, b"sha256:" + b"0" * 64),
        "block-digest",
        "/a",
    ),
    "lying payload digest": (
        lambda it: it["/a"].put(PAYLOAD_DIGEST, b"sha1:" + b"A" * 32),
        "payload-digest",
        "/a",
    ),
    "Content-Length 10 short": (lambda it: it["/a"].say_longer_by(-10), "record-end", "/a"),
    "Content-Length 10 long": (lambda it: it["/a"].say_longer_by(10), "block-cut", "/a"),
    "no Content-Length": (lambda it: it["/a"].drop(b"Content-Length"), "content-length", "/a"),
    "no WARC-Date": (lambda it: it["/a"].drop(b"WARC-Date"), "date", "/a"),
    "no WARC-Target-URI": (lambda it: it["/a"].drop(b"WARC-Target-URI"), "target-uri", "/a"),
    "a bad date": (lambda it: it["/a"].put(b"WARC-Date", b"2026-13-22T09:30:00Z"), "date", "/a"),
    "no WARC-Record-ID": (lambda it: it["/a"].drop(b"WARC-Record-ID"), "record-id", "/a"),
    "no WARC-Type": (lambda it: it["/a"].drop(b"WARC-Type"), "type", "/a"),
    "duplicate WARC-Record-ID": (
        lambda it: it["coded"].put(b"WARC-Record-ID", it["/a"].get(b"WARC-Record-ID")),
        "record-id-twice",
        "coded",
    ),
    "dangling WARC-Concurrent-To": (
        lambda it: it["request /a"].put(b"WARC-Concurrent-To", NO_ONE),
        "reference",
        "request /a",
    ),
    "missing CRLF at the end of a record": (
        lambda it: it["/a"].end_with(b"\r\n"),
        "record-end",
        "/a",
    ),
    "HTTP Content-Length lies": (
        lambda it: it["/a"].change(b"Content-Length: 1", b"Content-Length: 2"),
        "http-length",
        "/a",
    ),
    "content coding corrupt, digests consistent": (
        lambda it: it["coded"].fill_body(b"gzip", CORRUPT),
        "content-coding",
        "coded",
    ),
    "HTTP/2 in the status line": (
        lambda it: it["/a"].change(b"HTTP/1.1 200 OK", b"HTTP/2 200"),
        "http-version",
        "/a",
    ),
    "a revisit without profile": (lambda it: it["again"].drop(b"WARC-Profile"), "profile", "again"),
    "a revisit without Refers-To": (lambda it: it["again"].drop(*REFERS), "refers-to", "again"),
    "unknown digest algorithm": (
        lambda it: it["/a"].put(BLOCK_DIGEST, b"crc32:cbf43926"),
        "digest-form",
        "/a",
    ),
}


@pytest.mark.parametrize("name", MATRIX)
def test_a_fault_of_a_record_is_found_by_its_name_where_it_is(
    check_fault: Check, name: str
) -> None:
    check_fault(*MATRIX[name])


def flip_bit(data: bytes, position: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 4]) + data[position + 1 :]


def in_member(warc: Warc, record: str, part: float) -> int:
    """A place within the member of a record."""
    size = len(warc.members()[warc.names[record]])
    return int(warc.offset(record) + part * size)


BYTES: dict[str, tuple[Pack, str]] = {
    "one bit flipped in the gzip stream": (
        lambda warc: flip_bit(b"".join(warc.members()), in_member(warc, "/a", 0.5)),
        "member",
    ),
    "a bit flipped in the gzip CRC only": (
        lambda warc: flip_bit(b"".join(warc.members()), warc.offset("chunked") - 6),
        "member",
    ),
    "cut inside the last member, 5 bytes": (lambda warc: b"".join(warc.members())[:-5], "member"),
    "cut inside a member, middle": (
        lambda warc: b"".join(warc.members())[: in_member(warc, "/a", 0.5)],
        "member",
    ),
    "512 zero bytes after the end": (
        lambda warc: b"".join(warc.members()) + bytes(512),
        "member",
    ),
    "the whole file one gzip member": (
        lambda warc: gzip.compress(warc.plain()),
        "records-in-member",
    ),
    "one byte flipped in an uncompressed body": (
        lambda warc: warc.plain().replace(PAGE_BODY, b"Best and drink", 1),
        "block-digest",
    ),
}


@pytest.mark.parametrize("name", BYTES)
def test_a_fault_of_a_file_is_found(check_bytes: CheckBytes, name: str) -> None:
    check_bytes(*BYTES[name])


def test_a_cut_at_the_end_of_an_exchange_is_found_by_the_collection(
    collection: Collection, file: Path, warc: Warc
) -> None:
    file.write_bytes(b"".join(warc.members()[:-2]))

    kinds = {it.kind for it in verify_collection(collection)}

    assert list(verify_files([file])) == []
    assert {"durable", "bytes-missing", "file-digest"} <= kinds


def test_a_body_that_changed_without_a_digest_is_found_by_the_collection(
    collection: Collection, file: Path, warc: Warc
) -> None:
    record = warc["/a"]
    record.drop(BLOCK_DIGEST)
    record.drop(PAYLOAD_DIGEST)
    record.block = record.block.replace(PAGE_BODY, b"Best and drink", 1)
    member = gzip.compress(bytes(record), mtime=0)
    data, connection = file.read_bytes(), collection.connection
    row = connection.execute("select id, offset, length from captures order by id").fetchone()
    changed = data[: row["offset"]] + member + data[row["offset"] + row["length"] :]
    more = len(changed) - len(data)
    file.write_bytes(changed)
    connection.execute("update warc_files set sha256 = null, durable_bytes = ?", (len(changed),))
    connection.execute("update captures set length = ? where id = ?", (len(member), row["id"]))
    connection.execute(
        "update captures set offset = offset + ?, request_offset = request_offset + ? where id > ?",
        (more, more, row["id"]),
    )

    found = list(verify_collection(collection))

    assert {it.kind for it in found} == {"row", "revisit-digest"}
    assert any(it.found.startswith("payload_digest") for it in found)


def test_the_matrix_is_whole() -> None:
    of_collections = 2  # the two tests above this one

    assert len(MATRIX) + len(BYTES) + of_collections == 28


def test_a_fault_says_where_what_and_what_else(file: Path, warc: Warc) -> None:
    warc["/a"].put(b"WARC-IP-Address", b"here")
    file.write_bytes(b"".join(warc.members()))

    [fault] = verify_files([file])

    assert fault == Fault(
        file=str(file),
        offset=warc.offset("/a"),
        kind="ip-address",
        found="WARC-IP-Address 'here'",
        expected="an IPv4 or IPv6 address",
    )
    assert str(fault) == (
        f"{file} at offset {warc.offset('/a')}: WARC-IP-Address 'here'; "
        "expected an IPv4 or IPv6 address"
    )
