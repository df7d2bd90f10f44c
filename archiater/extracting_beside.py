"""Extraction beside a running crawl: a process of its own that takes what the crawl has preserved.

The crawl never waits for it. It extracts in its own process; where a page ends that process, what
is left is extracted by worker processes that may die one page at a time.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import sys
from collections.abc import Sequence
from multiprocessing.synchronize import Event
from pathlib import Path
from types import TracebackType
from typing import Self

from archive.collection import Collection
from archive.errors import DiskFull
from archive.extracting import ProfileOf, count_waiting, extract_pending
from archive.learning import apply_learned, learn
from archive.patient_recording import Patience, patiently
from archive.searching.index import index_pending
from archive.worker_processes import ctrl_c_held_back, limit_memory
from articles.errors import ArchiaterError
from spiders.site_files import load_sites

logger = logging.getLogger(__name__)

_LOOK_EVERY_S = 0.3
# On a full disk.
_LOOK_FOR_ROOM_S = 5.0
# Longer than the slowest page may take (see `archive.worker_processes`).
_PATIENCE_S = 150.0


def profiles_of(own_sites: Path) -> ProfileOf:
    """The profile of a site by name, from the shipped files and the collection's own."""
    sites = {site.name: site.profile for site in load_sites(own_sites)}
    return sites.get


class ExtractingBeside:
    """The process that extracts while the block runs; on leaving, all that waited is done.

    What the pages of `sites` tell together is learned then, for the next crawl.
    """

    def __init__(
        self,
        collection: Collection,
        *,
        jobs: int,
        sites: Sequence[str] = (),
        patience: Patience | None = None,
    ) -> None:
        self._collection = collection
        self._sites = sites
        self._patience = patience
        self._jobs = jobs
        context = multiprocessing.get_context("spawn")
        self._may_end = context.Event()
        self._process = context.Process(
            target=_extract_until, args=(collection.path, self._may_end), daemon=True
        )

    def __enter__(self) -> Self:
        with ctrl_c_held_back():
            self._process.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._may_end.set()
        self._wait()
        if error is None:
            self._finish()

    def _finish(self) -> None:
        if self._patience is None:
            self._extract_and_learn()
        else:
            patiently(self._extract_and_learn, self._patience)

    def _extract_and_learn(self) -> None:
        finish_extraction(self._collection, jobs=self._jobs)
        for site in self._sites:
            learn(self._collection, site=site)

    def _wait(self) -> None:
        """Until the process has ended, or has not stored anything for too long."""
        waiting = count_waiting(self._collection)
        while self._process.is_alive():
            self._process.join(_PATIENCE_S)
            left = count_waiting(self._collection)
            if self._process.is_alive() and left >= waiting:
                logger.error("extraction hangs with %d captures left; ended", left)
                self._process.kill()
            waiting = left
        if self._process.exitcode:
            logger.warning("extraction beside the crawl ended with %s", self._process.exitcode)


def finish_extraction(collection: Collection, *, jobs: int) -> None:
    """Extract and index all that still waits; pages that end a process cost but themselves."""
    _extract_waiting(collection, jobs=jobs)
    index_pending(collection)


def extract_and_apply(collection: Collection, *, jobs: int) -> None:
    """The same, and make the records again that what the sites' pages tell together changes."""
    _extract_waiting(collection, jobs=jobs)
    if apply_learned(collection):
        _extract_waiting(collection, jobs=jobs)
    index_pending(collection)


def _extract_waiting(collection: Collection, *, jobs: int) -> None:
    if count_waiting(collection):
        # At least two, because a single job would extract in this process.
        extract_pending(collection, profile_of=profiles_of(collection.own_sites), jobs=max(2, jobs))


def _extract_until(path: Path, may_end: Event) -> None:
    # Ctrl-C reaches the whole group; what is preserved is still to be extracted.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory()
    try:
        with Collection.open(path) as collection:
            profile_of = profiles_of(collection.own_sites)
            ending, rest_s = False, _LOOK_EVERY_S
            while not ending and not _is_orphan():
                ending = may_end.wait(rest_s)
                try:
                    if ending or count_waiting(collection):
                        extract_pending(collection, profile_of=profile_of, should_stop=_is_orphan)
                    index_pending(collection)
                    rest_s = _LOOK_EVERY_S
                except DiskFull:
                    # The crawl meets the same disk, and says that it waits.
                    rest_s = _LOOK_FOR_ROOM_S
    except ArchiaterError as error:
        # The crawl meets the same disk and says it; what waits here waits for the next crawl.
        sys.exit(error.exit_code)


def _is_orphan() -> bool:
    """Whether the crawl was killed: nobody will ever say then that this process may end."""
    crawl = multiprocessing.parent_process()
    return crawl is not None and not crawl.is_alive()
