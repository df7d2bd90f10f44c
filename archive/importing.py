"""Taking in WARC, ARC and WACZ files of any tool: a copy in warcs/, and a row for each capture.

A copy holds the whole records of its source, each one gzip member: members that are so already are
copied byte for byte, anything else is written anew with the same blocks. What is damaged is left
out and named. Files that lie in the collection's own warcs/ are adopted where they are, so that a
lost database can be made again. The same file twice changes nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from archive.captured_records import (
    REVISIT_WITHOUT_ORIGINAL,
    CapturedRecord,
    RequestRecord,
    captured_record,
    join_requests,
    request_record,
)
from archive.captures import insert_capture
from archive.collection import Collection
from archive.crawls import begin_import, end_import
from archive.errors import LockedCollection, OperatorError
from archive.foreign_warcs import ForeignRecord, as_member, iterate_records
from archive.recording import SITE_FIELD
from archive.revisits import find_original, resolve
from archive.times import as_text
from archive.warc_members import Damage, sha256_of
from archive.warc_reading import WarcRecord
from archive.warc_writing import OPEN_SUFFIX, disk_error, lock, sync_folder

_STEP = 1 << 20
_SUFFIXES = re.compile(r"(\.(warc|arc|gz|wacz))+$", re.IGNORECASE)
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZIP_MAGIC = b"PK\x03\x04"
# What a packed file may grow by when it is unpacked; gzip of text does not reach it.
_MOST_GROWTH = 200

SiteOf = Callable[[str], str]
Progress = Callable[[int, int], None]
"""Called with the bytes read so far and the bytes of all files."""


class NotAnArchive(OperatorError):
    """A file that was to be imported is none that can be."""


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A part of a file that was not taken in."""

    file: str
    offset: int
    what: str

    def __str__(self) -> str:
        return f"{self.file} at offset {self.offset}: {self.what}; left out"


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
    `DiskFull` where the copy finds no room.
    """
    for path in files:
        _check_kind(path)
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
    if head.startswith(_ZSTD_MAGIC):
        raise NotAnArchive(
            f"{path}: compressed with zstd; unpack it with `zstd -d` and import that"
        )
    if not head.startswith((b"\x1f\x8b", _ZIP_MAGIC, b"WARC/", b"filedesc://")):
        raise NotAnArchive(
            f"{path}: begins with {head!r}, expected a WARC, ARC or WACZ file; give one of those"
        )


@dataclass
class _Contents:
    """What was found in one file, ready to be entered."""

    captured: list[CapturedRecord] = field(default_factory=list)
    requests: list[RequestRecord] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    others: int = 0
    own_site: str | None = None
    """The site that our own recorder named in the warcinfo."""

    def add(self, record: WarcRecord, offset: int, length: int) -> None:
        capture = captured_record(record, offset=offset, length=length)
        if capture is not None:
            self.captured.append(capture)
            return
        request = request_record(record, offset=offset, length=length)
        if request is not None:
            self.requests.append(request)
            return
        self.others += 1
        if record.type == "warcinfo" and self.own_site is None:
            found = re.search(rb"^%s: (.+?)\r?$" % SITE_FIELD.encode(), record.block, re.MULTILINE)
            self.own_site = found[1].decode("utf-8", "replace") if found else None


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
        self._lonely_revisits: list[tuple[int, CapturedRecord]] = []

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
            for capture_id, revisit in self._lonely_revisits:
                original = find_original(connection, revisit)
                if original is not None:
                    resolve(connection, capture_id, revisit, original)
        return end_import(self._collection, self._crawl_id, now=datetime.now(UTC)).id

    def _take_in_package(self, path: Path) -> Iterator[ImportedFile]:
        try:
            with zipfile.ZipFile(path) as package:
                inside = [
                    info
                    for info in package.infolist()
                    if info.filename.startswith("archive/") and not info.is_dir()
                ]
                if not inside:
                    yield _nothing_of(str(path), "a WACZ file without a WARC file in archive/")
                for info in inside:
                    yield self._take_in_packed(path, package, info)
        except zipfile.BadZipFile as error:
            raise NotAnArchive(f"{path}: a broken WACZ file ({error}); fetch it again") from error

    def _take_in_packed(
        self, path: Path, package: zipfile.ZipFile, info: zipfile.ZipInfo
    ) -> ImportedFile:
        shown = f"{path}!{info.filename}"
        if info.file_size > _MOST_GROWTH * (info.compress_size + _STEP):
            return _nothing_of(shown, "a file that grows without measure when unpacked")
        # No part of the name inside goes into this one: it may be longer than a name can be.
        unpacked = self._collection.run / f"import-{os.getpid()}.unpacked"
        try:
            try:
                with package.open(info) as source, unpacked.open("wb") as copy:
                    shutil.copyfileobj(source, copy, _STEP)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
                return _nothing_of(shown, f"cannot be unpacked ({error})")
            except OSError as error:
                raise disk_error(unpacked, error) from error
            try:
                _check_kind(unpacked)
            except NotAnArchive:
                return _nothing_of(shown, "no WARC file")
            return self._copy(unpacked, shown)
        finally:
            unpacked.unlink(missing_ok=True)

    def _adopt(self, path: Path) -> ImportedFile:
        """Enter a file of warcs/ as it is."""
        if self._is_known(path.name):
            return ImportedFile(file=str(path), name=path.name, is_known=True)
        contents = _Contents()
        for found in iterate_records(path):
            if isinstance(found, Damage):
                contents.skipped.append(_skipped(str(path), found))
            elif not found.is_alone:
                contents.skipped.append(
                    Skipped(
                        file=str(path),
                        offset=found.offset,
                        what="a WARC record that is no gzip member by itself (move the file out of "
                        "warcs/ and import it from there)",
                    )
                )
            else:
                contents.add(found.record, found.offset, found.length)
            self._show(found)
        origin = "crawl" if contents.own_site is not None else "import"
        return self._enter(str(path), path, contents, origin=origin, source_sha256=None)

    def _copy(self, path: Path, shown: str) -> ImportedFile:
        source_sha256 = sha256_of(path)
        name = _safe_name(Path(shown.rpartition("!")[2]), source_sha256)
        if self._is_known(name) or self._is_known_source(source_sha256):
            return ImportedFile(file=shown, name=name, is_known=True)
        with _temporary(self._collection.run / f"import-{source_sha256[:16]}.tmp") as copy:
            contents = _Contents()
            try:
                with path.open("rb") as source:
                    for found in iterate_records(path):
                        self._keep(found, source, copy, contents, shown)
                if copy.tell() == 0:
                    return ImportedFile(file=shown, name=None, skipped=tuple(contents.skipped))
                copy.flush()
                os.fsync(copy.fileno())
                # A kill before the rows are entered leaves a file without rows. The next import
                # of the same source writes the same bytes under the same name.
                target = self._collection.warcs / name
                Path(copy.name).rename(target)
                sync_folder(target.parent)
            except OSError as error:
                raise disk_error(Path(copy.name), error) from error
        return self._enter(shown, target, contents, origin="import", source_sha256=source_sha256)

    def _keep(
        self,
        found: ForeignRecord | Damage,
        source: BinaryIO,
        copy: BinaryIO,
        contents: _Contents,
        shown: str,
    ) -> None:
        if isinstance(found, Damage):
            contents.skipped.append(_skipped(shown, found))
            return
        if found.is_alone:
            source.seek(found.offset)
            member = source.read(found.length)
        else:
            member = as_member(found.record)
        offset = copy.tell()
        copy.write(member)
        contents.add(found.record, offset, len(member))
        self._show(found)

    def _enter(
        self,
        shown: str,
        path: Path,
        contents: _Contents,
        *,
        origin: str,
        source_sha256: str | None,
    ) -> ImportedFile:
        """Rows of one file in one transaction."""
        join_requests(contents.captured, contents.requests)
        contents.captured.sort(key=lambda capture: capture.columns["fetched_at"])
        sha256, size = sha256_of(path), path.stat().st_size
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
        )

    def _add(
        self, connection: sqlite3.Connection, capture: CapturedRecord, owner: dict[str, Any]
    ) -> None:
        connection.execute(
            "insert into sites (name) values (?) on conflict do nothing", (owner["site"],)
        )
        columns = capture.columns
        is_repeat = columns["record_type"] == "revisit" and columns.get("status") != 304
        if not is_repeat:
            insert_capture(connection, {**columns, **owner})
            return
        original = find_original(connection, capture)
        if original is None:
            lonely = {"outcome": "skipped", "reason": REVISIT_WITHOUT_ORIGINAL}
            capture_id = insert_capture(connection, {**columns, **lonely, **owner})
            self._lonely_revisits.append((capture_id, capture))
        else:
            capture_id = insert_capture(connection, {**columns, **owner})
            resolve(connection, capture_id, capture, original)

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


@contextmanager
def _temporary(path: Path) -> Iterator[BinaryIO]:
    """A file that is gone afterwards unless it was renamed; one process at a time has it."""
    try:
        file = path.open("ab")
    except OSError as error:
        raise disk_error(path, error) from error
    with file:
        if not lock(file.fileno()):
            raise LockedCollection(f"{path}: another process imports the same file; wait for it")
        # What a killed import left is begun anew.
        file.truncate(0)
        file.seek(0)
        try:
            yield file
        finally:
            path.unlink(missing_ok=True)
            # Where all went well it was flushed; else the rest finds no room, and says so again.
            with suppress(OSError):
                file.close()
