from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.collection import Collection
from archive.crawls import UnknownCrawl, begin_crawl, end_crawl, find_crawl, list_crawls

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection.create(tmp_path / "c") as opened:
        yield opened


def begin(collection: Collection, **settings: int) -> int:
    return begin_crawl(
        collection, site="nhs.uk", started_by="command", settings=dict(settings), now=NOW
    ).id


def test_an_interrupted_crawl_is_gone_on_with(collection: Collection) -> None:
    first = begin(collection)
    end_crawl(collection, first, "interrupted", now=NOW)

    assert begin(collection) == first


def test_a_killed_crawl_is_gone_on_with(collection: Collection) -> None:
    assert begin(collection) == begin(collection)


def test_a_finished_crawl_is_followed_by_a_new_one(collection: Collection) -> None:
    first = begin(collection)
    end_crawl(collection, first, "finished", now=NOW)

    assert begin(collection) != first


def test_a_crawl_asked_for_otherwise_is_a_new_one(collection: Collection) -> None:
    first = begin(collection, limit=5)

    assert begin(collection, limit=6) != first
    assert find_crawl(collection, first).state == "interrupted"


def test_the_newest_crawl_is_listed_first(collection: Collection) -> None:
    first = begin(collection)
    end_crawl(collection, first, "finished", now=NOW)
    second = begin(collection)

    assert [crawl.id for crawl in list_crawls(collection, site="nhs.uk")] == [second, first]


def test_a_crawl_that_never_was_is_named_in_the_error(collection: Collection) -> None:
    with pytest.raises(UnknownCrawl, match="no crawl 7"):
        find_crawl(collection, 7)
