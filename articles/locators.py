"""Where on a page something stood: CSS paths for the evidence of a record."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def css_path(element: HtmlElement) -> str:
    """A CSS path from the nearest ancestor with an id, else from the root, to `element`."""
    steps: list[str] = []
    at: HtmlElement | None = element
    while at is not None and isinstance(at.tag, str):
        identity = at.get("id")
        if identity and re.fullmatch(r"[A-Za-z][\w-]*", identity):
            steps.append(f"#{identity}")
            break
        parent = at.getparent()
        if parent is None:
            steps.append(at.tag)
            break
        before = _twins_before(at)
        has_twin = before or next(at.itersiblings(at.tag), None) is not None
        steps.append(f"{at.tag}:nth-of-type({before + 1})" if has_twin else at.tag)
        at = parent
    return " > ".join(reversed(steps))


def _twins_before(element: HtmlElement) -> int:
    """How many siblings of the same tag stand before an element: there may be thousands."""
    tag = str(element.tag)
    if _PLAIN_TAG.fullmatch(tag):
        return int(_count_before(tag)(element))
    return len(list(element.itersiblings(tag, preceding=True)))


_PLAIN_TAG = re.compile(r"[a-z][a-z0-9]*")


@lru_cache(maxsize=256)
def _count_before(tag: str) -> etree.XPath:
    return etree.XPath(f"count(preceding-sibling::{tag})")
