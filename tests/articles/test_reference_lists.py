"""Source lists that are no list under a heading: buttons, tables, footnotes, single paragraphs."""

from __future__ import annotations

import json

import pytest

from articles.extract import extract
from articles.page import Page
from articles.record import Article
from articles.source_headings import is_reference_heading, is_weak_reference_heading

TEXT = "".join(
    f"<p>Sentence {n} of this article speaks at length about bread and about what it does all"
    " day long for the whole of the house.</p>"
    for n in range(4)
)
WORKS = ("Roe A. Rye. J Bread 2020;1:2.", "Penn B. Oat. J Oat 2021;2:3.", "Fox C. Salt. 2019.")
LIST = "<ol>" + "".join(f"<li>{work}</li>" for work in WORKS) + "</ol>"


def read(body: str, head: str = "") -> Article:
    html = f"<head>{head}</head><main><h1>Bread at night</h1>{TEXT}{body}</main>"
    return extract(Page(url="https://bread.example/night", body=html.encode()))


def texts(body: str) -> list[str]:
    return [reference.text for reference in read(body).references]


@pytest.mark.parametrize(
    "body",
    [
        f"<div><button>3 Sources</button><div>{LIST}</div></div>",
        f"<button>Show all 3 references</button><div hidden>{LIST}</div>",
        f"<h3>Verwendete Quellen</h3>{LIST}",
        f"<h3>Manbalar</h3>{LIST}",
        f"<h3>ប្រភព</h3>{LIST}",
        f"<h3>Mga Pinagmulan</h3>{LIST}",
        f"<h3>Fonts</h3>{LIST}",
        f"<h3>Resources</h3>{LIST}",
        "<h2>References</h2><table><tr><th>No<th>Work</tr>"
        + "".join(f"<tr><td>{n}</td><td>{work}</td></tr>" for n, work in enumerate(WORKS, 1))
        + "</table>",
        "<h3>References</h3><p>"
        + " ".join(f"{n}. {work}" for n, work in enumerate(WORKS, 1))
        + "</p>",
        "<h3>References</h3><p>"
        + " ".join(f"[{n}] {work}" for n, work in enumerate(WORKS, 1))
        + "</p>",
        f"<p><b>Sources:</b> {' ; '.join(WORKS).replace(' ;', ';')}</p>",
    ],
    ids=[
        "count before", "count inside", "german", "uzbek", "khmer", "filipino", "catalan", "weak",
        "table", "numbered", "bracketed", "semicolons",
    ],
)  # fmt: skip
def test_each_work_is_a_reference_of_its_own(body: str) -> None:
    assert texts(body) == list(WORKS)
    assert "Penn" not in read(body).text


def test_quoted_titles_in_one_paragraph_are_parted_before_their_publishers() -> None:
    found = texts("<p>SOURCES: Rye Institute: 'Bread'. Oat Council: “Oats.” Board: “Salt.”</p>")

    assert found == ["Rye Institute: 'Bread'.", "Oat Council: “Oats.”", "Board: “Salt.”"]


def test_links_in_one_paragraph_under_the_heading_are_works() -> None:
    article = read("<h2>Sources</h2><p><a href='/1'>Bread at night</a>, <a href='/2'>Oats</a></p>")

    assert [(r.text, r.url) for r in article.references] == [
        ("Bread at night", "https://bread.example/1"),
        ("Oats", "https://bread.example/2"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Rye keeps<a href='#fn1' id='r1'>[1]</a> well<a href='#fn2' id='r2'>[2]</a>.</p><hr>"
        "<p id='fn1'>[1] Roe A. Rye. J Bread 2020. <a href='#r1'>↩</a></p>"
        "<p id='fn2'>[2] Penn B. Oat. J Oat 2021. <a href='#r2'>↩</a></p>",
        "<p>Rye keeps<sup><a href='#_ftn1' name='_ftnref1'>1</a></sup> well<sup><a href='#_ftn2'"
        " name='_ftnref2'>2</a></sup>.</p><hr>"
        "<div><a name='_ftn1' href='#_ftnref1'>[1]</a> Roe A. Rye. J Bread 2020.</div>"
        "<div><a name='_ftn2' href='#_ftnref2'>[2]</a> Penn B. Oat. J Oat 2021.</div>",
    ],
    ids=["brackets", "word processor"],
)
def test_footnotes_without_a_heading_are_references(body: str) -> None:
    article = read(body)

    assert [r.text for r in article.references] == [
        "Roe A. Rye. J Bread 2020.",
        "Penn B. Oat. J Oat 2021.",
    ]
    assert "Rye keeps" in article.text
    assert "Penn" not in article.text


