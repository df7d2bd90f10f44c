"""WARC records read back as capture rows: what recovery and import enter into the database.

The rows equal those that the recorder entered when it wrote the records.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.captures import describe_answer
from archive.http_messages import parse_response
from archive.times import as_text
from archive.warc_reading import WarcRecord
from archive.warc_writing import FAILURE_FIELD

REVISIT_WITHOUT_ORIGINAL = "revisit of a capture that is not here"

_SCHEMES = ("http://", "https://")


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestRecord:
    """Where the request of an exchange stands."""

    record_id: str
    concurrent_to: str
    url: str
    method: str
    offset: int
    length: int


@dataclass(kw_only=True, slots=True)
class CapturedRecord:
    """One capture to be: the columns of its row that the WARC file tells."""

    columns: dict[str, Any]
    concurrent_to: str
    original_uri: str | None = None
    original_at: str | None = None
    """WARC-Refers-To-Target-URI and -Date of a revisit."""


def captured_record(record: WarcRecord, *, offset: int, length: int) -> CapturedRecord | None:
    """The capture that `record` preserves; None for what is no capture of an HTTP exchange."""
    recorded_at = record.recorded_at
    url = record.target_uri
    if recorded_at is None or not url.lower().startswith(_SCHEMES):
        return None
    if record.type == "response":
        answer = describe_answer(
            parse_response(record.block),
            url=url,
            method="GET",
            truncated=record.field("WARC-Truncated"),
            error=record.field(FAILURE_FIELD),
        )
    elif record.type == "revisit":
        answer = _describe_revisit(record, url)
    elif record.type == "metadata" and (error := _failure_of(record)):
        answer = describe_answer(None, url=url, method="GET", truncated=None, error=error)
    else:
        return None
    return CapturedRecord(
        columns={
            **answer,
            "offset": offset,
            "length": length,
            "record_id": record.record_id,
            "record_type": record.type,
            "url": url,
            "fetched_at": as_text(recorded_at),
        },
        concurrent_to=record.concurrent_to,
        original_uri=record.field("WARC-Refers-To-Target-URI"),
        original_at=record.field("WARC-Refers-To-Date"),
    )


def request_record(record: WarcRecord, *, offset: int, length: int) -> RequestRecord | None:
    """The request that `record` is; None where it is none."""
    if record.type != "request":
        return None
    method = record.block[:20].partition(b" ")[0].decode("latin-1")
    return RequestRecord(
        record_id=record.record_id,
        concurrent_to=record.concurrent_to,
        url=record.target_uri,
        method=method,
        offset=offset,
        length=length,
    )


def join_requests(captured: Iterable[CapturedRecord], requests: Iterable[RequestRecord]) -> None:
    """Give each capture the place of its request; changes `captured`.

    Tools differ on which of the two points to the other, and on which is written first.
    """
    by_own_id: dict[str, RequestRecord] = {}
    by_answer_id: dict[str, RequestRecord] = {}
    for request in requests:
        by_own_id[request.record_id] = request
        by_answer_id[request.concurrent_to] = request
    for capture in captured:
        columns = capture.columns
        found = by_answer_id.get(columns["record_id"]) or by_own_id.get(capture.concurrent_to)
        if found is None or found.url != columns["url"]:
            continue
        columns["request_offset"], columns["request_length"] = found.offset, found.length
        if found.method != "GET" and columns["outcome"] is None:
            columns["outcome"], columns["reason"] = "skipped", f"method {found.method}"


def _describe_revisit(record: WarcRecord, url: str) -> dict[str, Any]:
    answer = describe_answer(
        parse_response(record.block), url=url, method="GET", truncated=None, error=None
    )
    digest = record.field("WARC-Payload-Digest")
    answer["payload_digest"] = digest if digest and digest.startswith("sha1:") else None
    answer["payload_bytes"] = None
    if "status" not in answer:
        answer["reason"] = "revisit without a head"
    return answer


def _failure_of(record: WarcRecord) -> str | None:
    """The error of an exchange without an answer, from the metadata record that we write of it."""
    if record.concurrent_to or not record.block.startswith(b"stage: "):
        return None
    lines = record.block.decode("utf-8", "replace").split("\r\n")
    values = dict(line.partition(": ")[::2] for line in lines)
    return f"{values['stage']}: {values.get('error', '')}"
