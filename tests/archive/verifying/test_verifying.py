from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.cdxj_index import update_cdxj
from archive.collection import Collection
from archive.exchange import Exchange
from archive.verifying.faults import Fault
from archive.verifying.pace import Tally
from archive.verifying.verifying import verify_collection, verify_files
from archive.warc_records import record_member

MakeExchange = Callable[..., Exchange]
RecordAll = Callable[..., None]
Warc = Any  # of conftest.py, which cannot be imported from

PLACE = [
    ("WARC-Date", "2026-11-22T09:30:00Z"),
    ("WARC-Target-URI", "https://example.org/a"),
    ("Content-Type", "application/http; msgtype=response"),
]
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage"
ORIGINAL = "<urn:uuid:11111111-1111-4111-8111-111111111111>"


def response(**fields: str) -> bytes:
    return record_member(
        [("WARC-Type", "response"), ("WARC-Record-ID", ORIGINAL), *PLACE, *fields.items()], ANSWER
    )


def revisit(refers_to: str = ORIGINAL) -> bytes:
    return record_member(
        [
            ("WARC-Type", "revisit"),
            ("WARC-Record-ID", "<urn:uuid:22222222-2222-4222-8222-222222222222>"),
            ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
            ("WARC-Payload-Digest", "sha1:OZYBHTQO4D3NPIDVQ6IS5ORRATH2VPAV"),
            ("WARC-Refers-To", refers_to),
            *PLACE,
        ],
        b"",
    )


def faults(found: Any) -> set[str]:
    return {it.kind for it in found if it.level == "fault"}


def notes(found: Any) -> set[str]:
    return {it.kind for it in found if it.level == "note"}


def test_a_whole_file_has_neither_fault_nor_note(file: Path) -> None:
    assert list(verify_files([file])) == []


def test_a_whole_collection_has_neither_fault_nor_note(collection: Collection, file: Path) -> None:
    update_cdxj(collection)

    assert list(verify_collection(collection)) == []


def test_the_order_of_fields_and_their_case_say_nothing(file: Path, warc: Warc) -> None:
    for record in warc.records:
        first, *lines = record.lines
        upper = [name.upper() + colon + value for name, colon, value in map(partition, lines)]
        record.lines = [first, *reversed(upper)]
    file.write_bytes(b"".join(warc.members()))

    assert list(verify_files([file])) == []


def partition(line: bytes) -> tuple[bytes, bytes, bytes]:
    return line.partition(b":")


def test_a_body_that_is_whole_and_said_to_be_truncated_is_no_fault(file: Path, warc: Warc) -> None:
    warc["/a"].put(b"WARC-Truncated", b"length")
    file.write_bytes(b"".join(warc.members()))

    assert list(verify_files([file])) == []


def test_a_file_without_digests_has_no_fault(file: Path, warc: Warc) -> None:
    for record in warc.records:
        record.drop(b"WARC-Block-Digest")
    file.write_bytes(b"".join(warc.members()))

    assert list(verify_files([file])) == []


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha512", "md5"])
@pytest.mark.parametrize("form", ["hex", "base32", "BASE32=", "dashed"])
def test_a_digest_may_be_spelled_in_many_ways(
    file: Path, warc: Warc, algorithm: str, form: str
) -> None:
    import base64
    import hashlib

    digest = hashlib.new(algorithm, warc["/a"].block, usedforsecurity=False).digest()
    spelled = {
        "hex": digest.hex(),
        "base32": base64.b32encode(digest).decode().rstrip("=").lower(),
        "BASE32=": base64.b32encode(digest).decode(),
        "dashed": digest.hex().upper(),
    }[form]
    label = algorithm.replace("sha", "SHA-") if form == "dashed" else algorithm
    warc["/a"].put(b"WARC-Block-Digest", f"{label}:{spelled}".encode())
    file.write_bytes(b"".join(warc.members()))

    assert list(verify_files([file])) == []


