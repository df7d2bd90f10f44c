"""Synthetic pages in many languages, made from the phrase tables by one builder."""

# ruff: noqa: E501 (tables of people: a row stays a line)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from articles.document import parse_document
from articles.machine_data import read_machine_data
from articles.page import Page
from articles.profile import SiteProfile
from articles.review_record import ReviewRecord, read_review_record

BODY = (
    "<p>{0} {0} {0} {0} {0}</p><h2>{1}</h2><p>{0} {0} {0} {0} {0} {0}</p><p>{0} {0} {0} {0} {0}</p>"
)
SENTENCES = {
    "en": "Wheat bread and rye bread differ in fibre, and both of them keep for a week in a dry place.",
    "id": "Roti gandum dan roti hitam berbeda dalam serat, dan keduanya dapat disimpan selama seminggu di tempat yang kering.",
    "ms": "Roti gandum dan roti rai berbeza dari segi serat, dan kedua-duanya boleh disimpan selama seminggu di tempat yang kering kerana ia tidak mudah rosak.",
    "fil": "Ang tinapay na trigo at ang tinapay na rye ay magkaiba sa hibla, at ang mga ito ay tumatagal ng isang linggo sa tuyong lugar.",
    "vi": "Bánh mì lúa mì và bánh mì đen khác nhau về chất xơ, và cả hai loại đều có thể giữ được một tuần ở nơi khô ráo.",
    "th": "ขนมปังข้าวสาลีและขนมปังข้าวไรย์มีใยอาหารต่างกัน และทั้งสองอย่างเก็บไว้ได้หนึ่งสัปดาห์ในที่แห้ง",
    "zh-Hant": "小麥麵包和黑麥麵包的纖維含量不同，兩者在乾燥的地方都可以保存一個星期，這是許多家庭的經驗。",
    "zh-Hans": "小麦面包和黑麦面包的纤维含量不同，两者在干燥的地方都可以保存一个星期，这是许多家庭的经验。",
    "hi": "गेहूं की रोटी और राई की रोटी में रेशा अलग होता है, और दोनों सूखी जगह पर एक सप्ताह तक रहती हैं।",
    "es": "El pan de trigo y el pan de centeno se diferencian en la fibra, y los dos se conservan durante una semana en un lugar seco.",
    "pt": "O pão de trigo e o pão de centeio não têm a mesma fibra, e os dois conservam-se durante uma semana em um lugar seco.",
    "fr": "Le pain de blé et le pain de seigle n'ont pas la même teneur en fibres, et les deux se gardent une semaine dans un endroit sec.",
    "de": "Weizenbrot und Roggenbrot unterscheiden sich in den Ballaststoffen, und beide halten sich eine Woche an einem trockenen Ort.",
    "it": "Il pane di grano e il pane di segale non hanno la stessa fibra, e tutti e due si conservano per una settimana in un luogo asciutto.",
    "nl": "Tarwebrood en roggebrood verschillen in vezels, en beide kunnen een week worden bewaard op een droge plaats.",
    "tr": "Buğday ekmeği ile çavdar ekmeği lif bakımından farklıdır ve her ikisi de kuru bir yerde bir hafta kadar saklanır.",
    "ja": "小麦のパンとライ麦のパンは食物繊維の量が違い、どちらも乾いた場所なら一週間ほど保存することができます。",
    "ko": "밀빵과 호밀빵은 식이섬유의 양이 다르며, 둘 다 마른 곳에서는 일주일 동안 보관할 수 있습니다.",
    "ar": "يختلف خبز القمح عن خبز الجاودار في الألياف، ويمكن حفظ كل منهما لمدة أسبوع في مكان جاف.",
    "ru": "Пшеничный и ржаной хлеб отличаются по количеству клетчатки, и оба хранятся неделю в сухом месте.",
    "pl": "Chleb pszenny i chleb żytni różnią się zawartością błonnika, a oba można przechowywać przez tydzień w suchym miejscu.",
    "el": "Το ψωμί από σιτάρι και το ψωμί από σίκαλη διαφέρουν στις φυτικές ίνες, και τα δύο διατηρούνται για μία εβδομάδα σε ξηρό μέρος.",
}
"""One sentence a language, for the body of a page."""


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """People and a date as pages of one language write them."""

    language: str
    reviewer: str
    reviewer_name: str
    second: str
    second_name: str
    author: str
    date: str
    day: str


