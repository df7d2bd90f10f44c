"""The options by which `search` and `export` choose articles: one list, one value."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from articles.record import REVIEW_STATUSES

if TYPE_CHECKING:
    from archiater.shell import Shell
    from archive.searching.filters import Filters

# So many are brought into the index on the way; more would make a search wait too long.
_MOST_TO_INDEX = 5000

_OPTIONS = (
    click.option("--site", "sites", multiple=True, help="Only this site; can be given again."),
    click.option(
        "--language", "languages", multiple=True, help="Only this language; en means en-PH too."
    ),
    click.option("--author", help="Name or part of it, without accents if need be; smi* too."),
    click.option("--reviewer", help="Name or part of it of a medical or other reviewer."),
    click.option(
        "--reviewed-after",
        metavar="DATE",
        help="Reviewed on that day or later: 2024, 2024-05 or 2024-05-31.",
    ),
    click.option("--reviewed-before", metavar="DATE", help="Reviewed before that day."),
    click.option(
        "--status",
        "statuses",
        multiple=True,
        type=click.Choice(REVIEW_STATUSES),
        help="Only this review status; can be given again.",
    ),
    click.option(
        "--since", metavar="DATE", help="First seen, or changed in text, on that day or later."
    ),
)
_NAMES = (
    *("sites", "languages", "author", "reviewer"),
    *("reviewed_after", "reviewed_before", "statuses", "since"),
)


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """All filter options; the command takes them as `**chosen` and gives them to `filters_of`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def filters_of(chosen: dict[str, Any]) -> Filters:
    """The filters that the options stand for; raises `BadQuery`."""
    from archive.searching.filters import Filters

    return Filters(**{name: chosen[name] for name in _NAMES})


def index_what_waits(shell: Shell) -> None:
    """Index articles that changed since, if they are few and nobody is writing; else say so.

    A crawl indexes its own; what is left waiting is from one that was killed.
    """
    from archive.searching.index import count_waiting

    with shell.open_collection() as collection:
        waiting = count_waiting(collection)
    if 0 < waiting <= _MOST_TO_INDEX:
        waiting = _index(shell, waiting)
    if waiting and not shell.is_quiet:
        click.echo(f"not indexed yet, so perhaps missing: {waiting} articles", err=True)


def _index(shell: Shell, waiting: int) -> int:
    """The number still waiting afterwards."""
    from archive.errors import ArchiveError
    from archive.searching.index import count_waiting, index_pending

    try:
        with shell.open_collection(read_only=False) as collection:
            collection.connection.execute("pragma busy_timeout = 0")
            index_pending(collection)
            return count_waiting(collection)
    except (ArchiveError, sqlite3.OperationalError):
        # Read-only or in use: the index is a little old then, and the search works all the same.
        return waiting
