"""From the bytes of a page to its characters: byte order mark, declared charset, validity.

A declaration is a hint and often wrong; what the bytes can be is not. So bytes that are valid UTF-8
are UTF-8 whatever was declared, and a declaration decides only among the encodings in which every
byte sequence means something. Where none fits, `legacy_charsets` asks in which encoding the text
reads as a language. Called by `document`; never raises on bad bytes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.charset_labels import codec_of
from articles.double_encoding import WINDOWS_SIGNS, count_double_encoded, undo_double_encoding
from articles.legacy_charsets import choose_legacy_charset, legacy_text

META_WINDOW_BYTES = 4096
"""How far into a page `<meta charset>` is looked for; the standard says 1024, pages take more."""
MOST_BROKEN = 0.25
"""Of the sequences above ASCII; UTF-8 with more broken ones is something else."""


@dataclass(frozen=True, kw_only=True)
class DecodedPage:
    text: str
    charset: str
    """The Python codec that was used, in its canonical spelling."""


def decode(body: bytes, content_type: str | None = None) -> DecodedPage:
    """The characters of `body`; bytes that mean nothing become U+FFFD.

    `content_type` is the value of the HTTP header.
    """
    for mark, charset in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            body = body[len(mark) :]
            # The mark of UTF-16 stands before a page of single bytes where files were joined.
            if charset != "utf-8" and b"\0" in body[:META_WINDOW_BYTES]:
                return DecodedPage(text=body.decode(charset, "replace"), charset=charset)
    if shown := _utf16_without_mark(body) or _escape_charset(body, content_type):
        return DecodedPage(text=body.decode(shown, "replace"), charset=shown)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if not _is_cut_letter(body, error.start) and not _is_mostly_utf8(body):
            charset = choose_legacy_charset(body, tuple(_declared_charsets(body, content_type)))
            return DecodedPage(text=legacy_text(body, charset), charset=charset)
        text = _STRAY.sub(_stray_bytes, body.decode("utf-8", "surrogateescape"))
    if double_encoded := count_double_encoded(body):
        text = undo_double_encoding(text, double_encoded)
    if _SIGNS_AS_CONTROLS.search(body):
        text = text.translate(WINDOWS_SIGNS)
    return DecodedPage(text=text, charset="utf-8")


_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPE_CODECS = frozenset({"iso2022_jp", "iso2022_kr"})

_CHARSET_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:\-]+)", re.IGNORECASE)
_CHARSET_IN_META = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:\-]+)", re.IGNORECASE
)
_CHARSET_IN_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:\-]+)", re.IGNORECASE)


def _declared_charsets(body: bytes, content_type: str | None) -> Iterator[str]:
    """Known codecs the page declares, most trusted first: header, meta, XML declaration."""
    labels = []
    if content_type and (found := _CHARSET_IN_HEADER.search(content_type)):
        labels.append(found[1])
    window = body[:META_WINDOW_BYTES]
    for pattern in (_CHARSET_IN_META, _CHARSET_IN_XML):
        if in_page := pattern.search(window):
            labels.append(in_page[1].decode("ascii", "replace"))
    for label in labels:
        if codec := codec_of(label):
            yield codec


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


def _escape_charset(body: bytes, content_type: str | None) -> str | None:
    """A seven-bit escape encoding: valid UTF-8 too, and nonsense when read as it."""
    if b"\x1b" not in body:
        return None
    declared = _declared_charsets(body, content_type)
    if named := next((charset for charset in declared if charset in _ESCAPE_CODECS), None):
        return named
    # No other text has these sequences.
    if b"\x1b$B" in body or b"\x1b$@" in body:
        return "iso2022_jp" if body.isascii() else None
    return "iso2022_kr" if b"\x1b$)C" in body and body.isascii() else None


def _is_cut_letter(body: bytes, broken_at: int) -> bool:
    """Whether all that is broken is one letter at the very end: a cut page, no other encoding."""
    return broken_at >= len(body) - 3 and not body[:broken_at].isascii()


def _is_mostly_utf8(body: bytes) -> bool:
    """Whether the bytes above ASCII are UTF-8 with a few broken ones among them."""
    text = body.decode("utf-8", "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") < MOST_BROKEN * beyond_ascii


# Pages are put together from several sources, and one of them may be in Windows-1252.
_STRAY = re.compile("[\udc80-\udcff]+")
_SIGNS_AS_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
_LEADS_OF_CUT_LETTERS = b"\xc2\xc3\xc4\xc5\xc6\xca\xcb\xcc\xd0\xd1\xe1\xe2\xf0"


def _stray_bytes(match: re.Match[str]) -> str:
    """What bytes outside of any UTF-8 sequence mean: one alone a sign or letter of Windows-1252."""
    raw = bytes(ord(escaped) - 0xDC00 for escaped in match[0])
    before, after = match.start() - 1, match.end()
    is_alone = len(raw) == 1 and raw not in _LEADS_OF_CUT_LETTERS and after < len(match.string)
    if is_alone and (
        raw < b"\xc0"
        or (before >= 0 and match.string[before].isascii() and match.string[before].isalpha())
    ):
        return raw.decode("cp1252", "replace")
    return "\ufffd"
