"""The narrow row of an article with its dates, references, rights and findings, as last captured.

These tables answer filters and reports; the whole record lies in `records`. Everything here can be
made again from the observations, and is, by `archive.storing`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from archive.people import replace_credits
from archive.searching.index import enqueue
from articles.findings import find_doubts

if TYPE_CHECKING:
    from sqlite_utils import Database

_OF_DATE = ("kind", "value", "precision", "raw")
_IN_ROW = ("published", "modified", "reviewed", "next_review_due")


def add_article(
    connection: sqlite3.Connection, record: Mapping[str, Any], *, capture_id: int, fetched_at: str
) -> int:
    """The id of a new row for `record`, whose first capture this is."""
    articles = _tables(connection).table("articles")
    added = articles.insert(
        {
            **_columns(record),
            "version": 1,
            "capture_id": capture_id,
            "first_seen_at": fetched_at,
            "last_seen_at": fetched_at,
        }
    )
    article_id = int(added.last_pk or 0)
    _replace_parts(connection, article_id, record)
    return article_id


def show_record(connection: sqlite3.Connection, article_id: int, record: Mapping[str, Any]) -> None:
    """Make the row and its parts say what `record` says, and have it indexed for search again."""
    _tables(connection).table("articles").update(article_id, _columns(record))
    _replace_parts(connection, article_id, record)


def drop_article(connection: sqlite3.Connection, article_id: int) -> None:
    """Take out an article of which no observation is left; the search index is told."""
    replace_credits(connection, article_id, ())
    for table in ("article_dates", "article_references", "findings", "rights", "versions"):
        connection.execute(
            f"delete from {table} where article_id = ?",  # noqa: S608 - a name of ours
            (article_id,),
        )
    connection.execute("delete from articles where id = ?", (article_id,))
    enqueue(connection, [article_id])


def _tables(connection: sqlite3.Connection) -> Database:
    # Imported on first use: it takes 0.3 s, which readers and worker processes need not pay.
    from sqlite_utils import Database

    return Database(connection)


def _columns(record: Mapping[str, Any]) -> dict[str, Any]:
    dates = {stated["kind"]: stated["value"] for stated in reversed(record["dates"])}
    return {
        "url": record["url"],
        "site": record["site"],
        "publisher": record["publisher"],
        "language": record["language"],
        "title": record["title"],
        "section": record["section"],
        "review_status": record["review"]["status"],
        "word_count": record["word_count"],
        **{kind: dates.get(kind) for kind in _IN_ROW},
    }


def _replace_parts(
    connection: sqlite3.Connection, article_id: int, record: Mapping[str, Any]
) -> None:
    tables = _tables(connection)
    replace_credits(connection, article_id, record["contributors"])
    for name in ("article_dates", "article_references", "findings"):
        tables.table(name).delete_where("article_id = ?", [article_id])
    tables.table("article_dates").insert_all(
        (
            {"article_id": article_id, **{name: stated[name] for name in _OF_DATE}}
            for stated in record["dates"]
        ),
        ignore=True,
    )
    tables.table("article_references").insert_all(
        {"article_id": article_id, "position": position, **reference}
        for position, reference in enumerate(record["references"])
    )
    tables.table("findings").insert_all(
        {"article_id": article_id, "kind": finding.kind, "message": finding.message}
        for finding in find_doubts(record)
    )
    tables.table("rights").upsert_all(
        (
            {"article_id": article_id, "category": category, "verdict": verdict}
            for category, verdict in record["rights"]["resolved"].items()
        ),
        pk=("article_id", "category"),
    )
    enqueue(connection, [article_id])
