"""Lines that look like bylines and are none; each test is named after its trap."""

# ruff: noqa: E501 (pages in one piece: a row stays a line)

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

PROSE = [
    "Your comment will be reviewed by the moderator before it is shown.",
    "The documents reviewed by Reuters show that rye prices rose.",
    "The loaf is being reviewed by the European Medicines Agency.",
    "Our pages are written by experts and fact checked by experts.",
    "We rely on peer-reviewed studies and academic research institutions.",
    "A study from Fair Bread published in May 2025 reports that rye is liked.",
    "The analysis, published online Feb. 16, 2023, by the British Journal of Bread, counted loaves.",
    "Smith J, Roe A. Rye and oats. J Bread. 2019. Updated March 21, 2025.",
    "By taking this bread home you agree to eat it within a week.",
    "Written records of rye go back to the Romans.",
    "See our Medical Review Board for more.",
    "The recipe was published by accident on May 3, 2020.",
    "Every loaf is checked by hand before it leaves the oven.",
]


@pytest.mark.parametrize("sentence", PROSE)
def test_a_sentence_of_the_text_is_no_byline(sentence: str, read_page: Any) -> None:
    record = read_page(f"<p>{sentence}</p>", foot=f"<p>{sentence}</p>")

    assert (record.contributors, record.dates) == ((), ())
    assert record.byline_texts == frozenset()


@pytest.mark.parametrize(
    "foot",
    [
        "<div class='reviews'><div class='product-review'><p>Reviewed by Michael T. Verified Buyer</p>"
        "<p>Reviewed by Michael Tan</p></div></div>",
        "<footer class='site'><p>Reviewed by Trust-E site privacy statement</p></footer>",
        "<footer><p>Reviewed by Ada Roe, MD</p><p>Site Last Updated: December 20, 2023</p></footer>",
        "<div id='comments'><div class='comment'><p>By Ada Roe</p><p>Updated May 3, 2020</p></div></div>",
        "<div role='tooltip'><p>Reviewed by Ada Roe, MD</p></div>",
        "<nav><ul><li>Reviewed by Ada Roe, MD</li></ul></nav>",
        "<p>Rendered: Sat Dec 20 2023 10:00:00 GMT</p><p>Site Last Updated: December 20, 2023</p>",
        "<p>Copyright © 2023 Bread Ltd. Designed by Ada Roe</p>",
    ],
    ids=[
        "product review",
        "privacy seal",
        "site footer",
        "comments",
        "tooltip",
        "navigation",
        "site dates",
        "copyright",
    ],
)
def test_a_place_that_is_not_the_articles_own_gives_no_byline(foot: str, read_page: Any) -> None:
    record = read_page(outside=foot)

    assert (record.contributors, record.dates) == ((), ())
    assert record.review.status == "none_found"


def test_a_card_between_paragraphs_does_not_give_its_reviewer(read_page: Any) -> None:
    card = (
        "<p>Rye is a grass.</p><div class='artikel-terkait'><h4>ARTIKEL TERKAIT</h4>"
        "<a href='/x'><h3>Roti hitam</h3></a><div>Foto Penulisbadge Ditinjau secara medis oleh"
        " dr. Sari Dewi • 06/09/2021</div></div>"
    )

    record = read_page(foot=card, language="id")

    assert (record.contributors, record.dates) == ((), ())


def test_many_labelled_names_after_the_text_are_a_list_of_other_articles(read_page: Any) -> None:
    names = ("Ada Roe", "Bo Penn", "Cy Fox", "Di Lamb", "Ed Hart")
    items = "".join(
        f"<div><div>Loaf {n}</div><div>Medically reviewed by {name}, MD</div></div>"
        for n, name in enumerate(names)
    )

    record = read_page(foot=f"<section>{items}</section>")

    assert record.contributors == ()
    assert {c.rule for c in record.review.conflicts} == {"list_of_other_articles"}


