"""What the other pages of a site take out of a page, and what stays however often it is said.

Each test makes a small site of pages that differ in their text and share what is under test.
"""

from __future__ import annotations

import pytest

from articles.extract import extract
from articles.page import Page
from articles.record import Article
from articles.site_knowledge import SiteKnowledge, count_blocks

TOPICS = ("dengue", "measles", "asthma", "gout", "anaemia", "mumps", "rabies", "cholera", "lupus")


def own(topic: str, number: int) -> str:
    """A paragraph that stands on the page of one topic alone."""
    return (
        f"<p>What people with {topic} ask most in part {'abcdefgh'[number]} is how long it will"
        f" take, and the honest answer about {topic} is that it depends on much.</p>"
    )


def page_about(topic: str, shared: str = "", *, before: str = "", after: str = "") -> Page:
    """A page with `shared` between its paragraphs, `before` above them and `after` below."""
    html = (
        f"<html><head><meta charset=utf-8><title>{topic}</title></head><body><div class=text>"
        f"<h1>{topic}</h1>"
        f"{before}{own(topic, 0)}{own(topic, 1)}{shared}{own(topic, 2)}{own(topic, 3)}{after}"
        "</div></body></html>"
    )
    return Page(url=f"https://health.example/{topic}", body=html.encode())


def known_of(pages: list[Page]) -> SiteKnowledge | None:
    articles = [extract(page) for page in pages]
    return count_blocks(lambda: [read.fingerprint for read in articles if read.fingerprint])


def read_last(pages: list[Page]) -> Article:
    """The article of the last page, with all of them known."""
    return extract(pages[-1], None, known_of(pages))


def text_with(shared: str = "", *, before: str = "", after: str = "") -> str:
    """The text of one page of a site on whose every page these stand."""
    pages = [page_about(topic, shared, before=before, after=after) for topic in TOPICS]
    return read_last(pages).text


@pytest.mark.parametrize("place", ["shared", "before", "after"])
@pytest.mark.parametrize(
    ("debris", "words"),
    [
        ("<p>forside og flade</p>", "forside"),
        ("<div>forside og flade</div>", "forside"),
        (
            "<p>Portálunk működését alapítványunk fenntartói tették lehetővé tavaly is.</p>",
            "alapítványunk",
        ),
        ("<div class=x7><p>Sajtófotónk engedéllyel közölve.</p></div>", "Sajtófotónk"),
        (
            "<p>本站的文章由基金会的编辑们一同整理，谢谢各位会员一直以来的陪伴，我们明天再见。</p>",
            "基金会",
        ),
    ],
    ids=["label in line", "label in a div", "sentence in line", "box", "Chinese"],
)
def test_template_debris_goes_in_any_language_without_a_list(
    debris: str, words: str, place: str
) -> None:
    alone = extract(page_about("lupus", debris))

    text = text_with(**{place: debris})

    assert "What people with lupus ask most in part d" in text
    assert words not in text
    # Else the test would show nothing.
    assert words in alone.text


@pytest.mark.parametrize(
    "shared",
    [
        "<p>Call your doctor.</p>",
        "<h2>Symptoms</h2>",
        "<h2>Symptoms</h2><ul><li>Fever</li><li>Rash of {topic}</li></ul>",
        "<table><tr><th>Fever</th><td>Yes</td><tr><th>Rash</th><td>{topic} 1</td></table>",
        "<p>Go to a hospital at once if one of these signs comes up:</p><ul><li>{topic}</li></ul>",
        "<p><b>When to see a doctor</b></p>",
    ],
    ids=["stock sentence", "heading", "list item", "table cell", "lead to a list", "bold label"],
)
def test_what_authors_say_on_every_page_stays(shared: str) -> None:
    pages = [page_about(topic, shared.format(topic=topic)) for topic in TOPICS]

    assert read_last(pages).text == extract(pages[-1]).text


def test_subheadings_that_are_no_heading_elements_stay() -> None:
    pages = [
        page_about(topic, f"<div class=t>Symptoms</div>{own(topic, 4)}<div class=t>Causes</div>")
        for topic in TOPICS
    ]

    assert read_last(pages).text == extract(pages[-1]).text


