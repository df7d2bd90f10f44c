"""Which language a text is in, from its letters alone: script first, then py3langid.

py3langid was chosen over word lists of our own, which it replaced, and over the other libraries
with wheels for every Python and platform of ours; `benchmarks/README.md` has the figures. It is
loaded when the first text needs it, for that takes half a second and 90 MB: a page whose declared
language is plain from its commonest words (`language`), or whose script is written in one language
only, does without. Called by `language`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from articles.scripts import LANGUAGE_OF_SCRIPT, SCRIPT_OF_LANGUAGE, chinese_of, scripts_of

LIKELY = 0.6
"""Confidence from which a language is named; most that are wrong have less."""
LIKELY_OF_FEW = 0.8
FEW_LETTERS = 40

FEWEST_LETTERS = 10

DETECTED_CHARACTERS = 1000
"""How much of a text is looked at; from 600 on no language of ours was taken for another."""

_LANGUAGES = (
    "af", "ar", "az", "be", "bg", "bn", "ca", "cs", "cy", "da", "de", "en", "es", "et", "eu", "fa",
    "fi", "fr", "ga", "gl", "hi", "hr", "hu", "id", "is", "it", "kk", "ky", "lt", "lv", "mk", "mn",
    "mr", "ms", "ne", "nl", "no", "pl", "ps", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw",
    "tg", "tl", "tr", "uk", "ur", "uz", "vi", "zxx",
)  # fmt: skip
_OUR_TAGS = {"no": "nb", "tl": "fil"}

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
    if first == "zxx" or not _is_written_in(first, script):
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
    """The two likeliest languages with their probabilities."""
    identifier = _identifier()
    if identifier is None:
        return [("zxx", 0.0), ("zxx", 0.0)]
    ranked = identifier.rank(text)[:2]
    return [(_OUR_TAGS.get(language, language), probability) for language, probability in ranked]


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


@lru_cache(maxsize=1)
def _identifier() -> _Identifier | None:
    """None where there is no room to unpack the model: then no language is told by it."""
    from py3langid.langid import (  # type: ignore[import-untyped]  # it ships none
        MODEL_FILE,
        LanguageIdentifier,
    )

    try:
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError:
        return None
    identifier.set_languages(_LANGUAGES)
    ranking: _Identifier = identifier
    return ranking
