"""A scheduled crawl as a process of its own: started, asked to end, ended; it writes to a log."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from archive.collection import Collection
from archive.locks import safe_name

# One older log is kept beside it; enough for weeks of a crawl that complains on every page.
_LONGEST_LOG_BYTES = 5_000_000
_LAST_BYTES = 4000


class CrawlProcess(Protocol):
    """A crawl that runs beside this process."""

    def exit_code(self) -> int | None:
        """None while it runs; negative where a signal ended it."""

    def ask_to_end(self) -> None:
        """Let it finish what is in flight, as Ctrl-C does."""

    def kill(self) -> None:
        """End it at once; what it had acknowledged is safe."""

    def last_words(self) -> str:
        """The last line it wrote, or ""."""


StartCrawl = Callable[[str], CrawlProcess]


def starter(collection: Collection, command: tuple[str, ...] | None = None) -> StartCrawl:
    """A function that starts the crawl of a site by its name; `command` is `archiater_command`."""
    archiater = command or archiater_command()
    path = str(collection.path.resolve())

    def start(site: str) -> CrawlProcess:
        arguments = [*archiater, "-C", path, "crawl", "--started-by", "schedule", "--", site]
        return _Started(arguments, log=log_file(collection, site))

    return start


def archiater_command() -> tuple[str, ...]:
    """How archiater is called from outside: the installed script, else the module."""
    script = Path(sys.executable).with_name("archiater")
    return (str(script),) if script.exists() else (sys.executable, "-m", "archiater")


def log_file(collection: Collection, site: str) -> Path:
    """Where the scheduled crawls of a site write what they say."""
    return collection.logs / f"schedule-{safe_name(site)}.log"


class _Started:
    def __init__(self, arguments: list[str], *, log: Path) -> None:
        self._log = log
        log.parent.mkdir(exist_ok=True)
        if log.exists() and log.stat().st_size > _LONGEST_LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as output:
            # Where this run's words begin: an older run's must not be taken for them.
            self._begins_at = output.tell()
            self._process = subprocess.Popen(  # noqa: S603
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C at the terminal is for the scheduler, which asks each crawl once to end.
                start_new_session=True,
            )

    def exit_code(self) -> int | None:
        return self._process.poll()

    def ask_to_end(self) -> None:
        self._process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        # The whole group: the crawl has worker processes.
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def last_words(self) -> str:
        with self._log.open("rb") as file:
            file.seek(max(self._begins_at, self._log.stat().st_size - _LAST_BYTES))
            lines = file.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")
