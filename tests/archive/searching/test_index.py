from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from archive.collection import Collection
from archive.searching.analyser import CHARACTERS, PLAIN, best_analyser
from archive.searching.index import enqueue, index_pending, index_state, is_whole, rebuild

AddArticle = Callable[..., int]
WORDS = (
    *("fever", "cough", "aspirin", "tiểu", "đường", "Đau", "ไข้หวัดใหญ่", "เบาหวาน", "糖尿病", "血压"),
    *(
        "がん",
        "ជំងឺ",
        "ရောဂါ",
        "soft\u00adhyphen",
        "ＣＯＶＩＤ",
        "naïve",
        "C++",
        "😀",
        "\u200b",
        "a\x00b",
    ),
)


def matches(collection: Collection, match: str) -> list[int]:
    return [
        row[0]
        for row in collection.connection.execute(
            "select rowid from article_search where article_search match ? order by rowid", (match,)
        )
    ]


def test_a_stored_article_is_found_once_the_queue_is_taken(
    collection: Collection, add_article: AddArticle
) -> None:
    article = add_article("Drink water.", title="Fever", headings=("When to call",))

    assert matches(collection, "fever") == []
    assert index_pending(collection) == 1

    assert matches(collection, "title : fever") == [article]
    assert matches(collection, 'headings : "when to call"') == [article]
    assert matches(collection, "text : water") == [article]
    assert index_pending(collection) == 0


def test_a_changed_text_is_found_by_its_new_words_only(
    collection: Collection, add_article: AddArticle
) -> None:
    article = add_article("Take 5 mg.", url="https://example.org/dose", day=1)
    index_pending(collection)

    add_article("Take 10 mg.", url="https://example.org/dose", day=2)
    index_pending(collection)

    assert matches(collection, "5") == []
    assert matches(collection, "10") == [article]
    assert is_whole(collection)


def test_an_article_that_is_gone_leaves_the_index(
    collection: Collection, add_article: AddArticle
) -> None:
    article = add_article("Water.")
    index_pending(collection)
    with collection.transaction() as connection:
        for table in ("credits", "article_dates", "rights", "versions", "observations"):
            connection.execute(f"delete from {table} where article_id = ?", (article,))  # noqa: S608
        connection.execute("delete from articles where id = ?", (article,))
        enqueue(connection, [article])

    assert index_pending(collection) == 1

    assert matches(collection, "water") == []
    assert is_whole(collection)


def test_the_index_is_whole_after_many_random_updates(
    collection: Collection, add_article: AddArticle
) -> None:
    chance = random.Random(7)  # noqa: S311
    for day in range(1, 13):
        for _ in range(12):
            text = " ".join(chance.choices(WORDS, k=chance.randint(1, 30)))
            add_article(
                text,
                url=f"https://example.org/{chance.randint(1, 15)}",
                day=day,
                title=" ".join(chance.choices(WORDS, k=3)),
                headings=tuple(chance.choices(WORDS, k=chance.randint(0, 3))),
            )
        # Now and then by the other analyser, as on a machine that has no icu4py.
        analyser = chance.choice((best_analyser(), CHARACTERS))
        index_pending(collection, batch=chance.randint(1, 20), analyser=analyser)
        assert is_whole(collection)

    rebuild(collection)
    assert is_whole(collection)
    assert index_state(collection).outdated == 0


def test_a_text_that_changes_its_spelling_under_one_digest_leaves_the_index_whole(
    collection: Collection, add_article: AddArticle
) -> None:
    # The digest is taken in NFC, so one row of `texts` may come to hold the decomposed letters,
    # and unicode61 makes other words of them.
    korean = "당뇨병은 만성 질환입니다"
    article = add_article(korean)
    index_pending(collection)
    with collection.transaction() as connection:
        connection.execute("update texts set text = ?", (unicodedata.normalize("NFD", korean),))
    assert is_whole(collection)

    with collection.transaction() as connection:
        enqueue(connection, [article])
    index_pending(collection)

    assert is_whole(collection)
    assert matches(collection, '"만성"') == [article]


def test_a_damaged_index_is_noticed_and_mended_by_a_rebuild(
    collection: Collection, add_article: AddArticle
) -> None:
    article = add_article("Water.")
    index_pending(collection)
    with collection.transaction() as connection:
        connection.execute("update search_documents set title = 'Something else'")
    assert not is_whole(collection)

    assert rebuild(collection) == 1

    assert is_whole(collection)
    assert matches(collection, "water") == [article]


def test_a_batch_that_fails_leaves_index_and_queue_as_they_were(
    collection: Collection, add_article: AddArticle
) -> None:
    add_article("One.")
    add_article("Two 糖尿病.")

    def fail(runs: Any) -> Any:
        raise RuntimeError("no dictionary")

    broken = type(CHARACTERS)(name="broken/1", part=fail)
    with pytest.raises(RuntimeError):
        index_pending(collection, analyser=broken)

    state = index_state(collection)
    assert (state.indexed, state.waiting) == (0, 2)
    assert index_pending(collection) == 2
    assert is_whole(collection)


def test_only_text_that_the_analyser_changes_is_kept_twice(
    collection: Collection, add_article: AddArticle
) -> None:
    add_article("Bệnh tiểu đường.", title="Tiểu đường")
    add_article("糖尿病是一种慢性病。", title="糖尿病")
    index_pending(collection)

    kept = [
        tuple(row)
        for row in collection.connection.execute(
            "select text is null, analyser from search_documents order by id"
        )
    ]

    assert kept == [(1, PLAIN), (0, best_analyser().name)]


def test_articles_of_another_analyser_are_counted_as_outdated(
    collection: Collection, add_article: AddArticle
) -> None:
    add_article("Water.")
    add_article("糖尿病")
    index_pending(collection, analyser=CHARACTERS)

    assert index_state(collection).outdated == 1
    assert index_state(collection, analyser=CHARACTERS).outdated == 0


def test_with_nothing_waiting_no_writer_is_waited_for(collection: Collection) -> None:
    collection.connection.execute("pragma busy_timeout = 0")
    with Collection.open(collection.path) as writing, writing.transaction():
        assert index_pending(collection) == 0
