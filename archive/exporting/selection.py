"""Which articles go into an export, and their records in an order that a rebuilt database keeps."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from archive.collection import Collection
from archive.errors import BadQuery
from archive.reading import read_records
from archive.searching.filters import Filters
from archive.searching.query import parse_query
from archive.searching.searching import Matching, matching
from archive.texts import Record

Use = Literal["private", "share", "search", "rag", "train"]
USES: tuple[str, ...] = get_args(Use)

# For each use the categories of `rights` that may not be disallowed, and the one that must be
# allowed. `private` is reading one's own copy, which no signal forbids; nobody consents to training
# by silence, so `train` needs a word.
_RULES: dict[Use, tuple[tuple[str, ...], str | None]] = {
    "private": ((), None),
    "share": (("share",), None),
    "search": (("search",), None),
    "rag": (("ai_input", "tdm"), None),
    "train": (("train", "tdm"), "train"),
}


@dataclass(frozen=True, kw_only=True)
class Selection:
    """A query, filters, and what the export is for. Raises `BadQuery`."""

    query: str = ""
    filters: Filters = field(default_factory=Filters)
    use: Use = "private"

    def __post_init__(self) -> None:
        if self.use not in USES:
            raise BadQuery(f"use: {self.use!r} is not known; it is one of {', '.join(USES)}")


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many articles a selection means, and how many their rights keep out of it."""

    articles: int
    left_out_disallowed: int
    """A signal of the page forbids this use."""
    left_out_unknown: int
    """The use needs permission, and the page says nothing."""


def count_selected(collection: Collection, selection: Selection) -> Counts:
    """How many records `read_selected` gives, and what it leaves out."""
    found = _matching(collection.connection, selection)
    disallowed, unknown = _kept_out(selection.use)
    row = collection.connection.execute(
        f"""
        select
            count(*) as matched,
            count(*) filter (where {disallowed}) as disallowed,
            count(*) filter (where not {disallowed} and {unknown}) as unknown
        from {found.source}
        where {found.where}
        """,  # noqa: S608 - only our own words
        found.values,
    ).fetchone()
    return Counts(
        articles=row["matched"] - row["disallowed"] - row["unknown"],
        left_out_disallowed=row["disallowed"],
        left_out_unknown=row["unknown"],
    )


def read_selected(collection: Collection, selection: Selection) -> Iterator[Record]:
    """The public records selected, one at a time, by URL: row ids differ in a rebuilt database."""
    found = _matching(collection.connection, selection)
    disallowed, unknown = _kept_out(selection.use)
    cursor = collection.connection.execute(
        f"""
        select a.id, a.version
        from {found.source}
        where {found.where} and not {disallowed} and not {unknown}
        order by a.url
        """,  # noqa: S608
        found.values,
    )
    for row in cursor:
        yield from read_records(collection, [(row["id"], row["version"])])


def select_articles(collection: Collection, selection: Selection, *, into: str) -> None:
    """Put the ids of the articles that `read_selected` gives into the temporary table `into`."""
    found = _matching(collection.connection, selection)
    disallowed, unknown = _kept_out(selection.use)
    collection.connection.execute(
        f"""
        insert into temp.{into} (id)
        select a.id
        from {found.source}
        where {found.where} and not {disallowed} and not {unknown}
        """,  # noqa: S608
        found.values,
    )


def _matching(connection: sqlite3.Connection, selection: Selection) -> Matching:
    return matching(parse_query(selection.query), selection.filters, connection)


def _kept_out(use: Use) -> tuple[str, str]:
    """Two conditions over `articles a`: a signal forbids the use; a permission is missing."""
    not_disallowed, allowed = _RULES[use]
    names = ", ".join(f"'{category}'" for category in not_disallowed)
    rights = "select 1 from rights r where r.article_id = a.id"
    disallowed = f"exists ({rights} and r.category in ({names}) and r.verdict = 'disallow')"
    unknown = f"not exists ({rights} and r.category = '{allowed}' and r.verdict = 'allow')"
    return disallowed if not_disallowed else "0", unknown if allowed else "0"
