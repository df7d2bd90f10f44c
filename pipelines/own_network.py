"""The door to our own network stays shut for requisites, whatever a name on the web resolves to.

A Scrapy downloader middleware. `spiders.requisites` refuses addresses and local names as they stand
in a page; a name of the public web may still have an address in the network that we stand in.
Scrapy's resolver keeps what it has found, so the connection goes where we looked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.defer import maybe_deferred_to_future

from articles.private_hosts import is_private, why_out_of_reach

Resolve = Callable[[str], Awaitable[str]]
"""The address of a host name; raises where it has none."""


class OwnNetworkMiddleware:
    """Refuses requisites that lie in a private network, but for pages that lie there too.

    So it does where a robots.txt redirects to: nothing else that we ask for is of no kind.
    """

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(_ask_reactor)

    async def process_request(self, request: Request) -> None:
        source = _named_by(request)
        if source is None:
            return
        host = urlsplit(request.url).hostname or ""
        found_on = urlsplit(source).hostname or ""
        if host == found_on:
            return
        address = await self._address_of(host)
        if not is_private(address):
            return
        refusal = why_out_of_reach(address, await self._address_of(found_on))
        if refusal is not None:
            raise IgnoreRequest(f"{host}: {refusal}")

    async def _address_of(self, host: str) -> str:
        try:
            address = await self._resolve(host)
        except Exception:  # no address, no connection either; or a proxy asks for us
            address = host
        return f"[{address}]" if ":" in address else address


def _named_by(request: Request) -> str | None:
    """The URL whose answer made us ask; None where the scope of the site decides."""
    kind = request.meta.get("kind")
    if kind == "requisite":
        found_on: str = request.meta["found_on"]
        return found_on
    redirected: list[str] = request.meta.get("redirect_urls", [])
    return redirected[0] if kind is None and redirected else None


async def _ask_reactor(host: str) -> str:
    from twisted.internet import reactor

    resolving: Any = reactor
    address: str = await maybe_deferred_to_future(resolving.resolve(host))
    return address
