"""The house is kept: arrows point down, the core is pure, files are short. The rules can fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from scripts import house

ROOT = Path(__file__).resolve().parent.parent
Rule = Callable[[Path], Iterator[str]]
RULES: tuple[Rule, ...] = (
    house.wrong_arrows,
    house.impurities,
    house.import_circles,
    house.long_files,
    house.prints,
    house.private_names,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_this_repository_keeps_the_rule(rule: Rule) -> None:
    assert list(rule(ROOT)) == []


def test_the_rules_read_all_five_rooms_of_this_repository() -> None:
    for room in house.MAY_IMPORT:
        assert len(list(house.python_files(ROOT / room))) > 1, room


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("articles/extract.py", "import archive.store"),
        ("articles/extract.py", "from spiders import sites"),
        ("archive/store.py", "from spiders.sites import Site"),
        ("archive/store.py", "from archiater import config"),
        ("spiders/sites.py", "def f():\n    from archive import store"),
        ("pipelines/recording.py", "from spiders import sites"),
        ("archiater/crawl.py", "from pipelines.recording import Recording"),
        (
            "archive/deep/down.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import spiders",
        ),
        ("archive/store.py", "import importlib\nimportlib.import_module('spiders.sites')"),
        ("spiders/sites.py", "STAGES = {'pipelines.recording.Recording': 1}"),
    ],
    ids=lambda value: value.replace("\n", " ")[:40],
)
def test_an_arrow_that_points_up_or_sideways_is_seen(tmp_path: Path, place: str, text: str) -> None:
    root = a_repository(tmp_path, {place: text})

    [problem] = house.wrong_arrows(root)

    assert problem.startswith(f"{place}:{text.count(chr(10)) + 1} ")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("archive/store.py", "from articles import extract\nfrom . import deep"),
        ("pipelines/recording.py", "import archive.store, articles.extract"),
        ("archiater/crawl.py", "STAGES = {'pipelines.recording.Recording': 1}"),
        ("archive/store.py", "ADVICE = 'see archiater.toml', 'archiater.toml', 'spiders. Then'"),
    ],
    ids=["down", "down to both", "dotted path in the shell", "no dotted path"],
)
def test_what_the_house_allows_is_not_reported(tmp_path: Path, place: str, text: str) -> None:
    assert list(house.wrong_arrows(a_repository(tmp_path, {place: text}))) == []


def test_a_relative_import_is_read_from_where_it_stands(tmp_path: Path) -> None:
    root = a_repository(
        tmp_path, {"archive/deep/down.py": "from ..store import x\nfrom . import y"}
    )

    targets = [target for _, target in house.imports_of(root, root / "archive/deep/down.py")]

    assert targets == ["archive.store.x", "archive.deep.y"]


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "from pathlib import Path",
        "import sqlite3",
        "def f():\n    import scrapy.http",
        "import urllib.request",
        "text = open('page.html').read()",
        "from datetime import datetime\nyear = datetime.now().year",
        "import datetime\nday = datetime.date.today()",
    ],
    ids=lambda text: text.replace("\n", " "),
)
def test_the_outside_world_is_seen_in_the_core(tmp_path: Path, text: str) -> None:
    root = a_repository(tmp_path, {"articles/extract.py": text, "archive/store.py": text})

    [problem] = house.impurities(root)

    assert problem.startswith("articles/extract.py:")


def test_what_only_sounds_like_the_outside_world_is_allowed_in_the_core(tmp_path: Path) -> None:
    text = "import urllib.parse\nfrom datetime import time\nfrom articles import timeline"

    assert list(house.impurities(a_repository(tmp_path, {"articles/extract.py": text}))) == []


def test_a_circle_of_imports_is_named_once(tmp_path: Path) -> None:
    root = a_repository(
        tmp_path,
        {
            "archive/a.py": "from archive import b",
            "archive/b.py": "import archive.c",
            "archive/c.py": "from archive.a import x",
        },
    )

    assert list(house.import_circles(root)) == ["archive.a -> archive.b -> archive.c -> archive.a"]


def test_an_import_inside_a_function_or_for_types_makes_no_circle(tmp_path: Path) -> None:
    root = a_repository(
        tmp_path,
        {
            "archive/a.py": "from archive import b",
            "archive/b.py": "def f():\n    from archive import a",
            "archive/c.py": "if TYPE_CHECKING:\n    from archive import d",
            "archive/d.py": "import archive.c",
        },
    )

    assert list(house.import_circles(root)) == []


def test_a_file_of_more_than_450_lines_is_seen(tmp_path: Path) -> None:
    code = "def f(): ...\n"
    root = a_repository(tmp_path, {"archive/a.py": code * 450, "tests/b.py": code * 451})

    assert list(house.long_files(root)) == ["tests/b.py has 451 lines, more than 450"]


def test_a_file_of_nothing_but_a_table_may_be_long(tmp_path: Path) -> None:
    root = a_repository(tmp_path, {"articles/words.py": "WORDS = (\n" + "'x',\n" * 500 + ")\n"})

    assert list(house.long_files(root)) == []


def test_a_print_is_seen_where_standard_output_is_for_results(tmp_path: Path) -> None:
    text = "def f():\n    print('here')"
    root = a_repository(tmp_path, {"archive/a.py": text, "benchmarks/b.py": text})

    assert list(house.prints(root)) == ["archive/a.py:2 prints"]


@pytest.mark.parametrize(
    "private",
    ["/ro" + "ot/x", "/wo" + "rk/main", "/ho" + "me/ann/x", "/t" + "mp/w", "https://py" + "pi.org"],
)
def test_a_path_of_somebodys_machine_is_seen_in_any_text_file(tmp_path: Path, private: str) -> None:
    root = a_repository(
        tmp_path, {"docs/use.md": f"one\nsee {private} for more", ".venv/a.md": private}
    )

    [problem] = house.private_names(root)

    assert problem.startswith("docs/use.md:2 ")


def test_a_path_of_a_web_page_is_nobodys_machine(tmp_path: Path) -> None:
    text = "https://example.org/ro" + "ot/canal and /home/ and /wo" + "rk/ and sites/root/"

    assert list(house.private_names(a_repository(tmp_path, {"a.toml": text}))) == []


def a_repository(folder: Path, files: Mapping[str, str]) -> Path:
    """A small repository: a module in every room, and over it what the test is about."""
    usual = {
        "articles/extract.py": "",
        "archive/store.py": "",
        "archive/deep/__init__.py": "",
        "spiders/sites.py": "",
        "pipelines/recording.py": "",
        "archiater/crawl.py": "",
        **{f"{room}/__init__.py": "" for room in house.MAY_IMPORT},
    }
    for name, text in {**usual, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
