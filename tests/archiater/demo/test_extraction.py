from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest

from archiater.demo import expected_articles, site_file_text
from archiater.demo.comparing import differences
from archiater.demo.expected import ExpectedArticle
from archiater.demo.furniture import NETWORK
from archiater.demo.site import build_site
from articles.extract import extract
from articles.page import NotAnArticle, Page
from articles.record import ROLES, Article
from spiders.site_files import read_site

BASE = "http://127.0.0.1:8123"
PROFILE = read_site(site_file_text(BASE), where="demo.toml", origin="demo").profile
SITE = build_site(1, BASE)
RIGHT_ON_EVERY_PAGE = (
    "title",
    "language",
    "dates",
    "review status",
    *(f"{role}:" for role in ROLES),
    *(f"{what} of" for what in ("credentials", "prefix", "kind", "scope", "specialty")),
    "sponsored",
    "text",
    "number of references",
    "disclaimers",
    "AI disclosure",
)


on_every_article = pytest.mark.parametrize(
    "expected", expected_articles(), ids=[expected.path for expected in expected_articles()]
)


@on_every_article
def test_extraction_reads_an_article_of_the_demo_as_it_was_written(
    expected: ExpectedArticle,
) -> None:
    article = _extracted(expected)

    wrong = differences(expected, _without_the_network(article))
    assert [line for line in wrong if line.startswith(RIGHT_ON_EVERY_PAGE)] == []


@on_every_article
def test_everybody_in_a_record_of_the_demo_has_evidence_that_holds_the_name(
    expected: ExpectedArticle,
) -> None:
    article = _extracted(expected)

    for person in article.contributors:
        raws = [" ".join(evidence.raw.split()) for evidence in person.evidence]
        assert any(person.name in raw for raw in raws), (person.name, raws)


def _extracted(expected: ExpectedArticle) -> Article:
    served = SITE[expected.path]
    headers = (("Content-Type", served.content_type), *served.headers)
    return extract(Page(url=BASE + expected.path, body=served.body, headers=headers), PROFILE)


def _without_the_network(article: Article) -> Article:
    """The encyclopedia prints "Review provided by NETWORK": right to find, and not in the content
    from which the expectation is made."""
    people = (one for one in article.contributors if (one.name, one.kind) != (NETWORK, "org"))
    return replace(article, contributors=tuple(people))


@pytest.mark.parametrize("has_profile", [True, False], ids=["site file", "no site file"])
def test_home_sections_profiles_and_tools_of_the_demo_are_no_articles(has_profile: bool) -> None:
    articles = {expected.path for expected in expected_articles()}
    taken = []
    for path, served in SITE.items():
        if path in articles or not served.content_type.startswith("text/html"):
            continue
        headers = (("Content-Type", served.content_type), *served.headers)
        page = Page(url=BASE + path, body=served.body, headers=headers)
        with contextlib.suppress(NotAnArticle):
            taken.append(extract(page, PROFILE if has_profile else None).url)

    assert taken == []
