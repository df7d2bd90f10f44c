from __future__ import annotations

import json
import logging

import pytest

from archiater.showing import LogLines, clean, json_text, show_json, show_styled, show_table


@pytest.mark.parametrize(
    "hostile",
    ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\r", "\x08", "\u202egnp.exe", "\ud800"],
    ids=["csi", "osc", "c1", "return", "backspace", "override", "surrogate"],
)
def test_no_control_sequence_of_a_page_reaches_the_terminal(hostile: str) -> None:
    shown = clean(f"before{hostile}after")

    assert shown.startswith("before\\")
    assert shown.encode("utf-8")
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown)


def test_text_of_any_script_is_left_as_it_is() -> None:
    text = "โรคเบาหวาน · 糖尿病 — điều trị\nzweite Zeile\tTab"

    assert clean(text) == text


def test_a_table_that_is_not_for_a_terminal_has_tabs_between_its_cells(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_table(("a", "b"), [("1\t2", None), ("3\n4", 5)])

    assert capsys.readouterr().out == "a\tb\n1 2\t\n3 4\t5\n"


def test_json_on_a_pipe_is_one_line_of_utf_8(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    show_json({"title": "điều\ntrị"})

    out = capsysbinary.readouterr().out
    assert out.count(b"\n") == 1
    assert json.loads(out) == {"title": "điều\ntrị"}


def test_a_log_line_that_quotes_a_page_does_not_steer_the_terminal() -> None:
    record = logging.LogRecord(
        "archive", logging.WARNING, "", 0, "%s: %s", ("\x1b[2J", "why"), None
    )

    assert LogLines().format(record).endswith(" WARNING archive: \\x1b[2J: why")


def test_json_holds_no_character_that_steers_a_terminal_and_reads_back_equal() -> None:
    value = {"title": "\x1b[31m \x9b31m \u202e \x7f \ud800 điều"}

    text = json_text(value)

    assert clean(text) == text
    assert json.loads(text) == value


def test_styled_lines_are_plain_and_clean_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_styled(
        [[("+ ", "green"), ("a\x1b[2Jb", "")], [("", "")], [("[bold]c", "dim"), ("  ", "")]]
    )

    assert capsys.readouterr().out == "+ a\\x1b[2Jb\n\n[bold]c\n"
