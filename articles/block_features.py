"""What the block model looks at: some two dozen numbers for each block, none of them a verdict.

Text, tag, neighbours, the boxes around and the place in the page, but nothing of what the rules of
`block_choice` decided: so the model is a second opinion and not their echo. Sizes are those of
`block_scoring.reading_size`, so that all scripts count alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from articles.block_scoring import BlockFeatures
from articles.blocks import HEADINGS, Block, BlockTree, Node
from articles.markup_hints import (
    ACCORDION,
    ASIDE,
    BODY,
    BOILERPLATE,
    CAPTION,
    CARD,
    COMMENTS,
    FOOTER,
)

FEATURE_NAMES = (
    "size",
    "link_share",
    "is_sentence",
    "capitalised_share",
    "repeats",
    "is_paragraph",
    "is_heading",
    "is_item",
    "is_cell",
    "is_code",
    "before",
    "before_that",
    "after",
    "after_that",
    "links_nearby",
    "text_before",
    "text_after",
    "from_headline",
    "under_heading",
    "page_text",
    "in_hinted_element",
    "in_hinted_box",
    "box_blocks",
    "in_comments",
    "in_body",
    "in_accordion",
    "in_footer",
    "in_caption",
)
"""In the order of the numbers; the words of the model's table."""

_NEARBY = 6
"""Blocks to either side whose links count as near."""
_NONE = -99.0
"""The weight of a neighbour that is not there."""
_HINTED = BOILERPLATE | ASIDE | CARD
_ITEMS = frozenset(("li", "dd", "dt"))
_CELLS = frozenset(("td", "th"))


class PageBlocks:
    """The blocks of a page with text, and the sums that the numbers of each are made from."""

    def __init__(
        self,
        tree: BlockTree,
        features: list[BlockFeatures | None],
        values: list[float],
        headline: int | None,
    ) -> None:
        """`features` and `values` stand by block index; None for blocks without text."""
        self._tree = tree
        self._features = features
        self._values = values
        blocks = [block for block in tree.blocks if block.text]
        self._indexes = [block.index for block in blocks]
        self._linked = list(accumulate((b.link_characters for b in blocks), initial=0))
        self._all = list(accumulate((b.characters for b in blocks), initial=0))
        good = (max(values[index], 0.0) for index in self._indexes)
        self._good = list(accumulate(good, initial=0.0))
        self._headline = bisect_left(self._indexes, headline) if headline is not None else 0
        self._repeats: dict[str, int] = {}
        for block in blocks:
            self._repeats[block.text] = self._repeats.get(block.text, 0) + 1
        self._heading_above = self._headings(blocks)
        self._boxes: dict[int, tuple[bool, int]] = {}

    def _headings(self, blocks: list[Block]) -> list[int]:
        """For each block the number of the last heading up to it; -1 where there is none."""
        last, above = -1, []
        for number, block in enumerate(blocks):
            if block.tag in HEADINGS:
                last = number
            above.append(last)
        return above

    def rows(self, blocks: Iterable[Block]) -> Iterator[tuple[float, ...]]:
        """The numbers of some of the blocks, each in the order of `FEATURE_NAMES`."""
        for block in blocks:
            yield self._row(block)

    def _row(self, block: Block) -> tuple[float, ...]:
        number = bisect_left(self._indexes, block.index)
        features = self._features[block.index]
        size, link_share, is_sentence = (
            (features.size, features.link_share, features.is_sentence)
            if features is not None
            else (0.0, 0.0, False)
        )
        node = self._tree.nodes[block.node]
        around = self._hints_around(node)
        is_box_hinted, box_blocks = self._box_around(node)
        good, total = self._good, max(self._good[-1], 1.0)
        above = self._heading_above[number]
        first, end = max(0, number - _NEARBY), min(len(self._indexes), number + _NEARBY + 1)
        nearby = max(self._all[end] - self._all[first], 1)
        tag = block.tag
        return (
            size,
            link_share,
            is_sentence,
            _capitalised_share(block.text),
            self._repeats.get(block.text, 1),
            tag == "p",
            tag in HEADINGS,
            tag in _ITEMS,
            tag in _CELLS,
            tag == "pre",
            self._value(number - 1),
            self._value(number - 2),
            self._value(number + 1),
            self._value(number + 2),
            (self._linked[end] - self._linked[first]) / nearby,
            good[number] / total,
            (total - good[number + 1]) / total,
            number - self._headline,
            good[number] - good[above] if above >= 0 else -1.0,
            total,
            node.hints & _HINTED != 0,
            is_box_hinted,
            box_blocks,
            around & COMMENTS != 0,
            around & BODY != 0,
            around & ACCORDION != 0,
            around & FOOTER != 0,
            around & CAPTION != 0,
        )

    def _value(self, number: int) -> float:
        if 0 <= number < len(self._indexes):
            return self._values[self._indexes[number]]
        return _NONE

    def _hints_around(self, node: Node) -> int:
        hints = 0
        for around in self._tree.ancestors(node.index):
            hints |= around.hints
        return hints

    def _box_around(self, node: Node) -> tuple[bool, int]:
        """Of the first element around that holds more blocks: whether hinted, and how many."""
        found = self._boxes.get(node.parent)
        if found is None:
            held = self._held(node)
            box = node
            for box in self._tree.ancestors(node.parent):
                if self._held(box) > held:
                    break
            found = self._boxes[node.parent] = (box.hints & _HINTED != 0, self._held(box))
        return found

    def _held(self, node: Node) -> int:
        return bisect_left(self._indexes, node.end_block) - bisect_left(
            self._indexes, node.first_block
        )


def _capitalised_share(text: str) -> float:
    """How many of the first words begin with a capital; 0 in scripts that have none."""
    words = text[:240].split()
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0
