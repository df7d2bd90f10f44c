"""Files inside a WACZ package, taken out as far as they are whole.

The zip library gives nothing of a file whose checksum is wrong. A WARC file has a checksum in every
member, so that most of it can be had all the same: the bytes are read here, and damage is told.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.errors import ArchiveError, disk_error

_STEP = 1 << 20
_LOCAL_HEAD_BYTES = 30
_LOCAL_MAGIC = b"PK\x03\x04"
_ENCRYPTED = 0x1
# What a packed file may grow by when it is unpacked; gzip of text does not reach it.
_MOST_GROWTH = 200


class BrokenPackage(ArchiveError):
    """The package has no directory that can be read; the message is the reason alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PackedFile:
    """One file in a package."""

    name: str
    offset: int
    """Of its head in the package."""
    is_packed: bool
    """With deflate; else it stands there as it is."""
    is_readable: bool
    """Packed in a way known here, not encrypted."""
    stored_bytes: int
    size: int
    crc: int


def list_packed(path: Path, folder: str) -> list[PackedFile]:
    """The files below `folder` of the package, in the order of its directory.

    Raises `BrokenPackage`.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return [
                PackedFile(
                    name=info.filename,
                    offset=info.header_offset,
                    is_packed=info.compress_type == zipfile.ZIP_DEFLATED,
                    is_readable=info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
                    and not info.flag_bits & _ENCRYPTED,
                    stored_bytes=info.compress_size,
                    size=info.file_size,
                    crc=info.CRC,
                )
                for info in package.infolist()
                if info.filename.startswith(folder) and not info.is_dir()
            ]
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BrokenPackage(f"a WACZ file whose directory cannot be read ({error})") from error


def unpack(path: Path, part: PackedFile, target: Path) -> str | None:
    """Write what `part` holds to `target`; returns what is wrong with it, None where it is whole.

    Raises `DiskFull` or `DiskFailed` where `target` cannot be written.
    """
    if not part.is_readable:
        target.touch()
        return "packed in a way that is not known here"
    size, crc, problem = 0, 0, None
    with path.open("rb") as package, _open(target) as copy:
        pieces = _Pieces(package, part)
        for piece in pieces:
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            if part.is_packed and size > _MOST_GROWTH * (part.stored_bytes + _STEP):
                return "a file that grows without measure when unpacked"
            try:
                copy.write(piece)
            except OSError as error:
                raise disk_error(target, error) from error
        problem = pieces.problem
    if problem is None and size != part.size:
        problem = f"{size} bytes in the package, its directory says {part.size}"
    if problem is None and crc != part.crc:
        problem = "its checksum in the package does not hold"
    return problem


class _Pieces:
    """Iterable once: what a packed file holds, as far as it can be read."""

    def __init__(self, package: BinaryIO, part: PackedFile) -> None:
        self._package = package
        self._part = part
        self.problem: str | None = None

    def __iter__(self) -> Iterator[bytes]:
        self._package.seek(self._part.offset)
        head = self._package.read(_LOCAL_HEAD_BYTES)
        if not head.startswith(_LOCAL_MAGIC) or len(head) < _LOCAL_HEAD_BYTES:
            self.problem = "no head in the package where its directory says"
            return iter(())
        names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        self._package.seek(self._part.offset + _LOCAL_HEAD_BYTES + names)
        return self._inflated() if self._part.is_packed else self._stored()

    def _stored(self) -> Iterator[bytes]:
        left = self._part.stored_bytes
        while left and (piece := self._package.read(min(left, _STEP))):
            left -= len(piece)
            yield piece

    def _inflated(self) -> Iterator[bytes]:
        decoder = zlib.decompressobj(wbits=-15)
        for stored in self._stored():
            rest = stored
            while rest:
                try:
                    piece = decoder.decompress(rest, _STEP)
                except zlib.error as error:
                    self.problem = f"cannot be unpacked to its end ({error})"
                    return
                yield piece
                if decoder.eof:
                    return
                rest = decoder.unconsumed_tail
        # What one step could not hold.
        while piece := decoder.decompress(b"", _STEP):
            yield piece


def _open(target: Path) -> BinaryIO:
    try:
        return target.open("wb")
    except OSError as error:
        raise disk_error(target, error) from error
