"""The steps of a process that writes: its system calls and commits, counted, and one made to fail.

Installed in a child process that has nothing else to do. Step N can be where the process is killed,
before it or half-way through it, or where the disk refuses.
"""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

Moment = Literal["before", "half", "after", "ENOSPC", "short", "EIO"]
Result = TypeVar("Result")

WRITES = frozenset({"pwrite", "write", "pwritev", "writev"})
SYNCS = frozenset({"fdatasync", "fsync"})
_OTHERS = ("ftruncate", "truncate", "rename", "replace", "link", "unlink", "remove", "open")
COMMITS = frozenset({"begin", "commit", "checkpoint"})

Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Trouble:
    """What happens at the step of this number, counted from 1."""

    at: int
    moment: Moment


class Steps:
    """Counts the steps of this process and makes trouble at one of them."""

    def __init__(self, trouble: Trouble | None, tell: Tell) -> None:
        self.names: list[str] = []
        """Of each step that began."""
        self._trouble = trouble
        self.tell = tell

    def install(self) -> None:
        for name in (*WRITES, *SYNCS, *_OTHERS):
            setattr(os, name, self._watched(name, getattr(os, name)))
        connect = sqlite3.connect
        sqlite3.connect = lambda *given, **named: connect(  # type: ignore[assignment]
            *given, **named, factory=_connection_class(self)
        )

    def step(self, name: str, act: Callable[[], Result]) -> Result:
        """Do `act`, which is one step."""
        self.names.append(name)
        if name in ("commit", "checkpoint"):
            self.tell({"inside": name})
        moment = self._moment()
        if moment == "before":
            die()
        if moment == "ENOSPC":
            refuse(name, errno.ENOSPC, sqlite3.SQLITE_FULL)
        if moment == "EIO":
            refuse(name, errno.EIO, sqlite3.SQLITE_IOERR)
        result = act()
        if moment == "after":
            die()
        return result

    def _moment(self) -> Moment | None:
        trouble = self._trouble
        return trouble.moment if trouble is not None and trouble.at == len(self.names) else None

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*given: Any, **named: Any) -> Any:
            if name == "open" and not (len(given) > 1 and given[1] & os.O_CREAT):
                return call(*given, **named)
            before = os.fstat(given[0]) if name in SYNCS else None
            if name in WRITES:
                result = self.step(name, lambda: self._write(name, call, given))
            else:
                result = self.step(name, lambda: call(*given, **named))
            if before is not None and stat.S_ISDIR(before.st_mode):
                self.tell({"synced_folder": before.st_ino})
            elif before is not None:
                self.tell({"synced": [before.st_ino, before.st_size]})
            elif name in ("rename", "replace"):
                self.tell({"renamed": [str(given[0]), str(given[1])]})
            elif name == "open":
                self.tell({"created": [os.fstat(result).st_ino, str(given[0])]})
            return result

        return watched

    def _write(self, name: str, call: Callable[..., Any], given: tuple[Any, ...]) -> Any:
        moment = self._moment()
        if moment not in ("half", "short"):
            return call(*given)
        at_a_place = name.startswith("p")
        data = given[1] if name in _PLAIN_WRITES else b"".join(given[1])
        plain = _PLAIN_WRITES["pwrite" if at_a_place else "write"]
        done = plain(given[0], bytes(data)[: len(data) // 2], *given[2 : 2 + at_a_place])
        if moment == "half":
            die()
        return done


_PLAIN_WRITES: dict[str, Callable[..., int]] = {"pwrite": os.pwrite, "write": os.write}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(name: str, number: int, sqlite_code: int) -> None:
    """Raise what the system or SQLite raises where the disk refuses."""
    if name not in COMMITS:
        raise OSError(number, os.strerror(number))
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite_code
    raise error


def _connection_class(steps: Steps) -> type[sqlite3.Connection]:
    class Watched(sqlite3.Connection):
        def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
            text = sql.strip().lower()
            if text.startswith("begin"):
                return steps.step("begin", lambda: super(Watched, self).execute(sql, *given))
            if text.startswith("pragma wal_checkpoint"):
                return steps.step("checkpoint", lambda: super(Watched, self).execute(sql, *given))
            return super().execute(sql, *given)

        def commit(self) -> None:
            steps.step("commit", super().commit)
            # With `synchronous = full` what a commit wrote to the log is safe.
            log = Path(super().execute("pragma database_list").fetchone()[2] + "-wal")
            steps.tell({"log": log.stat().st_size if log.exists() else 0})

    return Watched