def test_a_header_reviewer_beats_the_names_further_down(read_page: Any) -> None:
    record = read_page(
        "<p>Medically reviewed by Ada Roe, MD</p>",
        foot="<p>Medically reviewed by Bo Penn, MD</p>",
    )

    assert [c.name for c in record.contributors] == ["Ada Roe"]
    (conflict,) = record.review.conflicts
    assert conflict.rule == "header_byline_beats_other_places"
    assert [c.value for c in conflict.candidates] == ["Bo Penn"]


def test_an_explanation_between_reviewed_and_by_is_passed_over(read_page: Any) -> None:
    header = (
        "<div class='bylines'><span><span>Reviewed</span><div class='tooltip'>Our pages are reviewed by"
        " bakers. They confirm that the text is right. <a>Learn more</a></div></span>"
        "<div>by <a>Ada Roe</a></div></div>"
    )

    record = read_page(header)

    assert [(c.role, c.name) for c in record.contributors] == [("reviewer", "Ada Roe")]


def test_updated_beside_a_reviewers_name_is_no_review_date(read_page: Any) -> None:
    record = read_page("<p>Medically reviewed by Ada Roe, MD · Updated May 15, 2022</p>")

    assert [(d.kind, d.value) for d in record.dates] == [("modified", "2022-05-15")]


def test_one_label_with_two_meanings_gives_both_dates(read_page: Any) -> None:
    record = read_page(foot="<p>Last updated or reviewed on January 16, 2023</p>")

    assert [(d.kind, d.value) for d in record.dates] == [
        ("modified", "2023-01-16"),
        ("reviewed", "2023-01-16"),
    ]


@pytest.mark.parametrize(
    "badge",
    [
        "Expert Reviewed",
        "Fact Checked",
        "Medically Reviewed",
        "Written or reviewed by a board-certified physician. See our Medical Review Board.",
    ],
)
def test_a_badge_without_a_name_is_a_claim(badge: str, read_page: Any) -> None:
    record = read_page(f"<div><span>{badge}</span></div>")

    assert record.contributors == ()
    assert record.review.status == "claim_only"


def test_a_badge_on_an_advertorial_is_marked_as_sponsored(read_page: Any) -> None:
    record = read_page("<p>Wissenschaftlich geprüft ✓</p><p>Advertorial</p>", language="de")

    assert record.sponsored is not None
    assert record.sponsored.raw == "Advertorial"
    assert record.review.flags == ("review_claim_on_sponsored_page",)


def test_alternative_text_of_images_is_never_part_of_a_byline(read_page: Any) -> None:
    record = read_page("<p><img alt='Photo of author'>Written by <img alt='badge'>Ada Roe</p>")

    assert [c.name for c in record.contributors] == ["Ada Roe"]
    assert record.contributors[0].evidence[0].raw == "Written by Ada Roe"


def test_marks_of_direction_between_label_and_name_do_not_hide_it(read_page: Any) -> None:
    line = "\u200fتمت المراجعة الطبية بواسطة\u200e:\u200f د. أحمد علي"

    record = read_page(f"<p>{line}</p>", language="ar")

    assert [c.name for c in record.contributors] == ["أحمد علي"]


def test_a_review_of_the_source_language_is_told_apart(read_page: Any) -> None:
    record = read_page(foot="<p>Versión en inglés revisada por: Ada Roe, MD</p>", language="es")

    (reviewer,) = record.contributors
    assert reviewer.scope == "source_language_version"


def test_a_relative_date_counts_from_the_capture(read_page: Any) -> None:
    record = read_page(
        "<p>Diperbarui seminggu yang lalu</p>",
        language="id",
        fetched_at=datetime(2024, 3, 20, tzinfo=UTC),
    )

    (modified,) = record.dates
    assert (modified.value, modified.precision) == ("2024-03", "month")


def test_what_the_publisher_says_of_ai_is_kept_with_its_words(read_page: Any) -> None:
    words = "This article was created with the help of AI and checked by our editors."

    record = read_page(f"<p>{words}</p>")

    assert record.ai_disclosure is not None
    assert record.ai_disclosure.raw == words
