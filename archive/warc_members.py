"""WARC files as a row of gzip members: one read at its offset, or all of them, damage included.

This is the layer below WARC grammar: it says what bytes decode, where they begin and end. A member
holds one WARC record in every file of ours; other tools' files may hold more (see `importing`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from isal import isal_zlib

from archive.errors import DamagedWarc

MAX_RECORD_BYTES = 1 << 30
"""No WARC record of ours decodes to more; one that does is a decompression bomb."""

_MAGIC = b"\x1f\x8b\x08"
_STEP = 32 * 1024
_SEARCH_STEP = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A whole gzip member: its checksum holds."""

    offset: int
    length: int
    data: bytes
    """What it decodes to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Damage:
    """Bytes of a file that are no whole gzip member."""

    offset: int
    length: int
    what: str
    is_torn: bool = False
    """The file ends inside this member."""
    is_too_large: bool = False
    """It decodes to more than `MAX_RECORD_BYTES`."""


def read_member(path: Path, offset: int, length: int) -> bytes:
    """What the member of `length` bytes at `offset` decodes to.

    Raises `DamagedWarc` where the file is not there, ends before, or holds something else.
    """
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(offset)
            raw = file.read(length)
    except OSError as error:
        raise DamagedWarc(
            f"{path}: cannot be read ({error.strerror}); bring the file back from a copy"
        ) from error
    where = f"{path} at offset {offset}"
    if len(raw) < length:
        raise DamagedWarc(
            f"{where}: the file ends after {len(raw)} of the {length} bytes expected; "
            "bring it back from a copy"
        )
    found = _read_one(raw)
    if isinstance(found, str):
        raise DamagedWarc(f"{where}: {found}; bring the file back from a copy")
    data, used = found
    if used != length:
        raise DamagedWarc(f"{where}: a gzip member of {used} bytes, expected {length}")
    return data


def scan_members(file: BinaryIO, *, start: int = 0) -> Iterator[Member | Damage]:
    """Every member from `start` to the end of `file`, and what lies between whole ones.

    `file` must be seekable; reading it whole costs one pass. After damage the scan goes on with
    the next place where a whole member begins.
    """
    offset = start
    while True:
        found = _scan_one(file, offset)
        if found is None:
            return
        if isinstance(found, Damage):
            after = _next_member(file, offset + 1)
            yield Damage(
                offset=offset,
                length=after - offset,
                what=found.what,
                is_torn=found.is_torn and _is_end(file, after),
                is_too_large=found.is_too_large,
            )
            offset = after
        else:
            yield found
            offset = found.offset + found.length


def sha256_of(path: Path) -> str:
    """The SHA-256 of a whole file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_one(raw: bytes) -> tuple[bytes, int] | str:
    """What the first member of `raw` decodes to with its length, or what is wrong with it."""
    decoder = isal_zlib.decompressobj(wbits=31)
    try:
        data = decoder.decompress(raw, MAX_RECORD_BYTES + 1)
    except Exception as error:
        # isal's own error type is a bare Exception.
        return f"no whole gzip member ({error})"
    if len(data) > MAX_RECORD_BYTES:
        return f"a gzip member that decodes to more than {MAX_RECORD_BYTES} bytes"
    if not decoder.eof:
        return "a gzip member without its end"
    return data, len(raw) - len(decoder.unused_data)


def _scan_one(file: BinaryIO, offset: int) -> Member | Damage | None:
    """The member at `offset`, or what is wrong there; None at the end of the file."""
    file.seek(offset)
    decoder = isal_zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    size = used = 0
    while piece := file.read(_STEP):
        try:
            parts.append(decoder.decompress(piece, MAX_RECORD_BYTES + 1 - size))
        except Exception as error:
            # isal's own error type is a bare Exception.
            return Damage(offset=offset, length=0, what=f"no whole gzip member ({error})")
        used += len(piece)
        size += len(parts[-1])
        if size > MAX_RECORD_BYTES:
            return Damage(
                offset=offset,
                length=0,
                what=f"a gzip member that decodes to more than {MAX_RECORD_BYTES} bytes",
                is_too_large=True,
            )
        if decoder.eof:
            length = used - len(decoder.unused_data)
            return Member(offset=offset, length=length, data=b"".join(parts))
    if used == 0:
        return None
    return Damage(offset=offset, length=0, what="a gzip member without its end", is_torn=True)


def _next_member(file: BinaryIO, start: int) -> int:
    """Where the next whole member begins, or the end of the file."""
    position = start
    while True:
        file.seek(position)
        piece = file.read(_SEARCH_STEP)
        if not piece:
            return position
        found = piece.find(_MAGIC)
        if found < 0:
            # The magic number may lie across the edge of two pieces.
            step = len(piece) - (len(_MAGIC) - 1)
            if step <= 0 or len(piece) < _SEARCH_STEP:
                return position + len(piece)
            position += step
            continue
        position += found
        if isinstance(_scan_one(file, position), Member):
            return position
        position += 1


def _is_end(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    return not file.read(1)
