"""The selectors of a site file beat the general rules, and do no more than they say."""

from __future__ import annotations

import pytest

from articles.extract import extract
from articles.page import NotAnArticle, Page
from articles.profile import SiteProfile
from articles.record import Article

FIRST = (
    "Dengue is an infection that mosquitoes carry from one person to the next, and it is common "
    "in warm and humid parts of the world after the rains."
)
SECOND = (
    "The fever begins suddenly and comes with pain behind the eyes, in the joints and in the "
    "muscles, which is why it is also called breakbone fever."
)
THIRD = (
    "There is no cure, but rest, water and medicine against the fever help most people to be well "
    "again within a week or two, if the warning signs are watched."
)
TITLE = "<h1>Dengue fever</h1>"
OTHER = (
    "Our hospitals in the north have new opening hours since May, and visitors are asked to come "
    "in the afternoon, when the wards are quiet and the doctors have time."
)


def read(
    body: str, *, head: str = "", title: str = "Dengue fever", **hints: tuple[str, ...]
) -> Article:
    html = f"<html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    page = Page(url="https://example.org/dengue", body=html.encode())
    return extract(page, SiteProfile(site="example", **hints))  # type: ignore[arg-type]


def test_the_first_content_selector_that_matches_is_taken() -> None:
    body = f"<main>{TITLE}<div id=a><p>{FIRST}</p></div><div id=b><p>{SECOND}</p></div></main>"

    assert read(body, content=("#gone", "#b", "#a")).text == SECOND


def test_a_content_selector_that_matches_an_empty_element_gives_way_to_the_next() -> None:
    body = f"<main>{TITLE}<div id=a></div><div id=b><p>{FIRST}</p></div><p>{SECOND}</p></main>"

    article = read(body, content=("#a", "#b"))

    assert (article.extractor.route, article.text) == ("profile", FIRST)


def test_of_several_matches_the_one_with_the_most_text_is_the_content() -> None:
    cards = "".join(f"<p>Clinic {n}</p>" for n in range(12))
    body = f"{TITLE}<div class=box>{cards}</div><div class=box><p>{FIRST}</p><p>{SECOND}</p></div>"

    assert read(body, content=(".box",)).text == f"{FIRST}\n\n{SECOND}"


def test_a_content_selector_that_matches_everything_is_the_whole_page_less_its_furniture() -> None:
    body = (
        f"<nav><a href=/>Home</a></nav>{TITLE}<script>let x = 'not shown'</script>"
        f"<p>{FIRST} It is <em>not</em> rare.</p><p>{SECOND}</p>"
    )

    assert read(body, content=("*",)).text == f"{FIRST} It is not rare.\n\n{SECOND}"


@pytest.mark.parametrize("names", ["related-articles", "newsletter promo", "sponsored", "comments"])
def test_what_the_content_is_called_does_not_matter_where_a_selector_names_it(names: str) -> None:
    news = "".join(f"<p>{OTHER} Ward {n}.</p>" for n in range(9))
    body = (
        f"<div>{TITLE}</div><div class=news>{news}</div>"
        f'<div class="{names}"><section id=text><p>{FIRST}</p><p>{SECOND}</p></section></div>'
    )

    article = read(body, content=("#text",))

    assert (article.extractor.route, article.text) == ("profile", f"{FIRST}\n\n{SECOND}")


def test_furniture_inside_the_named_content_is_still_left_out() -> None:
    body = (
        f"{TITLE}<div class=related><div id=text><p>{FIRST}</p>"
        f"<div class=newsletter><p>Get our letter each week.</p></div><p>{SECOND}</p></div></div>"
    )

    assert read(body, content=("#text",)).text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("tag", ["app-article", "span"])
def test_content_may_be_an_element_that_browsers_do_not_know_as_a_block(tag: str) -> None:
    body = (
        f"<app-root>{TITLE}<p>{OTHER}</p><{tag} class=text><p>{FIRST}</p>"
        f"<p>{SECOND}</p></{tag}></app-root>"
    )

    article = read(body, content=(".text",))

    assert (article.extractor.route, article.text) == ("profile", f"{FIRST}\n\n{SECOND}")


def test_nothing_above_the_named_content_is_taken_in_as_a_lead() -> None:
    body = f"{TITLE}<p>{OTHER}</p><div id=text><p>{FIRST}</p><p>{SECOND}</p></div>"

    assert read(body, content=("#text",)).text == f"{FIRST}\n\n{SECOND}"


def test_dropped_elements_leave_the_text_whatever_the_rules_think_of_them() -> None:
    body = f"<article>{TITLE}<p>{FIRST}</p><p class=x>{SECOND}</p><p>{THIRD}</p></article>"

    assert read(body, drop=("p.x",)).text == f"{FIRST}\n\n{THIRD}"


