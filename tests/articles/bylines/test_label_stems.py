"""The cheap test never costs a label: whatever phrase stands in a text, the text passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.bylines.label_stems import might_hold_labels
from articles.bylines.phrase_tables import PHRASES

PHRASES_OF_LABELS = sorted(
    {
        phrase.removeprefix("…")
        for rows in PHRASES.values()
        for kind, phrase, _ in rows
        if kind != "trap"
    }
)


@pytest.mark.parametrize("around", ["{}", "{}: Ada Roe", "{} 15.05.2022", "\n  {}\t Ada Roe, MD"])
def test_every_phrase_at_the_beginning_of_a_text_passes(around: str) -> None:
    texts = [around.format(phrase) for phrase in PHRASES_OF_LABELS]

    passed = might_hold_labels(texts)

    assert [texts[n] for n in range(len(texts)) if n not in set(passed)] == []


@given(phrase=st.sampled_from(PHRASES_OF_LABELS), data=st.data())
def test_a_phrase_that_two_elements_share_passes_in_one_of_them(
    phrase: str, data: st.DataObject
) -> None:
    words = phrase.split(" ")
    cut = data.draw(st.integers(0, len(words)))

    passed = might_hold_labels((" ".join(words[:cut]), " ".join([*words[cut:], "Ada Roe"])))

    assert passed


@pytest.mark.parametrize(
    "text",
    [
        "The review of all the studies found no difference between the two breads.",
        "This article of food is updates-proof and helps a certified baker.",
        "Bakers of automatic ovens help to schedule their materials.",
    ],
)
def test_prose_with_single_words_of_phrases_does_not_pass(text: str) -> None:
    assert might_hold_labels((text,)) == []


def test_a_value_glued_to_a_phrase_does_not_hide_it() -> None:
    assert might_hold_labels(("Reviewed AtAugust 29, 2022", "Updated2022-05-15")) == [0, 1]
