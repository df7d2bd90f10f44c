from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive import schema
from archive.collection import Collection
from archive.errors import DiskFull, LockedCollection, NewerCollection, NoCollection


def test_a_new_collection_has_its_folders_and_the_newest_schema(tmp_path: Path) -> None:
    with Collection.create(tmp_path / "c") as collection:
        found = collection.connection.execute("pragma user_version").fetchone()[0]

    assert found == schema.VERSION
    assert (tmp_path / "c" / "warcs").is_dir()


def test_making_a_collection_twice_keeps_what_it_holds(tmp_path: Path) -> None:
    with Collection.create(tmp_path) as collection, collection.transaction() as connection:
        connection.execute("insert into sites (name) values ('nhs.uk')")

    with Collection.create(tmp_path) as collection:
        names = [row["name"] for row in collection.connection.execute("select name from sites")]

    assert names == ["nhs.uk"]


def test_where_there_is_no_collection_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoCollection, match="init"):
        Collection.open(tmp_path)


def test_a_collection_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    Collection.create(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "archive.db")
    connection.execute(f"pragma user_version = {schema.VERSION + 1}")
    connection.close()

    with pytest.raises(NewerCollection, match=f"schema version {schema.VERSION + 1}"):
        Collection.open(tmp_path)
    with pytest.raises(NewerCollection):
        Collection.open(tmp_path, read_only=True)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"this is a letter, not a database" * 50)

    with pytest.raises(NoCollection, match="not a database"):
        Collection.open(tmp_path)


def test_a_collection_opened_to_read_cannot_be_written(tmp_path: Path) -> None:
    Collection.create(tmp_path).close()

    with (
        Collection.open(tmp_path, read_only=True) as collection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        collection.connection.execute("insert into sites (name) values ('nhs.uk')")


def add_a_site_and_fail(collection: Collection) -> None:
    with collection.transaction() as connection:
        connection.execute("insert into sites (name) values ('nhs.uk')")
        raise ZeroDivisionError


def add_a_site_and_a_long_text(collection: Collection) -> None:
    with collection.transaction() as connection:
        connection.execute("insert into sites (name) values ('nhs.uk')")
        connection.execute("insert into texts values ('d', ?, '[]')", ("long " * 100_000,))


def test_an_exception_inside_a_transaction_leaves_nothing_behind(tmp_path: Path) -> None:
    with Collection.create(tmp_path) as collection:
        with pytest.raises(ZeroDivisionError):
            add_a_site_and_fail(collection)
        count = collection.connection.execute("select count(*) from sites").fetchone()[0]

    assert count == 0


def test_a_schema_step_that_fails_half_way_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Collection.create(tmp_path).close()
    broken = "create table extra (id integer); create table sites (name text);"
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, broken))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)

    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Collection.open(tmp_path)

    connection = sqlite3.connect(tmp_path / "archive.db")
    tables = {row[0] for row in connection.execute("select name from sqlite_master")}
    version = connection.execute("pragma user_version").fetchone()[0]
    connection.close()
    assert "extra" not in tables
    assert version == schema.VERSION - 1


def test_a_full_disk_is_one_line_and_the_transaction_leaves_nothing(tmp_path: Path) -> None:
    with Collection.create(tmp_path) as collection:
        pages = collection.connection.execute("pragma page_count").fetchone()[0]
        # SQLite's own way of having no more room.
        collection.connection.execute(f"pragma max_page_count = {pages + 2}")

        with pytest.raises(DiskFull, match="make room"):
            add_a_site_and_a_long_text(collection)

        count = collection.connection.execute("select count(*) from sites").fetchone()[0]
    assert count == 0


def test_a_collection_that_another_process_writes_is_one_line(
    tmp_path: Path,
) -> None:
    with Collection.create(tmp_path) as one, Collection.open(tmp_path) as other:
        other.connection.execute("pragma busy_timeout = 10")
        with (
            one.transaction(),
            pytest.raises(LockedCollection, match="another process"),
            other.transaction(),
        ):
            pass
