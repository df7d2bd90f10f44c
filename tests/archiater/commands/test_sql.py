from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

Library = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]


def test_a_table_is_shown(library: Library, run_command: Run) -> None:
    path = library({}, {"site": "b.org"})

    code, out, err = run_command(path, "sql", "select site, version from articles order by 1")

    assert (code, err) == (0, "")
    assert out == "site\tversion\nb.org\t1\nexample.org\t1\n"


def test_json_is_a_list_of_objects(library: Library, run_command: Run) -> None:
    path = library()
    sql = "select 1 as n, x'00ff' as b, null as n, 'ü' as u, 1e999 as inf"

    _, out, _ = run_command(path, "sql", "--json", f"{sql} union all select 2, 3, 4, 5, 6")
    _, none, _ = run_command(path, "sql", "--json", f"{sql} where 0")

    assert json.loads(out) == [
        {"n": 1, "b": "00ff", "n_2": None, "u": "ü", "inf": "inf"},
        {"n": 2, "b": 3, "n_2": 4, "u": 5, "inf": 6},
    ]
    assert json.loads(none) == []


def test_csv_is_safe_in_a_spreadsheet(library: Library, run_command: Run) -> None:
    _, out, _ = run_command(
        library(), "sql", "--csv", "select '=1+1' as formula, -1 as number, 'a,b' as comma"
    )

    assert out == 'formula,number,comma\n\'=1+1,-1,"a,b"\n'


def test_the_statement_may_come_from_standard_input(
    library: Library, run_command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("select 7 as seven"))

    _, out, _ = run_command(library(), "sql")

    assert out == "seven\n7\n"


def test_rows_past_the_limit_are_told_of(library: Library, run_command: Run) -> None:
    path = library({}, {}, {})

    _, out, err = run_command(path, "sql", "--limit", "2", "select id from articles")

    assert out == "id\n1\n2\n"
    assert err == "the first 2 rows; there are more, --limit shows them\n"
    _, out, err = run_command(path, "sql", "--limit", "3", "select id from articles")
    assert (out, err) == ("id\n1\n2\n3\n", "")


def test_control_sequences_do_not_reach_the_terminal(library: Library, run_command: Run) -> None:
    path = library({"title": "\x1b[2Jcleared"})

    _, out, _ = run_command(path, "sql", 'select title as "a\x1b[2J" from articles')

    assert out == "a\\x1b[2J\n\\x1b[2Jcleared\n"


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("delete from articles", "only reading is allowed"),
        ("select * from nowhere", "no such table: nowhere"),
        ("", "gives no rows"),
    ],
)
def test_what_cannot_be_asked_is_one_line(
    library: Library, run_command: Run, sql: str, said: str
) -> None:
    code, out, err = run_command(library(), "sql", sql)

    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_statement_is_stopped_after_its_time(library: Library, run_command: Run) -> None:
    code, _, err = run_command(
        library(),
        *("sql", "--timeout", "0.05", "--csv"),
        "with recursive n(x) as (select 1 union all select x + 1 from n) select sum(x) from n",
    )

    assert code == 2
    assert "stopped after 0.05 s" in err
