from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.decoding import decode


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        ("\ufeffBisa".encode(), None, "Bisa"),
        ("gesund für alle".encode("utf-16"), None, "gesund für alle"),
        ("日本の健康".encode("shift_jis"), "text/html; charset=Shift_JIS", "日本の健康"),
        ("здоровье".encode("cp1251"), 'text/html; charset="windows-1251"', "здоровье"),
        ("santé".encode("latin-1"), "text/html; charset=utf-8", "santé"),
        ("健康教育".encode("gbk"), "text/html; charset=gb2312", "健康教育"),
        ("สุขภาพ".encode("tis-620"), "text/html; charset=TIS-620", "สุขภาพ"),
        ("日本の健康".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "日本の健康"),
        ("sức khỏe".encode(), "text/html; charset=iso-8859-1", "sức khỏe"),
    ],
    ids=["bom", "utf-16", "sjis", "cp1251", "wrong utf-8", "gbk", "thai", "escapes", "wrong latin"],
)
def test_the_characters_are_those_that_the_bytes_can_be(
    body: bytes, content_type: str | None, expected: str
) -> None:
    assert decode(body, content_type).text == expected


def test_a_meta_charset_counts_where_the_header_is_silent() -> None:
    body = '<meta charset="windows-1251"><p>печень'.encode("cp1251")

    decoded = decode(body, "text/html")

    assert decoded.text.endswith("печень")
    assert decoded.charset == "cp1251"


def test_utf16_without_a_mark_is_seen_by_its_zeros() -> None:
    assert decode("<html><body>plain".encode("utf-16-le")).text == "<html><body>plain"


def test_a_page_cut_within_a_character_stays_utf8() -> None:
    decoded = decode("<p>bệnh tiểu đường</p><p>ế".encode()[:-1])

    assert "bệnh tiểu đường" in decoded.text
    assert decoded.charset == "utf-8"


@pytest.mark.parametrize("label", ["hex", "rot13", "nonsense", "utf-7", "idna", "undefined"])
def test_a_label_that_is_no_charset_of_text_is_passed_over(label: str) -> None:
    assert "caf" in decode(b"caf\xe9", f"text/html; charset={label}").text


def test_text_that_was_encoded_twice_is_made_right() -> None:
    twice = "can’t stop — really".encode().decode("cp1252").encode()

    assert decode(twice).text == "can’t stop — really"


def test_letters_that_only_look_like_a_double_encoding_stay() -> None:
    assert decode("bâtir, Âge, gâteau".encode()).text == "bâtir, Âge, gâteau"


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=40)))
def test_no_bytes_and_no_header_make_it_raise(body: bytes, content_type: str | None) -> None:
    decoded = decode(body, content_type)

    assert isinstance(decoded.text, str)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=8))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    body = ("é" + text.replace("\x00", "").replace("\xe2", "").replace("\xc2", "")).encode()

    assert decode(body, "text/html; charset=utf-8").text == body.decode()
