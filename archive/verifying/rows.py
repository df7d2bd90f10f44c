"""The rows of a WARC file's captures against its bytes, in both directions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from archive.captures import describe_answer
from archive.payload_streams import PayloadFacts
from archive.times import as_text
from archive.verifying.digests import DeclaredDigest, base32, read_digest
from archive.verifying.faults import Fault
from archive.verifying.file_check import FoundRecord
from archive.verifying.record_heads import IDENTICAL, bare
from archive.verifying.record_reading import CheckedRecord
from archive.warc_records import FAILURE_FIELD, PAYLOAD_FIELD

_SCHEMES = ("http://", "https://")
_START_OF_FAILURE = b"stage: "
# What the bytes of an answer say; the rest of a row is of the crawl and of extraction.
_OF_ANSWER = (
    "status",
    "content_type",
    "payload_digest",
    "payload_sha256",
    "payload_bytes",
    "etag",
    "last_modified",
    "location",
    "truncated",
    "error",
)


class RowsOfFile:
    """The capture rows of one file, struck off as their bytes are found."""

    def __init__(
        self, connection: sqlite3.Connection, file_id: int, shown: str, *, is_own: bool
    ) -> None:
        """`is_own`: every request has its row; imported ones may lie beside what they asked."""
        self._connection = connection
        self._shown = shown
        self._is_own = is_own
        found = connection.execute(
            "select * from captures where warc_file_id = ?", (file_id,)
        ).fetchall()
        self._answers = {row["offset"]: row for row in found}
        self._requests = {
            row["request_offset"]: row for row in found if row["request_offset"] is not None
        }

    def compare(self, found: FoundRecord) -> Iterator[Fault]:
        """What the row says of this record against what its bytes say."""
        record, offset = found.record, found.offset
        if record.head.type == "request":
            yield from self._compare_request(found)
            return
        row = self._answers.pop(offset, None)
        if not _is_capture(record):
            if row is not None:
                what = f"a {record.head.type}"
                yield self._fault(offset, "row", what, f"the {row['record_type']} of a row")
            return
        if row is None:
            what = f"a capture of {record.head.target_uri} without a row"
            yield self._fault(offset, "row-missing", what, "a row")
            return
        for name, value in _columns(found).items():
            if value != row[name]:
                expected = f"{row[name]!r} by its row"
                yield self._fault(offset, "row", f"{name} {value!r}", expected)
        if record.head.type == "revisit":
            yield from self._compare_original(found, row)

    def without_bytes(self) -> Iterator[Fault]:
        """The rows that name bytes where no such record was found."""
        for offset, row in self._answers.items():
            expected = f"the {row['record_type']} of {row['url']} that its row names"
            yield self._fault(offset, "bytes-missing", "no whole WARC record", expected)
        for offset, row in self._requests.items():
            expected = f"the request of {row['url']} that its row names"
            yield self._fault(offset, "bytes-missing", "no whole WARC record", expected)

    def _compare_request(self, found: FoundRecord) -> Iterator[Fault]:
        head, offset = found.record.head, found.offset
        row = self._requests.pop(offset, None)
        if row is None:
            if self._is_own:
                what = f"a request of {head.target_uri} without a row"
                yield self._fault(offset, "row-missing", what, "a row")
            return
        if row["request_length"] != found.length:
            expected = f"{row['request_length']} by its row"
            yield self._fault(offset, "row", f"a request of {found.length} bytes", expected)
        if self._is_own and head.concurrent_to != row["record_id"]:
            expected = f"{row['record_id']} by its row"
            yield self._fault(offset, "row", f"a request of {head.concurrent_to}", expected)

    def _compare_original(self, found: FoundRecord, row: sqlite3.Row) -> Iterator[Fault]:
        """A revisit of another tool tells no SHA-256: the capture that it names must have it."""
        named = bare(found.record.head.first.get("warc-refers-to", ""))
        if not named or row["payload_sha256"] is None:
            return
        originals = self._connection.execute(
            "select payload_sha256 from captures where record_id = ? and record_type = 'response'",
            (named,),
        )
        digests = [it["payload_sha256"] for it in originals]
        if digests and row["payload_sha256"] not in digests:
            expected = f"{row['payload_sha256']!r} by its row"
            what = f"payload_sha256 {digests[0]!r} of its original"
            yield self._fault(found.offset, "row", what, expected)

    def _fault(self, offset: int, kind: str, found: str, expected: str) -> Fault:
        return Fault(file=self._shown, offset=offset, kind=kind, found=found, expected=expected)


def _is_capture(record: CheckedRecord) -> bool:
    head = record.head
    if head.recorded_at is None or not head.target_uri.lower().startswith(_SCHEMES):
        return False
    if head.type == "metadata":
        return not head.concurrent_to and record.block_start.startswith(_START_OF_FAILURE)
    return head.type in ("response", "resource", "revisit")


def _columns(found: FoundRecord) -> dict[str, Any]:
    """The columns of a capture row that the bytes of its record tell."""
    record, head = found.record, found.record.head
    assert head.recorded_at is not None  # noqa: S101 - it is a capture
    columns: dict[str, Any] = {
        "length": found.length,
        "record_id": head.record_id,
        "record_type": head.type,
        "url": head.target_uri,
        "fetched_at": as_text(head.recorded_at),
    }
    if record.response is None:
        return columns
    facts = PayloadFacts(
        digest=f"sha1:{base32(record.payload_sha1 or b'')}",
        sha256=record.payload_sha256 or "",
        size=record.payload_bytes or 0,
        is_complete=True,
    )
    answer = describe_answer(
        record.response,
        url=head.target_uri,
        method="GET",
        truncated=head.field("WARC-Truncated"),
        error=head.field(FAILURE_FIELD),
        payload=facts,
    )
    columns |= {name: answer[name] for name in _OF_ANSWER}
    if record.payload_sha1 is None:
        # A revisit shows the payload of its original, and says itself which that is.
        del columns["payload_digest"], columns["payload_sha256"], columns["payload_bytes"]
    if head.type == "revisit":
        # Its block is cut after the head, which says nothing of the answer.
        del columns["truncated"]
        if head.profile == IDENTICAL:
            if (sha1 := _declared(record, "WARC-Payload-Digest", "sha1")) is not None:
                columns["payload_digest"] = f"sha1:{base32(sha1)}"
            if (sha256 := _declared(record, PAYLOAD_FIELD, "sha256")) is not None:
                columns["payload_sha256"] = sha256.hex()
    return columns


def _declared(record: CheckedRecord, field: str, algorithm: str) -> bytes | None:
    declared = read_digest("", record.head.first.get(field.lower(), ""))
    if not isinstance(declared, DeclaredDigest) or declared.algorithm != algorithm:
        return None
    return declared.value
