"""Revisits: captures whose payload is already held, and the capture that each of them repeats.

`Originals` decides for the recorder what is written as a revisit. The rest gives the row of a
revisit that was read back (recovery, import) what its original shows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.captured_records import REVISIT_WITHOUT_ORIGINAL, CapturedRecord
from archive.captures import insert_capture
from archive.exchange import Exchange
from archive.http_messages import HttpResponse
from archive.payload_streams import PayloadFacts
from archive.times import as_text, from_text
from archive.warc_records import Original

# A revisit is smaller from 200 bytes of text on. Under a kilobyte it saves less than 400 bytes, and
# that is not worth it that two WARC records are needed to read one page.
_LEAST_PAYLOAD_BYTES = 1024
_MOST_LOOKED_AT = 20


class Originals:
    """What an answer repeats: a capture in the database, or one that waits for the same commit.

    A revisit only ever points to what is on the disk before it: to a row, whose bytes are durable,
    or to an exchange that was added earlier, which stands earlier in the same file or in one
    that is sealed. Recovery keeps nothing behind the first damage. Files of other tools are not
    pointed to: what we saw ourselves shall not rest on what someone else wrote.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._waiting: dict[tuple[str, str], Original] = {}
        """By both digests of the payload."""
        self._waiting_of_url: dict[str, tuple[Original, str | None]] = {}

    def find(
        self, exchange: Exchange, response: HttpResponse, payload: PayloadFacts
    ) -> Original | None:
        """The capture that this answer repeats; None where it has to be kept whole."""
        if exchange.method != "GET" or exchange.truncated is not None or exchange.error is not None:
            return None
        if response.status == 304:
            return self._confirmed(exchange, response)
        if not _is_whole_page_or_file(response, payload):
            return None
        waiting = self._waiting.get((payload.digest, payload.sha256))
        return waiting or self._held(payload.digest, payload.sha256, exchange.url)

    def note(
        self,
        exchange: Exchange,
        response: HttpResponse,
        payload: PayloadFacts,
        *,
        record_id: str,
        original: Original | None,
    ) -> None:
        """This answer was added, a revisit where `original` is given: what comes may repeat it."""
        if response.status != 200 or exchange.method != "GET":
            return
        if exchange.truncated is not None or exchange.error is not None:
            return
        if original is None and _is_whole_page_or_file(response, payload):
            original = self._waiting[payload.digest, payload.sha256] = Original(
                record_id=record_id,
                url=exchange.url,
                fetched_at=as_text(exchange.started_at),
                payload_digest=payload.digest,
                payload_sha256=payload.sha256,
            )
        if original is not None:
            self._waiting_of_url[exchange.url] = original, response.header("etag")

    def forget_waiting(self) -> None:
        """All that was noted has its row now."""
        self._waiting.clear()
        self._waiting_of_url.clear()

    def _confirmed(self, exchange: Exchange, response: HttpResponse) -> Original | None:
        """The capture of the payload that a 304 says is unchanged."""
        etag = response.header("etag")
        if exchange.url in self._waiting_of_url:
            original, its_etag = self._waiting_of_url[exchange.url]
            if _may_be_same(etag, its_etag):
                return original
        rows = self._connection.execute(
            """
            select c.*
            from captures c
            join warc_files w on w.id = c.warc_file_id and w.origin = 'crawl'
            where c.url = ? and c.fetched_at <= ? and c.status = 200 and c.truncated is null
              and c.record_type in ('response', 'revisit')
            order by c.fetched_at desc, c.id desc
            limit ?
            """,
            (exchange.url, as_text(exchange.started_at), _MOST_LOOKED_AT),
        ).fetchall()
        for row in rows:
            if not _may_be_same(etag, row["etag"]):
                continue
            if row["record_type"] == "response":
                return _as_original(row)
            # From it the unmodified content could not be retrieved by one step.
            held = self._held(row["payload_digest"], row["payload_sha256"], exchange.url)
            if held is not None:
                return held
        return None

    def _held(self, digest: str | None, sha256: str | None, url: str) -> Original | None:
        row = self._connection.execute(
            """
            select c.*
            from captures c
            join warc_files w on w.id = c.warc_file_id and w.origin = 'crawl'
            where c.payload_digest = ? and c.payload_sha256 = ?
              and c.record_type = 'response' and c.status = 200
              and c.truncated is null and c.error is null
            order by c.url <> ?, c.id
            limit 1
            """,
            (digest, sha256, url),
        ).fetchone()
        return _as_original(row) if row is not None else None


@dataclass(frozen=True, kw_only=True)
class Entered:
    """The row that a capture got."""

    id: int
    is_unsettled: bool = False
    """A revisit whose original is not here: nothing can be read of it yet, or what has the same
    SHA-1 is shown until the capture that it names comes."""


