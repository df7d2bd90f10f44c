"""The model's table: what is written reads back, and nothing else is taken for it."""

from __future__ import annotations

from math import exp

import pytest

from articles.block_features import FEATURE_NAMES
from articles.block_model import BlockModel, Steps, block_model, read_model, write_model

MODEL = BlockModel(
    intercept=-0.25,
    steps=(
        Steps("size", (20.5, 300.0), (-1.25, 0.5, 2.0)),
        Steps("in_comments", (0.5,), (0.125, -3.0)),
    ),
)


def a_row(**numbers: float) -> tuple[float, ...]:
    return tuple(numbers.get(name, 0.0) for name in FEATURE_NAMES)


def test_the_table_reads_back_to_the_same_model() -> None:
    assert read_model(write_model(MODEL)) == MODEL


def test_a_bound_belongs_to_the_step_below_it() -> None:
    rows = [a_row(size=20.5), a_row(size=20.6), a_row(size=301), a_row(size=301, in_comments=True)]

    found = [round(one, 3) for one in MODEL.probabilities(rows)]

    # The logistic function of -1.375, 0.375, 1.875 and -1.25.
    assert found == [0.202, 0.593, 0.867, 0.223]


def test_what_each_number_adds_makes_the_probability_with_the_intercept() -> None:
    row = a_row(size=301, in_comments=True)

    found = MODEL.contributions(row)

    assert found == {"size": 2.0, "in_comments": -3.0}
    assert next(MODEL.probabilities([row])) == 1 / (1 + exp(0.25 - 2.0 + 3.0))


@pytest.mark.parametrize(
    "table",
    [
        "",
        "size\n    above +1.0\n",
        "intercept 0.1\nintercept 0.2\n",
        "intercept much\n",
        "intercept 0.1\n    above +1.0\n",
        "intercept 0.1\nmoonlight\n    above +1.0\n",
        "intercept 0.1\nsize\n",
        "intercept 0.1\nsize\n    <= 3 +1.0\n",
        "intercept 0.1\nsize\n    <= 3 +1.0\n    <= 3 +2.0\n    above +3.0\n",
        "intercept 0.1\nsize\n    above +1.0\n    <= 3 +2.0\n",
        "intercept 0.1\nsize\n    above +1.0\nsize\n    above +1.0\n",
        "intercept 0.1\nsize\n    < 3 +1.0\n    above +1.0\n",
    ],
    ids=[
        *("nothing", "no intercept", "two intercepts", "no number", "a step of nothing"),
        *("an unknown number", "no steps", "nothing above", "bounds that do not rise"),
        *("a step above all", "a number twice", "an unknown sign"),
    ],
)
def test_a_malformed_table_is_refused(table: str) -> None:
    with pytest.raises(ValueError, match=r"block model|could not convert"):
        read_model(table)


def test_the_trained_table_is_sane() -> None:
    model = block_model()

    assert {steps.feature for steps in model.steps} <= set(FEATURE_NAMES)
    for steps in model.steps:
        assert len(steps.weights) == len(steps.bounds) + 1
        assert list(steps.bounds) == sorted(set(steps.bounds))
        assert all(abs(weight) < 6 for weight in steps.weights)
