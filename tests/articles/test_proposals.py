"""Selectors proposed for a site file: named by what lasts, and true on every page given."""

from __future__ import annotations

import tomllib

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.extract import extract
from articles.page import Page
from articles.page_reading import PageReading, read_page
from articles.profile import SiteProfile
from articles.proposals import Proposal, essence, propose, proposed_lines, toml_string

SENTENCES = (
    "{} is common after the rains, when still water stands in tyres and pots near the houses.",
    "Most people with {} are well again after a week of rest, if they drink enough and sleep.",
    "A doctor should see {} at once where there is bleeding, strong pain or constant vomiting.",
)
SUBJECTS = ("Dengue", "Chikungunya", "Malaria")


def paragraphs(subject: str) -> str:
    return "".join(f"<p>{sentence.format(subject)}</p>" for sentence in SENTENCES)


def readings(template: str, *, pages: int = 3, **hints: tuple[str, ...]) -> list[PageReading]:
    """Pages of one site: the template with the subject and the text of each."""
    profile = SiteProfile(site="example", **hints)  # type: ignore[arg-type]
    found = []
    for number, subject in enumerate(SUBJECTS[:pages]):
        body = template.replace("SUBJECT", subject).replace("TEXT", paragraphs(subject))
        html = f"<html lang=en><head><title>{subject}</title></head><body>{body}</body></html>"
        page = Page(url=f"https://example.org/{number}", body=html.encode())
        found.append(read_page(page, profile))
    return found


def proposed(pages: list[PageReading]) -> dict[str, list[str]]:
    lines = "\n".join(proposed_lines(propose(pages), pages[0].profile))
    return tomllib.loads(lines)


TEMPLATE = (
    "<nav><a href=/>Home</a></nav><main><h1>SUBJECT</h1><div class='by-line'>"
    "<span>Medically reviewed by Ana Reyes, MD</span></div><div class='story-text css-1x2y3z'>"
    "TEXT<div class='newsletter-box'><p>Come back to read more each week</p></div></div></main>"
)


def test_content_byline_and_furniture_are_named_by_their_lasting_names() -> None:
    assert proposed(readings(TEMPLATE)) == {
        "content": [".story-text"],
        "byline": [".by-line"],
        "drop": [".newsletter-box"],
    }


def test_the_records_are_the_same_with_the_proposals_in_the_site_file() -> None:
    pages = readings(TEMPLATE)
    hints = {key: tuple(selectors) for key, selectors in proposed(pages).items()}

    for page in pages:
        article = extract(page.page, SiteProfile(site="example", **hints))  # type: ignore[arg-type]
        assert page.article is not None
        assert article.extractor.route == "profile"
        assert essence(article) == essence(page.article)


@pytest.mark.parametrize(
    ("attributes", "selector"),
    [
        ("itemprop=articleBody class=story-text", '[itemprop~="articleBody"]'),
        ("id=article-body class=wide-piece", "#article-body"),
        ("id=post-1234 class='css-1x entry-content mt-4'", ".entry-content"),
        ("class='prose prose--long'", ".prose"),
    ],
    ids=["itemprop", "id", "class", "first of two"],
)
def test_content_is_named_by_what_says_most(attributes: str, selector: str) -> None:
    pages = readings(f"<h1>SUBJECT</h1><div {attributes}>TEXT</div>")

    assert proposed(pages) == {"content": [selector]}


@pytest.mark.parametrize(
    "attributes",
    ["", "class=css-1x2y3z", "id=post-1234", "class='mt-4 container'", "class=Story_main__xK3aB",
     "class=\"a'];drop=['*'\"", "id='\"\"\"\n[hints]'"],
    ids=["nameless", "hash", "number", "layout", "css module", "hostile class", "hostile id"],
)  # fmt: skip
def test_nothing_is_proposed_where_no_name_would_last(attributes: str) -> None:
    assert proposed(readings(f"<h1>SUBJECT</h1><div {attributes}>TEXT</div>")) == {}


def test_a_name_that_stands_elsewhere_too_is_not_proposed() -> None:
    box = "<div class=story><a href=/a>Our other pages</a></div>"

    assert proposed(readings(f"<h1>SUBJECT</h1><div class=story>TEXT</div>{box}")) == {}


def test_what_holds_on_one_page_alone_is_not_proposed_for_the_site() -> None:
    first, second, third = readings("<h1>SUBJECT</h1><div class=story>TEXT</div>")
    [other, _, _] = readings("<h1>SUBJECT</h1><div class=report>TEXT</div>")

    assert proposed([first, other]) == {}
    assert proposed([first, second, third, other]) == {"content": [".story"]}


