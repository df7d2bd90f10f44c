"""Decoded bytes in, WARC records out, each with all that is wrong with it: the strict reader.

It is a state machine fed piece by piece, so that a record of any size passes through and none
stands in memory. Pure: `file_check` brings the bytes and says where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from archive.http_messages import HttpResponse
from archive.verifying.digests import DeclaredDigest, read_digest
from archive.verifying.faults import Wrong
from archive.verifying.http_blocks import HttpBlock, RevisitBlock
from archive.verifying.record_heads import NOT_MODIFIED, RecordHead, read_head

_END_OF_HEAD = re.compile(rb"\n\r?\n")
_START = re.compile(rb"WARC/\d\.\d+\r?\n[A-Za-z-]+:")
_LONGEST_START = 200
_LONGEST_HEAD = 1 << 20
_END = b"\r\n\r\n"
_KEPT_BYTES = 64 * 1024
# The payload of these is the block itself.
_PLAIN_PAYLOAD = frozenset({"resource", "conversion"})


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """What one WARC record says and holds, as far as others need it."""

    head: RecordHead
    block_start: bytes
    """The first 64 KiB of a block that is no HTTP message."""
    response: HttpResponse | None = None
    """Its head, without a body."""
    method: str | None = None
    body_bytes: int = 0
    payload_bytes: int | None = None
    payload_sha1: bytes | None = None
    """SHA-1 of the payload of a response, where it is known where that ends."""
    payload_sha256: str | None = None
    """The same in SHA-256, hexadecimal."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One record, or what stands in place of one, in the decoded bytes from `start` to `end`."""

    start: int
    end: int
    record: CheckedRecord | None
    wrong: list[Wrong]


class RecordReader:
    """Feed it what one gzip member decodes to, or a file that is not compressed."""

    def __init__(self) -> None:
        self._state: Literal["head", "block", "end", "lost"] = "head"
        self._held = b""
        self._position = 0
        """Of the next byte that is fed."""
        self._start = 0
        self._records = 0
        self._wrong: list[Wrong] = []
        self._block: _Block | None = None

    def feed(self, data: bytes) -> Iterator[Checked]:
        base = self._position - len(self._held)
        self._position += len(data)
        if self._held:
            data, self._held = self._held + data, b""
        at = 0
        while at < len(data):
            match self._state:
                case "head":
                    after = self._take_head(data, at, base)
                    if after is None:
                        self._held = data[at:]
                        return
                    at = after
                case "block":
                    assert self._block is not None  # noqa: S101 - set with the state
                    at += self._block.feed(memoryview(data)[at:])
                    if self._block.left == 0:
                        self._state = "end"
                case "end":
                    if len(data) - at < len(_END):
                        self._held = data[at:]
                        return
                    if data.startswith(_END, at):
                        at += len(_END)
                        self._state = "head"
                    else:
                        self._say_end(data[at : at + 20])
                        self._state = "lost"
                    yield self._checked(base + at)
                case "lost":
                    found = _START.search(data, at)
                    if found is None:
                        at = max(len(data) - _LONGEST_START, at)
                        if self._wrong:
                            yield self._checked(base + at)
                        self._held = data[at:]
                        return
                    at = found.start()
                    if self._wrong:
                        yield self._checked(base + at)
                    self._state = "head"

    def finish(self) -> Iterator[Checked]:
        """What the end of the bytes leaves open."""
        if self._state == "head" and self._held:
            self._start = self._position - len(self._held)
            self._say_head(self._held, is_all=True)
        elif self._state == "block":
            assert self._block is not None  # noqa: S101 - set with the state
            whole = self._block.length
            found = f"a block of {whole - self._block.left} bytes"
            self._wrong.append(Wrong("block-cut", found, f"{whole} as Content-Length says"))
        elif self._state == "end":
            self._say_end(self._held)
        if self._wrong or self._state in ("block", "end"):
            yield self._checked(self._position)

    def _take_head(self, data: bytes, at: int, base: int) -> int | None:
        """Where the block starts, or where to look for another record; None for: more bytes."""
        self._start = base + at
        if not data.startswith(b"WARC/", at):
            if len(data) - at < 5 and b"WARC/".startswith(data[at:]):
                return None
            self._say_head(data[at : at + 40], is_all=False)
            self._state = "lost"
            return at
        end = data.find(_END, at, at + _LONGEST_HEAD)
        after = end + len(_END)
        if end < 0:
            found = _END_OF_HEAD.search(data, at, at + _LONGEST_HEAD)
            if found is None:
                if len(data) - at < _LONGEST_HEAD:
                    return None
                self._say_head(data[at : at + 40], is_all=True)
                self._state = "lost"
                return at + 5
            after = found.end()
        head, self._wrong = read_head(data[at:after])
        if head is None:
            self._state = "lost"
            return after
        self._block = _Block(head, self._wrong)
        self._state = "block" if head.length else "end"
        return after

    def _say_head(self, data: bytes, *, is_all: bool) -> None:
        if data.startswith(b"WARC/") and is_all:
            self._wrong.append(
                Wrong("header-end", "a WARC header without its end", "an empty line")
            )
        elif self._records:
            found = f"{data[:20]!r} after the end of a record"
            self._wrong.append(Wrong("record-end", found, "nothing, or the next record"))
        else:
            found = f"a record that begins with {data[:20]!r}"
            self._wrong.append(Wrong("version", found, "WARC/1.0 or WARC/1.1"))

    def _say_end(self, data: bytes) -> None:
        self._wrong.append(Wrong("record-end", f"{data!r} after the block", "CRLF CRLF"))

    def _checked(self, end: int) -> Checked:
        record = None
        if self._block is not None:
            record = self._block.finish(self._wrong)
        checked = Checked(self._start, end, record, self._wrong)
        self._start, self._wrong, self._block = end, [], None
        self._records += 1
        return checked


