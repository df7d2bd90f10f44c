"""Dates as pages and their data blocks write them, read into ISO values of the same exactness.

`parse_date` reads one short text (a meta value, a JSON-LD string, what follows a label);
`find_dates` finds every date of a short line with its place. Nothing is invented: "April 2017" is
`2017-04`, and a day/month order that nothing decides is marked ambiguous. Month names and the words
of relative dates are tables in `month_names`. What kind of date it is, `bylines` says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime

from articles.calendars import from_persian, month_number, weekday_number
from articles.date_parts import Asked, dated, iso_day
from articles.day_order import order_of
from articles.local_dates import chinese_dates, local_readers
from articles.month_names import JAPANESE_ERAS, VIETNAMESE_MONTHS
from articles.parsed_date import ParsedDate
from articles.record import Precision
from articles.relative_dates import relative_dates

LONGEST_DATE_TEXT = 200
"""Longer texts are prose; a date in them is not read by this module."""


def parse_date(
    text: str,
    *,
    language: str | None = None,
    day_first: bool | None = None,
    captured_at: datetime | None = None,
) -> ParsedDate | None:
    """The first date of a short text, or None.

    `day_first` is how the site writes 5/6/2024; without it a weekday beside the date, then the
    language decides. `captured_at` is what "two weeks ago" counts from; without it a relative date
    is None.

    >>> parse_date("Last reviewed April 2017").value
    '2017-04'
    >>> parse_date("22 sierpnia 2011, 12:55", language="pl").value
    '2011-08-22T12:55'
    """
    compact = _COMPACT.fullmatch(text.strip()) if len(text) < 32 else None
    if compact:
        return _compact_date(compact, text)
    return next(
        find_dates(text, language=language, day_first=day_first, captured_at=captured_at), None
    )


def find_dates(
    text: str,
    *,
    language: str | None = None,
    day_first: bool | None = None,
    captured_at: datetime | None = None,
) -> Iterator[ParsedDate]:
    """Every date of a short text in the order in which they stand."""
    if len(text) > LONGEST_DATE_TEXT:
        text = text[:LONGEST_DATE_TEXT]
    plain = _plain_digits(text)
    if not _HAS_DIGIT.search(plain):
        yield from chinese_dates(text)
        if captured_at is not None:
            yield from relative_dates(plain, text, captured_at)
        return
    asked = Asked(text, plain, (language or "").lower(), day_first, captured_at)
    # Of two readings of one text, that of the language comes first.
    readers = (*local_readers(asked.language), *_readers_for(plain))
    position = 0
    found = False
    while _HAS_DIGIT.search(plain, position):
        best = _next_date(readers, asked, position)
        if best is None:
            break
        yield best
        found = True
        position = best.end
    if not found and captured_at is not None:
        yield from relative_dates(plain, text, captured_at)


_Reader = Callable[[Asked, int], ParsedDate | None]


def _next_date(readers: tuple[_Reader, ...], asked: Asked, position: int) -> ParsedDate | None:
    """The first date from `position`; of two at the same place the longer one."""
    best: ParsedDate | None = None
    for read in readers:
        hit = read(asked, position)
        if hit is None:
            continue
        if hit.start == position and hit.end == len(asked.plain):
            # No other reading is longer: dates of machines are read once.
            return hit
        # "12 May 2022" is fuller than "May 2022".
        if best is None or (hit.start, -hit.end) < (best.start, -best.end):
            best = hit
    return best


_HAS_DIGIT = re.compile(r"\d", re.A)
_COMPACT = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?", re.A
)

# "พ.ศ. 2565" (of the Buddhist era), "ឆ្នាំ ២០២២".
_YEAR = r"(?P<year>\d{4})"
_ERA_YEAR = rf"(?:(?:[พค]\.?ศ\.?|ឆ្នាំ)\s*)?{_YEAR}"
_LETTERS = r"[^\W\d_][^\s\d,;:()\[\]/|·•—–-]*"
_WORD = rf"(?P<month>{_LETTERS})"
# "كانون الثاني" is one name.
_NAME = rf"(?P<month>(?:كانون|تشرين)\s[^\W\d_]+|{_LETTERS})"
_OF = r"(?:\s*(?:de|del|of|do|da|di|tháng|ខែ)(?=\s))?"
_OF_MONTH = r"(?:\s*(?:de|del|of|do|da|di|ng|tháng|ខែ)(?=\s)|\s*d['’])?"
# "أيار/مايو" has the month twice, "اردیبهشت ماه" says that it is one.
_TWICE = r"(?:\s?/\s?[^\W\d_]{2,12}|\s?ماه)?"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th|er|ère|º|ª|o)\b|\s?[°º]|\.|-?го\b|η)?"

_YEAR_FIRST = re.compile(
    r"(?<![\d/.-])(?P<year>\d{4})(?P<sep>[-/.])\s?(?P<m>\d{1,2})"
    r"(?:(?P=sep)\s?(?P<d>\d{1,2})(?!\d))?(?![\d/])",
    re.A,
)
_NUMERIC = re.compile(
    r"(?<![\d/.:-])(?P<a>\d{1,2})(?P<sep>\s?[./-]\s?)(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![\d/:])",
    re.A,
)
_DAY_MONTH_YEAR = re.compile(
    rf"(?<![\d:/])(?P<d>\d{{1,2}}){_ORDINAL}{_OF_MONTH}\s*[-/. ]?\s*{_NAME}{_TWICE}[.,]?{_OF}"
    rf"\s*[-/, ]?\s*{_ERA_YEAR}(?!\d)",
    re.I,
)
_MONTH_DAY_YEAR = re.compile(
    rf"{_WORD}[.]?\s*(?P<d>\d{{1,2}}){_ORDINAL}\s*[,|.]?\s*(?:de\s|of\s)?{_YEAR}(?!\d)", re.I
)
_MONTH_YEAR = re.compile(
    rf"(?<!\d)(?<!\d[\s.]){_WORD}[.,]?{_OF}\s*[-/, ]?\s*{_YEAR}(?![\d:])", re.I
)
_NAME_YEAR = re.compile(
    rf"(?<!\d)(?<!\d[\s.]){_NAME}{_TWICE}[.,]?{_OF}\s*[-/, ]?\s*{_ERA_YEAR}(?![\d:])", re.I
)
_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d){_YEAR}(?:\s?ခုနှစ်)?[.,၊]?\s+{_WORD}\.?\s+(?P<d>\d{{1,2}})(?!\d)", re.I
)
_CJK = re.compile(
    r"(?:(?P<era>民國|民国|令和|平成|昭和)\s*)?(?P<year>\d{1,4}|元)\s*[年년]\s*"
    r"(?P<m>\d{1,2})\s*[月월](?:\s*(?P<d>\d{1,2})\s*[日일號号])?"
)
_VIETNAMESE = re.compile(
    r"(?:(?:ngày\s+)?(?P<d>\d{1,2})\s+)?tháng\s+(?P<m>\d{1,2}|mười (?:một|hai)|[^\W\d_]+)\s*"
    r"(?:,|năm|/)?\s*(?:năm\s+)?(?P<year>\d{4})",
    re.I,
)
_MONTH_SLASH_YEAR = re.compile(
    r"(?<![\d/.-])(?P<m>0?[1-9]|1[0-2])\s?[/.-]\s?(?P<year>(?:19|20)\d{2})(?![\d/.-]\d|\d)", re.A
)
_YEAR_ALONE = re.compile(r"^\W*(?P<year>(?:19|20)\d{2})\W*$", re.A)


def _plain_digits(text: str) -> str:
    """`text` with every native digit as its ASCII digit; length and places stay."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in text
    ).translate(_PLAIN_SIGNS)


