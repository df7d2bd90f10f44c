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


# Neither control characters nor the letters that a double encoding begins with.
ONCE_ENCODED = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters=[chr(code) for code in range(0xC2, 0xF5)]
)


@given(st.text(alphabet=ONCE_ENCODED, min_size=8))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    body = ("ö" + text).encode()

    assert decode(body, "text/html; charset=utf-8").text == body.decode()


LEGACY = {
    "cp1250": "Gorączka spada po kilku dniach, ale kaszel może trwać dłużej "
    "i nie jest to groźne dla osób, które są zdrowe.",
    "iso8859-2": "Horečka klesne po několika dnech, ale kašel může trvat "
    "týdny a není to nebezpečné, pokud jste zdraví.",
    "cp1251": "Температура снижается за несколько дней, но кашель может остаться, и это не опасно.",
    "koi8-r": "Температура снижается за несколько дней, но кашель может остаться, и это не опасно.",
    "cp1252": "La fièvre baisse après quelques jours, mais "
    "la toux peut durer et ce n’est pas grave.",
    "cp1253": "Ο πυρετός πέφτει μετά από λίγες ημέρες, αλλά ο βήχας μπορεί να κρατήσει και μήνα.",
    "cp1254": "Ateş birkaç gün içinde düşer, ancak öksürük "
    "haftalarca sürebilir ve bu bir sorun değil.",
    "cp1256": "تنخفض الحمى في غضون أيام قليلة، ولكن السعال "
    "قد يستمر بعد ذلك، وهذا من الأمور العادية.",
    "cp874": "ไข้จะลดลงภายในไม่กี่วัน แต่อาการไออาจอยู่ได้นานหลายสัปดาห์ ซึ่งเป็นเรื่องปกติ",
    "gb18030": "发烧通常在几天内消退，但咳嗽可能会持续数周，这是正常现象，不必过度担心，请多休息。",
    "big5hkscs": "發燒通常在幾天內消退，但咳嗽可能會持續數"
    "週，這是正常現象，不必過度擔心，請多休息。",
    "cp932": "熱は数日で下がりますが、咳は数週間続くことが"
    "あり、これは正常です。十分に休んでください。",
    "euc_jp": "熱は数日で下がりますが、咳は数週間続くことが"
    "あり、これは正常です。十分に休んでください。",
    "cp949": "열은 며칠 안에 내리지만 기침은 몇 주 동안 계속될 "
    "수 있으며 이는 정상입니다. 푹 쉬세요.",
}


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "right"])
@pytest.mark.parametrize("charset", LEGACY)
def test_a_legacy_page_is_read_whatever_is_declared(charset: str, declared: str | None) -> None:
    text = LEGACY[charset]
    label = charset if declared == "right" else declared

    decoded = decode(
        f"<html><p>{text}</p>".encode(charset), label and f"text/html; charset={label}"
    )

    assert text in decoded.text


def test_vietnamese_tones_of_windows_1258_are_put_on_their_letters() -> None:
    body = "<p>b\u00ea\u0323nh ti\u00ea\u0309u d\u01b0\u01a1\u0300ng</p>".encode("cp1258")

    assert "bệnh tiểu dường" in decode(body, "text/html; charset=windows-1258").text


def test_the_meta_is_believed_where_the_header_names_the_servers_default() -> None:
    body = f'<meta charset="windows-1251"><p>{LEGACY["cp1251"]}'.encode("cp1251")

    assert decode(body, "text/html; charset=ISO-8859-1").charset == "cp1251"


@pytest.mark.parametrize("label", ["x-cp1251", "windows-1251", "CP1251"])
def test_labels_of_the_web_are_known(label: str) -> None:
    assert decode("печень".encode("cp1251"), f"text/html; charset={label}").text == "печень"


def test_a_few_windows_bytes_in_utf8_become_their_signs() -> None:
    known = "Sức khỏe của trẻ em là trên hết, người bệnh cần được nghỉ ngơi; "
    body = known.encode() + b"don\x92t worry, caf\xe9 \xa9 2024"

    decoded = decode(body, "text/html; charset=iso-8859-1")

    assert decoded.text == known + "don’t worry, café © 2024"


def test_control_characters_of_windows_signs_become_the_signs() -> None:
    assert decode("don\x92t \x96 ever".encode()).text == "don’t – ever"


def test_a_page_that_was_encoded_twice_as_a_whole_is_made_right() -> None:
    text = "bệnh tiểu đường ở trẻ, người bệnh cần được khám"
    # Five bytes have no sign in Windows-1252; programs keep them as control characters.
    twice = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in f"<p>{text}".encode())

    assert decode(twice.encode()).text == f"<p>{text}"


def test_french_before_a_quote_is_not_taken_for_a_double_encoding() -> None:
    text = "Il va\u00a0à\u00a0« Paris », à… l’été, où « ça » guérit. À\u00a0«\u00a0Nice\u00a0»."

    assert decode(text.encode()).text == text


def test_the_mark_of_utf16_before_single_bytes_is_not_believed() -> None:
    assert decode(b"\xff\xfe<p>fever and cough").text == "<p>fever and cough"


def test_the_mark_of_utf8_before_a_legacy_page_is_not_believed() -> None:
    body = b"\xef\xbb\xbf" + f'<meta charset="koi8-r"><p>{LEGACY["koi8-r"]}'.encode("koi8-r")

    assert LEGACY["koi8-r"] in decode(body).text


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Dr. Żółtek", "cp1250"),
        ("Клиника", "cp1251"),
        ("Şişli", "cp1254"),
        ("診療所", "cp932"),
        ("의원", "cp949"),
    ],
)
def test_a_declared_charset_stands_over_a_few_letters(text: str, charset: str) -> None:
    body = f'<html><meta charset="{charset}"><p>{text}, tel. 12 34'.encode(charset)

    for header in (None, "text/html", "text/html; charset=iso-8859-1", "text/html; charset=utf-8"):
        assert text in decode(body, header).text


def test_a_word_in_other_letters_is_read_without_a_declaration() -> None:
    assert "поликлиника" in decode("<p>12 34 поликлиника 2019</p>".encode("cp1251")).text


@pytest.mark.parametrize("charset", ["iso2022_jp", "iso2022_kr"])
def test_escape_sequences_tell_their_charset_undeclared(charset: str) -> None:
    text = "日本の健康" if charset == "iso2022_jp" else "건강 정보"

    assert text in decode(f"<p>{text}</p>".encode(charset)).text


def test_a_page_whose_only_broken_bytes_stand_in_its_markup_is_read() -> None:
    assert "fever" in decode(b"<p title='\xe9'>fever and cough</p>").text
