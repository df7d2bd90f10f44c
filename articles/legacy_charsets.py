"""Which encoding from before Unicode a page is in, where its declarations are missing or wrong.

In most of them every byte means something, so validity alone tells little: of the encodings in
which the bytes are valid, it is the one in which the text reads as a language. Called by `decoding`
for pages that are not UTF-8.
"""

from __future__ import annotations

import re

from articles.double_encoding import WINDOWS_SIGNS
from articles.fluency import fluency
from articles.normal_form import composed

READS_WELL = 0.1
"""Fluency from which a declared charset is believed without a look at the others; pages in the
right charset have 0.2 and more."""
SAMPLE_BYTES = 4000
_SEARCHED_BYTES = 500_000

# Of equals the first: the commonest on the web stand first.
_CANDIDATES = (
    "cp1252", "cp1251", "gb18030", "cp932", "cp949", "big5hkscs", "cp1250", "iso8859-2", "cp1254",
    "cp1256", "cp874", "cp1253", "iso8859-7", "cp1255", "koi8-u", "euc_jp", "cp1257", "iso8859-5",
    "cp1258", "cp866", "iso8859-4", "iso8859-6",
)  # fmt: skip


def choose_legacy_charset(body: bytes, declared: tuple[str, ...]) -> str:
    """The declared charset in which the bytes are valid and read well, else the likeliest one."""
    named = tuple(dict.fromkeys(name for name in declared if not name.startswith("utf")))
    sample = _sample(body)
    valid = [name for name in named if _is_valid(sample, name)]
    for charset in valid:
        if fluency(legacy_text(sample, charset)) >= READS_WELL:
            return charset
    best, most = (valid or named or ("cp1252",))[0], 0.0
    for charset in dict.fromkeys((*named, *_CANDIDATES)):
        if _is_valid(sample, charset):
            found = fluency(legacy_text(sample, charset)) * (1.2 if charset in named else 1.0)
            if found > most:
                best, most = charset, found
    return best


def legacy_text(body: bytes, charset: str) -> str:
    """The text of bytes in a charset from before Unicode, as browsers show it or better."""
    text = body.decode(charset, "replace")
    if charset.startswith("iso8859"):
        return text.translate(WINDOWS_SIGNS)
    # Vietnamese in windows-1258 has its tones as marks behind the letters.
    return composed(text) if charset == "cp1258" else text


def _is_valid(sample: bytes, charset: str) -> bool:
    """Whether nearly all bytes mean something: pages are cut, and hold a broken letter or two."""
    text = sample.decode(charset, "replace")
    return text.count("\ufffd") <= 2 + len(text) // 500


def _sample(body: bytes) -> bytes:
    """The pieces of text that are not ASCII, as far as they fit."""
    pieces: list[bytes] = []
    size = 0
    for piece in re.split(rb"<[^<>]*>", body[:_SEARCHED_BYTES]):
        if not piece.isascii():
            pieces.append(piece[:SAMPLE_BYTES])
            size += len(pieces[-1])
            if size > SAMPLE_BYTES:
                break
    return b"\n".join(pieces)