_PLAIN_SIGNS = {0x00A0: " ", 0x2011: "-", 0x2010: "-", 0xFF0F: "/", 0xFF0E: ".", 0x202F: " "}


def _compact_date(match: re.Match[str], text: str) -> ParsedDate | None:
    year, month, day, hour, minute, second, zone = match.groups()
    value = iso_day(int(year), int(month), int(day))
    if value is None:
        return None
    precision: Precision = "day"
    if hour is not None and int(hour) < 24 and int(minute) < 60:
        value += f"T{hour}:{minute}" + (f":{second}" if second else "") + (zone or "")
        precision = "time"
    return ParsedDate(value=value, precision=precision, raw=text.strip(), start=0, end=len(text))


def _year_first(asked: Asked, position: int) -> ParsedDate | None:
    for match in _YEAR_FIRST.finditer(asked.plain, position):
        if match["sep"] == "." and match["d"] is None:
            continue
        year = _gregorian_year(int(match["year"]))
        day = int(match["d"]) if match["d"] else None
        if asked.language.startswith("fa") and 1200 < int(match["year"]) < 1500:
            found = _persian(asked, match, int(match["year"]), int(match["m"]), day)
        else:
            found = dated(asked, match, year, int(match["m"]), day)
        if found is not None:
            return found
    return None


