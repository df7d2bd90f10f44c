"""Confidence in a text says how well it was chosen, not how long it is."""

from __future__ import annotations

from articles.extract import extract
from articles.page import Page

PARAGRAPHS = "".join(
    f"<p>On day {day} of a cold the nose is blocked in the morning, the throat is sore at night,"
    " and most people do well with tea, rest and a walk in the fresh air.</p>"
    for day in range(1, 8)
)
FURNITURE = "".join(f"<div>Offer {n}: save now</div><div>{n} likes</div>" for n in range(1, 40))


def confidence_in(body: str) -> float:
    html = f"<html lang=en><head><title>Colds</title></head><body>{body}</body></html>"
    page = Page(url="https://health.example/colds", body=html.encode())
    return extract(page).extractor.confidence


def test_an_article_in_a_container_of_its_own_is_trusted() -> None:
    assert confidence_in(f"<article><h1>Colds</h1>{PARAGRAPHS}</article>") > 0.85


def test_a_text_beside_much_other_running_text_is_trusted_less() -> None:
    others = "".join(
        f"<section class=comments><p>My grandmother said on day {day} that onions in the socks are"
        " what helps against a cold, and nobody ever proved her wrong.</p></section>"
        for day in range(40)
    )
    alone = confidence_in(f"<article><h1>Colds</h1>{PARAGRAPHS}</article>")

    assert confidence_in(f"<article><h1>Colds</h1>{PARAGRAPHS}</article>{others}") < alone


def test_short_pieces_of_furniture_in_the_text_lower_it() -> None:
    alone = confidence_in(f"<article><h1>Colds</h1>{PARAGRAPHS}</article>")

    assert confidence_in(f"<article><h1>Colds</h1>{FURNITURE}{PARAGRAPHS}</article>") < alone


def test_a_text_of_two_sentences_is_hardly_trusted() -> None:
    two = "<p>A cold lasts a week with medicine and seven days without, as doctors say."
    two += " Neither helps against the next one.</p>"

    assert confidence_in(f"<article><h1>Colds</h1>{two}</article>") < 0.4
