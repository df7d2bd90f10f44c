"""What could name the content, the bylines and the furniture of some pages of one site.

Each door gives candidates, best first: selectors made of lasting names that match on every page
what they should and nothing else. Whether the records stay the same with them is tried by
`proposals`, the only caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from lxml.html import HtmlElement

from articles.blocks import Node
from articles.locators import find_by_css_path
from articles.markup_hints import BODY, BOILERPLATE, BYLINE, hints_of
from articles.page_reading import PageReading
from articles.record import Evidence
from articles.selecting import select
from articles.stable_names import stable_classes, stable_id

MOST_AROUND = 5
"""Elements around what was kept that may stand for the content."""
MOST_LEVELS = 6
"""Elements around the line of a byline whose names are looked at."""
LARGEST_BYLINE = 600
"""Characters in an element that is named as a byline."""
MOST_LINES = 40
"""Lines of bylines on a page that are looked at."""
MOST_CANDIDATES = 60


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A selector, and how well it speaks for itself: lower is better."""

    selector: str
    rank: tuple[int, ...]


def content_candidates(pages: Sequence[PageReading]) -> list[Candidate]:
    """Selectors that match the content, or what is closely around it, on the pages where they match
    anything: on two at least, where there are two."""
    found: dict[str, Candidate] = {}
    for page in pages:
        for distance, element in enumerate(_around_what_is_kept(page)):
            for selector, rank in _names_of(element, wanted=BODY):
                found.setdefault(selector, Candidate(selector=selector, rank=(*rank, distance)))
    return [
        candidate
        for candidate in _best(found.values())
        if _names_the_content(pages, candidate.selector)
    ]


def _around_what_is_kept(page: PageReading) -> list[HtmlElement]:
    """The innermost element that holds all that was kept, and those around it: the one that was
    chosen as the content may hold the headline too."""
    main = page.main
    kept = main.choice.kept
    if not kept:
        return []
    node = main.tree.nodes[kept[0].node]
    while node.end_block <= kept[-1].index and node.parent >= 0:
        node = main.tree.nodes[node.parent]
    return _around(node.element, MOST_AROUND)


def _names_the_content(pages: Sequence[PageReading], selector: str) -> bool:
    count = 0
    for page in pages:
        matches = list(select(page.document.tree, (selector,)))
        if not matches:
            continue
        near = _around_what_is_kept(page)
        if len(matches) > 1 or not any(matches[0] is element for element in near):
            return False
        count += 1
    return count >= min(2, len(pages))


def drop_candidates(pages: Sequence[PageReading]) -> list[Candidate]:
    """Selectors of elements inside the content of which nothing is kept, on any page.

    One page alone does not tell whether a name is that of furniture, unless it says so itself.
    """
    weights: dict[str, int] = {}
    ranks: dict[str, tuple[int, ...]] = {}
    on_pages: dict[str, int] = {}
    for page in pages:
        here: set[str] = set()
        for node, characters in _furniture(page):
            for selector, rank in _names_of(node.element, wanted=BOILERPLATE):
                weights[selector] = weights.get(selector, 0) + characters
                ranks[selector] = rank
                here.add(selector)
        for selector in here:
            on_pages[selector] = on_pages.get(selector, 0) + 1
    least = min(2, len(pages))
    found = [
        Candidate(selector=selector, rank=(*ranks[selector][:1], -weights[selector], len(selector)))
        for selector, count in on_pages.items()
        if count >= least and (count > 1 or ranks[selector][0] == 0)
    ]
    taken: list[Candidate] = []
    covered: set[HtmlElement] = set()
    keeping = {element for page in pages for element in _keeping_elements(page)}
    for candidate in _best(found):
        matches = {
            element
            for page in pages
            for element in select(page.document.tree, (candidate.selector,))
        }
        takes_text = not matches.isdisjoint(keeping)
        if not takes_text and not all(_is_within(element, covered) for element in matches):
            covered |= matches
            taken.append(candidate)
    return taken


def _furniture(page: PageReading) -> Iterator[tuple[Node, int]]:
    """Nodes inside the content that hold text and of which no block went to the record."""
    main = page.main
    tree = main.tree
    root = next((node for node in tree.nodes if node.element is main.root), None)
    if root is None:
        return
    of_use = {block.index for block in main.choice.kept} | main.sources.blocks
    of_use |= {index for index, reason in main.choice.dropped.items() if reason in _OF_USE}
    holding = _holding_bylines(page)
    article = page.article
    stated = frozenset((*article.disclaimers, *article.disclosures) if article else ())
    of_use |= {block.index for block in tree.blocks if " ".join(block.text.split()) in stated}
    used = list(accumulate((block.index in of_use for block in tree.blocks), initial=0))
    sizes = list(accumulate((block.characters for block in tree.blocks), initial=0))
    for node in tree.nodes[root.index + 1 : root.end_node]:
        first, end = node.first_block, node.end_block
        if node.element in holding:
            continue
        if sizes[end] > sizes[first] and used[end] == used[first]:
            yield node, sizes[end] - sizes[first]