def _numeric(asked: Asked, position: int) -> ParsedDate | None:
    for match in _NUMERIC.finditer(asked.plain, position):
        first, second = int(match["a"]), int(match["b"])
        is_short = len(match["year"]) == 2
        year = int(match["year"])
        year = _full_year(year, asked.language) if is_short else _gregorian_year(year)
        if is_short and asked.captured_at is not None and year > asked.captured_at.year + 5:
            year -= 100
        day_first, is_assumed = _day_comes_first(asked, match, year, first, second)
        day, month = (first, second) if day_first else (second, first)
        found = dated(
            asked, match, year, month, day, is_order_assumed=is_assumed, is_two_digit_year=is_short
        )
        if found is not None:
            return found
    return None


def _day_comes_first(
    asked: Asked, match: re.Match[str], year: int, first: int, second: int
) -> tuple[bool, bool]:
    """Whether the day stands first, and whether nothing but the language says so."""
    if first > 12 or second > 12 or first == second:
        return first > 12 or first == second, False
    weekday = _weekday_before(asked.plain, match.start())
    if weekday is not None:
        for day_first, day, month in ((True, first, second), (False, second, first)):
            if datetime(year, month, day).weekday() == weekday:  # noqa: DTZ001
                return day_first, False
    if asked.day_first is not None:
        return asked.day_first, False
    if match["sep"].strip() == ".":
        return True, False
    return order_of(asked.language)[0], True


def _weekday_before(text: str, end: int) -> int | None:
    words = re.findall(r"[^\W\d_]+", text[max(0, end - 16) : end].lower())
    return weekday_number(words[-1]) if words else None


def _with_month_name(pattern: re.Pattern[str], asked: Asked, position: int) -> ParsedDate | None:
    while match := pattern.search(asked.plain, position):
        month = month_number(match["month"], asked.language)
        if month is not None:
            day = int(match["d"]) if "d" in pattern.groupindex else None
            year = int(match["year"])
            start = match.start()
            if month > 12:
                found = _persian(asked, match, year, month - 12, day)
            else:
                year = _gregorian_year(year)
                found = dated(asked, match, year, month, day, start=start)
            if found is not None:
                return found
        position = max(match.start("month") + 1, match.start() + 1)
    return None


def _day_month_year(asked: Asked, position: int) -> ParsedDate | None:
    return _with_month_name(_DAY_MONTH_YEAR, asked, position)


def _month_day_year(asked: Asked, position: int) -> ParsedDate | None:
    return _with_month_name(_MONTH_DAY_YEAR, asked, position)


