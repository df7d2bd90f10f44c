"""The language of a page: what it declares, checked against what its text speaks.

A declaration is right on most pages, and its commonest words confirm it there at little cost; where
they do not, `language_detection` is asked. Called by `document`; `read_language` is the door.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement

from articles.function_words import STOP_WORDS
from articles.language_detection import (
    DETECTABLE,
    DETECTED_CHARACTERS,
    SpokenLanguage,
    detect_language,
    identify_language,
)
from articles.scripts import LANGUAGE_OF_SCRIPT, SCRIPT_OF_LANGUAGE, scripts_of

SAMPLE_CHARACTERS = 3000
"""How much visible text is looked at; more changes no verdict and costs time on every page."""

PLAIN_SHARE = 0.13
"""Of all words; of pages in a declared language nine in ten have more, and no language had so many
words of another by chance (0.10 at most on recorded pages)."""

PLAIN_LEAD = 1.25
"""Over the words of each language that shares many: Danish has most words of Norwegian too."""

SURE = 0.95
SURE_LETTERS = 200
"""With both a declaration is overruled: no text of so many letters was taken for another language
with more than 0.7."""

SURE_OF_NEAR = 0.97
SURE_LETTERS_OF_NEAR = 400
"""For languages that are told apart by a word here and there."""


def read_language(tree: HtmlElement, *, hint: str | None = None) -> str | None:
    """The page's language as a BCP 47 tag, or None where nothing tells.

    A declaration (html lang, then metas) stands unless the text plainly speaks another language;
    `hint`, the language of the site's profile, stands in where the page declares nothing.
    """
    declared = _declared_language(tree)
    runs = _visible_runs(tree)
    if declared is None:
        return detect_language(_even_sample(runs)) or (normalise_language(hint) if hint else None)
    if _plainly_speaks(" ".join(runs), declared):
        return declared
    sample = _even_sample(runs)
    spoken = identify_language(sample)
    return spoken.language if spoken and _contradicts(spoken, declared, sample) else declared


def normalise_language(tag: str) -> str | None:
    """`en_US` and `EN-us` as `en-US`; None where it is no language tag.

    >>> normalise_language("zh_hant_tw"), normalise_language("in"), normalise_language("English")
    ('zh-Hant-TW', 'id', None)
    """
    parts = tag.strip().split(",")[0].split(".")[0].replace("_", "-").split("-")
    primary = _OLD_CODES.get(parts[0].lower(), parts[0].lower())
    if not re.fullmatch(r"[a-z]{2,3}", primary) or primary in _NO_LANGUAGE:
        return None
    out = [primary]
    for part in parts[1:4]:
        if len(part) == 4 and part.isalpha():
            out.append(part.title())
        elif (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit()):
            out.append(part.upper())
        else:
            break
    return "-".join(out)


_OLD_CODES = {"in": "id", "iw": "he", "ji": "yi", "jp": "ja", "cn": "zh", "kr": "ko", "vn": "vi",
              "tl": "fil", "gr": "el", "cz": "cs", "ua": "uk", "dk": "da"}  # fmt: skip
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "xx", "xxx"})


def _plainly_speaks(sample: str, declared: str) -> bool:
    """Whether so many words are function words of the declared language that no other fits better.

    True for most pages, and spares them the detection.
    """
    primary = declared.split("-")[0]
    stop_words = STOP_WORDS.get(primary)
    if stop_words is None:
        return _is_in_script_of(sample, primary)
    words = sample.lower().split()
    counts = Counter(words)
    found = sum(counts[word] for word in stop_words)
    if len(words) < 60 or found <= PLAIN_SHARE * len(words):
        return False
    return all(
        found >= PLAIN_LEAD * sum(counts[word] for word in STOP_WORDS[rival])
        for rival in _RIVALS.get(primary, ())
    )


# Languages that share so many function words that one's count says little against the other.
_RIVALS: dict[str, tuple[str, ...]] = {
    language: tuple(rival for rival in group if rival != language)
    for group in (
        ("id", "ms"), ("nb", "da", "sv"), ("cs", "sk"), ("es", "pt", "ca", "ro", "it", "fr"),
        ("ru", "uk", "bg", "sr"), ("ar", "fa", "ur"),
    )
    for language in group
}  # fmt: skip


def _is_in_script_of(sample: str, language: str) -> bool:
    """Whether the letters are of a script that is written in this language alone."""
    script = SCRIPT_OF_LANGUAGE.get(language)
    if script is None or LANGUAGE_OF_SCRIPT.get(script) != language:
        return False
    scripts = scripts_of(sample)
    return scripts[script] > 0.5 * sum(scripts.values()) and not scripts["kana"]


# Languages that the detection tells apart badly, and such as count as forms of one: a declaration
# of one is never overruled by another of them.
_SAME = (
    {"nb", "nn", "no"}, {"hr", "sr", "bs", "me", "sh"}, {"id", "jv", "su", "ban", "min"},
    {"ms", "jv", "zsm"}, {"zh", "yue", "wuu"}, {"fil", "ceb", "ilo", "hil", "war"},
    {"es", "gl", "ast", "an"}, {"fa", "ckb", "ku", "prs"}, {"hi", "bh", "mai", "sa"},
)  # fmt: skip
_NEAR = (
    {"id", "ms"}, {"nb", "nn", "no", "da", "sv"}, {"cs", "sk"}, {"es", "pt", "gl", "ca"},
    {"hr", "sr", "bs", "sl", "mk"}, {"ru", "uk", "be", "bg", "mk", "sr"}, {"hi", "mr", "ne"},
    {"nl", "af"},
)  # fmt: skip


def _contradicts(spoken: SpokenLanguage, declared: str, sample: str) -> bool:
    """Whether the text plainly is in another language than the declared one."""
    language, primary = spoken.language.split("-")[0], declared.split("-")[0]
    if language == primary or any(language in group and primary in group for group in _SAME):
        return False
    confidence, needed, letters = spoken.confidence, SURE, SURE_LETTERS
    if _are_near(language, primary):
        needed, letters = SURE_OF_NEAR, SURE_LETTERS_OF_NEAR
    elif _are_near(language, spoken.second):
        # Whichever of the two it is, it is not the declared one.
        confidence += spoken.second_confidence
    if confidence < needed or spoken.letters < letters:
        return False
    own, other = _script_of(primary), _script_of(language)
    if own == other:
        return primary in DETECTABLE
    # Names in Latin letters stand in texts of all scripts.
    most = 0.25 if own == "latin" else 0.1
    scripts = scripts_of(sample)
    return scripts[own] < most * sum(scripts.values())


def _are_near(language: str, other: str) -> bool:
    return any(language in group and other in group for group in (*_NEAR, *_SAME))


def _script_of(language: str) -> str:
    return SCRIPT_OF_LANGUAGE.get(language, "latin")


_DECLARING_METAS = frozenset({"content-language", "language", "og:locale", "dc.language",
                              "dcterms.language", "page_language", "inlanguage"})  # fmt: skip


def _declared_language(tree: HtmlElement) -> str | None:
    for attribute in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
        if (tag := tree.get(attribute)) and (language := normalise_language(tag)):
            return language
    body = tree.find("body")
    if body is not None and (tag := body.get("lang")) and (language := normalise_language(tag)):
        return language
    for meta in tree.iter("meta"):
        name = meta.get("http-equiv") or meta.get("name") or meta.get("property") or ""
        if name.lower() in _DECLARING_METAS and (
            language := normalise_language(meta.get("content") or "")
        ):
            return language
    return None


_TEXT_TAGS = ("p", "li", "td", "blockquote", "div", "span", "h2", "h3", "a", "br")
_LONG_RUN = 80
_ENOUGH = 160
_LEAST_SHARE = 160


def _visible_runs(tree: HtmlElement) -> list[str]:
    """Visible text of the page: its sentences, longest first, and the rest only without them.

    Menus, and links to other articles, are often in another language than the article.
    """
    size = rest_size = 0
    sentences: list[str] = []
    rest: list[str] = []
    for text, is_link in _runs(tree):
        if _is_sentence(text := text.strip()) and not is_link:
            sentences.append(text[:SAMPLE_CHARACTERS])
            size += len(text)
            if size > SAMPLE_CHARACTERS:
                break
        elif len(text) > 25 and rest_size < SAMPLE_CHARACTERS:
            rest.append(text[:SAMPLE_CHARACTERS])
            rest_size += len(text)
    sentences.sort(key=len, reverse=True)
    return sentences if size >= _ENOUGH else [*sentences, *rest]


def _is_sentence(text: str) -> bool:
    """Whether a run is longer than what menus hold; Han and kana say as much in a third."""
    return len(text) >= (_LONG_RUN if text[len(text) // 2 :][:1] < "\u2e80" else _LONG_RUN // 3)


def _even_sample(runs: list[str]) -> str:
    """As much of every run as fits, so that one long quote is not all that is looked at."""
    share = max(_LEAST_SHARE, DETECTED_CHARACTERS // max(1, len(runs)))
    return " ".join(run[:share] for run in runs)


def _runs(tree: HtmlElement) -> Iterator[tuple[str, bool]]:
    for element in tree.iter(*_TEXT_TAGS):
        tag = element.tag
        if (text := element.text) and len(text) > 25:
            yield text, tag == "a" or (tag != "p" and _is_in_link(element))
        if (tail := element.tail) and len(tail) > 25 and tag in ("span", "a", "br"):
            yield tail, False


def _is_in_link(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "a"
