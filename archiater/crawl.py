"""One run of `archiater crawl`: plans in, pages preserved and extracted, crawl rows out.

Several sites are crawled at the same time in one process, each with its own frontier, delay and
WARC files. Scrapy's reactor runs once in a process, so `run_crawls` can be called once; whoever
crawls again starts a process again (the daemon and the demo do).
"""

from __future__ import annotations

import logging
import signal
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial

from scrapy.crawler import AsyncCrawlerProcess
from twisted.internet.task import LoopingCall

from archiater.config import SETTINGS, Config
from archiater.crawl_plans import CrawlPlan
from archiater.extracting_beside import ExtractingBeside
from archiater.settings import ARCHIATER_SELF_TEST, scrapy_settings, user_agent
from archiater.showing import LogLines, Progress, tell
from archive.capture_proof import require_proof
from archive.cdxj_index import keep_cdxj
from archive.collection import Collection
from archive.crawling import OpenCrawl
from archive.crawls import Crawl, EndState, begin_crawl, end_crawl, list_failures
from archive.errors import ArchiveError
from archive.frontier import Frontier
from archive.locks import site_lock
from archive.patient_recording import Patience, PatientRecorder, patiently
from archive.recording import Recorder
from archive.recovery import recover
from archive.warcinfo import SETTINGS_FIELD, settings_digest, software
from spiders.site_spider import SiteSpider

logger = logging.getLogger(__name__)

# Requests to hosts of images, styles and fonts: two hosts, as there mostly are.
_BESIDE = 4
_SHOW_EVERY_S = 0.5


def run_crawls(
    collection: Collection,
    plans: Sequence[CrawlPlan],
    config: Config,
    *,
    started_by: str,
    extract: bool = True,
    progress: Progress,
) -> tuple[Crawl, ...]:
    """Crawl every plan's site, extract what came, and give the rows of the ended crawls.

    Ctrl-C ends the crawls cleanly: what is in flight is finished, the rest waits for the next
    crawl. Raises `LockedCollection` where a site is being crawled by another process, and what the
    disk or the archive failed with, after the crawl rows are closed; `InexactCapture` before the
    first request where archived bytes would not be those of the wire.
    """
    require_proof(ARCHIATER_SELF_TEST)
    with ExitStack() as stack:
        for plan in plans:
            stack.enter_context(site_lock(collection, plan.site.name))
        recover(collection)
        patience = Patience(
            say=tell, look_every_s=config.look_for_room_s, most_s=config.wait_for_room_s
        )
        beside = (
            ExtractingBeside(
                collection,
                jobs=config.jobs,
                sites=[plan.site.name for plan in plans],
                patience=patience,
            )
            if extract
            else nullcontext()
        )
        stack.enter_context(_log_file(collection, plans))
        with beside:
            crawls = [_open(collection, plan, config, started_by, patience) for plan in plans]
            _fetch(crawls, plans, config, progress)
            _close_recorders(crawls, patience)
            _raise_failure(crawls)
            if patience.was_needed:
                # A file that found no room for its end is left open.
                patiently(lambda: recover(collection), patience)
            # Here already: who is stopped while the rest is extracted has nothing left to fetch.
            for crawl in crawls:
                patiently(partial(_end, collection, crawl), patience)
        # And again, for now the captures are counted as articles.
        ended = tuple(patiently(partial(_end, collection, crawl), patience) for crawl in crawls)
        keep_cdxj(collection)
        for row in ended:
            logger.info("%s: crawl %d %s, %s", row.site, row.id, row.state, row.counts)
        return ended


def _raise_failure(crawls: Sequence[OpenCrawl]) -> None:
    """Leave the rows as they are where the archive failed: a crawl that is `running` in the eyes
    of the database and of no process is gone on with by the next one."""
    failure = next((crawl.failure for crawl in crawls if crawl.failure), None)
    if failure is not None:
        raise failure


def _open(
    collection: Collection,
    plan: CrawlPlan,
    config: Config,
    started_by: str,
    patience: Patience,
) -> OpenCrawl:
    name = plan.site.name
    crawl = begin_crawl(
        collection,
        site=name,
        started_by=started_by,
        settings=plan.settings(),
        now=_now(),
        publisher=plan.site.publisher,
        language=plan.site.language,
    )
    logger.info("%s: crawl %d begins, %s", name, crawl.id, plan.settings())
    frontier = Frontier(collection, site=name, crawl_id=crawl.id)
    frontier.release_leases(now=_now())
    set_so = {setting.key: config.value(setting.key) for setting in SETTINGS}
    asked = {"crawl": plan.settings(), "site": asdict(plan.site), "config": set_so}
    warcinfo = {
        "software": software("scrapy", "twisted"),
        "robots": "obey",
        "http-header-user-agent": user_agent(config),
        "isPartOf": name,
        SETTINGS_FIELD: settings_digest(asked),
        **({"operator": config.operator} if config.operator else {}),
    }
    recorder = Recorder(
        collection,
        site=name,
        crawl_id=crawl.id,
        warcinfo=warcinfo,
        max_file_bytes=config.max_file_bytes,
    )
    return OpenCrawl(
        collection=collection,
        crawl=crawl,
        frontier=frontier,
        recorder=PatientRecorder(collection, recorder, patience),
        most_pages=plan.most_pages,
        pages=frontier.count_given_out(),
        tries=config.tries,
        retry_after=timedelta(seconds=max(1.0, _delay_s(plan, config))),
    )


