"""Content coding undone piece by piece, to see whether it can be; what comes out is only counted.

A bomb is given up long before it costs time: see `_MOST_GROWTH`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import brotli  # type: ignore[import-untyped]  # it ships none
from isal import isal_zlib

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_STEP = 1 << 20
# What follows the end of a member is copied for each: the slices keep a row of empty ones cheap.
_SLICE = 64 * 1024
_MOST_MEMBERS = 64
# Past this size a body counts as a bomb where it grows more than this many times.
_LEAST_BOMB_BYTES = 64 << 20
_MOST_GROWTH = 200
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


class CodedBody:
    """A body under the codings of a Content-Encoding header, outermost last as the header has it.

    Exactly one of `problem`, `is_not_coded` and neither is true at the end.
    """

    def __init__(self, codings: list[str]) -> None:
        self.problem: str | None = None
        """Why it cannot be decoded, one line."""
        self.is_cut = False
        """The problem is that it ends too early."""
        self.is_not_coded = False
        """It is not what the header says: the tool that stored it undid the coding."""
        self.unknown: str | None = None
        """A coding that nobody can undo."""
        self._layers: list[_Layer] = []
        self._read = self._decoded = 0
        self._is_done = False
        for coding in reversed(codings):
            if coding in ("identity", "none"):
                continue
            if coding not in _LAYERS:
                self.unknown = coding
                break
            self._layers.append(_LAYERS[coding]())

    def feed(self, data: memoryview) -> None:
        if not self._layers or self._is_done:
            return
        self._read += len(data)
        try:
            for part in self._through(0, data):
                self._decoded += len(part)
                if self._decoded > _LEAST_BOMB_BYTES + _MOST_GROWTH * self._read:
                    self._give_up(f"it decodes to more than {self._decoded} bytes, a bomb")
                    return
        except _NotCoded:
            self.is_not_coded = self._is_done = True
        except Exception as error:
            # isal's own error type is a bare Exception; brotli and zstd have one each.
            self._give_up(f"cannot be decoded: {error}")

    def finish(self) -> None:
        if self._is_done or self._read == 0:
            return
        if any(not layer.is_whole for layer in self._layers):
            self.is_cut = True
            self._give_up("it is cut")

    def _through(self, number: int, data: memoryview) -> Iterator[bytes]:
        if number == len(self._layers):
            yield bytes(data)
            return
        for start in range(0, len(data), _SLICE):
            for part in self._layers[number].feed(data[start : start + _SLICE]):
                if number + 1 == len(self._layers):
                    yield part
                else:
                    yield from self._through(number + 1, memoryview(part))

    def _give_up(self, problem: str) -> None:
        self.problem = problem
        self._is_done = True


class _NotCoded(Exception):
    """The body begins with what no coding of its name begins with."""


def _begins_otherwise(data: bytes | memoryview, coding: str) -> Exception:
    """What it means that a body begins otherwise: text was decoded by whoever stored it."""
    head = bytes(data[:512])
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        # The piece may end within a letter.
        text = head[: error.start].decode() if error.start > len(head) - 4 else "\0"
    return _NotCoded() if not _CONTROLS.search(text) else ValueError(f"not {coding}")


class _Layer(Protocol):
    is_whole: bool

    def feed(self, data: memoryview) -> Iterator[bytes]: ...


class _Deflated:
    """gzip and deflate, several members one after the other."""

    def __init__(self, *, is_gzip: bool) -> None:
        self.is_whole = False
        self._is_gzip = is_gzip
        self._reader: Any = None
        self._members = 0
        self._start = b""

    def feed(self, data: memoryview) -> Iterator[bytes]:
        rest: bytes | memoryview = data
        while rest:
            if self._reader is None:
                rest = self._start + bytes(rest)
                self._start = b""
                if len(rest) < 2 and self._members == 0:
                    self._start = bytes(rest)
                    return
                if not self._begin(rest):
                    return
            part = self._reader.decompress(rest, _STEP)
            if part:
                yield part
            if self._reader.eof:
                self.is_whole = True
                rest = self._reader.unused_data
                self._reader = None
            else:
                rest = self._reader.unconsumed_tail

    def _begin(self, head: bytes | memoryview) -> bool:
        """Whether another member starts with `head`; what follows the last is nobody's fault."""
        is_first = self._members == 0
        if self._is_gzip:
            if bytes(head[:2]) != b"\x1f\x8b":
                if is_first:
                    raise _begins_otherwise(head, "gzip")
                return False
            wbits = 31
        else:
            if not is_first:
                return False
            is_zlib = head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0
            wbits = 15 if is_zlib else -15
        if self._members == _MOST_MEMBERS:
            return False
        self._members += 1
        self.is_whole = False
        self._reader = isal_zlib.decompressobj(wbits=wbits)
        return True


class _Zstandard:
    def __init__(self) -> None:
        self.is_whole = False
        self._reader: zstd.ZstdDecompressor | None = None
        self._members = 0

    def feed(self, data: memoryview) -> Iterator[bytes]:
        rest: bytes | memoryview = data
        while rest:
            if self._reader is None:
                if self._members == 0 and bytes(rest[:4]) != b"\x28\xb5\x2f\xfd"[: len(rest)]:
                    raise _begins_otherwise(rest, "zstd")
                if self._members == _MOST_MEMBERS:
                    return
                self._members += 1
                self.is_whole = False
                self._reader = zstd.ZstdDecompressor()
            part = self._reader.decompress(rest, _STEP)
            while part:
                yield part
                if self._reader.eof or self._reader.needs_input:
                    break
                part = self._reader.decompress(b"", _STEP)
            if not self._reader.eof:
                return
            self.is_whole = True
            rest = self._reader.unused_data
            self._reader = None


class _Brotli:
    def __init__(self) -> None:
        self.is_whole = False
        self._reader = brotli.Decompressor()
        self._has_decoded = False

    def feed(self, data: memoryview) -> Iterator[bytes]:
        if self.is_whole:
            return
        piece = bytes(data)
        while True:
            try:
                part: bytes = self._reader.process(piece, output_buffer_limit=_STEP)
            except brotli.error:
                if not self._has_decoded:
                    # It has no magic number: what is no brotli may well be the decoded body.
                    raise _begins_otherwise(data, "brotli") from None
                raise
            piece = b""
            if part:
                self._has_decoded = True
                yield part
            if self._reader.is_finished():
                self.is_whole = True
                return
            if not part and self._reader.can_accept_more_data():
                return


_LAYERS: dict[str, Callable[[], _Layer]] = {
    "gzip": lambda: _Deflated(is_gzip=True),
    "x-gzip": lambda: _Deflated(is_gzip=True),
    "deflate": lambda: _Deflated(is_gzip=False),
    "zstd": _Zstandard,
    "br": _Brotli,
}
