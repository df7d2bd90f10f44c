"""A person as bylines name one; the parts beside a name told apart: specialty, post, house."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from articles.bylines.name_words import ORG_WORDS, SPECIALTY_WORDS, TEAM_WORDS, TITLE_WORDS
from articles.record import ContributorKind


@dataclass(frozen=True, kw_only=True)
class Person:
    """One name with what stands around it."""

    name: str
    credentials: tuple[str, ...] = ()
    prefix: str | None = None
    specialty: str | None = None
    job_title: str | None = None
    affiliation: str | None = None
    licence: str | None = None
    kind: ContributorKind = "person"


ORG = re.compile(ORG_WORDS, re.I)
TEAM = re.compile(TEAM_WORDS, re.I)
SPECIALTY = re.compile(SPECIALTY_WORDS, re.I)
TITLE = re.compile(TITLE_WORDS, re.I)


def with_detail(person: Person, detail: str) -> Person:
    """`person` with one more part: a specialty, a post or a place of work, in this order."""
    detail = detail.strip(" ,;|·•–—")
    if _PROSE.search(detail):
        return person
    if detail.endswith(".") and not re.search(r"\b[A-Z]\.$", detail):
        detail = detail[:-1]
    if not detail or len(detail) > 300:
        return person
    if person.affiliation is not None:
        return replace(person, affiliation=f"{person.affiliation}, {detail}")
    is_house = bool(ORG.search(detail))
    if person.specialty is None and not is_house and is_specialty(detail):
        return replace(person, specialty=detail)
    if person.job_title is None and TITLE.search(detail):
        return replace(person, job_title=detail)
    return replace(person, affiliation=detail)


_PROSE = re.compile(
    r"\b(?:may|is|are|was|min|mins|minute|read|this|we|you|your|who|has|have|used|were|found|views?|comments?)\b"
)


def is_specialty(text: str) -> bool:
    """Whether a short text says what somebody practises ("General Practitioner")."""
    return len(text) <= 90 and bool(SPECIALTY.search(text))


def is_job_title(text: str) -> bool:
    """Whether a short text names a post ("Senior Staff Writer")."""
    return len(text) <= 90 and bool(TITLE.search(text))
