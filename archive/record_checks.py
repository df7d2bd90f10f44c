"""The strict reading of one WARC record: every departure from WARC 1.1, digests and HTTP lengths.

Pure: bytes of one record in, sentences about what is wrong out. `verifying` says where it stands.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.http_messages import HttpResponse, parse_response, remove_transfer_coding
from archive.warc_reading import WarcRecord

_VERSION = re.compile(rb"WARC/(1\.[01])\r\n")
_END_OF_HEAD = b"\r\n\r\n"
_RECORD_ID = re.compile(r"<[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]+>")
_DATE = {
    "1.0": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    "1.1": re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z)?)?)?"),
}
_TYPES = frozenset(
    {
        "warcinfo",
        "response",
        "resource",
        "request",
        "metadata",
        "revisit",
        "conversion",
        "continuation",
    }
)
_WITH_TARGET = frozenset({"response", "resource", "request", "revisit", "conversion"})
_ALGORITHMS = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}
_TRUNCATIONS = frozenset({"length", "time", "disconnect", "unspecified"})
_REVISIT_PROFILE = re.compile(
    r"http://netpreserve\.org/warc/1\.[01]/(revisit|server)/"
    r"(identical-payload-digest|server-not-modified)|"
    r"http://netpreserve\.org/warc/1\.[01]/revisit/uri-agnostic-identical-payload-digest"
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is not as it should be."""

    found: str
    expected: str
    unless_head: bool = False
    """It is right where the request was a HEAD: the answer has the length of a body it lacks."""


def read_strictly(data: bytes) -> tuple[WarcRecord | None, list[Wrong]]:
    """The record that `data` is, byte for byte from its first line to its last CRLF, and what is
    wrong with it. None for the record where it cannot be told apart.
    """
    version = _VERSION.match(data)
    if version is None:
        return None, [Wrong(f"a record that begins with {data[:20]!r}", "WARC/1.0 or WARC/1.1")]
    end = data.find(_END_OF_HEAD, version.end() - 2)
    if end < 0:
        return None, [Wrong("a WARC header without its end", "an empty line, CRLF")]
    head = data[version.end() : end + 2]
    fields, wrong = _read_fields(head)
    record = WarcRecord(version=version[1].decode("ascii"), fields=fields, block=b"")
    length = record.field("Content-Length")
    if length is None or not length.isdecimal() or len(length) > 15:
        wrong.append(Wrong(f"Content-Length {length!r}", "the number of bytes of the block"))
        return None, wrong
    start = end + len(_END_OF_HEAD)
    block = data[start : start + int(length)]
    rest = data[start + int(length) :]
    if len(block) < int(length):
        wrong.append(Wrong(f"a block of {len(block)} bytes", f"{length} as Content-Length says"))
    elif rest != b"\r\n\r\n":
        wrong.append(Wrong(f"{rest[:20]!r} after the block", "CRLF CRLF"))
    record = WarcRecord(version=record.version, fields=fields, block=block)
    wrong += _check_fields(record)
    wrong += _check_block(record)
    return record, wrong


def _read_fields(head: bytes) -> tuple[tuple[tuple[str, str], ...], list[Wrong]]:
    wrong: list[Wrong] = []
    fields: list[tuple[str, str]] = []
    if head.count(b"\n") != head.count(b"\r\n") or head.count(b"\r") != head.count(b"\r\n"):
        wrong.append(Wrong("a WARC header line with another end", "CRLF"))
    for line in head.decode("utf-8", "replace").split("\r\n")[:-1]:
        if line[:1] in (" ", "\t") and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            wrong.append(Wrong(f"WARC header line {line[:60]!r}", "NAME: VALUE"))
            continue
        fields.append((name, value.strip()))
    return tuple(fields), wrong


def _check_fields(record: WarcRecord) -> Iterator[Wrong]:
    record_id = record.field("WARC-Record-ID")
    if record_id is None or not _RECORD_ID.fullmatch(record_id):
        yield Wrong(f"WARC-Record-ID {record_id!r}", "a URI in angle brackets")
    date = record.field("WARC-Date")
    if date is None or not _DATE[record.version].fullmatch(date) or record.recorded_at is None:
        yield Wrong(f"WARC-Date {date!r}", "a UTC time like 2026-11-22T09:30:00Z")
    if record.type not in _TYPES:
        yield Wrong(f"WARC-Type {record.field('WARC-Type')!r}", "a type that WARC 1.1 names")
    target = record.field("WARC-Target-URI")
    if record.type in _WITH_TARGET and target is None:
        yield Wrong(f"a {record.type} without WARC-Target-URI", "its address")
    if record.type == "warcinfo" and target is not None:
        yield Wrong("a warcinfo with WARC-Target-URI", "none")
    # WARC 1.0 seemed to ask for angle brackets and wget still writes them.
    if target is not None and (re.search(r"[\s<>]", record.target_uri) or not target):
        yield Wrong(f"WARC-Target-URI {target[:80]!r}", "a URI")
    truncated = record.field("WARC-Truncated")
    if truncated is not None and truncated not in _TRUNCATIONS:
        yield Wrong(f"WARC-Truncated {truncated!r}", "length, time, disconnect or unspecified")
    if record.type == "revisit":
        profile = record.field("WARC-Profile")
        if profile is None or not _REVISIT_PROFILE.fullmatch(profile):
            yield Wrong(f"a revisit with WARC-Profile {profile!r}", "one that WARC 1.1 names")


def _check_block(record: WarcRecord) -> Iterator[Wrong]:
    digest = record.field("WARC-Block-Digest")
    if digest is not None:
        yield from _check_digest("WARC-Block-Digest", digest, record.block)
    media_type = (record.field("Content-Type") or "").replace(" ", "").lower()
    if record.type != "response" or not media_type.startswith("application/http"):
        return
    response = parse_response(record.block)
    if response is None:
        yield Wrong(f"a response that begins with {record.block[:30]!r}", "an HTTP/1 head")
        return
    if not response.version.startswith("HTTP/1."):
        yield Wrong(f"a status line with {response.version}", "HTTP/1.1 or HTTP/1.0")
    yield from _check_payload(record, response)


def _check_payload(record: WarcRecord, response: HttpResponse) -> Iterator[Wrong]:
    payload = remove_transfer_coding(response)
    if not payload.is_complete and record.field("WARC-Truncated") is None:
        yield Wrong(
            f"an HTTP body that is not whole ({payload.error})",
            "all of it, or WARC-Truncated",
            unless_head=not response.body,
        )
    digest = record.field("WARC-Payload-Digest")
    if digest is not None:
        wrong = list(_check_digest("WARC-Payload-Digest", digest, payload.body))
        # Many tools digest the body with its chunk framing on; readers accept both.
        if wrong and list(_check_digest("WARC-Payload-Digest", digest, response.body)):
            yield from wrong


def _check_digest(field: str, digest: str, content: bytes) -> Iterator[Wrong]:
    algorithm, colon, value = digest.partition(":")
    name = algorithm.lower().replace("-", "")
    if not colon or name not in _ALGORITHMS:
        yield Wrong(f"{field} {digest[:80]!r}", "sha1, sha256, sha512 or md5")
        return
    actual = hashlib.new(name, content, usedforsecurity=False).digest()
    if len(value) == 2 * _ALGORITHMS[name]:
        right, said = actual.hex(), value.lower()
    else:
        right, said = base64.b32encode(actual).decode("ascii").rstrip("="), value.rstrip("=")
    if right != said:
        yield Wrong(f"{field} {value}", f"{right} by the bytes")
