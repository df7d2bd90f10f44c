"""What a crawl is asked for: the sites and URLs of the command line as one plan a site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from archiater.config import Config
from articles.errors import ArchiaterError
from articles.urls import host_of, normalise_url
from spiders.errors import NotAWebAddress
from spiders.site import Site
from spiders.site_files import Sites, site_for_bare_url


class NothingToCrawl(ArchiaterError):
    """No site or URL was named, and none is enabled."""


@dataclass(frozen=True, kw_only=True)
class CrawlPlan:
    """One crawl over one site."""

    site: Site
    pages: tuple[str, ...] = ()
    """URLs named by the operator; where there are some, they stand for the site's own seeds."""
    most_pages: int | None = None
    since: date | None = None
    """Leave out what sitemap or feed dates before this day; what has no date is fetched."""
    one_page: bool = False
    """Fetch the named URLs and nothing that they lead to."""

    def settings(self) -> dict[str, Any]:
        """How the crawl was asked for, as its row keeps it; an interrupted crawl goes on only when
        it is asked for in the same way."""
        return {
            "urls": list(self.pages),
            "limit": self.most_pages,
            "since": self.since.isoformat() if self.since else None,
            "one_page": self.one_page,
        }


def plan_crawls(
    targets: Iterable[str],
    *,
    sites: Sites,
    config: Config,
    most_pages: int | None = None,
    since: date | None = None,
    one_page: bool = False,
) -> tuple[CrawlPlan, ...]:
    """One plan a site for names of sites and URLs; the enabled sites where none is given.

    URLs of one site share a plan; a URL of no known site makes a site of its registered domain.
    Raises `UnknownSite`, `NotAWebAddress` or `NothingToCrawl`.
    """
    named = tuple(dict.fromkeys(targets)) or config.enabled_sites
    if not named:
        raise NothingToCrawl(
            "nothing to crawl: name a site or a URL, or set sites.enabled in archiater.toml; "
            "`archiater sites list` shows the known sites"
        )
    whole: dict[str, Site] = {}
    known: dict[str, tuple[Site, list[str]]] = {}
    unknown: dict[str, list[str]] = {}
    for target in named:
        if "/" not in target and not _is_host_with_port(target):
            site = sites.named(target)
            whole[site.name] = site
            continue
        url = _web_address(target)
        found = sites.for_url(url)
        if found is None:
            unknown.setdefault(site_for_bare_url(url).name, []).append(url)
        else:
            known.setdefault(found.name, (found, []))[1].append(url)
    if one_page and whole:
        raise NothingToCrawl(
            f"--one-page takes URLs, found the site {next(iter(whole))!r}; name the page's address"
        )
    wanted: list[tuple[Site, tuple[str, ...]]] = [
        (site, ()) for name, site in whole.items() if name not in known
    ]
    wanted += [(site, tuple(urls)) for site, urls in known.values()]
    wanted += [(site_for_bare_url(*urls), tuple(urls)) for urls in unknown.values()]
    return tuple(
        CrawlPlan(site=site, pages=pages, most_pages=most_pages, since=since, one_page=one_page)
        for site, pages in wanted
    )


def read_urls(path: Path) -> tuple[str, ...]:
    """The URLs of a file, one a line; empty lines and lines that begin with # are passed over."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _is_host_with_port(target: str) -> bool:
    host, colon, port = target.partition(":")
    return bool(host and colon and port.isdigit())


def _web_address(target: str) -> str:
    """The URL that was typed, with a scheme where it had none."""
    url = normalise_url(target if "://" in target else f"https://{target}")
    if not host_of(url):
        raise NotAWebAddress(
            f"{target!r} is no web address, expected one such as https://example.org/health/; "
            "`archiater sites list` shows the names of known sites"
        )
    return url
