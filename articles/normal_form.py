"""The composed form of text (NFC), at a cost that its length bounds.

Called wherever two spellings of one letter must count as one: lines of bylines, text digests.
"""

from __future__ import annotations

from itertools import pairwise
from unicodedata import combining, normalize

MOST_MARKS = 30
"""On one letter, as in the Stream-Safe Text Format (UAX #15, D4); no script writes so many. Sorting
a run of marks takes time by the square of its length: minutes for a megabyte."""
_STEP = 200
"""A run shorter than this may be overlooked; it is sorted in no time."""


def composed(text: str) -> str:
    """`text` in NFC; of very long runs of combining marks only the first thirty are kept.

    >>> composed("e\\u0301") == "\\u00e9", len(composed("e" + "\\u0301" * 1000))
    (True, 30)
    """
    return text if text.isascii() else normalize("NFC", _without_long_runs(text))


def _without_long_runs(text: str) -> str:
    cuts = [0]
    for at in range(_STEP, len(text), _STEP):
        if at < cuts[-1] or not combining(text[at]):
            continue
        begin, end = at, at + 1
        while begin > cuts[-1] and combining(text[begin - 1]):
            begin -= 1
        while end < len(text) and combining(text[end]):
            end += 1
        if end - begin > MOST_MARKS:
            cuts += [begin + MOST_MARKS, end]
    if len(cuts) == 1:
        return text
    cuts.append(len(text))
    return "".join(text[begin:end] for begin, end in list(pairwise(cuts))[::2])
