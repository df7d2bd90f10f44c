"""HTTP/1.x response blocks as bytes: where the head ends, and the payload without its codings.

What stands in a WARC record is hostile input: nothing here raises for what a server sent, and
nothing grows past the limit it is given. Recording, reading, import and verify share it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, cast

import brotli  # type: ignore[import-untyped]  # it ships none
from isal import isal_zlib

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_PAYLOAD_BYTES = 128 * 1024 * 1024
"""No page is that large; what decodes to more is a decompression bomb or no page."""

# The parser of Twisted, like browsers, takes a bare LF for the end of a line.
_END_OF_HEAD = re.compile(rb"\n\r?\n")
_STATUS_LINE = re.compile(rb"(HTTP/\d+(?:\.\d+)?)[ \t]+(\d{3})(?:[ \t]+([^\r\n]*))?\r?\n")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
# Each member costs a copy of what follows it: a payload of a million empty ones would hold us up.
_MAX_MEMBERS = 64
_MAX_CODINGS = 8
_NO_CODING = frozenset({"identity", "none"})
_WITHOUT_BODY = frozenset({204, 304})
# What `bytes.strip` takes off; that of `str` takes more.
_SPACES = " \t\n\r\x0b\x0c"


@dataclass(frozen=True, kw_only=True)
class HttpResponse:
    """The head of a response, and its body still with all codings."""

    version: str
    """As sent: `HTTP/1.1`."""
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    """In order, names as sent; folded lines joined, lines without a colon left out."""
    head_bytes: int
    """Length of the heads, those of 1xx responses included: the body starts there."""
    is_plainly_framed: bool
    """One head, no 1xx before it, and every line of it ends with CRLF: all readers agree on it."""
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header by its case-insensitive name."""
        values = self._values.get(name.lower())
        return values[0] if values else None

    def all(self, name: str) -> list[str]:
        """Every value of a header, in order."""
        return self._values.get(name.lower(), [])

    def tokens(self, name: str) -> list[str]:
        """The members of a list header in lower case: `gzip`, `br`."""
        if not (values := self.all(name)):
            return values
        joined = ",".join(values).lower()
        return [token for part in joined.split(",") if (token := part.strip())]

    @property
    def is_transfer_encoded(self) -> bool:
        return self.header("transfer-encoding") is not None

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        """The values of each header by its name in lower case; a head is asked many times."""
        values: dict[str, list[str]] = {}
        for name, value in self.headers:
            values.setdefault(name.lower(), []).append(value)
        return values


@dataclass(frozen=True, kw_only=True, slots=True)
class Payload:
    """A body after a coding was taken off."""

    body: bytes
    is_complete: bool
    """All of it is here: the length, the last chunk, the checksum say so."""
    error: str | None = None
    """Why it is not complete; one line."""


def parse_response(block: bytes) -> HttpResponse | None:
    """The response that starts `block`, past any 1xx; None where no whole head stands there."""
    start = 0
    while (line := _STATUS_LINE.match(block, start)) is not None:
        # The empty line may follow the status line at once, so the search starts at its own end.
        end = _END_OF_HEAD.search(block, line.end() - 1)
        if end is None:
            return None
        status = int(line[2])
        if 100 <= status < 200 and status != 101:
            start = end.end()
            continue
        head = block[: end.end()]
        return HttpResponse(
            version=line[1].decode("ascii"),
            status=status,
            reason=_text((line[3] or b"").strip()),
            headers=read_headers(block[line.end() : end.end()]),
            head_bytes=end.end(),
            is_plainly_framed=start == 0 and head.count(b"\n") == head.count(b"\r\n"),
            body=block[end.end() :],
        )
    return None


def remove_transfer_coding(response: HttpResponse, *, method: str = "GET") -> Payload:
    """The payload: the body without its transfer coding, content coding kept."""
    if method == "HEAD" or response.status in _WITHOUT_BODY:
        return Payload(body=b"", is_complete=True)
    if "chunked" in response.tokens("transfer-encoding"):
        return _join_chunks(response.body)
    length = response.header("content-length")
    if length is None or not length.strip().isdecimal():
        return Payload(body=response.body, is_complete=True)
    missing = int(length) - len(response.body)
    if missing > 0:
        return Payload(
            body=response.body, is_complete=False, error=f"{missing} bytes short of Content-Length"
        )
    # More than Content-Length is not cut: other tools store decoded bodies under the old length.
    return Payload(body=response.body, is_complete=True)


def remove_content_coding(
    response: HttpResponse, payload: bytes, *, limit: int = MAX_PAYLOAD_BYTES
) -> Payload:
    """`payload` without gzip, deflate, br and zstd, at most `limit` bytes of it.

    A payload that is not coded at all, whatever the header says, comes back as it is: other
    archivers decode the body and leave the header.
    """
    codings, problem = content_codings(response)
    whole = problem is None
    for coding in codings:
        if not payload:
            break
        decoded = _decode(coding, payload, limit)
        payload = decoded.body
        whole = whole and decoded.is_complete
        problem = problem or decoded.error
    if len(payload) > limit:
        payload, whole, problem = payload[:limit], False, f"more than {limit} bytes"
    return Payload(body=payload, is_complete=whole, error=problem)


