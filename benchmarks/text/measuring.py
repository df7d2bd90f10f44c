"""Every tool asked for every page in one run, and what their answers come to."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.text.answering import Answer
from benchmarks.text.gold_pages import GoldPage
from benchmarks.text.shingles import (
    PageScore,
    SetScore,
    resampled_f1,
    score_page,
    score_set,
    share_ahead,
    spread,
)
from benchmarks.text.tools import FLOOR, OURS, RECORD, Child

WRONG_BELOW = 0.5
"""F1 of a page that went wrong as a whole."""


@dataclass(kw_only=True)
class Measured:
    """What one tool answered, page by page in the order of the pages."""

    answers: list[Answer] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    """The least of the rounds."""
    peak_kib: int = 0


@dataclass(frozen=True, kw_only=True)
class Row:
    """One tool over the pages of one slice."""

    tool: str
    score: SetScore
    spread: float
    mean_f1: float
    wrong: int
    empty: int
    failed: int
    parses: float
    """CPU time as a multiple of a bare lxml parse of the same pages."""
    peak_kib: int
    we_are_ahead: float | None
    """The share of paired resamples in which archiater has more; None for archiater itself."""


def measure(
    pages: Sequence[GoldPage],
    running: Sequence[Child],
    *,
    rounds: int,
    tell: Callable[[str], None],
) -> dict[str, Measured]:
    """By tool what it answered; page by page all tools in turn, so that noise hits all alike."""
    found = {child.name: Measured() for child in running}
    for child in running:
        # Imports and tables; not counted.
        child.ask(pages[0].path)
    for number in range(rounds):
        for at, page in enumerate(pages):
            for child in running:
                _note(found[child.name], at, child.ask(page.path))
            if at % 50 == 49:
                tell(f"round {number + 1} of {rounds}: {at + 1} of {len(pages)} pages")
    return found


def _note(measured: Measured, at: int, answer: Answer) -> None:
    cpu_s = float(answer.get("cpu_s", 0.0))
    if at == len(measured.answers):
        measured.answers.append(answer)
        measured.cpu_s.append(cpu_s)
    else:
        measured.cpu_s[at] = min(measured.cpu_s[at], cpu_s)
    measured.peak_kib = max(measured.peak_kib, int(answer.get("peak_kib", 0)))


def rows_of(pages: Sequence[GoldPage], measured: Mapping[str, Measured], name: str) -> list[Row]:
    """A row for each tool over the pages of the slice `name`, in the order of the tools."""
    chosen = [at for at, page in enumerate(pages) if page.slice == name]
    floor = sum(measured[FLOOR].cpu_s[at] for at in chosen)
    tools = [tool for tool in measured if tool != FLOOR]
    scores = {tool: scores_of(pages, measured[tool], chosen) for tool in tools}
    resamples = dict(zip(tools, resampled_f1(list(scores.values())), strict=True))
    rows = []
    for tool in tools:
        answers = [measured[tool].answers[at] for at in chosen]
        f1s = [score.f1 for score in scores[tool]]
        rows.append(
            Row(
                tool=tool,
                score=score_set(scores[tool]),
                spread=spread(resamples[tool]),
                mean_f1=statistics.fmean(f1s),
                wrong=sum(f1 < WRONG_BELOW for f1 in f1s),
                empty=sum(not answer["text"].strip() for answer in answers),
                failed=sum("error" in answer for answer in answers),
                parses=sum(measured[tool].cpu_s[at] for at in chosen) / floor,
                peak_kib=measured[tool].peak_kib,
                we_are_ahead=None
                if tool in (OURS, RECORD)
                else share_ahead(resamples[OURS], resamples[tool]),
            )
        )
    return rows


def scores_of(
    pages: Sequence[GoldPage], measured: Measured, chosen: Iterable[int]
) -> list[PageScore]:
    return [score_page(pages[at].text, measured.answers[at]["text"]) for at in chosen]
