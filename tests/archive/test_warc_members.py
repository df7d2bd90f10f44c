from __future__ import annotations

import gzip
import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.warc_members import Damage, Member, Piece, scan_members, scan_pieces


class CountedFile(io.BytesIO):
    """A file that knows how much was read of it."""

    total = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.total += len(data)
        return data


def test_a_small_member_comes_in_one_piece_and_a_large_one_in_several() -> None:
    large = os.urandom(1000) * 5000
    file = io.BytesIO(gzip.compress(b"small") + gzip.compress(large))

    small, *pieces = scan_pieces(file)

    assert small == Piece(0, b"small", len(gzip.compress(b"small")))
    assert all(isinstance(it, Piece) and len(it.data) < 3 << 20 for it in pieces)
    assert b"".join(it.data for it in pieces if isinstance(it, Piece)) == large
    assert [it.length is None for it in pieces] == [True] * (len(pieces) - 1) + [False]


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 2 << 20])
def test_no_size_of_a_member_is_a_special_one(size: int) -> None:
    file = io.BytesIO(gzip.compress(bytes(size)) * 2)

    found = list(scan_members(file))

    assert [len(it.data) for it in found if isinstance(it, Member)] == [size, size]


@given(
    contents=st.lists(st.binary(max_size=50), max_size=5),
    cut=st.integers(0, 60),
    junk=st.binary(max_size=30),
)
def test_every_byte_is_accounted_for(contents: list[bytes], cut: int, junk: bytes) -> None:
    data = b"".join(gzip.compress(it, mtime=0) for it in contents)
    data = data[: max(len(data) - cut, 0)] + junk

    members = list(scan_members(io.BytesIO(data)))
    ends = [it for it in scan_pieces(io.BytesIO(data)) if it.length is not None]

    assert sum(it.length for it in members) == len(data)
    assert [it.offset for it in members] == [it.offset for it in ends]


def test_damage_in_a_large_member_comes_after_its_pieces() -> None:
    data = bytearray(gzip.compress(os.urandom(3_000_000)))
    data[-5] ^= 1
    file = io.BytesIO(bytes(data) + gzip.compress(b"next"))

    *pieces, damage, after = scan_pieces(file)

    assert pieces
    assert isinstance(damage, Damage)
    assert {it.offset for it in pieces} == {damage.offset} == {0}
    assert damage.length == len(data)
    assert isinstance(after, Piece)
    assert after.data == b"next"


def test_a_member_that_the_file_cuts_is_torn() -> None:
    whole = gzip.compress(b"whole")

    _, damage = scan_members(io.BytesIO(whole + gzip.compress(os.urandom(500))[:-20]))

    assert isinstance(damage, Damage)
    assert damage.is_torn
    assert damage.offset == len(whole)


def test_a_file_made_to_look_like_members_everywhere_is_read_but_a_few_times() -> None:
    # Each 15 bytes begin a member with a stored block of 65,535 bytes, behind which comes none.
    unit = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + b"\x00\xff\xff\x00\x00"
    last = gzip.compress(b"last")
    file = CountedFile(unit * 200_000 + b"-" * 70_000 + last)
    size = len(file.getvalue())

    found = list(scan_members(file))

    assert [it.data for it in found if isinstance(it, Member)] == [b"last"]
    assert file.total < 100 * size


@pytest.mark.parametrize(
    ("extra", "is_odd"),
    [
        (b"", False),
        (b"xx\x02\x00ab", False),
        (b"sl\x08\x00" + bytes(8), True),
        (b"sl\x04\x00" + bytes(4), False),
        (b"sl\xff\xff", False),
    ],
)
def test_the_lengths_in_an_extra_field_are_compared(extra: bytes, is_odd: bool) -> None:
    member = gzip.compress(b"page", mtime=0)
    head = member[:3] + b"\x04" + member[4:10] + len(extra).to_bytes(2, "little")

    [piece] = scan_pieces(io.BytesIO(head + extra + member[10:]))

    assert isinstance(piece, Piece)
    assert (piece.oddity is not None) == is_odd
