"""What a payload is, by its first bytes and by what its server said: how it may be shown.

The type that an archived answer claims is never passed on: a browser is told one of the few here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["html", "style", "image", "font", "text", "other"]


@dataclass(frozen=True, kw_only=True)
class Medium:
    form: Form
    type: str
    """The media type under which it is served, charset included."""


def medium_of(payload: bytes, content_type: str | None) -> Medium:
    """How to serve `payload`; `content_type` is the value of the archived header."""
    head = payload[:_SNIFFED_BYTES]
    for pattern, medium in _BY_MAGIC:
        if pattern.match(head):
            return medium
    claimed = (content_type or "").partition(";")[0].strip().lower()
    if claimed in _HTML or (not claimed and _LOOKS_LIKE_HTML.match(head)):
        return Medium(form="html", type="text/html; charset=utf-8")
    if claimed == "image/svg+xml" or (claimed in _XML | {""} and _LOOKS_LIKE_SVG.match(head)):
        return Medium(form="image", type="image/svg+xml")
    if claimed == "text/css":
        return Medium(form="style", type="text/css; charset=utf-8")
    if claimed.startswith("text/") or claimed.endswith(("json", "xml", "javascript")):
        return Medium(form="text", type="text/plain; charset=utf-8")
    return OTHER


OTHER = Medium(form="other", type="application/octet-stream")

_SNIFFED_BYTES = 1024
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_XML = frozenset({"text/xml", "application/xml"})
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*+(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype html|html)\b", re.I | re.S
)
_LOOKS_LIKE_SVG = re.compile(rb"\s*+(?:<[?!][^>]*+>\s*+)*+<svg\b", re.I)


def _magic(pattern: bytes, form: Form, media_type: str) -> tuple[re.Pattern[bytes], Medium]:
    return re.compile(pattern, re.DOTALL), Medium(form=form, type=media_type)


_BY_MAGIC = (
    _magic(rb"\x89PNG\r\n\x1a\n", "image", "image/png"),
    _magic(rb"\xff\xd8\xff", "image", "image/jpeg"),
    _magic(rb"GIF8[79]a", "image", "image/gif"),
    _magic(rb"RIFF....WEBP", "image", "image/webp"),
    _magic(rb"....ftypavi[fs]", "image", "image/avif"),
    _magic(rb"\x00\x00\x01\x00", "image", "image/x-icon"),
    _magic(rb"BM.{12}[\x0c\x28\x6c\x7c]\x00\x00\x00", "image", "image/bmp"),
    _magic(rb"wOFF", "font", "font/woff"),
    _magic(rb"wOF2", "font", "font/woff2"),
    _magic(rb"OTTO", "font", "font/otf"),
    _magic(rb"\x00\x01\x00\x00\x00", "font", "font/ttf"),
    _magic(rb"true", "font", "font/ttf"),
    _magic(rb"ttcf", "font", "font/collection"),
)
