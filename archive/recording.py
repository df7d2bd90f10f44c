"""The recorder: exchanges go in, and come to rest in a WARC file and the database together.

Nothing is acknowledged before both agree. An exchange is written as soon as it is added, a large
one when a thread has compressed it, always in the order of `add`; `commit` makes the file durable
first and then enters rows and everything else that was queued in ONE transaction. What a kill
leaves past the durable offset, `recovery` puts right.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from archive.captures import insert_capture
from archive.collection import Collection
from archive.errors import ArchiveError, DiskFailed
from archive.exchange import Exchange
from archive.preparing import PreparedExchange, prepare
from archive.revisits import Originals
from archive.times import as_text
from archive.warc_writing import WarcFile, file_name, fresh_token
from archive.warcinfo import software

MAX_FILE_BYTES = 1_000_000_000
"""The size most archives and tools are used to."""

SITE_FIELD = "archiater-site"
CRAWL_FIELD = "archiater-crawl"
"""Fields of warcinfo by which recovery knows what a file of a killed process belongs to."""

_GROUP = 32
_GROUP_S = 0.25
_THREADS = 2

Write = Callable[[sqlite3.Connection], None]
Then = Callable[[sqlite3.Connection, int], None]


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class _Queued:
    """One write of the next transaction."""

    write: Write
    is_row: bool = False
    """It enters the row of an exchange."""


def now() -> datetime:
    return datetime.now(UTC)


class Recorder:
    """The one writer of captures of one crawl of one site; use it as a context manager.

    Every method raises `DiskFull`, `DiskFailed` or `LockedCollection`, one line each. After the
    first and the last what was queued is still queued: the call may be made again.
    """

    def __init__(
        self,
        collection: Collection,
        *,
        site: str,
        crawl_id: int,
        warcinfo: Mapping[str, str],
        max_file_bytes: int = MAX_FILE_BYTES,
        revisits: bool = True,
        clock: Callable[[], datetime] = now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`warcinfo` is what the first WARC record of each file says: software, operator, robots.

        Site and crawl are added to it: recovery reads them there. With `revisits` a payload that is
        held already is not kept a second time.
        """
        self._collection = collection
        self._site = site
        self._crawl_id = crawl_id
        self._info = {
            "software": software(),
            **warcinfo,
            SITE_FIELD: site,
            CRAWL_FIELD: str(crawl_id),
        }
        self._max_file_bytes = max_file_bytes
        self._clock = clock
        self._monotonic = monotonic
        self._token = fresh_token()
        self._files = 0
        self._file: WarcFile | None = None
        self._file_id = 0
        self._queue: list[_Queued] = []
        self._unwritten: deque[tuple[_Queued, PreparedExchange]] = deque()
        """Those of the queue that have no place in the file yet, in order."""
        self._exchanges = 0
        self._waiting_since = 0.0
        self._failure: ArchiveError | None = None
        self._originals = Originals(collection.connection) if revisits else None
        self._threads: ThreadPoolExecutor | None = None
        self._spill_folder = collection.run

    def add(self, exchange: Exchange, then: Then | None = None) -> None:
        """Write one exchange and queue its capture row; `then` is called with the id of the row
        inside the transaction that enters it.

        A large one is compressed beside and written later, at the latest by `commit`. What of the
        response lies in a file is closed when it is written.
        """
        self._raise_failure()
        self._write_unwritten(wait=False)
        prepared = prepare(exchange, self._originals, spill_folder=self._spill_folder)
        columns = prepared.columns
        queued = _Queued(write=lambda connection: _enter(connection, columns, then), is_row=True)
        if prepared.is_for_a_thread:
            prepared.begin(self._beside())
        if self._unwritten or prepared.is_for_a_thread:
            self._unwritten.append((queued, prepared))
        else:
            self._write(prepared, after=len(self._queue))
        self._enqueue(queued)
        if self._originals is not None:
            # Not before: what is refused here stands nowhere.
            prepared.note_in(self._originals)

    def also(self, write: Write) -> None:
        """Queue any other write for the transaction that enters what was added before it."""
        self._raise_failure()
        self._enqueue(_Queued(write=write))

    @property
    def is_due(self) -> bool:
        """Enough waits, or it waits long enough, for a commit."""
        if not self._queue:
            return False
        return self._exchanges >= _GROUP or self._monotonic() - self._waiting_since >= _GROUP_S

    def commit(self) -> None:
        """Make durable and acknowledge all that was added or queued, or nothing of it."""
        self._raise_failure()
        self._write_unwritten(wait=True)
        self._commit_first(len(self._queue))

    def _commit_first(self, count: int) -> None:
        """Commit the first writes of the queue, which have their bytes in the open file."""
        if count == 0:
            return
        if self._file is not None:
            self._sync(self._file)
        with self._collection.transaction() as connection:
            for queued in self._queue[:count]:
                queued.write(connection)
            if self._file is not None:
                connection.execute(
                    "update warc_files set durable_bytes = ? where id = ?",
                    (self._file.size, self._file_id),
                )
        del self._queue[:count]
        self._exchanges = sum(queued.is_row for queued in self._queue)
        self._waiting_since = self._monotonic()
        if not self._queue and self._originals is not None:
            self._originals.forget_waiting()

    def close(self) -> None:
        """Commit, then seal the open file. Calling it twice does nothing more."""
        self.commit()
        self._seal()
        self._let_go()

    def abandon(self) -> None:
        """Let go of the file without another write: what is not committed is recovery's affair."""
        self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, ArchiveError):
            # The disk has just refused: leave the file to recovery, which starts from the last
            # durable offset, rather than make it worse.
            self._let_go()
            return
        try:
            self.close()
        finally:
            self._let_go()

    def _enqueue(self, queued: _Queued) -> None:
        if not self._queue:
            self._waiting_since = self._monotonic()
        self._queue.append(queued)
        self._exchanges += queued.is_row

    def _beside(self) -> ThreadPoolExecutor:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="archiater-compress")
        return self._threads

    def _write_unwritten(self, *, wait: bool) -> None:
        """Write, in order, what waits for a thread: all of it, or what is ready."""
        while self._unwritten:
            queued, prepared = self._unwritten[0]
            if not wait and not prepared.is_ready:
                return
            # Taken off only when it is written: it stays the next one where it is refused.
            self._write(prepared, after=self._queue.index(queued))
            self._unwritten.popleft()

    def _write(self, prepared: PreparedExchange, *, after: int) -> None:
        """Give one exchange its place in the file; `after` so many writes of the queue."""
        members = prepared.members()
        file = self._file_with_room(members.size, after)
        start = file.append_pieces(members.pieces())
        prepared.columns.update(
            warc_file_id=self._file_id,
            offset=start + members.offset,
            length=members.length,
            request_offset=start if members.request_length is not None else None,
            request_length=members.request_length,
            record_id=members.record_id,
            record_type=members.record_type,
            crawl_id=self._crawl_id,
            site=self._site,
        )
        prepared.close()

    def _file_with_room(self, size: int, after: int) -> WarcFile:
        if self._file is not None and self._file.size + size > self._max_file_bytes:
            # What comes later in the queue has no bytes yet.
            self._commit_first(after)
            self._seal()
        return self._file if self._file is not None else self._begin_file()

    def _begin_file(self) -> WarcFile:
        created_at = self._clock()
        self._files += 1
        name = file_name(self._site, now=created_at, token=self._token, number=self._files)
        file = WarcFile.create(self._collection.warcs, name, self._info, created_at=created_at)
        try:
            with self._collection.transaction() as connection:
                row = connection.execute(
                    """
                    insert into warc_files (name, state, origin, durable_bytes, created_at)
                    values (?, 'open', 'crawl', 0, ?)
                    returning id
                    """,
                    (name, as_text(created_at)),
                ).fetchone()
        except BaseException:
            file.discard()
            raise
        self._file, self._file_id = file, row[0]
        return file

    def _sync(self, file: WarcFile) -> None:
        try:
            file.sync()
        except ArchiveError as error:
            # The kernel reports a lost page once and forgets it: a second sync that succeeds
            # would acknowledge bytes that are gone. Only recovery may look at this file again.
            self._failure = error
            raise

    def _seal(self) -> None:
        file, self._file = self._file, None
        if file is None:
            return
        size = file.size
        sha256 = file.seal()
        with self._collection.transaction() as connection:
            connection.execute(
                """
                update warc_files
                set state = 'sealed', sha256 = ?, durable_bytes = ?, sealed_at = ?
                where id = ?
                """,
                (sha256, size, as_text(self._clock()), self._file_id),
            )

    def _let_go(self) -> None:
        """Leave the file as it is, with what was not written of it."""
        file, self._file = self._file, None
        if file is not None:
            file.leave_open()
        while self._unwritten:
            self._unwritten.popleft()[1].close()
        threads, self._threads = self._threads, None
        if threads is not None:
            threads.shutdown()

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise DiskFailed(str(self._failure)) from self._failure


def _enter(connection: sqlite3.Connection, columns: Mapping[str, Any], then: Then | None) -> None:
    capture_id = insert_capture(connection, columns)
    if then is not None:
        then(connection, capture_id)
