"""The head of a WARC record: its named fields, and every departure from WARC 1.0 and 1.1 in them.

Pure: the bytes of one head in, a value and what is wrong with it out.
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from archive.times import from_text
from archive.verifying.faults import Wrong

_VERSION = re.compile(r"WARC/(1\.[01])")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_LENGTH = re.compile(r"[0-9]{1,15}")
_BRACKETED = re.compile(r"<[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]+>")
_UUID = re.compile(r"<urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}>")
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]+")
_DATE = {
    "1.0": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII),
    "1.1": re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z)?)?)?", re.ASCII),
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
_TRUNCATIONS = frozenset({"length", "time", "disconnect", "unspecified"})
# A field may stand once (WARC 1.1, 4.) but for WARC-Concurrent-To and those that came later.
_ONCE = frozenset(
    {
        "content-length",
        "content-type",
        "warc-type",
        "warc-record-id",
        "warc-date",
        "warc-block-digest",
        "warc-payload-digest",
        "warc-ip-address",
        "warc-refers-to",
        "warc-refers-to-target-uri",
        "warc-refers-to-date",
        "warc-target-uri",
        "warc-truncated",
        "warc-warcinfo-id",
        "warc-filename",
        "warc-profile",
        "warc-identified-payload-type",
        "warc-segment-number",
        "warc-segment-origin-id",
        "warc-segment-total-length",
    }
)
_REFERENCES = (
    "warc-concurrent-to",
    "warc-refers-to",
    "warc-warcinfo-id",
    "warc-segment-origin-id",
)
# As they are written by most tools; others are looked at letter by letter.
_USUAL = frozenset(
    {
        "Content-Length",
        "Content-Type",
        "WARC-Block-Digest",
        "WARC-Cipher-Suite",
        "WARC-Concurrent-To",
        "WARC-Date",
        "WARC-IP-Address",
        "WARC-Payload-Digest",
        "WARC-Protocol",
        "WARC-Record-ID",
        "WARC-Target-URI",
        "WARC-Type",
        "WARC-Warcinfo-ID",
    }
)
_BLANKS = frozenset(" \t")
# The registry of the proposal warc-protocol, and what tools write besides.
_PROTOCOL = re.compile(
    r"(http|tls|ssl|spdy|ws|wss|ftp|dns|doh|quic|gopher|gemini)/\d+(\.\d+)?|h2|h2c|h3|dns|ftp|ws|wss"
    r"|gopher|gemini"
)
_CIPHER = re.compile(r"[A-Z0-9_-]+")

IDENTICAL = "identical-payload-digest"
NOT_MODIFIED = "server-not-modified"
_PROFILE = re.compile(
    r"http://netpreserve\.org/warc/(?:1\.[01]|0\.1[78])/(?:revisit|server)/"
    r"(?:uri-agnostic-)?(identical-payload-digest|server-not-modified)"
)


@dataclass(frozen=True, slots=True)
class RecordHead:
    """The named fields of one WARC record."""

    version: str
    fields: tuple[tuple[str, str], ...]
    first: dict[str, str]
    """The first value of each field by its name in lower case."""
    type: str
    length: int
    """Of the block, as Content-Length says it."""
    recorded_at: datetime | None

    def field(self, name: str) -> str | None:
        return self.first.get(name.lower())

    def all(self, name: str) -> list[str]:
        wanted = name.lower()
        return [value for key, value in self.fields if key.lower() == wanted]

    @property
    def record_id(self) -> str:
        """WARC-Record-ID without its angle brackets; empty where there is none."""
        return bare(self.first.get("warc-record-id", ""))

    @property
    def concurrent_to(self) -> str:
        return bare(self.first.get("warc-concurrent-to", ""))

    @property
    def target_uri(self) -> str:
        return bare(self.first.get("warc-target-uri", ""))

    @property
    def profile(self) -> str | None:
        """Which kind of revisit it is; None for one that is not known."""
        found = _PROFILE.fullmatch(self.first.get("warc-profile", ""))
        return found[1] if found else None

    @property
    def is_segment(self) -> bool:
        return "warc-segment-number" in self.first or self.type == "continuation"


def bare(value: str) -> str:
    """A URI without the angle brackets around it."""
    return value[1:-1] if value.startswith("<") and value.endswith(">") else value


def read_head(data: bytes) -> tuple[RecordHead | None, list[Wrong]]:
    """The head that `data` is, from its version line to its empty line; None where it does not say
    how long its block is."""
    wrong: list[Wrong] = []
    if data.count(b"\n") != data.count(b"\r\n") or data.count(b"\r") != data.count(b"\r\n"):
        wrong.append(Wrong("header-line-end", "a WARC header line with another end", "CRLF"))
    try:
        text = data.decode()
    except UnicodeDecodeError:
        wrong.append(Wrong("header-line", "a WARC header that is not UTF-8", "UTF-8"))
        text = data.decode("utf-8", "replace")
    first_line, *lines = text.replace("\r\n", "\n").split("\n")
    version = _VERSION.fullmatch(first_line)
    if version is None:
        wrong.append(Wrong("version", f"{first_line[:40]!r}", "WARC/1.0 or WARC/1.1"))
    fields = _read_fields(lines, wrong)
    first = {name.lower(): value for name, value in reversed(fields)}
    length = first.get("content-length")
    head = RecordHead(
        version=version[1] if version else "1.1",
        fields=tuple(fields),
        first=first,
        type=first.get("warc-type", "").lower(),
        length=int(length) if length and _LENGTH.fullmatch(length) else -1,
        recorded_at=_moment(first.get("warc-date", "")),
    )
    wrong += _check(head)
    if head.length < 0:
        expected = "the number of bytes of the block"
        wrong.append(Wrong("content-length", f"Content-Length {length!r}", expected))
        return None, wrong
    return head, wrong


def _read_fields(lines: list[str], wrong: list[Wrong]) -> list[tuple[str, str]]:
    fields: list[tuple[str, str]] = []
    has_controls = any(map(_CONTROLS.search, lines))
    for line in lines:
        if not line:
            continue
        if line[0] in _BLANKS and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if not colon or (name not in _USUAL and not _NAME.fullmatch(name)):
            wrong.append(Wrong("header-line", f"WARC header line {line[:60]!r}", "NAME: VALUE"))
            continue
        if has_controls and _CONTROLS.search(value):
            found = f"a control character in {name}: {value[:60]!r}"
            wrong.append(Wrong("header-line", found, "none"))
        fields.append((name, value.strip()))
    return fields


def _check(head: RecordHead) -> Iterator[Wrong]:
    names = [name.lower() for name, _ in head.fields]
    if len(set(names)) < len(names):
        for name, number in Counter(names).items():
            if number > 1 and name in _ONCE:
                yield Wrong("field-twice", f"{number} fields {name}", "one")
    yield from _check_mandatory(head)
    yield from _check_target(head)
    first = head.first
    for name in _REFERENCES:
        value = first.get(name)
        if value is not None and not _UUID.fullmatch(value) and not _BRACKETED.fullmatch(value):
            yield Wrong("reference-form", f"{name} {value[:80]!r}", "a URI in angle brackets")
    truncated = first.get("warc-truncated")
    if truncated is not None and truncated not in _TRUNCATIONS:
        expected = "length, time, disconnect or unspecified"
        yield Wrong("truncated", f"WARC-Truncated {truncated!r}", expected)
    yield from _check_connection(head)
    if head.type == "revisit":
        yield from _check_revisit(head)
    elif "warc-profile" in first:
        yield Wrong("profile", f"a {head.type} with WARC-Profile", "none", level="note")
    if head.is_segment or "warc-segment-origin-id" in first:
        yield from _check_segment(head)
    yield from _check_media_type(head)


def _check_mandatory(head: RecordHead) -> Iterator[Wrong]:
    record_id = head.first.get("warc-record-id")
    if record_id is None or not (_UUID.fullmatch(record_id) or _is_other_id(record_id)):
        expected = "a URI in angle brackets, like <urn:uuid:...>"
        yield Wrong("record-id", f"WARC-Record-ID {record_id!r}", expected)
    date = head.first.get("warc-date")
    if date is None or not _DATE[head.version].fullmatch(date) or head.recorded_at is None:
        fraction = ", a fraction of seconds only in WARC 1.1" if "." in (date or "") else ""
        expected = f"a UTC time like 2026-11-22T09:30:00Z{fraction}"
        yield Wrong("date", f"WARC-Date {date!r}", expected)
    if head.type not in _TYPES:
        found = f"WARC-Type {head.first.get('warc-type')!r}"
        yield Wrong("type", found, "a type that WARC 1.1 names")


def _is_other_id(value: str) -> bool:
    return not value.lower().startswith("<urn:uuid:") and bool(_BRACKETED.fullmatch(value))


def _check_target(head: RecordHead) -> Iterator[Wrong]:
    target = head.first.get("warc-target-uri")
    if target is None:
        if head.type in _WITH_TARGET:
            yield Wrong("target-uri", f"a {head.type} without WARC-Target-URI", "its address")
        return
    if head.type == "warcinfo":
        yield Wrong("target-uri", "a warcinfo with WARC-Target-URI", "none")
    # The grammar of WARC 1.0 asks for angle brackets, and wget writes them; WARC 1.1 has none.
    uri = head.target_uri if head.version == "1.0" else target
    if not _URI.fullmatch(uri):
        yield Wrong("target-uri", f"WARC-Target-URI {target[:80]!r}", "a URI")
    elif not uri.isascii():
        yield Wrong("target-uri", f"WARC-Target-URI {target[:80]!r}", "ASCII", level="note")


def _check_connection(head: RecordHead) -> Iterator[Wrong]:
    address = head.first.get("warc-ip-address")
    if address is not None and not _is_address(address):
        expected = "an IPv4 or IPv6 address"
        yield Wrong("ip-address", f"WARC-IP-Address {address[:60]!r}", expected)
    if "warc-protocol" in head.first:
        for protocol in head.all("WARC-Protocol"):
            if "," in protocol:
                expected = "one protocol a field"
                yield Wrong("protocol", f"WARC-Protocol {protocol[:60]!r}", expected)
            elif not _PROTOCOL.fullmatch(protocol):
                expected = "one like http/1.1, h2 or tls/1.3"
                yield Wrong("protocol", f"WARC-Protocol {protocol[:60]!r}", expected)
    cipher = head.first.get("warc-cipher-suite")
    if cipher is not None and not _CIPHER.fullmatch(cipher):
        yield Wrong("protocol", f"WARC-Cipher-Suite {cipher[:60]!r}", "the name of a suite")


@lru_cache(maxsize=1000)
def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _check_revisit(head: RecordHead) -> Iterator[Wrong]:
    first = head.first
    if head.profile is None:
        found = f"a revisit with WARC-Profile {first.get('warc-profile')!r}"
        yield Wrong("profile", found, "one that WARC 1.1 names")
    elif "/warc/0." in first["warc-profile"]:
        # Of a draft, which means the same; the Wayback Machine's own recorder wrote it for years.
        found = f"a revisit with WARC-Profile {first['warc-profile']!r}"
        yield Wrong("profile", found, "the one of WARC 1.0 or 1.1", level="note")
    has_place = "warc-refers-to-target-uri" in first and "warc-refers-to-date" in first
    if "warc-refers-to" not in first and not has_place:
        expected = "WARC-Refers-To, or WARC-Refers-To-Target-URI and -Date"
        yield Wrong("refers-to", "a revisit that names no original", expected)
    date = first.get("warc-refers-to-date")
    if date is not None and _moment(date) is None:
        yield Wrong("refers-to", f"WARC-Refers-To-Date {date[:60]!r}", "a UTC time")
    if head.profile == IDENTICAL and "warc-payload-digest" not in first:
        found = "an identical payload without WARC-Payload-Digest"
        yield Wrong("revisit-digest", found, "the digest that is identical")


def _check_segment(head: RecordHead) -> Iterator[Wrong]:
    number = head.first.get("warc-segment-number")
    origin = head.first.get("warc-segment-origin-id")
    total = head.first.get("warc-segment-total-length")
    least = 2 if head.type == "continuation" else 1
    if number is None or not _LENGTH.fullmatch(number) or int(number) < least:
        expected = f"a number, at least {least}" if least == 2 else "1"
        yield Wrong("segment", f"a {head.type} with WARC-Segment-Number {number!r}", expected)
    elif least == 1 and number != "1":
        found = f"a {head.type} with WARC-Segment-Number {number}"
        yield Wrong("segment", found, "1, or the type continuation")
    if (origin is not None) != (head.type == "continuation"):
        found = f"a {head.type} {'with' if origin else 'without'} WARC-Segment-Origin-ID"
        yield Wrong("segment", found, "it on continuations, and on nothing else")
    if total is not None and not _LENGTH.fullmatch(total):
        found = f"WARC-Segment-Total-Length {total[:60]!r}"
        yield Wrong("segment", found, "a number of bytes")


def _check_media_type(head: RecordHead) -> Iterator[Wrong]:
    if head.type == "continuation":
        return
    value = head.first.get("content-type")
    if value is None:
        if head.length and head.type != "revisit":
            found = f"a {head.type} without Content-Type"
            yield Wrong("content-type", found, "the type of its block", level="note")
        return
    media_type, _, parameters = value.lower().replace(" ", "").partition(";")
    is_http = head.target_uri[:5].lower() in ("http:", "https")
    if head.type in ("response", "request") and is_http:
        if media_type != "application/http":
            found = f"a {head.type} of HTTP with Content-Type {value[:60]!r}"
            yield Wrong("content-type", found, f"application/http; msgtype={head.type}")
        elif parameters.startswith("msgtype=") and parameters.strip('"')[8:].strip('"') not in (
            head.type,
        ):
            found = f"a {head.type} with Content-Type {value[:60]!r}"
            yield Wrong("content-type", found, f"application/http; msgtype={head.type}")
    elif head.type == "warcinfo" and media_type != "application/warc-fields":
        found = f"a warcinfo with Content-Type {value[:60]!r}"
        yield Wrong("content-type", found, "application/warc-fields", level="note")


def _moment(text: str) -> datetime | None:
    """A date of WARC; None for what is none. Nanoseconds, which 1.1 allows, lose their last
    digits."""
    try:
        return from_text(text)
    except ValueError:
        return None
