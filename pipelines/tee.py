"""The bytes of exchanges as they pass a connection: in memory while few, spilled where many.

`pipelines.wire` feeds it at Twisted's protocol; `pipelines.wire_exchanges` makes an `Exchange` of
what it holds. Nothing here knows Scrapy or Twisted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import ArchiveError
from archive.spilling import SpilledBytes

IN_MEMORY_BYTES = 1 << 20
"""What of one response is held in memory; the largest head there may be, too."""

_SPILL_AT_ONCE = 256 * 1024


class EndlessHead(Exception):
    """The head of an answer does not end: a mebibyte came, and not its empty line."""


@dataclass(kw_only=True)
class Connection:
    """What is known of one connection; the same for all exchanges that it carries."""

    ip_address: str | None = None
    is_tls: bool = False
    tls_protocol: str | None = None
    """OpenSSL's name; None until the handshake is done."""
    cipher_suite: str | None = None

    @property
    def is_ready(self) -> bool:
        """What is written to it goes out; False while a TLS handshake holds it back."""
        return not self.is_tls or self.tls_protocol is not None


class Tee:
    """Every time one request was sent, in order.

    Twisted sends an idempotent request again where a kept connection turns out to be dead and not
    a byte of an answer came.
    """

    def __init__(self, spill_folder: Path | None) -> None:
        self._spill_folder = spill_folder
        self.attempts: list[Attempt] = []

    def begin(self, connection: Connection) -> Attempt:
        """The request goes out over `connection`."""
        attempt = Attempt(connection, self._spill_folder)
        self.attempts.append(attempt)
        return attempt

    @property
    def last(self) -> Attempt:
        """The attempt that was answered, or failed last; an empty one where none was made."""
        return self.attempts[-1] if self.attempts else self.begin(Connection())


class Attempt:
    """One request on its way out and the bytes that came back."""

    def __init__(self, connection: Connection, spill_folder: Path | None) -> None:
        self.connection = connection
        self.started_at = datetime.now(UTC)
        self.sent: list[bytes] = []
        self.size = 0
        """Bytes that came back so far."""
        self.has_head = False
        """The head of the final answer is whole."""
        self.is_complete = False
        """The parser found the end of the response."""
        self.after_end = b""
        """Bytes past the end of the response."""
        self.excess = 0
        """Bytes at the end that are over the limit of what is archived."""
        self.failure: BaseException | None = None
        """Why the connection was given up or lost before the response was whole."""
        self._spill_folder = spill_folder
        self._spill_over = IN_MEMORY_BYTES
        self._waiting: list[bytes] = []
        self._first = b""
        self._spilled: SpilledBytes | None = None
        self._is_over = False

    def take(self, data: bytes) -> None:
        """Bytes of the answer came. Raises `EndlessHead`, and `ArchiveError` where they could not
        be spilled: what came before stays."""
        if self._is_over:
            return
        self._waiting.append(data)
        self.size += len(data)
        if self.size > self._spill_over:
            self._spill()

    def blocks(self) -> tuple[bytes, SpilledBytes | None]:
        """The response as it came, in two parts; what comes from now on is not heard.

        Raises `ArchiveError` where the last of it could not be spilled; called again, it gives
        what was.
        """
        self._is_over = True
        if self._spilled is None:
            whole = b"".join(self._waiting)
            return whole[: self.size - self._unwanted()], None
        if self._waiting:
            waiting, self._waiting = b"".join(self._waiting), []
            try:
                self._spilled.append(waiting)
            except ArchiveError:
                self.size -= len(waiting)
                self.after_end, self.excess = b"", 0
                raise
        wanted = self.size - self._unwanted()
        if wanted <= len(self._first):
            self._spilled.close()
            return self._first[:wanted], None
        self._spilled.cut(wanted - len(self._first))
        return self._first, self._spilled

    def _unwanted(self) -> int:
        return len(self.after_end) + self.excess

    def _spill(self) -> None:
        if not self.has_head:
            raise EndlessHead(f"the head of the answer is longer than {IN_MEMORY_BYTES} bytes")
        if self._spilled is None:
            self._spilled = SpilledBytes(self._spill_folder)
            whole = b"".join(self._waiting)
            self._first, self._waiting = whole[:IN_MEMORY_BYTES], [whole[IN_MEMORY_BYTES:]]
        # Joined, for the network hands over a few kilobytes at a time.
        self._spilled.append(b"".join(self._waiting))
        self._waiting.clear()
        self._spill_over = self.size + _SPILL_AT_ONCE
