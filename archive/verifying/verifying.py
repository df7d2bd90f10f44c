"""The doors of the check: a collection with its database, or WARC files of any tool alone.

Every byte of every file is read once; then rows against bytes and bytes against rows. Nothing is
changed.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archive.collection import Collection
from archive.verifying.database import check_database
from archive.verifying.faults import Fault, Level
from archive.verifying.file_check import FileCheck, FoundRecord
from archive.verifying.index_check import check_index
from archive.verifying.pace import Pace, Progress, Tally
from archive.verifying.packages import Places, check_package
from archive.verifying.references import References
from archive.verifying.rows import RowsOfFile
from archive.warc_writing import OPEN_SUFFIX


def verify_collection(
    collection: Collection,
    progress: Progress | None = None,
    *,
    tally: Tally | None = None,
    most_bytes_s: float | None = None,
    is_deep: bool = False,
) -> Iterator[Fault]:
    """Everything that is wrong with a collection; no fault comes where it is whole.

    `tally` counts what was read. `is_deep` compares all of the full text too; what the records say
    is checked by `deep.compare_records`.
    """
    files = collection.connection.execute("select * from warc_files order by id").fetchall()
    database = collection.path / "archive.db"
    paths = [path for path in collection.warcs.glob("*") if path.is_file()]
    total = sum(_size(path) for path in [*paths, database])
    pace = Pace(total, tally or Tally(), progress, most_bytes_s=most_bytes_s)
    with References(unknown_original="fault") as references:
        for row in files:
            yield from _OwnFile(collection, row, references, pace).check()
        yield from references.faults()
    yield from _files_without_row(collection, {row["name"] for row in files})
    yield from check_database(collection, is_deep=is_deep)
    yield from check_index(collection)
    yield from _quarantined(collection)
    pace.add(_size(database))


def verify_files(
    paths: Iterable[Path],
    progress: Progress | None = None,
    *,
    tally: Tally | None = None,
    most_bytes_s: float | None = None,
) -> Iterator[Fault]:
    """Everything that is wrong with WARC, ARC and WACZ files of any tool, taken as one set."""
    paths = list(paths)
    pace = Pace(
        sum(_size(path) for path in paths), tally or Tally(), progress, most_bytes_s=most_bytes_s
    )
    with References(unknown_original="note") as references:
        for path in paths:
            with _unreadable() as problem:
                yield from _check_file(path, references, pace)
            if problem:
                found = f"cannot be read ({problem[0].strerror})"
                yield _of_file(path, "no-archive", found, "a WARC file")
        yield from references.faults()


def _check_file(path: Path, references: References, pace: Pace) -> Iterator[Fault]:
    with path.open("rb") as file:
        if file.read(4) == b"PK\x03\x04":

            def check_one(inside: BinaryIO, shown: str, places: Places) -> Iterator[Fault]:
                return _check_one(inside, shown, references, pace, places)

            yield from check_package(path, check_one)
            return
        file.seek(0)
        yield from _check_one(file, str(path), references, pace)


def _check_one(
    file: BinaryIO,
    shown: str,
    references: References,
    pace: Pace,
    places: Places | None = None,
) -> Iterator[Fault]:
    """One WARC file of any tool; notes in `places` where its records stand."""
    check = FileCheck(file, shown, advance=pace.add)
    references.begin_file(shown, is_lenient=False)
    is_first = True
    for found in check:
        if isinstance(found, Fault):
            yield found
            continue
        if places is not None:
            places.add((Path(shown).name, found.offset, found.length))
        if not check.is_arc:
            references.add(found.record, found.offset)
            if is_first:
                yield from _check_first(found, Path(shown).name, shown, level="note")
        is_first = False
    _count(pace, check)


class _OwnFile:
    """One file of the collection against its row and the rows of its captures."""

    def __init__(
        self, collection: Collection, row: sqlite3.Row, references: References, pace: Pace
    ) -> None:
        self._connection = collection.connection
        self._row = row
        self._references = references
        self._pace = pace
        self._is_open = row["state"] == "open"
        self._is_own = row["origin"] == "crawl"
        self._path = collection.warcs / (row["name"] + (OPEN_SUFFIX if self._is_open else ""))
        if self._is_open and row["sha256"] is None and not self._path.exists():
            # Sealing was cut short between the file's last name and its row: recovery goes on.
            self._path = collection.warcs / row["name"]

    def check(self) -> Iterator[Fault]:
        path, row = self._path, self._row
        if not path.is_file():
            yield self._whole("file-missing", "no such file", "the WARC file of a row")
            return
        size, durable = path.stat().st_size, row["durable_bytes"]
        if size < durable or (size > durable and not self._is_open):
            expected = f"{durable} that were acknowledged"
            yield self._whole("durable", f"{size} bytes", expected)
        with _unreadable() as problem, path.open("rb") as file:
            if self._is_open and not _is_held(file):
                expected = "a process that writes it; the next crawl puts it right"
                yield self._whole("left-open", "an open file of no process", expected, "note")
            yield from self._check_bytes(file)
        if problem:
            found = f"cannot be read ({problem[0].strerror})"
            yield self._whole("file-missing", found, "a WARC file")

    def _check_bytes(self, file: BinaryIO) -> Iterator[Fault]:
        row, shown = self._row, str(self._path)
        check = FileCheck(
            file,
            shown,
            # Past the durable offset a living crawl is at work.
            end=row["durable_bytes"] if self._is_open else None,
            is_wire=self._is_own,
            is_sealed=not self._is_open and row["sha256"] is not None,
            advance=self._pace.add,
        )
        # What was damaged in a file of another tool was left out, and may be pointed to.
        self._references.begin_file(shown, is_lenient=not self._is_own or self._is_open)
        rows = RowsOfFile(self._connection, row["id"], shown, is_own=self._is_own)
        is_first = True
        for found in check if row["durable_bytes"] or not self._is_open else ():
            if isinstance(found, Fault):
                yield found
                continue
            self._references.add(found.record, found.offset)
            yield from rows.compare(found)
            if is_first and self._is_own:
                yield from _check_first(found, row["name"], shown, level="fault")
            is_first = False
        _count(self._pace, check)
        yield from rows.without_bytes()
        if not self._is_open and row["sha256"] is not None:
            actual = check.sha256()
            if actual != row["sha256"]:
                expected = f"{row['sha256']} of the day it was sealed"
                yield self._whole("file-digest", f"SHA-256 {actual}", expected)

    def _whole(self, kind: str, found: str, expected: str, level: Level = "fault") -> Fault:
        return _of_file(self._path, kind, found, expected, level)


def _check_first(found: FoundRecord, name: str, shown: str, *, level: Level) -> Iterator[Fault]:
    """A file begins with its warcinfo, which knows its name."""
    head = found.record.head
    said = head.field("WARC-Filename") if head.type == "warcinfo" else None
    if said == name or (level == "note" and head.type == "warcinfo" and said is None):
        return
    yield Fault(
        file=shown,
        offset=found.offset,
        kind="warcinfo",
        found=f"a first record of type {head.type} with WARC-Filename {said!r}",
        expected=f"a warcinfo with {name!r}",
        level=level,
    )


def _files_without_row(collection: Collection, known: set[str]) -> Iterator[Fault]:
    for path in sorted(collection.warcs.glob("*")):
        if path.name.removesuffix(OPEN_SUFFIX) not in known:
            found = "a file that the database does not know"
            expected = (
                "one of a row (the next crawl puts it right)"
                if path.name.endswith(OPEN_SUFFIX)
                else "one that was imported (`archiater import` adopts it)"
            )
            yield _of_file(path, "file-unknown", found, expected)


def _quarantined(collection: Collection) -> Iterator[Fault]:
    for path in sorted(collection.quarantine.glob("*")):
        found = f"{_size(path)} bytes that recovery moved aside"
        yield _of_file(path, "quarantine", found, "nothing, after a look at them", "note")


def _of_file(path: Path, kind: str, found: str, expected: str, level: Level = "fault") -> Fault:
    return Fault(
        file=str(path), offset=None, kind=kind, found=found, expected=expected, level=level
    )


def _count(pace: Pace, check: FileCheck) -> None:
    pace.tally.files += 1
    pace.tally.records += check.records


def _is_held(file: BinaryIO) -> bool:
    """Whether a living process writes this file."""
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    fcntl.flock(file.fileno(), fcntl.LOCK_UN)
    return False


@contextmanager
def _unreadable() -> Iterator[list[OSError]]:
    """The error of a file that cannot be read, in the list when the block has ended."""
    problem: list[OSError] = []
    try:
        yield problem
    except OSError as error:
        problem.append(error)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
