from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.searching.analyser import (
    CHARACTERS,
    PIECE_BREAK,
    PLAIN,
    WORD_BREAK,
    best_analyser,
    is_telling,
    normalise,
    pieces_of,
)

ALPHABET = st.characters(
    codec="utf-8",
    categories=("L", "N", "M", "P", "Zs", "Cf"),
)


def test_text_of_a_script_with_spaces_stays_as_it_is() -> None:
    for text in ("Type 2 diabetes.", "Bệnh tiểu đường là bệnh mạn tính", "Ρεύμα, артрит"):
        assert best_analyser().analyse(text) == text


def test_thai_is_parted_into_words_and_the_words_into_pieces() -> None:
    analysed = best_analyser().analyse("โรคเบาหวาน 12")

    words = analysed.strip(WORD_BREAK).split(WORD_BREAK)
    assert [word.replace(PIECE_BREAK, "") for word in words] == ["โรค", "เบา", "หวาน", " 12"]
    assert words[2].split(PIECE_BREAK) == ["ห", "วา", "น"]


@pytest.mark.parametrize(
    ("run", "pieces"),
    [
        pytest.param("血压", ["血", "压"], id="Han"),
        pytest.param("เป็นไต", ["เป็", "น", "ไต"], id="Thai"),
        pytest.param("ເບົາຫວານ", ["ເບົາ", "ຫ", "ວາ", "ນ"], id="Lao"),
        pytest.param("សុដន់", ["សុ", "ដ", "ន់"], id="Khmer"),
        pytest.param("ស្ត្រី", ["ស្ត្រី"], id="Khmer stacked consonants"),
        pytest.param("ရင်သား", ["ရ", "င်", "သား"], id="Burmese"),
        pytest.param("がん", ["が", "ん"], id="kana"),
    ],
)
def test_a_piece_is_a_consonant_with_all_that_stands_on_it(run: str, pieces: list[str]) -> None:
    assert pieces_of(run) == pieces


def test_another_script_in_the_same_word_is_parted_from_it() -> None:
    assert CHARACTERS.analyse("covid疫苗b12") == WORD_BREAK.join(("covid", "疫", "苗", "b12"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("dia\u00adbetes", "diabetes", id="soft hyphen"),
        pytest.param("ＣＯＶＩＤ－１９", "COVID-19", id="full width"),
        pytest.param("ﬁbrosis", "fibrosis", id="ligature"),
        pytest.param("ｶﾞﾝ", "ガン", id="half width kana"),
        pytest.param(unicodedata.normalize("NFD", "tiểu"), "tiểu", id="decomposed"),
        pytest.param("น้\u0e4d\u0e32", "น้ำ", id="Thai vowel typed as two"),
    ],
)
def test_two_spellings_of_one_word_become_one(typed: str, kept: str) -> None:
    assert normalise(typed) == normalise(kept)


@given(st.text(ALPHABET))
def test_analysing_adds_nothing_but_separators(text: str) -> None:
    analysed = best_analyser().analyse(text)

    strip = str.maketrans("", "", WORD_BREAK + PIECE_BREAK)
    assert analysed.translate(strip) == (
        text if text.isascii() else normalise(text).translate(strip)
    )


@given(
    st.text(st.sampled_from("กขฃเแโไาะำัิ่้ก์血压がンកខ្ត្រំာင်ရသ"), min_size=1),
    st.text(st.sampled_from("กขมาะ血ンកာင်ရ"), max_size=4),
)
def test_the_pieces_of_a_run_lose_no_character(run: str, rest: str) -> None:
    assert "".join(pieces_of(run + rest)) == run + rest


def test_a_short_thai_word_is_not_looked_for_in_pieces_but_a_single_han_character_is() -> None:
    assert not is_telling("ตา")
    assert is_telling("เบาหวาน")
    assert is_telling("癌")


def test_without_icu_every_piece_counts_as_a_word_and_the_name_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "icu4py", None)

    analyser = best_analyser.__wrapped__()

    assert analyser.name == "characters/1"
    assert analyser.analyse("血压").strip(WORD_BREAK) == f"血{WORD_BREAK}压"


def test_the_name_stored_with_an_article_changes_only_where_the_analyser_matters() -> None:
    analyser = best_analyser()

    assert analyser.name.startswith("icu-")
    assert analyser.name_for("Diabetes", "tiểu đường") == PLAIN
    assert analyser.name_for("Diabetes", "糖尿病") == analyser.name
