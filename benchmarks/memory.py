"""Whether memory stays flat: `python -m benchmarks.memory --pages 5000 --large 5`.

A crawl with archiater's add-on over pages of about 100 KB and a few bodies of 200 MB among them,
every byte archived. Printed is the largest resident memory of the crawling process after each
fifth of the crawl, in MB (10^6 bytes), as the kernel counts it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import subprocess
import sys
import tempfile
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import scrapy
from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from benchmarks.loopback import page

LARGE_BYTES = 200_000_000
# A page of its own for every request would only measure the server.
_PAGES = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--large", type=int, default=5, help="bodies of 200 MB among them")
    parser.add_argument("--base", help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.base:
        crawl(arguments.base, arguments.pages, arguments.large, arguments.folder)
        return
    receiving, sending = Pipe(duplex=False)
    server = Process(target=serve, args=(sending,), daemon=True)
    server.start()
    base: str = receiving.recv()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.memory", "--base", base, "--folder", folder]
        command += ["--pages", str(arguments.pages), "--large", str(arguments.large)]
        subprocess.run(command, check=True, cwd=Path(__file__).resolve().parent.parent)  # noqa: S603
        archived = sum(path.stat().st_size for path in Path(folder).glob("warcs/*"))
    server.terminate()
    print(f"{archived / 1e6:.0f} MB of WARC files written")


def crawl(base: str, pages: int, large: int, folder: str) -> None:
    process = AsyncCrawlerProcess(
        {
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "CONCURRENT_REQUESTS": 8,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
            "DOWNLOAD_TIMEOUT": 600,
            "DOWNLOAD_WARNSIZE": 0,
            "DOWNLOAD_MAXSIZE": 2 * LARGE_BYTES,
            "DEFAULT_REQUEST_HEADERS": {"Accept-Encoding": "gzip"},
            "ADDONS": {"pipelines.addon.ArchiaterAddon": 500},
            "ARCHIATER_COLLECTION": folder,
        }
    )
    process.crawl(Mixed, base=base, pages=pages, large=large)
    process.start()


class Mixed(scrapy.Spider):
    """Asks for pages with large bodies among them, and says how memory grows."""

    name = "mixed"

    def __init__(self, base: str, pages: int, large: int) -> None:
        super().__init__()
        self.urls = [f"{base}/page/{number}" for number in range(pages)]
        for number in range(large):
            self.urls.insert((number + 1) * len(self.urls) // (large + 1), f"{base}/large/{number}")
        self.seen = self.lost = 0

    async def start(self) -> Any:
        for url in self.urls:
            yield Request(url, errback=self.fail)

    def parse(self, response: Response) -> None:
        self._count()

    def fail(self, failure: object) -> None:
        self.lost += 1
        self._count()

    def _count(self) -> None:
        self.seen += 1
        if self.seen % max(1, len(self.urls) // 5) == 0 or self.seen == len(self.urls):
            largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            found = {"answers": self.seen, "failed": self.lost, "largest_mb": round(largest / 1e6)}
            print(json.dumps(found), flush=True)


def serve(sending: Connection) -> None:
    """Pages as `/page/N` and bodies that do not compress as `/large/N`."""
    pages = [page(number) for number in range(_PAGES)]
    noise = random.Random(1).randbytes(1_000_000)  # noqa: S311

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            while (await reader.readline()).strip():
                pass
            kind, _, number = line.split()[1].decode("ascii").strip("/").partition("/")
            if kind == "large":
                writer.write(head("application/pdf", LARGE_BYTES))
                for _ in range(LARGE_BYTES // len(noise)):
                    # Each of them another: an equal one would be archived as a revisit.
                    writer.write(number.encode() + noise[len(number) :])
                    await writer.drain()
            elif kind == "page":
                body = pages[int(number) % _PAGES] + f"<!-- {number} -->".encode()
                writer.write(head("text/html; charset=utf-8", len(body)) + body)
            else:
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        sending.send(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        await server.serve_forever()

    asyncio.run(run())


def head(content_type: str, length: int) -> bytes:
    lines = ("HTTP/1.1 200 OK", f"Content-Type: {content_type}", f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


if __name__ == "__main__":
    main()
