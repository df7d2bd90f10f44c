"""Faults of HTTP: each alone in a file that is whole else, digests right for what it holds."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from typing import Any

import brotli  # type: ignore[import-untyped]  # it ships none
import pytest

Warc = Any  # of conftest.py, which cannot be imported from
Spoil = Callable[[Warc], Any]
Check = Callable[[Spoil, str, str], None]

GZ = gzip.compress(b"Fever. " * 300, mtime=0)

HTTP: dict[str, tuple[Spoil, str, str]] = {
    "a request line of two words": (
        lambda it: it["request /a"].change(b"GET /a HTTP/1.1", b"GET /a"),
        "http-head",
        "request /a",
    ),
    "a request of HTTP/2": (
        lambda it: it["request /a"].change(b"GET /a HTTP/1.1", b"GET /a HTTP/2"),
        "http-head",
        "request /a",
    ),
    "a request with bytes after it": (
        lambda it: it["request /a"].change(b"\r\n\r\n", b"\r\n\r\nmore"),
        "http-length",
        "request /a",
    ),
    "no HTTP at all": (lambda it: it["/a"].change(b"HTTP/1.1", b"PTTH/1.1"), "http-head", "/a"),
    "an HTTP head without its end": (
        lambda it: it["/a"].fill(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"),
        "http-head",
        "/a",
    ),
    "a body longer than its Content-Length": (
        lambda it: it["/a"].change(b"drink enough", b"drink more than enough"),
        "http-length",
        "/a",
    ),
    "a cut body without WARC-Truncated": (
        lambda it: it["cut"].drop(b"WARC-Truncated"),
        "http-length",
        "cut",
    ),
    "the size of a chunk is none": (
        lambda it: it["chunked"].fill_chunks(b"4\r\npage\r\nzz\r\n two\r\n0\r\n\r\n"),
        "http-chunks",
        "chunked",
    ),
    "a chunk longer than its size": (
        lambda it: it["chunked"].fill_chunks(b"4\r\npages\r\n0\r\n\r\n"),
        "http-chunks",
        "chunked",
    ),
    "no last chunk": (
        lambda it: it["chunked"].fill_chunks(b"4\r\npage\r\n"),
        "http-chunks",
        "chunked",
    ),
    "a chunk that is cut": (
        lambda it: it["chunked"].fill_chunks(b"ff\r\npage"),
        "http-chunks",
        "chunked",
    ),
    "no empty line after the last chunk": (
        lambda it: it["chunked"].fill_chunks(b"4\r\npage\r\n0\r\n"),
        "http-chunks",
        "chunked",
    ),
    "a trailer without a colon": (
        lambda it: it["chunked"].fill_chunks(b"4\r\npage\r\n0\r\ngarbage\r\n\r\n"),
        "http-chunks",
        "chunked",
    ),
    "bytes after the last chunk": (
        lambda it: it["chunked"].fill_chunks(b"4\r\npage\r\n0\r\n\r\nmore"),
        "http-chunks",
        "chunked",
    ),
    "a coded body that is cut": (
        lambda it: it["coded"].fill_body(b"gzip", GZ[:-9]),
        "content-coding",
        "coded",
    ),
    "a coded body with a wrong checksum": (
        lambda it: it["coded"].fill_body(b"gzip", GZ[:-8] + b"\0\0\0\0" + GZ[-4:]),
        "content-coding",
        "coded",
    ),
    "a body of no brotli": (
        lambda it: it["coded"].fill_body(b"br", b"\x00\xff" * 50),
        "content-coding",
        "coded",
    ),
    "a cut body of brotli": (
        lambda it: it["coded"].fill_body(b"br", brotli.compress(b"Fever. " * 300)[:-4]),
        "content-coding",
        "coded",
    ),
    "a deflated body that is corrupt": (
        lambda it: it["coded"].fill_body(
            b"deflate", zlib.compress(b"Fever. " * 300)[:9] + b"\xff" * 9
        ),
        "content-coding",
        "coded",
    ),
    "a bomb": (
        lambda it: it["coded"].fill_body(b"gzip", gzip.compress(bytes(90_000_000), mtime=0)),
        "content-coding",
        "coded",
    ),
    "a bomb within a bomb": (
        lambda it: it["coded"].fill_body(
            b"gzip, gzip", gzip.compress(gzip.compress(bytes(90_000_000)))
        ),
        "content-coding",
        "coded",
    ),
    "a 304 with a body": (
        lambda it: it["extra"].change(b"200 OK", b"304 Not Modified"),
        "http-no-body",
        "extra",
    ),
    "a 204 with a body": (
        lambda it: it["extra"].change(b"200 OK", b"204 No Content"),
        "http-no-body",
        "extra",
    ),
    "a HEAD with a body": (
        lambda it: it["request extra"].change(b"GET ", b"HEAD "),
        "http-no-body",
        "extra",
    ),
    "a GET that is answered as a HEAD": (
        lambda it: it["request head"].change(b"HEAD ", b"GET "),
        "http-length",
        "head",
    ),
}


@pytest.mark.parametrize("name", HTTP)
def test_a_fault_of_http_is_found_by_its_name_where_it_is(check_fault: Check, name: str) -> None:
    check_fault(*HTTP[name])
