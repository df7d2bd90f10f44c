"""Checking that WARC files and database are whole and agree.

Every byte of every file is read once: gzip members, WARC grammar, digests, lengths, references
between records; then rows against bytes and bytes against rows. Nothing is changed. Files of other
tools can be checked alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from archive.captured_records import captured_record, request_record
from archive.collection import Collection
from archive.record_checks import Wrong, read_strictly
from archive.warc_members import Damage, Member, scan_members, sha256_of
from archive.warc_reading import WarcRecord
from archive.warc_writing import OPEN_SUFFIX

Progress = Callable[[int, int], None]
"""Called with the bytes read so far and the bytes of all files."""

_LONGEST_LINE = 1 << 16


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is not as it should be, and where."""

    file: str
    offset: int | None
    """In bytes of the file; None where it concerns the whole of it."""
    found: str
    expected: str

    def __str__(self) -> str:
        where = self.file if self.offset is None else f"{self.file} at offset {self.offset}"
        return f"{where}: {self.found}; expected {self.expected}"


def verify_collection(collection: Collection, progress: Progress | None = None) -> Iterator[Fault]:
    """Everything that is wrong with a collection; nothing comes where it is whole."""
    files = collection.connection.execute("select * from warc_files order by id").fetchall()
    count = _Count(
        progress, sum(_size(path) for path in collection.warcs.glob("*") if path.is_file())
    )
    seen: set[int] = set()
    for row in files:
        yield from _verify_own_file(collection, row, seen, count)
    yield from _files_without_row(collection, {row["name"] for row in files})
    yield from _verify_database(collection)


def verify_files(paths: Iterable[Path], progress: Progress | None = None) -> Iterator[Fault]:
    """Everything that is wrong with WARC files of any tool, gzipped by record or plain."""
    paths = list(paths)
    count = _Count(progress, sum(_size(path) for path in paths))
    seen: set[int] = set()
    for path in paths:
        try:
            yield from _Check(str(path), seen, count).run(path)
        except OSError as error:
            yield Fault(
                file=str(path),
                offset=None,
                found=f"cannot be read ({error.strerror})",
                expected="a WARC file",
            )


