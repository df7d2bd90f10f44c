"""From the bytes of a page to its characters: byte order mark, declared charset, validity.

A declaration is a hint and often wrong; what the bytes can be is not. So bytes that are valid UTF-8
are UTF-8 whatever was declared, and a declaration decides only among the encodings in which every
byte sequence means something. Called by `document`; never raises on bad bytes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

META_WINDOW_BYTES = 4096
"""How far into a page `<meta charset>` is looked for; the standard says 1024, pages take more."""


@dataclass(frozen=True, kw_only=True)
class DecodedPage:
    text: str
    charset: str
    """The Python codec that was used, in its canonical spelling."""


def decode(body: bytes, content_type: str | None = None) -> DecodedPage:
    """The characters of `body`; bytes that mean nothing become U+FFFD.

    `content_type` is the value of the HTTP header. A lead byte order mark beats everything.
    """
    decoded = _decode(body, content_type)
    # Looking for one letter is much cheaper than the pattern, and most pages have none of these.
    text = decoded.text
    if ("\xe2" in text or "\xc2" in text) and _TWICE_ENCODED.search(text):
        return DecodedPage(text=undo_double_encoding(text), charset=decoded.charset)
    return decoded


def undo_double_encoding(text: str) -> str:
    """Text in which UTF-8 was once read as Windows-1252 and written again, made right.

    Publishing systems do this to quotes and spaces when articles are moved (scripps.org). Only runs
    that are whole UTF-8 sequences are touched.

    >>> undo_double_encoding("canâ€™t")
    'can’t'
    """
    return _TWICE_ENCODED.sub(_undone, text)


# A lead byte and its followers as Windows-1252 or Latin-1 shows them; of two-byte sequences only
# the no-break space and its neighbours, which no language writes.
_FOLLOWER = (
    "[\x80-\xbf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
)
_FOLLOWER += "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
_TWICE_ENCODED = re.compile(f"(?:\xe2{_FOLLOWER}{{2}}|\xc2[\x80-\xa0])+")


def _undone(match: re.Match[str]) -> str:
    raw = bytearray()
    for character in match[0]:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            raw += character.encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _decode(body: bytes, content_type: str | None) -> DecodedPage:
    for mark, charset in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], charset)
    wide = _utf16_without_mark(body)
    if wide:
        return _decoded(body, wide)
    declared = tuple(_declared_charsets(body, content_type))
    for charset in declared:
        # Seven-bit escape encodings are valid UTF-8 too, and nonsense when read as it.
        if charset in _ESCAPE_CODECS and b"\x1b" in body:
            return _decoded(body, charset)
    try:
        return DecodedPage(text=body.decode("utf-8"), charset="utf-8")
    except UnicodeDecodeError as error:
        # One torn character at the very end is a cut page, not another encoding.
        if error.start >= len(body) - 3 and error.start > 0 and not body[: error.start].isascii():
            return _decoded(body, "utf-8")
    for charset in declared:
        if charset not in ("utf-8", "utf-16", "utf-16-le", "utf-16-be"):
            return _decoded(body, charset)
    if _is_mostly_utf8(body):
        return _decoded(body, "utf-8")
    return _decoded(body, "cp1252")


_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What browsers read behind a label (WHATWG Encoding Standard), where Python's codec of the same
# name is narrower than the pages that carry the label.
_WIDER_CODECS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_ESCAPE_CODECS = frozenset({"iso2022_jp", "iso2022_kr", "hz"})

_CHARSET_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:\-]+)", re.IGNORECASE)
_CHARSET_IN_META = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:\-]+)", re.IGNORECASE
)
_CHARSET_IN_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:\-]+)", re.IGNORECASE)


def _declared_charsets(body: bytes, content_type: str | None) -> Iterator[str]:
    """Known codecs the page declares, most trusted first: header, meta, XML declaration."""
    if content_type and (found := _CHARSET_IN_HEADER.search(content_type)):
        yield from _codec(found[1])
    window = body[:META_WINDOW_BYTES]
    for pattern in (_CHARSET_IN_META, _CHARSET_IN_XML):
        if in_page := pattern.search(window):
            yield from _codec(in_page[1].decode("ascii", "replace"))


def _codec(label: str) -> Iterator[str]:
    label = label.strip().lower()
    try:
        name = codecs.lookup({"x-sjis": "shift_jis", "x-gbk": "gbk"}.get(label, label)).name
        # Labels like `hex` or `rot13` are codecs of Python, not of text.
        if isinstance(b"".decode(name), str):
            yield _WIDER_CODECS.get(name, name)
    except (LookupError, ValueError, TypeError):
        return


def _decoded(body: bytes, charset: str) -> DecodedPage:
    try:
        return DecodedPage(text=body.decode(charset, "replace"), charset=charset)
    except (UnicodeError, LookupError):
        # A few codecs (utf-7, idna) raise in spite of "replace".
        return DecodedPage(text=body.decode("cp1252", "replace"), charset="cp1252")


def _utf16_without_mark(body: bytes) -> str | None:
    """UTF-16 shows as a zero in every second byte of the markup at the head."""
    head = body[:64]
    if len(head) < 16 or len(head) % 2:
        return None
    zeros_even, zeros_odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if zeros_odd > 0.8 * half and zeros_even == 0:
        return "utf-16-le"
    if zeros_even > 0.8 * half and zeros_odd == 0:
        return "utf-16-be"
    return None


def _is_mostly_utf8(body: bytes) -> bool:
    """Whether the bytes above ASCII are UTF-8 with a few broken ones among them."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = sum(1 for character in text if character > "\x7f")
    return broken * 10 < beyond_ascii
