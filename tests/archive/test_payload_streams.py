from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator

import brotli  # type: ignore[import-untyped]  # it ships none
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.http_messages import (
    HttpResponse,
    parse_response,
    remove_content_coding,
    remove_transfer_coding,
)
from archive.payload_streams import DecodedPieces, PayloadPieces, payload_facts
from articles.digests import payload_digest

CHUNKED = b"Transfer-Encoding: chunked\r\n"
SIZES_AND_ENDS = (b"0", b"1", b"4", b"a", b"f" * 16, b"\r\n", b"\n", b"\r", b" ", b";x=y", b"zz")
CHUNKS = (b"4\r\npage\r\n", b"a\r\n0123456789\r\n", b"1;q\n\r\n", b"0\r\n\r\n", b"page")
PARTS = st.lists(st.sampled_from((*SIZES_AND_ENDS, *CHUNKS)), max_size=12).map(b"".join)


def an_answer(headers: bytes, body: bytes) -> HttpResponse:
    response = parse_response(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n" + body)
    assert response is not None
    return response


def cut(body: bytes, step: int) -> Callable[[], Iterator[bytes]]:
    return lambda: (body[at : at + step] for at in range(0, len(body), step))


@given(body=PARTS, step=st.integers(1, 9))
def test_chunks_are_joined_as_of_a_body_in_memory(body: bytes, step: int) -> None:
    response = an_answer(CHUNKED, body)
    expected = remove_transfer_coding(response)

    pieces = PayloadPieces(response, cut(body, step))
    found = b"".join(pieces)

    assert (found, pieces.problem) == (expected.body, expected.error)


@pytest.mark.parametrize(
    "line",
    [
        b" " * 200_000 + b"4\r\npage\r\n0\r\n\r\n",
        b"4" + b"\t" * 200_000 + b"\r\npage\r\n0\r\n\r\n",
        b"4;" + b"x" * 200_000 + b"\r\npage\r\n0\r\n\r\n",
        b"4" * 200_000 + b"\r\npage\r\n0\r\n\r\n",
        b"4 " + b"x" * 200_000 + b"\r\npage\r\n0\r\n\r\n",
        b" " * 200_000,
        b"4" + b" " * 100_000 + b";" + b"x" * 100_000,
        b";" * 200_000 + b"\n",
    ],
    ids=["spaces", "tabs", "extension", "digits", "letters", "only spaces", "endless", "no size"],
)
def test_a_line_without_end_is_read_as_of_a_body_in_memory(line: bytes) -> None:
    response = an_answer(CHUNKED, line)
    expected = remove_transfer_coding(response)

    pieces = PayloadPieces(response, cut(line, 4096))
    found = b"".join(pieces)

    assert (found, pieces.problem) == (expected.body, expected.error)


@pytest.mark.parametrize("length", [3, 4, 5, "x"])
def test_a_length_that_is_not_reached_is_a_problem(length: object) -> None:
    response = an_answer(b"Content-Length: %s\r\n" % str(length).encode(), b"page")
    expected = remove_transfer_coding(response)

    pieces = PayloadPieces(response, cut(b"page", 3))
    found = b"".join(pieces)

    assert (found, pieces.problem) == (expected.body, expected.error)


@pytest.mark.parametrize(("status", "method"), [(204, "GET"), (304, "GET"), (200, "HEAD")])
def test_an_answer_without_body_has_no_payload(status: int, method: str) -> None:
    response = parse_response(b"HTTP/1.1 %d X\r\n\r\nrest" % status)
    assert response is not None

    facts = payload_facts(response, method=method, body=lambda: [b"rest"])

    assert (facts.digest, facts.size, facts.is_complete) == (payload_digest(b""), 0, True)


@given(body=st.binary(max_size=300), step=st.integers(1, 50))
def test_the_facts_of_a_streamed_payload_are_those_of_one_in_memory(body: bytes, step: int) -> None:
    response = an_answer(b"Content-Length: 100\r\n", body)

    assert payload_facts(response, body=cut(body, step)) == payload_facts(response)


PAGE = b"<p>Rest and drink water.</p>" * 3000
CODED = {
    "gzip": (b"gzip", gzip.compress(PAGE)),
    "gzip members": (b"x-gzip", gzip.compress(PAGE) + gzip.compress(b"more")),
    "gzip and junk": (b"gzip", gzip.compress(PAGE) + b"junk"),
    "gzip cut": (b"gzip", gzip.compress(PAGE)[:-9]),
    "gzip with a wrong checksum": (b"gzip", gzip.compress(PAGE)[:-8] + bytes(8)),
    "gzip only by name": (b"gzip", PAGE),
    "endless members": (b"gzip", gzip.compress(b"") * 100),
    "deflate": (b"deflate", zlib.compress(PAGE)),
    "naked deflate": (b"deflate", zlib.compress(PAGE)[2:-4]),
    "brotli": (b"br", brotli.compress(PAGE)),
    "brotli cut": (b"br", brotli.compress(PAGE)[:-2]),
    "two codings": (b"deflate, gzip", gzip.compress(zlib.compress(PAGE))),
    "unknown": (b"rot13", PAGE),
    "none": (b"identity", PAGE),
    "empty": (b"gzip", b""),
}


@pytest.mark.parametrize("step", [1, 7, 1 << 20])
@pytest.mark.parametrize(("coding", "body"), CODED.values(), ids=CODED.keys())
def test_codings_are_removed_as_of_a_payload_in_memory(
    coding: bytes, body: bytes, step: int
) -> None:
    response = an_answer(b"Content-Encoding: %s\r\n" % coding, body)
    expected = remove_content_coding(response, body)

    pieces = DecodedPieces(response, cut(body, step)())
    found = b"".join(pieces)

    assert (pieces.problem is None) == (expected.error is None)
    # Of a damaged payload each way gives what it had until then.
    assert found == expected.body or expected.error is not None
    assert expected.body.startswith(found) or found.startswith(expected.body)


def test_a_bomb_comes_in_pieces_of_bounded_size() -> None:
    body = gzip.compress(gzip.compress(bytes(1 << 26), mtime=0))
    response = an_answer(b"Content-Encoding: gzip, gzip\r\n", body)

    sizes = [len(piece) for piece in DecodedPieces(response, [body])]

    assert sum(sizes) == 1 << 26
    assert max(sizes) <= 1 << 20


def test_a_thousand_content_codings_are_a_problem_and_no_recursion() -> None:
    response = an_answer(b"Content-Encoding: " + b", ".join([b"odd"] * 5_000) + b"\r\n", b"page")

    decoded = DecodedPieces(response, iter([b"page"]))

    assert b"".join(decoded) == b"page"
    assert decoded.problem is not None
