"""`archiater doctor`: it finds what is missing, says what to do, and falls over nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from archiater import examination
from archiater.command_line import run
from archive.collection import Collection


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def _plenty_of_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: _Usage(10**12, 0, 10**12))


def examined(
    folder: Path, capsys: pytest.CaptureFixture[str], *, exit_code: int
) -> dict[str, dict[str, Any]]:
    try:
        code = run(["-C", str(folder), "doctor", "--json"])
    except SystemExit as ended:
        code = int(ended.code or 0)
    assert code == exit_code
    return {finding["what"]: finding for finding in json.loads(capsys.readouterr().out)}


def test_a_machine_with_everything_and_no_collection_is_told_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = examined(tmp_path / "none", capsys, exit_code=0)

    assert {name for name, finding in found.items() if finding["state"] == "missing"} == set()
    assert found["collection"]["state"] == "remark"
    assert "init" in found["collection"]["advice"]
    assert not (tmp_path / "none").exists()


def test_a_collection_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Collection.create(tmp_path):
        pass

    found = examined(tmp_path, capsys, exit_code=0)

    assert "0 articles, 0 captures" in found["collection"]["found"]


def test_a_missing_package_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "_PACKAGES", (("no-such-package", "no_such_package"),))

    found = examined(tmp_path, capsys, exit_code=1)

    assert found["no-such-package"]["state"] == "missing"
    assert "pip install -r requirements.txt" in found["no-such-package"]["advice"]


def test_a_package_that_installs_but_does_not_load_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "_PACKAGES", (("click", "click.for_another_machine"),))

    assert examined(tmp_path, capsys, exit_code=1)["click"]["state"] == "missing"


def test_too_little_room_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: _Usage(10**12, 10**12, 10**9))

    assert examined(tmp_path, capsys, exit_code=1)["disk"]["found"].startswith("1.0 GB free")


def test_a_broken_setting_a_broken_site_and_a_broken_database_are_all_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "wrong.toml").write_text("name = ", encoding="utf-8")
    (tmp_path / "archiater.toml").write_text("[crawl]\ndelay_s = 'soon'\n", encoding="utf-8")
    (tmp_path / "archive.db").write_text("no database at all, but long enough to be looked at")

    found = examined(tmp_path, capsys, exit_code=1)

    assert "archiater.toml, line 2" in found["settings"]["found"]
    assert "wrong.toml" in found["sites"]["found"]
    assert "not a database" in found["collection"]["found"]


def test_an_enabled_site_that_is_not_known_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "archiater.toml").write_text('[sites]\nenabled = ["hellodoctr.com.ph"]\n', "utf-8")

    found = examined(tmp_path, capsys, exit_code=1)

    assert "did you mean hellodoctor.com.ph" in found["sites"]["found"]


def test_for_people_it_is_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(tmp_path), "doctor"]) == 0

    assert capsys.readouterr().out.startswith("what\tstate\tfound\tadvice\npython\tok\tCPython 3.")
