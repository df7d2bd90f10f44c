"""Faults of a file as a row of members: each alone in a file that is whole else."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.verifying.verifying import verify_files

Warc = Any  # of conftest.py, which cannot be imported from
Spoil = Callable[[Warc], Any]
Check = Callable[[Spoil, str, str], None]
Pack = Callable[[Warc], bytes]
CheckBytes = Callable[[Pack, str], None]


def flip_bit(data: bytes, position: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 4]) + data[position + 1 :]


def two_records_in_one_member(warc: Warc) -> bytes:
    both = gzip.compress(bytes(warc["request /a"]) + bytes(warc["/a"]))
    members: list[bytes] = warc.members()
    return members[0] + both + b"".join(members[3:])


def one_record_in_two_members(warc: Warc) -> bytes:
    data = bytes(warc["/a"])
    members: list[bytes] = warc.members()
    parts = gzip.compress(data[:-500]) + gzip.compress(data[-500:])
    return b"".join(members[:2]) + parts + b"".join(members[3:])


def with_extra_field(warc: Warc, lengths: tuple[int, int]) -> bytes:
    """The member of /a with the field `sl` of wget, which tells its two lengths."""
    members: list[bytes] = warc.members()
    member = members[2]
    field = b"sl\x08\x00" + b"".join(it.to_bytes(4, "little") for it in lengths)
    packed = member[:3] + b"\x04" + member[4:10] + b"\x0c\x00" + field + member[10:]
    return b"".join(members[:2]) + packed + b"".join(members[3:])


def right_lengths(warc: Warc) -> tuple[int, int]:
    return len(warc.members()[2]) + 14, len(bytes(warc["/a"]))


BYTES: dict[str, tuple[Pack, str]] = {
    "a wrong length at the end of a member": (
        lambda warc: flip_bit(b"".join(warc.members()), len(b"".join(warc.members())) - 1),
        "member",
    ),
    "garbage between two members": (
        lambda warc: warc.members()[0] + b"garbage" + b"".join(warc.members()[1:]),
        "member",
    ),
    "garbage after the end": (lambda warc: b"".join(warc.members()) + b"garbage", "member"),
    "one zero byte after the end": (lambda warc: b"".join(warc.members()) + b"\0", "member"),
    "a member of nothing": (
        lambda warc: b"".join(warc.members()) + gzip.compress(b""),
        "member",
    ),
    "two records in one member": (two_records_in_one_member, "records-in-member"),
    "one record in two members": (one_record_in_two_members, "block-cut"),
    "an extra field with wrong lengths": (lambda warc: with_extra_field(warc, (1, 2)), "member"),
    "a reserved flag in a gzip header": (
        lambda warc: b"\x1f\x8b\x08\x20" + b"".join(warc.members())[4:],
        "member",
    ),
    "an empty file": (lambda warc: b"", "no-archive"),
    "a page": (lambda warc: b"<!doctype html>", "no-archive"),
    "a gzipped page": (lambda warc: gzip.compress(b"<!doctype html>"), "version"),
    "cut within the head of a record": (
        lambda warc: warc.plain()[: len(bytes(warc["warcinfo"])) + 60],
        "header-end",
    ),
    "cut within the block of a record": (
        lambda warc: warc.plain()[: len(bytes(warc["warcinfo"])) - 60],
        "block-cut",
    ),
    "garbage after the last record": (lambda warc: warc.plain() + b"garbage", "record-end"),
}


@pytest.mark.parametrize("name", BYTES)
def test_a_fault_of_a_file_is_found(check_bytes: CheckBytes, name: str) -> None:
    check_bytes(*BYTES[name])


def test_the_extra_field_with_right_lengths_is_none(file: Path, warc: Warc) -> None:
    file.write_bytes(with_extra_field(warc, right_lengths(warc)))

    assert list(verify_files([file])) == []
