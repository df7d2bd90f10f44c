"""The text benchmark from end to end, on pages of our own and without any peer."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.text import __main__ as text_benchmark
from benchmarks.text.answering import decoded
from benchmarks.text.gold_pages import NoGoldPages, load
from benchmarks.text.tools import ROOT, Child, Tool, peer_tools

PARAGRAPHS = (
    "Fever is a rise of the body's temperature, and most often a sign that it fights an infection.",
    "Adults should rest, drink enough, and see a doctor when the fever lasts for three days.",
    "Small children can lose water fast, so watch them closely and ask for help early.",
)
MENU = '<nav><ul><li><a href="/a">Conditions</a></li><li><a href="/b">Medicines</a></li></ul></nav>'


def a_folder(folder: Path, *slices: str) -> Path:
    """A page for each slice, with its paragraphs as the gold text."""
    (folder / "pages").mkdir()
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<html><head><title>Fever</title></head><body>{MENU}<article><h1>Fever</h1>{body}"
    rows = []
    for number, name in enumerate(slices):
        (folder / "pages" / f"{number}.html.gz").write_bytes(gzip.compress(page.encode()))
        rows.append({"id": str(number), "slice": name, "text": "\n\n".join(PARAGRAPHS)})
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "gold.jsonl").write_text(lines, encoding="utf-8")
    return folder


def run(*options: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.text", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_a_page_that_is_read_rightly_scores_one(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "health", "news")

    done = run(folder, "--json", "--rounds", "1", "--slice", "health", "--without-peers")

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found["slices"]) == ["health"]
    text, record = found["slices"]["health"]
    assert (text["tool"], record["tool"]) == ("archiater", "archiater, whole record")
    assert text["score"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert (text["wrong"], text["empty"], text["failed"]) == (0, 0, 0)
    assert text["parses"] > 0
    assert text["peak_kib"] > 1024
    assert found["pages"] == [
        {"id": "0", "slice": "health", "f1": {"archiater": 1.0, "archiater, whole record": 1.0}}
    ]


def test_the_tables_of_the_readme_are_markdown(tmp_path: Path) -> None:
    done = run(a_folder(tmp_path, "health"), "--markdown", "--rounds", "1", "--without-peers")

    head, rule, first, *_ = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert head.startswith("| extractor | F1 | ± |")
    assert head.count("|") == rule.count("|") == first.count("|")
    assert first.startswith("| archiater | 1.000 |")


def test_the_tables_go_between_the_markers_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("a\n<!-- benchmarks.text -->\nold\n<!-- /benchmarks.text -->\nb\n", "utf-8")

    done = run(*(a_folder(tmp_path, "health"), "--into", page, "--rounds", "1", "--without-peers"))

    assert done.returncode == 0, done.stderr
    lines = page.read_text("utf-8").splitlines()
    assert (lines[:2], lines[-2:]) == (
        ["a", "<!-- benchmarks.text -->"],
        ["<!-- /benchmarks.text -->", "b"],
    )
    assert "health, pages: 1" in lines
    assert "old" not in lines


def test_a_page_without_markers_is_said_before_anything_is_measured(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("no place\n", "utf-8")

    done = run(a_folder(tmp_path, "health"), "--into", page)

    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert "benchmarks.text" in line
    assert page.read_text("utf-8") == "no place\n"


def test_the_curve_of_confidence_asks_archiater_alone(tmp_path: Path) -> None:
    done = run(a_folder(tmp_path, *(["health"] * 10)), "--confidence")

    assert done.returncode == 0, done.stderr
    assert "peers" not in done.stderr
    assert done.stdout.splitlines()[0].split()[:2] == ["confidence", "pages"]
    # All ten have the same confidence, and none of them is poor.
    assert done.stdout.splitlines()[1].split()[-4:] == ["10", "1.000", "0", "0"]


def test_a_folder_without_gold_texts_is_one_line(tmp_path: Path) -> None:
    done = run(tmp_path)

    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert "gold.jsonl" in line


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"id": "0", "slice": "health", "text": "- -"}', "no words in the text of '0'"),
        ('{"id": "9", "slice": "health", "text": "Rest."}', "no page .*9.html.gz"),
        ('{"id": "0", "text": "Rest."}', "'slice'"),
        ("{", "expected objects"),
    ],
    ids=["no words", "no page", "no slice", "no JSON"],
)
def test_a_line_that_is_no_gold_page_is_said(tmp_path: Path, line: str, problem: str) -> None:
    folder = a_folder(tmp_path, "health")
    (folder / "gold.jsonl").write_text(line, encoding="utf-8")

    with pytest.raises(NoGoldPages, match=problem):
        load(folder)


def test_without_their_environment_there_are_no_peers(tmp_path: Path) -> None:
    assert list(peer_tools(tmp_path / ".peers")) == []


def test_a_peer_that_is_missing_is_one_line_that_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed = Tool(name="resiliparse", command=())
    monkeypatch.setattr(text_benchmark, "peer_tools", lambda: iter([installed]))

    found = text_benchmark.tools(with_peers=True)

    assert installed in found
    [line] = capsys.readouterr().err.splitlines()
    assert "readability-lxml, trafilatura" in line
    assert "make peers" in line


def test_a_peer_is_known_by_its_module(tmp_path: Path) -> None:
    package = tmp_path / "lib" / "python3.11" / "site-packages" / "resiliparse"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()

    [tool] = peer_tools(tmp_path)

    assert tool.name == "resiliparse"
    assert tool.command[0] == str(tmp_path / "bin" / "python")


def test_a_tool_that_dies_has_no_text_and_is_asked_again(tmp_path: Path) -> None:
    program = """
import json, sys
for line in sys.stdin:
    if "deadly" in line:
        sys.exit(1)
    print(json.dumps({"text": line.strip()}), flush=True)
"""
    child = Child(Tool(name="frail", command=(sys.executable, "-c", program)), timeout_s=60)
    try:
        answers = [child.ask(tmp_path / name) for name in ("one", "deadly", "two")]
    finally:
        child.close()

    assert [answer["text"] for answer in answers] == [f"{tmp_path}/one", "", f"{tmp_path}/two"]
    assert "error" in answers[1]


def test_a_tool_that_hangs_is_ended() -> None:
    # Reads on for ever.
    tool = Tool(name="slow", command=(sys.executable, "-c", "import sys; sys.stdin.read()"))
    child = Child(tool, timeout_s=0.1)

    answer = child.ask(Path("page"))

    child.close()
    assert answer == {"text": "", "error": "no answer within 0.1 s"}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("\ufefffièvre".encode(), "fièvre"),
        ("<meta charset='iso-8859-2'>gorączka".encode("iso-8859-2"), "gorączka"),
        ("<meta charset='no-such'>fièvre".encode("cp1252"), "fièvre"),
        ("fièvre".encode("cp1252"), "fièvre"),
    ],
    ids=["byte order mark", "declared", "declared wrongly", "not declared"],
)
def test_peers_that_take_no_bytes_get_the_right_characters(body: bytes, text: str) -> None:
    assert decoded(body).endswith(text)


def test_a_sample_is_the_same_each_time_and_in_order(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, *(["health"] * 9))

    chosen = [page.id for page in load(folder, limit=4)]

    assert chosen == sorted(chosen)
    assert len(chosen) == 4
    assert [page.id for page in load(folder, limit=4)] == chosen


def test_a_slice_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoGoldPages, match="no page of slice 'news'"):
        load(a_folder(tmp_path, "health"), only="news")
