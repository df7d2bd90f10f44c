"""The demo site as resources by path: what the server answers, for one edition and address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archiater.demo.editions import EDITION_DAYS, changed_on, changed_paths, load_articles
from archiater.demo.feeds import (
    atom_feed,
    robots_txt,
    rss_feed,
    sitemap,
    sitemap_gz,
    sitemap_index,
)
from archiater.demo.listings import (
    about_pages,
    gone_page,
    home_page,
    missing_page,
    people_pages,
    section_pages,
    staff_page,
)
from archiater.demo.model import DemoArticle
from archiater.demo.pdf import plate_guide
from archiater.demo.resource import HTML, Resource
from archiater.demo.shapes import render_article
from archiater.demo.shapes.frame import Setting
from archiater.demo.static import static_files

REDIRECTS: Mapping[str, str] = {"/library/heartburn.htm": "/conditions/heartburn/"}
"""An old address and the article that stands behind it now."""

DISALLOWED_PATH = "/staff/rota.html"
"""Linked from every page, forbidden by robots.txt: a crawl that asks for it is broken."""

TRACKED_PATH = "/wellness/iron-rich-foods?utm_source=newsletter&utm_medium=email&utm_campaign=march"
"""A second address of one article, as newsletters make them; the home page links it."""

SOFT_404_PATH = "/conditions/glue-ear/"
"""An address that answers 200 and says that there is nothing."""


def build_site(edition: int, base_url: str) -> Mapping[str, Resource]:
    """Every path of the site in one edition; deterministic, without a clock."""
    setting = Setting(base_url=base_url, edition=edition)
    articles = load_articles(edition)
    pages: dict[str, Resource] = {}
    for article in articles:
        pages[article.path] = _article_resource(article, setting)
    for path, text in {
        **home_page(articles, edition),
        **section_pages(articles),
        **people_pages(load_articles(1)),
        **about_pages(),
        SOFT_404_PATH: missing_page("Glue ear"),
        DISALLOWED_PATH: staff_page(),
    }.items():
        pages[path] = Resource.of_text(text, HTML, changed_on=_day(path, edition))
    for path, target in REDIRECTS.items():
        pages[path] = Resource.redirect(target)
    if edition > 1:
        for path in changed_paths("gone"):
            pages[path] = Resource.of_text(
                gone_page(), HTML, changed_on=EDITION_DAYS[edition], status=410
            )
    pages.update(_machine_files(articles, setting))
    return pages


def related_to(article: DemoArticle) -> tuple[DemoArticle, ...]:
    """Two articles of the language for the cards: other people's, and always those of edition 1.

    Those with a reviewer come first. Cards that went with the edition would change pages whose own
    text does not.
    """
    same = [other for other in load_articles(1) if other.language == article.language]
    named = {person.key for person in (*article.authors, *article.reviewers)}
    ahead = [other for other in same if other.path > article.path]
    behind = [other for other in same if other.path < article.path]
    strangers = [
        other for other in ahead + behind if not named & {person.key for person in other.reviewers}
    ]
    return tuple(sorted(strangers, key=lambda other: not other.reviewers)[:2])


def _day(path: str, edition: int) -> str:
    """The day on which the answer of a path that is no article last changed."""
    return EDITION_DAYS[edition] if path in changed_paths() else EDITION_DAYS[1]


def _article_resource(article: DemoArticle, setting: Setting) -> Resource:
    text = render_article(article, related_to(article), setting)
    headers = (("tdm-reservation", "1"),) if "tdm-reserved" in article.options else ()
    rotates = article.path in changed_paths("ad_rotated")
    return Resource.of_text(
        text,
        "text/html" if article.shape == "library" else HTML,
        changed_on=_day(article.path, setting.edition)
        if rotates
        else changed_on(article, setting.edition),
        headers=headers,
        is_chunked=article.shape == "care",
    )


def _machine_files(articles: Sequence[DemoArticle], setting: Setting) -> Mapping[str, Resource]:
    """robots.txt, the sitemap index with its two children (one packed), both feeds, a PDF, and what
    pages are shown with."""
    english = [article for article in articles if article.language == "en"]
    world = [article for article in articles if article.language != "en"]
    xml = "application/xml; charset=utf-8"
    answers = {
        "/robots.txt": (robots_txt(setting.base_url).encode(), "text/plain; charset=utf-8"),
        "/sitemap.xml": (sitemap_index(setting).encode(), xml),
        "/sitemap-english.xml.gz": (sitemap_gz(english, setting), "application/gzip"),
        "/sitemap-world.xml": (sitemap(world, setting).encode(), xml),
        "/feed.xml": (rss_feed(articles, setting).encode(), "application/rss+xml; charset=utf-8"),
        "/atom.xml": (atom_feed(articles, setting).encode(), "application/atom+xml; charset=utf-8"),
        "/files/plate-guide.pdf": (plate_guide(), "application/pdf"),
    }
    answers.update(static_files())
    return {
        path: Resource(body=body, content_type=kind, changed_on=_day(path, setting.edition))
        for path, (body, kind) in answers.items()
    }
