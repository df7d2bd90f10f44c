from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.collection import Collection
from archive.errors import BadQuery
from archive.read_only_sql import run_sql


def answer(collection: Collection, sql: str, **options: Any) -> tuple[tuple[str, ...], list[Any]]:
    with run_sql(collection, sql, **options) as (columns, rows):
        return columns, list(rows)


def test_a_select_gives_its_columns_and_rows(collection: Collection) -> None:
    assert answer(collection, "select 1 as one, 'two' as two, null") == (
        ("one", "two", "null"),
        [(1, "two", None)],
    )


@pytest.mark.parametrize(
    "sql",
    [
        "with recursive n(x) as (values (1) union all select x + 1 from n limit 3) select * from n",
        "select count(*) from articles a join versions v on v.article_id = a.id",
        "select rowid, bm25(article_search) from article_search where article_search match 'water'",
        "select json_extract('{\"a\": 1}', '$.a')",
        "pragma table_info(articles)",
        "pragma user_version",
        "explain query plan select * from articles",
        "values (1), (2)",
        "select 1;  -- and no more",
        "select sql from sqlite_schema",
    ],
)
def test_what_only_reads_is_allowed(collection: Collection, sql: str) -> None:
    columns, _ = answer(collection, sql)

    assert columns


@pytest.mark.parametrize(
    "sql",
    [
        "delete from articles",
        "insert into sites (name) values ('x') returning name",
        "update sites set name = 'x' returning name",
        "with x as (select 1) insert into sites (name) select * from x",
        "create table t (a)",
        "create temp table t (a)",
        "create temp view t as select 1",
        "drop table articles",
        "alter table articles rename to a",
        "reindex",
        "analyze",
        "vacuum",
        "vacuum into '{folder}/copy.db'",
        "attach '{folder}/other.db' as other",
        "detach main",
        "begin",
        "savepoint s",
        "commit",
        "pragma query_only = off",
        "pragma query_only(0)",
        "pragma writable_schema = on",
        "pragma journal_mode = delete",
        "pragma user_version = 9",
        "pragma user_version(9)",
        "pragma wal_checkpoint(truncate)",
        "pragma hard_heap_limit = 1",
        "pragma temp_store_directory = '{folder}'",
        "select * from pragma_journal_mode('delete')",
        "select load_extension('{folder}/x.so')",
        "insert into article_search (article_search) values ('delete-all')",
        "insert into article_search (article_search, rank) values ('integrity-check', 1)",
        "explain delete from articles",
    ],
)
def test_what_would_write_is_refused(collection: Collection, tmp_path: Path, sql: str) -> None:
    before = collection.connection.execute("pragma schema_version").fetchone()[0]
    files = sorted(tmp_path.iterdir())

    with pytest.raises(BadQuery) as refused:
        answer(collection, sql.replace("{folder}", str(tmp_path)))

    assert "\n" not in str(refused.value)
    assert sorted(tmp_path.iterdir()) == files
    assert collection.connection.execute("pragma schema_version").fetchone()[0] == before


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("selct 1", 'near "selct": syntax error'),
        ("select * from nowhere", "no such table: nowhere"),
        ("select 1; select 2", "several statements"),
        ("", "gives no rows"),
        ("-- nothing", "gives no rows"),
        ("select ?", "nothing to put there"),
        ("select :name", "nothing to put there"),
        ("select 1\x00", "null character"),
        ("select '\ud800'", "no text"),
        ("select zeroblob(1000000000)", "too big"),
        ("select 'a' || hex(zeroblob(60000000))", "too big"),
        ("select json_extract('{', '$')", "malformed JSON"),
        ("select * from article_search where article_search match '\"'", "unterminated string"),
    ],
)
def test_what_cannot_be_answered_says_why(collection: Collection, sql: str, said: str) -> None:
    with pytest.raises(BadQuery, match=r"^sql: ") as refused:
        answer(collection, sql)

    assert said in str(refused.value)


FOREVER = "with recursive n(x) as (select 1 union all select x + 1 from n) select x from n"


def test_a_statement_that_takes_too_long_is_stopped(collection: Collection) -> None:
    with pytest.raises(BadQuery, match=r"stopped after 0.05 s"):
        answer(collection, FOREVER.replace("select x from", "select sum(x) from"), limit_s=0.05)


def test_many_quick_rows_use_up_the_time_too(collection: Collection) -> None:
    with pytest.raises(BadQuery, match=r"stopped after 0.05 s"):
        answer(collection, f"{FOREVER} limit 2000000", limit_s=0.05)


def test_rows_are_streamed_and_may_be_left(collection: Collection) -> None:
    with run_sql(collection, FOREVER, limit_s=None) as found:
        assert [next(found.rows) for _ in range(3)] == [(1,), (2,), (3,)]


def test_no_more_rows_come_than_are_asked_for(collection: Collection) -> None:
    _, rows = answer(collection, FOREVER, max_rows=5)

    assert len(rows) == 5


def test_an_open_transaction_of_the_collection_does_not_matter(
    collection: Collection, add_capture: Callable[..., Any]
) -> None:
    add_capture("https://example.org/a")
    with collection.transaction() as connection:
        connection.execute("delete from captures")

        assert answer(collection, "select count(*) from captures")[1] == [(1,)]


def test_text_that_is_no_utf_8_is_shown_with_a_replacement(collection: Collection) -> None:
    assert answer(collection, "select cast(x'61ff' as text)")[1] == [("a\ufffd",)]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_any_text_is_answered_or_refused(collection: Collection, sql: str) -> None:
    with suppress(BadQuery):
        answer(collection, sql, limit_s=1)


def test_a_collection_in_a_folder_that_cannot_be_written_to_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "elsewhere"
    Collection.create(path).close()
    may = os.access
    # Permissions do not bind root, so the system call is made to answer as for anybody else.
    monkeypatch.setattr(
        "os.access",
        lambda at, mode: may(at, mode) and not (mode == os.W_OK and Path(at) == path),
    )

    with Collection.open(path, read_only=True) as opened:
        columns, rows = answer(opened, "select count(*) from articles")

    assert (columns, rows) == (("count(*)",), [(0,)])
    # No log was made to read it.
    assert [entry.name for entry in path.iterdir() if entry.is_file()] == ["archive.db"]


def test_ctrl_c_in_a_long_statement_is_no_end_of_its_time(collection: Collection) -> None:
    ctrl_c = Timer(0.1, signal.raise_signal, [signal.SIGINT])
    ctrl_c.start()

    with pytest.raises(KeyboardInterrupt):
        answer(collection, FOREVER.replace("select x from", "select sum(x) from"), limit_s=20)
