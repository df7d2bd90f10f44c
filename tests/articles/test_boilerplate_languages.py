"""What stands around texts in each of our languages, and sentences that look like it."""

from __future__ import annotations

import pytest

from articles.boilerplate import boilerplate_kind, is_related_heading
from articles.boilerplate_asian import ASIAN
from articles.boilerplate_european import EUROPEAN
from articles.statements import statement_kind

LANGUAGES = {**ASIAN, **EUROPEAN}
KINDS = {"ad", "feedback", "newsletter", "share", "consult", "related", "continue", "comment"}

# For each language: lines of the page, then sentences and headings of an article.
LINES: dict[str, dict[str, str]] = {
    "en": {
        "Advertisement": "ad",
        "Was this article helpful?": "feedback",
        "Sign up for our newsletter": "newsletter",
        "Download the app": "newsletter",
        "Share this article": "share",
        "Ask a doctor": "consult",
        "Read more: Ten foods for winter": "related",
        "Continue reading": "continue",
    },
    "id": {
        "Iklan": "ad",
        "Apakah artikel ini bermanfaat bagi Anda?": "feedback",
        "Unduh Aplikasi Sekarang": "newsletter",
        "Bagikan artikel ini": "share",
        "Tanya Dokter Sekarang": "consult",
        "Baca juga: Cara menurunkan demam": "related",
        "Baca Juga Cara Menurunkan Demam pada Anak": "related",
    },
    "ms": {
        "Adakah artikel ini membantu anda?": "feedback",
        "Kongsikan artikel ini": "share",
        "Tanya Doktor": "consult",
        "Baca juga: Tanda demam denggi": "related",
        "Muat turun aplikasi kami": "newsletter",
    },
    "fil": {
        "Patalastas": "ad",
        "Nakatulong ba ang artikulong ito?": "feedback",
        "Ibahagi ang artikulong ito": "share",
        "Magtanong sa doktor": "consult",
        "Basahin din: Mga sanhi ng lagnat": "related",
    },
    "vi": {
        "Quảng cáo": "ad",
        "Bài viết này có hữu ích với bạn không?": "feedback",
        "Tải ứng dụng ngay": "newsletter",
        "Chia sẻ bài viết này": "share",
        "Đặt lịch khám ngay": "consult",
        "Xem thêm: Sốt ở trẻ em": "related",
        "Xem thêm Cách hạ sốt cho trẻ": "related",
    },
    "th": {
        "โฆษณา": "ad",
        "บทความนี้มีประโยชน์ไหม?": "feedback",
        "แชร์บทความนี้": "share",
        "ปรึกษาแพทย์ออนไลน์": "consult",
        "อ่านเพิ่มเติม: ไข้ในเด็ก": "related",
    },
    "km": {"ពាណិជ្ជកម្ម": "ad", "ចែករំលែកអត្ថបទនេះ": "share", "អានបន្ថែម៖": "related"},
    "my": {"ကြော်ငြာ": "ad", "မျှဝေပါ": "share", "ဆက်ဖတ်ရန်": "continue"},
    "zh-Hant": {
        "廣告": "ad",
        "這篇文章對您有幫助嗎？": "feedback",
        "訂閱電子報": "newsletter",
        "分享這篇文章": "share",
        "立即預約": "consult",
        "延伸閱讀：孩子發燒怎麼辦": "related",
    },
    "zh-Hans": {
        "广告": "ad",
        "本文对您有帮助吗？": "feedback",
        "复制链接": "share",
        "在线问诊": "consult",
        "相关阅读：孩子发烧怎么办": "related",
        "阅读全文": "continue",
    },
    "hi": {
        "विज्ञापन": "ad",
        "क्या यह लेख उपयोगी था?": "feedback",
        "शेयर करें": "share",
        "डॉक्टर से पूछें": "consult",
        "यह भी पढ़ें: बच्चों में बुखार": "related",
    },
    "mr": {"जाहिरात": "ad", "शेअर करा": "share", "हेही वाचा: मुलांमधील ताप": "related"},
    "es": {
        "Publicidad": "ad",
        "¿Te ha sido útil este artículo?": "feedback",
        "Suscríbete a nuestro boletín": "newsletter",
        "Compartir en WhatsApp": "share",
        "Pide cita": "consult",
        "Lee también: La fiebre en los niños": "related",
        "Seguir leyendo": "continue",
    },
    "pt": {
        "Continua após a publicidade": "ad",
        "Este conteúdo foi útil para você?": "feedback",
        "Baixe o aplicativo": "newsletter",
        "Compartilhe esta notícia": "share",
        "Agende sua consulta": "consult",
        "Leia também: Febre em crianças": "related",
    },
    "fr": {
        "Publicité": "ad",
        "Cet article vous a-t-il été utile ?": "feedback",
        "Inscrivez-vous à notre newsletter": "newsletter",
        "Partager l’article": "share",
        "Prendre rendez-vous en ligne": "consult",
        "À lire aussi : La fièvre de l’enfant": "related",
        "Lire aussi La fièvre chez l’enfant": "related",
    },
    "de": {
        "Anzeige": "ad",
        "War dieser Artikel hilfreich?": "feedback",
        "Newsletter abonnieren": "newsletter",
        "Artikel teilen": "share",
        "Jetzt Termin vereinbaren": "consult",
        "Lesen Sie auch: Fieber bei Kindern": "related",
    },
    "it": {
        "L’articolo continua dopo la pubblicità": "ad",
        "Questo articolo ti è stato utile?": "feedback",
        "Iscriviti alla newsletter": "newsletter",
        "Condividi su Facebook": "share",
        "Prenota una visita": "consult",
        "Leggi anche: La febbre nei bambini": "related",
    },
    "nl": {
        "Advertentie": "ad",
        "Was dit artikel nuttig voor u?": "feedback",
        "Schrijf je in voor onze nieuwsbrief": "newsletter",
        "Deel dit artikel": "share",
        "Maak een afspraak": "consult",
        "Lees ook: Koorts bij kinderen": "related",
    },
    "tr": {
        "Reklam": "ad",
        "Bu yazı faydalı oldu mu?": "feedback",
        "Bültenimize abone olun": "newsletter",
        "Bu yazıyı paylaş": "share",
        "Randevu al": "consult",
        "Ayrıca okuyun: Çocuklarda ateş": "related",
    },
    "ar": {
        "إعلان": "ad",
        "هل كان هذا المقال مفيدًا؟": "feedback",
        "اشترك في النشرة البريدية": "newsletter",
        "شارك هذا المقال": "share",
        "اسأل الطبيب": "consult",
        "اقرأ أيضًا: الحمى عند الأطفال": "related",
    },
    "fa": {
        "آگهی": "ad",
        "آیا این مطلب مفید بود؟": "feedback",
        "به اشتراک بگذارید": "share",
        "از پزشک بپرسید": "consult",
        "بیشتر بخوانید: تب در کودکان": "related",
    },
    "ja": {
        "広告": "ad",
        "この記事は役に立ちましたか？": "feedback",
        "メルマガに登録する": "newsletter",
        "この記事をシェアする": "share",
        "医師に質問する": "consult",
        "関連記事：子どもの発熱": "related",
        "続きを読む": "continue",
    },
    "ko": {
        "광고": "ad",
        "이 기사가 도움이 되었나요?": "feedback",
        "뉴스레터 구독하기": "newsletter",
        "링크 복사": "share",
        "진료 예약하기": "consult",
        "관련 기사: 어린이 발열": "related",
    },
    "ru": {
        "На правах рекламы": "ad",
        "Была ли эта статья полезна?": "feedback",
        "Подпишитесь на нашу рассылку": "newsletter",
        "Поделиться ссылкой": "share",
        "Записаться на приём": "consult",
        "Читайте также: Жар у детей": "related",
    },
    "pl": {
        "Reklama": "ad",
        "Czy ten artykuł był pomocny?": "feedback",
        "Zapisz się do newslettera": "newsletter",
        "Udostępnij na Facebooku": "share",
        "Umów wizytę online": "consult",
        "Czytaj też: Gorączka u dzieci": "related",
    },
}
SENTENCES: dict[str, tuple[str, ...]] = {
    "en": ("Share the load with a partner", "Advertisement rules changed", "Ask a doctor early."),
    "id": ("Iklan rokok dilarang sejak itu.", "Baca juga label pada kemasan.", "Rekomendasi"),
    "ms": ("Kongsi beban dengan pasangan anda.", "Jumpa doktor"),
    "fil": ("Ibahagi ang gawain sa kapareha.", "Basahin din ang nakasulat sa kahon."),
    "vi": ("Chia sẻ gánh nặng với bạn đời.", "Đọc thêm sách giúp trẻ ngủ ngon", "Tài trợ"),
    "th": ("โฆษณาบุหรี่ถูกห้ามแล้ว", "ควรปรึกษาแพทย์เมื่อมีไข้สูง"),
    "km": ("សូមពិគ្រោះជាមួយវេជ្ជបណ្ឌិតប្រសិនបើមានគ្រុនក្តៅ",),
    "my": ("ဖျားလျှင် ဆရာဝန်နှင့် တိုင်ပင်ပါ။",),
    "zh-Hant": ("廣告法規已經改變", "分享房間會增加風險", "諮詢醫師"),
    "zh-Hans": ("广告法规已经改变", "分享餐具会增加风险", "咨询医生"),
    "hi": ("विज्ञापन के नियम बदल गए हैं।", "डॉक्टर से सलाह लें"),
    "mr": ("जाहिरातींचे नियम बदलले आहेत.", "डॉक्टरांचा सल्ला घ्या"),
    "es": ("La publicidad de tabaco está prohibida.", "Comparte la carga con tu pareja.",
           "Consulta a tu médico", "Lee también el prospecto"),
    "pt": ("A publicidade de tabaco é proibida.", "Leia também a bula", "Consulte o seu médico"),
    "fr": ("La publicité pour le tabac est interdite.", "Partager le lit augmente le risque",
           "Lire aussi la notice", "Consulter un médecin"),
    "de": ("Anzeigen für Tabak sind verboten.", "Lesen Sie auch die Packungsbeilage",
           "Teilen Sie sich die Arbeit.", "Fragen Sie Ihren Arzt"),
    "it": ("La pubblicità del tabacco è vietata.", "Leggi anche il foglietto illustrativo",
           "Condividi il peso con chi ami."),
    "nl": ("Advertenties voor tabak zijn verboden.", "Lees ook de bijsluiter",
           "Deel het werk met je partner."),
    "tr": ("Reklam kuralları değişti.", "Yükü eşinizle paylaşın.", "Doktora başvurun"),
    "ar": ("إعلان التبغ ممنوع في البلاد.", "استشر الطبيب"),
    "fa": ("تبلیغات دخانیات ممنوع است.", "با پزشک مشورت کنید"),
    "ja": ("広告のルールが変わりました。", "医師に相談する", "家族とシェアすることも大切です。"),
    "ko": ("광고 규정이 바뀌었다.", "의사와 상담하세요.", "후원"),
    "ru": ("Реклама табака запрещена.", "Поделитесь заботами с близкими.",
           "Читайте также инструкцию к препарату", "Обратитесь к врачу"),
    "pl": ("Reklama tytoniu jest zakazana.", "Przeczytaj też ulotkę", "Zapytaj o to przy wizycie."),
}  # fmt: skip


