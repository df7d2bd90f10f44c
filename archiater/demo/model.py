"""The values the demo site is made of: people, the parts of a text, and articles as written.

An article says exactly what its page states: a date that stands here stands on the page, and a
field that is empty is not on the page either. `expected` relies on that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

SHAPES = ("hello", "care", "journal", "library", "encyclopedia")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody, or an organisation, that an article names."""

    key: str
    name: str
    prefix: str | None = None
    """What stands before the name: `dr.`, `BS.`, `นพ.`"""
    credentials: tuple[str, ...] = ()
    """What stands after it: `MD`, `Sp.PD`."""
    specialty: str | None = None
    affiliation: str | None = None
    kind: Literal["person", "org", "team"] = "person"

    @property
    def prefixed(self) -> str:
        """Name with its prefix; a Thai prefix is written without a space."""
        if self.prefix is None:
            return self.name
        return f"{self.prefix}{'' if _is_thai(self.prefix) else ' '}{self.name}"

    @property
    def signature(self) -> str:
        """Prefix, name and credentials as a byline shows them; Chinese ones need no comma."""
        glue = ", " if all(text.isascii() for text in self.credentials) else " "
        return glue.join((self.prefixed, *self.credentials))


@dataclass(frozen=True, kw_only=True)
class Source:
    """One entry of the source list."""

    text: str
    """The entry as shown, with its address, DOI and PMID in it."""

    @property
    def url(self) -> str | None:
        found = re.search(r"https?://\S+", self.text)
        return found[0].rstrip(".") if found else None

    @property
    def doi(self) -> str | None:
        found = re.search(r"\bdoi:\s*(10\.\d{4,9}/\S+)", self.text)
        return found[1].rstrip(".") if found else None

    @property
    def pmid(self) -> str | None:
        found = re.search(r"\bPMID:\s*(\d{5,8})\b", self.text)
        return found[1] if found else None


@dataclass(frozen=True, kw_only=True)
class Heading:
    text: str
    level: int


@dataclass(frozen=True, kw_only=True)
class Prose:
    text: str


@dataclass(frozen=True, kw_only=True)
class Bullets:
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table: the first row is its head."""

    rows: tuple[tuple[str, ...], ...]
    caption: str | None = None


@dataclass(frozen=True, kw_only=True)
class Quotation:
    text: str


@dataclass(frozen=True, kw_only=True)
class Box:
    """A box beside the run of the text."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Question:
    question: str
    answer: str


Part = Heading | Prose | Bullets | Grid | Quotation | Box | Question


@dataclass(frozen=True, kw_only=True)
class DemoArticle:
    """One article of the demo site, parsed but not yet dressed as a page."""

    path: str
    shape: str
    language: str
    title: str
    section: str
    description: str
    parts: tuple[Part, ...]
    keywords: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    reviewers: tuple[Person, ...] = ()
    fact_checkers: tuple[Person, ...] = ()
    translators: tuple[Person, ...] = ()
    published: str | None = None
    modified: str | None = None
    reviewed: str | None = None
    next_review_due: str | None = None
    sources: tuple[Source, ...] = ()
    sponsor: str | None = None
    options: frozenset[str] = frozenset()
    """What makes this page special; `markup.OPTIONS` says what each one means."""
    edition: int = 1
    """The first edition of the site that has the article."""

    @property
    def newest_date(self) -> str:
        """The latest date the page states of itself; a month counts as its first day."""
        stated = [date for date in (self.published, self.modified, self.reviewed) if date]
        return max(
            (date if len(date) == 10 else f"{date}-01" for date in stated), default="2020-01-01"
        )


def _is_thai(text: str) -> bool:
    return any("\u0e00" <= character <= "\u0e7f" for character in text)
