"""Scope: which URLs a crawl takes, in which order, and the words for those it does not."""

from __future__ import annotations

import re
from datetime import date

import pytest

from articles.profile import SiteProfile
from spiders.scope import in_scope, kind_of, priority_of, why_a_trap, why_out_of_scope
from spiders.site import Scope, Site

SITE = Site(
    name="example.org",
    hosts=("example.org",),
    path_prefixes=("/health",),
    scope=Scope(
        allow=(re.compile(r"^/health(?:/|$)"),),
        deny=(re.compile(r"/author/"),),
        articles=(re.compile(r"^/health/[^/]+/[^/]+"),),
    ),
    profile=SiteProfile(site="example.org"),
    origin="test",
)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://example.org/health/flu/signs", None),
        ("https://example.org/health", None),
        ("https://example.org/healthy", "under none of /health"),
        ("https://other.example/health/flu", "other.example is no host of example.org"),
        ("http://example.org:8000/health/flu", "example.org:8000 is no host"),
        ("https://example.org/health/author/x", "scope.deny holds '/author/'"),
        ("https://example.org/health/leaflet.PDF", ".PDF is no page"),
        ("mailto:a@example.org", "not a web address"),
    ],
)
def test_a_url_out_of_scope_is_refused_with_a_reason(url: str, reason: str | None) -> None:
    found = why_out_of_scope(SITE, url)

    assert in_scope(SITE, url) == (reason is None)
    assert (found is None) if reason is None else (found is not None and reason in found)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://example.org/" + "a" * 2000, "longer than 2000"),
        ("https://example.org" + "/a1/b2" * 7, "deeper than 12"),
        ("https://example.org/de/en/de/en/de/flu", "repeats 'de'"),
        ("https://example.org/x;jsessionid=1", "session"),
        ("https://example.org/x?PHPSESSID=1", "session"),
        ("https://example.org/calendar/2031/05/", "calendar"),
        ("https://example.org/events/list?tribe-bar-date=2031-01-01", "calendar"),
        ("https://example.org/x?a=1&b=1&c=1&d=1&e=1&f=1&g=1", "too many parameters"),
        ("https://example.org/x?f[]=1&f[]=2&f[]=3", "too many parameters"),
        ("https://example.org/x?replytocom=7", "'replytocom' makes another view"),
    ],
)
def test_what_machines_make_without_end_is_a_trap(url: str, reason: str) -> None:
    found = why_a_trap(url)

    assert found is not None
    assert reason in found


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/",
        "https://example.org/en/health/a-z/heart/heart-attack/symptoms",
        "https://example.org/news/2012/01/12/depression-care/33599.html",
        "https://example.org/article/?aid=1231144623&page=2",
        "https://example.org/health/health-guide/",
        "https://example.org/news/heart-calendar-2024/",
    ],
)
def test_addresses_that_publishers_give_articles_are_no_traps(url: str) -> None:
    assert why_a_trap(url) is None


def test_a_path_tells_articles_from_sections_only_where_the_site_has_patterns() -> None:
    without = Site(name="x", hosts=("example.org",), profile=SiteProfile(site="x"), origin="test")

    assert kind_of(SITE, "https://example.org/health/flu/signs") == "article"
    assert kind_of(SITE, "https://example.org/health/flu") == "section"
    assert kind_of(SITE, "https://example.org/health/") == "section"
    assert kind_of(without, "https://example.org/health/flu") == "page"
    assert kind_of(without, "https://example.org/") == "section"


def test_the_newest_goes_first_then_articles_then_what_is_near() -> None:
    article, section = "https://example.org/health/flu/signs", "https://example.org/health/flu"
    newest_first = [
        priority_of(SITE, article, lastmod=date(2024, 5, 2)),
        priority_of(SITE, section, lastmod=date(2024, 5, 2)),
        priority_of(SITE, article, lastmod=date(2024, 5, 1)),
        priority_of(SITE, article, depth=1),
        priority_of(SITE, article, depth=2),
        priority_of(SITE, section, depth=1),
        priority_of(SITE, section, depth=500),
    ]

    assert newest_first == sorted(newest_first, reverse=True)
    assert len(set(newest_first)) == len(newest_first)
