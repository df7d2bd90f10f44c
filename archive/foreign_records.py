"""WARC and ARC records out of a stream of bytes, read tolerantly; large blocks lie in a file.

Any WARC version, lines that end with LF alone, names in any case, ARC 1. What is no record is given
as damage with its place, and the next record that can be told follows. Nothing here is quadratic
and nothing grows with the input, whatever stands in it. `foreign_warcs` calls it.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from warcio.timeutils import timestamp_to_iso_date  # type: ignore[import-untyped]  # it has none

from archive.spilling import SpilledBytes
from archive.warc_members import MAX_RECORD_BYTES
from archive.warc_reading import WarcRecord, read_fields

SPILLED_OVER_BYTES = 4 << 20
IN_MEMORY_BYTES = 1 << 20
"""A block larger than the first has so much of it in memory; the rest is spilled."""

_MAX_HEAD_BYTES = 256 * 1024
_MAX_LINE_BYTES = 16 * 1024
_SPILL_STEP = 1 << 20
# What may be read again where a length was a lie, besides what the stream itself is long.
_FREE_REREADING = 64 << 20
_REREADING_PER_BYTE = 4

_VERSION = re.compile(rb"WARC/(\d\.\d+)[ \t]*\r?\n")
_END_OF_HEAD = re.compile(rb"\n\r?\n")
# URL IP-address Archive-date Content-type Archive-length. A URL may hold spaces, a type too.
_ARC_LINE = re.compile(
    rb"([A-Za-z][A-Za-z0-9+.-]*:[^\n]*?) ([0-9A-Fa-f.:]+|-) (\d{4,17}) ([^\n]{0,200}?) ?"
    rb"(\d{1,15})\r?\n"
)
_WARC_BEGIN = rb"WARC/\d\.\d+[ \t]*\r?\n[A-Za-z][A-Za-z0-9-]*[ \t]*:"
_ARC_BEGIN = (
    rb"(?:https?|ftp|dns|whois|filedesc):[^\n ]+ [0-9.:A-Fa-f-]+ \d{14} [^\n]{0,200}? ?\d+\r?\n"
)
# Where the next record begins, in a file known to be ARC, known to be none, or neither. One
# search for both: two would each run through all that is ready, again and again.
_NEXT = {
    False: re.compile(rb"\n" + _WARC_BEGIN),
    True: re.compile(rb"\n" + _ARC_BEGIN),
    None: re.compile(rb"\n(?:" + _WARC_BEGIN + rb"|" + _ARC_BEGIN + rb")"),
}
_BLANK = re.compile(rb"[\r\n]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class StreamRecord:
    """A whole record and where it stands in the stream."""

    offset: int
    length: int
    head: bytes
    """From the version line to the empty line, byte for byte; made by us for an ARC record."""
    record: WarcRecord
    """Its block is the whole of it, or the first part where there is a `rest`."""
    rest: SpilledBytes | None
    """What follows of a large block; who takes the record closes it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StreamDamage:
    """Bytes of the stream that are no whole record."""

    offset: int
    length: int
    what: str
    is_torn: bool = False
    """The stream ends inside of it."""


def read_records(
    pieces: Iterable[bytes],
    *,
    spill_folder: Path | None = None,
    most_garbage: int | None = None,
    is_resumed: bool = True,
) -> Iterator[StreamRecord | StreamDamage]:
    """Every record of the stream that `pieces` make up, in order, and what is none.

    After damage it goes on with the next record that can be told, unless `is_resumed` is false: a
    page may hold what looks like a record, so that the stream of one gzip member is better left.
    It also ends after `most_garbage` bytes in which there is no record.
    """
    return _Reading(pieces, spill_folder, most_garbage, is_resumed=is_resumed).run()


def read_head(data: bytes) -> tuple[WarcRecord, int, int] | None:
    """The record that begins `data`, without its block, the length of its head, and of its block.

    None where no whole, sane WARC head stands there.
    """
    version = _VERSION.match(data)
    end = _END_OF_HEAD.search(data, version.end() - 1) if version else None
    if version is None or end is None:
        return None
    fields = read_fields(data[version.end() : end.start() + 1])
    record = WarcRecord(version=version[1].decode("ascii"), fields=fields, block=b"")
    length = record.field("Content-Length") or ""
    if not record.type or not length.isdecimal() or len(length) > 15:
        return None
    return record, end.end(), int(length)


def begins_record(data: bytes) -> bool:
    """`data` looks like the beginning of a WARC or ARC record."""
    return _VERSION.match(data) is not None or _ARC_LINE.match(data) is not None


