"""What came of a request, as exchanges: the answered or failed one, and those before it that were
sent in vain.

`pipelines.wire` calls it when a download is over. Stages of a failure: `resolve`, `connect`,
`tls`, `receive`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from OpenSSL import SSL
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, StopDownload
from twisted.internet.error import ConnectionDone

from archive.errors import ArchiveError
from archive.exchange import Exchange, Truncation
from pipelines.tee import Attempt, Tee

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


def exchanges_of(
    request: Request, tee: Tee, *, response: Response | None, error: BaseException | None
) -> Iterator[Exchange]:
    """The exchanges of one download in the order in which they were sent; most often one.

    `error` is what the download failed with, None where there is a `response`.
    """
    last = tee.last
    for number, attempt in enumerate(tee.attempts, start=1):
        if attempt is last:
            yield _exchange(request, attempt, _ending(attempt, response, error), number)
        else:
            why = f"{_told(attempt.failure)}; sent again over a new connection"
            yield _exchange(request, attempt, _Ending("disconnect", f"receive: {why}"), number)


@dataclass(frozen=True)
class _Ending:
    truncated: Truncation | None = None
    error: str | None = None


def _ending(attempt: Attempt, response: Response | None, error: BaseException | None) -> _Ending:
    if attempt.excess:
        return _Ending("length")
    if attempt.is_complete and attempt.failure is None:
        # That something on our side failed later is not its concern.
        return _Ending()
    if response is not None and "download_stopped" in response.flags:
        return _Ending("unspecified")
    if isinstance(error, StopDownload):
        return _Ending("unspecified", _failure(attempt, error))
    if isinstance(error, DownloadTimeoutError):
        return _Ending("time", _failure(attempt, error))
    if attempt.failure is not None and not _is_loss(attempt.failure):
        # The server was not done: it is us who could not go on.
        return _Ending("unspecified", _failure(attempt, attempt.failure))
    return _Ending("disconnect", _failure(attempt, error or attempt.failure))


def _is_loss(failure: BaseException) -> bool:
    return isinstance(failure, OSError | ConnectionDone | SSL.Error) or (
        type(failure).__module__ == "twisted.internet.error"
    )


def _failure(attempt: Attempt, error: BaseException | None) -> str:
    return f"{_stage(attempt, error)}: {_told(error)}"


def _stage(attempt: Attempt, error: BaseException | None) -> str:
    if isinstance(error, CannotResolveHostError):
        return "resolve"
    if not attempt.sent:
        return "connect"
    return "receive" if attempt.connection.is_ready else "tls"


def _told(error: BaseException | None) -> str:
    """`error` in one line: its kind, and its innermost causes in words, for Scrapy's own message
    holds the address of an object."""
    if error is None:
        return "the connection was lost"
    innermost = [
        cause
        for cause in _causes(error)
        if cause.__cause__ is None and not getattr(cause, "reasons", ())
    ]
    reasons = "; ".join(str(cause) or type(cause).__name__ for cause in innermost)
    return " ".join(f"{type(error).__name__}: {reasons}".split())[:500]


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


def _exchange(request: Request, attempt: Attempt, ending: _Ending, number: int) -> Exchange:
    connection = attempt.connection
    # Written into the TLS engine before the handshake is done, it has not left this machine.
    request_block = b"".join(attempt.sent) if connection.is_ready else b""
    try:
        response_block, response_rest = attempt.blocks()
    except ArchiveError as error:
        ending = _Ending("unspecified", f"receive: {_told(error)}")
        response_block, response_rest = attempt.blocks()
    protocols = []
    if request_block:
        protocols.append("http/1.0" if response_block.startswith(b"HTTP/1.0") else "http/1.1")
    if connection.tls_protocol is not None:
        protocols.append(_registered_protocol(connection.tls_protocol))
    cipher = connection.cipher_suite
    return Exchange(
        url=request.url.partition("#")[0],
        method=request.method,
        request_block=request_block,
        response_block=response_block,
        response_rest=response_rest,
        started_at=attempt.started_at,
        # The one of a proxy would pass for the server's.
        ip_address=None if request.meta.get("proxy") else connection.ip_address,
        protocols=tuple(protocols),
        cipher_suite=registered_cipher_suite(cipher) if cipher else None,
        truncated=ending.truncated,
        error=ending.error,
        extra=attempt.after_end,
        attempt=number,
    )


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
