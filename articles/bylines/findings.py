"""What the bylines of a page give before anything is decided, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.bylines.lines import Line
from articles.bylines.person import Person
from articles.bylines.phrases import Label
from articles.bylines.regions import Region
from articles.bylines.time_marks import TimeMark
from articles.parsed_date import ParsedDate


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a finding stands."""

    line: Line
    region: Region
    is_header: bool
    """In the head of the article: from shortly before the headline to the first paragraphs."""
    is_above: bool = False
    """Well before the headline, where sites print their own dates."""

    @property
    def is_rejected(self) -> bool:
        return self.region.rejected is not None


@dataclass(frozen=True, kw_only=True)
class PersonFinding:
    role: str
    person: Person
    label: Label | None
    """None where only the markup says that this is the author."""
    place: Place
    profile_url: str | None = None


@dataclass(frozen=True, kw_only=True)
class DateFinding:
    kind: str | None
    """None for a date beside the headline that has no label."""
    date: ParsedDate
    label: Label | None
    place: Place
    mark: TimeMark | None = None
    """The element of the date, where an attribute of it decides or tells another day."""
    is_named_by_markup: bool = False
    """Only names in the markup tell the kind."""


@dataclass(frozen=True, kw_only=True)
class TextFinding:
    """A claim, a denial, a disclosure: the words themselves."""

    kind: str
    raw: str
    place: Place


@dataclass(kw_only=True)
class Bylines:
    """Everything found on one page, in the order of the page."""

    people: list[PersonFinding] = field(default_factory=list)
    dates: list[DateFinding] = field(default_factory=list)
    texts: list[TextFinding] = field(default_factory=list)
    is_day_first: bool | None = None
    """How the unambiguous dates of the page are written; asked only where one is in doubt."""
    history: list[Line] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    """Texts of the lines that were read as bylines and stand in the article's own regions."""
