from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.collection import Collection
from archive.exchange import Exchange
from archive.importing import import_warcs
from archive.recording import Recorder
from archive.verifying import Fault, verify_collection, verify_files

MakeExchange = Callable[..., Exchange]
Records = list[bytes]

HEAD_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npage\r\n0\r\n\r\n"


def record_all(collection: Collection, *exchanges: Exchange) -> None:
    with collection.transaction() as connection:
        connection.execute(
            """
            insert or ignore into crawls (
                id, site, started_by, state, started_at, settings, counts
            )
            values (1, 'example', 'command', 'running', '2026-11-22T09:30:00.000000Z', '{}', '{}')
            """
        )
    with Recorder(collection, site="example", crawl_id=1, warcinfo={}) as recorder:
        for exchange in exchanges:
            recorder.add(exchange)


@pytest.fixture
def exchanges(make_exchange: MakeExchange) -> list[Exchange]:
    return [
        make_exchange("/a"),
        make_exchange("/b", response_block=CHUNKED),
        make_exchange(
            "/c",
            method="HEAD",
            request_block=b"HEAD /c HTTP/1.1\r\n\r\n",
            response_block=HEAD_ANSWER,
        ),
        make_exchange(
            "/d", response_block=HEAD_ANSWER + b"half", truncated="disconnect", error="receive: x"
        ),
        make_exchange("/e", response_block=b"", error="receive: connection lost", extra=b""),
        make_exchange("/f", extra=b"more"),
    ]


@pytest.fixture
def file(collection: Collection, exchanges: list[Exchange]) -> Path:
    """The one WARC file of a whole collection."""
    record_all(collection, *exchanges)
    [path] = collection.warcs.iterdir()
    return path


def unpack(path: Path) -> Records:
    records, data = [], path.read_bytes()
    while data:
        decoder = zlib.decompressobj(wbits=31)
        records.append(decoder.decompress(data))
        data = decoder.unused_data
    return records


def pack(records: Records) -> bytes:
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def change(records: Records, number: int, old: bytes, new: bytes) -> Records:
    assert old in records[number]
    return [
        record.replace(old, new, 1) if position == number else record
        for position, record in enumerate(records)
    ]


def without(records: Records, number: int, field: bytes) -> Records:
    lines = records[number].split(b"\r\n")
    kept = [line for line in lines if not line.startswith(field + b":")]
    assert len(kept) == len(lines) - 1
    return [*records[:number], b"\r\n".join(kept), *records[number + 1 :]]


