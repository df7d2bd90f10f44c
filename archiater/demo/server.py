"""The demo site over real HTTP on loopback: keep-alive, validators, gzip, chunks, a request log.

The same edition always sends the same bytes: no header takes the time from a clock.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any

from archiater.demo.editions import EDITION_DAYS
from archiater.demo.listings import missing_page
from archiater.demo.resource import HTML, Resource
from archiater.demo.site import build_site

_CHUNK_BYTES = 1500


@dataclass(frozen=True, kw_only=True)
class ServedRequest:
    """One request as the server answered it."""

    method: str
    path: str
    """As asked, with its query."""
    status: int
    user_agent: str


class DemoServer:
    """Serves the demo site while its `with` block runs; `edition` may be set at any time.

    `port` 0 takes a free port. `requests` is a copy of the log so far, in the order of the answers.
    """

    def __init__(self, *, edition: int = 1, port: int = 0, host: str = "127.0.0.1") -> None:
        self._server = _Server((host, port), _Handler)
        self._host = host
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="demo-site")
        self.edition = edition

    @property
    def url(self) -> str:
        """The site's address without a slash at its end."""
        return f"http://{self._host}:{self._server.server_port}"

    @property
    def edition(self) -> int:
        return self._edition

    @edition.setter
    def edition(self, edition: int) -> None:
        pages = build_site(edition, self.url)
        self._edition = edition
        self._server.publish(pages, day=EDITION_DAYS[edition])

    @property
    def requests(self) -> tuple[ServedRequest, ...]:
        return self._server.served()

    def forget_requests(self) -> None:
        """Begin a new request log."""
        self._server.forget()

    def __enter__(self) -> DemoServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    """A threaded server that knows its open connections, so that closing it leaves no thread."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], handler: type[_Handler]) -> None:
        self.pages: Mapping[str, Resource] = {}
        self.day = EDITION_DAYS[1]
        self._served: list[ServedRequest] = []
        self._connections: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(address, handler)

    def publish(self, pages: Mapping[str, Resource], *, day: str) -> None:
        self.pages, self.day = pages, day

    def note(self, request: ServedRequest) -> None:
        with self._lock:
            self._served.append(request)

    def served(self) -> tuple[ServedRequest, ...]:
        with self._lock:
            return tuple(self._served)

    def forget(self) -> None:
        with self._lock:
            self._served.clear()

    def hang_up(self) -> None:
        """End every open connection; a client that keeps one alive would hold its thread."""
        with self._lock:
            connections = tuple(self._connections)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # The client closed it first.

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up in the middle is no news."""


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from the published pages."""

    protocol_version = "HTTP/1.1"
    server_version = "SaltmarshDemo/1"
    sys_version = ""
    # Buffered, so that headers and a small body leave in one packet.
    wbufsize = 64 * 1024
    disable_nagle_algorithm = True
    timeout = 60
    server: _Server

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        resource = self._find()
        packed = resource.is_packable and _accepts_gzip(self.headers.get("Accept-Encoding", ""))
        status = 304 if self._is_unchanged(resource) else resource.status
        # Noted before the bytes leave, so that a client that has its answer finds it in the log.
        self._note(status)
        self.send_response(status)
        for name, value in resource.headers:
            self.send_header(name, value)
        if resource.status == 200:
            tag = f"{resource.tag}-gzip" if packed else resource.tag
            self.send_header("ETag", f'"{tag}"')
            self.send_header("Last-Modified", resource.last_modified)
            self.send_header("Cache-Control", "max-age=0, must-revalidate")
        if resource.is_packable:
            self.send_header("Vary", "Accept-Encoding")
        if status == 304:
            self.end_headers()
            return
        self.send_header("Content-Type", resource.content_type)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        body = resource.packed if packed else resource.body
        self._send_body(body, is_chunked=resource.is_chunked, with_body=with_body)

    def _send_body(self, body: bytes, *, is_chunked: bool, with_body: bool) -> None:
        if is_chunked and self.request_version == "HTTP/1.1":
            self.send_header("Transfer-Encoding", "chunked")
            body = _chunked(body)
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _find(self) -> Resource:
        """The resource of the asked path, its query ignored; a page of status 404 where none is."""
        path = self.path.partition("?")[0]
        found = self.server.pages.get(path)
        if found is not None:
            return found
        return Resource.of_text(
            missing_page("this page"), HTML, changed_on=self.server.day, status=404
        )

    def _is_unchanged(self, resource: Resource) -> bool:
        """Whether the client holds the current bytes; a tag goes before a date (RFC 9110)."""
        if resource.status != 200:
            return False
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            held = {tag.strip().removeprefix("W/").strip('"') for tag in tags.split(",")}
            return bool(held & {"*", resource.tag, f"{resource.tag}-gzip"})
        since = _moment(self.headers.get("If-Modified-Since"))
        return since is not None and resource.last_modified_at <= since

    def _note(self, status: int) -> None:
        self.server.note(
            ServedRequest(
                method=self.command,
                path=self.path,
                status=status,
                user_agent=self.headers.get("User-Agent", ""),
            )
        )

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date header: the edition's day instead of the clock's."""
        return Resource(body=b"", content_type="", changed_on=self.server.day).last_modified

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error: the log is `DemoServer.requests`."""


def _chunked(body: bytes) -> bytes:
    """The body in chunked transfer coding."""
    pieces = (body[start : start + _CHUNK_BYTES] for start in range(0, len(body), _CHUNK_BYTES))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def _accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header names gzip and does not weigh it with zero."""
    for offer in header.split(","):
        coding, _, weight = offer.partition(";")
        if coding.strip().lower() == "gzip":
            return weight.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _moment(header: str | None) -> datetime | None:
    """The moment in an If-Modified-Since header; None where there is none or it is no date."""
    if header is None:
        return None
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
