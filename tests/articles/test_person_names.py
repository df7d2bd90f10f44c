from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.person_names import name_key, name_letters, written_out_keys


@pytest.mark.parametrize(
    "spellings",
    [
        ("Jane Roe", "JANE ROE", "Jane  Roe", "Dr. Jane Roe", "Jane Roe, MD", "Jane Roe, MD, PhD"),
        ("Jane Roe", "Roe, Jane", "Dr. Roe, Jane", "Roe, Jane, MD", "Jane Roe (MD)"),
        ("Jane R. Roe", "Roe, Jane R.", "Jane R Roe, RN"),
        ("J. R. O'Neil", "J.R. O’NEIL", "J R Oneil"),
        ("Ana de la Cruz", "de la Cruz, Ana"),
        ("Jean-Paul Roe", "Jean Paul Roe"),
        ("John Roe Jr.", "John Roe, Jr."),
        ("Nguyễn Đức Anh", "NGUYEN DUC ANH", "BS. Nguyễn Đức Anh"),
        ("Łukasz Żak", "Lukasz Zak"),
        ("Bo Sørensen", "Bo Sorensen"),
        ("Işık Öz", "Isik Oz", "IŞIK ÖZ"),
        ("Jörg Strauß", "Jorg Strauss", "Prof. Dr. med. Jörg Strauß"),
        ("Æsa Þór", "Aesa Thor"),
        ("王小明", "王 小明", "王小明 醫師"),
        ("王伟", "王 伟"),
        ("山田太郎", "山田 太郎", "山田\u3000太郎"),
        ("홍길동", "홍 길동", "홍길동 의사"),
        ("أحمد علي", "احمد علي", "احمد على", "أَحْمَد علي", "أحـمد علي"),
        ("علی کریمی", "علي كريمي", "دکتر علی کریمی"),
        ("عبد الله خان", "عبدالله خان"),
        ("Иван Петров", "д-р Иван Петров"),
        ("สมชาย ใจดี", "นพ. สมชาย ใจดี"),
    ],
    ids=lambda spellings: spellings[0],
)
def test_all_spellings_of_a_name_share_a_key(spellings: tuple[str, ...]) -> None:
    assert {name_key(spelling) for spelling in spellings} == {name_key(spellings[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("สมชาย", "สมชีย"),
        ("Anh Do", "Anh Le"),
        ("ANH DO", "ANH LE"),
        ("YO YO MA", "YO YO DO"),
        ("Jane Roe", "Jane R. Roe"),
        ("Jane Roe and Bo Penn", "Jane Roe"),
        ("John Roe Jr.", "John Roe"),
        ("Jörg Müller", "Jörg Mueller"),
        ("?", "!"),
    ],
)
def test_two_names_have_two_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_an_umlaut_may_be_written_out() -> None:
    assert written_out_keys("Jörg Müller") == (name_key("Joerg Mueller"),)
    assert written_out_keys("Jorg Muller") == ()


def test_an_organisation_is_never_a_person() -> None:
    assert name_key("Mayo", kind="org") == name_key("MAYO", kind="team") != name_key("Mayo")


def test_a_name_is_found_by_its_letters_in_a_longer_text() -> None:
    assert name_letters("José Núñez-Peña") in name_letters("By Jose  Nunez Pena, MD")


@given(st.text(max_size=60))
def test_a_key_is_no_longer_text_than_a_folded_name_and_is_made_of_any_text(name: str) -> None:
    assert len(name_key(name)) <= 18 * max(len(name), 1)
    assert name_key(name) == name_key(name)


@given(st.from_regex(r"[A-Z][a-z]{2,8} [A-Z][a-z]{2,8}", fullmatch=True))
def test_the_key_of_a_key_is_that_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
