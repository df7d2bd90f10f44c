"""What stands beside a name: degrees at the end of a sentence, specialties, companies, sponsors."""

from __future__ import annotations

from typing import Any

import pytest

from articles.bylines.names import parse_people


@pytest.mark.parametrize(
    ("text", "credentials"),
    [
        ("Ada Roe, MD.", ("MD",)),
        ("Ada Roe, PharmD.", ("PharmD",)),
        ("Ada Roe, M.D.", ("M.D.",)),
        ("Ada Roe, MD, Ph.D.", ("MD", "Ph.D.")),
        ("dr. Sari Dewi, Sp.PD.", ("Sp.PD",)),
    ],
)
def test_the_full_stop_of_a_sentence_is_no_part_of_a_degree(
    text: str, credentials: tuple[str, ...]
) -> None:
    (person,) = parse_people(text)

    assert person.credentials == credentials


@pytest.mark.parametrize(
    ("text", "name", "prefix", "specialty"),
    [
        (
            "dr. Sari Dewi, Sp.PD · Penyakit Dalam",
            "Sari Dewi",
            "dr.",
            "Penyakit Dalam",
        ),
        (
            "Dr. med. Uwe Groß, Facharzt für Chirurgie",
            "Uwe Groß",
            "Dr. med.",
            "Facharzt für Chirurgie",
        ),
        ("ThS. BS. Trần Thị Mai · Nội khoa", "Trần Thị Mai", "ThS. BS.", "Nội khoa"),
        ("王小明 醫師 · 家庭醫學科", "王小明", None, "家庭醫學科"),
        ("王小明 心臟內科醫師", "王小明", None, "心臟內科醫師"),
    ],
)
def test_what_somebody_practises_is_no_second_person(
    text: str, name: str, prefix: str | None, specialty: str
) -> None:
    (person,) = parse_people(text)

    assert (person.name, person.prefix, person.specialty) == (name, prefix, specialty)


def test_words_that_no_table_knows_are_no_person_after_a_dot_behind_a_marked_name() -> None:
    (person,) = parse_people("Ada Roe, MD · Sleep Lab")

    assert person.name == "Ada Roe"


def test_a_dot_still_parts_two_people_with_degrees() -> None:
    names = [person.name for person in parse_people("Ada Roe, MD · Bo Penn, RD")]

    assert names == ["Ada Roe", "Bo Penn"]


@pytest.mark.parametrize("title", ["醫師", "藥師", "医師", "管理栄養士"])
def test_a_profession_behind_a_chinese_or_japanese_name_is_a_credential(title: str) -> None:
    (person,) = parse_people(f"王小明 {title}")

    assert (person.name, person.credentials, person.specialty) == ("王小明", (title,), None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rye Translations, Inc.", "Rye Translations, Inc."),
        ("Rye Translations, Inc..", "Rye Translations, Inc."),
        ("Rye & Wheat Media, LLC", "Rye & Wheat Media, LLC"),
        ("Roggen Verlag, GmbH", "Roggen Verlag, GmbH"),
    ],
)
def test_a_company_keeps_its_legal_form(text: str, name: str) -> None:
    (company,) = parse_people(text)

    assert (company.name, company.kind) == (name, "org")


def test_the_specialty_after_a_label_that_follows_the_name_is_no_name(read_page: Any) -> None:
    record = read_page(
        "<p><a>डॉ. सीता वर्मा</a> के द्वारा मेडिकली रिव्यूड · <span>सामान्य चिकित्सक</span></p>",
        language="hi",
    )

    (reviewer,) = record.contributors
    assert (reviewer.name, reviewer.prefix) == ("सीता वर्मा", "डॉ.")
    assert reviewer.specialty == "सामान्य चिकित्सक"


def test_a_label_behind_its_name_is_found_on_lines_of_their_own(read_page: Any) -> None:
    record = read_page(
        foot="<div><p>डॉ. सीता वर्मा</p><p>सामान्य चिकित्सक</p><p>के द्वारा मेडिकली रिव्यूड</p></div>",
        language="hi",
    )

    (reviewer,) = record.contributors
    assert (reviewer.role, reviewer.name) == ("medical_reviewer", "सीता वर्मा")
    assert reviewer.specialty == "सामान्य चिकित्सक"


def test_specialties_between_names_on_lines_of_their_own_go_to_the_name_above(
    read_page: Any,
) -> None:
    record = read_page(
        foot="<div><p>Ditinjau secara medis oleh</p><p>dr. Sari Dewi, Sp.X</p><p>Ilmu Roti</p>"
        "<p>dr. Budi Santoso</p><p>Dokter Umum</p></div>",
        language="id",
    )

    assert [(one.name, one.specialty) for one in record.contributors] == [
        ("Sari Dewi", "Ilmu Roti"),
        ("Budi Santoso", "Dokter Umum"),
    ]


