"""Which URLs a crawl of a site takes, what they are, and which go first.

Plain functions of a site and a URL. Every refusal has words, so that nobody needs to guess why a
page is missing. URLs are expected as `articles.urls.normalise_url` gives them.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Literal

from spiders.site import Site

Kind = Literal["article", "section", "page"]
"""`article` and `section` where the site's patterns tell; `page` where they say nothing."""


def in_scope(site: Site, url: str) -> bool:
    """Whether a crawl of `site` fetches `url`."""
    return why_out_of_scope(site, url) is None


def why_out_of_scope(site: Site, url: str) -> str | None:
    """Why a crawl of `site` does not fetch `url`, in words; None where it does."""
    host, path = _host_and_path(url)
    if not host:
        return "not a web address"
    if not site.has_host(host):
        return f"{host} is no host of {site.name}"
    if site.prefix_of(path) is None:
        return f"{path} is under none of {', '.join(site.path_prefixes)}"
    for pattern in site.scope.deny:
        if pattern.search(path):
            return f"scope.deny holds {pattern.pattern!r}"
    if site.scope.allow and not any(pattern.search(path) for pattern in site.scope.allow):
        return "no pattern of scope.allow matches"
    return _why_no_page(path) or why_a_trap(url)


def kind_of(site: Site, url: str) -> Kind:
    """What `url` is likely to be, by its path alone; the page itself has the last word."""
    _, path = _host_and_path(url)
    if path == "/" or path.rstrip("/") in site.path_prefixes:
        return "section"
    if not site.scope.articles:
        return "page"
    is_article = any(pattern.search(path) for pattern in site.scope.articles)
    return "article" if is_article else "section"


def priority_of(site: Site, url: str, *, depth: int = 0, lastmod: date | None = None) -> int:
    """How early to fetch `url`: the higher the earlier.

    Newest first by what sitemap or feed says of it; then articles over section pages, which may
    list what is newer still but are many; then what is nearer to a seed. Only seeds of a crawl go
    before everything (the crawl's own affair).
    """
    freshness = lastmod.toordinal() - _ORDINAL_OF_2000 if lastmod else 0
    rank = {"article": 2, "page": 1, "section": 0}[kind_of(site, url)]
    return max(0, freshness) * 1000 + rank * 100 - min(max(depth, 0), 99)


def why_a_trap(url: str) -> str | None:
    """Why `url` looks made by a machine without end, in words; None where it does not.

    Calendars, session ids, facets and links that are relative by mistake give a site more URLs
    than it has pages. The limits stand far above what the articles of health publishers need.
    """
    if len(url) > _LONGEST_URL:
        return f"the address is longer than {_LONGEST_URL} characters"
    path, _, query = url.partition("?")
    segments = [segment for segment in path.split("/")[3:] if segment]
    if len(segments) > _DEEPEST_PATH:
        return f"the path is deeper than {_DEEPEST_PATH} segments"
    repeated, times = Counter(segments).most_common(1)[0] if segments else ("", 0)
    if times > _MOST_REPEATS:
        return f"the path repeats {repeated!r}"
    if _SESSION.search(url):
        return "the address carries a session"
    if _CALENDAR.search(url):
        return "the address is a page of a calendar"
    names = Counter(part.partition("=")[0].lower() for part in query.split("&") if part)
    if len(names) > _MOST_PARAMETERS or max(names.values(), default=0) > _MOST_REPEATS:
        return "the address has too many parameters"
    if unwanted := _NO_PAGE_OF_ITS_OWN.intersection(names):
        return f"the parameter {min(unwanted)!r} makes another view of a page"
    return None


def _host_and_path(url: str) -> tuple[str, str]:
    """Host and path of a normalised URL, "" for what is none; cheap, for this is asked per link."""
    scheme, mark, rest = url.partition("://")
    if not mark or scheme not in ("http", "https"):
        return "", ""
    host, _, path = rest.partition("?")[0].partition("/")
    return host.rpartition("@")[2], f"/{path}"


_ORDINAL_OF_2000 = date(2000, 1, 1).toordinal()
_LONGEST_URL = 2000
_DEEPEST_PATH = 12
_MOST_REPEATS = 2
_MOST_PARAMETERS = 6
_SESSION = re.compile(
    r"[;?&](?:jsessionid|phpsessid|sessionid|session_id|sid|cfid|cftoken|aspsessionid\w*)=",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    r"/(?:calend[ae]r\w*|events?|agenda|kalender)/(?:.*/)?(?:19|20)\d\d[/-]\d{1,2}(?:[/-]|\?|$)"
    r"|[?&](?:month|tribe-bar-date|ical|outlook-ical|eventdisplay|calendar\w*)=",
    re.IGNORECASE,
)
# Views of a page or actions on it that content systems make: WordPress, Drupal, Joomla, forums.
_NO_PAGE_OF_ITS_OWN = frozenset(
    {
        "replytocom",
        "share",
        "print",
        "printable",
        "add-to-cart",
        "action",
        "login",
        "redirect_to",
        "returnurl",
        "orderby",
        "sort_by",
        "sort_order",
        "filter_by",
    }
)
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|mp[34]|m4[av]|avi|mov|webm|ogg|wav|css|m?js"
    r"|json|xml|rss|atom|txt|csv|xlsx?|docx?|pptx?|pdf|epub|zip|gz|tgz|rar|7z|exe|dmg|apk|ics|vcf"
    r"|woff2?|ttf|eot|swf)\Z",
    re.IGNORECASE,
)


def _why_no_page(path: str) -> str | None:
    found = _NO_PAGE.search(path)
    return f"{found[0]} is no page" if found else None
