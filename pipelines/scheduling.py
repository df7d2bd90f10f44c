"""Scrapy's scheduler on the collection's frontier: what is queued survives the process.

A request that the spider finds is pushed to the frontier together with the captures of the same
moment; a request that Scrapy asks for is claimed from it under a lease, and the lease is settled
when the spider has seen all of the answer. A redirect to the same URL (a cookie wall) stays inside
the lease, in memory: were it pushed, it would be taken for one already seen and vanish without a
word. A redirect to another page is a page that was found.

All URLs wait in SQLite, so that `kill -9` loses none: what was leased is leased again. Scrapy's
JOBDIR writes its queue at a clean stop only.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol, Self, cast

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from archive.crawling import OpenCrawl
from archive.errors import DiskFull
from archive.frontier import Kind, Leased, Wanted
from articles.urls import normalise_url
from pipelines.lanes import Lane
from pipelines.wire import CUT

logger = logging.getLogger(__name__)

_LEASE = "archiater_lease"
_CLAIM_AT_ONCE = 16
_COMMIT_EVERY_S = 0.25
# Answers that say "later", not "no".
_PASSING_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 522, 524})
_LONGEST_REST_S = 300.0


class CrawlingSpider(Protocol):
    """What the scheduler needs of its spider."""

    open_crawl: OpenCrawl

    def visit(self, response: Response) -> AsyncIterator[Request]:
        """The requests that follow from one answer."""

    def why_refused(self, request: Request) -> str | None:
        """Why a redirect is not followed, in words; None where it is."""

    @property
    def priorities_elsewhere(self) -> range | None:
        """Priorities of requests that go to no host of the site; None where there are none."""

    def most_bytes(self, kind: Kind) -> int | None:
        """The largest answer to take for a URL of this kind; None for the setting."""


class FrontierScheduler(BaseScheduler):
    """The scheduler of `archiater crawl`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._own = Lane()
        self._beside: Lane | None = None
        self._continued: deque[Request] = deque()
        self._unwritten = 0
        """URLs pushed or postponed since the last commit: waiting, though no row says so yet."""
        self._hops: dict[str, int] = {}
        """How many redirects led to a page: each makes a page of its own, so a server that sends
        us on and on would never be done with. Forgotten with the process."""
        self._most_hops = crawler.settings.getint("REDIRECT_MAX_TIMES")
        self._ticking = LoopingCall(self._commit_if_due)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        self._spider = cast(CrawlingSpider, spider)
        self._crawl = self._spider.open_crawl
        elsewhere = self._spider.priorities_elsewhere
        settings = self._crawler.settings
        most_beside = settings.getint("ARCHIATER_BESIDE")
        if elsewhere is not None and most_beside:
            most_out = settings.getint("CONCURRENT_REQUESTS") - most_beside
            self._own = Lane(most_out=most_out, without=elsewhere)
            self._beside = Lane(most_out=most_beside, most_of_a_host=2, within=elsewhere)
        self._ticking.start(_COMMIT_EVERY_S, now=False)

    def close(self, reason: str) -> None:
        if self._ticking.running:
            self._ticking.stop()
        self._crawl.end_reason = reason

    def has_pending_requests(self) -> bool:
        if self._crawl.recorder.is_waiting:
            # What was in flight has yet to be written, and may lead on.
            return True
        if self._own.claimed or self._continued or self._unwritten:
            return True
        if self._beside is not None and self._beside.claimed:
            return True
        return self._crawl.frontier.has_waiting(pages=self._crawl.wants_pages)

    def enqueue_request(self, request: Request) -> bool:
        if _LEASE in request.meta:
            return self._redirect(request)
        self._push(_as_wanted(request))
        return True

    def _redirect(self, request: Request) -> bool:
        lease: Leased = request.meta[_LEASE]
        refusal = self._spider.why_refused(request)
        if refusal is not None:
            self._settle(lease, "out_of_scope", f"redirected: {refusal}")
            return False
        target = normalise_url(request.url)
        if lease.kind != "page" or target == lease.url:
            self._continued.append(request)
            return True
        hops = self._hops.pop(lease.url, 0) + 1
        if hops > self._most_hops:
            self._settle(lease, "failed", f"more than {self._most_hops} redirects")
            return False
        self._hops.setdefault(target, hops)
        # Another page's address: the seen-set knows whether it was fetched already.
        self._crawl.pages -= 1
        self._push(
            Wanted(
                url=target,
                kind="page",
                priority=lease.priority,
                depth=lease.depth,
                found_by="redirect",
                found_on=lease.url,
                lastmod=lease.lastmod,
            )
        )
        self._settle(lease, "done", f"redirected to {target}")
        return True

    def _push(self, wanted: Wanted) -> None:
        self._unwritten += 1
        self._crawl.recorder.also(
            lambda connection: self._crawl.frontier.push(connection, (wanted,), now=_now())
        )

    def next_request(self) -> Request | None:
        if self._continued:
            return self._continued.popleft()
        if not self._own.claimed and not self._own.is_full:
            if self._unwritten:
                # The queue has run dry and what was just found is not on the disk yet.
                self._commit()
            self._claim(self._own)
        request = self._own.take()
        if request is not None or self._beside is None:
            return request
        if not self._beside.claimed and not self._beside.is_full:
            self._claim(self._beside)
        return self._beside.take()

    def _claim(self, lane: Lane) -> None:
        most = _CLAIM_AT_ONCE
        crawl = self._crawl
        if crawl.most_pages is not None and crawl.wants_pages:
            most = min(most, max(1, crawl.most_pages - crawl.pages))
        if crawl.failure is not None or crawl.recorder.is_waiting:
            return
        try:
            leases = self._claim_or_wait(lane, most)
        except Exception as error:  # as in `_commit`
            stop_for(self._crawler, crawl, error)
            return
        for lease in leases:
            crawl.pages += lease.kind == "page"
            lane.claimed.append((lease.url, self._request_for(lease)))

    def _claim_or_wait(self, lane: Lane, most: int) -> tuple[Leased, ...]:
        crawl = self._crawl
        try:
            return crawl.frontier.claim(
                most,
                now=_now(),
                pages=crawl.wants_pages,
                within=lane.within,
                without=lane.without,
            )
        except DiskFull as error:
            self._wait_for_room(error)
            return ()

    def _wait_for_room(self, error: DiskFull) -> None:
        try:
            self._crawl.recorder.wait(error)
        except DiskFull:
            stop_for(self._crawler, self._crawl, error)
            return
        pause_where_full(self._crawler, self._crawl)

    def _request_for(self, lease: Leased) -> Request:
        meta: dict[str, Any] = {
            _LEASE: lease,
            "kind": lease.kind,
            "depth": lease.depth,
            "lastmod": lease.lastmod,
            "found_on": lease.found_on,
            # Every status is an answer that has to be settled.
            "handle_httpstatus_list": _ALL_BUT_REDIRECTS,
        }
        most_bytes = self._spider.most_bytes(lease.kind)
        if most_bytes is not None:
            meta["archiater_max_body_bytes"] = most_bytes
        return Request(
            lease.url,
            callback=self._visit,
            errback=self._give_up,
            priority=lease.priority,
            # We read HTML where there is a choice; of an image there is none that we like better.
            headers={"Accept": "*/*"} if lease.kind == "requisite" else None,
            meta=meta,
        )

    async def _visit(self, response: Response) -> AsyncIterator[Request]:
        lease: Leased = response.meta[_LEASE]
        if response.status in _PASSING_STATUSES:
            self._postpone(lease, f"HTTP {response.status}", _retry_after_s(response))
            return
        try:
            async for request in self._spider.visit(response):
                yield request
        except Exception as error:
            # A bug on one page: the page is preserved, its links are not known.
            self._settle(lease, "failed", f"{type(error).__name__}: {error}")
            raise
        if response.status >= 400:
            self._settle(lease, "failed", f"HTTP {response.status}")
        elif lease.kind == "requisite" and CUT in response.flags:
            self._settle(lease, "failed", "larger than limits.requisite_bytes: the rest is missing")
        else:
            self._settle(lease, "done", None)

    def _give_up(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        lease: Leased = request.meta[_LEASE]
        reason = " ".join(f"{type(failure.value).__name__}: {failure.getErrorMessage()}".split())
        if isinstance(failure.value, DiskFull):
            # The rest of a large answer is put into a file until it is preserved.
            self._wait_for_room(failure.value)
        if not isinstance(failure.value, IgnoreRequest):
            self._postpone(lease, reason, None)
        elif "robots.txt" in reason:
            # Never asked for, so that it does not count towards the limit.
            self._crawl.pages -= lease.kind == "page"
            self._settle(lease, "disallowed", failure.getErrorMessage())
        else:
            self._settle(lease, "failed", reason)

    def _postpone(self, lease: Leased, reason: str, rest_s: float | None) -> None:
        """Let a URL wait for its next try, or give it up after the last."""
        if lease.tries + 1 >= self._crawl.tries:
            self._settle(lease, "failed", f"gave up after {lease.tries + 1} tries: {reason}")
            return
        self._leave(lease)
        if rest_s is None:
            rest_s = self._crawl.retry_after.total_seconds() * 2**lease.tries
        now = _now()
        self._unwritten += 1
        until = datetime.fromtimestamp(now.timestamp() + min(rest_s, _LONGEST_REST_S), UTC)
        logger.info("%s: %s; tried again at %s", lease.url, reason, until)
        self._crawl.pages -= lease.kind == "page"
        self._crawl.recorder.also(
            lambda connection: self._crawl.frontier.postpone(
                connection, lease.url, until=until, reason=reason, now=now
            )
        )

    def _settle(self, lease: Leased, end: Any, reason: str | None) -> None:
        self._leave(lease)
        if end != "done":
            logger.info("%s: %s, %s", lease.url, end, reason)
        now = _now()
        self._crawl.recorder.also(
            lambda connection: self._crawl.frontier.settle(
                connection, lease.url, end, now=now, reason=reason
            )
        )

    def _leave(self, lease: Leased) -> None:
        self._own.leave(lease.url)
        if self._beside is not None:
            self._beside.leave(lease.url)

    def _commit_if_due(self) -> None:
        if self._crawl.recorder.is_due:
            self._commit()

    def _commit(self) -> None:
        if self._crawl.failure is not None:
            return
        try:
            self._crawl.recorder.commit()
        except Exception as error:  # after a bug nothing is written any more: do not wait for it
            stop_for(self._crawler, self._crawl, error)
            return
        if not self._crawl.recorder.is_waiting:
            self._unwritten = 0
        pause_where_full(self._crawler, self._crawl)


def stop_for(crawler: Crawler, crawl: OpenCrawl, error: Exception) -> None:
    """End a crawl whose archive cannot be written to; nothing more is fetched or acknowledged."""
    if crawl.failure is None:
        crawl.failure = error
        logger.info("%s", error)
        engine = crawler.engine
        if engine is not None:
            crawl_end = engine.close_spider_async(reason="archive failure")
            asyncio.ensure_future(crawl_end)  # noqa: RUF006  the engine keeps it


def pause_where_full(crawler: Crawler, crawl: OpenCrawl) -> None:
    """Ask for nothing more while the disk is full, and go on when it is not."""
    engine = crawler.engine
    if engine is None or crawl.recorder.is_waiting == engine.paused:
        return
    if crawl.recorder.is_waiting:
        engine.pause()
    else:
        engine.unpause()


_ALL_BUT_REDIRECTS = [
    status for status in range(100, 600) if status not in (301, 302, 303, 307, 308)
]


def _as_wanted(request: Request) -> Wanted:
    meta = request.meta
    return Wanted(
        url=request.url,
        kind=cast(Kind, meta.get("kind", "page")),
        priority=request.priority,
        depth=meta.get("depth", 0),
        found_by=meta.get("found_by", "link"),
        found_on=meta.get("found_on"),
        lastmod=meta.get("lastmod"),
    )


def _retry_after_s(response: Response) -> float | None:
    """Seconds the server asks us to wait (RFC 9110, Retry-After), or None where it does not say."""
    text = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - _now()).total_seconds())
    except (TypeError, ValueError):
        return None


def _now() -> datetime:
    return datetime.now(UTC)
