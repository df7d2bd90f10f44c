"""The WARC files of a package, and the index lines of what is in them.

A package of everything holds the collection's sealed WARC files as they are, evidence that nobody
touched. A package of a selection holds files written anew, one or more for each site: a warcinfo,
then the compressed records of the selected captures, request and response, copied byte for byte, so
that digests and record ids stay what they were. What is copied is never decoded.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Self

from archive.cdxj import IS_LINE, LINE_COLUMNS, cdxj_line
from archive.collection import Collection
from archive.errors import DamagedWarc
from archive.exporting.package import Package, Part
from archive.recording import MAX_FILE_BYTES, SITE_FIELD
from archive.times import from_text
from archive.warc_records import warcinfo_member

_STEP = 1 << 20

Told = Callable[[int], None]
"""Called with the bytes written since the last call."""


def count_bytes(collection: Collection, *, where: str | None) -> int:
    """How many bytes of WARC files `add_warcs` will copy."""
    if where is None:
        sql = "select coalesce(sum(durable_bytes), 0) from warc_files where state = 'sealed'"
    else:
        sql = f"""
            select coalesce(sum(c.length + coalesce(c.request_length, 0)), 0)
            from captures c
            join warc_files w on w.id = c.warc_file_id
            where w.state = 'sealed' and {where}
        """  # noqa: S608 - only our own words
    total: int = collection.connection.execute(sql).fetchone()[0]
    return total


def add_whole_files(collection: Collection, package: Package, told: Told) -> Generator[bytes]:
    """Copy every sealed file and give the index lines, in no order.

    Raises `DamagedWarc` for a file that is gone, short, or not the one that was sealed.
    """
    files = collection.connection.execute(
        "select id, name, sha256 from warc_files where state = 'sealed' order by name"
    ).fetchall()
    for file in files:
        path = collection.warcs / file["name"]
        captures = collection.connection.execute(
            f"""
            select {LINE_COLUMNS}
            from captures c
            join warc_files w on w.id = c.warc_file_id
            where w.id = ? and {IS_LINE}
            order by c.offset
            """,  # noqa: S608 - only our own words
            (file["id"],),
        )
        with _opened(path) as source:
            size = path.stat().st_size
            with package.part(f"archive/{file['name']}", size=size) as part:
                copier = _Copier(source, path, part, told)
                for row in captures:
                    copier.copy(row["offset"] - part.bytes)
                    digest = copier.copy_digested(row["length"])
                    yield cdxj_line(*row, record_digest=digest)
                copier.copy(size - part.bytes)
        if file["sha256"] and part.sha256 != file["sha256"]:
            raise DamagedWarc(
                f"{path}: its SHA-256 is {part.sha256}, expected {file['sha256']} as it was "
                "sealed; run `archiater verify`, bring the file back from a copy"
            )


def add_selected_records(
    collection: Collection, package: Package, told: Told, *, where: str, software: str
) -> Generator[bytes]:
    """Write files with the captures of the condition `where` and give their index lines."""
    sites = collection.connection.execute(
        f"""
        select c.site, max(c.fetched_at) as latest,
            max(c.length + coalesce(c.request_length, 0)) as largest
        from captures c
        join warc_files w on w.id = c.warc_file_id
        where w.state = 'sealed' and {where}
        group by c.site
        order by c.site
        """  # noqa: S608 - only our own words
    ).fetchall()
    for site in sites:
        yield from _Site(collection, package, told, where, software, site).write()


class _Site:
    """The files of one site in a package of a selection."""

    def __init__(
        self,
        collection: Collection,
        package: Package,
        told: Told,
        where: str,
        software: str,
        site: sqlite3.Row,
    ) -> None:
        self._collection = collection
        self._package = package
        self._told = told
        self._where = where
        self._name: str = site["site"]
        self._created_at = from_text(site["latest"])
        # The last record may go past the limit, and the warcinfo comes on top.
        self._most_bytes: int = MAX_FILE_BYTES + site["largest"] + _STEP
        self._info: Mapping[str, str] = {
            "software": software,
            "isPartOf": self._name,
            "description": "A selection of the WARC records of a collection, each copied whole",
            # By this an import knows the site again.
            SITE_FIELD: self._name,
        }

    def write(self) -> Iterator[bytes]:
        rows = self._collection.connection.execute(
            f"""
            select c.*, w.name
            from captures c
            join warc_files w on w.id = c.warc_file_id
            where w.state = 'sealed' and {self._where} and c.site = ?
            order by w.name, c.offset
            """,  # noqa: S608 - only our own words
            (self._name,),
        )
        with _Sources(self._collection) as sources:
            row = next(rows, None)
            number = 0
            while row is not None:
                number += 1
                with self._file(number, row) as (name, part):
                    while row is not None and part.bytes < MAX_FILE_BYTES:
                        line = self._copy(row, name, sources, part)
                        if line is not None:
                            yield line
                        row = next(rows, None)

    @contextmanager
    def _file(self, number: int, first: sqlite3.Row) -> Iterator[tuple[str, Part]]:
        """A part of the package for one WARC file, begun with its warcinfo."""
        safe = re.sub(r"[^a-z0-9.-]+", "_", self._name.lower()).strip("._-")[:60] or "site"
        # Two sites whose names differ in other letters only get files of their own.
        mark = hashlib.sha256(self._name.encode("utf-8", "replace")).hexdigest()[:6]
        name = f"selection-{safe}-{mark}-{number:05d}.warc.gz"
        # Made of what is inside, so that the same selection gives the same file.
        record_id = uuid.uuid5(
            uuid.NAMESPACE_URL, f"{name} {first['record_id']} {self._created_at.isoformat()}"
        )
        with self._package.part(f"archive/{name}", size=self._most_bytes) as part:
            part.write(
                warcinfo_member(
                    name, self._info, record_id=f"urn:uuid:{record_id}", created_at=self._created_at
                )
            )
            yield name, part

    def _copy(self, row: sqlite3.Row, name: str, sources: _Sources, part: Part) -> bytes | None:
        source, path = sources.open(row["name"])
        copier = _Copier(source, path, part, self._told)
        if row["request_offset"] is not None:
            source.seek(row["request_offset"])
            copier.copy(row["request_length"])
        source.seek(row["offset"])
        offset = part.bytes
        digest = copier.copy_digested(row["length"])
        if row["record_type"] not in ("response", "revisit", "resource"):
            return None
        return cdxj_line(
            row["url"],
            row["fetched_at"],
            row["record_type"],
            row["status"],
            row["content_type"],
            row["payload_digest"],
            offset,
            row["length"],
            name,
            record_digest=digest,
        )


class _Sources:
    """The WARC files that records are copied from: one is open at a time."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._open: tuple[BinaryIO, Path] | None = None
        self._name = ""

    def open(self, name: str) -> tuple[BinaryIO, Path]:
        if self._open is None or name != self._name:
            self.close()
            path = self._collection.warcs / name
            self._open, self._name = (_opened(path), path), name
        return self._open

    def close(self) -> None:
        if self._open is not None:
            self._open[0].close()
            self._open = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Copier:
    """Copies from a file, at its place, into a part."""

    def __init__(self, source: BinaryIO, path: Path, part: Part, told: Told) -> None:
        self._source = source
        self._path = path
        self._part = part
        self._told = told

    def copy(self, length: int) -> None:
        for _ in self._pieces(length):
            pass

    def copy_digested(self, length: int) -> str:
        """Copy, and give the digest of what was copied as an index has it."""
        digest = hashlib.sha256()
        for piece in self._pieces(length):
            digest.update(piece)
        return f"sha256:{digest.hexdigest()}"

    def _pieces(self, length: int) -> Iterator[bytes]:
        while length > 0:
            piece = self._source.read(min(length, _STEP))
            if not piece:
                raise DamagedWarc(
                    f"{self._path}: ends {length} bytes before the end of a record; "
                    "run `archiater verify`, bring the file back from a copy"
                )
            self._part.write(piece)
            self._told(len(piece))
            length -= len(piece)
            yield piece


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise DamagedWarc(
            f"{path}: cannot be read ({error.strerror}); bring the file back from a copy"
        ) from error
