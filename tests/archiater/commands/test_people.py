from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from articles.record import Contributor, Evidence

Library = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]


def credited(name: str, *credentials: str, role: Any = "medical_reviewer", **more: Any) -> Any:
    return (Contributor(role=role, name=name, credentials=credentials, **more),)


@pytest.fixture
def roes(library: Library) -> Path:
    """Jane Roe of two sites with one profession, a namesake with another, and somebody else."""
    evidence = Evidence(
        source="byline", locator="p", raw="Reviewed by Jane Roe, MD", rule="label", confidence=0.9
    )
    return library(
        {"site": "a.org", "contributors": credited("Jane Roe", "MD", evidence=(evidence,))},
        {"site": "a.org", "contributors": credited("Dr. Jane Roe", "MD", role="author")},
        {"site": "b.org", "contributors": credited("Jane Roe", "MD")},
        {"site": "c.org", "contributors": credited("Jane Roe", "RD")},
        {"site": "a.org", "contributors": credited("Bo Penn", role="author")},
    )


def test_people_are_listed_those_of_most_articles_first(roes: Path, run_command: Run) -> None:
    code, out, _ = run_command(roes, "people")

    assert code == 0
    header, *rows = [line.split("\t") for line in out.splitlines()]
    assert header == ["id", "name", "articles", "roles", "sites", "credentials", "also as"]
    assert rows[0] == [
        *("1", "Jane Roe", "3", "medical reviewer 2, author 1"),
        *("a.org, b.org", "MD", "Dr. Jane Roe"),
    ]
    assert [row[1] for row in rows[1:]] == ["Bo Penn", "Jane Roe"]


def test_one_person_is_shown_with_spellings_merges_candidates_and_evidence(
    roes: Path, run_command: Run
) -> None:
    code, out, _ = run_command(roes, "people", "1")

    assert code == 0
    assert "Dr. Jane Roe  once on a.org, en, 2026-01-01 to 2026-01-01" in out
    assert "same name, both physician (fair)" in out
    assert "MD against RD" in out
    assert "byline: Reviewed by Jane Roe, MD" in out
    assert "medical reviewer  2024-06-09  Article 1" in out


def test_a_name_that_leads_to_one_person_shows_that_person(roes: Path, run_command: Run) -> None:
    _, out, _ = run_command(roes, "people", "penn")

    assert out.startswith("Bo Penn  ")


def test_filters_and_roles_choose_whom_to_list(roes: Path, run_command: Run) -> None:
    _, out, _ = run_command(
        roes, "people", "--site", "a.org", "--role", "author", "--kind", "person", "--json"
    )

    people = json.loads(out)["people"]
    assert {person["name"] for person in people} == {"Jane Roe", "Bo Penn"}


def test_candidates_say_what_is_alike_and_what_is_not(roes: Path, run_command: Run) -> None:
    _, out, _ = run_command(roes, "people", "candidates", "--json")

    found = json.loads(out)
    assert found["total"] == 2
    assert {link["reason"] for link in found["candidates"]} == {"same name"}
    assert {link["against"] for link in found["candidates"]} == {"MD against RD"}


def test_two_are_merged_and_parted_by_hand(roes: Path, run_command: Run) -> None:
    _, merged, _ = run_command(roes, "people", "merge", "1", "3")
    _, listed, _ = run_command(roes, "people", "3")
    _, parted, _ = run_command(roes, "people", "part", "1", "3")
    _, again, _ = run_command(roes, "people", "--json")

    assert merged == "1 and 3 are one person now, 1\n"
    assert "said by `people merge` (decided)" in listed
    assert parted == "1 and 3 are two persons now\n"
    assert [(p["id"], p["articles"]) for p in json.loads(again)["people"]] == [
        (1, 3),
        (4, 1),
        (3, 1),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("999",), "no person 999"),
        (("merge", "1", "2"), "one person already"),
        (("merge", "1", "999"), "no person 999"),
        (("part", "1", "1"), "cannot be parted from itself"),
        (("merge", "1"), "OTHER"),
        (("--role", "baker"), "baker"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    roes: Path, run_command: Run, arguments: tuple[str, ...], said: str
) -> None:
    run_command(roes, "people")

    code, out, err = run_command(roes, "people", *arguments)

    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_nobody_found_is_no_error(roes: Path, run_command: Run) -> None:
    assert run_command(roes, "people", "zzz")[:2] == (0, "nobody found\n")


def test_a_hostile_name_does_not_steer_the_terminal(library: Library, run_command: Run) -> None:
    path = library({"contributors": credited("Jane \x1b[31mRoe\x9b2J Roe", specialty="\x1b]0;x")})

    for arguments in (("people",), ("people", "1"), ("people", "1", "--json")):
        _, out, _ = run_command(path, *arguments)
        assert "\x1b" not in out
        assert "\x9b" not in out


def test_help_has_examples(roes: Path, run_command: Run) -> None:
    for name in ((), ("find",), ("candidates",), ("merge",), ("part",)):
        code, out, _ = run_command(roes, "people", *name, "--help")
        assert code == 0
        assert "archiater people" in out
