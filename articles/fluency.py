"""How much a text reads as some language, as a number: for telling right characters from wrong.

Text that was decoded in a wrong encoding has letters of the wrong script, rare characters, or
accents that the language of its words does not know. Called by `legacy_charsets`.
"""

from __future__ import annotations

import unicodedata

from articles.function_words import function_words
from articles.scripts import scripts_of


def fluency(text: str) -> float:
    """About the share of words or characters that are the commonest of some language: 0.15 to 0.5
    for running text, near nothing for letters that were read wrongly."""
    scripts = scripts_of(text)
    if sum(scripts.values()) < 20:
        return 0.0
    script = scripts.most_common(1)[0][0]
    if scripts["kana"] + scripts["hangul"] + scripts["han"] > 0.5 * sum(scripts.values()):
        found = _share(text, _COMMON_EAST_ASIAN)
    elif script == "thai":
        found = 3 * sum(text.count(word) * len(word) for word in _COMMON_THAI) / len(text)
    else:
        found = _word_share(text, script)
    return found * max(0.0, 1 - 4 * _strange_share(text))


# What the commonest words of each language are written with besides a to z.
_ACCENTS = {
    "en": "éïè", "es": "áéíñóúü", "fr": "àâæçéèêëîïôœùûüÿ", "de": "äöüß", "it": "àèéìòù",
    "pt": "ãõáâàéêíóôúçü", "nl": "éëïóèöü", "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "ro": "ăâîșşțţ", "sv": "åäöé", "da": "æøåé",
    "nb": "æøåéòô", "fi": "äöåšž", "tr": "çğıöşüâîûi̇", "id": "é", "ms": "é", "fil": "ñ",
    "hr": "čćđšž", "lt": "ąčęėįšųūž", "et": "äöüõšž", "lv": "āčēģīķļņšūž", "ca": "àçéèíïóòúü·",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơư",
}  # fmt: skip
_COMMON_EAST_ASIAN = frozenset(
    "的一是不了在有人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可"
    "主发發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經和与與或及其等病"
    "のにはをたがでてとしれさいるなもかすこりらまっ"
    "이다는을의에가고하지를로서한도기은어나리스사자인시있으수"
)
_COMMON_THAI = ("การ", "ที่", "และ", "ของ", "เป็น", "ใน", "ให้", "ได้", "มี", "จะ", "ไม่", "ว่า")


def _share(text: str, common: frozenset[str]) -> float:
    letters = [character for character in text if character.isalpha()]
    return sum(character in common for character in letters) / max(1, len(letters))


def _word_share(text: str, script: str) -> float:
    words = text.lower().split()
    most, language = max(
        (sum(map(common.__contains__, words)), language)
        for language, common in function_words(script).items()
    )
    share = most / max(1, len(words))
    if script != "latin":
        return share
    beyond = [character for character in text.lower() if character > "\x7f" and character.isalpha()]
    known = sum(
        character in _ACCENTS[language] or (language == "vi" and "\u1ea0" <= character <= "\u1ef9")
        for character in beyond
    )
    # One letter of a foreign name must not count for nothing, many of them must.
    return share * float((known + 1) / (len(beyond) + 1)) ** 4


def _strange_share(text: str) -> float:
    """Characters no text holds, and letters of another script within a word."""
    strange = 0
    before = ""
    for character in text:
        if character > "\x7f":
            category = unicodedata.category(character)
            if category in ("Cc", "Co", "Cn", "Cs") or "\u2500" <= character <= "\u259f":
                strange += 1
            elif before.isascii() and before.isalpha() and character > "\u036f":
                # Latin letters go on in other letters only where bytes were read wrongly.
                strange += category[0] == "L" and not "\u1e00" <= character <= "\u1eff"
            elif category[0] == "S":
                strange += 1
        before = character
    return strange / len(text)
