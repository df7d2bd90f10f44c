"""Dates as pages write them: every format, language and calendar, and what must not be invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.dates import find_dates, parse_date
from articles.month_names import MONTHS

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)

WRITTEN = [
    ("September 16, 2022", "en", "2022-09-16"),
    ("Sept. 6, 2022", "en", "2022-09-06"),
    ("Aug 9 2022", "en", "2022-08-09"),
    ("DECEMBER 22, 2022", "en", "2022-12-22"),
    ("October 3rd, 2025", "en", "2025-10-03"),
    ("12 November 2025", "en", "2025-11-12"),
    ("15th December 2011", "en", "2011-12-15"),
    ("03 Apr 2023", "en", "2023-04-03"),
    ("Thursday 27 July 2017", "en", "2017-07-27"),
    ("09/25/2025", "en", "2025-09-25"),
    ("Apr 6 | 2020", "en", "2020-04-06"),
    ("AtAugust 29, 2022", "en", "2022-08-29"),
    ("Thu, 09/25/2025 - 11:38", "en", "2025-09-25T11:38"),
    ("6 Oct 2025, 10:45 a.m.", "en", "2025-10-06T10:45"),
    ("Jan 5, 2024 4:28 PM", "en", "2024-01-05T16:28"),
    ("17/01/2012 02:43:00", "en", "2012-01-17T02:43:00"),
    ("13.12.2022 - 08:13 Uhr", "de", "2022-12-13T08:13"),
    ("06. Mär. 2023", "de", "2023-03-06"),
    ("28-12-2011 14:44", "pl", "2011-12-28T14:44"),
    ("poniedziałek, 22 sierpnia 2011", "pl", "2011-08-22"),
    ("9:30 28 ноября 2011 г.", "ru", "2011-11-28"),
    ("09.12.11", "ru", "2011-12-09"),
    ("05 Ιαν. 2012, 11:45", "el", "2012-01-05T11:45"),
    ("13 Ιανουαρίου 2012", "el", "2012-01-13"),
    ("28 de enero de 2022", "es", "2022-01-28"),
    ("15 mayo, 2022", "es", "2022-05-15"),
    ("15 de março de 2022", "pt", "2022-03-15"),
    ("1er janvier 2022", "fr", "2022-01-01"),
    ("Domenica 19 Aprile 2020", "it", "2020-04-19"),
    ("Kamis, 02 Nov 2023 20:59 WIB", "id", "2023-11-02T20:59"),
    ("12 Mac 2022", "ms", "2022-03-12"),
    ("Mayo 15, 2022", "fil", "2022-05-15"),
    ("Thứ tư, 22/10/2025, 19:25 (GMT+7)", "vi", "2025-10-22T19:25"),
    ("ngày 27 tháng 9, 2024", "vi", "2024-09-27"),
    ("27 tháng 9 năm 2024", "vi", "2024-09-27"),
    ("12 พฤษภาคม 2565", "th", "2022-05-12"),
    ("12 พ.ค. 2565", "th", "2022-05-12"),
    ("12/05/2565", "th", "2022-05-12"),
    ("2022年5月15日", "zh-Hant", "2022-05-15"),
    ("民國111年5月15日", "zh-Hant", "2022-05-15"),
    ("111年5月15日", "zh-Hant", "2022-05-15"),
    ("令和4年5月15日", "ja", "2022-05-15"),
    ("2022년 5월 15일", "ko", "2022-05-15"),
    ("2022. 5. 15.", "ko", "2022-05-15"),
    ("15 मई 2022", "hi", "2022-05-15"),
    ("१५ मई २०२२", "hi", "2022-05-15"),
    ("15 मार्च 2022", "mr", "2022-03-15"),
    ("١٥ مايو ٢٠٢٢", "ar", "2022-05-15"),
    ("۲۲ اردیبهشت ۱۴۰۱", "fa", "2022-05-12"),
    ("1401/02/22", "fa", "2022-05-12"),
    ("15 Mayıs 2022", "tr", "2022-05-15"),
    ("12 ឧសភា 2022", "km", "2022-05-12"),
    ("12 ဇွန် 2022", "my", "2022-06-12"),
]


@pytest.mark.parametrize(("text", "language", "value"), WRITTEN)
def test_a_written_date_is_read_as_the_page_means_it(text: str, language: str, value: str) -> None:
    parsed = parse_date(text, language=language)

    assert parsed is not None
    assert parsed.value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2016-08-29T09:47:13+07:00", "2016-08-29T09:47:13+07:00"),
        ("2016-08-29T09:47:13+0700", "2016-08-29T09:47:13+07:00"),
        ("2022-05-15T08:00:00.000Z", "2022-05-15T08:00:00Z"),
        ("2021-12-06 14:36", "2021-12-06T14:36"),
        ("2023/11/02 20:59:53", "2023-11-02T20:59:53"),
        ("09-25-2025", "2025-09-25"),
        ("10/03/2001 12:03:00", "2001-10-03T12:03:00"),
        ("20160829", "2016-08-29"),
        ("2017-04-26T08:00:00.0000000Z-05:00", "2017-04-26T08:00:00"),
    ],
)
def test_a_machine_string_keeps_its_time_and_offset(text: str, value: str) -> None:
    parsed = parse_date(text, language="en-us")

    assert parsed is not None
    assert parsed.value == value


@pytest.mark.parametrize(
    ("text", "language", "value", "precision"),
    [
        ("April 2017", "en", "2017-04", "month"),
        ("June 2022", "en", "2022-06", "month"),
        ("tháng 9 năm 2024", "vi", "2024-09", "month"),
        ("2022年5月", "ja", "2022-05", "month"),
        ("พฤษภาคม 2565", "th", "2022-05", "month"),
        ("05/2022", "en", "2022-05", "month"),
        ("2017", "en", "2017", "year"),
    ],
)
def test_no_day_is_invented(text: str, language: str, value: str, precision: str) -> None:
    parsed = parse_date(text, language=language)

    assert parsed is not None
    assert (parsed.value, parsed.precision) == (value, precision)


@pytest.mark.parametrize(
    "text",
    ["31/02/2020", "45 May 2020", "12.5 mg 2022", "version 1.2.3", "call 555-12-1234", "", "May",
     "192.168.10.20", "5/6"],
)  # fmt: skip
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_date(text, language="en") is None


@pytest.mark.parametrize(
    ("language", "day_first", "value", "is_ambiguous"),
    [
        ("en-US", None, "2024-05-06", False),
        ("en-GB", None, "2024-06-05", False),
        ("fr", None, "2024-06-05", False),
        ("en", None, "2024-05-06", True),
        ("en", True, "2024-06-05", False),
        ("en-GB", False, "2024-05-06", False),
        (None, None, "2024-06-05", True),
    ],
)
def test_day_and_month_go_by_site_then_language_else_are_marked(
    language: str | None, day_first: bool | None, value: str, is_ambiguous: bool
) -> None:
    parsed = parse_date("5/6/2024", language=language, day_first=day_first)

    assert parsed is not None
    assert (parsed.value, parsed.is_ambiguous) == (value, is_ambiguous)


def test_a_weekday_beside_the_date_decides_its_order() -> None:
    parsed = parse_date("Thu 12/01/2012", language="en")

    assert parsed is not None
    assert (parsed.value, parsed.is_ambiguous) == ("2012-01-12", False)


@pytest.mark.parametrize(
    ("text", "language", "value", "precision"),
    [
        ("il y a 5 heures", "fr", "2024-03-20", "day"),
        ("hier à 11:30", "fr", "2024-03-19", "day"),
        ("vor 3 Tagen", "de", "2024-03-17", "day"),
        ("3 days ago", "en", "2024-03-17", "day"),
        ("seminggu yang lalu", "id", "2024-03", "month"),
        ("2 tháng trước", "vi", "2024-01", "month"),
        ("hace 4 meses", "es", "2023-11", "month"),
        ("2 years ago", "en", "2022", "year"),
        ("3日前", "ja", "2024-03-17", "day"),
        ("3일 전", "ko", "2024-03-17", "day"),
    ],
)
def test_a_relative_date_counts_from_the_capture_and_says_less(
    text: str, language: str, value: str, precision: str
) -> None:
    parsed = parse_date(text, language=language, captured_at=NOW)

    assert parsed is not None
    assert (parsed.value, parsed.precision, parsed.is_relative) == (value, precision, True)


def test_a_relative_date_without_a_capture_time_is_none() -> None:
    assert parse_date("3 days ago", language="en") is None


def test_every_date_of_a_line_is_found_in_order() -> None:
    found = list(find_dates("05.01.2012 , aktualizacja: 06.01.2012 11:23", language="pl"))

    assert [date.value for date in found] == ["2012-01-05", "2012-01-06T11:23"]


def test_the_place_of_a_date_in_its_text_is_told() -> None:
    text = "Reviewed on May 15, 2022 by Ada"

    parsed = parse_date(text, language="en")

    assert parsed is not None
    assert text[parsed.start : parsed.end] == "May 15, 2022"


@given(
    day=st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)),
    language=st.sampled_from([name for name in MONTHS if "-" not in name]),
)
def test_a_day_with_its_month_name_reads_back_in_every_language(day: date, language: str) -> None:
    name = MONTHS[language].split("|")[day.month - 1].split()[0]

    parsed = parse_date(f"{day.day} {name} {day.year}", language=language)

    assert parsed is not None
    assert parsed.value == day.isoformat()


@given(day=st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_a_buddhist_year_is_543_ahead_of_ours(day: date) -> None:
    name = MONTHS["th"].split("|")[day.month - 1].split()[0]

    parsed = parse_date(f"{day.day} {name} {day.year + 543}", language="th")

    assert parsed is not None
    assert parsed.value == day.isoformat()


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    for parsed in find_dates(text, language="en", captured_at=NOW):
        assert parsed.start < parsed.end or not parsed.raw
        assert 4 <= len(parsed.value) <= 32
