"""Which language a text is in, from its letters alone: script first, then CLD3.

CLD3 was chosen over word lists of our own, which it replaced, and over the other libraries with
wheels for every Python and platform of ours; `benchmarks/README.md` has the figures. It is a small
network over letters that needs one megabyte and a tenth of a millisecond, and it is given at most
`DETECTED_CHARACTERS` of a page. Called by `language`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from articles.scripts import LANGUAGE_OF_SCRIPT, SCRIPT_OF_LANGUAGE, chinese_of, scripts_of

LIKELY = 0.7
"""Confidence from which a language is named; most that are wrong have less."""
LIKELY_OF_FEW = 0.98
FEW_LETTERS = 60

FEWEST_LETTERS = 10

# A few words of Croatian, Portuguese, Turkish or Indonesian are easily taken for these.
_FOUND_IN_OTHERS = frozenset(("sl", "gl", "az", "ms"))

DETECTED_CHARACTERS = 1000
"""How much of a text is looked at; from 600 on no language of ours was taken for another."""

_LANGUAGES = (
    "af", "ar", "az", "be", "bg", "bn", "ca", "cs", "cy", "da", "de", "en", "es", "et", "eu", "fa",
    "fi", "fr", "ga", "gl", "hi", "hr", "hu", "id", "is", "it", "kk", "ky", "lt", "lv", "mk", "mn",
    "mr", "ms", "ne", "nl", "no", "pl", "ps", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw",
    "tg", "tl", "tr", "uk", "ur", "uz", "vi", "zxx",
)  # fmt: skip
_OUR_TAGS = {"no": "nb", "tl": "fil", "iw": "he"}

DETECTABLE = (
    frozenset(_OUR_TAGS.get(language, language) for language in _LANGUAGES)
    | frozenset(LANGUAGE_OF_SCRIPT.values())
    | {"ja"}
) - {"zxx"}
"""Small languages are left out where they are too easily found in short texts of large ones."""


@dataclass(frozen=True, kw_only=True)
class SpokenLanguage:
    language: str
    confidence: float
    letters: int
    """By which it was told."""
    second: str = ""
    second_confidence: float = 0.0


def detect_language(text: str) -> str | None:
    """The language of a text from about a sentence on, or None where it is unclear."""
    spoken = identify_language(text)
    if spoken is None:
        return None
    if spoken.letters < FEW_LETTERS and spoken.language in _FOUND_IN_OTHERS:
        return None
    needed = LIKELY if spoken.letters >= FEW_LETTERS else LIKELY_OF_FEW
    return spoken.language if spoken.confidence >= needed else None


def identify_language(text: str) -> SpokenLanguage | None:
    """The likeliest language of a text; None for too few letters and for no language at all."""
    text = text[:DETECTED_CHARACTERS]
    scripts = scripts_of(text)
    letters = sum(scripts.values())
    if letters < FEWEST_LETTERS:
        return None
    if scripts["kana"] > 0.05 * letters:
        return SpokenLanguage(language="ja", confidence=1.0, letters=letters)
    script, count = scripts.most_common(1)[0]
    if count < 0.4 * letters:
        return None
    if only := LANGUAGE_OF_SCRIPT.get(script):
        language = chinese_of(text) if only == "zh" else only
        return SpokenLanguage(language=language, confidence=1.0, letters=letters)
    (first, confidence), (second, second_confidence) = _ranked(
        text if script == "latin" else _LATIN.sub(" ", text)
    )
    if first not in DETECTABLE or not _is_written_in(first, script):
        return None
    return SpokenLanguage(
        language=first,
        confidence=confidence,
        letters=letters,
        second=second,
        second_confidence=second_confidence,
    )


# Names of medicines and brands in a text of another script.
_LATIN = re.compile("[A-Za-z]+")


def _is_written_in(language: str, script: str) -> bool:
    return script == SCRIPT_OF_LANGUAGE.get(language, "latin") or (language, script) in (
        ("sr", "latin"), ("az", "cyrillic"), ("uz", "cyrillic"), ("az", "arabic"),
    )  # fmt: skip


def _ranked(text: str) -> list[tuple[str, float]]:
    """The two likeliest languages with their probabilities.

    A long text is asked in pieces, so that a quote in another language does not speak for it.
    """
    pieces = [text[at : at + _PIECE] for at in range(0, max(len(text) - _PIECE // 2, 1), _PIECE)]
    letters: dict[str, int] = {}
    surest: dict[str, float] = {}
    for piece in pieces if len(pieces) >= _FEWEST_PIECES else ():
        language, probability = _told(piece)
        if probability >= _COUNTS:
            letters[language] = letters.get(language, 0) + len(piece)
            surest[language] = max(surest.get(language, 0.0), probability)
    language, probability = _told(text)
    if letters and max(letters, key=letters.__getitem__) != language:
        language = max(letters, key=letters.__getitem__)
        share = letters[language] / len(text)
        probability = surest[language] if share > 0.5 else share
    ranked = [(language, probability)]
    ranked += [(_NEAREST[language], 1.0 - probability)] if language in _NEAREST else [("zxx", 0.0)]
    return ranked


_PIECE = 200
"""Characters."""
_FEWEST_PIECES = 4
_COUNTS = 0.5
"""Probability from which a piece of a text says in which language the text is."""
# CLD3 divides its probability between two languages that differ by a word here and there.
_NEAREST = {"id": "ms", "ms": "id", "nb": "da", "da": "nb", "cs": "sk", "sk": "cs"}
_ONE = frozenset(("hr", "bs"))


def _told(text: str) -> tuple[str, float]:
    found = _identifier().FindLanguage(text)
    language, _, script = found.language.partition("-")
    if script == "Latn" or language == "und":
        return "zxx", found.probability
    if language in _ONE:
        return "hr", max(found.probability, 0.99 if found.is_reliable else 0.0)
    return _OUR_TAGS.get(language, language), found.probability


class _Found(Protocol):
    language: str
    probability: float
    is_reliable: bool


class _Identifier(Protocol):
    def FindLanguage(self, text: str) -> _Found: ...  # noqa: N802  # the library's name


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    import gcld3  # type: ignore[import-untyped]  # it ships none

    identifier: _Identifier = gcld3.NNetLanguageIdentifier(10, 4 * DETECTED_CHARACTERS)
    return identifier
