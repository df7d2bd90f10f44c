"""`indexes/index.cdxj` against the database: sorted, and every line and every capture in the other.

The index is derived, and may lie behind: lines that are missing are a note where they are of files
sealed since it was made.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from archive.cdxj import cdxj_lines
from archive.cdxj_index import index_path
from archive.collection import Collection
from archive.verifying.faults import Fault, Level

_MOST_SHOWN = 20


def check_index(collection: Collection) -> Iterator[Fault]:
    """Everything that is wrong with the index; nothing where none was made yet."""
    path = index_path(collection)
    shown = str(path)

    def fault(offset: int | None, found: str, expected: str, level: Level = "fault") -> Fault:
        return Fault(
            file=shown, offset=offset, kind="index", found=found, expected=expected, level=level
        )

    if not path.is_file():
        if path.with_suffix(".json").is_file():
            yield fault(
                None, "no such file", "the index that was made; the next crawl does", "note"
            )
        return
    # On disk where it is large: a line is a hundred bytes, and there may be ten million.
    held = sqlite3.connect("", isolation_level=None)
    try:
        held.execute("create table lines (line blob primary key, is_found integer) without rowid")
        held.execute("begin")
        held.executemany(
            "insert or ignore into lines values (?, 0)",
            ((line,) for line in cdxj_lines(collection.connection)),
        )
        offset, last, wrong = 0, b"", 0
        with path.open("rb") as file:
            for line in file:
                if line < last:
                    yield fault(offset, f"{line[:60]!r} after {last[:60]!r}", "lines in order")
                done = held.execute(
                    "update lines set is_found = 1 where line = ? and not is_found", (line,)
                )
                if done.rowcount == 0:
                    wrong += 1
                    if wrong <= _MOST_SHOWN:
                        yield fault(offset, f"{line[:200]!r}", "the line of a capture, once")
                last = line
                offset += len(line)
        if wrong > _MOST_SHOWN:
            yield fault(None, f"{wrong} lines of no capture", "none")
        missing = held.execute("select line from lines where not is_found").fetchall()
        behind = [line for (line,) in missing if _file_of(line) not in _files_made_of(collection)]
        if len(missing) > len(behind):
            found = f"{len(missing) - len(behind)} captures without a line"
            yield fault(None, found, "a line each; it is made anew after the next crawl")
        if behind:
            found = f"{len(behind)} captures that were sealed since the index was made"
            yield fault(None, found, "a line each, after the next crawl", "note")
    finally:
        held.close()


def _file_of(line: bytes) -> str:
    return str(json.loads(line.split(b" ", 2)[2])["filename"])


def _files_made_of(collection: Collection) -> set[str]:
    """The WARC files that the index was made of, as its own note beside it says."""
    try:
        state = json.loads(index_path(collection).with_suffix(".json").read_bytes())
        return set(state["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return set()
