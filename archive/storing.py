"""From an extracted article to its rows: what a capture showed becomes an observation.

`store_article` and `store_no_article` are called inside `collection.transaction()`, by
`archive.extracting`. The rows of an article follow from its observations alone, so that storing a
capture twice changes nothing and the order in which captures arrive does not matter.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.article_rows import add_article, drop_article, show_record
from archive.site_counts import hold_fingerprint, mark, mark_articles
from archive.texts import Record, hold_record, join_record, storable
from archive.versions import append_version, rebuild_versions
from articles.record import Article, Derivation
from articles.record_json import record_to_json


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What storing one capture's article came to."""

    article_id: int
    version: int
    """Number of the article's latest version."""
    is_new_article: bool
    is_new_version: bool
    """The article has a text more than before; never together with `is_new_article`."""


def store_article(
    connection: sqlite3.Connection, capture: Mapping[str, Any] | sqlite3.Row, article: Article
) -> Stored:
    """Store what `capture` (a row of `captures`) showed.

    A changed text is a new version, an equal one only moves `last_seen_at`; an observation that
    this capture had before is replaced.
    """
    record = storable(record_to_json(article))
    # The site is whose crawl or whose domain it is; the page alone can't tell.
    record["site"] = capture["site"]
    derivation = derivation_of(article.extractor)
    before = _observation_of(connection, capture["id"])
    held = _article_at(connection, record["url"])
    if held is None:
        article_id = add_article(
            connection, record, capture_id=capture["id"], fetched_at=capture["fetched_at"]
        )
    else:
        article_id = held["id"]
    digest = hold_record(
        connection,
        record,
        capture_id=capture["id"],
        article_id=article_id,
        derivation=derivation,
    )
    fingerprint_id = hold_fingerprint(connection, article.fingerprint)
    if _counts_otherwise(connection, capture["id"], article_id, fingerprint_id):
        mark(connection, capture["site"])
    shown = (article_id, record["text_digest"], digest, derivation, fingerprint_id)
    if held is not None and before is not None and tuple(before) == shown:
        return Stored(
            article_id=article_id,
            version=held["version"],
            is_new_article=False,
            is_new_version=False,
        )
    _put_observation(connection, capture, *shown)
    if held is None:
        version = _append(connection, capture, record, article_id)
    elif before is None and _is_next(held, capture, derivation):
        version = _append(connection, capture, record, article_id)
        _move_to_latest(connection, article_id, capture, version=version)
        if digest != held["record_digest"]:
            show_record(connection, article_id, record)
    else:
        version = _settle(connection, article_id)
    if before is not None and before["article_id"] != article_id:
        # Extracted anew, the page names another canonical URL than it seemed to.
        _settle(connection, before["article_id"])
    return Stored(
        article_id=article_id,
        version=version,
        is_new_article=held is None,
        is_new_version=held is not None and version > held["version"],
    )


def store_no_article(connection: sqlite3.Connection, capture_id: int) -> None:
    """Take back what this capture was once believed to show; its article goes with the last."""
    before = _observation_of(connection, capture_id)
    if before is not None:
        mark_articles(connection, [before["article_id"]])
        # The row of the article still points to this capture until it is settled.
        connection.execute("delete from observations where capture_id = ?", (capture_id,))
        _settle(connection, before["article_id"])


def derivation_of(extractor: Derivation) -> str:
    """By what a record was made, as one text: the extractor's version and the digests it names."""
    parts = (extractor.version, extractor.profile_digest, extractor.knowledge_digest)
    return " ".join(part for part in parts if part is not None)


def knowledge_digest_in(derivation: str) -> str | None:
    """The digest of what was known of the site's other pages, out of `derivation_of`.

    >>> knowledge_digest_in("1 sha256:0123456789abcdef site:fedcba9876543210")
    'site:fedcba9876543210'
    """
    last = derivation.rpartition(" ")[2]
    return last if last.startswith("site:") else None


def _article_at(connection: sqlite3.Connection, url: str) -> sqlite3.Row | None:
    """The article at this URL, with what its latest capture showed."""
    row: sqlite3.Row | None = connection.execute(
        """
        select a.id, a.version, a.last_seen_at, o.derivation, o.record_digest
        from articles a
        left join observations o on o.capture_id = a.capture_id
        where a.url = ?
        """,
        (url,),
    ).fetchone()
    return row


