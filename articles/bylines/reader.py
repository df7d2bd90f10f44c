"""The visible bylines of a page: every person, labelled date and claim with its place.

`read_bylines` runs the cheap test over all text nodes, reads the lines it leaves with the grammar,
adds what stands on the lines after a label, and asks the region gate about each place. It decides
nothing between findings; that is the work of `judgement`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from articles.blocks import TextNodes
from articles.bylines.byline_page import BylinePage
from articles.bylines.findings import Bylines, Place, TextFinding
from articles.bylines.grammar import Reading, role_of_review
from articles.bylines.lines import Line, Lines, common_element, is_inside, is_sibling
from articles.bylines.names import parse_people
from articles.bylines.page_statements import read_statements_of_making
from articles.bylines.person import Person, is_job_title, is_specialty, with_detail
from articles.bylines.phrases import Label
from articles.bylines.prose import goes_on_as_prose, is_sentence, is_short_text
from articles.bylines.regions import RegionGate
from articles.bylines.time_marks import read_mark
from articles.bylines.unlabelled import read_unlabelled
from articles.day_order import is_day_first
from articles.record import REVIEWING_ROLES

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_CANDIDATES = 400


def read_bylines(
    tree: HtmlElement,
    nodes: TextNodes,
    *,
    language: str | None,
    base_url: str,
    heading: HtmlElement | None,
    main_root: HtmlElement | None,
    day_first: bool | None,
    captured_at: datetime | None,
    byline_elements: tuple[HtmlElement, ...] = (),
) -> Bylines:
    """All findings of one page; `byline_elements` are places the site's profile names."""
    page = BylinePage(
        lines=Lines(nodes, partial(read_mark, language=language, captured_at=captured_at)),
        gate=RegionGate(tree, heading=heading, main_root=main_root),
        language=language,
        base_url=base_url,
        heading=heading,
        day_first=day_first,
        captured_at=captured_at,
        byline_elements=frozenset(byline_elements),
    )
    _Reader(page).read()
    if any(finding.date.is_order_assumed for finding in page.found.dates):
        page.found.is_day_first = is_day_first(nodes.texts)
    return page.found


