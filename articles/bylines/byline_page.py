"""One page while its bylines are read: its headline, its text, and what was found so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from articles.block_scoring import reading_size
from articles.bylines.cards import BUYER, why_foreign
from articles.bylines.findings import Bylines, DateFinding, PersonFinding, Place, TextFinding
from articles.bylines.grammar import Reading, read_line
from articles.bylines.lines import Line, Lines
from articles.bylines.names import parse_person
from articles.bylines.person import Person
from articles.bylines.phrases import Label
from articles.bylines.regions import SPONSOR_LABEL, Region, RegionGate
from articles.bylines.time_marks import TimeMark
from articles.dates import find_dates
from articles.parsed_date import ParsedDate
from articles.person_names import name_letters

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST_LINE = 1200
_MOST_NAMED = 20
"""Elements that a profile may name as bylines for each of their lines to be read."""
_MOST_INSIDE = 400


@dataclass(kw_only=True)
class BylinePage:
    """The lines of a page, its region gate, and the findings that grow."""

    lines: Lines
    gate: RegionGate
    language: str | None
    base_url: str
    heading: HtmlElement | None
    day_first: bool | None
    captured_at: datetime | None
    byline_elements: frozenset[HtmlElement]
    found: Bylines = field(default_factory=Bylines)
    heading_at: int | None = None
    body_at: int = 0
    text_at: int = 0
    """Number of the first long text below the headline; between them is the page's own byline."""
    _foreign: dict[int, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._find_heading()

    def _find_heading(self) -> None:
        """Number of the headline's first text node, and of the first long paragraph after it."""
        if self.heading is None:
            self.body_at = self.text_at = 60
            return
        inside = set(self.heading.iter())
        first = next((text for text in self.heading.itertext() if text.strip()), None)
        for number, node in enumerate(self.lines.nodes):
            # The texts are compared first: asking lxml for an owner costs more than all the rest.
            if node == first and self.lines.owner(number) in inside:
                self.heading_at = number
                break
        start = self.heading_at or 0
        self.body_at = self.text_at = len(self.lines)
        long_ones = 0
        for number in range(start + 1, min(len(self.lines), start + 400)):
            if _is_long(self.lines.nodes[number]):
                long_ones += 1
                self.text_at = min(self.text_at, number)
                if long_ones == 2:
                    self.body_at = number
                    break

    def place_of(self, line: Line) -> Place:
        is_header = self._is_header(line)
        is_above = not is_header and self.heading_at is not None and line.first < self.heading_at
        if self.is_named(line.inner):
            region = Region(source="profile", is_marked=True)
            return Place(line=line, region=region, is_header=is_header, is_above=is_above)
        region = self.gate.region(line.inner)
        if region.rejected is not None:
            region = self._marked_part(line) or region
        if is_above and region.rejected is None:
            region = replace(region, rejected="above_the_headline")
        if region.rejected is None:
            region = replace(region, rejected=self._why_foreign(line))
        return Place(line=line, region=region, is_header=is_header, is_above=is_above)

    def _why_foreign(self, line: Line) -> str | None:
        """Asked only where the page's own byline does not stand anyway."""
        if BUYER.search(line.text):
            return "product_review"
        if (self.heading_at or 0) <= line.first < self.text_at:
            return None
        if line.first not in self._foreign:
            self._foreign[line.first] = why_foreign(
                line, self.lines, around=self.gate.around, url=self.base_url
            )
        return self._foreign[line.first]

    def is_named(self, element: HtmlElement) -> bool:
        """Whether the site's profile names the place of `element` a byline."""
        if not self.byline_elements:
            return False
        at: HtmlElement | None = element
        while at is not None and at not in self.byline_elements:
            at = at.getparent()
        return at is not None

    def named_nodes(self) -> Iterator[int]:
        """Numbers of the text nodes in elements that the profile names; none where it names half
        of the page."""
        if not 0 < len(self.byline_elements) <= _MOST_NAMED:
            return
        inside = {inner for element in self.byline_elements for inner in element.iter()}
        if len(inside) > _MOST_INSIDE:
            return
        for number in range(len(self.lines)):
            if self.lines.owner(number) in inside:
                yield number

    def _marked_part(self, line: Line) -> Region | None:
        """The region of the reviewer's own element in a line that begins outside of it."""
        for number in range(line.first + 1, line.last + 1):
            region = self.gate.region(self.lines.owner(number))
            if region.is_marked and region.rejected is None:
                return region
        return None

    def _is_header(self, line: Line) -> bool:
        if self.heading_at is None:
            return line.first < self.body_at
        return self.heading_at - 25 <= line.first <= min(self.body_at, self.heading_at + 90)

    def read(self, line: Line) -> Reading:
        return read_line(
            line.text[:_LONGEST_LINE],
            language=self.language,
            boundaries=line.boundaries,
            day_first=self.day_first,
            captured_at=self.captured_at,
        )

    def keep_texts(self, reading: Reading, place: Place) -> None:
        for label in reading.labels:
            for kind in ("negated", "sponsored", "ai_disclosure"):
                if kind in label.kinds:
                    self._keep_text(kind, label, place)
        for label in reading.claims:
            if not {"sponsored", "ai_disclosure"}.intersection(label.kinds):
                self._keep_text("claim", label, place)

    def _keep_text(self, kind: str, label: Label, place: Place) -> None:
        text = place.line.text
        if kind == "sponsored" and (len(text) > 60 or not self._may_be_sponsor(label, place)):
            return
        if kind == "ai_disclosure" and (
            len(text) > 350 or not (label.start == 0 or _SPEAKS_OF_ITSELF.search(text))
        ):
            return
        if kind == "claim" and label.start > 0 and text[label.start - 1].isalnum():
            return
        self.found.texts.append(TextFinding(kind=kind, raw=place.line.raw[:300], place=place))

    def _may_be_sponsor(self, label: Label, place: Place) -> bool:
        """A box named after a sponsor speaks of the page where it names one below the headline;
        "Sponsored" alone labels the advertisement that was to follow. People present talks."""
        person = parse_person(place.line.text[label.end :])
        if person is not None and (person.credentials or person.prefix):
            return False
        if place.region.rejected != SPONSOR_LABEL:
            return True
        is_below = self.heading_at is not None and place.line.first > self.heading_at
        return is_below and len(place.line.text) > len(label.phrase) + 3

    def keep_people(self, reading: Reading, place: Place) -> None:
        for named in reading.people:
            for role in named.label.roles:
                self.keep_person(role, named.person, named.label, place)

    def keep_person(self, role: str, person: Person, label: Label | None, place: Place) -> None:
        self.found.people.append(
            PersonFinding(
                role=role,
                person=person,
                label=label,
                place=place,
                profile_url=self._profile_url(person, place.line),
            )
        )

    def keep_date(
        self,
        kind: str | None,
        date: ParsedDate,
        label: Label | None,
        place: Place,
        *,
        is_named_by_markup: bool = False,
    ) -> None:
        mark = _mark_of(date, place.line)
        if mark is not None and mark.is_decisive:
            # What is seen stays the raw text.
            date = replace(date, raw=mark.seen or mark.stated)
        self.found.dates.append(
            DateFinding(
                kind=kind,
                date=date,
                label=label,
                place=place,
                mark=mark,
                is_named_by_markup=is_named_by_markup,
            )
        )
        if place.region.source == "history_panel" and not place.is_rejected:
            self.found.history.append(place.line)

    def use(self, line: Line, place: Place) -> None:
        if not place.is_rejected:
            self.found.used.add(line.raw)

    def _profile_url(self, person: Person, line: Line) -> str | None:
        wanted = name_letters(person.name)
        for number in range(line.first, line.last + 1):
            at: HtmlElement | None = self.lines.owner(number)
            for _ in range(4):
                if at is None or at is line.element.getparent():
                    break
                if at.tag == "a" and at.get("href"):
                    if wanted in name_letters(at.text_content()[:200]):
                        return self._joined(at.get("href", ""))
                    break
                at = at.getparent()
        return None

    def _joined(self, href: str) -> str | None:
        if href.startswith(("#", "javascript:", "mailto:")):
            return None
        try:
            url = urljoin(self.base_url, href.strip())
        except ValueError:
            return None
        return url if url.startswith(("http://", "https://")) else None

    def dates_in(self, text: str) -> Iterator[ParsedDate]:
        return find_dates(
            text, language=self.language, day_first=self.day_first, captured_at=self.captured_at
        )


def _mark_of(date: ParsedDate, line: Line) -> TimeMark | None:
    """The element out of whose attribute a date was read, or which contradicts it there."""
    for mark in line.marks:
        if mark.is_decisive and date.value == mark.value and date.raw in mark.written:
            return mark
        if mark.is_contradicted and date.raw in mark.seen:
            return mark
    return None


def _is_long(text: str) -> bool:
    """Whether a text is a paragraph and no byline; a sign of Chinese says as much as a syllable."""
    return len(text) > 160 or (len(text) > 40 and not text.isascii() and reading_size(text) > 160)


_SPEAKS_OF_ITSELF = re.compile(
    r"\b(?:this|our) (?:article|content|page|post|summary|text|translation)|este artículo"
    r"|cet article|dieser (?:artikel|text)"
    r"|artikel ini|bài viết này|本文|この記事",
    re.I,
)
