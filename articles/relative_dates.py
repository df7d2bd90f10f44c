"""Dates that count back from the capture ("two weeks ago"), read with less precision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from articles.month_names import NUMBER_WORDS, RELATIVE, RELATIVE_PHRASES
from articles.parsed_date import ParsedDate
from articles.record import Precision

_UNIT_DAYS = {"minute": 0, "hour": 0, "day": 1, "week": 7}


@lru_cache(maxsize=1)
def _relative_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    number = r"(?P<n>\d{1,3}|" + "|".join(NUMBER_WORDS) + r")"
    return tuple(
        (
            re.compile(
                (rf"\b{before}\s+" if before else r"(?<!\w)") + rf"{number}\s*(?:{after})(?!\w)",
                re.I,
            ),
            unit,
        )
        for before, after, unit in RELATIVE
    )


_RELATIVE_HINT = re.compile(
    r"\bago\b|\bvor\b|\bil y a\b|\bhace\b|\bhá\b|\bfa\b|geleden|lalu|trước|назад|temu|önce|πριν|"
    r"前|전|ที่แล้ว|पहले|منذ|lepas|ก่อน|पूर्वी|قبل|پیش|\bacum\b|oldin|avval|nakalipas|nakara|មុន|လွန်ခဲ့",
    re.I,
)
# Vowel signs are no letters to `re`: "कल" inside of "मेडिकल".
_IN_WORD = r"[\w\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963]"
_RELATIVE_PHRASE = re.compile(
    rf"(?<!{_IN_WORD})(?:"
    + "|".join(re.escape(phrase) for phrase, _, _ in RELATIVE_PHRASES)
    + rf")(?!{_IN_WORD})",
    re.I,
)


def relative_dates(plain: str, text: str, captured_at: datetime) -> Iterator[ParsedDate]:
    if len(plain) > 80:
        return
    match = _RELATIVE_PHRASE.search(plain)
    if match is not None:
        folded = match.group().lower()
        unit, count = next((u, n) for phrase, u, n in RELATIVE_PHRASES if phrase == folded)
        yield _counted_back(captured_at, unit, count, text, match)
        return
    if not _RELATIVE_HINT.search(plain):
        return
    for pattern, unit in _relative_patterns():
        match = pattern.search(plain)
        if match is not None:
            word = match["n"].lower()
            count = NUMBER_WORDS[word] if word in NUMBER_WORDS else int(word)
            yield _counted_back(captured_at, unit, count, text, match)
            return


def _counted_back(
    captured_at: datetime, unit: str, count: int, text: str, match: re.Match[str]
) -> ParsedDate:
    """The capture time less `count` units; weeks and months are no more exact than a month."""
    precision: Precision
    if unit in ("minute", "hour"):
        step = timedelta(minutes=count) if unit == "minute" else timedelta(hours=count)
        value, precision = (captured_at - step).date().isoformat(), "day"
    elif unit == "day":
        value, precision = (captured_at - timedelta(days=count)).date().isoformat(), "day"
    elif unit == "week":
        value, precision = (captured_at - timedelta(weeks=count)).strftime("%Y-%m"), "month"
    elif unit == "month":
        months = captured_at.year * 12 + captured_at.month - 1 - count
        value, precision = f"{months // 12:04d}-{months % 12 + 1:02d}", "month"
    else:
        value, precision = f"{captured_at.year - count:04d}", "year"
    return ParsedDate(
        value=value,
        precision=precision,
        raw=text[match.start() : match.end()],
        start=match.start(),
        end=match.end(),
        is_relative=True,
    )
