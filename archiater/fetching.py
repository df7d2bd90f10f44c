"""Fetching a few pages by hand, as politely as a crawl: honest user agent, robots.txt obeyed.

For `sites check` only, which looks at pages and keeps nothing. What is archived is fetched by
Scrapy, in `archiater.crawl`.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import Message
from typing import IO

from protego import Protego

from archiater.config import Config
from archiater.settings import ROBOTSTXT_USER_AGENT, user_agent
from articles.errors import ArchiaterError
from articles.page import Page
from articles.urls import absolute_url, host_of, normalise_url


class NotFetched(ArchiaterError):
    """The page could not be had; the crawl's side failed, or the site does not want it."""

    exit_code = 3


def fetch_pages(urls: Iterable[str], config: Config, *, delay_s: float | None = None) -> list[Page]:
    """The pages at `urls`, each after at most five redirects, each host's robots.txt asked before.

    Between two pages it waits `delay_s`, or what the settings say. Raises `NotFetched` for a
    refusal, an error status, a body over the limit, or no answer.
    """
    robots: dict[str, Protego | None] = {}
    pages: list[Page] = []
    for url in urls:
        if pages:
            time.sleep(config.delay_s if delay_s is None else delay_s)
        pages.append(_fetch_page(url, config, robots))
    return pages


def _fetch_page(url: str, config: Config, known: dict[str, Protego | None]) -> Page:
    target = normalise_url(url)
    for _ in range(_MOST_REDIRECTS + 1):
        host = host_of(target)
        if host not in known:
            known[host] = _robots_of(target, config)
        robots = known[host]
        if robots is not None and not robots.can_fetch(target, ROBOTSTXT_USER_AGENT):
            raise NotFetched(
                f"{target}: robots.txt of {host_of(target)} disallows it, expected a page we may "
                "fetch; save the page in a browser and use --file"
            )
        status, headers, body = _get(target, config)
        location = next((value for name, value in headers if name.lower() == "location"), "")
        following = absolute_url(target, location) if status in _REDIRECTS and location else None
        if following is None:
            break
        target = normalise_url(following)
    else:
        raise NotFetched(f"{url}: more than {_MOST_REDIRECTS} redirects, expected a page; open it")
    if status != 200:
        raise NotFetched(f"{target}: the answer is {status}, expected 200; look at it in a browser")
    return Page(
        url=target,
        body=body,
        requested_url=url if normalise_url(url) != target else None,
        headers=headers,
        fetched_at=datetime.now(UTC),
    )


_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_ROBOTS_BYTES = 512 * 1024

_Answer = tuple[int, tuple[tuple[str, str], ...], bytes]


def _robots_of(url: str, config: Config) -> Protego | None:
    """The rules of the host's robots.txt; None where there are none (RFC 9309: 4xx).

    Raises `NotFetched` for 5xx and silence: a site in trouble is left alone.
    """
    address = absolute_url(url, "/robots.txt") or ""
    for _ in range(_MOST_REDIRECTS):
        status, headers, body = _get(address, config)
        location = next((value for name, value in headers if name.lower() == "location"), "")
        following = absolute_url(address, location) if status in _REDIRECTS and location else None
        if following is None:
            break
        address = following
    if status == 429 or status >= 500:
        raise NotFetched(
            f"{address}: the answer is {status}, expected the site's rules; try again later"
        )
    if status != 200:
        return None
    return Protego.parse(body[:_MOST_ROBOTS_BYTES].decode("utf-8", "replace"))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects are followed by us: robots.txt comes before each, and only http(s) counts."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> None:
        return None


def _get(url: str, config: Config) -> _Answer:
    request = urllib.request.Request(  # noqa: S310 - normalised above: http or https
        url,
        headers={
            "User-Agent": user_agent(config),
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "gzip",
        },
    )
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=config.timeout_s) as response:
            return _answer(response.status, response.headers, response, config)
    except urllib.error.HTTPError as error:
        with error:
            return _answer(error.code, error.headers, error, config)
    except (OSError, http.client.HTTPException, zlib.error) as error:
        reason = getattr(error, "reason", None) or error
        raise NotFetched(
            f"{url}: no answer ({reason}), expected a page; check the address and your network"
        ) from error


def _answer(status: int, headers: Message[str, str], body: IO[bytes], config: Config) -> _Answer:
    most = config.max_body_bytes
    raw = body.read(most + 1)
    if raw[:2] == b"\x1f\x8b" and headers.get("Content-Encoding", "").lower() == "gzip":
        raw = zlib.decompressobj(wbits=31).decompress(raw, most + 1)
    if len(raw) > most:
        raise NotFetched(
            f"the page is larger than crawl.max_body_bytes = {most}, expected an article; "
            "raise the setting if it is one"
        )
    return status, tuple(headers.items()), raw
