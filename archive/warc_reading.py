"""WARC records read back: one capture at its offset, by one seek and one inflate.

The payload comes out with transfer and content coding removed and says whether it is complete. It
is decoded here, never by warcio, which fails on brotli. Files of other tools: `foreign_warcs`.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import datetime
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
from archive.times import from_text
from archive.warc_members import read_member
from archive.warc_writing import OPEN_SUFFIX

_VERSION = re.compile(rb"WARC/(\d\.\d+)\r?\n")
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
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)

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
    response = parse_response(record.block) if record.type in ("response", "revisit") else None
    original = None
    if record.type == "revisit" and capture["status"] != 304:
        original = _original(collection, capture)
    return _decoded(record, response, original, limit)


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
    fields = _fields(data[version.end() : end.start() + 1])
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
    file = collection.connection.execute(
        "select name from warc_files where id = ?", (capture["warc_file_id"],)
    ).fetchone()
    path = warc_path(collection, file["name"])
    record = parse_record(read_member(path, capture["offset"], capture["length"]))
    if record is None:
        raise DamagedWarc(
            f"{path} at offset {capture['offset']}: no WARC record, expected "
            f"{capture['record_type']} of {capture['url']}; run `archiater verify`"
        )
    if record.record_id != capture["record_id"] and record.record_id:
        raise DamagedWarc(
            f"{path} at offset {capture['offset']}: WARC record {record.record_id!r}, "
            f"expected {capture['record_id']!r}; run `archiater verify`"
        )
    return record


def _original(collection: Collection, revisit: sqlite3.Row) -> HttpResponse | None:
    row = collection.connection.execute(
        """
        select * from captures
        where payload_digest = ? and record_type = 'response'
        order by url <> ?, id
        limit 1
        """,
        (revisit["payload_digest"], revisit["url"]),
    ).fetchone()
    return parse_response(_record_of(collection, row).block) if row is not None else None


def _decoded(
    record: WarcRecord, response: HttpResponse | None, original: HttpResponse | None, limit: int
) -> ReadCapture:
    body = original or response
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
    dechunked = remove_transfer_coding(body)
    decoded = remove_content_coding(body, dechunked.body, limit=limit)
    truncated = record.field("WARC-Truncated")
    problem = f"truncated: {truncated}" if truncated else dechunked.error or decoded.error
    if record.type == "revisit" and original is None and response and response.status != 304:
        problem = "a revisit of a capture that is not in this collection"
    head = response or body
    return ReadCapture(
        status=head.status,
        headers=head.headers,
        payload=decoded.body,
        is_complete=problem is None,
        problem=problem,
        block=record.block,
        fields=record.fields,
    )


def _without_brackets(value: str) -> str:
    value = value.strip()
    return value[1:-1] if value.startswith("<") and value.endswith(">") else value


def _fields(head: bytes) -> tuple[tuple[str, str], ...]:
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
