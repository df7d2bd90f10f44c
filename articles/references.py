"""The source list of an article: where it stands, its items and the identifiers in them.

The list is found by its heading in many languages or by the name of its container, open, collapsed
or in `<details>`, inside the main content or under it; else as footnotes, or as one paragraph that
begins with the heading. Its blocks leave the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from articles.blocks import HEADINGS, Block, BlockTree, Node
from articles.boilerplate import phrase_key
from articles.footnotes import blocks_of_footnotes
from articles.identifiers import find_doi, find_isbn, find_pmcid, find_pmid
from articles.markup_hints import (
    AD,
    COMMENTS,
    DROPPED,
    NAVIGATION,
    POPUP,
    REFERENCES,
    RELATED,
)
from articles.record import Reference
from articles.reference_items import is_cited, items_of, looks_like_reference, parts_of
from articles.source_headings import (
    is_reference_heading,
    is_weak_reference_heading,
    may_head_sources,
)
from articles.urls import absolute_url, normalise_url

MAX_REFERENCES = 500
MAX_LISTS = 100
"""Headings and boxes looked at; each is compared with what follows it, to the page's end."""


@dataclass(frozen=True, kw_only=True)
class SourceList:
    """The references of a page and the blocks they stand in."""

    references: tuple[Reference, ...] = ()
    blocks: frozenset[int] = frozenset()
    """Indexes of all blocks of the list, its heading included."""


def read_references(tree: BlockTree, excluded: Sequence[int], base_url: str) -> SourceList:
    """The source list of a page; empty where the page shows none.

    `excluded` holds for each block the markup hints for which it is no main content.
    """
    found = (
        _under_headings(tree, excluded)
        or _in_named_containers(tree)
        or _as_footnotes(tree, excluded)
        or _in_paragraphs(tree, excluded)
    )
    references: dict[str, Reference] = {}
    for item in islice((item for items, _ in found for item in items), MAX_REFERENCES):
        reference = _reference(item, base_url)
        if reference.text:
            references.setdefault(phrase_key(reference.text), reference)
    return SourceList(
        references=tuple(references.values()),
        blocks=frozenset(index for _, blocks in found for index in blocks),
    )


_Items = list[list[Block]]
_Found = list[tuple[_Items, list[int]]]
"""Items, and the indexes of the blocks that they and their heading stand in."""


def _under_headings(tree: BlockTree, excluded: Sequence[int]) -> _Found:
    found: _Found = []
    taken: set[int] = set()
    for heading in islice(_headings(tree, excluded), MAX_LISTS):
        if heading.index in taken:
            continue
        blocks = _blocks_under(tree, excluded, heading)
        items = items_of(tree, blocks)
        if items and _are_references(items, heading):
            indexes = [heading.index, *(block.index for block in blocks)]
            found.append((items, indexes))
            taken.update(indexes)
    return found


def _in_named_containers(tree: BlockTree) -> _Found:
    found: _Found = []
    single: _Found = []
    taken: set[int] = set()
    for node in islice(_named_containers(tree), MAX_LISTS):
        blocks = [block for block in tree.blocks[node.first_block : node.end_block] if block.text]
        items = items_of(tree, [b for b in blocks if b.tag not in HEADINGS])
        if not items or blocks[0].index in taken:
            continue
        if _are_references(items, None):
            indexes = [block.index for block in blocks]
            if is_weak_reference_heading(blocks[0].text) and not _are_cited(items):
                # Notes under "Footnotes" explain as often as they cite; then they are no sources,
                # but no running text either.
                items = []
            (single if len(items) == 1 else found).append((items, indexes))
            taken.update(indexes)
    # Notes each in a box of its own are judged together.
    return found + single if _are_cited([item for items, _ in single for item in items]) else found


def _are_cited(items: _Items) -> bool:
    """Whether most items are cited works by their own words."""
    cited = sum(any(is_cited(block.text) for block in item) for item in items)
    return cited * 3 > len(items) * 2