# Records of the file: 0 warcinfo; 1, 2 /a; 3, 4 /b (chunked); 5, 6 /c (HEAD); 7, 8 /d (truncated);
# 9, 10 /e (failed); 11, 12, 13 /f with bytes after the response.
RECORD_FAULTS: dict[str, Callable[[Records], Records]] = {
    "a byte of the body flipped": lambda it: change(it, 2, b"Fever", b"Fevar"),
    "a byte of the digest flipped": lambda it: change(it, 2, b"sha256:", b"sha256:0"),
    "a payload digest that lies": lambda it: change(it, 2, b"Digest: sha1:", b"Digest: sha1:A"),
    "an unknown digest algorithm": lambda it: change(it, 2, b"sha256:", b"crc99:"),
    "Content-Length short": lambda it: change(it, 3, b"Length: 38", b"Length: 28"),
    "Content-Length long": lambda it: change(it, 1, b"Content-Length: ", b"Content-Length: 1"),
    "no Content-Length": lambda it: change(it, 1, b"Content-Length", b"Content-Lenght"),
    "no WARC-Type": lambda it: without(it, 2, b"WARC-Type"),
    "an unknown WARC-Type": lambda it: change(it, 2, b"WARC-Type: response", b"WARC-Type: reply"),
    "no WARC-Date": lambda it: without(it, 2, b"WARC-Date"),
    "a bad date": lambda it: change(it, 2, b"WARC-Date: 2026-11-22T", b"WARC-Date: 2026-13-22T"),
    "a fraction in WARC 1.0": lambda it: change(it, 2, b"WARC/1.1", b"WARC/1.0"),
    "an unknown version": lambda it: change(it, 2, b"WARC/1.1", b"WARC/2.0"),
    "no WARC-Record-ID": lambda it: without(it, 2, b"WARC-Record-ID"),
    "a WARC-Record-ID twice": lambda it: [*it, it[0]],
    "no WARC-Target-URI": lambda it: without(it, 2, b"WARC-Target-URI"),
    "a blank in the WARC-Target-URI": lambda it: change(it, 2, b".org/a", b".org/ a"),
    "a target of the warcinfo": lambda it: change(
        it, 0, b"WARC-Type", b"WARC-Target-URI: http://a/\r\nWARC-Type"
    ),
    "a request that answers to nothing": lambda it: [*it[:2], *it[3:]],
    "no CRLF at the end": lambda it: [*it[:2], it[2][:-2], *it[3:]],
    "bare line feeds in the header": lambda it: change(
        it, 2, b"WARC/1.1\r\nW", b"WARC/1.1\r\na: b\nW"
    ),
    "a header line without a colon": lambda it: change(
        it, 2, b"\r\nWARC-Type", b"\r\nx\r\nWARC-Type"
    ),
    "an HTTP Content-Length that lies": lambda it: without_digests(
        change(it, 2, b"Length: 49\r\n\r\n<", b"Length: 99\r\n\r\n<")
    ),
    "HTTP/2 in the status line": lambda it: without_digests(
        change(it, 2, b"HTTP/1.1 200", b"HTTP/2.0 200")
    ),
    "no HTTP at all": lambda it: without_digests(change(it, 2, b"HTTP/1.1 200", b"PTTH/1.1 200")),
    "a body cut without WARC-Truncated": lambda it: without(it, 8, b"WARC-Truncated"),
    "a HEAD that is told as a GET": lambda it: without_digests(
        change(it, 5, b"HEAD /c", b"GGET /c")
    ),
    "an unknown truncation": lambda it: change(it, 8, b"Truncated: disconnect", b"Truncated: cut"),
    "a revisit without a profile": lambda it: change(it, 2, b"Type: response", b"Type: revisit"),
}


def without_digests(records: Records) -> Records:
    """The same records without block digests, which would tell of the change at once."""
    return [without([record], 0, b"WARC-Block-Digest")[0] for record in records]


FILE_FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "cut 5 bytes before the end": lambda it: it[:-5],
    "cut in the middle of a member": lambda it: it[: len(it) // 2],
    "512 zeros after the end": lambda it: it + bytes(512),
    "one bit of the gzip stream": lambda it: it[:500] + bytes([it[500] ^ 4]) + it[501:],
    "one bit of the last CRC": lambda it: it[:-6] + bytes([it[-6] ^ 1]) + it[-5:],
    "one member for all": lambda it: gzip.compress(gzip.decompress(it)),
    "garbage between two members": lambda it: it.replace(b"\x1f\x8b\x08", b"xx\x1f\x8b\x08", 2),
    "empty": lambda it: b"",
}


def test_a_whole_file_has_no_fault(file: Path) -> None:
    assert list(verify_files([file])) == []


def test_a_whole_collection_has_no_fault(collection: Collection, file: Path) -> None:
    assert list(verify_collection(collection)) == []


def test_a_file_without_digests_has_no_fault(file: Path) -> None:
    file.write_bytes(pack(without_digests(unpack(file))))

    assert list(verify_files([file])) == []


def test_a_file_that_is_not_compressed_is_checked_too(file: Path, tmp_path: Path) -> None:
    records = unpack(file)
    good, bad = tmp_path / "good.warc", tmp_path / "bad.warc"
    good.write_bytes(b"".join(records))
    bad.write_bytes(b"".join(change(records, 2, b"Fever", b"Fevar")))

    assert list(verify_files([good])) == []
    [block, payload] = verify_files([bad])
    assert block.offset == payload.offset == len(records[0] + records[1])


