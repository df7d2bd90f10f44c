"""Words of bylines: labels put together from parts, denials, professions, prose behind a label."""

from __future__ import annotations

from typing import Any

import pytest

from articles.bylines.label_stems import might_hold_label, might_hold_labels
from articles.bylines.names import parse_people
from articles.bylines.phrases import find_labels

COMPOSED = [
    ("en", "This article has been medically reviewed by", "medical_reviewer", "Ada Roe, MD"),
    ("en", "Medically fact-checked by", "fact_checker", "Ada Roe, MD"),
    ("en", "Verified by", "reviewer", "Ada Roe, MD"),
    ("en", "Validated by", "reviewer", "Ada Roe, MD"),
    ("en", "Nutritionally reviewed by", "reviewer", "Ada Roe, RD"),
    ("en", "Reviewed medically by", "medical_reviewer", "Ada Roe, MD"),
    ("en", "Updated and reviewed by", "reviewer", "Ada Roe, MD"),
    ("en", "Our content was clinically checked and approved by", "medical_reviewer", "Ada Roe, MD"),
    ("de", "Dieser Text wurde ärztlich überprüft und freigegeben von", "medical_reviewer",
     "Dr. Ada Roe"),
    ("fr", "Contenu médicalement vérifié par", "medical_reviewer", "le Dr Ada Roe"),
    ("es", "Artículo revisado y validado médicamente por", "medical_reviewer", "Dra. Ada Roe"),
    ("pt", "Conteúdo revisado e aprovado por", "reviewer", "Dra. Ada Roe"),
    ("it", "Testo verificato e approvato dal", "reviewer", "Dott. Ada Roe"),
    ("nl", "Deze tekst is medisch nagekeken en goedgekeurd door", "medical_reviewer",
     "huisarts Ada Roe"),
    ("pl", "Artykuł został zweryfikowany pod względem medycznym przez", "medical_reviewer",
     "lek. Ada Roe"),
    ("ru", "Материал проверен врачом", "medical_reviewer", "Анна Петрова"),
    ("ca", "Contingut revisat i validat per", "reviewer", "Dra. Ada Roe"),
    ("ro", "Articol verificat și aprobat medical de", "medical_reviewer", "Dr. Ada Roe"),
    ("id", "Artikel ini telah diverifikasi secara medis oleh", "medical_reviewer", "dr. Ada Roe"),
    ("vi", "Bài viết đã được phê duyệt chuyên môn bởi", "reviewer", "BS. Trần Thị Mai"),
    ("el", "Το άρθρο εγκρίθηκε επιστημονικά από", "reviewer", "Δρ. Μαρία Παπαδοπούλου"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "label", "role", "name"), COMPOSED)
def test_a_label_put_together_from_parts_gives_its_role(
    language: str, label: str, role: str, name: str, read_page: Any
) -> None:
    record = read_page(f"<p>{label} {name}</p>", language=language)

    assert [c.role for c in record.contributors] == [role]
    assert record.contributors[0].name in name


@pytest.mark.parametrize(("language", "label", "role", "name"), COMPOSED)
def test_the_cheap_test_passes_labels_put_together(
    language: str, label: str, role: str, name: str
) -> None:
    verb, by = label.rsplit(" ", 1)

    assert might_hold_label(f"{label} {name}")
    assert might_hold_labels((verb, f"{by} {name}")) or language == "pl"


@pytest.mark.parametrize(
    "line",
    [
        "Verified by Visa",
        "Her work has been reviewed by Ada Roe, MD.",
        "Reviewed by Ada Roe, MD, the study shows that bread keeps and people like it a lot.",
        "Comments are approved by Ada Roe before they are shown to anybody.",
        "Reviewed by: Physicians",
        "Geprüft von: einem Arzt",
        "Translated by Google",
        "Edited by Microsoft Word",
    ],
)
def test_words_that_name_nobody_give_no_person(line: str, read_page: Any) -> None:
    record = read_page(f"<p>{line}</p>", foot=f"<p>{line}</p>")

    assert record.contributors == ()


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ko", "의사 감수 제품을 판매합니다."),
        ("ko", "이것은 감수"),
        ("ja", "医師監修サプリメントを販売しています。"),
        ("zh-Hant", "本研究由王小明撰寫，並審閱多篇文獻。"),
        ("hi", "यह लेख डॉ. राम शर्मा द्वारा लिखित है और बहुत पढ़ा गया।"),
        ("mr", "हा लेख द्वारा लिखित आहे"),
    ],
)
def test_a_name_first_label_in_prose_names_nobody(language: str, line: str, read_page: Any) -> None:
    record = read_page(f"<p>{line}</p>", foot=f"<p>{line}</p>", language=language)

    assert record.contributors == ()


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("ko", "홍길동 전문의 의학 감수를 받았습니다.", "홍길동"),
        ("ja", "この記事は山田太郎医師が監修しました。", "山田太郎"),
        ("ja", "監修者：山田太郎（やまだ たろう）先生", "山田太郎"),
        ("zh-Hans", "本文经 王小明 主任医师 审核", "王小明"),
        ("hi", "यह लेख डॉ. राम शर्मा द्वारा समीक्षित है।", "राम शर्मा"),
    ],
)
def test_the_verb_may_end_the_sentence_of_a_name_first_label(
    language: str, line: str, name: str, read_page: Any
) -> None:
    record = read_page(f"<p>{line}</p>", language=language)

    assert [c.name for c in record.contributors] == [name]


