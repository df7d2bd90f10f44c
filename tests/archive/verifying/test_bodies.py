from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]  # it ships none
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.verifying.chunked_bodies import ChunkedBody
from archive.verifying.coded_bodies import CodedBody

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = b"<!doctype html><p>Rest and drink enough.</p>" * 500


def unchunk(body: bytes, size: int) -> tuple[ChunkedBody, bytes]:
    """The body fed in pieces of `size` bytes, and what the chunks hold."""
    chunked = ChunkedBody()
    parts = []
    for start in range(0, len(body), size):
        parts += chunked.feed(memoryview(body[start : start + size]))
    parts += chunked.finish()
    return chunked, b"".join(parts)


def decode(coding: str, body: bytes, size: int = 1 << 20) -> CodedBody:
    coded = CodedBody(coding.split(", "))
    for start in range(0, len(body), size):
        coded.feed(memoryview(body[start : start + size]))
    coded.finish()
    return coded


@given(
    chunks=st.lists(st.binary(min_size=1, max_size=60), max_size=8),
    trailers=st.lists(st.sampled_from([b"A: b", b"Expires: never"]), max_size=2),
    size=st.integers(1, 40),
)
def test_chunks_are_read_the_same_however_they_are_cut(
    chunks: list[bytes], trailers: list[bytes], size: int
) -> None:
    framed = b"".join(b'%X;x="y"\r\n%s\r\n' % (len(it), it) for it in chunks)
    end = b"0\r\n" + b"".join(it + b"\r\n" for it in trailers) + b"\r\n"

    chunked, found = unchunk(framed + end, size)

    assert (found, chunked.problem, chunked.after) == (b"".join(chunks), None, 0)


@given(body=st.binary(max_size=80), size=st.integers(1, 40))
def test_no_bytes_make_it_fail_and_all_cuts_agree(body: bytes, size: int) -> None:
    framed = b"4\r\npage\r\n" + body

    whole, all_at_once = unchunk(framed, 1000)
    pieces, bit_by_bit = unchunk(framed, size)

    assert all_at_once == bit_by_bit
    assert (whole.problem is None) == (pieces.problem is None)
    assert whole.after == pieces.after


CODED = {
    "gzip": gzip.compress(PAGE, mtime=0),
    "x-gzip": gzip.compress(PAGE, mtime=0) + gzip.compress(PAGE, mtime=0),
    "deflate": zlib.compress(PAGE),
    "br": brotli.compress(PAGE),
    "zstd": zstd.compress(PAGE) + zstd.compress(PAGE),
    "br, gzip": gzip.compress(brotli.compress(PAGE)),
}


@pytest.mark.parametrize("coding", CODED)
@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_a_coded_body_is_whole_however_it_is_cut(coding: str, size: int) -> None:
    coded = decode(coding, CODED[coding], size)

    assert (coded.problem, coded.is_not_coded, coded.unknown) == (None, False, None)


@pytest.mark.parametrize("coding", CODED)
@pytest.mark.parametrize("size", [7, 1 << 20])
def test_a_coded_body_that_is_cut_says_so(coding: str, size: int) -> None:
    coded = decode(coding, CODED[coding][:-2], size)

    assert coded.is_cut


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_text_under_a_coding_was_decoded_by_who_stored_it(coding: str) -> None:
    assert decode(coding, PAGE).is_not_coded
    assert decode(coding, "Sốt ở trẻ em. ".encode() * 100).is_not_coded


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_other_bytes_under_a_coding_are_none(coding: str) -> None:
    coded = decode(coding, b"\x00\xff\x01\xfe" * 100)

    assert coded.problem is not None
    assert not coded.is_cut


def test_an_unknown_coding_is_named() -> None:
    assert decode("rot13", PAGE).unknown == "rot13"


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
def test_a_bomb_is_given_up(coding: str) -> None:
    zeros = bytes(150_000_000)
    compress: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "br": lambda content: brotli.compress(content, quality=3),
        "zstd": zstd.compress,
        "deflate": zlib.compress,
    }

    coded = decode(coding, compress[coding](zeros))

    assert coded.problem is not None
    assert coded.problem.endswith("a bomb")


def test_a_row_of_empty_members_costs_little() -> None:
    coded = decode("gzip", gzip.compress(b"", mtime=0) * 100_000)

    assert coded.problem is None
