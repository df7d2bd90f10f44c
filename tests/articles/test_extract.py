from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from articles.digests import text_digest
from articles.extract import RULES_VERSION, extract, extract_text
from articles.page import NotAnArticle, Page
from articles.profile import SiteProfile
from articles.record import Article
from articles.record_json import record_to_json

PAGES = Path(__file__).parent / "pages"
SENTENCES = "".join(
    f"<p>Paragraph {n} tells in a few plain words what the spleen does for the blood all day.</p>"
    for n in range(4)
)


def the_seed_page() -> Article:
    body = (PAGES / "hello_doctor_remission.html").read_bytes()
    return extract(
        Page(url="https://hellodoctor.com.ph/cancer/partial-complete-remission/", body=body)
    )


def in_short(article: Article) -> dict[str, Any]:
    """The record without evidence: what the expected file beside the page holds."""
    record = record_to_json(article)
    short = {key: record[key] for key in EXPECTED_KEYS}
    short["contributors"] = [
        {key: person[key] for key in ("role", "name", "credentials", "specialty", "kind")}
        for person in record["contributors"]
    ]
    short["dates"] = [
        {key: stated[key] for key in ("kind", "value", "precision")} for stated in record["dates"]
    ]
    short["review_status"] = record["review"]["status"]
    return short


EXPECTED_KEYS = (
    "url", "site", "publisher", "language", "title", "section", "text", "takeaways", "faq", "toc",
    "disclaimers", "disclosures", "related", "images", "references",
)  # fmt: skip


def test_the_seed_page_gives_the_expected_record() -> None:
    expected = json.loads((PAGES / "hello_doctor_remission.json").read_text(encoding="utf-8"))

    assert in_short(the_seed_page()) == expected


def test_the_seed_page_names_its_people_and_its_date() -> None:
    article = the_seed_page()

    reviewer = next(person for person in article.contributors if person.role == "medical_reviewer")
    author = next(person for person in article.contributors if person.role == "author")
    modified = article.date("modified")
    assert article.title == "Partial or Complete Remission: Why Does Cancer Come Back?"
    assert author.name == "Fred Layno"
    assert reviewer.name == "Janie-Vi Villamor Ismael-Gorospe"
    assert reviewer.credentials == ("MD",)
    assert reviewer.specialty == "General Practitioner"
    assert len(article.contributors) == 2
    assert modified is not None
    assert modified.value == "2022-05-15"
    assert article.date("reviewed") is None
    assert article.disclaimers == (
        "Hello Health Group does not provide medical advice, diagnosis or treatment.",
    )


@pytest.mark.parametrize(
    "debris",
    [
        "backup og meta",
        "ad icon",
        "advertisement",
        "Health Screening",
        "Ask Doctor",
        "Was this article helpful?",
        "Learn more about Cancer here.",
        "Medically reviewed by",
        "Seven Warning Signs",
    ],
)
def test_no_debris_of_the_seed_page_is_in_its_text(debris: str) -> None:
    assert debris not in the_seed_page().text


def test_lists_and_tables_of_the_seed_page_are_in_its_text() -> None:
    text = the_seed_page().text

    assert "\nMissed doses\n" in text
    assert "\nKind of return\tWhere it shows\n" in text


def a_page(body: str, head: str = "", url: str = "https://www.clinic.org/spleen") -> Page:
    html = f"<html lang=en><head>{head}</head><body><main>{body}</main></body></html>"
    return Page(url=url, body=html.encode(), requested_url="https://clinic.org/s")


def test_extracting_twice_gives_the_same_record() -> None:
    page = a_page(f"<h1>The spleen</h1>{SENTENCES}")

    assert extract(page) == extract(page)


