"""Which encoding from before Unicode a page is in, where its declarations are missing or wrong.

In most of them every byte means something, so validity alone tells little. A declared one is
believed where the bytes are valid in it and read as a language; for the others chardet is asked,
which was chosen by the figures in `benchmarks/README.md`. Called by `decoding` for pages that are
not UTF-8.
"""

from __future__ import annotations

import re

import chardet

from articles.charset_labels import codec_of
from articles.double_encoding import WINDOWS_SIGNS
from articles.fluency import fluency
from articles.normal_form import composed

READS_WELL = 0.1
"""Fluency from which a declared charset is believed without a look at the others; pages in the
right charset have 0.2 and more."""
READS_BETTER = 2.0
"""As fluent as a valid declared charset must another one be."""
SAMPLE_BYTES = 4000
_SEARCHED_BYTES = 500_000

# What browsers read: the other charsets of chardet are of times before the web, or of other places.
_LATIN = ("cp1252", "cp1250", "cp1254", "iso8859-2", "cp1257", "iso8859-4", "iso8859-13", "cp1258")
_OTHER_LETTERS = (
    "cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "cp1253", "iso8859-7", "cp1255",
    "iso8859-8", "cp1256", "iso8859-6", "cp874",
)  # fmt: skip
_EAST_ASIAN = ("gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949")

# Servers name it for pages they know nothing of.
_DEFAULT_OF_SERVERS = "cp1252"


def choose_legacy_charset(body: bytes, declared: tuple[str, ...]) -> str:
    """The declared charset in which the bytes are valid and read well, else the likeliest one."""
    named = [name for name in dict.fromkeys(declared) if not name.startswith("utf")]
    named.sort(key=lambda name: name == _DEFAULT_OF_SERVERS)
    sample = _sample(body)
    valid = [name for name in named if _is_valid(sample, name)]
    reading = {charset: fluency(legacy_text(sample, charset)) for charset in valid}
    if not valid:
        return _detect(sample) or (named or [_DEFAULT_OF_SERVERS])[0]
    best = max(valid, key=reading.__getitem__)
    if best != _DEFAULT_OF_SERVERS and reading[best] >= READS_WELL:
        return best
    detected = _detect(sample)
    if detected is None or detected == best or not _is_valid(sample, detected):
        return best
    if valid == [_DEFAULT_OF_SERVERS] and _is_in_other_letters(sample):
        return detected
    found = fluency(legacy_text(sample, detected))
    if best == _DEFAULT_OF_SERVERS:
        return detected if found > max(0.5 * READS_WELL, 1.2 * reading[best]) else best
    return detected if found > max(READS_WELL, READS_BETTER * reading[best]) else best


def _detect(sample: bytes) -> str | None:
    """The likeliest charset of the web; of Latin ones that in which the text reads best."""
    charsets = (*_LATIN, *_OTHER_LETTERS, *_EAST_ASIAN)
    found = chardet.detect(
        sample,
        compat_names=False,
        include_encodings=charsets,
        # What is asked of a page whose text has no letter above ASCII.
        empty_input_encoding=_DEFAULT_OF_SERVERS,
    )["encoding"]
    detected = codec_of(_CODECS.get(found, found)) if found else None
    if detected not in _LATIN:
        return detected
    reading = {
        charset: fluency(legacy_text(sample, charset)) for charset in (detected, *_NEAR_LATIN)
    }
    best = max(reading, key=reading.__getitem__)
    return best if reading[best] > 1.5 * reading[detected] else detected


# Turkish and Western letters share all bytes but six.
_NEAR_LATIN = ("cp1252", "cp1254", "cp1250", "cp1257")


# By the names of chardet; what it calls so is plain EUC-JP on pages.
_CODECS = {"euc_jis_2004": "euc_jp"}


def _is_in_other_letters(sample: bytes) -> bool:
    """Whether words are made of bytes above ASCII alone: in Latin letters they hold one or two."""
    words: list[bytes] = _WORDS_WITH_HIGH_BYTES.findall(sample)
    return 2 * sum(len(word) > 2 and min(word) > 0x7F for word in words) > len(words)


_WORDS_WITH_HIGH_BYTES = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")


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
