from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # has no types

from archive.collection import Collection
from archive.reading import (
    UnknownArticle,
    UnknownVersion,
    article_record,
    find_article,
    list_observations,
    list_versions,
)
from archive.storing import store_article
from articles.record import Article, Paragraph, Section
from articles.record_json import record_to_json

MakeArticle = Callable[..., Article]
AddCapture = Callable[..., Any]
Store = Callable[..., Any]

URL = "https://example.org/fever"


@pytest.fixture
def store(collection: Collection, add_capture: AddCapture) -> Store:
    """Store an article as shown by a new capture of its URL, and give the capture back."""

    def store(article: Article, url: str = URL, **columns: Any) -> Any:
        capture = add_capture(url, **columns)
        with collection.transaction() as connection:
            store_article(connection, capture, article)
        return capture

    return store


def test_the_record_reads_back_as_it_was_stored_with_its_place_in_the_archive(
    collection: Collection, make_article: MakeArticle, store: Store
) -> None:
    article = make_article("Rest.\n\nDrink.")
    capture = store(article, payload_digest="sha1:AAAA", length=77)

    record = article_record(collection, URL)

    assert record == {
        **record_to_json(article),
        "site": "example.org",
        "capture": {
            "fetched_at": "2026-01-01T12:00:00.000000Z",
            "status": 200,
            "warc_file": "test.warc.gz",
            "offset": 0,
            "length": 77,
            "record_id": capture["record_id"],
            "payload_digest": "sha1:AAAA",
        },
        "version": 1,
        "first_seen_at": "2026-01-01T12:00:00.000000Z",
        "last_seen_at": "2026-01-01T12:00:00.000000Z",
    }
    assert list(record) == list(record_to_json(article))


def test_a_record_of_the_archive_fits_the_published_schema(
    collection: Collection, make_article: MakeArticle, store: Store
) -> None:
    store(make_article())
    path = Path(__file__).parents[2] / "docs" / "article.schema.json"

    validator = Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))

    assert list(validator.iter_errors(article_record(collection, URL))) == []


def test_a_version_shows_its_own_text_and_the_last_capture_that_had_it(
    collection: Collection, make_article: MakeArticle, store: Store
) -> None:
    store(make_article("One."), day=1)
    store(make_article("One.", title="Fever again"), day=2)
    store(make_article("Two."), day=3)

    record = article_record(collection, URL, version=1)

    assert (record["text"], record["title"], record["version"]) == ("One.", "Fever again", 1)
    assert record["first_seen_at"].startswith("2026-01-01")
    assert record["last_seen_at"].startswith("2026-01-02")


def test_sections_of_their_own_come_back_with_the_capture_that_showed_them(
    collection: Collection, make_article: MakeArticle, store: Store
) -> None:
    article = make_article("One. Two.")
    parted = replace(
        article,
        text="One.\n\nTwo.",
        sections=(Section(heading="H", level=2, blocks=(Paragraph(text="One."),)),),
    )
    store(article, day=1)
    store(parted, day=2)

    record = article_record(collection, URL)

    assert record["text"] == "One.\n\nTwo."
    assert record["sections"][0]["heading"] == "H"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(1, id="id"),
        pytest.param("1", id="id as text"),
        pytest.param("HTTPS://Example.org:443/fever#top", id="not normalised"),
        pytest.param("example.org/fever", id="without scheme"),
        pytest.param("https://example.org/fever/amp", id="URL it was fetched by"),
        pytest.param("http://example.org/old", id="redirected twice"),
    ],
)
def test_an_article_is_found_by(
    name: str | int,
    collection: Collection,
    make_article: MakeArticle,
    store: Store,
    add_capture: AddCapture,
) -> None:
    add_capture("http://example.org/old", status=301, location="https://example.org/old")
    add_capture("https://example.org/old", status=302, location="https://example.org/fever/amp")
    store(make_article(), "https://example.org/fever/amp")

    assert find_article(collection, name)["url"] == URL


def test_redirects_in_a_circle_find_nothing(
    collection: Collection, add_capture: AddCapture
) -> None:
    add_capture("https://example.org/a", status=301, location="https://example.org/b")
    add_capture("https://example.org/b", status=301, location="https://example.org/a")

    with pytest.raises(UnknownArticle, match=r"no article 'https://example\.org/a'"):
        find_article(collection, "https://example.org/a")


@pytest.mark.parametrize("name", ["7", "9" * 30, "", "fever", "https://example.org/none"])
def test_an_unknown_article_is_one_line(name: str, collection: Collection) -> None:
    with pytest.raises(UnknownArticle, match="archiater search"):
        find_article(collection, name)


def test_an_unknown_version_names_those_there_are(
    collection: Collection, make_article: MakeArticle, store: Store
) -> None:
    store(make_article())

    with pytest.raises(UnknownVersion, match="no version 3; it has 1 to 1"):
        article_record(collection, URL, version=3)


def test_versions_and_observations_are_listed_from_the_oldest(
    collection: Collection, make_article: MakeArticle, store: Store
) -> None:
    store(make_article("Two."), day=5)
    store(make_article("One."), day=1)
    store(make_article("One."), day=2)

    versions = list_versions(collection, URL)
    observations = list_observations(collection, URL)

    assert [(version["number"], version["captures"]) for version in versions] == [(1, 2), (2, 1)]
    assert [seen["fetched_at"][8:10] for seen in observations] == ["01", "02", "05"]
