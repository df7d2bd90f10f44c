"""What a crawl is asked for: the sites and URLs of the command line as one plan a site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from articles.errors import ArchiaterError
from spiders.errors import NotAWebAddress
from spiders.site import Site
from spiders.site_files import Sites, site_for_bare_url, web_address


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
            # Gone on with without them, the pages before would have them and those after not.
            **({"requisites": self.site.requisites} if self.site.requisites else {}),
        }


def plan_crawls(
    targets: Iterable[str],
    *,
    sites: Sites,
    most_pages: int | None = None,
    since: date | None = None,
    one_page: bool = False,
    requisites: bool | None = None,
) -> tuple[CrawlPlan, ...]:
    """One plan a site for names of sites and URLs.

    URLs of one site share a plan; a URL of no known site makes a site of its registered domain.
    `requisites` overrules what each site's file says of them; None does not.
    Raises `UnknownSite`, `NotAWebAddress` or `NothingToCrawl`.
    """
    named = tuple(dict.fromkeys(targets))
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
        url = web_address(target if "://" in target else f"https://{target}")
        found = sites.for_url(url)
        if found is None:
            unknown.setdefault(site_for_bare_url(url).name, []).append(url)
        else:
            known.setdefault(found.name, (found, []))[1].append(url)
    if one_page and whole:
        raise NothingToCrawl(
            f"--one-page takes URLs, found the site {next(iter(whole))!r}; name the page's address"
        )
    # A site that is crawled as a whole brings its pages with it.
    wanted: list[tuple[Site, tuple[str, ...]]] = [(site, ()) for site in whole.values()]
    wanted += [(site, tuple(urls)) for name, (site, urls) in known.items() if name not in whole]
    for name, urls in unknown.items():
        if name in whole or name in known:
            raise NothingToCrawl(
                f"{urls[0]}: not a page of the site {name}, whose name its domain would have; "
                "crawl it by itself, or widen hosts and path_prefixes in the site's file"
            )
        wanted.append((site_for_bare_url(*urls), tuple(urls)))
    return tuple(
        CrawlPlan(
            site=_with_requisites(site, requisites),
            pages=pages,
            most_pages=most_pages,
            since=since,
            one_page=one_page,
        )
        for site, pages in wanted
    )


def _with_requisites(site: Site, wanted: bool | None) -> Site:
    # A file that asks for scripts too is not overruled by a mere yes.
    if wanted is None or bool(site.requisites) == wanted:
        return site
    return replace(site, requisites=wanted)


def read_urls(path: Path) -> tuple[str, ...]:
    """The URLs of a file, one a line; empty lines and lines that begin with # are passed over."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise NotAWebAddress(
            f"{path}: byte {error.start} is no UTF-8, expected a text file with one URL a line"
        ) from error
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _is_host_with_port(target: str) -> bool:
    host, colon, port = target.partition(":")
    return bool(host and colon and port.isdigit())
