"""What mutated pages once broke, each as small as it could be made."""

from __future__ import annotations

import pytest

from articles.document import parse_document
from articles.extract import extract
from articles.page import Page
from articles.record_json import record_to_json
from tests.articles.fuzzing.test_mutated_pages import controls_in, strings_of, unresolved

TEXT = "The fever goes down after a few days, and the cough may stay for some weeks. " * 4


@pytest.mark.parametrize(
    "said",
    [
        "\x15",
        "\x7f",
        "\x85",
        "&#x1F;",
        "&#7;",
        "&#000;",
        "&#xB;",
        "&#15t",
        "&#x1fg",
        "\x81",
        "&#129;",
        "&#x9D;",
    ],
    ids=[
        "control",
        "delete",
        "next line",
        "hex reference",
        "reference",
        "null",
        "tabulation",
        "letter behind",
        "letter behind hex",
        "no Windows sign",
        "its reference",
        "hex",
    ],
)
def test_no_control_character_reaches_a_record(said: str) -> None:
    page = a_page(f"<h1>Fev{said}er</h1><p>By Ada{said} Roe, MD</p><p>{TEXT}{said}</p>")

    assert not any(controls_in(text) for text in strings_of(record_to_json(extract(page))))


def test_references_that_are_no_control_characters_stay() -> None:
    tree = parse_document(a_page("<p>&#72;&#x1F600;&#10;&#146;&#1575;&#100;</p>")).tree

    assert tree.xpath("string(//p)") == "H\U0001f600\n’\u0627d"


def test_control_characters_and_halves_of_letters_leave_linked_data() -> None:
    data = '{"@type": "Article", "author": {"name": "Ada \\u0001\\ud800Roe"}}'
    page = a_page(f'<script type="application/ld+json">{data}</script><h1>Fever</h1><p>{TEXT}')

    assert [person.name for person in extract(page).contributors] == ["Ada Roe"]


def test_a_second_page_behind_the_end_does_not_make_a_locator_ambiguous() -> None:
    whole = f"<html><body><article><h1>Fever</h1><div>By Ada Roe, MD</div><p>{TEXT}</p></article>"
    page = a_page(f"{whole}</body></html>{whole}</body></html>")

    assert unresolved(extract(page), page) == []


def test_a_tag_that_no_selector_can_name_is_found_by_its_place() -> None:
    page = a_page(
        f"<article><h1>Fever</h1><p>{TEXT}</p><nt.<><p>By Ada Roe, MD</p></nt.<><p>{TEXT}</p>"
    )

    assert [person.name for person in extract(page).contributors] == ["Ada Roe"]
    assert unresolved(extract(page), page) == []


def test_an_id_that_two_elements_have_leads_to_neither() -> None:
    byline = "<div id=a><span>By Ada Roe, MD</span></div>"
    page = a_page(f"<article><h1>Fever</h1><div id=a>News</div>{byline}<p>{TEXT}</p></article>")

    assert [person.name for person in extract(page).contributors] == ["Ada Roe"]
    assert unresolved(extract(page), page) == []


def a_page(html: str) -> Page:
    return Page(url="https://clinic.example/fever", body=html.encode())
