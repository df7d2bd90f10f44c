"""Pages built around one difficulty each: what stays in the text and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.extract import extract
from articles.page import NotAnArticle, Page
from articles.profile import SiteProfile
from articles.record import Article

FIRST = (
    "Dengue is carried by a mosquito that bites by day, breeds in clean still water and likes to"
    " live close to people, in flower pots, tyres and tanks."
)
SECOND = (
    "Most people get better within a week with rest and plenty to drink, while a few of them grow"
    " very ill just when the fever seems to be over."
)
THIRD = (
    "Bleeding gums, strong pain in the belly and constant vomiting are signs that should bring"
    " everyone to a hospital at once, by day or by night."
)
MENU = "".join(f'<li><a href="/{n}">Topic number {n}</a></li>' for n in range(12))


def read(body: str, head: str = "", profile: SiteProfile | None = None) -> Article:
    html = (
        f"<html lang=en><head><title>Dengue | Site</title>{head}</head><body>{body}</body></html>"
    )
    page = Page(url="https://health.example/dengue", body=html.encode())
    return extract(page, profile)


def test_menus_sidebars_and_footers_stay_outside() -> None:
    article = read(
        f"<header><ul>{MENU}</ul></header><div><h1>Dengue</h1><p>{FIRST}</p><p>{SECOND}</p></div>"
        f"<aside><p>Our shop has everything for the rainy season, come and see us soon.</p></aside>"
        f"<footer><ul>{MENU}</ul><p>We are a company that writes about health every "
        f"day.</p></footer>"
    )

    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert article.title == "Dengue"


def test_a_body_split_over_sibling_containers_is_joined() -> None:
    article = read(
        f"<h1>Dengue</h1><div class=grid><div class=part><p>{FIRST}</p></div>"
        f"<div class=part><p>{SECOND}</p></div><ul class=x>{MENU}</ul><div "
        f'class="part"><p>{THIRD}</p>'
        "</div></div>"
    )

    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_comment_thread_longer_than_the_article_is_left_out() -> None:
    comments = "".join(
        f'<div class="comment"><p>I had number {n} last year and it was awful for all of us, '
        "so please take good care of yourselves and of your neighbours.</p></div>"
        for n in range(40)
    )

    article = read(f'<article><h1>Dengue</h1><p>{FIRST}</p></article><div id="comments">{comments}')

    assert article.text == FIRST


def test_the_next_article_of_an_endless_page_is_left_out() -> None:
    article = read(
        f"<div><article><h1>Dengue</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{FIRST[:120]}</p>"
        f"</article><article><h1>Malaria is another illness</h1><p>{SECOND.upper()}</p>"
        f"<p>{THIRD.upper()}</p></article></div>"
    )

    assert SECOND in article.text
    assert SECOND.upper() not in article.text


def test_a_next_article_with_a_lower_headline_is_left_out_too() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD, FIRST[:120]))

    article = read(
        f"<div><article><h1>Dengue</h1>{paragraphs}</article>"
        f"<article><h2>Malaria is another illness</h2>{paragraphs.upper()}</article></div>"
    )

    assert THIRD in article.text
    assert "Malaria" not in article.text


def test_closed_accordion_panels_are_kept() -> None:
    article = read(
        f"<main><h1>Dengue</h1><p>{FIRST}</p><div class=accordion>"
        f"<h3><button>How long does it last?</button></h3>"
        f'<div class="accordion-panel" hidden><p>{SECOND}</p></div>'
        f'<h3><button>When is it dangerous?</button></h3><div aria-hidden="true" '
        f'style="display:none" class="panel-collapse"><p>{THIRD}</p></div></div></main>'
    )

    assert SECOND in article.text
    assert THIRD in article.text
    assert [entry.question for entry in article.faq] == [
        "How long does it last?",
        "When is it dangerous?",
    ]


def test_text_in_bare_divs_and_breaks_is_read() -> None:
    article = read(f"<ul>{MENU}</ul><div><h1>Dengue</h1>{FIRST}<br><br>{SECOND}<br>{THIRD}</div>")

    assert article.text == f"{FIRST}\n\n{SECOND}\n{THIRD}"


@pytest.mark.parametrize(
    "sentence",
    [
        "登革熱由蚊子傳播，蚊子喜歡在白天叮咬人，並在乾淨的靜水中產卵。",
        "ไข้เลือดออกเกิดจากยุงลายที่กัดในเวลากลางวัน และวางไข่ในน้ำนิ่งที่สะอาดใกล้บ้านคน",
    ],
    ids=["chinese", "thai"],
)
def test_scripts_without_spaces_are_measured_by_letters(sentence: str) -> None:
    other = sentence[:-4] + sentence[5:9]

    article = read(f"<ul>{MENU}</ul><div><p>{sentence}</p><p>{other}</p></div>")

    assert article.text == f"{sentence}\n\n{other}"


def test_short_list_items_and_data_tables_stay() -> None:
    article = read(
        f"<main><h1>Dengue</h1><p>{FIRST}</p><p>Look for:</p><ul><li>Rash</li><li>Fever</li></ul>"
        "<table><tr><th>Age</th><th>Dose</th></tr><tr><td>2 years</td><td>120 mg</td></tr></table>"
        f"<p>{SECOND}</p></main>"
    )

    assert "Rash\nFever" in article.text
    assert "Age\tDose\n2 years\t120 mg" in article.text


def test_captions_credits_and_alternative_texts_are_no_text() -> None:
    article = read(
        f'<main><h1>Dengue</h1><p>{FIRST}</p><figure><img src="/m.jpg" width=600 '
        'alt="mosquito icon"><figcaption>A mosquito at work. Photo: A. Person</figcaption></figure>'
        f"<p>Image: Getty Images</p><p>{SECOND}</p></main>"
    )

    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert article.images[0].url == "https://health.example/m.jpg"
    assert article.images[0].caption == "A mosquito at work. Photo: A. Person"


def test_related_lines_become_links_and_leave_the_text() -> None:
    article = read(
        f'<main><h1>Dengue</h1><p>{FIRST}</p><p>Baca juga: <a href="/chik">Chikungunya, kerabatnya'
        f'</a></p><p>{SECOND}</p><h2>You may also like</h2><ul><li><a href="/zika">Zika in the '
        "city</a></li></ul></main>"
    )

    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert {link.url for link in article.related} == {
        "https://health.example/chik",
        "https://health.example/zika",
    }


def test_cards_of_other_articles_behind_the_text_are_left_out() -> None:
    cards = "".join(
        f'<div><h3><a href="/{n}">Another article, number {n}</a></h3><p>{lead}</p></div>'
        for n, lead in enumerate([THIRD[:90], SECOND[:90], THIRD[30:120]])
    )

    article = read(
        f"<main><h1>Dengue</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>{cards}</main>"
    )

    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_hint_that_covers_most_of_the_text_is_not_believed() -> None:
    article = read(
        f'<div class="page-with-sidebar '
        f'newsletter"><h1>Dengue</h1><p>{FIRST}</p><p>{SECOND}</p></div>'
    )

    assert article.text == f"{FIRST}\n\n{SECOND}"


def test_taxonomy_in_a_post_class_says_nothing_of_the_element() -> None:
    article = read(
        f'<ul>{MENU}</ul><div class="post-7 type-post status-publish category-newsletter '
        f'tag-comments">'
        f"<h1>Dengue</h1><p>{FIRST}</p></div><div><p>{SECOND}</p></div>"
    )

    assert FIRST in article.text


def test_text_behind_the_end_of_the_body_is_read() -> None:
    article = read(f"<ul>{MENU}</ul></div></body><div><h1>Dengue</h1><p>{FIRST}</p></div>")

    assert article.text == FIRST


def test_a_page_without_closed_head_is_read() -> None:
    html = f"<script>x</script><main><h1>Dengue</h1><p>{FIRST}</p></main>"

    article = extract(Page(url="https://health.example/d", body=html.encode()))

    assert article.text == FIRST


def test_text_behind_the_end_of_the_document_is_read() -> None:
    html = f"<html><body><nav>x</nav></body></html><div><h1>Dengue</h1><p>{FIRST}</p></div>"

    article = extract(Page(url="https://health.example/d", body=html.encode()))

    assert article.text == FIRST


def test_a_paragraph_that_stands_twice_is_said_once() -> None:
    article = read(f"<main><h1>Dengue</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p></main>")

    assert article.text == f"{FIRST}\n\n{SECOND}"


def test_the_selectors_of_a_profile_beat_the_general_rules() -> None:
    profile = SiteProfile(site="example", content=("#story",), drop=(".extra",))

    article = read(
        f"<main><p>{FIRST}</p><p>{FIRST[:90]}</p></main>"
        f"<div id=story><p>{SECOND}</p><p class=extra>{FIRST}</p><p>{THIRD}</p></div>",
        profile=profile,
    )

    assert article.text == f"{SECOND}\n\n{THIRD}"
    assert article.extractor.route == "profile"


def test_a_profile_whose_selector_matches_nothing_falls_back() -> None:
    profile = SiteProfile(site="example", content=("#gone",))

    article = read(f"<main><h1>Dengue</h1><p>{FIRST}</p></main>", profile=profile)

    assert article.text == FIRST
    assert article.extractor.route == "blocks"


def test_no_form_labels_get_into_the_text() -> None:
    article = read(
        f"<main><h1>Dengue</h1><p>{FIRST}</p><form><label>First name *</label><p>We will never give"
        f" your address to anyone, we promise you that.</p></form><p>{SECOND}</p></main>"
    )

    assert article.text == f"{FIRST}\n\n{SECOND}"


BOILERPLATE = st.sampled_from(
    [
        "<p>Advertisement</p>",
        "<div>Was this article helpful?</div>",
        '<p><a href="/x">Read more about the weather in the mountains</a></p>',
        "<p>Sign up for our newsletter and get it every week in your inbox</p>",
        '<div class="share-bar"><span>Share on Facebook</span></div>',
        "<p>Medically reviewed by Ann Example, MD</p>",
        f"<nav><ul>{MENU}</ul></nav>",
        '<div class="related-posts"><p>Something else that is interesting to all '
        "readers.</p></div>",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), BOILERPLATE), max_size=6))
def test_boilerplate_never_adds_text(pieces: list[tuple[int, str]]) -> None:
    paragraphs = [f"<p>{FIRST}</p>", f"<p>{SECOND}</p>", f"<p>{THIRD}</p>"]
    for place, piece in pieces:
        paragraphs.insert(place, piece)

    article = read(f"<main><h1>Dengue</h1>{''.join(paragraphs)}</main>")

    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 600), st.integers(0, 40))
def test_damaged_pages_raise_nothing_but_not_an_article(junk: bytes, at: int, cut: int) -> None:
    body = (
        f"<main><h1>Dengue</h1><p>{FIRST}</p><ul><li>a<li>b</ul><table><tr><td colspan=3>x"
        f"</table><details><summary>Q?</summary>{SECOND}</details></main>"
    ).encode()
    page = Page(url="https://health.example/x", body=body[:at] + junk + body[at + cut :])

    try:
        article = extract(page)
    except NotAnArticle:
        return
    assert article.text
    assert extract(page) == article
