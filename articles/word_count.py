"""How many words a text has, also where the script writes no spaces between them."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")

# Wider than both: two ranges, which no punctuation of other scripts stands in.
_SPACELESS_OR_DENSE = re.compile("[\u0e00-\u17ff\u3040-\ufaff]")


def count_words(text: str) -> int:
    """Words of a text. Han and kana count as two letters a word, Thai and its kin as five.

    >>> count_words("Drink 2 litres a day."), count_words("健康")
    (5, 1)
    """
    signs = _beyond_ascii(text)
    if _SPACELESS_OR_DENSE.search(signs) is None:
        return _count_spaced(text, signs)
    dense = sum(map(len, _DENSE.findall(text)))
    spaceless = sum(map(len, _SPACELESS.findall(text)))
    rest = _SPACELESS.sub(" ", _DENSE.sub(" ", text))
    return len(_WORD.findall(rest)) + (dense + 1) // 2 + (spaceless + 4) // 5


_ASCII = bytes(range(128))
_MOST_SIGNS = 32
"""Different ones; each is looked for in the whole text."""
_LETTER_OR_SPACE = bytes(
    ord("a" if code < 128 and _WORD.match(chr(code)) else " ") for code in range(256)
)


def _beyond_ascii(text: str) -> str:
    strange = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return strange.decode("utf-8", "surrogatepass")


def _count_spaced(text: str, signs: str) -> int:
    """What `_WORD` finds, at a third of its cost where few `signs` beyond ASCII are in the text."""
    different = set(signs) if len(signs) * 16 < len(text) else None
    if different is None or len(different) > _MOST_SIGNS:
        return len(_WORD.findall(text))
    for sign in different:
        text = text.replace(sign, "a" if _WORD.match(sign) else " ")
    letters = b" " + text.encode("ascii").translate(_LETTER_OR_SPACE)
    return letters.count(b" a")