def _as_footnotes(tree: BlockTree, excluded: Sequence[int]) -> _Found:
    """Notes to which the numbers of the text lead; no notes that explain instead of cite."""
    items: _Items = []
    indexes: dict[int, None] = {}
    for group in blocks_of_footnotes(tree):
        if group[0].index in indexes or excluded[group[0].index] & _NO_PLACE:
            continue
        if len(group) == 1:
            items.extend([part] for part in parts_of(group[0], is_alone=False))
        else:
            items.append(group)
        indexes.update(dict.fromkeys(block.index for block in group))
    return [(items, list(indexes))] if len(items) > 1 and _are_cited(items) else []


def _in_paragraphs(tree: BlockTree, excluded: Sequence[int]) -> _Found:
    """Paragraphs that begin with a heading and go on with two works or more: "Sources: ..."."""
    found: _Found = []
    for block in tree.blocks:
        colon = _HEADING_IN_TEXT.match(block.text) if block.characters > 25 else None
        if (
            colon is None
            or block.tag in _NO_PARAGRAPHS
            or block.characters > LONGEST_PARAGRAPH
            or excluded[block.index] & _NO_PLACE
            or not is_reference_heading(colon[1])
            or is_weak_reference_heading(colon[1])
        ):
            continue
        parts = parts_of(block, colon.end())
        cited = sum(bool(part.links) or is_cited(part.text) for part in parts)
        if len(parts) > 1 and cited * 3 > len(parts) * 2:
            found.append(([[part] for part in parts], [block.index]))
            if len(found) >= MAX_LISTS:
                break
    if len(found) > 1:
        # Each section names its own sources: they are a part of it, as a note in brackets is.
        return [(items, []) for items, _ in found]
    return found


LONGEST_PARAGRAPH = 20_000
"""Characters of a paragraph that is a whole source list."""
_HEADING_IN_TEXT = re.compile(r"([^:：\n]{3,60})[:：]\s*")
_NO_PARAGRAPHS = HEADINGS | {"td", "th", "figcaption", "caption"}
_NO_PLACE = NAVIGATION | AD | POPUP | COMMENTS | RELATED | DROPPED


def _headings(tree: BlockTree, excluded: Sequence[int]) -> Iterator[Block]:
    for block in tree.blocks:
        # A table's column "Source" and an item of a menu open nothing.
        if not 0 < block.characters <= 60 or block.tag in ("td", "th"):
            continue
        if excluded[block.index] & _NO_PLACE:
            continue
        if block.link_characters > 0.5 * block.characters and not _is_in_page(block):
            continue
        if may_head_sources(block.text):
            yield block


def _is_in_page(block: Block) -> bool:
    return all((link.get("href") or "#").startswith(("#", "javascript")) for link in block.links)


def _blocks_under(tree: BlockTree, excluded: Sequence[int], heading: Block) -> list[Block]:
    """The text blocks from a heading to the next one, or to the end of the box around the list."""
    end = _end_of_box(tree, heading)
    under: list[Block] = []
    for block in tree.blocks[heading.index + 1 : end]:
        if not block.text:
            continue
        if block.tag in HEADINGS and (heading.tag not in HEADINGS or block.tag <= heading.tag):
            break
        if block.tag in HEADINGS and not under:
            continue
        if excluded[block.index] & _NO_PLACE:
            if under:
                break
            continue
        under.append(block)
    return _up_to_the_last_item(tree, under, heading)


def _end_of_box(tree: BlockTree, heading: Block) -> int:
    """Where to stop: the innermost element that holds the heading and a list or more after it."""
    for node in tree.ancestors(heading.node):
        characters = 0
        for block in tree.blocks[heading.index + 1 : node.end_block]:
            characters += block.characters
            if characters >= 20:
                return node.end_block
    return len(tree.blocks)


def _up_to_the_last_item(tree: BlockTree, blocks: list[Block], heading: Block) -> list[Block]:
    """A list right under the heading is the whole of it; after it other things begin."""
    if not blocks:
        return []
    list_node = next((_list_of(tree, block) for block in blocks[:3] if _list_of(tree, block)), None)
    if list_node is None:
        table = _table_under(tree, heading, blocks[0])
        if table is not None:
            return [block for block in blocks if block.index < table.end_block]
        return _siblings_of_the_first(tree, blocks)
    last = max(
        (at for at, block in enumerate(blocks) if _list_of(tree, block) is not None), default=-1
    )
    return blocks[: last + 1]


