"""Kills, power cuts and refusing disks, a sample of them; `make kill-test` takes every one.

Each story is a process of its own that forks what it kills: see `killing/`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("story", "every"),
    [("boundaries", 4), ("power", 4), ("recovery", 2), ("faults", 8), ("random", 1), ("sqlite", 1)],
)
def test_nothing_is_lost_or_twice_whatever_is_killed(
    tmp_path: Path, story: str, every: int
) -> None:
    ended = killing(tmp_path, story, "--every", str(every), "--rounds", "15")

    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_who_looks_at_a_killed_collection_sees_that_it_was_killed(tmp_path: Path) -> None:
    ended = killing(tmp_path, "blind", "--every", "5")

    assert ended.returncode == 0, ended.stdout + ended.stderr


def killing(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.archive.killing", *arguments, "--folder", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
