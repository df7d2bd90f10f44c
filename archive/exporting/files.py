"""Files that an export writes: each appears under its name when it is whole, and not before."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from archive.errors import ArchiveError, DiskFull, OperatorError

_GZIP_LEVEL = 6
_LINES_AT_ONCE = 1000


class FileExists(OperatorError):
    """There is a file of this name already."""


class CannotWrite(OperatorError):
    """Nothing can be written at this path."""


def check_writable(*wanted: Path, force: bool) -> None:
    """Refuse before anything is read what could not be written in the end.

    Raises `CannotWrite`, and `FileExists` unless `force`.
    """
    for path in wanted:
        if path.is_dir():
            raise CannotWrite(f"{path}: is a folder; name a file in it")
        if not path.parent.is_dir():
            raise CannotWrite(f"{path.parent}: there is no such folder; make it first")
        if path.exists() and not path.is_file():
            # --force would put a file in the place of /dev/null.
            raise CannotWrite(f"{path}: is no plain file; name one, or give - for standard output")
        if path.exists() and not force:
            raise FileExists(f"{path}: exists already; choose another name or give --force")


@contextmanager
def published(out: Path) -> Iterator[BinaryIO]:
    """A file to write and read, which gets the name `out` when the block has ended well."""
    growing = out.with_name(f".{out.name}.{os.getpid()}.part")
    with _explained(out):
        try:
            with growing.open("w+b") as opened:
                yield opened
                opened.flush()
                os.fsync(opened.fileno())
            growing.replace(out)
        finally:
            growing.unlink(missing_ok=True)


@contextmanager
def sink(out: Path | BinaryIO) -> Iterator[Digested]:
    """Where the bytes go: `published`, or a file object that is written to as it is."""
    if not isinstance(out, Path):
        file = Digested(out)
        yield file
        file.flush()
        return
    with published(out) as opened:
        yield Digested(opened)


class Digested:
    """A file that is only written to, with the digest and size of what went into it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._bytes = 0
        self.sha256 = hashlib.sha256()
        self.closed = False

    def write(self, block: Any) -> int:
        view = memoryview(block).cast("B")
        self.sha256.update(view)
        self._bytes += len(view)
        self._file.write(view)
        return len(view)

    def writelines(self, lines: Iterable[bytes]) -> None:
        rest = iter(lines)
        while piece := b"".join(islice(rest, _LINES_AT_ONCE)):
            self.write(piece)

    def tell(self) -> int:
        return self._bytes

    def flush(self) -> None:
        self._file.flush()

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        self.flush()


@contextmanager
def compressed(file: Digested, *, is_wanted: bool) -> Iterator[BinaryIO]:
    if not is_wanted:
        yield cast(BinaryIO, file)
        return
    # Neither name nor time goes into the header: the same records give the same bytes.
    with gzip.GzipFile(
        filename="", fileobj=cast(BinaryIO, file), mode="wb", mtime=0, compresslevel=_GZIP_LEVEL
    ) as packed:
        yield cast(BinaryIO, packed)


@contextmanager
def _explained(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _complaint(out, error) from error


def _complaint(out: Path, error: OSError) -> ArchiveError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"{out}: {error.strerror}; make room and run it again, no file was left")
    return CannotWrite(f"{out}: cannot be written ({error.strerror}); choose another place")