def _siblings_of_the_first(tree: BlockTree, blocks: list[Block]) -> list[Block]:
    """Sources as paragraphs: those beside the first, while they are as short as sources are."""
    beside = tree.nodes[blocks[0].node].parent
    siblings: list[Block] = []
    for block in blocks:
        if tree.nodes[block.node].parent != beside or block.characters > 700:
            break
        siblings.append(block)
    characters = sum(block.characters for block in siblings)
    return siblings if siblings and characters < 350 * len(siblings) else blocks[:1]


def _list_of(tree: BlockTree, block: Block) -> Node | None:
    """The outermost list around a block."""
    found = None
    for node in tree.ancestors(block.node):
        if node.tag in ("ul", "ol", "dl"):
            found = node
    return found


def _table_under(tree: BlockTree, heading: Block, block: Block) -> Node | None:
    """The table round a block, where it begins under the heading: no table lays out the page."""
    for node in tree.ancestors(block.node):
        if node.tag == "table":
            return node if node.first_block > heading.index else None
    return None


def _are_references(items: _Items, heading: Block | None) -> bool:
    """Whether most items look like sources; "Source" over a paragraph of text opens none."""
    if (heading is not None and is_weak_reference_heading(heading.text)) or any(
        block.tag == "td" for block in items[0]
    ):
        return 2 * sum(any(is_cited(block.text) for block in item) for item in items) > len(items)
    marked = [any(looks_like_reference(block) for block in item) for item in items]
    if heading is not None and len(items) > 1 and sum(marked) * 5 >= len(items):
        # Under a heading an entry may be a bare title; but "Sources" heads lists of foods too.
        marked = [
            good or item[0].tag in ("li", "p") for good, item in zip(marked, items, strict=True)
        ]
    return sum(marked) * 2 > len(items)


def _named_containers(tree: BlockTree) -> Iterator[Node]:
    for node in tree.nodes:
        if node.hints & REFERENCES and node.tag not in ("html", "body", "a", "li", "p"):
            total = tree.blocks[node.first_block : node.end_block]
            if any(block.text for block in total):
                yield node


_NUMBER = re.compile(r"^\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]|[↑^•*·–-])\s*")
_BACK_LINKS = re.compile(r"\s*(?:↩︎?|↑|\^)\s*$")


def _reference(blocks: list[Block], base_url: str) -> Reference:
    text = " ".join(" ".join(block.text.split()) for block in blocks)
    text = _BACK_LINKS.sub("", _NUMBER.sub("", text))
    urls = [url for block in blocks for link in block.links if (url := _link_url(link, base_url))]
    return reference_of(text, urls)


def reference_of(text: str, urls: Sequence[str], numbers: str = "") -> Reference:
    """A cited work with the identifiers that its text, the addresses of its links and its `numbers`
    ("DOI: 10.1000/xyz") hold; its URL is the first of `urls`, else one that is printed."""
    if not urls and (printed := _printed_url(text)):
        urls = [printed]
    everything = unquote(" ".join([text, numbers, *urls]))
    return Reference(
        text=text,
        url=normalise_url(urls[0]) if urls else None,
        doi=find_doi(everything),
        pmid=find_pmid(everything),
        pmcid=find_pmcid(everything),
        isbn=find_isbn(everything),
    )


def _link_url(link: object, base_url: str) -> str | None:
    href = getattr(link, "get", lambda _: None)("href")
    if not isinstance(href, str) or href.startswith(("#", "javascript:", "mailto:")):
        return None
    url = absolute_url(base_url, href)
    if url is not None and "#" in url and normalise_url(url) == normalise_url(base_url):
        # The way back to the text, spelt out.
        return None
    return url


_PRINTED_URL = re.compile(
    r"(?:https?://|\bwww\.(?=[\w-]+\.))[^\s<>\"“”„«»，。；、（）】」]+", re.IGNORECASE
)


def _printed_url(text: str) -> str | None:
    """The first address that is printed, where none is linked."""
    found = _PRINTED_URL.search(text)
    if found is None:
        return None
    printed = found[0].rstrip(".,;:!'’]}>")
    if printed.endswith(")") and "(" not in printed:
        printed = printed.rstrip(").,;")
    return absolute_url("", printed if "://" in printed else f"https://{printed}")
