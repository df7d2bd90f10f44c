"""The private names of Scrapy and Twisted that the capture leans on are there, and do what it
takes them to do. A test that fails here after an upgrade says what to look at."""

from __future__ import annotations

import gc
import inspect
import re
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy.core.downloader.handlers import _base_http, http11
from scrapy.crawler import Crawler
from scrapy.signalmanager import SignalManager
from scrapy.utils import _download_handlers
from twisted.internet.interfaces import IHandshakeListener
from twisted.protocols import tls
from twisted.web import _newclient, client
from twisted.web.http_headers import Headers, InvalidHeaderName

from pipelines import wire
from pipelines.tee import Connection, Tee


def source(of: Any) -> str:
    return inspect.getsource(of)


def test_our_classes_stand_on_scrapys_and_those_on_twisteds() -> None:
    assert issubclass(wire.WireProtocol, http11._LenientHTTP11ClientProtocol)
    assert issubclass(wire.WireFactory, http11._LenientHTTP11ClientFactory)
    assert issubclass(wire.WireParser, http11._LenientHTTPClientParser)
    assert issubclass(wire.WireAgent, http11._ScrapyAgent)
    assert issubclass(wire.WireReader, http11._ResponseReader)
    assert issubclass(http11._LenientHTTP11ClientProtocol, _newclient.HTTP11ClientProtocol)
    assert issubclass(http11._LenientHTTP11ClientFactory, client._HTTP11ClientFactory)
    assert issubclass(http11._LenientHTTPClientParser, _newclient.HTTPClientParser)


def test_the_pool_makes_its_connections_by_a_factory_of_its_own() -> None:
    assert client.HTTPConnectionPool._factory is client._HTTP11ClientFactory
    assert "self._factory(quiescentCallback" in source(client.HTTPConnectionPool._newConnection)
    assert "self._pool._factory =" in source(http11.HTTP11DownloadHandler.__init__)


def test_an_agent_asks_of_its_pool_no_more_than_ours_has() -> None:
    agents = source(client.Agent) + source(client._AgentBase)
    asked = set(re.findall(r"_pool\.(\w+)", agents))

    assert "getConnection" in asked
    assert asked <= set(dir(wire.TeedPool))


def test_the_handler_makes_its_agent_of_what_ours_is_made_of() -> None:
    made = source(http11.HTTP11DownloadHandler.download_request)

    assert "_ScrapyAgent(" in made
    assert "wrap_twisted_exceptions()" in made
    assert list(inspect.signature(http11._ScrapyAgent.__init__).parameters) == [
        "self",
        "contextFactory",
        "connectTimeout",
        "bindAddress",
        "pool",
        "maxsize",
        "warnsize",
        "fail_on_dataloss",
        "crawler",
        "tls_verbose_logging",
    ]
    for name in ("_contextFactory", "_bind_address", "_default_maxsize", "_fail_on_dataloss"):
        assert f"self.{name}" in made or f"self.{name}" in source(
            _base_http.BaseHttpDownloadHandler.__init__
        )
    assert callable(_download_handlers.check_stop_download)


def test_the_agent_hands_a_body_to_a_reader_of_these_arguments() -> None:
    ready = source(http11._ScrapyAgent._cb_bodyready)

    assert "txresponse.deliverBody(" in ready
    assert "self._txresponse = txresponse" in ready
    assert list(inspect.signature(http11._ResponseReader.__init__).parameters) == [
        "self",
        "finished",
        "txresponse",
        "request",
        "maxsize",
        "warnsize",
        "fail_on_dataloss",
        "crawler",
        "reached_warnsize",
        "tls_verbose_logging",
    ]
    for name in ("_bodybuf", "_bytes_received", "_finished", "_request", "_crawler"):
        assert f"self.{name}" in source(http11._ResponseReader)


def test_twisted_sends_a_request_again_through_the_same_object() -> None:
    assert "connection.request(request)" in source(client._RetryingHTTP11ClientProtocol.request)
    assert callable(_newclient.Request.writeTo)
    assert "self.persistent = persistent" in source(_newclient.Request.__init__)


def test_twisted_hands_the_end_of_a_response_to_finish_response() -> None:
    attempt = Tee(None).begin(Connection())
    protocol = wire.WireProtocol()  # type: ignore[no-untyped-call]  # Twisted's
    protocol._attempt = attempt
    protocol._currentRequest = _newclient.Request(  # type: ignore[no-untyped-call]
        b"GET", b"/", Headers({b"Host": [b"x"]}), None, persistent=True
    )

    with pytest.raises(RuntimeError, match="no finishResponse method in state"):
        protocol._finishResponse(b"rest")

    assert attempt.is_complete
    assert attempt.after_end == b"rest"
    assert not protocol._currentRequest.persistent
    assert "self._currentRequest.persistent" in source(
        _newclient.HTTP11ClientProtocol._finishResponse_WAITING
    )


def test_what_the_parser_raises_comes_to_give_up() -> None:
    assert "self._giveUp(Failure())" in source(_newclient.HTTP11ClientProtocol.dataReceived)
    assert "self.finisher(rest)" in source(_newclient.HTTPClientParser._finished)


def test_a_bad_name_of_a_header_is_raised_by_the_headers() -> None:
    with pytest.raises(InvalidHeaderName):
        Headers().addRawHeader(b"x ", b"1")


def test_the_end_of_a_handshake_is_told_to_a_protocol_that_listens() -> None:
    assert IHandshakeListener.implementedBy(wire.WireProtocol)
    assert "handshakeCompleted()" in source(tls.TLSMemoryBIOProtocol._checkHandshakeStatus)


def test_a_signal_that_nobody_hears_is_known_as_such() -> None:
    crawler = SimpleNamespace(signals=SignalManager())
    signal = object()

    def hear() -> None:
        pass

    assert not wire._is_heard(cast(Crawler, crawler), signal)
    crawler.signals.connect(hear, signal=signal)
    assert wire._is_heard(cast(Crawler, crawler), signal)
    del hear
    gc.collect()
    assert not wire._is_heard(cast(Crawler, crawler), signal)
