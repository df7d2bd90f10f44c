"""The capture at the wire: Scrapy's HTTP/1.1 handler with a tee at Twisted's protocol.

Whatever the rest of Scrapy sees of a response (decoded, renamed, reordered, cut, or nothing at all
because it failed), the exact bytes of request and response are kept here, for http and https,
robots.txt and redirects included. Use it in DOWNLOAD_HANDLERS for both schemes, or through
`pipelines.addon`. Each exchange, finished or failed, is sent as the Scrapy signal
`exchange_captured`, before the response goes on:

    crawler.signals.connect(receive, signal=exchange_captured)
    def receive(exchange: Exchange, request: scrapy.Request) -> None: ...

What a receiver raises (`DiskFull`) becomes the failure of the download. Who receives it closes its
`response_rest`.

Two limits, as a spider wants no 200 MB in memory and an archive no half of a document:

- ARCHIATER_MAX_BODY_BYTES, without it DOWNLOAD_MAXSIZE: what is archived of a body at most; then
  the connection is given up and the exchange is truncated, `length`. A request's own limit stands
  in its meta, `archiater_max_body_bytes`.
- ARCHIATER_MAX_RESPONSE_BYTES: what Scrapy gets of a body at most, 16 MiB, and never more than
  DOWNLOAD_MAXSIZE, where Scrapy's own handler would have failed it. A response that had more bears
  the flag `archiater-cut`.

ARCHIATER_SPILL_FOLDER is where bodies over a mebibyte wait until they are archived.

This leans on private names of Scrapy and Twisted; tests/pipelines/test_wire_names.py pins each.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from OpenSSL import SSL
from pydispatch.dispatcher import (  # type: ignore[import-untyped]
    getAllReceivers,
    liveReceivers,
)
from scrapy import signals
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
    _ResponseReader,
    _ScrapyAgent,
)
from scrapy.utils._download_handlers import check_stop_download, wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionDone, ConnectionLost
from twisted.internet.interfaces import IHandshakeListener
from twisted.python.failure import Failure
from twisted.web.client import HTTPConnectionPool
from twisted.web.http_headers import InvalidHeaderName
from zope.interface import implementer  # type: ignore[import-untyped]

from archive.errors import ArchiveError
from pipelines.tee import Attempt, Connection, EndlessHead, Tee
from pipelines.wire_exchanges import exchanges_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.exceptions import StopDownload
    from scrapy.http import Response
    from twisted.internet.interfaces import IAddress, IStreamClientEndpoint
    from twisted.web.iweb import IResponse

exchange_captured = object()
"""Scrapy signal: one exchange over the wire is finished or has failed."""

CUT = "archiater-cut"
"""Flag of a response of which Scrapy got the first part only."""

MAX_RESPONSE_BYTES = 16 * 1024 * 1024
"""No page that somebody reads is larger, and as many as are fetched at a time are in memory."""


class WireDownloadHandler(HTTP11DownloadHandler):
    """The download handler for http and https that gives away each exchange as it was sent."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = WireFactory
        folder = crawler.settings.get("ARCHIATER_SPILL_FOLDER")
        self._spill_folder = Path(folder) if folder else None
        settings = crawler.settings
        self._most_archived = settings.getint("ARCHIATER_MAX_BODY_BYTES", self._default_maxsize)
        self._most_handed_on = settings.getint("ARCHIATER_MAX_RESPONSE_BYTES", MAX_RESPONSE_BYTES)

    async def download_request(self, request: Request) -> Response:
        tee = Tee(self._spill_folder)
        agent = WireAgent(
            tee,
            most_archived=self._most_archived,
            most_handed_on=self._most_handed_on,
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=cast("HTTPConnectionPool", TeedPool(self._pool, tee)),
            maxsize=self._default_maxsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        try:
            with wrap_twisted_exceptions():
                response = await maybe_deferred_to_future(agent.download_request(request))
            if isinstance(tee.last.failure, ArchiveError):
                raise tee.last.failure
        except (Exception, asyncio.CancelledError) as error:
            self._give_away(request, tee, None, error)
            if isinstance(tee.last.failure, ArchiveError):
                raise tee.last.failure from error
            raise
        self._give_away(request, tee, response, None)
        return response

    def _give_away(
        self, request: Request, tee: Tee, response: Response | None, error: BaseException | None
    ) -> None:
        for exchange in exchanges_of(request, tee, response=response, error=error):
            # Scrapy logs what a receiver raises and goes on; a capture that was not kept must not
            # pass.
            results = self._crawler.signals.send_catch_log(
                exchange_captured, exchange=exchange, request=request, dont_log=Exception
            )
            if not results and exchange.response_rest is not None:
                exchange.response_rest.close()
            for _, outcome in results:
                if isinstance(outcome, Failure):
                    outcome.raiseException()


class WireAgent(_ScrapyAgent):
    """One download: Scrapy's agent, which hands on no more of a body than a spider can hold."""

    def __init__(self, tee: Tee, *, most_archived: int, most_handed_on: int, **given: Any) -> None:
        super().__init__(**given)
        self._tee = tee
        self._most_archived = most_archived
        self._most_handed_on = most_handed_on

    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        self._tee.last.has_head = True
        stop_download = self._stop_at_head(txresponse, request)
        if stop_download is not None:
            return {"txresponse": txresponse, "stop_download": stop_download}
        # Twisted delivers no body where there is none, not even its end.
        if txresponse.length == 0:
            return {
                "txresponse": txresponse,
                "certificate": getattr(txresponse, "_scrapy_certificate", None),
                "ip_address": getattr(txresponse, "_scrapy_ip_address", None),
            }
        finished: Deferred[Any] = Deferred(partial(self._cancel, txresponse=txresponse))
        txresponse.deliverBody(
            WireReader(
                self._tee.last,
                most_archived=request.meta.get("archiater_max_body_bytes", self._most_archived),
                finished=finished,
                txresponse=txresponse,
                request=request,
                maxsize=self._limit_for(request),
                warnsize=0,
                fail_on_dataloss=request.meta.get(
                    "download_fail_on_dataloss", self._fail_on_dataloss
                ),
                crawler=self._crawler,
                tls_verbose_logging=self._tls_verbose_logging,
            )
        )
        # As Scrapy's own does, for time-outs.
        self._txresponse = txresponse
        return finished

    def _stop_at_head(self, txresponse: Any, request: Request) -> StopDownload | None:
        if not _is_heard(self._crawler, signals.headers_received):
            return None
        stop_download = check_stop_download(
            signals.headers_received,
            self._crawler,
            request,
            headers=self._headers_from_twisted_response(txresponse),
            body_length=txresponse.length,
        )
        if stop_download is not None:
            txresponse._transport.stopProducing()
            txresponse._transport.loseConnection()
        return stop_download

    def _limit_for(self, request: Request) -> int:
        """Bytes of a body that Scrapy gets at most; 0: all."""
        limits = (request.meta.get("download_maxsize", self._maxsize), self._most_handed_on)
        return min(filter(None, limits), default=0)


def _is_heard(crawler: Crawler, signal: object) -> bool:
    """Whether somebody would hear `signal`: to send it costs more than all of the tee."""
    receivers = getAllReceivers(crawler.signals.sender, signal)
    return any(True for _ in liveReceivers(receivers))


class WireReader(_ResponseReader):
    """Gathers the part of a body that Scrapy gets, and stops a body that is too large to keep."""

    def __init__(self, attempt: Attempt, *, most_archived: int, **given: Any) -> None:
        super().__init__(**given)
        self._attempt = attempt
        self._most_archived = most_archived
        self._held = 0
        self._is_heard = _is_heard(self._crawler, signals.bytes_received)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        self._bytes_received += len(data)
        if self._most_archived and self._bytes_received > self._most_archived:
            # Set again with what else comes before the connection is gone.
            self._attempt.excess = self._bytes_received - self._most_archived
        if self._finished.called:
            return
        self._hold(data)
        if self._is_heard:
            stop_download = check_stop_download(
                signals.bytes_received, self._crawler, self._request, data=data
            )
            if stop_download is not None:
                self._stop(stop_download)
                return
        if self._attempt.excess:
            self.transport._producer.abortConnection()  # type: ignore[union-attr]
            self._finish_response()

    def _hold(self, data: bytes) -> None:
        if self._maxsize:
            data = data[: self._maxsize - self._held]
        if data:
            self._held += len(data)
            self._bodybuf.write(data)

    def _stop(self, stop_download: StopDownload) -> None:
        transport = cast(Any, self.transport)
        transport.stopProducing()
        transport.loseConnection()
        self._finish_response(stop_download=stop_download)

    def _finish_response(
        self, flags: list[str] | None = None, stop_download: StopDownload | None = None
    ) -> None:
        if self._held < self._bytes_received or self._attempt.excess:
            flags = [*(flags or ()), CUT]
        super()._finish_response(flags, stop_download)


class TeedPool:
    """Scrapy's connection pool as one download sees it: its connections feed the tee."""

    persistent = True

    def __init__(self, pool: HTTPConnectionPool, tee: Tee) -> None:
        self._pool = pool
        self._tee = tee

    def getConnection(  # noqa: N802 - Twisted's name
        self, key: Any, endpoint: IStreamClientEndpoint
    ) -> Deferred[Any]:
        connection: Deferred[Any] = self._pool.getConnection(key, endpoint)
        return connection.addCallback(lambda found: _TeedConnection(found, self._tee))


class _TeedConnection:
    """A pooled connection for one request, which bears the tee through a second attempt too."""

    def __init__(self, connection: Any, tee: Tee) -> None:
        self._connection = connection
        self._tee = tee

    def request(self, request: Any) -> Deferred[IResponse]:
        request.archiater_tee = self._tee
        return cast("Deferred[IResponse]", self._connection.request(request))


@implementer(IHandshakeListener)
class WireProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's HTTP/1.1 connection with a tee in both directions."""

    _attempt: Attempt | None = None
    _connection: Connection | None = None

    def request(self, request: Any) -> Deferred[IResponse]:
        tee: Tee | None = getattr(request, "archiater_tee", None)
        if tee is not None:
            if self._connection is None:
                self._connection = self._describe_connection()
            self._attempt = attempt = tee.begin(self._connection)
            write_to = type(request).writeTo
            request.writeTo = lambda transport: write_to(
                request, _TeedTransport(transport, attempt.sent)
            )
        answered = super().request(request)
        # As Scrapy's own does it: which parser is used cannot be said.
        cast(Any, self._parser).__class__ = WireParser
        return answered

    def handshakeCompleted(self) -> None:  # noqa: N802 - Twisted's name
        """TLS is there: what was written so far goes out, and version and cipher are known."""
        if self._connection is None:
            self._connection = self._describe_connection()
        tls: SSL.Connection = cast(Any, self.transport).getHandle()
        self._connection.tls_protocol = tls.get_protocol_version_name()
        self._connection.cipher_suite = tls.get_cipher_name()

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._attempt is not None:
            try:
                self._attempt.take(data)
            except (ArchiveError, EndlessHead) as error:
                self._attempt.failure = error
                self._attempt = None
                cast(Any, self.transport).abortConnection()
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]  # Twisted's is untyped

    def connectionLost(self, reason: Failure) -> None:  # type: ignore[override]  # noqa: N802
        is_tls = self._connection is not None and self._connection.is_tls
        # Few servers say goodbye in TLS before they hang up, and browsers do not mind.
        if not (is_tls and isinstance(reason.value, ConnectionLost)):
            self._fail(reason)
        super().connectionLost(reason)  # type: ignore[no-untyped-call]

    def _finishResponse(self, rest: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._attempt is not None:
            self._attempt.is_complete = True
            if rest:
                self._attempt.after_end = rest
                # More of it may come, and would be taken for the answer to the next request.
                self._currentRequest.persistent = False  # type: ignore[union-attr]
            # What comes now belongs to no exchange.
            self._attempt = None
        super()._finishResponse(rest)

    def _giveUp(self, reason: Failure) -> None:  # noqa: N802 - Twisted's name
        self._fail(reason)
        super()._giveUp(reason)  # type: ignore[no-untyped-call]

    def _fail(self, reason: Failure) -> None:
        attempt = self._attempt
        # A connection that is closed in order is how some bodies end.
        if (
            attempt is not None
            and attempt.failure is None
            and not isinstance(reason.value, ConnectionDone)
        ):
            attempt.failure = reason.value

    def _describe_connection(self) -> Connection:
        transport = cast(Any, self.transport)
        return Connection(
            ip_address=getattr(transport.getPeer(), "host", None),
            is_tls=isinstance(transport.getHandle(), SSL.Connection),
        )


class WireParser(_LenientHTTPClientParser):
    """Scrapy's parser, which reads what browsers read and says why it does not go on."""

    MAX_LENGTH = 256 * 1024
    """Bytes of a line of the head, as in browsers; policies of 20 KB are sent."""

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802 - Twisted's name
        # A space before the colon, or no name at all: Twisted would give up the whole answer.
        with suppress(InvalidHeaderName):
            super().headerReceived(name, value)  # type: ignore[no-untyped-call]

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802 - Twisted's name
        raise EndlessHead(f"a line of the head is longer than {self.MAX_LENGTH} bytes")


class WireFactory(_LenientHTTP11ClientFactory):
    """Builds `WireProtocol`."""

    def buildProtocol(self, addr: IAddress | None) -> WireProtocol:  # noqa: N802 - Twisted's name
        return WireProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _TeedTransport:
    """What a request is written to: the transport, and a list beside it."""

    def __init__(self, transport: Any, sent: list[bytes]) -> None:
        self._transport = transport
        self._sent = sent

    def write(self, data: bytes) -> None:
        self._sent.append(data)
        self._transport.write(data)

    def writeSequence(self, data: list[bytes]) -> None:  # noqa: N802 - Twisted's name
        self._sent.extend(data)
        self._transport.writeSequence(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
