"""The digest of a file that is read at the same time, made by a thread beside."""

from __future__ import annotations

import errno
import hashlib
import os
from queue import SimpleQueue
from threading import Thread
from typing import Self

_STEP = 1 << 20


class GrowingDigest:
    """The SHA-256 of a file, worked out by a thread while the file is found to be good.

    It reads by place, so that whoever else reads the same descriptor is not disturbed.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._sha256 = hashlib.sha256()
        self._ends: SimpleQueue[int | None] = SimpleQueue()
        self._end = self._given = 0
        self._failure: OSError | None = None
        self._thread = Thread(target=self._work, name="archiater-digest")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._ends.put(None)
        self._thread.join()

    def grow_to(self, end: int) -> None:
        """The file is good up to `end`."""
        self._end = end
        # Two threads that take turns for each member would wait for each other most of the time.
        if end - self._given >= _STEP:
            self._give()

    def finish(self) -> str:
        """The digest in hexadecimal of everything up to the last end."""
        self._give()
        self._ends.put(None)
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        return self._sha256.hexdigest()

    def _give(self) -> None:
        self._given = self._end
        self._ends.put(self._end)

    def _work(self) -> None:
        done = 0
        while (end := self._ends.get()) is not None:
            try:
                while done < end:
                    piece = os.pread(self._descriptor, min(_STEP, end - done), done)
                    if not piece:
                        raise OSError(errno.EIO, "the file ends before what was found in it")
                    self._sha256.update(piece)
                    done += len(piece)
            except OSError as error:
                self._failure = error
                return
