"""`indexes/index.cdxj`: the collection's own index, brought up to date after a crawl or import.

It is derived: nothing in a crawl depends on it, and what is missing or wrong is made anew from the
database. Beside it lies `index.json`, which says what the index was made of: each sealed WARC file
with its digest and its number of captures, and the size and digest of the index itself. Where that
is a part of what the database has, the lines of the other files are merged in, in one pass over the
old index; where it is not (a file is gone or another, the index was changed by hand, a kill came
between the two files), the index is built from nothing.
"""

from __future__ import annotations

import fcntl
import hashlib
import heapq
import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from archive.cdxj import cdxj_lines, sorted_lines
from archive.collection import Collection
from archive.errors import ArchiveError, disk_error
from archive.warc_writing import sync_folder

logger = logging.getLogger(__name__)

_SCHEMA = "archiater/cdxj-index/1"
_BUFFER_BYTES = 1 << 20

_Files = Mapping[str, tuple[str, int]]


@dataclass(frozen=True, kw_only=True)
class UpdatedIndex:
    """What became of the index."""

    lines: int
    """In the whole index."""
    added: int
    """Lines that are new in it; all of them where it was built from nothing."""
    is_rebuilt: bool


class _Changed(Exception):
    """The old index is not the one that was made."""


@dataclass(frozen=True, kw_only=True)
class _Made:
    """What an index was made of."""

    files: _Files
    """Digest and number of captures of each WARC file, by its name."""
    lines: int
    bytes: int
    sha256: str


def index_path(collection: Collection) -> Path:
    return collection.path / "indexes" / "index.cdxj"


def update_cdxj(collection: Collection) -> UpdatedIndex:
    """Bring the index up to date with the database; a second call does nothing.

    Only sealed WARC files are in it. Waits for another process that does the same. Raises
    `DiskFull` or `DiskFailed`; the old index is whole then.
    """
    path = index_path(collection)
    try:
        path.parent.mkdir(exist_ok=True)
        with _alone(collection), collection.snapshot():
            return _update(collection, path)
    except OSError as error:
        raise disk_error(path, error) from error


def keep_cdxj(collection: Collection) -> None:
    """`update_cdxj` after a crawl or import, which is whole without it: a failure is only logged.

    The next call makes up for it.
    """
    try:
        update_cdxj(collection)
    except (ArchiveError, sqlite3.Error) as error:
        logger.warning("the CDXJ index stays as it was: %s", error)


def _update(collection: Collection, path: Path) -> UpdatedIndex:
    wanted = _sealed_files(collection)
    made = _read_state(path)
    if made is not None and _size(path) == made.bytes and made.files.items() <= wanted.items():
        fresh = {name: wanted[name] for name in wanted.keys() - made.files.keys()}
        if not fresh:
            return UpdatedIndex(lines=made.lines, added=0, is_rebuilt=False)
        with suppress(_Changed):
            now = _merge(collection, path, made, fresh)
            return UpdatedIndex(lines=now.lines, added=now.lines - made.lines, is_rebuilt=False)
    if path.exists():
        logger.info("%s: does not fit the database any more, built anew", path)
    built = _build(collection, path, wanted)
    return UpdatedIndex(lines=built.lines, added=built.lines, is_rebuilt=True)


def _sealed_files(collection: Collection) -> dict[str, tuple[str, int]]:
    # The index on (warc_file_id, offset) counts five million captures in a fraction of a second.
    rows = collection.connection.execute(
        """
        select w.name, w.sha256, n.captures
        from (select warc_file_id, count(*) as captures from captures group by warc_file_id) n
        join warc_files w on w.id = n.warc_file_id
        where w.state = 'sealed'
        """
    )
    return {row["name"]: (row["sha256"] or "", row["captures"]) for row in rows}


def _merge(collection: Collection, path: Path, made: _Made, fresh: _Files) -> _Made:
    """The index with the lines of `fresh` merged in.

    Raises `_Changed` where the old one is not what was made: that is known only after it was read,
    so nothing is published before.
    """
    with path.open("rb", buffering=_BUFFER_BYTES) as file:
        old = _Digested(file)
        with _growing(collection, path, fresh) as (lines, publish):
            merged = _Digested(heapq.merge(old, lines))
            publish(merged)
            if old.sha256 != made.sha256:
                raise _Changed
    now = _made({**made.files, **fresh}, merged)
    _write_state(path, now)
    return now


def _build(collection: Collection, path: Path, files: _Files) -> _Made:
    with _growing(collection, path, files) as (lines, publish):
        digested = _Digested(lines)
        publish(digested)
    made = _made(files, digested)
    _write_state(path, made)
    return made


@contextmanager
def _growing(
    collection: Collection, path: Path, files: _Files
) -> Iterator[tuple[Iterator[bytes], Callable[[Iterable[bytes]], None]]]:
    """The sorted lines of `files`, and the function that writes what becomes the index when the
    block ends well."""
    lines = cdxj_lines(
        collection.connection,
        where="w.name in (select value from json_each(?))",
        values=(json.dumps(sorted(files)),),
    )
    growing = path.with_name(".index.cdxj.part")

    def write(merged: Iterable[bytes]) -> None:
        with growing.open("wb", buffering=_BUFFER_BYTES) as file:
            file.writelines(merged)
            file.flush()
            os.fsync(file.fileno())

    try:
        with sorted_lines(lines, folder=path.parent) as fresh:
            yield fresh, write
        growing.replace(path)
    finally:
        growing.unlink(missing_ok=True)


def _made(files: _Files, index: _Digested) -> _Made:
    return _Made(files=files, lines=index.lines, bytes=index.bytes, sha256=index.sha256)


class _Digested(Iterable[bytes]):
    """Lines on their way, counted and digested."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines
        self._sha256 = hashlib.sha256()
        self.lines = 0
        self.bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self._sha256.update(line)
            self.lines += 1
            self.bytes += len(line)
            yield line

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()


def _state_path(path: Path) -> Path:
    return path.with_suffix(".json")


def _read_state(path: Path) -> _Made | None:
    """What the index at `path` was made of; None where nobody knows."""
    try:
        state = json.loads(_state_path(path).read_bytes())
        if state["schema"] != _SCHEMA:
            return None
        return _Made(
            files={name: (sha256, captures) for name, (sha256, captures) in state["files"].items()},
            lines=int(state["lines"]),
            bytes=int(state["bytes"]),
            sha256=str(state["sha256"]),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write_state(path: Path, made: _Made) -> None:
    state = _state_path(path)
    growing = state.with_name(".index.json.part")
    text = json.dumps({"schema": _SCHEMA, **asdict(made)}, indent=1, sort_keys=True) + "\n"
    with growing.open("wb") as file:
        file.write(text.encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    growing.replace(state)
    sync_folder(state.parent)


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


@contextmanager
def _alone(collection: Collection) -> Iterator[None]:
    """One process at a time; the next one finds the work done."""
    descriptor = os.open(collection.run / "cdxj.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
