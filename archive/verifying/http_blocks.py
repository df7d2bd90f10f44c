"""The block of a request, response or revisit read as HTTP, piece by piece: head, framing, coding.

What a server may not send is told; what was preserved cut and says so (WARC-Truncated) is not.
Nothing of a body is kept: it is hashed, unframed and decoded as it passes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from archive.http_messages import HttpResponse, parse_response, read_headers
from archive.verifying.chunked_bodies import ChunkedBody
from archive.verifying.coded_bodies import CodedBody
from archive.verifying.digests import DeclaredDigest
from archive.verifying.faults import Wrong

_LONGEST_HEAD = 1 << 20
_FIRST_LOOK = 16 * 1024
_END_OF_HEAD = re.compile(rb"\n\r?\n")
_REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) (HTTP/1\.[01])\r?\n")
_WITHOUT_BODY = frozenset({204, 304})


class HttpBlock:
    """One HTTP message that comes in pieces: `feed`, then `finish`."""

    def __init__(
        self, record_type: str, declared: DeclaredDigest | None, *, is_excused: bool
    ) -> None:
        """`declared` is the payload digest of the record; `is_excused`: it says itself that the
        message is not whole."""
        self.response: HttpResponse | None = None
        """Its head, where it is a response; its `body` says nothing."""
        self.method: str | None = None
        """Where it is a request."""
        self.body_bytes = 0
        """As sent, with its transfer coding."""
        self.payload_bytes = 0
        self._type = record_type
        self._declared = declared
        self._is_excused = is_excused
        self._held = b""
        self._wrong: list[Wrong] = []
        self._body: _Body | None = None
        self._is_lost = False

    @property
    def payload_sha1(self) -> bytes | None:
        """None where nobody can say where the payload ends."""
        return self._body.sha1() if self._body is not None else None

    @property
    def payload_sha256(self) -> str | None:
        """Hexadecimal; None where nobody can say where the payload ends."""
        return self._body.sha256() if self._body is not None else None

    def feed(self, data: memoryview) -> None:
        if self._body is not None:
            self._body.feed(data)
        elif not self._is_lost:
            self._feed_head(data)

    def finish(self) -> list[Wrong]:
        if self._body is None and not self._is_lost:
            self._lose(f"a {self._type} without a whole head, it begins with {self._held[:30]!r}")
        if self._body is not None:
            self._wrong += self._body.finish()
            self.body_bytes, self.payload_bytes = self._body.size, self._body.payload_bytes
        return self._wrong

    def _feed_head(self, data: memoryview) -> None:
        held = self._held
        wanted = _FIRST_LOOK
        while True:
            block = held + data[:wanted].tobytes()
            size = self._read_head(block)
            if size is not None:
                if not self._is_lost:
                    self._begin_body(data, size - len(held))
                return
            if wanted >= len(data):
                self._held = block
                return
            wanted *= 8

    def _begin_body(self, data: memoryview, start: int) -> None:
        self._held = b""
        if start < len(data):
            assert self._body is not None  # noqa: S101 - a head was read
            self._body.feed(data[start:])

    def _read_head(self, block: bytes) -> int | None:
        """Where the body starts; None where more of the head must come first."""
        if self._type == "request":
            return self._read_request(block)
        response = parse_response(block)
        if response is None:
            if len(block) > _LONGEST_HEAD or not block.startswith(b"HTTP/"[: len(block)]):
                self._lose(f"a {self._type} that begins with {block[:30]!r}")
                return 0
            return None
        self.response = response
        if not response.version.startswith("HTTP/1."):
            found = f"a status line with {response.version}"
            self._wrong.append(
                Wrong("http-version", found, "HTTP/1.1 or HTTP/1.0", may_be_sent=True)
            )
        self._body = _Body(
            response.headers,
            self._declared,
            is_excused=self._is_excused,
            has_none=response.status in _WITHOUT_BODY,
            is_to_the_end=True,
        )
        return response.head_bytes

    def _read_request(self, block: bytes) -> int | None:
        end = _END_OF_HEAD.search(block)
        if end is None:
            if len(block) > _LONGEST_HEAD:
                self._lose("an HTTP head without its end")
                return 0
            return None
        line = _REQUEST_LINE.match(block)
        if line is None:
            self._lose(f"a request that begins with {block[:30]!r}", "METHOD TARGET HTTP/1.1")
            return 0
        self.method = line[1].decode("ascii")
        self._body = _Body(
            read_headers(block[line.end() : end.end()]),
            self._declared,
            is_excused=self._is_excused,
            has_none=False,
            is_to_the_end=False,
        )
        return end.end()

    def _lose(self, found: str, expected: str = "a whole HTTP/1 head") -> None:
        self._is_lost = True
        self._held = b""
        self._wrong.append(Wrong("http-head", found, expected))


class RevisitBlock:
    """The block of a revisit: nothing, or the head of what was answered."""

    def __init__(self) -> None:
        self.response: HttpResponse | None = None
        self._held = b""
        self._size = 0

    def feed(self, data: memoryview) -> None:
        self._size += len(data)
        if len(self._held) <= _LONGEST_HEAD:
            self._held += data[: _LONGEST_HEAD + 1 - len(self._held)].tobytes()

    def finish(self) -> list[Wrong]:
        if not self._size:
            return []
        self.response = parse_response(self._held)
        if self.response is None:
            found = f"a revisit that begins with {self._held[:30]!r}"
            return [Wrong("http-head", found, "a whole HTTP/1 head, or nothing")]
        wrong = []
        if not self.response.version.startswith("HTTP/1."):
            found = f"a status line with {self.response.version}"
            wrong.append(Wrong("http-version", found, "HTTP/1.1 or HTTP/1.0", may_be_sent=True))
        if (rest := self._size - self.response.head_bytes) > 0:
            found = f"{rest} bytes of a body in a revisit"
            wrong.append(Wrong("revisit-body", found, "the head alone", level="note"))
        return wrong


class _Body:
    """What follows an HTTP head."""

    def __init__(
        self,
        headers: tuple[tuple[str, str], ...],
        declared: DeclaredDigest | None,
        *,
        is_excused: bool,
        has_none: bool,
        is_to_the_end: bool,
    ) -> None:
        self.size = self.payload_bytes = 0
        self._declared = declared
        self._is_excused = is_excused
        self._has_none = has_none
        self._is_to_the_end = is_to_the_end
        self._sha1 = hashlib.sha1(usedforsecurity=False)
        self._sha256 = hashlib.sha256()
        # Most digests are the very one that the database has.
        is_other = declared is not None and declared.algorithm != "sha1"
        self._other: Any = declared.hasher() if declared is not None and is_other else None
        self._raw: Any = None
        self._chunks: ChunkedBody | None = None
        self._lengths: tuple[str, ...] = ()
        self._coded: CodedBody | None = None
        self._transfer_codings: list[str] = []
        codings: list[str] = []
        lengths: list[str] = []
        for name, value in headers:
            match name.lower():
                case "transfer-encoding":
                    self._transfer_codings += _tokens(value)
                case "content-encoding":
                    codings += _tokens(value)
                case "content-length":
                    lengths += _tokens(value)
        if has_none:
            return
        if codings:
            self._coded = CodedBody(codings)
        if "chunked" in self._transfer_codings:
            self._chunks = ChunkedBody()
            self._raw = declared.hasher() if declared is not None else None
        elif not self._transfer_codings:
            self._lengths = tuple(lengths)

    def feed(self, data: memoryview) -> None:
        self.size += len(data)
        if self._has_none:
            return
        if self._chunks is None:
            self._feed_payload(data)
            return
        if self._raw is not None:
            self._raw.update(data)
        for part in self._chunks.feed(data):
            self._feed_payload(part)

    def sha1(self) -> bytes | None:
        return self._sha1.digest() if self._has_known_end() else None

    def sha256(self) -> str | None:
        return self._sha256.hexdigest() if self._has_known_end() else None

    def finish(self) -> Iterator[Wrong]:
        if self._chunks is not None:
            for part in self._chunks.finish():
                self._feed_payload(part)
        if self._coded is not None:
            self._coded.finish()
        yield from self._check_framing()
        yield from self._check_digest()
        yield from self._check_coding()

    def _has_known_end(self) -> bool:
        chunks = self._chunks
        return chunks is None or chunks.problem is None or chunks.is_cut

    def _feed_payload(self, part: memoryview) -> None:
        self.payload_bytes += len(part)
        self._sha1.update(part)
        self._sha256.update(part)
        if self._other is not None:
            self._other.update(part)
        if self._coded is not None:
            self._coded.feed(part)

    def _check_framing(self) -> Iterator[Wrong]:
        if self._has_none:
            if self.size:
                found = f"{self.size} bytes of a body under a status that has none"
                yield Wrong("http-no-body", found, "none")
        elif self._chunks is not None:
            yield from self._check_chunks(self._chunks)
        elif self._lengths:
            yield from self._check_length()
        elif not self._is_to_the_end and self.size and not self._transfer_codings:
            found = f"{self.size} bytes after a request without Content-Length"
            yield Wrong("http-length", found, "none, or their length in the head")

    def _check_chunks(self, chunks: ChunkedBody) -> Iterator[Wrong]:
        if chunks.is_not_chunked:
            found = "a body without chunks under Transfer-Encoding: chunked"
            expected = "chunks, as they were sent"
            yield Wrong("body-decoded", found, expected, level="note")
        elif chunks.problem is not None and not self._is_excused:
            yield Wrong(
                "http-chunks",
                f"a chunked body that is not whole ({chunks.problem})",
                "all of it, or WARC-Truncated",
                unless_head=self.size == 0,
            )
        elif chunks.after:
            yield Wrong("http-chunks", f"{chunks.after} bytes after the last chunk", "none")

    def _check_length(self) -> Iterator[Wrong]:
        lengths = [int(text) for text in self._lengths if _is_number(text)]
        if len(lengths) < len(self._lengths) or len(set(lengths)) > 1:
            found = f"Content-Length {', '.join(self._lengths)[:60]!r}"
            yield Wrong("http-length-form", found, "one number", level="note")
        if not lengths or self.size in lengths:
            return
        if self.size < max(lengths):
            if not self._is_excused:
                yield Wrong(
                    "http-length",
                    f"an HTTP body of {self.size} bytes",
                    f"{max(lengths)} as its Content-Length says, or WARC-Truncated",
                    unless_head=self.size == 0,
                )
        elif self._coded is not None and self._coded.is_not_coded:
            # Told below: who undid the coding left the length as well.
            return
        else:
            found = f"an HTTP body of {self.size} bytes"
            yield Wrong("http-length", found, f"{max(lengths)} as its Content-Length says")

    def _check_digest(self) -> Iterator[Wrong]:
        declared = self._declared
        if declared is None:
            return
        actual = (self._other or self._sha1).digest()
        if self._raw is not None and self._raw.digest() == declared.value != actual:
            yield Wrong(
                "payload-digest-raw",
                f"{declared.field} of the body with its chunk framing",
                f"{declared.spell(actual)} of the body without it",
                level="note",
            )
        else:
            yield from declared.compare("payload-digest", actual)

    def _check_coding(self) -> Iterator[Wrong]:
        coded = self._coded
        if coded is None:
            return
        if coded.unknown is not None:
            found = f"Content-Encoding {coded.unknown[:40]!r}"
            yield Wrong("content-coding-unknown", found, "gzip, deflate, br or zstd", level="note")
        if coded.is_not_coded:
            found = "a body that is not coded under Content-Encoding"
            yield Wrong("body-decoded", found, "the body as it was sent", level="note")
        elif coded.problem is not None and not (coded.is_cut and self._is_excused):
            found = f"a coded body: {coded.problem}"
            expected = "what Content-Encoding says"
            yield Wrong("content-coding", found, expected, may_be_sent=True)


def _tokens(value: str) -> list[str]:
    return [token for part in value.lower().split(",") if (token := part.strip())]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 15
