"""Trying a site file on pages of the site: what the hints match, what is read, what might be added.

`check_pages` is the door; what it gives is shown by `site_check_lines`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from articles.explanation import Explanation, explain
from articles.extract import extract
from articles.page import NotAnArticle, Page
from articles.page_reading import PageReading, read_page
from articles.profile import SiteProfile
from articles.proposals import Proposal, propose, proposed_lines
from articles.record import Article
from articles.selecting import select
from articles.site_knowledge import SiteKnowledge
from spiders.links import links_of_tree
from spiders.scope import in_scope, kind_of, why_out_of_scope
from spiders.site import Site
from spiders.site_template import Learned


@dataclass(frozen=True, kw_only=True)
class Hint:
    """One selector of the site's profile and how many elements of the page it matches."""

    key: str
    selector: str
    matches: int


@dataclass(frozen=True, kw_only=True)
class PageCheck:
    """What one page shows of a site file."""

    page: Page
    out_of_scope: str | None
    """Why a crawl of the site would not fetch the page; None where it would."""
    kind: str
    hints: tuple[Hint, ...]
    links_in_scope: int
    explanation: Explanation | None
    """What became of each block; None where the page is no HTML."""
    article: Article | None
    no_article: str | None
    """Why there is no article; None where there is one."""
    findings: tuple[str, ...]
    """What an operator should look at, a sentence each."""


@dataclass(frozen=True, kw_only=True)
class SiteCheck:
    """What some pages of one site show of its file."""

    site: Site
    knowledge: SiteKnowledge | None
    """What the site's other pages tell, by which the pages were read."""
    pages: tuple[PageCheck, ...]
    proposals: tuple[Proposal, ...]
    """Selectors that hold on all the pages; most pages of a site need none."""
    lines: tuple[str, ...]
    """The lines of the `[hints]` table with the proposals in them."""


def check_pages(
    site: Site, pages: Sequence[Page], knowledge: SiteKnowledge | None = None
) -> SiteCheck:
    """Everything the pages tell of a site file; pure, never raises for what stands on a page."""
    checks: list[PageCheck] = []
    readings: list[PageReading] = []
    for page in pages:
        reading, refusal = None, None
        try:
            reading = read_page(page, site.profile, knowledge)
            readings.append(reading)
        except NotAnArticle as reason:
            refusal = reason.reason
        checks.append(_check(site, page, reading, refusal, knowledge))
    proposals = propose(readings)
    return SiteCheck(
        site=site,
        knowledge=knowledge,
        pages=tuple(checks),
        proposals=proposals,
        lines=proposed_lines(proposals, site.profile),
    )


def what_was_learned(check: SiteCheck) -> Learned:
    """What goes into a new site file: where all pages agree, and the proposals."""
    articles = [page.article for page in check.pages if page.article is not None]
    publishers = {article.publisher for article in articles}
    languages = {article.language for article in articles}
    return Learned(
        publisher=publishers.pop() if len(publishers) == 1 else None,
        language=languages.pop() if len(languages) == 1 else None,
        hints=check.lines,
    )


def _check(
    site: Site,
    page: Page,
    reading: PageReading | None,
    refusal: str | None,
    knowledge: SiteKnowledge | None,
) -> PageCheck:
    hints: tuple[Hint, ...] = ()
    links = 0
    if reading is not None:
        tree = reading.document.tree
        hints = tuple(
            Hint(key=key, selector=selector, matches=sum(1 for _ in select(tree, (selector,))))
            for key in _HINT_KEYS
            for selector in getattr(site.profile, key)
        )
        links = sum(in_scope(site, url) for url in links_of_tree(tree, page.url).pages)
    check = PageCheck(
        page=page,
        out_of_scope=why_out_of_scope(site, page.url),
        kind=kind_of(site, page.url),
        hints=hints,
        links_in_scope=links,
        explanation=explain(reading) if reading else None,
        article=reading.article if reading else None,
        no_article=reading.refusal if reading else refusal,
        findings=(),
    )
    return replace(check, findings=tuple(_findings(check, site.profile, knowledge)))


_HINT_KEYS = ("content", "drop", "byline", "sponsored", "disclaimer")
# One of these must match on an article; the others mark what only some pages have.
_EXPECTED = ("content", "byline")


def _findings(
    check: PageCheck, profile: SiteProfile, knowledge: SiteKnowledge | None
) -> Iterator[str]:
    if check.out_of_scope:
        yield f"a crawl would not fetch this page: {check.out_of_scope}"
    if check.no_article:
        yield f"no article was found: {check.no_article}"
        if profile.drop and _has_article(check.page, replace(profile, drop=()), knowledge):
            yield "without hints.drop there is an article: its selectors take the text itself"
    for key in _EXPECTED:
        selectors = [hint for hint in check.hints if hint.key == key]
        if selectors and not any(hint.matches for hint in selectors):
            names = ", ".join(hint.selector for hint in selectors)
            yield f"no selector of hints.{key} matches: {names}"
    article = check.article
    if article is None:
        return
    matched = [hint.selector for hint in check.hints if hint.key == "content" and hint.matches]
    if matched and article.extractor.route != "profile":
        yield (
            f"hints.content matches too little text ({', '.join(matched)}), "
            "so that the general rules chose"
        )
    if not article.title:
        yield "no title was found"
    if not article.contributors and not article.dates:
        yield "neither a person nor a date was found"


def _has_article(page: Page, profile: SiteProfile, knowledge: SiteKnowledge | None) -> bool:
    try:
        extract(page, profile, knowledge)
    except NotAnArticle:
        return False
    return True
