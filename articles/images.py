"""A picture of the page as a value: its real address among the lazy-loading attributes.

Decoration (icons, trackers, spacers, inline data) is no picture of the article and gives None.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml.html import HtmlElement

from articles.record import Image

MIN_SIDE = 60
"""Pixels; what declares itself smaller is an icon."""


def picture_of(element: HtmlElement, base_url: str) -> Image | None:
    """The picture that an `<img>` shows, with an absolute URL where the base is known."""
    if _side(element, "width") < MIN_SIDE or _side(element, "height") < MIN_SIDE:
        return None
    source = _source(element)
    if not source or _is_decoration(source):
        return None
    try:
        url = source if _ABSOLUTE.match(source) else urljoin(base_url, source)
    except ValueError:
        return None
    if base_url and not url.startswith(("http://", "https://")):
        return None
    alt = " ".join((element.get("alt") or "").split())
    return Image(url=url, alt=alt or None)


_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "src")
_DECORATIONS = (
    "pixel", "spacer", "blank.", "1x1", "sprite", "logo", "avatar", "doubleclick", "googleads",
    "facebook.com/tr", "emoji",
)  # fmt: skip
_DECORATION = re.compile(r"^data:|/icons?[/_-]|\.svg(?:$|\?)")
# An address that joining changes nothing of: no white space, no empty parts.
_ABSOLUTE = re.compile(r"https?://[a-zA-Z0-9.:-]+/[^\s;?#\[\]]*(?:\?[^\s;#\[\]]+)?\Z")


def _is_decoration(source: str) -> bool:
    folded = source.lower()
    # One by one: a pattern of all tries each at every letter.
    return any(map(folded.__contains__, _DECORATIONS)) or _DECORATION.search(folded) is not None


def _source(element: HtmlElement) -> str:
    for name in _SOURCES:
        value = (element.get(name) or "").strip()
        if value and not value.startswith("data:"):
            return value
    candidates = element.get("srcset") or element.get("data-srcset") or ""
    return candidates.split(",")[-1].strip().split(" ")[0]


def _side(element: HtmlElement, name: str) -> int:
    value = (element.get(name) or "").strip().removesuffix("px")
    return int(value) if value.isdecimal() and len(value) < 6 else 10_000
