"""Where on a page something stood: CSS paths for the evidence of a record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
        before = sum(1 for _ in at.itersiblings(at.tag, preceding=True))
        has_twin = before or next(at.itersiblings(at.tag), None) is not None
        steps.append(f"{at.tag}:nth-of-type({before + 1})" if has_twin else at.tag)
        at = parent
    return " > ".join(reversed(steps))
