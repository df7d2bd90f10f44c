"""What the other pages of a site tell of a page: which of its blocks stand on many of them.

A page is counted by its `Fingerprint` (see `fingerprint`), which does not depend on any knowledge,
so that counting once is enough. `count_blocks` makes of those of a site's articles a
`SiteKnowledge`, which goes back into the extraction as a value; `site_template` says what follows
from it. Both are stored by `archive.site_counts`.

A block counts by the different texts it stands in, not by pages: of the pages with a block the
different minima are counted in each place of the sketch, and the mean of the four counts is taken,
rounded down. So print versions, mirrors, and one text with many place names count about once. (The
least of the four would count short pages with one long box once as well, where the box happens to
be their minimum.)
"""

from __future__ import annotations

import hashlib
import heapq
from array import array
from collections.abc import Callable, Iterable, Mapping
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
_ODD = 0xD6E8FEB86659FD93

Sketch = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    """What of one page is counted for its site."""

    keys: tuple[int, ...]
    """Of the blocks in its container, each once, ascending; 64 bits each."""
    sketch: Sketch
    """Of its main text: two pages agree in each place as likely as their blocks are the same."""


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
        return self.counts.get(key, 0) >= max(MOST, self.texts / 2)

    def digest(self) -> str:
        """`site:` and 16 hex digits over what follows for a page; part of a record's derivation.

        Not over the counts: they move with every article, what they mean seldom does.
        """
        levels = ((key, self.is_on_most(key)) for key in sorted(self.counts))
        text = " ".join(f"{key:x}{'*' if is_on_most else ''}" for key, is_on_most in levels)
        return "site:" + hashlib.sha256(text.encode()).hexdigest()[:16]


def count_blocks(pages: Callable[[], Iterable[Fingerprint]]) -> SiteKnowledge | None:
    """What the articles of a site tell together; None where that is nothing.

    `pages` gives their fingerprints, one an article, and is called twice. Neither their order nor
    what was known before matters. Memory does not grow with the pages.
    """
    buckets = array("I", bytes(4 * _BUCKETS))
    sketches = _Texts()
    for page in pages():
        sketches.add(_spread(page.sketch))
        for key in page.keys:
            buckets[key % _BUCKETS] += 1
    texts = sketches.count()
    if texts < MIN_TEXTS:
        return None
    least = _least(texts)
    often: dict[int, _Texts] = {}
    for page in pages():
        spread = _spread(page.sketch)
        for key in page.keys:
            if buckets[key % _BUCKETS] >= least:
                if key not in often:
                    often[key] = _Texts()
                often[key].add(spread)
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


class _Texts:
    """How many different texts were added: exactly while few, by estimate when many.

    Holds the smallest values of each of the four minima (k minimum values): where the k-th smallest
    lies tells how dense they are. The same whatever order they come in.
    """

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held = [_Smallest() for _ in range(4)]

    def add(self, spread: Sketch) -> None:
        for held, value in zip(self._held, spread, strict=True):
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


def _spread(sketch: Sketch) -> Sketch:
    """A sketch with its minima, small by nature, anywhere among the numbers of 64 bits."""
    one, two, three, four = ((value * _ODD) & _WORD for value in sketch)
    return one ^ one >> 32, two ^ two >> 32, three ^ three >> 32, four ^ four >> 32
