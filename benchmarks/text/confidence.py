"""Whether `extractor.confidence` tells right pages from wrong ones."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from benchmarks.text.measuring import WRONG_BELOW

POOR_BELOW = 0.8
"""F1 of a page that an editor would call wrong."""
LOWEST_SHARES = (0.05, 0.1, 0.2)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One page: what the extractor said of itself, and what it was worth."""

    confidence: float
    f1: float


@dataclass(frozen=True, kw_only=True)
class Step:
    """About a tenth of the pages; those of equal confidence stay together."""

    pages: int
    lowest: float
    highest: float
    """Confidence of its pages, from and to."""
    mean_f1: float
    under_half: int
    poor: int


@dataclass(frozen=True, kw_only=True)
class Curve:
    steps: tuple[Step, ...]
    found: dict[float, float]
    """By a share of the pages, lowest confidence first: the share of all poor pages among them."""
    auc: float | None
    """How often a poor page has less confidence than another; ties count half. None where there
    are no poor pages, or no others."""


def curve_of(judged: Sequence[Judged], *, steps: int = 10) -> Curve:
    groups = _groups(judged)
    members: list[list[Judged]] = [[] for _ in range(steps)]
    for start, group in groups:
        members[int((start + len(group) / 2) * steps / len(judged))].extend(group)
    return Curve(
        steps=tuple(_step(pages) for pages in members if pages),
        found={share: _found(groups, share * len(judged)) for share in LOWEST_SHARES},
        auc=auc_of(judged),
    )


def _groups(judged: Sequence[Judged]) -> list[tuple[int, list[Judged]]]:
    """Pages of equal confidence, which nothing tells apart, with how many have less."""
    rising = sorted(judged, key=_confidence)
    found: list[tuple[int, list[Judged]]] = []
    start = 0
    for _, group in groupby(rising, key=_confidence):
        found.append((start, list(group)))
        start += len(found[-1][1])
    return found


def _confidence(page: Judged) -> float:
    return page.confidence


def _step(pages: Sequence[Judged]) -> Step:
    return Step(
        pages=len(pages),
        lowest=pages[0].confidence,
        highest=pages[-1].confidence,
        mean_f1=statistics.fmean(page.f1 for page in pages),
        under_half=sum(page.f1 < WRONG_BELOW for page in pages),
        poor=sum(page.f1 < POOR_BELOW for page in pages),
    )


def _found(groups: Sequence[tuple[int, list[Judged]]], lowest: float) -> float:
    """The share of the poor pages among the `lowest` pages; of a cut group its fair part."""
    poor = [sum(page.f1 < POOR_BELOW for page in group) for _, group in groups]
    inside = [min(1.0, max(0.0, lowest - start) / len(group)) for start, group in groups]
    found = sum(count * part for count, part in zip(poor, inside, strict=True))
    return found / max(1, sum(poor))


def auc_of(judged: Sequence[Judged]) -> float | None:
    poor = [page.confidence for page in judged if page.f1 < POOR_BELOW]
    other = [page.confidence for page in judged if page.f1 >= POOR_BELOW]
    if not poor or not other:
        return None
    wins = sum((low < high) + 0.5 * (low == high) for low in poor for high in other)
    return wins / (len(poor) * len(other))
