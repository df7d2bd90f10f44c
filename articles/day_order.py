"""Whether a page writes the day or the month first in 5/6/2024, told by its language or by its
other dates.

Nothing here knows bylines or judgement: texts and ISO values go in, a vote or a value comes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<b>\d{1,2})\s?(?P=sep)\s?(?:\d{4}|\d{2})(?![\d/.-])",
    re.A,
)
_MOST_READ = 400
"""Dates of one page that vote."""


# Languages and regions that write the month before the day in 5/6/2024.
_MONTH_FIRST = frozenset({"en-us", "en-ph", "fil", "fil-ph", "tl", "es-us"})
_ORDER_UNKNOWN = frozenset({"en", "en-ca", "und", ""})
# Their own order is year, month, day; in 5/6/2024 pages follow either foreign one.
_YEAR_FIRST_LANGUAGES = frozenset({"zh", "ja", "ko"})
_DAY_FIRST_REGIONS = ("-hk", "-mo", "-sg", "-my")


def order_of(language: str) -> tuple[bool, bool]:
    """Whether a language, in lower case, writes the day first in 5/6/2024, and whether in doubt."""
    if language in _MONTH_FIRST:
        return False, False
    if language in _ORDER_UNKNOWN:
        return language in ("", "en-ca"), True
    if language.split("-")[0] in _YEAR_FIRST_LANGUAGES:
        is_day_first = language.endswith(_DAY_FIRST_REGIONS)
        return is_day_first, not is_day_first
    return True, False


def is_numeric(raw: str) -> bool:
    """Whether a date is written in figures alone, with day and month in either order."""
    match = _NUMERIC.search(raw)
    if match is None or match["sep"] == ".":
        return False
    first, second = int(match["a"]), int(match["b"])
    return first != second and max(first, second) < 13


def is_read_day_first(raw: str, value: str) -> bool:
    """How a numeric date was read."""
    match = _NUMERIC.search(raw)
    return match is not None and int(match["a"]) == int(value[8:10])


def swapped(value: str) -> str:
    """An ISO day with day and month exchanged; what stands behind the day stays.

    >>> swapped("2024-05-06")
    '2024-06-05'
    """
    return f"{value[:5]}{value[8:10]}-{value[5:7]}{value[10:]}"


def is_day_first(texts: Iterable[str]) -> bool | None:
    """How the dates that can be read in one way only are written; None where they do not agree."""
    day_first = month_first = 0
    for text in texts:
        if "/" not in text and "-" not in text and "." not in text:
            continue
        for match in _NUMERIC.finditer(text):
            first, second = int(match["a"]), int(match["b"])
            day_first += first > 12 >= second > 0 and first < 32
            month_first += second > 12 >= first > 0 and second < 32
        if day_first + month_first > _MOST_READ:
            break
    if day_first == month_first or min(day_first, month_first) * 4 > max(day_first, month_first):
        return None
    return day_first > month_first
