"""The pins: whole, with hashes, in step with pyproject.toml, and without an address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from scripts import lock

ROOT = Path(__file__).resolve().parent.parent


def pins(name: str) -> dict[str, str]:
    """Package and version -> the rest of its entry: markers and hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {entry.split()[0]: entry for entry in entries}


@pytest.mark.parametrize("name", lock.FILES)
def test_every_pin_has_the_hash_of_a_file(name: str) -> None:
    without = [
        pin for pin, entry in pins(name).items() if not re.search(r"--hash=sha256:\w{64}", entry)
    ]

    assert without == []
    assert len(pins(name)) > 50


@pytest.mark.parametrize("name", lock.FILES)
def test_no_address_stands_in_a_requirements_file(name: str) -> None:
    assert list(lock.addresses((ROOT / name).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-" + "url https://packages.example/simple",
        "-i packages.example",
        "--find-links /srv/wheels",
        "a @ https://packages.example/a.whl",
    ],
)
def test_an_address_in_a_requirements_file_is_seen(line: str) -> None:
    problems = list(lock.addresses(f"click==8.5.1\n{line}\n"))

    assert problems
    assert all(problem.startswith("line 2 ") for problem in problems)


def test_what_pyproject_asks_for_is_pinned_so() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["build"]]
    for_development = [*asked, *project["project"]["optional-dependencies"]["dev"]]

    assert set(map(pin_of, asked)) <= pins("requirements.txt").keys()
    assert set(map(pin_of, for_development)) <= pins("requirements-dev.txt").keys()


def pin_of(dependency: str) -> str:
    """A dependency as a requirements file has it: the name in its canonical form, no marker."""
    name, _, version = dependency.partition(";")[0].strip().partition("==")
    return f"{re.sub('[-_.]+', '-', name).lower()}=={version}"


def test_the_development_file_can_be_installed_over_the_first() -> None:
    # Markers may differ: what only PyPy leaves out here may be wanted there by another package.
    assert pins("requirements.txt").keys() <= pins("requirements-dev.txt").keys()


def test_a_backport_is_asked_for_only_where_python_lacks_it() -> None:
    [pin] = [entry for entry in pins("requirements.txt").values() if "backports-zstd" in entry]

    assert "python_full_version < '3.14'" in pin
