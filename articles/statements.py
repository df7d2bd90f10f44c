"""What a page says of itself in whole blocks: disclaimers and disclosures, kept out of the text.

A dropped disclaimer is news to those who watch a site, so these blocks become fields of the record.
Patterns are data, all languages together; they are asked of blocks of a few sentences only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from articles.blocks import BlockTree
from articles.document import Document
from articles.profile import SiteProfile
from articles.selecting import select
from articles.tries import trie_pattern

StatementKind = Literal["disclaimer", "disclosure"]

SHORTEST_STATEMENT = 14
"""Characters; a disclaimer in Chinese takes no more."""
LONGEST_STATEMENT = 900
"""Characters; a longer block is the author's, whatever it mentions."""


@dataclass(frozen=True, kw_only=True)
class Statements:
    disclaimers: tuple[str, ...] = ()
    disclosures: tuple[str, ...] = ()


def read_statements(
    tree: BlockTree,
    judged: Mapping[int, StatementKind | None],
    document: Document,
    profile: SiteProfile | None = None,
) -> Statements:
    """Disclaimers and disclosures of the whole page, in page order, each once.

    `judged` holds, by index, what blocks were found to be while the main content was chosen.
    """
    found: dict[StatementKind, dict[str, None]] = {"disclaimer": {}, "disclosure": {}}
    for element in select(document.tree, profile.disclaimer if profile else ()):
        if text := " ".join(element.text_content().split()):
            found["disclaimer"][text] = None
    for block in tree.blocks:
        # Half of a page's blocks are links of menus, and no publisher says such things in one.
        is_link = block.link_characters > 0.8 * block.characters
        if SHORTEST_STATEMENT <= block.characters <= LONGEST_STATEMENT and not is_link:
            known = block.index in judged
            kind = judged[block.index] if known else statement_kind(block.text)
            if kind is None:
                continue
            text = " ".join(block.text.split())
            # The footer says the disclaimer again, behind the copyright line.
            if not is_disclaimer_heading(text) and not any(
                earlier in text for earlier in found[kind]
            ):
                found[kind][text] = None
    return Statements(
        disclaimers=tuple(found["disclaimer"]), disclosures=tuple(found["disclosure"])
    )


def statement_kind(text: str) -> StatementKind | None:
    """Whether a whole block is a disclaimer or a disclosure of the publisher; else None."""
    if len(text) < SHORTEST_STATEMENT or len(text) > LONGEST_STATEMENT:
        return None
    lower = text.casefold()
    # Asked of every block of a page: the plain words sort nearly all of them out at once.
    stems = _STEMS if _BEYOND_ASCII.search(lower) else _ASCII_STEMS
    if stems.search(lower) is None:
        return None
    key = " ".join(lower.replace("’", "'").split())
    if _DISCLAIMER.search(key):
        return "disclaimer"
    if _DISCLOSURE.search(key):
        return "disclosure"
    return None


def is_disclaimer_heading(text: str) -> bool:
    """Whether a short block opens a disclaimer that follows it."""
    return len(text) < 50 and text.casefold().strip(" :：*-–") in _DISCLAIMER_HEADINGS


