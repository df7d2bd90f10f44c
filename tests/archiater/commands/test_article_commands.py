"""`show`, `history`, `diff` and `reextract` over a collection with two captures of one page."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archiater.article_lines import article_lines, evidence_lines
from archiater.change_lines import diff_lines
from archiater.command_line import run
from archive.collection import Collection
from archive.exchange import Exchange
from archive.extracting import extract_pending
from archive.history import ArticleDiff, VersionSide
from archive.recording import Recorder
from articles.comparing import compare_texts
from articles.record import (
    Article,
    Callout,
    Code,
    Derivation,
    Faq,
    Figure,
    Image,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Section,
    Table,
)
from articles.record_json import record_to_json

URL = "https://example.org/fever"
OLD = """<html lang="en"><head><title>Fever</title></head><body><main><h1>Fever</h1>
<p class="byline">Written by Ann Author</p>
<p>Adults take 400 mg of ibuprofen every six hours with food and with a glass of water.</p>
<p>A fever is a body temperature that is higher than is usual, and it is most often a sign that
the body is at work against an infection \x9b31m of one kind or another.</p>
<ul><li>Rest &amp; sleep</li><li>Drink</li></ul>
</main></body></html>"""
NEW = OLD.replace("400 mg", "40 mg").replace("<h1>Fever", "<h1>Fever in adults")

Run = Callable[..., str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection with two versions of one article; no test changes it."""
    path = tmp_path_factory.mktemp("articles") / "collection"
    _make_collection(path)
    return path


def _make_collection(path: Path) -> None:
    with Collection.create(path) as collection:
        with collection.transaction() as connection:
            connection.execute(
                """
                insert into crawls (id, site, started_by, state, started_at, settings, counts)
                values (1, 'example.org', 'command', 'finished', '', '{}', '{}')
                """
            )
        with Recorder(collection, site="example.org", crawl_id=1, warcinfo={}) as recorder:
            for day, page in enumerate((OLD, NEW)):
                body = page.encode()
                head = (
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n"
                )
                recorder.add(
                    Exchange(
                        url=URL,
                        method="GET",
                        request_block=b"GET /fever HTTP/1.1\r\nHost: example.org\r\n\r\n",
                        response_block=head.encode() + body,
                        started_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day),
                    )
                )
        extract_pending(collection, profile_of=lambda site: None)


