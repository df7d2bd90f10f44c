from __future__ import annotations

import gzip
import itertools
import os
import sys
import time
import tracemalloc
import uuid
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.foreign_records import IN_MEMORY_BYTES, SPILLED_OVER_BYTES
from archive.foreign_warcs import ForeignRecord, iterate_records, member_pieces
from archive.warc_members import Damage

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Fever</title>"


def warc(number: int, block: bytes = PAGE, *, length: int | None = None) -> bytes:
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%s>\r\n"
        b"WARC-Date: 2025-01-01T00:00:00Z\r\nWARC-Target-URI: http://example.org/%d\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
        % (
            str(uuid.UUID(int=number)).encode(),
            number,
            len(block) if length is None else length,
        )
        + block
        + b"\r\n\r\n"
    )


def arc(number: int, block: bytes = PAGE, *, end: bytes = b"\n") -> bytes:
    line = b"http://example.org/%d 192.0.2.1 20090102030405 text/html %d\n"
    return line % (number, len(block)) + block + end


FILEDESC = (
    b"filedesc://old.arc 0.0.0.0 20090101000000 text/plain 76\n"
    b"1 1 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n\n"
)


def by_zstd(*records: bytes) -> bytes:
    return b"".join(zstd.compress(record) for record in records)


def read(
    path: Path, data: bytes, *, spill_folder: Path | None = None
) -> tuple[list[str], list[Damage]]:
    """The addresses of what is whole, and the damage."""
    path.write_bytes(data)
    addresses: list[str] = []
    damages: list[Damage] = []
    for found in iterate_records(path, spill_folder=spill_folder):
        if isinstance(found, Damage):
            damages.append(found)
        else:
            addresses.append(found.record.target_uri.removeprefix("http://example.org/"))
    return addresses, damages


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file"


@pytest.mark.parametrize("kind", ["plain", "gzip", "whole", "zstd", "zstd whole", "cut anyhow"])
def test_the_same_records_come_out_however_they_are_packed(path: Path, kind: str) -> None:
    records = [warc(number) for number in range(5)]
    data = b"".join(records)
    packed = {
        "plain": data,
        "gzip": b"".join(map(gzip.compress, records)),
        "whole": gzip.compress(data),
        "zstd": by_zstd(*records),
        "zstd whole": zstd.compress(data),
        "cut anyhow": gzip.compress(b"") + gzip.compress(data) + gzip.compress(b""),
    }[kind]

    assert read(path, packed) == (["0", "1", "2", "3", "4"], [])


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("is_raw", [True, False])
def test_a_dictionary_in_the_first_frame_is_used(path: Path, is_packed: bool, is_raw: bool) -> None:
    samples = [warc(number) + b"fever " * (number % 7) for number in range(300)]
    content = b"".join(samples)[:4000] if is_raw else zstd.train_dict(samples, 2000).dict_content
    dictionary = zstd.ZstdDict(content, is_raw=is_raw)
    stored = zstd.compress(content) if is_packed else content
    first = b"\x5d\x2a\x4d\x18" + len(stored).to_bytes(4, "little") + stored
    frames = b"".join(
        zstd.compress(warc(number), zstd_dict=dictionary.as_digested_dict) for number in range(3)
    )

    assert read(path, first + frames) == (["0", "1", "2"], [])
    # Without it they cannot be read: the test would pass by chance else.
    assert read(path, frames)[0] == []


def test_other_skippable_frames_are_passed_over(path: Path) -> None:
    skipped = b"\x50\x2a\x4d\x18\x03\0\0\0abc"

    assert read(path, skipped + by_zstd(warc(0)) + skipped + by_zstd(warc(1))) == (["0", "1"], [])


def test_a_broken_zstd_frame_is_named_and_the_next_one_is_read(path: Path) -> None:
    frames = [bytearray(zstd.compress(warc(number), level=3)) for number in range(3)]
    frames[1][20] ^= 0xFF

    addresses, [damage] = read(path, b"".join(frames))

    assert addresses == ["0", "2"]
    assert (damage.offset, damage.length) == (len(frames[0]), len(frames[1]))
    assert "zstd frame" in damage.what


def test_a_zstd_file_that_is_cut_gives_what_is_whole(path: Path) -> None:
    frames = [zstd.compress(warc(number)) for number in range(3)]

    addresses, [damage] = read(path, b"".join(frames)[:-10])

    assert addresses == ["0", "1"]
    assert damage.is_torn
    assert damage.offset == len(frames[0]) + len(frames[1])


