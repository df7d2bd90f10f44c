"""The numbers of a collection."""

from __future__ import annotations

from archive.census import Census, count_collection
from archive.collection import Collection


def test_an_empty_collection_has_nothing(collection: Collection) -> None:
    assert count_collection(collection) == Census(
        articles=0, captures=0, waiting=0, warc_files=0, warc_bytes=0
    )


def test_captures_are_counted_with_those_that_wait_and_the_bytes_of_their_files(
    collection: Collection,
) -> None:
    with collection.transaction() as connection:
        connection.executemany(
            "insert into warc_files (id, name, state, origin, durable_bytes, created_at) "
            "values (?, ?, 'sealed', 'crawl', ?, '')",
            [(1, "a.warc.gz", 700), (2, "b.warc.gz", 300)],
        )
        connection.executemany(
            "insert into captures (warc_file_id, offset, length, record_id, record_type, site, "
            "url, fetched_at, outcome) values (1, ?, 10, '', 'response', 's', 'u', '', ?)",
            [(0, None), (10, None), (20, "not_article")],
        )

    census = count_collection(collection)

    assert (census.captures, census.waiting, census.articles) == (3, 2, 0)
    assert (census.warc_files, census.warc_bytes) == (2, 1000)
