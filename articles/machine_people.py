"""People that a page names in its machine data, each with its evidence; `judgement` weighs them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from articles.bylines.names import parse_person
from articles.jsonld import Linked, Node, as_list
from articles.jsonld_mending import Json
from articles.locators import css_path
from articles.machine_dates import clean_value
from articles.metas import PERSON_METAS
from articles.microdata import Property
from articles.record import Contributor, ContributorKind, Evidence, EvidenceSource, Role


def read_machine_people(
    pages: tuple[Node, ...],
    linked: Linked,
    properties: tuple[Property, ...],
    metas: Mapping[str, tuple[str, ...]],
) -> Iterator[Contributor]:
    """Everybody in JSON-LD, in microdata and RDFa, and in metas, in that order."""
    yield from _linked_contributors(pages, linked)
    yield from _property_contributors(properties)
    yield from _meta_contributors(metas)


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
                yield from _linked_person(linked, linked.resolve(part), pointer, role, key)


def _linked_person(
    linked: Linked, value: Json, pointer: str, role: Role, key: str
) -> Iterator[Contributor]:
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
    for person in _people(name, role, evidence, kind=kind):
        yield _with_details(person, values)


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


def _with_details(person: Contributor, values: Mapping[str, Json]) -> Contributor:
    """`person` with job title, affiliation, credentials and address of its JSON-LD object."""
    job_title = _plain(values.get("jobTitle"))
    affiliation = _plain(values.get("affiliation")) or _plain(values.get("worksFor"))
    url = _plain(values.get("url"))
    suffixes = _plain(values.get("honorificSuffix"))
    credentials = person.credentials
    if suffixes and not credentials:
        parsed = parse_person(f"{person.name}, {suffixes}")
        credentials = parsed.credentials if parsed else ()
    return Contributor(
        role=person.role,
        name=person.name,
        credentials=credentials,
        prefix=person.prefix or _plain(values.get("honorificPrefix")),
        specialty=person.specialty,
        job_title=job_title or person.job_title,
        affiliation=affiliation or person.affiliation,
        kind=person.kind,
        profile_url=url if url and url.startswith(("http:", "https:")) else None,
        evidence=person.evidence,
    )


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
    parsed = parse_person(text)
    if parsed is None:
        if evidence.source != "jsonld":
            return
        yield Contributor(role=role, name=text, kind=kind or "person", evidence=(evidence,))
        return
    yield Contributor(
        role=role,
        name=parsed.name,
        credentials=parsed.credentials,
        prefix=parsed.prefix,
        specialty=parsed.specialty,
        kind=kind or parsed.kind,
        evidence=(evidence,),
    )


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
    for name, role in PERSON_METAS.items():
        for content in metas.get(name, ()):
            text = clean_value(content)
            if _is_no_name(text):
                continue
            evidence = Evidence(
                source="meta",
                locator=f"meta[name='{name}']",
                raw=text,
                rule=f"meta_{name}",
                confidence=0.5,
            )
            yield from _people(text, role, evidence, kind=None)
