"""Taking in WARC, ARC and WACZ files of any tool: a copy in warcs/, and a row for each capture.

A copy holds the whole records of its source, each one gzip member: members that are so already are
copied byte for byte, anything else is written anew with the same heads and blocks. What is damaged
is left out and named. Files that lie in the collection's own warcs/ are adopted where they are, so
that a lost database can be made again. What is here already is left out, whatever file it comes in:
the same file twice, renamed, packed otherwise or inside a WACZ changes nothing.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.captured_records import CapturedRecord, join_requests
from archive.collection import Collection
from archive.crawls import begin_import, end_import
from archive.errors import OperatorError
from archive.foreign_warcs import ForeignRecord, iterate_records
from archive.imported_contents import Contents, Skipped, belonging_to, find_known, why_not
from archive.locks import import_lock
from archive.packages import BrokenPackage, PackedFile, list_packed, unpack
from archive.revisits import enter_capture, settle
from archive.times import as_text
from archive.warc_copying import WarcCopy
from archive.warc_members import Damage, sha256_of
from archive.warc_writing import OPEN_SUFFIX
from archive.zstd_frames import is_zstd

_TEMPORARY = "import-"
_SUFFIXES = re.compile(r"(\.(warc|arc|gz|zst|wacz|open|unpacked))+$", re.IGNORECASE)
_OF_AN_ARCHIVE = re.compile(r"\.w?arc(\.gz|\.zst)?(\.open)?$", re.IGNORECASE)
_ZIP_MAGIC = b"PK\x03\x04"

SiteOf = Callable[[str], str]
Progress = Callable[[int, int], None]
"""Called with the bytes read so far and the bytes of all files."""


class NotAnArchive(OperatorError):
    """A file that was to be imported is none that can be."""


@dataclass(frozen=True, kw_only=True)
class ImportedFile:
    """What became of one file."""

    file: str
    """As it was given; `FILE.wacz!archive/NAME` for a WARC file inside a WACZ file."""
    name: str | None
    """Its name in warcs/; None where nothing in it could be taken in."""
    captures: int = 0
    other_records: int = 0
    """WARC records that are no capture: warcinfo, metadata, resources, lookups."""
    skipped: tuple[Skipped, ...] = ()
    skipped_more: int = 0
    """Parts that were left out besides those of `skipped`: a file may be damaged all over."""
    known: int = 0
    """Captures that were here already and were left out."""
    is_known: bool = False
    """It was in the collection already: nothing was changed."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import brought."""

    files: tuple[ImportedFile, ...]
    crawl_id: int | None
    """Its row in `crawls`; None where nothing was new."""

    @property
    def captures(self) -> int:
        return sum(file.captures for file in self.files)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        return tuple(part for file in self.files for part in file.skipped)

    @property
    def skipped_more(self) -> int:
        return sum(file.skipped_more for file in self.files)


def import_warcs(
    collection: Collection,
    files: Sequence[Path],
    *,
    site_of: SiteOf,
    progress: Progress | None = None,
) -> Imported:
    """Take in every whole capture of `files`; `site_of` names the site of a URL.

    Each file is entered in one transaction, its captures in the order of their time. Raises
    `NotAnArchive` before anything is changed where a file is missing or of no known kind,
    `LockedCollection` where another process imports, `DiskFull` where the copy finds no room.
    """
    for path in files:
        _check_kind(path)
    with import_lock(collection):
        for left in collection.run.glob(f"{_TEMPORARY}*"):
            # Of an import that was killed: it begins anew.
            left.unlink(missing_ok=True)
        run = _Import(collection, files, site_of, progress)
        imported: list[ImportedFile] = []
        for path in files:
            imported += run.take_in(path)
        return Imported(files=tuple(imported), crawl_id=run.finish())