def enter_capture(
    connection: sqlite3.Connection, capture: CapturedRecord, owner: Mapping[str, Any]
) -> Entered:
    """Add the row of a capture that was read back; `owner` has its file, its crawl and its site."""
    columns = capture.columns
    is_repeat = columns["record_type"] == "revisit" and columns.get("status") != 304
    if not is_repeat:
        return Entered(id=insert_capture(connection, {**columns, **owner}))
    named = _find_named(connection, capture)
    original = named or _find_equal(connection, capture)
    if original is None:
        lonely = {"outcome": "skipped", "reason": REVISIT_WITHOUT_ORIGINAL}
        return Entered(
            id=insert_capture(connection, {**columns, **lonely, **owner}), is_unsettled=True
        )
    capture_id = insert_capture(connection, {**columns, **owner})
    _resolve(connection, capture_id, capture, original)
    # By SHA-1 alone it is a guess.
    is_guess = named is None and columns["payload_sha256"] is None and _names_one(capture)
    return Entered(id=capture_id, is_unsettled=is_guess)


def settle(connection: sqlite3.Connection, capture_id: int, revisit: CapturedRecord) -> None:
    """Look once more for the original of a revisit that was entered unsettled."""
    original = _find_named(connection, revisit) or _find_equal(connection, revisit)
    if original is None:
        return
    row = connection.execute("select * from captures where id = ?", (capture_id,)).fetchone()
    is_lonely = row["reason"] == REVISIT_WITHOUT_ORIGINAL
    if is_lonely or row["payload_sha256"] != original["payload_sha256"]:
        _resolve(connection, capture_id, revisit, original)


# Ids and times that two captures share are nothing that a hostile file could not have.
_LIKELIEST = "payload_sha256 is not :payload_sha256, payload_digest is not :payload_digest, id"


def _find_named(connection: sqlite3.Connection, revisit: CapturedRecord) -> sqlite3.Row | None:
    """The capture that a revisit names: by its id, else by address and time."""
    row: sqlite3.Row | None = None
    if revisit.original_id:
        # wget digests a chunked body with its framing: only the id tells what it repeats.
        row = connection.execute(
            f"""
            select payload_digest, payload_sha256, payload_bytes from captures
            where record_id = :original_id and record_type = 'response'
            order by {_LIKELIEST}
            limit 1
            """,  # noqa: S608 - our own words
            {**_digests(revisit), "original_id": revisit.original_id},
        ).fetchone()
    if row is None and revisit.original_uri and (at := _point_in_time(revisit.original_at)):
        row = connection.execute(
            f"""
            select payload_digest, payload_sha256, payload_bytes from captures
            where url = :url and fetched_at = :at and record_type = 'response'
            order by {_LIKELIEST}
            limit 1
            """,  # noqa: S608 - our own words
            {**_digests(revisit), "url": revisit.original_uri.strip("<>"), "at": at},
        ).fetchone()
    return row


def _find_equal(connection: sqlite3.Connection, revisit: CapturedRecord) -> sqlite3.Row | None:
    """A capture with the payload of a revisit, by as many digests as it tells."""
    row: sqlite3.Row | None = connection.execute(
        """
        select payload_digest, payload_sha256, payload_bytes from captures
        where payload_digest = :payload_digest and record_type = 'response'
          and (:payload_sha256 is null or payload_sha256 = :payload_sha256)
        order by id
        limit 1
        """,
        _digests(revisit),
    ).fetchone()
    return row


def _digests(revisit: CapturedRecord) -> dict[str, str | None]:
    return {name: revisit.columns[name] for name in ("payload_digest", "payload_sha256")}


def _names_one(revisit: CapturedRecord) -> bool:
    return bool(revisit.original_id or (revisit.original_uri and revisit.original_at))


def _resolve(
    connection: sqlite3.Connection, capture_id: int, revisit: CapturedRecord, original: sqlite3.Row
) -> None:
    """Give the row of a revisit what its original shows, and what it waits for."""
    connection.execute(
        """
        update captures
        set payload_digest = ?, payload_sha256 = ?, payload_bytes = ?, outcome = ?, reason = ?
        where id = ?
        """,
        (
            original["payload_digest"],
            original["payload_sha256"],
            original["payload_bytes"],
            revisit.columns["outcome"],
            revisit.columns["reason"],
            capture_id,
        ),
    )


def _is_whole_page_or_file(response: HttpResponse, payload: PayloadFacts) -> bool:
    return response.status == 200 and payload.is_complete and payload.size >= _LEAST_PAYLOAD_BYTES


def _may_be_same(etag: str | None, other: str | None) -> bool:
    """Two entity tags do not contradict each other; strong or weak makes no difference here."""
    return etag is None or other is None or etag.removeprefix("W/") == other.removeprefix("W/")


def _as_original(row: sqlite3.Row) -> Original:
    return Original(
        record_id=row["record_id"],
        url=row["url"],
        fetched_at=row["fetched_at"],
        payload_digest=row["payload_digest"],
        payload_sha256=row["payload_sha256"],
    )


def _point_in_time(text: str | None) -> str | None:
    try:
        return as_text(from_text(text or ""))
    except ValueError:
        return None
