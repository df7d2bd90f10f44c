"""Every record of a WARC or ARC file of any tool, read tolerantly through warcio.

WARC 1.0 and 1.1 and ARC; gzipped by record, gzipped whole, or plain. `importing` takes the records
in. Only whole records come out; what is none is given as damage, with its place.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from isal import isal_zlib
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # it has none

from archive.warc_members import MAX_RECORD_BYTES, Damage, Member, scan_members
from archive.warc_reading import WarcRecord, parse_record

_READ_STEP = 1 << 20
_COMPRESSION_LEVEL = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignRecord:
    """A WARC record of a file of any tool, ARC records included, and where it stands."""

    offset: int
    length: int
    record: WarcRecord
    is_alone: bool
    """It is one gzip member by itself, so that offset and length find it."""


def iterate_records(path: Path) -> Iterator[ForeignRecord | Damage]:
    """Every record of a WARC or ARC file, gzipped by record, gzipped whole or plain, in order.

    Tolerant: what is no record is given as `Damage`, and the next whole one follows.
    """
    with path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            file.seek(0)
            yield from _records_of_stream(file)
            return
        for found in scan_members(file):
            if isinstance(found, Member):
                yield from _records_of_member(found)
            elif found.offset == 0 and (found.is_too_large or found.is_torn):
                yield from _records_of_whole_file(path)
                return
            else:
                yield found


def as_member(record: WarcRecord) -> bytes:
    """The record as a gzip member; its block byte for byte, its fields as they were read."""
    lines = [f"WARC/{record.version}"]
    lines += [
        f"{name}: {value}" for name, value in record.fields if name.lower() != "content-length"
    ]
    lines.append(f"Content-Length: {len(record.block)}\r\n\r\n")
    head = "\r\n".join(lines).encode("utf-8", "surrogateescape")
    member: bytes = isal_zlib.compress(
        b"".join((head, record.block, b"\r\n\r\n")), _COMPRESSION_LEVEL, 31
    )
    return member


class _QuietIterator(ArchiveIterator):  # type: ignore[misc]  # warcio has no types
    """warcio's iterator, which counts a record that runs on (`err_count`) and prints nothing."""

    INC_RECORD = ""


def _records_of_member(member: Member) -> Iterator[ForeignRecord | Damage]:
    record = parse_record(member.data)
    if record is not None:
        yield ForeignRecord(
            offset=member.offset, length=member.length, record=record, is_alone=True
        )
        return
    found = list(_records_of_stream(io.BytesIO(member.data)))
    for it in found:
        # Offsets inside the member find nothing in the file: give those of the member.
        if isinstance(it, Damage):
            yield Damage(offset=member.offset, length=member.length, what=it.what)
        else:
            yield ForeignRecord(
                offset=member.offset, length=member.length, record=it.record, is_alone=False
            )


def _records_of_whole_file(path: Path) -> Iterator[ForeignRecord | Damage]:
    """The records of a file that is one gzip stream, as `gzip FILE` makes it."""
    with path.open("rb") as file:
        stream = _Inflating(file)
        for found in _records_of_stream(stream):
            # The record that the end of the stream cuts is no damage of its own.
            if isinstance(found, ForeignRecord) or stream.problem is None:
                yield found
        if stream.problem is not None:
            yield Damage(offset=file.tell(), length=0, what=stream.problem, is_torn=True)


class _Inflating:
    """What a gzip file decodes to, as far as it does; Python's own reader gives away nothing of
    the piece in which it finds the damage."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = isal_zlib.decompressobj(wbits=31)
        self._rest = b""
        self._offset = 0
        self.problem: str | None = None

    def read(self, size: int) -> bytes:
        data = b""
        while not data and self.problem is None:
            piece = self._rest or self._file.read(_READ_STEP)
            self._rest = b""
            if not piece:
                if not self._decoder.eof:
                    data = self._decoder.flush()
                    self.problem = "a gzip stream without its end"
                break
            if self._decoder.eof:
                self._decoder = isal_zlib.decompressobj(wbits=31)
            try:
                data = self._decoder.decompress(piece, size)
            except Exception as error:
                # isal's own error type is a bare Exception.
                self.problem = f"no whole gzip stream ({error})"
            self._rest = self._decoder.unconsumed_tail or self._decoder.unused_data
        self._offset += len(data)
        return data

    def tell(self) -> int:
        return self._offset

    def close(self) -> None:
        """The file belongs to who opened it."""


def _records_of_stream(stream: Any) -> Iterator[ForeignRecord | Damage]:
    iterator = _QuietIterator(stream, no_record_parse=True, arc2warc=True)
    last = 0
    try:
        for found in iterator:
            block = _read_block(found.raw_stream)
            offset, length = iterator.get_record_offset(), iterator.get_record_length()
            last = offset + length
            expected = found.rec_headers.get_header("Content-Length")
            if found.length is None or len(block) != found.length or iterator.err_count:
                yield Damage(
                    offset=offset,
                    length=length,
                    what=f"a WARC record with a block of {len(block)} bytes, "
                    f"its Content-Length says {expected}",
                    is_torn=found.length is not None and len(block) < found.length,
                )
                iterator.err_count = 0
                continue
            yield ForeignRecord(
                offset=offset,
                length=length,
                record=WarcRecord(
                    version=found.rec_headers.protocol.rpartition("/")[2] or "1.0",
                    fields=tuple(
                        (str(key), str(value)) for key, value in found.rec_headers.headers
                    ),
                    block=block,
                ),
                is_alone=False,
            )
    except Exception as error:
        # Whatever a hostile file makes warcio, gzip or zlib trip over is damage of that file.
        message = " ".join(str(error).split())[:200]
        yield Damage(offset=last, length=0, what=f"no WARC record ({message})")


def _read_block(stream: Any) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size <= MAX_RECORD_BYTES and (part := stream.read(_READ_STEP)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)
