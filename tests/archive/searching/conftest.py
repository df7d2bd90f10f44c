"""Articles in a collection, for searching: stored as extraction stores them, indexed on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from archive.collection import Collection
from archive.storing import store_article
from articles.record import Paragraph, Section

AddArticle = Callable[..., int]


@pytest.fixture
def add_article(
    collection: Collection, make_article: Callable[..., Any], add_capture: Callable[..., Any]
) -> AddArticle:
    """Store an article and give its id: `add_article("Text.", title="Fever", headings=["Care"])`.

    The same `url` with a later `day` is a later capture of the same page. Nothing is indexed.
    """
    stored = 0

    def add(
        text: str = "Rest and drink water.",
        /,
        *,
        url: str | None = None,
        day: int = 1,
        site: str = "example.org",
        headings: tuple[str, ...] = (),
        **fields: Any,
    ) -> int:
        nonlocal stored
        stored += 1
        url = url or f"https://{site}/article-{stored}"
        sections = tuple(
            Section(heading=heading, level=2, blocks=(Paragraph(text=text),))
            for heading in headings or (None,)
        )
        article = make_article(text, url=url, site=site, sections=sections, **fields)
        capture = add_capture(url, day=day, site=site)
        with collection.transaction() as connection:
            return store_article(connection, capture, article).article_id

    return add
