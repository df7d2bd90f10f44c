from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.collection import Collection
from archive.extracting import extract_pending

URL = "https://example.org/fever"

Capture = Callable[..., None]
MakePage = Callable[..., str]


def run(collection: Collection) -> None:
    extract_pending(collection, profile_of=lambda site: None)


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_page_that_is_gone_keeps_its_article_and_says_since_when(
    status: str, collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    capture(a_page("Rest."), day=0)
    run(collection)
    capture("gone", status=status, day=2)
    capture("gone", status=status, day=3)
    run(collection)

    gone = gone_at(collection)
    capture(a_page("Rest."), day=4)
    run(collection)

    assert gone is not None
    assert gone.startswith("2026-01-03")
    assert gone_at(collection) is None


def test_a_page_gone_before_it_was_last_seen_is_not_gone(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    capture("gone", status="404 Not Found", day=1)
    capture(a_page("Rest."), day=5)

    run(collection)

    assert gone_at(collection) is None


def test_a_page_is_gone_at_the_address_it_was_fetched_by(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    page = a_page("Rest.").replace("<title>", f"<link rel=canonical href='{URL}'><title>")
    capture(page, f"{URL}?page=1", day=0)
    capture("gone", f"{URL}?page=1", status="404 Not Found", day=1)

    run(collection)

    assert gone_at(collection) is not None


def gone_at(collection: Collection) -> str | None:
    row = collection.connection.execute("select gone_at from articles").fetchone()
    found: str | None = row["gone_at"]
    return found
