"""Opening archived pages measured: `python benchmarks/replay.py --pages 500`.

Archives synthetic pages of 150 KB, each captured several times, sent with gzip, and opens them at
random by URL and time: row and payload alone, then the rewritten page as a browser gets it from the
view. Prints one table; times are milliseconds.
"""

from __future__ import annotations

import argparse
import http.client
import random
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archiater.replay.addresses import Addresses
from archiater.replay.markup import safe_markup
from archiater.replay.serving import bind_collection, served
from archive.collection import Collection
from archive.exchange import Exchange
from archive.recording import Recorder
from archive.replaying import find_capture
from archive.warc_reading import read_capture

CAPTURES = 4
PAGE_BYTES = 150_000
START = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--opened", type=int, default=500)
    arguments = parser.parse_args()
    chance = random.Random(1)  # noqa: S311
    asked = [
        (address_of_page(chance.randrange(arguments.pages)), START + a_time(chance))
        for _ in range(arguments.opened)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection"
        fill(path, arguments.pages, chance)
        print(f"{arguments.pages} pages of {PAGE_BYTES} bytes, {CAPTURES} captures each")
        print(f"{'':44}{'median':>8}{'p99':>8}")
        measure_opening(path, asked)
        measure_view(path, asked)


def fill(path: Path, pages: int, chance: random.Random) -> None:
    with Collection.create(path) as collection:
        with collection.transaction() as connection:
            connection.execute(
                "insert into crawls values (1,'b','command','finished','',null,'{}','{}',null,1,'')"
            )
        with Recorder(collection, site="b", crawl_id=1, warcinfo={}) as recorder:
            for number in range(pages):
                for day in range(CAPTURES):
                    recorder.add(an_exchange(number, day, chance))


def an_exchange(number: int, day: int, chance: random.Random) -> Exchange:
    packer = zlib.compressobj(6, wbits=31)
    payload = packer.compress(a_page(chance).encode()) + packer.flush()
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return Exchange(
        url=address_of_page(number),
        method="GET",
        request_block=b"GET / HTTP/1.1\r\nHost: b.example\r\n\r\n",
        response_block=head.encode() + payload,
        started_at=START + timedelta(days=day * 10),
    )


def a_page(chance: random.Random) -> str:
    """Markup as pages have it: links, pictures, styles, one attribute in eight an address."""
    words = [f"word{chance.randrange(5000)}" for _ in range(400)]
    parts = [
        '<!doctype html><html lang="en"><head><title>T</title><link rel="stylesheet" href="/s.css">'
        "<style>a{background:url(i.png)}</style></head><body class='page'>"
    ]
    size = 0
    while size < PAGE_BYTES:
        text = " ".join(chance.choices(words, k=20))
        part = (
            f'<div class="card wide" id="c{size}" data-kind="card"><h2>{words[0]}</h2>'
            f'<a class="link" href="/a/{chance.randrange(999)}?x=1&amp;y=2">{text}</a>'
            f'<p class="text">{text}</p><img src="/i/{size}.png" srcset="/i/{size}.png 2x" alt="i">'
            "<script>var a = 1;</script></div>\n"
        )
        size += len(part)
        parts.append(part)
    return "".join(parts)


def measure_opening(path: Path, asked: list[tuple[str, datetime]]) -> None:
    with Collection.open(path, read_only=True) as collection:

        def open_one(url: str, at: datetime) -> None:
            capture = find_capture(collection, url, at)
            assert capture is not None
            assert read_capture(collection, capture).is_complete

        show("row and payload by URL and time", asked, open_one)
        url, at = asked[0]
        capture = find_capture(collection, url, at)
        assert capture is not None
        text = read_capture(collection, capture).payload.decode()
    addresses = Addresses(root="", token="t")  # noqa: S106

    def rewrite(url: str, at: datetime) -> None:
        safe_markup(
            text,
            url=url,
            lead=lambda found, kind: addresses.framed(found, "20260101000000", kind),
            lead_link=lambda found: addresses.page(found, "20260101000000"),
        )

    show("the page made safe, its addresses led", asked[:100], rewrite)


def measure_view(path: Path, asked: list[tuple[str, datetime]]) -> None:
    bound = bind_collection(path, host="127.0.0.1", port=0, player=path / "none")
    with served(bound.apps):
        connection = http.client.HTTPConnection(bound.origin.removeprefix("http://"))

        def get(address: str) -> bytes:
            connection.request("GET", address)
            answer = connection.getresponse()
            body = answer.read()
            assert answer.status == 200, answer.status
            return body

        def banner(url: str, at: datetime) -> None:
            get(exact(url, at))

        show("the page with its banner, over HTTP", asked, banner)
        page = get(exact(*asked[0])).decode()
        framed = page.partition("<iframe")[2].partition('src="')[2].partition('"')[0]
        start, _, _ = framed.partition("if_/")
        token = start.rpartition("/")[0]

        def frame(url: str, at: datetime) -> None:
            get(f"{token}/{at:%Y%m%d%H%M%S}if_/{url}")

        show("the page in its frame, over HTTP", asked, frame)
        connection.close()


def exact(url: str, at: datetime) -> str:
    day = min(CAPTURES - 1, round((at - START) / timedelta(days=10)))
    return f"/web/{START + timedelta(days=day * 10):%Y%m%d%H%M%S}/{url}"


def show(
    title: str, asked: list[tuple[str, datetime]], open_one: Callable[[str, datetime], None]
) -> None:
    took: list[float] = []
    for url, at in asked:
        started = time.perf_counter()
        open_one(url, at)
        took.append((time.perf_counter() - started) * 1000)
    took.sort()
    print(f"{title:44}{statistics.median(took):8.2f}{took[int(len(took) * 0.99)]:8.2f}")


def address_of_page(number: int) -> str:
    return f"https://b.example/health/{number}"


def a_time(chance: random.Random) -> timedelta:
    return timedelta(days=chance.random() * 10 * CAPTURES)


if __name__ == "__main__":
    main()
