"""What the other pages of a site tell of a page: which of its blocks stand on many of them.

A page is counted by its `Fingerprint` (see `fingerprint`), which does not depend on any knowledge,
so that counting once is enough. `count_blocks` makes of those of a site's articles a
`SiteKnowledge`, which goes back into the extraction as a value; `site_template` says what follows
from it. Both are stored by `archive.site_counts`.

A block counts by the different texts it stands in, not by pages. Of the pages with a block the
different keys are counted that each place of the sketch picks out, and the mean of the four counts
is taken, rounded down: print versions, mirrors, and one text with many place names count about
once. A place picks out its first key that does not stand on most pages itself; else short pages
would look alike for the furniture they share.
"""

from __future__ import annotations

import hashlib
import heapq
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt

MIN_TEXTS = 5
"""Different texts of a site below which nothing is known of it."""
SEVERAL = 3
"""Texts a block stands in at the least; of two others, where the page itself was counted."""
MOST = 4
"""Texts at the least where a block stands on most pages; with fewer, half of them is chance."""
MOST_KEPT = 2_000
"""Blocks known of one site at most; those on the most pages."""

_BUCKETS = 1 << 20
_WORD = (1 << 64) - 1
_ODD = 0xA0761D6478BD642F

PLACES = 4
DEPTH = 4
"""Keys in a place of a sketch."""

Sketch = tuple[int, ...]
"""`DEPTH` keys for each of the `PLACES`, those first that a permutation puts first (minhash)."""
_Picked = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    """What of one page is counted for its site."""

    keys: tuple[int, ...]
    """Of the blocks in its container, each once, ascending; 64 bits each."""
    sketch: Sketch
    """Of its main text: two pages agree in a place as likely as their blocks are the same."""


@dataclass(frozen=True, kw_only=True)
class SiteKnowledge:
    """Which blocks stand in several texts of a site, and in how many; those in few are not held."""

    texts: int
    """Different texts of the site that were counted."""
    counts: Mapping[int, int]
    """Different texts a block stands in, by its key."""

    def is_on_several(self, key: int) -> bool:
        """Whether a block stands in more texts than chance or a second use explains."""
        return self.counts.get(key, 0) >= _least(self.texts)

    def is_on_most(self, key: int) -> bool:
        """Whether a block stands in half of the site's texts or more."""
        return self.counts.get(key, 0) >= _most(self.texts)

    def digest(self) -> str:
        """`site:` and 16 hex digits over what follows for a page; part of a record's derivation.

        Not over the counts: they move with every article, what they mean seldom does.
        """
        levels = ((key, self.is_on_most(key)) for key in sorted(self.counts))
        text = " ".join(f"{key:x}{'*' if is_on_most else ''}" for key, is_on_most in levels)
        return "site:" + hashlib.sha256(text.encode()).hexdigest()[:16]


def count_blocks(pages: Callable[[], Iterable[Fingerprint]]) -> SiteKnowledge | None:
    """What the articles of a site tell together; None where that is nothing.

    `pages` gives their fingerprints, one an article, and is called thrice. Neither their order nor
    what was known before matters. Memory does not grow with the pages.
    """
    buckets = array("I", bytes(4 * _BUCKETS))
    articles = 0
    for page in pages():
        articles += 1
        for key in page.keys:
            buckets[key % _BUCKETS] += 1
    most = _most(articles)
    whole = _Texts()
    for page in pages():
        whole.add(_picked(page.sketch, buckets, most))
    texts = whole.count()
    if texts < MIN_TEXTS:
        return None
    least = _least(texts)
    often: dict[int, _Texts] = {}
    for page in pages():
        picked = _picked(page.sketch, buckets, most)
        for key in page.keys:
            if buckets[key % _BUCKETS] >= least:
                if key not in often:
                    often[key] = _Texts()
                often[key].add(picked)
    counted = ((key, found.count()) for key, found in often.items())
    known = [(key, count) for key, count in counted if count >= least]
    if not known:
        return None
    kept = heapq.nsmallest(MOST_KEPT, known, key=lambda found: (-found[1], found[0]))
    return SiteKnowledge(texts=texts, counts=dict(sorted(kept)))


def _least(texts: int) -> int:
    """In how many texts a block must stand, of `texts`.

    The root grows with the site, so that a phrase a few authors share stays theirs, and slower than
    it, so that the furniture of one department is still seen.
    """
    return max(SEVERAL, isqrt(max(texts - 1, 0)) + 1)


def _most(texts: int) -> float:
    """In how many of so many texts a block must stand to stand in most."""
    return max(MOST, texts / 2)


class _Texts:
    """How many different texts were added: exactly while few, by estimate when many.

    Holds the smallest values of each place (k minimum values): where the k-th smallest lies tells
    how dense they are. The same whatever order they come in.
    """

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held = [_Smallest() for _ in range(PLACES)]

    def add(self, picked: _Picked) -> None:
        for held, value in zip(self._held, picked, strict=True):
            if value < held.limit:
                held.add(value)

    def count(self) -> int:
        return int(sum(held.count() for held in self._held) / len(self._held))


class _Smallest:
    """The k smallest of the different values added."""

    __slots__ = ("_heap", "_members", "limit")

    _K = 256

    def __init__(self) -> None:
        self._heap: list[int] = []
        self._members: set[int] = set()
        self.limit = _WORD + 1
        """A value from here on would change nothing."""

    def add(self, value: int) -> None:
        if value in self._members:
            return
        self._members.add(value)
        if len(self._heap) < self._K:
            heapq.heappush(self._heap, -value)
        else:
            self._members.discard(-heapq.heapreplace(self._heap, -value))
        if len(self._heap) == self._K:
            self.limit = -self._heap[0]

    def count(self) -> float:
        if len(self._heap) < self._K:
            return len(self._heap)
        return (self._K - 1) * (_WORD / self.limit)


def _picked(sketch: Sketch, buckets: Sequence[int], most: float) -> _Picked:
    """The key that each place picks out, as a number that may lie anywhere in 64 bits."""
    one, two, three, four = (
        next((key for key in place if buckets[key % _BUCKETS] < most), place[-1])
        for place in (sketch[at : at + DEPTH] for at in range(0, PLACES * DEPTH, DEPTH))
    )
    return _spread(one), _spread(two), _spread(three), _spread(four)


def _spread(key: int) -> int:
    value = (key * _ODD) & _WORD
    return value ^ value >> 32
