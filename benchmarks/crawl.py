"""The crawl measured: `python -m benchmarks.crawl --pages 500`.

One site on loopback, pages of about 100 KB sent gzipped, fetched in turn by Scrapy alone (tuned in
the same way), by archiater preserving and entering rows, and by archiater with extraction. What is
printed is the CPU time of all processes of each, in ms a page, and as a multiple of Scrapy alone.
The server's CPU time is not counted. Quote the multiples: machines differ.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.loopback import serve_pages

PLAIN_SCRAPY = """
import json, sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

class Plain(scrapy.Spider):
    name = "plain"
    async def start(self):
        for url in json.loads(sys.argv[1]):
            yield scrapy.Request(url, callback=self.parse)
    def parse(self, response):
        assert response.status == 200

process = AsyncCrawlerProcess({
    "LOG_ENABLED": False, "CONCURRENT_ITEMS": 1, "COOKIES_ENABLED": False, "RETRY_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False, "CONCURRENT_REQUESTS": 9, "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_DELAY": 0, "ROBOTSTXT_OBEY": True,
    "DEFAULT_REQUEST_HEADERS": {"Accept-Encoding": "gzip"},
})
process.crawl(Plain)
process.start()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    receiving, sending = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.Process(
        target=serve_pages, args=(arguments.pages, sending), daemon=True
    )
    server.start()
    base: str = receiving.recv()
    urls = [f"{base}/page/{number}" for number in range(arguments.pages)]
    spent: dict[str, list[float]] = {"scrapy alone": [], "archiater": [], "with extraction": []}
    for _ in range(arguments.rounds):
        spent["scrapy alone"].append(cpu_of(sys.executable, "-c", PLAIN_SCRAPY, json.dumps(urls)))
        spent["archiater"].append(crawl(base, urls, "--no-extract"))
        spent["with extraction"].append(crawl(base, urls))
    server.terminate()
    floor = statistics.median(spent["scrapy alone"])
    print(
        f"{arguments.pages} pages, median of {arguments.rounds} rounds, processes' start included"
    )
    for name, seconds in spent.items():
        median = statistics.median(seconds)
        print(
            f"{name:16} {1000 * median / arguments.pages:7.2f} ms a page   {median / floor:5.2f} x"
        )


def crawl(base: str, urls: list[str], *options: str) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sites").mkdir()
        (folder / "sites" / "bench.toml").write_text(
            f'name = "bench"\nhosts = ["{base.removeprefix("http://")}"]\n'
            f'[seeds]\npages = ["{base}/"]\n'
            "[politeness]\ndelay_s = 0\nconcurrency = 8\n",
            "utf-8",
        )
        (folder / "urls.txt").write_text("\n".join(urls), "utf-8")
        command = (sys.executable, "-m", "archiater", "-q", "-C", name, "crawl", "--one-page")
        return cpu_of(*command, "--urls", str(folder / "urls.txt"), *options)


def cpu_of(*command: str) -> float:
    """CPU seconds of a command and of the processes it started."""
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    after = os.times()
    spent = after.children_user - before.children_user
    return spent + after.children_system - before.children_system


if __name__ == "__main__":
    main()
