from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.aligning import align


@given(old=st.lists(st.integers(0, 5), max_size=30), new=st.lists(st.integers(0, 5), max_size=30))
def test_an_alignment_rises_and_pairs_equals(old: list[int], new: list[int]) -> None:
    pairs = align(old, new)

    assert all(old[i] == new[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))


@pytest.mark.parametrize("words", [3, 40, 100_000], ids=["repetitive", "few words", "all differ"])
def test_a_long_text_is_compared_quickly_and_well(words: int) -> None:
    chance = random.Random(7)  # noqa: S311
    old = [chance.randrange(words) for _ in range(8_000)]
    new = [item for item in old if chance.random() > 0.02]
    started = time.process_time()

    pairs = align(old, new)

    assert time.process_time() - started < 5
    assert len(pairs) > 0.8 * len(new)
