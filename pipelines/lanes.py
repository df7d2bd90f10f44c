"""Lanes of a crawl: requests to the site itself, and beside them those to other hosts.

A site is asked once in a few seconds. What its pages need from other hosts need not wait for that:
each host keeps its own delay. Without lanes the requests that Scrapy has taken would all be the
site's, and the other hosts idle until its last page.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field

from scrapy import Request

from articles.urls import host_of


@dataclass(kw_only=True)
class Lane:
    """One lane: what is claimed for it, and what of it is under way."""

    most_out: int | None = None
    """Requests under way at a time; None leaves it to Scrapy."""
    most_of_a_host: int | None = None
    within: range | None = None
    """Priorities of the URLs that this lane takes; None: all."""
    without: range | None = None
    """Priorities of those that it leaves to another lane."""
    claimed: deque[tuple[str, Request]] = field(default_factory=deque)
    """Each with its URL as it was claimed: Scrapy may spell it otherwise."""
    _hosts: dict[str, str] = field(default_factory=dict)
    """Of the URLs under way."""

    @property
    def is_full(self) -> bool:
        return self.most_out is not None and len(self._hosts) >= self.most_out

    def take(self) -> Request | None:
        """The first claimed request whose host is not busy; None where there is none."""
        if self.is_full:
            return None
        busy = Counter(self._hosts.values()) if self.most_of_a_host is not None else {}
        for place, (url, request) in enumerate(self.claimed):
            host = host_of(url)
            if self.most_of_a_host is None or busy.get(host, 0) < self.most_of_a_host:
                del self.claimed[place]
                self._hosts[url] = host
                return request
        return None

    def leave(self, url: str) -> None:
        """A request of this lane, or of another, has ended; `url` as it was claimed."""
        self._hosts.pop(url, None)
