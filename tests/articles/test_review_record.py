"""The door of the review half: headline, evidence, and lines told to the text side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring

from articles.blocks import read_blocks
from articles.bylines.phrases import is_byline
from articles.document import parse_document
from articles.locators import css_path
from articles.machine_data import read_machine_data
from articles.page import Page
from articles.profile import SiteProfile
from articles.review_record import ReviewRecord, find_heading, read_review_record

TEXT = "<p>" + "Wheat bread and rye bread both keep for a week in a dry place. " * 6 + "</p>"
BYLINE = (
    "<div><p>Medically reviewed by <a href='/ada'>Ada Roe, MD</a></p>"
    "<p>Written by Bo Penn · Updated May 15, 2022</p></div>"
)


def read(html: str, profile: SiteProfile | None = None) -> ReviewRecord:
    document = parse_document(Page(url="https://bread.example/rye", body=html.encode()))
    return read_review_record(document, read_machine_data(document), None, profile)


def article(header: str, before: str = "", after: str = "") -> str:
    return (
        f"<html lang='en'><head><title>Rye</title></head><body>{before}<main><h1>Rye</h1>{header}"
        f"{TEXT}{TEXT}</main>{after}</body></html>"
    )


FURNITURE = [
    "<nav><ul><li><a href='/a'>Reviews</a></li><li>By topic</li></ul></nav>",
    "<div class='related'><ul><li><a href='/b'><h3>Oats</h3></a>"
    "<p>Medically reviewed by Cy Fox, MD</p></li></ul></div>",
    "<div class='newsletter-signup'><p>Updated weekly. Written by our editors.</p></div>",
    "<footer><p>Reviewed by Zed Seal</p><p>© 2023 Bread. Site last updated June 1, "
    "2023</p></footer>",
    "<section class='comments'><div class='comment'><p>By Eve Lamb</p><p>May 1, "
    "2023</p></div></section>",
    "<div class='modal'><p>Edited by Di Hart</p></div>",
]


@given(shuffled=st.permutations(FURNITURE), cut=st.integers(0, len(FURNITURE)))
def test_page_furniture_in_any_order_changes_nothing(shuffled: list[str], cut: int) -> None:
    bare = read(article(BYLINE))

    dressed = read(article(BYLINE, before="".join(shuffled[:cut]), after="".join(shuffled[cut:])))

    assert [(c.role, c.name, c.credentials) for c in dressed.contributors] == [
        (c.role, c.name, c.credentials) for c in bare.contributors
    ]
    assert [(d.kind, d.value) for d in dressed.dates] == [(d.kind, d.value) for d in bare.dates]
    assert dressed.review.status == "named"


def test_the_locator_of_a_person_leads_back_to_the_name() -> None:
    html = article(BYLINE)

    record = read(html)

    tree = document_fromstring(html)
    (reviewer,) = (c for c in record.contributors if c.role == "medical_reviewer")
    (element,) = tree.cssselect(reviewer.evidence[0].locator)
    assert "Ada Roe" in element.text_content()


def test_a_selector_of_the_profile_names_the_byline() -> None:
    html = article("<div class='x9'><span>Reviewed by</span> <b>Ada Roe</b></div>")

    record = read(html, SiteProfile(site="bread", byline=(".x9", "::broken")))

    assert record.contributors[0].evidence[0].source == "profile"


def test_the_headline_is_the_h1_that_agrees_with_what_the_page_states() -> None:
    tree: HtmlElement = document_fromstring("<h1>The Bread Site</h1><h1>Rye at night</h1>")

    heading = find_heading(tree, read_blocks(tree), "Rye at night")

    assert heading is not None
    assert heading.text == "Rye at night"


def test_a_page_without_headings_finds_its_title_in_a_table_cell() -> None:
    tree: HtmlElement = document_fromstring(
        "<html><head><title>Rye bread at night</title></head>"
        "<body><table><tr><td>Menu</td><td>Rye bread at night</td></tr></table></body></html>"
    )

    heading = find_heading(tree, read_blocks(tree), None)

    assert heading is not None
    assert heading.tag == "td"


def test_a_css_path_is_unique_and_begins_at_an_id() -> None:
    tree: HtmlElement = document_fromstring(
        "<body><div id='a'><p>1</p><p>2</p></div><div><p>3</p></div></body>"
    )
    second = tree.xpath("//p")[1]

    path = css_path(second)

    assert path == "#a > p:nth-of-type(2)"
    assert tree.cssselect(path) == [second]


@pytest.mark.parametrize(
    "text",
    [
        "Medically reviewed by Ada Roe, MD · General Practitioner",
        "Written by Fred Layno · Updated May 15, 2022",
        "Updated May 15, 2022",
        "Medically reviewed by",
        "Ditinjau secara medis oleh dr. Sari Dewi",
        "Tham vấn y khoa: Bác sĩ Nguyễn Văn An",
        "ตรวจสอบทางการแพทย์โดย พญ. สมหญิง ใจดี",
        "醫學審閱：王小明 醫師",
        "डॉ. राम शर्मा द्वारा चिकित्सकीय रूप से समीक्षा की गई",
        "Revisado médicamente por Dra. Inés Núñez",
        "Дата обновления: 15 мая 2022",
        "By Ada Roe",
        "Last reviewed April 2017",
    ],
)
def test_a_line_of_nothing_but_bylines_is_one(text: str) -> None:
    assert is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rye",
        "Written records of rye go back to the Romans.",
        "By eating rye you take in more fibre than by eating wheat.",
        "Reviewed studies show that rye helps.",
        "The bread was updated by bakers in 2019, and the crust has been thinner ever since.",
        "Published research on rye is thin.",
        "Author",
        "文化",
        "Your comment will be reviewed by the moderator",
    ],
)
def test_a_line_of_the_text_is_no_byline(text: str) -> None:
    assert not is_byline(text)


@given(st.text(max_size=300))
def test_no_text_breaks_the_byline_test(text: str) -> None:
    assert is_byline(text) in (True, False)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_no_header_however_strange_breaks_the_reader(text: str) -> None:
    record = read(article(f"<p>Reviewed by {text.replace('<', '')}</p>"))

    for person in record.contributors:
        assert person.evidence
