"""Payloads piece by piece: bodies too large for memory, with transfer and content coding taken off.

What `http_messages` does with a whole body, for a body that can be read more than once; both give
the same bytes for the same body. Nothing here grows with it. The recorder digests spilled answers
through this, and `warc_reading` opens large captures.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, cast

import brotli  # type: ignore[import-untyped]  # it ships none
from isal import igzip_lib

from archive.http_messages import HttpResponse, content_codings, remove_transfer_coding
from articles.digests import PayloadDigests

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Pieces = Callable[[], Iterable[bytes]]
"""Gives a body from its start, each time it is called."""

_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
_START_OF_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{0,16})([ \t]?)[ \t]*(;?)")
_LONGEST_LINE = 1 << 16
_DECODED_STEP = 1 << 20
# Each costs a copy of what follows it in the piece: a million empty ones would hold us up.
_MAX_MEMBERS = 64
_WITHOUT_BODY = frozenset({204, 304})


@dataclass(frozen=True, kw_only=True, slots=True)
class PayloadFacts:
    """What a capture row says of a payload."""

    digest: str
    """`sha1:` and base32, as WARC has it."""
    sha256: str
    """Hexadecimal."""
    size: int
    is_complete: bool
    """Its length or its last chunk says that all of it is here."""


def payload_facts(
    response: HttpResponse, *, method: str = "GET", body: Pieces | None = None
) -> PayloadFacts:
    """Digests and size of the payload in `body`, which is all that follows the head of `response`;
    None where its own `body` is all of it."""
    digests = PayloadDigests()
    if body is None:
        payload = remove_transfer_coding(response, method=method)
        digests.update(payload.body)
        return PayloadFacts(
            digest=digests.sha1,
            sha256=digests.sha256,
            size=len(payload.body),
            is_complete=payload.is_complete,
        )
    pieces = PayloadPieces(response, body, method=method)
    size = 0
    for piece in pieces:
        digests.update(piece)
        size += len(piece)
    return PayloadFacts(
        digest=digests.sha1,
        sha256=digests.sha256,
        size=size,
        is_complete=pieces.problem is None,
    )


class PayloadPieces:
    """Iterable once: the payload of `body`, its transfer coding taken off, content coding kept."""

    def __init__(self, response: HttpResponse, body: Pieces, *, method: str = "GET") -> None:
        self._response = response
        self._body = body
        self._method = method
        self.problem: str | None = None
        """Known at the end: why the payload is not complete; one line."""

    def __iter__(self) -> Iterator[bytes]:
        if self._method == "HEAD" or self._response.status in _WITHOUT_BODY:
            return iter(())
        if "chunked" in self._response.tokens("transfer-encoding"):
            return self._join_chunks()
        return self._to_the_end()

    def _to_the_end(self) -> Iterator[bytes]:
        size = 0
        for piece in self._body():
            size += len(piece)
            yield piece
        length = self._response.header("content-length")
        if length is not None and length.strip().isdecimal() and int(length) > size:
            self.problem = f"{int(length) - size} bytes short of Content-Length"

    def _join_chunks(self) -> Iterator[bytes]:
        window = _Window(self._body())
        first = True
        while (size := window.take_chunk_size()) is not None:
            if size == 0:
                return
            first = False
            for piece in window.take(size):
                size -= len(piece)
                yield piece
            if size:
                break
            window.skip_line_end()
        if first and not window.is_empty:
            # Common Crawl and others take the chunks apart and leave the header.
            yield from self._body()
            return
        self.problem = "no last chunk"


class _Window:
    """What was read of a body and not yet taken."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._data = b""
        self._position = 0
        self.is_empty = not self._more()
        """There was nothing at all to read."""

    def take_chunk_size(self) -> int | None:
        """The size in the line that begins here, behind which the window stands then; None where
        it is no such line."""
        while True:
            line = _CHUNK_SIZE.match(self._data, self._position)
            if line is not None:
                self._position = line.end()
                return int(line[1], 16)
            if self._data.find(b"\n", self._position) >= 0 or not self._shorten():
                return None
            if not self._more():
                return None

    def take(self, size: int) -> Iterator[bytes]:
        """The next `size` bytes, or all that are left."""
        while size:
            if self._position == len(self._data) and not self._more():
                return
            piece = self._data[self._position : self._position + size]
            self._position += len(piece)
            size -= len(piece)
            yield piece

    def skip_line_end(self) -> None:
        while len(self._data) - self._position < 2 and self._more():
            pass
        if self._data.startswith(b"\r\n", self._position):
            self._position += 2
        elif self._data.startswith(b"\n", self._position):
            self._position += 1

    def _more(self) -> bool:
        piece = next(self._pieces, b"")
        if not piece:
            return False
        self._data = self._data[self._position :] + piece
        self._position = 0
        return True

    def _shorten(self) -> bool:
        """Keep of an endless line what decides whether it is one; False where it cannot be."""
        if len(self._data) - self._position < _LONGEST_LINE:
            return True
        start = _START_OF_CHUNK_SIZE.match(self._data, self._position)
        if start is None or len(start[1]) > 15 or (not start[1] and start[3]):
            return False
        if not start[3] and start.end() < len(self._data):
            return False
        self._data, self._position = b"".join(start.groups()), 0
        return True


