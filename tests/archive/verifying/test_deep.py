from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.collection import Collection
from archive.extracting import extract_pending
from archive.verifying.deep import compare_records
from archive.verifying.faults import Fault
from archive.verifying.verifying import verify_collection

Capture = Callable[..., None]
MakePage = Callable[..., str]


def none(site: str) -> None:
    return None


def deep(collection: Collection, *, jobs: int = 1) -> list[Fault]:
    return list(compare_records(collection, profile_of=none, jobs=jobs))


@pytest.fixture
def articles(collection: Collection, capture: Capture, a_page: MakePage) -> Collection:
    """A collection with an article in two versions, extracted."""
    capture(a_page("Rest for three days, and drink."), day=1)
    capture(a_page("Rest for four days, and drink."), day=2)
    extract_pending(collection, profile_of=none)
    return collection


@pytest.mark.parametrize("jobs", [1, 2])
def test_records_that_their_pages_still_show_have_no_fault(articles: Collection, jobs: int) -> None:
    told: list[tuple[int, int]] = []

    found = compare_records(
        articles,
        profile_of=none,
        jobs=jobs,
        progress=lambda done, total: told.append((done, total)),
    )

    assert list(found) == []
    assert told == [(1, 2), (2, 2)]


def test_a_field_that_differs_is_named_with_its_version_and_both_values(
    articles: Collection,
) -> None:
    articles.connection.execute(
        """
        update records
        set record = json_set(record, '$.title', 'Cough')
        where digest = (select record_digest from observations order by capture_id desc limit 1)
        """
    )

    [fault] = [it for it in deep(articles) if "version 2" in it.found]

    assert fault.kind == "record"
    assert "https://example.org/fever version 2 (capture 2): title 'Cough'" in fault.found
    assert fault.expected == "'Fever' by the archived page"


def test_a_text_that_differs_is_shown_where_it_does(articles: Collection) -> None:
    articles.connection.execute(
        """
        update texts
        set text = replace(text, 'patience', 'impatience')
        where text like '%for three%'
        """
    )

    [fault] = deep(articles)

    assert "impatience" in fault.found
    assert "patience" in fault.expected
    assert len(str(fault)) < 700


def test_a_page_that_cannot_be_read_any_more_is_said(articles: Collection) -> None:
    articles.connection.execute("update captures set length = length - 1 where id = 1")

    [fault] = deep(articles)

    assert fault.kind == "record"
    assert "(capture 1)" in fault.found
    assert fault.expected == "the article that is stored"


def test_records_of_another_extractor_are_counted_and_not_compared(articles: Collection) -> None:
    articles.connection.executescript(
        "update observations set derivation = 'older'; update records set record = '{}'"
    )

    [note] = deep(articles)

    assert (note.kind, note.level) == ("derivation", "note")
    assert note.found.startswith("2 records of another extractor")


def test_a_collection_with_articles_is_whole(articles: Collection) -> None:
    assert list(verify_collection(articles)) == []


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("update articles set version = 9", "versions"),
        ("delete from versions where number = 1", "versions"),
        ("delete from observations where capture_id = 1", "observation-missing"),
        ("update captures set outcome = 'not_article' where id = 1", "observation-missing"),
        ("update texts set text = text || '!'", "text-digest"),
        ("update records set record = '{}'", "record-digest"),
        ("delete from search_queue", "full-text"),
        (
            "insert into article_search (rowid, title, headings, text, pieces) "
            "values (77, 'x', '', '', '')",
            "full-text",
        ),
    ],
)
def test_rows_of_articles_that_do_not_agree_are_found(
    articles: Collection, statement: str, kind: str
) -> None:
    articles.connection.executescript(f"pragma foreign_keys = off; {statement}")

    kinds = {it.kind for it in verify_collection(articles) if it.level == "fault"}

    assert kind in kinds
