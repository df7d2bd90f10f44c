"""What the demo site says to crawlers: robots.txt, a sitemap index with two children, two feeds."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from archiater.demo.editions import EDITION_DAYS, changed_on
from archiater.demo.furniture import NETWORK
from archiater.demo.model import DemoArticle
from archiater.demo.shapes.frame import Setting

NEWEST = 12
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def robots_txt(base_url: str) -> str:
    """One folder forbidden to everybody; the delay is for a robot that is not ours."""
    return (
        "# Saltmarsh Health Network\n"
        "User-agent: *\n"
        "Disallow: /staff/\n"
        "Allow: /\n"
        "\n"
        "User-agent: GreedyPageEater\n"
        "Crawl-delay: 60\n"
        "Disallow: /\n"
        "\n"
        f"Sitemap: {base_url}/sitemap.xml\n"
    )


def sitemap_index(setting: Setting) -> str:
    """Both children with the day each one changed: edition 2 changes English articles only."""
    days = {
        "sitemap-english.xml.gz": EDITION_DAYS[setting.edition],
        "sitemap-world.xml": EDITION_DAYS[1],
    }
    children = "".join(
        f"<sitemap><loc>{setting.base_url}/{name}</loc><lastmod>{day}</lastmod></sitemap>\n"
        for name, day in days.items()
    )
    return f'{_XML}<sitemapindex xmlns="{_SITEMAPS}">\n{children}</sitemapindex>\n'


def sitemap(articles: Sequence[DemoArticle], setting: Setting) -> str:
    """One child sitemap; lastmod is the day the page changed, which a page need not tell itself."""
    entries = "".join(
        f"<url><loc>{setting.base_url}{article.path}</loc>"
        f"<lastmod>{changed_on(article, setting.edition)}</lastmod></url>\n"
        for article in articles
    )
    return f'{_XML}<urlset xmlns="{_SITEMAPS}">\n{entries}</urlset>\n'


def sitemap_gz(articles: Sequence[DemoArticle], setting: Setting) -> bytes:
    return gzip.compress(sitemap(articles, setting).encode(), mtime=0)


def newest(articles: Sequence[DemoArticle], edition: int) -> list[DemoArticle]:
    """The last changed articles, the latest first."""
    return sorted(articles, key=lambda one: (changed_on(one, edition), one.path), reverse=True)[
        :NEWEST
    ]


def rss_feed(articles: Sequence[DemoArticle], setting: Setting) -> str:
    items = "".join(
        f"<item><title>{escape(article.title)}</title>"
        f"<link>{setting.base_url}{article.path}</link>"
        f'<guid isPermaLink="true">{setting.base_url}{article.path}</guid>'
        f"<description>{escape(article.description)}</description>"
        f"<pubDate>{_moment(article, setting)}</pubDate></item>\n"
        for article in newest(articles, setting.edition)
    )
    return (
        f'{_XML}<rss version="2.0"><channel><title>{NETWORK}</title>'
        f"<link>{setting.base_url}/</link><description>New and updated articles</description>\n"
        f"{items}</channel></rss>\n"
    )


def atom_feed(articles: Sequence[DemoArticle], setting: Setting) -> str:
    entries = "".join(
        f"<entry><title>{escape(article.title)}</title><id>{setting.base_url}{article.path}</id>"
        f'<link rel="alternate" href="{setting.base_url}{article.path}"/>'
        f"<updated>{changed_on(article, setting.edition)}T08:00:00Z</updated>"
        f"<summary>{escape(article.description)}</summary></entry>\n"
        for article in newest(articles, setting.edition)
    )
    return (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom"><title>{NETWORK}</title>'
        f"<id>{setting.base_url}/</id><updated>{EDITION_DAYS[setting.edition]}T08:00:00Z</updated>\n"
        f"<author><name>{NETWORK}</name></author>\n{entries}</feed>\n"
    )


def _moment(article: DemoArticle, setting: Setting) -> str:
    day = datetime.fromisoformat(changed_on(article, setting.edition))
    return format_datetime(day.replace(hour=8, tzinfo=UTC), usegmt=True)
