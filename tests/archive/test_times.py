from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.times import as_text, from_text

moments = st.datetimes(timezones=st.just(UTC))


@pytest.fixture
def far_from_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine's own time zone is eight hours ahead of UTC."""
    monkeypatch.setenv("TZ", "XXX-8")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@given(moments)
def test_a_moment_reads_back_as_it_was_written(moment: datetime) -> None:
    assert from_text(as_text(moment)) == moment


@given(moments, moments)
def test_the_order_of_the_texts_is_the_order_of_the_moments(
    first: datetime, second: datetime
) -> None:
    assert (as_text(first) < as_text(second)) == (first < second)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-22T09:30:00Z", "2026-11-22T09:30:00.000000Z"),
        ("2026-11-22T09:30:00.123456789Z", "2026-11-22T09:30:00.123456Z"),
        ("2026-11-22T17:30:00+08:00", "2026-11-22T09:30:00.000000Z"),
        ("2026-11-22T09:30Z", "2026-11-22T09:30:00.000000Z"),
        ("2026-11-22T09:30:00", "2026-11-22T09:30:00.000000Z"),
        ("2026-11-22", "2026-11-22T00:00:00.000000Z"),
        ("2026-11", "2026-11-01T00:00:00.000000Z"),
        ("2026", "2026-01-01T00:00:00.000000Z"),
    ],
)
@pytest.mark.usefixtures("far_from_greenwich")
def test_every_precision_of_a_warc_date_is_read_as_utc(text: str, meant: str) -> None:
    assert as_text(from_text(text)) == meant


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "0001-01-01T00:00:00+05:00"])
def test_what_is_no_moment_in_utc_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"isoformat|month|range|UTC"):
        from_text(text)


def test_a_moment_of_another_zone_is_written_in_utc() -> None:
    manila = timezone(timedelta(hours=8))

    assert as_text(datetime(2026, 1, 2, 3, tzinfo=manila)) == "2026-01-01T19:00:00.000000Z"
