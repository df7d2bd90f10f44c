"""The full text index: kept behind the articles in batches, never by triggers.

Whoever writes an article puts its id into `search_queue` in the same transaction; `index_pending`
takes the queue. Triggers would cost half of the speed (2 k against 4 k articles a second), and an
external content table that once misses an old value is silently wrong from then on: FTS5 subtracts
exactly what it is told. So an entry is deleted by the very values it was made of, which
`search_documents` keeps.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from archive.collection import Collection
from archive.searching.analyser import PLAIN, Analyser, best_analyser

logger = logging.getLogger(__name__)

_TAKEN = "(select article_id from search_queue order by article_id limit :batch)"

_FORGET = f"""
    insert into article_search (article_search, rowid, title, headings, text, pieces)
    select 'delete', id, title, headings, text, pieces from search_source where id in {_TAKEN}
"""  # noqa: S608 - only our own words
_DROP = f"delete from search_documents where id in {_TAKEN}"  # noqa: S608
_READ = f"""
    select
        a.id,
        coalesce(a.title, '') as title,
        (
            select group_concat(json_extract(value, '$.heading'), char(10))
            from json_each(t.sections)
        ) as headings,
        t.text,
        t.digest
    from {_TAKEN} q
    join articles a on a.id = q.article_id
    join versions v on v.article_id = a.id and v.number = a.version
    join texts t on t.digest = v.text_digest
"""  # noqa: S608
_KEEP = """
    insert into search_documents (id, title, headings, text, text_digest, analyser)
    values (?, ?, ?, ?, ?, ?)
"""
_ADD = f"""
    insert into article_search (rowid, title, headings, text, pieces)
    select id, title, headings, text, pieces from search_source where id in {_TAKEN}
"""  # noqa: S608
_DONE = f"delete from search_queue where article_id in {_TAKEN}"  # noqa: S608


@dataclass(frozen=True, kw_only=True)
class IndexState:
    """How far the index is behind the articles."""

    indexed: int
    waiting: int
    outdated: int
    """Articles whose words were parted by another analyser than this machine's; `rebuild` them."""
    analyser: str


def index_pending(
    collection: Collection, *, batch: int = 500, analyser: Analyser | None = None
) -> int:
    """Bring the index up to `search_queue`; gives how many articles it took, gone ones included.

    One transaction a batch: a killed process leaves an index that is whole and a queue that tells
    what is left.
    """
    analyser = analyser or best_analyser()
    taken = 0
    # Asked outside of the transaction: who finds nothing to do need not wait for other writers.
    while count_waiting(collection):
        with collection.transaction() as connection:
            taken += _index_batch(connection, batch, analyser)
    return taken


def enqueue(connection: sqlite3.Connection, article_ids: Iterable[int]) -> None:
    """Note that articles have changed, within the caller's transaction."""
    connection.executemany(
        "insert or ignore into search_queue (article_id) values (?)",
        ((article_id,) for article_id in article_ids),
    )


def rebuild(collection: Collection, *, batch: int = 500, analyser: Analyser | None = None) -> int:
    """Make the index anew from the articles; gives their number."""
    with collection.transaction() as connection:
        # With external content `delete-all` asks for no old values, so it mends a broken index too.
        connection.execute("insert into article_search (article_search) values ('delete-all')")
        connection.execute("delete from search_documents")
        connection.execute("insert or ignore into search_queue select id from articles")
    return index_pending(collection, batch=batch, analyser=analyser)


def count_waiting(collection: Collection) -> int:
    """How many articles have changed since they were indexed."""
    row = collection.connection.execute("select count(*) from search_queue").fetchone()
    return int(row[0])


def index_state(collection: Collection, *, analyser: Analyser | None = None) -> IndexState:
    """What `doctor` and `verify` tell of the index; reads through `search_documents`."""
    name = (analyser or best_analyser()).name
    row = collection.connection.execute(
        """
        select
            (select count(*) from search_documents) as indexed,
            (select count(*) from search_queue) as waiting,
            (select count(*) from search_documents where analyser not in (?, ?)) as outdated
        """,
        (name, PLAIN),
    ).fetchone()
    return IndexState(
        indexed=row["indexed"], waiting=row["waiting"], outdated=row["outdated"], analyser=name
    )


def is_whole(collection: Collection) -> bool:
    """Whether the index says exactly what the articles say. Reads everything: 82 s at a million."""
    try:
        with collection.transaction() as connection:
            # Rank 1 compares with the content table too; without it a desync goes unseen.
            connection.execute(
                "insert into article_search (article_search, rank) values ('integrity-check', 1)"
            )
    except sqlite3.DatabaseError as error:
        logger.debug("integrity-check of article_search: %s", error)
        return False
    return True


def _index_batch(connection: sqlite3.Connection, batch: int, analyser: Analyser) -> int:
    limit = {"batch": batch}
    connection.execute(_FORGET, limit)
    connection.execute(_DROP, limit)
    rows = connection.execute(_READ, limit).fetchall()
    connection.executemany(_KEEP, (_document(row, analyser) for row in rows))
    connection.execute(_ADD, limit)
    return connection.execute(_DONE, limit).rowcount


def _document(row: sqlite3.Row, analyser: Analyser) -> tuple[object, ...]:
    """A row of `search_documents`: what the index is made of, as little of it as will do."""
    title, headings, text = row["title"], row["headings"] or "", row["text"]
    analysed = analyser.analyse(text)
    return (
        row["id"],
        analyser.analyse(title),
        analyser.analyse(headings),
        None if analysed == text else analysed,
        row["digest"],
        analyser.name_for(title, headings, text),
    )
