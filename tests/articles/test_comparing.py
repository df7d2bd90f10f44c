from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.comparing import Change, RecordChange, compare_records, compare_texts
from articles.quantities import NumberChange
from articles.record import (
    Article,
    Contributor,
    Derivation,
    Reference,
    Review,
    StatedDate,
    Statement,
)
from articles.record_json import record_to_json

OLD = """Ibuprofen lowers fever and eases pain.

Adults take 400 mg every 6 hours with food.

Ask your doctor first if you are pregnant.

Store it in a dry place."""

BASE = Article(
    url="https://example.org/a",
    requested_url=None,
    site=None,
    publisher=None,
    language="en",
    title="Ibuprofen",
    text="t",
    sections=(),
    contributors=(
        Contributor(role="author", name="Ann Author"),
        Contributor(role="medical_reviewer", name="Rhea Viewer", credentials=("MD",)),
    ),
    dates=(StatedDate(kind="reviewed", value="2024-06-09", precision="day", raw="9 June 2024"),),
    review=Review(status="named"),
    disclaimers=("No advice.",),
    references=(Reference(text="A study", doi="10.1000/a"), Reference(text="A book")),
    extractor=Derivation(version="1", route="blocks", confidence=1.0),
    text_digest="sha256:" + 64 * "0",
    word_count=1,
)

paragraphs = st.lists(
    st.sampled_from(["a b c d", "a b c e", "x y z", "x", "p q r s t", "p q r s"]), max_size=8
)


def kinds(changes: tuple[Change, ...]) -> list[str]:
    return [change.kind for change in changes]


def test_equal_texts_have_no_changes() -> None:
    assert compare_texts(OLD, OLD.replace(" ", "  ").replace("\n\n", "\n \n\n")) == ()


def test_a_changed_dose_is_told_as_a_number_change() -> None:
    [change] = compare_texts(OLD, OLD.replace("400 mg", "40 mg"))

    assert change.kind == "edited"
    assert change.number_changes == (NumberChange(old="400 mg", new="40 mg"),)
    assert [(span.kind, span.text) for span in change.spans] == [
        ("kept", "Adults take "),
        ("removed", "400 "),
        ("added", "40 "),
        ("kept", "mg every 6 hours with food."),
    ]


def test_a_paragraph_that_went_and_one_that_came_are_told_where_they_stood() -> None:
    parts = OLD.split("\n\n")
    new = [parts[0], "Never give aspirin to a child.", parts[1], parts[3]]

    changes = compare_texts(OLD, new)

    assert [(change.kind, change.old_index, change.new_index) for change in changes] == [
        ("added", None, 1),
        ("removed", 2, None),
    ]


def test_a_paragraph_that_stands_elsewhere_is_moved() -> None:
    parts = OLD.split("\n\n")

    [change] = compare_texts(parts, [parts[3], parts[0], parts[1], parts[2]])

    assert (change.kind, change.old_index, change.new_index) == ("moved", 3, 0)


def test_a_rewritten_paragraph_is_removed_and_added_not_edited() -> None:
    changes = compare_texts("Rest in bed.", "Vaccines protect most children against measles.")

    assert kinds(changes) == ["removed", "added"]


def test_of_several_paragraphs_those_most_alike_are_paired() -> None:
    old = ["Take one tablet in the morning.", "Call us when the pain lasts a week."]
    new = [
        "New paragraph without any likeness here.",
        "Take one tablet in the evening.",
        "Call us when the pain lasts two weeks.",
    ]

    changes = compare_texts(old, new)

    assert [(change.kind, change.old_index, change.new_index) for change in changes] == [
        ("added", None, 0),
        ("edited", 0, 1),
        ("edited", 1, 2),
    ]


@given(old=paragraphs, new=paragraphs)
def test_the_changes_lead_from_the_old_text_to_the_new(old: list[str], new: list[str]) -> None:
    changes = compare_texts(old, new)

    gone = {change.old_index for change in changes if change.old_index is not None}
    come = {change.new_index: change.new for change in changes if change.new_index is not None}
    stayed = iter([text for index, text in enumerate(old) if index not in gone])
    rebuilt = [come[index] if index in come else next(stayed) for index in range(len(new))]
    assert rebuilt == new
    assert next(stayed, None) is None


def test_many_changed_paragraphs_are_compared_quickly() -> None:
    old = [
        f"Paragraph {number} tells of dose {number} mg and nothing else" for number in range(600)
    ]
    new = [text.replace("dose", "the dose") for text in old]
    started = time.process_time()

    changes = compare_texts(old, new)

    assert time.process_time() - started < 5
    assert set(kinds(changes)) == {"edited"}


def record(**fields: Any) -> dict[str, Any]:
    return record_to_json(replace(BASE, **fields))


@pytest.mark.parametrize(
    ("fields", "changes"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"title": None}, [("title", "Ibuprofen", None)], id="title"),
        pytest.param(
            {
                "dates": (
                    StatedDate(kind="reviewed", value="2025-01", precision="month", raw="x"),
                    StatedDate(kind="modified", value="2025", precision="year", raw="x"),
                )
            },
            [("dates.reviewed", "2024-06-09", "2025-01"), ("dates.modified", None, "2025")],
            id="dates",
        ),
        pytest.param(
            {"contributors": (Contributor(role="medical_reviewer", name="Ned New"),)},
            [
                ("contributors.author", "Ann Author", None),
                ("contributors.medical_reviewer", "Rhea Viewer, MD", "Ned New"),
            ],
            id="people",
        ),
        pytest.param(
            {"review": Review(status="none_found")},
            [("review.status", "named", "none_found")],
            id="review status",
        ),
        pytest.param({"disclaimers": ()}, [("disclaimers", "No advice.", None)], id="disclaimer"),
        pytest.param(
            {"references": (Reference(text="A study, 2020", doi="10.1000/a"),)},
            [("references", "A book", None)],
            id="references by identity",
        ),
        pytest.param(
            {"sponsored": Statement(raw="Ad")}, [("sponsored", None, "Ad")], id="sponsored"
        ),
    ],
)
def test_records_are_compared_field_by_field(
    fields: dict[str, Any], changes: list[tuple[str, str | None, str | None]]
) -> None:
    found = compare_records(record(), record(**fields))

    assert found == tuple(
        RecordChange(field=field, old=old, new=new) for field, old, new in changes
    )