TONGUES: dict[str, Tongue] = {
    tongue.language: tongue
    for tongue in (
        Tongue(language="en", reviewer="Ann-Mari Roe-Smith, MD", reviewer_name="Ann-Mari Roe-Smith",
               second="Leo van der Berg, PharmD", second_name="Leo van der Berg",
               author="Fred Penn", date="May 15, 2022", day="2022-05-15"),
        Tongue(language="id", reviewer="dr. Sari Dewi", reviewer_name="Sari Dewi",
               second="dr. Budi Santoso, Sp.PD", second_name="Budi Santoso",
               author="Rina Wulandari", date="15 Mei 2022", day="2022-05-15"),
        Tongue(language="ms", reviewer="Dr. Aminah binti Yusof", reviewer_name="Aminah binti Yusof",
               second="Dr. Lee Wei Han", second_name="Lee Wei Han",
               author="Nurul Huda", date="15 Mei 2022", day="2022-05-15"),
        Tongue(language="fil", reviewer="Jan-Vi Santos-Cruz, MD", reviewer_name="Jan-Vi Santos-Cruz",
               second="Maria dela Rosa, RN", second_name="Maria dela Rosa",
               author="Jose Reyes", date="Mayo 15, 2022", day="2022-05-15"),
        Tongue(language="vi", reviewer="Bác sĩ Nguyễn Văn An", reviewer_name="Nguyễn Văn An",
               second="ThS. BS. Trần Thị Mai", second_name="Trần Thị Mai",
               author="Lê Thu Hà", date="15/05/2022", day="2022-05-15"),
        Tongue(language="th", reviewer="พญ. สมหญิง ใจดี", reviewer_name="สมหญิง ใจดี",
               second="นพ. สมชาย รักไทย", second_name="สมชาย รักไทย",
               author="มานี มีสุข", date="15 พฤษภาคม 2565", day="2022-05-15"),
        Tongue(language="zh-Hant", reviewer="王小明 醫師", reviewer_name="王小明",
               second="林美玲 藥師", second_name="林美玲",
               author="陳大文", date="2022年5月15日", day="2022-05-15"),
        Tongue(language="zh-Hans", reviewer="王小明 医生", reviewer_name="王小明",
               second="林美玲 药师", second_name="林美玲",
               author="陈大文", date="2022-05-15", day="2022-05-15"),
        Tongue(language="hi", reviewer="डॉ. राम शर्मा", reviewer_name="राम शर्मा",
               second="डॉ. सीता वर्मा", second_name="सीता वर्मा",
               author="मोहन कुमार", date="15 मई 2022", day="2022-05-15"),
        Tongue(language="es", reviewer="Dra. María José de la Cruz", reviewer_name="María José de la Cruz",
               second="Dr. Luis Ángel Peña", second_name="Luis Ángel Peña",
               author="Inés Núñez", date="15 de mayo de 2022", day="2022-05-15"),
        Tongue(language="pt", reviewer="Dr. João da Silva", reviewer_name="João da Silva",
               second="Dra. Ana Gonçalves", second_name="Ana Gonçalves",
               author="Rui Moreira", date="15 de maio de 2022", day="2022-05-15"),
        Tongue(language="fr", reviewer="Dr Hélène Lefèvre", reviewer_name="Hélène Lefèvre",
               second="Pr Luc d'Arcy", second_name="Luc d'Arcy",
               author="Zoé Martin", date="15 mai 2022", day="2022-05-15"),
        Tongue(language="de", reviewer="Dr. med. Jürgen Müller-Lüdenscheidt",
               reviewer_name="Jürgen Müller-Lüdenscheidt",
               second="Prof. Dr. Anke von der Heide", second_name="Anke von der Heide",
               author="Uwe Groß", date="15. Mai 2022", day="2022-05-15"),
        Tongue(language="it", reviewer="Dott.ssa Giulia De Santis", reviewer_name="Giulia De Santis",
               second="Dott. Aldo Rossi", second_name="Aldo Rossi",
               author="Ugo Bianchi", date="15 maggio 2022", day="2022-05-15"),
        Tongue(language="nl", reviewer="Dr. Sanne van den Berg", reviewer_name="Sanne van den Berg",
               second="Dr. Joost de Vries", second_name="Joost de Vries",
               author="Fleur Bakker", date="15 mei 2022", day="2022-05-15"),
        Tongue(language="tr", reviewer="Uzm. Dr. Ayşe Yılmaz", reviewer_name="Ayşe Yılmaz",
               second="Doç. Dr. İbrahim Çelik", second_name="İbrahim Çelik",
               author="Elif Şahin", date="15 Mayıs 2022", day="2022-05-15"),
        Tongue(language="ja", reviewer="山田 太郎 医師", reviewer_name="山田 太郎",
               second="佐藤 花子 薬剤師", second_name="佐藤 花子",
               author="鈴木 一郎", date="2022年5月15日", day="2022-05-15"),
        Tongue(language="ko", reviewer="홍길동 전문의", reviewer_name="홍길동",
               second="김영희 약사", second_name="김영희",
               author="이민수", date="2022년 5월 15일", day="2022-05-15"),
        Tongue(language="ar", reviewer="د. أحمد علي", reviewer_name="أحمد علي",
               second="د. ليلى حسن", second_name="ليلى حسن",
               author="سارة محمود", date="15 مايو 2022", day="2022-05-15"),
        Tongue(language="ru", reviewer="врач Анна Петрова", reviewer_name="Анна Петрова",
               second="д.м.н. Иван Сидоров", second_name="Иван Сидоров",
               author="Олег Смирнов", date="15 мая 2022", day="2022-05-15"),
        Tongue(language="pl", reviewer="lek. Agnieszka Wójcik-Żak", reviewer_name="Agnieszka Wójcik-Żak",
               second="dr n. med. Piotr Łuczak", second_name="Piotr Łuczak",
               author="Ewa Kowalska", date="15 maja 2022", day="2022-05-15"),
        Tongue(language="el", reviewer="Δρ. Μαρία Παπαδοπούλου", reviewer_name="Μαρία Παπαδοπούλου",
               second="Δρ. Νίκος Γεωργίου", second_name="Νίκος Γεωργίου",
               author="Άννα Ιωάννου", date="15 Μαΐου 2022", day="2022-05-15"),
    )
}  # fmt: skip

