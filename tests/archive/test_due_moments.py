"""Every due moment leaves one row, and the first who writes it has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archive.collection import Collection
from archive.due_moments import (
    end_due_moment,
    forget_unreached,
    latest_due_moment,
    list_due_moments,
    list_started,
    note_due_moments,
    start_due_moment,
)

SITE = "example.org"
DUE = datetime(2026, 3, 1, 3, 17, tzinfo=UTC)
NOW = datetime(2026, 3, 1, 3, 18, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_moment_is_claimed_once(collection: Collection) -> None:
    first = start_due_moment(collection, SITE, DUE, reason=None, now=NOW)
    second = start_due_moment(collection, SITE, DUE, reason=None, now=NOW)

    assert (first, second) == (True, False)


def test_two_sites_may_be_due_at_one_moment(collection: Collection) -> None:
    assert start_due_moment(collection, SITE, DUE, reason=None, now=NOW)
    assert start_due_moment(collection, "example.net", DUE, reason=None, now=NOW)


def test_a_finished_moment_tells_when_it_was_due_and_how_it_ended(collection: Collection) -> None:
    start_due_moment(collection, SITE, DUE, reason="2 minutes late", now=NOW)

    end_due_moment(collection, SITE, DUE, "finished", crawl_id=None, reason=None, now=NOW + DAY)

    [moment] = list_due_moments(collection)
    assert (moment.site, moment.due_at, moment.state) == (SITE, DUE, "finished")
    assert (moment.reason, moment.noted_at) == ("2 minutes late", NOW + DAY)
    assert list_started(collection, SITE) == []


def test_a_moment_that_ended_stays_as_it_is(collection: Collection) -> None:
    start_due_moment(collection, SITE, DUE, reason=None, now=NOW)
    end_due_moment(collection, SITE, DUE, "failed", crawl_id=None, reason="exit 3", now=NOW)

    end_due_moment(collection, SITE, DUE, "finished", crawl_id=None, reason=None, now=NOW)

    assert [moment.state for moment in list_due_moments(collection)] == ["failed"]


def test_missed_moments_leave_rows_and_take_no_others_place(collection: Collection) -> None:
    start_due_moment(collection, SITE, DUE, reason=None, now=NOW)

    moments = (DUE + day * DAY for day in range(3))
    noted = note_due_moments(collection, SITE, moments, "missed", reason="down", now=NOW)

    assert noted == 2
    states = [(moment.due_at, moment.state) for moment in list_due_moments(collection)]
    assert states == [(DUE + 2 * DAY, "missed"), (DUE + DAY, "missed"), (DUE, "started")]


def test_no_moment_to_note_is_none_noted(collection: Collection) -> None:
    assert note_due_moments(collection, SITE, [], "skipped", reason="none", now=NOW) == 0


def test_the_latest_moment_is_looked_for_up_to_a_time(collection: Collection) -> None:
    moments = [DUE, DUE + DAY, DUE + 400 * DAY]
    note_due_moments(collection, SITE, moments, "missed", reason="down", now=NOW)

    latest = latest_due_moment(collection, SITE)
    until = latest_due_moment(collection, SITE, until=DUE + DAY)

    assert latest is not None
    assert until is not None
    assert (latest.due_at, until.due_at) == (DUE + 400 * DAY, DUE + DAY)
    assert latest_due_moment(collection, SITE, until=DUE - DAY) is None
    assert latest_due_moment(collection, "example.net") is None


def test_what_is_yet_to_come_is_forgotten_but_for_crawls_that_were_run(
    collection: Collection,
) -> None:
    note_due_moments(collection, SITE, [DUE, DUE + DAY], "missed", reason="down", now=NOW)
    start_due_moment(collection, SITE, DUE + 2 * DAY, reason=None, now=NOW)
    note_due_moments(collection, "example.net", [DUE + DAY], "missed", reason="down", now=NOW)

    forgotten = forget_unreached(collection, SITE, now=NOW)

    assert forgotten == 1
    left = [(moment.site, moment.due_at) for moment in list_due_moments(collection)]
    assert left == [(SITE, DUE + 2 * DAY), ("example.net", DUE + DAY), (SITE, DUE)]


def test_moments_are_listed_of_one_site_or_all_newest_first(collection: Collection) -> None:
    note_due_moments(collection, SITE, [DUE, DUE + DAY], "missed", reason="down", now=NOW)
    note_due_moments(collection, "example.net", [DUE], "skipped", reason="busy", now=NOW)

    assert [m.site for m in list_due_moments(collection)] == [SITE, "example.net", SITE]
    assert [m.due_at for m in list_due_moments(collection, site=SITE)] == [DUE + DAY, DUE]
    assert len(list_due_moments(collection, most=1)) == 1
