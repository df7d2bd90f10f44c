"""Does the capture keep every byte here? `python -m pipelines.self_test` fetches difficult answers
over http and https from a server of its own on loopback, and compares what the download handler
gave away with what went over the wire.

Ends with 0, or with 1 and one line that says what differs. `archive.capture_proof` runs it once for
each set of versions, in a process of its own, for a reactor cannot be started twice.
"""

from __future__ import annotations

import gzip
import ipaddress
import socketserver
import ssl
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import scrapy
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy.crawler import AsyncCrawlerProcess

from archive.exchange import Exchange
from pipelines.wire import WireDownloadHandler, exchange_captured

_LARGE = b"0123456789abcdef" * (200 * 1024)
_ANSWERS = (
    # Three on one connection, each of which normalising would change in another way.
    b"HTTP/1.1 200 Fine\r\nset-cookie: a=1\r\nSET-COOKIE:   b=2  \r\nX-Folded: one\r\n two\r\n"
    b"no colon\r\nX-Latin: caf\xe9\r\ncontent-length: 2\r\n\r\nok",
    b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n3;name=value\r\nabc\r\n00A\r\n0123456789\r\n0\r\n"
    b"X-Trailer: 1\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s"
    % (len(gzip.compress(b"fever", mtime=0)), gzip.compress(b"fever", mtime=0)),
    b"HTTP/1.1 304\r\nETag: x\r\nContent-Length: 500\r\n\r\n",
    # More than is held in memory.
    b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(_LARGE), _LARGE),
    b"HTTP/1.1 200 OK\nContent-Length: 9\n\ncut",
)
"""What the server sends for `/0`, `/1`, ...; it hangs up after the last."""


@dataclass(frozen=True)
class Server:
    """A server on loopback and the requests it has read."""

    base: str
    requests: list[bytes]


def main() -> int:
    with _serving(None) as plain, _serving(_tls_context()) as encrypted:
        servers = (plain, encrypted)
        captured = _crawl([f"{it.base}/{n}" for it in servers for n in range(len(_ANSWERS))])
        return _tell([line for server in servers for line in _differences(server, captured)])


def _tell(differences: Sequence[str]) -> int:
    if differences:
        sys.stdout.write(f"{differences[0]} (differences found: {len(differences)})\n")
        return 1
    return 0


def _differences(server: Server, captured: dict[str, tuple[bytes, bytes]]) -> Iterator[str]:
    """What was captured otherwise than `server` read and sent it, one line each."""
    for number, answer in enumerate(_ANSWERS):
        url = f"{server.base}/{number}"
        scheme = url.partition(":")[0]
        request, response = captured.get(url, (b"", b""))
        read = next((it for it in server.requests if f"GET /{number} ".encode() in it), None)
        if request != read:
            yield f"request {number} over {scheme} was sent as {read!r} and captured as {request!r}"
        if response != answer:
            yield (
                f"answer {number} over {scheme} was sent as {answer[:200]!r} ({len(answer)} bytes) "
                f"and captured as {response[:200]!r} ({len(response)} bytes)"
            )


def _crawl(urls: list[str]) -> dict[str, tuple[bytes, bytes]]:
    """URL -> what the download handler captured of its request and of its answer."""
    captured = {}

    def keep(exchange: Exchange, request: scrapy.Request) -> None:
        response = exchange.response_block
        if exchange.response_rest is not None:
            response += b"".join(exchange.response_rest.chunks())
            exchange.response_rest.close()
        captured[exchange.url] = (exchange.request_block, response)

    process = AsyncCrawlerProcess(
        {
            "DOWNLOAD_HANDLERS": {"http": WireDownloadHandler, "https": WireDownloadHandler},
            "CONCURRENT_REQUESTS": 1,
            "RETRY_ENABLED": False,
            "DOWNLOAD_TIMEOUT": 10,
            "LOG_ENABLED": False,
            "LOG_INSTALL_ROOT_HANDLER": False,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    crawler = process.create_crawler(_Fetching)
    crawler.signals.connect(keep, signal=exchange_captured, weak=False)
    process.crawl(crawler, urls=urls)
    process.start()
    return captured


class _Fetching(scrapy.Spider):
    name = "self_test"

    def __init__(self, urls: list[str]) -> None:
        super().__init__()
        self.urls = urls

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for url in self.urls:
            yield scrapy.Request(url, errback=self.parse)

    def parse(self, found: Any) -> None:
        """An answer or a failure: what was captured of it is what counts."""


@contextmanager
def _serving(context: ssl.SSLContext | None) -> Iterator[Server]:
    requests: list[bytes] = []

    class Answering(socketserver.StreamRequestHandler):
        def setup(self) -> None:
            if context is not None:
                self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        def handle(self) -> None:
            while request := b"".join(iter(self.rfile.readline, b"\r\n")):
                requests.append(request + b"\r\n")
                number = int(request.split()[1].strip(b"/"))
                self.wfile.write(_ANSWERS[number])
                if number == len(_ANSWERS) - 1:
                    return

        def finish(self) -> None:
            super().finish()
            self.request.close()

    class Listening(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """What went wrong shows in what was captured."""

    with Listening(("127.0.0.1", 0), Answering) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        serving.start()
        scheme = "http" if context is None else "https"
        try:
            yield Server(base=f"{scheme}://127.0.0.1:{server.server_address[1]}", requests=requests)
        finally:
            server.shutdown()
            serving.join()


def _tls_context() -> ssl.SSLContext:
    """A server's, with a certificate of its own that is good for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    loopback = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([loopback]), critical=False)
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "loopback.pem"
        file.touch(mode=0o600)
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context.load_cert_chain(file)
    return context


if __name__ == "__main__":
    sys.exit(main())