ReadPage = Callable[..., ReviewRecord]


def page_html(
    header: str,
    *,
    language: str = "en",
    foot: str = "",
    outside: str = "",
    before: str = "",
    middle: str = "",
    title: str = "Bread and salt",
) -> str:
    body = BODY.format(SENTENCES.get(language) or SENTENCES[language.split("-")[0]], "***")
    body = body.replace("</p>", f"</p>{middle}", 1)
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title></head><body>{before}'
        f"<main><article><h1>{title}</h1>{header}{body}{foot}</article></main>{outside}</body></html>"
    )


@pytest.fixture
def tongues() -> dict[str, Tongue]:
    return TONGUES


@pytest.fixture
def read_page() -> ReadPage:
    """Read a page whose article has `header` under its headline, `foot` after its text,
    `middle` after its first paragraph, and `before` and `outside` round the article."""

    def read(
        header: str = "",
        *,
        language: str = "en",
        foot: str = "",
        outside: str = "",
        before: str = "",
        middle: str = "",
        html: str | None = None,
        fetched_at: datetime | None = datetime(2024, 3, 1, tzinfo=UTC),
        profile: SiteProfile | None = None,
    ) -> ReviewRecord:
        source = (
            html
            if html is not None
            else page_html(
                header,
                language=language,
                foot=foot,
                outside=outside,
                before=before,
                middle=middle,
            )
        )
        page = Page(
            url="https://bread.example/rye", body=source.encode("utf-8"), fetched_at=fetched_at
        )
        document = parse_document(page, profile)
        return read_review_record(document, read_machine_data(document), None, profile)

    return read
