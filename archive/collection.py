"""A collection: one folder of WARC files with its database. Opened here, and closed here.

collection/
  archiater.toml  sites/  archive.db  warcs/  indexes/  quarantine/  logs/  run/
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archive import schema
from archive.errors import (
    DiskFailed,
    DiskFull,
    LockedCollection,
    NoCollection,
    ReadOnlyCollection,
    disk_error,
)

if TYPE_CHECKING:
    import sqlite_utils

_FOLDERS = ("sites", "warcs", "indexes", "quarantine", "logs", "run")
_BUSY_TIMEOUT_S = 30
_LEAST_ROOM_BYTES = 64 * 1024


class Collection:
    """An open collection. Use it as a context manager; `transaction()` around every write.

    `connection` is in autocommit mode: nothing is written outside `transaction()`.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only

    @classmethod
    def create(cls, path: Path) -> Collection:
        """Open the collection at `path`, making what of it is missing."""
        is_new = not (path / "archive.db").exists()
        try:
            for folder in _FOLDERS:
                (path / folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ReadOnlyCollection(
                f"{path}: cannot make a collection here ({error.strerror}); choose another with -C"
            ) from error
        collection = cls._open(path, read_only=False)
        if is_new:
            # SQLite makes its log safe, not the name of the database; a crawl relies on both.
            _sync_names(path)
            _sync_names(path.resolve().parent)
        return collection

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Collection:
        """Open an existing collection.

        Raises `NoCollection` where there is no database, `NewerCollection` where a newer archiater
        wrote it, `ReadOnlyCollection` where it is to be written to and cannot be.
        """
        file = path / "archive.db"
        if not file.is_file() or file.stat().st_size == 0:
            found = "archive.db is empty" if file.is_file() else "no archive.db"
            raise NoCollection(
                f"{path}: no collection here ({found}); make one with `archiater -C {path} init`"
            )
        return cls._open(path, read_only=read_only)

    @classmethod
    def _open(cls, path: Path, *, read_only: bool) -> Collection:
        file = path / "archive.db"
        if not read_only and not os.access(file if file.exists() else path, os.W_OK):
            raise ReadOnlyCollection(
                f"{file}: no permission to write; choose another collection with -C"
            )
        uri = reading_uri(file) if read_only else f"{file.resolve().as_uri()}?mode=rwc"
        try:
            connection = sqlite3.connect(
                uri, uri=True, timeout=_BUSY_TIMEOUT_S, isolation_level=None
            )
            try:
                cls._prepare(connection, file, read_only=read_only)
            except BaseException:
                connection.close()
                raise
        except sqlite3.OperationalError as error:
            raise _as_refusal(file, error) from error
        except sqlite3.DatabaseError as error:
            raise NoCollection(
                f"{file}: not a database ({error}); "
                "move it away and run `archiater import` on warcs/"
            ) from error
        return cls(path, connection, read_only=read_only)

    @staticmethod
    def _prepare(connection: sqlite3.Connection, file: Path, *, read_only: bool) -> None:
        connection.row_factory = sqlite3.Row
        if read_only:
            schema.check(connection, where=str(file))
        else:
            # First, for it changes nothing in a database that is not ours.
            schema.migrate(connection, where=str(file))
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One write transaction, rolled back by an exception. Not nested.

        Raises `DiskFull`, `DiskFailed`, `LockedCollection` or `ReadOnlyCollection` for what SQLite
        says of the disk; nothing of the block is written then.
        """
        try:
            self.connection.execute("begin immediate")
            try:
                yield self.connection
            except BaseException:
                self._roll_back()
                raise
            try:
                self.connection.commit()
            except sqlite3.OperationalError:
                self._roll_back()
                raise
        except sqlite3.OperationalError as error:
            raise _as_refusal(self.path / "archive.db", error) from error

    def _roll_back(self) -> None:
        # SQLite has rolled back by itself after most failures of the disk.
        if self.connection.in_transaction:
            self.connection.rollback()

    @cached_property
    def tables(self) -> sqlite_utils.Database:
        """The same connection through sqlite-utils, imported on first use: it takes 0.3 s."""
        import sqlite_utils

        return sqlite_utils.Database(self.connection, use_counts_table=False)

    @property
    def warcs(self) -> Path:
        return self.path / "warcs"

    @property
    def quarantine(self) -> Path:
        return self.path / "quarantine"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def own_sites(self) -> Path:
        return self.path / "sites"

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read while the block runs is of one moment, whatever a crawl writes."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("begin")
        try:
            yield
        finally:
            self.connection.rollback()

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def reading_uri(file: Path) -> str:
    """The SQLite URI by which the database at `file` is opened for reading only.

    In a folder where nothing can be written and nobody writes (there is no log beside the file) it
    is `immutable`: SQLite would else want to make the log it needs, and fail.
    """
    uri = f"{file.resolve().as_uri()}?mode=ro"
    is_resting = not file.with_name(f"{file.name}-wal").exists()
    return f"{uri}&immutable=1" if is_resting and not os.access(file.parent, os.W_OK) else uri


def _sync_names(folder: Path) -> None:
    """Return when the names in `folder` are on the disk, where we may look into it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise disk_error(folder, error) from error
    finally:
        os.close(descriptor)


def _as_refusal(file: Path, error: sqlite3.OperationalError) -> Exception:
    """The error that says in one line what the disk refused; `error` itself where it is a bug."""
    match error.sqlite_errorcode & 0xFF:
        case sqlite3.SQLITE_FULL:
            return DiskFull(f"{file}: no room left ({error}); make room and start again")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LockedCollection(
                f"{file}: another process has been writing for {_BUSY_TIMEOUT_S} s; "
                "try again when it is done"
            )
        case sqlite3.SQLITE_READONLY:
            return ReadOnlyCollection(f"{file}: {error}; check who may write there")
        case sqlite3.SQLITE_IOERR if shutil.disk_usage(file.parent).free < _LEAST_ROOM_BYTES:
            # What SQLite says of a full disk where it wants to map the index of its log.
            return DiskFull(f"{file}: no room left ({error}); make room and start again")
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
            return DiskFailed(f"{file}: {error}; check the disk and its permissions")
    return error
