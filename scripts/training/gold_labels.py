"""Which blocks of a page its gold text holds, and how much each of them matters.

The words of the page are aligned with the words of the gold text as wholes, in order: so a teaser
that stands twice on the page is found where the text around it is, and not at each place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import sqrt

KEPT_FROM = 0.6
"""Of a block's words; the rest may be a label or a number that the gold text leaves out."""
LEAST_WEIGHT = 0.003
"""For blocks of one word to count at all."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Label:
    """What the gold text says of one block."""

    is_kept: bool
    weight: float


def labels_of(texts: Sequence[str], gold: str) -> list[Label]:
    """The labels of a page's blocks, given by their texts in the order of the page."""
    words: list[str] = []
    block_of: list[int] = []
    for number, text in enumerate(texts):
        found = _WORD.findall(text.lower())
        words += found
        block_of += [number] * len(found)
    aligned = [0] * len(texts)
    whole = [0] * len(texts)
    for number in block_of:
        whole[number] += 1
    matcher = SequenceMatcher(None, words, _WORD.findall(gold.lower()), autojunk=False)
    for match in matcher.get_matching_blocks():
        for at in range(match.a, match.a + match.size):
            aligned[block_of[at]] += 1
    # Not the gold text's own words: where it was made from another version of the page, blocks
    # would weigh less than on other pages.
    held = max(sum(aligned), 1)
    return [
        Label(
            is_kept=has > 0 and hits >= KEPT_FROM * has,
            weight=sqrt(min(has, held) / held) + LEAST_WEIGHT,
        )
        for hits, has in zip(aligned, whole, strict=True)
    ]
