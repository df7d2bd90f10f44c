"""The recording of any Scrapy project's crawl into a collection, from its first exchange to the
seal of its last WARC file. `pipelines.addon` puts it into a project.

`archiater crawl` has the same of its own, in the shell, with a frontier that survives the process.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from twisted.internet.task import LoopingCall

from archive.collection import Collection
from archive.crawls import EndState, begin_crawl, end_crawl
from archive.errors import ArchiveError
from archive.exchange import Exchange
from archive.locks import site_lock
from archive.patient_recording import Patience, PatientRecorder
from archive.recording import MAX_FILE_BYTES, Recorder
from archive.recovery import recover
from pipelines.wire import exchange_captured

logger = logging.getLogger(__name__)

_COMMIT_EVERY_S = 0.25
_LOOK_FOR_ROOM_S = 5.0
# A full disk is seen to within the hour, or nobody is there.
_WAIT_FOR_ROOM_S = 3600.0


class ArchivingExtension:
    """One crawl of one spider on its way into a collection."""

    def __init__(self, crawler: Crawler) -> None:
        """Opens the collection. What is wrong with it ends the crawl before it begins."""
        self._crawler = crawler
        settings = crawler.settings
        self._resources = ExitStack()
        with ExitStack() as opened:
            self._site = settings.get("ARCHIATER_SITE") or _name_of_spider(crawler)
            self._collection = opened.enter_context(
                Collection.create(Path(settings["ARCHIATER_COLLECTION"]))
            )
            opened.enter_context(site_lock(self._collection, self._site))
            recover(self._collection)
            self._crawl = begin_crawl(
                self._collection,
                site=self._site,
                started_by="scrapy",
                settings={"spider": _name_of_spider(crawler)},
                now=_now(),
            )
            self._recorder = PatientRecorder(
                self._collection,
                Recorder(
                    self._collection,
                    site=self._site,
                    crawl_id=self._crawl.id,
                    warcinfo=_warcinfo(self._site, settings),
                    max_file_bytes=settings.getint("ARCHIATER_MAX_FILE_BYTES", MAX_FILE_BYTES),
                ),
                Patience(
                    say=logger.warning,
                    look_every_s=_LOOK_FOR_ROOM_S,
                    most_s=settings.getfloat("ARCHIATER_WAIT_FOR_ROOM_S", _WAIT_FOR_ROOM_S),
                ),
            )
            self._resources = opened.pop_all()
        self._failure: Exception | None = None
        self._ticking = LoopingCall(self._commit_if_due)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.begin, signal=signals.spider_opened)
        crawler.signals.connect(extension.record, signal=exchange_captured)
        crawler.signals.connect(extension.end, signal=signals.spider_closed)
        return extension

    def begin(self, spider: Spider) -> None:
        self._ticking.start(_COMMIT_EVERY_S, now=False)

    def record(self, exchange: Exchange, request: Request) -> None:
        """Preserve one exchange; what refuses it ends the crawl and fails the download."""
        if self._failure is not None:
            raise self._failure
        try:
            self._recorder.add(exchange)
            self._wait_or_go_on()
        except ArchiveError as error:
            self._stop_for(error)
            raise

    def end(self, spider: Spider, reason: str) -> None:
        """Seal the last file and close the crawl's row."""
        if self._ticking.running:
            self._ticking.stop()
        with self._resources:
            if self._failure is not None:
                # Recovery seals the file and goes on with the row, from what is safe on the disk.
                self._recorder.abandon()
                return
            try:
                self._recorder.close()
            except ArchiveError:
                self._recorder.abandon()
                raise
            state: EndState = "finished" if reason == "finished" else "interrupted"
            row = end_crawl(self._collection, self._crawl.id, state, now=_now())
            logger.info("%s: crawl %d %s, %s", row.site, row.id, row.state, row.counts)

    def _commit_if_due(self) -> None:
        if self._failure is not None or not self._recorder.is_due:
            return
        try:
            self._recorder.commit()
            self._wait_or_go_on()
        except Exception as error:  # after a bug nothing is written any more: do not go on
            self._stop_for(error)

    def _wait_or_go_on(self) -> None:
        """Fetch nothing more while the disk is full."""
        engine = self._crawler.engine
        if engine is None or engine.paused == self._recorder.is_waiting:
            return
        if self._recorder.is_waiting:
            engine.pause()
        else:
            engine.unpause()

    def _stop_for(self, error: Exception) -> None:
        if self._failure is not None:
            return
        self._failure = error
        logger.error("%s", error)
        if self._crawler.engine is not None:
            end = self._crawler.engine.close_spider_async(reason="archive failure")
            asyncio.ensure_future(end)  # noqa: RUF006  the engine keeps it


def _name_of_spider(crawler: Crawler) -> str:
    return (crawler.spider or crawler.spidercls).name


def _warcinfo(site: str, settings: BaseSettings) -> dict[str, Any]:
    info = {
        "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
        "http-header-user-agent": settings["USER_AGENT"],
        "isPartOf": site,
        "operator": settings.get("ARCHIATER_OPERATOR"),
    }
    return {name: value for name, value in info.items() if value}


def _now() -> datetime:
    return datetime.now(UTC)
