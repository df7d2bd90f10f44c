"""What archiving costs a crawl: `python -m benchmarks.archiving --pages 500`.

One spider over one loopback site, in one run: Scrapy as it comes; the same with archiater's add-on,
which keeps the bytes of the wire, writes WARC records and database rows; and the same with what
people do today, a downloader middleware that gives each response to warcio's `WARCWriter`. With
gzipped pages and with pages sent as they are; with a spider that looks at nothing, which shows the
cost by itself, and with one that reads title and links, as a crawl does.

Printed is the CPU time of the crawling process from the spider's start to the end, in ms a page and
as a multiple of Scrapy alone, the median of rounds that take turns. The server's is not counted.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from multiprocessing import Pipe, Process
from pathlib import Path
from typing import Any, Self

import scrapy
from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from benchmarks.loopback import serve_pages

ARMS = ("scrapy alone", "archiater", "warcio middleware")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reads", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--arm", choices=ARMS, help=argparse.SUPPRESS)
    parser.add_argument("--base", help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.arm:
        crawl(
            arguments.arm,
            arguments.base,
            arguments.pages,
            arguments.folder,
            reads=arguments.reads,
        )
        return
    for reads in (False, True):
        for coding in ("gzip", "identity"):
            compare(coding, arguments.pages, arguments.rounds, reads=reads)


def compare(coding: str, pages: int, rounds: int, *, reads: bool) -> None:
    receiving, sending = Pipe(duplex=False)
    server = Process(
        target=serve_pages, args=(pages, sending), kwargs={"coding": coding}, daemon=True
    )
    server.start()
    base: str = receiving.recv()
    spent: dict[str, list[float]] = {arm: [] for arm in ARMS}
    for turn in range(rounds):
        # Each arm comes first, second and third in turn.
        for arm in ARMS[turn % 3 :] + ARMS[: turn % 3]:
            spent[arm].append(cpu_of(arm, base, pages, reads=reads))
    server.terminate()
    floor = statistics.median(spent["scrapy alone"])
    spider = "reads title and links" if reads else "looks at nothing"
    print(f"{coding} pages, the spider {spider}: {pages}, median of {rounds} rounds")
    for arm, seconds in spent.items():
        median = statistics.median(seconds)
        print(f"  {arm:18} {1000 * median / pages:6.2f} ms a page  {100 * median / floor:5.0f} %")


def cpu_of(arm: str, base: str, pages: int, *, reads: bool) -> float:
    """CPU seconds that one arm says it took."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603
            [
                *(sys.executable, "-m", "benchmarks.archiving", "--arm", arm, "--base", base),
                *("--pages", str(pages), "--folder", folder),
                *(["--reads"] if reads else []),
            ],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).resolve().parent.parent,
        )
    found = json.loads(done.stdout)
    assert found["pages"] == pages, found
    return float(found["cpu_s"])


def crawl(arm: str, base: str, pages: int, folder: str, *, reads: bool) -> None:
    """One arm in this process; prints its CPU seconds and how many pages it saw."""
    settings: dict[str, Any] = {
        "LOG_ENABLED": False,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "CONCURRENT_REQUESTS": 8,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "DOWNLOAD_DELAY": 0,
        "DEFAULT_REQUEST_HEADERS": {"Accept-Encoding": "gzip"},
    }
    if arm == "archiater":
        settings["ADDONS"] = {"pipelines.addon.ArchiaterAddon": 500}
        settings["ARCHIATER_COLLECTION"] = folder
    elif arm == "warcio middleware":
        settings["DOWNLOADER_MIDDLEWARES"] = {WarcioMiddleware: 999}
        settings["WARCIO_FILE"] = str(Path(folder) / "out.warc.gz")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Pages)
    process.crawl(crawler, base=base, pages=pages, reads=reads)
    process.start()
    assert crawler.stats is not None
    began = crawler.stats.get_value("benchmark/cpu_at_start")
    seen = crawler.stats.get_value("benchmark/pages", 0)
    json.dump({"cpu_s": cpu_s() - began, "pages": seen}, sys.stdout)


def cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Pages(scrapy.Spider):
    """Asks for numbered pages, and reads them or looks at nothing."""

    name = "pages"

    def __init__(self, base: str, pages: int, reads: bool) -> None:
        super().__init__()
        self.base, self.pages, self.reads = base, pages, reads

    async def start(self) -> Any:
        assert self.crawler.stats is not None
        self.crawler.stats.set_value("benchmark/cpu_at_start", cpu_s())
        for number in range(self.pages):
            yield Request(f"{self.base}/page/{number}")

    def parse(self, response: Response) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("benchmark/pages")
        if self.reads:
            assert response.css("title::text").get()
            assert len([response.urljoin(link) for link in response.css("a::attr(href)").getall()])


class WarcioMiddleware:
    """What the published middlewares do: records made from Scrapy's request and response."""

    def __init__(self, path: str) -> None:
        self._file = Path(path).open("wb")  # noqa: SIM115
        self._writer = WARCWriter(self._file, gzip=True)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler.settings["WARCIO_FILE"])
        crawler.signals.connect(middleware.close, signal=signals.spider_closed)
        return middleware

    def close(self) -> None:
        self._file.close()

    def process_response(self, request: Request, response: Response) -> Response:
        answer = self._record(
            request.url,
            "response",
            StatusAndHeaders(f"{response.status} OK", _pairs(response), protocol="HTTP/1.1"),
            response.body,
        )
        asked = self._record(
            request.url,
            "request",
            StatusAndHeaders(f"{request.method} / HTTP/1.1", _pairs(request), is_http_request=True),
            request.body,
        )
        self._writer.write_request_response_pair(asked, answer)
        return response

    def _record(self, url: str, kind: str, head: StatusAndHeaders, body: bytes) -> Any:
        return self._writer.create_warc_record(
            url, kind, payload=BytesIO(body), length=len(body), http_headers=head
        )


def _pairs(message: Request | Response) -> list[tuple[str, str]]:
    lines: Iterable[tuple[bytes, list[bytes]]] = message.headers.items()
    return [(name.decode(), value.decode()) for name, values in lines for value in values]


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
