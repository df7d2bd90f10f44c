"""Every record of a WARC or ARC file of any tool, however it is packed.

WARC of all versions and ARC 1; gzip or zstd by record, packed whole, or plain. `importing` takes
the records in, `verifying` checks them. Only whole records come out; what is none is given as
damage, with its place. `foreign_records` knows heads and blocks, `warc_members` and `zstd_frames`
what they are packed in.
"""

from __future__ import annotations

import io
import re
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from isal import isal_zlib

from archive.foreign_records import (
    StreamDamage,
    StreamRecord,
    begins_record,
    read_head,
    read_records,
)
from archive.spilling import SpilledBytes
from archive.warc_members import MAX_RECORD_BYTES, Damage, Piece, scan_pieces
from archive.warc_reading import WarcRecord
from archive.zstd_frames import is_zstd, scan_frames

_GZIP_MAGIC = b"\x1f\x8b"
# The name decides where a file is damaged at its very beginning, unless it is plain all the same.
_GZIP_NAME = re.compile(r"\.gz(\.open)?$", re.IGNORECASE)
_ZSTD_NAME = re.compile(r"\.zst(\.open)?$", re.IGNORECASE)
_PEEKED_BYTES = 4096
_READ_STEP = 1 << 20
_SMALL_FILE_BYTES = 4 << 20
_COMPRESSION_LEVEL = 2
_ENDS = (b"", b"\n", b"\r\n", b"\n\n", b"\r\n\r\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignRecord:
    """A WARC record of a file of any tool, ARC records included, and where it stands."""

    offset: int
    """In bytes of the file; of the member or frame, where the record is one of several in it."""
    length: int
    head: bytes
    """From the version line to the empty line, byte for byte; made by us for an ARC record."""
    record: WarcRecord
    """Its block is the whole of it, or the first part where there is a `rest`."""
    rest: SpilledBytes | None = None
    """What follows of a large block. It is there until the next record is asked for."""
    is_alone: bool
    """It is one gzip member by itself, so that offset and length find it."""


def iterate_records(
    path: Path, *, spill_folder: Path | None = None, is_among_others: bool = False
) -> Iterator[ForeignRecord | Damage]:
    """Every record of a WARC or ARC file, packed by record or whole or not at all, in order.

    Tolerant: what is no record is given as `Damage`, and the next whole one follows. Memory does
    not grow with the size of a record; the rest of a large one lies in `spill_folder`. With
    `is_among_others` the file holds gzip members somewhere, like a package that is cut off: what
    stands between them is no damage.
    """
    with path.open("rb") as file:
        head = file.read(_PEEKED_BYTES)
        file.seek(0)
        if is_among_others:
            found = _records_among_others(file, spill_folder)
        elif begins_record(head):
            # Whatever its name says.
            found = _records_of_plain(file, spill_folder)
        elif head.startswith(_GZIP_MAGIC) or _GZIP_NAME.search(path.name):
            found = _records_of_units(file, is_gzip=True, folder=spill_folder)
        elif is_zstd(head) or _ZSTD_NAME.search(path.name):
            found = _records_of_units(file, is_gzip=False, folder=spill_folder)
        else:
            found = _records_of_plain(file, spill_folder)
        with closing(found):
            for it in found:
                try:
                    yield it
                finally:
                    if isinstance(it, ForeignRecord) and it.rest is not None:
                        it.rest.close()


def member_pieces(found: ForeignRecord) -> Iterator[bytes]:
    """The record as one gzip member, head and block byte for byte, in pieces."""
    packer = isal_zlib.compressobj(_COMPRESSION_LEVEL, wbits=31)
    rest = found.rest.chunks() if found.rest is not None else ()
    for piece in chain((found.head, found.record.block), rest, (b"\r\n\r\n",)):
        yield packer.compress(piece)
    yield packer.flush()


def _records_among_others(
    file: BinaryIO, folder: Path | None
) -> Generator[ForeignRecord | Damage, None, None]:
    reading = _Units(parts := scan_pieces(file), is_gzip=True, folder=folder)
    for part in parts:
        if isinstance(part, Piece):
            yield from (it for it in reading.records_of(part) if isinstance(it, ForeignRecord))


def _records_of_plain(
    file: BinaryIO, folder: Path | None
) -> Generator[ForeignRecord | Damage, None, None]:
    pieces = iter(lambda: file.read(_READ_STEP), b"")
    for it in read_records(pieces, spill_folder=folder):
        if isinstance(it, StreamDamage):
            yield Damage(offset=it.offset, length=it.length, what=it.what, is_torn=it.is_torn)
        else:
            yield _foreign(it, it.offset, it.length, is_alone=False)


def _records_of_units(
    file: BinaryIO, *, is_gzip: bool, folder: Path | None
) -> Generator[ForeignRecord | Damage, None, None]:
    """The records of a file of gzip members or zstd frames."""
    parts = scan_pieces(file) if is_gzip else scan_frames(file)
    reading = _Units(parts, is_gzip=is_gzip, folder=folder)
    size = file.seek(0, io.SEEK_END)
    for part in parts:
        if isinstance(part, Piece):
            yield from reading.records_of(part)
        elif is_gzip and part.length == size <= _SMALL_FILE_BYTES:
            # All of it is one gzip member that is damaged somewhere, and came in no piece.
            yield from _records_of_damaged(file, part, folder=folder)
        else:
            yield part


class _Units:
    """The records of one unit after the other."""

    def __init__(
        self, parts: Iterator[Piece | Damage], *, is_gzip: bool, folder: Path | None
    ) -> None:
        self._parts = parts
        self._is_gzip = is_gzip
        self._folder = folder
        self._is_by_record = False
        """A unit before held one record: a page that looks like one, in a damaged unit, is none."""

    def records_of(self, first: Piece) -> Iterator[ForeignRecord | Damage]:
        if first.length is not None and (record := _only_record(first.data)) is not None:
            self._is_by_record = True
            yield ForeignRecord(
                offset=first.offset,
                length=first.length,
                head=record[0],
                record=record[1],
                is_alone=self._is_gzip,
            )
            return
        yield from self._read(_Unit(first, self._parts))

    def _read(self, unit: _Unit) -> Iterator[ForeignRecord | Damage]:
        """The records of a unit that is large, or holds not just one record."""
        held: StreamRecord | None = None
        problem: StreamDamage | None = None
        count = 0
        reading = read_records(
            unit.pieces(),
            spill_folder=self._folder,
            most_garbage=MAX_RECORD_BYTES,
            is_resumed=not self._is_by_record,
        )
        for it in reading:
            if held is not None:
                yield _foreign(held, unit.offset, 0, is_alone=False)
                held = None
            if problem is not None:
                yield self._damage(unit, problem)
                problem = None
            count += 1
            if isinstance(it, StreamRecord):
                held = it
            else:
                problem = it
        unit.pass_over()
        if unit.damage is not None:
            # The record that the damage cuts is no damage of its own, and one that is all there is
            # has no checksum that holds.
            if held is not None and held.rest is not None:
                held.rest.close()
            if held is not None and count > 1:
                yield _foreign(held, unit.offset, 0, is_alone=False)
            yield unit.damage
            return
        if problem is not None:
            yield self._damage(unit, problem)
        if held is not None:
            is_only = count == 1 and held.offset == 0
            self._is_by_record = self._is_by_record or is_only
            yield _foreign(held, unit.offset, unit.length, is_alone=is_only and self._is_gzip)

    def _damage(self, unit: _Unit, problem: StreamDamage) -> Damage:
        return Damage(offset=unit.offset, length=unit.length, what=problem.what)


class _Unit:
    """One gzip member or zstd frame, its pieces taken as they come."""

    def __init__(self, first: Piece, parts: Iterator[Piece | Damage]) -> None:
        self.offset = first.offset
        self.length = 0
        """Known at the end."""
        self.damage: Damage | None = None
        self._next: Piece | None = first
        self._parts = parts
        self._is_over = False

    def pieces(self) -> Iterator[bytes]:
        """What was not yet taken; may be broken off and called again."""
        while not self._is_over:
            piece, self._next = self._next or next(self._parts), None
            if isinstance(piece, Damage):
                self.damage, self._is_over = piece, True
                return
            if piece.length is not None:
                self.length, self._is_over = piece.length, True
            yield piece.data

    def pass_over(self) -> None:
        for _ in self.pieces():
            pass


def _only_record(data: bytes) -> tuple[bytes, WarcRecord] | None:
    """Head and record, where `data` is one WARC record and nothing else."""
    head = read_head(data)
    if head is None:
        return None
    record, start, length = head
    if start + length > len(data) or data[start + length :] not in _ENDS:
        return None
    return data[:start], replace(record, block=data[start : start + length])


def _records_of_damaged(
    file: BinaryIO, damage: Damage, *, folder: Path | None
) -> Iterator[ForeignRecord | Damage]:
    """The records before the damage of a gzip member in which others stand too."""
    found = list(read_records(_decodable_pieces(file), spill_folder=folder))
    records = [it for it in found if isinstance(it, StreamRecord)]
    # One that is all there is has no checksum that holds.
    for it in records if len(records) > 1 else ():
        yield _foreign(it, damage.offset, 0, is_alone=False)
    yield damage


def _decodable_pieces(file: BinaryIO) -> Iterator[bytes]:
    decoder = isal_zlib.decompressobj(wbits=31)
    file.seek(0)
    # Small steps: the decoder gives away nothing of the piece in which it finds the damage.
    while piece := file.read(512):
        try:
            yield decoder.decompress(piece)
        except Exception:  # isal's own error type is a bare Exception
            return
    yield decoder.flush()


def _foreign(found: StreamRecord, offset: int, length: int, *, is_alone: bool) -> ForeignRecord:
    return ForeignRecord(
        offset=offset,
        length=length,
        head=found.head,
        record=found.record,
        rest=found.rest,
        is_alone=is_alone,
    )