def test_offsets_of_a_plain_file_find_the_records_in_it(path: Path) -> None:
    data = b"".join(warc(number) for number in range(3))
    path.write_bytes(data)

    found = list(iterate_records(path))

    for number, record in enumerate(found):
        assert isinstance(record, ForeignRecord)
        assert data[record.offset : record.offset + record.length] == warc(number)[:-4]


@pytest.mark.parametrize("change", [-10, -1, 10, 100, 10**6])
def test_a_length_that_lies_costs_no_other_record_of_a_plain_file(path: Path, change: int) -> None:
    wrong = warc(1, length=len(PAGE) + change)

    addresses, [damage] = read(path, warc(0) + wrong + warc(2) + warc(3))

    assert addresses == ["0", "2", "3"]
    assert (damage.offset, damage.length) == (len(warc(0)), len(wrong))
    assert not damage.is_torn


def test_a_broken_head_in_a_plain_file_costs_its_record_only(path: Path) -> None:
    broken = warc(1).replace(b"WARC/1.0", b"W\x81RC/1.0")

    addresses, [damage] = read(path, warc(0) + broken + warc(2))

    assert addresses == ["0", "2"]
    assert damage.offset == len(warc(0))


def test_zero_bytes_behind_the_last_record_are_one_damage(path: Path) -> None:
    for data in (warc(0), gzip.compress(warc(0)), by_zstd(warc(0))):
        addresses, damages = read(path, data + bytes(5000))

        assert addresses == ["0"]
        assert len(damages) == 1
        assert damages[0].offset in (len(data), len(data) + 1)


@pytest.mark.parametrize("length", [len(PAGE) - 3, len(PAGE) + 3])
def test_a_page_in_a_broken_member_is_not_taken_for_a_record(path: Path, length: int) -> None:
    # Who writes pages could else make captures of any address in a file that is damaged there.
    forged = PAGE + b"\r\n\r\n" + warc(666, length=len(PAGE))
    members = [
        gzip.compress(warc(0)),
        gzip.compress(warc(1, forged, length=length)),
        gzip.compress(warc(2)),
    ]

    addresses, [damage] = read(path, b"".join(members))

    assert addresses == ["0", "2"]
    assert (damage.offset, damage.length) == (len(members[0]), len(members[1]))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"", b"\n\n"])
def test_arc_records_are_read_whatever_stands_between_them(path: Path, end: bytes) -> None:
    data = FILEDESC + b"".join(arc(number, end=end) for number in range(3))

    addresses, damages = read(path, data)

    assert damages == []
    assert addresses == ["", "0", "1", "2"]


def test_an_arc_record_is_the_same_warc_record_each_time(path: Path) -> None:
    path.write_bytes(FILEDESC + arc(0))

    [first_info, first] = iterate_records(path)
    [_, again] = iterate_records(path)

    assert isinstance(first_info, ForeignRecord)
    assert isinstance(first, ForeignRecord)
    assert isinstance(again, ForeignRecord)
    assert first_info.record.type == "warcinfo"
    assert first_info.record.field("WARC-Filename") == "old.arc"
    assert first_info.record.block.startswith(b"1 1 InternetArchive\n")
    assert first.record.field("WARC-Date") == "2009-01-02T03:04:05Z"
    assert first.record.field("WARC-IP-Address") == "192.0.2.1"
    assert first.record.record_id == again.record.record_id
    assert b"".join(member_pieces(first)) == b"".join(member_pieces(again))


def test_an_arc_line_may_hold_spaces_and_what_is_no_http_is_a_resource(path: Path) -> None:
    lookup = b"20090101000000\nexample.org. 3600 IN A 192.0.2.1"
    data = (
        b"http://example.org/a b 192.0.2.1 20090102030405 text/html; charset=utf-8 %d\n%s\n"
        b"dns:example.org 192.0.2.53 20090102030405 text/dns %d\n%s\n"
        % (len(PAGE), PAGE, len(lookup), lookup)
    )
    path.write_bytes(data)

    [page, dns] = iterate_records(path)

    assert isinstance(page, ForeignRecord)
    assert isinstance(dns, ForeignRecord)
    assert (page.record.type, page.record.target_uri) == ("response", "http://example.org/a b")
    assert (dns.record.type, dns.record.field("Content-Type")) == ("resource", "text/dns")
    assert dns.record.block == lookup


@pytest.mark.parametrize("change", [-5, 7])
def test_an_odd_length_in_an_arc_file_costs_its_record_only(path: Path, change: int) -> None:
    odd = arc(1).replace(b" %d\n" % len(PAGE), b" %d\n" % (len(PAGE) + change), 1)

    addresses, [damage] = read(path, FILEDESC + arc(0) + odd + arc(2))

    assert addresses == ["", "0", "2"]
    assert damage.offset == len(FILEDESC + arc(0))