def _observation_of(connection: sqlite3.Connection, capture_id: int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        """
        select article_id, text_digest, record_digest, derivation, fingerprint_id
        from observations
        where capture_id = ?
        """,
        (capture_id,),
    ).fetchone()
    return row


def _put_observation(
    connection: sqlite3.Connection,
    capture: Mapping[str, Any] | sqlite3.Row,
    article_id: int,
    text_digest: str,
    record_digest: str,
    derivation: str,
    fingerprint_id: int | None,
) -> None:
    connection.execute(
        """
        insert into observations (
            capture_id, article_id, fetched_at, text_digest, record_digest, derivation,
            fingerprint_id
        )
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (capture_id) do update
        set article_id = excluded.article_id,
            fetched_at = excluded.fetched_at,
            text_digest = excluded.text_digest,
            record_digest = excluded.record_digest,
            derivation = excluded.derivation,
            fingerprint_id = excluded.fingerprint_id
        """,
        (
            capture["id"],
            article_id,
            capture["fetched_at"],
            text_digest,
            record_digest,
            derivation,
            fingerprint_id,
        ),
    )


def _counts_otherwise(
    connection: sqlite3.Connection, capture_id: int, article_id: int, fingerprint_id: int | None
) -> bool:
    """Whether an observation with this fingerprint is news for the counts of the site."""
    found = connection.execute(
        """
        select 1
        from observations
        where article_id = ?
          and fingerprint_id is ?
          and (capture_id = ? or not exists (
              select 1 from observations where capture_id = ?
          ))
        """,
        (article_id, fingerprint_id, capture_id, capture_id),
    ).fetchone()
    return found is None


def _is_next(held: sqlite3.Row, capture: Mapping[str, Any] | sqlite3.Row, derivation: str) -> bool:
    """Whether the capture simply follows the latest one, so that nothing needs to be rebuilt."""
    return bool(capture["fetched_at"] > held["last_seen_at"] and held["derivation"] == derivation)


def _append(
    connection: sqlite3.Connection,
    capture: Mapping[str, Any] | sqlite3.Row,
    record: Record,
    article_id: int,
) -> int:
    return append_version(
        connection,
        article_id,
        capture_id=capture["id"],
        fetched_at=capture["fetched_at"],
        text_digest=record["text_digest"],
        word_count=record["word_count"],
    )


def _move_to_latest(
    connection: sqlite3.Connection,
    article_id: int,
    capture: Mapping[str, Any] | sqlite3.Row,
    *,
    version: int,
) -> None:
    """The capture is the latest of the article; it was there, so an earlier absence is over."""
    connection.execute(
        """
        update articles
        set version = :version,
            capture_id = :capture_id,
            last_seen_at = :fetched_at,
            gone_at = case when gone_at > :fetched_at then gone_at end
        where id = :article_id
        """,
        {
            "version": version,
            "capture_id": capture["id"],
            "fetched_at": capture["fetched_at"],
            "article_id": article_id,
        },
    )


def _settle(connection: sqlite3.Connection, article_id: int) -> int:
    """Make all rows of an article follow from its observations; the number of its latest version.

    0 where no observation is left: the article is dropped then.
    """
    versions = rebuild_versions(connection, article_id)
    if not versions:
        drop_article(connection, article_id)
        return 0
    latest = versions[-1]
    connection.execute(
        """
        update articles
        set version = :version,
            capture_id = :capture_id,
            first_seen_at = :first_seen_at,
            last_seen_at = :last_seen_at,
            gone_at = case when gone_at > :last_seen_at then gone_at end
        where id = :article_id
        """,
        {
            "version": latest.number,
            "capture_id": latest.last.capture_id,
            "first_seen_at": versions[0].first.fetched_at,
            "last_seen_at": latest.last.fetched_at,
            "article_id": article_id,
        },
    )
    show_record(connection, article_id, _record_shown_by(connection, latest.last.capture_id))
    return latest.number


def _record_shown_by(connection: sqlite3.Connection, capture_id: int) -> Record:
    row = connection.execute(
        """
        select r.record, t.text, t.sections
        from observations o
        join records r on r.digest = o.record_digest
        join texts t on t.digest = o.text_digest
        where o.capture_id = ?
        """,
        (capture_id,),
    ).fetchone()
    return join_record(row["record"], row["text"], row["sections"])
