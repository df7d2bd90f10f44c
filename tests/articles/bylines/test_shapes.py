"""Shapes in which publishers print their bylines; people and sentences are made up."""

# ruff: noqa: E501 (pages in one piece: a row stays a line)

from __future__ import annotations

from typing import Any

import pytest

# name, language, header, foot, people {(role, name)}, dates {kind: value}
SHAPES: list[tuple[str, str, str, str, set[tuple[str, str]], dict[str, str]]] = [
    (
        "reviewer, author and date in one line of links",
        "en",
        "<section><span><a>Medically reviewed</a> by <a href='/r/1'>Ada Roe, RDN, CDCES, LD</a></span>"
        " — <span>Written by <a href='/w/2'>Bo Penn, MS, RD</a></span> — <span>Updated on March 7, 2025"
        "</span></section>",
        "",
        {("medical_reviewer", "Ada Roe"), ("author", "Bo Penn")},
        {"modified": "2025-03-07"},
    ),
    (
        "by and medically reviewed by on lines of their own",
        "en",
        "<div>By <a>Bo Penn</a></div><div>Updated on May 15, 2022</div>"
        "<div><span>Medically reviewed by</span> <a>Ada Roe, MD</a></div>"
        "<div>Fact checked by <a>Cy Fox</a></div>",
        "",
        {("author", "Bo Penn"), ("medical_reviewer", "Ada Roe"), ("fact_checker", "Cy Fox")},
        {"modified": "2022-05-15"},
    ),
    (
        "medical author and medical editor",
        "en",
        "<ul><li>Medical Author: Ada Roe, MD</li><li>Medical Editor: Bo Penn, MD, FACP</li></ul>"
        "<p>Medically Reviewed on 5/15/2022</p>",
        "",
        {("author", "Ada Roe"), ("medical_reviewer", "Bo Penn")},
        {"reviewed": "2022-05-15"},
    ),
    (
        "peer review with three dates",
        "en",
        "<div>Peer reviewed by <a>Dr Ada Roe, MRCGP</a></div><div>Authored by <a>Dr Bo Penn</a></div>"
        "<div>Last updated 12 Jan 2026</div>",
        "<div class='article-history'><ul><li>Next review due: 11 Jan 2029</li>"
        "<li>12 Jan 2026 | Latest version</li></ul></div>",
        {("peer_reviewer", "Ada Roe"), ("author", "Bo Penn")},
        {"modified": "2026-01-12", "next_review_due": "2029-01-11"},
    ),
    (
        "a page review without a person",
        "en-GB",
        "",
        "<div class='review-date'><p>Page last reviewed: <time>29 July 2022</time><br>"
        "Next review due: <time>29 July 2025</time></p></div>",
        set(),
        {"reviewed": "2022-07-29", "next_review_due": "2025-07-29"},
    ),
    (
        "month precision",
        "en",
        "",
        "<p>Last Reviewed April 2017</p>",
        set(),
        {"reviewed": "2017-04"},
    ),
    (
        "label and date without a space",
        "en",
        "<div>Published At<span>February 24, 2022</span></div>"
        "<div>Reviewed At<span>August 29, 2022</span></div>",
        "",
        set(),
        {"published": "2022-02-24", "reviewed": "2022-08-29"},
    ),
    (
        "date in capitals beside its label",
        "en",
        "<div><span>DECEMBER 22, 2022</span><span>Updated: JANUARY 02, 2024</span></div>",
        "",
        set(),
        {"published": "2022-12-22", "modified": "2024-01-02"},
    ),
    (
        "date split over two elements",
        "en",
        "<div class='post-date'><span>Apr 6</span> <span>2020</span></div>",
        "",
        set(),
        {"published": "2020-04-06"},
    ),
    (
        "dateline of a news agency",
        "en",
        "<div>By Bo Penn, MA</div><div>Reviewed by Ada Roe, MD</div>"
        "<p>Feb. 23, 2015 -- Rye bread keeps for a week, bakers in three towns say, and they add that"
        " it also freezes well when it is wrapped in paper.</p>",
        "",
        {("author", "Bo Penn"), ("reviewer", "Ada Roe")},
        {"published": "2015-02-23"},
    ),
    (
        "thanks for a review, one person a paragraph",
        "en",
        "",
        "<div><p>The Office of Bread is grateful for the medical review by:</p><ul>"
        "<li><strong>Ada Roe, M.D., Ph.D.</strong>, Medical Officer, Division of Rye, Wheat, and Oats</li>"
        "<li>Bo Penn Jr., M.P.H., MT (ASCP), Professor, School of Baking, St. Louis, Missouri</li>"
        "<li>National Grain, Flour, and Yeast Institute (NGFYI) staff</li></ul></div>",
        {
            ("medical_reviewer", "Ada Roe"),
            ("medical_reviewer", "Bo Penn Jr."),
            ("medical_reviewer", "National Grain, Flour, and Yeast Institute (NGFYI) staff"),
        },
        {},
    ),
    (
        "four reviewers in one sentence",
        "en",
        "",
        "<div><h2>Review Date 7/23/2024</h2><p>Updated by: Ada Roe, MD, Clinical Professor, Department"
        " of Bread, Rye Medicine, Seattle, WA. Also reviewed by Bo Penn, MD, Medical Director,"
        " Cy Fox, Editorial Director, and the A.B.C. Editorial team.</p></div>",
        {
            ("medical_reviewer", "Ada Roe"),
            ("medical_reviewer", "Bo Penn"),
            ("medical_reviewer", "Cy Fox"),
            ("medical_reviewer", "A.B.C. Editorial team"),
        },
        {"reviewed": "2024-07-23"},
    ),
    (
        "two blocks, each with its own label, at the foot",
        "en",
        "",
        "<section><h2>Article written by:</h2><h3>Ada Roe, MD, FOMA</h3></section>"
        "<section><h2>Article reviewed by:</h2><h3>Bo Penn MD, DABOM</h3><p>A family doctor.</p></section>"
        "<section><h2>Article reviewed by:</h2><h3>Cy Fox, MD</h3></section>",
        {("author", "Ada Roe"), ("medical_reviewer", "Bo Penn"), ("medical_reviewer", "Cy Fox")},
        {},
    ),
    (
        "byline as a sentence",
        "en",
        "<p>This post was written by Ada Roe, MD, gastroenterologist, Rye Health.</p>",
        "",
        {("author", "Ada Roe")},
        {},
    ),
    (
        "authors parted by semicolons",
        "en",
        "<div class='subtitle'>Ada Roe, VMD, DACVB; Bo Penn, BA, LVT, VTS (Behavior)</div>",
        "",
        {("author", "Ada Roe"), ("author", "Bo Penn")},
        {},
    ),
    (
        "posted on a day by somebody",
        "en-IE",
        "<p>[Posted: Thu 12/01/2012 by Ada Roe <a>www.bread.example</a>]</p>",
        "",
        {("author", "Ada Roe")},
        {"published": "2012-01-12"},
    ),
    (
        "hello health group, Indonesian",
        "id",
        "<div>Ditinjau secara medis oleh <a>dr. Sari Dewi</a> · General Practitioner · Klinik Roti</div>"
        "<div>Ditulis oleh <a>Rina Wulan</a> · Tgl. diperbarui 15/05/2022</div>",
        "",
        {("medical_reviewer", "Sari Dewi"), ("author", "Rina Wulan")},
        {"modified": "2022-05-15"},
    ),
    (
        "hello health group, Vietnamese",
        "vi",
        "<div>Tham vấn y khoa: <a>Bác sĩ Nguyễn Văn An</a> · Nội khoa · Bệnh viện Lúa Mì</div>"
        "<div>Tác giả: <a>Lê Hà</a> · Ngày cập nhật: 15/05/2022</div>",
        "",
        {("medical_reviewer", "Nguyễn Văn An"), ("author", "Lê Hà")},
        {"modified": "2022-05-15"},
    ),
    (
        "first bold paragraph of the body, Vietnamese",
        "vi",
        "<p><strong>Bài viết được tư vấn chuyên môn bởi BSCK I Nguyễn Văn An - Bác sĩ Nội khoa - Bệnh viện"
        " Đa khoa Lúa Mì</strong></p>",
        "",
        {("medical_reviewer", "Nguyễn Văn An")},
        {},
    ),
    (
        "hello health group, Thai",
        "th",
        "<div>ตรวจสอบความถูกต้องของข้อมูลโดย <a>นพ. สมชาย รักไทย</a> · โรงพยาบาลข้าว</div>"
        "<div>เขียนโดย <a>มานี มีสุข</a> · แก้ไขล่าสุด 15/05/2022</div>",
        "",
        {("medical_reviewer", "สมชาย รักไทย"), ("author", "มานี มีสุข")},
        {"modified": "2022-05-15"},
    ),
    (
        "the name stands inside the phrase, Chinese",
        "zh-Hant",
        "<p>經王小明醫師於 2022年5月15日 醫學審閱</p><p>文／陳大文</p>",
        "",
        {("medical_reviewer", "王小明"), ("author", "陳大文")},
        {"reviewed": "2022-05-15"},
    ),
    (
        "house, post and name, Japanese",
        "ja",
        "<p>この記事の監修者</p><p>麦の里クリニック院長　山田 太郎</p><p>更新日：2022年5月15日</p>",
        "",
        {("medical_reviewer", "山田 太郎")},
        {"modified": "2022-05-15"},
    ),
    (
        "name before the phrase, Hindi with native digits",
        "hi",
        "<p>डॉ. राम शर्मा द्वारा चिकित्सकीय रूप से समीक्षा की गई</p><p>अंतिम अपडेट: १५ मई २०२२</p>",
        "",
        {("medical_reviewer", "राम शर्मा")},
        {"modified": "2022-05-15"},
    ),
    (
        "name before the phrase, Turkish",
        "tr",
        "<p>Uzm. Dr. Ayşe Yılmaz tarafından tıbbi olarak incelendi</p>"
        "<p>Güncellenme Tarihi: 15 Mayıs 2022</p>",
        "",
        {("medical_reviewer", "Ayşe Yılmaz")},
        {"modified": "2022-05-15"},
    ),
    (
        "weekday, day and author, Italian",
        "it",
        "<header><span>Domenica 19 Aprile 2020</span> <span>di Ugo Bianchi</span></header>",
        "",
        {("author", "Ugo Bianchi")},
        {"published": "2020-04-19"},
    ),
    (
        "licence number beside the name, Portuguese",
        "pt",
        "<p>Revisão clínica: <a>Dr. João da Silva</a> - CRM 12345/SP</p><p>Atualizado em 15/05/2022</p>",
        "",
        {("medical_reviewer", "João da Silva")},
        {"modified": "2022-05-15"},
    ),
    (
        "approved by the doctor, Spanish",
        "es",
        "<p>Revisado y aprobado por <a>el médico Luis Peña</a>.</p><p>Escrito por <b>Inés Núñez</b></p>"
        "<p>Última actualización: 15 mayo, 2022</p>",
        "",
        {("reviewer", "Luis Peña"), ("author", "Inés Núñez")},
        {"modified": "2022-05-15"},
    ),
    (
        "author with a post in brackets, German",
        "de",
        "<p>Letzte Aktualisierung: 28.01.2022</p><p>Autor*in Anke Groß (Medizinredakteurin)</p>"
        "<p>Medizinisch geprüft von Dr. med. Jürgen Müller, Facharzt für Innere Medizin</p>",
        "",
        {("author", "Anke Groß"), ("medical_reviewer", "Jürgen Müller")},
        {"modified": "2022-01-28"},
    ),
    (
        "day, correction and hour, Polish",
        "pl",
        "<div>05.01.2012 , aktualizacja: 06.01.2012 11:23</div>",
        "",
        set(),
        {"published": "2012-01-05", "modified": "2012-01-06T11:23"},
    ),
    (
        "a publisher as reviewer, in a sentence",
        "en",
        "<p>Medically reviewed by <a>Bread.com</a>. Last updated on May 15, 2022.</p>",
        "",
        {("medical_reviewer", "Bread.com")},
        {"modified": "2022-05-15"},
    ),
    (
        "reviewed with a date and no name",
        "en",
        "<p>Reviewed: 15 May 2022</p>",
        "",
        set(),
        {"reviewed": "2022-05-15"},
    ),
    (
        "a badge and an update in one line",
        "en",
        "<p>Medically Reviewed. Last updated on 05/15/2022.</p>",
        "",
        set(),
        {"modified": "2022-05-15"},
    ),
    (
        "author and reviewer joined by and",
        "en",
        "<p>Written by Ada Roe and medically reviewed by Bo Penn, MD</p>",
        "",
        {("author", "Ada Roe"), ("medical_reviewer", "Bo Penn")},
        {},
    ),
    (
        "two reviewers and a day",
        "en",
        "<p>Reviewed by Ada Roe, MD, and Bo Penn, RN, on May 5, 2022</p>",
        "",
        {("reviewer", "Ada Roe"), ("reviewer", "Bo Penn")},
        {"reviewed": "2022-05-05"},
    ),
    (
        "bars between three labels",
        "en",
        "<p>By Ada Roe | Medically reviewed by Bo Penn, MD | Updated: 15 May 2022 | 5 min read</p>",
        "",
        {("author", "Ada Roe"), ("medical_reviewer", "Bo Penn")},
        {"modified": "2022-05-15"},
    ),
    (
        "month and year in digits",
        "en",
        "",
        "<p>Date reviewed: 05/2022</p>",
        set(),
        {"reviewed": "2022-05"},
    ),
    (
        "author, post and correction in one line, German",
        "de",
        "<p>von Anke Groß, Ärztin, aktualisiert am 12.05.2022</p>",
        "",
        {("author", "Anke Groß")},
        {"modified": "2022-05-12"},
    ),
    (
        "correction by the author and a validation, French",
        "fr",
        "<p>Mis à jour le 15 mai 2022 par Zoé Martin, journaliste santé</p>"
        "<p>Validation médicale : Dr Hélène Lefèvre, médecin</p>",
        "",
        {("author", "Zoé Martin"), ("medical_reviewer", "Hélène Lefèvre")},
        {"modified": "2022-05-15"},
    ),
    (
        "reviewer of a hello site with the day behind a bullet, Indonesian",
        "id",
        "<p>Ditinjau secara medis oleh dr. Sari Dewi • 06/09/2021</p>",
        "",
        {("medical_reviewer", "Sari Dewi")},
        {"reviewed": "2021-09-06"},
    ),
    (
        "thanks in the acknowledgments, without the words reviewed by",
        "en",
        "",
        "<p>Bread Institute thanks Ada Roe, Ph.D., Bo Penn, Ph.D., and Cy Fox, Ph.D., RYE, for their"
        " review of this 2022 publication.</p>",
        {("reviewer", "Ada Roe"), ("reviewer", "Bo Penn"), ("reviewer", "Cy Fox")},
        {},
    ),
    (
        "an institute that would like to thank a doctor",
        "en",
        "",
        "<p>The Oat Institute would like to thank: Dr. Bo Penn, Oat School of Medicine</p>",
        {("reviewer", "Bo Penn")},
        {},
    ),
    (
        "two labelled dates, Greek",
        "el",
        "<p><em>Δημοσίευση: 05 Ιαν. 2012, 10:51</em> | <em>Τελευταία ενημέρωση: 06 Ιαν. 2012, 11:45</em></p>",
        "",
        set(),
        {"published": "2012-01-05T10:51", "modified": "2012-01-06T11:45"},
    ),
]


@pytest.mark.parametrize(
    ("language", "header", "foot", "people", "dates"),
    [pytest.param(*shape[1:], id=shape[0]) for shape in SHAPES],
)
def test_a_publishers_shape_is_read_whole(
    language: str,
    header: str,
    foot: str,
    people: set[tuple[str, str]],
    dates: dict[str, str],
    read_page: Any,
) -> None:
    record = read_page(header, language=language, foot=foot, fetched_at=None)

    assert {(c.role, c.name) for c in record.contributors} == people
    assert {stated.kind: stated.value for stated in record.dates} == dates
