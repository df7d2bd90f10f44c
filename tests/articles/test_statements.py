from __future__ import annotations

import pytest

from articles.extract import extract
from articles.page import Page
from articles.profile import SiteProfile
from articles.statements import statement_kind


@pytest.mark.parametrize(
    "text",
    [
        "Hello Health Group does not provide medical advice, diagnosis or treatment.",
        "This content is not intended to be a substitute for professional medical advice.",
        "For informational purposes only. Consult a local medical professional for advice.",
        "Hello Sehat tidak menyediakan saran medis, diagnosis, atau perawatan.",
        "Các bài viết chỉ có tính chất tham khảo, không thay thế cho việc chẩn đoán y khoa.",
        "本網站不提供醫療建議、診斷或治療，內容僅供參考。",
        "Este contenido no sustituye la consulta médica con un profesional.",
        "Diese Seite ersetzt nicht die Beratung durch einen Arzt und keine Diagnose.",
        "Les informations ne remplacent pas une consultation médicale.",
        "Example Salud no ofrece consejo médico, diagnóstico ni tratamiento.",
        "O Example Saúde não fornece aconselhamento médico, diagnóstico ou tratamento.",
        "Example Santé ne fournit pas de conseils médicaux, de diagnostics ou de traitements.",
        "Example Salute non fornisce consigli medici, diagnosi o trattamenti.",
        "Example Gesund bietet keine medizinische Beratung, Diagnose oder Behandlung.",
        "Example Gezond geeft geen medisch advies, diagnose of behandeling.",
        "Example Zdrowie nie udziela porad medycznych ani nie stawia diagnoz.",
        "Наш сайт не предоставляет медицинских консультаций, диагностики и лечения.",
        "Example Sağlık tıbbi tavsiye, teşhis veya tedavi sağlamaz.",
        "Example không đưa ra các lời khuyên, chẩn đoán hay điều trị y khoa.",
        "Example ไม่ให้คำแนะนำทางการแพทย์ การวินิจฉัย หรือการรักษา",
        "本网站的全部内容均不构成医疗建议。",
    ],
)
def test_disclaimers_are_known_in_many_languages(text: str) -> None:
    assert statement_kind(text) == "disclaimer"


@pytest.mark.parametrize(
    "text",
    [
        "Example Clinic is a non-profit center. Advertising on our site helps support our mission.",
        "This page contains affiliate links. We may earn a commission when you buy.",
    ],
)
def test_disclosures_are_known(text: str) -> None:
    assert statement_kind(text) == "disclosure"


@pytest.mark.parametrize(
    "text",
    [
        "The doctor gave me advice and a diagnosis on the same day.",
        "Honey is a good substitute for sugar in tea.",
        "Medical treatment does not always help against this illness.",
        "short advice",
        "La mamografía no ofrece un diagnóstico definitivo en mujeres jóvenes.",
        "Burnout ist keine medizinische Diagnose, sondern ein Zustand der Erschöpfung.",
        "Le test ne donne pas de diagnostic de la maladie avant dix jours.",
    ],
)
def test_sentences_of_the_author_are_no_statements(text: str) -> None:
    assert statement_kind(text) is None


def test_a_long_block_is_never_a_statement() -> None:
    assert statement_kind("This is not medical advice. " + "And then we walked on. " * 60) is None


def test_statements_leave_the_text_and_stand_once_in_the_record() -> None:
    said = "Our group does not provide medical advice, diagnosis or treatment."
    text = "The kidney cleans the blood of everything that the body has no use for any more. " * 3
    html = f"<main><h1>Kidney</h1><p>{text}</p><p>{said}</p></main><footer><p>© 2020. "
    f"{said}</p></footer>"

    article = extract(Page(url="https://x.example/kidney", body=html.encode()))

    assert article.disclaimers == (said,)
    assert said not in article.text


def test_the_disclaimer_of_a_profile_is_read_where_its_words_are_unknown() -> None:
    text = "The kidney cleans the blood of everything that the body has no use for any more. " * 3
    html = f"<main><p>{text}</p></main><div class=note>Ask first.</div>"
    profile = SiteProfile(site="x", disclaimer=(".note",))

    article = extract(Page(url="https://x.example/kidney", body=html.encode()), profile)

    assert article.disclaimers == ("Ask first.",)


def test_a_disclaimer_under_its_own_heading_is_one_whatever_it_says() -> None:
    text = "The kidney cleans the blood of everything that the body has no use for any more. " * 3
    said = "Our archive is open to all readers. Please note the date of each of its pages."
    html = f"<main><h1>Kidney</h1><p>{text}</p><p>Disclaimer:</p><p>{said}</p></main>"

    article = extract(Page(url="https://x.example/kidney", body=html.encode()))

    assert article.disclaimers == (said,)
    assert article.text == text.strip()