def test_the_record_names_its_derivation() -> None:
    profile = SiteProfile(site="clinic", publisher="The Clinic", content=("main",))

    article = extract(a_page(SENTENCES), profile)

    assert article.extractor.version == RULES_VERSION
    assert article.extractor.route == "profile"
    assert article.extractor.profile_digest == profile.digest()
    assert article.site == "clinic"
    assert article.publisher == "The Clinic"
    assert article.text_digest == text_digest(article.text)


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://clinic.org/the-spleen", "https://clinic.org/the-spleen"),
        ("https://other.test/the-spleen", "https://www.clinic.org/spleen"),
        ("not a url", "https://www.clinic.org/not%20a%20url"),
    ],
    ids=["same domain", "another site", "relative"],
)
def test_a_page_cannot_claim_the_address_of_another_site(canonical: str, expected: str) -> None:
    article = extract(a_page(SENTENCES, head=f'<link rel="canonical" href="{canonical}">'))

    assert article.url == expected
    assert article.requested_url == "https://clinic.org/s"


def test_takeaways_stand_in_their_field_and_in_the_text() -> None:
    items = "<ul><li>It is soft.</li><li>It is red.</li></ul>"
    box = f"<div class=key-takeaways><h3>Key takeaways</h3>{items}</div>"

    article = extract(
        a_page(f"<h1>The spleen</h1>{SENTENCES}{box}{SENTENCES.replace('few', 'lot of')}")
    )

    assert article.takeaways == ("It is soft.", "It is red.")
    assert "Key takeaways\nIt is soft.\nIt is red." in article.text


def test_questions_under_a_faq_heading_are_the_faq() -> None:
    body = f"<h1>The spleen</h1>{SENTENCES}<h2>FAQs</h2><h3>Is it red?</h3><p>Yes, it is.</p>"

    article = extract(a_page(body))

    assert [(entry.question, entry.answer) for entry in article.faq] == [
        ("Is it red?", "Yes, it is.")
    ]


def test_the_table_of_contents_is_no_text() -> None:
    toc = (
        '<div class="toc"><p>In this article</p><ul><li><a href="#size">Its size and place</a></li>'
        '<li><a href="#work">The work it does</a></li></ul></div>'
    )

    article = extract(
        a_page(f"<h1>The spleen</h1>{toc}{SENTENCES}<h2 id=size>Its size</h2>{SENTENCES}")
    )

    assert [link.text for link in article.toc] == ["Its size and place", "The work it does"]
    assert "In this article" not in article.text
    assert "The work it does" not in article.text


@pytest.mark.parametrize(
    ("body", "head", "url", "said"),
    [
        ("<p>Nothing here.</p>", "", "https://x.example/a", "no main content"),
        ("<script>render()</script>", "", "https://x.example/a", "no main content"),
        (SENTENCES, "<title>Page not found</title>", "https://x.example/a", "error page"),
        (SENTENCES, "<title>404</title>", "https://x.example/a", "error page"),
        (SENTENCES, "<title>Search results for spleen</title>", "https://x.example/a", "search"),
        (SENTENCES, "", "https://x.example/search?q=spleen", "search"),
        (
            "<p>All that we have on the spleen and on what it does for the blood, day by day.</p>"
            + "".join(
                f"<div><h3><a href=/{n}>Story number {n}</a></h3><p>It is about the spleen, "
                f"part {n}"
                " of a row of stories.</p></div>"
                for n in range(12)
            ),
            "",
            "https://x.example/spleen/",
            "a list of other pages",
        ),
    ],
    ids=["short", "script", "not found", "404", "search title", "search url", "hub"],
)
def test_pages_without_an_article_are_refused(body: str, head: str, url: str, said: str) -> None:
    with pytest.raises(NotAnArticle) as refused:
        extract(a_page(body, head, url))

    assert said in refused.value.reason
    assert "\n" not in refused.value.reason


def test_a_search_page_that_says_it_is_an_article_is_one() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A"}</script>'

    article = extract(a_page(SENTENCES, head, "https://x.example/search/"))

    assert article.text.startswith("Paragraph 0")


def test_the_text_alone_is_that_of_the_record() -> None:
    page = Page(
        url="https://hellodoctor.com.ph/cancer/partial-complete-remission/",
        body=(PAGES / "hello_doctor_remission.html").read_bytes(),
    )

    assert extract_text(page) == extract(page).text


def test_a_page_without_an_article_has_no_text_either() -> None:
    with pytest.raises(NotAnArticle):
        extract_text(Page(url="", body=b"<p>Loading ...</p>"))
