"""`archiater sql`: the database asked in SQL, read-only for certain."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from archiater.shell import COUNT, Shell, json_option, pass_shell

if TYPE_CHECKING:
    from archive.read_only_sql import Value

_ROWS_IN_TABLE = 500


@click.command()
@click.argument("query", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV, safe to open in a spreadsheet.")
@click.option(
    "--limit",
    type=COUNT,
    help=f"At most so many rows; {_ROWS_IN_TABLE} in a table, else all.",
)
@click.option(
    "--timeout",
    "timeout_s",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="Seconds after which the query is stopped.",
)
@json_option
@pass_shell
def command(
    shell: Shell,
    query: str | None,
    as_csv: bool,
    limit: int | None,
    timeout_s: float,
    as_json: bool,
) -> None:
    """Ask the database in SQL, read-only; from standard input without QUERY.

    \b
    archiater sql "select site, count(*) from articles group by site"
    archiater sql "select url, reviewed from articles where reviewed < '2022'" --csv > old.csv
    archiater sql "select sql from sqlite_schema"
    """
    from archive.read_only_sql import run_sql

    if as_csv and as_json:
        raise click.UsageError("--csv and --json are two formats; give one")
    sql = sys.stdin.read() if query is None or query == "-" else query
    is_table = not (as_csv or as_json)
    # One more than is shown, to know whether there are more.
    most = limit or (_ROWS_IN_TABLE if is_table else None)
    with (
        shell.open_collection() as collection,
        run_sql(
            collection, sql, limit_s=timeout_s, max_rows=None if most is None else most + 1
        ) as (columns, rows),
    ):
        if is_table:
            assert most is not None  # noqa: S101
            _show_rows(shell, columns, list(rows), most)
        elif as_csv:
            _write_csv(columns, _first(rows, most))
        else:
            _write_json(columns, _first(rows, most))


def _first(rows: Iterable[tuple[Value, ...]], most: int | None) -> Iterable[tuple[Value, ...]]:
    from itertools import islice

    return islice(rows, most)


def _show_rows(
    shell: Shell, columns: tuple[str, ...], rows: list[tuple[Value, ...]], most: int
) -> None:
    from archiater.showing import clean, show_table

    show_table(
        [clean(column) for column in columns],
        [[_plain(cell) for cell in row] for row in rows[:most]],
    )
    if len(rows) > most and not shell.is_quiet:
        click.echo(f"the first {most} rows; there are more, --limit shows them", err=True)


def _write_csv(columns: tuple[str, ...], rows: Iterable[tuple[Value, ...]]) -> None:
    from archive.exporting.csv import write_table

    write_table(columns, (map(_plain, row) for row in rows), sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _write_json(columns: tuple[str, ...], rows: Iterable[tuple[Value, ...]]) -> None:
    """A list of objects, a row a line, written as the rows come."""
    from archiater.showing import json_text

    stream = sys.stdout.buffer
    names = _distinct(columns)
    before = b"["
    for row in rows:
        cells = dict(zip(names, map(_plain, row), strict=True))
        stream.write(before + json_text(cells).encode())
        before = b",\n "
    stream.write(b"[]\n" if before == b"[" else b"]\n")
    stream.flush()


def _distinct(columns: tuple[str, ...]) -> list[str]:
    """The names with a number behind one that was there before: `url`, `url_2`."""
    names: list[str] = []
    for column in columns:
        name, number = column, 1
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names


def _plain(cell: Value) -> str | int | float | None:
    """The cell as JSON and tables know it: bytes in hex; infinities, which JSON lacks, as text."""
    if isinstance(cell, bytes):
        return cell.hex()
    if isinstance(cell, float) and cell in (float("inf"), float("-inf")):
        return str(cell)
    return cell
