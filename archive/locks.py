"""Locks between processes: one crawl per site at a time, one schedule that starts it, one import.

A lock is `flock` on a file below `run/`. The system lets go of it when the process ends, however it
ends, so nothing stale can be left behind; the process number inside is only for the message. A lock
file is never deleted: a third process could then hold a lock on a file that nobody else sees.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from archive.collection import Collection
from archive.errors import LockedCollection

_LONGEST_NAME = 120


@contextmanager
def site_lock(collection: Collection, site: str) -> Iterator[None]:
    """Hold the right to crawl `site` into this collection while the block runs.

    Raises `LockedCollection`, with the number of the process that crawls it, at once.
    """
    with _lock(crawl_lock_file(collection, site), f"{site} is being crawled"):
        yield


@contextmanager
def schedule_lock(collection: Collection, site: str) -> Iterator[None]:
    """Hold the right to decide about the due moments of `site`, until what was started has ended.

    The scheduler holds it around a crawl that is a process of its own and takes `site_lock` itself.
    """
    file = collection.run / f"schedule-{safe_name(site)}.lock"
    with _lock(file, f"the schedule of {site} is at work"):
        yield


@contextmanager
def import_lock(collection: Collection) -> Iterator[None]:
    """Hold the right to import while the block runs: what is here already is asked only once.

    Raises `LockedCollection`, with the number of the process that imports, at once.
    """
    with _lock(collection.run / "import.lock", "another import is at work"):
        yield


def crawl_lock_file(collection: Collection, site: str) -> Path:
    """The file that `site_lock` locks."""
    return collection.run / f"crawl-{safe_name(site)}.lock"


def safe_name(site: str) -> str:
    """A site's name as part of a file name; different names stay different.

    >>> safe_name("127.0.0.1:8080")
    '127.0.0.1%3A8080'
    """
    name = quote(site, safe="", errors="surrogatepass")
    if len(name) <= _LONGEST_NAME:
        return name
    digest = hashlib.sha256(site.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{name[:40]}-{digest}"


@contextmanager
def _lock(file: Path, what: str) -> Iterator[None]:
    file.parent.mkdir(exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedCollection(
                f"{file}: {what} by process {_holder(descriptor)}; "
                "wait until it ends, or end that process"
            ) from error
        # On a full disk the lock holds without the number, and the work tells of the disk.
        with suppress(OSError):
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode("ascii"), 0)
        yield
    finally:
        # Closing lets go: a forked child that still has the descriptor would keep the lock, so it
        # is let go of by name first.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    # Empty for a moment: between the other's taking the lock and its writing.
    return os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
