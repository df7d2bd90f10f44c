"""Credentials after a name: told by a table of letters, else by their shape after a comma."""

from __future__ import annotations

import re
from functools import lru_cache

from articles.bylines.name_words import CREDENTIALS, NOT_CREDENTIALS

_BRACKET = re.compile(r"\s*\([^()]{1,24}\)")
_CREDENTIAL_SHAPE = re.compile(
    r"(?:[A-Z][a-z]{0,4}\.?){1,8}(?:-[A-Z]{1,5}\d{0,3})*|[A-Z]\.(?:\s?[A-Z]\.)+"
)
# A stop after two capitals ends the sentence; "M.D." and "M.Kes." own theirs.
_SENTENCE_STOP = re.compile(r"[A-Z]{2}\)?\.$|[a-z][A-Z]\.$|^Sp\.[A-Z]+\.$")
_LETTERS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def is_credential(token: str, *, is_loose: bool) -> bool:
    """Whether one word is a credential; `is_loose` after a comma: any short capitals."""
    bare = _BRACKET.sub("", token).strip(" ,;*†‡")
    key = _LETTERS.sub("", bare.lower())
    if not key or key in NOT_CREDENTIALS:
        return False
    capitals = sum(1 for c in bare if c.isupper())
    if key in CREDENTIALS:
        return (
            capitals >= 2
            or (capitals == 1 and "." in bare and is_loose)
            or bare[:2] in ("Sp", "S.")
        )
    if not is_loose or capitals < 2 or len(key) > 9 or not _CREDENTIAL_SHAPE.fullmatch(bare):
        return False
    return bare.isupper() or "." in bare or capitals >= 3 or key.endswith("d")


def credentials_of(part: str) -> tuple[str, ...]:
    """The credentials of a part that holds nothing else; empty for any other part."""
    part = part.strip(" ,:;|·•–—*†‡")
    if not part or len(part) > 60:
        return ()
    whole = _BRACKET.sub("", part)
    if is_credential(part, is_loose=True) and " " not in whole.strip():
        return (neat(part),)
    words = words_with_brackets(re.sub(r"\s*[/&]\s*", " ", part))
    if words and all(is_credential(word, is_loose=len(words) < 4) for word in words):
        return tuple(neat(word) for word in words)
    return ()


def words_with_brackets(text: str) -> list[str]:
    """Words of `text`; a bracket stays with the word before it ("MT (ASCP)")."""
    words: list[str] = []
    for match in re.finditer(r"\([^()]*\)|\S+", text):
        word = match.group()
        if word.startswith("(") and words:
            words[-1] += " " + word
        else:
            words.append(word)
    return words


def neat(credential: str) -> str:
    """A credential without the signs round it; the full stop of a sentence goes, its own stays.

    >>> [neat(token) for token in ("MD.", "Ph.D.", "Sp.PD.")]
    ['MD', 'Ph.D.', 'Sp.PD']
    """
    credential = credential.strip(" ,;*†‡")
    return credential[:-1] if _SENTENCE_STOP.search(credential) else credential
