"""What other tools write, and is right, has no fault. Known deviations are pinned by name."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastwarc.stream_io import GzipWriter, ZstdWriter
from fastwarc.warc import ArchiveIterator
from warcio.capture_http import capture_http  # type: ignore[import-untyped]  # it has none
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

# warcio looks into http.client, so this must be imported after it.
import http.client  # isort: skip

from archive.verifying.verifying import verify_files

PAGE = b"<!doctype html><title>Fever</title><p>" + b"Rest and drink enough. " * 80


class Site(BaseHTTPRequestHandler):
    """Pages in all framings."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        chunked, coded = self.path == "/chunked", self.path == "/coded"
        body = gzip.compress(PAGE) if coded else PAGE
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if coded:
            self.send_header("Content-Encoding", "gzip")
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def said_of(path: Path) -> set[tuple[str, str]]:
    return {(it.level, it.kind) for it in verify_files([path])}


def capture(site: str, path: Path, version: str) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version=version)
        info = writer.create_warcinfo_record(path.name, {"software": "warcio"})
        writer.write_record(info)
        with capture_http(writer):
            for page in ("/plain", "/chunked", "/coded"):
                connection = http.client.HTTPConnection(site.removeprefix("http://"))
                connection.request("GET", page)
                connection.getresponse().read()
                connection.close()


@pytest.mark.parametrize("version", ["WARC/1.0", "WARC/1.1"])
def test_warcio_digests_chunked_bodies_with_their_framing(
    site: str, tmp_path: Path, version: str
) -> None:
    path = tmp_path / "captured.warc.gz"
    capture(site, path, version)

    assert said_of(path) == {("note", "payload-digest-raw")}


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_fastwarc_copies_records_as_they_were(site: str, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "captured.warc.gz"
    capture(site, path, "WARC/1.1")
    copy = tmp_path / f"copied.warc.{suffix}"
    writer: Any = {"gz": GzipWriter, "zst": ZstdWriter}[suffix]
    with copy.open("wb") as file:
        for record in ArchiveIterator(str(path), parse_http=False):
            # One writer for all of them would make one member of all.
            packed = writer(file)
            record.write(packed)
            packed.finish()

    assert said_of(copy) == {("note", "payload-digest-raw"), ("note", "warcinfo")}


@pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not installed")
@pytest.mark.parametrize("options", [(), ("--no-warc-compression",)], ids=["gzip", "plain"])
def test_wget_writes_angle_brackets_under_warc_1_0(
    site: str, tmp_path: Path, options: tuple[str, ...]
) -> None:
    pages = [f"{site}{page}" for page in ("/plain", "/chunked", "/coded")]
    subprocess.run(
        ["wget", "-q", "--warc-file=site", "-O", "all.html", *options, *pages],
        cwd=tmp_path,
        check=True,
        timeout=60,
    )
    [path] = tmp_path.glob("site.warc*")

    assert said_of(path) == {("note", "payload-digest-raw")}
