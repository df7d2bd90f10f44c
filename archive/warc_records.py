"""WARC 1.1 records as we write them, each one gzip member: what an exchange becomes.

Decisions and measurements: blocks go in byte for byte, `sha256:` block digests in hexadecimal, no
payload digest where readers disagree on it. The files they go to are `warc_writing`'s.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
import struct
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from isal import isal_zlib

from archive.exchange import Exchange
from archive.http_messages import HttpResponse
from archive.spilling import SpilledBytes
from archive.times import as_text

FAILURE_FIELD = "Archiater-Error"
"""Our own WARC field: the error of an exchange that was cut after its head came whole."""
REQUISITE_FIELD = "Archiater-Requisite-Of"
"""Our own WARC field: URL of the page or style sheet that needs this capture to be shown."""
PAYLOAD_FIELD = "Archiater-Payload-Digest"
"""Our own WARC field: `sha256:` and hex of the payload that was seen and is kept by the original of
a revisit. WARC-Payload-Digest beside it is SHA-1, which tools look for and which can be forged."""
IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
"""The two profiles of revisits, WARC 1.1 section 6.7."""

_CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
# Level 2 of isal: 16 times as fast as zlib's level 9, 15 % larger.
_COMPRESSION_LEVEL = 2
_GZIP = 31
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_GZIP_END = struct.Struct("<II")
_STORED = struct.Struct("<BHH")
_MOST_STORED = 0xFFFF
# Codings that leave nothing to gain. Of a body in memory only: a large one is read in pieces.
_COMPRESSED = frozenset({"gzip", "x-gzip", "br", "zstd"})
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]+")
_END_OF_RECORD = b"\r\n\r\n"

Fields = Iterable[tuple[str, str]]
_Parts = list[bytes | memoryview]


def fresh_record_id() -> str:
    """A new WARC-Record-ID, without its angle brackets."""
    return f"urn:uuid:{uuid.uuid4()}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """The capture that a revisit repeats: its payload, unchanged, stands there."""

    record_id: str
    url: str
    fetched_at: str
    """As `archive.times` writes it."""
    payload_digest: str
    payload_sha256: str | None
    """Hexadecimal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Members:
    """The gzip members of one exchange, in order. Offsets count from the start of the first."""

    parts: tuple[bytes | SpilledBytes, ...]
    record_id: str
    record_type: str
    """response, revisit, or metadata where no whole head of an answer came"""
    offset: int
    length: int
    request_offset: int | None
    request_length: int | None

    @property
    def size(self) -> int:
        return sum(_size(part) for part in self.parts)

    def pieces(self) -> Iterator[bytes]:
        """All of it; in one piece unless it is too large for memory."""
        for part in self.parts:
            if isinstance(part, SpilledBytes):
                yield from part.chunks()
            else:
                yield part

    def close(self) -> None:
        """Give back the room of what was spilled."""
        for part in self.parts:
            if isinstance(part, SpilledBytes):
                part.close()


def exchange_members(
    exchange: Exchange,
    response: HttpResponse | None,
    *,
    digest: str | None,
    original: Original | None = None,
    record_id: str | None = None,
    new_id: Callable[[], str] = fresh_record_id,
    spill_folder: Path | None = None,
) -> Members:
    """The WARC records of `exchange`: its request, then its response or what is known of a failure.

    `response` is the parsed response block, None where no whole head came; `digest` that of its
    payload. Where it repeats `original`, it is written as a revisit. `record_id` is the one it
    gets. What is too large for memory is compressed to a file in `spill_folder`, and the caller
    closes it.
    """
    record_id = record_id or new_id()
    common = tuple(_common_fields(exchange))
    connection = tuple(_connection_fields(exchange))
    request: _Parts = []
    if exchange.request_block:
        request = _member_parts(
            (
                *_opening_fields("request", new_id(), common),
                ("WARC-Concurrent-To", f"<{record_id}>"),
                *connection,
                ("Content-Type", "application/http; msgtype=request"),
            ),
            exchange.request_block,
        )
    main: _Parts | SpilledBytes
    if response is None:
        record_type = "metadata"
        main = _failure_member(exchange, _opening_fields("metadata", record_id, common), connection)
    elif original is not None:
        record_type = "revisit"
        fields = (*_opening_fields("revisit", record_id, common), *connection)
        main = _revisit_member(exchange, response, original, fields)
    else:
        record_type = "response"
        fields = (*_opening_fields("response", record_id, common), *connection)
        main = _response_member(exchange, response, digest, fields, spill_folder)
    extra = _extra_member(exchange, new_id(), record_id, common) if exchange.extra else []
    request_length = sum(map(len, request))
    parts: tuple[bytes | SpilledBytes, ...]
    if isinstance(main, SpilledBytes):
        parts, length = (b"".join(request), main, b"".join(extra)), main.size
    else:
        parts, length = (b"".join((*request, *main, *extra)),), sum(map(len, main))
    return Members(
        parts=parts,
        record_id=record_id,
        record_type=record_type,
        offset=request_length,
        length=length,
        request_offset=0 if request else None,
        request_length=request_length if request else None,
    )


