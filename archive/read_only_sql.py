"""SQL of the operator's own over the database, read-only for certain.

Four locks, each enough for most: the file is opened `mode=ro`; `pragma query_only`; an authorizer
that lets through nothing but reading; one statement only. The authorizer also stops what reading
needs not and another file could suffer from: attach, `vacuum into`, extensions.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from typing import NamedTuple

from archive.collection import Collection, reading_uri
from archive.errors import BadQuery

LIMIT_S = 60.0
_STEPS_BETWEEN_LOOKS = 10_000
_ROWS_AT_ONCE = 200
# A value larger than this is a mistake or an attack (`zeroblob`, `randomblob`, `printf('%.*c')`).
_LARGEST_VALUE_BYTES = 64 * 2**20

Value = str | int | float | bytes | None

_READING = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
_FUNCTIONS_DENIED = frozenset({"load_extension", "fts3_tokenizer"})
# Pragmas that only tell; those with a value of their own only without an argument.
_TELLING = frozenset(
    {
        *("table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo"),
        *("foreign_key_list", "function_list", "module_list", "collation_list", "compile_options"),
    }
)
_TELLING_WITHOUT_ARGUMENT = frozenset(
    # FTS5 asks for data_version itself.
    {"user_version", "schema_version", "data_version", "page_count", "page_size", "freelist_count"}
)


class Answer(NamedTuple):
    """What a statement gives: the names of its columns, and its rows as they are asked for."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Value, ...]]
    """Raises `BadQuery` where the time is over."""


@contextmanager
def run_sql(
    collection: Collection,
    sql: str,
    *,
    limit_s: float | None = LIMIT_S,
    max_rows: int | None = None,
) -> Iterator[Answer]:
    """The answer to one reading statement, streamed while the block runs; at most `max_rows` rows.

    `limit_s` counts the time SQLite works, not the time between rows. Raises `BadQuery` for what is
    no statement, is several, would write, or takes too long.
    """
    clock = _Clock(limit_s)
    with closing(_connect(collection, clock)) as connection:
        with clock, _explained(clock):
            cursor = connection.execute(sql)
        if cursor.description is None:
            raise BadQuery("sql: this gives no rows; write a select, with or explain statement")
        columns = tuple(str(column[0]) for column in cursor.description)
        rows = _rows(cursor, clock)
        yield Answer(columns=columns, rows=rows if max_rows is None else islice(rows, max_rows))


class _Clock:
    """How long SQLite has worked; it asks every some thousand steps whether its time is over."""

    def __init__(self, limit_s: float | None) -> None:
        self.limit_s = limit_s
        self._left_s = limit_s
        self._until: float | None = None

    def is_over(self) -> bool:
        return self._until is not None and time.monotonic() > self._until

    def __enter__(self) -> None:
        if self._left_s is not None:
            self._until = time.monotonic() + self._left_s

    def __exit__(self, *_: object) -> None:
        if self._until is not None:
            self._left_s = self._until - time.monotonic()
            self._until = None


def _connect(collection: Collection, clock: _Clock) -> sqlite3.Connection:
    uri = reading_uri(collection.path / "archive.db")
    connection = sqlite3.connect(uri, uri=True, timeout=10, isolation_level=None)
    # Text of damaged rows is shown, not refused.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    # FTS5 declares its table when it is first used, which to the authorizer looks like writing.
    connection.execute("select rowid from article_search limit 0")
    connection.execute("pragma query_only = on")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_progress_handler(clock.is_over, _STEPS_BETWEEN_LOOKS)
    connection.set_authorizer(_authorize)
    return connection


def _authorize(action: int, first: str | None, second: str | None, *_where: str | None) -> int:
    """SQLite asks this for everything a statement would do, before it does it."""
    if action == sqlite3.SQLITE_FUNCTION:
        is_allowed = (second or "").lower() not in _FUNCTIONS_DENIED
    elif action == sqlite3.SQLITE_PRAGMA:
        name = (first or "").lower()
        is_allowed = name in _TELLING or (name in _TELLING_WITHOUT_ARGUMENT and second is None)
    else:
        is_allowed = action in _READING
    return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY


def _rows(cursor: sqlite3.Cursor, clock: _Clock) -> Iterator[tuple[Value, ...]]:
    while True:
        with clock, _explained(clock):
            rows = cursor.fetchmany(_ROWS_AT_ONCE)
        if not rows:
            return
        yield from rows


@contextmanager
def _explained(clock: _Clock) -> Iterator[None]:
    """SQLite's complaints as `BadQuery`, each with what to do."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise BadQuery("sql: the statement holds bytes that are no text; write UTF-8") from error
    except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
        if str(error) == "interrupted" and not clock.is_over():
            # Ctrl-C came while SQLite asked the clock, and SQLite knows but one reason to stop.
            raise KeyboardInterrupt from error
        raise _complaint(str(error), clock.limit_s) from error


def _complaint(said: str, limit_s: float | None) -> BadQuery:
    if said == "interrupted":
        return BadQuery(
            f"sql: stopped after {limit_s:g} s; narrow it with where or limit, or allow more time"
        )
    if any(sign in said for sign in ("not authorized", "authorization", "prohibited", "readonly")):
        return BadQuery(f"sql: {said}; only reading is allowed here: select, with, explain")
    if "one statement" in said:
        return BadQuery("sql: several statements were given; write one")
    if "bindings" in said or "binding" in said:
        return BadQuery("sql: it has a ? or :name, and there is nothing to put there; write it out")
    if "locked" in said or "unable to open" in said:
        return BadQuery(f"sql: {said}; another process holds the database, try again later")
    if "vtable constructor" in said:
        return BadQuery(f"sql: {said}; the schema changed meanwhile, run it again")
    return BadQuery(f"sql: {said}; the tables and columns stand in the table sqlite_schema")
