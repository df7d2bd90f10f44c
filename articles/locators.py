"""Where on a page something stood: CSS paths for the evidence of a record."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def css_path(element: HtmlElement) -> str:
    """A CSS path from the nearest ancestor with an id, else from the root, to `element`."""
    steps: list[str] = []
    at: HtmlElement | None = element
    while at is not None and isinstance(at.tag, str):
        identity = at.get("id")
        if identity and _CSS_TAG.fullmatch(identity) and identity not in _said_twice(at):
            steps.append(f"#{identity}")
            break
        tag = str(at.tag)
        parent = at.getparent()
        if parent is None:
            steps.append(tag)
            break
        if not _CSS_TAG.fullmatch(tag):
            # Broken markup makes tags such as `p.<`, which no selector can name.
            place = len(list(at.itersiblings("*", preceding=True))) + 1
            steps.append(f"*:nth-child({place})")
        else:
            before = _twins_before(at)
            has_twin = before or next(at.itersiblings(tag), None) is not None
            steps.append(f"{tag}:nth-of-type({before + 1})" if has_twin else tag)
        at = parent
    return " > ".join(reversed(steps))


def find_by_css_path(tree: HtmlElement, path: str) -> HtmlElement | None:
    """The element of a path that `css_path` gave; None where the tree has none there.

    Step by step, and not as a selector: counting twins by XPath looks at all pairs of them.
    """
    at: HtmlElement | None = None
    for number, step in enumerate(path.split(" > ")):
        tag, _, twin = (
            step.removesuffix(")")
            .replace(":nth-child(", ":nth-of-type(")
            .partition(":nth-of-type(")
        )
        place = int(twin) - 1 if twin.isdecimal() else 0
        if step.startswith("#"):
            at = next(iter(tree.xpath("//*[@id=$identity]", identity=step[1:])), None)
        elif number == 0:
            at = tree if tree.tag == tag else None
        elif at is not None:
            at = next(islice(at.iterchildren(tag), place, None), None)
        if at is None:
            return None
    return at


_identities_said_twice: WeakKeyDictionary[HtmlElement, frozenset[str]] = WeakKeyDictionary()
_all_identities = etree.XPath("//@id", smart_strings=False)


def _said_twice(element: HtmlElement) -> frozenset[str]:
    """The ids that a page gives to more than one element, counted once for each tree."""
    root = element.getroottree().getroot()
    found = _identities_said_twice.get(root)
    if found is None:
        counts: Counter[str] = Counter(_all_identities(root))
        found = frozenset(identity for identity, count in counts.items() if count > 1)
        _identities_said_twice[root] = found
    return found


def _twins_before(element: HtmlElement) -> int:
    """How many siblings of the same tag stand before an element: there may be thousands."""
    tag = str(element.tag)
    # Mostly there are few, and counting them by XPath costs more than the rest of a path.
    few = len(list(islice(element.itersiblings(tag, preceding=True), _FEW)))
    if few < _FEW:
        return few
    if _PLAIN_TAG.fullmatch(tag):
        return int(_count_before(tag)(element))
    return len(list(element.itersiblings(tag, preceding=True)))


_FEW = 12
_CSS_TAG = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_PLAIN_TAG = re.compile(r"[a-z][a-z0-9]*")


@lru_cache(maxsize=256)
def _count_before(tag: str) -> etree.XPath:
    return etree.XPath(f"count(preceding-sibling::{tag})")
