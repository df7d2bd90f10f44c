from __future__ import annotations

import pytest

from articles.extract import extract
from articles.page import Page
from articles.record import Article, Reference
from articles.source_headings import is_reference_heading, parts_at_source_heading

TEXT = "".join(
    f"<p>Sentence {n} of this article speaks at length about the liver and about what it does all"
    " day long for the whole of the body.</p>"
    for n in range(4)
)
ITEMS = (
    "<li>A B. Liver. <i>J Hep</i>. 2020;1(2):3. "
    '<a href="https://doi.org/10.1000/ABC.1">doi</a></li>'
    "<li>C D. Bile. PMID: 12345678. PMCID: PMC7654321</li>"
    "<li>Book of the Liver. ISBN 978-3-16-148410-0</li>"
)


def read(body: str) -> Article:
    page = Page(
        url="https://health.example/liver",
        body=f"<main><h1>The liver at work</h1>{TEXT}{body}</main>".encode(),
    )
    return extract(page)


@pytest.mark.parametrize(
    "body",
    [
        f"<h2>References</h2><ol>{ITEMS}</ol>",
        f"<h2>Nguồn tham khảo</h2><div><ul>{ITEMS}</ul></div>",
        f"<details><summary>Sources (3)</summary><ol>{ITEMS}</ol></details>",
        f"<button>Show sources</button><div hidden><ol>{ITEMS}</ol></div>",
        f'<div class="article-references"><ol>{ITEMS}</ol></div>',
        f"<p><b>SOURCES:</b></p>{ITEMS.replace('li>', 'p>')}",
        f"<h4>參考文獻</h4><ol>{ITEMS}</ol><p>Share this article</p>",
    ],
    ids=["heading", "vietnamese", "details", "collapsed", "class", "paragraphs", "chinese"],
)
def test_the_source_list_becomes_references_and_leaves_the_text(body: str) -> None:
    article = read(body)

    assert article.references == (
        Reference(
            text="A B. Liver. J Hep. 2020;1(2):3. doi",
            url="https://doi.org/10.1000/ABC.1",
            doi="10.1000/abc.1",
        ),
        Reference(text="C D. Bile. PMID: 12345678. PMCID: PMC7654321", pmid="12345678",
                  pmcid="PMC7654321"),
        Reference(text="Book of the Liver. ISBN 978-3-16-148410-0", isbn="9783161484100"),
    )  # fmt: skip
    assert "Bile" not in article.text
    assert "whole of the body" in article.text


def test_a_list_after_the_sources_is_not_counted() -> None:
    article = read(f"<h2>Sources</h2><ul>{ITEMS}</ul><h2>More</h2><ul><li>One</li></ul>")

    assert len(article.references) == 3


def test_sources_set_line_by_line_are_one_reference_each() -> None:
    article = read(
        "<h3>Fonti</h3><p>Ministero della Salute, 2021, pagina 3<br>Istituto superiore, "
        "2019, rapporto"
        "<br>Rivista medica, 2018, numero 4</p>"
    )

    assert len(article.references) == 3


def test_a_heading_over_a_story_opens_no_source_list() -> None:
    article = read(f"<h2>Sources</h2><p>{'Iron is found in meat and in beans. ' * 30}</p>")

    assert article.references == ()
    assert "beans" in article.text


@pytest.mark.parametrize(
    "text", ["References", "Sources:", "References (4)", "Quellen", "출처", "Sumber"]
)
def test_headings_of_source_lists_are_known(text: str) -> None:
    assert is_reference_heading(text)


@pytest.mark.parametrize("text", ["Sources of protein in your diet", "Reference values", ""])
def test_headings_that_only_begin_alike_are_not(text: str) -> None:
    assert not is_reference_heading(text)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>{text}<br><br><b>SOURCES:</b><br>{entries}</div>",
        "<div>{text}<br><b>Sources:</b><br>{entries}</div>",
        "<div>{text}<br><br>REFERENCES<br>{entries}<br><br></div>",
        "<div>{text}<br><br><p><strong>References:</strong><br>{entries}</p></div>",
    ],
    ids=["bold", "in one run", "capitals", "paragraph"],
)
def test_sources_set_line_by_line_under_their_heading_are_references(markup: str) -> None:
    entries = (
        "Oakley P. Teeth. Dental Notes. 2011;6:12-18.<br>Country Dental Society, 2012: Manual."
    )
    last = "Go and see a dentist when a tooth has hurt for longer than a day or two."

    article = read(markup.format(text=last, entries=entries))

    assert [reference.text for reference in article.references] == [
        "Oakley P. Teeth. Dental Notes. 2011;6:12-18.",
        "Country Dental Society, 2012: Manual.",
    ]
    assert article.text.endswith(last)


def test_a_run_is_cut_only_at_a_line_that_heads_sources() -> None:
    assert parts_at_source_heading("a\nSOURCES:\nb\nc") == ["a", "SOURCES:", "b\nc"]
    assert parts_at_source_heading("Sources:\nb") == ["Sources:", "b"]
    assert parts_at_source_heading("a\nsource\nb") == ["a\nsource\nb"]
    assert parts_at_source_heading("a\nSOURCES:") == ["a\nSOURCES:"]
