"""How many words a text has, also where the script writes no spaces between them."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")


def count_words(text: str) -> int:
    """Words of a text. Han and kana count as two letters a word, Thai and its kin as five.

    >>> count_words("Drink 2 litres a day."), count_words("健康")
    (5, 1)
    """
    if text.isascii():
        return len(_WORD.findall(text))
    dense = sum(map(len, _DENSE.findall(text)))
    spaceless = sum(map(len, _SPACELESS.findall(text)))
    rest = _SPACELESS.sub(" ", _DENSE.sub(" ", text))
    return len(_WORD.findall(rest)) + (dense + 1) // 2 + (spaceless + 4) // 5
