"""What a site file's author is told of a page: each block with its verdict and the reason."""

from __future__ import annotations

import pytest

from articles.explanation import ExplainedBlock, Explanation, explain
from articles.fingerprint import block_key
from articles.page import NotAnArticle, Page
from articles.page_reading import PageReading, read_page
from articles.profile import SiteProfile
from articles.site_knowledge import SiteKnowledge

FIRST = (
    "Asthma narrows the airways in the lungs, and breathing out becomes harder than breathing in "
    "until the small muscles around them let go."
)
SECOND = (
    "Most attacks pass within an hour when the blue inhaler is used at once, sitting upright and "
    "breathing slowly through the nose."
)
THIRD = (
    "A doctor should be called when ten puffs have not helped, when the lips turn blue, or when "
    "the child is too short of breath to speak."
)
BODY = f"""
<nav class=menu><a href=/>Home</a> <a href=/a>All topics of ours</a></nav>
<main><article class=story>
<h1>Asthma attacks</h1>
<div class=byline-box><p>Medically reviewed by Ana Reyes, MD</p></div>
<p>{FIRST}</p>
<h2>What helps</h2>
<div class=newsletter-signup><p>Come back each week for more.</p></div>
<p>{SECOND}</p>
<p>Advertisement</p>
<p class=extra>{THIRD}</p>
<h2>Sources</h2>
<ol><li>Roe A. Inhalers in children. Lancet. 2020;3:12-19. doi:10.1000/182</li></ol>
<p>This article is not a substitute for medical advice.</p>
</article></main>
<div class=shop><p>Our shop is open every day.</p></div>
<footer><p>Example Trust, all rights reserved</p></footer>
"""


SALE = "<div class=card><div>Garden lamp in blue</div><div>Order today.</div></div>"


def reading(
    body: str = BODY, knowledge: SiteKnowledge | None = None, **hints: tuple[str, ...]
) -> PageReading:
    html = f"<html lang=en><head><title>Asthma attacks</title></head><body>{body}</body></html>"
    page = Page(url="https://example.org/asthma", body=html.encode())
    return read_page(page, SiteProfile(site="example", **hints), knowledge)  # type: ignore[arg-type]


def known(**counts: int) -> SiteKnowledge:
    """What is known of a site with forty texts: in how many a block of one word stands."""
    return SiteKnowledge(
        texts=40, counts={block_key(word): count for word, count in counts.items()}
    )


def with_more(more: str) -> str:
    return f"<main><h1>Asthma</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>{more}</main>"


def block(explained: Explanation, beginning: str) -> ExplainedBlock:
    [found] = [block for block in explained.blocks if block.text.startswith(beginning)]
    return found


@pytest.mark.parametrize(
    ("beginning", "verdict", "reason", "rule"),
    [
        ("Asthma narrows", "kept", "text", ""),
        ("What helps", "kept", "heading", ""),
        ("Asthma attacks", "dropped", "headline", ""),
        ("Come back", "dropped", "promotion", "markup of main article.story div.newsletter-signup"),
        ("Advertisement", "dropped", "ad", "wording"),
        ("Roe A.", "dropped", "references", "source list"),
        ("This article is not", "dropped", "disclaimer", "wording"),
        ("Our shop", "outside", "outside", "not in the content"),
        ("Home", "outside", "navigation", "markup of nav.menu"),
    ],
)
def test_each_block_has_its_verdict_a_reason_and_the_rule(
    beginning: str, verdict: str, reason: str, rule: str
) -> None:
    found = block(explain(reading()), beginning)

    assert (found.verdict, found.reason) == (verdict, reason)
    assert found.rule == rule


@pytest.mark.parametrize(
    ("beginning", "field"),
    [
        ("Asthma attacks", "title"),
        ("Medically reviewed", "contributors.medical_reviewer"),
        ("Roe A.", "references"),
        ("This article is not", "disclaimers"),
    ],
)
def test_a_block_that_left_the_text_for_a_field_names_the_field(beginning: str, field: str) -> None:
    assert block(explain(reading()), beginning).fields == (field,)


def test_what_is_kept_is_the_text_of_the_record() -> None:
    page = reading()

    kept = [found.text for found in explain(page).blocks if found.verdict == "kept"]

    assert page.article is not None
    assert page.article.text == "\n\n".join(kept)
    assert kept == [FIRST, "What helps", SECOND, THIRD]


def test_a_byline_that_a_later_reader_takes_out_of_the_text_is_told_as_one() -> None:
    byline = "<p>Ana Reyes, MD, and Ben Cruz, PhD, both of the Manila Institute of the Lungs</p>"
    body = f"<article><h1>Asthma attacks</h1>{byline}<p>{FIRST}</p><p>{SECOND}</p></article>"

    found = block(explain(reading(body)), "Ana Reyes")

    assert (found.verdict, found.reason) == ("dropped", "byline")
    assert found.fields == ("contributors.author",)


def test_a_byline_that_the_site_file_names_names_its_selector() -> None:
    body = f"<main><h1>Asthma</h1><p>{FIRST}</p><p class=who>Ana Reyes</p><p>{SECOND}</p></main>"

    found = block(explain(reading(body, byline=("#x", ".who"))), "Ana Reyes")

    assert (found.verdict, found.reason, found.rule) == ("dropped", "byline", "hints.byline .who")
    assert found.fields == ("contributors.author",)


