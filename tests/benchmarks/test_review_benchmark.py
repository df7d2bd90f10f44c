"""The benchmark of people and dates from end to end, on two pages of our own without any peer."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.review import __main__ as review_benchmark
from benchmarks.review.gold_pages import GoldPage, load
from benchmarks.review.scoring import CREDENTIALS, FIELDS, Score, scores_of
from benchmarks.text.tools import ROOT, Child, Tool

PARAGRAPHS = (
    "Fever is a rise of the body's temperature, and most often a sign that it fights an infection.",
    "Adults should rest, drink enough, and see a doctor when the fever lasts for three days.",
    "Small children can lose water fast, so watch them closely and ask for help early.",
)
BYLINE = (
    "<p>By Ada Roe</p><p>Medically reviewed by Ben Moss, MD, PhD on 9 June 2024</p>"
    "<p>Published 3 May 2021</p>"
)
SHOWS_NOTHING: dict[str, Any] = {
    "url": "",
    "labelled": True,
    "authors": [],
    "reviewers": [],
    "date_published": None,
    "date_modified": None,
    "date_reviewed": None,
}
SHOWS_BYLINE = {
    **SHOWS_NOTHING,
    "url": "https://health.example/fever",
    "authors": [{"name": "Ada Roe", "credentials": None}],
    "reviewers": [{"name": "Ben Moss", "credentials": ["MD", "PhD"]}],
    "date_published": "2021-05-03",
    "date_reviewed": "2024-06-09",
}


def a_folder(folder: Path, *rows: dict[str, Any], byline: str = BYLINE) -> Path:
    """A page for each row, the first with the byline, the others without."""
    (folder / "pages" / "health.example").mkdir(parents=True)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    lines = ""
    for number, row in enumerate(rows):
        page_id = f"health.example/{number}"
        head = "" if number else byline
        page = f"<title>Fever</title><article><h1>Fever</h1>{head}{body}</article>"
        (folder / "pages" / f"{page_id}.html.gz").write_bytes(gzip.compress(page.encode()))
        lines += json.dumps({"id": page_id, **row}) + "\n"
    (folder / "gold.jsonl").write_text(lines, encoding="utf-8")
    return folder


def run(*options: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.review", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_what_a_page_shows_and_no_more_scores_one(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, SHOWS_BYLINE, SHOWS_NOTHING)

    done = run(folder, "--without-peers")

    assert done.returncode == 0, done.stderr
    title, _, heads, *rows = done.stdout.splitlines()
    assert title.startswith("pages: 2;")
    assert heads.split() == ["shown", "archiater"]
    assert [row.split() for row in rows] == [
        ["authors", "1", "1.000", "1.000", "1.000"],
        ["reviewers", "1", "1.000", "1.000", "1.000"],
        ["reviewer", "credentials", "2", "1.000", "1.000", "1.000"],
        ["published", "1", "1.000", "1.000", "1.000"],
        ["modified", "0", "0.000", "0.000", "0.000"],
        ["reviewed", "1", "1.000", "1.000", "1.000"],
    ]


def test_a_page_without_a_label_is_left_out(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, SHOWS_BYLINE, {"url": "", "labelled": False})

    [page] = load(folder)

    assert page.url == "https://health.example/fever"
    assert page.people["reviewers"] == {"Ben Moss": ("MD", "PhD")}


def test_a_tool_that_does_not_look_for_a_thing_has_a_dash() -> None:
    scores = dict.fromkeys(FIELDS, Score(right=1, wrong=1))

    _, *rows = review_benchmark.table({"archiater": scores, "htmldate": scores})

    peers = {name: cell for name, _, _, cell in rows}
    assert peers.pop("published") == peers.pop("modified") == "0.500 1.000 0.667"
    assert set(peers.values()) == {"-"}


def a_gold_page(**people: dict[str, tuple[str, ...]]) -> GoldPage:
    shown = {"authors": {}, "reviewers": {}, **people}
    dates = {"date_published": "2021-05-03", "date_modified": None, "date_reviewed": None}
    return GoldPage(path=Path("page"), url="", people=shown, dates=dates)


def said(*names: str) -> list[dict[str, Any]]:
    return [{"name": name, "credentials": []} for name in names]


@pytest.mark.parametrize(
    ("names", "score"),
    [
        (["Ada Roe"], Score(right=1)),
        (["Dr. Ada Röe, MD"], Score(right=1)),
        (["Ada Roe MD PhD"], Score(right=1)),
        (["Ada Roe", "PhD"], Score(right=1)),
        (["Ada Roe", "www.health.example"], Score(right=1, wrong=1)),
        (["Ada Roe Health Editor"], Score(wrong=1, missed=1)),
        ([], Score(missed=1)),
    ],
    ids=[
        "equal",
        "accents and titles",
        "credentials behind the name",
        "credentials as a name",
        "an address as a name",
        "a job in the name",
        "nobody",
    ],
)
def test_an_author_counts_credentials_aside(names: list[str], score: Score) -> None:
    page = a_gold_page(authors={"Ada Roe": ("MD", "PhD")})

    found = scores_of([page], [{"authors": said(*names)}])

    assert found["authors"] == score


def test_an_invented_reviewer_and_date_count_as_wrong() -> None:
    answer = {"reviewers": said("Ben Moss"), "date_published": ["2024-06-09"]}

    found = scores_of([a_gold_page()], [answer])

    assert found["reviewers"] == Score(wrong=1)
    assert found["date_published"] == Score(wrong=1, missed=1)


def test_credentials_count_for_the_reviewers_that_were_found() -> None:
    page = a_gold_page(reviewers={"Ben Moss": ("M.D.", "PhD"), "Cy Lane": ("RN",)})
    answer = {"reviewers": [{"name": "Ben Moss", "credentials": ["MD", "FACP"]}]}

    found = scores_of([page], [answer])

    assert found["reviewers"] == Score(right=1, missed=1)
    assert found[CREDENTIALS] == Score(right=1, wrong=1, missed=1)


def test_a_tool_gets_the_address_of_the_page() -> None:
    program = "import json; print(json.dumps({'line': input()}), flush=True)"
    child = Child(Tool(name="echo", command=(sys.executable, "-c", program)), timeout_s=60)

    answer = child.ask(Path("page.gz"), "https://health.example/")

    child.close()
    assert answer["line"] == "page.gz\thttps://health.example/"


def test_a_peer_that_is_missing_is_one_line_that_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed = Tool(name="htmldate", command=())
    monkeypatch.setattr(review_benchmark, "peer_tools", lambda **_: iter([installed]))

    found = review_benchmark.tools(with_peers=True)

    assert [tool.name for tool in found] == ["archiater", "htmldate"]
    [line] = capsys.readouterr().err.splitlines()
    assert "newspaper4k, trafilatura" in line
    assert "make peers" in line


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('{"id": "0", "labelled": true}', "expected objects with id, url, labelled, authors"),
        ('["0"]', "expected objects"),
        ('{"labelled": false}', "no labelled page"),
    ],
    ids=["fields missing", "no object", "no label"],
)
def test_a_folder_without_labels_is_one_line(tmp_path: Path, lines: str, problem: str) -> None:
    (tmp_path / "gold.jsonl").write_text(lines, encoding="utf-8")

    done = run(tmp_path)

    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert problem in line
