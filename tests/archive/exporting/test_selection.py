from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.collection import Collection
from archive.errors import BadQuery
from archive.exporting.selection import (
    Counts,
    Selection,
    Use,
    count_selected,
    read_selected,
)
from archive.reading import article_record
from archive.searching.filters import Filters
from articles.record import Rights

AddArticle = Callable[..., int]


def urls(collection: Collection, selection: Selection) -> list[str]:
    return [
        record["url"].removeprefix("https://example.org/")
        for record in read_selected(collection, selection)
    ]


def add(add_article: AddArticle, name: str, text: str = "Water.", **fields: object) -> None:
    add_article(f"{text} {name}", url=f"https://example.org/{name}", **fields)


def test_records_come_whole_and_by_url_not_by_the_order_they_were_stored(
    collection: Collection, add_article: AddArticle
) -> None:
    for name in ("c", "a", "b"):
        add(add_article, name)

    records = list(read_selected(collection, Selection()))

    assert [record["url"][-1] for record in records] == ["a", "b", "c"]
    assert records[0] == article_record(collection, "https://example.org/a")


def test_query_and_filters_select_as_they_do_in_search(
    collection: Collection, add_article: AddArticle
) -> None:
    add(add_article, "a", "Fever", language="en")
    add(add_article, "b", "Fever", language="vi")
    add(add_article, "c", "Cough", language="vi", title="Cough")

    filters = Filters(languages=("vi",))

    assert urls(collection, Selection(query="fever", filters=filters)) == ["b"]
    assert urls(collection, Selection(filters=filters)) == ["b", "c"]
    assert urls(collection, Selection(query="-cough")) == ["a", "b"]
    assert urls(collection, Selection(query="?!")) == []


RIGHTS = {
    "silent": (),
    "no-ai": (("ai_input", "disallow"), ("train", "disallow")),
    "no-tdm": (("train", "allow"), ("tdm", "disallow")),
    "no-share": (("share", "disallow"),),
    "no-search": (("search", "disallow"),),
    "open": tuple(
        (category, "allow")
        for category in ("archive", "share", "search", "ai_input", "train", "tdm")
    ),
}


@pytest.mark.parametrize(
    ("use", "kept", "disallowed", "unknown"),
    [
        ("private", ["no-ai", "no-search", "no-share", "no-tdm", "open", "silent"], 0, 0),
        ("share", ["no-ai", "no-search", "no-tdm", "open", "silent"], 1, 0),
        ("search", ["no-ai", "no-share", "no-tdm", "open", "silent"], 1, 0),
        ("rag", ["no-search", "no-share", "open", "silent"], 2, 0),
        ("train", ["open"], 2, 3),
    ],
)
def test_a_use_leaves_out_what_forbids_it_and_training_needs_a_word(
    collection: Collection,
    add_article: AddArticle,
    use: Use,
    kept: list[str],
    disallowed: int,
    unknown: int,
) -> None:
    for name, resolved in RIGHTS.items():
        add(add_article, name, rights=Rights(resolved=resolved))

    selection = Selection(use=use)

    assert urls(collection, selection) == kept
    assert count_selected(collection, selection) == Counts(
        articles=len(kept), left_out_disallowed=disallowed, left_out_unknown=unknown
    )


def test_an_unknown_use_is_refused() -> None:
    with pytest.raises(BadQuery, match="'sell' is not known; it is one of private, share"):
        Selection(use="sell")  # type: ignore[arg-type]


def test_what_another_process_writes_meanwhile_is_not_seen(
    collection: Collection, add_article: AddArticle, tmp_path: Path
) -> None:
    for name in "abc":
        add(add_article, name)

    with Collection.open(collection.path, read_only=True) as reader, reader.snapshot():
        records = read_selected(reader, Selection())
        first = next(records)["url"]
        add(add_article, "d")
        with collection.transaction() as connection:
            connection.execute("update articles set url = 'https://example.org/z' where id = 2")
        rest = [record["url"] for record in records]
        counts = count_selected(reader, Selection())

    assert counts.articles == 3
    assert [url[-1] for url in (first, *rest)] == ["a", "b", "c"]
