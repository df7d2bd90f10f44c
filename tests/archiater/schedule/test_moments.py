"""Due moments: exact in every time zone, at both clock changes, and from wherever one asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiater.schedule.moments import due_moments, latest_moment, next_moment, put_off
from articles.profile import SiteProfile
from spiders.site import Schedule, Site

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Manila", "Australia/Lord_Howe")
CRONS = ("30 2 * * *", "17 */6 * * *", "*/20 * * * *", "0 3 * * 0", "0 0 1,15 * *", "5 2,3 * * 1-5")


def a_site(cron: str, zone: str = "UTC", *, jitter_s: int = 0) -> Site:
    return Site(
        name="example.org",
        hosts=("example.org",),
        schedule=Schedule(cron=cron, timezone=zone, jitter_s=jitter_s),
        profile=SiteProfile(site="example.org"),
        origin="test",
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_moments_lie_after_the_first_time_and_up_to_the_second() -> None:
    site = a_site("0 12 * * *")

    moments = due_moments(site, utc("2026-05-01T12:00"), utc("2026-05-03T12:00"))

    assert list(moments) == [utc("2026-05-02T12:00"), utc("2026-05-03T12:00")]


def test_the_hour_is_that_of_the_sites_own_time_zone() -> None:
    site = a_site("0 3 * * *", "Asia/Manila")

    assert next_moment(site, utc("2026-05-01T00:00")) == utc("2026-05-01T19:00")


def test_sunday_is_sunday() -> None:
    moment = next_moment(a_site("0 3 * * 0"), utc("2026-05-01T00:00"))

    assert moment is not None
    assert moment.strftime("%A") == "Sunday"


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        # On 2026-03-29 Berlin's clocks jump from 02:00 to 03:00 (01:00 UTC).
        ("30 2 * * *", ["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"]),
        ("0 3 * * *", ["2026-03-28T02:00", "2026-03-29T01:00", "2026-03-30T01:00"]),
        ("30 3 * * *", ["2026-03-28T02:30", "2026-03-29T01:30", "2026-03-30T01:30"]),
    ],
)
def test_a_time_in_the_skipped_hour_comes_at_its_end(cron: str, expected: list[str]) -> None:
    site = a_site(cron, "Europe/Berlin")

    moments = due_moments(site, utc("2026-03-27T12:00"), utc("2026-03-30T12:00"))

    assert list(moments) == [utc(text) for text in expected]


def test_a_time_in_the_repeated_hour_comes_once() -> None:
    site = a_site("30 2 * * *", "Europe/Berlin")

    # On 2026-10-25 Berlin's clocks go from 03:00 back to 02:00 (01:00 UTC).
    moments = due_moments(site, utc("2026-10-24T12:00"), utc("2026-10-26T12:00"))

    assert list(moments) == [utc("2026-10-25T00:30"), utc("2026-10-26T01:30")]


def test_steps_follow_real_time_through_the_repeated_hour() -> None:
    site = a_site("*/30 * * * *", "Europe/Berlin")

    moments = list(due_moments(site, utc("2026-10-24T23:00"), utc("2026-10-25T03:00")))

    assert len(moments) == 8
    assert {later - earlier for earlier, later in pairwise(moments)} == {timedelta(minutes=30)}


def test_asked_inside_the_second_of_the_repeated_hours_the_past_does_not_come_again() -> None:
    site = a_site("30 2 * * *", "Europe/Berlin")

    # 01:10 UTC is 02:10 for the second time; 02:30 was due 40 minutes ago.
    now = utc("2026-10-25T01:10")

    assert latest_moment(site, now) == utc("2026-10-25T00:30")
    assert next_moment(site, now) == utc("2026-10-26T01:30")


def test_the_moment_itself_is_the_latest() -> None:
    site = a_site("30 2 * * *", "Europe/Berlin")

    assert latest_moment(site, utc("2026-03-29T01:00")) == utc("2026-03-29T01:00")


def test_the_latest_moment_of_a_rare_schedule_is_found() -> None:
    assert latest_moment(a_site("0 0 29 2 *"), utc("2027-06-01T00:00")) == utc("2024-02-29T00:00")


def test_a_site_without_a_schedule_is_never_due() -> None:
    site = Site(name="a", hosts=("a",), profile=SiteProfile(site="a"), origin="test")
    since, until = utc("2026-01-01T00:00"), utc("2027-01-01T00:00")

    assert list(due_moments(site, since, until)) == []
    assert next_moment(site, since) is None
    assert latest_moment(site, until) is None


times = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.sampled_from(CRONS), st.sampled_from(ZONES), times, st.integers(0, 4000), st.integers(0))
def test_a_span_cut_in_two_has_the_same_moments(
    cron: str, zone: str, since: datetime, minutes: int, cut: int
) -> None:
    site = a_site(cron, zone)
    until = since + timedelta(minutes=minutes)
    middle = since + timedelta(minutes=cut % (minutes + 1))

    whole = list(due_moments(site, since, until))

    assert whole == sorted(set(whole))
    assert whole == [*due_moments(site, since, middle), *due_moments(site, middle, until)]


@given(st.sampled_from(CRONS), st.sampled_from(ZONES), times)
def test_no_moment_lies_between_the_latest_and_the_next(
    cron: str, zone: str, now: datetime
) -> None:
    site = a_site(cron, zone)

    latest, following = latest_moment(site, now), next_moment(site, now)

    assert latest is not None
    assert following is not None
    assert latest <= now < following
    assert list(due_moments(site, latest, following)) == [following]


@given(st.sampled_from(ZONES), times)
def test_a_fixed_time_comes_once_on_every_day_of_its_zone(zone: str, since: datetime) -> None:
    days = [
        moment.astimezone(ZoneInfo(zone)).date()
        for moment in due_moments(a_site("30 2 * * *", zone), since, since + timedelta(days=20))
    ]

    assert len(days) in {19, 20, 21}
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=1)}


@given(times)
def test_a_start_is_put_off_by_no_more_than_the_jitter_and_always_alike(due_at: datetime) -> None:
    site = a_site("0 3 * * *", jitter_s=600)

    delay = put_off(site, due_at)

    assert timedelta() <= delay <= timedelta(seconds=600)
    assert delay == put_off(site, due_at.astimezone(ZoneInfo("Asia/Manila")))


def test_without_jitter_nothing_is_put_off() -> None:
    assert put_off(a_site("0 3 * * *"), utc("2026-05-01T03:00")) == timedelta()
