from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.words import compare_words, words_of


def test_words_of_scripts_without_spaces_are_compared_one_by_one() -> None:
    spans = compare_words("每天三次服用", "每天两次服用")

    assert [(span.kind, span.text) for span in spans] == [
        ("kept", "每天"),
        ("removed", "三"),
        ("added", "两"),
        ("kept", "次服用"),
    ]


def test_a_thai_letter_keeps_its_marks() -> None:
    assert words_of("กี่") == ("กี่",)


@given(old=st.text(max_size=60), new=st.text(max_size=60))
def test_spans_make_up_both_texts(old: str, new: str) -> None:
    spans = compare_words(old, new)

    kept_and_added = "".join(span.text for span in spans if span.kind != "removed")
    kept_and_removed = "".join(span.text for span in spans if span.kind != "added")
    assert "".join(kept_and_added.split()) == "".join(new.split())
    assert "".join(kept_and_removed.split()) == "".join(old.split())
