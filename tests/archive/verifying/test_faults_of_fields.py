"""Faults of WARC grammar, of fields and digests: each alone in a file that is whole else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Warc = Any  # of conftest.py, which cannot be imported from
Spoil = Callable[[Warc], Any]
Check = Callable[[Spoil, str, str], None]

BLOCK_DIGEST = b"WARC-Block-Digest"
PAYLOAD_DIGEST = b"WARC-Payload-Digest"
NO_ONE = b"<urn:uuid:00000000-0000-4000-8000-000000000000>"

FIELDS: dict[str, tuple[Spoil, str, str]] = {
    "an unknown version": (lambda it: it["/a"].begin_with(b"WARC/2.0"), "version", "/a"),
    "no version at all": (lambda it: it["/a"].begin_with(b"HTTP/1.1 200 OK"), "version", "/a"),
    "a line feed alone in the head": (
        lambda it: it["/a"].add_line(b"X-Odd: 1\nX-Even: 2"),
        "header-line-end",
        "/a",
    ),
    "a carriage return alone in the head": (
        lambda it: it["/a"].add_line(b"X-Odd: 1\r2"),
        "header-line-end",
        "/a",
    ),
    "a head line without a colon": (lambda it: it["/a"].add_line(b"no colon"), "header-line", "/a"),
    "a blank before the colon": (lambda it: it["/a"].add_line(b"X-Odd : 1"), "header-line", "/a"),
    "a zero byte in the head": (lambda it: it["/a"].add_line(b"X-Odd: a\0b"), "header-line", "/a"),
    "a head that is not UTF-8": (
        lambda it: it["/a"].add_line(b"X-Odd: \xff\xfe"),
        "header-line",
        "/a",
    ),
    "a field twice": (
        lambda it: it["/a"].add_line(b"WARC-Target-URI: https://example.org/b"),
        "field-twice",
        "/a",
    ),
    "Content-Length with a sign": (
        lambda it: it["/a"].put(b"Content-Length", b"+1"),
        "content-length",
        "/a",
    ),
    "Content-Length in hexadecimal": (
        lambda it: it["/a"].put(b"Content-Length", b"0x10"),
        "content-length",
        "/a",
    ),
    "Content-Length below zero": (
        lambda it: it["/a"].put(b"Content-Length", b"-1"),
        "content-length",
        "/a",
    ),
    "a fraction of seconds under WARC 1.0": (
        lambda it: it["/a"].begin_with(b"WARC/1.0"),
        "date",
        "/a",
    ),
    "a date with another time zone": (
        lambda it: it["/a"].put(b"WARC-Date", b"2026-11-22T09:30:00+01:00"),
        "date",
        "/a",
    ),
    "a date of 14 digits": (lambda it: it["/a"].put(b"WARC-Date", b"20261122093000"), "date", "/a"),
    "the 30th of February": (
        lambda it: it["/a"].put(b"WARC-Date", b"2026-02-30T00:00:00Z"),
        "date",
        "/a",
    ),
    "a record id without brackets": (
        lambda it: it["failed"].put(
            b"WARC-Record-ID", b"urn:uuid:00000000-0000-4000-8000-000000000000"
        ),
        "record-id",
        "failed",
    ),
    "a record id that is no UUID": (
        lambda it: it["failed"].put(b"WARC-Record-ID", b"<urn:uuid:not-one>"),
        "record-id",
        "failed",
    ),
    "an unknown WARC-Type": (lambda it: it["/a"].put(b"WARC-Type", b"reply"), "type", "/a"),
    "angle brackets around the target": (
        lambda it: it["/a"].put(b"WARC-Target-URI", b"<https://example.org/a>"),
        "target-uri",
        "/a",
    ),
    "a blank in the target": (
        lambda it: it["/a"].put(b"WARC-Target-URI", b"https://example.org/ a"),
        "target-uri",
        "/a",
    ),
    "a target that is no URI": (
        lambda it: it["/a"].put(b"WARC-Target-URI", b"/a"),
        "target-uri",
        "/a",
    ),
    "a target of the warcinfo": (
        lambda it: it["warcinfo"].put(b"WARC-Target-URI", b"https://example.org/"),
        "target-uri",
        "warcinfo",
    ),
    "three CRLF at the end of a record": (
        lambda it: it["/a"].end_with(b"\r\n\r\n\r\n"),
        "record-end",
        "/a",
    ),
    "zero bytes at the end of a record": (
        lambda it: it["/a"].end_with(b"\0\0\0\0"),
        "record-end",
        "/a",
    ),
    "an unknown truncation": (
        lambda it: it["cut"].put(b"WARC-Truncated", b"cut"),
        "truncated",
        "cut",
    ),
    "an address that is none": (
        lambda it: it["/a"].put(b"WARC-IP-Address", b"1.2.3.400"),
        "ip-address",
        "/a",
    ),
    "protocols joined by a comma": (
        lambda it: it["/a"].add_line(b"WARC-Protocol: http/1.1, tls/1.3"),
        "protocol",
        "/a",
    ),
    "a protocol of no known form": (
        lambda it: it["/a"].add_line(b"WARC-Protocol: HTTP 1.1"),
        "protocol",
        "/a",
    ),
    "a cipher suite of no known form": (
        lambda it: it["/a"].put(b"WARC-Cipher-Suite", b"some cipher"),
        "protocol",
        "/a",
    ),
    "a response with the type of a page": (
        lambda it: it["/a"].put(b"Content-Type", b"text/html"),
        "content-type",
        "/a",
    ),
    "a response that is said to be a request": (
        lambda it: it["/a"].put(b"Content-Type", b"application/http; msgtype=request"),
        "content-type",
        "/a",
    ),
    "WARC-Warcinfo-ID that points nowhere": (
        lambda it: it["/a"].put(b"WARC-Warcinfo-ID", NO_ONE),
        "reference",
        "/a",
    ),
    "WARC-Concurrent-To without brackets": (
        lambda it: it["request /a"].put(b"WARC-Concurrent-To", b"somewhere"),
        "reference-form",
        "request /a",
    ),
    "a request whose response is gone": (
        lambda it: it.remove("extra"),
        "reference",
        "request extra",
    ),
    # Digests.
    "one byte flipped in the body": (
        lambda it: it["/a"].flip(b"Rest", b"Best"),
        "block-digest",
        "/a",
    ),
    "a digest that is too short": (
        lambda it: it["/a"].put(BLOCK_DIGEST, b"sha256:00ff"),
        "digest-form",
        "/a",
    ),
    "a digest without an algorithm": (
        lambda it: it["/a"].put(BLOCK_DIGEST, b"0" * 64),
        "digest-form",
        "/a",
    ),
    "a digest in no alphabet": (
        lambda it: it["/a"].put(BLOCK_DIGEST, b"sha1:" + b"!" * 32),
        "digest-form",
        "/a",
    ),
    "a wrong digest by MD5": (
        lambda it: it["/a"].put(BLOCK_DIGEST, b"md5:" + b"0" * 32),
        "block-digest",
        "/a",
    ),
    "a wrong digest by SHA-256 in base32": (
        lambda it: it["/a"].put(BLOCK_DIGEST, b"sha-256:" + b"A" * 52),
        "block-digest",
        "/a",
    ),
    "a payload digest of something else by MD5": (
        lambda it: it["chunked"].put(PAYLOAD_DIGEST, b"md5:" + b"0" * 32),
        "payload-digest",
        "chunked",
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_fault_of_a_field_is_found_by_its_name_where_it_is(check_fault: Check, name: str) -> None:
    check_fault(*FIELDS[name])