def test_each_template_of_a_site_gives_its_own_content_selector() -> None:
    old = readings("<h1>SUBJECT</h1><div class=story>TEXT</div>")
    new = readings("<h1>SUBJECT</h1><section class=report>TEXT</section>")

    assert proposed([*old, *new]) == {"content": [".report", ".story"]}


def test_a_selector_that_takes_kept_text_on_one_page_is_not_proposed() -> None:
    box = "<div class=newsletter-box><p>{}</p></div>"
    call, text = "Come back to read more each week", SENTENCES[0].format("Zika")
    ads = readings(f"<main><h1>SUBJECT</h1>TEXT{box.format(call)}</main>")
    kept = readings(f"<main><h1>SUBJECT</h1>TEXT<div class=newsletter-box>{text * 9}</div></main>")

    assert "drop" in proposed(ads)
    assert "drop" not in proposed([*ads, *kept])


def test_what_has_a_field_of_its_own_is_no_furniture() -> None:
    sources = (
        "<div class=references><h2>References</h2><ol><li>Roe A. Fever. Lancet. 2020;3:12-19. "
        "doi:10.1000/182</li></ol></div>"
        "<div class=disclaimer><p>This article is not a substitute for medical advice.</p></div>"
    )

    assert proposed(readings(f"<main><h1>SUBJECT</h1>TEXT{sources}</main>")) == {
        "content": ["main"]
    }


def test_a_name_of_bylines_is_not_proposed_as_furniture() -> None:
    bylines = "".join(
        f"<p class=byline>Reviewed by Ana Reyes, MD, on {day} May 2024</p>" for day in range(1, 20)
    )

    assert "drop" not in proposed(readings(f"<main><h1>SUBJECT</h1>TEXT{bylines}</main>"))


def test_one_page_names_furniture_only_by_names_that_say_so() -> None:
    boxes = (
        "<div class=newsletter-box><p>Come back to read more each week</p></div>"
        "<div class=blue-thing><p>Advertisement</p></div>"
    )
    template = f"<main><h1>SUBJECT</h1>TEXT{boxes}</main>"

    assert proposed(readings(template, pages=1))["drop"] == [".newsletter-box"]
    assert sorted(proposed(readings(template))["drop"]) == [".blue-thing", ".newsletter-box"]


def test_what_the_site_file_has_already_is_not_proposed_again() -> None:
    pages = readings(TEMPLATE, content=("div.story-text",), drop=(".newsletter-box",))

    assert proposed(pages) == {"byline": [".by-line"]}


def test_new_selectors_are_put_to_those_of_the_file_where_they_work() -> None:
    pages = readings(TEMPLATE, content=(".gone",), drop=(".old",), byline=("#who",))

    assert proposed(pages) == {
        "content": [".story-text", ".gone"],
        "drop": [".old", ".newsletter-box"],
        "byline": ["#who", ".by-line"],
    }


def test_pages_without_an_article_neither_help_nor_hinder() -> None:
    empty = readings("<h1>Topics</h1><ul><li><a href=/a>Dengue</a></li></ul>", pages=1)

    assert proposed([*empty, *readings(TEMPLATE)]) == proposed(readings(TEMPLATE))
    assert propose(empty) == ()
    assert propose([]) == ()


@pytest.mark.parametrize(
    "selector",
    ["a[title='x']", 'a[title="x"]', "a[title='\\\\']", ".naïve", ".本文", ".\U0001f600", ".a\x7fb",
     ".x\u202e", "a\nb", "']\n[seeds]\npages = ['x"],
    ids=ascii,
)  # fmt: skip
def test_a_line_is_sound_toml_whatever_the_selector_holds(selector: str) -> None:
    proposal = Proposal(key="drop", selector=selector, pages=1, matches=1)

    [line] = proposed_lines([proposal], SiteProfile(site="example", drop=(selector, "p")))

    assert "\n" not in line
    assert tomllib.loads(line) == {"drop": [selector, "p", selector]}


def test_every_proposal_matches_on_the_pages_it_is_counted_on() -> None:
    pages = readings(TEMPLATE)

    for proposal in propose(pages):
        trees = [lxml.html.document_fromstring(page.page.body) for page in pages]
        counts = [len(tree.cssselect(proposal.selector)) for tree in trees]
        assert (proposal.pages, proposal.matches) == (len([c for c in counts if c]), sum(counts))


@given(st.text())
def test_text_reads_back_from_a_toml_string_but_for_what_no_file_can_hold(text: str) -> None:
    string = toml_string(text)

    assert "\n" not in string
    assert tomllib.loads(f"a = {string}")["a"] == text.encode("utf-8", "replace").decode()


def test_a_lone_surrogate_does_not_break_the_file() -> None:
    assert tomllib.loads(f"a = {toml_string(chr(0xD800))}") == {"a": "?"}
