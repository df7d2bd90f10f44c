"""Bylines in every language of the phrase tables that has a speaker's table in `conftest`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from articles.bylines.phrase_tables import PHRASES
from tests.articles.bylines.tongues import AND, BODIES, DENIALS, SENTENCES, TONGUES

if TYPE_CHECKING:
    from articles.review_record import ReviewRecord

LANGUAGES = tuple(PHRASES)
UNSPACED = ("zh-Hant", "zh-Hans", "ja")
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
LONGER_PHRASES = {
    ("ru", "Проверил"),
    ("ru", "Проверила"),
    ("ru", "Статья проверена"),
    ("zh-Hans", "…审核"),
}


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


def test_every_language_of_the_tables_has_its_people_and_its_words() -> None:
    assert set(TONGUES) == set(SENTENCES) == set(AND) == set(BODIES) == set(DENIALS) == set(PHRASES)


def people(record: ReviewRecord) -> set[tuple[str, str]]:
    return {(c.role, c.name) for c in record.contributors}


def dates(record: ReviewRecord) -> dict[str, str]:
    return {stated.kind: stated.value for stated in record.dates}


@pytest.mark.parametrize(("language", "kind", "phrase"), phrases(ROLES))
def test_a_role_phrase_names_the_person_beside_it(
    language: str, kind: str, phrase: str, tongues: Any, read_page: Any
) -> None:
    tongue = tongues[language]
    glue = "" if language in UNSPACED else " "
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


@pytest.mark.parametrize("joint", ["and", ";", "/", ","])
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_people_are_told_apart_whatever_joins_them(
    language: str, joint: str, tongues: Any, read_page: Any
) -> None:
    tongue = tongues[language]
    between = {
        "and": AND[language] if language in (*UNSPACED, "ko") else f" {AND[language]} ",
        "/": " / ",
        ",": "、" if language in UNSPACED else ", ",
    }.get(joint, f"{joint} ")

    record = read_page(
        f"<p>{reviewer_phrase(language)}: {tongue.reviewer}{between}{tongue.second}</p>",
        language=language,
    )

    assert people(record) == {
        ("medical_reviewer", tongue.reviewer_name),
        ("medical_reviewer", tongue.second_name),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_names_without_titles_are_told_apart_at_the_native_and(
    language: str, tongues: Any, read_page: Any
) -> None:
    tongue = tongues[language]
    joint = AND[language] if language in (*UNSPACED, "ko") else f" {AND[language]} "

    record = read_page(
        f"<p>{reviewer_phrase(language)}: {tongue.reviewer_name}{joint}{tongue.second_name}</p>",
        language=language,
    )

    assert {name for _, name in people(record)} == {tongue.reviewer_name, tongue.second_name}


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        pytest.param(language, phrase, id=f"{language}-{phrase}")
        for language in LANGUAGES
        for kind, phrase, _ in PHRASES[language]
        if kind in ("medical_reviewer", "reviewer") and phrase.startswith("…")
    ],
)
def test_a_name_before_its_label_takes_the_date_behind_both(
    language: str, phrase: str, tongues: Any, read_page: Any
) -> None:
    tongue = tongues[language]
    glue = "" if language in UNSPACED else " "

    record = read_page(
        f"<p><a href='/people/1'>{tongue.reviewer}</a>{glue}{phrase[1:]} · {tongue.date}</p>",
        language=language,
    )

    assert {name for _, name in people(record)} == {tongue.reviewer_name}
    assert dates(record) == {"reviewed": tongue.day}


@pytest.mark.parametrize("markup", ["<span>{}</span><span>{}</span>", "{} · {}"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_behind_the_reviewer_dates_the_review(
    language: str, markup: str, tongues: Any, read_page: Any
) -> None:
    tongue = tongues[language]
    line = markup.format(f"{reviewer_phrase(language)} {tongue.reviewer}", tongue.date)

    record = read_page(f"<div>{line}</div>", language=language)

    assert people(record) == {("medical_reviewer", tongue.reviewer_name)}
    assert dates(record) == {"reviewed": tongue.day}


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


def every(table: dict[str, tuple[str, ...]]) -> list[Any]:
    return [
        pytest.param(language, text, id=f"{language}-{text}")
        for language, texts in table.items()
        for text in texts
    ]


NEGATED = {
    language: tuple(phrase for kind, phrase, _ in PHRASES[language] if kind == "negated")
    for language in LANGUAGES
}


@pytest.mark.parametrize(("language", "phrase"), [*every(NEGATED), *every(DENIALS)])
def test_a_page_that_denies_its_review_is_negated(
    language: str, phrase: str, read_page: Any
) -> None:
    record = read_page(f"<p>{phrase}</p>", language=language)

    assert record.review.status == "negated"
    assert record.contributors == ()


@pytest.mark.parametrize(("language", "body"), every(BODIES))
def test_a_body_that_reviewed_is_no_person(language: str, body: str, read_page: Any) -> None:
    record = read_page(f"<p>{reviewer_phrase(language)}: {body}</p>", language=language)

    assert {c.kind for c in record.contributors} <= {"team", "org"}
    assert record.contributors != ()
    assert record.review.status == "organisation_only"


def roles_and_first_words() -> list[Any]:
    return [
        pytest.param(language, phrase.removeprefix("…"), id=f"{language}-{phrase}")
        for language in LANGUAGES
        for kind, phrase, _ in PHRASES[language]
        if ROLES.intersection(kind.split("+"))
    ]


@pytest.mark.parametrize(("language", "phrase"), roles_and_first_words())
def test_an_empty_label_over_the_first_paragraph_names_nobody(
    language: str, phrase: str, read_page: Any
) -> None:
    sentence = SENTENCES[language]

    record = read_page(f"<div>{phrase}:</div><p>{sentence}</p>", language=language)

    assert record.contributors == ()


@pytest.mark.parametrize(("language", "phrase"), roles_and_first_words())
def test_a_label_in_the_run_of_a_sentence_names_nobody(
    language: str, phrase: str, read_page: Any
) -> None:
    sentence = SENTENCES[language].rstrip(".。।។")
    glue = "" if language in (*UNSPACED, "th", "km", "my") else " "
    words = f"{sentence}{glue}{phrase}{glue}{sentence}."

    record = read_page(language=language, foot=f"<p>{words}</p>")

    assert record.contributors == ()
