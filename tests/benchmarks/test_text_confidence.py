"""The curve of confidence: what it says where confidence means something, and where it does not."""

from __future__ import annotations

import pytest

from benchmarks.text.confidence import Judged, auc_of, curve_of


def judged(*pairs: tuple[float, float]) -> list[Judged]:
    return [Judged(confidence=confidence, f1=f1) for confidence, f1 in pairs]


def test_a_confidence_that_knows_finds_every_poor_page() -> None:
    pages = judged(*((0.9, 0.95) for _ in range(19)), (0.1, 0.3))

    curve = curve_of(pages)

    assert curve.auc == 1.0
    assert curve.found == {0.05: 1.0, 0.1: 1.0, 0.2: 1.0}
    low, high = curve.steps
    assert (low.pages, low.highest, low.under_half, low.poor) == (1, 0.1, 1, 1)
    assert (high.pages, high.lowest, high.under_half, high.poor) == (19, 0.9, 0, 0)
    assert high.mean_f1 == pytest.approx(0.95)


def test_a_confidence_that_is_always_the_same_finds_no_more_than_chance() -> None:
    pages = judged((0.9, 0.3), (0.9, 0.95), (0.9, 0.9), (0.9, 0.99), (0.9, 0.97))

    curve = curve_of(pages)

    assert curve.auc == 0.5
    assert curve.found[0.2] == pytest.approx(0.2)
    assert [step.pages for step in curve.steps] == [5]


def test_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    # Poor: 0.2 and 0.6. Others: 0.5 and 0.8. Of the four pairs one is the wrong way round.
    pages = judged((0.2, 0.4), (0.6, 0.7), (0.5, 0.9), (0.8, 0.85))

    assert auc_of(pages) == 0.75


def test_without_poor_pages_there_is_no_auc() -> None:
    assert auc_of(judged((0.5, 0.9), (0.6, 0.95))) is None
