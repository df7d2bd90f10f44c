"""The source list of an article: where it stands, its items and the identifiers in them.

The list is found by its heading in many languages or by the name of its container, open, collapsed
or in `<details>`, inside the main content or under it. Its blocks leave the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from articles.blocks import HEADINGS, Block, BlockTree, Node
from articles.boilerplate import boilerplate_kind, phrase_key
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
from articles.source_headings import is_reference_heading
from articles.urls import absolute_url

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
    taken: dict[int, None] = {}
    items: list[list[Block]] = []
    for heading in islice(_headings(tree, excluded), MAX_LISTS):
        if heading.index in taken:
            continue
        blocks = _blocks_under(tree, excluded, heading)
        found = _items(tree, blocks)
        if found and _are_references(found, heading):
            items.extend(found)
            taken.update(dict.fromkeys([heading.index, *(block.index for block in blocks)]))
    if not items:
        for node in islice(_named_containers(tree), MAX_LISTS):
            blocks = [
                block for block in tree.blocks[node.first_block : node.end_block] if block.text
            ]
            found = _items(tree, [b for b in blocks if b.tag not in HEADINGS])
            if found and blocks[0].index not in taken and _are_references(found, None):
                items.extend(found)
                taken.update(dict.fromkeys(block.index for block in blocks))
    references: dict[str, Reference] = {}
    for item in items[:MAX_REFERENCES]:
        reference = _reference(item, base_url)
        if reference.text:
            references.setdefault(phrase_key(reference.text), reference)
    return SourceList(references=tuple(references.values()), blocks=frozenset(taken))


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
        if is_reference_heading(block.text):
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
    return _up_to_the_last_item(tree, under)


def _end_of_box(tree: BlockTree, heading: Block) -> int:
    """Where to stop: the innermost element that holds the heading and a list or more after it."""
    for node in tree.ancestors(heading.node):
        characters = 0
        for block in tree.blocks[heading.index + 1 : node.end_block]:
            characters += block.characters
            if characters >= 20:
                return node.end_block
    return len(tree.blocks)


def _up_to_the_last_item(tree: BlockTree, blocks: list[Block]) -> list[Block]:
    """A list right under the heading is the whole of it; after it other things begin."""
    if not blocks:
        return []
    list_node = next((_list_of(tree, block) for block in blocks[:3] if _list_of(tree, block)), None)
    if list_node is None:
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


def _items(tree: BlockTree, blocks: list[Block]) -> list[list[Block]]:
    """Blocks grouped by the list item they stand in; outside lists each block is an item."""
    groups: dict[int, list[Block]] = {}
    for block in blocks:
        if block.characters < 40 and (
            boilerplate_kind(block.text) or is_reference_heading(block.text)
        ):
            continue
        item = next(
            (node.index for node in tree.ancestors(block.node) if node.tag in ("li", "dd")),
            -block.index - 1,
        )
        groups.setdefault(item, []).append(block)
    if any(item >= 0 for item in groups):
        # Beside a list stand only lead-ins ("We rely on peer-reviewed studies").
        groups = {item: group for item, group in groups.items() if item >= 0}
    found: list[list[Block]] = []
    for item, group in groups.items():
        lines = group[0].text.split("\n") if item < 0 and len(group) == 1 else []
        if len(lines) > 1 and all(len(line) > 15 for line in lines):
            # Sources set line by line with <br>: each line an item.
            found.extend([_line_block(group[0], line)] for line in lines)
        else:
            found.append(group)
    return found


def _line_block(block: Block, line: str) -> Block:
    links = tuple(link for link in block.links if " ".join(link.text_content().split()) in line)
    return Block(
        index=block.index,
        node=block.node,
        tag=block.tag,
        text=line,
        characters=len(line),
        link_characters=0,
        bold_characters=0,
        element=block.element,
        links=links,
    )


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MARKS = re.compile(
    r"doi|pmid|pmc|https?://|www\.|et al|\bJ\b|vol\.|pp\.|isbn|accessed|retrieved|diakses|truy cập"
    r"|abgerufen|consult|journal|\d+\s*\(\d+\)\s*:|^\s*\[?\d{1,3}[\].)]|[“”„«»]"
    r"|^[^.:]{3,90}:\s",
    re.IGNORECASE,
)


def _looks_like_reference(block: Block) -> bool:
    return (
        bool(block.links or _YEAR.search(block.text) or _MARKS.search(block.text))
        and block.characters < 900
    )


def _are_references(items: list[list[Block]], heading: Block | None) -> bool:
    """Whether most items look like sources; "Source" over a paragraph of text opens none."""
    good = sum(
        any(_looks_like_reference(block) for block in item)
        or (heading is not None and len(items) > 1 and item[0].tag in ("li", "p"))
        for item in items
    )
    return good * 2 > len(items)


def _named_containers(tree: BlockTree) -> Iterator[Node]:
    for node in tree.nodes:
        if node.hints & REFERENCES and node.tag not in ("html", "body", "a", "li", "p"):
            total = tree.blocks[node.first_block : node.end_block]
            if any(block.text for block in total):
                yield node


_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>]+", re.IGNORECASE)
_PMID_TEXT = re.compile(r"(?:PMID|PubMed(?: ID)?)\s*:?\s*(\d{4,9})\b", re.IGNORECASE)
_PMID_URL = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?)(\d{4,9})"
)
_PMCID = re.compile(r"\bPMC\s?(\d{4,9})\b", re.IGNORECASE)
_ISBN = re.compile(r"ISBN(?:-1[03])?\s*:?\s*((?:97[89][-\s]?)?(?:\d[-\s]?){9}[\dXx])\b")
_NUMBER = re.compile(r"^\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]|[↑^•*·–-])\s*")
_BACK_LINKS = re.compile(r"\s*(?:↩︎?|↑|\^)\s*$")


def _reference(blocks: list[Block], base_url: str) -> Reference:
    text = " ".join(" ".join(block.text.split()) for block in blocks)
    text = _BACK_LINKS.sub("", _NUMBER.sub("", text))
    urls = [url for block in blocks for link in block.links if (url := _link_url(link, base_url))]
    if not urls and (bare := re.search(r"https?://[^\s<>\"]+", text)):
        urls = [bare[0].rstrip(".,;)")]
    everything = unquote(" ".join([text, *urls]))
    doi = _DOI.search(everything)
    pmid = _PMID_TEXT.search(text) or _PMID_URL.search(everything)
    pmcid = _PMCID.search(everything)
    isbn = _ISBN.search(text)
    return Reference(
        text=text,
        url=urls[0] if urls else None,
        doi=normalise_doi(doi[0]) if doi else None,
        pmid=pmid[1] if pmid else None,
        pmcid=f"PMC{pmcid[1]}" if pmcid else None,
        isbn=normalise_isbn(isbn[1]) if isbn else None,
    )


def _link_url(link: object, base_url: str) -> str | None:
    href = getattr(link, "get", lambda _: None)("href")
    if not isinstance(href, str) or href.startswith(("#", "javascript:", "mailto:")):
        return None
    return absolute_url(base_url, href)


def normalise_doi(doi: str) -> str:
    """A DOI in lower case without what the sentence or the URL put behind it.

    >>> normalise_doi("10.1000/ABC(12).")
    '10.1000/abc(12)'
    """
    doi = doi.lower().split("?")[0].split("#")[0].rstrip(".,;:]}'\"/")
    for suffix in ("/full", "/abstract", "/pdf", "/epdf", "/html"):
        doi = doi.removesuffix(suffix)
    if doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi.rstrip(")")
    return doi.rstrip(".,;")


def normalise_isbn(isbn: str) -> str | None:
    """The digits of an ISBN; None where there are neither 10 nor 13."""
    digits = re.sub(r"[^\dXx]", "", isbn).upper()
    return digits if len(digits) in (10, 13) else None
