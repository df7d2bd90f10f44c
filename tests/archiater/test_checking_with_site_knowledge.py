"""`archiater sites check` where the collection knows what stands on the site's other pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archiater.command_line import run
from archive.collection import Collection
from archive.site_counts import make_current
from articles.fingerprint import block_key
from articles.site_knowledge import SiteKnowledge

Run = Callable[..., tuple[int, str, str]]

ADDRESS = "https://example.org/1"
TEXT = (
    "A cough clears the airways, and most coughs go away on their own three weeks after a cold.",
    "Honey in warm water soothes the throat of those who are older than one year, before bedtime.",
    "See a doctor when you cough up blood, when breathing hurts, or when you lose weight quickly.",
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page with two lines that may stand on others of its site."""
    lines = (TEXT[0], "Kliniknummer", TEXT[1], "Ratgeber", TEXT[2])
    path = tmp_path / "page.html"
    path.write_text(
        "<html lang=en><title>Coughing</title><main><h1>Coughing</h1>"
        "<p>By Ana Reyes</p><div class=story-text>"
        + "".join(f"<p>{line}</p>" for line in lines)
        + "</div></main></html>",
        encoding="utf-8",
    )
    return path


def know(home: Path, **counts: int) -> SiteKnowledge:
    """Let the collection know of example.org in how many of 40 texts a word stands as a block."""
    knowledge = SiteKnowledge(
        texts=40, counts={block_key(word): count for word, count in counts.items()}
    )
    with Collection.open(home) as collection, collection.transaction() as connection:
        make_current(connection, "example.org", knowledge, changes=0)
    return knowledge


def checked(archiater: Run, page: Path, *options: str) -> tuple[int, str]:
    code, out, _ = archiater("sites", "check", ADDRESS, "--file", page, *options)
    return code, out


def test_the_template_of_the_site_is_shown_with_its_counts(
    archiater: Run, page: Path, home: Path
) -> None:
    know(home, kliniknummer=31, ratgeber=9)

    _, out = checked(archiater, page)

    lines = out.splitlines()
    assert "known of the site\t2 blocks that stand in several of its 40 texts" in lines
    [gone] = [line for line in lines if "Kliniknummer" in line]
    [kept] = [line for line in lines if "Ratgeber" in line]
    assert gone.startswith("-")
    assert "site template" in gone
    assert gone.endswith("  stands in 31 of 40 texts of the site")
    assert kept.startswith("+")
    assert kept.endswith("  in 9 of 40 texts of the site")


def test_json_holds_what_is_known_of_the_site_and_the_counts(
    archiater: Run, page: Path, home: Path
) -> None:
    knowledge = know(home, kliniknummer=31)

    _, out = checked(archiater, page, "--json")

    found = json.loads(out)
    explained = found["pages"][0]["explanation"]
    counts = {block["text"]: block["stands_in"] for block in explained["blocks"]}
    assert found["site_knowledge"] == {"digest": knowledge.digest(), "texts": 40, "blocks": 1}
    assert (explained["site_texts"], counts["Kliniknummer"], counts["Ratgeber"]) == (40, 31, None)


def test_what_is_known_of_the_site_can_be_left_aside(
    archiater: Run, page: Path, home: Path
) -> None:
    know(home, kliniknummer=31)

    _, out = checked(archiater, page, "--no-site-knowledge")
    _, as_json = checked(archiater, page, "--no-site-knowledge", "--json")

    assert "known of the site\tleft aside (--no-site-knowledge)" in out
    assert [line for line in out.splitlines() if line.startswith("+") and "Kliniknummer" in line]
    assert json.loads(as_json)["site_knowledge"] is None


def test_a_collection_that_knows_nothing_of_the_site_says_so(archiater: Run, page: Path) -> None:
    _, out = checked(archiater, page)

    assert "known of the site\tnothing yet; its pages in the collection tell too little" in out


def test_without_a_collection_pages_are_checked_all_the_same(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["-C", str(tmp_path / "none"), "sites", "check", ADDRESS,
                "--file", str(page)])  # fmt: skip

    out = capsys.readouterr().out
    assert code == 0
    assert f"known of the site\tnothing; {tmp_path / 'none'}: no collection here" in out
    assert "Honey" in out
    assert not (tmp_path / "none").exists()


def test_a_database_of_a_newer_archiater_is_one_line_and_can_be_left_aside(
    archiater: Run, page: Path, home: Path
) -> None:
    with Collection.open(home) as collection:
        collection.connection.execute("pragma user_version = 999")
    words = ("sites", "check", ADDRESS, "--file", page)

    code, _, err = archiater(*words)
    without, _, _ = archiater(*words, "--no-site-knowledge")

    assert (code, err.count("\n")) == (2, 1)
    assert "schema version 999" in err
    assert without == 0


def test_a_collection_of_before_sites_were_counted_is_read(
    archiater: Run, page: Path, home: Path
) -> None:
    with Collection.open(home) as collection:
        collection.connection.execute("drop table site_knowledge")

    code, out = checked(archiater, page)

    assert code == 0
    assert "known of the site\tnothing yet" in out


def test_proposals_are_tried_with_what_is_known_of_the_site(
    archiater: Run, page: Path, home: Path
) -> None:
    know(home, kliniknummer=31)

    _, out = checked(archiater, page, "--json")

    found = json.loads(out)
    assert "Kliniknummer" not in found["pages"][0]["record"]["text"]
    assert [proposal["selector"] for proposal in found["proposals"]] == [".story-text"]