@pytest.mark.parametrize("fault", RECORD_FAULTS)
def test_a_fault_of_a_record_is_found_where_it_is(file: Path, fault: str) -> None:
    file.write_bytes(pack(RECORD_FAULTS[fault](unpack(file))))

    found = list(verify_files([file]))

    assert found
    assert all(it.file == str(file) and it.offset is not None for it in found)
    assert all("\n" not in str(it) for it in found)


@pytest.mark.parametrize("fault", FILE_FAULTS)
def test_a_fault_of_a_file_is_found(file: Path, fault: str) -> None:
    file.write_bytes(FILE_FAULTS[fault](file.read_bytes()))

    assert list(verify_files([file]))


@pytest.mark.parametrize("fault", [*RECORD_FAULTS, *FILE_FAULTS])
def test_no_fault_of_a_file_passes_as_a_whole_collection(
    collection: Collection, file: Path, fault: str
) -> None:
    if fault in RECORD_FAULTS:
        file.write_bytes(pack(RECORD_FAULTS[fault](unpack(file))))
    else:
        file.write_bytes(FILE_FAULTS[fault](file.read_bytes()))

    assert list(verify_collection(collection))


def test_a_cut_at_the_end_of_a_record_is_found_by_the_collection(
    collection: Collection, file: Path
) -> None:
    records = unpack(file)
    file.write_bytes(file.read_bytes()[: -len(gzip.compress(records[-1])) + 40])

    assert list(verify_collection(collection))


DATABASE_FAULTS = {
    "a row without bytes": "insert into captures (warc_file_id, offset, length, record_id, "
    "record_type, site, url, fetched_at) values (1, 99999, 5, 'urn:x', 'response', 's', 'u', 't')",
    "bytes without a row": "delete from captures where url like '%/b'",
    "another length": "update captures set length = length + 1 where url like '%/a'",
    "another address": "update captures set url = url || 'x' where url like '%/a'",
    "another payload": "update captures set payload_digest = 'sha1:A' where url like '%/a'",
    "another place of the request": "update captures set request_offset = 1 where url like '%/a'",
    "another durable offset": "update warc_files set durable_bytes = durable_bytes - 1",
    "another digest of the file": "update warc_files set sha256 = 'a' || sha256",
    "a file it does not know": "delete from captures; delete from warc_files",
    "a file that is not there": "update warc_files set name = 'x' || name",
    "an article without an observation": "update captures set outcome = 'article', reason = null",
}


@pytest.mark.parametrize("fault", DATABASE_FAULTS)
def test_a_database_that_does_not_agree_is_found(
    collection: Collection, file: Path, fault: str
) -> None:
    collection.connection.executescript(DATABASE_FAULTS[fault])

    assert list(verify_collection(collection))


def test_a_file_that_a_crawl_is_writing_is_checked_as_far_as_it_is_acknowledged(
    collection: Collection, make_exchange: MakeExchange
) -> None:
    record_all(collection)
    with Recorder(collection, site="example", crawl_id=1, warcinfo={}) as recorder:
        recorder.add(make_exchange("/a"))
        recorder.commit()
        recorder.add(make_exchange("/b"))

        assert list(verify_collection(collection)) == []


def test_an_imported_file_from_which_damage_was_left_out_is_whole(
    collection: Collection, file: Path, tmp_path: Path
) -> None:
    data = bytearray(file.read_bytes())
    data[700] ^= 0xFF
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(bytes(data))
    with Collection.create(tmp_path / "other") as other:
        imported = import_warcs(other, [broken], site_of=lambda url: "example")

        assert len(imported.skipped) == 1
        assert list(verify_collection(other)) == []


def test_progress_ends_at_all_bytes(file: Path) -> None:
    told: list[tuple[int, int]] = []

    list(verify_files([file], lambda done, total: told.append((done, total))))

    size = file.stat().st_size
    assert told[-1] == (size, size)
    assert told == sorted(told)


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    [fault] = verify_files([tmp_path / "absent.warc.gz"])

    assert fault == Fault(
        file=str(tmp_path / "absent.warc.gz"),
        offset=None,
        found="cannot be read (No such file or directory)",
        expected="a WARC file",
    )