@pytest.fixture
def archiater(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command over the collection and give its standard output."""

    def archiater(*arguments: str) -> str:
        code = run(["-C", str(folder), *arguments])
        out, err = capfdbinary.readouterr()
        assert code == 0, err
        return out.decode()

    return archiater


def test_show_is_a_page_to_read(archiater: Run) -> None:
    out = archiater("show", URL)

    lines = out.splitlines()
    assert lines[0] == "Fever in adults"
    assert "Version 2 of 2" in out
    assert "Adults take 40 mg of ibuprofen" in out
    assert lines[lines.index("- Rest & sleep") + 1] == "- Drink"


def test_show_takes_the_sequences_that_steer_a_terminal_out(archiater: Run) -> None:
    for option in ("--evidence", "--markdown", "--version=1"):
        assert "\x9b" not in archiater("show", URL, option)


def test_show_of_a_version_has_its_text(archiater: Run) -> None:
    assert "Adults take 400 mg" in archiater("show", "1", "--version", "1")


def test_show_as_json_is_the_public_record(archiater: Run) -> None:
    record = json.loads(archiater("show", URL, "--json"))

    assert (record["schema"], record["version"]) == ("archiater/article/1", 2)
    assert record["capture"]["fetched_at"].startswith("2026-01-02")


def test_show_as_markdown_has_headings_and_lists(archiater: Run) -> None:
    out = archiater("show", URL, "--markdown")

    assert out.startswith("# Fever in adults\n")
    assert "- Rest &amp; sleep\n" in out


def test_show_raw_is_the_page_byte_for_byte(archiater: Run) -> None:
    assert archiater("show", URL, "--raw", "--version", "1") == OLD


def test_show_raw_is_not_written_to_a_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    code = run(["-C", str(folder), "show", URL, "--raw"])

    assert code == 2
    assert "send it to a file" in capsys.readouterr().err


def test_show_takes_one_form_at_a_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(folder), "show", URL, "--json", "--raw"]) == 2
    assert "give one of" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "https://example.org/none"), "no article 'https://example.org/none'"),
        (("show", URL, "--version", "9"), "no version 9; it has 1 to 2"),
        (("history", "99"), "no article '99'"),
        (("diff", URL, "1", "7"), "no version 7"),
        (("reextract", "--site", "none"), "no captures of a site 'none'"),
    ],
)
def test_what_is_not_there_is_one_line(
    arguments: tuple[str, ...],
    words: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["-C", str(folder), *arguments]) == 2

    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1


def test_history_tells_when_the_text_changed_and_how(archiater: Run) -> None:
    lines = archiater("history", URL).splitlines()

    assert lines[1].startswith("2026-01-01 00:00:00\tfirst seen\t1")
    assert lines[2].startswith("2026-01-02 00:00:00\tnew version\t2")
    assert "text changed, no date moved; 1 number changed; paragraphs: 1 edited" in lines[2]
    assert "title: Fever → Fever in adults" in lines[2]


def test_history_as_json_has_the_same_entries(archiater: Run) -> None:
    entries = json.loads(archiater("history", URL, "--json"))

    assert [entry["kind"] for entry in entries] == ["first_seen", "new_version"]
    assert entries[1]["text_changes"] == {"edited": 1, "numbers": 1}


def test_diff_marks_the_words_and_numbers_that_changed(archiater: Run) -> None:
    out = archiater("diff", URL)

    assert "~ Adults take [-400-] {+40+} mg of ibuprofen" in out
    assert "number: 400 mg → 40 mg" in out
    assert "title: Fever → Fever in adults" in out
    assert "Rest" not in out


def test_diff_as_json_has_the_changes(archiater: Run) -> None:
    diff = json.loads(archiater("diff", URL, "2", "1", "--json"))

    [change] = diff["text_changes"]
    assert change["number_changes"] == [{"old": "40 mg", "new": "400 mg"}]
    assert (diff["old"]["number"], diff["new"]["number"]) == (2, 1)


def test_reextract_tells_what_it_read_again_and_keeps_the_versions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _make_collection(tmp_path / "collection")

    code = run(["-C", str(tmp_path / "collection"), "reextract", "--jobs", "1"])

    assert code == 0
    assert capsys.readouterr().out == (
        "2 captures read again: 2 articles, 0 without an article, 0 failed\n"
    )
    assert run(["-C", str(tmp_path / "collection"), "history", URL]) == 0
    assert "new version\t2" in capsys.readouterr().out


def test_reextract_that_cannot_read_a_capture_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _make_collection(tmp_path / "collection")
    for path in (tmp_path / "collection" / "warcs").iterdir():
        path.write_bytes(b"")

    code = run(["-C", str(tmp_path / "collection"), "reextract", "--jobs", "1", "--json"])

    assert code == 1
    assert json.loads(capsys.readouterr().out) == {"articles": 0, "not_articles": 0, "failed": 2}


def a_diff(old: str, new: str, **fields: Any) -> ArticleDiff:
    side = VersionSide(
        number=1,
        first_seen_at="2026-01-01T00:00:00.000000Z",
        last_seen_at="2026-01-01T00:00:00.000000Z",
        capture_id=1,
        title=None,
        word_count=1,
    )
    values: dict[str, Any] = {
        "url": URL,
        "old": side,
        "new": side,
        "text_changes": compare_texts(old, new),
        "record_changes": (),
        "is_comparable": True,
    }
    return ArticleDiff(**(values | fields))


def test_every_kind_of_block_is_shown_as_lines() -> None:
    record = record_to_json(
        Article(
            url=URL,
            requested_url=None,
            site=None,
            publisher=None,
            language=None,
            title=None,
            text="",
            sections=(
                Section(
                    heading="Doses",
                    level=2,
                    blocks=(
                        Paragraph(text="One\ntwo"),
                        ListBlock(
                            items=(ListItem(text="a", items=(ListItem(text="b"),)),), ordered=True
                        ),
                        Table(rows=(("Age", "Dose"), ("Adult", "400 mg")), caption="By age"),
                        Callout(text="Drink", title="Note"),
                        Quote(text="Rest"),
                        Faq(question="Why?", answer="So."),
                        Figure(image=Image(url="x.png", alt="A tablet")),
                        Figure(image=Image(url="x.png")),
                        Code(text="x = 1"),
                    ),
                ),
            ),
            extractor=Derivation(version="1", route="blocks", confidence=1.0),
            text_digest="",
            word_count=0,
        )
    )

    lines = list(article_lines(record, latest_version=1, gone_at="2026-01-03T00:00:00Z"))

    assert "(no title)" in lines
    assert "The page is gone since 2026-01-03." in lines
    assert "\n".join(lines[lines.index("Doses") :]).split("\n\n") == [
        "Doses\n-----",
        "One\ntwo",
        "1. a\n  - b",
        "By age\nAge\tDose\nAdult\t400 mg",
        "Note\n| Drink",
        "> Rest",
        "Why?\nSo.",
        "[picture: A tablet]",
        "x = 1",
    ]


def test_a_diff_shows_what_stands_around_a_change_not_the_whole_paragraph() -> None:
    stayed = "word " * 200

    lines = list(diff_lines(a_diff(f"One {stayed}end.", f"Two {stayed}end.")))

    assert all(len(line) < 200 for line in lines)
    assert any("[-One-]" in line and line.endswith("… ") for line in lines)


def test_a_diff_says_where_a_paragraph_went_and_came_from() -> None:
    lines = "\n".join(diff_lines(a_diff("a b c\n\nd e f\n\ng h i", "g h i\n\na b c\n\nj k l")))

    assert "> moved from paragraph 1 to 2" in lines
    assert "- d e f" in lines
    assert "+ j k l" in lines


def test_a_diff_of_two_extractors_says_that_it_may_not_be_the_page() -> None:
    lines = "\n".join(diff_lines(a_diff("a", "b", is_comparable=False)))

    assert "reextract" in lines


def test_a_diff_lets_no_text_of_a_page_steer_the_terminal() -> None:
    lines = list(diff_lines(a_diff("Take one \x1b[2J now please", "Take two \x1b[2J now please")))

    assert not any("\x1b[2J" in line for line in lines)


def test_evidence_tells_what_won_what_lost_and_by_which_rule() -> None:
    def evidence(raw: str) -> dict[str, Any]:
        return {
            "source": "meta",
            "locator": "/head/meta[2]",
            "raw": raw,
            "rule": "modified meta",
            "confidence": 0.5,
        }

    record: dict[str, Any] = {
        "title": "Fever",
        "contributors": [],
        "dates": [
            {
                "kind": "modified",
                "value": "2022-05-15",
                "precision": "day",
                "raw": "May 15, 2022",
                "evidence": [evidence("May 15, 2022")],
            }
        ],
        "review": {
            "status": "claim_only",
            "evidence": [evidence("Doctor approved")],
            "flags": [],
            "history": [],
            "conflicts": [
                {
                    "field": "dates.modified",
                    "candidates": [
                        {"value": "2022-05-15", "evidence": evidence("May 15, 2022")},
                        {"value": "2021-01-01", "evidence": evidence("2021-01-01")},
                    ],
                    "chosen": "2022-05-15",
                    "rule": "what is shown goes before metas",
                }
            ],
        },
        "sponsored": None,
        "ai_disclosure": None,
        "rights": {"signals": []},
        "extractor": {"version": "1", "route": "blocks", "confidence": 0.9},
        "capture": None,
    }

    lines = list(evidence_lines(record))

    assert lines[:3] == [
        "Modified: 2022-05-15 (day)",
        "    meta: “May 15, 2022”",
        "      at /head/meta[2], rule modified meta, confidence 0.50",
    ]
    assert "Conflict: dates.modified, rule: what is shown goes before metas" in lines
    assert "  chosen: 2022-05-15" in lines
    assert "  lost: 2021-01-01" in lines
    assert lines[lines.index("Review: claim only") + 1] == "    meta: “Doctor approved”"
