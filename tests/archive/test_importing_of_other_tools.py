"""Files as each tool writes them, made here byte for byte: the tools need not be installed.

The shapes were taken from files that the tools themselves wrote of a site on loopback (wget 1.21,
warcprox 2.13, pywb, warcio and warcio.js 2.4, FastWARC 2.0, scrapy-webarchive 0.5, warcit), or from
the published examples of Heritrix and Common Crawl.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import uuid
from collections.abc import Iterable
from pathlib import Path

import pytest

from archive.collection import Collection
from archive.importing import Imported, import_warcs
from archive.verifying.verifying import verify_collection
from archive.warc_reading import read_capture

URL = "http://example.org/fever"
PAGE = b"<!doctype html><title>Fever</title><p>Rest and drink water.</p>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
REQUEST = b"GET /fever HTTP/1.1\r\nHost: example.org\r\n\r\n"
ANSWER = "application/http; msgtype=response"
WHEN = ("WARC-Date", "2025-01-01T10:00:00Z")
LATER = ("WARC-Date", "2025-02-01T10:00:00Z")
TARGET = ("WARC-Target-URI", URL)
A_REQUEST = ("Content-Type", "application/http; msgtype=request")
AN_ANSWER = ("Content-Type", ANSWER)


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def an_id(name: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"


def warc(
    fields: Iterable[tuple[str, str]], block: bytes, *, version: str = "1.0", eol: bytes = b"\r\n"
) -> bytes:
    lines = [f"WARC/{version}", *(f"{name}: {value}" for name, value in fields)]
    lines += [f"Content-Length: {len(block)}", "", ""]
    return eol.join(line.encode() for line in lines) + block + eol * 2


def record(
    kind: str, name: str, fields: Iterable[tuple[str, str]], block: bytes, *, version: str = "1.0"
) -> bytes:
    own = [("WARC-Type", kind), ("WARC-Record-ID", an_id(name))]
    return warc([*own, *fields], block, version=version)


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(record) for record in records)


def by_wget() -> bytes:
    """wget: angle brackets round the address, the request first, a log as resource at the end."""
    own = [("WARC-Warcinfo-ID", an_id("info")), ("WARC-IP-Address", "192.0.2.1")]
    return packed(
        record(
            "warcinfo",
            "info",
            [("Content-Type", "application/warc-fields"), WHEN, ("WARC-Filename", "wget.warc.gz")],
            b"software: Wget/1.21.3 (linux-gnu)\r\nformat: WARC File Format 1.0\r\n\r\n",
        ),
        record(
            "request",
            "request",
            [
                ("WARC-Target-URI", f"<{URL}>"),
                ("Content-Type", "application/http;msgtype=request"),
                WHEN,
                *own,
            ],
            REQUEST,
        ),
        record(
            "response",
            "response",
            [
                ("WARC-Concurrent-To", an_id("request")),
                ("WARC-Target-URI", f"<{URL}>"),
                WHEN,
                *own,
                ("Content-Type", "application/http;msgtype=response"),
            ],
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(PAGE),
        ),
        record(
            "resource",
            "log",
            [
                ("WARC-Target-URI", "<metadata://gnu.org/software/wget/warc/wget.log>"),
                WHEN,
                ("Content-Type", "text/plain"),
            ],
            b"saved\n",
        ),
    )


def by_browsertrix() -> bytes:
    """Browsertrix Crawler through warcio.js: the body decoded, its coding in `x-orig-` headers,
    digests in hexadecimal SHA-256, times to the millisecond, the page's facts as `urn:` resources.
    """

    def digests(block: bytes, payload: bytes) -> list[tuple[str, str]]:
        return [
            ("WARC-Payload-Digest", f"sha256:{hashlib.sha256(payload).hexdigest()}"),
            ("WARC-Block-Digest", f"sha256:{hashlib.sha256(block).hexdigest()}"),
        ]

    block = (
        HEAD + b"x-orig-content-encoding: br\r\nx-orig-transfer-encoding: chunked\r\n\r\n" + PAGE
    )
    page = [("WARC-Page-ID", "3f6c7c1e-0000-4000-8000-00000000000a")]
    when = ("WARC-Date", "2025-01-01T10:00:00.125Z")
    urns = [
        ("pageinfo", "application/json", json.dumps({"url": URL, "urls": {}}).encode()),
        ("view", "image/png", b"\x89PNG\r\n\x1a\n"),
        ("text", "text/plain", b"Fever"),
    ]
    return packed(
        record(
            "response",
            "response",
            [
                *page,
                ("WARC-Resource-Type", "document"),
                TARGET,
                when,
                AN_ANSWER,
                *digests(block, PAGE),
            ],
            block,
            version="1.1",
        ),
        record(
            "request",
            "request",
            [
                ("WARC-Concurrent-To", an_id("response")),
                *page,
                TARGET,
                when,
                A_REQUEST,
                *digests(REQUEST, b""),
            ],
            REQUEST,
            version="1.1",
        ),
        *(
            record(
                "resource",
                kind,
                [
                    ("WARC-Target-URI", f"urn:{kind}:{URL}"),
                    when,
                    ("Content-Type", media_type),
                    *digests(content, content),
                ],
                content,
                version="1.1",
            )
            for kind, media_type, content in urns
        ),
    )


def by_heritrix() -> bytes:
    """Heritrix 3: a DNS lookup as response, the response before its request, metadata with the
    way to it."""
    address = ("WARC-IP-Address", "192.0.2.1")
    return packed(
        record(
            "response",
            "dns",
            [
                ("WARC-Target-URI", "dns:example.org"),
                WHEN,
                ("WARC-IP-Address", "192.0.2.53"),
                ("Content-Type", "text/dns"),
            ],
            b"20250101100000\nexample.org.\t3600\tIN\tA\t192.0.2.1\n",
        ),
        record(
            "response",
            "response",
            [TARGET, WHEN, address, AN_ANSWER],
            HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE,
        ),
        record(
            "request",
            "request",
            [TARGET, WHEN, ("WARC-Concurrent-To", an_id("response")), A_REQUEST],
            REQUEST,
        ),
        record(
            "metadata",
            "metadata",
            [
                TARGET,
                WHEN,
                ("WARC-Concurrent-To", an_id("response")),
                ("Content-Type", "application/warc-fields"),
            ],
            b"via: http://example.org/\r\nhopsFromSeed: L\r\nfetchTimeMs: 12\r\n\r\n",
        ),
    )


def by_common_crawl() -> bytes:
    """Common Crawl: the body decoded, its old length and coding in `X-Crawler-` headers."""
    block = (
        HEAD
        + b"X-Crawler-content-encoding: gzip\r\nX-Crawler-Content-Length: 99\r\n"
        + b"Content-Length: %d\r\n\r\n" % len(PAGE)
        + PAGE
    )
    return packed(
        record(
            "request",
            "request",
            [WHEN, A_REQUEST, ("WARC-Warcinfo-ID", an_id("info")), TARGET],
            REQUEST,
        ),
        record(
            "response",
            "response",
            [
                WHEN,
                AN_ANSWER,
                ("WARC-Warcinfo-ID", an_id("info")),
                ("WARC-Concurrent-To", an_id("request")),
                TARGET,
                ("WARC-Identified-Payload-Type", "text/html"),
            ],
            block,
        ),
        record(
            "metadata",
            "metadata",
            [
                WHEN,
                ("Content-Type", "application/warc-fields"),
                ("WARC-Concurrent-To", an_id("response")),
                TARGET,
            ],
            b"fetchTimeMs: 233\r\ncharset-detected: UTF-8\r\n",
        ),
    )


def by_scrapy_webarchive() -> bytes:
    """scrapy-webarchive: HTTP/1.0 without a reason, a request without Host."""
    return packed(
        record(
            "response",
            "response",
            [TARGET, WHEN, AN_ANSWER],
            b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE,
        ),
        record(
            "request",
            "request",
            [TARGET, WHEN, ("WARC-Concurrent-To", an_id("response")), A_REQUEST],
            b"GET /fever HTTP/1.0\r\nUser-Agent: Scrapy\r\n\r\n",
        ),
    )


def take_in(collection: Collection, path: Path, data: bytes) -> Imported:
    path.write_bytes(data)
    return import_warcs(collection, [path], site_of=lambda url: "example")


def rows(collection: Collection) -> list[sqlite3.Row]:
    return collection.connection.execute("select * from captures order by id").fetchall()


@pytest.mark.parametrize(
    ("data", "others"),
    [
        pytest.param(by_wget(), 2, id="wget"),
        pytest.param(by_browsertrix(), 3, id="browsertrix"),
        pytest.param(by_heritrix(), 2, id="heritrix"),
        pytest.param(by_common_crawl(), 1, id="common crawl"),
        pytest.param(by_scrapy_webarchive(), 0, id="scrapy-webarchive"),
    ],
)
def test_the_page_of_every_tool_is_one_capture_with_its_request(
    collection: Collection, tmp_path: Path, data: bytes, others: int
) -> None:
    imported = take_in(collection, tmp_path / "others.warc.gz", data)
    once = [tuple(row) for row in rows(collection)]
    again = take_in(collection, tmp_path / "renamed.warc", gzip.decompress(data))

    [row] = rows(collection)
    [file] = imported.files
    assert (file.captures, file.other_records, file.skipped) == (1, others, ())
    assert (row["url"], row["status"], row["outcome"]) == (URL, 200, None)
    assert row["request_offset"] is not None
    assert read_capture(collection, row).payload == PAGE
    assert list(verify_collection(collection)) == []
    assert again.files[0].is_known
    assert [tuple(row) for row in rows(collection)] == once


def test_a_revisit_of_wget_finds_its_original_by_its_id_alone(
    collection: Collection, tmp_path: Path
) -> None:
    # Its digest is of the chunked body, framing and all: no payload has it.
    digest = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
    revisit = record(
        "revisit",
        "revisit",
        [
            ("WARC-Refers-To", an_id("response")),
            ("WARC-Profile", "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"),
            ("WARC-Truncated", "length"),
            ("WARC-Target-URI", f"<{URL}>"),
            LATER,
            ("Content-Type", "application/http;msgtype=response"),
            ("WARC-Payload-Digest", digest),
        ],
        HEAD + b"\r\n",
    )

    take_in(collection, tmp_path / "wget.warc.gz", by_wget() + packed(revisit))

    old, again = rows(collection)
    assert (again["record_type"], again["outcome"]) == ("revisit", None)
    assert again["payload_digest"] == old["payload_digest"]
    assert read_capture(collection, again).payload == PAGE


def test_a_revisit_of_warcprox_with_a_digest_in_hexadecimal_finds_its_original(
    collection: Collection, tmp_path: Path
) -> None:
    revisit = record(
        "revisit",
        "revisit",
        [
            LATER,
            ("WARC-Target-URI", "http://example.org/elsewhere"),
            ("WARC-Profile", "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"),
            ("WARC-Payload-Digest", f"sha1:{hashlib.sha1(PAGE).hexdigest()}"),  # noqa: S324
            ("Content-Type", "application/http;msgtype=response"),
        ],
        HEAD + b"\r\n",
    )

    take_in(collection, tmp_path / "wpx.warc.gz", packed(revisit) + by_heritrix())

    found = {row["record_type"]: row for row in rows(collection)}
    assert found["revisit"]["outcome"] is None
    assert found["revisit"]["payload_digest"] == found["response"]["payload_digest"]


def test_a_304_of_heritrix_is_a_capture_of_its_own(collection: Collection, tmp_path: Path) -> None:
    not_modified = record(
        "revisit",
        "304",
        [
            TARGET,
            LATER,
            ("WARC-Profile", "http://netpreserve.org/warc/1.0/revisit/server-not-modified"),
            ("WARC-Refers-To-Target-URI", URL),
            ("WARC-Refers-To-Date", "2025-01-01T10:00:00Z"),
            ("WARC-Truncated", "length"),
            AN_ANSWER,
        ],
        b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n',
    )

    imported = take_in(collection, tmp_path / "h.warc.gz", by_heritrix() + packed(not_modified))

    assert imported.captures == 2
    assert [(row["status"], row["etag"]) for row in rows(collection)] == [(200, None), (304, '"a"')]


def test_text_and_metadata_files_of_common_crawl_hold_no_capture(
    collection: Collection, tmp_path: Path
) -> None:
    text = record(
        "conversion",
        "wet",
        [
            TARGET,
            WHEN,
            ("WARC-Refers-To", an_id("response")),
            ("WARC-Identified-Content-Language", "eng"),
            ("Content-Type", "text/plain"),
        ],
        b"Rest and drink water.",
    )
    facts = record(
        "metadata",
        "wat",
        [TARGET, WHEN, ("WARC-Refers-To", an_id("response")), ("Content-Type", "application/json")],
        b'{"Container":{}}',
    )

    imported = take_in(collection, tmp_path / "crawl.warc.wet.gz", packed(text, facts))

    assert (imported.captures, imported.files[0].other_records) == (0, 2)
    assert imported.skipped == ()


@pytest.mark.parametrize("version", ["0.17", "0.18", "1.0"])
def test_an_old_file_with_bare_line_ends_lower_case_names_and_no_digest_is_read(
    collection: Collection, tmp_path: Path, version: str
) -> None:
    record = warc(
        [
            ("warc-type", "response"),
            ("warc-record-id", an_id("response")),
            ("warc-date", "2049-01-01T10:00:00Z"),
            ("warc-target-uri", URL),
            ("content-type", ANSWER),
        ],
        HEAD + b"\r\n" + PAGE,
        version=version,
        eol=b"\n",
    )

    imported = take_in(collection, tmp_path / "old.warc", record * 1)

    [row] = rows(collection)
    assert imported.skipped == ()
    assert row["fetched_at"] == "2049-01-01T10:00:00.000000Z"
    assert read_capture(collection, row).payload == PAGE
