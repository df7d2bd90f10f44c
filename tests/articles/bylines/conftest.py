"""Synthetic pages in many languages, made from the phrase tables by one builder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from articles.document import parse_document
from articles.machine_data import read_machine_data
from articles.page import Page
from articles.profile import SiteProfile
from articles.review_record import ReviewRecord, read_review_record
from tests.articles.bylines.tongues import SENTENCES, TONGUES, Tongue

BODY = (
    "<p>{0} {0} {0} {0} {0}</p><h2>{1}</h2><p>{0} {0} {0} {0} {0} {0}</p><p>{0} {0} {0} {0} {0}</p>"
)
ReadPage = Callable[..., ReviewRecord]


def page_html(
    header: str,
    *,
    language: str = "en",
    foot: str = "",
    outside: str = "",
    before: str = "",
    middle: str = "",
    title: str = "Bread and salt",
) -> str:
    body = BODY.format(SENTENCES.get(language) or SENTENCES[language.split("-")[0]], "***")
    body = body.replace("</p>", f"</p>{middle}", 1)
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title></head><body>{before}'
        f"<main><article><h1>{title}</h1>{header}{body}{foot}</article></main>{outside}</body></html>"
    )


@pytest.fixture
def tongues() -> dict[str, Tongue]:
    return TONGUES


@pytest.fixture
def read_page() -> ReadPage:
    """Read a page whose article has `header` under its headline, `foot` after its text,
    `middle` after its first paragraph, and `before` and `outside` round the article."""

    def read(
        header: str = "",
        *,
        language: str = "en",
        foot: str = "",
        outside: str = "",
        before: str = "",
        middle: str = "",
        html: str | None = None,
        fetched_at: datetime | None = datetime(2024, 3, 1, tzinfo=UTC),
        profile: SiteProfile | None = None,
    ) -> ReviewRecord:
        source = (
            html
            if html is not None
            else page_html(
                header,
                language=language,
                foot=foot,
                outside=outside,
                before=before,
                middle=middle,
            )
        )
        page = Page(
            url="https://bread.example/rye", body=source.encode("utf-8"), fetched_at=fetched_at
        )
        document = parse_document(page, profile)
        return read_review_record(document, read_machine_data(document), None, profile)

    return read
