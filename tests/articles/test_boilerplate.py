from __future__ import annotations

import pytest

from articles.boilerplate import (
    boilerplate_kind,
    is_bio_heading,
    is_related_heading,
    phrase_key,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Advertisement", "ad"),
        ("ad iconadvertisement", "ad"),
        ("Quảng cáo", "ad"),
        ("Advertisement - Continue Reading Below", "ad"),
        ("Health Screening", "consult"),
        ("Ask Doctor", "consult"),
        ("backup og meta", "debris"),
        ("Foto Penulisbadge", "debris"),
        ("»", "debris"),
        ("Was this article helpful?", "feedback"),
        ("Apakah artikel ini membantu?", "feedback"),
        ("Sign up for our weekly newsletter on heart health", "newsletter"),
        ("Get tips for healthy living straight to your inbox", "newsletter"),
        ("Share on Facebook", "share"),
        ("Learn more about Cancer here.", "related"),
        ("Baca juga: Cara menurunkan demam pada anak", "related"),
        ("READ MORE: Ten foods for winter", "related"),
        ("Lanjutkan Membaca", "continue"),
        ("3 Comments", "comment"),
        ("Photo: A. Person / Agency", "credit"),
        ("© 2022 Example Ltd.", "control"),
        ("Daftar isi", "toc"),
    ],
)
def test_whole_blocks_of_boilerplate_are_known(text: str, kind: str) -> None:
    assert boilerplate_kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Share your room with a smoker and you breathe what he breathes.",
        "Follow your doctor's advice.",
        "Read the label before you buy.",
        "More than half of all people have it once in their life.",
        "Like many others, I did not notice anything at first.",
        "Advertising to children has been limited in many countries since then.",
        "Image quality matters for the diagnosis of small tumours.",
        "To learn more about current studies, visit a register of trials.",
        "Comments of friends can hurt more than the illness itself.",
        "5 mg",
    ],
)
def test_sentences_that_only_begin_like_boilerplate_stay(text: str) -> None:
    assert boilerplate_kind(text) is None


def test_a_long_paragraph_is_never_boilerplate_by_its_words() -> None:
    assert boilerplate_kind("Sign up for our newsletter. " + "It was a long winter. " * 20) is None


@pytest.mark.parametrize(
    "text", ["Related articles", "You may also like", "Xem thêm", "More from us"]
)
def test_headings_over_other_articles_are_known(text: str) -> None:
    assert is_related_heading(text)


@pytest.mark.parametrize("text", ["Related conditions of the liver", "Recommended daily intake"])
def test_headings_of_the_article_are_not_taken_for_them(text: str) -> None:
    assert not is_related_heading(text)


def test_boxes_about_people_are_known_by_their_heading() -> None:
    assert is_bio_heading("About the Author")
    assert is_bio_heading("Tentang penulis")
    assert not is_bio_heading("About the authoritative parent")


def test_the_key_of_a_phrase_is_the_same_however_it_is_set() -> None:
    assert phrase_key(" ‹ READ  more… ") == "read more"
