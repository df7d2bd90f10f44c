"""The cheap test before any line is built: in which text nodes of a page a label may stand.

`might_hold_labels` is the door for a page, `might_hold_label` that for one text. They look up words
in sets, and ask of the few texts that are left whether the words of a phrase follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles.bylines.composed_labels import BY_WORDS, is_verb, stems_of_verbs
from articles.bylines.phrases import UNSPACED, WEAK, entries_by_beginning, strip_marks
from articles.tries import trie_pattern


def might_hold_labels(pieces: Sequence[str]) -> list[int]:
    """Numbers of the texts in which a label may stand; no other holds one.

    A label may begin in one text and end in the next ("Medically reviewed" | "by"): the one that
    has the telling word counts. Called once a page over the beginnings of all its text nodes; a
    regular expression over the same text costs ten times as much.
    """
    test = _test()
    plain = _lowered(f" {_END} ".join(pieces))
    # Most texts are plain ASCII, and only the rest is asked.
    foreign = "".join([piece for piece in pieces if not piece.isascii()])
    has_unspaced = False
    if _BEYOND_EUROPE.search(foreign) is not None:
        has_unspaced = UNSPACED.search(foreign) is not None
        plain = _without_arabic_marks(plain)
    plain = _parted(plain, _SPLIT_AT if foreign else _ASCII_SPLIT_AT)
    found = _with_phrases(plain.split(), test)
    if has_unspaced:
        search = test.unspaced.search
        unspaced = [number for number, piece in enumerate(plain.split(_END)) if search(piece)]
        found = sorted({*found, *unspaced})
    return found


def might_hold_label(text: str) -> bool:
    """Whether a label may stand in one text: `might_hold_labels` without what a page costs."""
    test = _test()
    plain = _lowered(text)
    if text.isascii():
        plain = _parted(plain, _ASCII_SPLIT_AT)
    else:
        if _BEYOND_EUROPE.search(plain) is not None:
            plain = _without_arabic_marks(plain)
        plain = _parted(plain, _SPLIT_AT)
        if test.unspaced.search(plain) is not None:
            return True
    words = plain.split()
    if not words:
        return False
    is_hit = words[0] in test.first_words or not test.stems.isdisjoint(
        [word[:_STEM] for word in words]
    )
    return is_hit and test.holds_phrase(words)


_END = "\x00"
"""Stands between two texts; the parser leaves none in a page."""


def _lowered(text: str) -> str:
    return text.replace("\u0130", "i").lower()


def _without_arabic_marks(plain: str) -> str:
    return strip_marks(plain) if _ARABIC.search(plain) else plain


def _parted(plain: str, signs: Iterable[str]) -> str:
    for sign in signs:
        if sign in plain:
            plain = plain.replace(sign, " ")
    return plain


def _with_phrases(words: list[str], test: _Test) -> list[int]:
    """Numbers of the texts, each ended by `_END`, in which the words of a phrase follow."""
    found: list[int] = []
    words.append(_END)
    stems, first_words = {*test.stems, _END}, test.first_words
    number = start = 0
    is_hit = False
    for at in [at for at, word in enumerate(words) if word[:_STEM] in stems]:
        if words[at] != _END:
            is_hit = True
            continue
        if (is_hit or words[start] in first_words) and test.holds_phrase(words[start:at]):
            found.append(number)
        number += 1
        start = at + 1
        is_hit = False
    return found


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


_Index = dict[str, dict[str, list[_Phrase]]]
"""Phrases by their first word and the first letter of the next, "" where the text ends before."""


@dataclass(frozen=True)
class _Test:
    """What a text node must hold for a label to stand in it."""

    stems: frozenset[str]
    """Beginnings of words, `_STEM` letters long."""
    first_words: frozenset[str]
    """Short words that count only as the first of a node."""
    unspaced: re.Pattern[str]
    phrases: _Index
    """Phrases of several words."""
    single: dict[str, tuple[str, ...]]
    """Phrases of one word by its first letters: a value may be glued to it."""
    endings: _Index
    """What is left of phrases after their first words, as long as it has the telling word."""
    last_words: frozenset[str]
    """The same where one word is left."""
    verbs: frozenset[str]
    """Beginnings of the verbs that labels are put together from."""

    def holds_phrase(self, words: list[str]) -> bool:
        """Whether the words of a phrase follow one another in `words`."""
        if not _THANKS.isdisjoint(words) or words[0] in self.last_words:
            return True
        if words[0] in self.endings and _is_one_at(self.endings, words, 0):
            return True
        for at, word in enumerate(words):
            if word in self.phrases and _is_one_at(self.phrases, words, at):
                return True
            head = word[:_HEAD]
            if head in self.single and word.startswith(self.single[head]):
                return True
        return self._holds_composed(words)

    def _holds_composed(self, words: list[str]) -> bool:
        """Whether a verb of review and "by" stand near, or the text ends behind the verb."""
        last = len(words) - 1
        breaks_off = last if not words[last].endswith(_ADVERBS) else last - 2
        for at, word in enumerate(words):
            if word[:_STEM] not in self.verbs or not is_verb(word):
                continue
            if at >= breaks_off or not BY_WORDS.isdisjoint(words[at + 1 : at + _MOST_BETWEEN]):
                return True
        return False


def _is_one_at(index: _Index, words: list[str], at: int) -> bool:
    """Whether `words` goes on from `at` as one of the phrases that begin with the word there."""
    following = words[at + 1][0] if at + 1 < len(words) else ""
    return any(phrase.is_at(words, at) for phrase in index[words[at]].get(following, ()))


def _indexed(phrases: Iterable[_Phrase]) -> _Index:
    index: _Index = {}
    for phrase in phrases:
        first, second, *_ = phrase.words
        # Where the text ends after the first word, `is_at` says whether that is enough.
        for following in (second[0], ""):
            index.setdefault(first, {}).setdefault(following, []).append(phrase)
    return index


_STEM = 6
_MOST_BETWEEN = 5
"""Words from a verb to its "by", one more than may stand between."""
_ADVERBS = ("ly", "ment", "mente", "medical", "medis", "perubatan", "khoa", "môn", "ά", "accuracy")
"""Ends of what stands between a verb and its "by"."""
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
    phrases: set[_Phrase] = set()
    endings: set[_Phrase] = set()
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
        phrases.add(_Phrase(spelled, telling))
        endings |= {_Phrase(spelled[start:], telling - start) for start in range(1, telling + 1)}
    stems |= {word[:_STEM] for word in _THANKS} | stems_of_verbs()
    unspaced = {
        stem for stem in unspaced if not any(stem != s and stem.startswith(s) for s in unspaced)
    }
    return _Test(
        frozenset(stems),
        frozenset(first_words),
        re.compile(trie_pattern(unspaced)),
        _indexed(phrases),
        {head: tuple(held) for head, held in single.items()},
        _indexed(ending for ending in endings if len(ending.words) > 1),
        frozenset(ending.words[0] for ending in endings if len(ending.words) == 1),
        stems_of_verbs(),
    )


def _spelled(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as `might_hold_labels` parts those of a text."""
    return tuple(_parted(phrase, _SPLIT_AT).split())


_WORDS = re.compile(r"[^\W\d_]+(?:[^\W\d_]|(?<=\w)[\u0300-\u036f\u0900-\u097f])*|[\u0900-\u097f]+")
# What parts words in a label: "(Reviewed", "Updated:", "Fact-checked", "Autor*in".
_SPLIT_AT = tuple("([|:;/.,'-*\"·•●—–：\u00a0\u2019\u2010\u2011\u200c")
_ASCII_SPLIT_AT = tuple(sign for sign in _SPLIT_AT if sign.isascii())


# Of both: a page without any of these letters is spared the narrower questions.
_BEYOND_EUROPE = re.compile("[\u0600-\u1cff\u3040-\ud7ff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
