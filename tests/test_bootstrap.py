"""Set-up on machines of many kinds: what it finds, what it makes, what it says when it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import bootstrap

FIND_PYTHON = bootstrap.ROOT / "scripts" / "find_python.sh"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder with the files that set-up reads."""
    root = tmp_path / "repository"
    root.mkdir()
    for name in ("pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        (root / name).write_text(f"# {name}\n", encoding="utf-8")
    return root


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was to be installed, in order; an outer pip stands in, so nothing is fetched."""
    done: list[str] = []

    def installer(environment: Path) -> object:
        return lambda *what: done.append(Path(what[-1]).name)

    monkeypatch.setattr(bootstrap, "installer", installer)
    monkeypatch.setattr(bootstrap, "outer_pip", lambda: bootstrap.OuterPip(command=("pip",)))
    # Without ensurepip an environment is made in a tenth of the time.
    monkeypatch.setattr(bootstrap, "has_ensurepip", lambda: False)
    return done


def test_a_first_set_up_installs_the_pins_and_then_the_project(
    repository: Path, installed: list[str]
) -> None:
    environment = repository / ".venv"

    assert bootstrap.set_up(environment, "dev", root=repository)

    assert installed == ["requirements-dev.txt", "repository"]
    assert (environment / "bin" / "python").exists()


def test_a_second_set_up_does_nothing(repository: Path, installed: list[str]) -> None:
    bootstrap.set_up(repository / ".venv", "dev", root=repository)
    installed.clear()

    assert not bootstrap.set_up(repository / ".venv", "dev", root=repository)
    assert not bootstrap.set_up(repository / ".venv", "run", root=repository)
    assert installed == []


def test_an_environment_for_running_is_completed_for_development(
    repository: Path, installed: list[str]
) -> None:
    bootstrap.set_up(repository / ".venv", "run", root=repository)

    assert bootstrap.set_up(repository / ".venv", "dev", root=repository)

    assert installed == [
        "requirements.txt",
        "repository",
        "requirements-dev.txt",
        "repository",
    ]


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.txt", "requirements-dev.txt"])
def test_a_changed_file_sets_up_again_in_the_same_environment(
    repository: Path, installed: list[str], name: str
) -> None:
    environment = repository / ".venv"
    bootstrap.set_up(environment, "dev", root=repository)
    (environment / "kept").touch()
    (repository / name).write_text("# changed\n", encoding="utf-8")

    assert bootstrap.set_up(environment, "dev", root=repository)

    assert (environment / "kept").exists()


def test_a_moved_repository_gets_a_new_environment(
    repository: Path, installed: list[str], tmp_path: Path
) -> None:
    bootstrap.set_up(repository / ".venv", "run", root=repository)
    moved = repository.rename(tmp_path / "moved")
    (moved / ".venv" / "stale").touch()

    assert bootstrap.set_up(moved / ".venv", "run", root=moved)

    assert not (moved / ".venv" / "stale").exists()


def test_an_interrupted_set_up_is_done_again(
    repository: Path, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = bootstrap.installer

    def interrupted(environment: Path) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "installer", interrupted)
    with pytest.raises(KeyboardInterrupt):
        bootstrap.set_up(repository / ".venv", "run", root=repository)
    monkeypatch.setattr(bootstrap, "installer", whole)

    assert bootstrap.set_up(repository / ".venv", "run", root=repository)


def test_an_environment_that_somebody_made_is_used_as_it_is(
    repository: Path, installed: list[str]
) -> None:
    environment = repository / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    (environment / "theirs").touch()

    assert bootstrap.set_up(environment, "run", root=repository)

    assert (environment / "theirs").exists()


def test_a_folder_that_is_no_environment_is_left_alone(
    repository: Path, installed: list[str]
) -> None:
    letter = repository / ".venv" / "letter.txt"
    letter.parent.mkdir()
    letter.touch()

    with pytest.raises(bootstrap.CannotSetUp, match=r"move it away, or name another"):
        bootstrap.set_up(letter.parent, "run", root=repository)

    assert letter.exists()


def test_without_ensurepip_pip_and_virtualenv_one_line_says_what_to_install(
    repository: Path,
    installed: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bootstrap, "outer_pip", lambda: None)
    monkeypatch.setattr(bootstrap, "_runs", lambda *command: False)

    with pytest.raises(bootstrap.CannotSetUp, match="apt-get install python3-venv") as caught:
        bootstrap.set_up(repository / ".venv", "run", root=repository)

    assert "\n" not in str(caught.value)
    assert not (repository / ".venv").exists()


@pytest.mark.parametrize(
    ("version", "is_taken"),
    [("22.2.2", False), ("22.3", True), ("23.0.1", True), ("26.3", True), ("9.0.3", False)],
)
def test_an_outer_pip_is_taken_when_it_can_install_into_another_python(
    monkeypatch: pytest.MonkeyPatch, version: str, is_taken: bool
) -> None:
    monkeypatch.setattr(bootstrap, "_said", lambda *command: f"pip {version} from somewhere\n")

    assert (bootstrap.outer_pip() is not None) == is_taken


def test_a_newer_pip_on_the_path_is_taken_where_the_first_is_too_old(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = {"pip3": "pip 20.0 from x", "pip": "pip 24.0 from y"}
    monkeypatch.setattr(bootstrap, "_said", lambda *command: said.get(command[0], ""))

    assert bootstrap.outer_pip() == bootstrap.OuterPip(command=("pip",))


def test_the_pip_outside_is_pointed_at_the_python_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "_runs", lambda *command: False)
    monkeypatch.setattr(bootstrap, "outer_pip", lambda: bootstrap.OuterPip(command=("pip",)))
    monkeypatch.setattr(bootstrap, "_check_call", lambda command: called.append(list(command)))

    bootstrap.installer(tmp_path)("-r", "requirements.txt")

    [command] = called
    assert command[:4] == ["pip", "--python", tmp_path / "bin" / "python", "install"]
    assert command[-2:] == ["-r", "requirements.txt"]


def a_python(folder: Path, name: str, *, fits: bool) -> None:
    """An executable that says to `find_python.sh` whether its version fits."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n[ $1 = --version ] && echo Python 3.9.1\nexit {int(not fits)}\n")
    path.chmod(0o755)


def found_python(folder: Path) -> subprocess.CompletedProcess[str]:
    """What `find_python.sh` finds where the PATH is this one folder."""
    return subprocess.run(
        ["/bin/sh", FIND_PYTHON],
        env={**os.environ, "PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_python3_is_taken_before_all_others(tmp_path: Path) -> None:
    a_python(tmp_path, "python3", fits=True)
    a_python(tmp_path, "python3.14", fits=True)

    assert found_python(tmp_path).stdout == "python3\n"


def test_a_python3_that_is_too_old_gives_way_to_the_newest_by_name(tmp_path: Path) -> None:
    a_python(tmp_path, "python3", fits=False)
    a_python(tmp_path, "python3.11", fits=True)
    a_python(tmp_path, "python3.13", fits=True)

    assert found_python(tmp_path).stdout == "python3.13\n"


def test_without_a_python_that_fits_one_line_says_what_to_install(tmp_path: Path) -> None:
    a_python(tmp_path, "python3", fits=False)

    found = found_python(tmp_path)

    assert found.returncode == 1
    assert found.stdout == ""
    assert found.stderr.count("\n") == 1
    assert "apt-get install python3" in found.stderr


def test_the_python_that_runs_the_tests_is_one_that_is_found(tmp_path: Path) -> None:
    (tmp_path / "python3").symlink_to(sys.executable)

    assert found_python(tmp_path).stdout == "python3\n"