def _delay_s(plan: CrawlPlan, config: Config) -> float:
    own = plan.site.politeness.delay_s
    return config.delay_s if own is None else own


def _fetch(
    crawls: Sequence[OpenCrawl], plans: Sequence[CrawlPlan], config: Config, progress: Progress
) -> None:
    """Run Scrapy until every crawl has ended."""
    process = AsyncCrawlerProcess({"LOG_ENABLED": False, "LOG_INSTALL_ROOT_HANDLER": False})
    # After the process, which sets all of Scrapy's levels. What Scrapy tells at INFO is of its
    # insides; an unreachable robots.txt is preserved as a failed exchange, without a traceback.
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    for crawl, plan in zip(crawls, plans, strict=True):
        settings = scrapy_settings(
            config,
            delay_s=_delay_s(plan, config),
            concurrency=plan.site.politeness.concurrency,
            beside=_BESIDE if plan.site.requisites else 0,
            spill_folder=crawl.collection.run,
        )
        scope = plan.site.scope
        process.crawl(
            _spider_class(settings),
            open_crawl=crawl,
            site=plan.site,
            pages=plan.pages,
            since=plan.since,
            one_page=plan.one_page,
            max_depth=config.max_depth if scope.max_depth is None else scope.max_depth,
        )
    showing = LoopingCall(_show, crawls, progress)
    showing.start(_SHOW_EVERY_S, now=False)
    with _signals_given_back():
        process.start()
    if showing.running:
        showing.stop()


@contextmanager
def _signals_given_back() -> Iterator[None]:
    """Scrapy leaves its handlers behind: Ctrl-C would be lost on all that comes after the crawl."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _spider_class(settings: dict[str, object]) -> type[SiteSpider]:
    """The spider with this crawl's settings, which Scrapy reads off the class."""
    return type("SiteSpider", (SiteSpider,), {"custom_settings": settings})


def _show(crawls: Sequence[OpenCrawl], progress: Progress) -> None:
    done = total = 0
    for crawl in crawls:
        try:
            counts = crawl.frontier.counts()
        except sqlite3.OperationalError:
            # A full disk, which whoever writes to it tells of.
            return
        total += sum(counts.values())
        done += sum(counts.values()) - counts.get("waiting", 0) - counts.get("leased", 0)
    progress.set_total(total)
    progress.set_done(done)


def _close_recorders(crawls: Sequence[OpenCrawl], patience: Patience) -> None:
    for crawl in crawls:
        if crawl.failure is not None:
            # Recovery seals the file, from the last offset that is safe on the disk.
            crawl.recorder.abandon()
            continue
        try:
            if crawl.end_reason == "finished":
                patiently(crawl.recorder.close, patience)
            else:
                # Who pressed Ctrl-C does not wait for room.
                crawl.recorder.close()
        except ArchiveError as error:
            crawl.failure = error
            crawl.recorder.abandon()


def _end(collection: Collection, crawl: OpenCrawl) -> Crawl:
    """Close the crawl's row: it is finished, or the next crawl of the site goes on with it."""
    crawl.frontier.release_leases(now=_now())
    state: EndState = "finished" if crawl.end_reason == "finished" else "interrupted"
    error = None
    if state == "finished" and not crawl.frontier.counts().get("done"):
        state, error = "failed", _why_nothing_came(collection, crawl.crawl)
    return end_crawl(collection, crawl.crawl.id, state, now=_now(), error=error)


def _why_nothing_came(collection: Collection, crawl: Crawl) -> str:
    failures = list_failures(collection, crawl.id, most=1)
    why = f"{failures[0]['url']}: {failures[0]['reason']}" if failures else "no seed is in scope"
    return f"{crawl.site}: nothing could be fetched ({why}); check the address and the network"


@contextmanager
def _log_file(collection: Collection, plans: Sequence[CrawlPlan]) -> Iterator[None]:
    """Write what an operator wants to read tomorrow to `logs/`, one file a run."""
    names = "+".join(plan.site.name for plan in plans[:3]).replace("/", "_").replace(":", "_")
    path = collection.logs / f"crawl-{_now():%Y%m%dT%H%M%S}-{names[:80]}.log"
    handler = _LogFile(path, encoding="utf-8")
    handler.setLevel(logging.INFO)
    # Scrapy's list of versions is what `archiater doctor` is for.
    handler.addFilter(lambda record: record.name != "scrapy.utils.log")
    handler.setFormatter(LogLines())
    root = logging.getLogger()
    level = root.level
    for other in root.handlers:
        other.setLevel(level)
    root.addHandler(handler)
    root.setLevel(min(level, logging.INFO))
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


class _LogFile(logging.FileHandler):
    """A log that a full disk silences: it must not hide the line that says so."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        pass

    def close(self) -> None:
        with suppress(OSError):
            super().close()


def _now() -> datetime:
    return datetime.now(UTC)
