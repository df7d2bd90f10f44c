"""How far the chosen text is to be trusted: the F1 that the block model expects of the choice.

Every block counts with its size times its probability: of what is kept that is right, and the rest
wrong; of what is left out it is missing. No weight is fitted, and the model knows nothing of what
the rules decided, so a page on which the two disagree is a doubtful one.
"""

from __future__ import annotations

from collections.abc import Sequence

from articles.block_choice import Choice
from articles.block_features import PageBlocks
from articles.block_model import block_model
from articles.block_scoring import reading_size
from articles.blocks import Block

MOST_ASKED = 400
"""Blocks of running text outside the choice that are asked for; a page has some twenty."""
FULL_LENGTH = 400.0
"""Reading size of a text that is long enough to be an article; of a shorter one less is believed,
in proportion."""


def expected_f1(choice: Choice, left_out: Sequence[Block], page: PageBlocks) -> float:
    """From 0 to 1. `left_out` are the blocks outside the choice that may be running text."""
    right = wrong = missing = 0.0
    for block in choice.kept:
        size = reading_size(block.text)
        probability = choice.probabilities.get(block.index, 0.5)
        right += size * probability
        wrong += size * (1.0 - probability)
    asked = left_out[:MOST_ASKED]
    for block, probability in zip(
        asked, block_model().probabilities(page.rows(asked)), strict=True
    ):
        missing += reading_size(block.text) * probability
    if not right:
        return 0.0
    found = 2.0 * right / (2.0 * right + wrong + missing)
    return found * min(1.0, choice.size / FULL_LENGTH)