def record_member(fields: Fields, block: bytes, *, coded_from: int | None = None) -> bytes:
    """One WARC record as a gzip member; block digest and length are added to `fields`.

    No value can start a line of its own: control characters become a space. From its byte
    `coded_from` on the block is compressed already, and not compressed again.
    """
    return b"".join(_member_parts(fields, block, coded_from=coded_from))


def spilled_member(
    fields: Fields, start: bytes, rest: SpilledBytes, *, folder: Path | None
) -> SpilledBytes:
    """The same for a block too large for memory, `start` and then `rest`, as a file in `folder`.

    The block is read twice: its digest stands before it. Raises `DiskFull` or `DiskFailed`.
    """
    digest = hashlib.sha256(start)
    for piece in rest.chunks():
        digest.update(piece)
    head = _head(fields, digest=digest.hexdigest(), length=len(start) + rest.size)
    compressor = isal_zlib.compressobj(_COMPRESSION_LEVEL, wbits=_GZIP)
    member = SpilledBytes(folder)
    try:
        for piece in (head, start):
            member.append(compressor.compress(piece))
        for piece in rest.chunks():
            member.append(compressor.compress(piece))
        member.append(compressor.compress(_END_OF_RECORD) + compressor.flush())
    except BaseException:
        member.close()
        raise
    return member


def warc_fields(fields: Fields) -> bytes:
    """A block of the media type `application/warc-fields`; values cannot inject lines."""
    return _lines(fields).encode("utf-8", "replace")


def warcinfo_member(
    name: str, info: Mapping[str, str], *, record_id: str, created_at: datetime
) -> bytes:
    """The first record of the file `name`: what wrote it, for whom, by which rules."""
    fields = {**info, "format": "WARC File Format 1.1", "conformsTo": _CONFORMS_TO}
    return record_member(
        (
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", f"<{record_id}>"),
            ("WARC-Date", as_text(created_at)),
            ("WARC-Filename", name),
            ("Content-Type", "application/warc-fields"),
        ),
        warc_fields(fields.items()),
    )


def _member_parts(fields: Fields, block: bytes, *, coded_from: int | None = None) -> _Parts:
    """The member of a record in parts, so that a large body is copied only when they are joined."""
    head = _head(fields, digest=hashlib.sha256(block).hexdigest(), length=len(block))
    if coded_from is not None:
        return _with_stored_body(head + block[:coded_from], memoryview(block)[coded_from:])
    whole = b"".join((head, block, _END_OF_RECORD))
    return [isal_zlib.compress(whole, _COMPRESSION_LEVEL, _GZIP)]


def _with_stored_body(head: bytes, body: memoryview) -> _Parts:
    """A gzip member of which the body stands there as it is, in stored blocks (RFC 1951, 3.2.4).

    Level 2 makes nothing smaller of it, and takes six times as long.
    """
    compressor = isal_zlib.compressobj(_COMPRESSION_LEVEL, wbits=-15)
    parts: _Parts = [_GZIP_HEAD, compressor.compress(head)]
    parts.append(compressor.flush(isal_zlib.Z_SYNC_FLUSH))
    for at in range(0, len(body), _MOST_STORED):
        piece = body[at : at + _MOST_STORED]
        parts += (_STORED.pack(0, len(piece), len(piece) ^ 0xFFFF), piece)
    end = len(_END_OF_RECORD)
    parts += (_STORED.pack(1, end, end ^ 0xFFFF), _END_OF_RECORD)
    checksum = isal_zlib.crc32(_END_OF_RECORD, isal_zlib.crc32(body, isal_zlib.crc32(head)))
    size = len(head) + len(body) + end
    parts.append(_GZIP_END.pack(checksum, size & 0xFFFFFFFF))
    return parts


def _size(part: bytes | SpilledBytes) -> int:
    return part.size if isinstance(part, SpilledBytes) else len(part)


def _head(fields: Fields, *, digest: str, length: int) -> bytes:
    return (
        f"WARC/1.1\r\n{_lines(fields)}"
        f"WARC-Block-Digest: sha256:{digest}\r\nContent-Length: {length}\r\n\r\n"
    ).encode("utf-8", "replace")


def _lines(fields: Fields) -> str:
    lines = [f"{name}: {value}" for name, value in fields]
    # One look at all of them: hardly ever is there anything to put right.
    if _CONTROL_CHARACTERS.search("".join(lines)) is not None:
        lines = [_CONTROL_CHARACTERS.sub(" ", line).strip() for line in lines]
    lines.append("")
    return "\r\n".join(lines)