@pytest.mark.parametrize("kind", ["plain", "gzip", "whole", "zstd"])
def test_a_large_record_is_spilled_and_comes_out_the_same(
    path: Path, tmp_path: Path, kind: str
) -> None:
    block = os.urandom(1 << 16) * (SPILLED_OVER_BYTES // (1 << 16) + 3)
    records = [warc(0), warc(1, block), warc(2)]
    data = b"".join(records)
    if kind == "gzip":
        data = b"".join(map(gzip.compress, records))
    elif kind == "zstd":
        data = by_zstd(*records)
    path.write_bytes(gzip.compress(data, 1) if kind == "whole" else data)

    found: dict[str, tuple[bytes, bytes, bool]] = {}
    for record in iterate_records(path, spill_folder=tmp_path):
        assert isinstance(record, ForeignRecord)
        rest = b"".join(record.rest.chunks()) if record.rest is not None else b""
        member = gzip.decompress(b"".join(member_pieces(record)))
        found[record.record.target_uri[-1]] = (record.record.block + rest, member, bool(rest))

    assert [found[key][0] == wanted for key, wanted in (("0", PAGE), ("1", block), ("2", PAGE))]
    assert {key: spilled for key, (_, _, spilled) in found.items()} == {
        "0": False,
        "1": True,
        "2": False,
    }
    assert found["1"][1] == records[1]
    assert len(found["1"][0]) == len(block) > IN_MEMORY_BYTES


def test_a_record_over_the_limit_is_named_and_memory_does_not_grow_with_it(path: Path) -> None:
    # A megabyte that decodes to more than a gigabyte.
    length = (1 << 30) + 1
    packer = zstd.ZstdCompressor(level=1)
    pieces = [packer.compress(warc(1, b"", length=length)[:-4])]
    pieces += [packer.compress(bytes(1 << 20)) for _ in range(20)]
    pieces.append(packer.flush())
    data = by_zstd(warc(0)) + b"".join(pieces) + by_zstd(warc(2))

    tracemalloc.start()
    addresses, [damage] = read(path, data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert addresses == ["0", "2"]
    assert f"{length} bytes" in damage.what
    assert most < 20 << 20


@pytest.mark.parametrize("kind", ["lengths", "heads", "gzip", "zstd", "arc"])
def test_a_file_of_nothing_but_damage_costs_no_more_than_its_size(path: Path, kind: str) -> None:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\nx\n"
    cut = gzip.compress(b"WARC/1.0\r\n" + bytes(500))[:-8]
    data = {
        "lengths": (head % 3000 + head % 900_000) * 10_000,
        "heads": b"WARC/1.0\r\nA: b\r\n" * 60_000,
        "gzip": cut * 20_000,
        "zstd": by_zstd(b"WARC/1.0\r\n" + bytes(500))[:-3] * 20_000,
        "arc": FILEDESC + b"http://a/ 192.0.2.1 20090102030405 text/html 900000\nx\n" * 20_000,
    }[kind]

    started = time.process_time()
    addresses, damages = read(path, data)

    assert set(addresses) <= {""}
    assert damages
    # It takes a second or less; what is quadratic would take a quarter of an hour.
    assert time.process_time() - started < 20


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["plain", "gzip", "zstd", "whole", "arc"]),
    flips=st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 255)), max_size=6),
    cut=st.one_of(st.just(0), st.integers(0, 4000)),
)
def test_whatever_is_damaged_nothing_is_raised_and_nothing_is_given_twice(
    tmp_path_factory: pytest.TempPathFactory, kind: str, flips: list[tuple[int, int]], cut: int
) -> None:
    records = [arc(n) if kind == "arc" else warc(n) for n in range(6)]
    data = {
        "plain": b"".join(records),
        "arc": FILEDESC + b"".join(records),
        "gzip": b"".join(map(gzip.compress, records)),
        "zstd": by_zstd(*records),
        "whole": gzip.compress(b"".join(records)),
    }[kind]
    broken = bytearray(data)
    for position, mask in flips:
        broken[position % len(broken)] ^= mask
    del broken[len(broken) - cut % len(broken) :]
    path = tmp_path_factory.getbasetemp() / "damaged"

    addresses, damages = read(path, bytes(broken))

    assert len(addresses) <= 7
    places = [(damage.offset, damage.length) for damage in damages]
    assert all(start + size <= len(data) for start, size in places)
    assert all(a + size <= b for (a, size), (b, _) in itertools.pairwise(places))
    if bytes(broken) == data:
        assert damages == []
        assert addresses == [*([""] if kind == "arc" else []), *map(str, range(6))]
