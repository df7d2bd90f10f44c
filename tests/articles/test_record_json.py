from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # has no types

from articles.extract import extract
from articles.page import Page
from articles.record import (
    DATE_KINDS,
    REVIEW_STATUSES,
    ROLES,
    Article,
    Block,
    Callout,
    Candidate,
    Code,
    Conflict,
    Contributor,
    Derivation,
    Evidence,
    EvidenceSource,
    Faq,
    Figure,
    HistoryEntry,
    Image,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Reference,
    Review,
    Rights,
    RightsSignal,
    Section,
    StatedDate,
    Statement,
    Table,
)
from articles.record_json import RECORD_KEYS, record_to_json
from articles.record_reading import article_from_json

EVIDENCE = Evidence(
    source="byline", locator="div.by", raw="Reviewed by Rhea Viewer", rule="label", confidence=0.9
)
BARE = Article(
    url="https://example.org/a",
    requested_url=None,
    site=None,
    publisher=None,
    language=None,
    title=None,
    text="",
    sections=(),
    extractor=Derivation(version="1", route="blocks", confidence=0.5),
    text_digest="sha256:" + 64 * "0",
    word_count=0,
)
BLOCKS: tuple[Block, ...] = (
    Paragraph(text="p"),
    ListBlock(
        items=(ListItem(text="a", items=(ListItem(text="b"),), ordered=True),),
        ordered=True,
        start=3,
    ),
    Table(
        rows=(("Drug", "Dose"), ("Ibuprofen", "400 mg")),
        header_rows=1,
        header_columns=1,
        caption="Doses",
    ),
    Quote(text="q", attribution="Ann Other"),
    Code(text="c"),
    Callout(text="t", title="Did you know?", blocks=(Code(text="t"),)),
    Faq(question="Q?", answer="A.", blocks=(ListBlock(items=(ListItem(text="A."),)),)),
    Figure(image=Image(url="https://example.org/i.png", alt="an image", caption=None)),
)
FULL = Article(
    url="https://example.org/a",
    requested_url="https://example.org/old",
    site="example",
    publisher="Example Health",
    language="en",
    title="Title",
    description="d",
    section="Heart",
    keywords=("k",),
    text="p",
    sections=(Section(heading="H", level=2, blocks=BLOCKS),),
    takeaways=("t",),
    faq=(Faq(question="Q?", answer="A."),),
    toc=(Link(text="H", url="#h"),),
    disclaimers=("No advice.",),
    disclosures=("None.",),
    related=(Link(text="Other", url=None),),
    images=(Image(url="https://example.org/i.png"),),
    references=(Reference(text="r", doi="10.1000/xyz", pmid="1"),),
    contributors=(
        Contributor(
            role="medical_reviewer",
            name="Rhea Viewer",
            credentials=("MD",),
            specialty="General Practitioner",
            evidence=(EVIDENCE,),
        ),
    ),
    dates=(
        StatedDate(
            kind="reviewed",
            value="2017-04",
            precision="month",
            raw="April 2017",
            evidence=(EVIDENCE,),
        ),
        StatedDate(
            kind="modified",
            value="2017-05-06",
            precision="day",
            raw="05/06/2017",
            ambiguous=True,
            evidence=(EVIDENCE,),
        ),
    ),
    review=Review(
        status="named",
        flags=("modified_after_review",),
        conflicts=(
            Conflict(
                field="dates.modified",
                candidates=(Candidate(value="2020-01-01", evidence=EVIDENCE),),
                chosen=None,
                rule="visible beats machine data",
            ),
        ),
        history=(HistoryEntry(value=None, raw="Updated", evidence=(EVIDENCE,)),),
    ),
    sponsored=Statement(raw="Sponsored by X", evidence=(EVIDENCE,)),
    ai_disclosure=Statement(raw="Written with AI"),
    rights=Rights(
        signals=(
            RightsSignal(
                mechanism="robots",
                place="meta",
                agent=None,
                raw="noai",
                parsed=(("train", "disallow"),),
            ),
        ),
        resolved=(("archive", "allow"), ("train", "disallow")),
    ),
    extractor=Derivation(version="1", route="profile", confidence=1.0),
    text_digest="sha256:" + 64 * "a",
    word_count=1,
)


