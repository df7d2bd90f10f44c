"""The model's say in the choice: of the blocks that the rules keep, those it hardly believes go.

Only that. What the rules drop stays dropped: trials that brought such blocks back lost more than
they won. Called by `block_choice`, and by the training, which measures it.
"""

from __future__ import annotations

from collections.abc import Sequence

from articles.block_features import FEATURE_NAMES, PageBlocks
from articles.block_model import block_model
from articles.blocks import Block

LEAST_PROBABILITY = 0.03
"""A block that the rules keep is dropped below this. Cross-validated, the figures hardly move up to
0.1 (docs/training.md); but on other health sites paragraphs are lost from 0.035 on, and nearly all
that is below 0.03 there is furniture."""
MOST_DOUBTED = 0.3
"""Of the kept text. Where the model doubts more, the page is one that it does not understand, and
the rules are believed."""
_SIZE = FEATURE_NAMES.index("size")


def doubted_blocks(
    blocks: Sequence[Block], page: PageBlocks | None
) -> tuple[list[Block], dict[int, float]]:
    """The kept blocks to drop, and the probability of each kept block by its index.

    None and no probabilities without the page's numbers: then only the rules are asked.
    """
    if page is None:
        return [], {}
    rows = list(page.rows(blocks))
    found = list(block_model().probabilities(rows))
    doubted = [blocks[at] for at in doubted_rows(rows, found)]
    return doubted, {block.index: one for block, one in zip(blocks, found, strict=True)}


def doubted_rows(
    rows: Sequence[tuple[float, ...]],
    probabilities: Sequence[float],
    *,
    least: float = LEAST_PROBABILITY,
) -> list[int]:
    """Which of a page's kept blocks to drop, by their numbers and probabilities."""
    doubted = [at for at, probability in enumerate(probabilities) if probability < least]
    lost = sum(rows[at][_SIZE] for at in doubted)
    return doubted if lost <= MOST_DOUBTED * sum(row[_SIZE] for row in rows) else []
