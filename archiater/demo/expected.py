"""What a right extraction finds on each demo page, computed from the content and never typed twice.

The role of a person and the kind of a date follow the label that the article's shape prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archiater.demo.editions import load_articles
from archiater.demo.furniture import unwanted_lines
from archiater.demo.markup import as_plain
from archiater.demo.model import (
    Box,
    Bullets,
    DemoArticle,
    Grid,
    Heading,
    Part,
    Person,
    Prose,
    Question,
    Quotation,
)
from archiater.demo.site import related_to
from archiater.demo.words import words_in


@dataclass(frozen=True, kw_only=True)
class ExpectedPerson:
    """Somebody with a role; the name is bare, without prefix and credentials."""

    role: str
    name: str
    credentials: tuple[str, ...] = ()
    prefix: str | None = None
    specialty: str | None = None
    """None too where the page does not show it, whatever we know of the person."""
    affiliation: str | None = None
    """Post and place in one, as an encyclopedia shows them; a record may part the two."""
    kind: str = "person"
    scope: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExpectedArticle:
    """The values of one article's record, as far as the demo can know them."""

    path: str
    title: str
    language: str
    people: tuple[ExpectedPerson, ...]
    dates: tuple[tuple[str, str], ...]
    """(kind, ISO value) in the order of the kinds' names."""
    review_status: str
    n_references: int
    first_sentence: str
    last_sentence: str
    body: tuple[str, ...]
    """Every piece of text that must stand in the record's text, in order; tables cell by cell."""
    disclaimers: tuple[str, ...]
    is_sponsored: bool
    has_ai_disclosure: bool
    unwanted: tuple[str, ...]
    """Lines of the page that must not stand in the record's text."""

    def names(self, *roles: str) -> tuple[str, ...]:
        """The names of everybody in one of these roles."""
        return tuple(person.name for person in self.people if person.role in roles)


def expected_articles(edition: int = 1) -> tuple[ExpectedArticle, ...]:
    """The expected record of every article of one edition, in the order of the addresses."""
    return tuple(_expected(article) for article in load_articles(edition))


def _expected(article: DemoArticle) -> ExpectedArticle:
    body = tuple(_texts(article.parts))
    return ExpectedArticle(
        path=article.path,
        title=article.title,
        language=article.language,
        people=tuple(_people(article)),
        dates=_dates(article),
        review_status=_review_status(article),
        n_references=len(article.sources),
        first_sentence=_sentences(_running_text(article.parts)[0])[0],
        last_sentence=_sentences(_running_text(article.parts)[-1])[-1],
        body=body,
        disclaimers=(
            (words_in(article.language).disclaimer,)
            if article.shape in ("hello", "encyclopedia")
            else ()
        ),
        is_sponsored=article.sponsor is not None,
        has_ai_disclosure="ai-assisted" in article.options,
        unwanted=unwanted_lines(article, related_to(article)),
    )


def _people(article: DemoArticle) -> Iterable[ExpectedPerson]:
    reviewing = _reviewing_role(article)
    for author in article.authors:
        yield _person(author, "author", article)
        if "self-reviewed" in article.options:
            yield _person(author, "medical_reviewer", article)
    for reviewer in article.reviewers:
        yield _person(reviewer, reviewing, article)
    for checker in article.fact_checkers:
        yield _person(checker, "fact_checker", article)
    for translator in article.translators:
        yield _person(translator, "translator", article)


def _reviewing_role(article: DemoArticle) -> str:
    """Old pages say only "Reviewed by"; the other shapes say "medically", or mean it."""
    return "reviewer" if article.shape == "library" else "medical_reviewer"


def _person(person: Person, role: str, article: DemoArticle) -> ExpectedPerson:
    shows_specialty = (article.shape == "hello" and role == "medical_reviewer") or (
        article.shape == "journal" and article.language == "de"
    )
    from_source = "source-version-reviewed" in article.options and role == "medical_reviewer"
    return ExpectedPerson(
        role=role,
        name=person.name,
        credentials=person.credentials,
        prefix=person.prefix,
        specialty=person.specialty if shows_specialty else None,
        affiliation=person.affiliation if article.shape == "encyclopedia" else None,
        kind=person.kind,
        scope="source_language_version" if from_source else None,
    )


def _dates(article: DemoArticle) -> tuple[tuple[str, str], ...]:
    stated = {
        "modified": article.modified,
        "next_review_due": article.next_review_due,
        "published": article.published,
        "reviewed": article.reviewed,
    }
    return tuple((kind, value) for kind, value in stated.items() if value is not None)


def _review_status(article: DemoArticle) -> str:
    if "negated-review" in article.options:
        return "negated"
    if "self-reviewed" in article.options:
        return "self_reviewed"
    if any(person.kind == "person" for person in article.reviewers):
        return "named"
    if article.reviewers:
        return "organisation_only"
    # A date of review without a name is a claim, like a badge without a name.
    if "claim-only" in article.options or article.reviewed:
        return "claim_only"
    return "none_found"


def _texts(parts: Iterable[Part]) -> Iterable[str]:
    for part in parts:
        match part:
            case Heading(text=text) | Prose(text=text) | Quotation(text=text):
                yield as_plain(text)
            case Bullets(items=items):
                yield from (as_plain(text) for text in items)
            case Grid(rows=rows, caption=caption):
                yield from (as_plain(caption),) if caption else ()
                yield from (as_plain(cell) for row in rows for cell in row)
            case Box(title=title, text=text):
                yield from (as_plain(title), as_plain(text))
            case Question(question=question, answer=answer):
                yield from (as_plain(question), as_plain(answer))


def _running_text(parts: tuple[Part, ...]) -> list[str]:
    """The texts that hold sentences: everything but headings, tables and titles."""
    running: list[str] = []
    for part in parts:
        match part:
            case Prose(text=text) | Quotation(text=text) | Box(text=text) | Question(answer=text):
                running.append(as_plain(text))
            case Bullets(items=items):
                running.extend(as_plain(text) for text in items)
            case Heading() | Grid():
                continue
    return running


def _sentences(text: str) -> list[str]:
    """The sentences of one text; one without a full stop (Thai) is one sentence."""
    return [
        part.strip() for part in re.split(r"(?<=[.!?।])\s+|(?<=[。！？])", text) if part.strip()
    ]
