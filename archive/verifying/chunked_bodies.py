"""Chunk framing taken off piece by piece, by the book, with the first departure from it named."""

from __future__ import annotations

import re

_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]{0,4000})?\r?\n")
_START_OF_SIZE = re.compile(rb"[ \t]*[0-9A-Fa-f]{0,15}[ \t]*(;|\r?\Z)")
_LINE_END = re.compile(rb"\r?\n")
_TRAILER = re.compile(rb"([^\n]{0,16000})\n")
_LONGEST_SIZE_LINE = 4100
_LONGEST_TRAILER_LINE = 16001


class ChunkedBody:
    """A chunked body that comes in pieces: `feed` gives what the chunks hold."""

    def __init__(self) -> None:
        self.problem: str | None = None
        """The first thing that is no chunk framing, or that is missing at the end."""
        self.is_cut = False
        """The problem is that it ends too early."""
        self.after = 0
        """Bytes after the end of the body."""
        self.is_not_chunked = False
        """It does not even begin with a chunk: the tool that stored it took the chunks apart."""
        self._step = self._size
        self._left = 0
        self._pending = b""
        self._is_first = True
        self._is_done = False

    def feed(self, data: memoryview) -> list[memoryview]:
        parts: list[memoryview] = []
        if self._pending:
            data = memoryview(self._pending + data.tobytes())
            self._pending = b""
        position = 0
        while position < len(data):
            if self.is_not_chunked:
                parts.append(data[position:])
                break
            if self._is_done:
                self.after += len(data) - position
                break
            if self.problem is not None:
                break
            if self._left:
                part = data[position : position + self._left]
                parts.append(part)
                self._left -= len(part)
                position += len(part)
                continue
            after = self._step(data, position)
            if after is None:
                self._pending = data[position:].tobytes()
                break
            position = after
        return parts

    def finish(self) -> list[memoryview]:
        """What is left where it is not chunked at all; sets `problem` where the end is missing."""
        rest, self._pending = self._pending, b""
        if self._is_done or self.problem is not None or self.is_not_chunked:
            return []
        if self._is_first and rest:
            self.is_not_chunked = True
            return [memoryview(rest)]
        self.is_cut = True
        if self._step == self._trailer:
            self.problem = "the empty line after the last chunk is missing"
        elif self._left:
            self.problem = f"the body ends {self._left} bytes before the end of a chunk"
        else:
            self.problem = "no last chunk"
        return []

    def _size(self, data: memoryview, position: int) -> int | None:
        found = _SIZE.match(data, position)
        if found is None:
            if len(data) - position < _LONGEST_SIZE_LINE and _is_unfinished(data[position:]):
                return None
            if self._is_first:
                self.is_not_chunked = True
                return position
            self.problem = f"{bytes(data[position : position + 20])!r} for the size of a chunk"
            return position
        self._is_first = False
        self._left = int(found[1], 16)
        # What follows the data of a chunk, or the last chunk.
        self._step = self._end_of_chunk if self._left else self._trailer
        return found.end()

    def _end_of_chunk(self, data: memoryview, position: int) -> int | None:
        found = _LINE_END.match(data, position)
        if found is None:
            if bytes(data[position:]) == b"\r":
                return None
            self.problem = f"{bytes(data[position : position + 20])!r} after a chunk, no CRLF"
            return position
        self._step = self._size
        return found.end()

    def _trailer(self, data: memoryview, position: int) -> int | None:
        found = _TRAILER.match(data, position)
        if found is None:
            if len(data) - position < _LONGEST_TRAILER_LINE:
                return None
            self.problem = "a trailer line without an end"
            return position
        line = found[1].rstrip(b"\r")
        if not line:
            self._is_done = True
        elif b":" not in line and line[:1] not in (b" ", b"\t"):
            self.problem = f"trailer line {line[:40]!r}"
        return found.end()


def _is_unfinished(data: memoryview) -> bool:
    """No line ends in `data`, and it may yet become a size line."""
    return b"\n" not in data.tobytes() and _START_OF_SIZE.match(data) is not None
