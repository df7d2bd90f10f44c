"""A second opinion on each block: how likely the author of the article wrote it.

An additive model: each number of `block_features` adds a weight that depends on the step it falls
on, and the logistic function makes a probability of the sum. The steps are a table of numbers in
`block_model_table`, which `make train` writes from pages with gold text (see docs/training.md); to
use it nothing but this file is needed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import exp

from articles.block_features import FEATURE_NAMES
from articles.block_model_table import TABLE


@dataclass(frozen=True, slots=True)
class Steps:
    """What one number adds: `weights[n]` up to and with `bounds[n]`, above all bounds the last."""

    feature: str
    bounds: tuple[float, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class BlockModel:
    """The model as it stands in its table."""

    intercept: float
    steps: tuple[Steps, ...]

    def probabilities(self, rows: Iterable[tuple[float, ...]]) -> Iterator[float]:
        """Of each row of numbers, in the order of `FEATURE_NAMES`, from 0 to 1."""
        tables = [
            (FEATURE_NAMES.index(steps.feature), steps.bounds, steps.weights)
            for steps in self.steps
        ]
        for row in rows:
            total = self.intercept
            for number, bounds, weights in tables:
                total += weights[bisect_left(bounds, row[number])]
            yield 1.0 / (1.0 + exp(-total))

    def contributions(self, row: tuple[float, ...]) -> dict[str, float]:
        """What each number of one row adds to the sum, by its name; the intercept comes to it."""
        numbers = dict(zip(FEATURE_NAMES, row, strict=True))
        return {
            steps.feature: steps.weights[bisect_left(steps.bounds, numbers[steps.feature])]
            for steps in self.steps
        }


def write_model(model: BlockModel) -> str:
    """The table: the intercept, then a line for each step of each number, upper bound first."""
    lines = [f"intercept {model.intercept:+.3f}"]
    for steps in model.steps:
        lines.append(steps.feature)
        for bound, weight in zip((*steps.bounds, None), steps.weights, strict=True):
            upper = "above" if bound is None else f"<= {bound:.6g}"
            lines.append(f"    {upper} {weight:+.3f}")
    return "\n".join(lines) + "\n"


def read_model(table: str) -> BlockModel:
    """The model of a table; raises `ValueError` where a line is none of it."""
    intercept: float | None = None
    parts: list[tuple[str, list[float], list[float]]] = []
    for line in table.splitlines():
        match line.split():
            case ["intercept", weight] if intercept is None:
                intercept = float(weight)
            case [name] if name in FEATURE_NAMES and name not in [part[0] for part in parts]:
                parts.append((name, [], []))
            case ["<=", bound, weight] if parts and len(parts[-1][1]) == len(parts[-1][2]):
                parts[-1][1].append(float(bound))
                parts[-1][2].append(float(weight))
            case ["above", weight] if parts and len(parts[-1][1]) == len(parts[-1][2]):
                parts[-1][2].append(float(weight))
            case _:
                raise ValueError(f"block model: {line!r} is no line of its table; run `make train`")
    if intercept is None:
        raise ValueError("block model: no intercept in its table; run `make train`")
    for name, bounds, weights in parts:
        if len(weights) != len(bounds) + 1 or sorted(set(bounds)) != bounds:
            raise ValueError(
                f"block model: {name}: expected rising bounds and a weight above them;"
                " run `make train`"
            )
    return BlockModel(
        intercept=intercept,
        steps=tuple(Steps(name, tuple(bounds), tuple(weights)) for name, bounds, weights in parts),
    )


@cache
def block_model() -> BlockModel:
    """The trained model that comes with the package."""
    return read_model(TABLE)
