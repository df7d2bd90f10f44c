from __future__ import annotations

import pytest

from archiater.demo import expected_articles, site_file_text
from archiater.demo.comparing import differences
from archiater.demo.expected import ExpectedArticle
from archiater.demo.site import build_site
from articles.extract import extract
from articles.page import Page
from spiders.site_files import read_site

BASE = "http://127.0.0.1:8123"
PROFILE = read_site(site_file_text(BASE), where="demo.toml", origin="demo").profile
SITE = build_site(1, BASE)
RIGHT_ON_EVERY_PAGE = (
    "title",
    "language",
    "dates",
    "author:",
    "fact_checker:",
    "text: has",
    "AI disclosure",
)


@pytest.mark.parametrize(
    "expected", expected_articles(), ids=[expected.path for expected in expected_articles()]
)
def test_extraction_reads_an_article_of_the_demo_as_it_was_written(
    expected: ExpectedArticle,
) -> None:
    served = SITE[expected.path]
    headers = (("Content-Type", served.content_type), *served.headers)

    article = extract(Page(url=BASE + expected.path, body=served.body, headers=headers), PROFILE)

    wrong = differences(expected, article)
    assert [line for line in wrong if line.startswith(RIGHT_ON_EVERY_PAGE)] == []