def test_a_heading_goes_only_when_everything_under_it_goes() -> None:
    box = (
        "<h2>Unser Verlag</h2><p>Der Verlag wurde im vorigen Jahrhundert gegründet und gehört heute"
        " einer Stiftung in einer kleinen Stadt.</p>"
    )

    under_own = text_with(f"<h2>Treatment</h2>{box}<h2>Outlook</h2>")
    alone = text_with(after=box)

    assert "Outlook" in under_own
    assert "Unser Verlag" not in under_own
    assert "Unser Verlag" not in alone


def test_a_list_goes_as_a_whole() -> None:
    items = "".join(f"<li>Seção {name} do portal</li>" for name in ("um", "dois", "três"))

    assert "Seção" not in text_with(f"<div class=k><ul>{items}</ul></div>")


def test_a_box_that_a_department_shares_goes_and_a_paragraph_does_not() -> None:
    line = "Die Stiftung dankt allen Förderern dieses Angebots für die gute Zusammenarbeit."
    many = [f"{topic}{number}" for topic in TOPICS for number in "xyz"]

    def last_with(block: str) -> str:
        pages = [page_about(topic, block if at > 17 else "") for at, topic in enumerate(many)]
        return read_last(pages).text

    assert line not in last_with(f"<div class=k7>{line}</div>")
    assert line in last_with(f"<p>{line}</p>")


def test_a_callout_that_a_department_shares_stays() -> None:
    box = "<div class=callout><p>Babies with a fever should be seen by a doctor today.</p></div>"
    many = [f"{topic}{number}" for topic in TOPICS for number in "xyz"]
    pages = [page_about(topic, box if at > 17 else "") for at, topic in enumerate(many)]

    assert "Babies with a fever" in read_last(pages).text


def test_copies_of_one_article_are_no_site() -> None:
    # Mirrors and print versions, each under its own address.
    pages = [page_about("dengue", f"<p>Copy {name}.</p>") for name in ("a", "b", "c", "d", "e")]
    pages += [page_about(topic) for topic in TOPICS[1:]]

    [first, *_] = pages
    read = extract(first, None, known_of(pages))

    assert read.text == extract(first).text


def test_copies_do_not_make_a_sentence_of_theirs_a_template() -> None:
    line = (
        "<div class=k>Studies of other countries came to another result, as was to be seen.</div>"
    )
    pages = [page_about("dengue", line, after=f"<p>Copy {name}.</p>") for name in "abcdef"]
    pages += [page_about("dengue fever", line)]
    pages += [page_about(topic) for topic in TOPICS[1:]]

    read = extract(pages[6], None, known_of(pages))

    assert "Studies of other countries" in read.text


def test_a_page_of_a_series_keeps_what_it_has_in_common_with_its_like() -> None:
    common = "".join(own("vaccination", number) for number in range(8))
    places = ("boston", "austin", "denver", "dallas", "tampa", "tulsa", "fresno", "omaha")
    pages = [
        Page(
            url=f"https://health.example/{place}",
            body=f"<h1>{place}</h1><div>{common}{own(place, 0)}{own(place, 1)}</div>".encode(),
        )
        for place in places
    ]

    assert read_last(pages).text == extract(pages[-1]).text


def test_the_middle_of_a_very_long_page_is_read_like_the_rest() -> None:
    pages = [page_about(topic, "<p>forside og flade</p>") for topic in TOPICS]
    parts = [
        f"<p>Part {'i' * n} of what is known about plague and of what is not.</p>"
        for n in range(1, 500)
    ]
    parts[250:250] = ["<p>forside og flade</p>"]
    long = Page(
        url="https://health.example/plague", body=f"<h1>plague</h1>{''.join(parts)}".encode()
    )

    assert "forside" in extract(long).text
    assert "forside" not in extract(long, None, known_of(pages)).text


def test_without_knowledge_nothing_changes() -> None:
    page = page_about("gout", "<p>backup og meta</p>")

    assert extract(page, None, None) == extract(page)


def test_a_record_names_the_knowledge_it_was_made_with() -> None:
    pages = [page_about(topic, "<p>backup og meta</p>") for topic in TOPICS]
    knowledge = known_of(pages)
    assert knowledge is not None

    read = extract(pages[0], None, knowledge)

    assert read.extractor.knowledge_digest == knowledge.digest()
    assert extract(pages[0]).extractor.knowledge_digest is None


def test_the_fingerprint_is_the_same_whatever_is_known() -> None:
    pages = [page_about(topic, "<p>backup og meta</p>") for topic in TOPICS]
    knowledge = known_of(pages)

    assert all(
        extract(page, None, knowledge).fingerprint == extract(page).fingerprint for page in pages
    )