def _check_kind(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError as error:
        raise NotAnArchive(
            f"{path}: cannot be read ({error.strerror}); give WARC, ARC or WACZ files"
        ) from error
    known = (b"\x1f\x8b", _ZIP_MAGIC, b"WARC/", b"filedesc://")
    # A file that bears the name of an archive may be damaged at its very beginning.
    if head.startswith(known) or is_zstd(head) or (head and _OF_AN_ARCHIVE.search(path.name)):
        return
    raise NotAnArchive(
        f"{path}: begins with {head!r}, expected a WARC, ARC or WACZ file; give one of those"
    )


class _Import:
    """One run over several files."""

    def __init__(
        self,
        collection: Collection,
        files: Sequence[Path],
        site_of: SiteOf,
        progress: Progress | None,
    ) -> None:
        self._collection = collection
        self._files = files
        self._site_of = site_of
        self._progress = progress or (lambda done, total: None)
        self._total = sum(path.stat().st_size for path in files)
        self._done = 0
        self._crawl_id: int | None = None
        self._unsettled_revisits: list[tuple[int, CapturedRecord]] = []

    def take_in(self, path: Path) -> Iterator[ImportedFile]:
        is_ours = path.resolve().parent == self._collection.warcs.resolve()
        with path.open("rb") as file:
            is_package = file.read(4) == _ZIP_MAGIC
        if is_ours and path.suffix == OPEN_SUFFIX:
            yield _nothing_of(str(path), "still open (`archiater crawl` seals what was left open)")
        elif is_ours:
            yield self._adopt(path)
        elif is_package:
            yield from self._take_in_package(path)
        else:
            yield self._copy(path, str(path))
        self._done += path.stat().st_size
        self._progress(self._done, self._total)

    def finish(self) -> int | None:
        """Revisits whose original came with a later file; then the end of the crawl row."""
        if self._crawl_id is None:
            return None
        with self._collection.transaction() as connection:
            for capture_id, revisit in self._unsettled_revisits:
                settle(connection, capture_id, revisit)
        return end_import(self._collection, self._crawl_id, now=datetime.now(UTC)).id

    def _take_in_package(self, path: Path) -> Iterator[ImportedFile]:
        try:
            inside = list_packed(path, "archive/")
        except BrokenPackage as error:
            yield _nothing_of(str(path), f"{error}; its records are looked for one by one")
            yield self._copy(path, str(path), is_broken_package=True)
            return
        if not inside:
            yield _nothing_of(str(path), "a WACZ file without a WARC file in archive/")
        for part in inside:
            yield self._take_in_packed(path, part)

    def _take_in_packed(self, path: Path, part: PackedFile) -> ImportedFile:
        shown = f"{path}!{part.name}"
        # No part of the name inside goes into this one: it may be longer than a name can be.
        unpacked = self._collection.run / f"{_TEMPORARY}{os.getpid()}.unpacked"
        try:
            problem = unpack(path, part, unpacked)
            try:
                _check_kind(unpacked)
            except NotAnArchive:
                return _nothing_of(shown, problem or "no WARC file")
            imported = self._copy(unpacked, shown)
        finally:
            unpacked.unlink(missing_ok=True)
        if problem is None or imported.is_known:
            return imported
        return replace(
            imported,
            skipped=(*imported.skipped, Skipped(file=shown, offset=part.offset, what=problem)),
        )

    def _adopt(self, path: Path) -> ImportedFile:
        """Enter a file of warcs/ as it is."""
        if self._is_known(path.name):
            return ImportedFile(file=str(path), name=path.name, is_known=True)
        contents = Contents()
        for number, found in enumerate(self._records(path)):
            if isinstance(found, Damage):
                contents.skip(_skipped(str(path), found))
            elif not found.is_alone:
                contents.skip(
                    Skipped(
                        file=str(path),
                        offset=found.offset,
                        what="a WARC record that is no gzip member by itself (move the file out of "
                        "warcs/ and import it from there)",
                    )
                )
            else:
                contents.add(found, number, found.offset, found.length)
            self._show(found)
        known = find_known(self._collection.connection, contents)
        if known:
            kept = [number not in known for number in contents.numbers]
            contents.captured = [
                it for it, keep in zip(contents.captured, kept, strict=True) if keep
            ]
            if not contents.captured:
                return ImportedFile(file=str(path), name=path.name, known=len(known), is_known=True)
        origin = "crawl" if contents.own_site is not None else "import"
        sha256 = sha256_of(path)
        imported = self._enter(
            str(path), path, contents, origin=origin, sha256=sha256, source_sha256=None
        )
        return replace(imported, known=len(known))

    def _copy(self, path: Path, shown: str, *, is_broken_package: bool = False) -> ImportedFile:
        source_sha256 = sha256_of(path)
        name = _safe_name(Path(shown.rpartition("!")[2]), source_sha256)
        if self._is_known(name) or self._is_known_source(source_sha256):
            return ImportedFile(file=shown, name=name, is_known=True)
        copy = WarcCopy(self._collection.run / f"{_TEMPORARY}{source_sha256[:16]}.tmp")
        try:
            contents = self._fill(copy, path, shown, frozenset(), is_broken_package)
            known = find_known(self._collection.connection, contents)
            if known and len(known) == len(contents.captured):
                return ImportedFile(file=shown, name=None, known=len(known), is_known=True)
            if known:
                copy.begin_anew()
                leave_out = known | belonging_to(contents, known)
                contents = self._fill(copy, path, shown, leave_out, is_broken_package)
            if copy.size == 0:
                return ImportedFile(
                    file=shown,
                    name=None,
                    skipped=tuple(contents.skipped),
                    skipped_more=contents.skipped_more,
                )
            # A kill before the rows are entered leaves a file without rows. The next import
            # of the same source writes the same bytes under the same name.
            target = self._collection.warcs / name
            copy.publish(target)
        finally:
            copy.discard()
        imported = self._enter(
            shown,
            target,
            contents,
            origin="import",
            sha256=copy.sha256,
            source_sha256=source_sha256,
        )
        return replace(imported, known=len(known))

    def _records(
        self, path: Path, *, is_broken_package: bool = False
    ) -> Iterator[ForeignRecord | Damage]:
        return iterate_records(
            path, spill_folder=self._collection.run, is_among_others=is_broken_package
        )

    def _fill(
        self,
        copy: WarcCopy,
        path: Path,
        shown: str,
        leave_out: frozenset[int],
        is_broken_package: bool,
    ) -> Contents:
        """Write what is whole in the file to `copy`, but for the numbers of `leave_out`."""
        contents = Contents()
        with path.open("rb") as source:
            records = self._records(path, is_broken_package=is_broken_package)
            for number, found in enumerate(records):
                self._show(found)
                if isinstance(found, Damage):
                    contents.skip(_skipped(shown, found))
                elif number not in leave_out:
                    problem = why_not(found.record)
                    if problem is not None:
                        contents.skip(Skipped(file=shown, offset=found.offset, what=problem))
                        continue
                    offset, length = copy.add(found, source)
                    contents.add(found, number, offset, length)
        return contents

    def _enter(
        self,
        shown: str,
        path: Path,
        contents: Contents,
        *,
        origin: str,
        sha256: str,
        source_sha256: str | None,
    ) -> ImportedFile:
        """Rows of one file in one transaction."""
        join_requests(contents.captured, contents.requests)
        contents.captured.sort(key=lambda capture: capture.columns["fetched_at"])
        size = path.stat().st_size
        crawl_id = self._begin()
        now = as_text(datetime.now(UTC))
        with self._collection.transaction() as connection:
            file_id = connection.execute(
                """
                insert into warc_files (
                    name, state, origin, durable_bytes, sha256, source_sha256, created_at, sealed_at
                )
                values (?, 'sealed', ?, ?, ?, ?, ?, ?)
                """,
                (path.name, origin, size, sha256, source_sha256, now, now),
            ).lastrowid
            for capture in contents.captured:
                site = contents.own_site or self._site_of(capture.columns["url"])
                self._add(
                    connection,
                    capture,
                    {"warc_file_id": file_id, "crawl_id": crawl_id, "site": site},
                )
        return ImportedFile(
            file=shown,
            name=path.name,
            captures=len(contents.captured),
            other_records=contents.others,
            skipped=tuple(contents.skipped),
            skipped_more=contents.skipped_more,
        )

    def _add(
        self, connection: sqlite3.Connection, capture: CapturedRecord, owner: dict[str, Any]
    ) -> None:
        connection.execute(
            "insert into sites (name) values (?) on conflict do nothing", (owner["site"],)
        )
        entered = enter_capture(connection, capture, owner)
        if entered.is_unsettled:
            self._unsettled_revisits.append((entered.id, capture))

    def _begin(self) -> int:
        if self._crawl_id is None:
            self._crawl_id = begin_import(
                self._collection,
                files=[str(path) for path in self._files],
                now=datetime.now(UTC),
            )
        return self._crawl_id

    def _is_known(self, name: str) -> bool:
        found = self._collection.connection.execute(
            "select 1 from warc_files where name = ?", (name,)
        )
        return found.fetchone() is not None

    def _is_known_source(self, sha256: str) -> bool:
        found = self._collection.connection.execute(
            "select 1 from warc_files where source_sha256 = ? or sha256 = ?", (sha256, sha256)
        )
        return found.fetchone() is not None

    def _show(self, found: ForeignRecord | Damage) -> None:
        self._progress(min(self._done + found.offset + found.length, self._total), self._total)


def _skipped(shown: str, damage: Damage) -> Skipped:
    what = f"{damage.what}, the file is cut off there" if damage.is_torn else damage.what
    return Skipped(file=shown, offset=damage.offset, what=what)


def _nothing_of(shown: str, what: str) -> ImportedFile:
    return ImportedFile(file=shown, name=None, skipped=(Skipped(file=shown, offset=0, what=what),))


def _safe_name(path: Path, sha256: str) -> str:
    """A name for the copy, the same for the same source.

    >>> _safe_name(Path("../My crawl.warc.gz"), "0123456789abcdef")
    'My_crawl-01234567.warc.gz'
    """
    stem = re.sub(r"[^A-Za-z0-9._-]+", "_", _SUFFIXES.sub("", path.name)).strip("._-")
    return f"{stem[:100] or 'import'}-{sha256[:8]}.warc.gz"
