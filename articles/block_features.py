"""What the block model looks at: some numbers for each block, none of them a verdict.

Text, tag, neighbours, the boxes around and the place in the page, but nothing of what the rules of
`block_choice` decided: so the model is a second opinion and not their echo. Sizes are those of
`block_scoring.reading_size`, so that all scripts count alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from articles.block_scoring import BlockFeatures
from articles.blocks import HEADINGS, Block, BlockTree
from articles.markup_hints import ACCORDION, ASIDE, BOILERPLATE, CARD, COMMENTS, FOOTER

FEATURE_NAMES = (
    "size",
    "link_share",
    "is_sentence",
    "kind",
    "before",
    "after",
    "links_nearby",
    "text_after",
    "from_headline",
    "under_heading",
    "page_text",
    "in_hinted_element",
    "in_hinted_box",
    "box_blocks",
    "in_comments",
    "in_accordion",
    "in_footer",
)
"""In the order of the numbers; the words of the model's table."""

KINDS = {
    "p": 1,
    **dict.fromkeys(HEADINGS, 2),
    **dict.fromkeys(("li", "dd", "dt"), 3),
    **dict.fromkeys(("td", "th"), 4),
    "pre": 5,
}
"""What a block is by its tag; 0 for bare text of any element."""

_NEARBY = 6
"""Blocks to either side whose links count as near."""
_NONE = -99.0
"""The weight of a neighbour that is not there."""
_HINTED = BOILERPLATE | ASIDE | CARD


class PageBlocks:
    """The blocks of a page, and the sums that the numbers of each are made from."""

    def __init__(
        self,
        tree: BlockTree,
        features: list[BlockFeatures | None],
        values: list[float],
        headline: int | None,
    ) -> None:
        """`features` and `values` stand by block index; None and 0 for blocks without text."""
        self._tree = tree
        self._features = features
        self._values = values
        self._headline = headline or 0
        self._linked = [0, *accumulate(block.link_characters for block in tree.blocks)]
        self._characters = [0, *accumulate(block.characters for block in tree.blocks)]
        self._good = [0.0, *accumulate(value if value > 0.0 else 0.0 for value in values)]
        self._around: dict[int, tuple[int, bool, int]] = {-1: (0, False, 0)}

    def rows(self, blocks: Iterable[Block]) -> Iterator[tuple[float, ...]]:
        """The numbers of some blocks with text, in the order of the page and of `FEATURE_NAMES`."""
        tree, linked, characters, good = self._tree, self._linked, self._characters, self._good
        last, page_text = len(tree.blocks), self._good[-1] or 1.0
        heading = seen = -1
        for block in blocks:
            index = block.index
            for at in range(seen + 1, index + 1):
                if tree.blocks[at].tag in HEADINGS:
                    heading = at
            seen = index
            features = self._features[index]
            if features is None:
                continue
            first, end = max(0, index - _NEARBY), min(last, index + _NEARBY + 1)
            hints, is_box_hinted, box_blocks = self._hints_around(block.node)
            yield (
                features.size,
                features.link_share,
                features.is_sentence,
                KINDS.get(block.tag, 0),
                self._neighbour(index, -1),
                self._neighbour(index, +1),
                (linked[end] - linked[first]) / (characters[end] - characters[first] or 1),
                (page_text - good[index + 1]) / page_text,
                index - self._headline,
                good[index] - good[heading] if heading >= 0 else -1.0,
                page_text,
                tree.nodes[block.node].hints & _HINTED != 0,
                is_box_hinted,
                box_blocks,
                hints & COMMENTS != 0,
                hints & ACCORDION != 0,
                hints & FOOTER != 0,
            )

    def _neighbour(self, index: int, step: int) -> float:
        """The weight of the next block with text to one side."""
        blocks = self._tree.blocks
        index += step
        while 0 <= index < len(blocks):
            if blocks[index].text:
                return self._values[index]
            index += step
        return _NONE

    def _hints_around(self, at: int) -> tuple[int, bool, int]:
        """All hints from a node outwards; of the box around, whether it is hinted, its blocks.

        The box is the innermost element that holds more than one block.
        """
        nodes, known = self._tree.nodes, self._around
        path = []
        while at not in known:
            path.append(at)
            at = nodes[at].parent
        found = known[at]
        for at in reversed(path):
            node = nodes[at]
            held = node.end_block - node.first_block
            hints = found[0] | node.hints
            found = (hints, node.hints & _HINTED != 0, held) if held > 1 else (hints, *found[1:])
            known[at] = found
        return found
