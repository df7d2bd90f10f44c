"""The state of Next.js, Nuxt, Apollo and others: whose people and dates it gives to the article."""

from __future__ import annotations

import json
import time

import pytest

from articles.document import parse_document
from articles.extract import extract
from articles.machine_data import MachineData, read_machine_data
from articles.page import Page
from tests.articles.test_machine_data import dates, people, script

ARTICLE = {
    "title": "Rye and oats",
    "author": {"name": "Bo Penn"},
    "medicalReviewer": {"name": "Ada Roe, MD"},
    "publishedAt": "2022-05-15",
    "lastReviewed": "2022-06-01",
}
BOTH = [("author", "Bo Penn"), ("medical_reviewer", "Ada Roe")]


def html(head: str, body: str = "<h1>Rye and oats</h1><p>Rye.</p>") -> bytes:
    return f"<html><head><title>Bread</title>{head}</head><body>{body}</body></html>".encode()


def read(head: str, body: str = "<h1>Rye and oats</h1><p>Rye.</p>") -> MachineData:
    page = Page(url="https://bread.example/rye", body=html(head, body))
    return read_machine_data(parse_document(page))


def next_data(value: object) -> str:
    written = json.dumps(value).replace("<", "\\u003c")
    return f'<script id="__NEXT_DATA__" type="application/json">{written}</script>'


def flat(article: dict[str, str]) -> str:
    """The article as Nuxt 3 writes it: a list in which objects name their values by place."""
    places: list[object] = [["ShallowReactive", 1], {"data": 2}, {}]
    places[2] = {key: number for number, key in enumerate(article, 3)}
    places += article.values()
    return f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(places)}</script>'


def streamed(value: object) -> str:
    """As Next.js streams it, cut in two in the middle of a row."""
    post = json.dumps({"post": value})
    row = f'1:"$Sreact.fragment"\n7:T9,Rye\nwäx:2a:["$","article",null,{post}]\n'
    cuts = (row[:60], row[60:])
    return "".join(f"<script>self.__next_f.push([1,{json.dumps(cut)}])</script>" for cut in cuts)


def apollo(article: dict[str, object]) -> str:
    store = {
        "Article:1": {**article, "author": {"__ref": "P:1"}, "medicalReviewer": {"__ref": "P:2"}},
        "P:1": {"name": "Bo Penn"},
        "P:2": {"name": "Ada Roe, MD"},
    }
    return f"<script>window.__APOLLO_STATE__ = {json.dumps(store)};</script>"


@pytest.mark.parametrize(
    ("head", "locator"),
    [
        (
            next_data({"props": {"pageProps": {"article": ARTICLE}}}),
            "state/__NEXT_DATA__#/props/pageProps/article/medicalReviewer/name",
        ),
        (
            f"<script>window.__INITIAL_STATE__ = {json.dumps([ARTICLE])};x()</script>",
            "state/__INITIAL_STATE__#/0/medicalReviewer/name",
        ),
        (
            f'<script>window["state"]={json.dumps({"a": ARTICLE})}</script>',
            "state/state#/a/medicalReviewer/name",
        ),
        (
            f"<script>var STATE = JSON.parse({json.dumps(json.dumps({'a': ARTICLE}))})</script>",
            "state/STATE#/a/medicalReviewer/name",
        ),
        (streamed(ARTICLE), "state/__next_f#/2a/3/post/medicalReviewer/name"),
        (
            apollo({"title": "Rye and oats"}),
            "state/__APOLLO_STATE__#/Article:1/medicalReviewer/name",
        ),
        (
            flat({"title": "Rye and oats", "author": "Bo Penn", "medicalReviewer": "Ada Roe, MD"}),
            "state/__NUXT_DATA__#/2/medicalReviewer",
        ),
        (
            f"<script>dataLayer.push({json.dumps({'post': ARTICLE})})</script>",
            "state/dataLayer#/post/medicalReviewer/name",
        ),
    ],
    ids=["next", "window", "brackets", "JSON.parse", "streamed", "apollo", "nuxt", "data layer"],
)
def test_people_stand_in_the_state_of_the_page(head: str, locator: str) -> None:
    machine = read(head)

    assert people(machine) == BOTH
    evidence = machine.contributors[1].evidence[0]
    assert (evidence.source, evidence.locator, evidence.raw) == ("state", locator, "Ada Roe, MD")


def test_dates_stand_in_the_state_of_the_page() -> None:
    state = {
        "title": "Rye and oats",
        "articleDates": {"published": 7},
        "dates": {"publishedAt": {"date": 1652608800, "display": "May 15, 2022"}},
        "updated_at": "2022-06-15T08:00:00Z",
        "lastReviewed": "2022-06-01",
    }

    assert dates(read(next_data(state))) == [
        ("modified", "2022-06-15T08:00:00Z"),
        ("reviewed", "2022-06-01"),
        ("published", "2022-05-15T10:00:00Z"),
    ]


