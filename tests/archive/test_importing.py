from __future__ import annotations

import gzip
import io
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import (  # type: ignore[import-untyped]  # warcio has no types
    StatusAndHeaders,
)
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # warcio has no types

from archive.collection import Collection
from archive.crawls import list_crawls
from archive.exchange import Exchange
from archive.importing import Imported, NotAnArchive, import_warcs
from archive.recording import Recorder
from archive.warc_reading import read_capture
from archive.warc_records import record_member

if sys.version_info >= (3, 14):
    pass
else:
    pass

MakeExchange = Callable[..., Exchange]
PAGE = b"<!doctype html><title>Fever</title>"


def take_in(collection: Collection, *files: Path) -> Imported:
    return import_warcs(collection, files, site_of=lambda url: url.split("/")[2])


def rows(collection: Collection) -> list[sqlite3.Row]:
    return collection.connection.execute("select * from captures order by id").fetchall()


def everything(collection: Collection) -> tuple[Any, ...]:
    tables = ("captures", "warc_files", "crawls", "sites")
    ask = collection.connection.execute
    return (
        [[tuple(row) for row in ask(f"select * from {name}")] for name in tables],  # noqa: S608
        {path.name: path.read_bytes() for path in sorted(collection.warcs.iterdir())},
    )


def by_warcio(*, gzipped: bool, version: str = "WARC/1.0", pages: int = 3) -> bytes:
    """A file as warcio writes it: a warcinfo, then a response and its request for each page."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped, warc_version=version)
    out_record = writer.create_warcinfo_record("test.warc.gz", {"software": "warcio"})
    writer.write_record(out_record)
    for number in range(pages):
        url = f"https://example.org/{number}"
        date = {"WARC-Date": f"2025-01-0{pages - number}T10:00:00Z"}
        answer = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(PAGE),
            length=len(PAGE),
            http_headers=StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"
            ),
            warc_headers_dict=date,
        )
        asked = writer.create_warc_record(
            url,
            "request",
            payload=io.BytesIO(),
            length=0,
            http_headers=StatusAndHeaders(
                f"GET /{number} HTTP/1.1", [("Host", "example.org")], is_http_request=True
            ),
            warc_headers_dict=date,
        )
        writer.write_request_response_pair(asked, answer)
    return out.getvalue()


def own_file(tmp_path: Path, *exchanges: Exchange) -> Path:
    """A file that our recorder wrote, in a collection of its own."""
    with Collection.create(tmp_path / "other") as other:
        other.connection.execute("pragma foreign_keys = off")
        with Recorder(other, site="example", crawl_id=1, warcinfo={}) as recorder:
            for exchange in exchanges:
                recorder.add(exchange)
        [path] = other.warcs.iterdir()
        return path


@pytest.mark.parametrize("version", ["WARC/1.0", "WARC/1.1"])
@pytest.mark.parametrize("kind", ["by record", "plain", "whole"])
def test_a_file_of_another_tool_is_taken_in_however_it_is_compressed(
    collection: Collection, tmp_path: Path, kind: str, version: str
) -> None:
    data = by_warcio(gzipped=kind == "by record", version=version)
    path = tmp_path / "others.warc.gz"
    path.write_bytes(gzip.compress(data) if kind == "whole" else data)

    imported = take_in(collection, path)

    assert (imported.captures, imported.skipped) == (3, ())
    assert [row["url"] for row in rows(collection)] == [
        f"https://example.org/{number}" for number in (2, 1, 0)
    ]
    for row in rows(collection):
        assert row["site"] == "example.org"
        assert row["outcome"] is None
        assert row["request_offset"] is not None
        assert read_capture(collection, row).payload == PAGE


def test_members_are_copied_byte_for_byte(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "others.warc.gz"
    path.write_bytes(by_warcio(gzipped=True))

    take_in(collection, path)

    [copy] = collection.warcs.iterdir()
    assert copy.read_bytes() == path.read_bytes()


def test_importing_a_file_twice_changes_nothing(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "others.warc"
    path.write_bytes(by_warcio(gzipped=False))
    take_in(collection, path)
    before = everything(collection)
    moved = path.rename(tmp_path / "renamed.warc")

    again = take_in(collection, moved)

    assert [file.is_known for file in again.files] == [True]
    assert again.crawl_id is None
    assert everything(collection) == before


def test_an_import_is_a_crawl_that_began_with_import(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "others.warc.gz"
    path.write_bytes(by_warcio(gzipped=True))

    take_in(collection, path)

    [crawl] = list_crawls(collection)
    assert (crawl.started_by, crawl.state, crawl.site) == ("import", "finished", "example.org")
    assert crawl.counts["captures"] == 3
    assert {row["crawl_id"] for row in rows(collection)} == {crawl.id}


def test_a_lost_database_is_made_again_from_the_warc_files(
    tmp_path: Path, make_exchange: MakeExchange
) -> None:
    folder = tmp_path / "collection"
    with Collection.create(folder) as collection:
        collection.connection.execute("pragma foreign_keys = off")
        with Recorder(collection, site="example", crawl_id=1, warcinfo={}) as recorder:
            recorder.add(make_exchange("/a", minute=2))
            recorder.add(
                make_exchange("/b", method="POST", request_block=b"POST /b HTTP/1.1\r\n\r\n")
            )
            recorder.add(make_exchange("/c", truncated="time", error="receive: took too long"))
            recorder.add(make_exchange("/d", response_block=b"", error="receive: cut", extra=b""))
            recorder.add(make_exchange("/e", extra=b"more"))
        before = rows(collection)
        file_before = dict(collection.connection.execute("select * from warc_files").fetchone())
    for name in ("archive.db", "archive.db-wal", "archive.db-shm"):
        (folder / name).unlink(missing_ok=True)

    with Collection.create(folder) as collection:
        imported = take_in(collection, *collection.warcs.iterdir())
        after = rows(collection)
        file_after = dict(collection.connection.execute("select * from warc_files").fetchone())

    assert imported.skipped == ()
    own = {"id", "crawl_id"}
    assert sorted(
        tuple((key, value) for key, value in dict(row).items() if key not in own) for row in after
    ) == sorted(
        tuple((key, value) for key, value in dict(row).items() if key not in own) for row in before
    )
    times = {"created_at", "sealed_at"}
    assert {key: value for key, value in file_after.items() if key not in times} == {
        key: value for key, value in file_before.items() if key not in times
    }


def test_a_torn_file_gives_what_is_whole_and_one_line(
    collection: Collection, tmp_path: Path
) -> None:
    data = by_warcio(gzipped=True)
    path = tmp_path / "torn.warc.gz"
    path.write_bytes(data[: len(data) - 150])

    imported = take_in(collection, path)

    assert imported.captures == 3
    [skipped] = imported.skipped
    assert str(path) in str(skipped)
    assert "cut off" in str(skipped)
    assert "\n" not in str(skipped)


@pytest.mark.parametrize("kind", ["plain", "whole"])
def test_a_torn_file_without_members_gives_what_is_whole_too(
    collection: Collection, tmp_path: Path, kind: str
) -> None:
    data = by_warcio(gzipped=False)
    data = gzip.compress(data) if kind == "whole" else data
    path = tmp_path / "torn.warc"
    path.write_bytes(data[: len(data) - 200])

    imported = take_in(collection, path)

    assert 1 <= imported.captures <= 3
    assert len(imported.skipped) == 1
    for row in rows(collection):
        assert read_capture(collection, row).payload == PAGE


def test_damage_in_the_middle_is_left_out_of_the_copy_and_the_rest_is_taken(
    collection: Collection, tmp_path: Path
) -> None:
    good = by_warcio(gzipped=True)
    second = good.index(b"\x1f\x8b\x08", 10)
    data = bytearray(good)
    data[second + 60] ^= 0xFF
    path = tmp_path / "flipped.warc.gz"
    path.write_bytes(bytes(data))

    imported = take_in(collection, path)

    [skipped] = imported.skipped
    assert skipped.offset == second
    assert imported.captures == 2
    [copy] = collection.warcs.iterdir()
    assert len(copy.read_bytes()) == len(good) - (good.index(b"\x1f\x8b\x08", second + 1) - second)
    for row in rows(collection):
        assert read_capture(collection, row).payload == PAGE


def test_a_wacz_file_is_unpacked(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("archive/../../evil.warc.gz", by_warcio(gzipped=True))
        package.writestr("pages/pages.jsonl", "{}")

    imported = take_in(collection, path)

    assert imported.captures == 3
    assert imported.files[0].file == f"{path}!archive/../../evil.warc.gz"
    assert [copy.parent for copy in collection.path.rglob("*.warc.gz")] == [collection.warcs]
    assert [path.name for path in collection.run.iterdir()] == ["import.lock"]


def test_a_name_inside_a_wacz_file_may_be_too_long_for_this_disk(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(f"archive/{'long' * 100}.warc.gz", by_warcio(gzipped=True))

    assert take_in(collection, path).captures == 3


def test_a_date_out_of_all_time_leaves_out_its_record_only(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "odd.warc"
    whole = by_warcio(gzipped=False)
    path.write_bytes(whole.replace(b"2025-01-03T10:00:00Z", b"0001-01-01T00:00:00+05:00"))

    imported = take_in(collection, path)

    assert imported.captures == 2
    [skipped] = imported.skipped
    assert "is no date" in str(skipped)


def test_an_arc_file_is_taken_in(collection: Collection, tmp_path: Path) -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    version = b"1 0 test\nURL IP-address Archive-date Content-type Archive-length\n\n"
    path = tmp_path / "old.arc"
    path.write_bytes(
        b"filedesc://old.arc 0.0.0.0 20050101000000 text/plain %d\n%s\n" % (len(version), version)
        + b"http://example.org/old 192.0.2.1 20050102030405 text/html %d\n%s\n"
        % (len(block), block)
    )

    imported = take_in(collection, path)

    [row] = rows(collection)
    assert imported.skipped == ()
    assert row["fetched_at"] == "2005-01-02T03:04:05.000000Z"
    assert read_capture(collection, row).payload == PAGE


def revisit_of(exchange: Exchange, digest: str | None = None) -> bytes:
    fields = [
        ("WARC-Type", "revisit"),
        ("WARC-Record-ID", "<urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427>"),
        ("WARC-Date", "2027-01-01T00:00:00Z"),
        ("WARC-Target-URI", exchange.url),
        (
            "WARC-Profile",
            "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
        ),
        ("WARC-Refers-To-Target-URI", exchange.url),
        ("WARC-Refers-To-Date", exchange.started_at.isoformat().replace("+00:00", "Z")),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    if digest is not None:
        fields.append(("WARC-Payload-Digest", digest))
    return record_member(fields, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")


@pytest.mark.parametrize("original_first", [True, False])
def test_a_revisit_reads_as_its_original_in_whatever_order_they_come(
    collection: Collection, tmp_path: Path, make_exchange: MakeExchange, original_first: bool
) -> None:
    exchange = make_exchange()
    original = own_file(tmp_path, exchange)
    revisit = tmp_path / "revisit.warc.gz"
    revisit.write_bytes(revisit_of(exchange))

    take_in(collection, *([original, revisit] if original_first else [revisit, original]))

    old, again = collection.connection.execute("select * from captures order by fetched_at")
    assert (again["record_type"], again["outcome"]) == ("revisit", None)
    assert again["payload_digest"] == old["payload_digest"]
    assert read_capture(collection, again).payload == read_capture(collection, old).payload


def test_a_revisit_without_its_original_is_skipped_with_the_reason(
    collection: Collection, tmp_path: Path, make_exchange: MakeExchange
) -> None:
    path = tmp_path / "revisit.warc.gz"
    path.write_bytes(revisit_of(make_exchange()))

    take_in(collection, path)

    [row] = rows(collection)
    assert (row["outcome"], row["reason"]) == ("skipped", "revisit of a capture that is not here")
    assert not read_capture(collection, row).is_complete


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<html>", "begins with b'<html>'"),
        (b"", "begins with b''"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_archive_is_refused_in_one_line_before_anything_is_changed(
    collection: Collection, tmp_path: Path, content: bytes | None, found: str
) -> None:
    good = tmp_path / "good.warc.gz"
    good.write_bytes(by_warcio(gzipped=True))
    bad = tmp_path / "bad"
    if content is not None:
        bad.write_bytes(content)
    before = everything(collection)

    with pytest.raises(NotAnArchive) as raised:
        take_in(collection, good, bad)

    assert found in str(raised.value)
    assert "\n" not in str(raised.value)
    assert everything(collection) == before


def test_a_gzip_file_without_warc_records_leaves_no_copy(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(PAGE))

    imported = take_in(collection, path)

    assert imported.files[0].name is None
    assert len(imported.skipped) == 1
    assert list(collection.warcs.iterdir()) == []
    assert [path.name for path in collection.run.iterdir()] == ["import.lock"]


def test_a_kill_before_the_rows_leaves_nothing_that_the_next_import_stores_twice(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "others.warc.gz"
    path.write_bytes(by_warcio(gzipped=True))
    take_in(collection, path)
    with collection.transaction() as connection:
        connection.execute("delete from captures")
        connection.execute("delete from warc_files")

    imported = take_in(collection, path)

    assert imported.captures == 3
    assert len(list(collection.warcs.iterdir())) == 1


def test_what_wget_writes_is_taken_in(collection: Collection, tmp_path: Path) -> None:
    import functools
    import subprocess
    import threading
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    wget = shutil.which("wget")
    if wget is None:
        pytest.skip("wget is not installed")
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_bytes(PAGE)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))
    ) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/index.html"
        subprocess.run(
            [wget, "-q", "--no-config", "--tries=1", "--warc-file=by-wget", "-O", "page", url],
            cwd=tmp_path,
            check=True,
            env={"PATH": "/usr/bin:/bin", "no_proxy": "127.0.0.1"},
        )
        server.shutdown()

    imported = take_in(collection, tmp_path / "by-wget.warc.gz")

    assert imported.skipped == ()
    page = next(row for row in rows(collection) if row["url"] == url)
    assert page["request_offset"] is not None
    assert read_capture(collection, page).payload == PAGE
