"""The one analyser that text and query pass before the full text index, which splits at spaces.

FTS5's unicode61 takes a Thai sentence for one word. So scripts written without spaces are parted
here, on two levels at once:

* words, by ICU's dictionaries, with U+200B (zero width space) between them;
* pieces (a Han character, a Thai, Lao, Khmer or Burmese cluster), with U+200C inside a word.

The view `search_source` makes two columns of it. Words alone would be precise but lose much: ICU
keeps 高血压 whole, so 血压 would not find it, and it parts drug names it does not know differently
in every sentence (19 of 120 Thai drug names were lost). Pieces alone find all, and for short words
far too much. Everything else stays as it is: unicode61 folds case and accents, the view folds đ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

WORD_BREAK = "\u200b"
PIECE_BREAK = "\u200c"
PLAIN = "plain/1"
"""The name of what is done to text without such a script: the same under every analyser."""

_THAI_LAO = "\u0e00-\u0e4f\u0e5a-\u0eff"
_BURMESE = "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"
_KHMER = "\u1780-\u17ff"
_KANA = "\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
UNSPACED = _THAI_LAO + _BURMESE + _KHMER + _KANA + _HAN
"""Characters of scripts written without spaces, as the inside of a regular expression class."""

_RUN = re.compile(f"[{UNSPACED}]+")
# Seen by no reader, and they would split a word in two or make two spellings of one.
_INVISIBLE = re.compile("[\u00ad\u200c\u200d\u2060\ufeff]")
# Full and half width forms (ＣＯＶＩＤ, ｶﾞﾝ) and the ligatures of typeset Latin (ﬁ).
_COMPATIBLE = re.compile("[\ufb00-\ufb06\uff01-\uffee]+")
# Two ways to type one Thai or Lao vowel; most keyboards give the second of each pair.
_VOWELS = (("\u0e4d\u0e32", "\u0e33"), ("\u0ecd\u0eb2", "\u0eb3"), ("\u0e40\u0e40", "\u0e41"))

_STACKERS = "\u1039\u17d2"  # the next consonant stands under this one
_MARKS = "".join(
    mark
    for mark in map(chr, (*range(0x0E31, 0x1100), *range(0x17B4, 0x17DE), 0x3099, 0x309A))
    if mark not in _STACKERS and unicodedata.category(mark) in {"Mn", "Mc"}
)
# A vowel before its consonant, the consonant with all that stands on it, a vowel after it. Where a
# piece ends is seen from its own characters, so a word has the same pieces in every sentence.
_PIECE = re.compile(
    f"[\u0e40-\u0e44\u0ec0-\u0ec4]?.(?:[{_STACKERS}].|[{_MARKS}])*"
    "[\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3]*",
    re.DOTALL,
)

Parting = Callable[[Sequence[str]], Iterator[list[str]]]
"""Gives the words of each of some runs of unspaced script, in order."""


@dataclass(frozen=True, kw_only=True)
class Analyser:
    """A way to part words, with the name by which the index knows it."""

    name: str
    part: Parting

    def analyse(self, text: str) -> str:
        """`text` as the index takes it in; the same text where there is nothing to do.

        >>> CHARACTERS.analyse("covid疫苗").split(WORD_BREAK)
        ['covid', '疫', '苗', '']
        """
        if text.isascii():
            return text
        text = normalise(text)
        runs = _RUN.findall(text)
        if not runs:
            return text
        # All runs of a text in one call: setting up a break iterator costs more than a sentence.
        parted = self.part(runs)
        return _RUN.sub(lambda _: _join(next(parted)), text)

    def name_for(self, *texts: str) -> str:
        """The name to store with texts it analysed: `PLAIN` where none is of an unspaced script."""
        return self.name if any(map(is_unspaced, texts)) else PLAIN


@lru_cache(maxsize=1)
def best_analyser() -> Analyser:
    """The one with ICU's dictionaries where icu4py can be imported, else `CHARACTERS`."""
    try:
        from icu4py import icu_version
    except ImportError:
        return CHARACTERS
    # ICU's dictionaries change between its versions, and with them the words.
    return Analyser(name=f"icu-{icu_version.split('.')[0]}/1", part=_into_words)


def normalise(text: str) -> str:
    """NFC, without invisible characters, one form for each letter; words are not parted yet."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    for other, usual in _VOWELS:
        text = text.replace(other, usual)
    return text


def is_unspaced(text: str) -> bool:
    """Whether `text` has a character of a script written without spaces."""
    return not text.isascii() and _RUN.search(text) is not None


def pieces_of(run: str) -> list[str]:
    """The pieces of a run of unspaced script.

    >>> pieces_of("血压"), len(pieces_of("เบาหวาน"))
    (['血', '压'], 4)
    """
    return _PIECE.findall(run)


def is_telling(run: str) -> bool:
    """Whether a run is long enough to be looked for piece by piece.

    One Thai cluster is the beginning of a hundred other words (ตา, eye, of ตาม, along), while a
    single Han character is a word.
    """
    if re.search(f"[{_HAN}]", run):
        return True
    return len(pieces_of(run)) >= (3 if re.search(f"[{_THAI_LAO}]", run) else 2)


def _join(words: list[str]) -> str:
    inner = WORD_BREAK.join(PIECE_BREAK.join(pieces_of(word)) for word in words)
    return f"{WORD_BREAK}{inner}{WORD_BREAK}"


def _into_words(runs: Sequence[str]) -> Iterator[list[str]]:
    """Words by ICU's dictionaries; a line feed always stands between two, so one pass does."""
    from icu4py.breakers import WordBreaker

    words: list[str] = []
    for word in WordBreaker("\n".join(runs), "en"):
        if word == "\n":
            yield words
            words = []
        else:
            words.append(word)
    yield words


def _into_pieces(runs: Sequence[str]) -> Iterator[list[str]]:
    return (pieces_of(run) for run in runs)


CHARACTERS = Analyser(name="characters/1", part=_into_pieces)
"""What is left without ICU: every piece counts as a word."""
