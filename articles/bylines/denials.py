"""Lines that say that nobody reviewed the page, told by rule: a negating word near a review stem.

`find_denial` is the door. The rows of kind `negated` in the phrase tables hold wordings that were
seen; this rule holds the others. Health pages deny much ("not reviewed by the FDA"): a denial speaks
of the page itself, of medicine, or is all that the line says.
"""

# ruff: noqa: E501 (tables of words: a row stays a line)

from __future__ import annotations

import re

LONGEST_DENIAL = 160
_GAP = r"[^.!?;:。！？।]{0,30}?"


def _before(negators: str, stems: str) -> str:
    return rf"(?<!\w)(?:{negators})(?!\w){_GAP}(?:{stems})"


def _glued(negators: str, stems: str) -> str:
    return rf"(?:{negators})[^。！？]{{0,20}}?(?:{stems})"


def _after(stems: str, negators: str) -> str:
    return rf"(?:{stems})[^.!?。！？।]{{0,25}}?(?:{negators})"


_PATTERNS: dict[str, str] = {
    "en": "|".join(
        (
            _before(
                r"not(?: yet)?|never|yet to be|pending|awaiting|hasn't(?: yet)?|isn't(?: yet)?",
                r"(?:medical |clinical |expert )?review(?:ed)?\b|vetted\b|fact[- ]?checked\b|verified by an?\b|checked by an?\b",
            ),
            r"\b(?:medical|clinical|expert)? ?review(?:er|ed by)?\b\s*[:–—-]?\s*(?:is |still )*(?:pending|none\b|not yet|n/a\b|outstanding|to follow)",
            r"^no (?:medical |clinical |expert )review(?:er)?(?: yet)?[\W_]*$",
        )
    ),
    "id": _before(r"belum|tidak|tanpa|menunggu", r"(?:di|pe|ter)?n?(?:tinjau|review|periksa|verifikasi|ulas)"),
    "ms": _before(r"belum|tidak|tanpa|menunggu", r"(?:di)?(?:semak|sahkan|nilai)"),
    "fil": _before(r"hindi(?: pa)?|wala(?: pa)?ng", r"na?su?suri|sinu?suri|ni?rebyu|na?rebyu|repaso|pagsusuri"),
    "vi": _before(r"chưa|không", r"kiểm duyệt|tham vấn|thẩm định|tư vấn chuyên môn|xét duyệt"),
    "th": _glued(r"ยังไม่|ไม่ได้|ไม่ผ่าน|ไม่มี|รอ", r"ตรวจสอบ|ตรวจทาน|ทบทวน"),
    "km": _glued(r"មិនទាន់|មិនត្រូវ|មិនបាន|ពុំទាន់|មិនមាន", r"ត្រួតពិនិត្យ|ពិនិត្យ"),
    "my": r"မစစ်ဆေး|မသုံးသပ်|စစ်ဆေးခြင်း\s*မ|(?:စစ်ဆေး|သုံးသပ်).{0,20}(?:မပြု|မရှိ)",
    "zh": _glued(r"尚未|未經|未经|未獲|未获|未|沒有|没有|等待|待", r"審閱|審核|審稿|審訂|審查|审核|审阅|审稿|审定|审查"),
    "hi": _after(r"समीक्षा|समीक्षित|रिव्यू|जांच", r"नहीं|बाकी|लंबित"),
    "mr": _after(r"पुनरावलोकन|समीक्षा|तपासणी", r"नाही|नसले|बाकी|प्रलंबित"),
    "es": _before(r"no|aún no|todavía no|sin|pendiente de|nunca", r"revisad[oa]|revisión|validad[oa]|verificad[oa]"),
    "pt": _before(r"não|ainda não|sem|pendente de|aguardando|aguarda|nunca", r"revisad[oa]|revisão|revist[oa]|validad[oa]|verificad[oa]"),
    "fr": _before(r"n'a pas|n'est pas|n'a|pas|non|sans|jamais|en attente de|en attente d'une", r"relue?\b|relecture|revue?\b|validée?|validation|vérifiée?|révisée?"),
    "de": _before(r"nicht|nie|ohne|keiner?|noch", r"geprüft\b|überprüft\b|überprüfung|prüfung|begutachtet\b|prüfung steht"),
    "it": _before(r"non|senza|mai|in attesa di", r"revisionat[oa]|revisione|verificat[oa]|validat[oa]"),
    "nl": _before(r"niet|nooit|geen|zonder", r"gecontroleerd|beoordeeld|nagekeken|gereviewd|getoetst|controle|beoordeling"),
    "tr": r"(?:incelenme|onaylanma|kontrol edilme|gözden geçirilme|değerlendirilme)(?:miş|mış|di|dı|mekte|z\b)\w*"
    r"|(?:inceleme|kontrol|değerlendirme|onay)\w*\s+(?:geçme|alma|tamamlanma|yapılma|bekl)\w*",
    "ar": _before(r"لم|لا|غير|بانتظار|بدون|دون", r"\w*مراجع\w*|\w*يراجع\w*|تراجع|تدقيق"),
    "fa": _after(r"بازبینی|بررسی|تایید|تأیید", r"نشده|نگرفته|ندارد"),
    "ja": _after(r"監修|査読|校閲", r"いません|ありません|ておらず|おりません|なし(?:$|。)|未完了|前です") + r"|未監修",
    "ko": _after(r"감수|검토|검수", r"않|못했|못한|없[이음습었]|미완|대기") + r"|미감수|미검토",
    "ru": _before(r"не|без|ожидает", r"провер\w+|рецензи\w+|одобрен\w*"),
    "pl": _before(r"nie|brak|bez|oczekuje na", r"zweryfikowan\w+|weryfikacj\w+|recenzj\w+|zrecenzowan\w+|sprawdzon\w+"),
    "ro": _before(r"nu|fără|în așteptarea", r"verificat\w*|verificare\w*|revizuit\w*|validat\w*|revizuir\w*"),
    "ca": _before(r"no|sense|pendent de", r"revisa[td]\w*|revisió|validat|verificat"),
    "uz": r"(?:tekshiruv|koʻrik|ko'rik)\w*\s+o\W?tma\w*|tekshirilmagan|tasdiqlanmagan",
    "el": _before(r"δεν|χωρίς|εκκρεμεί", r"ελεγχθεί|έλεγχος|έλεγχο|ελέγχθηκε|επιμέλεια|αξιολογηθεί|επιθεώρηση"),
}  # fmt: skip
_PATTERNS["tl"] = _PATTERNS["fil"]
_DENIALS = {language: re.compile(pattern) for language, pattern in _PATTERNS.items()}
# English is asked on every page, so the words without which it denies nothing come first.
_ENGLISH_STEMS = ("review", "checked", "vetted", "verified by")
# The page itself, in any of the languages.
_SUBJECT = re.compile(
    r"\b(?:article|page|content|information|post|text|story|guide|summary|artikel|halaman|konten|artikulo|nilalaman"
    r"|bài|nội dung|artículo|contenido|página|artigo|conteúdo|texto|contenu|texte|beitrag|inhalt|articolo|contenuto|testo|pagina"
    r"|tekst|inhoud|makale|yazı|içerik|стать|текст|материал|artykuł|articol|conținut|contingut|άρθρο|κείμενο|maqola)"
    r"|บทความ|เนื้อหา|អត្ថបទ|ဆောင်းပါး|本文|文章|內容|内容|記事|글|기사|लेख|मजकूर|مقال|محتوى|مطلب"
)
_MEDICINE = re.compile(
    r"m[ée]dic|mèdic|medis|medik|medizin|medisch|medycz|ärzt|arzt|doctor|doktor|dokter|physician|clinic|cl[íi]nic|klini|perubatan"
    r"|bác sĩ|y khoa|แพทย์|វេជ្ជ|គ្រូពេទ្យ|ဆရာဝန်|ဆေး|医|醫|의학|의사|의료|चिकित्स|वैद्यकीय|डॉक्टर|طب|پزشک|врач|медицин|lekar"
    r"|ιατρ|γιατρ|tıbbi|hekim|tibbiy|shifokor|expert|ekspert|эксперт"
)
# "not reviewed by the FDA": somebody by name is denied, not the page's own review.
_BY_SOMEBODY = re.compile(r"\s*by\s+(?:the\s+)?[A-Z]")
_LABEL_LEAD = re.compile(
    r"[\W_]*(?:(?:note|status|disclaimer|hinweis|nota|remarque|注意|注|หมายเหตุ)\b\W*)?", re.I
)