def _month_year(asked: Asked, position: int) -> ParsedDate | None:
    # Tried at every word: names of two words, and eras, only where they can stand.
    pattern = _MONTH_YEAR if asked.plain.isascii() else _NAME_YEAR
    return _with_month_name(pattern, asked, position)


def _year_month_day(asked: Asked, position: int) -> ParsedDate | None:
    return _with_month_name(_YEAR_MONTH_DAY, asked, position)


def _cjk(asked: Asked, position: int) -> ParsedDate | None:
    match = _CJK.search(asked.plain, position)
    if match is None:
        return None
    year = 1 if match["year"] == "元" else int(match["year"])
    era = match["era"]
    if era in JAPANESE_ERAS:
        year += JAPANESE_ERAS[era]
    elif era is not None or (80 <= year < 200):
        year += 1911  # Minguo: 1912 is its first year.
    return dated(asked, match, year, int(match["m"]), int(match["d"]) if match["d"] else None)


def _vietnamese(asked: Asked, position: int) -> ParsedDate | None:
    match = _VIETNAMESE.search(asked.plain, position)
    if match is None:
        return None
    day = int(match["d"]) if match["d"] else None
    word = match["m"].lower()
    month = int(word) if word.isdecimal() else VIETNAMESE_MONTHS.get(word, 0)
    return dated(asked, match, int(match["year"]), month, day)


def _month_slash_year(asked: Asked, position: int) -> ParsedDate | None:
    match = _MONTH_SLASH_YEAR.search(asked.plain, position)
    if match is None:
        return None
    return dated(asked, match, int(match["year"]), int(match["m"]), None)


def _year_alone(asked: Asked, position: int) -> ParsedDate | None:
    match = _YEAR_ALONE.match(asked.plain) if position == 0 else None
    if match is None:
        return None
    start, end = match.span("year")
    return ParsedDate(
        value=match["year"], precision="year", raw=asked.text[start:end], start=start, end=end
    )


_READERS: tuple[_Reader, ...] = (
    _year_first,
    _numeric,
    _day_month_year,
    _month_day_year,
    _month_year,
    _year_month_day,
    _cjk,
    _vietnamese,
    _month_slash_year,
    _year_alone,
)
_ASCII_READERS = tuple(read for read in _READERS if read not in (_cjk, _vietnamese))
_FOUR_DIGITS = re.compile(r"\d{4}", re.A)


def _readers_for(plain: str) -> tuple[_Reader, ...]:
    """The readers that can find a date in a text, in their order."""
    if _FOUR_DIGITS.search(plain) is None:
        # "5/6/24", and eras: "令和6年5月1日".
        return (_numeric,) if plain.isascii() else (_numeric, _cjk)
    return _ASCII_READERS if plain.isascii() else _READERS


def _full_year(short: int, language: str) -> int:
    """The year of two digits; Thai pages count from the Buddha's death: 65 is 2565, our 2022."""
    return 1957 + short if short >= 50 and language.startswith("th") else 2000 + short


def _gregorian_year(year: int) -> int:
    """The common year of a Buddhist one (2565 is 2022); other years as they are."""
    if 2400 < year < 2700:
        return year - 543
    return year


def _persian(
    asked: Asked, match: re.Match[str], year: int, month: int, day: int | None
) -> ParsedDate | None:
    """A date of the Persian solar calendar; without a day only its year can be told in ours."""
    if not 1200 < year < 1500:
        return None
    if day is None:
        # A Persian month lies across two of ours, and the year across two years: tell the year in
        # which the month begins, nothing finer.
        begins = from_persian(year, month, 1)
        if begins is None:
            return None
        return ParsedDate(
            value=str(begins.year),
            precision="year",
            raw=match.group(),
            start=match.start(),
            end=match.end(),
        )
    when = from_persian(year, month, day)
    return dated(asked, match, when.year, when.month, when.day) if when is not None else None
