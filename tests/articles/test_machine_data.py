"""What pages state for machines: JSON-LD in all its broken forms, microdata, RDFa and metas."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.document import parse_document
from articles.machine_data import MachineData, read_machine_data
from articles.page import Page


def read(
    head: str = "", body: str = "<p>Rye.</p>", url: str = "https://bread.example/rye"
) -> MachineData:
    html = f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>"
    return read_machine_data(parse_document(Page(url=url, body=html.encode())))


def script(*blocks: object) -> str:
    return "".join(
        f'<script type="application/ld+json">'
        f"{block if isinstance(block, str) else json.dumps(block)}</script>"
        for block in blocks
    )


def people(machine: MachineData) -> list[tuple[str, str]]:
    return [(c.role, c.name) for c in machine.contributors]


def dates(machine: MachineData) -> list[tuple[str, str]]:
    return [(d.kind, d.value) for d in machine.dates]


def test_author_reviewer_and_dates_of_a_block_are_read_with_json_pointers() -> None:
    machine = read(
        script(
            {
                "@context": "https://schema.org",
                "@type": ["Article", "MedicalWebPage"],
                "headline": "Rye &amp; oats",
                "author": [
                    {"@type": "Person", "name": "Bo  Penn", "url": "https://bread.example/bo"}
                ],
                "reviewedBy": {"@type": "Person", "name": "Ada Roe, MD"},
                "datePublished": "2022-05-15T08:00:00+07:00",
                "lastReviewed": "2023-01-02",
            }
        )
    )

    author, reviewer = machine.contributors
    assert machine.headline == "Rye & oats"
    assert (author.name, author.profile_url) == ("Bo Penn", "https://bread.example/bo")
    assert author.evidence[0].locator == "jsonld/0#/author/0"
    assert (reviewer.role, reviewer.name, reviewer.credentials) == (
        "medical_reviewer",
        "Ada Roe",
        ("MD",),
    )
    assert reviewer.evidence[0].locator == "jsonld/0#/reviewedBy"
    assert reviewer.evidence[0].raw == "Ada Roe, MD"
    assert dates(machine) == [
        ("published", "2022-05-15T08:00:00+07:00"),
        ("reviewed", "2023-01-02"),
    ]
    assert machine.types == ("Article", "MedicalWebPage")


def test_an_author_named_by_id_is_found_in_the_graph() -> None:
    machine = read(
        script(
            {
                "@graph": [
                    {"@type": "Article", "author": {"@id": "#/person/1"}},
                    {"@type": "Person", "@id": "#/person/1", "name": "Bo Penn"},
                ]
            }
        )
    )

    assert people(machine) == [("author", "Bo Penn")]


def test_an_id_of_another_block_is_found_and_an_unknown_one_gives_nobody() -> None:
    machine = read(
        script(
            {"@type": "Article", "author": {"@id": "#a"}, "editor": {"@id": "#nobody"}},
            {"@type": "Person", "@id": "#a", "name": "Bo Penn"},
        )
    )

    assert people(machine) == [("author", "Bo Penn")]


def test_a_string_stands_where_an_object_belongs() -> None:
    machine = read(
        script(
            {"@type": "MedicalWebPage", "reviewedBy": "Ada Roe, LCSW, ACSW", "author": "Bo Penn"}
        )
    )

    assert people(machine) == [("author", "Bo Penn"), ("medical_reviewer", "Ada Roe")]


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "Article", "author": "Bo Penn",}',
        '{"@type": "Article", "keywords": ["a", "b",], "author": "Bo Penn"}',
        '<!-- {"@type": "Article", "author": "Bo Penn"} -->',
        '//<![CDATA[\n{"@type": "Article", "author": "Bo Penn"}\n//]]>',
        '/* <![CDATA[ */ {"@type": "Article", "author": "Bo Penn"} /* ]]> */',
        '{"@type": "Article", "description": "line\nbreak\tand tab", "author": "Bo Penn"}',
        '{"@type": "Article", "author": "Bo Penn"};',
        '{"@type": "Article", "author": "Bo Penn"}}',
        '{"@type": "Article", "author": "Bo Penn"} {"@type": "Thing"}',
        '\ufeff{"@type": "Article", "author": "Bo Penn"}',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;author&quot;: &quot;Bo Penn&quot;}",
        '[{"@type": "Article", "author": "Bo Penn"}]',
    ],
    ids=[
        "trailing comma",
        "trailing comma in a list",
        "html comment",
        "cdata after slashes",
        "cdata in comments",
        "control characters",
        "semicolon",
        "brace too many",
        "two values",
        "byte order mark",
        "escaped quotes",
        "list",
    ],
)
def test_a_broken_block_is_mended(block: str) -> None:
    machine = read(script(block))

    assert people(machine) == [("author", "Bo Penn")]
    assert machine.broken_blocks == 0


def test_a_block_that_cannot_be_mended_does_not_hide_the_others() -> None:
    machine = read(script("", "{not json", {"@type": "Article", "author": "Bo Penn"}))

    assert people(machine) == [("author", "Bo Penn")]
    assert machine.broken_blocks == 2


@pytest.mark.parametrize("author", [{"@type": "Person", "name": ""}, "", None, [], {}, "admin", 7])
def test_an_empty_author_is_nobody(author: object) -> None:
    assert read(script({"@type": "Article", "author": author})).contributors == ()


def test_a_comments_author_is_not_the_pages() -> None:
    machine = read(
        script(
            {
                "@type": "Article",
                "author": "Bo Penn",
                "comment": [{"@type": "Comment", "author": "Zed Zany"}],
                "isPartOf": {"@type": "WebPage", "author": "Cy Fox"},
            }
        )
    )

    assert people(machine) == [("author", "Bo Penn")]


def test_a_list_of_review_dates_gives_the_last_and_the_next() -> None:
    machine = read(script({"@type": "WebPage", "lastReviewed": ["2022-07-28", "2025-07-28"]}))

    assert dates(machine) == [("reviewed", "2022-07-28"), ("next_review_due", "2025-07-28")]


def test_an_organisation_that_reviewed_has_low_confidence() -> None:
    machine = read(
        script(
            {"@type": "WebPage", "reviewedBy": {"@type": "Organization", "name": "Bread Example"}}
        )
    )

    (reviewer,) = machine.contributors
    assert (reviewer.kind, reviewer.evidence[0].confidence) == ("org", 0.2)


def test_metas_of_many_publishers_are_known() -> None:
    machine = read(
        '<meta name="content_author" content="Rina Wulan"><meta name="content_reviewer" content="">'
        '<meta name="content_date_published" content="20160829">'
        '<meta property="article:modified_time" content="2019-06-20T06:49:21+07:00">'
        '<meta name="cdc:last_reviewed" content="March 1, 2024">'
        '<meta property="og:site_name" content="Bread">'
        '<meta property="og:title" content="Rye"><meta name="keywords" content="rye, oats, rye">'
    )

    assert people(machine) == [("author", "Rina Wulan")]
    assert dates(machine) == [
        ("published", "2016-08-29"),
        ("modified", "2019-06-20T06:49:21+07:00"),
        ("reviewed", "2024-03-01"),
    ]
    assert (machine.headline, machine.site_name) == ("Rye", "Bread")
    assert machine.keywords == ("rye", "oats")


def test_microdata_names_people_and_dates_of_the_article_only() -> None:
    machine = read(
        body="""
        <article itemscope itemtype="https://schema.org/Article">
          <div itemprop="author" itemscope itemtype="https://schema.org/Person">
            <a itemprop="url" href="/bo"><span itemprop="name">Bo Penn</span></a></div>
          <time itemprop="datePublished" datetime="2022-05-15">15 May</time>
          <meta itemprop="lastReviewed" content="2023-01-02">
          <div itemscope itemtype="https://schema.org/Review">
            <span itemprop="author">Zed Zany</span></div>
        </article>"""
    )

    assert people(machine) == [("author", "Bo Penn")]
    assert dates(machine)[:2] == [("published", "2022-05-15"), ("reviewed", "2023-01-02")]
    assert machine.contributors[0].evidence[0].source == "microdata"


def test_rdfa_properties_are_read() -> None:
    machine = read(
        body='<div vocab="https://schema.org/" typeof="Article">'
        '<span property="schema:author">Bo Penn</span>'
        '<span property="datePublished" content="2022-05-15">May</span></div>'
    )

    assert people(machine) == [("author", "Bo Penn")]
    assert machine.contributors[0].evidence[0].source == "rdfa"
    assert dates(machine) == [("published", "2022-05-15")]


@pytest.mark.parametrize(
    "body",
    [
        '<p ITEMPROP="author">Bo Penn</p>',
        "<p class=a itemprop=author>Bo Penn</p>",
        '<p class="a"property="author">Bo Penn</p>',
        '<p property = "schema:author">Bo Penn</p>',
        '<script>a.property = 1; "property"</script><p\nproperty="author">Bo Penn</p>',
    ],
)
def test_attributes_are_found_however_they_are_written(body: str) -> None:
    assert people(read(body=body)) == [("author", "Bo Penn")]


def test_attributes_are_found_in_a_page_whose_coding_does_not_keep_ascii() -> None:
    html = '<html><body><p itemprop="author">Bo Penn</p><p>Rye.</p></body></html>'
    page = Page(url="https://bread.example/rye", body=b"\xff\xfe" + html.encode("utf-16-le"))

    machine = read_machine_data(parse_document(page))

    assert people(machine) == [("author", "Bo Penn")]


def test_the_canonical_link_is_resolved_against_the_page() -> None:
    assert read('<link rel="canonical" href="/rye/">').canonical_url == "https://bread.example/rye/"


def test_a_page_that_states_nothing_gives_nothing() -> None:
    assert read() == MachineData()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "@graph", "author", "name", "reviewedBy", "lastReviewed"]
            )
            | st.text(max_size=6),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(json_values)
def test_no_block_however_strange_breaks_the_reader(block: object) -> None:
    read(script(json.dumps(block).replace("<", "\\u003c")))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_no_text_in_a_block_breaks_the_reader(block: str) -> None:
    read(script(block.replace("<", "")))


def test_the_main_entity_of_a_page_is_its_article() -> None:
    article = {"@type": "Article", "author": "Bo Penn", "datePublished": "2022-05-15"}

    machine = read(script({"@type": "MedicalWebPage", "mainEntity": article}))

    assert people(machine) == [("author", "Bo Penn")]
    assert dates(machine) == [("published", "2022-05-15")]
    assert machine.contributors[0].evidence[0].locator == "jsonld/0#/mainEntity/author"


def test_a_list_of_main_entities_is_of_other_pages() -> None:
    other = {"@type": "Article", "author": "Zed Zany"}

    assert people(read(script({"@type": "CollectionPage", "mainEntity": [other, other]}))) == []


def _article(name: str, headline: str, path: str) -> dict[str, str]:
    url = f"https://www.bread.example/{path}"
    return {"@type": "Article", "headline": headline, "url": url, "author": name}


def test_an_article_of_another_address_and_headline_is_not_the_pages() -> None:
    other, own = _article("Zed Zany", "Ten cakes", "cakes"), _article("Bo Penn", "Rye", "rye/#a")

    assert people(read(script([other, own]))) == [("author", "Bo Penn")]


def test_an_article_that_agrees_in_one_sign_stays() -> None:
    title = '<meta property="og:title" content="Rye &amp; oats">'
    renamed = _article("Bo Penn", "All about rye", "rye")
    moved = _article("Ada Roe", "Rye &amp; oats", "old-rye")

    assert people(read(title + script([renamed, moved]))) == [
        ("author", "Bo Penn"),
        ("author", "Ada Roe"),
    ]


def test_a_single_article_counts_whatever_address_it_gives() -> None:
    web_page = {"@type": "WebPage", "url": "https://bread.example/rye"}

    machine = read(script([web_page, _article("Bo Penn", "All about rye", "draft")]))

    assert people(machine) == [("author", "Bo Penn")]


def test_dublin_core_stands_in_rdfa_too() -> None:
    machine = read(
        body='<p><span property="dc:creator">Bo Penn</span>'
        '<span property="dc:date" content="2022-05-15"></span></p>'
    )

    assert people(machine) == [("author", "Bo Penn")]
    assert dates(machine) == [("published", "2022-05-15")]


@pytest.mark.parametrize("rel", ["schema:author", "dc:creator", "nofollow dcterms:creator"])
def test_a_link_may_state_a_relation_in_rdfa(rel: str) -> None:
    (author,) = read(body=f'<p><a rel="{rel}" href="/bo">Bo Penn</a></p>').contributors

    assert (author.role, author.name, author.evidence[0].source) == ("author", "Bo Penn", "rdfa")


def test_a_page_named_as_the_main_entity_of_an_article_is_left() -> None:
    inner = {"@type": "MedicalWebPage", "dateModified": "2022-05-15"}

    assert dates(read(script({"@type": "Article", "mainEntity": inner}))) == []
