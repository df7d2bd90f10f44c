"""A site as a value: where it starts, how far it reaches, when and how gently it is crawled.

One TOML file is one site; reading it is the work of `spiders.site_files`. What the site's pages
look like is its profile, a value of the core.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from articles.profile import SiteProfile


@dataclass(frozen=True, kw_only=True)
class Seeds:
    """Where a crawl of the site starts; URLs as the file has them."""

    sitemaps: tuple[str, ...] = ()
    """Sitemaps or sitemap indexes; those that robots.txt names are added by the crawl."""
    feeds: tuple[str, ...] = ()
    """RSS, Atom or JSON feeds."""
    pages: tuple[str, ...] = ()
    """Pages to fetch, and to look for links in."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """How far the site reaches inside its hosts. Patterns are searched in the normalised path."""

    allow: tuple[re.Pattern[str], ...] = ()
    """A path must match one of these; any may where there are none."""
    deny: tuple[re.Pattern[str], ...] = ()
    """A path that matches one of these is out, whatever allows it."""
    articles: tuple[re.Pattern[str], ...] = ()
    """Paths of articles, told from section pages: they are fetched first. May be empty."""
    max_depth: int | None = None
    """Links away from a seed; None for the setting of the collection."""
    follow_links: bool = True
    """Whether links in pages lead to further pages, or only sitemaps and feeds do."""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When the site is due; a cron expression of five fields in a time zone."""

    cron: str
    timezone: str = "UTC"
    jitter_s: int = 0
    """A start is put off by up to this long, so that many sites do not start at one moment."""


@dataclass(frozen=True, kw_only=True)
class Politeness:
    delay_s: float | None = None
    """Seconds between two requests to one host; None for the setting of the collection."""
    concurrency: int = 1
    """Requests to one host at a time."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much is taken of what pages need to be shown."""

    requisite_bytes: int = 5_000_000
    """Largest size of one; the photograph at the head of an article has 50 kB to 3 MB."""
    requisites_per_page: int = 200
    """Most that one page, or one style sheet, may name; a page with every image in five sizes
    stays below it."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """One publisher's site, as one crawl takes it."""

    name: str
    publisher: str | None = None
    hosts: tuple[str, ...]
    """Hosts in lower case, with a port where it is not the default; `*.example.org` stands for
    example.org and every host under it."""
    path_prefixes: tuple[str, ...] = ()
    """Where the site is but a part of its hosts: `/fil` holds /fil and /fil/x, not /filter."""
    language: str | None = None
    """BCP 47."""
    seeds: Seeds = field(default_factory=Seeds)
    scope: Scope = field(default_factory=Scope)
    schedule: Schedule | None = None
    politeness: Politeness = field(default_factory=Politeness)
    requisites: bool | Literal["all"] = False
    """Whether images, styles and fonts of articles are archived too, for the page to be shown as it
    was; `all` takes scripts with them."""
    limits: Limits = field(default_factory=Limits)
    profile: SiteProfile
    tried_on_live_web: bool = False
    """Whether somebody has crawled the live site with this file and read what came of it."""
    origin: str
    """Where the site comes from, to be shown: a path, `shipped` or `command line`."""

    def has_host(self, host: str) -> bool:
        """Whether `host`, as `articles.urls.host_of` gives it, is one of the site's."""
        return any(
            host == known or (known.startswith("*.") and f".{host}".endswith(known[1:]))
            for known in self.hosts
        )

    def prefix_of(self, path: str) -> str | None:
        """The longest of the site's prefixes that holds `path`, "" where it has none; else None."""
        if not self.path_prefixes:
            return ""
        return max(
            (prefix for prefix in self.path_prefixes if f"{path}/".startswith(f"{prefix}/")),
            key=len,
            default=None,
        )
