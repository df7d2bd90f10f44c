"""How much like running text of an article one block is: a number from what was measured of it.

`BlockFeatures` is everything a judgement may look at, as a value, and `plain_value` is the
judgement: a function from features to a weight. A trained model replaces the function and leaves
the rest of the extraction as it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from articles.blocks import HEADINGS, Block


class BlockFeatures(NamedTuple):
    """What is known of one block without looking at its neighbours.

    A tuple, for there is one for every block of a page: a frozen dataclass takes four times longer.
    """

    tag: str
    size: float
    """Length in characters of an alphabet; a Han letter counts as three and a half."""
    link_share: float
    bold_share: float
    is_sentence: bool
    """Ends as sentences end."""


def features_of(block: Block) -> BlockFeatures:
    text = block.text
    size = len(text)
    linked, bold = block.link_characters, block.bold_characters
    return BlockFeatures(
        block.tag,
        float(size) if text.isascii() else reading_size(text),
        (linked / size if linked < size else 1.0) if linked else 0.0,
        (bold / size if bold < size else 1.0) if bold else 0.0,
        _ends_sentence(text),
    )


def _ends_sentence(text: str) -> bool:
    last = text[-1:]
    # A letter or figure at the end is the commonest answer to all of what is asked below.
    return last in _STOPS or (not last.isalnum() and _SENTENCE_END.search(text[-6:]) is not None)


def plain_value(features: BlockFeatures) -> float:
    """The weight of a block: about its size where it is running text, else below zero."""
    size, link_share = features.size, features.link_share
    if features.tag in HEADINGS:
        return 2.0 if link_share < 0.5 else -6.0
    if link_share > 0.5:
        return -min(6.0 + size * link_share, 60.0)
    running = size * (1.0 - 1.6 * link_share)
    if size >= 80 or (features.is_sentence and size >= 40):
        return min(running, 600.0)
    if features.tag in ("p", "blockquote", "pre"):
        return min(running, 40.0) * (1.0 if features.is_sentence else 0.3)
    if features.tag in ("li", "dd", "dt", "td", "th"):
        return 0.3 * running if size >= 25 else 0.0
    return 0.6 * running if features.is_sentence and size >= 25 else -4.0


# Letters that carry more than one letter of an alphabet: kana, Han, Hangul; and scripts that write
# no spaces but spell sounds (Thai, Lao, Khmer, Myanmar), which need a little more as well.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
# Wider than both, to be asked first.
_OTHER_SCRIPTS = re.compile("[\u0e00-\u17ff\u3040-\ufaff]")
_STOPS = frozenset(".!?:;")
_SENTENCE_END = re.compile("[.!?:;…。！？：；।။។؟۔]['\"”’»)\\]）」』]*$")


def reading_size(text: str) -> float:
    """The length of a text as if written in an alphabet with spaces.

    >>> reading_size("health"), reading_size("健康")
    (6.0, 7.0)
    """
    if text.isascii() or _OTHER_SCRIPTS.search(text) is None:
        return float(len(text))
    dense = sum(map(len, _DENSE.findall(text)))
    spaceless = sum(map(len, _SPACELESS.findall(text))) if not dense else 0
    return len(text) + 2.5 * dense + 0.3 * spaceless
