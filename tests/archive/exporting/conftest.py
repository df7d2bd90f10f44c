"""Articles in a collection, for exporting: stored as extraction stores them, and indexed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from archive.collection import Collection
from archive.searching.index import index_pending
from archive.storing import store_article

AddArticle = Callable[..., int]


@pytest.fixture
def add_article(
    collection: Collection, make_article: Callable[..., Any], add_capture: Callable[..., Any]
) -> AddArticle:
    """Store and index an article: `add_article("Text.", url=..., title=...)`."""

    def add(
        text: str = "Rest and drink water.",
        /,
        *,
        url: str = "https://example.org/fever",
        day: int = 1,
        site: str = "example.org",
        **fields: Any,
    ) -> int:
        capture = add_capture(url, day=day, site=site)
        article = make_article(text, url=url, site=site, **fields)
        with collection.transaction() as connection:
            stored = store_article(connection, capture, article)
        index_pending(collection)
        return stored.article_id

    return add
