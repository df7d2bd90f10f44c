"""Text that was encoded twice: UTF-8 read as Windows-1252 and written again, once made right.

Publishing systems do this to quotes and spaces when articles are moved (scripps.org), and to whole
databases. Called by `decoding`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

WHOLE_PAGE = 0.8
"""Of the characters above ASCII: where so many are pieces of sequences, all of them are."""
WINDOWS_SIGNS = {
    code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)
}
"""The control characters that nobody writes, as the signs Windows-1252 has in their places."""


def count_double_encoded(body: bytes) -> int:
    """How often a page in UTF-8 has what a sequence begins like when it is encoded twice."""
    return len(_SEQUENCES_IN_BYTES.findall(body))


def undo_double_encoding(text: str, sequences: int) -> str:
    """The text as it was before it was read in the wrong encoding.

    Sequences that no language writes are always undone. The others, as "Ã©", only where they make
    up nearly everything above ASCII: "à" before a no-break space and a quote is French.
    `sequences` is about how many there are; it spares most pages the count of them.

    >>> undo_double_encoding("canâ€™t", 1), undo_double_encoding("santÃ© publique", 1)
    ('can’t', 'santé publique')
    """
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if _LONGEST_SEQUENCE * sequences >= WHOLE_PAGE * beyond_ascii:
        pieces = Counter(_ANY_SEQUENCE.findall(text))
        undone = sum(
            len(piece) * count for piece, count in pieces.items() if _right(piece) != piece
        )
        if undone >= WHOLE_PAGE * beyond_ascii:
            return _ANY_SEQUENCE.sub(lambda match: _right(match[0]), text)
    for pattern in _IMPOSSIBLE_SEQUENCES:
        text = pattern.sub(lambda match: _right(match[0]), text)
    return text


# The bytes 80 to BF as Windows-1252 shows them, and as Latin-1 does where it shows nothing.
_FOLLOWER = (
    "[\x80-\xbf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)
# Of two-byte sequences only the no-break space and its neighbours, which no language writes.
_IMPOSSIBLE_SEQUENCES = (re.compile(f"\xe2{_FOLLOWER}{{2}}"), re.compile("\xc2[\x80-\xa0]"))
_ANY_SEQUENCE = re.compile(
    f"[\xc2-\xdf]{_FOLLOWER}|[\xe0-\xef]{_FOLLOWER}{{2}}|[\xf0-\xf4]{_FOLLOWER}{{3}}"
)
_LONGEST_SEQUENCE = 4
# U+00C2 to U+00F4 and then a follower, in UTF-8.
_SEQUENCES_IN_BYTES = re.compile(
    rb"\xc3[\x82-\xb4](?:\xc2|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c]"
    rb"|\xe2(?:\x80|\x82\xac|\x84\xa2))"
)


# A page that is full of sequences is full of the same ones.
@lru_cache(maxsize=4096)
def _right(sequence: str) -> str:
    raw = bytearray()
    for character in sequence:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            raw += character.encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return sequence
