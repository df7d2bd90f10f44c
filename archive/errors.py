"""What can be wrong with a collection, each named for what is true.

All share `ArchiveError`, which carries the exit code of the command line. A message is one line:
where, what was found, what was expected, what to do.
"""

from __future__ import annotations

import errno
from pathlib import Path

from articles.errors import ArchiaterError


class ArchiveError(ArchiaterError):
    """Base of the errors of the archive; `exit_code` is 3, the disk or archive failed."""

    exit_code = 3


class OperatorError(ArchiveError):
    """What was asked cannot be done as asked: a path, a query, a name. Exit code 2."""

    exit_code = 2


class NoCollection(OperatorError):
    """There is no collection at this path."""


class NewerCollection(OperatorError):
    """The database was written by a newer version of archiater."""


class ReadOnlyCollection(OperatorError):
    """The collection cannot be written to."""


class LockedCollection(ArchiveError):
    """Another process holds what is needed."""


class DamagedWarc(ArchiveError):
    """A WARC file does not say what it should at this place."""


class DiskFull(ArchiveError):
    """There is no room to write on."""


class BadQuery(OperatorError):
    """A filter or SQL text that cannot be understood."""


class DiskFailed(ArchiveError):
    """The disk refused a write, or cannot say that what was written is safe."""


_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def disk_error(path: Path, error: OSError) -> ArchiveError:
    """The error of ours that says what `error` means for an archive."""
    if error.errno in _NO_ROOM:
        return DiskFull(
            f"{path}: no room left ({error.strerror}); make room on this disk and start again"
        )
    return DiskFailed(
        f"{path}: cannot be written ({error.strerror}); check the disk and its permissions"
    )
