from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.collection import Collection
from archive.crawls import begin_crawl
from archive.frontier import Frontier, Wanted

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection.create(tmp_path / "c") as opened:
        yield opened


@pytest.fixture
def frontier(collection: Collection) -> Frontier:
    return a_frontier(collection)


def a_frontier(collection: Collection, limit: int | None = None) -> Frontier:
    crawl = begin_crawl(
        collection, site="example.org", started_by="command", settings={"limit": limit}, now=NOW
    )
    return Frontier(collection, site="example.org", crawl_id=crawl.id)


def a_page(url: str, priority: int = 0) -> Wanted:
    return Wanted(url=url, kind="page", priority=priority, found_by="link")


def push(collection: Collection, frontier: Frontier, *wanted: Wanted) -> None:
    with collection.transaction() as connection:
        frontier.push(connection, wanted, now=NOW)


def test_the_most_valuable_url_is_given_out_first(
    collection: Collection, frontier: Frontier
) -> None:
    push(
        collection,
        frontier,
        a_page("https://example.org/low"),
        a_page("https://example.org/high", 9),
    )

    leases = frontier.claim(1, now=NOW)

    assert [lease.url for lease in leases] == ["https://example.org/high"]


def test_a_url_is_given_out_once_however_often_it_is_found(
    collection: Collection, frontier: Frontier
) -> None:
    page = a_page("https://example.org/a")
    push(collection, frontier, page, page)
    first = frontier.claim(10, now=NOW)
    push(collection, frontier, page)

    second = frontier.claim(10, now=NOW)

    assert [lease.url for lease in first] == ["https://example.org/a"]
    assert second == ()


def test_a_lease_of_a_killed_crawl_waits_again(collection: Collection, frontier: Frontier) -> None:
    push(collection, frontier, a_page("https://example.org/a"))
    frontier.claim(1, now=NOW)

    released = frontier.release_leases(now=NOW)

    assert released == 1
    assert [lease.url for lease in frontier.claim(1, now=NOW)] == ["https://example.org/a"]


def test_a_postponed_url_waits_until_its_time(collection: Collection, frontier: Frontier) -> None:
    push(collection, frontier, a_page("https://example.org/a"))
    frontier.claim(1, now=NOW)
    later = NOW + timedelta(seconds=30)
    with collection.transaction() as connection:
        frontier.postpone(
            connection, "https://example.org/a", until=later, reason="HTTP 503", now=NOW
        )

    assert frontier.claim(1, now=NOW) == ()
    assert frontier.has_waiting()
    (lease,) = frontier.claim(1, now=later)
    assert lease.tries == 1


def test_with_the_limit_reached_only_sitemaps_and_feeds_are_given_out(
    collection: Collection, frontier: Frontier
) -> None:
    sitemap = Wanted(url="https://example.org/sitemap.xml", kind="sitemap", found_by="seed")
    push(collection, frontier, a_page("https://example.org/a", 9), sitemap)

    leases = frontier.claim(10, now=NOW, pages=False)

    assert [lease.kind for lease in leases] == ["sitemap"]
    assert not frontier.has_waiting(pages=False)


def test_the_end_of_each_url_is_counted_by_state(
    collection: Collection, frontier: Frontier
) -> None:
    push(collection, frontier, a_page("https://example.org/a"), a_page("https://example.org/b"))
    frontier.claim(2, now=NOW)
    with collection.transaction() as connection:
        frontier.settle(connection, "https://example.org/a", "done", now=NOW)
        frontier.settle(
            connection, "https://example.org/b", "disallowed", now=NOW, reason="robots.txt"
        )

    assert frontier.counts() == {"done": 1, "disallowed": 1}


def test_a_new_crawl_asks_for_the_same_url_again(
    collection: Collection, frontier: Frontier
) -> None:
    push(collection, frontier, a_page("https://example.org/a"))
    frontier.claim(1, now=NOW)
    with collection.transaction() as connection:
        frontier.settle(connection, "https://example.org/a", "done", now=NOW)

    later = a_frontier(collection, limit=5)
    push(collection, later, a_page("https://example.org/a"))

    assert [lease.url for lease in later.claim(1, now=NOW)] == ["https://example.org/a"]


def test_what_earlier_crawls_left_waiting_costs_a_later_one_nothing(
    collection: Collection, frontier: Frontier
) -> None:
    plans = [
        " ".join(
            row["detail"] for row in collection.connection.execute(f"explain query plan {sql}")
        )
        for sql in (
            "select url from frontier where site = 's' and state = 'waiting' and crawl_id = 1"
            " order by priority desc, url limit 16",
            "select state, count(*) from frontier where site = 's' and crawl_id = 1 group by state",
        )
    ]

    assert all("site=? AND crawl_id=?" in plan for plan in plans)
    assert not any("TEMP B-TREE" in plan for plan in plans)


def a_requisite(url: str) -> Wanted:
    return Wanted(url=url, kind="requisite", found_by="page", found_on="https://example.org/")


def test_a_page_that_another_took_for_an_image_is_given_out_as_a_page(
    collection: Collection, frontier: Frontier
) -> None:
    push(collection, frontier, a_requisite("https://example.org/b"))
    frontier.claim(1, now=NOW)
    push(collection, frontier, a_page("https://example.org/b"))
    with collection.transaction() as connection:
        frontier.settle(connection, "https://example.org/b", "done", now=NOW)

    leases = frontier.claim(1, now=NOW)

    assert [(lease.url, lease.kind) for lease in leases] == [("https://example.org/b", "page")]


def test_a_page_that_serves_as_an_image_stays_a_page(
    collection: Collection, frontier: Frontier
) -> None:
    push(collection, frontier, a_page("https://example.org/b"))
    push(collection, frontier, a_requisite("https://example.org/b"))

    assert [lease.kind for lease in frontier.claim(2, now=NOW)] == ["page"]


def test_where_no_more_pages_are_wanted_requisites_are_given_out(
    collection: Collection, frontier: Frontier
) -> None:
    push(
        collection,
        frontier,
        a_page("https://example.org/b", 9),
        a_requisite("https://cdn.example/i.png"),
    )

    leases = frontier.claim(9, now=NOW, pages=False)

    assert [(lease.url, lease.found_on) for lease in leases] == [
        ("https://cdn.example/i.png", "https://example.org/")
    ]
