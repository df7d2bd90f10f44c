"""One WARC file read once from its first byte to its last: members, records, what is wrong in both.

The SHA-256 of the file is taken in the same pass. Inflating goes on in a thread of its own while
the records are read; both leave the interpreter's lock alone most of the time.
"""

from __future__ import annotations

import hashlib
import io
import queue
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from archive.verifying.arc_files import ArcReader
from archive.verifying.faults import Fault, Level, Wrong
from archive.verifying.record_reading import Checked, CheckedRecord, RecordReader
from archive.warc_members import Damage, Piece, scan_pieces
from archive.zstd_frames import is_zstd, scan_frames

_GZIP = b"\x1f\x8b"
_ARC = b"filedesc://"
_STEP = 1 << 20
# Pieces are at most about a megabyte: this much may wait between the two threads.
_MOST_AHEAD = 8
# Answers and their HEAD requests stand side by side, whichever comes first.
_NEARBY = 64


_Ahead = Piece | Damage


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A WARC record and where it stands."""

    record: CheckedRecord
    offset: int
    length: int
    is_alone: bool
    """It is one gzip member by itself, or stands in a file that is not compressed."""


class FileCheck:
    """One pass over one file: iterate it, then read what it came to."""

    def __init__(
        self,
        file: BinaryIO,
        shown: str,
        *,
        end: int | None = None,
        is_wire: bool = False,
        is_sealed: bool = False,
        advance: Callable[[int], None] | None = None,
    ) -> None:
        """`end`: stop before what begins there or later, a living crawl is at work there.
        `is_wire`: the file was captured at the wire, so that what a server may send is no fault.
        `is_sealed`: its SHA-256 will be asked for. `advance` is called with the bytes that were
        read.
        """
        self._file = _HashedFile(file, advance, is_hashed=is_sealed)
        self._shown = shown
        self._end = end
        self._is_wire = is_wire
        self.records = 0
        self.is_arc = False
        self._heads: set[str] = set()
        """Ids of HEAD requests, and of what they point to."""
        self._held: list[tuple[str, str, Fault]] = []
        self._with_body: deque[tuple[str, str, int]] = deque(maxlen=_NEARBY)

    def __iter__(self) -> Iterator[Fault | FoundRecord]:
        start = self._file.read(len(_ARC))
        self._file.seek(0)
        if not start:
            yield self._fault(0, Wrong("no-archive", "an empty file", "a WARC file"))
        elif start.startswith(_GZIP):
            yield from self._members(scan_pieces, "a whole gzip member")
        elif is_zstd(start):
            yield from self._members(scan_frames, "a whole zstd frame")
        elif start.startswith((b"WARC/", _ARC)):
            yield from self._plain(is_arc=start.startswith(_ARC))
        else:
            found = f"a file that begins with {start!r}"
            yield self._fault(
                0, Wrong("no-archive", found, "a WARC file, packed by record or plain")
            )
        for record_id, concurrent_to, fault in self._held:
            if not {record_id, concurrent_to} & self._heads:
                yield fault

    def sha256(self) -> str:
        """Of the whole file, which is sealed; what was not read yet is read now."""
        return self._file.sha256()

    def _members(
        self, scan: Callable[[BinaryIO], Iterator[_Ahead]], expected: str
    ) -> Iterator[Fault | FoundRecord]:
        with closing(_ahead(scan(cast(BinaryIO, self._file)))) as pieces:
            member: _MemberRecords | None = None
            for piece in pieces:
                if self._end is not None and piece.offset >= self._end:
                    return
                if isinstance(piece, Damage):
                    member = None
                    yield self._fault(piece.offset, Wrong("member", _of_damage(piece), expected))
                    continue
                if member is None:
                    self.is_arc = self.is_arc or (piece.offset == 0 and piece.data.startswith(_ARC))
                    member = _MemberRecords(self.is_arc)
                yield from self._pass_on(member.feed(piece.data), piece.offset, 0)
                if piece.length is not None:
                    yield from self._pass_on(member.finish(), piece.offset, piece.length)
                    for wrong in member.faults(piece):
                        yield self._fault(piece.offset, wrong)
                    member = None

    def _plain(self, *, is_arc: bool) -> Iterator[Fault | FoundRecord]:
        self.is_arc = is_arc
        reader: RecordReader | ArcReader = ArcReader() if is_arc else RecordReader()
        while piece := self._file.read(_STEP):
            for checked in reader.feed(piece):
                yield from self._tell(checked, checked.start, checked.end - checked.start, True)
        for checked in reader.finish():
            yield from self._tell(checked, checked.start, checked.end - checked.start, True)

    def _pass_on(
        self, found: Iterator[tuple[Checked, bool]], offset: int, length: int
    ) -> Iterator[Fault | FoundRecord]:
        for checked, is_alone in found:
            yield from self._tell(checked, offset, length, is_alone)

    def _tell(
        self, checked: Checked, offset: int, length: int, is_alone: bool
    ) -> Iterator[Fault | FoundRecord]:
        record = checked.record
        for wrong in checked.wrong:
            fault = self._fault(offset, wrong)
            if wrong.unless_head and record is not None:
                self._held.append((record.head.record_id, record.head.concurrent_to, fault))
            else:
                yield fault
        if record is None:
            return
        self.records += 1
        yield from self._check_head_request(record, offset)
        yield FoundRecord(record, offset, length, is_alone)

    def _check_head_request(self, record: CheckedRecord, offset: int) -> Iterator[Fault]:
        """The answer to a HEAD has no body, whichever of the two is read first."""
        ids = {record.head.record_id, record.head.concurrent_to} - {""}
        if record.method == "HEAD":
            self._heads |= ids
            for record_id, concurrent_to, place in self._with_body:
                if {record_id, concurrent_to} & ids:
                    yield self._fault(place, _BODY_OF_HEAD)
        elif record.body_bytes and record.head.type == "response":
            if self._heads and ids & self._heads:
                yield self._fault(offset, _BODY_OF_HEAD)
            else:
                head = record.head
                self._with_body.append((head.record_id, head.concurrent_to, offset))

    def _fault(self, offset: int, wrong: Wrong) -> Fault:
        level: Level = "note" if wrong.may_be_sent and self._is_wire else wrong.level
        return Fault(
            file=self._shown,
            offset=offset,
            kind=wrong.kind,
            found=wrong.found,
            expected=wrong.expected,
            level=level,
        )


_BODY_OF_HEAD = Wrong("http-no-body", "a body in the answer to a HEAD", "none")


class _MemberRecords:
    """The records of one gzip member, of which there should be one."""

    def __init__(self, is_arc: bool) -> None:
        self._reader: RecordReader | ArcReader = ArcReader() if is_arc else RecordReader()
        self._first: Checked | None = None
        self._records = 0
        self._is_empty = True

    def feed(self, data: bytes) -> Iterator[tuple[Checked, bool]]:
        yield from self._after_first(self._reader.feed(data))

    def finish(self) -> Iterator[tuple[Checked, bool]]:
        yield from self._after_first(self._reader.finish())
        if self._first is not None:
            yield self._first, True

    def faults(self, piece: Piece) -> Iterator[Wrong]:
        """What is wrong with the member itself."""
        if self._is_empty:
            yield Wrong("member", "a gzip member that decodes to nothing", "a WARC record")
        if self._records > 1:
            found = f"{self._records} records in one gzip member"
            yield Wrong("records-in-member", found, "one, which can be read at its offset")
        if piece.oddity is not None:
            yield Wrong("member", piece.oddity, "a gzip header that says what follows")

    def _after_first(self, found: Iterator[Checked]) -> Iterator[tuple[Checked, bool]]:
        """The first is held back until the member ends, when its length is known."""
        for checked in found:
            self._is_empty = False
            self._records += checked.record is not None
            if self._first is None and self._records <= 1 and checked.record is not None:
                self._first = checked
                continue
            if self._first is not None:
                first, self._first = self._first, None
                # A fault after the record does not take its place away.
                if checked.record is None:
                    self._first = first
                else:
                    yield first, False
            yield checked, False


def _of_damage(damage: Damage) -> str:
    return f"{damage.what}, {damage.length} bytes of it" if damage.length > 1 else damage.what


class _HashedFile:
    """A file of which every byte is hashed the first time it is read."""

    def __init__(
        self, file: BinaryIO, advance: Callable[[int], None] | None, *, is_hashed: bool
    ) -> None:
        self._file = file
        self._is_hashed = is_hashed
        self._advance = advance
        self._sha256 = hashlib.sha256()
        self._position = 0
        self._hashed = 0

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        end = self._position + len(data)
        if self._position <= self._hashed < end:
            if self._is_hashed:
                self._sha256.update(memoryview(data)[self._hashed - self._position :])
            if self._advance is not None:
                self._advance(end - self._hashed)
            self._hashed = end
        self._position = end
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._position = self._file.seek(offset, whence)
        return self._position

    def sha256(self) -> str:
        self.seek(self._hashed)
        while self.read(_STEP):
            pass
        return self._sha256.hexdigest()


def _ahead(pieces: Iterator[_Ahead]) -> Generator[_Ahead, None, None]:
    """The same pieces, made in a thread a little ahead of who takes them."""
    waiting: queue.Queue[tuple[list[_Ahead], Any]] = queue.Queue(maxsize=_MOST_AHEAD)
    is_over = threading.Event()

    def put(batch: list[_Ahead], end: Any) -> bool:
        while not is_over.is_set():
            try:
                waiting.put((batch, end), timeout=0.1)
                return True
            except queue.Full:
                continue
        return False

    def work() -> None:
        batch: list[_Ahead] = []
        size = 0
        try:
            for piece in pieces:
                batch.append(piece)
                size += len(piece.data) if isinstance(piece, Piece) else 0
                if size >= _STEP or len(batch) >= 256:
                    if not put(batch, None):
                        return
                    batch, size = [], 0
        except BaseException as error:
            put(batch, error)
        else:
            put(batch, True)

    thread = threading.Thread(target=work, name="inflating", daemon=True)
    thread.start()
    try:
        while True:
            batch, end = waiting.get()
            yield from batch
            if isinstance(end, BaseException):
                raise end
            if end:
                return
    finally:
        is_over.set()
        thread.join()
