"""People in the data of a page: several in one text, brands and topics among them, odd metas."""

from __future__ import annotations

import pytest

from tests.articles.test_machine_data import dates, people, read, script


def metas(**contents: str) -> str:
    return "".join(
        f'<meta name="{name.replace("__", ":")}" content="{content}">'
        for name, content in contents.items()
    )


@pytest.mark.parametrize(
    "author",
    ["Ada Roe and Bo Penn", "Ada Roe, MD, Bo Penn, RD", "Ada Roe, Bo Penn", "Ada Roe; Bo Penn"],
)
def test_one_text_may_name_several_people(author: str) -> None:
    both = [("author", "Ada Roe"), ("author", "Bo Penn")]

    assert people(read(script({"@type": "Article", "author": author}))) == both
    assert people(read(metas(author=author))) == both


def test_the_publisher_named_as_a_person_is_an_organisation() -> None:
    machine = read(
        script(
            {
                "@type": "Article",
                "author": {"@type": "Person", "name": "Bread Example"},
                "publisher": {"@type": "Organization", "name": "Bread Example"},
            }
        )
    )

    assert [(c.name, c.kind) for c in machine.contributors] == [("Bread Example", "org")]


def test_the_sites_own_name_in_a_meta_is_an_organisation() -> None:
    machine = read(metas(author="Rye House", og__site_name="Rye House"))

    assert [(c.name, c.kind) for c in machine.contributors] == [("Rye House", "org")]


def test_a_person_who_publishes_a_page_of_their_own_stays_a_person() -> None:
    machine = read(
        script(
            {
                "@type": "BlogPosting",
                "author": {"@type": "Person", "name": "Bo Penn"},
                "publisher": {"@type": ["Person", "Organization"], "name": "Bo Penn"},
            }
        )
    )

    assert [(c.name, c.kind) for c in machine.contributors] == [("Bo Penn", "person")]


@pytest.mark.parametrize("name", ["Min Read", "5 min read", "D.C.", "D. C.", "M.D.", "3 Comments"])
def test_what_a_template_writes_in_the_place_of_a_name_is_nobody(name: str) -> None:
    assert people(read(metas(author=name))) == []
    assert people(read(script({"@type": "Article", "author": {"name": name}}))) == []


def test_a_topic_is_nobody() -> None:
    block = {"@type": "Article", "author": {"@type": "Person", "name": "Obesity"}}

    assert people(read(script({**block, "articleSection": "Obesity"}))) == []
    assert people(read(script({**block, "keywords": "sugar, obesity"}))) == []


def test_an_author_among_the_keywords_is_still_the_author() -> None:
    machine = read(metas(author="Bo Penn", keywords="rye, Bo Penn"))

    assert people(machine) == [("author", "Bo Penn")]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("Roe, Ada", "Ada Roe"),
        ("Roe, Ada, MD", "Ada Roe"),
        ("van der Roe, Ada B.", "Ada B. van der Roe"),
        ("Ada Roe, MD", "Ada Roe"),
        ("Ada Roe", "Ada Roe"),
    ],
)
def test_metas_of_libraries_write_the_surname_first(content: str, name: str) -> None:
    (author,) = read(metas(citation_author=content)).contributors

    assert author.name == name
    assert author.evidence[0].raw == content


def test_other_metas_do_not_turn_names_round() -> None:
    assert people(read(metas(author="Roe, MD"))) == [("author", "Roe")]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("medical-reviewer", "medical_reviewer"),
        ("medically.reviewed.by", "medical_reviewer"),
        ("article:reviewer", "reviewer"),
        ("sailthru.reviewer", "reviewer"),
        ("fact-checker", "fact_checker"),
        ("article_author_name", "author"),
    ],
)
def test_a_meta_is_understood_by_its_words(name: str, role: str) -> None:
    (person,) = read(f'<meta name="{name}" content="Ada Roe">').contributors

    assert (person.role, person.name) == (role, "Ada Roe")
    assert person.evidence[0].locator == f"meta[name='{name}']"


