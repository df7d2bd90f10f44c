from __future__ import annotations

import pytest

from articles.document import parse_document
from articles.language import detect_language, normalise_language
from articles.page import Page

SAMPLES = {
    "en": "The fever goes down after a few days, but the cough may stay for weeks and that "
    "is normal.",
    "de": "Das Fieber sinkt nach einigen Tagen, aber der Husten kann wochenlang bleiben und "
    "ist normal.",
    "fr": "La fièvre baisse après quelques jours, mais la toux peut durer et ce n’est pas "
    "une maladie "
    "qui dure dans la plupart des cas pour vous.",
    "es": "La fiebre baja después de unos días, pero la tos puede durar más y no es una enfermedad "
    "que se cure con antibióticos para el resfriado.",
    "id": "Demam akan turun dalam beberapa hari, tetapi batuk bisa bertahan dan ini tidak "
    "berbahaya "
    "untuk anak yang sehat karena tubuh dapat melawan.",
    "vi": "Sốt sẽ giảm trong một vài ngày, nhưng ho có thể kéo dài và không nguy hiểm với "
    "những người "
    "khỏe khi được nghỉ ngơi.",
    "fil": "Bumababa ang lagnat sa loob ng ilang araw, ngunit ang ubo ay hindi agad nawawala "
    "at ito ay "
    "karaniwan sa mga bata kung may sipon.",
    "pl": "Gorączka spada po kilku dniach, ale kaszel może trwać i nie jest to groźne dla "
    "osób, które "
    "są zdrowe, oraz do tego się nie liczy.",
    "ru": "Температура снижается за несколько дней, но кашель может остаться, и это не опасно для "
    "тех, кто здоров, если при этом нет одышки, так как это бывает.",
    "th": "ไข้จะลดลงภายในไม่กี่วัน แต่อาการไออาจอยู่ได้นานหลายสัปดาห์ ซึ่งเป็นเรื่องปกติ",
    "zh": "發燒通常在幾天內消退，但咳嗽可能會持續數週，這是正常現象，不必過度擔心，"
    "請多休息多喝水。",
    "ja": "熱は数日で下がりますが、咳は数週間続くことがあり、これは正常です。"
    "十分に休んでください。",
    "ko": "열은 며칠 안에 내리지만 기침은 몇 주 동안 계속될 수 있으며 이는 정상입니다. 푹 쉬세요.",
    "ar": "تنخفض الحمى في غضون أيام قليلة، ولكن السعال قد يستمر لأسابيع بعد ذلك، وهذا من "
    "الأمور التي "
    "لا تدعو إلى القلق أو الخوف عن أي مرض.",
    "el": "Ο πυρετός πέφτει μετά από λίγες ημέρες, αλλά ο βήχας μπορεί να κρατήσει εβδομάδες.",
}


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_running_text_tells_its_language(language: str) -> None:
    assert detect_language(SAMPLES[language] * 3) == language


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en_US", "en-US"),
        ("EN-gb", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("in", "id"),
        ("es-419", "es-419"),
        ("en-US,en;q=0.9", "en-US"),
        ("English", None),
        ("und", None),
        ("", None),
    ],
)
def test_language_tags_have_one_spelling(tag: str, expected: str | None) -> None:
    assert normalise_language(tag) == expected


def language_of(html: str) -> str | None:
    return parse_document(Page(url="", body=html.encode())).language


def test_a_declared_language_stands_with_its_region() -> None:
    assert language_of(f'<html lang="en-PH"><p>{SAMPLES["en"] * 3}') == "en-PH"


def test_a_declaration_in_another_script_is_overruled() -> None:
    assert language_of(f'<html lang="en"><p>{SAMPLES["th"] * 8}') == "th"


def test_a_declaration_that_the_words_deny_is_overruled() -> None:
    assert language_of(f'<html lang="en"><p>{SAMPLES["pl"] * 6}') == "pl"


def test_a_near_language_is_not_overruled_by_a_count() -> None:
    assert language_of(f'<html lang="ms"><p>{SAMPLES["id"] * 6}') == "ms"


def test_metas_count_where_html_lang_is_missing() -> None:
    assert language_of('<meta property="og:locale" content="vi_VN"><p>12 345</p>') == "vi-VN"


def test_nothing_tells_and_nothing_is_said() -> None:
    assert language_of("<p>12 345</p>") is None
