"""An additive model of step functions, fitted by cyclic gradient boosting in plain Python.

The algorithm of Explainable Boosting Machines (Lou, Caruana, Gehrke 2012; Nori et al. 2019) without
pairs: each number is cut into bins of about as many blocks; then, cycle after cycle, the weights of
one number after another take a small Newton step on the log-loss, shrunk towards zero in every bin.
Nothing is drawn at random, sums are exact (`fsum`) and the weights are rounded, so the same blocks
give the same table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby, pairwise
from math import exp, fsum, log
from operator import mul

from articles.block_features import FEATURE_NAMES
from articles.block_model import BlockModel, Steps

MOST_BINS = 16
CYCLES = 10
LEARNING_RATE = 0.4
SHRINKAGE = 2.0
"""Added to the second derivative of a bin, which is at most a quarter of what its blocks weigh: a
bin whose blocks weigh less than 8 together says less than half of what it found."""
LEAST_STEP = 0.02
"""Neighbouring bins whose weights differ by less are one."""
LEAST_EFFECT = 0.05
"""A number none of whose weights is as far from zero is left out of the table."""
DECIMALS = 3

Rows = Sequence[tuple[float, ...]]


def fitted(
    rows: Rows, kept: Sequence[bool], weights: Sequence[float], *, cycles: int = CYCLES
) -> BlockModel:
    """The model of some blocks: their numbers, whether they are kept, and how much each counts."""
    bins = []
    for at, name in enumerate(FEATURE_NAMES):
        values = [row[at] for row in rows]
        if bounds := bounds_of(values):
            bins.append(_Bins(name, bounds, values, kept, weights))
    whole = fsum(weights)
    good = fsum(weight for weight, is_kept in zip(weights, kept, strict=True) if is_kept)
    # Half a block to either side, so that blocks of one kind alone have a logarithm as well.
    intercept = log((good + 0.5) / (whole - good + 0.5))
    scores = [intercept] * len(rows)
    for _ in range(cycles):
        for number in bins:
            number.step(scores)
    intercept += fsum(number.centre() for number in bins)
    steps = (_tidy(number.steps()) for number in bins)
    return BlockModel(
        intercept=round(intercept, DECIMALS), steps=tuple(found for found in steps if found)
    )


def bounds_of(values: Sequence[float]) -> tuple[float, ...]:
    """The upper bounds of the bins but the last: half-way between values where there are few.

    >>> bounds_of([0, 1, 1, 0]), bounds_of([7.0, 7.0])
    ((0.5,), ())
    """
    rising = sorted(values)
    distinct = [value for value, _ in groupby(rising)]
    if len(distinct) <= MOST_BINS:
        return tuple((low + high) / 2 for low, high in pairwise(distinct))
    cuts = {rising[len(rising) * part // MOST_BINS] for part in range(1, MOST_BINS)}
    # In the six figures that the table shows, so that the model read back is the one that was
    # fitted.
    return tuple(sorted({float(f"{cut:.6g}") for cut in cuts if cut < rising[-1]}))


class _Bins:
    """One number of all blocks: which blocks fall on which step, and the weights so far."""

    def __init__(
        self,
        name: str,
        bounds: tuple[float, ...],
        values: Sequence[float],
        kept: Sequence[bool],
        weights: Sequence[float],
    ) -> None:
        members: list[list[int]] = [[] for _ in range(len(bounds) + 1)]
        for block, value in enumerate(values):
            members[bisect_left(bounds, value)].append(block)
        self._name = name
        self._bounds = bounds
        self._members = members
        self._weights = [[weights[block] for block in found] for found in members]
        self._targets = [
            fsum(weights[block] for block in found if kept[block]) for found in members
        ]
        self.values = [0.0] * len(members)

    def centre(self) -> float:
        """The mean weight of the blocks, which is taken off all of them and handed out.

        So zero is the usual block, and what stays near zero everywhere says nothing.
        """
        sizes = list(map(fsum, self._weights))
        mean = fsum(map(mul, sizes, self.values)) / max(fsum(sizes), 1e-9)
        self.values = [value - mean for value in self.values]
        return mean

    def steps(self) -> Steps:
        return Steps(self._name, self._bounds, tuple(self.values))

    def step(self, scores: list[float]) -> None:
        """One Newton step of the weights of all bins; changes the blocks' `scores` with them."""
        for at, members in enumerate(self._members):
            # In lists and maps that run in C: this is where all of the time goes.
            held = [scores[block] for block in members]
            found = [1.0 / (1.0 + exp(-score)) for score in held]
            expected = list(map(mul, self._weights[at], found))
            whole = fsum(expected)
            slope = self._targets[at] - whole - SHRINKAGE * self.values[at]
            curve = whole - fsum(map(mul, expected, found)) + SHRINKAGE
            step = LEARNING_RATE * slope / curve
            self.values[at] += step
            for block, score in zip(members, held, strict=True):
                scores[block] = score + step


def _tidy(steps: Steps) -> Steps | None:
    """The same with rounded weights and like bins joined; None where they hardly say anything."""
    if max(map(abs, steps.weights)) < LEAST_EFFECT:
        return None
    bounds: list[float] = []
    weights = [round(steps.weights[0], DECIMALS)]
    for bound, weight in zip(steps.bounds, steps.weights[1:], strict=True):
        if abs(weight - weights[-1]) >= LEAST_STEP:
            bounds.append(bound)
            weights.append(round(weight, DECIMALS))
    return Steps(steps.feature, tuple(bounds), tuple(weights))
