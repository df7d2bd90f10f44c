"""Run by test_wire.py in a process of its own, as a reactor cannot be started twice.

Standard input: JSON, `{"urls": [...], "settings": {...}}`. Standard output: the exchanges that the
handler gave away, one JSON line each, blocks in base64.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from archive.exchange import Exchange
from pipelines.wire import exchange_captured


class FetchAll(scrapy.Spider):
    name = "fetch_all"

    def __init__(self, urls: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for url in self.urls:
            method, _, address = url.rpartition(" ")
            yield scrapy.Request(
                address,
                method=method or "GET",
                body=b"a=1&b=%C3%A9" if method == "POST" else b"",
                dont_filter=True,
                errback=self.fail,
            )

    def parse(self, response: scrapy.http.Response) -> None:
        pass

    def fail(self, failure: Any) -> None:
        pass


def report(exchange: Exchange, request: scrapy.Request) -> None:
    fields = dataclasses.asdict(exchange) | {
        "started_at": exchange.started_at.isoformat(),
        "request_block": base64.b64encode(exchange.request_block).decode(),
        "response_block": base64.b64encode(exchange.response_block).decode(),
        "extra": base64.b64encode(exchange.extra).decode(),
        "request_url": request.url,
    }
    sys.stdout.write(json.dumps(fields) + "\n")


def main() -> None:
    task = json.load(sys.stdin)
    handler = "pipelines.wire.WireDownloadHandler"
    process = AsyncCrawlerProcess(
        {
            "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
            "CONCURRENT_REQUESTS": 1,
            "DOWNLOAD_DELAY": 0,
            "RETRY_ENABLED": False,
            "LOG_LEVEL": "ERROR",
            "TELNETCONSOLE_ENABLED": False,
            "USER_AGENT": "archiater-test",
            **task["settings"],
        }
    )
    crawler = process.create_crawler(FetchAll)
    crawler.signals.connect(report, signal=exchange_captured)
    process.crawl(crawler, urls=task["urls"])
    process.start()


if __name__ == "__main__":
    main()
