"""Files as a row of zstd frames, `.warc.zst`: all of them in pieces, damage included.

Source: the draft `warc-zstd` of the IIPC. One frame a record; a dictionary for all of them may
stand in a skippable frame that comes first, itself compressed or not. The counterpart for gzip is
`warc_members`.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Generator, Iterator
from typing import BinaryIO

from archive.warc_members import MAX_RECORD_BYTES, Damage, Piece

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_MAGIC = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)
_DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
_FORMATTED_DICTIONARY = b"\x37\xa4\x30\xec"
_MAX_DICTIONARY_BYTES = 64 << 20
_SKIPPABLE_HEAD_BYTES = 8

_READ_BYTES = 1 << 20
_STEP = 64 * 1024
_PIECE_BYTES = 1 << 20
# Text never grows more, a bomb of zeros does.
_MOST_GROWTH = 250
# So much is decoded to see whether a frame begins where its magic number stands.
_PROBE_BYTES = 512
_PROBED_BYTES = 4096
# Frames laid over each other would be decoded from each of their beginnings.
_FREE_WASTE_BYTES = 256 << 20
_WASTE_GROWTH = 16


def is_zstd(head: bytes) -> bool:
    """A file that begins with `head` is a row of zstd frames."""
    return head.startswith(_MAGIC) or _SKIPPABLE.match(head) is not None


def scan_frames(file: BinaryIO) -> Iterator[Piece | Damage]:
    """What every frame of `file` decodes to, in pieces of at most 1 MiB, in order.

    `file` must be seekable. Damage may come after pieces of the same offset: then that frame is
    none. After damage it goes on where the next frame begins. Skippable frames are passed over.
    """
    return _Scan(file).run()


class _Scan:
    """One pass over a file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, io.SEEK_END)
        self._buffer = b""
        self._buffer_start = 0
        self._dictionary: zstd.ZstdDict | None = None
        self._waste_left = _FREE_WASTE_BYTES + _WASTE_GROWTH * self._size

    def run(self) -> Iterator[Piece | Damage]:
        offset = 0
        while head := self._peek(offset)[:_SKIPPABLE_HEAD_BYTES]:
            if _SKIPPABLE.match(head):
                length = _SKIPPABLE_HEAD_BYTES + int.from_bytes(head[4:], "little")
                if offset == 0 and head.startswith(_DICTIONARY_MAGIC):
                    problem = self._read_dictionary(length - _SKIPPABLE_HEAD_BYTES)
                    if problem is not None:
                        yield Damage(offset=0, length=length, what=problem)
                offset += length
                continue
            frame = _Frame(self._dictionary, offset)
            yield from frame.pieces(self._peek)
            if frame.problem is None:
                offset = frame.end
                continue
            after = self._after(frame)
            yield Damage(
                offset=offset,
                length=after - offset,
                what=frame.problem,
                is_torn=frame.is_torn and after >= self._size,
                is_too_large=frame.is_too_large,
            )
            offset = after

    def _read_dictionary(self, size: int) -> str | None:
        """Take the dictionary that stands first; gives what is wrong with it."""
        if size > _MAX_DICTIONARY_BYTES:
            return f"a zstd dictionary of {size} bytes, taken are at most {_MAX_DICTIONARY_BYTES}"
        self._file.seek(_SKIPPABLE_HEAD_BYTES)
        content = self._file.read(size)
        try:
            if content.startswith(_MAGIC):
                decoder = zstd.ZstdDecompressor()
                content = decoder.decompress(content, _MAX_DICTIONARY_BYTES)
                if not decoder.eof:
                    return "a zstd dictionary without its end"
            is_raw = not content.startswith(_FORMATTED_DICTIONARY)
            self._dictionary = zstd.ZstdDict(content, is_raw=is_raw)
        except (ValueError, zstd.ZstdError) as error:
            return f"no whole zstd dictionary ({error})"
        return None

    def _after(self, failed: _Frame) -> int:
        """Where the next frame begins, or the end of the file."""
        self._waste_left -= failed.size + failed.end - failed.offset
        # What begins inside of what was tried in vain is tried too, while there is credit.
        position = failed.offset + 1 if self._waste_left > 0 else max(failed.end, failed.offset + 1)
        while piece := self._peek(position):
            at = piece.find(_MAGIC)
            while at >= 0:
                if self._is_begin(position + at, piece[at : at + _PROBED_BYTES]):
                    return position + at
                self._waste_left -= _PROBED_BYTES
                at = piece.find(_MAGIC, at + (1 if self._waste_left > 0 else _PROBED_BYTES))
            # The magic number may lie across the edge of two pieces.
            position += max(len(piece) - len(_MAGIC) + 1, 1)
        return self._size

    def _is_begin(self, offset: int, begin: bytes) -> bool:
        """What begins with `begin` decodes, as far as that tells."""
        frame = _Frame(self._dictionary, offset)
        for _ in frame.pieces(lambda at: begin[at - offset :], most=_PROBE_BYTES):
            break
        return frame.problem is None or frame.is_torn

    def _peek(self, offset: int) -> bytes:
        """At most `_STEP` bytes from `offset`; none at the end of the file."""
        at = offset - self._buffer_start
        if not 0 <= at < len(self._buffer):
            self._file.seek(offset)
            self._buffer, self._buffer_start, at = self._file.read(_READ_BYTES), offset, 0
        return self._buffer[at : at + _STEP]


class _Frame:
    """One frame as it is decoded, and how that ended."""

    def __init__(self, dictionary: zstd.ZstdDict | None, offset: int) -> None:
        self._decoder = zstd.ZstdDecompressor(zstd_dict=dictionary)
        self.offset = self.end = offset
        self.size = 0
        """Of what was decoded so far."""
        self.problem: str | None = None
        self.is_torn = self.is_too_large = False

    def pieces(
        self, peek: Callable[[int], bytes], *, most: int = _PIECE_BYTES
    ) -> Generator[Piece, None, None]:
        parts: list[bytes] = []
        held = 0
        for part in self._decode(peek, most):
            if held >= most:
                yield Piece(self.offset, b"".join(parts), None)
                parts.clear()
                held = 0
            parts.append(part)
            held += len(part)
        if self.problem is None:
            yield Piece(self.offset, b"".join(parts), self.end - self.offset)

    def _decode(self, peek: Callable[[int], bytes], most: int) -> Iterator[bytes]:
        decoder = self._decoder
        while not decoder.eof:
            piece = peek(self.end) if decoder.needs_input else b""
            if decoder.needs_input and not piece:
                self.problem, self.is_torn = "a zstd frame without its end", True
                return
            try:
                part = decoder.decompress(piece, most)
            except zstd.ZstdError as error:
                self.problem = f"no whole zstd frame ({error})"
                return
            self.end += len(piece) - (len(decoder.unused_data) if decoder.eof else 0)
            self.size += len(part)
            if part:
                yield part
            used = self.end - self.offset
            if self.size > MAX_RECORD_BYTES and self.size > _MOST_GROWTH * used:
                self.problem = f"a zstd frame that decodes to more than {MAX_RECORD_BYTES} bytes"
                self.is_too_large = True
                return
