"""A recorder that waits where the disk is full, instead of ending the crawl.

What comes while it waits is kept in memory, in order, and goes to the archive when there is room
again: nothing is lost, nothing is entered twice. Several crawls share one disk and one `Patience`,
so that the operator is told once. Whoever fetches looks at `is_waiting` and asks for nothing more.
"""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from archive.collection import Collection
from archive.errors import DiskFull
from archive.exchange import Exchange
from archive.recording import Recorder, Write

Outcome = TypeVar("Outcome")

logger = logging.getLogger(__name__)

# So that a crawl does not go on for the room of one page and wait again.
_ROOM_TO_GO_ON_BYTES = 1 << 20


def _say_nothing(line: str) -> None:
    pass


@dataclass(kw_only=True)
class Patience:
    """How long a full disk is waited for, by all who write to it together."""

    say: Callable[[str], None] = _say_nothing
    """Takes the one line when the wait begins and the one when it is over."""
    look_every_s: float
    most_s: float
    """Then the disk ends the crawl; 0: at once."""
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    was_needed: bool = False
    _who: set[object] = field(default_factory=set)
    _since: float = 0.0

    def begin(self, who: object, error: DiskFull, *, kept: int | None = None) -> None:
        """`who` waits from now on, with so many captures. Raises `error` where it shall not wait or
        has waited long enough.
        """
        if self.most_s <= 0:
            raise error
        if not self._who:
            self._since = self.monotonic()
            # What the error says last is what to do, and that is another thing here.
            where = str(error).partition("; ")[0]
            self._tell(
                f"{where}; the crawl waits{_said_of(kept)}; make room and it goes on by itself, "
                "Ctrl-C ends it and the next crawl goes on"
            )
        self.was_needed = True
        self._who.add(who)
        if self.is_over:
            raise error

    def end(self, who: object) -> None:
        """`who` has found room."""
        if who not in self._who:
            return
        self._who.remove(who)
        if not self._who:
            waited_s = self.monotonic() - self._since
            self._tell(f"there is room on the disk again after {waited_s:.0f} s; the crawl goes on")

    @property
    def is_over(self) -> bool:
        """It has been waited long enough."""
        return bool(self._who) and self.monotonic() - self._since >= self.most_s

    def _tell(self, line: str) -> None:
        logger.info("%s", line)
        self.say(line)


def _said_of(kept: int | None) -> str:
    if kept is None:
        return ""
    return ", 1 capture is kept in memory" if kept == 1 else f", {kept} captures are kept in memory"


def patiently(act: Callable[[], Outcome], patience: Patience) -> Outcome:
    """What `act` returns, called again and again while the disk is full.

    Ctrl-C ends the wait with the `DiskFull` that began it.
    """
    while True:
        try:
            outcome = act()
        except DiskFull as error:
            patience.begin(act, error)
            try:
                patience.sleep(patience.look_every_s)
            except KeyboardInterrupt:
                raise error from None
        else:
            patience.end(act)
            return outcome


@dataclass(frozen=True)
class _Kept:
    """An exchange that waits for room."""

    exchange: Exchange


class PatientRecorder:
    """A `Recorder` that answers a full disk by waiting; every other error it hands on."""

    def __init__(self, collection: Collection, recorder: Recorder, patience: Patience) -> None:
        self._collection = collection
        self._recorder = recorder
        self._patience = patience
        self._held: deque[_Kept | Write] = deque()
        self._unacknowledged = 0
        self._error: DiskFull | None = None
        self._look_at = 0.0

    @property
    def is_waiting(self) -> bool:
        """The disk is full: what is added is kept in memory, and no more should be fetched."""
        return self._error is not None

    def add(self, exchange: Exchange) -> None:
        """Preserve one exchange, now or when there is room."""
        self._unacknowledged += 1
        if self.is_waiting:
            self._held.append(_Kept(exchange))
            return
        try:
            self._recorder.add(exchange)
        except DiskFull as error:
            self._held.append(_Kept(exchange))
            self.wait(error)

    def also(self, write: Write) -> None:
        """Queue a write for the transaction that enters what was added before it."""
        if self.is_waiting:
            # A page must not be done before its capture is written.
            self._held.append(write)
        else:
            self._recorder.also(write)

    @property
    def is_due(self) -> bool:
        """A commit is due, or the next look at a disk that was full."""
        if self.is_waiting:
            return self._patience.monotonic() >= self._look_at or self._patience.is_over
        return self._recorder.is_due

    def commit(self) -> None:
        """Acknowledge what was added, or see whether there is room for it now.

        Raises the `DiskFull` that began the wait when it has lasted too long.
        """
        try:
            if self.is_waiting:
                self._require_room()
            self._write_held()
            self._recorder.commit()
        except DiskFull as error:
            self.wait(error)
            return
        self._unacknowledged = 0
        self._error = None
        self._patience.end(self)

    def wait(self, error: DiskFull) -> None:
        """Wait from now on, or a while longer. Raises `error` where it was waited long enough."""
        self._error = self._error or error
        self._look_at = self._patience.monotonic() + self._patience.look_every_s
        self._patience.begin(self, error, kept=self._unacknowledged)

    def close(self) -> None:
        """Commit all and seal the file. Raises `DiskFull` where there is still no room."""
        self._write_held()
        self._recorder.close()
        self._patience.end(self)

    def abandon(self) -> None:
        """Let go of the file; what is not acknowledged will be fetched again."""
        for kept in self._held:
            if isinstance(kept, _Kept) and kept.exchange.response_rest is not None:
                kept.exchange.response_rest.close()
        self._held.clear()
        self._recorder.abandon()

    def _write_held(self) -> None:
        while self._held:
            # Taken off only when it is written: it stays the next one where it is refused.
            next_one = self._held[0]
            if isinstance(next_one, _Kept):
                self._recorder.add(next_one.exchange)
            else:
                self._recorder.also(next_one)
            self._held.popleft()

    def _require_room(self) -> None:
        """Raise the error of the wait where the disk shows no room, without a try to write."""
        assert self._error is not None  # noqa: S101 - only asked while waiting
        found = os.statvfs(self._collection.path)
        if found.f_bfree * found.f_frsize < _ROOM_TO_GO_ON_BYTES:
            raise self._error
