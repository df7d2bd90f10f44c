"""What the demo's pages say around their articles, in each language, and how they write a date.

The words themselves stand in `content/words.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, kw_only=True)
class Words:
    """The wording of one language edition."""

    locale: str
    reviewed_by: str
    written_by: str
    updated: str
    published: str
    disclaimer: str
    related: str
    sources: str
    helpful: tuple[str, str, str]
    """The question and its two answers."""
    learn_more: str
    """With `{topic}`."""
    screening: str
    ask: str
    advertisement: str
    author_photo: str
    """Alternative text of the author's picture; pages glue `badge` to it."""
    sponsored: str
    """With `{name}`."""
    not_reviewed: str
    share: str
    newsletter: tuple[str, str]
    cookies: tuple[str, str]
    months: tuple[str, ...]
    day: str
    """How a day is written, with `{d}`, `{m}` (name), `{y}`, `{dd}`, `{mm}`."""
    month: str


@cache
def words_in(language: str) -> Words:
    """The wording of one language edition; KeyError for a language that the demo does not have."""
    tables = tomllib.loads(_content_text())
    fields = tables[language]
    months = tuple(fields.pop("months").split())
    lists = {key: tuple(value) for key, value in fields.items() if isinstance(value, list)}
    return Words(months=months, **{**fields, **lists})


def show_date(iso: str, language: str) -> str:
    """`2022-05-15` or `2022-05` as a page in that language writes it; Thai in Buddhist years."""
    words = words_in(language)
    year, month, day = split_date(iso)
    shown_year = str(int(year) + 543) if language == "th" else year
    pattern = words.day if day else words.month
    name = words.months[int(month) - 1]
    return pattern.format(d=day.lstrip("0"), dd=day, m=name, mm=month, y=shown_year)


def show_numeric_date(iso: str) -> str:
    """The American short form of a day: `5/6/2024`."""
    year, month, day = split_date(iso)
    return f"{int(month)}/{int(day)}/{year}"


def split_date(iso: str) -> tuple[str, str, str]:
    """Year, month and day of an ISO date; the day is empty where the date is a month."""
    year, month, *day = iso.split("-")
    return year, month, day[0] if day else ""


def _content_text() -> str:
    return (resources.files("archiater.demo") / "content" / "words.toml").read_text("utf-8")
