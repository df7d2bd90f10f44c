from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from archiater.command_line import _COMMANDS, cli, run


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0

    out = capsys.readouterr().out
    assert all(name in out for name in _COMMANDS)


@pytest.mark.parametrize("name", list(_COMMANDS))
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0

    assert "Usage: archiater" in capsys.readouterr().out


def test_an_unknown_command_is_answered_with_the_nearest_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["serch"]) == 2

    assert "did you mean `search`?" in capsys.readouterr().err


def test_a_command_without_a_collection_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(tmp_path / "none"), "crawls", "list"]) == 2

    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "init" in err


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from archiater.command_line import run; run(['--help']);"
        "heavy = {'scrapy', 'twisted', 'sqlite_utils', 'lxml', 'rich', 'pyarrow', 'bs4'};"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_every_command_tells_with_examples_how_it_is_used() -> None:
    for name in _COMMANDS:
        context = cli.make_context("archiater", [name], resilient_parsing=True)
        command = cli.get_command(context, name)
        assert command is not None
        assert command.help, name