def test_one_sentence_names_two_reviewers_their_network_and_a_team(read_page: Any) -> None:
    record = read_page(
        foot="<p>Updated by: Ada Roe, MD. Review provided by Rye Health Network. "
        "Also reviewed by the Wheat Editorial team.</p>",
    )

    found = {(one.role, one.name, one.kind, one.credentials) for one in record.contributors}
    assert found == {
        ("medical_reviewer", "Ada Roe", "person", ("MD",)),
        ("medical_reviewer", "Rye Health Network", "org", ()),
        ("medical_reviewer", "Wheat Editorial team", "team", ()),
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Sponsored by Acme Rye"),
        ("id", "Konten bersponsor dari Acme"),
        ("th", "สนับสนุนเนื้อหาโดย Acme"),
        ("fil", "Hatid sa inyo ng Acme"),
        ("hi", "Acme द्वारा प्रायोजित"),
        ("zh-Hant", "本文由Acme贊助刊登"),
        ("de", "Gesponsert von Acme"),
    ],
)
def test_a_badge_below_the_headline_that_names_a_sponsor_marks_the_page(
    read_page: Any, language: str, words: str
) -> None:
    record = read_page(
        f"<div class='sponsored-badge'><span>{words}</span></div>", language=language
    )

    assert record.sponsored is not None
    assert record.sponsored.raw == words


@pytest.mark.parametrize(
    "header",
    [
        "<div class='sponsor-slot'>Sponsored</div>",
        "<div class='sponsor-slot'>Sponsored by <a rel='sponsored nofollow'>Acme</a></div>",
        "<div class='ad-slot'>Sponsored by Acme</div>",
    ],
)
def test_the_label_of_an_advertisement_does_not_mark_the_page(read_page: Any, header: str) -> None:
    record = read_page(header)

    assert record.sponsored is None


@pytest.mark.parametrize(
    ("text", "name", "post", "specialty"),
    [
        ("Medical Director Ada Roe, MD", "Ada Roe", "Medical Director", None),
        ("Senior Health Editor Ada Roe", "Ada Roe", "Senior Health Editor", None),
        ("Consultant Dermatologist Dr Ada Roe", "Ada Roe", None, "Consultant Dermatologist"),
        ("Chief Medical Officer, Dr. Ada Roe", "Ada Roe", "Chief Medical Officer", None),
        ("General Practitioner | Ada Roe, MD", "Ada Roe", None, "General Practitioner"),
    ],
)
def test_a_post_before_a_name_is_told_from_it(
    text: str, name: str, post: str | None, specialty: str | None
) -> None:
    (person,) = parse_people(text)

    assert (person.name, person.job_title, person.specialty) == (name, post, specialty)


def test_two_people_with_their_posts_before_them_are_two() -> None:
    people = parse_people("Health Reporter Bo Penn and Staff Writer Cy Fox")

    assert [(one.name, one.job_title) for one in people] == [
        ("Bo Penn", "Health Reporter"),
        ("Cy Fox", "Staff Writer"),
    ]


def test_a_name_that_is_printed_twice_is_one_name() -> None:
    (person,) = parse_people("Ada Roe Ada Roe")

    assert person.name == "Ada Roe"


def test_a_reviewer_named_as_such_by_the_markup_counts_in_a_footer(read_page: Any) -> None:
    record = read_page(
        outside="<footer class='tool-footer'><a href='#s'>Sources</a>"
        "<span class='reviewer-info'>Reviewed by <a href='/p/1'>Ada Roe, MD</a>"
        " on May 15, 2022</span></footer>",
    )

    assert [(one.role, one.name) for one in record.contributors] == [("reviewer", "Ada Roe")]
    assert [(date.kind, date.value) for date in record.dates] == [("reviewed", "2022-05-15")]


@pytest.mark.parametrize(
    "outside",
    [
        "<footer class='tool-footer'><span>Reviewed by Ada Roe, MD</span></footer>",
        "<nav><span class='reviewer-info'>Reviewed by Ada Roe, MD</span></nav>",
        "<div class='related'><span class='reviewer-info'>Reviewed by Ada Roe, MD</span></div>",
    ],
)
def test_a_reviewer_counts_in_no_menu_no_card_and_no_plain_footer(
    read_page: Any, outside: str
) -> None:
    record = read_page(outside=outside)

    assert record.contributors == ()
