"""Deciding and running: which due moment starts a crawl, and a row for every one that does not.

Of the moments since a site's newest row the latest is run, the earlier ones are noted as missed.
One that comes while the site is being crawled is skipped. Two schedulers may work on one
collection: a lock per site and the row itself, which only one can write, keep them apart.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

from archiater.schedule.crawl_processes import CrawlProcess, StartCrawl
from archiater.schedule.moments import due_moments, latest_moment, put_off
from archive.collection import Collection
from archive.crawls import Crawl, list_crawls
from archive.due_moments import (
    end_due_moment,
    forget_unreached,
    latest_due_moment,
    list_started,
    note_due_moments,
    start_due_moment,
)
from archive.errors import LockedCollection
from archive.locks import schedule_lock, site_lock
from archive.times import as_text
from spiders.site import Site

logger = logging.getLogger(__name__)

# A crawl is mostly waiting, but each is a process of some 150 MB.
MOST_AT_ONCE = 4
# A start as late as this is worth a word in the row; less is the tick of the loop.
_LATE = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class _Running:
    site: str
    due_at: datetime
    process: CrawlProcess
    newest_before: Crawl | None
    lock: ExitStack


class ScheduledCrawls:
    """The crawls that one scheduler has running. The clock comes in with every call."""

    def __init__(
        self, collection: Collection, *, start: StartCrawl, most_at_once: int = MOST_AT_ONCE
    ) -> None:
        self._collection = collection
        self._start = start
        self._most_at_once = most_at_once
        self._running: dict[str, _Running] = {}

    @property
    def running(self) -> tuple[str, ...]:
        """The sites whose crawl runs."""
        return tuple(self._running)

    def begin_due(self, sites: Sequence[Site], now: datetime) -> int:
        """Start what is due and note what is not to be started; how many crawls were started."""
        return sum(self._begin_if_due(site, now) for site in sites)

    def end_ended(self, now: datetime) -> int:
        """Note how the crawls ended that have ended since; how many."""
        ended = [
            (running, code)
            for running in self._running.values()
            if (code := running.process.exit_code()) is not None
        ]
        for running, code in ended:
            self._end(running, code, now)
        return len(ended)

    def stop(self, clock: Callable[[], datetime], sleep: Callable[[float], object]) -> None:
        """Ask every crawl to end, wait up to a minute, end those that have not; note how."""
        self.end_ended(clock())
        for running in self._running.values():
            running.process.ask_to_end()
        for _ in range(60):
            self.end_ended(clock())
            if not self._running:
                return
            sleep(1.0)
        for running in self._running.values():
            logger.warning("%s did not end within a minute and is killed", running.site)
            running.process.kill()
        self.end_ended(clock())

    def _begin_if_due(self, site: Site, now: datetime) -> bool:
        if site.schedule is None:
            return False
        own = self._running.get(site.name)
        if own is not None:
            reason = f"the crawl due at {own.due_at:%Y-%m-%d %H:%M} UTC was still running"
            self._skip(site, self._ready_moments(site, now), reason, now)
            return False
        with ExitStack() as stack:
            try:
                stack.enter_context(schedule_lock(self._collection, site.name))
            except LockedCollection:
                # Another scheduler is at this site, and notes its moments.
                return False
            self._settle_left_behind(site, now)
            moments = self._ready_moments(site, now)
            if not moments or len(self._running) >= self._most_at_once:
                return False
            busy = self._who_crawls(site)
            if busy is not None:
                self._skip(site, moments, busy, now)
                return False
            newest = self._newest_crawl(site.name)
            process = self._start_latest(site, moments, now)
            if process is None:
                return False
            # The lock stays held until the crawl has ended.
            self._running[site.name] = _Running(
                site=site.name,
                due_at=moments[-1],
                process=process,
                newest_before=newest,
                lock=stack.pop_all(),
            )
        return True

    def _ready_moments(self, site: Site, now: datetime) -> list[datetime]:
        """The moments without a row up to the last one whose start is not put off any more."""
        newest = latest_due_moment(self._collection, site.name)
        if newest is not None and newest.due_at > now:
            if forgotten := forget_unreached(self._collection, site.name, now=now):
                logger.warning(
                    "%s: the clock was wrong: %d moments had been noted before they came",
                    site.name,
                    forgotten,
                )
            newest = latest_due_moment(self._collection, site.name, until=now)
        if newest is None:
            self._begin_schedule(site, now)
            return []
        moments = list(due_moments(site, newest.due_at, now))
        while moments and moments[-1] + put_off(site, moments[-1]) > now:
            moments.pop()
        return moments

    def _begin_schedule(self, site: Site, now: datetime) -> None:
        """Leave the row from which a new schedule counts, else it would begin anew every time."""
        before = latest_moment(site, now) or now
        note_due_moments(
            self._collection,
            site.name,
            [before],
            "skipped",
            reason="the schedule begins after this moment",
            now=now,
        )

    def _settle_left_behind(self, site: Site, now: datetime) -> None:
        """Close rows of a scheduler that died, unless the crawl it had started runs on."""
        left = list_started(self._collection, site.name)
        if not left or self._who_crawls(site) is not None:
            return
        newest = self._newest_crawl(site.name)
        for moment in left:
            # A crawl that ended before the row was written is an earlier one.
            is_its_own = newest is not None and (newest.ended_at or "9") >= as_text(moment.noted_at)
            crawl = newest if is_its_own else None
            finished = crawl is not None and crawl.state == "finished"
            self._note_end(
                site.name,
                moment.due_at,
                None if finished else "the scheduler and its crawl ended without a word",
                now,
                crawl_id=crawl.id if crawl is not None else None,
            )

    def _who_crawls(self, site: Site) -> str | None:
        """Who crawls the site now, in words; None for nobody."""
        try:
            with site_lock(self._collection, site.name):
                return None
        except LockedCollection as error:
            return str(error)

    def _start_latest(
        self, site: Site, moments: Sequence[datetime], now: datetime
    ) -> CrawlProcess | None:
        *earlier, due_at = moments
        late = now - due_at - put_off(site, due_at)
        reason = f"started {in_words(late)} late" if late > _LATE else None
        if not start_due_moment(self._collection, site.name, due_at, reason=reason, now=now):
            return None
        self._note_missed(site, earlier, now)
        try:
            process = self._start(site.name)
        except OSError as error:
            self._note_end(site.name, due_at, f"the crawl could not be started: {error}", now)
            return None
        logger.info("%s: crawl started, due at %s", site.name, due_at.isoformat())
        return process

    def _end(self, running: _Running, code: int, now: datetime) -> None:
        del self._running[running.site]
        with running.lock:
            newest = self._newest_crawl(running.site)
            has_row = newest is not None and newest != running.newest_before
            self._note_end(
                running.site,
                running.due_at,
                None if code == 0 else _why(code, running.process.last_words()),
                now,
                crawl_id=newest.id if newest is not None and has_row else None,
            )

    def _note_end(
        self,
        site: str,
        due_at: datetime,
        failure: str | None,
        now: datetime,
        *,
        crawl_id: int | None = None,
    ) -> None:
        end_due_moment(
            self._collection,
            site,
            due_at,
            "finished" if failure is None else "failed",
            crawl_id=crawl_id,
            reason=failure,
            now=now,
        )
        if failure is None:
            logger.info("%s: crawl finished", site)
        else:
            logger.error("%s: %s", site, failure)

    def _skip(self, site: Site, moments: Sequence[datetime], reason: str, now: datetime) -> None:
        if moments:
            note_due_moments(
                self._collection, site.name, moments, "skipped", reason=reason, now=now
            )
            logger.info("%s: skipped, %s", site.name, reason)

    def _note_missed(self, site: Site, moments: Sequence[datetime], now: datetime) -> None:
        if moments:
            note_due_moments(
                self._collection,
                site.name,
                moments,
                "missed",
                reason="no scheduler was running; the latest moment was run instead",
                now=now,
            )
            logger.warning("%s: %d due moments were missed", site.name, len(moments))

    def _newest_crawl(self, site: str) -> Crawl | None:
        return next(iter(list_crawls(self._collection, site=site, most=1)), None)


def in_words(span: timedelta) -> str:
    """A span of time in its two greatest units, for people.

    >>> in_words(timedelta(hours=3, minutes=12, seconds=5))
    '3 h 12 min'
    """
    seconds = max(0, int(span.total_seconds()))
    for name, length, lesser, lesser_length in (
        ("d", 86400, "h", 3600),
        ("h", 3600, "min", 60),
        ("min", 60, "s", 1),
    ):
        if seconds >= length:
            rest = seconds % length // lesser_length
            return f"{seconds // length} {name}" + (f" {rest} {lesser}" if rest else "")
    return f"{seconds} s"


def _why(code: int, last_words: str) -> str:
    if code < 0:
        return f"the crawl was ended by {signal.Signals(-code).name}; the next goes on with it"
    if code == 130:
        return "the crawl was interrupted; the next goes on with it"
    return f"the crawl ended with exit code {code}: {last_words or 'it said nothing'}"
