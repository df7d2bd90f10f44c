"""People that a page names in its machine data, each with its evidence; `judgement` weighs them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from articles.bylines.credentials import credentials_of
from articles.bylines.names import parse_people, parse_person
from articles.bylines.phrases import find_labels
from articles.jsonld import Linked, Node, as_list
from articles.jsonld_mending import Json
from articles.locators import css_path
from articles.machine_dates import clean_value
from articles.metas import SURNAME_FIRST_METAS, metas_by_meaning
from articles.microdata import Property
from articles.person_names import name_key
from articles.record import (
    ROLES,
    Contributor,
    ContributorKind,
    Evidence,
    EvidenceSource,
    Role,
)


@dataclass(frozen=True, kw_only=True)
class NoPeople:
    """Names of a page that are not people's, whatever type its data give them; as `name_key`s."""

    brands: frozenset[str] = frozenset()
    """The site and its publisher."""
    topics: frozenset[str] = frozenset()
    """Section and single words of the keywords: where a template mixes up its fields, they stand
    as the author. A whole name among the keywords is often the author's own."""


def read_machine_people(
    pages: tuple[Node, ...],
    linked: Linked,
    properties: tuple[Property, ...],
    metas: Mapping[str, tuple[str, ...]],
    none: NoPeople,
) -> Iterator[Contributor]:
    """Everybody in JSON-LD, in microdata and RDFa, and in metas, in that order."""
    yield from told_apart(_linked_contributors(pages, linked), none)
    yield from told_apart(_property_contributors(properties), none)
    yield from told_apart(_meta_contributors(metas), none)


def told_apart(people: Iterable[Contributor], none: NoPeople) -> Iterator[Contributor]:
    """`people`, the brands among them as organisations, without topics."""
    for person in people:
        key = name_key(person.name)
        if person.kind == "person" and key in none.brands:
            yield replace(person, kind="org", credentials=(), prefix=None, specialty=None)
        elif person.kind != "person" or key not in none.topics:
            yield person


_MOST_PEOPLE = 200
"""Under one key; a consortium paper names about this many."""
_PERSON_KEYS: tuple[tuple[str, Role], ...] = (
    ("author", "author"),
    ("creator", "author"),
    ("reviewedBy", "medical_reviewer"),
    ("editor", "editor"),
    ("translator", "translator"),
    ("contributor", "contributor"),
)


def _linked_contributors(pages: tuple[Node, ...], linked: Linked) -> Iterator[Contributor]:
    for node in pages:
        for key, role in _PERSON_KEYS:
            value = node.values.get(key)
            is_list = isinstance(value, list)
            for number, part in enumerate(as_list(value)[:_MOST_PEOPLE]):
                pointer = f"{node.pointer}/{key}" + (f"/{number}" if is_list else "")
                place = linked.pointer_of(part, pointer)
                yield from _linked_person(linked.resolve(part), pointer, place, role, key)


def _linked_person(
    value: Json, pointer: str, place: str, role: Role, key: str
) -> Iterator[Contributor]:
    """Who is named at `pointer`; `place` is where the object that says more of them stands."""
    name, values = _name_and_values(value)
    if name is None or _is_no_name(name):
        return
    types = tuple(str(part).rsplit("/", 1)[-1] for part in as_list(values.get("@type")))
    is_org = any("Organization" in part or part == "Corporation" for part in types)
    evidence = Evidence(
        source="jsonld",
        locator=pointer,
        raw=name,
        rule=f"jsonld_{key}",
        confidence=0.2 if is_org and role != "author" else 0.7,
    )
    kind: ContributorKind | None = "org" if is_org else None
    people = tuple(_people(name, role, evidence, kind=kind))
    if len(people) == 1:
        yield _with_details(people[0], values, place)
    else:
        # One post or address in an object that names several is of no one of them for sure.
        yield from people


def _name_and_values(value: Json) -> tuple[str | None, Mapping[str, Json]]:
    if isinstance(value, str):
        # A bare URL says where a person's page is, not what the person is called.
        text = clean_value(value)
        return (None if text.startswith(("http:", "https:", "#", "/")) else text), {}
    if isinstance(value, dict):
        for part in as_list(value.get("name")):
            if isinstance(part, str) and part.strip():
                return clean_value(part), value
    return None, {}


def _with_details(person: Contributor, values: Mapping[str, Json], place: str) -> Contributor:
    """`person` with job title, affiliation, credentials and address of its JSON-LD object; what is
    shown has evidence of its own."""
    told = {key: text for key in _DETAIL_KEYS if (text := _plain(values.get(key)))}
    url = _plain(values.get("url"))
    credentials = person.credentials
    suffixes = told.get("honorificSuffix")
    if suffixes and not credentials:
        parsed = parse_person(f"{person.name}, {suffixes}")
        credentials = parsed.credentials if parsed else ()
    detailed = replace(
        person,
        credentials=credentials,
        prefix=person.prefix or told.get("honorificPrefix"),
        job_title=told.get("jobTitle") or person.job_title,
        affiliation=told.get("affiliation") or told.get("worksFor") or person.affiliation,
        profile_url=url if url and url.startswith(("http:", "https:")) else None,
    )
    details = (
        Evidence(
            source="jsonld",
            locator=f"{place}/{key}",
            raw=text[:_LONGEST_DETAIL],
            rule=f"jsonld_{key}",
            confidence=person.evidence[0].confidence,
        )
        for key, text in told.items()
    )
    return without_idle_details(replace(detailed, evidence=(*person.evidence, *details)))


