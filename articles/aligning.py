"""Which parts of two sequences are the same, in order: the base of every comparison of texts.

Small stretches are aligned exactly (longest common subsequence). Large ones are first cut at the
items that occur once on both sides, and what has none is aligned in steps, so that the work stays
near linear also on repetitive pages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence

Pair = tuple[int, int]

# A stretch of up to this many pairs (old times new) takes about ten milliseconds.
_MOST_PAIRS = 40_000
_WINDOW = 64


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Pairs of positions (in `old`, in `new`) that hold equal items, both rising.

    >>> align("abcd", "acxd")
    [(0, 0), (2, 1), (3, 3)]
    """
    pairs: list[Pair] = []
    stretches = [(0, len(old), 0, len(new))]
    while stretches:
        old_from, old_to, new_from, new_to = stretches.pop()
        while old_from < old_to and new_from < new_to and old[old_from] == new[new_from]:
            pairs.append((old_from, new_from))
            old_from, new_from = old_from + 1, new_from + 1
        while old_from < old_to and new_from < new_to and old[old_to - 1] == new[new_to - 1]:
            old_to, new_to = old_to - 1, new_to - 1
            pairs.append((old_to, new_to))
        if old_from == old_to or new_from == new_to:
            continue
        before, after = old[old_from:old_to], new[new_from:new_to]
        if len(before) * len(after) <= _MOST_PAIRS:
            pairs.extend((old_from + i, new_from + j) for i, j in _longest_common(before, after))
            continue
        anchors = _anchors(before, after)
        if not anchors:
            pairs.extend((old_from + i, new_from + j) for i, j in _step_by_step(before, after))
            continue
        for i, j in [*anchors, (len(before), len(after))]:
            # From one anchor up to the next; the anchor itself is found as an equal beginning.
            stretches.append(
                (old_from, old_to - len(before) + i, new_from, new_to - len(after) + j)
            )
            old_from, new_from = old_to - len(before) + i, new_to - len(after) + j
    return sorted(pairs)


def _longest_common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """A longest common subsequence, by dynamic programming from the end."""
    width = len(new) + 1
    lengths = [[0] * width]
    for item in reversed(old):
        below, row = lengths[-1], [0] * width
        for j in range(len(new) - 1, -1, -1):
            if item == new[j]:
                row[j] = below[j + 1] + 1
            else:
                row[j] = max(below[j], row[j + 1])
        lengths.append(row)
    lengths.reverse()
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """The longest rising run of items that occur exactly once on each side (patience diff)."""
    once_in_new = _once(new)
    pairs = [(i, once_in_new[item]) for item, i in _once(old).items() if item in once_in_new]
    tails: list[int] = []
    tail_pairs: list[int] = []
    previous: list[int] = []
    for number, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        previous.append(tail_pairs[place - 1] if place else -1)
        if place == len(tails):
            tails.append(j)
            tail_pairs.append(number)
        else:
            tails[place] = j
            tail_pairs[place] = number
    rising, number = [], tail_pairs[-1] if tail_pairs else -1
    while number >= 0:
        rising.append(pairs[number])
        number = previous[number]
    return rising[::-1]


def _once(items: Sequence[Hashable]) -> dict[Hashable, int]:
    """Items that occur once, with their position, in order."""
    positions: dict[Hashable, int] = {}
    repeated = set()
    for position, item in enumerate(items):
        if item in positions:
            repeated.add(item)
        else:
            positions[item] = position
    return {item: position for item, position in positions.items() if item not in repeated}


def _step_by_step(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """A common subsequence, not the longest: exact within a window that moves along both sides."""
    pairs: list[Pair] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
            continue
        within = _longest_common(old[i : i + _WINDOW], new[j : j + _WINDOW])
        # What matches near the far edge may match better with what lies beyond it.
        sure = [pair for pair in within if max(pair) < _WINDOW * 3 // 4]
        pairs.extend((i + one, j + other) for one, other in sure)
        last_old, last_new = sure[-1] if sure else (-1, -1)
        least = _WINDOW // 2 if max(last_old, last_new) < _WINDOW // 4 else 0
        i, j = i + max(last_old + 1, least), j + max(last_new + 1, least)
    return pairs
