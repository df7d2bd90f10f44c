from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from articles.document import parse_document
from articles.language import normalise_language
from articles.language_detection import detect_language
from articles.page import Page

TEXTS: dict[str, str] = tomllib.loads(
    (Path(__file__).parents[2] / "benchmarks/language_texts.toml").read_text(encoding="utf-8")
)
"""A few sentences in each language."""


@pytest.mark.parametrize("language", TEXTS)
def test_a_few_sentences_tell_their_language(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


@pytest.mark.parametrize("language", TEXTS)
def test_a_short_text_tells_its_language_or_none(language: str) -> None:
    beginnings = [TEXTS[language][:length] for length in (10, 20, 40)]

    assert {detect_language(text) for text in beginnings} <= {language, language[:2], None}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en_US", "en-US"),
        ("EN-gb", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("in", "id"),
        ("es-419", "es-419"),
        ("en-US,en;q=0.9", "en-US"),
        ("English", None),
        ("und", None),
        ("", None),
    ],
)
def test_language_tags_have_one_spelling(tag: str, expected: str | None) -> None:
    assert normalise_language(tag) == expected


def language_of(html: str) -> str | None:
    return parse_document(Page(url="", body=html.encode())).language


def page_in(language: str, *, lang: str, before: str = "", after: str = "") -> str:
    paragraphs = f"<p>{TEXTS[language]}</p>" * 4
    return f'<html lang="{lang}">{before}{paragraphs}{after}'


ENGLISH_MENUS = "<ul>" + "<li><a>What our doctors say about headaches</a></li>" * 60 + "</ul>"


@pytest.mark.parametrize("language", TEXTS)
def test_a_declared_language_stands_with_its_region(language: str) -> None:
    declared = f"{language}-PH"

    assert language_of(page_in(language, lang=declared)) == declared
    assert language_of(page_in(language, lang=declared, before=ENGLISH_MENUS)) == declared


@pytest.mark.parametrize("language", sorted(TEXTS.keys() - {"en"}))
def test_a_declaration_that_the_text_denies_is_overruled(language: str) -> None:
    assert language_of(page_in(language, lang="en")) == language
    assert language_of(page_in(language, lang="en-US", before=ENGLISH_MENUS)) == language


@pytest.mark.parametrize(
    ("declared", "spoken"),
    [("mr", "hi"), ("nb", "da"), ("cs", "sk"), ("es", "pt"), ("uk", "ru"), ("zh", "ja")],
)
def test_many_sentences_overrule_a_near_language(declared: str, spoken: str) -> None:
    assert language_of(page_in(spoken, lang=declared)) == spoken


@pytest.mark.parametrize(
    ("declared", "spoken"), [("ms", "id"), ("bs", "hr"), ("nn", "nb"), ("yue", "zh-Hant")]
)
def test_languages_that_are_told_apart_badly_are_not_overruled(declared: str, spoken: str) -> None:
    assert language_of(page_in(spoken, lang=declared)) == declared


def test_a_sentence_or_two_overrule_no_declaration() -> None:
    assert language_of(f'<html lang="en"><p>{TEXTS["fr"][:150]}') == "en"


def test_a_language_that_is_not_known_here_stands() -> None:
    assert language_of(page_in("fil", lang="ceb")) == "ceb"
    assert language_of(page_in("fr", lang="ht")) == "ht"


def test_a_long_quote_in_another_language_does_not_count_for_the_page() -> None:
    quote = f"<blockquote>{TEXTS['fr'] * 2}</blockquote>"

    assert language_of(page_in("fil", lang="fil", after=quote)) == "fil"
    assert language_of(page_in("it", lang="", after=quote)) == "it"


def test_metas_count_where_html_lang_is_missing() -> None:
    assert language_of('<meta property="og:locale" content="vi_VN"><p>12 345</p>') == "vi-VN"


def test_nothing_tells_and_nothing_is_said() -> None:
    assert language_of("<p>12 345</p>") is None
