"""Revisits of imported files: the capture whose payload each of them repeats."""

from __future__ import annotations

import sqlite3

from archive.captured_records import CapturedRecord
from archive.times import as_text, from_text


def find_original(connection: sqlite3.Connection, revisit: CapturedRecord) -> sqlite3.Row | None:
    """The capture that a revisit repeats: the one it names, else one with the same payload."""
    row: sqlite3.Row | None = None
    if revisit.original_uri and (at := _point_in_time(revisit.original_at)):
        row = connection.execute(
            """
            select payload_digest, payload_bytes from captures
            where url = ? and fetched_at = ? and record_type = 'response'
            limit 1
            """,
            (revisit.original_uri.strip("<>"), at),
        ).fetchone()
    if row is None and revisit.columns["payload_digest"] is not None:
        row = connection.execute(
            """
            select payload_digest, payload_bytes from captures
            where payload_digest = ? and record_type = 'response'
            limit 1
            """,
            (revisit.columns["payload_digest"],),
        ).fetchone()
    return row


def resolve(
    connection: sqlite3.Connection, capture_id: int, revisit: CapturedRecord, original: sqlite3.Row
) -> None:
    """Give the row of a revisit what its original shows, and what it waits for."""
    connection.execute(
        """
        update captures
        set payload_digest = ?, payload_bytes = ?, outcome = ?, reason = ?
        where id = ?
        """,
        (
            original["payload_digest"],
            original["payload_bytes"],
            revisit.columns["outcome"],
            revisit.columns["reason"],
            capture_id,
        ),
    )


def _point_in_time(text: str | None) -> str | None:
    try:
        return as_text(from_text(text or ""))
    except ValueError:
        return None
