"""The links of a page, in one pass over one tree.

Scrapy's LinkExtractor takes five times as long as parsing does; this takes less than the parse.
Whether a link is in scope is asked elsewhere (`spiders.scope`).
"""

from __future__ import annotations

from dataclasses import dataclass

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from articles.urls import absolute_url, normalise_url

MOST_LINKS = 10_000
"""A page with more is a trap or a sitemap for people; the first ones will do."""


@dataclass(frozen=True, kw_only=True)
class Links:
    """Where a page points; all URLs absolute and normalised, http(s) only."""

    pages: tuple[str, ...] = ()
    """Targets of `a` and `area` without `nofollow`, in the order of the page, each once."""
    canonical: str | None = None
    amp: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    """(hreflang, URL) of the same page in other languages."""
    feeds: tuple[str, ...] = ()
    is_nofollow: bool = False
    """Whether the page asks robots to follow none of its links; `pages` is then empty."""


def find_links(body: bytes, url: str, *, encoding: str | None = None) -> Links:
    """The links of an HTML page fetched from `url`; none where the bytes hold no HTML."""
    tree = page_tree(body, encoding=encoding)
    return Links() if tree is None else links_of_tree(tree, url)


def page_tree(body: bytes, *, encoding: str | None = None) -> HtmlElement | None:
    """The tree of an HTML page, parsed once for all that is looked for; None for no HTML."""
    try:
        return lxml.html.document_fromstring(body, parser=lxml.html.HTMLParser(encoding=encoding))
    except (etree.ParserError, etree.XMLSyntaxError, LookupError, ValueError):
        return None


def links_of_tree(tree: HtmlElement, url: str) -> Links:
    """The links of a page that is parsed already."""
    base, canonical, amp = url, None, None
    hrefs: dict[str, None] = {}
    alternates: list[tuple[str, str]] = []
    feeds: list[str] = []
    is_nofollow = has_base = False
    for element in tree.iter("a", "area", "link", "base", "meta"):
        tag = element.tag
        href = element.get("href")
        if tag == "meta":
            is_nofollow = is_nofollow or _asks_not_to_follow(element)
        elif href is None:
            continue
        elif tag == "base":
            if not has_base:
                base, has_base = absolute_url(url, href) or url, True
        elif tag != "link":
            if len(hrefs) < MOST_LINKS and "nofollow" not in (element.get("rel") or "").lower():
                hrefs[href.partition("#")[0]] = None
        elif target := _absolute(base, href):
            rel = (element.get("rel") or "").lower().split()
            if "canonical" in rel:
                canonical = canonical or target
            elif "amphtml" in rel:
                amp = amp or target
            elif "alternate" in rel and element.get("hreflang"):
                alternates.append((element.get("hreflang") or "", target))
            elif "alternate" in rel and (element.get("type") or "").lower() in _FEED_TYPES:
                feeds.append(target)
    found = (_absolute(base, href) for href in hrefs if href.strip())
    pages = () if is_nofollow else tuple(dict.fromkeys(page for page in found if page))
    return Links(
        pages=pages,
        canonical=canonical,
        amp=amp,
        alternates=tuple(alternates[:_MOST_ALTERNATES]),
        feeds=tuple(feeds[:_MOST_ALTERNATES]),
        is_nofollow=is_nofollow,
    )


_MOST_ALTERNATES = 200
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)


def _asks_not_to_follow(meta: HtmlElement) -> bool:
    if (meta.get("name") or "").strip().lower() != "robots":
        return False
    words = (meta.get("content") or "").lower().replace(",", " ").split()
    return "nofollow" in words or "none" in words


def _absolute(base: str, href: str) -> str | None:
    target = absolute_url(base, href)
    return None if target is None else normalise_url(target)
