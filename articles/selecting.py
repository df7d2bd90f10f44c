"""Elements by the CSS selectors of a site's profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import lxml.etree
import lxml.html
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


def selector_fault(selector: str) -> str | None:
    """Why `selector` cannot be used; None where it can."""
    try:
        # Tried, not only parsed: `a:nope` and `svg|a` parse and cannot be used.
        CSSSelector(selector, translator="html")(lxml.html.Element("p"))
    except (SelectorError, lxml.etree.XPathError) as error:
        return str(error)
    except RecursionError:
        return "it has too many parts"
    return None


# Compiling costs more than matching, and a site's selectors are the same on all its pages.
@lru_cache(maxsize=1024)
def _compiled(selector: str) -> CSSSelector | None:
    return CSSSelector(selector, translator="html") if selector_fault(selector) is None else None