def test_the_first_words_of_a_paragraph_below_an_empty_label_are_no_name(read_page: Any) -> None:
    record = read_page(
        "<div>Medically reviewed by</div>"
        "<p>Rye, a hardy grass, grows in the cold and keeps for a week in a dry place.</p>"
    )

    assert record.contributors == ()


@pytest.mark.parametrize(
    "line",
    [
        "These supplements have not been reviewed by the FDA.",
        "The two breads were not reviewed in any of the trials that we know of.",
        "There is no medical review of rye that would show this.",
    ],
)
def test_a_denial_of_something_else_does_not_deny_the_pages_review(
    line: str, read_page: Any
) -> None:
    record = read_page("<p>Medically reviewed</p>", foot=f"<p>{line}</p>")

    assert record.review.status == "claim_only"


@pytest.mark.parametrize(
    "line",
    [
        "Not yet reviewed",
        "This page has not yet been reviewed by a medical professional",
        "Medical review: pending",
        "Pending medical review",
        "Reviewed by: not yet",
    ],
)
def test_what_is_still_to_be_reviewed_is_negated_and_no_claim(line: str, read_page: Any) -> None:
    record = read_page(f"<p>{line}</p>")

    assert record.review.status == "negated"


@pytest.mark.parametrize(
    ("text", "name", "specialty"),
    [
        ("huisarts Sanne van den Berg", "Sanne van den Berg", "huisarts"),
        ("the dermatologist Dr. Ada Roe", "Ada Roe", "dermatologist"),
        ("our expert Ada Roe, MD", "Ada Roe", "expert"),
        ("dermatologue Hélène Lefèvre", "Hélène Lefèvre", "dermatologue"),
        ("Fachärztin Anke Groß", "Anke Groß", "Fachärztin"),
        ("терапевт Анна Петрова", "Анна Петрова", "терапевт"),
        ("Shifokor Aziza Karimova", "Aziza Karimova", "Shifokor"),
    ],
)
def test_a_noun_of_profession_before_a_name_is_its_specialty(
    text: str, name: str, specialty: str
) -> None:
    (person,) = parse_people(text)

    assert (person.name, person.specialty) == (name, specialty)


NO_NAMES = (
    "의사 医師 醫師 医生 แพทย์ डॉक्टर طبيب پزشک врачом médecin lekarz ιατρός គ្រូពេទ្យ ဆရာဝန် 다르며 है"
)


@pytest.mark.parametrize("text", NO_NAMES.split())
def test_professions_and_words_of_sentences_are_no_names(text: str) -> None:
    assert parse_people(text) == ()


@pytest.mark.parametrize(
    ("text", "prefix", "name", "credentials"),
    [
        ("Ada “Addie” Roe, MD", None, "Ada “Addie” Roe", ("MD",)),
        ("Prof Ada Roe AM", "Prof", "Ada Roe", ("AM",)),
        ("Dr Ada Roe OBE", "Dr", "Ada Roe", ("OBE",)),
        ("le Dr Hélène Lefèvre", "Dr", "Hélène Lefèvre", ()),
        ("la Dra. Inés Núñez", "Dra.", "Inés Núñez", ()),
        ("Thạc sĩ - Bác sĩ CKI Nguyễn Văn An", "Thạc sĩ Bác sĩ CKI", "Nguyễn Văn An", ()),
        ("Roe, Ada, MD", None, "Ada Roe", ("MD",)),
        ("Tim Rye, MD", None, "Tim Rye", ("MD",)),
    ],
)
def test_nicknames_honours_and_titles_keep_their_places(
    text: str, prefix: str | None, name: str, credentials: tuple[str, ...]
) -> None:
    (person,) = parse_people(text)

    assert (person.prefix, person.name, person.credentials) == (prefix, name, credentials)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Ada Roe at Rye Bakery"), ("en", "Ada Roe, MD / PhD"), ("en", "Ada Roe va Bo Penn")],
)
def test_a_joining_word_of_another_language_parts_nobody(language: str, text: str) -> None:
    assert len(parse_people(text, language=language)) <= 1


def test_a_list_of_reviewers_on_lines_of_their_own_keeps_both(read_page: Any) -> None:
    record = read_page(
        foot="<div>Medical Review: <div>Ada Roe MD - Family Medicine</div>"
        "<div>Bo Penn MD - Internal Medicine</div></div>"
    )

    assert [c.name for c in record.contributors] == ["Ada Roe", "Bo Penn"]


def test_the_sites_own_name_as_reviewer_is_an_organisation(read_page: Any) -> None:
    html = (
        "<!doctype html><html lang='en'><head><title>Bread</title>"
        "<meta property='og:site_name' content='HealthHub'></head><body><main><article>"
        "<h1>Bread</h1><p>Medically reviewed by HealthHub</p></article></main></body></html>"
    )

    record = read_page(html=html)

    assert [(c.name, c.kind) for c in record.contributors] == [("HealthHub", "org")]
    assert record.review.status == "organisation_only"


def test_a_longer_trap_of_the_tables_beats_a_label_put_together() -> None:
    (label, *_) = find_labels("Your comment will be reviewed by the moderator")

    assert label.kinds == ("trap",)
