from __future__ import annotations

import json

import lxml.html

from articles.anchors import find_anchors
from articles.blocks import read_blocks
from articles.extract import extract
from articles.page import Page

PARAGRAPHS = [
    f"Paragraph {number} says at some length what the pancreas does while we eat and sleep."
    for number in range(6)
]


def test_paragraphs_that_stand_in_the_article_body_are_anchored() -> None:
    bold = PARAGRAPHS[1].replace(" ", " <b>")
    page = lxml.html.document_fromstring(
        f"<p>{PARAGRAPHS[0]}</p><p>{bold}</p><p>{'Other words. ' * 9}</p>"
    )
    tree = read_blocks(page)

    anchored = find_anchors(tree, " ".join(PARAGRAPHS))

    assert [tree.blocks[index].text[:11] for index in sorted(anchored)] == [
        "Paragraph 0",
        "Paragraph 1",
    ]


def test_a_teaser_anchors_nothing() -> None:
    tree = read_blocks(lxml.html.document_fromstring(f"<p>{PARAGRAPHS[0]}</p>"))

    assert find_anchors(tree, PARAGRAPHS[0]) == frozenset()
    assert find_anchors(tree, None) == frozenset()


def test_text_in_a_container_with_a_bad_name_is_kept_where_the_page_vouches_for_it() -> None:
    said = {"@type": "Article", "headline": "The pancreas", "articleBody": "\n".join(PARAGRAPHS)}
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:4])
    hidden = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[4:])
    html = (
        f'<script type="application/ld+json">{json.dumps(said)}</script><main><h1>The pancreas</h1>'
        f'{body}<div class="promo-box">{hidden}</div></main>'
    )

    article = extract(Page(url="https://x.example/p", body=html.encode()))

    assert PARAGRAPHS[5] in article.text


def test_the_article_body_is_never_taken_as_the_text() -> None:
    said = {"@type": "Article", "articleBody": "\n".join([*PARAGRAPHS, "Only for machines. " * 20])}
    html = (
        f'<script type="application/ld+json">{json.dumps(said)}</script><main>'
        f"{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</main>"
    )

    article = extract(Page(url="https://x.example/p", body=html.encode()))

    assert "Only for machines" not in article.text