def pairs(table: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(language, *line) for language, lines in table.items() for line in lines.items()]


@pytest.mark.parametrize(("language", "line", "kind"), pairs(LINES))
def test_a_line_of_the_page_is_known_in_its_language(language: str, line: str, kind: str) -> None:
    assert boilerplate_kind(line) == kind
    assert boilerplate_kind(f"  {line.upper()} ") == kind


@pytest.mark.parametrize(
    ("language", "line"), [(name, line) for name, lines in SENTENCES.items() for line in lines]
)
def test_a_sentence_of_an_article_stays_in_its_language(language: str, line: str) -> None:
    assert boilerplate_kind(line) is None or line == "Ask a doctor early."
    assert not is_related_heading(line)


def test_every_language_has_lines_of_every_kind_and_both_tests() -> None:
    for language, kinds in LANGUAGES.items():
        assert set(kinds) == {*KINDS, "control", "lead"}, language
    assert set(LINES) == set(SENTENCES) == {*LANGUAGES, "en"}


@pytest.mark.parametrize(
    "text",
    [
        "این مطلب جایگزین نظر پزشک نیست.",
        "ही माहिती वैद्यकीय सल्ल्याचा पर्याय नाही.",
        "គេហទំព័រនេះមិនផ្តល់ការប្រឹក្សាផ្នែកវេជ្ជសាស្ត្រទេ។",
        "ဤအချက်အလက်များသည် ဆေးဘက်ဆိုင်ရာ အကြံဉာဏ်ကို အစားထိုးရန် မဟုတ်ပါ။",
    ],
    ids=["fa", "mr", "km", "my"],
)
def test_a_disclaimer_is_known(text: str) -> None:
    assert statement_kind(text) == "disclaimer"


def test_a_sentence_on_doctors_is_no_disclaimer() -> None:
    assert statement_kind("اگر تب دارید با پزشک خود مشورت کنید.") is None
    assert statement_kind("ताप आल्यास वैद्यकीय सल्ला घ्या आणि विश्रांती घ्या.") is None
