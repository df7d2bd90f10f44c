"""Microdata and RDFa of a page: people and dates that elements state by `itemprop` or `property`.

Only properties that bear on the record are read, and only outside of items that are other things
(comments, products, ratings, videos), so that a shop's "review" never becomes a medical one.
extruct 0.18 reads all of it, RDFa (by pyRdfa) in thirty times a bare parse of the page, and does
not tell in which element a value stood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from lxml import etree

from articles.document import Document

if TYPE_CHECKING:
    from lxml.html import HtmlElement

WANTED = (
    "author",
    "creator",
    "editor",
    "reviewedBy",
    "translator",
    "datePublished",
    "date",
    "dateCreated",
    "dateModified",
    "lastReviewed",
    "headline",
    "articleSection",
    "publisher",
)

# An item of these types is a part or a neighbour of the article, not the article.
_FOREIGN = (
    "comment",
    "review",
    "product",
    "rating",
    "aggregaterating",
    "videoobject",
    "imageobject",
    "offer",
    "recipe",
    "event",
    "jobposting",
    "breadcrumblist",
    "listitem",
    "itemlist",
    "wpheader",
    "wpfooter",
    "sitenavigationelement",
    "answer",
    "usercomments",
)

_MOST_PROPERTIES = 300
_MOST_PARTS = 60
_FARTHEST = 60
# Not `//@itemprop/..`, which compares each element found with all others.
_ITEMPROPS = etree.XPath("//*[@itemprop]")
_STATES_ITEMPROP = etree.XPath("boolean(//@itemprop)")
_STATES_PROPERTY = etree.XPath("boolean(//body//@property)")
_RDFA = etree.XPath("//body//*[@property] | //body[@property]")


@dataclass(frozen=True, kw_only=True)
class Property:
    """One property as it stands on the page."""

    name: str
    value: str
    """The machine value (`content`, `datetime`) where there is one, else the text, folded."""
    url: str | None
    is_org: bool
    element: HtmlElement
    source: Literal["microdata", "rdfa"]


def read_properties(document: Document) -> Iterator[Property]:
    """The properties in `WANTED` in document order."""
    tree = document.tree
    # Most pages have neither attribute, and to look for one alone costs a third.
    if _STATES_ITEMPROP(tree):
        yield from _microdata(tree)
    if _STATES_PROPERTY(tree):
        yield from _rdfa(tree)
    yield from _related(document)


# `<a rel="schema:author">`: rare, so the prefix is looked for before the attribute.
_PREFIXES = (b"schema:", b"dc:", b"dcterms:")
_RELATED = etree.XPath("//body//*[contains(@rel, ':')]")


def _related(document: Document) -> Iterator[Property]:
    if not any(prefix in document.page.body for prefix in _PREFIXES):
        return
    for element in _RELATED(document.tree)[:_MOST_PROPERTIES]:
        for name in element.get("rel", "").split():
            prefix, _, plain = name.rpartition(":")
            if f"{prefix}:".encode() in _PREFIXES and plain in WANTED and not _is_foreign(element):
                yield from _property(element, plain, "rdfa")


def _microdata(tree: HtmlElement) -> Iterator[Property]:
    for element in _ITEMPROPS(tree)[:_MOST_PROPERTIES]:
        for name in element.get("itemprop", "").split():
            if name not in WANTED or _is_foreign(element):
                continue
            yield from _property(element, name, "microdata")


def _rdfa(tree: HtmlElement) -> Iterator[Property]:
    for element in _RDFA(tree)[:_MOST_PROPERTIES]:
        for name in element.get("property", "").split():
            plain = name.rsplit(":", 1)[-1].rsplit("/", 1)[-1]
            if plain in WANTED and not _is_foreign(element):
                yield from _property(element, plain, "rdfa")


def _property(
    element: HtmlElement, name: str, source: Literal["microdata", "rdfa"]
) -> Iterator[Property]:
    item_type = (element.get("itemtype") or element.get("typeof") or "").lower()
    value = element.get("content") or element.get("datetime")
    url = element.get("href")
    if value is None and _is_item(element):
        value, url = _named_within(element, url)
    if value is None:
        value = "".join(islice(element.itertext(), _MOST_PARTS))
    folded = " ".join(value[:500].split())
    if folded:
        yield Property(
            name=name,
            value=folded,
            url=url,
            is_org="organization" in item_type,
            element=element,
            source=source,
        )


def _named_within(element: HtmlElement, url: str | None) -> tuple[str | None, str | None]:
    """Name and address of a nested item (a Person inside `itemprop=author`)."""
    name = None
    for part in islice(element.iter(), _MOST_PARTS):
        prop = part.get("itemprop") or part.get("property") if isinstance(part.tag, str) else None
        if prop is None or part is element:
            continue
        if name is None and prop.split() and prop.split()[-1].rsplit(":", 1)[-1] == "name":
            name = part.get("content") or part.text_content()
        if url is None and "url" in prop.split():
            url = part.get("href") or part.get("content")
        if url is None and part.get("href"):
            url = part.get("href")
    return name, url


def _is_foreign(element: HtmlElement) -> bool:
    for ancestor in islice(element.iterancestors(), _FARTHEST):
        stated = ancestor.get("itemtype") or ancestor.get("typeof")
        if stated:
            item_type = stated.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
            if item_type in _FOREIGN:
                return True
    return False


def _is_item(element: HtmlElement) -> bool:
    return element.get("itemscope") is not None or element.get("typeof") is not None
