from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from archive.collection import Collection
from archive.history import NothingToCompare, article_diff, article_history
from archive.reading import UnknownArticle, UnknownVersion
from archive.storing import store_article
from articles.comparing import RecordChange
from articles.quantities import NumberChange
from articles.record import Article, Contributor, Derivation, StatedDate

MakeArticle = Callable[..., Article]
AddCapture = Callable[..., Any]
Show = Callable[..., Any]

URL = "https://example.org/fever"


def reviewed(value: str) -> tuple[StatedDate, ...]:
    return (StatedDate(kind="reviewed", value=value, precision="day", raw=value),)


@pytest.fixture
def show(collection: Collection, add_capture: AddCapture, make_article: MakeArticle) -> Show:
    """Store what a capture of a day showed: `show(3, "Rest.", title="Fever")`."""

    def show(day: int, text: str, /, **fields: Any) -> Any:
        capture = add_capture(URL, day=day)
        with collection.transaction() as connection:
            return store_article(connection, capture, make_article(text, **fields))

    return show


def told(collection: Collection) -> list[tuple[str, str, int | None]]:
    return [
        (entry.at[8:10], entry.kind, entry.version) for entry in article_history(collection, URL)
    ]


def test_captures_that_showed_nothing_new_are_left_out_but_for_the_last(
    collection: Collection, show: Show
) -> None:
    for day in (1, 2, 3, 4):
        show(day, "Rest.")

    assert told(collection) == [("01", "first_seen", 1), ("04", "last_seen", 1)]


def test_a_review_date_that_moved_while_the_text_did_not_is_told(
    collection: Collection, show: Show
) -> None:
    show(1, "Rest.", dates=reviewed("2024-01-01"))
    show(2, "Rest.", dates=reviewed("2026-01-01"))

    entry = article_history(collection, URL)[-1]

    assert (entry.kind, entry.version) == ("observation", 1)
    assert entry.changes == (
        RecordChange(field="dates.reviewed", old="2024-01-01", new="2026-01-01"),
    )
    assert entry.notes == ("review date moved, text did not",)


def test_a_first_review_date_has_not_moved(collection: Collection, show: Show) -> None:
    show(1, "Rest.", dates=())
    show(2, "Rest.", dates=reviewed("2026-01-01"))

    assert article_history(collection, URL)[-1].notes == ()


def test_a_changed_dose_under_an_old_date_is_told(collection: Collection, show: Show) -> None:
    show(1, "Adults take 400 mg with food.\n\nRest.")
    show(2, "Adults take 40 mg with food.\n\nRest.\n\nDrink.")

    entry = article_history(collection, URL)[-1]

    assert (entry.kind, entry.version) == ("new_version", 2)
    assert entry.text_changes == (("added", 1), ("edited", 1), ("numbers", 1))
    assert entry.notes == ("text changed, no date moved", "1 number changed")


def test_a_new_reviewer_is_told(collection: Collection, show: Show) -> None:
    show(1, "Rest.", contributors=(Contributor(role="medical_reviewer", name="Rhea Viewer"),))
    show(2, "Rest.", contributors=(Contributor(role="medical_reviewer", name="Ned New"),))

    entry = article_history(collection, URL)[-1]

    assert entry.notes == ("medical reviewer changed",)


def test_what_only_another_extractor_saw_is_no_history(collection: Collection, show: Show) -> None:
    better = Derivation(version="2", route="blocks", confidence=0.9)
    show(1, "Ad. Rest.", dates=())
    show(2, "Rest.", dates=reviewed("2026-01-01"), extractor=better)

    assert told(collection) == [("01", "first_seen", 1), ("02", "last_seen", 1)]


def test_a_page_that_was_gone_and_came_back_is_told(
    collection: Collection, show: Show, add_capture: AddCapture
) -> None:
    show(1, "Rest.")
    for day in (2, 3, 5):
        add_capture(URL, day=day, status=404)
    show(4, "Rest.")

    assert told(collection) == [
        ("01", "first_seen", 1),
        ("02", "gone", None),
        ("04", "last_seen", 1),
        ("05", "gone", None),
    ]


def test_a_difference_without_numbers_is_that_of_the_last_change(
    collection: Collection, show: Show
) -> None:
    show(1, "One.")
    show(2, "Take 400 mg now.", title="Fever in adults")
    show(3, "Take 40 mg now.")

    diff = article_diff(collection, URL)

    assert (diff.old.number, diff.new.number, diff.is_comparable) == (2, 3, True)
    [change] = diff.text_changes
    assert change.number_changes == (NumberChange(old="400 mg", new="40 mg"),)
    assert diff.record_changes == (RecordChange(field="title", old="Fever in adults", new="Fever"),)


def test_any_two_versions_can_be_compared_in_both_directions(
    collection: Collection, show: Show
) -> None:
    for day, text in enumerate(("One.", "Two.", "Three."), start=1):
        show(day, text)

    forth, back = article_diff(collection, URL, 1), article_diff(collection, URL, 3, 1)

    assert (forth.old.number, forth.new.number) == (1, 3)
    assert [change.kind for change in forth.text_changes] == ["removed", "added"]
    assert [change.new for change in back.text_changes] == [None, "One."]


def test_a_difference_between_two_extractors_says_so(collection: Collection, show: Show) -> None:
    better = Derivation(version="2", route="blocks", confidence=0.9)
    show(1, "One.")
    show(2, "Two.")
    show(3, "Two!", extractor=better)

    assert not article_diff(collection, URL).is_comparable


def test_what_cannot_be_compared_is_one_line(collection: Collection, show: Show) -> None:
    show(1, "One.")

    with pytest.raises(NothingToCompare, match="its text never changed"):
        article_diff(collection, URL)
    with pytest.raises(UnknownVersion, match="no version 2"):
        article_diff(collection, URL, 1, 2)
    with pytest.raises(UnknownArticle):
        article_history(collection, "https://example.org/other")
