"""Names over, behind and away from their labels: cards, posts, marked elements; all made up."""

# ruff: noqa: E501 (pages in one piece: a row stays a line)

from __future__ import annotations

from typing import Any

import pytest

# name, language, header, foot, people {(role, name)}, dates {kind: value}
SHAPES: list[tuple[str, str, str, str, set[tuple[str, str]], dict[str, str]]] = [
    (
        "cards with the name over its label, the reviewer first",
        "en",
        "<div><div>Ada Roe, MD</div><div>Medical Reviewer</div></div>"
        "<div><div>Bo Penn, RD</div><div>Author</div></div>",
        "",
        {("medical_reviewer", "Ada Roe"), ("author", "Bo Penn")},
        {},
    ),
    (
        "a picture, then a name over its label",
        "en",
        "<div><img alt='Ada Roe'><div><p>Ada Roe, MD</p><p>Reviewed by</p></div></div>",
        "",
        {("reviewer", "Ada Roe")},
        {},
    ),
    (
        "a name, what she practises, her label",
        "en",
        "<p>By Bo Penn</p>",
        "<div><p><a href='/ada'>Ada Roe, MD</a></p><p>Endocrinology</p><p>Medical Reviewer</p></div>",
        {("medical_reviewer", "Ada Roe"), ("author", "Bo Penn")},
        {},
    ),
    (
        "labels over names in cards, the author first",
        "en",
        "<div><p>Written by</p><p>Bo Penn</p></div><div><p>Medically reviewed by</p><p>Ada Roe, MD</p></div>",
        "",
        {("medical_reviewer", "Ada Roe"), ("author", "Bo Penn")},
        {},
    ),
    (
        "a post behind the name on one line",
        "en",
        "<ul><li><a href='/bo'>Bo Penn</a><span>Author</span></li>"
        "<li>Ada Roe, MD, Medical Reviewer</li><li>Cy Fox (fact checker)</li></ul>",
        "",
        {("author", "Bo Penn"), ("medical_reviewer", "Ada Roe"), ("fact_checker", "Cy Fox")},
        {},
    ),
    (
        "the date between the label and the name",
        "en",
        "<p>Medically reviewed on May 15, 2022 by Ada Roe, MD</p>",
        "",
        {("medical_reviewer", "Ada Roe")},
        {"reviewed": "2022-05-15"},
    ),
    (
        "a French date between the label and the name",
        "fr",
        "<p>Révisé le 15 mai 2022 par Dr Luc Arcy</p>",
        "",
        {("reviewer", "Luc Arcy")},
        {"reviewed": "2022-05-15"},
    ),
    (
        "a history with its labels behind the dates",
        "en",
        "",
        "<div><p>15 May 2022 | Latest version</p><p>1 Apr 2019 | Originally published</p></div>",
        set(),
        {"modified": "2022-05-15", "published": "2019-04-01"},
    ),
    (
        "revised means reviewed in Spanish",
        "es",
        "<p>Revisado médicamente por Dra. Inés Núñez · 15 de mayo de 2022</p>",
        "",
        {("medical_reviewer", "Inés Núñez")},
        {"reviewed": "2022-05-15"},
    ),
    (
        "a badge, then who reviewed, then who wrote",
        "en",
        "<div>Medically Reviewed</div><div>Ada Roe, MD</div><div>By</div><div>Bo Penn</div>",
        "",
        {("medical_reviewer", "Ada Roe"), ("author", "Bo Penn")},
        {},
    ),
    (
        "a claim of a review with its date",
        "en",
        "<p>Medically reviewed: May 15, 2022</p>",
        "",
        set(),
        {"reviewed": "2022-05-15"},
    ),
    (
        "a claim of a review with its date and who did it",
        "en",
        "<p>Medically reviewed: May 15, 2022 by Ada Roe, MD</p>",
        "",
        {("medical_reviewer", "Ada Roe")},
        {"reviewed": "2022-05-15"},
    ),
    (
        "an element named after its reviewer",
        "en",
        "<div class='author-box'>Bo Penn</div><div class='medical-reviewer'>Ada Roe, MD</div>"
        "<div itemprop='reviewedBy'>Eve Hill, MD</div>",
        "",
        {("author", "Bo Penn"), ("medical_reviewer", "Ada Roe"), ("medical_reviewer", "Eve Hill")},
        {},
    ),
    (
        "a name that leads to its profile",
        "en",
        "<p><a href='/authors/bo-penn'>Bo Penn</a></p>",
        "",
        {("author", "Bo Penn")},
        {},
    ),
    (
        "a name and a day in one line",
        "en",
        "<p>Bo Penn | May 15, 2022</p>",
        "",
        {("author", "Bo Penn")},
        {"published": "2022-05-15"},
    ),
]


@pytest.mark.parametrize(
    ("language", "header", "foot", "people", "dates"),
    [pytest.param(*shape[1:], id=shape[0]) for shape in SHAPES],
)
def test_each_name_gets_the_role_of_its_own_label(
    language: str,
    header: str,
    foot: str,
    people: set[tuple[str, str]],
    dates: dict[str, str],
    read_page: Any,
) -> None:
    record = read_page(header, language=language, foot=foot, fetched_at=None)

    assert {(c.role, c.name) for c in record.contributors} == people
    assert {stated.kind: stated.value for stated in record.dates} == dates
