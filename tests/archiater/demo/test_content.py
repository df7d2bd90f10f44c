from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from archiater.demo import CHANGES, expected_articles, load_articles, site_file_text
from archiater.demo.editions import EDITION_DAYS, changed_paths
from archiater.demo.expected import ExpectedArticle
from archiater.demo.markup import OPTIONS, parse_article, parse_parts
from archiater.demo.model import Box, Bullets, DemoArticle, Grid, Heading, Prose, Question
from archiater.demo.site import (
    DISALLOWED_PATH,
    REDIRECTS,
    SOFT_404_PATH,
    TRACKED_PATH,
    build_site,
    related_to,
)
from archiater.demo.words import show_date, show_numeric_date
from spiders.site_files import read_site

BASE = "http://127.0.0.1:8000"
ARTICLES = load_articles()
SITE = build_site(1, BASE)
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
VOID = frozenset("area base br col hr img input link meta source wbr".split())  # noqa: SIM905

every_article = pytest.mark.parametrize("article", ARTICLES, ids=[one.path for one in ARTICLES])
every_expectation = pytest.mark.parametrize(
    "expected", expected_articles(), ids=[one.path for one in expected_articles()]
)


class Reading(HTMLParser):
    """A page's visible text and its links; raises AssertionError for a tag that closes wrongly."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.links: list[str] = []
        self.pieces: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "title"} & set(self.open):
            self.pieces.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


def page_text(path: str) -> str:
    return SITE[path].body.decode()


def test_the_site_has_more_than_sixty_articles_in_nine_languages() -> None:
    languages = Counter(article.language for article in ARTICLES)

    assert len(ARTICLES) >= 64
    assert len(languages) == 9
    assert min(languages.values()) >= 4


def test_every_shape_and_every_option_has_its_article() -> None:
    shown = {option for article in load_articles(2) for option in article.options}

    assert shown == set(OPTIONS)
    assert len({article.shape for article in ARTICLES}) == 5


@every_article
def test_an_article_has_headings_and_a_body_of_fair_length(article: DemoArticle) -> None:
    body = " ".join(
        piece for one in expected_articles() if one.path == article.path for piece in one.body
    )
    has_spaces = article.language not in ("th", "zh-Hant")

    assert sum(isinstance(part, Heading) for part in article.parts) >= 3
    assert any(isinstance(part, Bullets | Grid) for part in article.parts)
    if has_spaces:
        assert 180 <= len(body.split()) <= 500
    else:
        assert 400 <= len(body.replace(" ", "")) <= 1700


@pytest.mark.parametrize("edition", [1, 2])
def test_every_page_closes_its_tags_in_order(edition: int) -> None:
    pages = [one for one in build_site(edition, BASE).values() if "html" in one.content_type]

    for page in pages:
        assert Reading(page.body.decode()).open in ([], ["title"], ["p"])


@every_expectation
def test_the_page_shows_all_that_is_expected_of_it(expected: ExpectedArticle) -> None:
    reading = Reading(page_text(expected.path))
    folded = " ".join(reading.text.split())

    assert expected.title in folded
    for person in expected.people:
        assert person.name in folded
        assert all(credential in folded for credential in person.credentials)
        assert person.specialty is None or person.specialty in folded
    for sentence in (expected.first_sentence, expected.last_sentence, *expected.disclaimers):
        assert sentence in folded
    assert all(piece in folded for piece in expected.body)


@every_expectation
def test_every_expected_date_stands_on_the_page_in_words_or_for_machines(
    expected: ExpectedArticle,
) -> None:
    text = page_text(expected.path)

    for _, value in expected.dates:
        year, month, *day = value.split("-")
        forms = [value, show_date(value, expected.language)]
        if day:
            forms += [show_numeric_date(value), f"{int(day[0])} {show_date(value[:7], 'en')}"]
            forms.append(f" {int(day[0])}, {year}")
        assert any(form in text for form in forms), (value, month)


@every_expectation
def test_no_unwanted_line_is_part_of_the_body(expected: ExpectedArticle) -> None:
    body = "\n".join(expected.body)

    assert [line for line in expected.unwanted if line in body] == []
    assert all(line for line in expected.unwanted)


def test_reviewers_of_related_cards_are_other_people_than_the_pages_own() -> None:
    for article in ARTICLES:
        own = {person.name for person in (*article.authors, *article.reviewers)}
        cards = {person.name for other in related_to(article) for person in other.reviewers}

        assert related_to(article)
        assert own.isdisjoint(cards)


def test_the_shape_of_the_seed_page_carries_its_debris() -> None:
    text = page_text("/ph/infectious-diseases/dengue-warning-signs/")
    visible = Reading(text).text

    assert "backup og meta" in visible
    assert 'alt="ad icon">advertisement' in text
    assert (
        'alt="Author photo"><img src="/static/badge.png" alt="badge">Medically reviewed by' in text
    )
    assert "Was this article helpful?" in visible
    assert visible.index("RELATED ARTICLES") < visible.index("The three phases of dengue")
    assert "Learn more about Infectious Diseases here." in visible


def test_the_reviewer_is_unknown_to_the_json_of_the_seed_pages_shape() -> None:
    text = page_text("/ph/infectious-diseases/dengue-warning-signs/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)

    assert found is not None
    node = json.loads(found[1])
    assert node["author"] == [{"@type": "Person", "name": "Joy Abadilla"}]
    assert "reviewedBy" not in node


def test_a_broken_json_block_is_really_broken() -> None:
    text = page_text("/wellness/vitamin-d")
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)

    with pytest.raises(json.JSONDecodeError):
        json.loads(blocks[0])
    assert "@graph" in json.loads(blocks[1])


def test_thai_dates_count_buddhist_years() -> None:
    assert "9 พฤษภาคม 2566" in page_text("/th/infection/dengue-warning/")
    assert show_date("2021-10", "th") == "ตุลาคม 2564"


def test_a_health_service_tells_machines_the_day_before_the_visible_one() -> None:
    text = page_text("/conditions/heartburn/")

    assert "29 July 2024" in text
    assert '"lastReviewed": ["2024-07-28T23:00:00+00:00"' in text


@pytest.mark.parametrize("edition", [1, 2])
def test_the_sitemap_index_leads_to_every_article_once(edition: int) -> None:
    site = build_site(edition, BASE)
    index = ElementTree.fromstring(site["/sitemap.xml"].body)  # noqa: S314 - our own bytes
    listed: list[str] = []
    for child in index.iter(f"{SITEMAPS}loc"):
        body = site[(child.text or "").removeprefix(BASE)].body
        tree = ElementTree.fromstring(  # noqa: S314 - our own bytes
            gzip.decompress(body) if (child.text or "").endswith(".gz") else body
        )
        listed += [(loc.text or "").removeprefix(BASE) for loc in tree.iter(f"{SITEMAPS}loc")]

    assert sorted(listed) == [article.path for article in load_articles(edition)]


@pytest.mark.parametrize("path", ["/feed.xml", "/atom.xml"])
def test_the_feeds_name_what_is_new_in_edition_two(path: str) -> None:
    first, second = (build_site(edition, BASE)[path].body.decode() for edition in (1, 2))

    assert ElementTree.fromstring(second).tag  # noqa: S314 - our own bytes
    assert "/wellness/walking-after-meals" not in first
    assert "/wellness/walking-after-meals" in second


def test_robots_txt_forbids_a_page_that_every_page_links() -> None:
    robots = SITE["/robots.txt"].body.decode()

    assert f"Disallow: {DISALLOWED_PATH.rpartition('/')[0]}/" in robots
    assert f"Sitemap: {BASE}/sitemap.xml" in robots
    assert SITE[DISALLOWED_PATH].status == 200
    for article in ARTICLES:
        assert DISALLOWED_PATH in Reading(page_text(article.path)).links


def test_the_home_page_links_the_tracked_and_the_old_address() -> None:
    links = [unescape(link) for link in Reading(page_text("/")).links]

    assert TRACKED_PATH in links
    assert set(REDIRECTS) <= set(links)
    assert SOFT_404_PATH in links


def test_every_link_within_the_site_leads_somewhere() -> None:
    pages = [one for one in SITE.values() if "html" in one.content_type]
    links = {link.partition("?")[0] for page in pages for link in Reading(page.body.decode()).links}

    dead = sorted(link for link in links if link.startswith("/") and link not in SITE)

    assert dead == []


def test_every_article_can_be_reached_by_links_from_the_home_page() -> None:
    seen, ahead = {"/"}, ["/"]
    while ahead:
        for link in Reading(page_text(ahead.pop())).links:
            path = link.partition("?")[0]
            if path in SITE and path not in seen and "html" in SITE[path].content_type:
                seen.add(path)
                ahead.append(path)

    assert {article.path for article in ARTICLES} <= seen


def test_the_editions_differ_exactly_where_the_table_of_changes_says() -> None:
    first, second = build_site(1, BASE), build_site(2, BASE)

    differing = {
        path for path in first.keys() | second.keys() if first.get(path) != second.get(path)
    }

    assert differing == changed_paths()
    assert len(CHANGES) == len(changed_paths())


def test_each_kind_of_change_does_what_its_name_says() -> None:
    first, second = ({one.path: one for one in expected_articles(edition)} for edition in (1, 2))

    assert first.keys() - second.keys() == changed_paths("gone")
    assert second.keys() - first.keys() == changed_paths("added")
    for path in first.keys() & second.keys():
        has_new_text = path in changed_paths("text_edited", "dosage_changed")
        assert (first[path].body != second[path].body) == has_new_text
        if path in changed_paths("review_date_moved"):
            assert first[path].dates != second[path].dates
        if path in changed_paths("ad_rotated", "dosage_changed"):
            assert first[path].dates == second[path].dates


def test_the_removed_article_is_still_linked_after_it_is_gone() -> None:
    second = build_site(2, BASE)
    (gone,) = changed_paths("gone")

    linking = [
        path
        for path, page in second.items()
        if page.status == 200
        and "html" in page.content_type
        and gone in Reading(page.body.decode()).links
    ]

    assert second[gone].status == 410
    assert linking


@pytest.mark.parametrize("edition", [1, 2])
def test_no_article_states_a_date_after_the_day_of_its_edition(edition: int) -> None:
    latest = max(article.newest_date for article in load_articles(edition))

    assert latest <= EDITION_DAYS[edition]


def test_the_pages_do_not_depend_on_the_run() -> None:
    assert build_site(2, BASE) == build_site(2, BASE)


def test_the_pdf_is_one() -> None:
    body = SITE["/files/plate-guide.pdf"].body
    start = int(body.split(b"startxref\n")[1].split(b"\n")[0])

    assert body.startswith(b"%PDF-1.4")
    assert body[start:].startswith(b"xref")


def test_the_site_file_is_one_that_a_crawl_takes() -> None:
    site = read_site(site_file_text("http://127.0.0.1:8123"), where="demo.toml", origin="demo")

    assert site.name == "demo"
    assert site.hosts == ("127.0.0.1:8123",)
    assert site.seeds.sitemaps == ("http://127.0.0.1:8123/sitemap.xml",)
    assert site.politeness.delay_s == 0
    assert site.schedule is not None
    assert all(seed.removeprefix("http://127.0.0.1:8123") in SITE for seed in site.seeds.feeds)


def test_the_markup_knows_its_parts() -> None:
    parts = parse_parts(
        "Opening **strong**\nline.\n\n## Head\n\n- one\n- two\n\n= Doses\n\n| a | b |\n| - | - |\n"
        "| 1 | 2 |\n\n! Note\nText.\n\n? Why?\nBecause."
    )

    assert parts == (
        Prose(text="Opening **strong** line."),
        Heading(text="Head", level=2),
        Bullets(items=("one", "two")),
        Grid(rows=(("a", "b"), ("1", "2")), caption="Doses"),
        Box(title="Note", text="Text."),
        Question(question="Why?", answer="Because."),
    )


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ('shape = "care"\nreviewed = "2024-01"\nmodified = "2024-01"', r"shows no \['modified'\]"),
        ('shape = "care"\noptions = ["sparkles"]', r"unknown options \['sparkles'\]"),
        ('shape = "poster"', "shape is 'poster'"),
    ],
    ids=["a field that the shape does not show", "an unknown option", "an unknown shape"],
)
def test_a_content_file_that_no_page_can_show_is_refused(lines: str, complaint: str) -> None:
    front = 'path = "/x"\nlanguage = "en"\ntitle = "T"\nsection = "S"\ndescription = "D"\n'

    with pytest.raises(ValueError, match=complaint):
        parse_article(f"+++\n{front}{lines}\n+++\n\nText.\n", {})
