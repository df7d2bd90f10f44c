"""WARC records read back as capture rows: what recovery and import enter into the database.

The rows equal those that the recorder entered when it wrote the records.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol

from archive.captures import describe_answer
from archive.http_messages import HttpResponse, parse_response
from archive.payload_streams import payload_facts
from archive.times import as_text
from archive.warc_reading import WarcRecord
from archive.warc_records import FAILURE_FIELD, PAYLOAD_FIELD, REQUISITE_FIELD

REVISIT_WITHOUT_ORIGINAL = "revisit of a capture that is not here"

_SHA256 = re.compile(r"sha256:([0-9a-f]{64})")
_HEXADECIMAL_SHA1 = re.compile(r"sha1:[0-9a-fA-F]{40}")
_KINDS = frozenset({"response", "resource", "revisit", "metadata"})
_SCHEMES = ("http://", "https://")


class Rest(Protocol):
    """What follows the first part of a block, to be read any number of times."""

    def chunks(self) -> Iterator[bytes]:
        """All of it, in pieces."""


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
    original_id: str = ""
    original_uri: str | None = None
    original_at: str | None = None
    """WARC-Refers-To without its angle brackets, -Target-URI and -Date of a revisit."""


def captured_record(
    record: WarcRecord, *, offset: int, length: int, rest: Rest | None = None
) -> CapturedRecord | None:
    """The capture that `record` preserves; None for what is no capture of an HTTP address.

    `rest` is what follows the block of `record` where that is the first part only.
    """
    kind = record.type
    if kind not in _KINDS:
        return None
    recorded_at = record.recorded_at
    url = record.target_uri
    if recorded_at is None or not url.lower().startswith(_SCHEMES):
        return None
    if kind == "response":
        answer = _describe_response(record, parse_response(record.block), url, rest)
    elif kind == "resource":
        # The thing itself without an exchange: a page as a browser showed it, a file of a disk.
        answer = _describe_response(record, _as_answer(record), url, rest)
        del answer["status"]
    elif kind == "revisit":
        answer = _describe_revisit(record, url)
    elif kind == "metadata" and (error := _failure_of(record)):
        answer = describe_answer(None, url=url, method="GET", truncated=None, error=error)
    else:
        return None
    return CapturedRecord(
        columns={
            **answer,
            "offset": offset,
            "length": length,
            "record_id": record.record_id,
            "record_type": kind,
            "url": url,
            "fetched_at": as_text(recorded_at),
        },
        concurrent_to=record.concurrent_to,
        original_id=(record.field("WARC-Refers-To") or "").strip().strip("<>"),
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


def _describe_response(
    record: WarcRecord, response: HttpResponse | None, url: str, rest: Rest | None
) -> dict[str, Any]:
    payload = None
    if response is not None and rest is not None:
        start = response.body
        payload = payload_facts(response, body=lambda: chain([start], rest.chunks()))
    return describe_answer(
        response,
        url=url,
        method="GET",
        truncated=record.field("WARC-Truncated"),
        error=record.field(FAILURE_FIELD),
        requisite_of=record.field(REQUISITE_FIELD),
        payload=payload,
    )


def _as_answer(record: WarcRecord) -> HttpResponse:
    media_type = record.field("Content-Type") or "application/octet-stream"
    return HttpResponse(
        version="HTTP/1.1",
        status=200,
        reason="",
        headers=(("Content-Type", media_type),),
        head_bytes=0,
        is_plainly_framed=True,
        body=record.block,
    )


def _describe_revisit(record: WarcRecord, url: str) -> dict[str, Any]:
    answer = describe_answer(
        parse_response(record.block),
        url=url,
        method="GET",
        truncated=None,
        error=None,
        requisite_of=record.field(REQUISITE_FIELD),
    )
    digest = record.field("WARC-Payload-Digest")
    answer["payload_digest"] = _as_ours(digest)
    if answer.get("status") != 304:
        answer["payload_bytes"] = None
        seen = _SHA256.fullmatch(record.field(PAYLOAD_FIELD) or "")
        answer["payload_sha256"] = seen[1] if seen is not None else None
    if "status" not in answer:
        answer["reason"] = "revisit without a head"
    return answer


def _as_ours(digest: str | None) -> str | None:
    """A SHA-1 digest as we spell it; warcprox and others write it in hexadecimal."""
    if digest is None or not digest.startswith("sha1:"):
        return None
    if _HEXADECIMAL_SHA1.fullmatch(digest):
        return "sha1:" + base64.b32encode(bytes.fromhex(digest[5:])).decode("ascii")
    return digest


def _failure_of(record: WarcRecord) -> str | None:
    """The error of an exchange without an answer, from the metadata record that we write of it."""
    if record.concurrent_to or not record.block.startswith(b"stage: "):
        return None
    lines = record.block.decode("utf-8", "replace").split("\r\n")
    values = dict(line.partition(": ")[::2] for line in lines)
    return f"{values['stage']}: {values.get('error', '')}"
