"""What the page says of itself to machines: JSON-LD, microdata and metas, each with its evidence.

`read_machine_data` is the door. Nothing is judged here: an Organization that "reviewed" its own
article and a `lastReviewed` that is a copy of `dateModified` come out as they stand, with low
confidence, and `judgement` says what they are worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import cast
from urllib.parse import urljoin

from articles.bylines.names import parse_person
from articles.dates import parse_date
from articles.document import Document
from articles.jsonld import Json, Linked, Node, as_list, read_linked_data
from articles.locators import css_path
from articles.metas import (
    DATE_METAS,
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
    DateKind,
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
    metas = read_metas(document.tree)
    linked = read_linked_data(document.tree)
    pages = tuple(node for node in linked.nodes if _describes_the_page(node))
    properties = tuple(read_properties(document.tree))
    publisher, site_name = _publisher(pages, linked), _first(metas, SITE_METAS)
    return MachineData(
        headline=_text_of(pages, "headline") or _first(metas, HEADLINE_METAS),
        description=_first(metas, DESCRIPTION_METAS) or _text_of(pages, "description"),
        section=_text_of(pages, "articleSection") or _first(metas, SECTION_METAS),
        publisher=publisher or site_name or _first(metas, PUBLISHER_METAS),
        site_name=site_name,
        canonical_url=_canonical_url(document, metas),
        image_url=_image_url(document, metas, pages),
        article_body=_text_of(pages, "articleBody"),
        keywords=_keywords(pages, metas),
        types=tuple(dict.fromkeys(name for node in pages for name in node.types)),
        contributors=(
            *_linked_contributors(pages, linked),
            *_property_contributors(properties),
            *_meta_contributors(metas),
        ),
        dates=(
            *_linked_dates(pages, document.language),
            *_property_dates(properties, document.language),
            *_meta_dates(metas, document),
            *_time_elements(document),
        ),
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
            if isinstance(value, str) and (text := _clean(value)):
                return text
    return None


def _clean(text: str) -> str:
    """One text value: entities that were escaped once too often undone, white space folded."""
    if "&" in text:
        text = unescape(text)
    return " ".join(text.split())


def _first(metas: Mapping[str, tuple[str, ...]], names: tuple[str, ...]) -> str | None:
    return next((_clean(metas[name][0]) for name in names if name in metas), None)


def _publisher(pages: tuple[Node, ...], linked: Linked) -> str | None:
    for node in pages:
        for value in as_list(node.values.get("publisher")):
            resolved = linked.resolve(value)
            name = resolved.get("name") if isinstance(resolved, dict) else resolved
            if isinstance(name, str) and (text := _clean(name)):
                return text
    return None


def _canonical_url(document: Document, metas: Mapping[str, tuple[str, ...]]) -> str | None:
    for link in document.tree.iter("link"):
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
    words = (_clean(word) for value in raw for word in re.split(r"[,;，、|]", value))
    return tuple(dict.fromkeys(word for word in words if word))[:50]


# --- people -------------------------------------------------------------------------------------

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
        text = _clean(value)
        return (None if text.startswith(("http:", "https:", "#", "/")) else text), {}
    if isinstance(value, dict):
        for part in as_list(value.get("name")):
            if isinstance(part, str) and part.strip():
                return _clean(part), value
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
        if isinstance(part, str) and (text := _clean(part)):
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
            text = _clean(content)
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


# --- dates --------------------------------------------------------------------------------------

_DATE_KEYS: tuple[tuple[str, DateKind], ...] = (
    ("datePublished", "published"),
    ("dateModified", "modified"),
    ("lastReviewed", "reviewed"),
    ("expires", "next_review_due"),
)


def _linked_dates(pages: tuple[Node, ...], language: str | None) -> Iterator[StatedDate]:
    for node in pages:
        for key, kind in _DATE_KEYS:
            if key == "expires" and "MedicalWebPage" not in node.types:
                continue
            for number, value in enumerate(as_list(node.values.get(key))):
                # nhs.uk states [last review, next review] under `lastReviewed`.
                told: DateKind = "next_review_due" if key == "lastReviewed" and number else kind
                is_list = isinstance(node.values.get(key), list)
                locator = f"{node.pointer}/{key}" + (f"/{number}" if is_list else "")
                yield from _machine_date(
                    value,
                    told,
                    source="jsonld",
                    locator=locator,
                    rule=f"jsonld_{key}",
                    language=language,
                )


def _machine_date(
    value: object,
    kind: DateKind,
    *,
    source: EvidenceSource,
    locator: str,
    rule: str,
    confidence: float = 0.7,
    language: str | None = None,
) -> Iterator[StatedDate]:
    if not isinstance(value, str) or not value.strip():
        return
    text = _clean(value[:100])
    # Machine strings are written month first far more often than not: 09/25/2025, 10/03/2001.
    parsed = parse_date(text, language=language or "en-us")
    if parsed is None:
        return
    evidence = Evidence(source=source, locator=locator, raw=text, rule=rule, confidence=confidence)
    yield StatedDate(
        kind=kind,
        value=parsed.value,
        precision=parsed.precision,
        raw=text,
        evidence=(evidence,),
    )


def _property_dates(properties: tuple[Property, ...], language: str | None) -> Iterator[StatedDate]:
    kinds: dict[str, DateKind] = {**dict(_DATE_KEYS), "dateCreated": "published"}
    for prop in properties:
        kind = kinds.get(prop.name)
        if kind is not None:
            yield from _machine_date(
                prop.value,
                kind,
                source=cast("EvidenceSource", prop.source),
                locator=css_path(prop.element),
                rule=f"{prop.source}_{prop.name}",
                confidence=0.65,
                language=language,
            )


# Metas that publishers fill by hand or by a field of their own outrank the generic ones.
_PUBLISHER_METAS = re.compile(r"^(?:cdc:|content_|lastreviewed|publishdate)")


def _meta_dates(metas: Mapping[str, tuple[str, ...]], document: Document) -> Iterator[StatedDate]:
    for name, kind in DATE_METAS.items():
        for content in metas.get(name, ())[:1]:
            yield from _machine_date(
                content,
                kind,
                source="meta",
                locator=f"meta[name='{name}']",
                rule=f"meta_{name}",
                confidence=0.9 if _PUBLISHER_METAS.match(name) else 0.6,
                language=document.language,
            )


def _time_elements(document: Document) -> Iterator[StatedDate]:
    """`<time pubdate>` and `<time class="published">` of the page's own header are read with the
    bylines; here only the HTML5 draft's `pubdate` attribute, which states its kind itself."""
    for element in document.tree.iter("time"):
        if element.get("pubdate") is not None and element.get("datetime"):
            yield from _machine_date(
                element.get("datetime"),
                "published",
                source="microdata",
                locator=css_path(element),
                rule="time_pubdate",
                confidence=0.5,
            )
