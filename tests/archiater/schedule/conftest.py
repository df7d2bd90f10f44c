"""A collection, sites, crawls that end when the test says so, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.collection import Collection
from articles.profile import SiteProfile
from spiders.site import Schedule, Site


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """An empty collection, open for writing."""
    with Collection.create(tmp_path / "collection") as opened:
        yield opened


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@dataclass
class FakeCrawl:
    """A crawl process that runs until it is told how it ends."""

    site: str
    code: int | None = None
    words: str = ""
    is_deaf: bool = False
    asked: int = 0
    killed: bool = False

    def exit_code(self) -> int | None:
        return self.code

    def ask_to_end(self) -> None:
        self.asked += 1
        if not self.is_deaf:
            self.code = 130

    def kill(self) -> None:
        self.killed = True
        self.code = -9

    def last_words(self) -> str:
        return self.words


@dataclass
class Crawls:
    """Every crawl that was started, in order; one ends at once where `begins_with` is a code."""

    started: list[FakeCrawl] = field(default_factory=list)
    begins_with: int | None = None
    refusal: OSError | None = None

    def __call__(self, site: str) -> FakeCrawl:
        if self.refusal is not None:
            raise self.refusal
        self.started.append(FakeCrawl(site, self.begins_with))
        return self.started[-1]

    @property
    def sites(self) -> list[str]:
        return [crawl.site for crawl in self.started]


@pytest.fixture
def crawls() -> Crawls:
    return Crawls()


class MakeSite:
    """Makes a site that is due at minute 0 of every hour, or as the test says."""

    def __call__(
        self, name: str = "example.org", cron: str | None = "0 * * * *", *, jitter_s: int = 0
    ) -> Site:
        return Site(
            name=name,
            hosts=(name,),
            schedule=None if cron is None else Schedule(cron=cron, jitter_s=jitter_s),
            profile=SiteProfile(site=name),
            origin="test",
        )


@pytest.fixture
def make_site() -> MakeSite:
    return MakeSite()
