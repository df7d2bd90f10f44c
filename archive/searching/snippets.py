"""The piece of a text that shows why it was found, with the places of the words that were sought.

It works on the raw text, not on the index: accents are ignored the way the index ignores them, and
what comes out holds no separator of ours. Marks are offsets, so that each caller can write bold,
`<mark>` or JSON of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.searching.analyser import UNSPACED, is_unspaced
from archive.searching.query import Needle

_WIDTH = 240
_WIDTH_UNSPACED = 120
"""A Han character is twice as wide, and says more."""
# A hit past this place is not shown; the longest real article is a tenth of it.
_SEARCHED_CHARACTERS = 500_000

_LETTER = "[^\\W_]"
_SPACED_LETTER = f"[^\\W_{UNSPACED}]"
# Marks that unicode61 keeps inside a word: accents, Hebrew and Arabic points, Indic vowel signs.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff"
_WORDS = re.compile(f"[{UNSPACED}]+|(?:{_SPACED_LETTER}|[{_MARKS}])+")
_IGNORED = "[\u0300-\u036f\u00ad\u200b-\u200d\u2060]*"
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A text with the places of the sought words in it."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    """(start, end) in characters, in order, never overlapping."""

    def parts(self) -> Iterator[tuple[str, bool]]:
        """The text cut into pieces, each with whether it is one of the sought words."""
        at = 0
        for start, end in self.marks:
            if start > at:
                yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        if at < len(self.text):
            yield self.text[at:], False


class Highlighter:
    """Finds the words of one query in texts."""

    def __init__(self, needles: Sequence[Needle]) -> None:
        patterns = [pattern for needle in needles if (pattern := _pattern(needle))]
        # The longest first, so that a phrase wins over one of its words.
        patterns.sort(key=len, reverse=True)
        self._pattern = re.compile("|".join(f"({one})" for one in patterns)) if patterns else None

    def mark(self, text: str) -> Marked:
        """The whole of a short text, a title."""
        text = _tidy(text)
        return Marked(text=text, marks=tuple((start, end) for start, end, _ in self._find(text)))

    def snippet(self, text: str) -> Marked:
        """The part of `text` that holds the most of the sought words; else its beginning."""
        found = self._find(text[:_SEARCHED_CHARACTERS])
        centre = found[0][0] if found else 0
        width = _WIDTH_UNSPACED if is_unspaced(text[max(0, centre - 20) : centre + 40]) else _WIDTH
        start, end = _cut(text, _best_start(found, width), width)
        lead = "… " if start > 0 else ""
        trail = " …" if end < len(text) else ""
        return self.mark(f"{lead}{text[start:end]}{trail}")

    def _find(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, number of the needle) of each place, in order."""
        if self._pattern is None:
            return []
        return [
            (match.start(), match.end(), match.lastindex or 0)
            for match in self._pattern.finditer(fold(text))
        ]


def fold(text: str) -> str:
    """`text` in lower case without accents, of the same length, as unicode61 and our view fold it.

    >>> fold("Bệnh TIỂU Đường")
    'benh tieu duong'
    """
    return text.lower() if text.isascii() else text.translate(_FOLDED)


class _Folding(dict[int, str]):
    """Filled as characters come by: a table of all of Unicode would take a second to make."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_FOLDED = _Folding({ord("đ"): "d", ord("Đ"): "d"})


def _fold_character(character: str) -> str:
    if "\uff01" <= character <= "\uff5e":
        character = chr(ord(character) - 0xFEE0)
    base = unicodedata.normalize("NFD", character)[0]
    # unicode61 takes accents off Latin letters only: й is not и.
    folded = (base if base.isascii() else character).lower()
    return folded if len(folded) == 1 else character


def _pattern(needle: Needle) -> str:
    """The regular expression of a needle over folded text."""
    words = _WORDS.findall(fold(needle.text))
    if not words:
        return ""
    pattern = _letters(words[0])
    for before, word in pairwise(words):
        # Between two scripts there may be a space or not: covid疫苗, covid 疫苗.
        between = "*" if is_unspaced(before) or is_unspaced(word) else "+"
        pattern += f"(?:[\\W_]{between}){_letters(word)}"
    if not is_unspaced(words[0]):
        pattern = f"(?<!{_SPACED_LETTER}){pattern}"
    if not is_unspaced(words[-1]):
        pattern += f"{_SPACED_LETTER}*" if needle.is_prefix else f"(?!{_SPACED_LETTER})"
    return pattern


def _letters(word: str) -> str:
    return "".join(re.escape(letter) + _IGNORED for letter in word)


def _best_start(found: Sequence[tuple[int, int, int]], width: int) -> int:
    """Where the window begins: the first that holds the most different words, then most words."""
    best, best_start = (0, 0), 0
    end = 0
    for first in range(len(found)):
        end = max(end, first)
        while end < len(found) and found[end][1] <= found[first][0] + width * 3 // 4:
            end += 1
        worth = (len({number for _, _, number in found[first:end]}), end - first)
        if worth > best:
            best, best_start = worth, found[first][0]
    return max(0, best_start - width // 4)


def _cut(text: str, start: int, width: int) -> tuple[int, int]:
    """The window, moved to the ends of words where they are near."""
    if start > 0:
        space = re.compile(r"\s").search(text, start, start + width // 4)
        start = space.end() if space else start
    end = min(len(text), start + width)
    if end < len(text):
        space_before = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = space_before if space_before > end - width // 4 else end
    return start, end


def _tidy(text: str) -> str:
    return " ".join(_INVISIBLE.sub("", text).split())