@pytest.mark.parametrize(
    "name", ["author_url", "reviewer-count", "twitter:creator", "product:reviewer", "authority"]
)
def test_a_meta_of_something_else_names_nobody(name: str) -> None:
    assert read(f'<meta name="{name}" content="Ada Roe">').contributors == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("review_date", "reviewed"),
        ("medical-review-date", "reviewed"),
        ("article:reviewed_time", "reviewed"),
        ("DC.Date.Reviewed", "reviewed"),
        ("next_review_date", "next_review_due"),
        ("cdc:last_published", "published"),
        ("date", "published"),
        ("page.modified.on", "modified"),
    ],
)
def test_a_date_meta_is_understood_by_its_words(name: str, kind: str) -> None:
    assert dates(read(f'<meta name="{name}" content="2022-05-15">')) == [(kind, "2022-05-15")]


@pytest.mark.parametrize("name", ["product:review_date", "expiry_date", "review_count", "updated"])
def test_other_dates_of_metas_are_left(name: str) -> None:
    assert dates(read(f'<meta name="{name}" content="2022-05-15">')) == []


@pytest.mark.parametrize("label", ["Written by", "Verfasst von", "Escrito por"])
def test_a_label_for_twitter_says_who_wrote(label: str) -> None:
    head = metas(twitter__label1=label, twitter__data1="Ada Roe")

    (author,) = read(head).contributors

    assert (author.role, author.name) == ("author", "Ada Roe")
    assert author.evidence[0].locator == "meta[name='twitter:data1']"


def test_a_reading_time_for_twitter_is_nobody() -> None:
    head = metas(twitter__label1="Est. reading time", twitter__data1="Ada Roe")

    assert read(head).contributors == ()


@pytest.mark.parametrize(
    "moment",
    [
        1652608800,
        1652608800000,
        "1652608800",
        "/Date(1652608800000)/",
        "/Date(1652608800000+0200)/",
    ],
)
def test_a_count_of_seconds_is_a_moment(moment: object) -> None:
    machine = read(script({"@type": "Article", "datePublished": moment}))

    assert dates(machine) == [("published", "2022-05-15T10:00:00Z")]


@pytest.mark.parametrize("number", [0, 5, True, 99999999999999, -1652608800, 1e400, 1e14, 86400])
def test_any_other_number_is_no_date(number: object) -> None:
    assert dates(read(script({"@type": "Article", "datePublished": number}))) == []


def test_each_detail_of_a_person_has_evidence_where_it_stands() -> None:
    machine = read(
        script(
            {
                "@graph": [
                    {"@type": "Article", "reviewedBy": {"@id": "#ada"}},
                    {
                        "@type": "Person",
                        "@id": "#ada",
                        "name": "Ada Roe",
                        "honorificSuffix": "M.D.",
                        "jobTitle": "Head Baker",
                        "affiliation": {"@type": "Organization", "name": "Rye Clinic"},
                        "worksFor": "Oat House",
                    },
                ]
            }
        )
    )

    (person,) = machine.contributors
    assert (person.job_title, person.affiliation) == ("Head Baker", "Rye Clinic")
    assert [(e.locator, e.raw) for e in person.evidence] == [
        ("jsonld/0#/@graph/0/reviewedBy", "Ada Roe"),
        ("jsonld/0#/@graph/1/honorificSuffix", "M.D."),
        ("jsonld/0#/@graph/1/jobTitle", "Head Baker"),
        ("jsonld/0#/@graph/1/affiliation", "Rye Clinic"),
    ]


def test_a_post_in_an_object_of_two_people_is_of_neither() -> None:
    author = {"@type": "Person", "name": "Ada Roe and Bo Penn", "jobTitle": "Head Baker"}

    machine = read(script({"@type": "Article", "author": author}))

    assert [(c.name, c.job_title) for c in machine.contributors] == [
        ("Ada Roe", None),
        ("Bo Penn", None),
    ]
