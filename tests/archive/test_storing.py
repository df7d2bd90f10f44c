from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.collection import Collection
from archive.reading import article_record
from archive.storing import Stored, store_article, store_no_article
from articles.record import (
    Article,
    Contributor,
    Derivation,
    Figure,
    Image,
    Paragraph,
    Section,
    StatedDate,
)

MakeArticle = Callable[..., Article]
AddCapture = Callable[..., Any]
InsertCapture = Callable[..., Any]
Shown = tuple[int, tuple[str, str, int]]

MOVED_DATE = StatedDate(kind="reviewed", value="2026-01-02", precision="day", raw="2 Jan 2026")


def store(collection: Collection, capture: Any, article: Article) -> Stored:
    with collection.transaction() as connection:
        return store_article(connection, capture, article)


def rows(collection: Collection, table: str) -> list[dict[str, Any]]:
    found = collection.connection.execute(f"select * from {table}")  # noqa: S608
    return [dict(row) for row in found]


def versions(collection: Collection) -> list[tuple[int, str, str]]:
    found = collection.connection.execute(
        """
        select v.number, t.text, v.first_seen_at || ' ' || v.last_seen_at
        from versions v
        join texts t on t.digest = v.text_digest
        order by v.article_id, v.number
        """
    )
    return [(number, text, f"{seen[8:10]}-{seen[36:38]}") for number, text, seen in found]


def everything(collection: Collection) -> dict[str, list[dict[str, Any]]]:
    names = ("articles", "versions", "observations", "texts", "records", "people", "credits")
    return {table: rows(collection, table) for table in names}


