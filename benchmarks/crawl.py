"""The crawl measured: `python benchmarks/crawl.py --pages 500`.

One site on loopback, pages of about 100 KB sent gzipped, fetched in turn by Scrapy alone (tuned in
the same way), by archiater preserving and entering rows, and by archiater with extraction. What is
printed is the CPU time of all processes of each, in ms a page, and as a multiple of Scrapy alone.
The server's CPU time is not counted. Quote the multiples: machines differ.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

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
    server = multiprocessing.Process(target=serve, args=(arguments.pages, sending), daemon=True)
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


def serve(pages: int, sending: Connection) -> None:
    """Answer prepared pages over keep-alive HTTP/1.1, until the process is ended."""
    bodies = [gzip.compress(page(number)) for number in range(pages)]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            while (await reader.readline()).strip():
                pass
            path = line.split()[1].decode("ascii")
            writer.write(response(bodies, path))
            await writer.drain()
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        sending.send(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        await server.serve_forever()

    asyncio.run(run())


def response(bodies: list[bytes], path: str) -> bytes:
    if not path.startswith("/page/"):
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    body = bodies[int(path.rpartition("/")[2])]
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body


def page(number: int) -> bytes:
    """A page of about 100 KB in the proportions of real ones: a third of it script and style."""
    chance = random.Random(number)  # noqa: S311
    words = ["".join(chance.choices("aeilnorstu", k=chance.randint(2, 9))) for _ in range(400)]
    body = "".join(f"<p>{' '.join(chance.choices(words, k=60))}.</p>" for _ in range(60))
    links = "".join(
        f'<li class="nav-item"><a href="/page/{other}" class="link">{words[other % 400]}</a></li>'
        for other in range(300)
    )
    script = "".join(f"var v{other}={chance.random()};" for other in range(1300))
    return (
        f"<!doctype html><html lang=en><head><title>Page {number}</title><script>{script}</script>"
        f"</head><body><nav><ul>{links}</ul></nav><main><h1>Page {number}</h1>"
        f"<p>Medically reviewed by Ada Byron, MD</p>{body}</main></body></html>"
    ).encode()


if __name__ == "__main__":
    main()
