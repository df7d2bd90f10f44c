"""Months and weekdays by their names in all languages, and the Persian solar calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from articles.month_names import MONTHS, PERSIAN_MONTHS, WEEKDAYS


@lru_cache(maxsize=1)
def _month_tables() -> dict[str, dict[str, int]]:
    tables: dict[str, dict[str, int]] = {"": {}}
    for language, row in MONTHS.items():
        table = {
            name.replace("_", " "): number
            for number, names in enumerate(row.split("|"), start=1)
            for name in names.split()
        }
        tables.setdefault(language.split("-")[0], {}).update(table)
        for name, number in table.items():
            tables[""].setdefault(name, number)
    persian = {name: 12 + number for number, name in enumerate(PERSIAN_MONTHS.split("|"), 1)}
    tables["fa"] = persian
    for name, number in persian.items():
        tables[""].setdefault(name, number)
    return tables


@lru_cache(maxsize=4096)
def month_number(word: str, language: str) -> int | None:
    """1 to 12, or 13 to 24 for the Persian months, or None where the word is no month."""
    name = word.lower().rstrip(".")
    tables = _month_tables()
    own = tables.get(language.split("-")[0])
    number = own.get(name) if own else None
    if number is None:
        number = tables[""].get(name)
    if number is None and name.startswith(_SAYS_MONTH):
        number = tables[""].get(name.removeprefix("ខែ").removeprefix("เดือน"))
    if number is None and name.endswith(_ENDS_MONTH):
        number = tables[""].get(name.removesuffix("လ").removesuffix("ماه").rstrip("\u200c"))
    return number


# Words for "month" that stand in one word with its name.
_SAYS_MONTH = ("ខែ", "เดือน")
_ENDS_MONTH = ("လ", "ماه")


def weekday_number(word: str) -> int | None:
    """0 for Monday to 6, of a word in lower case; None where it is no weekday."""
    return _weekday_table().get(word)


@lru_cache(maxsize=1)
def _weekday_table() -> dict[str, int]:
    return {
        name: number
        for row in WEEKDAYS.values()
        for number, names in enumerate(row.split("|"))
        for name in names.split()
    }


def from_persian(year: int, month: int, day: int) -> datetime | None:
    """The Gregorian day of a Persian one, by the 33-year rule (right for 1178 to 1633)."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    shifted = year + 1595
    days = -355668 + 365 * shifted + shifted // 33 * 8 + (shifted % 33 + 3) // 4 + day
    days += (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    # `days` counts from 1 March of year 0 of the Gregorian calendar; 719468 days before 1970.
    gregorian_year = 400 * (days // 146097)
    days %= 146097
    if days > 36524:
        days -= 1
        gregorian_year += 100 * (days // 36524)
        days %= 36524
        if days >= 365:
            days += 1
    gregorian_year += 4 * (days // 1461)
    days %= 1461
    if days > 365:
        gregorian_year += (days - 1) // 365
        days = (days - 1) % 365
    return datetime(gregorian_year, 1, 1) + timedelta(days=days)  # noqa: DTZ001
