"""People and dates of the article in the state that the page hands to its own scripts.

`read_page_state` is the door. A state holds the whole site: menus, teasers, other articles. So only
the object counts whose title is the page's, or, where none has a title, the only one that names a
reviewer; and it is asked only for what JSON-LD, microdata and metas leave open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from articles.bylines.names import parse_people
from articles.jsonld_mending import Json
from articles.machine_dates import clean_value, machine_date
from articles.record import DATE_KINDS, Contributor, DateKind, Evidence, Role, StatedDate
from articles.state_scripts import State, read_states

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CONFIDENCE = 0.4
_MOST_OBJECTS = 30_000
_DEEPEST = 40
_MOST_PEOPLE = 50
_DEEPEST_NAME = 6


@dataclass(frozen=True, kw_only=True)
class PageState:
    contributors: tuple[Contributor, ...] = ()
    dates: tuple[StatedDate, ...] = ()


def read_page_state(
    scripts: Iterable[HtmlElement],
    titles: Iterable[str],
    wanted: frozenset[str],
    language: str | None,
) -> PageState:
    """What the states say of the roles and kinds of dates in `wanted`. `titles` are the page's."""
    hints = tuple(hint for hint, meanings in _HINTS.items() if meanings & wanted)
    if not hints:
        return PageState()

    def is_wanted(text: str) -> bool:
        return any(hint in text and _names_key(text, hint, wanted) for hint in hints)

    # Nearly all pages end here, and to look for their headings would cost more than all before.
    states = tuple(read_states(scripts, is_wanted))
    if not states:
        return PageState()
    known = _Titles(titles)
    found: list[_Value] = []
    untitled: list[_Place] = []
    references: dict[str, Mapping[str, Json]] = {}
    for state in states:
        for place in _objects(state, references):
            stated = _title_of(place.value)
            if stated is None:
                if any(_meaning(key) in _REVIEWS for key in place.value):
                    untitled.append(place)
            elif known.hold(stated):
                found += _values(place)
    if not found and len(untitled) == 1:
        found = list(_values(untitled[0]))
    found = [value for value in found if value.meaning in wanted]
    people: dict[tuple[str, str], Contributor] = {}
    for value in found:
        for person in _people(value, references):
            # Nuxt's objects stand in the list and in one another; the shortest way leads to them.
            held = people.setdefault((person.role, person.name), person)
            if len(person.evidence[0].locator) < len(held.evidence[0].locator):
                people[person.role, person.name] = person
    return PageState(
        contributors=tuple(people.values()),
        dates=tuple(stated for value in found for stated in _dates(value, language)),
    )


_MEANINGS: dict[str, Role | DateKind] = {
    **dict.fromkeys(("author", "authors", "writtenby", "writer", "writers"), "author"),
    **dict.fromkeys(("authorname", "authornames", "articleauthor", "postauthor"), "author"),
    **dict.fromkeys(("medicalreviewer", "medicalreviewers"), "medical_reviewer"),
    **dict.fromkeys(("medicallyreviewedby", "medicalreviewedby"), "medical_reviewer"),
    **dict.fromkeys(("clinicalreviewer", "clinicallyreviewedby"), "medical_reviewer"),
    **dict.fromkeys(("reviewedby",), "medical_reviewer"),
    **dict.fromkeys(("reviewer", "reviewers", "reviewername", "expertreviewer"), "reviewer"),
    **dict.fromkeys(("factcheckedby", "factchecker", "factcheckers"), "fact_checker"),
    **dict.fromkeys(("publishedat", "publishdate", "publisheddate", "publishedon"), "published"),
    **dict.fromkeys(("datepublished", "publicationdate", "firstpublishedat"), "published"),
    **dict.fromkeys(("updatedat", "lastupdated", "updateddate", "datemodified"), "modified"),
    **dict.fromkeys(("modifiedat", "modifieddate", "lastmodified"), "modified"),
    **dict.fromkeys(("lastreviewed", "lastreviewedat", "lastrevieweddate"), "reviewed"),
    **dict.fromkeys(("reviewedat", "revieweddate", "reviewedon", "datereviewed"), "reviewed"),
    **dict.fromkeys(("medicallyreviewedat", "medicallyreviewedon"), "reviewed"),
}
_REVIEWS = frozenset(("medical_reviewer", "reviewer"))
# Part of every key of these meanings, in camel case as with underscores.
_HINTS: dict[str, frozenset[str]] = {
    "eviewe": frozenset(("medical_reviewer", "reviewer", "reviewed")),
    "uthor": frozenset(("author",)),
    "ritten": frozenset(("author",)),
    "riter": frozenset(("author",)),
    "hecke": frozenset(("fact_checker",)),
    "ublish": frozenset(("published",)),
    "ublication": frozenset(("published",)),
    "odified": frozenset(("modified",)),
    "pdated": frozenset(("modified",)),
}


