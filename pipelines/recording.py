"""Every exchange that passes the wire goes to the crawl's recorder, robots.txt and failures too.

A Scrapy extension, thin: it unwraps the signal of `pipelines.wire` and calls the archive.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Self, cast

from scrapy import Request
from scrapy.crawler import Crawler

from archive.errors import ArchiveError
from archive.exchange import Exchange
from pipelines.scheduling import CrawlingSpider, pause_where_full, stop_for
from pipelines.wire import exchange_captured


class RecordingExtension:
    """Connects the download handler with the archive."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.record, signal=exchange_captured)
        return extension

    def record(self, exchange: Exchange, request: Request) -> None:
        """Preserve one exchange. A full disk pauses the crawl; one that refuses the exchange in
        another way ends it and fails the download.
        """
        crawl = cast(CrawlingSpider, self._crawler.spider).open_crawl
        if request.meta.get("kind") == "requisite":
            exchange = replace(exchange, requisite_of=request.meta["found_on"])
        try:
            crawl.recorder.add(exchange)
        except ArchiveError as error:
            stop_for(self._crawler, crawl, error)
            raise
        pause_where_full(self._crawler, crawl)