_DISCLAIMER_HEADINGS = frozenset(
    """disclaimer|medical disclaimer|health disclaimer|legal disclaimer|important notice|penafian
    |sanggahan|tuyên bố miễn trừ trách nhiệm|miễn trừ trách nhiệm|免責聲明|免责声明|免責事項
    |면책 조항|면책조항
    |ข้อจำกัดความรับผิดชอบ|إخلاء المسؤولية|अस्वीकरण|haftungsausschluss|avertissement|aviso legal
    |descargo de responsabilidad|aviso médico|zastrzeżenie|отказ от ответственности
    |disclaimer medico
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_STEM_WORDS = tuple(
    """advice|advis|substitut|diagnos|informational|information purpose|educational|disclaimer
    |saran|nasihat|medis|perubatan|tham khảo|thay thế|medikal|doktor|การแพทย์|วินิจฉัย|參考|参考
    |醫|医|诊|診|의학
    |طبي|تشخيص|चिकित्सा|सलाह|विकल्प|médic|médec|profesional|arzt|ärzt|beratung|diagnose|neutralen
    |profissional
    |medic|parere|arts|lekarz|porad|врач|медиц|консульт|лікар|ιατρ|γιατρ|yerine geçmez|yerini
    |commission|affiliate|advertising on our|sponsored|paid for|brought to you|disclosure|amazon
    |endorse|lời khuyên|tư vấn|tıbbi|medisin|læge|lege|läkar|lékař|پزشک|वैद्यकीय|វេជ្ជ|ဆေးဘက်
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_STEMS = re.compile(trie_pattern(_STEM_WORDS))
_ASCII_STEMS = re.compile(trie_pattern(stem for stem in _STEM_WORDS if stem.isascii()))
# Quotes and dashes aside, which stand in every other block of English.
_BEYOND_ASCII = re.compile("[\x80-\u1fff\u2070-\U0010ffff]")
_DISCLAIMERS = (
    r"(?:does|do|did) not (?:provide|offer|constitute|give|replace)\b.{0,60}\b(?:medical|health"
    r"|professional"
    r"|clinical)\b.{0,40}\b(?:advice|diagnosis|treatment|judg?ment)",
    r"(?:is|are|was|were) not (?:intended|meant|designed) (?:to be|as|to"
    r"|for)\b.{0,80}\b(?:medical advice|substitute"
    r"|replace|diagnos|treat|advice)",
    r"(?:not|nor|never)\b.{0,30}\bsubstitute for\b.{0,60}\b(?:medical|professional|doctor"
    r"|physician|advice|care)",
    r"should not be (?:used|relied|considered|construed|taken|viewed)\b.{0,80}\b(?:medical"
    r"|diagnos|substitute"
    r"|advice|treat)",
    r"\b(?:for|intended for) (?:general )?(?:information(?:al)?|educational)(?: (?:and|or|&) "
    r"(?:information(?:al)?|educational))? (?:purposes?|use) only",
    r"^(?:medical |legal |health )?disclaimer\s*[:：]",
    r"tidak (?:menyediakan|memberikan|menawarkan|dimaksudkan|bertujuan|menggantikan)\b.{0,80}"
    r"(?:medis|dokter|diagnosis|perubatan|profesional)",
    r"tidak (?:menyediakan|memberikan) (?:saran|nasihat)",
    r"(?:chỉ có|mang) tính (?:chất )?tham khảo|không (?:thể )?thay thế.{0,60}(?:chẩn đoán"
    r"|điều trị|y khoa|bác sĩ|y tế)",
    r"hindi (?:nagbibigay|kapalit).{0,60}(?:medikal|doktor|payong)",
    r"ไม่ได้(?:มีเจตนา|มีวัตถุประสงค์|ให้|เป็น).{0,60}(?:ทางการแพทย์|วินิจฉัย)|ไม่ใช่คำแนะนำทางการแพทย์",
    r"不(?:會|会)?提供.{0,12}(?:醫療|医疗|醫學|診斷|诊断)|(?:僅供|仅供|只供).{0,8}(?:參考|参考)"
    r"|不能(?:取代|代替|替代).{0,20}(?:醫|医|診|诊)",
    r"医学的(?:な)?(?:助言|アドバイス).{0,30}(?:ありません|ではなく|提供)|診断.{0,20}代わる",
    r"의학적.{0,20}(?:조언|진단).{0,30}(?:않|아닙|대체)",
    r"(?:لا تقدم|لا يقدم|لا تغني|لا يغني|ليس بديلا|ليست بديلا).{0,60}(?:طبي|الطبي|الطبيب|تشخيص)",
    r"चिकित्सा (?:सलाह|परामर्श).{0,60}(?:नहीं|विकल्प)|(?:विकल्प नहीं|सलाह नहीं)",
    r"no (?:sustituye|reemplaza|pretende (?:sustituir|reemplazar)|debe (?:sustituir"
    r"|reemplazar))\b.{0,80}"
    r"(?:médic|profesional|diagnóstico|consulta)",
    r"ne (?:remplace|remplacent|se substitue|saurait remplacer|doit pas remplacer"
    r"|constitue)\b.{0,80}"
    r"(?:médec|médic|professionnel|consultation)",
    r"(?:ersetz\w+|ersatz|kein\w* ersatz)\b.{0,80}(?:arzt|ärzt|beratung|diagnose|behandlung)"
    r".{0,60}|dient ausschließlich der (?:neutralen )?information",
    r"não (?:substitui|substituem|deve substituir|pretende substituir)\b.{0,80}(?:médic"
    r"|profissional|consulta)",
    r"non (?:sostituisc\w+|intend\w+ sostituire|deve sostituire|può sostituire)\b.{0,80}(?:medic"
    r"|parere|diagnosi)",
    r"(?:niet|geen)\b.{0,30}(?:vervanging|ter vervanging|vervangt)\b.{0,80}(?:arts|medisch|advies)",
    r"nie (?:zastępuj\w+|może zastąpić|zastąpi)\b.{0,80}(?:lekarz|porad|medyczn|wizyt)",
    r"не (?:заменя\w+|является заменой|може замін\w+|заміню\w+)\b.{0,80}(?:врач|медиц|консульт"
    r"|лікар)",
    r"δεν (?:υποκαθιστ\w+|αντικαθιστ\w+)\b.{0,80}(?:ιατρ|γιατρ)",
    r"(?:yerine geçmez|yerini (?:tutmaz|almaz))",
    # "gives no medical advice": always with the word for advice, since a test that "offers no
    # diagnosis" is the author's own sentence.
    r"no (?:ofrece|proporciona|brinda|da|presta|facilita|constituye|pretende)\w*\b"
    r".{0,40}\b(?:consejos?|asesoramiento|asesoría|orientación|recomendaci\w+|opini\w+)"
    r" (?:de (?:tipo|carácter) )?(?:médic|profesional|clínic)",
    r"não (?:oferece|fornece|presta|constitui|proporciona|dá|pretende)\w*\b.{0,40}\b(?:conselhos?"
    r"|aconselhamento|orienta\w+|consultoria|recomenda\w+|parecer) (?:médic|profissiona|clínic)",
    r"ne (?:fourni\w+|donne\w*|propose\w*|délivre\w*|dispense\w*|constitue\w*|prodigue\w*)\b"
    r".{0,40}\b(?:conseils?|avis|recommandations?) (?:médica|médicaux|professionnel|de santé)",
    r"non (?:fornisc\w+|offr\w+|costituisc\w+|rappresent\w+|intend\w+ fornire)\b.{0,40}\b"
    r"(?:consigl\w+|consulenz\w+|parer\w+) (?:medic|professional|sanitari)",
    r"\bkeine\w* (?:individuelle\w* )?(?:ärztlich\w*|medizinisch\w*)"
    r" (?:beratung|rat(?:schlag|schläge)?\b)",
    r"\bgeen (?:medisch|professioneel|professionele)\w* (?:advies|adviezen)\b",
    r"nie (?:udziela\w*|stanowi\w*|świadcz\w*|oferuj\w*|dostarcza\w*)\b.{0,40}\b(?:porad\w*"
    r"|konsultacj\w+) (?:lekarsk|medyczn)",
    r"не (?:предоставля\w+|оказыва\w+|да[её]т|дают|явля\w+ся)\b.{0,40}\bмедицинск\w+ (?:консульт"
    r"|совет|рекомендац)",
    r"не (?:нада\w+|є)\b.{0,40}\bмедичн\w+ (?:порад|консульт|рекомендац)",
    r"tıbbi (?:tavsiye|öneri|danışmanlık)\w*\b.{0,60}(?:vermez|sağlamaz|sunmaz|değildir|taşımaz"
    r"|teşkil etmez)",
    r"không (?:đưa ra|cung cấp)\b.{0,30}(?:lời khuyên|tư vấn).{0,40}(?:y tế|y khoa|chuyên môn)",
    r"ไม่(?:ได้)?(?:ให้|มี)(?:บริการ)?คำ(?:แนะนำ|ปรึกษา)(?:ทาง|ด้าน)การแพทย์",
    r"不(?:構成|构成|屬於|属于).{0,8}(?:醫療|医疗|醫學|医学).{0,4}(?:建議|建议|意見|意见)",
    r"医療(?:上の|的な)?(?:助言|アドバイス).{0,30}(?:ありません|ではなく)",
    r"(?:ger|erbjuder|utgör|ersätter) inte\b.{0,40}\b(?:medicinsk\w* råd|läkar)",
    r"(?:erstatter|udgør|utgjør|gir|giver) ikke\b.{0,40}\b(?:medi[cs]insk\w* råd|læge|lege)",
    r"nenahrazuj\w+\b.{0,60}(?:lékař|odborn)",
    r"جایگزین.{0,40}پزشک.{0,30}(?:نیست|نمی‌شود|نمی شود|نمیشود)",
    r"वैद्यकीय सल्ल(?:ा|्या|्याचा|्याला).{0,60}(?:पर्याय नाही|देत नाही|नाही)",
    r"មិន(?:ផ្ដល់|ផ្តល់|មែនជា|អាចជំនួស).{0,60}វេជ្ជ",
    r"ဆေးဘက်ဆိုင်ရာ.{0,60}(?:အစားထိုး|မဟုတ်)",
)
_DISCLAIMER = re.compile("|".join(_DISCLAIMERS))

_DISCLOSURES = (
    r"advertising on our site helps support our mission",
    r"\b(?:contains?|include[sd]?|use[sd]?|through|via|our|these|are) affiliate links\b",
    r"(?:we|i|us|publication|site|company)\b.{0,60}\b(?:earn|receive|get|make"
    r"|paid)\b.{0,40}\bcommission",
    r"\b(?:as an amazon associate|amazon (?:services llc )?associates? program)\b",
    r"^(?:affiliate |advertising |ad |advertiser )disclosure\b|^disclosures?\s*[:：]",
    r"\bthis (?:article|post|content|story|page) (?:is|was|has been) (?:sponsored|paid for"
    r"|brought to you) by\b",
    r"\b(?:we|i) (?:do|did) not endorse\b.{0,80}\b(?:products?|services?)\b",
)
_DISCLOSURE = re.compile("|".join(_DISCLOSURES))