@pytest.mark.parametrize(
    "author",
    [
        "Bo Penn",
        "By Bo Penn",
        ["Bo Penn"],
        [{"display_name": "Bo Penn"}],
        {"first_name": "Bo", "last_name": "Penn"},
        {"id": 7, "name": {"display": "Bo Penn", "first": "Bo"}},
        {"fields": {"name": "Bo Penn"}},
        {"data": {"attributes": {"name": "Bo Penn"}}},
        {"node": {"name": "Bo Penn"}},
        {"edges": [{"node": {"name": "Bo Penn"}}]},
    ],
)
def test_a_name_is_found_however_a_cms_wraps_it(author: object) -> None:
    assert people(read(next_data({"title": "Rye and oats", "authors": author}))) == [
        ("author", "Bo Penn")
    ]


@pytest.mark.parametrize(
    "author",
    ["bopenn", "bo.penn", "admin", "Bread", "$2a:props", "https://a.example/bo", "", 7, {}],
)
def test_logins_brands_and_references_are_nobody(author: object) -> None:
    assert people(read(next_data({"title": "Rye and oats", "author": author}))) == []


def test_the_sites_own_name_is_no_person() -> None:
    head = '<meta property="og:site_name" content="Rye House">'
    state = next_data({"title": "Rye and oats", "author": "Rye House"})

    assert [c.kind for c in read(head + state).contributors] == ["org"]


def test_other_articles_of_the_state_are_left() -> None:
    other = {**ARTICLE, "title": "Ten cakes for spring"}
    state = {"related": [other, {**other, "title": "Oats"}], "next": {**other, "title": "Salt"}}

    assert read(next_data(state)).contributors == ()


def test_the_article_is_found_among_others() -> None:
    other = {**ARTICLE, "title": "Ten cakes", "author": "Zed Zany", "medicalReviewer": "Cy Fox"}

    assert people(read(next_data({"related": [other], "article": ARTICLE}))) == BOTH


def test_an_object_without_a_title_counts_when_it_alone_names_a_reviewer() -> None:
    one = {"author": "Bo Penn", "medicalReviewer": "Ada Roe, MD"}

    assert people(read(next_data({"a": one}))) == BOTH
    assert people(read(next_data({"a": one, "b": {"medicalReviewer": "Cy Fox"}}))) == []


def test_who_rates_a_product_is_no_reviewer_of_the_article() -> None:
    state = {"title": "Rye and oats", "rating": 4, "reviewer": "Cy Fox", "author": "Bo Penn"}

    assert people(read(next_data(state))) == [("author", "Bo Penn")]


def test_the_state_is_asked_only_for_what_nothing_else_tells() -> None:
    head = script({"@type": "Article", "author": "Cy Fox", "datePublished": "2020-01-01"})

    machine = read(head + next_data(ARTICLE))

    assert people(machine) == [("author", "Cy Fox"), ("medical_reviewer", "Ada Roe")]
    assert dates(machine) == [("published", "2020-01-01"), ("reviewed", "2022-06-01")]


def test_a_visible_reviewer_beats_the_state() -> None:
    text = f"<p>{'Rye keeps for a week in a dry place. ' * 20}</p>"
    body = f"<h1>Rye and oats</h1><p>Medically reviewed by Cy Fox, MD</p>{text}"
    page = Page(url="https://bread.example/rye", body=html(next_data(ARTICLE), body))

    reviewers = [c.name for c in extract(page).contributors if c.role == "medical_reviewer"]

    assert reviewers == ["Cy Fox"]


@pytest.mark.parametrize(
    "head",
    [
        next_data([{"author": None}] * 60_000),
        next_data({"a": "x"} | {f"reviewer{n}": "Bo Penn" for n in range(30_000)}),
        f'<script>"reviewer":"x";{"a={" * 100_000}</script>',
        f'<script>"reviewer":"x";{"a = [{}".format(" " * 50) * 20_000}</script>',
        f'<script type="application/json">{"[" * 200_000}"reviewer":"x"</script>',
        f'<script type="application/json">{"x reviewer" * 100_000}</script>',
        f'<script>self.__next_f.push([1,"{"a:[reviewer" * 50_000}"])</script>',
        next_data([[["Reactive", 1], {"reviewer": 1}]] + [{"reviewer": n} for n in range(20_000)]),
        next_data([["Reactive", 1], *({"reviewer": 1, "b": 2, "c": 3} for _ in range(20_000))]),
        "<script>x={'reviewer':1}</script>" * 5_000,
    ],
    ids=["nulls", "keys", "braces", "blanks", "deep", "hints", "stream", "list", "flat", "scripts"],
)
def test_no_state_takes_long(head: str) -> None:
    document = parse_document(Page(url="https://bread.example/rye", body=html(head)))
    begin = time.process_time()

    read_machine_data(document)

    assert time.process_time() - begin < 1.0
