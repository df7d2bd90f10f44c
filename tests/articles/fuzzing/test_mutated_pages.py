"""Whatever is done to a page, it gives a record that keeps every promise, or `NotAnArticle`.

`make test` tries a hundred pages, `make fuzz` as many as it is told. What it found is kept in
`test_fuzz_findings`.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # has no types

from articles.document import parse_document
from articles.extract import extract
from articles.jsonld import read_linked_data
from articles.markdown import article_markdown
from articles.page import NotAnArticle, Page
from articles.plain_text import plain_text
from articles.record import Article
from articles.record_json import record_to_json
from articles.record_reading import article_from_json
from tests.articles.fuzzing.page_grammar import Fetched, pages

ON_THE_PAGE = ("byline", "review_block", "history_panel", "microdata", "rdfa")
EXAMPLES = int(os.environ.get("ARCHIATER_FUZZ_EXAMPLES") or 0)
"""Of a long run, each time other ones; without it the same fifty in every run of the tests."""


@settings(
    max_examples=EXAMPLES or 50,
    derandomize=not EXAMPLES,
    # Explaining a failure traces every line, which takes longer than a test may.
    phases=[phase for phase in Phase if phase is not Phase.explain],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(pages())
def test_a_mutated_page_gives_a_sound_record_or_none(fetched: Fetched) -> None:
    page = a_page(fetched)
    try:
        article = extract(page)
    except NotAnArticle:
        return
    record = record_to_json(article)
    assert json.loads(json.dumps(record)) == record
    assert list(schema().iter_errors(record)) == []
    assert record_to_json(article_from_json(record)) == record
    assert record_to_json(extract(page)) == record
    assert plain_text(article.sections) == article.text
    assert article_markdown(article) == article_markdown(article_from_json(record))
    for text in strings_of(record):
        assert not controls_in(text), text
    assert not controls_in(article_markdown(article))
    assert unresolved(article, page) == []


def a_page(fetched: Fetched) -> Page:
    headers = (("Content-Type", fetched.content_type),) if fetched.content_type else ()
    return Page(url="https://clinic.example/fever", body=fetched.body, headers=headers)


@cache
def schema() -> Draft202012Validator:
    path = Path(__file__).parents[3] / "docs" / "article.schema.json"
    return Draft202012Validator(json.loads(path.read_text("utf-8")))


def strings_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings_of(part)


def controls_in(text: str) -> list[str]:
    return [
        sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t"
    ]


def unresolved(article: Article, page: Page) -> list[str]:
    """Locators of evidence that do not lead to one place of the page."""
    document = parse_document(page)
    pointers = {node.pointer for node in read_linked_data(document.stated).nodes}
    lost = []
    for evidence in evidence_of(article):
        locator = evidence.locator
        if evidence.source == "jsonld":
            is_lost = not any(locator.startswith(pointer) for pointer in pointers)
        else:
            is_lost = evidence.source in ON_THE_PAGE and len(document.tree.cssselect(locator)) != 1
        if is_lost:
            lost.append(locator)
    return lost


def evidence_of(article: Article) -> Iterator[Any]:
    for contributor in article.contributors:
        yield from contributor.evidence
    for stated in article.dates:
        yield from stated.evidence
