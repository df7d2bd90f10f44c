"""A loopback server that sends scripted bytes and logs both directions, and crawls of it."""

from __future__ import annotations

import base64
import datetime
import ipaddress
import json
import os
import re
import socket
import socketserver
import ssl
import struct
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from archive.exchange import Exchange

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("wire_crawl.py")

Steps = Sequence[bytes | str]
"""What is done for one request: bytes are sent; `close` and `reset` end the connection, `hold`
waits until the client hangs up. After the last step the connection waits for the next request."""


@dataclass
class Loopback:
    """A server and its log."""

    port: int
    scheme: str
    seen: list[tuple[bytes, bytes]] = field(default_factory=list)
    """Of each request, in order: its bytes, and those that were sent for it."""
    connections: int = 0

    def url(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"


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


def reset(connection: socket.socket) -> None:
    """Close with RST instead of FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.fixture(scope="session")
def tls_context(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's, with a certificate that nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    hosts = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
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


@pytest.fixture(scope="session")
def serve(tls_context: ssl.SSLContext) -> Iterator[Callable[..., Loopback]]:
    """Start a server: `serve("https", {"/path": [steps of the first time, of the second, ...]})`.

    The key of another method than GET starts with it: `HEAD /path`.
    """
    running: list[socketserver.TCPServer] = []

    def start(scheme: str, answers: Mapping[str, Sequence[Steps]]) -> Loopback:
        asked: Counter[str] = Counter()

        class Connection(socketserver.StreamRequestHandler):
            def setup(self) -> None:
                # Nagle would hold back bytes that a reset then throws away.
                self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if scheme == "https":
                    self.request = tls_context.wrap_socket(self.request, server_side=True)
                super().setup()

            def finish(self) -> None:
                with suppress(OSError, ValueError):
                    super().finish()
                self.request.close()

            def handle(self) -> None:
                log.connections += 1
                while request := read_request(self.rfile):
                    method, target = request.decode("latin-1").split(" ")[:2]
                    # A proxy is asked with the whole URL.
                    path = re.sub(r"^https?://[^/]*", "", target)
                    key = path if method == "GET" else f"{method} {path}"
                    steps = answers[key][min(asked[key], len(answers[key]) - 1)]
                    asked[key] += 1
                    # Before the bytes go out: the client may be done before this thread goes on.
                    sent = b"".join(step for step in steps if isinstance(step, bytes))
                    log.seen.append((request, sent))
                    if not self.follow(steps):
                        return

            def follow(self, steps: Steps) -> bool:
                for step in steps:
                    if isinstance(step, bytes):
                        self.wfile.write(step)
                    elif step == "hold":
                        self.rfile.read(1)
                        return False
                    elif step == "reset":
                        reset(self.request)
                        return False
                    elif step == "close":
                        return False
                return True

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass

        server = Server(("127.0.0.1", 0), Connection)
        running.append(server)
        log = Loopback(port=server.server_address[1], scheme=scheme)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        return log

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Crawled:
    """What a crawl gave away, in order."""

    exchanges: tuple[Exchange, ...]
    """Each with its rest joined to its response block."""
    responses: tuple[dict[str, Any], ...]
    """What the spider got: `{"url", "status", "size", "flags"}`."""
    largest_bytes: int
    """The largest resident memory of its process."""


@pytest.fixture(scope="session")
def crawl() -> Callable[..., Crawled]:
    """Fetch in a process of its own: a list of URLs, or of arguments for `scrapy.Request`."""

    def fetch(requests: Sequence[str | dict[str, Any]], **settings: Any) -> Crawled:
        asked = [{"url": it} if isinstance(it, str) else it for it in requests]
        done = subprocess.run(
            [sys.executable, "-W", "always::ResourceWarning", str(PROGRAM)],
            input=json.dumps({"requests": asked, "settings": settings}),
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=100,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        # A file into which a body was spilled, and which nobody closed.
        assert "unclosed file" not in done.stderr
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return Crawled(
            exchanges=tuple(_exchange(it) for it in lines if "request_block" in it),
            responses=tuple(it for it in lines if "flags" in it),
            largest_bytes=lines[-1]["largest_bytes"],
        )

    return fetch


def _exchange(fields: dict[str, Any]) -> Exchange:
    for name in ("request_block", "response_block", "extra"):
        fields[name] = base64.b64decode(fields[name])
    fields["protocols"] = tuple(fields["protocols"])
    fields["started_at"] = datetime.datetime.fromisoformat(fields["started_at"])
    return Exchange(**fields)
