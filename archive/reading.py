"""Articles read back: one by URL or id, its record in the public shape, versions and observations.

The record of a version is what the last capture showed that has its text; `version`,
`first_seen_at` and `last_seen_at` in it speak of that version, not of the article.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from archive.collection import Collection
from archive.errors import OperatorError
from archive.texts import Record, join_record
from articles.urls import normalise_url

_MOST_REDIRECTS = 20


class UnknownArticle(OperatorError):
    """The collection holds no article of this URL or id."""


class UnknownVersion(OperatorError):
    """The article has no version of this number."""


def find_article(collection: Collection, url_or_id: str | int) -> sqlite3.Row:
    """The row of an article: by its id, its URL, a URL it was fetched by, or one redirected to it.

    Raises `UnknownArticle`.
    """
    connection = collection.connection
    name = str(url_or_id).strip()
    found = None
    if name.isascii() and name.isdigit():
        if len(name) < 19:  # more does not fit into a row id
            found = _article(connection, "id", int(name))
    elif "://" in name:
        found = _article_at(connection, name)
    else:  # as people write an address
        found = _article_at(connection, f"https://{name}") or _article_at(
            connection, f"http://{name}"
        )
    if found is None:
        raise UnknownArticle(
            f"{collection.path}: no article {name!r}; give a URL that was crawled or an id, "
            "`archiater search` finds both"
        )
    return found


def article_record(
    collection: Collection, url_or_id: str | int, *, version: int | None = None
) -> Record:
    """The record of an article in its public shape, of its latest version or of `version`.

    Raises `UnknownArticle`, `UnknownVersion`.
    """
    article = find_article(collection, url_or_id)
    number = article["version"] if version is None else version
    for record in read_records(collection, [(article["id"], number)]):
        return record
    raise unknown_version(article, number)


def read_records(collection: Collection, versions: list[tuple[int, int]]) -> Iterator[Record]:
    """The public records of (article id, version number) pairs, in that order, one at a time."""
    for article_id, number in versions:
        row = collection.connection.execute(
            """
            select r.record, t.text, t.sections, v.number as version,
                v.first_seen_at, v.last_seen_at,
                c.fetched_at, c.status, w.name as warc_file, c.offset, c.length,
                c.record_id, c.payload_digest
            from versions v
            join observations o on o.capture_id = v.last_capture_id
            join records r on r.digest = o.record_digest
            join texts t on t.digest = o.text_digest
            join captures c on c.id = v.last_capture_id
            join warc_files w on w.id = c.warc_file_id
            where v.article_id = ?
              and v.number = ?
            """,
            (article_id, number),
        ).fetchone()
        if row is not None:
            yield _placed(row)


def article_capture(
    collection: Collection, url_or_id: str | int, *, version: int | None = None
) -> sqlite3.Row:
    """The row of the capture that shows an article: its latest, or the last one of `version`.

    Raises `UnknownArticle`, `UnknownVersion`.
    """
    article = find_article(collection, url_or_id)
    number = article["version"] if version is None else version
    capture: sqlite3.Row | None = collection.connection.execute(
        """
        select c.*
        from versions v
        join captures c on c.id = v.last_capture_id
        where v.article_id = ?
          and v.number = ?
        """,
        (article["id"], number),
    ).fetchone()
    if capture is None:
        raise unknown_version(article, number)
    return capture


def list_versions(collection: Collection, url_or_id: str | int) -> list[dict[str, Any]]:
    """The versions of an article, the oldest first, each with how many captures showed it."""
    article = find_article(collection, url_or_id)
    found = collection.connection.execute(
        """
        select v.number, v.first_seen_at, v.last_seen_at, v.word_count, v.text_digest,
            v.first_capture_id, v.last_capture_id,
            (
                select count(*)
                from observations o
                where o.article_id = v.article_id
                  and o.fetched_at between v.first_seen_at and v.last_seen_at
            ) as captures
        from versions v
        where v.article_id = ?
        order by v.number
        """,
        (article["id"],),
    )
    return [dict(row) for row in found]


def list_observations(collection: Collection, url_or_id: str | int) -> list[dict[str, Any]]:
    """What each capture of an article showed, the oldest first: digests, times and derivations."""
    article = find_article(collection, url_or_id)
    found = collection.connection.execute(
        """
        select o.capture_id, o.fetched_at, c.url, c.record_id, c.crawl_id,
            o.text_digest, o.record_digest, o.derivation
        from observations o
        join captures c on c.id = o.capture_id
        where o.article_id = ?
        order by o.fetched_at, c.record_id
        """,
        (article["id"],),
    )
    return [dict(row) for row in found]


def unknown_version(article: sqlite3.Row, number: int) -> UnknownVersion:
    return UnknownVersion(
        f"{article['url']}: no version {number}; it has 1 to {article['version']}, "
        "`archiater history` shows them"
    )


def _article_at(connection: sqlite3.Connection, url: str) -> sqlite3.Row | None:
    """The article at `url` or, where that was a redirect, at its end."""
    for _ in range(_MOST_REDIRECTS):
        normal = normalise_url(url)
        found = _article(connection, "url", normal) or _article_fetched_by(connection, url, normal)
        if found is not None:
            return found
        redirect = connection.execute(
            """
            select location
            from captures
            where url in (?, ?)
              and location is not null
            order by fetched_at desc
            limit 1
            """,
            (url, normal),
        ).fetchone()
        if redirect is None or redirect["location"] == url:
            return None
        url = redirect["location"]
    return None


def _article(connection: sqlite3.Connection, column: str, value: str | int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        f"select * from articles where {column} = ?",  # noqa: S608 - a name of ours
        (value,),
    ).fetchone()
    return row


def _article_fetched_by(
    connection: sqlite3.Connection, url: str, normal: str
) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        """
        select a.*
        from captures c
        join observations o on o.capture_id = c.id
        join articles a on a.id = o.article_id
        where c.url in (?, ?)
        order by c.fetched_at desc
        limit 1
        """,
        (url, normal),
    ).fetchone()
    return row


def _placed(row: sqlite3.Row) -> Record:
    record = join_record(row["record"], row["text"], row["sections"])
    record["capture"] = {
        "fetched_at": row["fetched_at"],
        "status": row["status"],
        "warc_file": row["warc_file"],
        "offset": row["offset"],
        "length": row["length"],
        "record_id": row["record_id"],
        "payload_digest": row["payload_digest"],
    }
    record["version"] = row["version"]
    record["first_seen_at"] = row["first_seen_at"]
    record["last_seen_at"] = row["last_seen_at"]
    return record