def test_the_payload_digest_of_a_chunked_body_is_that_of_what_the_chunks_hold(
    file: Path, warc: Warc
) -> None:
    # printf 'page two' | openssl sha1 -binary | base32
    warc["chunked"].put(b"WARC-Payload-Digest", b"sha1:AZCLAN7WMKDPXX7FUPDWY7FCVLRMDZD6")
    file.write_bytes(b"".join(warc.members()))

    assert list(verify_files([file])) == []


def test_a_payload_digest_of_the_chunks_themselves_is_but_a_note(file: Path, warc: Warc) -> None:
    import hashlib

    body = warc["chunked"].block.partition(b"\r\n\r\n")[2]
    digest = hashlib.sha1(body, usedforsecurity=False).hexdigest()
    warc["chunked"].put(b"WARC-Payload-Digest", f"sha1:{digest}".encode())
    file.write_bytes(b"".join(warc.members()))

    found = list(verify_files([file]))

    assert (faults(found), notes(found)) == (set(), {"payload-digest-raw"})


def test_a_body_that_was_decoded_by_who_stored_it_is_but_a_note(file: Path, warc: Warc) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n"
    warc["coded"].fill(head + b"<p>what the gzip held</p>")
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    warc["chunked"].fill(chunked + b"<p>what the chunks held</p>")
    file.write_bytes(b"".join(warc.members()))

    found = list(verify_files([file]))

    assert (faults(found), notes(found)) == (set(), {"body-decoded"})


