from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from articles.word_count import count_words


@given(st.text(alphabet=st.characters(max_codepoint=0x2FF), max_size=80))
def test_words_are_runs_of_letters_figures_and_underscores(text: str) -> None:
    assert count_words(text) == len(re.findall(r"\w+", text))


@given(st.text(alphabet="ab_1 .-\n", min_size=20), st.sampled_from("é’–²\xa0Ω"))
def test_a_few_signs_beyond_ascii_are_letters_or_part_words(text: str, sign: str) -> None:
    spelled = f"{text[:9]}{sign}{text[9:]}"

    assert count_words(spelled) == len(re.findall(r"\w+", spelled))
