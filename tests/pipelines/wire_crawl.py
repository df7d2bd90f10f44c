"""Run by the tests of the wire in a process of its own, as a reactor cannot be started twice.

Standard input: JSON, `{"requests": [...], "settings": {...}}`, each request the arguments of
`scrapy.Request`; `"stop": "head"` or `"body"` among them stops the download there. Standard output,
one JSON line each: the exchanges that the handler gave away (blocks in base64), the responses that
the spider got, and at last the largest memory of this process.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import resource
import sys
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import StopDownload

from archive.exchange import Exchange
from pipelines.wire import exchange_captured


class FetchAll(scrapy.Spider):
    name = "fetch_all"

    def __init__(self, requests: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.requests = requests

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for fields in self.requests:
            stop = fields.pop("stop", None)
            request = scrapy.Request(**fields, dont_filter=True, errback=self.fail)
            request.meta["stop"] = stop
            yield request

    def parse(self, response: scrapy.http.Response) -> None:
        tell(
            url=response.url,
            status=response.status,
            size=len(response.body),
            flags=response.flags,
        )

    def fail(self, failure: Any) -> None:
        pass


def stop_at_head(request: scrapy.Request, **_: Any) -> None:
    if request.meta.get("stop") == "head":
        raise StopDownload(fail=False)


def stop_at_body(request: scrapy.Request, **_: Any) -> None:
    if request.meta.get("stop") == "body":
        raise StopDownload(fail=True)


def tell(**fields: Any) -> None:
    sys.stdout.write(json.dumps(fields) + "\n")


def report(exchange: Exchange, request: scrapy.Request) -> None:
    response = exchange.response_block
    if exchange.response_rest is not None:
        response += b"".join(exchange.response_rest.chunks())
        exchange.response_rest.close()
    whole = dataclasses.replace(exchange, response_rest=None)
    fields = dataclasses.asdict(whole) | {
        "started_at": exchange.started_at.isoformat(),
        "request_block": base64.b64encode(exchange.request_block).decode(),
        "response_block": base64.b64encode(response).decode(),
        "extra": base64.b64encode(exchange.extra).decode(),
    }
    tell(**fields)


def main() -> None:
    task = json.load(sys.stdin)
    if most := task["settings"].get("TEST_MOST_FILE_BYTES"):
        # As a full disk: a file that would grow further is refused.
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    handler = "pipelines.wire.WireDownloadHandler"
    process = AsyncCrawlerProcess(
        {
            "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
            "CONCURRENT_REQUESTS": 1,
            "DOWNLOAD_DELAY": 0,
            "RETRY_ENABLED": False,
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "USER_AGENT": "archiater-test",
            **task["settings"],
        }
    )
    crawler = process.create_crawler(FetchAll)
    if "ADDONS" not in task["settings"]:
        # An exchange has one receiver, who closes its rest.
        crawler.signals.connect(report, signal=exchange_captured)
    crawler.signals.connect(stop_at_head, signal=signals.headers_received)
    crawler.signals.connect(stop_at_body, signal=signals.bytes_received)
    process.crawl(crawler, requests=task["requests"])
    process.start()
    tell(largest_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


if __name__ == "__main__":
    main()