class _Reading:
    """One pass over one stream."""

    def __init__(
        self,
        pieces: Iterable[bytes],
        folder: Path | None,
        most_garbage: int | None,
        *,
        is_resumed: bool,
    ) -> None:
        self._sources: list[Iterator[bytes]] = [iter(pieces)]
        """What is still to be read, the last of them first."""
        self._folder = folder
        self._most_garbage = most_garbage
        self._is_resumed = is_resumed
        self._is_over = False
        self._is_arc: bool | None = None
        self._buffer = b""
        self._at = 0
        self._offset = 0
        self._furthest = 0
        self._reread = 0
        self._to_read_again: list[SpilledBytes] = []

    def run(self) -> Iterator[StreamRecord | StreamDamage]:
        try:
            while not self._is_over and self._skip_blank():
                yield self._read_one()
        finally:
            for spilled in self._to_read_again:
                spilled.close()

    def _read_one(self) -> StreamRecord | StreamDamage:
        start = self._offset
        head = self._read_head()
        if head is None:
            begin = self._peek(20)
            return self._resync(start, f"what begins with {begin!r} is no WARC record")
        record, raw_head, length = head
        if length > MAX_RECORD_BYTES:
            return self._resync(
                start,
                f"a WARC record of {length} bytes, taken in are at most {MAX_RECORD_BYTES}",
            )
        block, rest, size = self._read_block(length)
        found = f"a WARC record with a block of {size} bytes, its Content-Length says {length}"
        if size < length:
            return self._misread(start, block, rest, found, is_torn=True)
        is_arc = not raw_head
        if not self._is_well_ended(is_arc):
            found = f"a WARC record that goes on after its Content-Length of {length} bytes"
            return self._misread(start, block, rest, found)
        self._is_arc = is_arc
        if is_arc:
            record = _from_arc(record, block, rest)
            raw_head = _head_of(record, length)
        return StreamRecord(
            offset=start,
            length=self._offset - start,
            head=raw_head,
            record=replace(record, block=block),
            rest=rest,
        )

    def _read_head(self) -> tuple[WarcRecord, bytes, int] | None:
        """The head that stands next, taken off; None, and nothing taken, where none does.

        That of an ARC record comes without its bytes: a WARC head is made when the block is known.
        """
        if self._peek(len(b"WARC/")) == b"WARC/":
            while (end := _END_OF_HEAD.search(self._buffer, self._at)) is None:
                if len(self._buffer) - self._at > _MAX_HEAD_BYTES or not self._more():
                    self._give_up(len(self._buffer) - self._at)
                    return None
            raw = self._buffer[self._at : end.end()]
            found = read_head(raw)
            if found is None:
                self._give_up(len(raw))
                return None
            self._take(len(raw))
            return found[0], raw, found[2]
        line = self._peek(_MAX_LINE_BYTES).partition(b"\n")[0] + b"\n"
        parts = _ARC_LINE.fullmatch(line)
        if parts is None:
            return None
        self._take(len(line))
        names = ("WARC-Target-URI", "WARC-IP-Address", "WARC-Date", "Content-Type")
        values = [part.decode("utf-8", "replace") for part in parts.groups()]
        fields = tuple(zip(names, values[:4], strict=True))
        return WarcRecord(version="1.0", fields=fields, block=b""), b"", int(values[4])

    def _give_up(self, size: int) -> None:
        """What was looked through and is no head is looked through again, while there is credit."""
        if not self._may_read_again(size):
            self._take(size)

    def _may_read_again(self, size: int) -> bool:
        self._reread += size
        return self._reread <= _FREE_REREADING + _REREADING_PER_BYTE * self._furthest

    def _read_block(self, length: int) -> tuple[bytes, SpilledBytes | None, int]:
        """The block, the end of a large one spilled, and how much of it there was."""
        if length <= SPILLED_OVER_BYTES:
            block = self._take(length)
            return block, None, len(block)
        block = self._take(IN_MEMORY_BYTES)
        rest = SpilledBytes(self._folder)
        size = len(block)
        try:
            while size < length and (piece := self._take(min(_SPILL_STEP, length - size))):
                rest.append(piece)
                size += len(piece)
        except BaseException:
            rest.close()
            raise
        return block, rest, size

    def _is_well_ended(self, is_arc: bool) -> bool:
        """What follows the block is what ends a record, or begins the next one, or nothing."""
        tail = self._peek(_MAX_LINE_BYTES if is_arc else 16)
        if not tail or tail.startswith((b"\n", b"\r\n") if is_arc else (b"\r\n\r\n", b"\n\n")):
            return True
        after = tail.lstrip(b"\r\n")
        if not after or not self._is_resumed:
            return not after
        return begins_record(after) or after.startswith(b"WARC/")

    def _misread(
        self,
        start: int,
        block: bytes,
        rest: SpilledBytes | None,
        what: str,
        *,
        is_torn: bool = False,
    ) -> StreamDamage:
        """A record whose length is not its own: others may stand in what was taken for it."""
        size = len(block) + (rest.size if rest else 0)
        if rest is not None:
            self._to_read_again.append(rest)
        if self._is_resumed and self._may_read_again(size):
            self._offset -= size
            if rest is None:
                self._put_back(block)
            else:
                self._sources += (iter([self._buffer[self._at :]]), rest.chunks())
                self._buffer, self._at = block, 0
        found = self._resync(start, what)
        return replace(found, is_torn=is_torn and not self._peek(1))

    def _put_back(self, data: bytes) -> None:
        """Undo having taken `data`, as a rule without a copy."""
        if self._at >= len(data):
            self._at -= len(data)
        else:
            self._buffer, self._at = data + self._buffer[self._at :], 0

    def _resync(self, start: int, what: str) -> StreamDamage:
        """Go to where the next record begins; what was passed over is the damage."""
        if not self._is_resumed:
            self._is_over = True
            return self._damage(start, what)
        if self._offset == start:
            # Never the same place again.
            self._take(1)
        while (found := self._find_next()) is None:
            if self._most_garbage is not None and self._offset - start > self._most_garbage:
                self._is_over = True
                return self._damage(start, what)
            # A head may lie across the edge of two pieces.
            ready = len(self._buffer) - self._at
            self._take(max(ready - _MAX_LINE_BYTES, 0))
            if not self._more():
                self._take(ready)
                return self._damage(start, what)
        self._take(found - self._at)
        return self._damage(start, what)

    def _find_next(self) -> int | None:
        """Where in the buffer the next line stands that begins a record."""
        found = _NEXT[self._is_arc].search(self._buffer, max(self._at - 1, 0))
        return found.start() + 1 if found else None

    def _damage(self, start: int, what: str) -> StreamDamage:
        return StreamDamage(offset=start, length=self._offset - start, what=what)

    def _skip_blank(self) -> bool:
        """Go past empty lines; False at the end of the stream."""
        while self._at < len(self._buffer) or self._more():
            blank = _BLANK.match(self._buffer, self._at)
            assert blank is not None  # noqa: S101 - it matches nothing as well
            self._take(blank.end() - self._at)
            if self._at < len(self._buffer):
                return True
        return False

    def _peek(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end, without taking them."""
        while len(self._buffer) - self._at < size and self._more():
            pass
        return self._buffer[self._at : self._at + size]

    def _take(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end."""
        parts: list[bytes] = []
        while True:
            part = self._buffer[self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            parts.append(part)
            if not size or not self._more():
                break
        taken = parts[0] if len(parts) == 1 else b"".join(parts)
        self._offset += len(taken)
        self._furthest = max(self._furthest, self._offset)
        return taken

    def _more(self) -> bool:
        while self._sources:
            piece = next(self._sources[-1], None)
            if piece is None:
                self._sources.pop()
            elif piece:
                # The byte before stays: it tells whether a line begins here.
                kept = max(self._at - 1, 0)
                self._buffer = self._buffer[kept:] + piece
                self._at -= kept
                return True
        return False


def _from_arc(record: WarcRecord, block: bytes, rest: SpilledBytes | None) -> WarcRecord:
    """The record of an ARC file as WARC has it. Its id is made of what it is, so that the same
    record has the same id whenever it is read.
    """
    url, date = record.target_uri, record.field("WARC-Date") or ""
    is_http = block.startswith(b"HTTP/")
    digest = hashlib.sha256(block)
    for piece in rest.chunks() if rest is not None else ():
        digest.update(piece)
    record_id = uuid.uuid5(uuid.NAMESPACE_URL, f"{url} {date} {digest.hexdigest()}")
    fields = [("WARC-Record-ID", f"<urn:uuid:{record_id}>")]
    with suppress(ValueError):
        fields.append(("WARC-Date", timestamp_to_iso_date(date)))
    if url.startswith("filedesc://"):
        # Its block is the ARC version block: what wrote the file, for whom.
        fields += [("WARC-Type", "warcinfo"), ("WARC-Filename", url.removeprefix("filedesc://"))]
        fields.append(("Content-Type", "text/plain"))
        return replace(record, fields=tuple(fields))
    fields += [("WARC-Type", "response" if is_http else "resource"), ("WARC-Target-URI", url)]
    with suppress(ValueError):
        address = ipaddress.ip_address(record.field("WARC-IP-Address") or "")
        if not address.is_unspecified:
            fields.append(("WARC-IP-Address", str(address)))
    media_type = (record.field("Content-Type") or "").strip() or "application/octet-stream"
    fields.append(("Content-Type", "application/http; msgtype=response" if is_http else media_type))
    return replace(record, fields=tuple(fields))


def _head_of(record: WarcRecord, length: int) -> bytes:
    lines = [f"WARC/{record.version}", *(f"{name}: {value}" for name, value in record.fields)]
    lines.append(f"Content-Length: {length}\r\n\r\n")
    return "\r\n".join(lines).encode("utf-8", "replace")
