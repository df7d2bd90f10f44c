"""Difficult exchanges, played over http and https: every byte of both directions is captured.

What a server can do wrong (or right, and seldom) is one line of `CASES` each.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from archive.collection import Collection
from archive.exchange import Exchange

PAGE = b"<!doctype html><title>Fever</title><p>Drink enough and rest.</p>"
ZIPPED = gzip.compress(PAGE, mtime=0)
# A frame with one raw block, as RFC 8878 has it: magic, header, size, block header, content.
ZSTD = b"\x28\xb5\x2f\xfd\x20" + bytes([len(PAGE)]) + (len(PAGE) << 3 | 1).to_bytes(3, "little")
BOMB = gzip.compress(bytes(20_000_000), 9, mtime=0)


def ok(body: bytes = b"ok", *, head: bytes = b"", status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s" % (status, head, len(body), body)


def chunks(*parts: bytes, head: bytes = b"", end: bytes = b"0\r\n\r\n") -> bytes:
    start = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + head + b"\r\n"
    return start + b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + end


def moved(target: bytes, status: bytes = b"302 Found") -> bytes:
    return ok(b"gone", head=b"Location: %s\r\n" % target, status=status)


@dataclass(frozen=True)
class Case:
    """One path of the server: what it does each time it is asked, and how the exchange ends."""

    name: str
    times: tuple[tuple[bytes | str, ...], ...]
    ends: str = "whole"
    """Or what `truncated` says."""
    ends_over_tls: str = ""
    """Where it differs."""
    extra: bytes = b""
    method: str = "GET"
    is_asked: bool = True
    """False where redirects alone lead to it."""
    asked: dict[str, Any] = field(default_factory=dict)
    """Arguments of the Scrapy request."""

    @property
    def key(self) -> str:
        path = f"/{self.name.replace(' ', '-')}"
        return path if self.method == "GET" else f"{self.method} {path}"


def case(name: str, *steps: bytes | str, **more: Any) -> Case:
    return Case(name, (steps,), **more)


# The parser could not go on, and we hung up.
GIVEN_UP: dict[str, Any] = {"ends": "unspecified"}
SOON = {"meta": {"download_timeout": 0.4}}

CASES = (
    # Heads.
    case("plain", ok(PAGE)),
    case("odd case of names", ok(head=b"sEt-cOOkie: a\r\nx-A: 1\r\n")),
    case("duplicate headers", ok(head=b"Set-Cookie: a\r\nSet-Cookie: b\r\nset-cookie: a\r\n")),
    case("folded header", ok(head=b"X-Folded: one\r\n two\r\n\tthree\r\n")),
    case("folded first header", b"HTTP/1.1 200 OK\r\n X: 1\r\nX-B: 2\r\n\r\n", **GIVEN_UP),
    case("no reason", ok(status=b"200")),
    case("empty reason", ok(status=b"200 ")),
    case("long reason", ok(status=b"200 " + b"very fine " * 300)),
    case("reason in latin-1", ok(status=b"200 tr\xe8s bien")),
    case("latin-1 value", ok(head=b"X-Title: caf\xe9\r\n")),
    case("UTF-8 value", ok(head="X-Title: café ☕\r\n".encode())),
    case("spaces around values", ok(head=b"X-A:1\r\nX-B:    2   \r\nX-C:\r\n")),
    case("no colon", ok(head=b"no colon here\r\n")),
    case("space before colon", ok(head=b"X-A : 1\r\n")),
    case("empty name", ok(head=b": nameless\r\n")),
    case("NUL in value", ok(head=b"X-A: a\x00b\r\n")),
    case("bell in name", ok(head=b"X\x07: 1\r\n")),
    case("line feeds alone", b"HTTP/1.1 200 OK\nX-A: 1\nContent-Length: 2\n\nok"),
    case("mixed line ends", b"HTTP/1.1 200 OK\r\nX-A: 1\nContent-Length: 2\r\n\nok"),
    case("carriage return in value", ok(head=b"X-A: a\rb\r\n")),
    case("doubled carriage return", ok(head=b"X-A: 1\r\r\n")),
    case("long header", ok(head=b"X-Long: " + b"v" * 8000 + b"\r\n")),
    case("header longer than usual parsers take", ok(head=b"X-Long: " + b"v" * 20_000 + b"\r\n")),
    case("500 headers", ok(head=b"".join(b"X-%d: %d\r\n" % (n, n) for n in range(500)))),
    case("status 999", ok(status=b"999 Request denied")),
    case("unknown 2xx", ok(status=b"299 Miscellaneous")),
    case("lower case protocol", b"http/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
    case("HTTP/2 in text", b"HTTP/2 200\r\ncontent-length: 2\r\n\r\nok", **GIVEN_UP),
    case("HTTP/1.1 with a zero", b"HTTP/1.01 200 OK\r\nContent-Length: 2\r\n\r\nok"),
    case("ICY", b"ICY 200 OK\r\nContent-Length: 2\r\n\r\nok", "close", **GIVEN_UP),
    case("HTTP 0.9", PAGE, "close", ends="disconnect"),
    case("not HTTP", b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "close", **GIVEN_UP),
    case("empty line first", b"\r\n" + ok(), **GIVEN_UP),
    # Interim answers.
    case("100 Continue", b"HTTP/1.1 100 Continue\r\n\r\n" + ok()),
    case("102 Processing", b"HTTP/1.1 102 Processing\r\n\r\n" * 3 + ok()),
    case("103 Early Hints", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 2 + ok()),
    case("103 before chunks", b"HTTP/1.1 103 Early Hints\r\n\r\n" + chunks(PAGE)),
    case("101 and nothing", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", "close",
         ends="disconnect"),
    # Bodies.
    case("chunked", chunks(PAGE[:10], PAGE[10:])),
    case("chunk extensions", chunks(end=b'2;a=b;c="d e"\r\nok\r\n0;last\r\n\r\n')),
    case("trailers", chunks(PAGE, end=b"0\r\nX-Checksum: 1\r\nX-More: 2\r\n\r\n")),
    case("chunk size in upper case", chunks(end=b"1A\r\n" + PAGE[:26] + b"\r\n0\r\n\r\n")),
    case("chunk size with zeros", chunks(end=b"0000000000002\r\nok\r\n000\r\n\r\n")),
    case("chunk size with space", chunks(end=b"2 \r\nok\r\n0\r\n\r\n"), **GIVEN_UP),
    case("chunks of one byte", chunks(*(PAGE[n : n + 1] for n in range(len(PAGE))))),
    case("chunked in capitals", chunks(PAGE).replace(b"chunked", b"Chunked")),
    case("empty chunked", chunks()),
    case("gzip", ok(ZIPPED, head=b"Content-Encoding: gzip\r\n")),
    case("gzip in chunks", chunks(ZIPPED[:9], ZIPPED[9:], head=b"Content-Encoding: gzip\r\n")),
    case("gzip that is none", ok(PAGE, head=b"Content-Encoding: gzip\r\n")),
    case("gzip cut short", ok(ZIPPED[:-20], head=b"Content-Encoding: gzip\r\n")),
    case("x-gzip", ok(ZIPPED, head=b"Content-Encoding: x-gzip\r\n")),
    case("deflate", ok(zlib.compress(PAGE), head=b"Content-Encoding: deflate\r\n")),
    case("raw deflate", ok(zlib.compress(PAGE)[2:-4], head=b"Content-Encoding: deflate\r\n")),
    case("br", ok(brotli.compress(PAGE), head=b"Content-Encoding: br\r\n")),
    case("zstd", ok(ZSTD + PAGE, head=b"Content-Encoding: zstd\r\n")),
    case("two codings", ok(gzip.compress(ZIPPED), head=b"Content-Encoding: gzip, gzip\r\n")),
    case("unknown coding", ok(PAGE, head=b"Content-Encoding: sdch\r\n")),
    case("bomb", ok(BOMB, head=b"Content-Encoding: gzip\r\n"),
         asked={"meta": {"download_maxsize": 1_000_000}}),
    case("until close", b"HTTP/1.1 200 OK\r\n\r\n" + PAGE, "close"),
    case("until close and empty", b"HTTP/1.1 200 OK\r\n\r\n", "close"),
    case("until close, HTTP 1.0", b"HTTP/1.0 200 OK\r\n\r\n" + PAGE, "close"),
    case("kept alive, HTTP 1.0",
         b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok"),
    case("said to close and closed", ok(head=b"Connection: close\r\n"), "close"),
    case("said to close and kept", ok(head=b"Connection: close\r\n")),
    case("length 0", ok(b"")),
    case("204", b'HTTP/1.1 204 No Content\r\nETag: "x"\r\n\r\n'),
    case("205", b"HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n"),
    case("304", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n"),
    case("206", ok(status=b"206 Partial Content", head=b"Content-Range: bytes 0-1/9\r\n")),
    case("head", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", method="HEAD"),
    case("head of chunks", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", method="HEAD"),
    case("post", ok(), method="POST", asked={"body": "a=1&b=%C3%A9"}),
    case("post without a body", ok(), method="POST"),
    case("put", ok(status=b"201 Created"), method="PUT", asked={"body": "x" * 70_000}),
    case("large", ok(b"0123456789abcdef" * 200_000)),
    case("large in chunks", chunks(*[b"0123456789abcdef" * 4096] * 30)),
    # Lengths that lie.
    case("more than its length", ok() + b"more", extra=b"more"),
    case("a second answer behind", ok() + ok(b"other"), extra=ok(b"other")),
    case("body of a 204", b"HTTP/1.1 204 No Content\r\n\r\nbody", extra=b"body"),
    case("bytes after the last chunk", chunks(PAGE) + b"after", extra=b"after"),
    case("much more than its length", ok() + b"m" * 3000, extra=b"m" * 3000),
    case("less than its length", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", "close",
         ends="disconnect"),
    case("equal lengths", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok"),
    case("different lengths",
         b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok", **GIVEN_UP),
    case("negative length", b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok", **GIVEN_UP),
    case("length in words", b"HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok", **GIVEN_UP),
    case("length and chunks", chunks(PAGE, head=b"Content-Length: 9\r\n")),
    case("unknown transfer coding",
         b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", **GIVEN_UP),
    case("bad chunk size", chunks(PAGE, end=b"zz\r\nxx\r\n"), **GIVEN_UP),
    case("chunk without its end", chunks(end=b"2\r\nokok\r\n0\r\n\r\n"), **GIVEN_UP),
    case("cut chunk", chunks(end=b"ff\r\nhalf"), "close", ends="disconnect"),
    case("no last chunk", chunks(PAGE, end=b""), "close", ends="disconnect"),
    # Connections that break.
    case("cut head", b"HTTP/1.1 200 OK\r\nContent-Le", "close", ends="disconnect"),
    case("cut status line", b"HTTP/1.", "close", ends="disconnect"),
    case("no bytes", "close", ends="disconnect", method="POST"),
    case("reset before the head", "reset", ends="disconnect", method="POST"),
    case("reset in the head", b"HTTP/1.1 200 OK\r\nX-", "reset", ends="disconnect"),
    case("reset in the body", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", "reset",
         ends="disconnect"),
    case("reset until close", b"HTTP/1.1 200 OK\r\n\r\nhalf", "reset", ends="disconnect",
         ends_over_tls="whole"),
    case("silent", "hold", ends="time", asked=SOON),
    case("silent in the head", b"HTTP/1.1 200 OK\r\nX-A: ", "hold", ends="time", asked=SOON),
    case("silent in the body", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", "hold",
         ends="time", asked=SOON),
    case("kept alive before that", ok()),
    Case("sent again", (("close",), (ok(),))),
    case("kept alive after that", ok()),
    # Answers that mean something.
    case("301", moved(b"/target", b"301 Moved Permanently")),
    case("302", moved(b"target?a=b")),
    case("303", moved(b"//127.0.0.1:{port}/target", b"303 See Other"), method="POST",
         asked={"body": "a"}),
    case("307", moved(b"{base}/target", b"307 Temporary Redirect")),
    case("308", moved(b"./../target#part", b"308 Permanent Redirect")),
    case("to another host", moved(b"{scheme}://localhost:{port}/target")),
    case("chain", moved(b"/301")),
    case("to itself", moved(b"/to-itself")),
    case("redirect without an address", ok(status=b"302 Found")),
    case("redirect to nowhere", moved(b"http://[::1")),
    case("401", ok(status=b"401 Unauthorized", head=b'WWW-Authenticate: Basic realm="x"\r\n')),
    case("404", ok(status=b"404 Not Found")),
    case("407", ok(status=b"407 Proxy Authentication Required")),
    case("429", ok(status=b"429 Too Many Requests", head=b"Retry-After: 1\r\n")),
    case("503", ok(status=b"503 Service Unavailable", head=b"Retry-After: 1\r\n")),
    # What we do.
    case("stopped at the head", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", "hold",
         ends="unspecified", asked={"stop": "head"}),
    case("stopped in the body", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", "hold",
         ends="unspecified", asked={"stop": "body"}),
    case("target", ok(PAGE), is_asked=False),
    case("target?a=b", ok(PAGE), is_asked=False),
)  # fmt: skip
ROBOTS = b"HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\nUser-agent: *\nDisallow:\n"
SETTINGS = {"ROBOTSTXT_OBEY": True, "REDIRECT_MAX_TIMES": 4}


@dataclass(frozen=True)
class Played:
    """One crawl of all cases."""

    server: Any
    exchanges: tuple[Exchange, ...]

    def of(self, name: str) -> Exchange:
        """The last exchange of a case."""
        path = next(it.key for it in CASES if it.name == name).rpartition(" ")[2]
        return [it for it in self.exchanges if it.url == self.server.url(path)][-1]


@pytest.fixture(scope="module", params=["http", "https"])
def played(
    request: pytest.FixtureRequest, serve: Callable[..., Any], crawl: Callable[..., Any]
) -> Played:
    server = _serve_all(serve, request.param)
    return Played(server=server, exchanges=crawl(_asked(server), **SETTINGS).exchanges)


def _serve_all(serve: Callable[..., Any], scheme: str) -> Any:
    answers: dict[str, list[list[bytes | str]]] = {"/robots.txt": [[ROBOTS]]}
    server = serve(scheme, answers)
    for it in CASES:
        answers[it.key] = [[_filled(step, server) for step in steps] for steps in it.times]
    return server


def _asked(server: Any) -> list[dict[str, Any]]:
    return [
        {"url": server.url(it.key.rpartition(" ")[2]), "method": it.method, **it.asked}
        for it in CASES
        if it.is_asked
    ]


def _filled(step: bytes | str, server: Any) -> bytes | str:
    """The address of the server is not known before it runs."""
    if isinstance(step, str) or b"Location: " not in step:
        return step
    for name, value in (
        (b"{base}", server.url("")),
        (b"{scheme}", server.scheme),
        (b"{port}", str(server.port)),
    ):
        step = step.replace(name, value.encode())
    return step


def test_every_request_the_server_read_is_a_request_block_in_the_same_order(played: Played) -> None:
    seen = [request for request, _ in played.server.seen]

    assert [it.request_block for it in played.exchanges] == seen


def test_every_answer_the_server_sent_is_a_response_block(played: Played) -> None:
    sent = [answer for _, answer in played.server.seen]

    assert [it.response_block + it.extra for it in played.exchanges] == sent


@pytest.mark.parametrize("name", [it.name for it in CASES])
def test_an_exchange_says_how_it_ended_and_what_came_after_its_end(
    played: Played, name: str
) -> None:
    expected = next(it for it in CASES if it.name == name)

    ends = expected.ends
    if played.server.scheme == "https":
        ends = expected.ends_over_tls or ends

    found = played.of(name)

    assert (found.truncated or "whole", found.extra) == (ends, expected.extra)
    if ends == "whole":
        assert found.error is None
    elif "stop" not in expected.asked:
        assert (found.error or "").startswith("receive: ")
        assert "0x" not in (found.error or "")


def test_a_request_sent_again_is_two_exchanges_of_which_the_first_failed(played: Played) -> None:
    url = played.server.url("/sent-again")

    first, second = [it for it in played.exchanges if it.url == url]

    assert (first.attempt, first.response_block, first.truncated) == (1, b"", "disconnect")
    assert (first.error or "").endswith("sent again over a new connection")
    assert (second.attempt, second.error, second.truncated) == (2, None, None)


def test_each_hop_of_a_redirect_is_an_exchange(played: Played) -> None:
    asked = [it.url.removeprefix(played.server.url("")) for it in played.exchanges]

    assert asked.count("/to-itself") == 5
    start = asked.index("/chain")
    assert asked[start : start + 3] == ["/chain", "/301", "/target"]
    localhost = f"{played.server.scheme}://localhost:{played.server.port}/target"
    assert localhost in [it.url for it in played.exchanges]


def test_robots_txt_is_captured_first(played: Played) -> None:
    assert played.exchanges[0].url == played.server.url("/robots.txt")
    assert played.exchanges[0].response_block == ROBOTS


def test_connections_are_kept_alive(played: Played) -> None:
    assert played.server.connections < len(played.exchanges) / 2


def test_each_exchange_says_over_what_connection_it_went(played: Played) -> None:
    for exchange in played.exchanges:
        assert exchange.ip_address == "127.0.0.1"
        version = "http/1.0" if exchange.response_block.startswith(b"HTTP/1.0") else "http/1.1"
        assert exchange.protocols[0] == version
        if played.server.scheme == "http":
            assert exchange.protocols[1:] == ()
            assert exchange.cipher_suite is None
        else:
            assert exchange.protocols[1:] == ("tls/1.3",)
            assert (exchange.cipher_suite or "").startswith("TLS_")


def test_what_the_server_saw_and_sent_is_what_lies_in_the_warc_file(
    serve: Callable[..., Any], crawl: Callable[..., Any], tmp_path: Path
) -> None:
    server = _serve_all(serve, "http")

    crawl(
        _asked(server),
        **SETTINGS,
        ADDONS={"pipelines.addon.ArchiaterAddon": 500},
        ARCHIATER_COLLECTION=str(tmp_path),
    )

    [file] = (tmp_path / "warcs").iterdir()
    with file.open("rb") as stream:
        blocks = [
            (it.rec_type, it.raw_stream.read())
            for it in ArchiveIterator(stream, no_record_parse=True)
        ]
    requests = [block for kind, block in blocks if kind == "request"]
    assert requests == [request for request, _ in server.seen]
    with Collection.open(tmp_path, read_only=True) as collection:
        captures = collection.connection.execute("select count(*) from captures").fetchone()[0]
    assert captures == len(server.seen)
    sent = {answer for _, answer in server.seen}
    sent |= {answer.removesuffix(it.extra) for it in CASES for answer in sent if it.extra}
    responses = [block for kind, block in blocks if kind == "response"]
    assert len(responses) > len(CASES) / 2
    assert all(block in sent for block in responses)


def test_there_are_more_than_a_hundred_cases_of_different_names() -> None:
    assert len({it.key for it in CASES}) == len(CASES) > 100
