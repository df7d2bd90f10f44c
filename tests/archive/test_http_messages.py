from __future__ import annotations

import gzip
import sys
import zlib

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

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = b"<!doctype html><p>Drink enough.</p>" * 20


def parsed(block: bytes) -> HttpResponse:
    response = parse_response(block)
    assert response is not None
    return response


def coded(coding: str, body: bytes) -> HttpResponse:
    return parsed(b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n\r\n" % coding.encode() + body)


def naked_deflate(body: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(body) + compressor.flush()


CODINGS = {
    "gzip": ("gzip", gzip.compress(PAGE)),
    "two gzip members": ("x-gzip", gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])),
    "deflate": ("deflate", zlib.compress(PAGE)),
    "deflate without its head": ("Deflate", naked_deflate(PAGE)),
    "br": ("br", brotli.compress(PAGE)),
    "zstd": ("zstd", zstd.compress(PAGE)),
    "gzip after br": ("br, gzip", gzip.compress(brotli.compress(PAGE))),
    "none at all": ("gzip", PAGE),
    "identity": ("identity", PAGE),
}


@pytest.mark.parametrize(("coding", "body"), CODINGS.values(), ids=CODINGS.keys())
def test_a_content_coding_is_removed(coding: str, body: bytes) -> None:
    payload = remove_content_coding(coded(coding, body), body)

    assert (payload.body, payload.is_complete, payload.error) == (PAGE, True, None)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_a_coded_payload_that_is_cut_gives_what_there_is_and_says_so(name: str) -> None:
    coding, body = CODINGS[name]

    payload = remove_content_coding(coded(coding, body), body[:-9])

    assert not payload.is_complete
    assert PAGE.startswith(payload.body)


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(30_000_000))),
        ("deflate", zlib.compress(bytes(30_000_000))),
        ("br", brotli.compress(bytes(30_000_000))),
        ("zstd", zstd.compress(bytes(30_000_000))),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(30_000_000)))),
        ("gzip", gzip.compress(b"") * 100_000 + gzip.compress(bytes(9_000_000))),
    ],
    ids=["gzip", "deflate", "br", "zstd", "twice", "many members"],
)
def test_a_bomb_ends_at_the_limit(coding: str, bomb: bytes) -> None:
    payload = remove_content_coding(coded(coding, bomb), bomb, limit=100_000)

    assert len(payload.body) <= 100_000
    assert not payload.is_complete


def test_an_unknown_coding_leaves_the_payload_as_it_is() -> None:
    payload = remove_content_coding(coded("rot13", PAGE), PAGE)

    assert (payload.body, payload.is_complete) == (PAGE, False)


@given(chunks=st.lists(st.binary(min_size=1, max_size=300), max_size=10))
def test_chunks_are_joined_whatever_they_hold(chunks: list[bytes]) -> None:
    body = b"".join(b'%X;x="y"\r\n%s\r\n' % (len(chunk), chunk) for chunk in chunks)
    response = parsed(
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n" + body + b"0\r\nT: 1\r\n\r\n"
    )

    payload = remove_transfer_coding(response)

    assert (payload.body, payload.is_complete) == (b"".join(chunks), True)


@given(block=st.binary(max_size=400))
def test_nothing_a_server_sends_raises(block: bytes) -> None:
    for head in (b"", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n", b"HTTP/1.1 100 x\r\n"):
        response = parse_response(head + block)
        if response is not None:
            remove_content_coding(response, remove_transfer_coding(response).body)


@pytest.mark.parametrize(
    ("body", "found", "is_complete"),
    [
        (b"4\r\npage\r\n0\r\n\r\n", b"page", True),
        (b"4\npage\n0\n\n", b"page", True),
        (b"4\r\npage\r\n", b"page", False),
        (b"ff\r\npage", b"page", False),
        (b"4\r\npage\r\nzz\r\n", b"page", False),
        (b"the chunks were taken apart", b"the chunks were taken apart", True),
        (b"", b"", False),
    ],
)
def test_broken_chunks_give_what_there_is(body: bytes, found: bytes, is_complete: bool) -> None:
    payload = remove_transfer_coding(
        parsed(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
    )

    assert (payload.body, payload.is_complete) == (found, is_complete)


@pytest.mark.parametrize(
    ("head", "method", "is_complete"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", "GET", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "GET", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", "GET", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "GET", True),
        (b"HTTP/1.1 200 OK\r\n\r\n", "GET", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HEAD", True),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "GET", True),
    ],
)
def test_a_body_is_whole_when_its_length_is_reached(
    head: bytes, method: str, is_complete: bool
) -> None:
    assert remove_transfer_coding(parsed(head + b"page"), method=method).is_complete == is_complete


def test_headers_are_read_as_browsers_do() -> None:
    response = parsed(
        b"HTTP/1.1 200\r\nSet-Cookie: a\r\nset-COOKIE: b\r\nX: one\r\n  two\r\nno colon\r\n"
        b"L: caf\xe9\r\nU: caf\xc3\xa9\r\n\r\n"
    )

    assert response.reason == ""
    assert response.all("Set-Cookie") == ["a", "b"]
    assert [response.header(name) for name in "XLU"] == ["one two", "café", "café"]


@pytest.mark.parametrize(
    "block", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nA: b\r\n", b"<html>\r\n\r\n"]
)
def test_without_a_whole_head_there_is_no_response(block: bytes) -> None:
    assert parse_response(block) is None


def test_the_head_after_an_early_hint_counts() -> None:
    response = parsed(b"HTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 404 No\r\n\r\ngone")

    assert (response.status, response.body, response.header("Link")) == (404, b"gone", None)
    assert not response.is_plainly_framed


def test_no_more_than_a_few_content_codings_are_taken_off() -> None:
    response = coded(", ".join(["gzip"] * 5_000), PAGE)

    payload = remove_content_coding(response, PAGE)

    assert (payload.body, payload.error) == (PAGE, "more than 8 content codings")
