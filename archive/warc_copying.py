"""The copy of an imported WARC file: it has a temporary name until all of it is on the disk."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from archive.errors import disk_error
from archive.foreign_warcs import ForeignRecord, member_pieces
from archive.warc_writing import sync_folder

_STEP = 1 << 20


class WarcCopy:
    """The file that becomes the copy, its digest taken as it grows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = path.open("wb")
        except OSError as error:
            raise disk_error(path, error) from error
        self._digest = hashlib.sha256()
        self.size = 0

    def begin_anew(self) -> None:
        """Forget what was added."""
        try:
            self._file.seek(0)
            self._file.truncate()
        except OSError as error:
            raise disk_error(self._path, error) from error
        self._digest = hashlib.sha256()
        self.size = 0

    def add(self, found: ForeignRecord, source: BinaryIO) -> tuple[int, int]:
        """Add a record as one gzip member; returns where it stands. `source` is where it is from:
        one that is a member already is copied."""
        offset = self.size
        if not found.is_alone:
            for piece in member_pieces(found):
                self.write(piece)
            return offset, self.size - offset
        source.seek(found.offset)
        left = found.length
        while left and (piece := source.read(min(left, _STEP))):
            self.write(piece)
            left -= len(piece)
        return offset, found.length

    def write(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as error:
            raise disk_error(self._path, error) from error
        self._digest.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def publish(self, target: Path) -> None:
        """Give it its name, once all of it is on the disk."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._path.rename(target)
            sync_folder(target.parent)
        except OSError as error:
            raise disk_error(self._path, error) from error

    def discard(self) -> None:
        """Let go of it; it is gone unless it was published."""
        self._path.unlink(missing_ok=True)
        # Where all went well it was flushed; else the rest finds no room, and says so again.
        with suppress(OSError):
            self._file.close()
