"""What stays of a container: leads, questions, links in the text; and what goes."""

from __future__ import annotations

import pytest

from articles.extract import extract
from articles.page import Page

FIRST = (
    "A fever is the body's own answer to an infection, and in most children it goes away by itself"
    " within three days, whatever the thermometer shows in the evening."
)
SECOND = (
    "Give the child enough to drink, keep the room cool, and let it sleep for as long as it wants"
    " to; a child that plays between two naps is rarely in danger."
)
THIRD = (
    "Call a doctor at once where the child is younger than three months, has a stiff neck, or is"
    " hard to wake up, and do not wait for the morning to come."
)
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def text_of(body: str) -> str:
    html = f"<html lang=en><head><title>Fever | Site</title></head><body>{body}</body></html>"
    return extract(Page(url="https://health.example/fever", body=html.encode())).text


def test_paragraphs_above_a_lower_heading_that_repeats_the_title_stay() -> None:
    text = text_of(f"<main><p>{FIRST}</p><h2>Fever</h2>{BODY * 3}<p>{SECOND} Twice.</p></main>")

    assert text.startswith(FIRST)


def test_an_introduction_that_stands_before_the_container_is_its_lead() -> None:
    sections = "".join(f"<p>{FIRST} Part {number}.</p>" for number in range(12))

    text = text_of(
        f"<h1>Fever</h1><div class=top><p>{SECOND}</p></div><div class=ad-slot></div>"
        f'<div class="article-body">{sections}</div>'
    )

    assert text.startswith(SECOND)


def test_questions_with_answers_right_under_the_container_stay() -> None:
    text = text_of(
        f"<h1>Fever</h1><div class=article-body>{BODY * 2}</div><div><h2>Questions</h2>"
        f"<h3>May a child go out?</h3><p>{FIRST} Yes.</p>"
        f"<h3>What of a bath?</h3><p>{SECOND} No.</p></div>"
    )

    assert "What of a bath?" in text
    assert text.endswith(f"{SECOND} No.")


def test_one_question_under_the_container_may_be_anybody_s() -> None:
    text = text_of(
        f"<h1>Fever</h1><div class=article-body>{BODY * 2}</div>"
        f"<div><h3>Do you want to work with us?</h3><p>{SECOND} Apply.</p></div>"
    )

    assert "Apply" not in text


def test_a_long_sentence_that_is_a_link_stays_and_a_short_line_goes() -> None:
    text = text_of(
        f"<h1>Fever</h1>{BODY}<p><a href=/a>Every second fever of a small child comes from a virus"
        f" for which there is no medicine yet.</a></p><p><a href=/b>Fever in adults</a></p>{BODY}"
    )

    assert "Every second fever" in text
    assert "Fever in adults" not in text


def test_a_paragraph_inside_the_link_of_a_card_is_no_sentence_of_the_text() -> None:
    text = text_of(
        f"<h1>Fever</h1>{BODY}<div><a href=/a><p>What our nurses wish that every parent knew about"
        " nights with a feverish child at home.</p></a></div>"
    )

    assert "nurses" not in text


def test_linked_lines_of_list_items_stay() -> None:
    items = "".join(
        f"<li><p><a href=/{n}>Medicine {n}</a> for days of high fever</p></li>" for n in "123"
    )

    assert "Medicine 2 for days" in text_of(f"<h1>Fever</h1>{BODY}<ul>{items}</ul>{BODY}")


def test_a_list_of_named_pages_in_the_midst_of_the_text_stays_but_no_menu() -> None:
    named = "".join(
        f"<li><a href=/{n}>What the {n} great hospitals of the land advise</a></li>" for n in "456"
    )
    menu = "".join(f"<li><a href=/m{n}>Topic {n}</a></li>" for n in range(12))
    contents = "".join(f"<li><a href=#s{n}>Where to read on {n}</a></li>" for n in range(3))

    text = text_of(
        f"<h1>Fever</h1><ul>{contents}</ul>{BODY}<ul>{named}</ul><ul>{menu}</ul>{BODY * 2}"
    )

    assert "great hospitals" in text
    assert "Topic" not in text
    assert "read on" not in text


def test_the_footer_of_the_page_is_no_text_however_long() -> None:
    text = text_of(f"<h1>Fever</h1>{BODY}<footer><p>{SECOND} We are a company.</p></footer>")

    assert "company" not in text


def test_testimonials_and_data_of_scripts_are_left_out() -> None:
    text = text_of(
        f"<h1>Fever</h1>{BODY}<div class=testimonial-field><p>{FIRST} Thank you!</p></div>"
        '<div>{"layout": 2, "columns": 4, "title": "Buy now", "size": 16, "font": "x"}</div>'
        f"<p>{SECOND} Again.</p>"
    )

    assert "Thank you" not in text
    assert "layout" not in text
    assert text.endswith("Again.")


@pytest.mark.parametrize(
    "note",
    [
        "Ann Author is a freelance writer and mother of three who lives by the sea.",
        "Dr. Ann Author has been a physician for twenty years.",
        "Mara Lind, RN, is a nurse and editor in the north of the country.",
    ],
)
def test_a_note_about_the_author_at_the_end_is_left_out(note: str) -> None:
    text = text_of(f"<h1>Fever</h1><p class=byline>By Ann Author</p>{BODY}<p>{note}</p>")

    assert text.endswith(THIRD)


def test_a_last_paragraph_that_begins_with_a_person_of_the_story_stays() -> None:
    story = "Tim Reed was home again after two days, and nobody in the family caught the fever."

    assert text_of(f"<h1>Fever</h1>{BODY}<p>{story}</p>").endswith(story)


@pytest.mark.parametrize(
    "names",
    [
        "sidebar-enabled--false",
        "offset-nav",
        "field--type-entity-reference-revisions",
        'x" id="menu-ideas-for-a-healthy-week',
    ],
)
def test_names_of_states_kinds_and_headings_do_not_hide_text(names: str) -> None:
    text = text_of(f'<h1>Fever</h1>{BODY * 3}<div class="{names}"><p>{SECOND} Kept.</p></div>')

    assert "Kept." in text
