"""What blocks are by their words alone: the publisher's statements, boilerplate and bylines.

Called by `block_choice` with the blocks that are left when markup and headings have been asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.blocks import HEADINGS, Block, BlockTree
from articles.boilerplate import boilerplate_kind
from articles.bylines.phrases import is_byline, might_be_bylines
from articles.statements import (
    LONGEST_STATEMENT,
    StatementKind,
    is_disclaimer_heading,
    statement_kind,
)

LONGEST_BYLINE = 300
"""Characters; a longer block holds more than who and when."""
MOST_BYLINES = 400
"""Lines read as such on one page; more are a list of people, and thousands take seconds."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What some blocks of a page are, by block index."""

    statements: dict[int, StatementKind | None]
    """Of each block whether it is a disclaimer or disclosure."""
    kinds: dict[int, str]
    """Of each that is no text of the author what it is, in the order of the page."""


def read_wording(tree: BlockTree, blocks: Sequence[Block]) -> Wording:
    """What `blocks`, given in the order of the page, are by their words."""
    statements: dict[int, StatementKind | None] = {}
    kinds: dict[int, str | None] = {}
    short: list[Block] = []
    for block in blocks:
        index, text = block.index, block.text
        statement = statement_kind(text) or _said_under(tree, block, statements)
        statements[index] = statement
        kind = kinds[index] = statement or boilerplate_kind(text)
        if kind is None:
            if block.characters < LONGEST_BYLINE:
                short.append(block)
        elif kind in ("debris", "control") and block.tag in HEADINGS:
            kinds[index] = None
    doubtful = might_be_bylines([block.text for block in short])
    for number in doubtful[:MOST_BYLINES]:
        if is_byline(short[number].text):
            kinds[short[number].index] = "byline"
    return Wording(
        statements=statements, kinds={index: kind for index, kind in kinds.items() if kind}
    )


def _said_under(
    tree: BlockTree, block: Block, statements: dict[int, StatementKind | None]
) -> StatementKind | None:
    """A disclaimer by the heading over it, for up to three blocks of a few sentences."""
    if is_disclaimer_heading(block.text):
        return "disclaimer"
    if block.tag in HEADINGS or block.characters > LONGEST_STATEMENT:
        return None
    for before in reversed(tree.blocks[max(0, block.index - 4) : block.index]):
        if before.text and statements.get(before.index) != "disclaimer":
            return None
        if is_disclaimer_heading(before.text):
            return "disclaimer"
    return None
