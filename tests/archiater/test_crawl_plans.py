from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from archiater.crawl_plans import CrawlPlan, NothingToCrawl, plan_crawls, read_urls
from spiders.errors import NotAWebAddress, UnknownSite
from spiders.site_files import Sites, load_sites


@pytest.fixture(scope="module")
def sites() -> Sites:
    return load_sites()


def names(plans: tuple[CrawlPlan, ...]) -> list[str]:
    return [plan.site.name for plan in plans]


def test_a_site_by_name_starts_from_its_own_seeds(sites: Sites) -> None:
    (plan,) = plan_crawls(["nhs.uk"], sites=sites)

    assert plan.site.name == "nhs.uk"
    assert plan.pages == ()


def test_urls_of_one_site_share_a_plan(sites: Sites) -> None:
    urls = ["https://www.nhs.uk/conditions/asthma/", "https://www.nhs.uk/conditions/gout/"]

    (plan,) = plan_crawls(urls, sites=sites)

    assert plan.site.name == "nhs.uk"
    assert plan.pages == tuple(urls)


def test_a_site_named_as_a_whole_brings_its_pages_with_it(sites: Sites) -> None:
    targets = ["https://www.nhs.uk/conditions/asthma/", "nhs.uk"]

    (plan,) = plan_crawls(targets, sites=sites)

    assert plan.pages == ()


def test_a_url_of_no_known_site_needs_no_file(sites: Sites) -> None:
    (plan,) = plan_crawls(["health.example.org/fever"], sites=sites)

    assert plan.site.name == "example.org"
    assert plan.pages == ("https://health.example.org/fever",)


def test_with_nothing_named_and_nothing_enabled_the_error_says_what_to_do(sites: Sites) -> None:
    with pytest.raises(NothingToCrawl, match="name a site or a URL"):
        plan_crawls([], sites=sites)


def test_a_misspelt_site_is_answered_with_the_near_ones(sites: Sites) -> None:
    with pytest.raises(UnknownSite, match=r"nhs\.uk"):
        plan_crawls(["nhs.ku"], sites=sites)


@pytest.mark.parametrize("target", ["ftp://example.org/x", "https:///x", "http://"])
def test_what_is_no_web_address_is_refused(target: str, sites: Sites) -> None:
    with pytest.raises(NotAWebAddress):
        plan_crawls([target], sites=sites)


def test_a_crawl_asked_for_in_the_same_way_has_the_same_settings(sites: Sites) -> None:
    (one,) = plan_crawls(["nhs.uk"], sites=sites, since=date(2026, 1, 1))
    (other,) = plan_crawls(["nhs.uk"], sites=sites, since=date(2026, 1, 1))
    (third,) = plan_crawls(["nhs.uk"], sites=sites, most_pages=5)

    assert one.settings() == other.settings()
    assert one.settings() != third.settings()


def test_a_file_of_urls_may_have_comments_and_empty_lines(tmp_path: Path) -> None:
    path = tmp_path / "urls.txt"
    path.write_text("# mine\n\nhttps://example.org/a \nhttps://example.org/b\n", "utf-8")

    assert read_urls(path) == ("https://example.org/a", "https://example.org/b")


@pytest.mark.parametrize(
    ("in_file", "asked", "expected"),
    [
        (True, None, True),
        (True, False, False),
        (False, True, True),
        ("all", True, "all"),
        ("all", False, False),
    ],
)
def test_the_command_line_overrules_the_file_about_requisites(
    sites: Sites, in_file: bool | Literal["all"], asked: bool | None, expected: bool | str
) -> None:
    known = Sites([replace(sites.named("nhs.uk"), requisites=in_file)])

    (plan,) = plan_crawls(["nhs.uk"], sites=known, requisites=asked)

    assert plan.site.requisites == expected


def test_a_crawl_with_requisites_is_not_gone_on_with_without_them(sites: Sites) -> None:
    (without,) = plan_crawls(["nhs.uk"], sites=sites, requisites=False)
    (with_them,) = plan_crawls(["nhs.uk"], sites=sites, requisites=True)

    assert without.settings() != with_them.settings()
