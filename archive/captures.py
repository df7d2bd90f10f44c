"""Capture rows: what the database knows of one preserved exchange, and the table they stand in.

The same function describes an exchange just fetched and one read back from a WARC file, so that
a database made again from the files has the same rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urljoin

from w3lib.url import safe_url_string

from archive.http_messages import HttpResponse
from archive.payload_streams import PayloadFacts, payload_facts
from articles.urls import normalise_url

REQUISITE = "requisite"
"""The first word of `reason` where a capture is what a page needs to be shown."""

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_COLUMNS = (
    "warc_file_id",
    "offset",
    "length",
    "request_offset",
    "request_length",
    "record_id",
    "record_type",
    "crawl_id",
    "site",
    "url",
    "fetched_at",
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
    "outcome",
    "reason",
)
_INSERT = (
    f"insert into captures ({', '.join(_COLUMNS)}) "  # noqa: S608 - names of ours, values bound
    f"values ({', '.join(':' + name for name in _COLUMNS)})"
)
_ABSENT: dict[str, Any] = dict.fromkeys(_COLUMNS)


def insert_capture(connection: sqlite3.Connection, columns: Mapping[str, Any]) -> int:
    """Add one row and return its id. Columns that are not given are null."""
    return cast(int, connection.execute(_INSERT, {**_ABSENT, **columns}).lastrowid)


def describe_answer(
    response: HttpResponse | None,
    *,
    url: str,
    method: str,
    truncated: str | None,
    error: str | None,
    requisite_of: str | None = None,
    payload: PayloadFacts | None = None,
) -> dict[str, Any]:
    """The columns of a capture that follow from the answer alone.

    `outcome` is null (waiting for extraction) for a whole 200 of a GET that may be a page, else
    `skipped` with the reason. `response` is None where no whole head came. `payload` is given
    where it is known already.
    """
    if response is None:
        return {
            "error": error,
            "outcome": "skipped",
            "reason": f"no answer: {error}" if error else "no answer",
        }
    facts = payload or payload_facts(response, method=method)
    reason = _why_not_a_page(response, url, method, truncated, requisite_of)
    return {
        "status": response.status,
        "content_type": response.header("content-type"),
        "payload_digest": facts.digest,
        # A 304 speaks of a payload that nobody sent.
        "payload_sha256": facts.sha256 if response.status != 304 else None,
        "payload_bytes": facts.size,
        "etag": response.header("etag"),
        "last_modified": response.header("last-modified"),
        "location": _redirect_target(response, url),
        "truncated": truncated,
        "error": error,
        "outcome": "skipped" if reason else None,
        "reason": reason,
    }


def _why_not_a_page(
    response: HttpResponse,
    url: str,
    method: str,
    truncated: str | None,
    requisite_of: str | None,
) -> str | None:
    if requisite_of is not None:
        # Whatever it says it is: servers answer for a missing image with a page and status 200.
        return f"{REQUISITE} of {requisite_of}"
    if response.status != 200:
        return f"status {response.status}"
    if method != "GET":
        return f"method {method}"
    if truncated is not None:
        # Half a page would look like a new version with half of the text deleted.
        return f"truncated: {truncated}"
    media_type = (response.header("content-type") or "").partition(";")[0].strip().lower()
    if media_type in _HTML_TYPES or not media_type:
        # Hosts without rules answer with their front page here.
        return "robots.txt" if url.split("/", 3)[3:] == ["robots.txt"] else None
    return f"content type {media_type}"


def _redirect_target(response: HttpResponse, url: str) -> str | None:
    location = response.header("location")
    if location is None or not 300 <= response.status < 400:
        return None
    # As Scrapy's redirect middleware reads it, then normal as the frontier has it, so that this is
    # the URL of the next capture.
    try:
        return normalise_url(urljoin(url, safe_url_string(location)))
    except ValueError:
        return None
