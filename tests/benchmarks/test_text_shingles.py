"""The measure of the text benchmark, held against values that were worked out by hand."""

from __future__ import annotations

import pytest

from benchmarks.text.shingles import (
    PageScore,
    resampled_f1,
    score_page,
    score_set,
    share_ahead,
    shingles,
    spread,
)


def test_a_text_is_the_runs_of_four_words() -> None:
    assert shingles("One, two: three four - five!") == {
        ("One", "two", "three", "four"): 1,
        ("two", "three", "four", "five"): 1,
    }


def test_a_short_text_is_one_shingle() -> None:
    assert shingles("Drink water.") == {("Drink", "water"): 1}
    assert not shingles(" ... ")


def test_half_the_shingles_right_is_half_of_everything() -> None:
    # Gold: abcd, bcde. Answer: abcd, bcdx.
    score = score_page("a b c d e", "a b c d x")

    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)


def test_what_is_said_twice_counts_twice() -> None:
    # Gold: aaaa once. Answer: aaaa three times, one of them shared.
    score = score_page("a a a a", "a a a a a a")

    assert score.precision == pytest.approx(1 / 3)
    assert score.recall == 1.0
    assert score.f1 == pytest.approx(0.5)


def test_an_empty_answer_has_no_precision_and_no_recall() -> None:
    assert score_page("a b c d", "") == PageScore(precision=None, recall=0.0)


def test_a_set_has_the_harmonic_mean_of_mean_precision_and_mean_recall() -> None:
    pages = [PageScore(precision=1.0, recall=0.5), PageScore(precision=0.5, recall=0.75)]

    found = score_set(pages)

    assert (found.precision, found.recall) == (0.75, 0.625)
    assert found.f1 == pytest.approx(2 * 0.75 * 0.625 / 1.375)


def test_an_empty_answer_lowers_the_recall_of_the_set_alone() -> None:
    found = score_set([PageScore(precision=1.0, recall=1.0), PageScore(precision=None, recall=0.0)])

    assert (found.precision, found.recall) == (1.0, 0.5)


def test_resamples_are_paired_and_the_same_each_time() -> None:
    better = [PageScore(precision=p, recall=p) for p in (0.9, 0.8, 0.7)]
    worse = [PageScore(precision=p, recall=p) for p in (0.8, 0.7, 0.6)]

    first, second, third = resampled_f1([better, worse, better], rounds=50)

    # Whatever pages are drawn, each is worse by a tenth.
    assert [one - other for one, other in zip(first, second, strict=True)] == pytest.approx(
        [0.1] * 50
    )
    assert first == third
    assert share_ahead(first, second) == 1.0
    assert share_ahead(first, third) == 0.0
    assert resampled_f1([better], rounds=50) == [first]


def test_the_spread_is_the_standard_deviation() -> None:
    assert spread([0.8, 1.0]) == pytest.approx(0.1414213562)
    assert spread([0.8]) == 0.0
