from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archiater.commands import search as search_command
from archive.collection import Collection
from archive.searching.searching import SORTS
from articles.record import StatedDate

Library = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]

HOSTILE = "Fever \x1b]0;owned\x07\x1b[31m\u202e\x9b2J dose"


def test_the_command_offers_every_way_to_sort() -> None:
    assert search_command._SORTS == SORTS


def test_a_hit_is_shown_with_its_facts(library: Library, run_command: Run) -> None:
    path = library(
        {"title": "Flu", "text": "A fever and a cough."}, {"text": "Nothing of the kind."}
    )

    code, out, err = run_command(path, "search", "fever", "cough")

    assert (code, err) == (0, "")
    lines = [line.strip() for line in out.splitlines()]
    assert "1 article, 1 to 1" in lines
    assert "1. Flu" in lines
    assert "https://example.org/1" in lines
    assert "example.org · en · reviewed 2024-06-09 by Rhea Viewer" in lines
    assert "A fever and a cough." in lines


def test_words_are_highlighted_on_a_terminal(
    library: Library, run_command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = library({"title": "Fever", "text": "A fever and a cough."})
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)

    _, out, _ = run_command(path, "search", "fever")

    assert "A \x1b[1;33mfever\x1b[0m and a cough." in out
    assert "\x1b[1;33mFever\x1b[0m" in out


def test_control_sequences_of_a_page_do_not_reach_the_terminal(
    library: Library, run_command: Run
) -> None:
    path = library({"title": HOSTILE, "text": HOSTILE, "language": "en\x1b[31m", "site": "a\x07b"})

    _, out, _ = run_command(path, "search", "dose")

    assert "1. Fever \\x1b]0;owned\\x07\\x1b[31m\\u202e\\x9b2J dose" in out
    assert not any(ord(character) < 32 and character != "\n" for character in out)
    assert "\u202e" not in out
    assert "\x9b" not in out


def test_json_gives_everything_with_marks_as_offsets(library: Library, run_command: Run) -> None:
    path = library(
        {"title": "Flu", "text": "A fever."}, {"title": "Heat", "text": "Fever.", "site": "b.org"}
    )

    code, out, _ = run_command(path, "search", "fever", "--json", "--limit", "1")

    found = json.loads(out)
    assert code == 0
    assert (found["query"], found["total"], found["page"], found["limit"]) == ("fever", 2, 1, 1)
    assert found["facets"]["sites"] == [
        {"value": "b.org", "articles": 1},
        {"value": "example.org", "articles": 1},
    ]
    (hit,) = found["hits"]
    assert hit["title"] == "Heat"
    assert hit["snippet"] == {"text": "Fever.", "marks": [[0, 5]]}
    assert hit["reviewers"] == ["Rhea Viewer"]


def test_pages_follow_each_other(library: Library, run_command: Run) -> None:
    path = library(*({"title": f"Water {number}"} for number in range(5)))

    _, first, _ = run_command(path, "search", "water", "--limit", "2")
    _, third, _ = run_command(path, "search", "water", "--limit", "2", "--page", "3")
    _, fourth, _ = run_command(path, "search", "water", "--limit", "2", "--page", "4")

    assert "5 articles, 1 to 2" in first
    assert "there are 3 pages; next: --page 2" in first
    assert "5 articles, 5 to 5" in third
    assert "next" not in third
    assert "no page 4; there are 3 pages" in fourth


@pytest.mark.parametrize(
    ("arguments", "titles"),
    [
        (["water", "-milk"], ["One"]),
        (["-milk"], ["One"]),
        (["water -milk"], ["One"]),
        (["--", "-milk"], ["One"]),
        (["-heart"], ["Two", "One"]),
        (["vitamin C?"], []),
        (["?!"], []),
        (['"water', "--language", "en"], ["One", "Two"]),
        (["--reviewer", "viewer", "--status", "named", "--since", "2026"], ["Two", "One"]),
        (["--site", "b.org", "--site", "c.org"], ["Two"]),
        (["--reviewed-before", "2024"], ["Two"]),
        (["--reviewed-after", "2024-06-09"], ["One"]),
        (["--sort", "oldest-review"], ["Two", "One"]),
        (["--author", "nobody"], []),
    ],
)
def test_what_is_typed_chooses(
    library: Library, run_command: Run, arguments: list[str], titles: list[str]
) -> None:
    old = StatedDate(kind="reviewed", value="2011", precision="year", raw="2011")
    new = StatedDate(kind="modified", value="2025", precision="year", raw="2025")
    path = library(
        {"title": "One", "text": "Water."},
        {"title": "Two", "text": "Water and milk.", "site": "b.org", "dates": (old, new)},
    )

    code, out, _ = run_command(path, "search", "--json", *arguments)

    assert code == 0
    assert [hit["title"] for hit in json.loads(out)["hits"]] == titles


def test_a_misspelt_option_is_no_word_of_the_query(library: Library, run_command: Run) -> None:
    code, _, err = run_command(library({}), "search", "water", "--limt", "3")

    assert code == 2
    assert "No such option '--limt'" in err.replace(":", "")
    assert "--limit" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--reviewed-after", "soon"], "archiater: reviewed-after: 'soon' is no date; write 2024,"),
        (["--language", "%"], "archiater: language: '%' is no language tag"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_one_line(
    library: Library, run_command: Run, arguments: list[str], said: str
) -> None:
    code, _, err = run_command(library({}), "search", *arguments)

    assert code == 2
    assert err.startswith(said)
    assert err.count("\n") == 1


def test_a_site_that_is_not_there_is_named_with_those_that_are(
    library: Library, run_command: Run
) -> None:
    code, out, err = run_command(library({}), "search", "--site", "exmaple.org")

    assert (code, out) == (0, "nothing found\n")
    assert err == "no article of site 'exmaple.org'; there are: example.org\n"


def test_articles_that_wait_are_indexed_on_the_way(library: Library, run_command: Run) -> None:
    path = library({"text": "Water."})

    _, out, err = run_command(path, "search", "water")

    assert "1 article," in out
    assert err == ""
    with Collection.open(path, read_only=True) as collection:
        assert collection.connection.execute("select * from search_queue").fetchall() == []


def test_while_another_process_writes_the_search_works_and_says_what_may_be_missing(
    library: Library, run_command: Run
) -> None:
    path = library({"title": "Water"})

    with Collection.open(path) as busy, busy.transaction():
        code, out, err = run_command(path, "search", "water")

    assert (code, out) == (0, "nothing found\n")
    assert err == "not indexed yet, so perhaps missing: 1 articles\n"
