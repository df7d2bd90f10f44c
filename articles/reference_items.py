"""The blocks of a source list as its items, and what tells a cited work from any other line.

An item is a list entry, a table row, a paragraph, or one of several works that a publisher set into
a single paragraph: by lines, by numbers, by semicolons, as quoted titles or as links. Called by
`references`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.blocks import Block, BlockTree
from articles.boilerplate import boilerplate_kind
from articles.source_headings import is_reference_heading

LONGEST_ITEM = 900
"""Characters; longer blocks are the author's, whatever they mention."""
MAX_PARTS = 1000
"""Of one paragraph; the rest stays with the last of them."""
SHORTEST_PART = 15
"""Characters; what is shorter is no work but a part of one."""


def items_of(tree: BlockTree, blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks grouped by the list entry or table row they stand in; outside of lists each block, or
    each of its parts, is an item."""
    groups: dict[int, list[Block]] = {}
    in_table: set[int] = set()
    for block in blocks:
        if block.characters < 40 and (
            boilerplate_kind(block.text)
            or is_reference_heading(block.text)
            # The number of a work stands in a box or cell of its own.
            or _BARE_NUMBER.fullmatch(block.text)
        ):
            continue
        item = -block.index - 1
        for node in tree.ancestors(block.node):
            if node.tag in ("li", "dd", "tr"):
                item = node.index
                if node.tag == "tr":
                    in_table.add(item)
                break
        groups.setdefault(item, []).append(block)
    if len(in_table) == 1:
        # The row of a layout table, which holds the page and not a work.
        row = in_table.pop()
        groups |= {-block.index - 1: [block] for block in groups.pop(row)}
    if any(item >= 0 and item not in in_table for item in groups):
        # Beside a list stand only lead-ins ("We rely on peer-reviewed studies").
        groups = {
            item: group for item, group in groups.items() if item >= 0 and item not in in_table
        }
    found: list[list[Block]] = []
    for item, group in groups.items():
        if item < 0 and len(group) == 1:
            found.extend([part] for part in parts_of(group[0], is_alone=len(groups) == 1))
        elif item not in in_table or any(block.tag != "th" for block in group):
            found.append(group)
    return found


_BARE_NUMBER = re.compile(r"\W{0,2}\d{1,3}\W{0,2}")


def parts_of(block: Block, start: int = 0, *, is_alone: bool = True) -> list[Block]:
    """The works in one paragraph from the character `start` on, as blocks; the block itself where
    it is one work, or no one can say where the next begins.

    Where paragraphs like it stand beside it (not `is_alone`), only lines and numbers part it.
    """
    spans = _spans(block, start, is_alone=is_alone)
    if len(spans) < 2 and not start:
        return [block]
    return list(_cut(block, spans))


def _spans(block: Block, start: int, *, is_alone: bool) -> list[tuple[int, int]]:
    text = block.text
    readers = (_lines, _numbered, _parted_by_semicolons, _quoted_titles)
    for read in readers if is_alone else readers[:2]:
        spans = read(text, start)
        if len(spans) > 1:
            return spans
    return (_linked(block, start) if is_alone else []) or [(start, len(text))]


def _between(cuts: Sequence[int], end: int) -> list[tuple[int, int]]:
    """Spans from each place to the next; `cuts` ascend."""
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _lines(text: str, start: int) -> list[tuple[int, int]]:
    """Works set line by line with <br>."""
    if "\n" not in text[start:]:
        return []
    cuts = [start]
    for number, found in enumerate(re.finditer(r"\n", text)):
        if number >= MAX_PARTS:
            break
        if found.end() > start:
            cuts.append(found.end())
    spans = _between(cuts, len(text))
    return spans if all(end - begin > SHORTEST_PART for begin, end in spans) else []


_PLACE = re.compile(r"(?<!\S)[\[(]?(\d{1,3})(?:[\])][.:]?|\.)\s*(?=[^\s\d.,;:)\]])")


def _numbered(text: str, start: int) -> list[tuple[int, int]]:
    """Works that are counted from 1: "1. Roe A. Rye. 2. Penn B. Oat." A number that is not the next
    is a volume or a page."""
    cuts: list[int] = []
    for found in _PLACE.finditer(text, start):
        begin = found.start()
        if not cuts:
            if found[1] != "1" or text[start:begin].strip():
                return []
            cuts.append(begin)
        elif (
            int(found[1]) == len(cuts) + 1
            and begin - cuts[-1] > SHORTEST_PART
            and not text[found.end()].islower()
            and _ENDS_WORK.search(text, begin - 3, begin)
        ):
            cuts.append(begin)
            if len(cuts) >= MAX_PARTS:
                break
    return _between(cuts, len(text)) if len(cuts) > 1 else []


# A full stop, a page number, an address: not a comma, and no word.
_ENDS_WORK = re.compile(r"[.!?)\]}\"”»’'。；;/\d]\s*\Z")


def _parted_by_semicolons(text: str, start: int) -> list[tuple[int, int]]:
    """ "Rye Institute, 2020; Oat Council, 2021": each part but one names a year or the like, so
    that the authors of one work stay together."""
    cuts = [start]
    for found in _SEMICOLON.finditer(text, start):
        cuts.append(found.end())
        if len(cuts) >= MAX_PARTS:
            break
    spans = _between(cuts, len(text))
    parts = [text[begin:end] for begin, end in spans]
    if len(parts) < 2 or any(len(part) < SHORTEST_PART - 3 for part in parts):
        return []
    return spans if sum(map(is_cited, parts)) >= max(2, len(parts) - 1) else []


# "2020; 344:7" goes on with the pages of the same work.
_SEMICOLON = re.compile(r"; (?=[^\W\d_a-z]|[\"“„«‘'\[])|；(?=[^\W\d_])")

_QUOTED = re.compile(
    r"(?<=[.?!][\"”’']|[\"”’'][.;])\s+(?=[^\s:\"“”‘][^:\"“”‘\n]{1,90}:\s{0,2}[\"“‘'])"
)


def _quoted_titles(text: str, start: int) -> list[tuple[int, int]]:
    """Works as publisher and quoted title: 'Rye Institute: "Bread." Oat Council: "Oats."'"""
    cuts = [start]
    for found in _QUOTED.finditer(text, start):
        cuts.append(found.end())
        if len(cuts) >= MAX_PARTS:
            break
    return _between(cuts, len(text))


def _linked(block: Block, start: int) -> list[tuple[int, int]]:
    """Works that are links, with little but commas between them."""
    links = block.links[:MAX_PARTS]
    if len(links) < 2 or len({link.get("href") for link in links}) < len(links):
        return []
    places = [place for place in _link_places(block) if place[0] >= start]
    size = sum(end - begin for begin, end, _ in places)
    if len(places) < len(links) or size < 0.8 * (len(block.text) - start):
        return []
    if any(end - begin < _SHORTEST_LINK for begin, end, _ in places):
        return []
    return [(begin, end) for begin, end, _ in places]


def _link_places(block: Block) -> list[tuple[int, int, int]]:
    """Where the texts of a block's links stand in it, with the numbers of the links, in order."""
    places: list[tuple[int, int, int]] = []
    at = missed = 0
    folded = block.text.replace("\n", " ")
    for number, link in enumerate(block.links):
        name = " ".join(link.text_content().split())
        begin = folded.find(name, at) if name else at
        if begin < 0:
            # A mark inside of it was left out of the text. To look on is a walk over all of it.
            missed += 1
            if missed > _MOST_MISSED:
                break
            begin, name = at, ""
        places.append((begin, begin + len(name), number))
        at = begin + len(name)
    return places


_MOST_MISSED = 20
_SHORTEST_LINK = 3


def _cut(block: Block, spans: Sequence[tuple[int, int]]) -> Iterator[Block]:
    """Parts of a block as blocks of the same place, each with its own links."""
    begins = [begin for begin, _ in spans]
    links: dict[int, list[int]] = {}
    for begin, _, number in _link_places(block):
        links.setdefault(bisect_right(begins, begin) - 1, []).append(number)
    for at, (begin, end) in enumerate(spans):
        text = block.text[begin:end].strip().rstrip(";；").rstrip()
        if text:
            yield replace(
                block,
                text=text,
                characters=len(text),
                link_characters=0,
                bold_characters=0,
                links=tuple(block.links[number] for number in links.get(at, ())),
            )


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MARKS = re.compile(
    r"doi|pmid|pmc|https?://|www\.|et al|\bJ\b|vol\.|pp\.|isbn|accessed|retrieved|diakses|truy cập"
    r"|abgerufen|consult|journal|\d+\s*\(\d+\)\s*:|^\s*\[?\d{1,3}[\].)]|[“”„«»]"
    r"|^[^.:]{3,90}:\s",
    re.IGNORECASE,
)
_STRICT_MARKS = re.compile(
    r"\bdoi\b|\b10\.\d{4,9}/|\bpmid\b|\bpmc\s?\d|https?://|www\.|\bet al\b|\bvol\.|\bpp\.|\bisbn\b"
    r"|\baccessed\b|\bretrieved\b|\bdiakses\b|truy cập|\babgerufen|\bjournal\b|\d+\s*\(\d+\)\s*:"
    r"|^[^.:]{3,90}:\s{0,2}[\"“‘'„«]",
    re.IGNORECASE,
)


def looks_like_reference(block: Block) -> bool:
    """Whether a block may be a cited work: it links, or has a year or a mark of one."""
    return block.characters < LONGEST_ITEM and bool(
        block.links or _YEAR.search(block.text) or _MARKS.search(block.text)
    )


def is_cited(text: str) -> bool:
    """Whether a text by its own words is a cited work, where no heading over it has said so."""
    return len(text) < LONGEST_ITEM and bool(_YEAR.search(text) or _STRICT_MARKS.search(text))
