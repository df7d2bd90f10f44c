"""Each due moment is run once or says why not, whatever ends badly around it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from archiater.schedule.scheduled_crawls import ScheduledCrawls
from archive.collection import Collection
from archive.crawls import begin_crawl, end_crawl
from archive.due_moments import list_due_moments
from archive.locks import schedule_lock, site_lock
from spiders.site import Site


@pytest.fixture
def site(make_site: Any) -> Site:
    made: Site = make_site()
    return made


@pytest.fixture
def scheduler(collection: Collection, crawls: Any, clock: Any, site: Site) -> ScheduledCrawls:
    """A scheduler whose site was first seen at noon, half an hour ago."""
    made = ScheduledCrawls(collection, start=crawls)
    made.begin_due([site], clock())
    clock.move(minutes=30)
    return made


def rows(collection: Collection) -> list[tuple[int, str]]:
    """Hour of day and state of every row, oldest first."""
    return [(row.due_at.hour, row.state) for row in reversed(list_due_moments(collection))]


def newest_reason(collection: Collection) -> str | None:
    return list_due_moments(collection)[0].reason


def test_a_new_schedule_begins_with_the_next_moment(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    scheduler.begin_due([site], clock())
    assert crawls.sites == []
    assert rows(collection) == [(12, "skipped")]
    assert newest_reason(collection) == "the schedule begins after this moment"

    scheduler.begin_due([site], clock.move(minutes=30))
    assert crawls.sites == ["example.org"]


def test_a_moment_is_run_once_however_often_it_is_looked_at(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    clock.move(minutes=31)
    for _ in range(3):
        scheduler.begin_due([site], clock())
    crawls.started[0].code = 0
    scheduler.end_ended(clock())
    scheduler.begin_due([site], clock())

    assert crawls.sites == ["example.org"]
    assert rows(collection) == [(12, "skipped"), (13, "finished")]


def test_of_the_moments_missed_while_down_the_latest_is_run(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    scheduler.begin_due([site], clock.move(hours=4))

    assert crawls.sites == ["example.org"]
    assert rows(collection) == [
        (12, "skipped"),
        (13, "missed"),
        (14, "missed"),
        (15, "missed"),
        (16, "started"),
    ]
    assert newest_reason(collection) == "started 30 min late"


def test_a_moment_that_comes_while_its_last_crawl_runs_is_skipped(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    scheduler.begin_due([site], clock.move(minutes=31))

    scheduler.begin_due([site], clock.move(hours=1))

    assert crawls.sites == ["example.org"]
    assert rows(collection)[1:] == [(13, "started"), (14, "skipped")]
    assert newest_reason(collection) == "the crawl due at 2026-05-01 13:00 UTC was still running"


def test_a_moment_that_comes_while_somebody_crawls_the_site_is_skipped(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    with site_lock(collection, site.name):
        scheduler.begin_due([site], clock.move(minutes=31))

    assert crawls.sites == []
    assert rows(collection)[-1] == (13, "skipped")
    assert "is being crawled by process" in (newest_reason(collection) or "")


def test_what_another_scheduler_is_at_is_left_to_it(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    with schedule_lock(collection, site.name):
        scheduler.begin_due([site], clock.move(minutes=31))
        assert crawls.sites == []
        assert rows(collection) == [(12, "skipped")]

    scheduler.begin_due([site], clock())
    assert crawls.sites == ["example.org"]


def test_two_schedulers_start_one_crawl(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    with Collection.open(collection.path) as again:
        other = ScheduledCrawls(again, start=crawls)
        clock.move(minutes=31)

        scheduler.begin_due([site], clock())
        other.begin_due([site], clock())

    assert crawls.sites == ["example.org"]
    assert rows(collection)[-1] == (13, "started")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (3, "the crawl ended with exit code 3: archive.db: the disk is full"),
        (130, "the crawl was interrupted; the next goes on with it"),
        (-9, "the crawl was ended by SIGKILL; the next goes on with it"),
    ],
)
def test_a_crawl_that_ends_badly_leaves_a_row_that_says_how(
    collection: Collection,
    scheduler: ScheduledCrawls,
    crawls: Any,
    clock: Any,
    site: Site,
    code: int,
    reason: str,
) -> None:
    scheduler.begin_due([site], clock.move(minutes=31))
    crawls.started[0].code = code
    crawls.started[0].words = "archive.db: the disk is full"

    scheduler.end_ended(clock())

    assert rows(collection)[-1] == (13, "failed")
    assert newest_reason(collection) == reason
    assert scheduler.running == ()


def test_a_crawl_that_cannot_be_started_fails_and_frees_the_site(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    crawls.refusal = OSError(12, "Cannot allocate memory")
    scheduler.begin_due([site], clock.move(minutes=31))
    assert rows(collection)[-1] == (13, "failed")
    assert "Cannot allocate memory" in (newest_reason(collection) or "")

    crawls.refusal = None
    scheduler.begin_due([site], clock.move(hours=1))
    assert rows(collection)[-1] == (14, "started")


def test_the_row_of_a_scheduler_that_was_killed_is_closed_as_failed(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    scheduler.begin_due([site], clock.move(minutes=31))
    died_with_its_locks(scheduler)

    ScheduledCrawls(collection, start=crawls).begin_due([site], clock.move(hours=1))

    assert rows(collection)[1:] == [(13, "failed"), (14, "started")]


def test_a_crawl_that_outlives_its_scheduler_is_not_called_failed_while_it_runs(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    scheduler.begin_due([site], clock.move(minutes=31))
    died_with_its_locks(scheduler)

    with site_lock(collection, site.name):
        ScheduledCrawls(collection, start=crawls).begin_due([site], clock.move(hours=1))

    assert rows(collection)[1:] == [(13, "started"), (14, "skipped")]


def test_a_crawl_that_outlived_its_scheduler_and_finished_is_noted_with_its_number(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    scheduler.begin_due([site], clock.move(minutes=31))
    died_with_its_locks(scheduler)
    crawl_id = a_finished_crawl(collection, site, clock.move(minutes=5))

    ScheduledCrawls(collection, start=crawls).begin_due([site], clock.move(minutes=5))

    [row] = list_due_moments(collection, most=1)
    assert (row.due_at.hour, row.state, row.crawl_id) == (13, "finished", crawl_id)


def test_a_finished_moment_names_the_crawl_that_it_started(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    a_finished_crawl(collection, site, clock())
    scheduler.begin_due([site], clock.move(minutes=31))
    crawl_id = a_finished_crawl(collection, site, clock.move(minutes=5))
    crawls.started[0].code = 0

    scheduler.end_ended(clock())

    assert list_due_moments(collection, most=1)[0].crawl_id == crawl_id


def test_a_crawl_that_failed_before_it_began_names_no_other_crawl(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    a_finished_crawl(collection, site, clock())
    scheduler.begin_due([site], clock.move(minutes=31))
    crawls.started[0].code = 2

    scheduler.end_ended(clock())

    assert list_due_moments(collection, most=1)[0].crawl_id is None


def test_no_more_crawls_run_at_once_than_are_allowed(
    collection: Collection, crawls: Any, clock: Any, make_site: Any
) -> None:
    sites = [make_site(name) for name in ("a.example", "b.example", "c.example")]
    scheduler = ScheduledCrawls(collection, start=crawls, most_at_once=2)
    scheduler.begin_due(sites, clock())

    scheduler.begin_due(sites, clock.move(hours=1))
    assert crawls.sites == ["a.example", "b.example"]

    crawls.started[0].code = 0
    scheduler.end_ended(clock())
    scheduler.begin_due(sites, clock())
    assert crawls.sites == ["a.example", "b.example", "c.example"]


def test_a_start_is_put_off_by_the_jitter_but_not_forgotten(
    collection: Collection, crawls: Any, clock: Any, make_site: Any
) -> None:
    site = make_site(jitter_s=3000)
    scheduler = ScheduledCrawls(collection, start=crawls)
    scheduler.begin_due([site], clock())

    scheduler.begin_due([site], clock.move(minutes=60))
    assert crawls.sites == []
    assert len(rows(collection)) == 1

    scheduler.begin_due([site], clock.move(seconds=3000))
    assert crawls.sites == ["example.org"]


def test_a_clock_that_was_wrong_does_not_silence_the_schedule(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    true_now = clock.now
    scheduler.begin_due([site], clock.move(days=40))
    crawls.started[0].code = 0
    scheduler.end_ended(clock())

    clock.now = true_now
    scheduler.begin_due([site], clock.move(minutes=31))

    assert crawls.sites == ["example.org", "example.org"]
    assert rows(collection) == [(12, "skipped"), (13, "started"), (12, "finished")]


def test_a_site_without_a_schedule_is_left_alone(
    collection: Collection, crawls: Any, clock: Any, make_site: Any
) -> None:
    ScheduledCrawls(collection, start=crawls).begin_due([make_site(cron=None)], clock())

    assert list_due_moments(collection) == []


def test_stopping_asks_every_crawl_to_end_and_notes_it(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    scheduler.begin_due([site], clock.move(minutes=31))

    scheduler.stop(clock, lambda seconds: clock.move(seconds=seconds))

    assert (crawls.started[0].asked, crawls.started[0].killed) == (1, False)
    assert rows(collection)[-1] == (13, "failed")


def test_a_crawl_that_does_not_end_within_a_minute_is_killed(
    collection: Collection, scheduler: ScheduledCrawls, crawls: Any, clock: Any, site: Site
) -> None:
    scheduler.begin_due([site], clock.move(minutes=31))
    crawls.started[0].is_deaf = True
    asked_at = clock()

    scheduler.stop(clock, lambda seconds: clock.move(seconds=seconds))

    assert crawls.started[0].killed
    assert (clock() - asked_at).total_seconds() == 60
    assert "SIGKILL" in (newest_reason(collection) or "")


def died_with_its_locks(scheduler: ScheduledCrawls) -> None:
    """What a killed scheduler leaves: no lock, and its rows as they were."""
    for running in scheduler._running.values():
        running.lock.close()


def a_finished_crawl(collection: Collection, site: Site, now: datetime) -> int:
    crawl = begin_crawl(
        collection, site=site.name, started_by="schedule", settings={"at": str(now)}, now=now
    )
    return end_crawl(collection, crawl.id, "finished", now=now).id
