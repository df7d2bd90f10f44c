"""Dates as sitemaps and feeds write them: W3C date-times, of which the day counts."""

from __future__ import annotations

import calendar
import re
from datetime import date


def date_of(text: str | None) -> date | None:
    """The day of a W3C date or date-time, as it stands there; None where it is none.

    >>> date_of("2024-05-06T23:30:00-05:00"), date_of("2024-02"), date_of("yesterday")
    (datetime.date(2024, 5, 6), datetime.date(2024, 2, 29), None)
    """
    match = _W3C_DATE.match(text or "")
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 12), match[3]
    try:
        return date(year, month, int(day) if day else calendar.monthrange(year, month)[1])
    except ValueError:
        return None


_W3C_DATE = re.compile(r"\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?![\d/-])")
