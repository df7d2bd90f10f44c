"""What the page says of itself to machines: JSON-LD, microdata and metas, each with its evidence.

`read_machine_data` is the door. Nothing is judged here: an Organization that "reviewed" its own
article and a `lastReviewed` that is a copy of `dateModified` come out as they stand, with low
confidence, and `judgement` says what they are worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import urljoin

from lxml.html import HtmlElement

from articles.bylines.names import parse_person
from articles.document import STATING_TAGS, Document
from articles.jsonld import Json, Linked, Node, as_list, read_linked_data
from articles.locators import css_path
from articles.machine_dates import clean_value, read_machine_dates
from articles.metas import (
    DESCRIPTION_METAS,
    HEADLINE_METAS,
    IMAGE_METAS,
    KEYWORD_METAS,
    PERSON_METAS,
    PUBLISHER_METAS,
    SECTION_METAS,
    SITE_METAS,
    read_metas,
)
from articles.microdata import Property, read_properties
from articles.record import (
    Contributor,
    ContributorKind,
    Evidence,
    EvidenceSource,
    Role,
    StatedDate,
)


@dataclass(frozen=True, kw_only=True)
class MachineData:
    """Candidates of one page from everything that is written for machines."""

    headline: str | None = None
    description: str | None = None
    section: str | None = None
    publisher: str | None = None
    site_name: str | None = None
    canonical_url: str | None = None
    image_url: str | None = None
    article_body: str | None = None
    keywords: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    """schema.org types of the nodes that describe this page, in order, each once."""
    contributors: tuple[Contributor, ...] = ()
    dates: tuple[StatedDate, ...] = ()
    broken_blocks: int = 0
    """JSON-LD blocks that could not be read."""


def read_machine_data(document: Document) -> MachineData:
    """Everything the page states in JSON-LD, microdata and metas; empty where it states nothing."""
    stated = _read_stated(document)
    properties = tuple(read_properties(document))
    return replace(
        _data_of_the_page(document, stated),
        contributors=(
            *_linked_contributors(stated.pages, stated.linked),
            *_property_contributors(properties),
            *_meta_contributors(stated.metas),
        ),
        dates=tuple(
            read_machine_dates(
                stated.pages, properties, stated.metas, stated.times, document.language
            )
        ),
    )


def read_page_data(document: Document) -> MachineData:
    """The same without people and dates, which cost the most and no text depends on."""
    return _data_of_the_page(document, _read_stated(document))


@dataclass(frozen=True, kw_only=True)
class _Stated:
    """JSON-LD and metas, read but not yet understood."""

    linked: Linked
    pages: tuple[Node, ...]
    """The nodes that describe the page."""
    metas: Mapping[str, tuple[str, ...]]
    links: tuple[HtmlElement, ...]
    times: tuple[HtmlElement, ...]


def _read_stated(document: Document) -> _Stated:
    held: dict[str, list[HtmlElement]] = {tag: [] for tag in STATING_TAGS}
    for element in document.stated:
        held[cast("str", element.tag)].append(element)
    linked = read_linked_data(held["script"])
    return _Stated(
        linked=linked,
        pages=tuple(filter(_describes_the_page, linked.nodes)),
        metas=read_metas(held["meta"]),
        links=tuple(held["link"]),
        times=tuple(held["time"]),
    )


def _data_of_the_page(document: Document, stated: _Stated) -> MachineData:
    pages, metas, linked = stated.pages, stated.metas, stated.linked
    publisher, site_name = _publisher(pages, linked), _first(metas, SITE_METAS)
    return MachineData(
        headline=_text_of(pages, "headline") or _first(metas, HEADLINE_METAS),
        description=_first(metas, DESCRIPTION_METAS) or _text_of(pages, "description"),
        section=_text_of(pages, "articleSection") or _first(metas, SECTION_METAS),
        publisher=publisher or site_name or _first(metas, PUBLISHER_METAS),
        site_name=site_name,
        canonical_url=_canonical_url(document, stated.links, metas),
        image_url=_image_url(document, metas, pages),
        article_body=_text_of(pages, "articleBody"),
        keywords=_keywords(pages, metas),
        types=tuple(dict.fromkeys(name for node in pages for name in node.types)),
        broken_blocks=linked.broken,
    )


_PAGE_TYPES = re.compile(
    r"Article|BlogPosting|LiveBlog|WebPage|MedicalWebPage|Report|HowTo|CreativeWork|QAPage|FAQPage"
    r"|AboutPage|ItemPage|ImageGallery|Quiz|MedicalScholarly"
)
_NESTED = re.compile(
    r"/(?:isPartOf|hasPart|mentions|relatedLink|citation|itemListElement|mainEntity|comment|review"
    r"|about|subjectOf|workExample|publisher|author)(?:/|$)"
)


def _describes_the_page(node: Node) -> bool:
    if not any(_PAGE_TYPES.search(name) for name in node.types):
        return False
    return not _NESTED.search(node.pointer)


def _text_of(pages: tuple[Node, ...], key: str) -> str | None:
    for node in pages:
        for value in as_list(node.values.get(key)):
            if isinstance(value, str) and (text := clean_value(value)):
                return text
    return None


def _first(metas: Mapping[str, tuple[str, ...]], names: tuple[str, ...]) -> str | None:
    return next((clean_value(metas[name][0]) for name in names if name in metas), None)


def _publisher(pages: tuple[Node, ...], linked: Linked) -> str | None:
    for node in pages:
        for value in as_list(node.values.get("publisher")):
            resolved = linked.resolve(value)
            name = resolved.get("name") if isinstance(resolved, dict) else resolved
            if isinstance(name, str) and (text := clean_value(name)):
                return text
    return None


def _canonical_url(
    document: Document, links: Iterable[HtmlElement], metas: Mapping[str, tuple[str, ...]]
) -> str | None:
    for link in links:
        if "canonical" in (link.get("rel") or "").lower().split():
            href = (link.get("href") or "").strip()
            if href:
                return _joined(document.base_url, href)
    shared = metas.get("og:url")
    return _joined(document.base_url, shared[0]) if shared else None


def _joined(base: str, href: str) -> str | None:
    try:
        return urljoin(base, href)
    except ValueError:
        return None


def _image_url(
    document: Document, metas: Mapping[str, tuple[str, ...]], pages: tuple[Node, ...]
) -> str | None:
    found = _first(metas, IMAGE_METAS)
    if found is None:
        for node in pages:
            for value in as_list(node.values.get("image")):
                source = value.get("url") if isinstance(value, dict) else value
                if isinstance(source, str) and source.strip():
                    found = source.strip()
                    break
    return _joined(document.base_url, found) if found else None


def _keywords(pages: tuple[Node, ...], metas: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    raw: list[str] = []
    for node in pages:
        raw += [value for value in as_list(node.values.get("keywords")) if isinstance(value, str)]
    if not raw:
        raw = next((list(metas[name]) for name in KEYWORD_METAS if name in metas), [])
    words = (clean_value(word) for value in raw for word in re.split(r"[,;，、|]", value))
    return tuple(dict.fromkeys(word for word in words if word))[:50]


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
