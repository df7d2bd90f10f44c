"""Forms of dates that one language has of its own; one row each."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.dates import find_dates, parse_date

CAPTURED_AT = datetime(2024, 3, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("27 Tháng Chín, 2023", "vi", "2023-09-27"),
        ("27 Tháng Mười Một, 2023", "vi", "2023-11-27"),
        ("Tháng Năm 2023", "vi", "2023-05"),
        ("ika-15 ng Mayo 2022", "fil", "2022-05-15"),
        ("15 พฤษภาคม พ.ศ. 2565", "th", "2022-05-15"),
        ("15 พ.ค. 65", "th", "2022-05-15"),
        ("15/05/65", "th", "2022-05-15"),
        ("15/05/22", "th", "2022-05-15"),
        ("ថ្ងៃទី១៥ ខែឧសភា ឆ្នាំ២០២២", "km", "2022-05-15"),
        ("၁၅ မေလ ၂၀၂၂", "my", "2022-05-15"),
        ("၂၀၂၂ ခုနှစ် မေလ ၁၅ ရက်", "my", "2022-05-15"),
        ("111/05/15", "zh-Hant-TW", "2022-05-15"),
        ("111.05.15", "zh-Hant", "2022-05-15"),
        ("22.05.15", "ko", "2022-05-15"),
        ("22/05/15", "ja", "2022-05-15"),
        ("二〇二二年五月十五日", "zh-Hans", "2022-05-15"),
        ("二零二二年十二月三十一日", "zh-Hant", "2022-12-31"),
        ("1° maggio 2022", "it", "2022-05-01"),
        ("15 أيار/مايو 2022", "ar", "2022-05-15"),
        ("15 كانون الثاني 2022", "ar", "2022-01-15"),
        ("۲۵ اردیبهشت ماه ۱۴۰۱", "fa", "2022-05-15"),
        ("۲۵ اردیبهشت‌ماه ۱۴۰۱", "fa", "2022-05-15"),
        ("15 d'abril de 2022", "ca", "2022-04-15"),
        ("15 d’octubre del 2022", "ca", "2022-10-15"),
        ("2022-yil 15-may", "uz", "2022-05-15"),
    ],
)
def test_a_form_of_one_language_is_read(text: str, language: str, value: str) -> None:
    parsed = parse_date(text, language=language)

    assert parsed is not None
    assert parsed.value == value


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("111/05/15", "en"),
        ("111/05/15", "zh-Hans"),
        ("14 شوال 1443", "ar"),
        ("1443/10/14", "ar"),
        ("14/10/1443", "ar"),
        ("二〇二二年十五月五日", "zh-Hans"),
    ],
)
def test_another_calendar_is_left_out_and_never_misread(text: str, language: str) -> None:
    assert list(find_dates(text, language=language)) == []


def test_a_short_year_comes_last_where_the_language_has_it_last() -> None:
    parsed = parse_date("22.05.15", language="de")

    assert parsed is not None
    assert parsed.value == "2015-05-22"


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("3 hari yang lepas", "ms", "2024-03-17"),
        ("minggu lepas", "ms", "2024-03"),
        ("3 วันก่อน", "th", "2024-03-17"),
        ("३ दिवसांपूर्वी", "mr", "2024-03-17"),
        ("قبل 3 أيام", "ar", "2024-03-17"),
        ("منذ 11 شهرا", "ar", "2023-04"),
        ("منذ يومين", "ar", "2024-03-18"),
        ("۳ روز پیش", "fa", "2024-03-17"),
        ("acum 3 zile", "ro", "2024-03-17"),
        ("acum 20 de ore", "ro", "2024-03-19"),
        ("fa 3 dies", "ca", "2024-03-17"),
        ("3 kun oldin", "uz", "2024-03-17"),
        ("3 araw ang nakalipas", "fil", "2024-03-17"),
        ("2 linggo na ang nakalipas", "fil", "2024-03"),
        ("3 ថ្ងៃមុន", "km", "2024-03-17"),
        ("လွန်ခဲ့သော ၃ ရက်", "my", "2024-03-17"),
    ],
)
def test_a_relative_date_counts_back_from_the_capture(text: str, language: str, value: str) -> None:
    parsed = parse_date(text, language=language, captured_at=CAPTURED_AT)

    assert parsed is not None
    assert parsed.is_relative
    assert parsed.value == value
