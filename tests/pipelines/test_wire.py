from __future__ import annotations

import base64
import datetime
import gzip
import ipaddress
import json
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy.core.downloader.handlers import http11
from twisted.web import _newclient, client

from archive.exchange import Exchange
from pipelines import wire

PAGE = b"<!doctype html><title>Fever</title><p>Drink enough.</p>"
ZIPPED = gzip.compress(PAGE, mtime=0)
ROOT = Path(__file__).parents[2]


def chunked(body: bytes, *, extension: bytes = b"", trailer: bytes = b"") -> bytes:
    return (
        b"%x%s\r\n%s\r\n" % (10, extension, body[:10])
        + b"%X\r\n%s\r\n" % (len(body) - 10, body[10:])
        + b"0\r\n"
        + trailer
        + b"\r\n"
    )


@dataclass(frozen=True)
class Answer:
    """What the server sends for one path, byte for byte, and whether it then hangs up."""

    response: bytes
    hangs_up: bool = False
    extra: bytes = b""
    is_cut: bool = False
    """The response ends before its end."""


ANSWERS: dict[str, Answer] = {
    "/plain": Answer(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(PAGE), PAGE)),
    "/reused": Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
    "/chunked": Answer(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + chunked(PAGE, extension=b";name=value", trailer=b"X-Checksum: 1\r\n")
    ),
    "/gzip": Answer(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s"
        % (len(ZIPPED), ZIPPED)
    ),
    "/gzip-chunked": Answer(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        + chunked(ZIPPED)
    ),
    "/duplicates": Answer(
        b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nsEt-cOOkie:   b=2  \r\nSet-Cookie: a=3\r\n"
        b"X-Folded: one\r\n two\r\nno colon here\r\nX-Latin: caf\xe9\r\n"
        b"content-length: 2\r\n\r\nok"
    ),
    "/no-reason": Answer(b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok"),
    "/line-feeds": Answer(b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok"),
    "/empty": Answer(b'HTTP/1.1 204 No Content\r\nETag: "x"\r\n\r\n'),
    "/unmodified": Answer(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n"),
    "HEAD /head": Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"),
    "POST /form": Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
    "/moved": Answer(b"HTTP/1.1 301 Moved\r\nLocation: /target\r\nContent-Length: 4\r\n\r\ngone"),
    "/target": Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
    "/hints": Answer(
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    ),
    "/until-close": Answer(b"HTTP/1.0 200 OK\r\n\r\n" + PAGE, hangs_up=True),
    "/too-long": Answer(
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", extra=b"more", hangs_up=True
    ),
    "/large": Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"large" * 200_000),
    "/cut-body": Answer(
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", hangs_up=True, is_cut=True
    ),
    "/cut-chunk": Answer(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf",
        hangs_up=True,
        is_cut=True,
    ),
    "/cut-head": Answer(b"HTTP/1.1 200 OK\r\nContent-Le", hangs_up=True, is_cut=True),
    "/nothing": Answer(b"", hangs_up=True, is_cut=True),
    "/garbage": Answer(b"what is this?\r\n\r\n", hangs_up=True, is_cut=True),
}
ROBOTS = Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\nUser-agent: *\nDisallow:\n")


@dataclass
class Server:
    """A loopback server that sends scripted bytes and logs every byte that it read."""

    port: int
    scheme: str
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str) -> str:
        method, _, name = path.rpartition(" ")
        return f"{method} {self.scheme}://127.0.0.1:{self.port}{name}".strip()


@dataclass(frozen=True)
class Crawl:
    server: Server
    exchanges: tuple[Exchange, ...]

    def of(self, path: str) -> Exchange:
        name = path.rpartition(" ")[2]
        [found] = [it for it in self.exchanges if it.url.endswith(f":{self.server.port}{name}")]
        return found


def read_request(stream: Any) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = stream.readline()
        if not line:
            return b""
        head += line
    length = [
        int(line.partition(b":")[2])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    ]
    return head + (stream.read(length[0]) if length else b"")


