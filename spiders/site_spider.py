"""The one spider: from seeds to sitemaps, feeds and pages, and from these to what is in scope.

A Scrapy class, thin: it unwraps a response, calls the plain functions of this room, and wraps what
they find as requests. Pages are preserved at the wire and extracted from there; nothing is
extracted here, and what is queued, in which order, is the frontier's affair.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import date
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from articles.urls import absolute_url, host_of, normalise_url
from spiders.feeds import read_feed
from spiders.links import links_of_tree, page_tree
from spiders.requisites import (
    DEEPEST_STYLE,
    is_style,
    requisites_of_page,
    requisites_of_style,
    why_not_fetched,
)
from spiders.scope import kind_of, priority_of, why_out_of_scope
from spiders.site import Site
from spiders.sitemaps import read_sitemap

logger = logging.getLogger(__name__)

# Seeds go before all that is found, whatever its date: they say what there is to find.
_SEED_PRIORITY = 10**9
_OPERATOR_PRIORITY = 10**8
# After all pages, whose text is what we come for. Those of other hosts cost the site nothing, and
# may be fetched beside its pages.
_REQUISITE_PRIORITY = -2000
_ELSEWHERE = range(-1999, -999)
_DEEPEST_INDEX = 3
_MOST_REMEMBERED = 50_000
# A crawl that is gone on with has pages behind it whose style sheets are still to come.
_SHARES_AT_START = 20
_FEED_STARTS = (b"<rss", b"<feed", b"<rdf:RDF")
_SITEMAP_STARTS = (b"<urlset", b"<sitemapindex")
_SNIFFED_BYTES = 1024


class SiteSpider(Spider):
    """Crawls one site as its file and the operator say."""

    name = "site"

    def __init__(
        self,
        *,
        open_crawl: Any,
        site: Site,
        pages: tuple[str, ...],
        since: date | None,
        one_page: bool,
        max_depth: int,
    ) -> None:
        """`open_crawl` belongs to the pipelines, which look for it here; `pages` are URLs that the
        operator named, and stand for the site's seeds where there are some."""
        super().__init__()
        self.open_crawl = open_crawl
        self.site = site
        self._pages = pages
        self._since = since
        self._follows = not one_page
        self._max_depth = max_depth
        self._unvisited_sitemaps: list[str] = []
        self._old: set[str] = set()
        """URLs that a sitemap or feed dates before `since`: a link to them brings them not back."""
        self._named: set[str] = set()
        """Requisites named already; spares the frontier the logo of every page."""
        self._requisites_left = _SHARES_AT_START * site.limits.requisites_per_page
        """How many may yet be named: each page adds its share, style sheets draw on it."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.note_sitemaps, signal=signals.robots_parsed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """The seeds: what the operator named, else what the site's file names."""
        if self._pages:
            for url in self._pages:
                kind = _kind_by_name(url)
                yield _request(url, kind, _OPERATOR_PRIORITY, depth=0, found_by="command")
            return
        seeds = self.site.seeds
        for kind, urls in (
            ("sitemap", seeds.sitemaps),
            ("feed", seeds.feeds),
            ("page", seeds.pages),
        ):
            for url in urls:
                priority = _SEED_PRIORITY if kind != "page" else _OPERATOR_PRIORITY
                yield _request(normalise_url(url), kind, priority, depth=0, found_by="seed")

    def note_sitemaps(self, robotparser: Any, request: Request) -> None:
        """Remember the sitemaps that a robots.txt names; a crawl of named URLs takes none."""
        if self._pages or request.meta.get("kind") == "requisite":
            # What lies on another host's pages is nothing to us.
            return
        parser = getattr(robotparser, "rp", None)
        for named in getattr(parser, "sitemaps", ()):
            url = absolute_url(request.url, str(named))
            if url is not None:
                self._unvisited_sitemaps.append(url)

    def why_refused(self, request: Request) -> str | None:
        """Why a redirect is not followed, in words; None where it is."""
        if request.meta["kind"] == "requisite":
            return why_not_fetched(request.url, request.meta["found_on"])
        if request.meta["kind"] != "page":
            return None
        return why_out_of_scope(self.site, normalise_url(request.url))

    @property
    def priorities_elsewhere(self) -> range | None:
        """Priorities of requests that go to no host of the site; None where there are none."""
        return _ELSEWHERE if self.site.requisites else None

    def most_bytes(self, kind: str) -> int | None:
        """The largest answer to take for a URL of this kind; None for the setting."""
        return self.site.limits.requisite_bytes if kind == "requisite" else None

    async def visit(self, response: Response) -> AsyncIterator[Request]:
        """The requests that follow from one answer."""
        while self._unvisited_sitemaps:
            url = self._unvisited_sitemaps.pop()
            yield _request(url, "sitemap", _SEED_PRIORITY, depth=0, found_by="sitemap")
        if response.status != 200:
            return
        for request in self._requests_from(response):
            yield request

    def _requests_from(self, response: Response) -> Iterator[Request]:
        if response.meta["kind"] == "requisite":
            return self._from_requisite(response)
        kind = _kind_by_content(response)
        if kind == "sitemap":
            return self._from_sitemap(response)
        if kind == "feed":
            return self._from_feed(response)
        return self._from_page(response)

    def _from_sitemap(self, response: Response) -> Iterator[Request]:
        sitemap = read_sitemap(response.body, response.url)
        if sitemap.problem:
            logger.warning("%s: %s", response.url, sitemap.problem)
        depth = response.meta["depth"]
        if sitemap.kind == "index":
            if depth >= _DEEPEST_INDEX:
                return
            for entry in sitemap.entries:
                if not self._is_too_old(entry.lastmod):
                    yield _request(
                        entry.url,
                        "sitemap",
                        _SEED_PRIORITY - 1,
                        depth=depth + 1,
                        found_by="sitemap",
                        found_on=response.url,
                        lastmod=entry.lastmod,
                    )
            return
        found = ((entry.url, entry.lastmod or entry.published) for entry in sitemap.entries)
        yield from self._pages_in_scope(found, response, found_by="sitemap", depth=0)

    def _from_feed(self, response: Response) -> Iterator[Request]:
        feed = read_feed(response.body, response.url)
        if feed.problem:
            logger.warning("%s: %s", response.url, feed.problem)
        found = ((entry.url, entry.updated or entry.published) for entry in feed.entries)
        yield from self._pages_in_scope(found, response, found_by="feed", depth=0)

    def _from_page(self, response: Response) -> Iterator[Request]:
        depth = response.meta["depth"]
        follows = self._follows and self.site.scope.follow_links and depth < self._max_depth
        is_shown = self._is_shown(response)
        tree = page_tree(response.body) if follows or is_shown else None
        if tree is None:
            return
        if is_shown:
            most = self.site.limits.requisites_per_page
            self._requisites_left += most
            scripts = self.site.requisites == "all"
            found = requisites_of_page(tree, response.url, most=most, scripts=scripts)
            yield from self._requisites(found, response, found_by="page", depth=1)
        if follows:
            pages = ((url, None) for url in links_of_tree(tree, response.url).pages)
            yield from self._pages_in_scope(pages, response, found_by="link", depth=depth + 1)

    def _is_shown(self, response: Response) -> bool:
        """Whether somebody will want to see this page as it was: an article, or one asked for."""
        if not self.site.requisites:
            return False
        is_named = not self._follows or response.url in self._pages
        return is_named or kind_of(self.site, response.url) != "section"

    def _from_requisite(self, response: Response) -> Iterator[Request]:
        """What a style sheet names; other requisites need nothing."""
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        if not is_style(response.url, content_type):
            return
        depth = response.meta["depth"]
        found = requisites_of_style(
            response.body,
            response.url,
            most=self.site.limits.requisites_per_page,
            content_type=content_type,
            imports=depth < DEEPEST_STYLE,
        )
        yield from self._requisites(found, response, found_by="style", depth=depth + 1)

    def _requisites(
        self, found: Iterable[str], response: Response, *, found_by: str, depth: int
    ) -> Iterator[Request]:
        if len(self._named) > _MOST_REMEMBERED:
            self._named.clear()
        for url in found:
            if url in self._named or self._requisites_left <= 0:
                continue
            self._named.add(url)
            self._requisites_left -= 1
            is_own = self.site.has_host(host_of(url))
            yield _request(
                url,
                "requisite",
                (_REQUISITE_PRIORITY if is_own else _ELSEWHERE[-1]) - depth,
                depth=depth,
                found_by=found_by,
                found_on=response.url,
            )

    def _pages_in_scope(
        self,
        found: Iterable[tuple[str, date | None]],
        response: Response,
        *,
        found_by: str,
        depth: int,
    ) -> Iterator[Request]:
        for url, lastmod in found:
            if self._is_too_old(lastmod):
                self._old.add(url)
            if url in self._old or why_out_of_scope(self.site, url) is not None:
                continue
            yield _request(
                url,
                "page",
                priority_of(self.site, url, depth=depth, lastmod=lastmod),
                depth=depth,
                found_by=found_by,
                found_on=response.url,
                lastmod=lastmod,
            )

    def _is_too_old(self, lastmod: date | None) -> bool:
        return self._since is not None and lastmod is not None and lastmod < self._since


def _request(
    url: str,
    kind: str,
    priority: int,
    *,
    depth: int,
    found_by: str,
    found_on: str | None = None,
    lastmod: date | None = None,
) -> Request:
    return Request(
        url,
        priority=priority,
        meta={
            "kind": kind,
            "depth": depth,
            "found_by": found_by,
            "found_on": found_on,
            "lastmod": lastmod.isoformat() if lastmod else None,
        },
    )


def _kind_by_name(url: str) -> str:
    """What a URL that the operator typed is likely to be; the content has the last word."""
    path = url.partition("?")[0].lower().removesuffix(".gz")
    if path.endswith((".xml", ".txt")) and "sitemap" in path:
        return "sitemap"
    if path.endswith((".rss", ".atom", "/feed", "/feed/", "/rss", "/rss.xml", "/atom.xml")):
        return "feed"
    return "page"


def _kind_by_content(response: Response) -> str:
    """`sitemap` or `feed` where the bytes begin like one, else what the URL was asked for as."""
    start = response.body[:_SNIFFED_BYTES]
    if any(mark in start for mark in _SITEMAP_STARTS):
        return "sitemap"
    if any(mark in start for mark in _FEED_STARTS):
        return "feed"
    return str(response.meta["kind"])
