"""Dates that stand in `<time datetime>` or a title while the text beside them tells less."""

# ruff: noqa: E501 (tables of markup: a row stays a line)

from __future__ import annotations

import pytest

from articles.review_record import ReviewRecord
from tests.articles.test_judgement import judged


def values(record: ReviewRecord) -> dict[str, str]:
    return {stated.kind: stated.value for stated in record.dates}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("<p>Updated <time datetime='2022-05-15'>May 15</time></p>", "2022-05-15"),
        ("<p>Updated: <time datetime='2022-05-15'></time></p>", "2022-05-15"),
        ("<p>Updated <time datetime='2022-05-15'>2 years ago</time></p>", "2022-05-15"),
        ("<p>Updated <time datetime='2022-06-05'>05/06/2022</time></p>", "2022-06-05"),
        ("<p>Updated <abbr title='2022-05-15T10:00:00Z'>a week ago</abbr></p>", "2022-05-15T10:00:00Z"),
        ("<p>Updated <span title='Sunday, May 15, 2022'>a week ago</span></p>", "2022-05-15"),
        ("<p>Updated <relative-time datetime='2022-05-15'>a week ago</relative-time></p>", "2022-05-15"),
        ("<p><time datetime='2022-05-15'>Updated May 15</time></p>", "2022-05-15"),
        ("<p>Updated <time datetime='2022-05-15'><b>15</b> <i>May</i></time></p>", "2022-05-15"),
        ("<p>Updated</p><p><time datetime='2022-05-15'>May 15</time></p>", "2022-05-15"),
        ("<p>Updated <time datetime='2022-05-14T23:30:00Z'>15 May</time></p>", "2022-05-15"),
        ("<p>Updated <time datetime='2022-05-15'>May 2022</time></p>", "2022-05-15"),
        ("<p>Updated <time datetime='2022-05-01'>May 2022</time></p>", "2022-05"),
    ],
)  # fmt: skip
def test_the_attribute_decides_where_the_text_tells_less_than_a_day(
    header: str, expected: str
) -> None:
    assert values(judged(header)) == {"modified": expected}


def test_the_text_stays_raw_and_the_attribute_is_told_in_the_evidence() -> None:
    record = judged("<p>Updated <time datetime='2022-05-15'>May 15</time></p>")

    (stated,) = record.dates
    assert stated.raw == "May 15"
    assert [(e.rule, e.raw) for e in stated.evidence] == [
        ("label:updated", "Updated May 15"),
        ("attribute:datetime", "2022-05-15"),
    ]


@pytest.mark.parametrize("stated", ["2022-05-14T23:00:00Z", "2022-05-15T08:00:00", "PT5M", "2021"])
def test_a_day_that_is_seen_needs_no_attribute(stated: str) -> None:
    record = judged(f"<p>Updated <time datetime='{stated}'>May 15, 2022</time></p>")

    assert values(record) == {"modified": "2022-05-15"}
    assert record.review.conflicts == ()


def test_another_day_in_the_attribute_is_a_conflict_that_the_text_wins() -> None:
    record = judged("<p>Updated <time datetime='2023-11-02'>May 15, 2022</time></p>")

    assert values(record) == {"modified": "2022-05-15"}
    (conflict,) = record.review.conflicts
    assert [candidate.value for candidate in conflict.candidates] == ["2022-05-15", "2023-11-02"]


def test_two_elements_in_one_line_keep_their_labels_and_their_author() -> None:
    record = judged(
        "<p>Published <time datetime='2022-04-01'>1 Apr</time> by Bo Penn · Updated"
        " <time datetime='2022-05-15T10:00:00Z'>15 May</time></p>"
    )

    assert values(record) == {"published": "2022-04-01", "modified": "2022-05-15"}
    assert [c.name for c in record.contributors] == ["Bo Penn"]


def test_a_bare_element_under_the_headline_is_the_publication() -> None:
    record = judged("<p><time datetime='2022-04-01T10:00:00+07:00'>a month ago</time></p>")

    assert values(record) == {"published": "2022-04-01T10:00:00+07:00"}


def test_the_class_of_a_bare_element_tells_a_modification() -> None:
    record = judged(
        "<time class='published' datetime='2022-04-01'>1 Apr</time>"
        "<time class='updated' datetime='2022-05-15'>15 May</time>"
    )

    assert values(record) == {"published": "2022-04-01", "modified": "2022-05-15"}


def test_a_class_alone_does_not_beat_machine_data() -> None:
    record = judged(
        "<time class='updated' datetime='2022-04-01'>April 1, 2022</time>",
        linked={"datePublished": "2022-04-01", "dateModified": "2023-01-01"},
    )

    assert values(record) == {"published": "2022-04-01", "modified": "2023-01-01"}


def test_an_element_of_a_sentence_is_no_date_of_the_page() -> None:
    record = judged(foot="<p>Wheat came in <time datetime='2022-05-15'>spring</time>.</p>")

    assert values(record) == {}
