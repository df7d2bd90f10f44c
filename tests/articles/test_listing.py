"""Pages of teasers are refused; articles that show some are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from articles.extract import extract
from articles.page import NotAnArticle, Page

PARAGRAPH = (
    "<p>The gall bladder stores bile between meals and lets it go when fat arrives in the gut,"
    " which is why pain under the ribs so often begins an hour or two after a rich supper, late"
    " in the evening, and wakes people at night. Most stones never make themselves felt, and a"
    " stone that lies still in the gall bladder of somebody without pain is best left there.</p>"
)
INTRODUCTION = (
    "<p>All about the liver: how it works by day and by night, what harms it, and how doctors test"
    " it.</p><p>Our pages on it are written for people without any training in medicine.</p>"
)
TEASER = "What the liver does all day long and how to be kind to it, in short words."


def teaser(number: int) -> str:
    return f"<p>{TEASER} Part {number} of a long row.</p>"


def card(number: int) -> str:
    return (
        f'<div><h3><a href="/liver/{number}/">Story number {number}</a></h3>{teaser(number)}</div>'
    )


def linked_line(number: int) -> str:
    return f'<li><a href="/liver/{number}/">Story number {number}</a>{teaser(number)}</li>'


def more_link(number: int) -> str:
    return (
        f"<section><h3>Story number {number}</h3>{teaser(number)}"
        f'<p><a href="/liver/{number}/">Read more</a></p></section>'
    )


def linked_card(number: int) -> str:
    headline = f"<h3>Story number {number}</h3>"
    return f'<div><a href="/liver/{number}/">{headline}{teaser(number)}</a></div>'


def a_page(body: str, head: str = "", path: str = "/liver/") -> Page:
    html = f"<html lang=en><head><title>Liver | Site</title>{head}</head><body>{body}</body></html>"
    return Page(url=f"https://health.example{path}", body=html.encode())


@pytest.mark.parametrize("unit", [card, linked_line, more_link])
def test_a_page_of_teasers_is_no_article(unit: Callable[[int], str]) -> None:
    teasers = "".join(unit(number) for number in range(6))

    with pytest.raises(NotAnArticle, match="a list of other pages"):
        extract(a_page(f"<main><h1>Liver</h1>{teasers}</main>"))


def test_two_teasers_make_a_listing_when_there_is_nothing_else() -> None:
    with pytest.raises(NotAnArticle, match="in 2 teasers"):
        extract(a_page(f"<main><h1>Liver</h1>{card(1)}{card(2)}</main>"))


def test_an_introduction_over_many_cards_makes_no_article() -> None:
    cards = "".join(linked_card(number) for number in range(12))
    body = f"<main><h1>Liver</h1>{INTRODUCTION}{cards}</main>"

    with pytest.raises(NotAnArticle, match="12 teasers under an introduction"):
        extract(a_page(body))


def test_a_page_that_states_a_collection_needs_only_a_few_teasers() -> None:
    head = '<script type="application/ld+json">{"@type": "CollectionPage"}</script>'
    cards = "".join(linked_card(number) for number in range(3))
    body = f"<main><h1>Liver</h1>{INTRODUCTION}{cards}</main>"

    with pytest.raises(NotAnArticle, match="a list of other pages"):
        extract(a_page(body, head))
    assert "without any training" in extract(a_page(body)).text


def test_an_article_with_cards_under_it_is_read() -> None:
    cards = "".join(card(number) for number in range(8))

    article = extract(
        a_page(f"<main><h1>Liver</h1>{PARAGRAPH}{PARAGRAPH[:-4]} Twice.</p>{cards}</main>")
    )

    assert article.text.startswith("The gall bladder")


def test_headings_that_are_anchors_of_the_page_itself_are_no_teasers() -> None:
    parts = "".join(
        f'<h3><a href="/liver/#part-{number}">Part {number}</a></h3>{teaser(number)}'
        for number in range(6)
    )

    assert TEASER in extract(a_page(f"<main><h1>Liver</h1>{parts}</main>")).text


def test_headings_that_link_to_other_sites_are_no_teasers() -> None:
    parts = "".join(
        f'<h3><a href="https://shop.test/{number}">Book {number}</a></h3>{teaser(number)}'
        for number in range(6)
    )

    assert TEASER in extract(a_page(f"<main><h1>Liver</h1>{parts}</main>")).text


def test_a_round_up_that_states_an_article_is_one() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Liver"}</script>'
    )
    parts = "".join(
        f'<h3><a href="/liver/{number}">Finding {number}</a></h3>{teaser(number)}'
        for number in range(6)
    )

    assert TEASER in extract(a_page(f"<main><h1>Liver</h1>{parts}</main>", head)).text


def test_the_footer_of_the_site_makes_no_article() -> None:
    footer = (
        "<footer><p>Our articles are written by doctors and are read by a second one before they"
        " go out. The list of all of them stands on the page about the people.</p></footer>"
    )

    with pytest.raises(NotAnArticle, match="no main content"):
        extract(a_page(f"<main><h1>Calculator</h1><p>Your result appears here.</p></main>{footer}"))