def find_denial(text: str, folded: str, language: str) -> tuple[int, int] | None:
    """Where a line denies that its page was reviewed; None where it does not.

    `folded` is `text` in lower case, place by place; `language` the one of the page, "" if unknown.

    >>> find_denial("Not yet reviewed", "not yet reviewed", "")
    (0, 16)
    >>> find_denial("It was not reviewed by Reuters", "it was not reviewed by reuters", "en")
    """
    if len(text) > LONGEST_DENIAL:
        return None
    for spoken in dict.fromkeys((language, "en")):
        if spoken == "en" and not any(stem in folded for stem in _ENGLISH_STEMS):
            continue
        pattern = _DENIALS.get(spoken)
        match = pattern.search(folded) if pattern is not None else None
        if match is not None and _speaks_of_the_page(text, folded, match):
            return match.span()
    return None


def _speaks_of_the_page(text: str, folded: str, match: re.Match[str]) -> bool:
    if _BY_SOMEBODY.match(text, match.end()):
        return False
    lead = folded[: match.start()]
    is_bare = _LABEL_LEAD.fullmatch(lead) is not None
    has_subject = len(lead) <= 60 and _SUBJECT.search(lead) is not None
    # "لم تتم مراجعة هذا المقال": the subject may stand inside or behind.
    if not (is_bare or has_subject or (len(lead) <= 30 and _MEDICINE.search(folded))):
        return False
    return (
        has_subject
        or _MEDICINE.search(folded) is not None
        or _SUBJECT.search(match.group()) is not None
        or match.end() - match.start() >= 0.6 * len(text)
    )
