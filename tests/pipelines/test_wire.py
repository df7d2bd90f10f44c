"""What the corpus of test_wire_corpus.py cannot play: limits, large bodies, TLS, names, proxies."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

MEBIBYTE = 1 << 20
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
PAGE = HEAD % 2 + b"ok"

Serve = Callable[..., Any]
Crawl = Callable[..., Any]


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that treats each connection as `answer` does; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def treat(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                answer(connection)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    threading.Thread(target=treat, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def until(connection: socket.socket, end: bytes) -> bytes:
    read = b""
    while not read.endswith(end) and (byte := connection.recv(1)):
        read += byte
    return read


# Limits.


def test_a_body_over_the_limit_is_kept_up_to_it_and_says_so(serve: Serve, crawl: Crawl) -> None:
    body = b"large" * 200_000
    server = serve("http", {"/large": [[HEAD % len(body) + body]]})

    crawled = crawl([server.url("/large")], DOWNLOAD_MAXSIZE=300_000)

    [exchange] = crawled.exchanges
    assert (exchange.truncated, exchange.error) == ("length", None)
    assert exchange.response_block == HEAD % len(body) + body[:300_000]
    assert crawled.responses[0]["size"] == 300_000
    assert crawled.responses[0]["flags"] == ["archiater-cut"]


def test_a_body_over_the_limit_in_chunks_is_kept_no_further(serve: Serve, crawl: Crawl) -> None:
    chunk = b"1000\r\n" + b"c" * 4096 + b"\r\n"
    sent = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 300 + b"0\r\n\r\n"
    server = serve("http", {"/large": [[sent]]})

    [exchange] = crawl([server.url("/large")], DOWNLOAD_MAXSIZE=300_000).exchanges

    assert exchange.truncated == "length"
    assert sent.startswith(exchange.response_block)
    assert 100_000 < len(exchange.response_block) <= 301_000


def test_a_body_of_just_the_limit_is_whole(serve: Serve, crawl: Crawl) -> None:
    server = serve("http", {"/just": [[HEAD % 5000 + b"j" * 5000]]})

    crawled = crawl([server.url("/just")], DOWNLOAD_MAXSIZE=5000)

    assert crawled.exchanges[0].truncated is None
    assert crawled.responses[0]["flags"] == []


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_large_body_is_archived_whole_and_the_spider_gets_its_first_part(
    serve: Serve, crawl: Crawl, scheme: str
) -> None:
    body = bytes(range(256)) * (5 * MEBIBYTE // 256)
    server = serve(scheme, {"/large": [[HEAD % len(body) + body + b"extra"]]})

    crawled = crawl([server.url("/large")], ARCHIATER_MAX_RESPONSE_BYTES=MEBIBYTE)

    [exchange] = crawled.exchanges
    assert exchange.response_block == HEAD % len(body) + body
    assert exchange.extra == b"extra"
    assert exchange.truncated is None
    assert crawled.responses[0]["size"] == MEBIBYTE
    assert crawled.responses[0]["flags"] == ["archiater-cut"]


def test_the_archive_may_keep_more_than_scrapy_may_hold(serve: Serve, crawl: Crawl) -> None:
    server = serve("http", {"/page": [[HEAD % 9000 + b"p" * 9000]]})

    crawled = crawl(
        [server.url("/page")], DOWNLOAD_MAXSIZE=1000, ARCHIATER_MAX_BODY_BYTES=1_000_000
    )

    assert len(crawled.exchanges[0].response_block) > 9000
    assert crawled.responses[0]["size"] == 1000


def test_a_zipped_page_that_is_cut_for_the_spider_is_no_error(serve: Serve, crawl: Crawl) -> None:
    body = gzip.compress(bytes(range(256)) * 10, mtime=0)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    server = serve("http", {"/zipped": [[head + body]]})

    crawled = crawl([server.url("/zipped")], ARCHIATER_MAX_RESPONSE_BYTES=200)

    assert crawled.exchanges[0].response_block == head + body
    assert crawled.responses[0]["flags"] == ["archiater-cut"]


def test_memory_stays_flat_with_bodies_of_100_mb(crawl: Crawl) -> None:
    def answer(connection: socket.socket) -> None:
        while until(connection, b"\r\n\r\n"):
            connection.sendall(HEAD % (100 * MEBIBYTE))
            for _ in range(100):
                connection.sendall(bytes(MEBIBYTE))

    with listening(answer) as port:
        small = crawl([])
        # The receiver of the test puts the parts together, so that this one has none.
        large = crawl(
            [f"http://127.0.0.1:{port}/{number}" for number in range(3)],
            ADDONS={"tests.pipelines.closing.ClosingAddon": 1},
        )

    assert len(large.responses) == 3
    assert large.largest_bytes - small.largest_bytes < 80 * MEBIBYTE


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"HTTP/1.1 200 OK\r\n" + b"X-A: 1\r\n" * 300_000, "the head of the answer is longer"),
        (b"HTTP/1.1 200 OK\r\nX-A: " + b"1" * 600_000, "a line of the head is longer"),
    ],
    ids=["many headers", "one long header"],
)
def test_a_head_without_an_end_is_given_up(
    serve: Serve, crawl: Crawl, sent: bytes, told: str
) -> None:
    server = serve("http", {"/endless": [[sent, "hold"]]})

    [exchange] = crawl([server.url("/endless")]).exchanges

    assert (exchange.error or "").startswith(f"receive: EndlessHead: {told}")
    assert exchange.truncated == "unspecified"
    assert sent.startswith(exchange.response_block)
    assert len(exchange.response_block) > 256_000


def test_bytes_that_cannot_be_spilled_fail_the_download_and_keep_what_came(
    serve: Serve, crawl: Crawl, tmp_path: Path
) -> None:
    body = b"s" * (3 * MEBIBYTE)
    server = serve("http", {"/large": [[HEAD % len(body) + body]], "/page": [[PAGE]]})

    crawled = crawl(
        [server.url("/large"), server.url("/page")], ARCHIATER_SPILL_FOLDER=str(tmp_path / "no")
    )

    first, second = crawled.exchanges
    assert (first.error or "").startswith("receive: Disk")
    assert first.truncated == "unspecified"
    assert (HEAD % len(body) + body).startswith(first.response_block)
    assert [it["url"] for it in crawled.responses] == [server.url("/page")]
    assert second.response_block == PAGE


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_exchanges_that_pass_at_the_same_time_are_kept_apart(
    serve: Serve, crawl: Crawl, scheme: str
) -> None:
    def answer(number: int) -> bytes:
        body = b"%d," % number * (number * 997 % 50_000)
        return HEAD % len(body) + body

    server = serve(scheme, {f"/{number}": [[answer(number)]] for number in range(60)})

    crawled = crawl([server.url(f"/{number}") for number in range(60)], CONCURRENT_REQUESTS=8)

    found = sorted((it.request_block, it.response_block) for it in crawled.exchanges)
    assert found == sorted(server.seen)
    assert server.connections <= 8
    for it in crawled.exchanges:
        assert it.request_block.startswith(f"GET /{it.url.rpartition('/')[2]} ".encode())


def test_what_nobody_receives_is_let_go(serve: Serve, crawl: Crawl) -> None:
    body = b"n" * (3 * MEBIBYTE)
    server = serve("http", {"/large": [[HEAD % len(body) + body]]})

    crawled = crawl([server.url("/large")], ADDONS={})

    assert crawled.exchanges == ()
    assert crawled.responses[0]["size"] == len(body)


# Failures before an answer.


def test_an_address_where_nobody_listens_is_an_exchange_that_failed_to_connect(
    crawl: Crawl,
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        [exchange] = crawl([f"http://127.0.0.1:{taken.getsockname()[1]}/"]).exchanges

    assert (exchange.request_block, exchange.response_block) == (b"", b"")
    assert (exchange.error or "").startswith("connect: ")
    assert exchange.protocols == ()


def test_a_name_that_is_not_known_is_an_exchange_that_failed_to_resolve(crawl: Crawl) -> None:
    [exchange] = crawl(["http://no-such.invalid/"]).exchanges

    assert exchange.request_block == b""
    assert (exchange.error or "").startswith("resolve: ")


def answer_in_http(connection: socket.socket) -> None:
    connection.recv(1)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def hang_up(connection: socket.socket) -> None:
    connection.recv(1)


def say_nothing(connection: socket.socket) -> None:
    while connection.recv(4096):
        pass


@pytest.mark.parametrize(
    ("answer", "truncated"),
    [(answer_in_http, "disconnect"), (hang_up, "disconnect"), (say_nothing, "time")],
    ids=["plain http", "hangs up", "says nothing"],
)
def test_a_handshake_that_fails_leaves_no_request(
    crawl: Crawl, answer: Callable[[socket.socket], None], truncated: str
) -> None:
    with listening(answer) as port:
        request = {"url": f"https://127.0.0.1:{port}/", "meta": {"download_timeout": 0.5}}
        [exchange] = crawl([request]).exchanges

    assert (exchange.error or "").startswith("tls: ")
    assert (exchange.request_block, exchange.protocols) == (b"", ())
    assert exchange.truncated in (truncated, "unspecified")


def test_a_certificate_that_is_not_trusted_leaves_no_request(serve: Serve, crawl: Crawl) -> None:
    server = serve("https", {"/page": [[PAGE]]})

    [exchange] = crawl([server.url("/page")], DOWNLOAD_VERIFY_CERTIFICATES=True).exchanges

    assert (exchange.error or "").startswith("tls: ")
    assert "certificate verify failed" in (exchange.error or "")
    assert exchange.request_block == b""
    assert server.seen == []


# Proxies.


def test_through_a_proxy_the_request_is_what_the_proxy_read(serve: Serve, crawl: Crawl) -> None:
    proxy = serve("http", {"/page": [[PAGE]]})
    request = {"url": "http://health.example/page", "meta": {"proxy": proxy.url("")}}

    [exchange] = crawl([request]).exchanges

    assert (exchange.request_block, exchange.response_block) == proxy.seen[0]
    assert exchange.request_block.startswith(b"GET http://health.example/page HTTP/1.1\r\n")
    assert exchange.ip_address is None


def tunnel_to(port: int) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        assert until(connection, b"\r\n\r\n").startswith(b"CONNECT 127.0.0.1:")
        with socket.create_connection(("127.0.0.1", port)) as target:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n")
            back = threading.Thread(target=pump, args=(target, connection))
            back.start()
            pump(connection, target)
            back.join()

    return answer


def pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def test_through_a_tunnel_nothing_but_what_the_server_read_and_sent_is_captured(
    serve: Serve, crawl: Crawl
) -> None:
    server = serve("https", {"/page": [[PAGE]], "/other": [[PAGE]]})
    with listening(tunnel_to(server.port)) as port:
        proxy = {"proxy": f"http://127.0.0.1:{port}"}
        crawled = crawl(
            [{"url": server.url(path), "meta": dict(proxy)} for path in ("/page", "/other")]
        )

    found = [(it.request_block, it.response_block) for it in crawled.exchanges]
    assert found == server.seen
    assert found[0][0].startswith(b"GET /page HTTP/1.1\r\n")
    assert [it.protocols for it in crawled.exchanges] == [("http/1.1", "tls/1.3")] * 2


def test_a_tunnel_that_is_refused_leaves_no_request(crawl: Crawl) -> None:
    def refuse(connection: socket.socket) -> None:
        until(connection, b"\r\n\r\n")
        connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")

    with listening(refuse) as port:
        request = {
            "url": "https://127.0.0.1:9/",
            "meta": {"proxy": f"http://127.0.0.1:{port}"},
        }
        [exchange] = crawl([request]).exchanges

    assert (exchange.request_block, exchange.response_block) == (b"", b"")
    assert (exchange.error or "").startswith("connect: ")
    assert "407" in (exchange.error or "")


def test_bytes_that_come_after_an_answer_are_not_taken_for_the_next(
    serve: Serve, crawl: Crawl
) -> None:
    server = serve(
        "http", {"/first": [[PAGE + b"HTTP/1.1 200 OK\r\n"]], "/second": [[HEAD % 6 + b"second"]]}
    )

    first, second = crawl([server.url("/first"), server.url("/second")]).exchanges

    assert first.extra == b"HTTP/1.1 200 OK\r\n"
    assert second.response_block.endswith(b"second")
    assert server.connections == 2
