"""Versions: the texts an article had, one after the other in the order in which they were captured.

They follow from the article's observations alone, in whatever order these arrived: a version is a
run of captures that show one text. Two captures are compared only under one derivation, for a
better extractor is not a change of the page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What one capture showed of an article's text."""

    capture_id: int
    fetched_at: str
    record_id: str
    """WARC-Record-ID: parts captures of one moment the same way in every database."""
    text_digest: str
    derivation: str


@dataclass(frozen=True, kw_only=True)
class Version:
    """A run of captures that show one text; `text_digest` is that of the last of them."""

    number: int
    text_digest: str
    first: Seen
    last: Seen


def number_versions(observations: Iterable[Seen]) -> tuple[Version, ...]:
    """The versions of one article, the oldest first, from its observations in any order."""
    versions: list[Version] = []
    texts: dict[str, str] = {}
    for seen in sorted(observations, key=lambda seen: (seen.fetched_at, seen.record_id)):
        known = texts.get(seen.derivation)
        if not versions or (known is not None and known != seen.text_digest):
            texts = {}
            versions.append(
                Version(
                    number=len(versions) + 1, text_digest=seen.text_digest, first=seen, last=seen
                )
            )
        else:
            current = versions[-1]
            versions[-1] = Version(
                number=current.number, text_digest=seen.text_digest, first=current.first, last=seen
            )
        texts[seen.derivation] = seen.text_digest
    return tuple(versions)


def rebuild_versions(connection: sqlite3.Connection, article_id: int) -> tuple[Version, ...]:
    """Number the versions of an article anew from all its observations; empty without any."""
    rows = connection.execute(
        """
        select o.capture_id, o.fetched_at, c.record_id, o.text_digest, o.derivation
        from observations o
        join captures c on c.id = o.capture_id
        where o.article_id = ?
        """,
        (article_id,),
    )
    versions = number_versions(
        Seen(
            capture_id=row[0],
            fetched_at=row[1],
            record_id=row[2],
            text_digest=row[3],
            derivation=row[4],
        )
        for row in rows
    )
    connection.execute("delete from versions where article_id = ?", (article_id,))
    connection.executemany(
        """
        insert into versions (
            article_id, number, text_digest, first_capture_id, last_capture_id,
            first_seen_at, last_seen_at, word_count
        )
        values (
            ?, ?, ?, ?, ?, ?, ?,
            (
                select json_extract(r.record, '$.word_count')
                from observations o
                join records r on r.digest = o.record_digest
                where o.capture_id = ?
            )
        )
        """,
        (
            (
                article_id,
                version.number,
                version.text_digest,
                version.first.capture_id,
                version.last.capture_id,
                version.first.fetched_at,
                version.last.fetched_at,
                version.last.capture_id,
            )
            for version in versions
        ),
    )
    return versions


def append_version(
    connection: sqlite3.Connection,
    article_id: int,
    *,
    capture_id: int,
    fetched_at: str,
    text_digest: str,
    word_count: int,
) -> int:
    """Put a capture later than all others at the end; the number of the version it belongs to.

    Only right where the latest observation was made under the same derivation.
    """
    held = connection.execute(
        """
        select number, text_digest
        from versions
        where article_id = ?
        order by number desc
        limit 1
        """,
        (article_id,),
    ).fetchone()
    number: int = held["number"] if held is not None else 0
    if held is not None and held["text_digest"] == text_digest:
        connection.execute(
            """
            update versions
            set last_capture_id = ?, last_seen_at = ?
            where article_id = ? and number = ?
            """,
            (capture_id, fetched_at, article_id, number),
        )
        return number
    connection.execute(
        """
        insert into versions (
            article_id, number, text_digest, first_capture_id, last_capture_id,
            first_seen_at, last_seen_at, word_count
        )
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            article_id,
            number + 1,
            text_digest,
            capture_id,
            capture_id,
            fetched_at,
            fetched_at,
            word_count,
        ),
    )
    return number + 1
