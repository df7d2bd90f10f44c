from __future__ import annotations

import sys
from pathlib import Path

import pytest

from archive import capture_proof
from archive.capture_proof import InexactCapture, require_proof


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A self-test that counts how often it is run, and ends as its file says."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "proving"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    # Of another test, in another folder.
    monkeypatch.delitem(sys.modules, "proving", raising=False)
    return folder


def write(module: Path, name: str, then: str = "") -> str:
    counting = (
        f"import pathlib\npathlib.Path({str(module / name)!r} + '.runs').open('a').write('x')\n"
    )
    (module / f"{name}.py").write_text(counting + then, encoding="utf-8")
    return f"proving.{name}"


def runs(module: Path, name: str) -> int:
    file = module / f"{name}.runs"
    return len(file.read_text(encoding="utf-8")) if file.exists() else 0


def test_what_is_proven_is_not_proven_again(module: Path) -> None:
    good = write(module, "good")

    require_proof(good)
    require_proof(good)

    assert runs(module, "good") == 1


def test_another_version_of_what_takes_part_is_proven_anew(
    module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgraded = write(module, "upgraded")
    require_proof(upgraded)

    monkeypatch.setattr(capture_proof, "version", lambda name: "99.1")
    require_proof(upgraded)

    assert runs(module, "upgraded") == 2


def test_other_code_of_ours_is_proven_anew(module: Path) -> None:
    changed = write(module, "changed")
    require_proof(changed)

    (module / "tee.py").write_text("# another\n", encoding="utf-8")
    require_proof(changed)

    assert runs(module, "changed") == 2


def test_a_difference_refuses_to_archive_in_one_line_and_is_not_remembered(module: Path) -> None:
    bad = write(module, "bad", "print('answer 3 was\\nnot the same')\nraise SystemExit(1)\n")

    for _ in range(2):
        with pytest.raises(InexactCapture) as raised:
            require_proof(bad)

    line = str(raised.value)
    assert line.startswith("proving.bad: not the same; expected every byte")
    assert "\n" not in line
    assert "twisted 26" in line
    assert raised.value.exit_code == 3
    assert runs(module, "bad") == 2


def test_a_self_test_that_breaks_refuses_too(module: Path) -> None:
    broken = write(module, "broken", "raise ValueError('no reactor')\n")

    with pytest.raises(InexactCapture, match="no reactor"):
        require_proof(broken)


def test_a_self_test_that_does_not_end_refuses_too(
    module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = write(module, "endless", "import threading\nthreading.Event().wait()\n")
    monkeypatch.setattr(capture_proof, "_LONGEST_S", 0.2)

    with pytest.raises(InexactCapture, match="did not end"):
        require_proof(endless)


def test_a_cache_folder_that_cannot_be_written_only_costs_the_time(
    module: Path, tmp_path: Path
) -> None:
    (tmp_path / "cache").touch()
    unlucky = write(module, "unlucky")

    require_proof(unlucky)
    require_proof(unlucky)

    assert runs(module, "unlucky") == 2
