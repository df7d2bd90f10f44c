"""`run-due` and `daemon`: what is due is run once, or again and again until somebody says stop."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import FrameType

from archiater.schedule.crawl_processes import StartCrawl
from archiater.schedule.moments import next_moment
from archiater.schedule.scheduled_crawls import MOST_AT_ONCE, ScheduledCrawls
from archive.collection import Collection
from archive.due_moments import DueMoment, list_due_moments
from spiders.site import Site

logger = logging.getLogger(__name__)

# While crawls run, their end is looked for this often; else the daemon sleeps until a moment comes,
# but no longer than a minute: the clock may be set, a machine may wake from sleep.
_LOOK_EVERY_S = 1.0
_LONGEST_SLEEP_S = 60.0

Clock = Callable[[], datetime]
Wait = Callable[[float], bool]
"""Waits so many seconds; True as soon as somebody asked to stop."""


def utc_now() -> datetime:
    """The time now, aware."""
    return datetime.now(UTC)


def run_due(
    collection: Collection,
    sites: Sequence[Site],
    *,
    start: StartCrawl,
    wait: Wait,
    clock: Clock = utc_now,
    sleep: Callable[[float], object] = time.sleep,
    most_at_once: int = MOST_AT_ONCE,
) -> list[DueMoment]:
    """Run every site that is due, wait for the crawls to end, and give the rows this has written.

    Called again at once it does nothing more: each moment is run, or noted, once.
    """
    began_at = clock()
    crawls = ScheduledCrawls(collection, start=start, most_at_once=most_at_once)
    crawls.begin_due(sites, began_at)
    while crawls.running:
        if wait(_LOOK_EVERY_S):
            crawls.stop(clock, sleep)
            break
        if crawls.end_ended(clock()):
            # Where more were due than may run at once, the next has its turn now.
            crawls.begin_due(sites, began_at)
    names = {site.name for site in sites}
    rows = list_due_moments(collection, most=1000)
    return [row for row in rows if row.site in names and row.noted_at >= began_at]


def keep_running(
    collection: Collection,
    sites: Sequence[Site],
    *,
    start: StartCrawl,
    wait: Wait,
    clock: Clock = utc_now,
    sleep: Callable[[float], object] = time.sleep,
    most_at_once: int = MOST_AT_ONCE,
) -> None:
    """Run what is due whenever it is due, until `wait` says stop; then the crawls end cleanly."""
    crawls = ScheduledCrawls(collection, start=start, most_at_once=most_at_once)
    logger.info("the schedule of %d sites runs", len(sites))
    try:
        while True:
            now = clock()
            crawls.end_ended(now)
            crawls.begin_due(sites, now)
            if wait(_rest(sites, now, is_busy=bool(crawls.running))):
                break
    finally:
        crawls.stop(clock, sleep)
    logger.info("the schedule has stopped")


def _rest(sites: Sequence[Site], now: datetime, *, is_busy: bool) -> float:
    """Seconds until it is worth looking again."""
    if is_busy:
        return _LOOK_EVERY_S
    soonest = now + timedelta(seconds=_LONGEST_SLEEP_S)
    for site in sites:
        following = next_moment(site, now)
        # A start that is put off by jitter is found at the next look after it.
        if following is not None and following < soonest:
            soonest = following
    return max(_LOOK_EVERY_S, (soonest - now).total_seconds())


@contextmanager
def stopped_by_signals() -> Iterator[Wait]:
    """A wait that SIGTERM and Ctrl-C end, inside the block; they do nothing else there."""
    asked = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        asked.set()

    # A handler of our own also makes children answer to SIGINT where a shell's `&` had it ignored.
    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked.wait
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