class DecodedPieces:
    """Iterable once: `payload` without its content codings, in pieces of bounded size.

    What is no coded payload, whatever the header says, comes as it is.
    """

    def __init__(self, response: HttpResponse, payload: Iterable[bytes]) -> None:
        self._codings, self.problem = content_codings(response)
        """Known at the end: why not all could be decoded; one line."""
        self._payload = payload

    def __iter__(self) -> Iterator[bytes]:
        pieces: Iterable[bytes] = self._payload
        for coding in self._codings:
            pieces = self._decode(coding, pieces)
        return iter(pieces)

    def _decode(self, coding: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        source = iter(pieces)
        start = _at_least(len(_ZSTD_MAGIC), b"", source)
        if coding == "br":
            return self._unbrotli(start, source)
        if coding not in _READERS:
            self.problem = f"unknown content coding {coding[:40]!r}"
            return _both(start, source)
        if not _is_coded(coding, start):
            return _both(start, source)
        return self._inflate(coding, start, source)

    def _inflate(self, coding: str, start: bytes, source: Iterator[bytes]) -> Iterator[bytes]:
        magic, data = start[:2], start
        try:
            # A gzip or zstd payload may be several members, one after the other.
            for _ in range(_MAX_MEMBERS):
                decoder = _READERS[coding](start)
                while not decoder.eof:
                    if decoder.needs_input and not data and not (data := next(source, b"")):
                        self.problem = "the coded payload is cut"
                        return
                    piece = decoder.decompress(data, _DECODED_STEP)
                    data = b""
                    if piece:
                        yield piece
                data = _at_least(len(magic), decoder.unused_data, source)
                if not data.startswith(magic):
                    return
            self.problem = f"more than {_MAX_MEMBERS} members"
        except Exception as error:
            # isal and zstd each raise a type of their own, and isal's is a bare Exception.
            self.problem = f"cannot be decoded: {error}"

    def _unbrotli(self, start: bytes, source: Iterator[bytes]) -> Iterator[bytes]:
        decoder = brotli.Decompressor()
        data = start
        try:
            while start and not decoder.is_finished():
                piece = cast(bytes, decoder.process(data, output_buffer_limit=_DECODED_STEP))
                data = b""
                if piece:
                    yield piece
                elif decoder.can_accept_more_data():
                    data = next(source, b"")
                    if not data:
                        self.problem = "the coded payload is cut"
                        return
        except brotli.error as error:
            self.problem = f"cannot be decoded: {error}"


class _Decompressor(Protocol):
    eof: bool
    needs_input: bool
    unused_data: bytes

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def _inflater(flag: int) -> _Decompressor:
    return cast(_Decompressor, igzip_lib.IgzipDecompressor(flag=flag))


def _has_zlib_head(start: bytes) -> bool:
    return start[0] & 15 == 8 and int.from_bytes(start[:2], "big") % 31 == 0


def _undeflater(start: bytes) -> _Decompressor:
    # By the book it has a zlib head; many servers send the naked stream.
    is_zlib = _has_zlib_head(start)
    return _inflater(igzip_lib.DECOMP_ZLIB if is_zlib else igzip_lib.DECOMP_DEFLATE)


_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_READERS: dict[str, Callable[[bytes], _Decompressor]] = {
    "gzip": lambda start: _inflater(igzip_lib.DECOMP_GZIP),
    "x-gzip": lambda start: _inflater(igzip_lib.DECOMP_GZIP),
    "deflate": _undeflater,
    "zstd": lambda start: cast(_Decompressor, zstd.ZstdDecompressor()),
}


def _is_coded(coding: str, start: bytes) -> bool:
    if coding == "zstd":
        return start.startswith(_ZSTD_MAGIC)
    return bool(start) if coding == "deflate" else start.startswith(b"\x1f\x8b")


def _at_least(size: int, data: bytes, source: Iterator[bytes]) -> bytes:
    """`data` with enough of `source` behind it to have `size` bytes, where there are so many."""
    while len(data) < size and (more := next(source, b"")):
        data += more
    return data


def _both(start: bytes, source: Iterator[bytes]) -> Iterator[bytes]:
    if start:
        yield start
    yield from source