def content_codings(response: HttpResponse) -> tuple[list[str], str | None]:
    """The content codings in the order in which they come off, and what is wrong with them.

    A header may name a thousand; servers put one around a payload, or two by mistake.
    """
    found = [token for token in response.tokens("content-encoding") if token not in _NO_CODING]
    problem = f"more than {_MAX_CODINGS} content codings" if len(found) > _MAX_CODINGS else None
    return found[::-1][:_MAX_CODINGS], problem


def read_headers(head: bytes) -> tuple[tuple[str, str], ...]:
    """The header lines of `head` (without its start line), as `HttpResponse.headers` has them."""
    if head.isascii() and b"\n " not in head and b"\n\t" not in head:
        # As good as every head: one decoding for all of it, and no line that goes on.
        return tuple(
            (name.strip(_SPACES), value.strip(_SPACES))
            for name, colon, value in (
                line.partition(":") for line in head.decode("ascii").split("\n")
            )
            if colon
        )
    lines: list[bytes] = []
    for raw in head.split(b"\n"):
        line = raw.removesuffix(b"\r")
        if line[:1] in (b" ", b"\t") and lines:
            lines[-1] += b" " + line.strip()
        elif line:
            lines.append(line)
    return tuple(
        (_text(name.strip()), _text(value.strip()))
        for name, colon, value in (line.partition(b":") for line in lines)
        if colon
    )


def _text(value: bytes) -> str:
    # Headers are Latin-1 by the book; the servers that send more than ASCII send UTF-8 today.
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _join_chunks(body: bytes) -> Payload:
    chunks: list[bytes] = []
    position = 0
    while (line := _CHUNK_SIZE.match(body, position)) is not None:
        size = int(line[1], 16)
        if size == 0:
            return Payload(body=b"".join(chunks), is_complete=True)
        chunk = body[line.end() : line.end() + size]
        chunks.append(chunk)
        if len(chunk) < size:
            break
        position = line.end() + size
        position += 2 if body.startswith(b"\r\n", position) else body.startswith(b"\n", position)
    if not chunks and body and position == 0:
        # Common Crawl and others take the chunks apart and leave the header.
        return Payload(body=body, is_complete=True)
    return Payload(body=b"".join(chunks), is_complete=False, error="no last chunk")


class _Decompressor(Protocol):
    eof: bool

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def _decode(coding: str, payload: bytes, limit: int) -> Payload:
    if coding in ("gzip", "x-gzip"):
        if not payload.startswith(b"\x1f\x8b"):
            return Payload(body=payload, is_complete=True)
        return _inflate(payload, limit, lambda: _deflate_reader(31))
    if coding == "deflate":
        # By the book it has a zlib head; many servers send the naked stream.
        is_zlib = payload[0] & 15 == 8 and int.from_bytes(payload[:2], "big") % 31 == 0
        return _inflate(payload, limit, lambda: _deflate_reader(15 if is_zlib else -15))
    if coding == "zstd":
        if not payload.startswith(b"\x28\xb5\x2f\xfd"):
            return Payload(body=payload, is_complete=True)
        return _inflate(payload, limit, lambda: cast(_Decompressor, zstd.ZstdDecompressor()))
    if coding == "br":
        return _unbrotli(payload, limit)
    return Payload(body=payload, is_complete=False, error=f"unknown content coding {coding[:40]!r}")


def _deflate_reader(wbits: int) -> _Decompressor:
    return cast(_Decompressor, isal_zlib.decompressobj(wbits=wbits))


def _inflate(payload: bytes, limit: int, reader: Callable[[], _Decompressor]) -> Payload:
    parts: list[bytes] = []
    room = limit
    rest = payload
    try:
        # A gzip or zstd payload may be several members, one after the other.
        for _ in range(_MAX_MEMBERS):
            member = reader()
            parts.append(member.decompress(rest, room + 1))
            room -= len(parts[-1])
            if room < 0:
                return _over(parts, limit)
            if not member.eof:
                return Payload(
                    body=b"".join(parts), is_complete=False, error="the coded payload is cut"
                )
            rest = member.unused_data
            if not rest.startswith(payload[:2]):
                break
        else:
            return Payload(
                body=b"".join(parts), is_complete=False, error=f"more than {_MAX_MEMBERS} members"
            )
    except Exception as error:
        # isal, zlib and zstd each raise a type of their own, and isal's is a bare Exception.
        return Payload(body=b"".join(parts), is_complete=False, error=f"cannot be decoded: {error}")
    return Payload(body=b"".join(parts), is_complete=True)


def _unbrotli(payload: bytes, limit: int) -> Payload:
    decoder = brotli.Decompressor()
    parts: list[bytes] = []
    room = limit
    piece = payload
    try:
        while not decoder.is_finished():
            part = decoder.process(piece, output_buffer_limit=min(room + 1, 1 << 20))
            piece = b""
            if not part and decoder.can_accept_more_data():
                return Payload(
                    body=b"".join(parts), is_complete=False, error="the coded payload is cut"
                )
            parts.append(part)
            room -= len(part)
            if room < 0:
                return _over(parts, limit)
    except brotli.error as error:
        if not parts:
            # Brotli has no magic number: what is not brotli may well be the decoded body.
            return Payload(body=payload, is_complete=False, error=f"cannot be decoded: {error}")
        return Payload(body=b"".join(parts), is_complete=False, error=f"cannot be decoded: {error}")
    return Payload(body=b"".join(parts), is_complete=True)


def _over(parts: list[bytes], limit: int) -> Payload:
    body = b"".join(parts)[:limit]
    return Payload(body=body, is_complete=False, error=f"decodes to more than {limit} bytes")