def test_the_selector_that_dropped_a_block_is_named() -> None:
    explained = explain(reading(drop=(".nothing", "p.extra")))

    found = block(explained, "A doctor")
    assert (found.verdict, found.reason, found.rule) == ("dropped", "dropped", "hints.drop p.extra")


def test_content_that_the_site_file_names_is_said_to_be_so() -> None:
    explained = explain(reading(content=("article.story",)))

    assert (explained.route, explained.content) == ("profile", "main article.story")
    assert block(explained, "Asthma narrows").rule == "hints.content"


def test_the_words_kept_are_counted_against_those_of_the_page() -> None:
    explained = explain(
        reading(f"<main><h1>Asthma</h1><p>{FIRST}</p></main><nav>One two three</nav>")
    )

    assert explained.words_kept == len(FIRST.split())
    assert explained.words_on_page == len(FIRST.split()) + 4


def test_a_path_holds_lasting_names_alone() -> None:
    body = (
        f"<main><div class='css-1a2b story-body'><section class=mt-4><p id=x77>{FIRST}</p>"
        f"<p>{SECOND}</p></section></div></main>"
    )

    assert block(explain(reading(body)), "Most attacks").path == "main div.story-body p"


def test_a_note_about_the_author_that_leaves_the_text_is_told_as_one() -> None:
    note = "Ben Cruz is a writer and editor in Manila who has told of lungs and hearts for years."
    page = reading(with_more(f"<p>{note}</p>"))

    found = block(explain(page), "Ben Cruz")

    assert page.article is not None
    assert note not in page.article.text
    assert (found.verdict, found.reason) == ("dropped", "bio")
    assert found.rule == "reads as a note about the author"


def test_questions_below_the_content_are_told_from_a_lead_above_it() -> None:
    body = (
        f"<h1>Asthma</h1><div class=article-body>{f'<p>{FIRST}</p><p>{THIRD}</p>' * 3}</div><div>"
        f"<h3>Who gets asthma?</h3><p>{SECOND} Yes.</p>"
        f"<h3>Does it end?</h3><p>{THIRD} No.</p></div>"
    )

    found = block(explain(reading(body)), "Who gets")

    assert (found.verdict, found.reason) == ("kept", "questions")


def test_each_block_that_the_rules_keep_has_the_probability_of_the_model() -> None:
    explained = explain(reading())

    assert explained.is_model_asked
    for found in explained.blocks:
        assert (found.probability is not None) == (found.verdict == "kept")
    assert (block(explained, "Asthma narrows").probability or 0) > 0.5


def test_what_weighed_most_against_a_block_that_the_model_drops_is_named_worst_first() -> None:
    found = block(explain(reading(with_more(SALE))), "Order today")

    weights = [doubt.weight for doubt in found.doubts]
    assert (found.verdict, found.reason) == ("dropped", "model")
    assert found.rule == "probability below 0.03"
    assert found.probability is not None
    assert found.probability < 0.03
    assert len(weights) == 3
    assert weights == sorted(weights)
    assert weights[-1] < 0
    assert {doubt.feature: doubt.value for doubt in found.doubts}["in_hinted_box"] == 1.0


def test_only_a_block_that_the_model_drops_has_doubts() -> None:
    explained = explain(reading(with_more(SALE)))

    assert {found.reason for found in explained.blocks if found.doubts} == {"model"}


def test_where_the_site_file_names_the_content_the_model_is_not_asked() -> None:
    explained = explain(reading(content=("article.story",)))

    assert not explained.is_model_asked
    assert {found.probability for found in explained.blocks} == {None}


def test_what_leaves_as_the_template_of_the_site_is_told_with_its_count() -> None:
    body = with_more("").replace("<p>Most", "<p>Kliniknummer</p><p>Most")

    explained = explain(reading(body, known(kliniknummer=31)))

    found = block(explained, "Kliniknummer")
    assert (found.verdict, found.reason, found.stands_in) == ("dropped", "site template", 31)
    assert found.rule == "stands in 31 of 40 texts of the site"
    assert explained.site_texts == 40


def test_what_stays_though_it_stands_on_other_pages_has_its_count_too() -> None:
    body = with_more("").replace("<p>Most", "<p>Kliniknummer</p><p>Most")

    explained = explain(reading(body, known(kliniknummer=9)))

    assert (block(explained, "Klinik").verdict, block(explained, "Klinik").stands_in) == ("kept", 9)
    assert block(explained, "Asthma narrows").stands_in is None


def test_a_heading_has_no_count_since_headings_are_not_counted() -> None:
    explained = explain(reading(knowledge=known(**{"what helps": 30})))

    assert block(explained, "What helps").stands_in is None


def test_without_knowledge_of_the_site_nothing_is_counted() -> None:
    explained = explain(reading())

    assert explained.site_texts is None
    assert {found.stands_in for found in explained.blocks} == {None}


def test_a_page_without_an_article_is_explained_all_the_same() -> None:
    explained = explain(reading("<h1>Topics</h1><ul><li><a href=/a>Asthma</a></li></ul>"))

    assert explained.refusal is not None
    assert {found.text for found in explained.blocks} == {"Topics", "Asthma"}
    assert not any(found.verdict == "kept" and found.score > 10 for found in explained.blocks)


def test_what_is_no_page_is_not_explained() -> None:
    with pytest.raises(NotAnArticle):
        read_page(Page(url="", body=b"%PDF-1.7"), SiteProfile(site="example"))


def test_an_empty_page_has_no_blocks() -> None:
    explained = explain(reading("<p></p>"))

    assert (explained.blocks, explained.words_on_page) == ((), 0)
