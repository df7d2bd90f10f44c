"""What a running crawl over one site holds open together: its row, its frontier, its recorder.

Made by the shell, used by the Scrapy adapters in `pipelines`, which find it on their spider.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from archive.collection import Collection
from archive.crawls import Crawl
from archive.frontier import Frontier
from archive.patient_recording import PatientRecorder


@dataclass(kw_only=True)
class OpenCrawl:
    """One crawl over one site while it runs."""

    collection: Collection
    crawl: Crawl
    frontier: Frontier
    recorder: PatientRecorder
    most_pages: int | None = None
    """Pages to fetch before the crawl ends; sitemaps and feeds don't count. None: no limit."""
    tries: int = 3
    retry_after: timedelta = timedelta(seconds=5)
    """Rest before the second try of a URL; it doubles with each further one."""
    pages: int = field(default=0)
    """Pages given out so far, before an interruption too."""
    end_reason: str | None = None
    """Scrapy's word for why the spider closed: `finished`, `shutdown` (Ctrl-C), ..."""
    failure: Exception | None = None
    """What stopped the crawl: the disk was full, the archive could not be written, or a bug."""

    @property
    def wants_pages(self) -> bool:
        """False when the limit of pages is reached."""
        return self.most_pages is None or self.pages < self.most_pages
