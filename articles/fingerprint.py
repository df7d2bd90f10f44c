"""The fingerprint of a page: the keys of its blocks and a sketch of its main text.

Taken of every page that is extracted, and counted for its site (`site_knowledge`). The sketch ranks
the keys of the text's longer blocks under four permutations and holds the first of each (minhash):
near-duplicates agree in most places. Source: Broder, "On the resemblance and containment of
documents", 1997.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from heapq import nsmallest

from articles.block_scoring import reading_size
from articles.blocks import HEADINGS, Block
from articles.site_knowledge import DEPTH, Fingerprint, Sketch

_MOST_KEYS = 300
"""Of one page; of a longer one the first of the text and the last of what stands around it."""
_MIN_SKETCHED = 40
"""Reading size of the blocks that are the text; labels and list items make no two texts alike."""
_WORD = (1 << 64) - 1
_SEEDS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)
_ODD = 0xD6E8FEB86659FD93
_NUMBERS = re.compile(r"\d+")


def fingerprint_of(kept: Sequence[Block], others: Iterable[Block] = ()) -> Fingerprint:
    """The fingerprint of a page: its main text in blocks, and what else stands around them.

    Headings are left out: they repeat rightly, and go only with what is under them.
    """
    text = {
        block_key(block.text): reading_size(block.text) >= _MIN_SKETCHED
        for block in kept
        if block.tag not in HEADINGS
    }
    keys = dict.fromkeys(text)
    keys.update(dict.fromkeys(block_key(other.text) for other in others if other.text))
    counted = list(keys)
    if len(counted) > _MOST_KEYS:
        counted = counted[: _MOST_KEYS // 2] + counted[-_MOST_KEYS // 2 :]
    sketched = [key for key, is_long in text.items() if is_long] or counted
    return Fingerprint(keys=tuple(sorted(counted)), sketch=_sketch(sketched))


def block_key(text: str) -> int:
    """By what a block is known on other pages: 64 bits over its text, case and numbers folded.

    >>> block_key("12 min  read") == block_key("3 Min Read")
    True
    """
    folded = _NUMBERS.sub("0", " ".join(text.casefold().split()))
    digest = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _sketch(keys: Sequence[int]) -> Sketch:
    found: list[int] = []
    for seed in _SEEDS:
        ranked = ((((key ^ seed) * _ODD) & _WORD, key) for key in keys)
        place = [key for _, key in nsmallest(DEPTH, ranked)] or [0]
        found += place + place[-1:] * (DEPTH - len(place))
    return tuple(found)
