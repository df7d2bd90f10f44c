from __future__ import annotations

import gzip
import os
import sqlite3
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.collection import Collection
from archive.importing import Imported, import_warcs
from archive.verifying.verifying import verify_collection
from archive.warc_reading import read_capture
from archive.warc_records import record_member
from articles.digests import payload_digest

WarcBytes = Callable[..., bytes]
PAGE = b"<title>Fever</title>"


def take_in(collection: Collection, *files: Path) -> Imported:
    return import_warcs(collection, files, site_of=lambda url: url.split("/")[2])


def rows(collection: Collection) -> list[sqlite3.Row]:
    return collection.connection.execute("select * from captures order by id").fetchall()


def test_a_damaged_file_in_a_package_gives_what_is_whole_of_it(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes
) -> None:
    path = tmp_path / "crawl.wacz"
    warc = warc_bytes()
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("archive/a.warc.gz", warc)
    data = bytearray(path.read_bytes())
    start = place = data.index(warc[:40])
    for _ in ("request", "answer"):
        place = data.index(b"\x1f\x8b\x08", place + 10)
    data[place + 60] ^= 0xFF
    path.write_bytes(bytes(data))

    imported = take_in(collection, path)

    assert imported.captures == 2
    damaged, whole_file = imported.skipped
    assert damaged.offset == place - start
    assert "checksum in the package does not hold" in whole_file.what


def test_a_package_that_is_cut_off_gives_the_records_found_in_it(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes
) -> None:
    path = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/a.warc.gz", warc_bytes())
        package.writestr("pages/pages.jsonl", "{}")
    path.write_bytes(path.read_bytes()[:-60])

    imported = take_in(collection, path)

    assert imported.captures == 3
    [skipped] = imported.skipped
    assert "directory cannot be read" in skipped.what
    for row in rows(collection):
        assert read_capture(collection, row).payload == PAGE


def test_a_large_answer_is_taken_in_without_holding_it_in_memory(
    collection: Collection, tmp_path: Path
) -> None:
    body = os.urandom(1 << 16) * 640
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    coded = b"".join(
        b"%x\r\n%s\r\n" % (len(body[start : start + 100_000]), body[start : start + 100_000])
        for start in range(0, len(body), 100_000)
    )
    fields = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", "<urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427>"),
        ("WARC-Date", "2025-01-01T00:00:00Z"),
        ("WARC-Target-URI", "https://example.org/large"),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    path = tmp_path / "large.warc"
    path.write_bytes(gzip.decompress(record_member(fields, head + coded + b"0\r\n\r\n")))
    del coded

    tracemalloc.start()
    imported = take_in(collection, path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (imported.captures, imported.skipped) == (1, ())
    [row] = rows(collection)
    assert row["payload_bytes"] == len(body) == 40 << 20
    assert row["payload_digest"] == payload_digest(body)
    assert most < 20 << 20
    assert list(verify_collection(collection)) == []


def test_of_a_file_damaged_all_over_so_many_parts_are_named_and_the_rest_counted(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes
) -> None:
    path = tmp_path / "all-over.warc"
    broken = b"WARC/1.0\r\nWARC-Type: response\r\n\r\nx\r\n\r\n"
    path.write_bytes(broken * 1500 + gzip.decompress(warc_bytes()))

    [file] = take_in(collection, path).files

    assert (file.captures, len(file.skipped), file.skipped_more) == (3, 1000, 500)


@pytest.mark.parametrize("name", ["others.warc.gz", "others.warc.gz.open"])
def test_a_file_damaged_at_its_first_byte_is_known_by_its_name(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes, name: str
) -> None:
    data = bytearray(warc_bytes())
    data[0] ^= 0xFF
    path = tmp_path / name
    path.write_bytes(bytes(data))

    imported = take_in(collection, path)

    assert imported.captures == 3
    [skipped] = imported.skipped
    assert skipped.offset == 0