_OF_USE = frozenset(
    ("headline", "above the headline", "byline", "empty heading", "repeated", "toc")
)
"""Reasons for which a block left the text that are none of furniture."""


def _keeping_elements(page: PageReading) -> set[HtmlElement]:
    """Elements that hold something of the article or its bylines."""
    main = page.main
    found = _holding_bylines(page)
    nodes: set[int] = set()
    for block in main.choice.kept:
        for node in main.tree.ancestors(block.node):
            if node.index in nodes:
                break
            nodes.add(node.index)
            found.add(node.element)
    return found


def byline_candidates(pages: Sequence[PageReading]) -> list[Candidate]:
    """Selectors of small elements each of which holds a line that was read as a byline."""
    lines = [_byline_elements(page) for page in pages]
    found: dict[str, Candidate] = {}
    for elements in lines:
        for element in elements:
            for distance, around in enumerate(_around(element, MOST_LEVELS)):
                if len(" ".join(around.text_content().split())) > LARGEST_BYLINE:
                    break
                for selector, rank in _names_of(around, wanted=BYLINE):
                    found.setdefault(selector, Candidate(selector=selector, rank=(*rank, distance)))
    all_lines = [element for elements in lines for element in elements]
    near = {around for element in all_lines for around in _around(element, MOST_LEVELS)}
    held: dict[str, set[HtmlElement]] = {}
    for candidate in _best(found.values()):
        of_pages = [set(select(page.document.tree, (candidate.selector,))) for page in pages]
        matches = set().union(*of_pages)
        if (
            sum(1 for found_here in of_pages if found_here) >= min(2, len(pages))
            and matches <= near
        ):
            held[candidate.selector] = {line for line in all_lines if _is_within(line, matches)}
    taken: list[Candidate] = []
    covered: set[HtmlElement] = set()
    while left := [name for name in held if not held[name] <= covered]:
        best = min(left, key=lambda name: (found[name].rank[0], -len(held[name] - covered)))
        covered |= held[best]
        taken.append(found[best])
    return taken


def _holding_bylines(page: PageReading) -> set[HtmlElement]:
    lines = _byline_elements(page)
    return {*lines, *(around for line in lines for around in line.iterancestors())}


def _byline_elements(page: PageReading) -> list[HtmlElement]:
    """The elements of the lines in which the people and dates of the record were read."""
    pieces: list[Evidence] = []
    for person in page.review.contributors:
        pieces.extend(person.evidence)
    for date in page.review.dates:
        pieces.extend(date.evidence)
    locators = {
        piece.locator: piece.raw
        for piece in pieces
        if piece.source in ("byline", "review_block", "header", "history_panel", "profile")
        and piece.confidence > 0
    }
    found: list[HtmlElement] = []
    for locator, raw in islice(locators.items(), MOST_LINES):
        element = find_by_css_path(page.document.tree, locator)
        text = " ".join(element.text_content().split()) if element is not None else ""
        if element is not None and text and (text in raw or raw in text or raw[:20] in text):
            found.append(element)
    return found


def _is_within(element: HtmlElement, others: set[HtmlElement]) -> bool:
    at: HtmlElement | None = element
    while at is not None:
        if at in others:
            return True
        at = at.getparent()
    return False


def _around(element: HtmlElement | None, most: int) -> list[HtmlElement]:
    """The element and those around it, innermost first, up to the body."""
    found: list[HtmlElement] = []
    while element is not None and len(found) <= most and element.tag not in ("body", "html"):
        found.append(element)
        element = element.getparent()
    return found


def _names_of(element: HtmlElement, *, wanted: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Selectors made of an element's lasting names, with their ranks: what it is called says what
    it is, an id, a class, a tag."""
    prop = element.get("itemprop") or ""
    if wanted == BODY and "articleBody" in prop.split():
        yield '[itemprop~="articleBody"]', (0, 0)
    if wanted == BYLINE and "author" in prop.split():
        yield '[itemprop~="author"]', (0, 0)
    identity = stable_id(element)
    if identity:
        yield f"#{identity}", (0 if _says(identity, wanted) else 1, 1)
    for name in stable_classes(element):
        yield f".{name}", (0 if _says(name, wanted) else 1, 2)
    tag = element.tag if isinstance(element.tag, str) else ""
    if wanted == BODY and tag in ("main", "article"):
        yield tag, (0, 3)
    elif tag in _NAMING_TAGS or _CUSTOM_TAG.fullmatch(tag):
        yield tag, (2, 3)


def _says(name: str, wanted: int) -> bool:
    """Whether a name says what is `wanted`; `article__body` says what `article-body` does."""
    return hints_of(name.replace("__", "-").replace("--", "-")) & wanted != 0


_NAMING_TAGS = frozenset(("main", "article", "aside", "nav", "footer", "header", "address"))
_CUSTOM_TAG = re.compile(r"[a-z]+(?:-[a-z]+)+")


def _best(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda found: (found.rank, found.selector))[:MOST_CANDIDATES]
