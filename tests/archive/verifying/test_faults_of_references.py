"""Faults of revisits and segments: records that point to others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Warc = Any  # of conftest.py, which cannot be imported from
Spoil = Callable[[Warc], Any]
Check = Callable[[Spoil, str, str], None]

PAYLOAD_DIGEST = b"WARC-Payload-Digest"
NO_ONE = b"<urn:uuid:00000000-0000-4000-8000-000000000000>"


def continuation(**fields: bytes) -> Spoil:
    """The record of /a becomes the second segment of /extra, with some fields said otherwise."""

    def spoil(warc: Warc) -> None:
        record = warc["/a"]
        record.drop(PAYLOAD_DIGEST)
        record.put(b"WARC-Type", b"continuation")
        record.put(b"WARC-Segment-Number", b"2")
        record.put(b"WARC-Segment-Origin-ID", warc["extra"].get(b"WARC-Record-ID"))
        warc["extra"].put(b"WARC-Segment-Number", b"1")
        for name, value in fields.items():
            field = b"WARC-Segment-" + name.encode()
            if value:
                record.put(field, value)
            else:
                record.drop(field)

    return spoil


REFERENCES: dict[str, tuple[Spoil, str, str]] = {  # Revisits.
    "an unknown profile": (
        lambda it: it["again"].put(b"WARC-Profile", b"http://example.org/mine"),
        "profile",
        "again",
    ),
    "an identical payload without its digest": (
        lambda it: it["again"].drop(PAYLOAD_DIGEST),
        "revisit-digest",
        "again",
    ),
    "an identical payload that is not": (
        lambda it: it["again"].put(PAYLOAD_DIGEST, b"sha1:" + b"A" * 32),
        "revisit-digest",
        "again",
    ),
    "not modified, and no 304": (
        lambda it: it["unchanged"].change(b"304 Not Modified", b"200 OK"),
        "revisit-status",
        "unchanged",
    ),
    "a revisit of another address than its id": (
        lambda it: it["again"].put(b"WARC-Refers-To-Target-URI", b"https://example.org/other"),
        "refers-to",
        "again",
    ),
    "a revisit of another time than its id": (
        lambda it: it["again"].put(b"WARC-Refers-To-Date", b"2020-01-01T00:00:00Z"),
        "refers-to",
        "again",
    ),
    "a revisit of a time that is none": (
        lambda it: it["again"].put(b"WARC-Refers-To-Date", b"yesterday"),
        "refers-to",
        "again",
    ),
    # Segments.
    "a continuation without a number": (continuation(Number=b""), "segment", "/a"),
    "a continuation without an origin": (
        continuation(**{"Origin-ID": b""}),
        "segment",
        "/a",
    ),
    "a continuation of nothing": (continuation(**{"Origin-ID": NO_ONE}), "reference", "/a"),
    "a segment that is missing": (continuation(Number=b"3"), "segment", "/a"),
    "a total length that is none": (continuation(**{"Total-Length": b"5"}), "segment", "/a"),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_a_fault_of_a_reference_is_found_by_its_name_where_it_is(
    check_fault: Check, name: str
) -> None:
    check_fault(*REFERENCES[name])
