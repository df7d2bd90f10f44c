"""The capture at the wire: Scrapy's HTTP/1.1 handler with a tee at Twisted's protocol.

Whatever the rest of Scrapy sees of a response (decoded, renamed, reordered, or nothing at all
because it failed), the exact bytes of request and response are kept here, for http and https,
robots.txt and redirects included. Use it in DOWNLOAD_HANDLERS for both schemes. Each exchange,
finished or failed, is sent as the Scrapy signal `exchange_captured`, before the response goes on:

    crawler.signals.connect(receive, signal=exchange_captured)
    def receive(exchange: Exchange, request: scrapy.Request) -> None: ...

What a receiver raises (`DiskFull`) becomes the failure of the download.

This leans on private names of Scrapy and Twisted: `HTTP11DownloadHandler._pool`,
`_LenientHTTP11ClientProtocol`, `HTTPConnectionPool._factory`, and
`HTTP11ClientProtocol._finishResponse`. tests/pipelines/test_wire.py pins each of them.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urldefrag

from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    StopDownload,
)
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure
from twisted.web.client import HTTPConnectionPool

from archive.exchange import Exchange, Truncation

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.interfaces import IAddress, IStreamClientEndpoint
    from twisted.web.iweb import IResponse

exchange_captured = object()
"""Scrapy signal: one exchange over the wire is finished or has failed."""


class WireDownloadHandler(HTTP11DownloadHandler):
    """The download handler for http and https that gives away each exchange as it was sent."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor

        pool = WirePool(reactor, persistent=True)  # type: ignore[no-untyped-call]  # Twisted's
        pool.maxPersistentPerHost = self._pool.maxPersistentPerHost
        pool._factory = WireFactory
        self._pool = pool

    async def download_request(self, request: Request) -> Response:
        tee = Tee()
        _current_tee.set(tee)
        try:
            response = await super().download_request(request)
        except Exception as error:
            self._give_away(_failed_exchange(request, tee, error), request)
            raise
        finally:
            _current_tee.set(None)
        self._give_away(_answered_exchange(request, tee, response), request)
        return response

    def _give_away(self, exchange: Exchange, request: Request) -> None:
        # Scrapy logs what a receiver raises and goes on; a capture that was not kept must not pass.
        results = self._crawler.signals.send_catch_log(
            exchange_captured, exchange=exchange, request=request, dontlog=Exception
        )
        for _, outcome in results:
            if isinstance(outcome, Failure):
                outcome.raiseException()


class Tee:
    """The bytes of one exchange as they pass, and what is known of the connection."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.received: list[bytes] = []
        self.rest = b""
        """Bytes past the end of the response."""
        self.is_complete = False
        self.started_at = datetime.now(UTC)
        self.ip_address: str | None = None
        self.tls_protocol: str | None = None
        self.cipher_suite: str | None = None

    def begin(self, transport: Any) -> None:
        """A connection is there and the request goes out.

        Twisted sends an idempotent request again where a kept connection turns out to be dead and
        not a byte of an answer came: the record is of the last attempt.
        """
        self.sent.clear()
        self.received.clear()
        self.started_at = datetime.now(UTC)
        self.ip_address = getattr(transport.getPeer(), "host", None)

    def take(self, data: bytes, transport: Any) -> None:
        """Bytes of the answer came."""
        if not self.received:
            # Before the first byte the handshake is not done, and cipher and version not known.
            self._note_tls(transport)
        self.received.append(data)

    def finish(self, rest: bytes) -> None:
        """The parser found the end of the response; `rest` came after it."""
        self.is_complete = True
        self.rest = rest

    def response_block(self) -> bytes:
        whole = b"".join(self.received)
        return whole[: len(whole) - len(self.rest)]

    def _note_tls(self, transport: Any) -> None:
        connection = transport.getHandle()
        if isinstance(connection, SSL.Connection):
            self.tls_protocol = connection.get_protocol_version_name()
            self.cipher_suite = connection.get_cipher_name()


# Twisted's agent asks the pool for a connection in the context of `download_request`, and from
# there on the tee travels with Twisted's own request, through a second attempt too.
_current_tee: ContextVar[Tee | None] = ContextVar("current_tee", default=None)


class WirePool(HTTPConnectionPool):
    """Scrapy's connection pool, whose connections know which exchange they are asked for."""

    def getConnection(  # noqa: N802 - Twisted's name
        self, key: Any, endpoint: IStreamClientEndpoint
    ) -> Deferred[Any]:
        tee = _current_tee.get()
        connection = super().getConnection(key, endpoint)
        return connection.addCallback(lambda found: _ConnectionFor(tee, found))


class _ConnectionFor:
    """A pooled connection for one request."""

    def __init__(self, tee: Tee | None, connection: Any) -> None:
        self._tee = tee
        self._connection = connection

    def request(self, request: Any) -> Deferred[IResponse]:
        request.archiater_tee = self._tee
        return cast("Deferred[IResponse]", self._connection.request(request))


class WireProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's HTTP/1.1 connection with a tee in both directions."""

    _tee: Tee | None = None

    def request(self, request: Any) -> Deferred[IResponse]:
        self._tee = tee = getattr(request, "archiater_tee", None)
        if tee is not None:
            tee.begin(self.transport)
            write_to = type(request).writeTo
            request.writeTo = lambda transport: write_to(request, _TeedTransport(transport, tee))
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._tee is not None:
            self._tee.take(data, self.transport)
        super().dataReceived(data)  # type: ignore[no-untyped-call]  # Twisted's is untyped

    def _finishResponse(self, rest: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._tee is not None:
            self._tee.finish(rest)
            # What comes now belongs to no exchange.
            self._tee = None
        super()._finishResponse(rest)


class WireFactory(_LenientHTTP11ClientFactory):
    """Builds `WireProtocol`."""

    def buildProtocol(self, addr: IAddress | None) -> WireProtocol:  # noqa: N802 - Twisted's name
        return WireProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _TeedTransport:
    """What a request is written to: the transport, and the tee beside it."""

    def __init__(self, transport: Any, tee: Tee) -> None:
        self._transport = transport
        self._tee = tee

    def write(self, data: bytes) -> None:
        self._tee.sent.append(data)
        self._transport.write(data)

    def writeSequence(self, data: list[bytes]) -> None:  # noqa: N802 - Twisted's name
        self._tee.sent.extend(data)
        self._transport.writeSequence(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def _answered_exchange(request: Request, tee: Tee, response: Response) -> Exchange:
    truncated: Truncation | None = None
    if not tee.is_complete:
        truncated = "disconnect" if "dataloss" in response.flags else "unspecified"
    return _exchange(request, tee, truncated=truncated, error=None)


def _failed_exchange(request: Request, tee: Tee, error: Exception) -> Exchange:
    if tee.is_complete:
        # The answer came whole; that something on our side failed later is not its concern.
        return _exchange(request, tee, truncated=None, error=None)
    stage = _stage(tee, error)
    if stage == "tls":
        # Written into the TLS engine, but never sent.
        tee.sent.clear()
    truncated: Truncation = "disconnect"
    if isinstance(error, DownloadTimeoutError):
        truncated = "time"
    elif isinstance(error, DownloadCancelledError):
        truncated = "length"
    elif isinstance(error, StopDownload):
        truncated = "unspecified"
    message = " ".join(f"{type(error).__name__}: {_reasons(error)}".split())[:500]
    return _exchange(request, tee, truncated=truncated, error=f"{stage}: {message}")


def _exchange(
    request: Request, tee: Tee, *, truncated: Truncation | None, error: str | None
) -> Exchange:
    response_block = tee.response_block()
    version = b"http/1.0" if response_block.startswith(b"HTTP/1.0") else b"http/1.1"
    protocols = [version.decode("ascii")] if tee.sent else []
    if tee.tls_protocol is not None:
        protocols.append(_registered_protocol(tee.tls_protocol))
    return Exchange(
        url=urldefrag(request.url).url,
        method=request.method,
        request_block=b"".join(tee.sent),
        response_block=response_block,
        started_at=tee.started_at,
        ip_address=tee.ip_address,
        protocols=tuple(protocols),
        cipher_suite=registered_cipher_suite(tee.cipher_suite) if tee.cipher_suite else None,
        truncated=truncated,
        error=error,
        extra=tee.rest,
    )


def _stage(tee: Tee, error: Exception) -> str:
    """Where an exchange failed: resolve, connect, tls, send or receive."""
    if isinstance(error, CannotResolveHostError):
        return "resolve"
    if not tee.sent:
        return "connect"
    if not tee.received and any(isinstance(cause, SSL.Error) for cause in _causes(error)):
        return "tls"
    return "receive"


def _causes(error: BaseException) -> list[BaseException]:
    """`error` and everything Scrapy and Twisted wrapped in it."""
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting and len(found) < 20:
        cause = waiting.pop()
        if cause is None:
            continue
        found.append(cause)
        waiting.append(cause.__cause__)
        waiting.extend(reason.value for reason in getattr(cause, "reasons", ()))
    return found


def _reasons(error: Exception) -> str:
    """The innermost causes in words: Scrapy's message holds the address of an object."""
    innermost = [
        cause
        for cause in _causes(error)
        if cause.__cause__ is None and not getattr(cause, "reasons", ())
    ]
    return "; ".join(str(cause) or type(cause).__name__ for cause in innermost)


def _registered_protocol(openssl_name: str) -> str:
    return "tls/" + openssl_name.removeprefix("TLSv") if "." in openssl_name else "tls/1.0"


_AES = re.compile(
    r"(?:(?P<exchange>ECDHE|DHE)-(?P<signature>RSA|ECDSA)-)?"
    r"AES(?P<bits>128|256)(?P<mode>-GCM|-CCM)?(?:-(?P<digest>SHA\d*))"
)
_CHACHA = re.compile(r"(?P<exchange>ECDHE|DHE)-(?P<signature>RSA|ECDSA)-CHACHA20-POLY1305")


def registered_cipher_suite(openssl_name: str) -> str | None:
    """The IANA name of a cipher suite; None where OpenSSL's is of no family known here.

    >>> registered_cipher_suite("ECDHE-RSA-AES256-GCM-SHA384")
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'
    >>> registered_cipher_suite("AES128-SHA")
    'TLS_RSA_WITH_AES_128_CBC_SHA'
    """
    if openssl_name.startswith("TLS_"):
        return openssl_name
    if (match := _AES.fullmatch(openssl_name)) is not None:
        keys = f"{match['exchange']}_{match['signature']}" if match["exchange"] else "RSA"
        mode = (match["mode"] or "-CBC").removeprefix("-")
        return f"TLS_{keys}_WITH_AES_{match['bits']}_{mode}_{match['digest']}"
    if (match := _CHACHA.fullmatch(openssl_name)) is not None:
        keys = f"{match['exchange']}_{match['signature']}"
        return f"TLS_{keys}_WITH_CHACHA20_POLY1305_SHA256"
    return None