def test_what_a_selector_drops_is_dropped_though_the_articles_own_data_vouches_for_it() -> None:
    data = f'{{"@type": "Article", "articleBody": "{FIRST} {SECOND} {THIRD}"}}'
    body = f"<article>{TITLE}<p>{FIRST}</p><p class=x>{SECOND}</p><p>{THIRD}</p></article>"

    article = read(body, head=f'<script type="application/ld+json">{data}</script>', drop=(".x",))

    assert article.text == f"{FIRST}\n\n{THIRD}"


def test_an_inline_element_can_be_dropped_out_of_its_paragraph() -> None:
    body = (
        f"<article>{TITLE}<p>{FIRST} <a class=more href=/x>See our page</a> "
        f"<b class=more>(new)</b> Rest.</p><p>{SECOND}</p><my-box><p>{OTHER}</p></my-box></article>"
    )

    article = read(body, drop=(".more", "my-box"))

    assert article.text == f"{FIRST} Rest.\n\n{SECOND}"


def test_links_of_a_dropped_box_are_no_table_of_contents_and_no_related_articles() -> None:
    links = "<a href=#one>The first part of it</a> <a href=/other>Another page of the clinic</a>"
    body = f"<article>{TITLE}<div class=x>{links}</div><p>{FIRST}</p><p>{SECOND}</p></article>"

    article = read(body, drop=(".x",))

    assert (article.toc, article.related) == ((), ())


def test_a_selector_that_drops_everything_leaves_no_article() -> None:
    body = f"<article>{TITLE}<p>{FIRST}</p><p>{SECOND}</p></article>"

    with pytest.raises(NotAnArticle, match="no main content"):
        read(body, drop=("*",))


def test_a_selector_that_matches_nothing_changes_nothing() -> None:
    body = f"<article>{TITLE}<p>By Ana Reyes, MD</p><p>{FIRST}</p><p>{SECOND}</p></article>"

    plain, hinted = read(body), read(body, content=("#x",), drop=("#x",), byline=("#x",))

    assert hinted.text == plain.text
    assert hinted.contributors == plain.contributors
    assert hinted.extractor.route == plain.extractor.route


@pytest.mark.parametrize(
    "place",
    ["<nav>{}</nav>", "<footer>{}</footer>", "<div class=related-card>{}</div>",
     "<div class=comments>{}</div>"],
    ids=["navigation", "footer", "card", "comments"],
)  # fmt: skip
@pytest.mark.parametrize("is_above", [True, False], ids=["above", "below"])
def test_a_byline_counts_wherever_a_selector_says_it_stands(place: str, is_above: bool) -> None:
    byline = place.format("<p class=who>Medically reviewed by Ana Reyes, MD on 3 May 2024</p>")
    text = f"<article>{TITLE}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
    body = byline + text if is_above else text + byline

    article = read(body, byline=(".who",))

    [reviewer] = article.contributors
    assert (reviewer.role, reviewer.name) == ("medical_reviewer", "Ana Reyes")
    assert [(stated.kind, stated.value) for stated in article.dates] == [("reviewed", "2024-05-03")]
    assert reviewer.evidence[0].source == "profile"


@pytest.mark.parametrize("headline", [TITLE, ""], ids=["headline", "none"])
def test_a_bare_name_counts_where_a_selector_names_it_a_byline(headline: str) -> None:
    lines = "".join(f"<p>{FIRST} Part {n}.</p>" for n in range(50))
    body = f"<article>{headline}{lines}<p class=who>Ana Reyes</p></article>"

    article = read(body, byline=(".who",))

    assert [(person.role, person.name) for person in article.contributors] == [
        ("author", "Ana Reyes")
    ]
    assert "Ana Reyes" not in article.text


def test_short_lines_of_a_named_byline_are_no_text_and_its_sentences_stay() -> None:
    body = (
        f"<article>{TITLE}<div class=top><p>By Ana Reyes</p><p>Desk of the north</p>"
        f"<p>{FIRST}</p></div><p>{SECOND}</p></article>"
    )

    assert read(body, byline=(".top",)).text == f"{FIRST}\n\n{SECOND}"


def test_a_byline_selector_that_matches_everything_costs_no_text() -> None:
    text = f"<p>{FIRST}</p><h2>Signs</h2><p>{SECOND}</p>"
    body = f"<article>{TITLE}<p>By Ana Reyes</p>{text}</article>"

    assert read(body, byline=("*",)).text == f"{FIRST}\n\nSigns\n\n{SECOND}"
