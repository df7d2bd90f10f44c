"""A byline at the head and again in a foot block over several lines; lists of reviewers."""

# ruff: noqa: E501 (pages in one piece: a row stays a line)

from __future__ import annotations

from typing import Any

SEED_HEADER = """
<div class="byline"><div>Medically reviewed by <a href="/doctor/jv">Janie-Vi Villamor Ismael-Gorospe, MD</a>
 · General Practitioner</div><hr><div>Written by <a>Fred Layno</a> · Updated May 15, 2022</div></div>
"""
SEED_FOOT = """
<div class="related"><h2>You might also like</h2><ul>
<li><a href="/a"><h3>Rye at night</h3></a><p>Medically reviewed by Ada Roe, MD · Updated May 1, 2021</p></li>
<li><a href="/b"><h3>Oats by day</h3></a><p>Medically reviewed by Bo Penn, MD</p></li></ul></div>
<div class="foot"><div>Medically reviewed by</div><div>Janie-Vi Villamor Ismael-Gorospe, MD</div>
<div>General Practitioner</div><div>Written by Fred Layno · Updated May 15, 2022</div></div>
"""


def test_a_byline_printed_at_head_and_foot_with_cards_between_names_one_reviewer(
    read_page: Any,
) -> None:
    record = read_page(SEED_HEADER, foot=SEED_FOOT)

    reviewer, author = sorted(record.contributors, key=lambda c: c.role, reverse=True)
    assert (reviewer.role, reviewer.name) == (
        "medical_reviewer",
        "Janie-Vi Villamor Ismael-Gorospe",
    )
    assert reviewer.credentials == ("MD",)
    assert reviewer.specialty == "General Practitioner"
    assert reviewer.profile_url == "https://bread.example/doctor/jv"
    assert (author.role, author.name) == ("author", "Fred Layno")
    assert [(d.kind, d.value) for d in record.dates] == [("modified", "2022-05-15")]
    assert record.review.status == "named"


def test_the_lines_of_the_seed_byline_are_told_to_the_text_side(read_page: Any) -> None:
    record = read_page(SEED_HEADER, foot=SEED_FOOT)

    assert {
        "Medically reviewed by",
        "Janie-Vi Villamor Ismael-Gorospe, MD",
        "General Practitioner",
        "Written by Fred Layno · Updated May 15, 2022",
    } <= record.byline_texts
    assert not any("Ada Roe" in text for text in record.byline_texts)


def test_every_person_has_evidence_that_quotes_the_page(read_page: Any) -> None:
    record = read_page(SEED_HEADER, foot=SEED_FOOT)

    for person in record.contributors:
        assert person.evidence
        assert all(person.name in evidence.raw for evidence in person.evidence)
        assert all(evidence.locator for evidence in person.evidence)


def test_each_reviewer_of_a_list_is_quoted_from_the_line_that_names_them(read_page: Any) -> None:
    lines = "".join(f"<p>{name}, M.D., Rye School</p>" for name in ("Ada Roe", "Bo Penn", "Cy Fox"))

    record = read_page(foot=f"<div><p>Thanks for the medical review by:</p>{lines}</div>")

    assert [(c.name, c.evidence[0].raw) for c in record.contributors] == [
        ("Ada Roe", "Ada Roe, M.D., Rye School"),
        ("Bo Penn", "Bo Penn, M.D., Rye School"),
        ("Cy Fox", "Cy Fox, M.D., Rye School"),
    ]


def test_a_name_far_into_a_long_line_is_still_quoted(read_page: Any) -> None:
    posts = ", ".join(f"Professor of Bread {n}" for n in range(30))
    line = f"Updated by: Ada Roe, MD, {posts}. Also reviewed by Bo Penn, MD."

    record = read_page(foot=f"<p>{line[:380]}. Also reviewed by Bo Penn, MD, Cy Fox, MD</p>")

    assert {c.name for c in record.contributors} == {"Ada Roe", "Bo Penn", "Cy Fox"}
    assert all(c.name in c.evidence[0].raw for c in record.contributors)


def test_the_text_of_a_byline_is_folded_as_the_text_of_a_block_is(read_page: Any) -> None:
    record = read_page(
        "<div>Written by <b>Bo Penn</b><i>&nbsp;</i><i> &nbsp;</i> Updated May 15, 2022&nbsp;</div>"
    )

    assert record.byline_texts == {"Written by Bo Penn Updated May 15, 2022"}
