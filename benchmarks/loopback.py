"""The site that the benchmarks crawl: prepared pages on loopback, served by its own process."""

from __future__ import annotations

import asyncio
import gzip
import random
from multiprocessing.connection import Connection


def serve_pages(pages: int, sending: Connection, *, coding: str = "gzip") -> None:
    """Answer prepared pages over keep-alive HTTP/1.1 until the process is ended.

    Sends the server's base URL first; the pages are `/page/0`, `/page/1`, ...; `coding` is gzip or
    identity.
    """
    bodies = [page(number) for number in range(pages)]
    if coding == "gzip":
        bodies = [gzip.compress(body) for body in bodies]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            while (await reader.readline()).strip():
                pass
            path = line.split()[1].decode("ascii")
            writer.write(response(bodies, path, coding))
            await writer.drain()
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        sending.send(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        await server.serve_forever()

    asyncio.run(run())


def response(bodies: list[bytes], path: str, coding: str) -> bytes:
    if not path.startswith("/page/"):
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    body = bodies[int(path.rpartition("/")[2])]
    encoding = f"Content-Encoding: {coding}\r\n" if coding != "identity" else ""
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"{encoding}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body


def page(number: int, *, paragraphs: int = 60) -> bytes:
    """A page in the proportions of real ones; with 60 paragraphs 80 KB, a third of it script."""
    chance = random.Random(number)  # noqa: S311
    words = ["".join(chance.choices("aeilnorstu", k=chance.randint(2, 9))) for _ in range(400)]
    body = "".join(f"<p>{' '.join(chance.choices(words, k=60))}.</p>" for _ in range(paragraphs))
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