PAGE = """<!doctype html>
<html lang="en"><head><title>Ibuprofen | Example Health</title>
<meta name="robots" content="noai">
<meta property="article:modified_time" content="2024-06-10T08:00:00+00:00">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "MedicalWebPage",
"headline": "Ibuprofen", "reviewedBy": {"@type": "Person", "name": "Rhea Viewer",
"honorificSuffix": "MD"}, "lastReviewed": "2024-06-09", "author": [{"name": "Ann Author"}]}</script>
</head><body><article><h1>Ibuprofen</h1>
<p class="byline">Written by Ann Author. Medically reviewed by Rhea Viewer, MD on June 9, 2024</p>
<p>Ibuprofen is a medicine that lowers fever and eases pain, and it is sold in most countries
without a prescription, in tablets, as a syrup and as a gel.</p>
<h2>How to take it</h2><ul><li>With food<ul><li>or milk</li></ul></li>
<li>With a glass of water</li></ul>
<table><caption>Doses</caption><tr><th>Age</th><th>Dose</th></tr>
<tr><td>Adult</td><td>400 mg</td></tr>
<tr><td>Child</td><td>Ask your doctor</td></tr></table>
<blockquote><p>Take the lowest dose that helps, for as short a time as you can.</p></blockquote>
<img src="/tablet.png" alt="A white tablet">
<p>Do not take it in the last three months of a pregnancy, nor with another medicine of its kind,
unless a doctor who knows you has told you to do so.</p>
<h2>References</h2><ol><li>Moore N. Ibuprofen: a study. 2003.
<a href="https://doi.org/10.1000/xyz123">doi</a></li>
<li>Another source, 2019. PMID: 12345678</li></ol>
</article></body></html>"""


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    path = Path(__file__).parents[2] / "docs" / "article.schema.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("article", [BARE, FULL], ids=["bare", "full"])
def test_a_record_fits_the_published_schema(article: Article, schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)

    errors = list(Draft202012Validator(schema).iter_errors(record_to_json(article)))

    assert errors == []


def test_what_is_extracted_from_a_page_fits_the_published_schema(schema: dict[str, Any]) -> None:
    record = record_to_json(extract(Page(url="https://example.org/ibuprofen", body=PAGE.encode())))

    assert list(Draft202012Validator(schema).iter_errors(record)) == []
    kinds = {block["kind"] for section in record["sections"] for block in section["blocks"]}
    assert {"paragraph", "list", "table"} <= kinds
    assert record["contributors"]
    assert record["dates"]
    assert record["references"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dates", [{"kind": "reviewed", "value": "April 2017"}]),
        ("contributors", [{"role": "surgeon", "name": "X"}]),
        ("sections", [{"heading": None, "level": None, "blocks": [{"kind": "poem"}]}]),
        ("text_digest", "md5:00"),
        ("surprise", 1),
    ],
)
def test_the_schema_refuses_what_is_no_record(
    key: str, value: object, schema: dict[str, Any]
) -> None:
    record = record_to_json(FULL) | {key: value}

    assert not Draft202012Validator(schema).is_valid(record)


def test_the_schema_names_the_same_words_as_the_values(schema: dict[str, Any]) -> None:
    parts = {name: part.get("properties") for name, part in schema["$defs"].items()}

    assert parts["contributor"]["role"]["enum"] == list(ROLES)
    assert parts["date"]["kind"]["enum"] == list(DATE_KINDS)
    assert parts["review"]["status"]["enum"] == list(REVIEW_STATUSES)
    assert parts["evidence"]["source"]["enum"] == list(get_args(EvidenceSource))


def test_keys_stand_in_the_fixed_order(schema: dict[str, Any]) -> None:
    record = record_to_json(FULL)

    assert tuple(record) == RECORD_KEYS
    assert tuple(record) == tuple(schema["properties"])


def test_the_place_in_the_archive_is_left_open() -> None:
    record = record_to_json(FULL)

    open_keys = ("capture", "version", "first_seen_at", "last_seen_at")
    assert [record[key] for key in open_keys] == [None] * 4


def test_what_the_page_does_not_say_is_null_or_an_empty_list() -> None:
    record = record_to_json(BARE)

    assert record["title"] is None
    assert record["references"] == []
    assert record["sponsored"] is None
    assert record["review"]["status"] == "none_found"
    assert set(record["rights"]["resolved"].values()) == {"unknown"}


def test_every_text_of_the_values_is_in_the_json() -> None:
    written = json.dumps(record_to_json(FULL), ensure_ascii=False)

    missing = [text for text in _texts(FULL) if json.dumps(text, ensure_ascii=False) not in written]

    assert missing == []


def test_a_record_is_plain_json() -> None:
    record = record_to_json(FULL)

    assert json.loads(json.dumps(record)) == record


@pytest.mark.parametrize("article", [BARE, FULL], ids=["bare", "full"])
def test_what_is_written_reads_back_equal(article: Article) -> None:
    record = json.loads(json.dumps(record_to_json(article)))

    again = article_from_json(record)

    assert record_to_json(again) == record
    assert replace(again, rights=article.rights) == article


def test_all_six_rights_read_back() -> None:
    again = article_from_json(record_to_json(FULL))

    assert dict(again.rights.resolved) == {
        "archive": "allow",
        "share": "unknown",
        "search": "unknown",
        "ai_input": "unknown",
        "train": "disallow",
        "tdm": "unknown",
    }


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