def test_a_first_capture_makes_an_article_with_one_version(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    stored = store(collection, add_capture(), make_article("Rest."))

    assert stored == Stored(article_id=1, version=1, is_new_article=True, is_new_version=False)
    assert versions(collection) == [(1, "Rest.", "01-01")]
    [row] = rows(collection, "articles")
    assert (row["site"], row["reviewed"], row["review_status"]) == (
        "example.org",
        "2024-06-09",
        "named",
    )


def test_an_equal_text_makes_no_version_and_moves_last_seen(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    store(collection, add_capture(day=1), make_article("Rest."))

    stored = store(collection, add_capture(day=9), make_article("Rest."))

    assert not stored.is_new_article
    assert not stored.is_new_version
    assert versions(collection) == [(1, "Rest.", "01-09")]
    assert rows(collection, "articles")[0]["last_seen_at"].startswith("2026-01-09")


def test_a_changed_text_makes_a_version(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    store(collection, add_capture(day=1), make_article("Take 400 mg."))

    stored = store(collection, add_capture(day=2), make_article("Take 40 mg."))

    assert (stored.version, stored.is_new_version) == (2, True)
    assert versions(collection) == [(1, "Take 400 mg.", "01-01"), (2, "Take 40 mg.", "02-02")]


def test_a_text_that_returns_is_a_version_of_its_own(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    for day, text in enumerate(("One.", "Two.", "One."), start=1):
        store(collection, add_capture(day=day), make_article(text))

    assert [number for number, _, _ in versions(collection)] == [1, 2, 3]


def test_an_older_capture_imported_later_becomes_version_1(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    store(collection, add_capture(day=5), make_article("New."))

    stored = store(collection, add_capture(day=2), make_article("Old.", title="Old title"))

    assert stored.is_new_version
    assert versions(collection) == [(1, "Old.", "02-02"), (2, "New.", "05-05")]
    [row] = rows(collection, "articles")
    assert (row["title"], row["version"]) == ("Fever", 2)
    assert row["first_seen_at"].startswith("2026-01-02")


def test_a_moved_review_date_is_an_observation_not_a_version(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    store(collection, add_capture(day=1), make_article("Rest."))

    stored = store(collection, add_capture(day=2), make_article("Rest.", dates=(MOVED_DATE,)))

    assert not stored.is_new_version
    assert len({row["record_digest"] for row in rows(collection, "observations")}) == 2
    assert rows(collection, "articles")[0]["reviewed"] == "2026-01-02"
    assert [row["value"] for row in rows(collection, "article_dates")] == ["2026-01-02"]


def test_storing_a_capture_twice_changes_nothing(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    captures = [add_capture(day=day) for day in (1, 2)]
    articles = [make_article("One."), make_article("Two.", dates=(MOVED_DATE,))]
    for capture, article in zip(captures, articles, strict=True):
        store(collection, capture, article)
    before = everything(collection)

    again = [
        store(collection, capture, article)
        for capture, article in zip(captures, articles, strict=True)
    ]

    assert everything(collection) == before
    assert not any(stored.is_new_version or stored.is_new_article for stored in again)


def test_a_better_extractor_is_not_a_change_of_the_page(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    better = Derivation(version="2", route="blocks", confidence=0.9)
    first, second = add_capture(day=1), add_capture(day=2)
    store(collection, first, make_article("Ad. Rest."))

    mixed = store(collection, second, make_article("Rest.", extractor=better))
    store(collection, first, make_article("Rest.", extractor=better))

    assert not mixed.is_new_version
    assert versions(collection) == [(1, "Rest.", "01-02")]


def test_two_profiles_of_one_extractor_are_two_derivations(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    with_profile = Derivation(
        version="1", route="profile", confidence=1.0, profile_digest="sha256:0123456789abcdef"
    )
    store(collection, add_capture(day=1), make_article("Ad. Rest."))

    stored = store(collection, add_capture(day=2), make_article("Rest.", extractor=with_profile))

    assert not stored.is_new_version


def test_sections_that_differ_under_one_text_are_both_kept(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    figure = Figure(image=Image(url="https://example.org/new.png"))
    article = make_article("Rest.")
    with_figure = replace(
        article,
        sections=(Section(heading=None, level=None, blocks=(Paragraph(text="Rest."), figure)),),
    )
    store(collection, add_capture(day=1), article)

    store(collection, add_capture(day=2), with_figure)

    records = [json.loads(row["record"]) for row in rows(collection, "records")]
    assert "sections" not in records[0]
    assert len(records[1]["sections"][0]["blocks"]) == 2
    assert len(rows(collection, "texts")) == 1


def test_a_capture_that_turns_out_to_be_no_article_takes_its_article_along(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    capture = add_capture()
    store(collection, capture, make_article())
    with collection.transaction() as connection:
        connection.execute("delete from search_queue")

    with collection.transaction() as connection:
        store_no_article(connection, capture["id"])

    assert all(
        rows(collection, table) == []
        for table in ("articles", "versions", "observations", "credits", "people", "rights")
    )
    assert [row["article_id"] for row in rows(collection, "search_queue")] == [1]


def test_a_page_that_names_another_canonical_url_moves_to_that_article(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    first, second = add_capture(day=1), add_capture(day=2)
    store(collection, first, make_article("One."))
    store(collection, second, make_article("Two."))

    store(collection, second, make_article("Two.", url="https://example.org/other"))

    assert [(row["url"], row["version"]) for row in rows(collection, "articles")] == [
        ("https://example.org/fever", 1),
        ("https://example.org/other", 1),
    ]


def test_a_capture_after_the_page_was_gone_brings_it_back(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    store(collection, add_capture(day=1), make_article())
    with collection.transaction() as connection:
        connection.execute("update articles set gone_at = '2026-01-03T12:00:00.000000Z'")

    store(collection, add_capture(day=2), make_article())
    still_gone = rows(collection, "articles")[0]["gone_at"]
    store(collection, add_capture(day=4), make_article())

    assert still_gone is not None
    assert rows(collection, "articles")[0]["gone_at"] is None


def test_lone_surrogates_of_a_page_are_stored_as_replacement_characters(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    store(collection, add_capture(), make_article(title="Fe\ud800ver \U0001f321"))

    assert rows(collection, "articles")[0]["title"] == "Fe\ufffdver \U0001f321"


def test_a_person_and_an_organisation_of_one_name_are_two(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    contributors = (
        Contributor(role="author", name="Mayo", kind="person"),
        Contributor(role="medical_reviewer", name="Mayo", kind="org"),
        Contributor(role="editor", name="MAYO", kind="person"),
    )

    store(collection, add_capture(), make_article(contributors=contributors))

    assert [(row["name_key"], row["kind"]) for row in rows(collection, "people")] == [
        ("mayo", "person"),
        ("org:mayo", "org"),
    ]
    assert [row["person_id"] for row in rows(collection, "credits")] == [1, 2, 1]


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(st.sampled_from(["One.", "Two.", "Three."]), min_size=1, max_size=6),
    derivations=st.lists(st.sampled_from(["1", "2"]), min_size=6, max_size=6),
    days=st.lists(st.integers(1, 4), min_size=6, max_size=6),
    shuffle=st.randoms(use_true_random=False),
)
def test_storing_in_any_order_gives_the_same_rows(
    make_article: MakeArticle,
    insert_capture: InsertCapture,
    texts: list[str],
    derivations: list[str],
    days: list[int],
    shuffle: Any,
) -> None:
    shown = list(enumerate(zip(texts, derivations, days, strict=False)))
    shuffled = list(shown)
    shuffle.shuffle(shuffled)

    def rows_after(shown: list[Shown]) -> list[Any]:
        return _rows_after(shown, make_article, insert_capture)

    assert rows_after(shown) == rows_after(shuffled)


def _rows_after(
    shown: list[Shown], make_article: MakeArticle, insert_capture: InsertCapture
) -> list[Any]:
    """What stands in `articles` and `versions` after the captures were stored in this order."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Collection.create(Path(folder)) as collection,
        collection.transaction() as connection,
    ):
        for number, (text, derivation, day) in shown:
            capture = insert_capture(connection, day=day, record_id=f"urn:{number}")
            made = Derivation(version=derivation, route="blocks", confidence=0.9)
            store_article(connection, capture, make_article(text, title=text, extractor=made))
        return [
            [
                tuple(row)
                for row in connection.execute(
                    """
                    select a.title, a.version, a.first_seen_at, a.last_seen_at, c.record_id
                    from articles a
                    join captures c on c.id = a.capture_id
                    """
                )
            ],
            [
                tuple(row)
                for row in connection.execute(
                    """
                    select v.number, v.text_digest, f.record_id, l.record_id,
                        v.first_seen_at, v.last_seen_at, v.word_count
                    from versions v
                    join captures f on f.id = v.first_capture_id
                    join captures l on l.id = v.last_capture_id
                    order by v.number
                    """
                )
            ],
        ]


def test_a_text_stays_as_it_was_indexed_where_only_its_spelling_differs(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    better = Derivation(version="2", route="blocks", confidence=0.9)
    capture, article = add_capture(), make_article("Rest. Drink.")
    store(collection, capture, article)

    store(collection, capture, replace(article, text="Rest.\n\nDrink.", extractor=better))

    assert [row["text"] for row in rows(collection, "texts")] == ["Rest. Drink."]
    assert article_record(collection, 1)["text"] == "Rest.\n\nDrink."


def test_sections_of_an_older_extractor_give_way(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    better = Derivation(version="2", route="blocks", confidence=0.9)
    capture, article = add_capture(), make_article("Rest.")
    store(collection, capture, article)

    with_heading = (Section(heading="H", level=2, blocks=(Paragraph(text="Rest."),)),)
    store(collection, capture, replace(article, sections=with_heading, extractor=better))

    [held] = rows(collection, "texts")
    assert json.loads(held["sections"])[0]["heading"] == "H"
