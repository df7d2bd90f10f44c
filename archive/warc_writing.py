"""WARC files as we write them: each exchange in one write, durable before anyone relies on it.

A file grows as `warcs/NAME.warc.gz.open`, locked by the process that writes it, and gets its name
when it is whole. What was not made durable is not acknowledged; `recording` sees to that, and
`recovery` to what a killed process left. What goes in is made by `warc_records`.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import DiskFailed, DiskFull, LockedCollection, disk_error
from archive.warc_records import fresh_record_id, warcinfo_member

OPEN_SUFFIX = ".open"


class WarcFile:
    """A WARC file that this process writes. `size` is the end of what was written whole.

    Nothing here is durable before `sync`, and no reader finds the file by its name before `seal`.
    """

    def __init__(self, folder: Path, name: str, descriptor: int) -> None:
        self.name = name
        self.size = 0
        self.path = folder / (name + OPEN_SUFFIX)
        self._final = folder / name
        self._descriptor = descriptor
        self._sha256 = hashlib.sha256()

    @classmethod
    def create(
        cls,
        folder: Path,
        name: str,
        info: Mapping[str, str],
        *,
        created_at: datetime,
        new_id: Callable[[], str] = fresh_record_id,
    ) -> WarcFile:
        """A new file that starts with its warcinfo, locked against every other writer."""
        file = cls.create_empty(folder, name)
        try:
            file.append(warcinfo_member(name, info, record_id=new_id(), created_at=created_at))
            sync_folder(folder)
        except OSError as error:
            file.discard()
            raise disk_error(file.path, error) from error
        except BaseException:
            file.discard()
            raise
        return file

    @classmethod
    def create_empty(cls, folder: Path, name: str) -> WarcFile:
        """A new file of which the caller writes every member."""
        path = folder / (name + OPEN_SUFFIX)
        try:
            if (folder / name).exists():
                raise FileExistsError(errno.EEXIST, "File exists", str(folder / name))
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise disk_error(path, error) from error
        if not lock(descriptor):
            os.close(descriptor)
            raise LockedCollection(f"{path}: another process took this new file; try again")
        return cls(folder, name, descriptor)

    def append(self, data: bytes) -> int:
        """Write `data` in one call and return the offset where it begins.

        Where there is no room for all of it, the file is cut back to what it was and `DiskFull` is
        raised: the same call may be made again later.
        """
        return self.append_pieces((data,))

    def append_pieces(self, pieces: Iterable[bytes]) -> int:
        """The same for what is too large for one write: all of the pieces, or nothing."""
        start = end = self.size
        sha256 = self._sha256.copy()
        try:
            for piece in pieces:
                written = os.pwrite(self._descriptor, piece, end)
                if written != len(piece):
                    raise DiskFull(
                        f"{self.path}: no room left ({written} of {len(piece)} bytes written); "
                        "make room on this disk and start again"
                    )
                sha256.update(piece)
                end += written
        except OSError as error:
            self._cut_back(error)
            raise disk_error(self.path, error) from error
        except BaseException as error:
            self._cut_back(error)
            raise
        self._sha256, self.size = sha256, end
        return start

    def sync(self) -> None:
        """Return when everything written is on the disk."""
        try:
            os.fdatasync(self._descriptor)
        except OSError as error:
            raise disk_error(self.path, error) from error

    def seal(self) -> str:
        """Give the whole file its name; returns the SHA-256 of it in hexadecimal."""
        try:
            os.fsync(self._descriptor)
            self.path.rename(self._final)
            sync_folder(self._final.parent)
        except OSError as error:
            raise disk_error(self.path, error) from error
        finally:
            os.close(self._descriptor)
        return self._sha256.hexdigest()

    def leave_open(self) -> None:
        """Let go of the file as it is: recovery salvages and seals it."""
        os.close(self._descriptor)

    def discard(self) -> None:
        """Remove the file; only for one that holds nothing of worth."""
        self.path.unlink(missing_ok=True)
        os.close(self._descriptor)

    def _cut_back(self, cause: BaseException) -> None:
        try:
            os.ftruncate(self._descriptor, self.size)
        except OSError as error:
            raise DiskFailed(
                f"{self.path}: cannot be cut back to {self.size} bytes ({error.strerror}); "
                "start again, recovery moves the torn rest aside"
            ) from cause


def file_name(site: str, *, now: datetime, token: str, number: int) -> str:
    """The name of the `number`th file of one writer.

    >>> file_name("nhs", now=datetime(2026, 11, 22, 9, 30, tzinfo=UTC), token="k3x7q", number=1)
    'archiater-20261122093000-nhs-k3x7q-00001.warc.gz'
    """
    stamp = now.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    safe_site = re.sub(r"[^a-z0-9.-]+", "_", site.lower()).strip("._-")[:60] or "site"
    return f"archiater-{stamp}-{safe_site}-{token}-{number:05d}.warc.gz"


def fresh_token() -> str:
    """Five random letters and digits that part two writers of the same second."""
    return "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(5))


def lock(descriptor: int) -> bool:
    """Take the lock of an open WARC file; False where a living process has it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def sync_folder(folder: Path) -> None:
    """Return when new and changed names in `folder` are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
