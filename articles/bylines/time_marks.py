"""Dates that stand in an attribute of the page (`<time datetime>`, `<abbr title>`) and not, or not
in full, in the text the reader sees.

`written_out` says what such an element tells in words that `dates` reads. What is seen counts where
it is a whole day; where it is partial, relative, ambiguous or no date at all the attribute decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from articles.bylines.label_stems import might_hold_labels
from articles.dates import find_dates, parse_date
from articles.day_order import swapped
from articles.parsed_date import ParsedDate

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(frozen=True, kw_only=True)
class TimeMark:
    """One element of a line whose attribute tells a date."""

    element: HtmlElement
    attribute: str
    """Its name: `datetime` or `title`."""
    stated: str
    """Its value as it stands in the page."""
    value: str
    """The same in ISO, as exact as what is seen allows."""
    seen: str
    """The date the reader sees; empty where a script was to write it."""
    written: str
    """What the line says in its place."""
    is_modification: bool
    """The names of the element say so (`class="updated"`), as some do of any date."""
    is_decisive: bool
    """The attribute decides, not the text."""
    is_contradicted: bool
    """The text tells another day, and not one that a time zone explains."""


def marked_element(owner: HtmlElement, block: HtmlElement) -> HtmlElement | None:
    """The inline element round a text that may tell a date in an attribute; None for most."""
    at: HtmlElement | None = owner
    for _ in range(_DEEPEST):
        if at is None or at is block:
            return None
        if _attribute_of(at) is not None:
            return at
        at = at.getparent()
    return None


_DEEPEST = 3


def empty_mark(behind: HtmlElement | None, owner: HtmlElement) -> HtmlElement | None:
    """A `time` without text right after a text node, filled by a script or never."""
    following = behind.getnext() if behind is not None else next(iter(owner), None)
    if following is None or not isinstance(following.tag, str) or following.tag != "time":
        return None
    is_empty = len(following) == 0 and not (following.text or "").strip()
    return following if is_empty and following.get("datetime") else None


def _attribute_of(element: HtmlElement) -> str | None:
    tag = element.tag
    if not isinstance(tag, str):
        return None
    if tag == "time" or "-" in tag:
        # `relative-time`, `time-ago`, `local-time`.
        return next((name for name in ("datetime", "title") if element.get(name)), None)
    if tag in ("abbr", "span") and _DAY_HINT.search((element.get("title") or "")[:_LONGEST_SEEN]):
        return "title"
    return None


_DAY_HINT = re.compile(r"\d{4}|\d\D\d\d?\D\d\d", re.A)


def read_mark(
    element: HtmlElement,
    seen: str,
    *,
    language: str | None,
    captured_at: datetime | None,
) -> TimeMark | None:
    """What the element tells; None where its attribute is no whole day (`PT5M`, "5 minutes")."""
    attribute = _attribute_of(element)
    if attribute is None or len(seen) > _LONGEST_SEEN:
        return None
    stated = " ".join((element.get(attribute) or "")[: 2 * _LONGEST_SEEN].split())
    told = _told(stated, language)
    if told is None:
        return None
    # Without a capture the day itself: a relative date need only be known as one.
    today = captured_at or datetime.fromisoformat(told.day).replace(tzinfo=UTC)
    visible = next(find_dates(seen, language=language, captured_at=today), None)
    return _weighed(element, attribute, stated, told, seen, visible)


_LONGEST_SEEN = 60


def _told(stated: str, language: str | None) -> ParsedDate | None:
    """The day of an attribute that holds hardly anything else."""
    if not 8 <= len(stated) <= _LONGEST_SEEN:
        return None
    told = parse_date(stated, language=language or "en-us")
    if told is None or told.precision not in ("day", "time") or told.is_ambiguous:
        return None
    return told if len(stated) - (told.end - told.start) <= _MOST_BESIDE else None


_MOST_BESIDE = 24
"""Characters beside the date in an attribute: a weekday, "at 10:30 am GMT"."""


def _weighed(
    element: HtmlElement,
    attribute: str,
    stated: str,
    told: ParsedDate,
    seen: str,
    visible: ParsedDate | None,
) -> TimeMark:
    value = told.value
    is_decisive = is_contradicted = False
    if visible is None:
        is_decisive, value = True, _near_seen_day(told, seen)
    elif visible.is_relative:
        is_decisive = True
    elif visible.precision in ("year", "month"):
        # A first of the month is what systems make of a month alone.
        is_decisive = told.value.startswith(visible.value) and told.value[8:10] != "01"
        value = told.day
        is_contradicted = not told.value.startswith(visible.value)
    elif visible.is_ambiguous and told.day in (visible.day, swapped(visible.day)):
        is_decisive, value = True, told.day
    else:
        is_contradicted = not _is_near(told.day, visible.day)
    return TimeMark(
        element=element,
        attribute=attribute,
        stated=stated,
        value=value,
        seen=visible.raw if visible is not None else seen,
        written=_written(seen, visible, value) if is_decisive else seen,
        is_modification=_is_named_modified(element),
        is_decisive=is_decisive,
        is_contradicted=is_contradicted,
    )


def _near_seen_day(told: ParsedDate, seen: str) -> str:
    """The attribute's value, or only its day where the text names the day without the year: then a
    time in UTC may stand beside the day before or after."""
    number = _SEEN_DAY.search(seen)
    if number is None:
        return told.value
    day = datetime.fromisoformat(told.day)
    for step in (0, -1, 1):
        near = day + timedelta(days=step)
        if near.day == int(number.group()):
            return near.date().isoformat()
    return told.value


_SEEN_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d|:)", re.A)


def _is_near(one: str, other: str) -> bool:
    apart = datetime.fromisoformat(one) - datetime.fromisoformat(other)
    return abs(apart.days) <= 1


def _written(seen: str, visible: ParsedDate | None, value: str) -> str:
    if visible is not None:
        return f"{seen[: visible.start]}{value}{seen[visible.end :]}"
    if seen and might_hold_labels([seen]):
        # `<time datetime="2022-05-15">Updated 15 May</time>`, `<time ...>Updated</time>`.
        label = _LABEL_WORD.match(seen)
        return f"{label.group().strip() if label else seen} {value}"
    return value


_LABEL_WORD = re.compile(r"[^\d:：]*?(?:on|am|le|el|:|：)(?=\s)|[^\W\d_]+(?=\s)|[^\d]+$")


def _is_named_modified(element: HtmlElement) -> bool:
    """Whether the element's own names say so; themes call the one date of a page both."""
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    is_modified = element.tag == "time" and _MODIFIED.search(names) is not None
    return is_modified and not _PUBLISHED.search(names)


_PUBLISHED = re.compile(r"(?<![a-z])(?:published|pubdate|date-?published)(?![a-z])", re.I)
_MODIFIED = re.compile(r"(?<![a-z])(?:updated|modified|date-?modified)(?![a-z])", re.I)