class _Reader(Protocol):
    def feed(self, data: memoryview) -> None: ...
    def finish(self) -> list[Wrong]: ...


class _Block:
    """The block of one record, as it passes."""

    def __init__(self, head: RecordHead, wrong: list[Wrong]) -> None:
        self.length = self.left = head.length
        self._head = head
        self._kept = b""
        self._digest = _declared(head, "WARC-Block-Digest", wrong)
        self._hasher: Any = self._digest.hasher() if self._digest is not None else None
        payload_digest = _declared(head, "WARC-Payload-Digest", wrong)
        self._payload_digest = payload_digest if head.type in _PLAIN_PAYLOAD else None
        self._payload_hasher: Any = (
            self._payload_digest.hasher() if self._payload_digest is not None else None
        )
        self._http: HttpBlock | None = None
        self._revisit: RevisitBlock | None = None
        media_type = head.first.get("content-type", "").partition(";")[0].strip().lower()
        # A segment is no whole message.
        if media_type == "application/http" and not head.is_segment:
            if head.type in ("request", "response"):
                is_excused = "warc-truncated" in head.first
                self._http = HttpBlock(head.type, payload_digest, is_excused=is_excused)
            elif head.type == "revisit":
                self._revisit = RevisitBlock()

    def feed(self, data: memoryview) -> int:
        """Take what belongs to the block; how much that was."""
        part = data[: self.left]
        self.left -= len(part)
        if self._hasher is not None:
            self._hasher.update(part)
        if self._payload_hasher is not None:
            self._payload_hasher.update(part)
        reader: _Reader | None = self._http or self._revisit
        if reader is not None:
            reader.feed(part)
        elif len(self._kept) < _KEPT_BYTES:
            self._kept += part[: _KEPT_BYTES - len(self._kept)].tobytes()
        return len(part)

    def finish(self, wrong: list[Wrong]) -> CheckedRecord:
        """Adds what is wrong to `wrong`. Of a block that is cut nothing more is said."""
        head, http, revisit = self._head, self._http, self._revisit
        if self.left:
            return CheckedRecord(head, self._kept)
        if self._digest is not None:
            wrong += self._digest.compare("block-digest", self._hasher.digest())
        if self._payload_digest is not None:
            wrong += self._payload_digest.compare("payload-digest", self._payload_hasher.digest())
        if http is not None:
            wrong += http.finish()
            return CheckedRecord(
                head,
                b"",
                response=http.response,
                method=http.method,
                body_bytes=http.body_bytes,
                payload_bytes=http.payload_bytes,
                payload_sha1=http.payload_sha1,
                payload_sha256=http.payload_sha256,
            )
        if revisit is not None:
            wrong += revisit.finish()
            wrong += _check_not_modified(head, revisit.response)
            return CheckedRecord(head, b"", response=revisit.response)
        wrong += _check_fields_block(head, self._kept)
        return CheckedRecord(head, self._kept)


def _declared(head: RecordHead, field: str, wrong: list[Wrong]) -> DeclaredDigest | None:
    text = head.first.get(field.lower())
    if text is None:
        return None
    declared = read_digest(field, text)
    if isinstance(declared, Wrong):
        wrong.append(declared)
        return None
    return declared


def _check_not_modified(head: RecordHead, response: HttpResponse | None) -> Iterator[Wrong]:
    if head.profile == NOT_MODIFIED and response is not None and response.status != 304:
        found = f"status {response.status} in a revisit of profile {NOT_MODIFIED}"
        yield Wrong("revisit-status", found, "304")


def _check_fields_block(head: RecordHead, block: bytes) -> Iterator[Wrong]:
    """Blocks of named fields: those of warcinfo and of metadata."""
    media_type = head.first.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/warc-fields" or len(block) == _KEPT_BYTES:
        return
    for line in block.splitlines():
        if line and b":" not in line and line[:1] not in (b" ", b"\t"):
            found = f"line {line[:40]!r} in a block of named fields"
            yield Wrong("warc-fields", found, "NAME: VALUE", level="note")
            return
