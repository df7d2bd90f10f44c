"""`run-due` ends when all is run; the daemon goes on until it is told to stop."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest

from archiater.schedule.loops import keep_running, run_due, stopped_by_signals
from archive.collection import Collection
from archive.due_moments import list_due_moments


def until_stopped_after(clock: Any, times: int) -> Callable[[float], bool]:
    """A wait that moves the clock, and says stop at its nth call."""
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        clock.move(seconds=seconds)
        return len(waits) >= times

    return wait


def no_wait(seconds: float) -> bool:
    pytest.fail("nothing was to be waited for")


def test_what_is_due_is_run_and_told(
    collection: Collection, crawls: Any, clock: Any, make_site: Any
) -> None:
    crawls.begins_with = 0
    sites = [make_site("a.example"), make_site("b.example", "30 * * * *")]
    run_due(collection, sites, start=crawls, wait=no_wait, clock=clock)
    clock.move(minutes=20)
    clock.move(minutes=40)

    rows = run_due(
        collection, sites, start=crawls, wait=until_stopped_after(clock, 99), clock=clock
    )

    assert sorted((row.site, row.due_at.minute, row.state) for row in rows) == [
        ("a.example", 0, "finished"),
        ("b.example", 30, "finished"),
    ]


def test_run_due_again_does_nothing(
    collection: Collection, crawls: Any, clock: Any, make_site: Any
) -> None:
    crawls.begins_with = 0
    site = make_site()
    run_due(collection, [site], start=crawls, wait=no_wait, clock=clock)
    clock.move(hours=1)
    run_due(collection, [site], start=crawls, wait=until_stopped_after(clock, 99), clock=clock)
    clock.move(minutes=5)

    rows = run_due(collection, [site], start=crawls, wait=no_wait, clock=clock)

    assert rows == []
    assert crawls.sites == ["example.org"]


def test_run_due_runs_more_sites_than_may_run_at_once_one_after_the_other(
    collection: Collection, crawls: Any, clock: Any, make_site: Any
) -> None:
    crawls.begins_with = 0
    sites = [make_site(f"{letter}.example") for letter in "abcde"]
    run_due(collection, sites, start=crawls, wait=no_wait, clock=clock)
    clock.move(hours=1)

    run_due(
        collection,
        sites,
        start=crawls,
        wait=until_stopped_after(clock, 99),
        clock=clock,
        most_at_once=2,
    )

    assert sorted(crawls.sites) == [site.name for site in sites]


def test_run_due_that_is_told_to_stop_ends_its_crawls(
    collection: Collection, crawls: Any, clock: Any, make_site: Any
) -> None:
    site = make_site()
    run_due(collection, [site], start=crawls, wait=no_wait, clock=clock)
    clock.move(hours=1)

    [row] = run_due(
        collection,
        [site],
        start=crawls,
        wait=until_stopped_after(clock, 3),
        clock=clock,
        sleep=no_wait,
    )

    assert (row.state, row.reason) == (
        "failed",
        "the crawl was interrupted; the next goes on with it",
    )
    assert crawls.started[0].asked == 1


def test_the_daemon_runs_every_moment_of_a_day(
    collection: Collection, crawls: Any, clock: Any, make_site: Any
) -> None:
    crawls.begins_with = 0
    ends_at = clock.now.replace(day=2)

    def wait(seconds: float) -> bool:
        clock.move(seconds=seconds)
        return bool(clock.now > ends_at)

    keep_running(collection, [make_site()], start=crawls, wait=wait, clock=clock)

    assert len(crawls.sites) == 24
    states = [row.state for row in list_due_moments(collection)]
    assert states == ["finished"] * 24 + ["skipped"]


def test_the_daemon_sleeps_until_the_next_moment_and_a_minute_at_most(
    collection: Collection, crawls: Any, clock: Any, make_site: Any
) -> None:
    slept: list[float] = []

    def wait(seconds: float) -> bool:
        slept.append(seconds)
        clock.move(seconds=seconds)
        return len(slept) == 4

    clock.move(minutes=57, seconds=30)
    keep_running(collection, [make_site()], start=crawls, wait=wait, clock=clock, sleep=clock.move)

    assert slept == [60.0, 60.0, 30.0, 1.0]


def test_the_daemon_that_is_told_to_stop_ends_its_crawls(
    collection: Collection, crawls: Any, clock: Any, make_site: Any
) -> None:
    clock.move(minutes=59)
    keep_running(
        collection,
        [make_site()],
        start=crawls,
        wait=until_stopped_after(clock, 5),
        clock=clock,
        sleep=no_wait,
    )

    assert crawls.started[0].asked == 1
    assert [row.state for row in list_due_moments(collection)] == ["failed", "skipped"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_wait_and_nothing_else(number: signal.Signals) -> None:
    before = signal.getsignal(number)

    with stopped_by_signals() as wait:
        assert not wait(0)
        os.kill(os.getpid(), number)
        assert wait(5)

    assert signal.getsignal(number) is before
