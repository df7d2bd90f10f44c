"""Selectors for a site file, out of what the general rules found on some pages of the site.

`propose` is the door. A proposal pins down what the rules do on these pages already, so that it
goes on when the rules or the site's words change. None is given on trust: with all of them in the
site file the records of all pages are the same as before, and each names just what it should on
each page. Where nothing can be named well, nothing is proposed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from articles.extract import extract
from articles.naming import Candidate, byline_candidates, content_candidates, drop_candidates
from articles.page import NotAnArticle
from articles.page_reading import PageReading
from articles.profile import SiteProfile
from articles.record import Article
from articles.record_json import record_to_json
from articles.selecting import select

Key = Literal["content", "drop", "byline"]

MOST_TRIED = 8
"""Candidates of one key whose records are made and compared, on every page."""
MOST_CONTENTS = 3
MOST_DROPS = 8
MOST_BYLINES = 3


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One selector for the site file."""

    key: Key
    selector: str
    pages: int
    """On how many of the pages it matches."""
    matches: int


def propose(readings: Sequence[PageReading]) -> tuple[Proposal, ...]:
    """Selectors that hold on all pages, which are of one site and read with one profile."""
    pages = [reading for reading in readings if reading.article is not None]
    if not pages:
        return ()
    trial = _Trial(pages)
    trial.take_contents(content_candidates(pages))
    trial.take("byline", byline_candidates(pages), at_most=MOST_BYLINES)
    trial.take("drop", drop_candidates(pages), at_most=MOST_DROPS)
    return tuple(trial.taken)


def proposed_lines(proposals: Iterable[Proposal], profile: SiteProfile) -> tuple[str, ...]:
    """The lines of the `[hints]` table with the proposals put to what the file says already.

    A content selector goes before those that are there, since the first that matches is taken.
    """
    new: dict[Key, list[str]] = {"content": [], "drop": [], "byline": []}
    for proposal in proposals:
        new[proposal.key].append(proposal.selector)
    merged = {
        "content": (*new["content"], *profile.content),
        "drop": (*profile.drop, *new["drop"]),
        "byline": (*profile.byline, *new["byline"]),
    }
    return tuple(f"{key} = [{', '.join(map(toml_string, merged[key]))}]" for key in new if new[key])


def toml_string(text: str) -> str:
    """Text as a TOML string, safe to be shown: JSON's escapes are TOML's, but for lone surrogates.

    >>> print(toml_string('a[href="x"]'))
    "a[href=\\"x\\"]"
    """
    whole = json.dumps(text.encode("utf-8", "replace").decode("utf-8"), ensure_ascii=False)
    return _STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", whole)


_STEERING = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class _Trial:
    """Proposals taken one after another, each tried on all pages with those before it."""

    def __init__(self, pages: Sequence[PageReading]) -> None:
        self.pages = pages
        self.profile = pages[0].profile
        self.essences = [essence(page.article) for page in pages if page.article]
        self.taken: list[Proposal] = []

    def take_contents(self, candidates: Sequence[Candidate]) -> None:
        """What names the content on the most pages, then on those that are left: sites have more
        than one template."""
        left = {at for at, page in enumerate(self.pages) if page.main.route != "profile"}
        matching = {
            candidate.selector: {
                at for at, page in enumerate(self.pages) if _matches(page, candidate.selector)
            }
            for candidate in candidates
        }
        for _ in range(MOST_TRIED):
            wanted = [found for found in candidates if left & matching.get(found.selector, set())]
            if not wanted or len(self.taken) >= MOST_CONTENTS:
                return
            best = max(wanted, key=lambda found: len(left & matching[found.selector]))
            pages = matching.pop(best.selector)
            if self._takes("content", [best]):
                left -= pages

    def take(self, key: Key, candidates: Iterable[Candidate], *, at_most: int) -> None:
        """The candidates that hold together: all at once, or else one by one."""
        known = frozenset(getattr(self.profile, key))
        wanted = [found for found in candidates if found.selector not in known][:at_most]
        if wanted and not self._takes(key, wanted):
            for candidate in wanted:
                self._takes(key, [candidate])

    def _takes(self, key: Key, candidates: Sequence[Candidate]) -> bool:
        selectors = tuple(candidate.selector for candidate in candidates)
        old = getattr(self.profile, key)
        both = (*selectors, *old) if key == "content" else (*old, *selectors)
        hints: dict[str, Any] = {key: both}
        profile = replace(self.profile, **hints)
        if not all(
            _reads_the_same(page, profile, before)
            for page, before in zip(self.pages, self.essences, strict=True)
        ):
            return False
        self.profile = profile
        self.taken.extend(self._counted(key, selector) for selector in selectors)
        return True

    def _counted(self, key: Key, selector: str) -> Proposal:
        counts = [len(list(select(page.document.tree, (selector,)))) for page in self.pages]
        return Proposal(
            key=key,
            selector=selector,
            pages=sum(1 for count in counts if count),
            matches=sum(counts),
        )


def _matches(page: PageReading, selector: str) -> bool:
    return next(select(page.document.tree, (selector,)), None) is not None


def _reads_the_same(page: PageReading, profile: SiteProfile, before: dict[str, Any]) -> bool:
    try:
        article = extract(page.page, profile, page.knowledge)
    except NotAnArticle:
        return False
    is_named = any(_matches(page, selector) for selector in profile.content)
    return is_named == (article.extractor.route == "profile") and essence(article) == before


def essence(article: Article) -> dict[str, Any]:
    """What a record says, without how it came about."""
    record: dict[str, Any] = _without_evidence(record_to_json(article))
    del record["extractor"], record["review"]["conflicts"]
    return record


def _without_evidence(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_evidence(member) for key, member in value.items() if key != "evidence"
        }
    if isinstance(value, list):
        return [_without_evidence(member) for member in value]
    return value
