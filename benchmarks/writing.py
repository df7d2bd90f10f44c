"""Writing WARC files: `python -m benchmarks.writing --pages 300`.

The same exchanges, made of generated pages of about 80 KB, sent gzipped or as they are, through
warcio's writer, FastWARC's and ours: a request and a response record each, digests of block and
payload, gzip, into a file. Ours once as records alone, once through the recorder with durable
commits and database rows, once more the same pages again (kept as revisits). Printed is CPU time a
page, how many times faster than warcio that is, and bytes a page in the file. Rounds take turns;
the least of each counts. Quote the multiples: machines differ.
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from archive.collection import Collection
from archive.exchange import Exchange
from archive.http_messages import parse_response
from archive.payload_streams import payload_facts
from archive.recording import Recorder
from archive.times import as_text
from archive.warc_records import exchange_members
from archive.warc_writing import WarcFile
from benchmarks.loopback import page

Write = Callable[[list[Exchange], Path], int]
"""Writes the exchanges into a folder and returns the bytes of the file. What is to be a collection
is one already: to make its database takes as long as to write fifty pages."""

_STARTED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_HEADERS = (
    ("Date", "Sun, 22 Nov 2026 09:30:00 GMT"),
    ("Server", "nginx"),
    ("Content-Type", "text/html; charset=utf-8"),
    ("Connection", "keep-alive"),
    ("Vary", "Accept-Encoding"),
    ("Cache-Control", "max-age=600"),
    ("Last-Modified", "Sun, 22 Nov 2026 09:00:00 GMT"),
    ("X-Content-Type-Options", "nosniff"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("Content-Security-Policy", "default-src 'self'"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    for coding in ("gzip", "identity"):
        exchanges = [exchange(number, coding) for number in range(arguments.pages)]
        size = sum(len(it.response_block) for it in exchanges) / len(exchanges)
        print(f"\n{coding} pages, {size:,.0f} bytes each on the wire")
        measure(exchanges, arguments.rounds)


def measure(exchanges: list[Exchange], rounds: int) -> None:
    writers: dict[str, Write] = {
        "warcio": write_by_warcio,
        "FastWARC": write_by_fastwarc,
        "ours, records": write_records,
        "ours, with rows": record,
        "ours, all revisits": record_again,
    }
    seconds = dict.fromkeys(writers, float("inf"))
    sizes: dict[str, int] = {}
    for _ in range(rounds):
        for name, write in writers.items():
            with tempfile.TemporaryDirectory() as folder:
                spent, sizes[name] = cpu_of(write, exchanges, Path(folder))
                seconds[name] = min(seconds[name], spent)
    for name, spent in seconds.items():
        print(
            f"{name:19} {1000 * spent / len(exchanges):7.3f} ms a page "
            f"{seconds['warcio'] / spent:6.1f} x warcio {sizes[name] / len(exchanges):9,.0f} bytes"
        )


def cpu_of(write: Write, exchanges: list[Exchange], folder: Path) -> tuple[float, int]:
    if write is record_again:
        record(exchanges, folder)
    if write is record:
        Collection.create(folder).close()
    before = time.process_time()
    size = write(exchanges, folder)
    return time.process_time() - before, size


def exchange(number: int, coding: str) -> Exchange:
    """A page as a browser would be sent it."""
    body = page(number)
    lines = [f"{name}: {value}\r\n" for name, value in _HEADERS]
    if coding == "gzip":
        body = gzip.compress(body, 6)
        lines.append("Content-Encoding: gzip\r\n")
    head = f"HTTP/1.1 200 OK\r\n{''.join(lines)}Content-Length: {len(body)}\r\n\r\n"
    request = (
        f"GET /page/{number} HTTP/1.1\r\nHost: health.example\r\n"
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
        "Accept-Language: en\r\nUser-Agent: archiater (+https://example.org)\r\n"
        "Accept-Encoding: gzip\r\n\r\n"
    )
    return Exchange(
        url=f"https://health.example/page/{number}",
        method="GET",
        request_block=request.encode("ascii"),
        response_block=head.encode("ascii") + body,
        started_at=_STARTED + timedelta(seconds=number),
        ip_address="192.0.2.7",
        protocols=("http/1.1", "tls/1.3"),
        cipher_suite="TLS_AES_128_GCM_SHA256",
    )


def write_records(exchanges: list[Exchange], folder: Path) -> int:
    file = WarcFile.create(folder, "ours.warc.gz", {}, created_at=_STARTED)
    for it in exchanges:
        response = parse_response(it.response_block)
        assert response is not None
        digest = payload_facts(response, method=it.method).digest
        file.append_pieces(exchange_members(it, response, digest=digest).pieces())
    file.seal()
    return file.size


def record(exchanges: list[Exchange], folder: Path) -> int:
    with Collection.create(folder) as collection:
        collection.connection.execute("pragma foreign_keys = off")
        before = set(collection.warcs.iterdir())
        with Recorder(collection, site="health.example", crawl_id=1, warcinfo={}) as recorder:
            for it in exchanges:
                recorder.add(it)
                if recorder.is_due:
                    recorder.commit()
        return sum(path.stat().st_size for path in set(collection.warcs.iterdir()) - before)


def record_again(exchanges: list[Exchange], folder: Path) -> int:
    return record(exchanges, folder)


def write_by_warcio(exchanges: list[Exchange], folder: Path) -> int:
    path = folder / "warcio.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "warcio"}))
        for it in exchanges:
            response = _warcio_record(writer, it, "response", it.response_block)
            request = _warcio_record(writer, it, "request", it.request_block)
            writer.write_request_response_pair(request, response)
    return path.stat().st_size


def _warcio_record(writer: WARCWriter, it: Exchange, record_type: str, block: bytes) -> object:
    head, _, body = block.partition(b"\r\n\r\n")
    start, *lines = head.decode("latin-1").split("\r\n")
    version, _, rest = start.partition(" ")
    headers = [tuple(line.split(": ", 1)) for line in lines]
    if record_type == "request":
        rest = start.removeprefix("GET ")
        http = StatusAndHeaders(rest, headers, is_http_request=True, protocol="GET")
    else:
        http = StatusAndHeaders(rest, headers, protocol=version)
    return writer.create_warc_record(
        it.url,
        record_type,
        payload=BytesIO(body),
        http_headers=http,
        warc_headers_dict={
            "WARC-Date": as_text(it.started_at),
            "WARC-IP-Address": it.ip_address,
        },
    )


def write_by_fastwarc(exchanges: list[Exchange], folder: Path) -> int:
    path = folder / "fastwarc.warc.gz"
    with path.open("wb") as file:
        stream = GzipWriter(file)
        for it in exchanges:
            for kind, block in (
                (WarcRecordType.request, it.request_block),
                (WarcRecordType.response, it.response_block),
            ):
                made = WarcRecord()
                made.init_headers(record_type=kind)
                made.headers["WARC-Target-URI"] = it.url
                made.headers["WARC-Date"] = as_text(it.started_at)
                made.headers["WARC-IP-Address"] = str(it.ip_address)
                made.set_bytes_content(block)
                made.write(stream, checksum_data=True)
        stream.close()
    return path.stat().st_size


if __name__ == "__main__":
    main()
