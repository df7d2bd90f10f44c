from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from articles.word_count import count_words


@given(st.text(alphabet=st.characters(max_codepoint=0x2FF), max_size=80))
def test_words_are_runs_of_letters_figures_and_underscores(text: str) -> None:
    assert count_words(text) == len(re.findall(r"\w+", text))
