"""Boxes of other articles, comments, buyers and staff give no byline, though no name says so."""

# ruff: noqa: E501 (pages in one piece: a row stays a line)

from __future__ import annotations

from typing import Any

import pytest

from tests.articles.bylines.test_languages import reviewer_phrase
from tests.articles.bylines.tongues import TONGUES

BOXES = {
    "a link of several words": "<div><a href='/1'>{title}</a><p>{byline}</p></div>",
    "a link around all": "<a href='/1'><div>{title}</div><div>{byline}</div></a>",
    "an item of a list": "<ul><li><a href='/1'>{title}</a> <span>{byline}</span></li></ul>",
    "a heading of related articles": "<div><div>Related articles</div><div>{title}</div><p>{byline}</p></div>",
}
PLACES = ("before", "middle", "foot", "outside")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize(
    "byline", ["Medically reviewed by Cy Fox, MD", "Updated May 1, 2023", "Fact checked by Cy Fox"]
)
def test_a_plain_box_of_another_article_adds_nothing_to_the_own_byline(
    box: str, place: str, byline: str, read_page: Any
) -> None:
    card = box.format(title="Why oats keep through a long winter", byline=byline)
    header = "<p>Medically reviewed by Ada Roe, MD</p><p>Updated May 15, 2022</p>"

    record = read_page(header, fetched_at=None, **{place: card})

    assert {(c.role, c.name) for c in record.contributors} == {("medical_reviewer", "Ada Roe")}
    assert {stated.kind: stated.value for stated in record.dates} == {"modified": "2022-05-15"}


@pytest.mark.parametrize("place", PLACES[1:])
@pytest.mark.parametrize("box", list(BOXES.values())[:3], ids=list(BOXES)[:3])
@pytest.mark.parametrize("language", TONGUES)
def test_a_page_without_a_reviewer_gets_none_from_a_box_in_any_language(
    language: str, box: str, place: str, read_page: Any
) -> None:
    tongue = TONGUES[language]
    title = (
        "麵包與鹽的故事一二三" if language in ("ja", "zh-Hant", "zh-Hans") else "Ona ona ona nona"
    )
    card = box.format(title=title, byline=f"{reviewer_phrase(language)} {tongue.reviewer}")

    record = read_page("", language=language, fetched_at=None, **{place: card})

    assert record.contributors == ()
    assert record.review.status == "none_found"


@pytest.mark.parametrize(
    "foreign",
    [
        "<div><h3>2 Comments</h3><div><p>Posted by Ann Lee on May 1, 2023</p><p>Nice!</p></div></div>",
        "<div><p>Reviewed by Jane Doe on May 1, 2023</p><p>5 stars. Verified purchase.</p></div>",
        "<p>Reviewed by Michael Tan, Verified Buyer</p>",
        "<section><h2>Our medical reviewers</h2><div><p>Cy Fox, MD</p><p>Medical reviewer</p></div></section>",
        "<article><h1>Oats for a second day</h1><p>Medically reviewed by Cy Fox, MD</p></article>",
    ],
    ids=["comments", "a buyer's review", "a buyer in one line", "staff", "the next article"],
)
def test_those_who_speak_of_something_else_review_nothing(foreign: str, read_page: Any) -> None:
    record = read_page("", outside=foreign, fetched_at=None)

    assert record.contributors == ()


def test_what_was_rejected_stays_with_its_reason(read_page: Any) -> None:
    card = "<div><a href='/1'>Why oats keep through a long winter</a><p>Reviewed by Cy Fox, MD</p></div>"

    record = read_page("<p>Reviewed by Ada Roe, MD</p>", outside=card, fetched_at=None)

    assert [(c.rule, c.candidates[0].value) for c in record.review.conflicts] == [
        ("related_card", "Cy Fox")
    ]
