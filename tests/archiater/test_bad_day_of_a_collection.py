"""Bad days of a collection: its database, its WARC files, the disk under them."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from archive import collection as collections

Run = Callable[..., tuple[int, str, str]]


def _is_one_line(err: str) -> bool:
    return err.startswith("archiater: ") and err.count("\n") == 1 and err.endswith("\n")


# The database -------------------------------------------------------------------------------------

_READING = ("crawls", "list")
_WRITING = ("reextract",)


@pytest.mark.parametrize("command", [_READING, _WRITING, ("init",)], ids=" ".join)
def test_a_database_of_something_else_is_refused_and_not_touched(
    archiater: Run, home: Path, command: tuple[str, ...]
) -> None:
    _remove_database(home)
    with closing(sqlite3.connect(home / "archive.db")) as other:
        other.execute("create table bookmarks (url text)")
    before = (home / "archive.db").read_bytes()

    code, _, err = archiater(*command)

    assert code == 2
    assert _is_one_line(err)
    assert (home / "archive.db").read_bytes() == before


@pytest.mark.parametrize("command", [_READING, _WRITING], ids=" ".join)
def test_an_empty_database_is_no_collection(
    archiater: Run, home: Path, command: tuple[str, ...]
) -> None:
    _remove_database(home)
    (home / "archive.db").touch()

    code, _, err = archiater(*command)

    assert code == 2
    assert _is_one_line(err)
    assert "archive.db is empty" in err


def test_init_makes_a_collection_of_what_a_killed_init_left(archiater: Run, home: Path) -> None:
    _remove_database(home)
    (home / "archive.db").touch()

    assert archiater("init")[0] == 0
    assert archiater("crawls", "list")[0] == 0


@pytest.mark.parametrize("command", [_READING, _WRITING], ids=" ".join)
def test_a_collection_of_a_newer_version_is_refused(
    archiater: Run, home: Path, command: tuple[str, ...]
) -> None:
    with closing(sqlite3.connect(home / "archive.db")) as newer:
        newer.execute("pragma user_version = 99")

    code, _, err = archiater(*command)

    assert code == 2
    assert _is_one_line(err)
    assert "99" in err


def test_a_database_with_damaged_pages_is_told_with_what_to_do(archiater: Run, home: Path) -> None:
    with closing(sqlite3.connect(home / "archive.db")) as database:
        database.execute("pragma wal_checkpoint(truncate)")
        (page_bytes,) = database.execute("pragma page_size").fetchone()
    whole = (home / "archive.db").read_bytes()
    _remove_database(home)
    (home / "archive.db").write_bytes(whole[:page_bytes] + b"\xff" * (len(whole) - page_bytes))

    code, _, err = archiater("crawls", "list")

    assert code in (2, 3)
    assert _is_one_line(err)
    assert "`archiater import`" in err


def test_a_collection_that_another_process_writes_to_is_said_to_be_locked(
    archiater: Run, home: Path, warc: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collections, "_BUSY_TIMEOUT_S", 0)
    with closing(sqlite3.connect(home / "archive.db", isolation_level=None)) as other:
        other.execute("begin immediate")

        code, _, err = archiater("import", warc)

    assert code == 3
    assert _is_one_line(err)
    assert archiater("import", warc)[0] == 0


def _remove_database(home: Path) -> None:
    for file in home.glob("archive.db*"):
        file.unlink()


# WARC files ---------------------------------------------------------------------------------------


def test_an_import_that_ended_before_its_records_makes_them_when_it_is_run_again(
    archiater: Run, warc: Path
) -> None:
    archiater("import", warc, "--no-extract")

    archiater("import", warc)

    assert "Fever in children" in archiater("sql", "select title from articles")[1]


def test_a_full_disk_ends_an_import_with_one_line_and_leaves_nothing_half(
    archiater: Run, home: Path, warc: Path
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The system then refuses to let a file grow, as on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, hard))
    try:
        code, _, err = archiater("import", warc)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert code == 3
    assert _is_one_line(err)
    assert list((home / "run").glob("import-*")) == []
    assert archiater("import", warc)[0] == 0
    assert archiater("verify")[0] == 0


def test_a_wacz_file_without_a_warc_file_is_said_to_hold_nothing(
    archiater: Run, tmp_path: Path
) -> None:
    package = tmp_path / "empty.wacz"
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("datapackage.json", "{}")

    code, _, err = archiater("import", package)

    assert code == 1
    assert _is_one_line(err)
    assert str(package) in err


def test_missing_warc_files_are_faults_by_their_names_and_the_records_stay(
    archiater: Run, home: Path, warc: Path
) -> None:
    archiater("import", warc)
    (name,) = (path.name for path in (home / "warcs").iterdir())
    shutil.rmtree(home / "warcs")

    verified, faults, _ = archiater("verify")
    shown, _, err = archiater("show", "1", "--raw")
    again, _, _ = archiater("reextract")

    assert verified == 1
    assert name in faults
    assert shown == 3
    assert _is_one_line(err)
    assert f"{name}: " in err
    assert again == 1
    assert "Fever in children" in archiater("show", "1")[1]
