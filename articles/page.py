"""A fetched page as a value, before extraction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from articles.errors import ArchiaterError


@dataclass(frozen=True, kw_only=True)
class Page:
    """One fetched HTML page: where it came from and the bytes of it."""

    url: str
    """Where the bytes came from, after redirects; empty where it is not known."""
    body: bytes
    """The payload with its content coding (gzip, br) removed; characters still undecoded."""
    requested_url: str | None = None
    """What was asked for, where a redirect led elsewhere."""
    headers: tuple[tuple[str, str], ...] = ()
    """HTTP response headers in order, names as sent; empty for a file."""
    fetched_at: datetime | None = None
    """Aware UTC; what "two weeks ago" on the page is counted from."""

    def header(self, name: str) -> str | None:
        """The last value of a response header by its case-insensitive name."""
        wanted = name.lower()
        found = None
        for key, value in self.headers:
            if key.lower() == wanted:
                found = value
        return found


class NotAnArticle(ArchiaterError):
    """The page holds no article; the one exception that the core raises. `reason` is one line."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
