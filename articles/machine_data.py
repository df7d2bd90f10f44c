"""What the page says of itself to machines, each with its evidence.

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

from articles.document import STATING_TAGS, Document
from articles.jsonld import Linked, Node, as_list, read_linked_data
from articles.jsonld_mending import Json
from articles.machine_dates import clean_value, read_machine_dates
from articles.machine_people import NoPeople, read_machine_people, told_apart
from articles.machine_references import read_citations
from articles.metas import (
    DESCRIPTION_METAS,
    HEADLINE_METAS,
    IMAGE_METAS,
    KEYWORD_METAS,
    PUBLISHER_METAS,
    SECTION_METAS,
    SITE_METAS,
    read_metas,
)
from articles.microdata import read_properties
from articles.page_state import read_page_state
from articles.person_names import name_key
from articles.record import REVIEWING_ROLES, Contributor, Reference, StatedDate


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
    citations: tuple[Reference, ...] = ()
    """Works that the page cites by what is written for machines."""
    broken_blocks: int = 0
    """JSON-LD blocks that could not be read."""


def read_machine_data(document: Document) -> MachineData:
    """Everything the page states in JSON-LD, microdata and metas; empty where it states nothing."""
    stated = _read_stated(document)
    properties = tuple(read_properties(document))
    data = _data_of_the_page(document, stated)
    people = tuple(
        read_machine_people(
            stated.pages, stated.linked, properties, stated.metas, _no_people(data, stated)
        )
    )
    dates = tuple(
        read_machine_dates(stated.pages, properties, stated.metas, stated.times, document.language)
    )
    state = read_page_state(
        stated.scripts,
        _titles(document, data),
        _left_open(people, dates),
        document.language,
    )
    return replace(
        data,
        contributors=(*people, *told_apart(state.contributors, _no_people(data, stated))),
        dates=(*dates, *state.dates),
    )


def _titles(document: Document, data: MachineData) -> Iterator[str]:
    if data.headline:
        yield data.headline
    for element in (*document.tree.iter("h1"), *document.tree.iter("title")):
        yield element.text_content()


def _left_open(people: Iterable[Contributor], dates: Iterable[StatedDate]) -> frozenset[str]:
    """Roles and kinds of dates that nothing before the scripts has told."""
    told: set[str] = {*(person.role for person in people), *(stated.kind for stated in dates)}
    if told & REVIEWING_ROLES:
        told |= REVIEWING_ROLES
    return _ASKED_OF_SCRIPTS - told


_ASKED_OF_SCRIPTS = frozenset(
    (*REVIEWING_ROLES, "author", "fact_checker", "published", "modified", "reviewed")
)


def _no_people(data: MachineData, stated: _Stated) -> NoPeople:
    # A page of one's own is published by a person, and its author is not a brand.
    publishers = {
        name_key(str(value.get("name")))
        for node in stated.pages
        for part in as_list(node.values.get("publisher"))
        if isinstance(value := stated.linked.resolve(part), dict)
        and "Person" in as_list(value.get("@type"))
    }
    brands = {name_key(name) for name in (data.publisher, data.site_name) if name}
    words = (word for word in data.keywords if " " not in word)
    topics = {name_key(name) for name in (data.section, *words) if name and "-" not in name}
    return NoPeople(brands=frozenset(brands - publishers), topics=frozenset(topics))


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
    scripts: tuple[HtmlElement, ...]
    times: tuple[HtmlElement, ...]


def _read_stated(document: Document) -> _Stated:
    held: dict[str, list[HtmlElement]] = {tag: [] for tag in STATING_TAGS}
    for element in document.stated:
        held[cast("str", element.tag)].append(element)
    linked = read_linked_data(held["script"])
    metas = read_metas(held["meta"])
    return _Stated(
        linked=linked,
        pages=_pages_own(document, linked.nodes, metas, held),
        metas=metas,
        links=tuple(held["link"]),
        scripts=tuple(held["script"]),
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
        citations=read_citations(pages, metas),
        broken_blocks=linked.broken,
    )


_PAGE_TYPES = re.compile(
    r"Article|BlogPosting|LiveBlog|WebPage|MedicalWebPage|Report|HowTo|CreativeWork|QAPage|FAQPage"
    r"|AboutPage|ItemPage|ImageGallery|Quiz|MedicalScholarly"
)
_NESTED = re.compile(
    r"/(?:isPartOf|hasPart|mentions|relatedLink|citation|itemListElement|mainEntity/\d+|comment|review"
    r"|about|subjectOf|workExample|publisher|author)(?:/|$)"
)


def _pages_own(
    document: Document,
    nodes: Iterable[Node],
    metas: Mapping[str, tuple[str, ...]],
    held: Mapping[str, list[HtmlElement]],
) -> tuple[Node, ...]:
    """The nodes that describe the page; those of other articles go where one is surely its own."""
    pages = tuple(filter(_describes_the_page, nodes))
    if len(pages) < 2 or not any("headline" in node.values for node in pages):
        return pages
    addresses = {
        _bare_address(address)
        for address in (document.url, _canonical_url(document, held["link"], metas))
        if address
    }
    named = [
        text
        for text in (
            *metas.get("og:title", ()),
            *(element.text_content() for element in held["title"]),
        )
        if text
    ]
    titles = "|".join(_letters(clean_value(text)) for text in named)
    own = [_is_own(node, addresses, titles) for node in pages]
    # A web page about itself does not make the article beside it another's.
    if not any(
        is_own and "headline" in node.values for node, is_own in zip(pages, own, strict=True)
    ):
        return pages
    return tuple(node for node, is_own in zip(pages, own, strict=True) if is_own is not False)


def _is_own(node: Node, addresses: set[str], titles: str) -> bool | None:
    """Whether a node is of this page; None where it does not tell.

    False takes both signs: publishers copy wrong addresses, and shorten headlines.
    """
    stated = [
        _bare_address(value)
        for key in ("url", "mainEntityOfPage", "@id")
        for value in map(_address, as_list(node.values.get(key)))
        if value is not None
    ]
    headline = node.values.get("headline")
    letters = _letters(clean_value(headline)) if isinstance(headline, str) else ""
    if any(address in addresses for address in stated) or (letters and letters in titles):
        return True
    return False if stated and letters else None


def _address(value: Json) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id")
    return value if isinstance(value, str) and value.startswith("http") else None


def _bare_address(url: str) -> str:
    """Without what differs between two ways to write one page's address."""
    bare = re.sub(r"^https?://(?:www\.)?", "", url[:2000].strip().lower())
    return re.split(r"[?#]", bare, maxsplit=1)[0].rstrip("/")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text[:400].casefold()))


_MAIN_ENTITY = re.compile(r"/mainEntity(?:/|$)")


def _describes_the_page(node: Node) -> bool:
    if not any(_PAGE_TYPES.search(name) for name in node.types):
        return False
    if _NESTED.search(node.pointer):
        return False
    # An article is the main entity of its page; what names a page there has them the wrong way.
    return not _MAIN_ENTITY.search(node.pointer) or any(
        "Article" in name or name == "BlogPosting" for name in node.types
    )


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
