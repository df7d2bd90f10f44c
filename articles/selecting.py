"""Elements by the CSS selectors of a site's profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml.cssselect import CSSSelector, SelectorError
from lxml.html import HtmlElement


def select(page: HtmlElement, selectors: Iterable[str]) -> Iterator[HtmlElement]:
    """The elements that each selector matches, selector by selector, in page order.

    A selector that cannot be read matches nothing: profiles are checked when they are loaded, and
    one bad line must not cost the articles of a whole site.
    """
    for selector in selectors:
        compiled = _compiled(selector)
        if compiled is not None:
            yield from compiled(page)


# Compiling costs more than matching, and a site's selectors are the same on all its pages.
@lru_cache(maxsize=1024)
def _compiled(selector: str) -> CSSSelector | None:
    try:
        return CSSSelector(selector, translator="html")
    except SelectorError:
        return None
