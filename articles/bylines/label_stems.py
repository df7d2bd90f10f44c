"""The cheap test before any line is built: in which text nodes of a page a label may stand.

`might_hold_labels` is the door. It looks up words in sets, and asks of the few texts that are left
whether the words of a phrase follow one another there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles.bylines.phrases import UNSPACED, WEAK, entries_by_beginning, strip_marks
from articles.tries import trie_pattern


def might_hold_labels(pieces: Sequence[str]) -> list[int]:
    """Numbers of the texts in which a label may stand; no other holds one.

    A label may begin in one text and end in the next ("Medically reviewed" | "by"): the one that
    has the telling word counts. Called once a page over the beginnings of all its text nodes; a
    regular expression over the same text costs ten times as much.
    """
    test = _test()
    plain = f" {_END} ".join(pieces).replace("\u0130", "i").lower()
    has_unspaced = False
    if _BEYOND_EUROPE.search(plain) is not None:
        has_unspaced = UNSPACED.search(plain) is not None
        if _ARABIC.search(plain):
            plain = strip_marks(plain)
    for sign in _SPLIT_AT:
        if sign in plain:
            plain = plain.replace(sign, " ")
    found = list(_with_phrases(plain.split(), test))
    if has_unspaced:
        search = test.unspaced.search
        unspaced = [number for number, piece in enumerate(plain.split(_END)) if search(piece)]
        found = sorted({*found, *unspaced})
    return found


_END = "\x00"
"""Stands between two texts; the parser leaves none in a page."""


def _with_phrases(words: list[str], test: _Test) -> Iterator[int]:
    """Numbers of the texts in which the words of a phrase follow one another."""
    stems, first_words = test.stems, test.first_words
    # Each word of the page is looked up once, and texts without a telling one are passed over.
    telling = {word for word in set(words) if word[:_STEM] in stems}
    marks = telling | {_END}
    number = start = 0
    is_hit = False
    for at in [*(at for at, word in enumerate(words) if word in marks), len(words)]:
        if at < len(words) and words[at] != _END:
            is_hit = True
            continue
        is_hit = start < at and (is_hit or words[start] in first_words)
        if is_hit and test.holds_phrase(words[start:at]):
            yield number
        number += 1
        start = at + 1
        is_hit = False


@dataclass(frozen=True)
class _Phrase:
    words: tuple[str, ...]
    telling: int
    """Number of the word by which the phrase is found."""

    def is_at(self, words: list[str], at: int) -> bool:
        """Whether `words` goes on from `at` as this phrase does, or breaks off in its midst."""
        last = len(self.words) - 1
        for number, wanted in enumerate(self.words):
            place = at + number
            if place == len(words):
                return number > self.telling
            word = words[place]
            # "Reviewed AtAugust": a value may be glued to the phrase. The text itself may be cut.
            is_cut = place == len(words) - 1 and wanted.startswith(word)
            if word != wanted and not (number == last and word.startswith(wanted)) and not is_cut:
                return False
        return True


@dataclass(frozen=True)
class _Test:
    """What a text node must hold for a label to stand in it."""

    stems: frozenset[str]
    """Beginnings of words, `_STEM` letters long."""
    first_words: frozenset[str]
    """Short words that count only as the first of a node."""
    unspaced: re.Pattern[str]
    phrases: dict[str, tuple[_Phrase, ...]]
    """Phrases of several words by the first."""
    single: dict[str, tuple[str, ...]]
    """Phrases of one word by its first letters: a value may be glued to it."""
    endings: dict[str, tuple[_Phrase, ...]]
    """What is left of phrases after their first words, as long as it has the telling word."""

    def holds_phrase(self, words: list[str]) -> bool:
        """Whether the words of a phrase follow one another in `words`."""
        if not _THANKS.isdisjoint(words):
            return True
        if any(ending.is_at(words, 0) for ending in self.endings.get(words[0], ())):
            return True
        for at, word in enumerate(words):
            if word in self.phrases and any(p.is_at(words, at) for p in self.phrases[word]):
                return True
            head = word[:_HEAD]
            if head in self.single and word.startswith(self.single[head]):
                return True
        return False


_STEM = 6
_HEAD = 4
# Sentences of thanks name reviewers without a label (`grammar`).
_THANKS = frozenset({"thanks", "thank", "grateful"})
# Words of phrases that stand in every other sentence of a health page: never what tells a phrase.
_COMMON = frozenset(
    """
    medica médica medizi medycz articl artícu artike conten conteú inform health expert doctor
    physic public websit clinic clínic editor versió based- evidence scient langua englis board
    intern intell profes médico médica medico genera create diete artigo with this check using
    video team page blog data contro provid nutrit latest curren dental images image recent
    qualit partne financ contra
    """.split()  # noqa: SIM905
)


@lru_cache(maxsize=1)
def _test() -> _Test:
    stems, first_words, unspaced = set(), set(), set()
    phrases: dict[str, set[_Phrase]] = {}
    endings: dict[str, set[_Phrase]] = {}
    single: dict[str, set[str]] = {}
    for entry in (entry for entries in entries_by_beginning().values() for entry in entries):
        if UNSPACED.search(entry.text):
            word = next(w for w in entry.text.split() if UNSPACED.search(w))
            unspaced.add(word[:3])
            continue
        if "trap" in entry.kinds:
            continue
        words = _WORDS.findall(entry.text)
        longest = max(words, key=lambda word: (word[:_STEM] not in _COMMON, len(word)))
        if (
            len(longest) < 4
            or longest[:_STEM] in _COMMON
            or (entry.text in WEAK and len(longest) < 5)
        ):
            longest = words[0]
            first_words.add(longest)
        else:
            stems.add(longest[:_STEM])
        spelled = _spelled(entry.text)
        telling = next(n for n, word in enumerate(spelled) if longest in word)
        if len(spelled) == 1:
            single.setdefault(spelled[0][:_HEAD], set()).add(spelled[0])
            continue
        phrases.setdefault(spelled[0], set()).add(_Phrase(spelled, telling))
        for start in range(1, telling + 1):
            rest = _Phrase(spelled[start:], telling - start)
            endings.setdefault(rest.words[0], set()).add(rest)
    stems |= {word[:_STEM] for word in _THANKS}
    unspaced = {
        stem for stem in unspaced if not any(stem != s and stem.startswith(s) for s in unspaced)
    }
    return _Test(
        frozenset(stems),
        frozenset(first_words),
        re.compile(trie_pattern(unspaced)),
        {head: tuple(held) for head, held in phrases.items()},
        {head: tuple(held) for head, held in single.items()},
        {head: tuple(held) for head, held in endings.items()},
    )


def _spelled(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as `might_hold_labels` parts those of a text."""
    for sign in _SPLIT_AT:
        phrase = phrase.replace(sign, " ")
    return tuple(phrase.split())


_WORDS = re.compile(r"[^\W\d_]+(?:[^\W\d_]|(?<=\w)[\u0300-\u036f\u0900-\u097f])*|[\u0900-\u097f]+")
# What parts words in a label: "(Reviewed", "Updated:", "Fact-checked", "Autor*in".
_SPLIT_AT = tuple("([|:;/.,'-*\"·•●—–：\u00a0\u2019\u2010\u2011\u200c")


# Of both: a page without any of these letters is spared the narrower questions.
_BEYOND_EUROPE = re.compile("[\u0600-\u1cff\u3040-\ud7ff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
