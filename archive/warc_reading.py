"""WARC records read back: one capture at its offset, by one seek and one inflate.

The payload comes out with transfer and content coding removed and says whether it is complete. It
is decoded here, never by warcio, which fails on brotli. What is too large for memory is opened by
`large_captures`. Files of other tools: `foreign_warcs`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from archive.collection import Collection
from archive.errors import DamagedWarc
from archive.http_messages import (
    MAX_PAYLOAD_BYTES,
    HttpResponse,
    parse_response,
    remove_content_coding,
    remove_transfer_coding,
)
from archive.payload_streams import DecodedPieces, PayloadPieces
from archive.times import from_text
from archive.warc_members import Piece, read_member, scan_pieces
from archive.warc_writing import OPEN_SUFFIX

_VERSION = re.compile(rb"WARC/(\d\.\d+)\r?\n")
_LARGE_BYTES = 1 << 20
_HEAD = re.compile(rb"WARC/(\d\.\d+)\r?\n(.*?\n)\r?\n", re.DOTALL)
_END_OF_HEAD = re.compile(rb"\n\r?\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class WarcRecord:
    """One WARC record: its named fields and its block, byte for byte."""

    version: str
    """`1.1`"""
    fields: tuple[tuple[str, str], ...]
    block: bytes

    def field(self, name: str) -> str | None:
        """The first value of a named field; names have no case."""
        # Asked a dozen times of every record: what has another length needs no lower case.
        wanted, length = name.lower(), len(name)
        for key, value in self.fields:
            if len(key) == length and key.lower() == wanted:
                return value
        return None

    @property
    def type(self) -> str:
        return (self.field("WARC-Type") or "").lower()

    @property
    def record_id(self) -> str:
        """WARC-Record-ID without its angle brackets; empty where there is none."""
        return _without_brackets(self.field("WARC-Record-ID") or "")

    @property
    def concurrent_to(self) -> str:
        """WARC-Concurrent-To without its angle brackets; empty where there is none."""
        return _without_brackets(self.field("WARC-Concurrent-To") or "")

    @property
    def target_uri(self) -> str:
        # wget 1.19 writes angle brackets here, which WARC 1.0 seemed to ask for.
        return _without_brackets(self.field("WARC-Target-URI") or "")

    @property
    def recorded_at(self) -> datetime | None:
        """WARC-Date; None where it is missing or no date."""
        try:
            return from_text(self.field("WARC-Date") or "")
        except ValueError:
            return None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadCapture:
    """A capture as it was answered, decoded."""

    status: int | None
    """None where no answer came."""
    headers: tuple[tuple[str, str], ...]
    """In order, names as sent."""
    payload: bytes
    """Transfer coding and content coding removed."""
    is_complete: bool
    """False where the payload is cut, cannot be decoded, or decodes to more than the limit."""
    problem: str | None
    """Why it is not complete; one line."""
    block: bytes
    """The block of the WARC record, byte for byte."""
    fields: tuple[tuple[str, str], ...]
    """The named fields of the WARC record."""


def read_capture(
    collection: Collection, capture: sqlite3.Row, *, limit: int = MAX_PAYLOAD_BYTES
) -> ReadCapture:
    """What `capture`, a row of `captures`, preserves; at most `limit` bytes of payload.

    A revisit comes with the payload of the capture that it repeats. Raises `DamagedWarc`.
    """
    record = _record_of(collection, capture)
    if record.type == "resource":
        return ReadCapture(
            status=None,
            headers=(("Content-Type", record.field("Content-Type") or ""),),
            payload=record.block,
            is_complete=True,
            problem=None,
            block=record.block,
            fields=record.fields,
        )
    original = None
    if record.type == "revisit" and capture["status"] != 304:
        row = find_repeated(collection, capture)
        original = _record_of(collection, row) if row is not None else None
    return _decoded(record, original, limit)


class OpenRecord:
    """The WARC record of a capture at its place, of which a large block is not in memory."""

    def __init__(self, collection: Collection, capture: sqlite3.Row) -> None:
        self._path = _path_of(collection, capture)
        self._offset, self._length = capture["offset"], capture["length"]
        start = next(self._pieces(), b"")
        head = _HEAD.match(start)
        if head is None:
            raise self._damaged(f"no WARC record, expected {capture['record_type']}")
        self._head_bytes = head.end()
        self.record = WarcRecord(
            version=head[1].decode("ascii"),
            fields=read_fields(head[2]),
            block=start[head.end() :],
        )
        """Its block is the first part of a large one."""
        _check(self.record, capture, self._path)
        length = self.record.field("Content-Length") or ""
        if not length.isdecimal() or len(length) > 15:
            raise self._damaged(f"Content-Length {length!r}, expected a number")
        self._block_bytes = int(length)
        self.response: HttpResponse | None = None
        if self.record.type in ("response", "revisit"):
            self.response = parse_response(self.record.block[: self._block_bytes])

    def whole(self) -> WarcRecord:
        """The record with all of its block."""
        block = BytesIO()
        for piece in self.block():
            block.write(piece)
        return replace(self.record, block=block.getvalue())

    def block(self, *, after: int = 0) -> Iterator[bytes]:
        """The block from its byte `after` on."""
        skip, left = self._head_bytes + after, self._block_bytes - after
        for piece in self._pieces():
            part = piece[skip : skip + left]
            skip = max(0, skip - len(piece))
            left -= len(part)
            if part:
                yield part
        if left > 0:
            raise self._damaged(f"a block {left} bytes short of its Content-Length")

    def _pieces(self) -> Iterator[bytes]:
        """What the gzip member decodes to."""
        try:
            file = self._path.open("rb")
        except OSError as error:
            raise DamagedWarc(
                f"{self._path}: cannot be read ({error.strerror}); bring the file back from a copy"
            ) from error
        with file:
            for piece in scan_pieces(file, start=self._offset):
                if not isinstance(piece, Piece):
                    raise self._damaged(piece.what)
                yield piece.data
                if piece.length is None:
                    continue
                if piece.length != self._length:
                    raise self._damaged(
                        f"a gzip member of {piece.length} bytes, expected {self._length}"
                    )
                return
        raise self._damaged("the file ends before")

    def _damaged(self, found: str) -> DamagedWarc:
        return DamagedWarc(
            f"{self._path} at offset {self._offset}: {found}; bring the file back from a copy"
        )


def warc_path(collection: Collection, name: str) -> Path:
    """Where the WARC file `name` lies, which may still be open."""
    path = collection.warcs / name
    still_open = collection.warcs / (name + OPEN_SUFFIX)
    return still_open if still_open.exists() and not path.exists() else path


def parse_record(data: bytes) -> WarcRecord | None:
    """The one WARC record that `data` is; None where it is anything else."""
    version = _VERSION.match(data)
    end = _END_OF_HEAD.search(data) if version else None
    if version is None or end is None:
        return None
    fields = read_fields(data[version.end() : end.start() + 1])
    record = WarcRecord(version=version[1].decode("ascii"), fields=fields, block=b"")
    length = record.field("Content-Length") or ""
    if not length.isdecimal() or len(length) > 15:
        return None
    block = data[end.end() : end.end() + int(length)]
    rest = data[end.end() + int(length) :]
    if len(block) < int(length) or rest.strip(b"\r\n"):
        return None
    return WarcRecord(version=record.version, fields=fields, block=block)


def _record_of(collection: Collection, capture: sqlite3.Row) -> WarcRecord:
    if capture["length"] > _LARGE_BYTES:
        # In one piece it would stand in memory three times, compressed and twice plain.
        return OpenRecord(collection, capture).whole()
    path = _path_of(collection, capture)
    record = parse_record(read_member(path, capture["offset"], capture["length"]))
    if record is None:
        raise DamagedWarc(
            f"{path} at offset {capture['offset']}: no WARC record, expected "
            f"{capture['record_type']} of {capture['url']}; run `archiater verify`"
        )
    _check(record, capture, path)
    return record


def _path_of(collection: Collection, capture: sqlite3.Row) -> Path:
    file = collection.connection.execute(
        "select name from warc_files where id = ?", (capture["warc_file_id"],)
    ).fetchone()
    return warc_path(collection, file["name"])


def _check(record: WarcRecord, capture: sqlite3.Row, path: Path) -> None:
    """Raise `DamagedWarc` where a record is another than the row says."""
    if record.record_id != capture["record_id"] and record.record_id:
        raise DamagedWarc(
            f"{path} at offset {capture['offset']}: WARC record {record.record_id!r}, "
            f"expected {capture['record_id']!r}; run `archiater verify`"
        )


def find_repeated(collection: Collection, revisit: sqlite3.Row) -> sqlite3.Row | None:
    """The capture whose payload a revisit repeats, of the same URL where there is one."""
    row: sqlite3.Row | None = collection.connection.execute(
        """
        select * from captures
        where payload_digest = :payload_digest and record_type = 'response'
          and (:payload_sha256 is null or payload_sha256 = :payload_sha256)
        order by truncated is not null, url <> :url, id
        limit 1
        """,
        {name: revisit[name] for name in ("payload_digest", "payload_sha256", "url")},
    ).fetchone()
    return row


def why_not_whole(record: WarcRecord, original: WarcRecord | None, status: int) -> str | None:
    """What the fields of a record tell of its payload that is not all of it; `original` is the
    record that a revisit repeats, None for any other."""
    if record.type != "revisit":
        truncated = record.field("WARC-Truncated")
    elif original is not None:
        # The revisit itself is cut where its body begins, and says so.
        truncated = original.field("WARC-Truncated")
    elif status == 304:
        return None
    else:
        return "a revisit of a capture that is not in this collection"
    return f"truncated: {truncated}" if truncated else None


def _decoded(record: WarcRecord, original: WarcRecord | None, limit: int) -> ReadCapture:
    has_answer = record.type in ("response", "revisit")
    head = _parse(record.block) if has_answer else None
    body = _parse(original.block) if original is not None else head
    if body is None:
        return ReadCapture(
            status=None,
            headers=(),
            payload=b"",
            is_complete=False,
            problem="no whole answer came",
            block=record.block,
            fields=record.fields,
        )
    head = head or body
    # A revisit's own head tells the coding, unless it was stored without.
    coded = head if head.tokens("content-encoding") else body
    payload, problem = _payload_of(coded, body, (original or record).block, limit)
    problem = why_not_whole(record, original, head.status) or problem
    return ReadCapture(
        status=head.status,
        headers=head.headers,
        payload=payload,
        is_complete=problem is None,
        problem=problem,
        block=record.block,
        fields=record.fields,
    )


def _parse(block: bytes) -> HttpResponse | None:
    """The head of `block`, and of a large one not all of the body a second time."""
    return parse_response(block if len(block) <= _LARGE_BYTES else block[:_LARGE_BYTES])


def _payload_of(
    coded: HttpResponse, body: HttpResponse, block: bytes, limit: int
) -> tuple[bytes, str | None]:
    """The payload in `block`, the answer `body`, and why it is not all."""
    if len(block) <= _LARGE_BYTES:
        dechunked = remove_transfer_coding(body)
        decoded = remove_content_coding(coded, dechunked.body, limit=limit)
        return decoded.body, dechunked.error or decoded.error
    # The same piece by piece: a large payload stands in memory once beside its block.
    view = memoryview(block)
    places = range(body.head_bytes, len(block), _LARGE_BYTES)
    joined = PayloadPieces(body, lambda: (bytes(view[at : at + _LARGE_BYTES]) for at in places))
    plain = DecodedPieces(coded, joined)
    payload = BytesIO()
    for piece in plain:
        payload.write(piece[: limit - payload.tell() + 1])
        if payload.tell() > limit:
            payload.truncate(limit)
            return payload.getvalue(), f"more than {limit} bytes"
    return payload.getvalue(), joined.problem or plain.problem


def _without_brackets(value: str) -> str:
    value = value.strip()
    return value[1:-1] if value.startswith("<") and value.endswith(">") else value


def read_fields(head: bytes) -> tuple[tuple[str, str], ...]:
    """The named fields of a WARC head without its version line, folded lines joined."""
    lines: list[str] = []
    for line in head.decode("utf-8", "replace").split("\n"):
        stripped = line.rstrip("\r")
        if stripped[:1] in (" ", "\t") and lines:
            lines[-1] += " " + stripped.strip()
        elif stripped:
            lines.append(stripped)
    return tuple(
        (name.strip(), value.strip())
        for name, colon, value in (line.partition(":") for line in lines)
        if colon
    )
