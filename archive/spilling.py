"""Bytes too many for memory, in a file without a name until they are archived.

The file is gone when the process is, however it ends.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from archive.errors import disk_error

_STEP = 1 << 20


class SpilledBytes:
    """A row of bytes that grows at its end and can be read any number of times."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is where the unnamed file lies; None: where the system keeps such files."""
        self._folder = folder
        try:
            self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115
        except OSError as error:
            raise disk_error(folder or Path(tempfile.gettempdir()), error) from error
        self.size = 0

    def append(self, data: bytes) -> None:
        """Add `data`. Raises `DiskFull` or `DiskFailed`; what was there before stays whole."""
        self._file.seek(self.size)
        view = memoryview(data)
        try:
            while view:
                view = view[self._file.write(view) :]
        except OSError as error:
            raise disk_error(self._folder or Path(tempfile.gettempdir()), error) from error
        self.size += len(data)

    def cut(self, size: int) -> None:
        """Forget what follows the first `size` bytes."""
        self.size = min(self.size, size)

    def chunks(self) -> Iterator[bytes]:
        """Everything from the start, in pieces of at most 1 MiB."""
        position = 0
        while position < self.size:
            self._file.seek(position)
            piece = self._file.read(min(_STEP, self.size - position))
            if not piece:
                return
            position += len(piece)
            yield piece

    def close(self) -> None:
        """Give the room back; nothing can be read any more."""
        self._file.close()
