"""Trying a site file on one page: which site it is, what the hints match, what is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from articles.document import parse_document
from articles.extract import extract
from articles.page import NotAnArticle, Page
from articles.record import Article
from spiders.links import links_of_tree
from spiders.scope import in_scope, kind_of, why_out_of_scope
from spiders.site import Site


@dataclass(frozen=True, kw_only=True)
class Hint:
    """One selector of the site's profile and how many elements of the page it matches."""

    key: str
    selector: str
    matches: int


@dataclass(frozen=True, kw_only=True)
class SiteCheck:
    """What one page shows of a site file."""

    site: Site
    page: Page
    out_of_scope: str | None
    """Why a crawl of the site would not fetch the page; None where it would."""
    kind: str
    hints: tuple[Hint, ...]
    links_in_scope: int
    article: Article | None
    no_article: str | None
    """Why there is no article; None where there is one."""

    @property
    def findings(self) -> tuple[str, ...]:
        """What an operator should look at, a sentence each."""
        return tuple(_findings(self))


def check_site(site: Site, page: Page) -> SiteCheck:
    """Everything a page tells of a site file; pure, never raises for what stands on the page."""
    hints: tuple[Hint, ...] = ()
    links = 0
    article, no_article = None, None
    try:
        tree = parse_document(page, site.profile).tree
        hints = tuple(
            Hint(key=key, selector=selector, matches=len(tree.cssselect(selector)))
            for key in _HINT_KEYS
            for selector in getattr(site.profile, key)
        )
        links = sum(in_scope(site, url) for url in links_of_tree(tree, page.url).pages)
        article = extract(page, site.profile)
    except NotAnArticle as reason:
        no_article = reason.reason
    return SiteCheck(
        site=site,
        page=page,
        out_of_scope=why_out_of_scope(site, page.url),
        kind=kind_of(site, page.url),
        hints=hints,
        links_in_scope=links,
        article=article,
        no_article=no_article,
    )


_HINT_KEYS = ("content", "drop", "byline", "sponsored", "disclaimer")
# One of these must match on an article; the others mark what only some pages have.
_EXPECTED = ("content", "byline")


def _findings(check: SiteCheck) -> Iterator[str]:
    if check.out_of_scope:
        yield f"a crawl would not fetch this page: {check.out_of_scope}"
    if check.no_article:
        yield f"no article was found: {check.no_article}"
    for key in _EXPECTED:
        selectors = [hint for hint in check.hints if hint.key == key]
        if selectors and not any(hint.matches for hint in selectors):
            names = ", ".join(hint.selector for hint in selectors)
            yield f"no selector of hints.{key} matches: {names}"
    if check.article is None:
        return
    if not check.article.title:
        yield "no title was found"
    if not check.article.contributors and not check.article.dates:
        yield "neither a person nor a date was found"
