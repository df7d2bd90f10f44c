from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from archiater.commands import export as export_command
from archive.exporting.exporting import FORMATS
from archive.exporting.selection import USES
from articles.record import Rights

Library = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]


def test_the_command_offers_what_the_archive_can_export() -> None:
    """It names them itself, so that `--help` need not import the archive."""
    assert export_command._FORMATS == FORMATS
    assert export_command._USES == USES


def test_each_format_holds_the_articles(library: Library, run_command: Run, tmp_path: Path) -> None:
    path = library({"title": "One"}, {"title": "Two"})

    for format_name in ("jsonl", "csv", "parquet"):
        out = tmp_path / f"articles.{format_name}"
        code, printed, err = run_command(path, "export", format_name, str(out))
        assert (code, printed) == (0, "")
        assert err.startswith("2 articles, ")

    lines = (tmp_path / "articles.jsonl").read_text("utf-8").splitlines()
    with (tmp_path / "articles.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    table = pq.read_table(tmp_path / "articles.parquet")
    assert [json.loads(line)["title"] for line in lines] == ["One", "Two"]
    assert [row["title"] for row in rows] == ["One", "Two"]
    assert table["title"].to_pylist() == ["One", "Two"]


def test_a_dash_is_standard_output(library: Library, run_command: Run) -> None:
    path = library({"title": "Một"})

    code, out, err = run_command(path, "export", "jsonl", "-")

    assert code == 0
    assert json.loads(out)["title"] == "Một"
    assert err.startswith("1 articles, ")


def test_filters_and_query_choose_as_in_a_search(library: Library, run_command: Run) -> None:
    path = library(
        {"title": "One", "text": "Fever."},
        {"title": "Two", "text": "Fever.", "site": "b.org"},
        {"title": "Three", "text": "Cough.", "site": "b.org"},
    )
    _, out, _ = run_command(
        path, "export", "csv", "-", "--query", "fever", "--site", "b.org", "--reviewer", "rhea"
    )

    assert [row["title"] for row in csv.DictReader(out.splitlines())] == ["Two"]


def test_what_its_page_forbids_is_left_out_and_told(
    library: Library, run_command: Run, tmp_path: Path
) -> None:
    path = library(
        {"rights": Rights(resolved=(("train", "allow"),))},
        {"rights": Rights(resolved=(("train", "disallow"),))},
        {},
    )

    code, out, err = run_command(
        path, "export", "jsonl", str(tmp_path / "a"), "--use", "train", "--json"
    )

    manifest = json.loads(out)
    assert (code, err) == (0, "")
    assert manifest["articles"] == 1
    assert manifest["left_out"] == {"disallowed": 1, "unknown": 1}

    _, _, err = run_command(path, "export", "jsonl", str(tmp_path / "b"), "--use", "train")

    assert "1 left out: their pages forbid to train them" in err
    assert "1 left out: their pages do not permit to train them" in err


def test_an_existing_file_is_kept_unless_force_is_given(
    library: Library, run_command: Run, tmp_path: Path
) -> None:
    path, out = library({}), tmp_path / "a.csv"
    out.write_text("precious")

    code, _, err = run_command(path, "export", "csv", str(out))

    assert (code, err.count("\n")) == (2, 1)
    assert "exists already; choose another name or give --force" in err
    assert out.read_text() == "precious"
    assert run_command(path, "export", "csv", str(out), "--force")[0] == 0
    assert out.read_text("utf-8").startswith("url,")


@pytest.mark.parametrize(
    "arguments",
    [
        ["jsonl", "-", "--json"],
        ["jsonl", "-", "--manifest"],
        ["parquet", "-"],
        ["xml", "a.xml"],
        ["csv", "nowhere/at/all.csv"],
        ["csv", "a.csv", "--reviewed-after", "x"],
    ],
)
def test_what_cannot_be_written_is_refused_at_once(
    library: Library,
    run_command: Run,
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = library({})
    monkeypatch.chdir(tmp_path)

    code, out, err = run_command(path, "export", *arguments)

    assert (code, out) == (2, "")
    assert err
    assert [entry.name for entry in tmp_path.iterdir()] == ["library"]
