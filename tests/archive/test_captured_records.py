from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive.captured_records import captured_record
from archive.collection import Collection
from archive.importing import import_warcs
from archive.verifying.verifying import verify_collection
from archive.warc_reading import WarcRecord, read_capture
from archive.warc_records import record_member

URL = "http://example.org/fever"
PAGE = b"<!doctype html><title>Fever</title>"


def a_record(kind: str, block: bytes, *more: tuple[str, str], url: str = URL) -> WarcRecord:
    fields = (
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<urn:test:{kind}>"),
        ("WARC-Date", "2025-01-01T10:00:00Z"),
        ("WARC-Target-URI", url),
        *more,
    )
    return WarcRecord(version="1.1", fields=fields, block=block)


@pytest.mark.parametrize(
    ("media_type", "more", "reason"),
    [
        ("text/html; charset=utf-8", (), None),
        ("application/xhtml+xml", (), None),
        ("image/png", (), "content type image/png"),
        ("text/html", (("WARC-Truncated", "length"),), "truncated: length"),
    ],
)
def test_a_resource_at_a_web_address_is_a_capture_without_a_status(
    media_type: str, more: tuple[tuple[str, str], ...], reason: str | None
) -> None:
    record = a_record("resource", PAGE, ("Content-Type", media_type), *more)

    capture = captured_record(record, offset=0, length=1)

    assert capture is not None
    shown = {name: capture.columns.get(name) for name in ("status", "content_type", "reason")}
    assert shown == {"status": None, "content_type": media_type, "reason": reason}
    assert capture.columns["payload_bytes"] == len(PAGE)


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("resource", "urn:view:http://example.org/fever"),
        ("resource", "metadata://gnu.org/software/wget/warc/wget.log"),
        ("response", "dns:example.org"),
        ("conversion", URL),
        ("metadata", URL),
        ("warcinfo", ""),
    ],
)
def test_other_records_are_no_captures(kind: str, url: str) -> None:
    record = a_record(kind, b"via: http://example.org/", url=url)

    assert captured_record(record, offset=0, length=1) is None


def test_a_page_that_stands_as_resource_waits_to_be_an_article(
    collection: Collection, tmp_path: Path
) -> None:
    record = a_record("resource", PAGE, ("Content-Type", "text/html"))
    path = tmp_path / "warcit.warc.gz"
    path.write_bytes(record_member(record.fields, PAGE))

    import_warcs(collection, [path], site_of=lambda url: "example")

    row: sqlite3.Row
    [row] = collection.connection.execute("select * from captures")
    assert (row["record_type"], row["outcome"]) == ("resource", None)
    assert read_capture(collection, row).payload == PAGE
    assert list(verify_collection(collection)) == []