def _response_member(
    exchange: Exchange,
    response: HttpResponse,
    digest: str | None,
    opening: Fields,
    spill_folder: Path | None,
) -> _Parts | SpilledBytes:
    fields = list(opening)
    if exchange.truncated is not None:
        fields.append(("WARC-Truncated", exchange.truncated))
    if exchange.error is not None:
        fields.append((FAILURE_FIELD, exchange.error))
    # Readers differ on what the payload is behind a transfer coding, a 1xx head or bare line
    # feeds: each would call another's digest wrong. The database has the digest of every payload.
    if digest is not None and response.is_plainly_framed and not response.is_transfer_encoded:
        fields.append(("WARC-Payload-Digest", digest))
    fields.append(("Content-Type", "application/http; msgtype=response"))
    if exchange.response_rest is None:
        is_coded = not _COMPRESSED.isdisjoint(response.tokens("content-encoding"))
        coded_from = response.head_bytes if is_coded else None
        return _member_parts(fields, exchange.response_block, coded_from=coded_from)
    return spilled_member(
        fields, exchange.response_block, exchange.response_rest, folder=spill_folder
    )


def _revisit_member(
    exchange: Exchange, response: HttpResponse, original: Original, opening: Fields
) -> _Parts:
    """A revisit: the block of the response, cut where its body begins.

    1xx heads before the final one stay: the block is the start of what was sent, nothing else. The
    chunk framing of a repeated body is not kept, nor are its trailers.
    """
    fields = list(opening)
    if response.status == 304:
        fields.append(("WARC-Profile", NOT_MODIFIED))
    else:
        fields.append(("WARC-Profile", IDENTICAL_PAYLOAD))
        # WARC 1.1 section 6.7.2: shall be given for the truncation of an identical payload.
        fields.append(("WARC-Truncated", "length"))
        if original.payload_sha256 is not None:
            fields.append((PAYLOAD_FIELD, f"sha256:{original.payload_sha256}"))
    if original.record_id:
        fields.append(("WARC-Refers-To", f"<{original.record_id}>"))
    fields += (
        ("WARC-Refers-To-Target-URI", original.url),
        ("WARC-Refers-To-Date", original.fetched_at),
        ("WARC-Payload-Digest", original.payload_digest),
        ("Content-Type", "application/http; msgtype=response"),
    )
    return _member_parts(fields, exchange.response_block[: response.head_bytes])


def _failure_member(exchange: Exchange, opening: Fields, connection: Fields) -> _Parts:
    stage, _, message = (exchange.error or "receive: no whole head came").partition(": ")
    seen = exchange.response_block
    rest = exchange.response_rest
    block = [
        ("stage", stage),
        ("error", message),
        ("bytesSeen", str(len(seen) + (rest.size if rest is not None else 0))),
    ]
    if seen:
        block.append(("seen", base64.b64encode(seen).decode("ascii")))
    fields = (*opening, *connection, ("Content-Type", "application/warc-fields"))
    return _member_parts(fields, warc_fields(block))


def _extra_member(exchange: Exchange, record_id: str, concurrent_to: str, common: Fields) -> _Parts:
    return _member_parts(
        (
            *_opening_fields("metadata", record_id, common),
            ("WARC-Concurrent-To", f"<{concurrent_to}>"),
            ("Content-Type", "application/warc-fields"),
        ),
        warc_fields([("bytesAfterResponse", base64.b64encode(exchange.extra).decode("ascii"))]),
    )


def _opening_fields(record_type: str, record_id: str, common: Fields) -> Fields:
    return (("WARC-Type", record_type), ("WARC-Record-ID", f"<{record_id}>"), *common)


def _common_fields(exchange: Exchange) -> Fields:
    yield "WARC-Date", as_text(exchange.started_at)
    yield "WARC-Target-URI", exchange.url
    if exchange.requisite_of is not None:
        yield REQUISITE_FIELD, exchange.requisite_of


def _connection_fields(exchange: Exchange) -> Fields:
    if exchange.ip_address is not None and (address := _canonical(exchange.ip_address)):
        yield "WARC-IP-Address", address
    for protocol in exchange.protocols:
        yield "WARC-Protocol", protocol
    if exchange.cipher_suite is not None:
        yield "WARC-Cipher-Suite", exchange.cipher_suite


@lru_cache(maxsize=1024)
def _canonical(ip_address: str) -> str | None:
    # A zone (`fe80::1%eth0`) says something about this machine only.
    try:
        return ipaddress.ip_address(ip_address.partition("%")[0]).compressed
    except ValueError:
        return None
