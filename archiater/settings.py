"""Scrapy's settings for a crawl of archiater, each that differs from the default with its reason.

`scrapy.cfg` names this module; `scrapy_settings` adds what a collection and a site decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archiater import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from archiater.config import Config

BOT_NAME = "archiater"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "archiater"

SCHEDULER = "pipelines.scheduling.FrontierScheduler"
_WIRE = "pipelines.wire.WireDownloadHandler"
# Run before a crawl archives, once for each set of versions.
ARCHIATER_SELF_TEST = "pipelines.self_test"
# `file:` and `data:` in a redirect of a hostile page would read this machine; ftp and s3 are not
# the web that we archive.
DOWNLOAD_HANDLERS = {
    "http": _WIRE,
    "https": _WIRE,
    "file": None,
    "data": None,
    "ftp": None,
    "s3": None,
}
# Scrapy checks no certificate unless told to.
DOWNLOAD_VERIFY_CERTIFICATES = True
# Broken framing is recorded as such and read as far as it goes.
DOWNLOAD_FAIL_ON_DATALOSS = False
# gzip alone: the usual WARC readers fail on br and zstd.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip",
}
DOWNLOADER_MIDDLEWARES = {
    # Before robots.txt is asked for.
    "pipelines.own_network.OwnNetworkMiddleware": 50,
    # Tries are counted in the frontier, with a rest between them; Scrapy asks again at once.
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    # Scope is the site's affair (`spiders.scope`); this one drops a redirect without a word.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    # The frontier knows each URL's depth.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
# A Referer would tell sites about each other.
REFERRER_POLICY = "no-referrer"
EXTENSIONS = {
    "pipelines.recording.RecordingExtension": 0,
    "scrapy.extensions.telnet.TelnetConsole": None,
    # Runs code that is sent to it over HTTP, and is on by default since 2.19.
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.logstats.LogStats": None,
}
TELNETCONSOLE_ENABLED = False
COOKIES_ENABLED = False
REDIRECT_MAX_TIMES = 8
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# One task an item instead of a hundred per response: a fifth of Scrapy's time otherwise.
CONCURRENT_ITEMS = 1
DOWNLOAD_DELAY = 2.0
DOWNLOAD_TIMEOUT = 30
# What Scrapy holds of a body at most, decompressed too; `crawl.max_body_bytes` is what is archived.
# The page of an article stays under 5 MB.
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0


def user_agent(config: Config) -> str:
    """Who we say we are: the name, the version, and whom to write to where the operator said so."""
    contact = " ".join(config.contact.split())
    return f"archiater/{__version__}" + (f" (+{contact})" if contact else "")


def scrapy_settings(
    config: Config,
    *,
    delay_s: float,
    concurrency: int,
    beside: int = 0,
    spill_folder: Path | None = None,
) -> dict[str, Any]:
    """The settings of one crawl over one site, to be given to Scrapy's crawler.

    `beside` is how many requests to other hosts than the site's may be under way beside its own.
    Bodies too large for memory wait in `spill_folder`, None: the system's, until they are archived.
    """
    own = {name: value for name, value in globals().items() if name.isupper()}
    return {
        **own,
        "USER_AGENT": user_agent(config),
        "DOWNLOAD_DELAY": delay_s,
        # One more than may be asked at a time: what Scrapy has taken it fetches before it stops,
        # a delay each, and the operator who pressed Ctrl-C waits.
        "CONCURRENT_REQUESTS": concurrency + 1 + beside,
        "ARCHIATER_BESIDE": beside,
        "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency,
        "DOWNLOAD_TIMEOUT": config.timeout_s,
        "DOWNLOAD_MAXSIZE": min(DOWNLOAD_MAXSIZE, config.max_body_bytes),
        "ARCHIATER_MAX_BODY_BYTES": config.max_body_bytes,
        "ARCHIATER_SPILL_FOLDER": str(spill_folder) if spill_folder else None,
        "LOG_ENABLED": False,
    }
