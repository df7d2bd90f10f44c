"""What README and docs tell people to type is typed here, in their order, and must work.

A block marked `console` is run line by line in one folder, against the sample site in place of the
one that the text serves in a second terminal. A line of a block marked `sh` that calls archiater
reaches out to the live web or never ends: it is parsed, not run.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from archiater.command_line import cli
from archiater.demo.server import DemoServer

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SERVED = "http://127.0.0.1:8765"


def blocks(page: Path, language: str) -> Iterator[str]:
    for match in re.finditer(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.M | re.S):
        yield match[1]


def console_lines(page: Path) -> list[str]:
    lines = "".join(blocks(page, "console")).splitlines()
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_the_documentation_runs(page: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    with DemoServer() as server:
        for line in console_lines(page):
            if "demo --serve" in line:
                continue
            done = subprocess.run(
                line.replace(SERVED, server.url.rstrip("/")),
                shell=True,
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
            assert done.stdout or done.stderr or line.startswith(("printf", "sed")), (
                f"{line} said nothing"
            )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_not_run_can_be_parsed(page: Path) -> None:
    for block in blocks(page, "sh"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["archiater"]:
                parse(words[1:])


def parse(words: list[str]) -> None:
    """Go down the groups with what is left of the line; a wrong option or word raises."""
    command: click.Command = cli
    parent: click.Context | None = None
    name = "archiater"
    while True:
        context = command.make_context(name, words, parent=parent)
        if not isinstance(command, click.Group):
            return
        # Click keeps the command's own name apart from the words behind it.
        left = [*context._protected_args, *context.args]
        found_name, found, words = command.resolve_command(context, left)
        assert found is not None
        assert found_name is not None
        command, parent, name = found, context, found_name


def test_the_library_is_used_as_the_readme_says(capsys: pytest.CaptureFixture[str]) -> None:
    html = (ROOT / "tests/articles/pages/hello_doctor_remission.html").read_text("utf-8")
    (block,) = blocks(ROOT / "README.md", "python")
    *lines, shown = block.rstrip().splitlines()

    exec("\n".join([*lines, f"print({shown})"]), {"html": html})  # noqa: S102 - our own text

    assert "('medical_reviewer', 'Janie-Vi Villamor Ismael-Gorospe', ('MD',))" in (
        capsys.readouterr().out
    )


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_is_told_of_in_the_documentation() -> None:
    told = "".join(page.read_text("utf-8") for page in PAGES)

    missing = [
        name for name in cli.list_commands(click.Context(cli)) if f"archiater {name}" not in told
    ]

    assert missing == []
