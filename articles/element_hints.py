"""What a single element says of itself by its attributes: hints, and whether it is shown at all.

Asked once for each element of a page by the walk in `blocks`, so it is kept short. What class names
mean stands in `markup_hints`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

from articles.markup_hints import (
    ASIDE,
    BODY,
    CALLOUT,
    FOOTER,
    HEADER,
    HEADLINE,
    HIDDEN,
    NAVIGATION,
    POPUP,
    PROMO,
    hints_of,
)
from articles.note_marks import is_note_mark

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TAG_HINTS = {"aside": ASIDE, "header": HEADER, "footer": FOOTER, "nav": NAVIGATION, "form": PROMO}
_ROLE_HINTS = {
    "navigation": NAVIGATION,
    "banner": HEADER,
    "contentinfo": FOOTER,
    "complementary": ASIDE,
    "search": NAVIGATION,
    "dialog": POPUP,
    "alertdialog": POPUP,
    "menu": NAVIGATION,
    "menubar": NAVIGATION,
    "note": CALLOUT,
}
_ITEMPROP_HINTS = dict.fromkeys(("articleBody", "text"), BODY)
_ITEMPROP_HINTS |= dict.fromkeys(("headline", "name headline"), HEADLINE)
SLUG_DASHES = 4
"""An `id` with so many is the slug of a heading and not the name of a part."""


def hints_of_element(element: HtmlElement, tag: str) -> int:
    """The flags of `markup_hints` for what tag, class, id, style, role and the like say."""
    hints = _TAG_HINTS.get(tag, 0)
    for name, value in element.items():
        if name == "class":
            hints |= hints_of(value)
        elif name == "id":
            # The slug of a long heading ("menu-ideas-for-a-healthy-week") tells what its text is.
            if value.count("-") < SLUG_DASHES:
                hints |= hints_of(value)
        elif name == "style":
            if "none" in value and _HIDDEN_STYLE.search(value):
                hints |= HIDDEN
        elif name in _TELLING:
            hints |= _hints_of_attribute(name, value)
    return hints


_TELLING = frozenset(("role", "hidden", "itemprop", "aria-modal"))


def _hints_of_attribute(name: str, value: str) -> int:
    match name:
        case "role":
            return _ROLE_HINTS.get(value, 0)
        case "hidden":
            return HIDDEN
        case "itemprop":
            return _ITEMPROP_HINTS.get(value, 0)
    return POPUP if value == "true" else 0


def is_left_out(element: HtmlElement, tag: object) -> bool:
    """Whether an inline element is for screen readers alone, or the mark of a footnote."""
    if tag == "sup":
        return is_note_mark(element)
    names = element.get("class")
    return names is not None and _is_read_aloud_only(names)


@lru_cache(maxsize=8192)
def _is_read_aloud_only(names: str) -> bool:
    return hints_of(names) & POPUP != 0 and _READ_ALOUD_ONLY.search(names) is not None


_READ_ALOUD_ONLY = re.compile(
    r"sr-?only|visually-?hidden|visuallyhidden|screen-?reader|a11y-hidden|element-invisible"
    r"|off-?screen|tooltip",
    re.IGNORECASE,
)
