"""Blocks that the page's own `articleBody` vouches for.

JSON-LD carries the text of the article on few pages, and there it is truncated or stripped as
often as it is whole: so it is never taken as the text. But a paragraph of the page that stands in
it is the author's. Called by `main_content`.
"""

from __future__ import annotations

import re

from articles.blocks import HEADINGS, BlockTree

SHORTEST_BODY = 300
"""Letters; a shorter `articleBody` is a teaser."""
ANCHOR_LETTERS = 48
"""How many letters of a block's beginning are looked for."""


def find_anchors(tree: BlockTree, article_body: str | None) -> frozenset[int]:
    """Indexes of the longer blocks whose beginning stands in `article_body`."""
    if not article_body:
        return frozenset()
    body = _letters(article_body)
    if len(body) < SHORTEST_BODY:
        return frozenset()
    return frozenset(
        block.index
        for block in tree.blocks
        if block.characters >= ANCHOR_LETTERS
        and block.tag not in HEADINGS
        and len(beginning := _letters(block.text[: 2 * ANCHOR_LETTERS])[:ANCHOR_LETTERS]) >= 30
        and beginning in body
    )


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())


_NO_LETTERS = re.compile(r"[\W_]+")