def _names_key(text: str, hint: str, wanted: frozenset[str]) -> bool:
    """Whether a key of a meaning in `wanted` stands there with a value.

    Looked for from the rarest part of the key on, which costs a tenth of reading every key.
    """
    for found in _rest_of_key(hint).finditer(text):
        begin = text.rfind('"', max(0, found.start() - 24), found.start())
        if begin >= 0 and _meaning(text[begin + 1 : found.end(1)]) in wanted:
            return True
    return False


@lru_cache(maxsize=16)
def _rest_of_key(hint: str) -> re.Pattern[str]:
    return re.compile(
        rf"""{hint}([A-Za-z_-]{{0,20}})\\?"\s{{0,3}}:\s{{0,3}}(?!null|false|\[\]|\{{\}}|\\?"\\?")""",
        re.A,
    )


@lru_cache(maxsize=4096)
def _meaning(key: str) -> Role | DateKind | None:
    if len(key) > 30:
        return None
    return _MEANINGS.get(key.replace("_", "").replace("-", "").lower())


class _Titles:
    """The titles of the page, compared by their letters."""

    def __init__(self, titles: Iterable[str]) -> None:
        self.titles = {letters for title in titles if (letters := _letters(title))}

    def hold(self, title: str) -> bool:
        """Whether `title` is one of them, or most of one ("Rye | Bread Example")."""
        letters = _letters(title)
        return letters in self.titles or (
            len(letters) > 11
            and any(letters in held and 2 * len(letters) > len(held) for held in self.titles)
        )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text[:400].casefold()))


@dataclass(frozen=True)
class _Place:
    """An object of a state; its pointer is written only when it is asked for."""

    value: Mapping[str, Json]
    steps: tuple[object, ...]

    def pointer(self, *more: object) -> str:
        return _pointer((self.steps, *more))


def _pointer(steps: tuple[object, ...]) -> str:
    parts: list[str] = []
    above = steps
    while above and isinstance(above[0], tuple):
        parts[:0] = [_step(step) for step in above[1:]]
        above = above[0]
    return "/".join((str(above[0]), *parts))


def _step(step: object) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")


def _objects(state: State, references: dict[str, Mapping[str, Json]]) -> Iterator[_Place]:
    """Every object of a state, outermost first; objects that Apollo refers to are noted."""
    stack: list[tuple[Json, tuple[object, ...], int]] = [(state.value, (state.name,), 0)]
    seen = 0
    while stack and seen < _MOST_OBJECTS:
        value, steps, depth = stack.pop()
        seen += 1
        if isinstance(value, dict):
            yield _Place(value, steps)
            inner: list[tuple[object, Json]] = [*value.items()]
            if "__typename" in value or ":" in str(steps[-1]):
                references.setdefault(str(steps[-1]), value)
        else:
            inner = [*enumerate(cast("list[Json]", value))]
        if depth < _DEEPEST:
            stack += [
                (part, (steps, key), depth + 1)
                for key, part in reversed(inner)
                if isinstance(part, (dict, list))
            ]


_TITLE_KEYS = ("title", "headline", "articleTitle", "pageTitle", "heading", "metaTitle", "name")


def _title_of(value: Mapping[str, Json]) -> str | None:
    """The title of an object; WordPress wraps it (`{"rendered": ...}`)."""
    for key in _TITLE_KEYS:
        title = value.get(key)
        if isinstance(title, dict):
            title = title.get("rendered")
        if isinstance(title, str) and title.strip():
            return clean_value(title[:400])
    return None


@dataclass(frozen=True)
class _Value:
    meaning: Role | DateKind
    value: Json
    pointer: str
    key: str


# The same object where a CMS keeps its fields apart from what it knows of them.
_INNER = re.compile(
    r"fields|attributes|meta|metadata|byline|bylines|credits|dates|articleDates|contributors|info"
    r"|review|medicalReview|people|authorship|data"
)
_RATED = frozenset(
    ("rating", "ratings", "ratingValue", "score", "stars", "verdict", "reviewRating")
)


