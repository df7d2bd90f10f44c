"""The words for what weighed with the model against a block."""

from __future__ import annotations

import pytest

from archiater.doubt_words import doubt_words
from articles.block_features import FEATURE_NAMES
from articles.explanation import Doubt


def words(feature: str, value: float) -> str:
    return doubt_words(Doubt(feature=feature, value=value, weight=-1.25))


@pytest.mark.parametrize(
    ("feature", "value", "expected"),
    [
        ("size", 12.0, "size 12 -1.2"),
        ("links_nearby", 0.957, "96% links nearby -1.2"),
        ("is_sentence", 0.0, "no sentence -1.2"),
        ("in_comments", 1.0, "in comments -1.2"),
        ("under_heading", -1.0, "no heading over it -1.2"),
        ("under_heading", 40.0, "40 of text since the heading -1.2"),
        ("after", -99.0, "nothing after it -1.2"),
        ("after", -13.0, "score -13 after it -1.2"),
    ],
)
def test_a_number_is_told_in_words_with_its_weight(
    feature: str, value: float, expected: str
) -> None:
    assert words(feature, value) == expected


def test_every_number_of_the_model_has_words() -> None:
    assert not [name for name in FEATURE_NAMES if words(name, 7.0) == f"{name} -1.2"]
