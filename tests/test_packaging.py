"""What is installed is what the folders hold."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import archiater
from scripts import house

ROOT = Path(__file__).resolve().parent.parent


def project() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def files_of_the_rooms() -> list[Path]:
    return [
        path
        for room in house.MAY_IMPORT
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]


def test_every_file_beside_the_code_is_package_data() -> None:
    patterns = project()["tool"]["setuptools"]["package-data"]["*"]
    endings = tuple(pattern.removeprefix("**/*") for pattern in patterns)

    left_out = [
        str(path.relative_to(ROOT))
        for path in files_of_the_rooms()
        if path.suffix != ".py" and not path.name.endswith(endings)
    ]

    assert left_out == []


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in files_of_the_rooms() if path.suffix == ".py"}

    without = [str(folder) for folder in folders if not (folder / "__init__.py").is_file()]

    assert without == []


def test_the_version_is_the_same_everywhere() -> None:
    assert archiater.__version__ == project()["project"]["version"]
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