def _values(place: _Place) -> Iterator[_Value]:
    """What an object, and the objects that are parts of it, say of people and dates."""
    inner: list[tuple[str, Mapping[str, Json]]] = [
        (key, part)
        for key, part in place.value.items()
        if isinstance(part, dict) and _INNER.fullmatch(key) and _title_of(part) is None
    ]
    # Whoever rates a product is the author of its review.
    is_rated = not _RATED.isdisjoint(place.value)
    for name, part in (("", place.value), *inner):
        for key, value in part.items():
            meaning = _meaning(key)
            if meaning is None or value in (None, "", False) or (is_rated and meaning in _REVIEWS):
                continue
            pointer = place.pointer(name, key) if name else place.pointer(key)
            yield _Value(meaning, value, pointer, key)


def _people(value: _Value, references: Mapping[str, Mapping[str, Json]]) -> Iterator[Contributor]:
    if value.meaning in DATE_KINDS:
        return
    for number, (text, pointer) in enumerate(_names(value.value, value.pointer, references, 0)):
        if number >= _MOST_PEOPLE:
            return
        raw = clean_value(text[:300])
        evidence = Evidence(
            source="state",
            locator=pointer,
            raw=raw,
            rule=f"state_{value.key}",
            confidence=_CONFIDENCE,
        )
        for person in parse_people(_BY.sub("", raw), is_strict=True):
            # Logins, brands and single words abound in states: only names in due form count.
            if person.kind == "person":
                yield Contributor(
                    role=cast("Role", value.meaning),
                    name=person.name,
                    credentials=person.credentials,
                    prefix=person.prefix,
                    specialty=person.specialty,
                    evidence=(evidence,),
                )


_BY = re.compile(r"^(?:written |posted |reviewed |medically reviewed )?by[:\s]+", re.I)
_NAME_KEYS = ("name", "fullName", "full_name", "displayName", "display_name", "display", "full")
_WRAPPERS = (
    *("fields", "attributes", "node", "data", "value", "person", "author", "reviewer"),
    *("nodes", "edges", "items"),
)
_FIRST_AND_LAST = (("firstName", "lastName"), ("first_name", "last_name"), ("first", "last"))


def _names(
    value: Json, pointer: str, references: Mapping[str, Mapping[str, Json]], depth: int
) -> Iterator[tuple[str, str]]:
    """Names in a value with their pointers, however a CMS wraps them."""
    if depth > _DEEPEST_NAME:
        return
    if isinstance(value, str):
        yield value, pointer
    elif isinstance(value, list):
        for number, part in enumerate(value[:_MOST_PEOPLE]):
            yield from _names(part, f"{pointer}/{number}", references, depth + 1)
    elif isinstance(value, dict):
        told = value.get("__ref")
        whole = references.get(told, value) if isinstance(told, str) else value
        yield from _names_of_object(whole, pointer, references, depth)


def _names_of_object(
    value: Mapping[str, Json],
    pointer: str,
    references: Mapping[str, Mapping[str, Json]],
    depth: int,
) -> Iterator[tuple[str, str]]:
    key = next((key for key in _NAME_KEYS if value.get(key)), None)
    if key is None:
        for first, last in _FIRST_AND_LAST:
            if isinstance(value.get(first), str) and isinstance(value.get(last), str):
                yield f"{value[first]} {value[last]}", f"{pointer}/{first}"
                return
        key = next((k for k in _WRAPPERS if isinstance(value.get(k), (dict, list))), None)
    if key is not None:
        yield from _names(value[key], f"{pointer}/{key}", references, depth + 1)


_DATE_PARTS = ("iso", "date", "datetime", "dateTime", "value", "timestamp")


def _dates(value: _Value, language: str | None) -> Iterator[StatedDate]:
    if value.meaning not in DATE_KINDS:
        return
    stated, pointer = value.value, value.pointer
    if isinstance(stated, dict):
        key = next((key for key in _DATE_PARTS if stated.get(key)), None)
        if key is None:
            return
        stated, pointer = stated[key], f"{pointer}/{key}"
    yield from machine_date(
        stated,
        cast("DateKind", value.meaning),
        source="state",
        locator=pointer,
        rule=f"state_{value.key}",
        confidence=_CONFIDENCE,
        language=language,
    )