@dataclass
class _Reader:
    """Reads the labelled lines of one page."""

    page: BylinePage

    def read(self) -> None:
        done = -1
        count = 0
        for number in self.page.lines.candidates():
            if number <= done:
                continue
            count += 1
            if count > _MOST_CANDIDATES:
                break
            line = self.page.lines.line(number)
            done = max(done, line.last)
            if line.text:
                done = max(done, self._read_line(line))
        read_unlabelled(self.page)
        read_statements_of_making(self.page)

    def _read_line(self, line: Line) -> int:
        """Read a line and what its last label takes from the next ones; the last node used."""
        reading = self.page.read(line)
        place: Place | None = None
        used_to = line.last
        if not reading.labels:
            return used_to
        place = self.page.place_of(line)
        self.page.keep_texts(reading, place)
        self.page.keep_people(reading, place)
        for dated in reading.dates:
            self.page.keep_date(dated.kind, dated.date, dated.label, place)
        self._read_lead(reading, line, place)
        if (reading.people or reading.dates) and (reading.covered > 0.5 or len(line.text) < 120):
            self.page.use(line, place)
        if reading.open_label is not None:
            used_to = self._read_open_label(reading.open_label, line, place, used_to)
        elif reading.people and line.element.tag != "p":
            used_to = self._read_specialty_after(reading, line, used_to)
        elif reading.claims and not reading.people:
            used_to = self._read_badge(reading, line, place)
        return used_to

    def _read_badge(self, reading: Reading, line: Line, place: Place) -> int:
        """ "Medically Reviewed", and on the next line a name with degrees: who did it."""
        badge = reading.claims[0]
        following = list(self.page.lines.after(line, at_most=10))
        if not following or len(line.text) > len(badge.phrase) + _LONGEST_BESIDE_BADGE:
            return line.last
        people = self._people_of(following[0], is_strict=True)
        if not people or not all(p.kind == "person" and _is_marked(p) for p in people):
            return line.last
        label = replace(badge, kinds=(role_of_review(badge.phrase),), is_weak=True)
        used_to = self._read_names_below(label, line, place, following)
        return line.last if used_to is None else used_to

    def _read_lead(self, reading: Reading, line: Line, place: Place) -> None:
        """ "05.01.2012, updated: 06.01.2012": a bare date before the first label."""
        first = reading.labels[0]
        if not 6 <= first.start <= 80 or not (reading.dates or reading.people):
            return
        dates = list(self.page.dates_in(line.text[: first.start]))
        if not dates or first.start - dates[-1].end > 8:
            return
        if any(dated.date == dates[-1] for dated in reading.dates):
            # "12 Jan 2026 | Latest version": the label's own date.
            return
        if "modified" in first.date_kinds and reading.dates:
            self.page.keep_date("published", dates[-1], None, place)
        elif "author" in first.roles:
            self.page.keep_date(None, dates[-1], None, place)

    def _read_open_label(self, label: Label, line: Line, place: Place, used_to: int) -> int:
        """The value of a label that ends its line: a name, names, or a date on the next lines."""
        if label.is_name_first and self._read_names_above(label, line, place):
            return used_to
        following = list(self.page.lines.after(line, at_most=10))
        if label.roles and self._read_name_over_label(label, line, place, following):
            return used_to
        if not following:
            return used_to
        if (label.roles and not label.is_weak) or (label.roles and place.is_header):
            people_to = self._read_names_below(label, line, place, following)
            if people_to is not None:
                return people_to
        if label.date_kinds:
            for below in following[:2]:
                dates = list(self.page.dates_in(below.text)) if len(below.text) < 60 else []
                if dates and dates[0].start < 16:
                    for kind in label.date_kinds:
                        self.page.keep_date(kind, dates[0], label, self.page.place_of(below))
                    self.page.use(line, place)
                    self.page.use(below, place)
                    return below.last
        past = self._read_past_tooltip(label, line, place, following)
        if past is None and REVIEWING_ROLES.intersection(label.roles):
            # "Expert Reviewed", and nobody named: a claim.
            self.page.found.texts.append(TextFinding(kind="claim", raw=line.raw[:300], place=place))
        return used_to if past is None else past

    def _read_name_over_label(
        self, label: Label, line: Line, place: Place, following: list[Line]
    ) -> bool:
        """NAME on the line over its LABEL, perhaps with what the person practises between them, as
        in cards with a picture: told by the smallest element around both."""
        named = self.page.lines.before(line)
        if named is None:
            return False
        detail = None
        people = self._people_over(named, line)
        if not people and is_short_text(named.text) and not self.page.read(named).labels:
            detail, named = named, self.page.lines.before(named)
            people = self._people_over(named, line) if named is not None else ()
        if named is None or not people:
            return False
        box = common_element(line, named)
        is_inner = not following or is_inside(box, common_element(line, following[0]))
        if detail is not None and not is_inner:
            return False
        if not self._is_value_above(label, people, following, is_inner=is_inner):
            return False
        if detail is not None:
            people = (*people[:-1], with_detail(people[-1], detail.text))
        above = replace(place, line=named)
        for role in label.roles:
            for person in people:
                self.page.keep_person(role, person, label, above)
        for used in (named, detail, line):
            if used is not None:
                self.page.use(used, place)
        return True

    def _is_value_above(
        self, label: Label, people: tuple[Person, ...], following: list[Line], *, is_inner: bool
    ) -> bool:
        """Whether a label names the people over it and not those below it."""
        if is_inner and not label.takes_name_directly:
            return True
        if following and self._people_of(following[0], is_strict=True):
            # The name below has a label of its own where it is one of the next card.
            return len(following) > 1 and self._is_role_label(following[1])
        return is_inner or _is_marked(people[-1])

    def _people_over(self, named: Line, line: Line) -> tuple[Person, ...]:
        """The people of a line over the label in `line`: where it holds nothing else and is not the
        value of a label over itself."""
        if len(named.text) > _LONGEST_NAME or named.element.tag == "h1":
            return ()
        if self.page.read(named).labels:
            return ()
        over = self.page.lines.before(named)
        if over is not None and self._is_role_label(over):
            own = common_element(line, named)
            if not is_inside(own, common_element(over, named)):
                return ()
        return self._people_of(named, is_strict=True)

    def _is_role_label(self, line: Line) -> bool:
        reading = self.page.read(line)
        return reading.is_label_only and bool(reading.labels[0].roles)

    def _read_names_above(self, label: Label, line: Line, place: Place) -> bool:
        """NAME, and perhaps what the person practises, on lines of their own before LABEL."""
        named: list[tuple[Line, Person]] = []
        details: list[Line] = []
        detail: Line | None = None
        at = line
        for _ in range(_MOST_ABOVE):
            above = self.page.lines.before(at)
            if above is None or not is_sibling(line, above) or len(above.text) > 80:
                break
            if self.page.read(above).labels:
                break
            people = self._people_of(above, is_strict=True)
            if len(people) == 1 and _is_marked(people[0]):
                person = people[0]
                if detail is not None:
                    person = with_detail(person, detail.text)
                    details.append(detail)
                named.insert(0, (above, person))
                detail = None
            elif detail is None and is_short_text(above.text):
                detail = above
            else:
                break
            at = above
        for above, person in named:
            for role in label.roles:
                self.page.keep_person(role, person, label, replace(place, line=above))
        for used in (*(above for above, _ in named), *details, *((line,) if named else ())):
            self.page.use(used, place)
        return bool(named)

    def _read_past_tooltip(
        self, label: Label, line: Line, place: Place, following: list[Line]
    ) -> int | None:
        """ "Reviewed" <explanation> "by NAME": the label goes on after a box of prose."""
        if not re.search(r"review|check|verif|written", label.phrase):
            return None
        for below in following:
            match = re.match(r"by\s+(?=\S)", below.text, re.I)
            if match is None:
                continue
            value = below.text[match.end() :]
            people = parse_people(value, is_strict=True)
            if not people:
                continue
            role = "fact_checker" if "check" in label.phrase else "reviewer"
            if "medical" in label.phrase:
                role = "medical_reviewer"
            if "written" in label.phrase:
                role = "author"
            for person in people:
                self.page.keep_person(role, person, label, self.page.place_of(below))
            self.page.use(below, place)
            return below.last
        return None

    def _read_names_below(
        self, label: Label, line: Line, place: Place, following: list[Line]
    ) -> int | None:
        """Names on the lines below a label; the last text node used, or None without a name."""
        first = following[0]
        people = self._people_of(first, is_strict=label.is_weak)
        if not people or self._has_label_below(line, following):
            return None
        used_to = first.last
        below = self.page.place_of(first)
        if place.is_rejected or below.is_rejected:
            below = replace(below, region=place.region if place.is_rejected else below.region)
        for role in label.roles:
            for person in people:
                self.page.keep_person(role, person, label, below)
        self._keep_dates_beside(label, first, below)
        self.page.use(line, place)
        self.page.use(first, below)
        last_people = people
        previous = first
        for number, next_line in enumerate(following[1:], 1):
            if self.page.read(next_line).labels and not next_line.boundaries - {0}:
                break
            below_it = following[number + 1] if number + 1 < len(following) else None
            if self._is_detail(next_line, last_people, previous) or (
                below_it is not None
                and self._stands_between_names(next_line, last_people, previous, below_it)
            ):
                self._add_detail(label, last_people[-1], next_line.text)
                self.page.use(next_line, below)
                used_to = next_line.last
                last_people = ()
                continue
            more = (
                self._people_of(next_line, is_strict=True)
                if is_sibling(first, next_line) and len(next_line.text) < 400
                else ()
            )
            if not more or not self._continues(more[0], label):
                break
            place = replace(below, line=next_line)
            for role in label.roles:
                for person in more:
                    self.page.keep_person(role, person, label, place)
            self.page.use(next_line, place)
            used_to = next_line.last
            last_people = more
            previous = next_line
        return used_to

    def _has_label_below(self, line: Line, following: list[Line]) -> bool:
        """Whether the name on the next line has a label of its own under it, in its own element."""
        if len(following) < 2 or not self._is_role_label(following[1]):
            return False
        first, second = following[:2]
        return is_inside(common_element(first, second), common_element(line, first))

    def _continues(self, person: Person, label: Label) -> bool:
        """Whether a further line below a label names one more: with a mark of a professional."""
        if person.kind != "person":
            is_post = is_job_title(person.name)
            return label.phrase.endswith("by") and person.kind == "team" and not is_post
        return bool(person.credentials or person.prefix)

    def _people_of(self, line: Line, *, is_strict: bool) -> tuple[Person, ...]:
        text = line.text
        if len(text) > 600 or goes_on_as_prose(text):
            return ()
        reading = self.page.read(line)
        if reading.labels:
            cut = reading.labels[0].start
            if cut < 4:
                return ()
            text = text[:cut]
        dates = list(self.page.dates_in(text))
        if dates:
            text = text[: dates[0].start].rstrip(" ,.·•|–—-(")
            text = re.sub(r"\s+(?:on|am|le|el|em|pada|il|op)$", "", text)
        people = parse_people(text, is_strict=is_strict, language=self.page.language)
        if people and is_sentence(line.text) and not _is_marked(people[0]):
            return ()  # "Rye, a hardy grass, grows in the cold."
        return people

    def _keep_dates_beside(self, label: Label, line: Line, place: Place) -> None:
        reading = self.page.read(line)
        for dated in reading.dates:
            self.page.keep_date(dated.kind, dated.date, dated.label, place)
        for named in reading.people:
            for role in named.label.roles:
                self.page.keep_person(role, named.person, named.label, place)
        if reading.dates or "updat" in label.phrase:
            return
        match = next(self.page.dates_in(line.text), None)
        if match is not None and re.search(
            r"\b(?:on|am|le|el|em|pada|il|op)\s+$", line.text[: match.start]
        ):
            kind = "published" if "author" in label.kinds else "reviewed"
            self.page.keep_date(kind, match, label, place)

    def _is_detail(self, line: Line, people: tuple[Person, ...], previous: Line) -> bool:
        """ "General Practitioner" on the line below a name."""
        if not people or people[-1].specialty or people[-1].kind != "person":
            return False
        text = line.text
        if len(text) > 70 or line.first != previous.last + 1 or re.search(r"[.!?:]$|\d", text):
            return False
        if line.element.tag in ("h1", "h2", "h3", "h4", "button") or self._is_link_elsewhere(line):
            return False
        own = self._people_of(line, is_strict=True)  # "Bo Penn MD - Family Medicine"
        return is_specialty(text) and len(text.split()) <= 7 and not any(map(_is_marked, own))

    def _stands_between_names(
        self, line: Line, people: tuple[Person, ...], previous: Line, following: Line
    ) -> bool:
        """A short line between two marked names of one list: what the first one practises, in
        whatever words."""
        if not people or people[-1].specialty or not is_short_text(line.text):
            return False
        if not (is_sibling(previous, line) and is_sibling(line, following)):
            return False
        if self._is_link_elsewhere(line) or line.first != previous.last + 1:
            return False
        own = self._people_of(line, is_strict=True)
        more = self._people_of(following, is_strict=True)
        return not (own and _is_marked(own[0])) and bool(more) and _is_marked(more[0])

    def _is_link_elsewhere(self, line: Line) -> bool:
        at: HtmlElement | None = line.inner
        while at is not None and at is not line.element:
            if at.tag == "a":
                return True
            at = at.getparent()
        return line.element.tag == "li" and next(line.element.iter("a"), None) is not None

    def _add_detail(self, label: Label, person: Person, detail: str) -> None:
        for number, finding in enumerate(self.page.found.people):
            if finding.label is label and finding.person is person:
                self.page.found.people[number] = replace(
                    finding, person=replace(finding.person, specialty=detail)
                )

    def _read_specialty_after(self, reading: Reading, line: Line, used_to: int) -> int:
        """A specialty on the line below "Medically reviewed by NAME, MD"."""
        last = reading.people[-1]
        if "author" in last.label.kinds or reading.dates:
            return used_to
        for below in self.page.lines.after(line, at_most=1):
            if self._is_detail(below, (last.person,), line) and not self.page.read(below).labels:
                self._add_detail(last.label, last.person, below.text)
                self.page.use(below, self.page.place_of(below))
                return below.last
        return used_to


_MOST_ABOVE = 8
_LONGEST_BESIDE_BADGE = 5
"""Characters of a line beside the words of its badge: a tick, a full stop."""
_LONGEST_NAME = 100
"""Characters of a line over a label that is a name with degrees."""


def _is_marked(person: Person) -> bool:
    return bool(person.prefix or person.credentials)
