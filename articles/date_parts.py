"""A date's parts put together: a checked ISO day, and the time of day that may follow it.

The readers of `dates` and `local_dates` share these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from articles.day_order import order_of
from articles.parsed_date import ParsedDate


@dataclass(frozen=True)
class Asked:
    text: str
    plain: str
    """The text with native digits as ASCII digits, character for character."""
    language: str
    day_first: bool | None
    captured_at: datetime | None


_TIME = (
    r"(?:[T\s,|·•/-]*?(?:at|à|às|a las|um|kl\.?|pukul|lúc|klo|o godz\.?|om|в|at\.)?\s*"
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<meridiem>[ap]\.?\s?m\b\.?)?\s*(?P<zone>Z(?![+-])|[+-]\d{2}:?\d{2}\b)?)?"
)
_TIME_TAIL = re.compile(_TIME, re.I | re.A)


def dated(
    asked: Asked,
    match: re.Match[str],
    year: int,
    month: int,
    day: int | None,
    *,
    start: int | None = None,
    is_order_assumed: bool = False,
    is_two_digit_year: bool = False,
) -> ParsedDate | None:
    begin = match.start() if start is None else start
    end = match.end()
    if day is None:
        if not (1900 <= year <= 2100 and 1 <= month <= 12):
            return None
        value, precision = f"{year:04d}-{month:02d}", "month"
        return ParsedDate(
            value=value, precision="month", raw=asked.text[begin:end], start=begin, end=end
        )
    iso = iso_day(year, month, day)
    if iso is None:
        return None
    value = iso
    precision = "day"
    tail = _TIME_TAIL.match(asked.plain, end)
    if tail is not None and tail["hour"] is not None:
        clock = _clock(tail)
        if clock is not None:
            value, precision, end = f"{iso}T{clock}", "time", tail.end()
    return ParsedDate(
        value=value,
        precision="time" if precision == "time" else "day",
        raw=asked.text[begin:end].strip(),
        start=begin,
        end=end,
        is_ambiguous=is_order_assumed and order_of(asked.language)[1],
        is_order_assumed=is_order_assumed,
        is_two_digit_year=is_two_digit_year,
    )


def iso_day(year: int, month: int, day: int) -> str | None:
    if not 1900 <= year <= 2100:
        return None
    try:
        return datetime(year, month, day).date().isoformat()  # noqa: DTZ001
    except ValueError:
        return None


def _clock(tail: re.Match[str]) -> str | None:
    hour, minute = int(tail["hour"]), int(tail["minute"])
    meridiem = (tail["meridiem"] or "")[:1].lower()
    if meridiem == "p" and hour < 12:
        hour += 12
    elif meridiem == "a" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    second = f":{tail['second']}" if tail["second"] else ""
    zone = tail["zone"] or ""
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{hour:02d}:{minute:02d}{second}{zone.upper()}"
