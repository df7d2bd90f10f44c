"""What stands beside the headline without a label: a bare date, a dateline, a marked name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from articles.bylines.byline_page import BylinePage
from articles.bylines.findings import Place
from articles.bylines.lines import Line
from articles.bylines.name_words import NOT_NAME_WORDS
from articles.bylines.names import parse_people
from articles.bylines.person import Person
from articles.bylines.phrases import find_labels
from articles.bylines.regions import PROFILE_PATH
from articles.parsed_date import ParsedDate

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def read_unlabelled(page: BylinePage) -> None:
    """Names and dates that no label introduces: beside the headline, and where the site's profile
    says that a byline stands."""
    if page.heading_at is not None:
        _read_beside_the_headline(page, page.heading_at)
    for number in page.named_nodes():
        line = page.lines.line(number)
        if line.first == number and line.text and line.raw not in page.found.used:
            _read_line(page, line, may_name=len(line.text) <= 240, is_near=False)


def _read_beside_the_headline(page: BylinePage, heading_at: int) -> None:
    number = page.lines.line(max(0, heading_at - 12)).first
    end = min(len(page.lines), page.body_at + 1, heading_at + 40)
    nth = 0
    while number < end:
        # Above the headline, and where no name is looked for, most nodes need no line.
        is_idle = number <= heading_at and not _PART_OF_YEAR.search(page.lines.nodes[number])
        if is_idle or (nth > _NEAR and not _may_count(page, number)):
            number += 1
            continue
        line = page.lines.line(number)
        number = line.last + 1
        text = line.text
        is_below = line.first > heading_at
        nth += is_below
        if not text or line.raw in page.found.used:
            continue
        may_name = is_below and len(text) <= 240
        _read_line(page, line, may_name=may_name, is_near=nth <= _NEAR)


def _read_line(page: BylinePage, line: Line, *, may_name: bool, is_near: bool) -> None:
    text = line.text
    has_year = _YEAR.search(text[:120]) is not None
    may_name = may_name and _may_be_names(text)
    if not (has_year or may_name):
        return
    place = page.place_of(line)
    if place.is_rejected:
        return
    if has_year and len(text) <= 90:
        _read_bare_date(page, line, place)
    elif has_year:
        _read_dateline(page, line, place)
    if may_name:
        _read_bare_names(page, line, place, is_near=is_near)


_NEAR = 4
"""Lines below the headline in which a name needs no markup that calls it the author's."""


def _may_count(page: BylinePage, number: int) -> bool:
    """The cheap test of a text node before its line is built: a year, or a marked place."""
    owner = page.lines.owner(number)
    if (
        owner.tag == "time"
        or page.byline_elements
        or _YEAR.search(page.lines.nodes[number]) is not None
    ):
        return True
    return page.gate.region(owner).is_marked


def _read_bare_date(page: BylinePage, line: Line, place: Place) -> None:
    date = next(page.dates_in(line.text), None)
    if date is None or date.precision == "year" or date.is_relative or date.start > 24:
        return
    if len(line.text) - (date.end - date.start) > 45 or find_labels(line.text, page.language):
        return
    is_modified = {mark.written: mark.is_modification for mark in line.marks}
    if not is_modified.get(date.raw):
        page.keep_date(None, date, None, place)
    for written in (written for written, is_so in is_modified.items() if is_so):
        modified = next(page.dates_in(written), None)
        if modified is not None:
            page.keep_date("modified", modified, None, place, is_named_by_markup=True)
    if len(line.text) - (date.end - date.start) < 16:
        page.use(line, place)


def _read_dateline(page: BylinePage, line: Line, place: Place) -> None:
    """ "Jan. 11, 2012 -- The study ...": agencies put the day before the first sentence."""
    date = next(page.dates_in(line.text[:110]), None)
    if date is None or date.precision != "day" or date.start > 50:
        return
    after = line.text[date.end : date.end + 40]
    if _AFTER_DATELINE.match(after) and "." not in line.text[: date.start].replace(".,", ""):
        page.keep_date(None, date, None, place)


def _read_bare_names(page: BylinePage, line: Line, place: Place, *, is_near: bool) -> None:
    """A name that the markup calls the author's, or names with degrees under the headline."""
    text = line.text
    if len(text) > 240 or page.lines.owner(line.first) is page.heading:
        return
    role = place.region.role
    is_linked = is_near and _leads_to_profile(page, line)
    is_marked = place.region.is_marked or is_linked
    if not is_marked and not is_near:
        return
    if line.element.tag in ("h1", "h2", "button") or find_labels(text, page.language):
        return
    date = next(page.dates_in(text), None) if _DIGITS.search(text) else None
    named = text[: date.start] if date is not None else text
    is_dated = is_near and date is not None and _is_name_and_date(text, date)
    if not is_marked and not is_dated and not _DEGREE.search(named):
        return
    is_strict = not place.region.is_marked or role != "author"
    people = parse_people(named, is_strict=is_strict)
    if not people and not is_strict and not page.found.people:
        people = _signed(named)
    if not (is_marked or is_dated) and not all(person.credentials for person in people):
        return
    if (is_marked or is_dated) and not all(p.kind == "person" for p in people):
        return
    for person in people:
        page.keep_person(role, person, None, place)
    if people:
        page.use(line, place)


def _is_name_and_date(text: str, date: ParsedDate) -> bool:
    """Whether a line may be "Bo Penn | May 15, 2022": nothing behind the day, a sign before it."""
    is_day = date.precision in ("day", "minute", "second") and not date.is_relative
    return is_day and not text[date.end :].strip(" ,.|") and bool(_SIGN.search(text[: date.start]))


def _leads_to_profile(page: BylinePage, line: Line) -> bool:
    """Whether a line begins with a link to the page of a person."""
    at: HtmlElement | None = line.inner
    while at is not None and at is not line.element:
        if at.tag == "a":
            return PROFILE_PATH.search(at.get("href") or "") is not None
        at = at.getparent()
    return False


def _signed(text: str) -> tuple[Person, ...]:
    """Initials and pen names of newsrooms ("eska", "PAP, marga") in an element marked as author."""
    if not _SHORT_NAMES.fullmatch(text.strip()):
        return ()
    names = [name.strip() for name in text.split(",")]
    if any(name.lower() in NOT_NAME_WORDS or name.lower() in _NO_SIGNATURE for name in names):
        return ()
    return tuple(Person(name=name) for name in names)


_NO_SIGNATURE = frozenset(
    [
        "blog",
        "details",
        "news",
        "article",
        "author",
        "admin",
        "staff",
        "team",
        "editor",
        "tweet",
        "reddit",
        "tumblr",
        "health",
        "home",
        "posted",
    ]
)
_AFTER_DATELINE = re.compile(r"\s*(?:\([^)]{2,40}\)\s*)?(?:--|–|—)")
_SHORT_NAMES = re.compile(r"[^\W\d_]{2,20}(?:,\s*[^\W\d_]{2,20})?")
_SIGN = re.compile(r"[|·•,–—/-]\s*$")
_DIGITS = re.compile(r"\d")
# A year, or the end of a short date; native digits are digits too.
_YEAR = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d|[年년]")
_PART_OF_YEAR = re.compile(r"[\d年년]")


_DEGREE = re.compile(r"\b[A-Z][A-Za-z]?\.?[A-Z]")


def _may_be_names(text: str) -> bool:
    """The cheap test before a line under the headline is read as names: few words, no sentence."""
    return len(text) <= 80 or ("," in text and text.count(" ") < 32)
