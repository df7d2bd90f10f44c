"""Bylines in every language of the phrase tables that has a speaker's table in `conftest`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from articles.bylines.phrase_tables import PHRASES

if TYPE_CHECKING:
    from articles.review_record import ReviewRecord

LANGUAGES = (
    "en id ms fil vi th zh-Hant zh-Hans hi es pt fr de it nl tr ja ko ar ru pl el".split()  # noqa: SIM905
)
ROLES = {
    "author",
    "medical_reviewer",
    "reviewer",
    "peer_reviewer",
    "fact_checker",
    "editor",
    "copy_editor",
    "translator",
    "contributor",
}
DATES = {"published", "modified", "reviewed", "next_review_due", "fact_checked"}
# "Checked by" before a name that begins with "doctor" is the phrase "checked by the doctor".
LONGER_PHRASES = {("ru", "Проверил"), ("ru", "Проверила")}


def phrases(wanted: set[str]) -> list[Any]:
    return [
        pytest.param(language, kind, phrase, id=f"{language}-{phrase}")
        for language in LANGUAGES
        for kind, phrase, _ in PHRASES[language]
        if wanted.intersection(kind.split("+")) and (language, phrase) not in LONGER_PHRASES
    ]


def first_phrase(language: str, kind: str) -> str | None:
    """The first phrase of a kind that stands before its value."""
    return next((p for k, p, _ in PHRASES[language] if k == kind and not p.startswith("…")), None)


def reviewer_phrase(language: str) -> str:
    phrase = first_phrase(language, "medical_reviewer")
    assert phrase is not None
    return phrase


def people(record: ReviewRecord) -> set[tuple[str, str]]:
    return {(c.role, c.name) for c in record.contributors}


def dates(record: ReviewRecord) -> dict[str, str]:
    return {stated.kind: stated.value for stated in record.dates}


@pytest.mark.parametrize(("language", "kind", "phrase"), phrases(ROLES))
def test_a_role_phrase_names_the_person_beside_it(
    language: str, kind: str, phrase: str, tongues: Any, read_page: Any
) -> None:
    tongue = tongues[language]
    glue = "" if language in ("zh-Hant", "zh-Hans", "ja") else " "
    line = f"{phrase}: {tongue.reviewer}"
    if phrase.startswith("…"):
        line = f"{tongue.reviewer}{glue}{phrase[1:]}"

    record = read_page(f"<p>{line}</p>", language=language)

    assert people(record) == {(role, tongue.reviewer_name) for role in kind.split("+")}


@pytest.mark.parametrize(("language", "kind", "phrase"), phrases(DATES))
def test_a_date_phrase_gives_its_own_kinds_and_no_other(
    language: str, kind: str, phrase: str, tongues: Any, read_page: Any
) -> None:
    tongue = tongues[language]

    record = read_page(f"<p>{phrase} {tongue.date}</p>", language=language)

    assert dates(record) == dict.fromkeys(kind.split("+"), tongue.day)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_reviewers_author_and_date_stand_in_one_header(
    language: str, tongues: Any, read_page: Any
) -> None:
    tongue = tongues[language]
    header = (
        f"<div>{reviewer_phrase(language)} {tongue.reviewer}; {tongue.second}</div>"
        f"<div>{first_phrase(language, 'author')} {tongue.author} · "
        f"{first_phrase(language, 'modified')} {tongue.date}</div>"
    )

    record = read_page(header, language=language)

    assert people(record) == {
        ("author", tongue.author),
        ("medical_reviewer", tongue.reviewer_name),
        ("medical_reviewer", tongue.second_name),
    }
    assert dates(record) == {"modified": tongue.day}
    assert record.review.status == "named"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_split_over_tags_and_lines_finds_its_name(
    language: str, tongues: Any, read_page: Any
) -> None:
    tongue = tongues[language]
    header = (
        f"<div><div><span>{reviewer_phrase(language)}</span></div>"
        f'<div><a href="/people/1"><b>{tongue.reviewer}</b></a></div></div>'
    )

    record = read_page(header, language=language)

    assert people(record) == {("medical_reviewer", tongue.reviewer_name)}
    assert record.contributors[0].profile_url == "https://bread.example/people/1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_that_follows_the_author_without_a_separator_is_found(
    language: str, tongues: Any, read_page: Any
) -> None:
    tongue = tongues[language]
    header = (
        f"<p><span>{first_phrase(language, 'author')} {tongue.author}</span>"
        f"<span>{first_phrase(language, 'modified')} {tongue.date}</span></p>"
    )

    record = read_page(header, language=language)

    assert people(record) == {("author", tongue.author)}
    assert dates(record) == {"modified": tongue.day}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reviewers_on_cards_of_other_articles_are_not_this_pages(
    language: str, tongues: Any, read_page: Any
) -> None:
    tongue = tongues[language]
    cards = "".join(
        f'<li><a href="/other-{n}"><h3>Other {n}</h3></a>'
        f"<p>{reviewer_phrase(language)} {name}</p></li>"
        for n, name in enumerate((tongue.reviewer, tongue.second))
    )

    record = read_page(language=language, foot=f"<ul>{cards}</ul>")

    assert record.contributors == ()
    assert record.review.status == "none_found"
    rejected = {
        candidate.value
        for conflict in record.review.conflicts
        if conflict.rule == "related_card"
        for candidate in conflict.candidates
    }
    assert rejected == {tongue.reviewer_name, tongue.second_name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_without_byline_has_no_people_and_no_dates(language: str, read_page: Any) -> None:
    record = read_page(language=language)

    assert (record.contributors, record.dates) == ((), ())
    assert record.review.status == "none_found"
    assert record.byline_texts == frozenset()


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        pytest.param(language, phrase, id=f"{language}-{phrase}")
        for language in LANGUAGES
        for kind, phrase, _ in PHRASES[language]
        if kind == "negated"
    ],
)
def test_a_page_that_denies_its_review_is_negated(
    language: str, phrase: str, read_page: Any
) -> None:
    record = read_page(f"<p>{phrase}</p>", language=language)

    assert record.review.status == "negated"
    assert record.contributors == ()


@pytest.mark.parametrize(
    ("language", "team"),
    [
        ("en", "The Rye Health Editorial Team"),
        ("id", "Tim Medis Rye Health"),
        ("es", "Equipo editorial de Rye Health"),
        ("pt", "Equipe Editorial Rye Health"),
        ("de", "Redaktion Rye Health"),
        ("zh-Hant", "麥田編輯部"),
        ("ja", "麦編集部"),
        ("ko", "호밀 편집팀"),
        ("ru", "Редакция Rye Health"),
        ("pl", "Redakcja Rye Health"),
        ("th", "ทีมแพทย์"),
    ],
)
def test_a_team_that_reviewed_is_no_person(language: str, team: str, read_page: Any) -> None:
    record = read_page(f"<p>{reviewer_phrase(language)}: {team}</p>", language=language)

    assert [c.kind for c in record.contributors] == ["team"]
    assert record.review.status == "organisation_only"
