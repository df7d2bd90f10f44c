"""Texts and records, each held once under its digest, and put together again for a reader.

A record is parted before it is stored: `text` and `sections` go to `texts`, shared by every capture
that shows the same text; where the record lies in the archive is known to the rows around it; the
rest goes to `records`. `archive.storing` writes here, `archive.reading` reads.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from typing import Any

from articles.record_json import RECORD_KEYS

Record = dict[str, Any]

_PARTED = ("text", "sections")
_FROM_ROWS = ("capture", "version", "first_seen_at", "last_seen_at")


def hold_record(
    connection: sqlite3.Connection,
    record: Record,
    *,
    capture_id: int,
    article_id: int,
    derivation: str,
) -> str:
    """Hold the text and the rest of `record`, as one capture showed it; the digest of the rest."""
    apart = dict.fromkeys(_FROM_ROWS)
    if _hold_text(
        connection, record, capture_id=capture_id, article_id=article_id, derivation=derivation
    ):
        apart |= dict.fromkeys(_PARTED)
    rest = _as_text({key: value for key, value in record.items() if key not in apart})
    digest = "sha256:" + hashlib.sha256(rest.encode()).hexdigest()
    connection.execute(
        "insert into records (digest, record) values (?, ?) on conflict (digest) do nothing",
        (digest, rest),
    )
    return digest


def _hold_text(
    connection: sqlite3.Connection,
    record: Record,
    *,
    capture_id: int,
    article_id: int,
    derivation: str,
) -> bool:
    """Whether `texts` now holds the text and sections just as they stand in `record`.

    Two records of one text digest can differ in white space, in their markup (a list made of
    paragraphs) or in their images: the first is shared, a further one keeps its own. Sections that
    only an older extractor made of this article give way.
    """
    digest, text, sections = record["text_digest"], record["text"], _as_text(record["sections"])
    held = connection.execute(
        "select text, sections from texts where digest = ?", (digest,)
    ).fetchone()
    if held is None:
        connection.execute(
            "insert into texts (digest, text, sections) values (?, ?, ?)", (digest, text, sections)
        )
        return True
    if tuple(held) == (text, sections):
        return True
    # A text that is in the search index must stay as it was indexed, to the letter.
    if held["text"] != text or _is_shared(connection, digest, capture_id, article_id, derivation):
        return False
    connection.execute("update texts set sections = ? where digest = ?", (sections, digest))
    return True


def _is_shared(
    connection: sqlite3.Connection,
    digest: str,
    capture_id: int,
    article_id: int,
    derivation: str,
) -> bool:
    found = connection.execute(
        """
        select 1
        from observations
        where text_digest = ?
          and capture_id <> ?
          and (article_id <> ? or derivation = ?)
        limit 1
        """,
        (digest, capture_id, article_id, derivation),
    ).fetchone()
    return found is not None


def join_record(rest: str, text: str, sections: str) -> Record:
    """The public record of what `records` and `texts` hold; its place in the archive is null."""
    record: Record = json.loads(rest)
    if "text" not in record:
        record["text"], record["sections"] = text, json.loads(sections)
    return {key: record.get(key) for key in RECORD_KEYS}


def drop_unused(connection: sqlite3.Connection) -> None:
    """Forget texts and records that no observation, version or search document speaks of.

    Run it where foreign keys are off: SQLite would search every child table for each row.
    """
    connection.execute(
        """
        delete from records
        where digest not in (select record_digest from observations)
        """
    )
    connection.execute(
        """
        delete from texts
        where digest not in (select text_digest from observations)
          and digest not in (select text_digest from versions)
          and digest not in (select text_digest from search_documents)
        """
    )


def storable(record: Record) -> Record:
    """`record`, with U+FFFD for lone surrogates: JSON on a page can hold them, UTF-8 cannot."""
    try:
        _as_text(record).encode()
    except UnicodeEncodeError:
        escaped = json.dumps(record, ensure_ascii=False).encode("utf-16", "surrogatepass")
        return dict(json.loads(escaped.decode("utf-16", "replace")))
    return record


def _as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
