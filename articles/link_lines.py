"""Lines and lists that are there to be clicked: which of them lead away from the text.

Authors link too: a sentence that is one long link, entries of a list with a link and a word on
each, sources named in passing. What is meant for moving on is told by its size, place and markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from articles.blocks import HEADINGS, Block, BlockTree

LINKED_SENTENCE = 80
"""Characters; a full sentence of so many is said to the reader, though all of it is a link."""
LONGEST_LABEL = 120
"""Characters of a line outside a paragraph that is a link and a few words."""
LEAST_MENU = 8
"""Entries of nothing but short links that are a menu, wherever they stand."""
SHORT_ENTRY = 30
"""Characters, on average."""

_ITEMS = frozenset(("li", "td", "th", "dt", "dd", "pre"))
_STOPS = (".", "!", "?", "。", "！", "？", "।", "؟")


def is_link_line(tree: BlockTree, block: Block) -> bool:
    """Whether a line leads away: all of it a link, or a few words and a link."""
    share = block.link_characters / block.characters
    if share <= 0.5 or block.tag in HEADINGS or _is_item(tree, block):
        return False
    if block.tag != "p":
        return share > 0.8 or block.characters < LONGEST_LABEL
    return share > 0.8 and not _is_linked_sentence(block)


def is_link_list(blocks: Sequence[Block]) -> bool:
    """Whether the entries of a list or table are mostly links."""
    characters = sum(block.characters for block in blocks)
    if not characters:
        return False
    share = sum(block.link_characters for block in blocks) / characters
    return share > 0.7 or (share > 0.45 and characters / len(blocks) < 60)


def is_menu(blocks: Sequence[Block]) -> bool:
    """Whether a list of links is many short ones, or leads about the page itself."""
    characters = sum(block.characters for block in blocks)
    linked = sum(block.link_characters for block in blocks)
    if len(blocks) >= LEAST_MENU and linked > 0.75 * characters < SHORT_ENTRY * len(blocks):
        return True
    return any(
        (link.get("href") or "#").startswith("#") for block in blocks for link in block.links
    )


def is_linked_heading(block: Block) -> bool:
    """Whether a heading is the headline of another page."""
    return (
        block.tag in HEADINGS
        and block.link_characters > 0.8 * block.characters
        and any(not (link.get("href") or "#").startswith("#") for link in block.links)
    )


def leads_to_own_site(block: Block, domain: str) -> bool:
    """Whether a link of the block leads to a page of the same site; `domain` is registered."""
    for link in block.links:
        href = (link.get("href") or "").strip().lower()
        if "://" not in href or (domain and domain in href[:80]):
            return True
    return False


def _is_linked_sentence(block: Block) -> bool:
    return (
        block.text.endswith(_STOPS)
        and block.characters >= LINKED_SENTENCE
        # A link around the whole paragraph is that of a card.
        and next(block.element.iterancestors("a"), None) is None
    )


def _is_item(tree: BlockTree, block: Block) -> bool:
    """Whether a block stands in an item of a list or a cell, right there or as its paragraph."""
    if block.tag in _ITEMS:
        return True
    node = tree.nodes[block.node]
    return node.parent >= 0 and tree.nodes[node.parent].tag in _ITEMS
