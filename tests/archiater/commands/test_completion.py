"""The completion scripts, and the answer that a shell gets through them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from archiater.command_line import run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0

    assert f"_ARCHIATER_COMPLETE={shell}_complete" in capsys.readouterr().out


def test_the_script_of_ones_own_shell_is_the_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/fish")

    assert run(["completion"]) == 0

    assert "complete --no-files --command archiater" in capsys.readouterr().out


def test_an_unknown_shell_is_asked_to_be_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHELL", "/bin/tcsh")

    assert run(["completion"]) == 2

    assert "the shell is 'tcsh', expected bash, zsh, fish" in capsys.readouterr().err


@pytest.mark.skipif(not shutil.which("bash"), reason="this machine has no bash")
def test_bash_takes_the_script(capsys: pytest.CaptureFixture[str]) -> None:
    run(["completion", "bash"])

    checked = subprocess.run(
        ["bash", "-n"], input=capsys.readouterr().out, text=True, capture_output=True, check=False
    )

    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "expected"),
    [("archiater sched", "schedule"), ("archiater schedule run", "run-due")],
)
def test_a_shell_that_asks_is_answered(words: str, expected: str) -> None:
    answered = subprocess.run(
        [sys.executable, "-m", "archiater"],
        env={
            **os.environ,
            "_ARCHIATER_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert answered.stdout == f"plain,{expected}\n", answered.stderr
