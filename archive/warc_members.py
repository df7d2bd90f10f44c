"""WARC files as a row of gzip members: one read at its offset, or all of them, damage included.

This is the layer below WARC grammar: it says what bytes decode, where they begin and end. A member
holds one WARC record in every file of ours; other tools' files may hold more (see `importing`).
Three doors: `read_member` for one at its place, `scan_members` for whole ones in memory,
`scan_pieces` where a member may be larger than memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from isal import isal_zlib

from archive.errors import DamagedWarc

MAX_RECORD_BYTES = 1 << 30
"""No WARC record of ours decodes to more; one that does is a decompression bomb."""

_MAGIC = b"\x1f\x8b\x08"
# What the decoder is given at once: what follows a member in it is copied, so it is not much.
_STEP = 64 * 1024
_FIRST_STEP = 8 * 1024
_READ_BYTES = 1 << 20
_EXTRA_FLAG = 0x04
_RESERVED_FLAGS = 0xE0
_PIECE_BYTES = 1 << 20
# Text never grows more, a bomb of zeros 1,030 times.
_MOST_GROWTH = 250
# A file made to look like the begin of a member at every byte would be decoded from each of them.
_SEARCH_GROWTH = 4
_SEARCH_LEAST_BYTES = 64 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A whole gzip member: its checksum holds."""

    offset: int
    length: int
    data: bytes
    """What it decodes to."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what one gzip member decodes to; a member up to 1 MiB comes in one."""

    offset: int
    """Of the member."""
    data: bytes
    length: int | None
    """Of the whole member, whose checksum holds, with its last piece; else None."""
    oddity: str | None = None
    """With the last piece: what its header says wrongly, though it decodes."""


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
    the next place where a whole member begins. A member stands in memory whole, up to
    `MAX_RECORD_BYTES`; who wants no more than 1 MiB at once takes `scan_pieces`.
    """
    parts: list[bytes] = []
    for piece in _Scan(file, start, most_growth=0).pieces():
        if isinstance(piece, Damage):
            parts.clear()
            yield piece
            continue
        parts.append(piece.data)
        if piece.length is not None:
            data = parts[0] if len(parts) == 1 else b"".join(parts)
            yield Member(offset=piece.offset, length=piece.length, data=data)
            parts.clear()


def scan_pieces(file: BinaryIO, *, start: int = 0) -> Iterator[Piece | Damage]:
    """The same as `scan_members`, of members of any size, in pieces of about 1 MiB.

    Damage may come after pieces of the same offset: then that member is none. It is too large only
    where it also grows as no text does when it is decoded.
    """
    return _Scan(file, start, most_growth=_MOST_GROWTH).pieces()


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


class _Scan:
    """One pass over a file, from member to member."""

    def __init__(self, file: BinaryIO, start: int, *, most_growth: int) -> None:
        self._file = file
        self._most_growth = most_growth
        self._buffer = b""
        self._buffer_start = self._offset = start
        self._in_vain = 0
        """Bytes that were decoded from places where no member begins."""

    def pieces(self) -> Iterator[Piece | Damage]:
        while self._has(self._offset):
            damage = yield from self._member()
            if damage is None:
                continue
            after = self._next_member(damage)
            yield Damage(
                offset=self._offset,
                length=after - self._offset,
                what=damage.what,
                is_torn=damage.is_torn and not self._has(after),
                is_too_large=damage.is_too_large,
            )
            self._offset = after

    def _member(self) -> Generator[Piece, None, Damage | None]:
        """Goes on to the end of the member, or gives what is wrong with it and stays."""
        offset = self._offset
        parts: list[bytes] = []
        held = 0
        for part in (decoding := self._decode(offset)):
            parts.append(part)
            held += len(part)
            if held >= _PIECE_BYTES and decoding.end is None:
                yield Piece(offset, b"".join(parts), None)
                parts.clear()
                held = 0
        if decoding.end is None:
            return decoding.damage()
        data = parts[0] if len(parts) == 1 else b"".join(parts)
        yield Piece(offset, data, decoding.end - offset, decoding.oddity())
        self._offset = decoding.end
        return None

    def _decode(self, offset: int) -> _Decoding:
        return _Decoding(self._peek, offset, most_growth=self._most_growth)

    def _has(self, offset: int) -> bool:
        return 0 <= offset - self._buffer_start < len(self._buffer) or bool(self._peek(offset))

    def _peek(self, offset: int, size: int = _STEP) -> bytes:
        """At most `size` bytes from `offset`; none at the end of the file."""
        position = offset - self._buffer_start
        if not 0 <= position < len(self._buffer):
            self._file.seek(offset)
            self._buffer, self._buffer_start, position = self._file.read(_READ_BYTES), offset, 0
        return self._buffer[position : position + size]

    def _next_member(self, damage: Damage) -> int:
        """Where the next whole member begins, or the end of the file."""
        position = damage.offset + 1
        failed_at = damage.offset + damage.length
        while piece := self._peek(position):
            found = piece.find(_MAGIC)
            if found < 0:
                # The magic number may lie across the edge of two pieces.
                position += max(len(piece) - (len(_MAGIC) - 1), 1)
                continue
            position += found
            decoding = self._decode(position)
            for _ in decoding:
                pass
            if decoding.end is not None:
                return position
            self._in_vain += decoding.read
            failed_at = max(failed_at, decoding.position)
            # Enough was tried: go on where it failed, though a member may be passed over.
            is_tired = self._in_vain > _SEARCH_LEAST_BYTES + _SEARCH_GROWTH * failed_at
            position = max(failed_at, position + 1) if is_tired else position + 1
        return position


class _Decoding:
    """What the member at `offset` decodes to, part by part, and afterwards whether it is whole."""

    def __init__(self, peek: Callable[[int, int], bytes], offset: int, *, most_growth: int) -> None:
        self._peek = peek
        self._offset = self.position = offset
        self._most_growth = most_growth
        self._head = b""
        self._size = 0
        self._problem: str | None = None
        self._is_torn = self._is_too_large = False
        self.read = 0
        """Bytes that were given to the decoder."""
        self.end: int | None = None
        """Of the member in the file, once it is known to be whole."""

    def __iter__(self) -> Iterator[bytes]:
        decoder = isal_zlib.decompressobj(wbits=31)
        # Small members are many: what follows one in its first piece is copied.
        size = _FIRST_STEP
        while piece := self._peek(self.position, size):
            size = _STEP
            self.read += len(piece)
            self._head = self._head or piece
            rest = piece
            while rest:
                try:
                    part = decoder.decompress(rest, _PIECE_BYTES)
                except Exception as error:
                    # isal's own error type is a bare Exception.
                    self._problem = f"no whole gzip member ({error})"
                    return
                self._size += len(part)
                if part:
                    yield part
                if decoder.eof:
                    self.position += len(piece) - len(decoder.unused_data)
                    self.end = self.position
                    return
                if self._size > MAX_RECORD_BYTES and self._grows_too_much(len(piece)):
                    self._problem = (
                        f"a gzip member that decodes to more than {MAX_RECORD_BYTES} bytes"
                    )
                    self._is_too_large = True
                    return
                rest = decoder.unconsumed_tail
            self.position += len(piece)
        self._problem = "a gzip member without its end"
        self._is_torn = True

    def damage(self) -> Damage:
        return Damage(
            offset=self._offset,
            length=self.position - self._offset,
            what=self._problem or "no whole gzip member",
            is_torn=self._is_torn,
            is_too_large=self._is_too_large,
        )

    def oddity(self) -> str | None:
        """What the header says wrongly of a member that decodes: no decoder looks at it."""
        flags = self._head[3]
        if not flags:
            return None
        if flags & _RESERVED_FLAGS:
            return f"reserved gzip flags {flags:#04x}"
        if flags & _EXTRA_FLAG and (said := _lengths_in_extra(self._head)) is not None:
            actual = (self.position - self._offset, self._size)
            if said != actual:
                return f"lengths {said} in the extra field of a gzip member of {actual}"
        return None

    def _grows_too_much(self, ahead: int) -> bool:
        used = self.position - self._offset + ahead
        return self._size > self._most_growth * used


def _lengths_in_extra(head: bytes) -> tuple[int, int] | None:
    """Compressed and plain length as the field `sl` says them, which wget and Heritrix write."""
    size = int.from_bytes(head[10:12], "little")
    extra = head[12 : 12 + size]
    while len(extra) >= 4:
        name, length = extra[:2], int.from_bytes(extra[2:4], "little")
        if name == b"sl" and length == 8 <= len(extra) - 4:
            return int.from_bytes(extra[4:8], "little"), int.from_bytes(extra[8:12], "little")
        extra = extra[4 + length :]
    return None
