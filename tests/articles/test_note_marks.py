from __future__ import annotations

import pytest
from lxml.html import fragment_fromstring

from articles.extract import extract
from articles.note_marks import is_note_mark
from articles.page import Page


@pytest.mark.parametrize(
    "markup",
    [
        '<sup><a href="#fn1">1</a></sup>',
        '<sup id="r1"><a href="#cite_note-1">[1]</a></sup>',
        '<sup><a href="#r2">2</a>, <a href="#r3">3</a></sup>',
        '<sup><a href="https://x.example/a#fn1">1</a></sup>',
        '<sup><a href="#fn1"><span class="invisible">Footnote </span>1</a></sup>',
        '<a href="#_ftn1"><sup>*</sup></a>',
        '<a href="#ref-12">[12]</a>',
    ],
)
def test_linked_figures_of_notes_are_marks(markup: str) -> None:
    assert is_note_mark(fragment_fromstring(markup))


@pytest.mark.parametrize(
    "markup",
    [
        "<sup>2</sup>",
        '<sup><a href="/legal">TM</a></sup>',
        '<sup><a href="#help">What does this mean?</a></sup>',
        '<a href="#part2">2</a>',
        '<a href="#dose">the dose</a>',
        '<a href="/page">[1]</a>',
    ],
)
def test_exponents_and_other_links_are_none(markup: str) -> None:
    assert not is_note_mark(fragment_fromstring(markup))


def test_marks_leave_the_text_and_exponents_stay() -> None:
    body = (
        "<main><h1>Sponges</h1><p>Out of 100 women 23<sup><a href='#n3'>3</a></sup> became pregnant"
        " in the first year<a href='#note4'><sup>4</sup></a>, and an area of 5 m<sup>2</sup> was"
        " enough for the test, as was told by those who were there on that day.</p></main>"
    )

    text = extract(Page(url="https://health.example/sponges", body=body.encode())).text

    assert "23 became pregnant in the first year, and an area of 5 m2 was" in text
