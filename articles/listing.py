"""How much of a page is teasers: headlines that link to other pages of the site, with a short text.

A home page, a section page and a page of search results are built of such units. An article may
show them too, under its end or beside it; a listing shows hardly anything else. What is counted
here is judged in `refusal`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from lxml.html import HtmlElement

from articles.block_scoring import reading_size
from articles.blocks import HEADINGS, Block
from articles.boilerplate import boilerplate_kind
from articles.document import Document
from articles.main_content import MainContent
from articles.markup_hints import COMMENTS, NAVIGATION, POPUP
from articles.urls import absolute_url, normalise_url, registered_domain

LONGEST_TEASER = 300.0
"""Reading size of the text under a headline; a longer one is told here, not elsewhere."""
SHORTEST_TEASER = 40.0
"""Reading size; shorter lines under a linked headline are its date, its subject, its author."""
SHORTEST_HEADLINE = 4.0
"""Reading size of a link that may name another article."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The teasers of a page, inside its main content and all over it."""

    teasers: int
    """Teasers of which something was kept as main content."""
    share: float
    """Of the main content, as reading size: what stands in teasers."""
    teasers_on_page: int
    """Teasers with a text of their own, wherever they stand but in menus and comments."""
    text_on_page: float
    """Reading size of those texts."""


def read_listing(document: Document, main: MainContent) -> Listing:
    """The teasers of a page whose main content was chosen."""
    kept = {block.index for block in main.choice.kept}
    own_url, own_domain = normalise_url(document.url), registered_domain(document.url)
    leads_elsewhere = partial(_leads_elsewhere, document, own_url, own_domain)
    inside = text = 0.0
    teasers = on_page = 0
    for unit in _units(main):
        under = sum(reading_size(block.text) for block in unit[1:])
        if under > LONGEST_TEASER or not _is_teaser(main, unit, leads_elsewhere):
            continue
        ours = sum(reading_size(block.text) for block in unit if block.index in kept)
        inside += ours
        teasers += ours > 0
        if under >= SHORTEST_TEASER:
            on_page += 1
            text += under
    size = main.choice.size
    return Listing(
        teasers=teasers,
        share=inside / size if size else 0.0,
        teasers_on_page=on_page,
        text_on_page=text,
    )


def _units(main: MainContent) -> Iterable[list[Block]]:
    """The page's text blocks cut before every heading and every link that may be a headline."""
    units: list[list[Block]] = []
    for block in main.tree.blocks:
        if not block.text or main.excluded[block.index] & (NAVIGATION | POPUP | COMMENTS):
            continue
        opens = block.tag in HEADINGS or (
            _opens_with_link(block) and not (units and _is_inside_the_same(block, units[-1][0]))
        )
        if opens or not units:
            units.append([])
        units[-1].append(block)
    return units


def _opens_with_link(block: Block) -> bool:
    """Whether a block or its first line is the text of a link, and no mere "Read more"."""
    if not block.links:
        return False
    text = block.text.replace("\n", " ")
    is_all_link = block.link_characters > 0.9 * block.characters
    name = text if is_all_link else _name(block.links[0])
    return (
        reading_size(name) >= SHORTEST_HEADLINE
        and text.startswith(name)
        and boilerplate_kind(name) is None
    )


def _is_inside_the_same(block: Block, opener: Block) -> bool:
    """Whether one link lies around both: a card that is a link as a whole."""
    return bool(opener.links) and block.links[0] is opener.links[0]


def _is_teaser(main: MainContent, unit: list[Block], leads_elsewhere: partial[bool]) -> bool:
    """Whether the headline links to another page of the site, or a "Read more" at the end does."""
    first, last = unit[0], unit[-1]
    if _opens_with_link(first):
        is_one = first.tag in HEADINGS or len(unit) == 1 or _stands_alone(main, unit)
        return is_one and leads_elsewhere(first.links[0])
    if first.tag not in HEADINGS or not last.links:
        return False
    more = _name(last.links[-1])
    return (
        last.text.endswith(more)
        and boilerplate_kind(more) in ("continue", "related", "consult")
        and leads_elsewhere(last.links[-1])
    )


def _stands_alone(main: MainContent, unit: list[Block]) -> bool:
    """Whether a unit that no heading opens has an element of its own around it, as cards have.

    Else a line with a link between two paragraphs of an article would take the second with it.
    """
    tree = main.tree
    for node in tree.ancestors(unit[0].node):
        if node.end_block > unit[-1].index:
            inside = [
                block for block in tree.blocks[node.first_block : node.end_block] if block.text
            ]
            return inside[0] is unit[0] and inside[-1] is unit[-1]
    return False


def _name(link: HtmlElement) -> str:
    return " ".join(link.text_content().split())


def _leads_elsewhere(document: Document, own_url: str, own_domain: str, link: HtmlElement) -> bool:
    """Whether a link leads to another page of the same site; a heading's anchor does not."""
    href = (link.get("href") or "").strip()
    if not href or "#" in href:
        return False
    target = absolute_url(document.base_url, href)
    if target is None:
        # Without the page's URL a relative link is one to its own site all the same.
        return not document.base_url and ":" not in href
    if not document.url:
        return ":" not in href
    return registered_domain(target) == own_domain and normalise_url(target) != own_url