@pytest.mark.parametrize(
    "body",
    [
        "<p>1. Wash your hands before you knead. 2. Salt the dough. 3. Wait for a night.</p>",
        "<h2>Sources</h2><ul><li>Wheat bread</li><li>Rye bread</li><li>Oats and seeds</li></ul>",
        "<h2>Resources</h2><ul><li><a href='/a'>Bread line</a></li><li><a href='/b'>Oat help</a>"
        "</li></ul>",
        "<p>Source: wheat, rye; oats, barley; maize and rice from the whole of the land.</p>",
        "<h2>Sources</h2><table><tr><td>Wheat</td><td>12 g</td></tr><tr><td>Rye</td><td>15 g</td>"
        "</tr></table>",
        "<p>Rye keeps<a href='#fn1'>[1]</a> well<a href='#fn2'>[2]</a>.</p>"
        "<p id='fn1'>[1] Only where it is dry.</p><p id='fn2'>[2] And only for a week or so.</p>",
        "<p>Bread was baked in 1. Rome, 2. Athens and 3. Paris, as we know from 1920 on.</p>",
    ],
    ids=["tips", "foods", "help", "inline foods", "table", "notes", "numbers"],
)
def test_what_cites_nothing_is_no_source_list(body: str) -> None:
    article = read(body)

    assert article.references == ()
    if "href='/" not in body:
        assert any(word in article.text for word in ("Wheat", "dough", "oats", "dry", "Rome"))


def test_a_volume_is_not_taken_for_the_number_of_a_work() -> None:
    found = texts("<h2>References</h2><p>1. Roe A. Rye, Vol 2. 2020. 2. Penn B. Oats. 2021.</p>")

    assert found == ["Roe A. Rye, Vol 2. 2020.", "Penn B. Oats. 2021."]


def test_sources_named_under_each_section_stay_in_the_text_too() -> None:
    line = "<p>Sources: <a href='/{0}1'>Rye Board {0}</a> | <a href='/{0}2'>Oat Board {0}</a></p>"

    article = read(line.format("A") + TEXT.replace("Sentence", "Phrase") + line.format("B"))

    assert len(article.references) == 4
    assert "Rye Board A" in article.text


def test_the_url_of_a_reference_is_normal_and_its_text_as_printed() -> None:
    article = read(
        "<h2>References</h2><ol>"
        "<li>Roe. Rye. 2020. <a href='https://A.example/x?utm_source=b&amp;id=1#top'>link</a></li>"
        "<li>Penn. Oat. 2021. www.b.example/y?utm_source=c.</li></ol>"
    )

    assert [reference.url for reference in article.references] == [
        "https://a.example/x?id=1",
        "https://www.b.example/y",
    ]
    assert article.references[1].text.endswith("www.b.example/y?utm_source=c.")


CITING = {
    "@type": "Article",
    "headline": "Bread at night",
    "citation": [
        "Roe A. Rye. 2020. https://doi.org/10.1000/xyz",
        {"@type": "CreativeWork", "name": "Oats", "url": "https://o.example/a?utm_source=b"},
    ],
}


def test_citations_for_machines_stand_in_where_the_page_shows_no_list() -> None:
    head = f'<script type="application/ld+json">{json.dumps(CITING)}</script>'

    silent, shown = read("", head), read(f"<h2>References</h2>{LIST}", head)

    assert [(r.text, r.doi, r.url) for r in silent.references] == [
        ("Roe A. Rye. 2020. https://doi.org/10.1000/xyz", "10.1000/xyz",
         "https://doi.org/10.1000/xyz"),
        ("Oats", None, "https://o.example/a"),
    ]  # fmt: skip
    assert [r.text for r in shown.references] == list(WORKS)


def test_the_metas_of_scholarly_pages_name_references() -> None:
    head = (
        '<meta name="citation_reference" content="citation_title=Rye;citation_author=A Roe;'
        'citation_doi=10.1000/xyz;citation_pmid=12345678">'
        '<meta name="citation_reference" content="Penn B. Oats. 2021.">'
    )

    found = read("", head).references

    assert [(r.text, r.doi, r.pmid) for r in found] == [
        ("Rye. A Roe", "10.1000/xyz", "12345678"),
        ("Penn B. Oats. 2021.", None, None),
    ]


@pytest.mark.parametrize(
    "text",
    ["12 References", "View all 12 sources", "Quellen anzeigen", "查看參考資料", "참고문헌 보기"],
)
def test_the_words_of_a_button_open_a_source_list(text: str) -> None:
    assert is_reference_heading(text)


@pytest.mark.parametrize("text", ["10 sources of protein", "12", "View all", "Fonts for the web"])
def test_other_words_with_a_count_do_not(text: str) -> None:
    assert not is_reference_heading(text)
    assert not is_weak_reference_heading(text)