def serve(context: ssl.SSLContext | None) -> tuple[socketserver.TCPServer, Server]:
    class Connection(socketserver.StreamRequestHandler):
        def setup(self) -> None:
            if context is not None:
                self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        def finish(self) -> None:
            super().finish()
            self.request.close()

        def handle(self) -> None:
            log.connections += 1
            while request := read_request(self.rfile):
                log.requests.append(request)
                method, path = request.decode("latin-1").split(" ")[:2]
                key = path if method == "GET" else f"{method} {path}"
                answer = ROBOTS if path == "/robots.txt" else ANSWERS[key]
                self.wfile.write(answer.response + answer.extra)
                if answer.hangs_up:
                    return

    class TCPServer(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    server = TCPServer(("127.0.0.1", 0), Connection)
    log = Server(port=server.server_address[1], scheme="https" if context else "http")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
    return server, log


def answer_without_tls(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(1)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def certificate(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def crawl(urls: list[str], **settings: Any) -> tuple[Exchange, ...]:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("wire_crawl.py"))],
        input=json.dumps({"urls": urls, "settings": settings}),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return tuple(exchange_from(line) for line in done.stdout.splitlines())


def exchange_from(line: str) -> Exchange:
    fields = json.loads(line)
    for name in ("request_block", "response_block", "extra"):
        fields[name] = base64.b64decode(fields[name])
    del fields["request_url"]
    fields["protocols"] = tuple(fields["protocols"])
    fields["started_at"] = datetime.datetime.fromisoformat(fields["started_at"])
    return Exchange(**fields)


@pytest.fixture(scope="module", params=["http", "https"])
def done(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Crawl]:
    """One crawl of every answer, in order, over http and over https."""
    is_tls = request.param == "https"
    server, log = serve(certificate(tmp_path_factory.mktemp("tls")) if is_tls else None)
    paths = [path for path in ANSWERS if path != "/target"]
    try:
        exchanges = crawl([log.url(path) for path in paths], ROBOTSTXT_OBEY=True)
        yield Crawl(server=log, exchanges=exchanges)
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("path", ANSWERS)
def test_the_response_block_is_what_the_server_sent(done: Crawl, path: str) -> None:
    exchange = done.of(path)

    assert exchange.response_block == ANSWERS[path].response
    assert exchange.extra == ANSWERS[path].extra


def test_every_request_the_server_saw_is_a_request_block_in_the_same_order(done: Crawl) -> None:
    assert [it.request_block for it in done.exchanges] == done.server.requests
    assert len(done.exchanges) == len(ANSWERS) + 1


def test_robots_txt_is_captured_too(done: Crawl) -> None:
    assert done.exchanges[0].url.endswith("/robots.txt")
    assert done.exchanges[0].response_block == ROBOTS.response


def test_a_whole_exchange_has_no_error_and_a_cut_one_says_where_it_failed(done: Crawl) -> None:
    for path, answer in ANSWERS.items():
        exchange = done.of(path)
        if answer.is_cut:
            assert exchange.truncated == "disconnect", path
            assert exchange.error is not None, path
            assert exchange.error.startswith("receive: "), path
            assert "0x" not in exchange.error, path
        else:
            assert (exchange.truncated, exchange.error) == (None, None), path


def test_connections_are_kept_alive(done: Crawl) -> None:
    hang_ups = sum(answer.hangs_up for answer in ANSWERS.values())

    assert done.server.connections <= hang_ups + 1


def test_the_connection_is_described_from_the_first_exchange_on(done: Crawl) -> None:
    for exchange in done.exchanges:
        assert exchange.ip_address == "127.0.0.1"
        if done.server.scheme == "http":
            assert exchange.protocols[1:] == ()
            assert exchange.cipher_suite is None
        elif exchange.response_block:
            assert exchange.protocols[1].startswith("tls/1.")
            assert (exchange.cipher_suite or "").startswith("TLS_")
    assert done.of("/until-close").protocols[0] == "http/1.0"
    assert done.of("/plain").protocols[0] == "http/1.1"


def test_a_failure_before_any_byte_is_an_exchange_with_its_stage() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        refused, unresolved = crawl([f"http://127.0.0.1:{port}/", "http://no-such.invalid/"])

    assert (refused.request_block, refused.response_block) == (b"", b"")
    assert (refused.error or "").startswith("connect: ")
    assert (unresolved.error or "").startswith("resolve: ")


def test_a_handshake_that_fails_leaves_no_request() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer_without_tls, args=(server,)).start()
        [exchange] = crawl([f"https://127.0.0.1:{server.getsockname()[1]}/plain"])

    assert (exchange.error or "").startswith("tls: ")
    assert exchange.request_block == b""


def test_a_body_over_the_limit_is_cut_and_says_so() -> None:
    server, log = serve(None)
    try:
        [exchange] = crawl([log.url("/large")], DOWNLOAD_MAXSIZE=20)
    finally:
        server.shutdown()
        server.server_close()

    assert exchange.truncated == "length"
    assert ANSWERS["/large"].response.startswith(exchange.response_block)


def test_the_private_names_this_leans_on_are_there() -> None:
    assert issubclass(http11._LenientHTTP11ClientProtocol, _newclient.HTTP11ClientProtocol)
    assert issubclass(http11._LenientHTTP11ClientFactory, client._HTTP11ClientFactory)
    assert client.HTTPConnectionPool._factory is client._HTTP11ClientFactory
    assert callable(_newclient.HTTP11ClientProtocol._finishResponse)
    assert callable(_newclient.HTTP11ClientProtocol.dataReceived)
    assert callable(_newclient.Request.writeTo)
    assert "self._pool" in Path(http11.__file__).read_text(encoding="utf-8")
    assert issubclass(wire.WireProtocol, http11._LenientHTTP11ClientProtocol)


def test_twisted_hands_the_end_of_a_response_to_finish_response() -> None:
    tee = wire.Tee()
    protocol = wire.WireProtocol()  # type: ignore[no-untyped-call]  # Twisted's
    protocol._tee = tee
    protocol._state = "QUIESCENT"

    with pytest.raises(RuntimeError):
        protocol._finishResponse(b"rest")

    assert tee.is_complete
    assert tee.rest == b"rest"


def test_a_gzip_answer_is_kept_as_it_was_sent(done: Crawl) -> None:
    body = done.of("/gzip").response_block.partition(b"\r\n\r\n")[2]

    assert zlib.decompress(body, 31) == PAGE