def test_warc_1_0_may_have_angle_brackets_around_its_target(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    member = gzip.decompress(response())
    member = member.replace(b"WARC/1.1", b"WARC/1.0").replace(
        b"https://example.org/a", b"<https://example.org/a>"
    )
    path.write_bytes(gzip.compress(member))

    assert faults(verify_files([path])) == set()


def test_files_are_one_set_in_which_records_point_to_each_other(tmp_path: Path) -> None:
    first, second = tmp_path / "first.warc.gz", tmp_path / "second.warc.gz"
    first.write_bytes(response())
    second.write_bytes(revisit())

    together = list(verify_files([second, first]))
    alone = list(verify_files([second]))

    assert (faults(together), notes(together)) == (set(), {"warcinfo"})
    assert (faults(alone), notes(alone)) == (set(), {"warcinfo", "refers-to"})


def test_a_record_id_is_unique_in_all_files(tmp_path: Path) -> None:
    first, second = tmp_path / "first.warc.gz", tmp_path / "second.warc.gz"
    first.write_bytes(response())
    second.write_bytes(response())

    [fault] = [it for it in verify_files([first, second]) if it.level == "fault"]

    assert (fault.kind, fault.file, fault.offset) == ("record-id-twice", str(second), 0)
    assert f"{first} at offset 0" in fault.found


def test_a_revisit_in_a_collection_has_its_original_there(
    collection: Collection, file: Path, warc: Warc
) -> None:
    warc["again"].drop(b"WARC-Refers-To-Target-URI")
    warc["again"].drop(b"WARC-Refers-To-Date")
    warc["again"].put(b"WARC-Refers-To", b"<urn:uuid:00000000-0000-4000-8000-000000000000>")
    file.write_bytes(b"".join(warc.members()))

    assert "refers-to" in faults(verify_collection(collection))
    assert "refers-to" in notes(verify_files([file]))


def test_what_a_server_sent_is_but_a_note_where_it_was_captured_at_the_wire(
    collection: Collection, make_exchange: MakeExchange, record_all: RecordAll
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\n"
    record_all(
        make_exchange("/bad", response_block=head + b"\x1f\x8b\x08\x00\x00\xff\xff\xff"),
        make_exchange("/odd", response_block=b"HTTP/2 200\r\nContent-Length: 0\r\n\r\n"),
    )
    [file] = collection.warcs.iterdir()

    found = list(verify_collection(collection))

    assert (faults(found), notes(found)) == (set(), {"content-coding", "http-version"})
    assert faults(verify_files([file])) == {"content-coding", "http-version"}


def test_a_first_record_that_is_no_warcinfo_is_a_fault_of_our_own_files_only(
    collection: Collection, file: Path, warc: Warc
) -> None:
    file.write_bytes(b"".join(warc.members()[1:]))

    assert "warcinfo" in faults(verify_collection(collection))
    assert "warcinfo" in notes(verify_files([file]))


def test_another_file_name_than_the_warcinfo_says_is_told(
    collection: Collection, file: Path, warc: Warc
) -> None:
    warc["warcinfo"].put(b"WARC-Filename", b"other.warc.gz")
    file.write_bytes(b"".join(warc.members()))

    assert "warcinfo" in faults(verify_collection(collection))
    assert notes(verify_files([file])) == {"warcinfo"}


def test_a_segmented_record_is_whole_when_its_segments_are(tmp_path: Path) -> None:
    path = tmp_path / "segments.warc.gz"
    second = [
        ("WARC-Type", "continuation"),
        ("WARC-Record-ID", "<urn:uuid:33333333-3333-4333-8333-333333333333>"),
        ("WARC-Segment-Number", "2"),
        ("WARC-Segment-Origin-ID", ORIGINAL),
        ("WARC-Segment-Total-Length", str(len(ANSWER) + 4)),
        *PLACE[:2],
    ]
    first = response(**{"WARC-Segment-Number": "1"})
    path.write_bytes(first + record_member(second, b"more"))

    assert faults(verify_files([path])) == set()


def test_a_record_larger_than_memory_would_like_passes_in_pieces(tmp_path: Path) -> None:
    import tracemalloc

    body = b"Rest and drink. " * 65536 * 40
    path = tmp_path / "large.warc.gz"
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
    fields = [("WARC-Type", "response"), ("WARC-Record-ID", ORIGINAL), *PLACE]
    path.write_bytes(record_member(fields, head + body))
    size = len(body)
    del body

    tracemalloc.start()
    found = list(verify_files([path]))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert faults(found) == set()
    assert most < size / 2


ARC_LINE = b"http://example.org/a 192.0.2.1 20080430204825 text/html %d\n"
ARC_HEAD = b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n\n"
ARC = b"filedesc://example.arc.gz 0.0.0.0 20080430204825 text/plain %d\n" % len(ARC_HEAD) + ARC_HEAD


@pytest.mark.parametrize("is_packed", [True, False])
def test_an_arc_file_is_read_too(tmp_path: Path, is_packed: bool) -> None:
    records = [ARC + b"\n", ARC_LINE % len(ANSWER) + ANSWER + b"\n"]
    path = tmp_path / "old.arc"

    def pack(parts: list[bytes]) -> bytes:
        return b"".join(gzip.compress(it) for it in parts) if is_packed else b"".join(parts)

    path.write_bytes(pack(records))
    whole, tally = list(verify_files([path], tally=(first := Tally()))), first
    path.write_bytes(pack([records[0], records[1].replace(b"Length: 4", b"Length: 5")]))
    lying = list(verify_files([path]))
    path.write_bytes(pack([records[0], records[1][:-3]]))
    cut = list(verify_files([path]))
    path.write_bytes(pack([records[0], b"no line of ARC\n"]))
    garbage = list(verify_files([path]))

    assert (whole, tally.records) == ([], 2)
    assert faults(lying) == {"http-length"}
    assert faults(cut) == {"block-cut"}
    assert faults(garbage) == {"arc-line"}


def test_progress_ends_at_all_bytes_and_the_tally_knows_what_was_read(file: Path) -> None:
    told: list[tuple[int, int]] = []
    tally = Tally()

    list(verify_files([file], lambda done, total: told.append((done, total)), tally=tally))

    size = file.stat().st_size
    assert told[-1] == (size, size)
    assert told == sorted(told)
    assert tally == Tally(files=1, records=20, bytes=size)


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    [fault] = verify_files([tmp_path / "absent.warc.gz"])

    assert fault == Fault(
        file=str(tmp_path / "absent.warc.gz"),
        offset=None,
        kind="no-archive",
        found="cannot be read (No such file or directory)",
        expected="a WARC file",
    )


def test_a_zip_file_of_something_else_is_no_package(tmp_path: Path) -> None:
    path = tmp_path / "other.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "hello")

    assert faults(verify_files([path])) == {"package"}
