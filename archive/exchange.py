"""One HTTP request with its response as they went over the wire, before it is preserved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.spilling import SpilledBytes

Truncation = Literal["length", "time", "disconnect", "unspecified"]


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """The blocks that become a request and a response WARC record.

    Both blocks are whole HTTP/1.1 messages: start line, headers, empty line, body with transfer
    and content coding as sent. A failed exchange has the bytes seen so far and an `error`.
    """

    url: str
    method: str
    request_block: bytes
    response_block: bytes
    """Empty where no byte of an answer came. Where `response_rest` is given, the first part of it,
    the whole head included."""
    started_at: datetime
    """Aware UTC, when the request was sent; becomes WARC-Date of both records."""
    ip_address: str | None = None
    protocols: tuple[str, ...] = ()
    """Values of WARC-Protocol: `http/1.1`, `tls/1.3`."""
    cipher_suite: str | None = None
    truncated: Truncation | None = None
    error: str | None = None
    """Stage and message of a failure; None for a whole exchange."""
    extra: bytes = b""
    """Bytes the server sent after the end of the response."""
    response_rest: SpilledBytes | None = None
    """What follows `response_block` in a response too large for memory. Whoever preserves the
    exchange closes it."""
    requisite_of: str | None = None
    """URL of the page or style sheet that needs this to be shown; None for what was fetched for
    its own sake. Such a capture never becomes an article."""
    attempt: int = 1
    """Which time the request was sent: where a kept connection was dead it is sent again, and each
    time is an exchange of its own, the earlier ones failed."""