class _Count:
    """Bytes read so far, of all files."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def add(self, size: int) -> None:
        self._done += size
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)


@dataclass(frozen=True, slots=True)
class _Held:
    """A fault that holds unless the request turns out to have been a HEAD."""

    record_id: str
    concurrent_to: str
    fault: Fault


@dataclass
class _References:
    """Who points to whom in one file, known only at its end."""

    ids: set[str] = field(default_factory=set)
    concurrent: list[tuple[int, str]] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    """Ids of HEAD requests, and of what they point to."""
    held: list[_Held] = field(default_factory=list)


class _Check:
    """One pass over one file."""

    def __init__(self, shown: str, seen: set[int], count: _Count) -> None:
        self._shown = shown
        self._seen = seen
        self._count = count
        self._references = _References()
        self.is_complete_set = True
        """All records that others point to are expected to be in this file."""

    def run(self, path: Path) -> Iterator[Fault]:
        with path.open("rb") as file:
            if path.stat().st_size == 0:
                yield self._fault(0, Wrong("an empty file", "a WARC file"))
                return
            for found, record, offset, length in self.records(file):
                yield from found
                del record, offset, length
        yield from self.references()

    def records(
        self, file: BinaryIO, *, end: int | None = None
    ) -> Iterator[tuple[list[Fault], WarcRecord | None, int, int]]:
        """Each record with its place and what is wrong with it; no record for what is none."""
        is_gzip = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        for part in scan_members(file) if is_gzip else _plain_records(file):
            if end is not None and part.offset >= end:
                # Past the durable offset a living crawl is at work.
                return
            self._count.add(part.length)
            if isinstance(part, Damage):
                what = Wrong(part.what, "a whole gzip member" if is_gzip else "a WARC record")
                yield [self._fault(part.offset, what)], None, part.offset, part.length
                continue
            record, wrong = read_strictly(part.data)
            faults = [self._fault(part.offset, it) for it in wrong if not it.unless_head]
            if record is not None:
                faults += self._note(record, part.offset, wrong)
            yield faults, record, part.offset, part.length

    def references(self) -> Iterator[Fault]:
        """What only the end of the file tells."""
        known = self._references
        for held in known.held:
            if not {held.record_id, held.concurrent_to} & known.heads:
                yield held.fault
        if not self.is_complete_set:
            return
        for offset, target in known.concurrent:
            if target not in known.ids:
                wrong = Wrong(f"WARC-Concurrent-To {target}", "a record of this file")
                yield self._fault(offset, wrong)

    def _note(self, record: WarcRecord, offset: int, wrong: list[Wrong]) -> Iterator[Fault]:
        known = self._references
        record_id, concurrent_to = record.record_id, record.concurrent_to
        known.ids.add(record_id)
        if record_id and hash(record_id) in self._seen:
            yield self._fault(offset, Wrong(f"WARC-Record-ID {record_id} again", "one of its own"))
        self._seen.add(hash(record_id))
        if concurrent_to:
            known.concurrent.append((offset, concurrent_to))
        if record.type == "request" and record.block.startswith(b"HEAD "):
            known.heads.update((record_id, concurrent_to))
            known.heads.discard("")
        known.held += [
            _Held(record_id, concurrent_to, self._fault(offset, it))
            for it in wrong
            if it.unless_head
        ]

    def _fault(self, offset: int, wrong: Wrong) -> Fault:
        return Fault(file=self._shown, offset=offset, found=wrong.found, expected=wrong.expected)


def _plain_records(file: BinaryIO) -> Iterator[Member | Damage]:
    """The records of a file that is not compressed, whole as they stand."""
    offset = 0
    while True:
        head = _read_head(file)
        if not head:
            return
        length = _content_length(head)
        if length is None or not head.startswith(b"WARC/"):
            rest = file.seek(0, 2) - offset
            yield Damage(offset=offset, length=rest, what=f"what begins with {head[:20]!r}")
            return
        data = head + file.read(length + 4)
        yield Member(offset=offset, length=len(data), data=data)
        offset += len(data)


def _read_head(file: BinaryIO) -> bytes:
    lines: list[bytes] = []
    while (line := file.readline(_LONGEST_LINE)) and len(lines) < 1000:
        lines.append(line)
        if not line.strip(b"\r\n"):
            break
    return b"".join(lines)


def _content_length(head: bytes) -> int | None:
    for line in head.split(b"\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            text = value.strip()
            return int(text) if text.isdigit() and len(text) <= 15 else None
    return None


def _verify_own_file(
    collection: Collection, row: sqlite3.Row, seen: set[int], count: _Count
) -> Iterator[Fault]:
    """One file of the collection against its row and the rows of its captures."""
    is_open = row["state"] == "open"
    path = collection.warcs / (row["name"] + (OPEN_SUFFIX if is_open else ""))

    def whole(found: str, expected: str) -> Fault:
        return Fault(file=str(path), offset=None, found=found, expected=expected)

    if not path.is_file():
        yield whole("no such file", "the WARC file that the database names")
        return
    size = path.stat().st_size
    if size < row["durable_bytes"] or (size > row["durable_bytes"] and not is_open):
        yield whole(f"{size} bytes", f"{row['durable_bytes']} that were acknowledged")
    check = _Check(str(path), seen, count)
    # What was damaged in a file of another tool was left out, and may be pointed to.
    check.is_complete_set = row["origin"] == "crawl" and not is_open
    rows = _Rows(collection.connection, row["id"], str(path), is_own=row["origin"] == "crawl")
    try:
        with path.open("rb") as file:
            for faults, record, offset, length in check.records(file, end=row["durable_bytes"]):
                yield from faults
                if record is not None:
                    yield from rows.compare(record, offset, length)
                    if offset == 0 and row["origin"] == "crawl":
                        yield from _check_first(record, row["name"], str(path))
        yield from check.references()
        yield from rows.without_bytes()
        if (
            not is_open
            and row["sha256"] is not None
            and (actual := sha256_of(path)) != row["sha256"]
        ):
            yield whole(f"SHA-256 {actual}", f"{row['sha256']} of the day it was sealed")
    except OSError as error:
        yield whole(f"cannot be read ({error.strerror})", "a WARC file")


def _check_first(record: WarcRecord, name: str, shown: str) -> Iterator[Fault]:
    found = record.field("WARC-Filename") if record.type == "warcinfo" else None
    if found != name:
        yield Fault(
            file=shown,
            offset=0,
            found=f"a first record of type {record.type} with WARC-Filename {found!r}",
            expected=f"a warcinfo with {name!r}",
        )


class _Rows:
    """The capture rows of one file, struck off as their bytes are found."""

    def __init__(
        self, connection: sqlite3.Connection, file_id: int, shown: str, *, is_own: bool
    ) -> None:
        self._shown = shown
        self._is_own = is_own
        found = connection.execute(
            """
            select
                offset, length, request_offset, request_length, record_id, record_type, url,
                payload_digest
            from captures
            where warc_file_id = ?
            """,
            (file_id,),
        ).fetchall()
        self._answers = {row["offset"]: row for row in found}
        self._requests = {
            row["request_offset"]: row for row in found if row["request_offset"] is not None
        }

    def compare(self, record: WarcRecord, offset: int, length: int) -> Iterator[Fault]:
        """What the row says of this record against what its bytes say."""
        request = request_record(record, offset=offset, length=length)
        if request is not None:
            row = self._requests.pop(offset, None)
            if row is None and self._is_own:
                yield self._fault(offset, f"a request of {request.url} without a row", "a row")
            if row is not None and row["request_length"] != length:
                yield self._fault(offset, f"{length} bytes", f"{row['request_length']} by its row")
            return
        capture = captured_record(record, offset=offset, length=length)
        row = self._answers.pop(offset, None)
        if capture is None:
            if row is not None:
                yield self._fault(offset, f"a {record.type}", f"the {row['record_type']} of a row")
            return
        if row is None:
            yield self._fault(offset, f"a capture of {record.target_uri} without a row", "a row")
            return
        for name in ("length", "record_id", "record_type", "url", "payload_digest"):
            found = capture.columns.get(name)
            # A revisit's digest is that of its original, by whatever algorithm it names it.
            if found != row[name] and not (name == "payload_digest" and record.type == "revisit"):
                yield self._fault(offset, f"{name} {found!r}", f"{row[name]!r} by its row")

    def without_bytes(self) -> Iterator[Fault]:
        for offset, row in self._answers.items():
            expected = f"the {row['record_type']} of {row['url']} that its row names"
            yield self._fault(offset, "no whole WARC record", expected)
        for offset, row in self._requests.items():
            yield self._fault(
                offset, "no whole WARC record", f"the request of {row['url']} that its row names"
            )

    def _fault(self, offset: int, found: str, expected: str) -> Fault:
        return Fault(file=self._shown, offset=offset, found=found, expected=expected)


def _files_without_row(collection: Collection, known: set[str]) -> Iterator[Fault]:
    for path in sorted(collection.warcs.glob("*")):
        if path.name.removesuffix(OPEN_SUFFIX) not in known:
            yield Fault(
                file=str(path),
                offset=None,
                found="a file that the database does not know",
                expected="one that was imported (`archiater import` adopts it)",
            )


_COUNTS = (
    (
        "select count(*) from captures where outcome = 'article' "
        "and id not in (select capture_id from observations)",
        "captures called articles without an observation",
    ),
    (
        "select count(*) from articles a "
        "where version <> (select count(*) from versions v where v.article_id = a.id)",
        "articles whose number of versions is not their version",
    ),
    (
        "select count(*) from articles where id not in (select id from search_documents) "
        "and id not in (select article_id from search_queue)",
        "articles that are neither in the full text nor waiting for it",
    ),
    (
        "select count(*) from search_documents where id not in (select id from articles)",
        "documents in the full text without an article",
    ),
)


def _verify_database(collection: Collection) -> Iterator[Fault]:
    file = str(collection.path / "archive.db")
    ask = collection.connection.execute
    try:
        for row in ask("pragma quick_check(20)"):
            if row[0] != "ok":
                yield Fault(file=file, offset=None, found=str(row[0]), expected="a whole database")
        for row in ask("pragma foreign_key_check"):
            yield Fault(
                file=file,
                offset=None,
                found=f"row {row[1]} of {row[0]} points to a row of {row[2]} that is not there",
                expected="every row that another points to",
            )
        for query, what in _COUNTS:
            number = ask(query).fetchone()[0]
            if number:
                yield Fault(file=file, offset=None, found=f"{number} {what}", expected="none")
    except sqlite3.DatabaseError as error:
        yield Fault(file=file, offset=None, found=str(error), expected="a whole database")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
