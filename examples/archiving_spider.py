"""A Scrapy spider of your own that archives what it fetches, byte for byte, by archiater's add-on:
`python examples/archiving_spider.py COLLECTION URL`.

Nothing else of archiater takes part: no frontier, no site file, no extraction. The collection can
be searched, verified, replayed and exported afterwards like any other.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class Articles(Spider):
    """A page and those it links to."""

    name = "articles"

    def parse(self, response: Response) -> Iterator[Request]:
        print(response.status, response.url, response.css("title::text").get())
        for link in response.css("a::attr(href)").getall():
            yield response.follow(link, self.parse)


def main(collection: str, url: str) -> None:
    process = AsyncCrawlerProcess(
        {
            "ADDONS": {"pipelines.addon.ArchiaterAddon": 500},
            "ARCHIATER_COLLECTION": collection,
            # archiater's own crawls do these three, and so should yours.
            "ROBOTSTXT_OBEY": True,
            "DOWNLOAD_VERIFY_CERTIFICATES": True,
            "DEFAULT_REQUEST_HEADERS": {"Accept-Encoding": "gzip"},
            "DEPTH_LIMIT": 1,
            "LOG_LEVEL": "WARNING",
        }
    )
    process.crawl(Articles, start_urls=[url])
    process.start()


if __name__ == "__main__":
    main(*sys.argv[1:])
