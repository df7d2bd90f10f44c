"""Footnotes without a heading: blocks to which the raised or bracketed numbers of the text lead.

Called by `references` where a page shows no source list.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from articles.blocks import Block, BlockTree

MAX_NOTES = 2000
_MOST_BLOCKS = 4
"""Of one note."""
_NUMBER = re.compile(r"\s*[\[(]?\s*\d{1,3}\s*[\])]?\s*")


def blocks_of_footnotes(tree: BlockTree) -> list[list[Block]]:
    """The blocks of each footnote, in the order of the page; empty where no number leads to one.

    A note stands behind the number that leads to it; what lies before is where it leads back.
    """
    if len(tree.note_marks) < 2:
        return []
    root = tree.nodes[0].element
    marks = _marks(tree)
    targets: dict[str, HtmlElement] = {}
    wanted = set(marks.values())
    pointed: set[str] = set()
    for element in root.iter("*"):
        if element in marks:
            pointed.add(marks[element])
        for name in (element.get("id"), element.get("name")):
            if name and name in wanted:
                # A number that leads to a place before it leads back to the text.
                targets.setdefault(name, element) if name in pointed else wanted.discard(name)
    nodes = {node.element: node.index for node in tree.nodes}
    groups: dict[int, list[Block]] = {}
    for element in targets.values():
        at: HtmlElement | None = element
        while at is not None and at not in nodes:
            at = at.getparent()
        if at is not None:
            node = tree.nodes[nodes[at]]
            blocks = tree.blocks[node.first_block : node.first_block + _MOST_BLOCKS + 1]
            inside = [b for b in blocks if b.index < node.end_block and b.text]
            if 0 < len(inside) <= _MOST_BLOCKS:
                groups.setdefault(node.first_block, inside)
    return [groups[first] for first in sorted(groups)]


def _marks(tree: BlockTree) -> dict[HtmlElement, str]:
    """The links of the page that are the numbers of notes, with the names they lead to."""
    marks: dict[HtmlElement, str] = {}
    for mark in tree.note_marks[:MAX_NOTES]:
        for link in mark.iter("a"):
            href = link.get("href") or ""
            if href[:1] == "#" and href[1:] and _NUMBER.fullmatch(link.text_content()[:12]):
                marks[link] = href[1:]
    return marks
