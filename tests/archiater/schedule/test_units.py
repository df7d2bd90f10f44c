"""The units run what they should, whatever letters a path has."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiater.schedule.units import UnusablePath, cron_lines, systemd_unit

COMMAND = ("/opt/archiater/bin/archiater",)
PLAIN = Path("/srv/health")
ODD = Path('/srv/50% of "all" $HOME\\x; rm -rf ~')
names = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="/"), min_size=1)


def exec_start(text: str) -> str:
    [line] = [line for line in text.splitlines() if line.startswith("ExecStart=")]
    return line.removeprefix("ExecStart=")


def as_cron_runs_it(text: str) -> list[str]:
    """The words that the shell gets of the last line of a crontab."""
    command = text.splitlines()[-1].split(" ", 5)[5]
    assert "%" not in command.replace("\\%", "")
    return shlex.split(command.replace("\\%", "%"))


def test_the_service_runs_the_daemon_of_the_collection() -> None:
    unit = systemd_unit(PLAIN, COMMAND)

    assert unit.file_name == "archiater-health.service"
    assert exec_start(unit.text) == (
        '"/opt/archiater/bin/archiater" "-C" "/srv/health" schedule daemon'
    )


def test_what_systemd_would_expand_is_made_harmless() -> None:
    path = Path("/srv/50% $HOME \\x")

    assert exec_start(systemd_unit(path, COMMAND).text) == (
        '"/opt/archiater/bin/archiater" "-C" "/srv/50%% $$HOME \\\\x" schedule daemon'
    )


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="this machine has no systemd")
@pytest.mark.parametrize("path", [PLAIN, ODD], ids=["plain", "odd"])
def test_systemd_finds_nothing_wrong_with_the_service(tmp_path: Path, path: Path) -> None:
    unit = systemd_unit(path, ("/bin/true",))
    file = tmp_path / unit.file_name
    file.write_text(unit.text, encoding="utf-8")

    verified = subprocess.run(
        ["systemd-analyze", "verify", file], capture_output=True, text=True, check=False
    )

    assert (verified.returncode, verified.stderr) == (0, "")


@given(names)
def test_cron_runs_run_due_of_the_collection_whatever_its_name(name: str) -> None:
    path = Path("/srv") / name

    words = as_cron_runs_it(cron_lines(path, COMMAND).text)

    assert words == [
        *COMMAND,
        *("-q", "-C", str(path), "schedule", "run-due"),
        *(">>", str(path / "logs" / "schedule.log"), "2>&1"),
    ]


@given(names)
def test_a_units_name_has_plain_letters_only(name: str) -> None:
    file_name = systemd_unit(Path("/srv") / name, COMMAND).file_name

    assert file_name.removeprefix("archiater-").removesuffix(".service").replace("-", "").isascii()
    assert "/" not in file_name


@pytest.mark.parametrize("make", [systemd_unit, cron_lines])
def test_a_path_with_a_line_break_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(UnusablePath, match=r"control character.*move the collection"):
        make(Path("/srv/a\n* * * * * evil"), COMMAND)


def test_the_next_steps_name_the_written_file_safely() -> None:
    unit = cron_lines(PLAIN, COMMAND)

    assert unit.steps_for(Path("my units/a.cron"))[0] == (
        "(crontab -l; cat 'my units/a.cron') | crontab -"
    )
