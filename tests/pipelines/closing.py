"""An add-on for tests of memory: each exchange is let go as soon as it comes."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from archive.exchange import Exchange
from pipelines.wire import exchange_captured


class ClosingAddon:
    def __init__(self, crawler: Crawler) -> None:
        crawler.signals.connect(self.let_go, signal=exchange_captured)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def let_go(self, exchange: Exchange, **_: Any) -> None:
        assert exchange.response_rest is not None
        assert exchange.response_rest.size > 50_000_000
        exchange.response_rest.close()
