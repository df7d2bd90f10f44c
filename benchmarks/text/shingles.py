"""How alike two texts are, by the measure of the article extraction benchmark of Scrapinghub.

A text is taken as the multiset of its shingles, which are runs of four words; a shorter text is one
shingle. Of each page precision and recall are the shared shingles' part of the answer and of the
gold text. A set of pages has their mean precision and mean recall, and the harmonic mean of these
two means as its F1. Its spread, and who is ahead of whom, come from resampling the pages
(bootstrap).
"""

from __future__ import annotations

import random
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WORDS_IN_SHINGLE = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class PageScore:
    """How well the answer for one page fits its gold text."""

    precision: float | None
    """None where the answer has no words: the measure leaves it out of the mean."""
    recall: float

    @property
    def f1(self) -> float:
        return harmonic_mean(self.precision or 0.0, self.recall)


@dataclass(frozen=True, kw_only=True)
class SetScore:
    """How well the answers for a set of pages fit."""

    precision: float
    recall: float
    f1: float


def score_page(gold: str, answer: str) -> PageScore:
    """The score of one page; `gold` must have words."""
    expected, found = shingles(gold), shingles(answer)
    shared = (expected & found).total()
    return PageScore(
        precision=shared / found.total() if found else None,
        recall=shared / expected.total(),
    )


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if not words:
        return Counter()
    last = max(0, len(words) - WORDS_IN_SHINGLE)
    return Counter(tuple(words[at : at + WORDS_IN_SHINGLE]) for at in range(last + 1))


def score_set(pages: Iterable[PageScore]) -> SetScore:
    """The score of a set that has pages.

    Answers without words lower the recall alone, which flatters a tool that often gives none: quote
    the mean of the pages' own F1 beside it.
    """
    precisions, recalls = [], []
    for page in pages:
        recalls.append(page.recall)
        if page.precision is not None:
            precisions.append(page.precision)
    precision = sum(precisions) / len(precisions) if precisions else 0.0
    recall = sum(recalls) / len(recalls)
    return SetScore(precision=precision, recall=recall, f1=harmonic_mean(precision, recall))


def harmonic_mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def resampled_f1(
    pages_of_tools: Sequence[Sequence[PageScore]], *, rounds: int = 1000, seed: int = 7
) -> list[list[float]]:
    """For each tool the F1 of as many pages drawn with repetition, once a round.

    In one round all tools get the same pages, so that rounds can be compared (paired bootstrap).
    """
    draw = random.Random(seed)  # noqa: S311
    count = len(pages_of_tools[0])
    found: list[list[float]] = [[] for _ in pages_of_tools]
    for _ in range(rounds):
        drawn = draw.choices(range(count), k=count)
        for f1s, pages in zip(found, pages_of_tools, strict=True):
            f1s.append(score_set(pages[at] for at in drawn).f1)
    return found


def spread(f1s: Sequence[float]) -> float:
    """The standard deviation over resamples."""
    return statistics.stdev(f1s) if len(f1s) > 1 else 0.0


def share_ahead(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The share of paired resamples in which `ours` is above `theirs`."""
    return sum(one > other for one, other in zip(ours, theirs, strict=True)) / len(ours)
