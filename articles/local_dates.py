"""Forms of dates that only pages of one language write, and that elsewhere would mean another day.

`local_readers` gives the readers of a page's language; `dates` tries them beside its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from articles.calendars import month_number
from articles.date_parts import Asked, dated, iso_day
from articles.parsed_date import ParsedDate

Reader = Callable[[Asked, int], ParsedDate | None]


def local_readers(language: str) -> tuple[Reader, ...]:
    """Readers for a language in lower case; none for most."""
    if language.startswith(("zh-hant", "zh-tw")):
        return _MINGUO
    return _BY_LANGUAGE.get(language.split("-")[0], ())


def _minguo(asked: Asked, position: int) -> ParsedDate | None:
    """111/05/15: years count from 1912, the first of the Republic."""
    match = _MINGUO_DAY.search(asked.plain, position)
    if match is None:
        return None
    return dated(asked, match, int(match["year"]) + 1911, int(match["m"]), int(match["d"]))


def _short_year_first(asked: Asked, position: int) -> ParsedDate | None:
    """22.05.15 in Korean, Japanese and Chinese is 2022-05-15."""
    match = _SHORT_YEAR_FIRST.search(asked.plain, position)
    if match is None:
        return None
    year = 2000 + int(match["year"])
    return dated(asked, match, year, int(match["m"]), int(match["d"]), is_two_digit_year=True)


def _thai_short_year(asked: Asked, position: int) -> ParsedDate | None:
    """15 พ.ค. 65: the year 2565 of the Buddhist era."""
    match = _THAI_SHORT_YEAR.search(asked.plain, position)
    month = month_number(match["month"], "th") if match else None
    if match is None or month is None:
        return None
    return dated(
        asked, match, 1957 + int(match["year"]), month, int(match["d"]), is_two_digit_year=True
    )


def _uzbek(asked: Asked, position: int) -> ParsedDate | None:
    """2022-yil 15-may."""
    match = _UZBEK.search(asked.plain, position)
    month = month_number(match["month"], "uz") if match else None
    if match is None or month is None:
        return None
    return dated(asked, match, int(match["year"]), month, int(match["d"]))


_MINGUO_DAY = re.compile(
    r"(?<![\d/.-])(?P<year>1[0-3]\d)(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?![\d/.-])",
    re.A,
)
_SHORT_YEAR_FIRST = re.compile(
    r"(?<![\d/.:-])(?P<year>[0-4]\d)\s?(?P<sep>[/.-])\s?(?P<m>0?[1-9]|1[0-2])\s?(?P=sep)\s?"
    r"(?P<d>\d{1,2})(?![\d/:-])",
    re.A,
)
_THAI_SHORT_YEAR = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s?(?P<month>[ก-๛][ก-๛.]{1,14})\s?(?P<year>[5-9]\d)(?!\d)"
)
_UZBEK = re.compile(
    r"(?<!\d)(?P<year>\d{4})[\s-]?yil,?\s+(?P<d>\d{1,2})[\s-]{1,2}(?P<month>[a-z]{3,8})",
    re.I | re.A,
)
_MINGUO: tuple[Reader, ...] = (_minguo, _short_year_first)
_BY_LANGUAGE: dict[str, tuple[Reader, ...]] = {
    "zh": (_short_year_first,),
    "ja": (_short_year_first,),
    "ko": (_short_year_first,),
    "th": (_thai_short_year,),
    "uz": (_uzbek,),
}


def chinese_dates(text: str) -> Iterator[ParsedDate]:
    """Dates written in Chinese numerals: 二〇二二年五月十五日."""
    if "年" not in text:
        return
    for match in _CHINESE.finditer(text):
        year = int(
            "".join(
                str(_NUMERALS.index(sign) % 10 if sign not in "零○" else 0)
                for sign in match["year"]
            )
        )
        value = iso_day(year, _number(match["m"]), _number(match["d"]))
        if value is not None:
            yield ParsedDate(
                value=value,
                precision="day",
                raw=match.group(),
                start=match.start(),
                end=match.end(),
            )


_NUMERALS = "〇一二三四五六七八九"
_FIGURES = str.maketrans(_NUMERALS + "零○", "012345678900")
_CHINESE = re.compile(
    r"(?P<year>[〇零○一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月"
    r"(?P<d>[一二三四五六七八九十]{1,3})[日號号]"
)


def _number(numerals: str) -> int:
    """五 is 5, 十五 is 15, 二十 is 20, 三十一 is 31."""
    tens, ten, ones = numerals.rpartition("十")
    unit = _NUMERALS.index(ones) if len(ones) == 1 else 0
    if not ten:
        return unit
    return 10 * (_NUMERALS.index(tens) if len(tens) == 1 and tens in _NUMERALS else 1) + unit