_LONGEST_DETAIL = 400
_DETAIL_KEYS = ("honorificPrefix", "honorificSuffix", "jobTitle", "affiliation", "worksFor")
_DETAIL_RULES = frozenset(f"jsonld_{key}" for key in _DETAIL_KEYS)


def without_idle_details(person: Contributor) -> Contributor:
    """`person` without evidence of details that the record does not show."""
    if all(evidence.rule not in _DETAIL_RULES for evidence in person.evidence):
        return person
    shown = tuple(
        detail[:_LONGEST_DETAIL]
        for detail in (person.prefix, person.job_title, person.affiliation, *person.credentials)
        if detail
    )

    def is_idle(evidence: Evidence) -> bool:
        if evidence.rule == "jsonld_honorificSuffix":
            letters = evidence.raw.replace(".", "")
            return not any(one.replace(".", "") in letters for one in person.credentials)
        return evidence.rule in _DETAIL_RULES and evidence.raw not in shown

    return replace(person, evidence=tuple(one for one in person.evidence if not is_idle(one)))


def _plain(value: Json) -> str | None:
    for part in as_list(value):
        if isinstance(part, dict):
            part = part.get("name")
        if isinstance(part, str) and (text := clean_value(part)):
            return text
    return None


_NO_NAME = re.compile(
    r"^(?:admin\w*|administrator|editor|webmaster|root|user\d*|guest|anonymous|unknown|none|null"
    r"|n/?a|https?:.*|www\..*|.*@.*|#.*|[\W\d_]*)$",
    re.I,
)


def _is_no_name(name: str) -> bool:
    return len(name) > 200 or bool(_NO_NAME.match(name))


def _people(
    text: str, role: Role, evidence: Evidence, *, kind: ContributorKind | None
) -> Iterator[Contributor]:
    if kind == "org":
        yield Contributor(role=role, name=text, kind="org", evidence=(evidence,))
        return
    parsed = parse_people(text)
    if not parsed:
        if evidence.source == "jsonld" and not _FURNITURE.search(text):
            yield Contributor(role=role, name=text, kind=kind or "person", evidence=(evidence,))
        return
    for person in parsed:
        if not _INITIALS_ALONE.fullmatch(person.name):
            yield Contributor(
                role=role,
                name=person.name,
                credentials=person.credentials,
                prefix=person.prefix,
                specialty=person.specialty,
                kind=kind or person.kind,
                evidence=(evidence,),
            )


# What templates write where a name belongs: "5 Min Read", "3 Comments", a date.
_FURNITURE = re.compile(
    r"\d|\b(?:min|mins|minutes?|read|reading|comments?|views?|posted|published|updated|share)\b",
    re.I,
)
_INITIALS_ALONE = re.compile(r"(?:[A-Z]\.?\s?){1,4}")


def _property_contributors(properties: tuple[Property, ...]) -> Iterator[Contributor]:
    roles = dict(_PERSON_KEYS)
    for prop in properties:
        role = roles.get(prop.name)
        if role is None or _is_no_name(prop.value):
            continue
        evidence = Evidence(
            source=cast("EvidenceSource", prop.source),
            locator=css_path(prop.element),
            raw=prop.value,
            rule=f"{prop.source}_{prop.name}",
            confidence=0.6,
        )
        text = re.sub(r"^(?:written |posted )?by[:\s]+", "", prop.value, flags=re.I)
        yield from _people(text, role, evidence, kind="org" if prop.is_org else None)


def _meta_contributors(metas: Mapping[str, tuple[str, ...]]) -> Iterator[Contributor]:
    for meaning, names in metas_by_meaning(metas).items():
        if meaning not in ROLES:
            continue
        for name in names:
            for content in metas[name]:
                text = clean_value(content)
                if name in SURNAME_FIRST_METAS:
                    text = _surname_last(text)
                yield from _meta_people(text, cast("Role", meaning), name, clean_value(content))
    yield from _labelled_metas(metas)


def _meta_people(text: str, role: Role, name: str, raw: str) -> Iterator[Contributor]:
    if _is_no_name(text):
        return
    evidence = Evidence(
        source="meta",
        locator=f"meta[name='{name}']",
        raw=raw,
        rule=f"meta_{name}",
        confidence=0.5,
    )
    yield from _people(text, role, evidence, kind=None)


def _labelled_metas(metas: Mapping[str, tuple[str, ...]]) -> Iterator[Contributor]:
    """WordPress tells Twitter and Slack "Written by" and the name, in the language of the site."""
    for number in (1, 2):
        named = metas.get(f"twitter:data{number}")
        if named is None:
            continue
        for said in metas.get(f"twitter:label{number}", ())[:1]:
            roles = [
                label.roles[0]
                for label in find_labels(said[:80])
                if label.roles and label.start == 0 and label.end >= len(said.rstrip(" :"))
            ]
            if roles and roles[0] in ROLES:
                text = clean_value(named[0])
                yield from _meta_people(text, cast("Role", roles[0]), f"twitter:data{number}", text)


def _surname_last(text: str) -> str:
    """ "Ada Roe, MD" out of "Roe, Ada, MD"; names in any other form as they are."""
    return "; ".join(map(_turned, text.split(";"))) if "," in text else text


def _turned(name: str) -> str:
    parts = [part.strip() for part in name.split(",")]
    if len(parts) < 2 or not _GIVEN.fullmatch(parts[1]) or credentials_of(parts[1]):
        return name
    if len(parts[0].split()) > 3 or not all(credentials_of(part) for part in parts[2:]):
        return name
    return ", ".join((f"{parts[1]} {parts[0]}", *parts[2:]))


# One or two given names and initials.
_GIVEN = re.compile(r"[^\W\d_][^\s\d,]*(?:\s[^\W\d_][^\s\d,]*){0,2}")
