from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.searching.query import parse_query
from archive.searching.snippets import Highlighter, Marked, fold


def shown(query: str, text: str) -> str:
    """The whole text with [brackets] round what is marked."""
    return bracketed(Highlighter(parse_query(query).needles).mark(text))


def bracketed(marked: Marked) -> str:
    return "".join(f"[{part}]" if is_marked else part for part, is_marked in marked.parts())


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("fever", "Give [fever] medicine, [Fever]. Feverish."),
        ("fever*", "Give [fever] medicine, [Fever]. [Feverish]."),
        ('"fever medicine"', "Give [fever medicine], Fever. Feverish."),
        ("fever-medicine", "Give [fever medicine], Fever. Feverish."),
        ('medicine "fever medicine"', "Give [fever medicine], Fever. Feverish."),
        ("give -fever", "[Give] fever medicine, Fever. Feverish."),
        ("give.fever", "[Give fever] medicine, Fever. Feverish."),
        ("?!", "Give fever medicine, Fever. Feverish."),
    ],
)
def test_what_is_sought_is_marked(query: str, marked: str) -> None:
    assert shown(query, "Give fever medicine, Fever. Feverish.") == marked


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("tieu duong", "Bệnh [tiểu] [đường], [TIỂU] [ĐƯỜNG]"),
        ("tiểu đường", "Bệnh [tiểu] [đường], [TIỂU] [ĐƯỜNG]"),
        ("naive cafe", "[naïve] [café] [cafe\u0301]"),
        ("naïve", "[naive]"),
        ("beta", "[ｂｅｔａ] β"),
        ("и", "[и] й"),
        ("หวาน", "โรคเบา[หวาน]"),
        ("เบาหวาน", "โรค[เบาหวาน]เป็นโรค"),
        ("血压", "高[血压]患者"),
        ("covid疫苗", "[covid 疫苗] [covid疫苗]"),
        ("हिन्दी", "[हिन्दी] हि"),
        ("हि", "हिन्दी [हि]"),
        ("(a+b)", "[a b] [a.b] ab"),
    ],
)
def test_marks_ignore_accents_and_know_unspaced_scripts(query: str, marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")

    assert shown(query, text) == marked


def test_the_snippet_shows_the_place_with_the_most_different_words() -> None:
    far = "Water is good. " * 60
    text = f"{far}Fever, fever and fever. {far}Fever with a stiff neck is an emergency. {far}"

    snippet = Highlighter(parse_query("fever neck").needles).snippet(text)

    assert "[Fever] with a stiff [neck]" in bracketed(snippet)
    assert snippet.text.startswith("… ")
    assert snippet.text.endswith(" …")
    assert len(snippet.text) < 260


def test_without_a_sought_word_the_snippet_is_the_beginning() -> None:
    text = "First words of it. " * 50

    snippet = Highlighter(parse_query("absent").needles).snippet(text)

    assert snippet.marks == ()
    assert snippet.text.startswith("First words of it.")


def test_a_snippet_is_one_line_without_invisible_separators() -> None:
    text = "Hand\u00adwashing\n\nhelps\u200b a\tlot"

    snippet = Highlighter(parse_query("handwashing lot").needles).snippet(text)

    assert bracketed(snippet) == "[Handwashing] helps a [lot]"


def test_a_text_without_a_space_is_cut_short_too() -> None:
    for text in ("x" * 100_000, "癌" * 100_000, "癌" * 50_000 + "血压" + "癌" * 50_000):
        snippet = Highlighter(parse_query("血压").needles).snippet(text)

        assert len(snippet.text) < 300


@given(st.text(), st.text())
def test_marks_lie_in_the_text_in_order_and_parts_make_it_whole(query: str, text: str) -> None:
    marked = Highlighter(parse_query(query).needles).snippet(text)

    ends = [0, *(end for _, end in marked.marks)]
    assert all(
        before <= start < end <= len(marked.text)
        for before, (start, end) in zip(ends, marked.marks, strict=False)
    )
    assert "".join(part for part, _ in marked.parts()) == marked.text


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)
