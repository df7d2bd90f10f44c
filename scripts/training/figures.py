"""What the training prints: how well the text is found with and without the model, and how far
its probabilities can be believed."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import log

from articles.block_veto import LEAST_PROBABILITY, MOST_DOUBTED, doubted_rows
from benchmarks.text.shingles import PageScore, score_page, score_set
from scripts.training.cross_validation import FOLDS, Probabilities
from scripts.training.labelled_pages import LabelledBlock, LabelledPage

THRESHOLDS = (0.02, 0.03, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25)
ALONE = 0.45
POOR = 0.5
"""F1 of a page whose text is mostly wrong."""

Choose = Callable[[LabelledPage, Sequence[float]], tuple[int, ...]]
"""The numbers of the blocks that are kept of a page, given the model's probabilities."""


def report(
    pages: Sequence[LabelledPage], seen: Probabilities, unseen: Probabilities
) -> Iterator[str]:
    """The lines; `seen` is of the model of all pages, `unseen` of the models without the site."""
    sites = len({page.site for page in pages})
    yield f"{len(pages)} pages of {sites} sites, {sum(len(page.blocks) for page in pages)} blocks."
    yield f"Cross-validated: {FOLDS} folds by registered domain, no site in two of them."
    yield "The rules were developed on these very pages, so only the model is cross-validated: the"
    yield "figures of the rules, and the rules' part of all others, are those of seen pages."
    scores = _Scores(pages)
    for name in sorted({page.slice for page in pages}):
        yield ""
        yield f"{name:36}{'F1':>8}{'precision':>11}{'recall':>8}{'mean F1':>9}{'<0.5':>6}"
        yield scores.line(name, "rules alone", seen, _kept)
        for what, found in (("on seen sites", seen), ("cross-validated", unseen)):
            for least in THRESHOLDS:
                mark = " *" if least == LEAST_PROBABILITY else ""
                title = f"veto below {least}, {what}{mark}"
                yield scores.line(name, title, found, _vetoed(least))
        alone = f"model alone from {ALONE}, cross-validated"
        yield scores.line(name, alone, unseen, _believed)
    yield ""
    yield f"* the threshold in use. Where more than {MOST_DOUBTED:.0%} of the kept text is below"
    yield "it, nothing is dropped."
    yield from calibration(pages, unseen)


def _kept(page: LabelledPage, _: Sequence[float]) -> tuple[int, ...]:
    return tuple(number for number, block in enumerate(page.blocks) if block.is_kept)


def _believed(_: LabelledPage, probabilities: Sequence[float]) -> tuple[int, ...]:
    return tuple(number for number, one in enumerate(probabilities) if one >= ALONE)


def _vetoed(least: float) -> Choose:
    def choose(page: LabelledPage, probabilities: Sequence[float]) -> tuple[int, ...]:
        kept = _kept(page, probabilities)
        doubted = doubted_rows(
            [page.blocks[number].numbers for number in kept],
            [probabilities[number] for number in kept],
            least=least,
        )
        out = {kept[at] for at in doubted}
        return tuple(number for number in kept if number not in out)

    return choose


class _Scores:
    """Scores of pages; what is kept on a page is scored once, however often it is asked for."""

    def __init__(self, pages: Sequence[LabelledPage]) -> None:
        self._pages = pages
        self._scores: dict[tuple[str, tuple[int, ...]], PageScore] = {}

    def line(self, slice_name: str, title: str, found: Probabilities, choose: Choose) -> str:
        scores = [
            self._score(page, probabilities, choose)
            for page, probabilities in zip(self._pages, found, strict=True)
            if page.slice == slice_name
        ]
        whole = score_set(scores)
        mean = statistics.fmean(score.f1 for score in scores)
        poor = sum(score.f1 < POOR for score in scores)
        return (
            f"  {title:40}{whole.f1:.4f}{whole.precision:11.4f}{whole.recall:8.4f}"
            f"{mean:9.4f}{poor:6}"
        )

    def _score(
        self, page: LabelledPage, probabilities: Sequence[float], choose: Choose
    ) -> PageScore:
        kept = choose(page, probabilities)
        found = self._scores.get((page.id, kept))
        if found is None:
            text = "\n".join(page.blocks[number].text for number in kept)
            found = self._scores[page.id, kept] = score_page(page.gold, text)
        return found


def calibration(pages: Sequence[LabelledPage], found: Probabilities) -> Iterator[str]:
    """How well the probabilities fit the labels of the blocks that the rules judged."""
    asked: tuple[tuple[str, Callable[[LabelledBlock], bool]], ...] = (
        ("Blocks of the chosen containers", lambda block: block.is_judged),
        ("Blocks that the rules keep", lambda block: block.is_kept),
    )
    for title, is_asked in asked:
        judged = [
            (probability, block.label.is_kept, block.label.weight)
            for page, probabilities in zip(pages, found, strict=True)
            for block, probability in zip(page.blocks, probabilities, strict=True)
            if is_asked(block)
        ]
        yield ""
        yield f"{title}, cross-validated, by weight:"
        area, loss = area_under_curve(judged), log_loss(judged)
        yield f"  area under the curve {area:.4f}, log-loss {loss:.4f}"
        yield "  probability     blocks    mean    found"
        for tenth in range(10):
            part = [one for one in judged if min(int(one[0] * 10), 9) == tenth]
            if weight := sum(weight for _, _, weight in part):
                mean = sum(one * weight for one, _, weight in part) / weight
                share = sum(weight for _, is_kept, weight in part if is_kept) / weight
                limits = f"  {tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}"
                yield f"{limits}{len(part):13}{mean:8.3f}{share:9.3f}"


Judged = tuple[float, bool, float]
"""Probability, whether the gold text holds it, weight."""


def log_loss(judged: Iterable[Judged]) -> float:
    loss = whole = 0.0
    for probability, is_kept, weight in judged:
        loss -= weight * log(max(probability if is_kept else 1 - probability, 1e-9))
        whole += weight
    return loss / max(whole, 1e-9)


def area_under_curve(judged: Iterable[Judged]) -> float:
    """How often a kept block has the higher probability than one that is not; equal ones half."""
    better = whole = below = tied = 0.0
    last = None
    kept_tied = 0.0
    for probability, is_kept, weight in sorted(judged):
        if probability != last:
            better += kept_tied * (below + tied / 2)
            below, tied, kept_tied, last = below + tied, 0.0, 0.0, probability
        if is_kept:
            kept_tied += weight
            whole += weight
        else:
            tied += weight
    better += kept_tied * (below + tied / 2)
    below += tied
    return better / max(whole * below, 1e-9)
