"""How far a check has come, what it has seen, and how fast it may go."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int], None]
"""Called with the bytes read so far and the bytes of all files."""


@dataclass
class Tally:
    """What was read, for the closing line."""

    files: int = 0
    records: int = 0
    bytes: int = 0


class Pace:
    """Counts the bytes as they are read; waits where that goes faster than `most_bytes_s`."""

    def __init__(
        self,
        total: int,
        tally: Tally,
        progress: Progress | None,
        *,
        most_bytes_s: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.tally = tally
        self._total = total
        self._progress = progress
        self._most_bytes_s = most_bytes_s
        self._clock = clock
        self._wait = wait
        self._began_at = clock()

    def add(self, size: int) -> None:
        self.tally.bytes += size
        if self._progress is not None:
            self._progress(min(self.tally.bytes, self._total), self._total)
        if self._most_bytes_s is not None:
            due_at = self._began_at + self.tally.bytes / self._most_bytes_s
            if (early := due_at - self._clock()) > 0:
                self._wait(early)
