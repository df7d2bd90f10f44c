"""What a page says of its own making: that machines wrote it, or by its markup who paid for it.

The wordings that labels can hold are in the phrase tables. Here are sentences, known by their parts
(this article + was made + by AI), in the languages of those tables; and short texts in elements that
are named as the mark of a sponsor. Called by `reader`.
"""

# ruff: noqa: E501 (patterns of one language each: a row stays a line)

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from articles.boilerplate import boilerplate_kind
from articles.bylines.byline_page import BylinePage
from articles.bylines.findings import TextFinding

_LONGEST_STATEMENT = 350
_MOST_LINES = 60
"""Lines with the word that are read; an article on AI has it in each."""


def read_statements_of_making(page: BylinePage) -> None:
    """Add the first sentence by which the page says that AI made it, and the mark of its sponsor."""
    if not any(found.kind == "ai_disclosure" for found in page.found.texts):
        _read_ai_disclosure(page)
    if not any(found.kind == "sponsored" for found in page.found.texts):
        _read_sponsor_mark(page)


def _read_ai_disclosure(page: BylinePage) -> None:
    done = -1
    for number in _with_machines(page.lines.nodes):
        if number <= done:
            continue
        line = page.lines.line(number)
        done = line.last
        if len(line.text) <= _LONGEST_STATEMENT and says_machines_made_it(line.text):
            place = page.place_of(line)
            page.found.texts.append(
                TextFinding(kind="ai_disclosure", raw=line.raw[:300], place=place)
            )
            if not place.is_rejected:
                return


def _with_machines(nodes: list[str]) -> Iterator[int]:
    """Numbers of the text nodes that name AI, the first ones."""
    text = "\n".join(nodes)
    # To search plain words costs a tenth of what the pattern would.
    words = [word for word in (_ASCII_WORDS if text.isascii() else _WORDS) if word in text]
    if not words:
        return
    starts = list(accumulate((len(node) + 1 for node in nodes), initial=0))
    numbers: set[int] = set()
    for word in words:
        at = text.find(word)
        for _ in range(_MOST_LINES):
            if at < 0:
                break
            numbers.add(bisect_right(starts, at) - 1)
            at = text.find(word, at + 1)
    for number in sorted(numbers):
        node = nodes[number]
        if len(node) <= _LONGEST_STATEMENT and _MACHINE_WORD.search(node):
            yield number


_WORDS = (
    "AI", "KI", "IA", "ИИ", "ChatGPT", "GPT-", "rtificial", "ünstliche", "artificiale", "kunstmatig",
    "yapay zek", "Yapay zek", "кусственн", "ztuczn", "εχνητή", "buatan", "trí tuệ", "ปัญญาประดิษฐ์",
    "人工智", "人工知能", "인공지능", "कृत्रिम", "एआई", "اصطناعي", "هوش مصنوعی", "unʼiy intellekt",
    "un'iy intellekt", "utomation", "វិបញ្ញា", "ΤΝ", "บัญญาประดิษฐ์", "AIs",
)  # fmt: skip
_ASCII_WORDS = tuple(word for word in _WORDS if word.isascii())
_AI = (
    r"(?:(?<![A-Za-z.&])(?:A\.I\.|[AK]I|IA)(?![A-Za-z])|(?<![\w.])(?:ИИ|ΤΝ)(?!\w)|ChatGPT|\bGPT-\d"
    r"|[Aa]rtificial [Ii]ntelligence|[Ii]ntelig[eê]n\w+ [Aa]rtificial\w*|[Ii]ntel·ligència [Aa]rtificial"
    r"|[Ii]ntelligence [Aa]rtificielle|[Kk]ünstliche\w* Intelligenz|[Ii]ntelligenza [Aa]rtificiale"
    r"|[Kk]unstmatige [Ii]ntelligentie|[Yy]apay [Zz]ek[aâ]\w*|[Ии]скусственн\w+ интеллект\w*"
    r"|[Ss]ztuczn\w+ [Ii]nteligencj\w+|[Ττ]εχνητή\w* [Νν]οημοσύνη\w*|[Kk]ecerdasan [Bb]uatan"
    r"|[Kk]epintaran [Bb]uatan|[Tt]rí tuệ nhân tạo|ปัญญาประดิษฐ์|เอไอ|人工智[慧能]|人工知能|인공지능"
    r"|कृत्रिम बुद्धि\w*|एआई|(?:ال)?ذكاء (?:ال)?اصطناعي|هوش مصنوعی|[Ss]un[ʼ'’‘]iy intellekt"
    r"|automation technology)"
)
_MACHINE_WORD = re.compile(_AI)

_MADE = (
    r"(?:generated|written|created|produced|translated|drafted|composed|prepared|compiled|authored"
    r"|summari[sz]ed|made|assisted)"
)
_THIS = (
    r"(?:this|our) (?:\w+ )?(?:article|content|page|post|text|story|summary|translation|piece"
    r"|blog|answer|overview|report|material|guide|review|version)"
)
_G = r"[^.!?。！？;]"
# One pattern a language: the article, that it was made, and the machine, in the order of its words.
_SENTENCES: tuple[str, ...] = (
    rf"\b{_THIS}\b(?: \w+)? (?:was|were|is|has been|have been|may have been|contains|includes)\b"
    rf"{_G}{{0,50}}\b{_MADE}\b{_G}{{0,40}}\b(?:by(?: (?:an?|the|our))?(?: [\w-]+)? |(?:with|using|through|via)\b{_G}{{0,40}}){_AI}",
    rf"\b{_THIS}\b(?: \w+)? (?:was|were|is|has been|may be|contains|includes|uses)\b{_G}{{0,25}}"
    rf"{_AI}[- ](?:\w+ )?{_MADE}\b",
    rf"{_AI}(?: \w+)? (?:was|were|is|has been) used (?:to|in|for)\b{_G}{{0,40}}\b{_THIS}\b",
    rf"\b(?:we|editors|authors?|team)\b{_G}{{0,15}} used?\b{_G}{{0,15}}{_AI}{_G}{{0,20}} (?:to|for|in) "
    rf"(?:help )?(?:generat|writ|creat|produc|translat|draft|prepar|summari)\w*{_G}{{0,12}}\b{_THIS}\b",
    rf"\b(?:dieser?|dieses) (?:artikel|beitrag|text|inhalt|seite|übersetzung|zusammenfassung)\b"
    rf"{_G}{{0,20}}\b(?:wurde|ist|wird|entstand)\b{_G}{{0,40}}{_AI}{_G}{{0,40}}"
    rf"(?:erstellt|geschrieben|verfasst|generiert|erzeugt|übersetzt|unterstützt|$)",
    rf"\b(?:cet article|ce contenu|ce texte|cette page|cette traduction|ce résumé)\b{_G}{{0,12}}"
    rf"\b(?:a été|est|a pu être|fut)\b{_G}{{0,30}}\b(?:rédigée?|générée?|écrite?|créée?|produite?"
    rf"|traduite?|élaborée?)\b{_G}{{0,50}}{_AI}",
    rf"\b(?:este|esta) (?:artículo|contenido|texto|página|traducción|resumen)\b{_G}{{0,12}}"
    rf"\b(?:ha sido|fue|está|se ha|se)\b{_G}{{0,30}}\b(?:generad|escrit|cread|redactad|producid|traducid"
    rf"|elaborad|generó|creó|redactó|elaboró)\w*\b{_G}{{0,50}}{_AI}",
    rf"\b(?:este|esta) (?:artigo|conteúdo|texto|página|tradução|resumo)\b{_G}{{0,12}}"
    rf"\b(?:foi|é|está)\b{_G}{{0,30}}\b(?:gerad|escrit|criad|redigid|produzid|traduzid|elaborad)\w+"
    rf"{_G}{{0,50}}{_AI}",
    rf"\bquest[oa']\s?(?:articolo|contenuto|testo|pagina|traduzione|riassunto)\b{_G}{{0,12}}"
    rf"\b(?:è stat[oa]|è)\b{_G}{{0,30}}\b(?:generat|scritt|creat|redatt|prodott|tradott|realizzat)[oa]\b"
    rf"{_G}{{0,50}}{_AI}",
    rf"\b(?:dit artikel|deze tekst|deze pagina|deze inhoud|deze vertaling)\b{_G}{{0,12}}\b(?:is|werd)\b"
    rf"{_G}{{0,40}}(?:geschreven|gemaakt|gegenereerd|geproduceerd|vertaald|opgesteld){_G}{{0,40}}{_AI}",
    rf"\b(?:dit artikel|deze tekst|deze pagina|deze inhoud|deze vertaling)\b{_G}{{0,12}}\b(?:is|werd)\b"
    rf"{_G}{{0,40}}{_AI}{_G}{{0,30}}(?:geschreven|gemaakt|gegenereerd|geproduceerd|vertaald|opgesteld)",
    rf"\b(?:artikel|konten|kandungan|terjemahan|halaman|tulisan) ini{_G}{{0,25}}\b(?:dibuat|ditulis"
    rf"|dihasilkan|diterjemahkan|disusun|dijana)\b{_G}{{0,40}}{_AI}",
    rf"\b(?:artikulong ito|ang nilalamang ito|ang artikulo na ito){_G}{{0,40}}{_AI}|\b(?:isinulat|ginawa"
    rf"|isinalin|nilikha)\b{_G}{{0,20}}\bartikulong ito\b{_G}{{0,40}}{_AI}",
    rf"(?:bài viết|nội dung|bản dịch|trang) này{_G}{{0,15}}\bđược\b{_G}{{0,20}}(?:tạo|viết|dịch|soạn"
    rf"|biên soạn){_G}{{0,30}}{_AI}",
    rf"(?:บทความ|เนื้อหา|หน้า|คำแปล)นี้{_G}{{0,15}}(?:สร้าง|เขียน|แปล|จัดทำ|เรียบเรียง){_G}{{0,20}}{_AI}",
    rf"(?:本文|本文章|本篇|此文|這篇文章|这篇文章|本内容|本內容|本頁|本页){_G}{{0,12}}{_AI}{_G}{{0,12}}"
    rf"(?:生成|撰寫|撰写|協助|协助|創作|创作|翻譯|翻译|製作|制作|產生|产生)",
    rf"(?:この|本)(?:記事|文章|ページ|コンテンツ|翻訳){_G}{{0,12}}{_AI}{_G}{{0,16}}(?:作成|生成|執筆|翻訳|書)",
    rf"(?:이|본) (?:글|기사|콘텐츠|페이지|번역)\S{{0,3}} {_G}{{0,12}}{_AI}{_G}{{0,16}}(?:작성|생성|제작|번역)",
    rf"(?:यह|इस|हा) (?:लेख|सामग्री|पृष्ठ|अनुवाद){_G}{{0,15}}{_AI}{_G}{{0,30}}(?:लिख|बनाय|तैयार|अनुवाद|तयार)",
    rf"(?:إنشاء|كتابة|ترجمة|توليد|إعداد|كُتب|كتب) (?:هذا|هذه) (?:ال)?(?:مقال|محتوى|نص|صفحة|ترجمة)\w*"
    rf"{_G}{{0,30}}{_AI}",
    rf"این (?:مقاله|مطلب|محتوا|متن|صفحه|ترجمه){_G}{{0,25}}{_AI}{_G}{{0,25}}(?:نوشته|تولید|تهیه|ترجمه|ایجاد)",
    rf"\b(?:(?:эта |данная )?стать[яю]|(?:этот |данный )?(?:текст|материал|контент|перевод))\b{_G}{{0,12}}"
    rf"\b(?:создан|написан|сгенерирован|подготовлен|переведен|переведён)\w?\b{_G}{{0,30}}{_AI}",
    rf"\b(?:(?:ten |niniejszy )?(?:artykuł|tekst)|(?:ta )?treść|tłumaczenie)\b{_G}{{0,12}}\b(?:powstał\w?"
    rf"|(?:został[ao]? )?(?:napisan|stworzon|wygenerowan|przygotowan|przetłumaczon)\w)\b{_G}{{0,40}}"
    rf"(?:{_AI}|sztuczn\w+ inteligencj\w+)",
    rf"\b[Bb]u (?:makale|içerik|yazı|metin|sayfa|çeviri)\b{_G}{{0,12}}{_AI}{_G}{{0,30}}"
    rf"(?:yazıl|oluşturul|üretil|hazırlan|çevril)(?!m[ae])",
    rf"\b(?:αυτό το|το παρόν) (?:άρθρο|κείμενο|περιεχόμενο)\b{_G}{{0,12}}(?:δημιουργήθηκε|γράφτηκε"
    rf"|παράχθηκε|μεταφράστηκε|συντάχθηκε){_G}{{0,40}}{_AI}",
    rf"\bacest (?:articol|text|conținut|material)\b{_G}{{0,12}}\ba fost\b{_G}{{0,20}}(?:generat|scris|creat"
    rf"|redactat|tradus|realizat){_G}{{0,40}}{_AI}",
    rf"\baquest(?:a)? (?:article|text|contingut|pàgina)\b{_G}{{0,12}}\bha estat\b{_G}{{0,20}}(?:generat"
    rf"|escrit|creat|redactat|traduït|elaborat){_G}{{0,40}}{_AI}",
    rf"\b(?:ushbu|bu|mazkur) (?:maqola|matn|kontent){_G}{{0,15}}{_AI}{_G}{{0,30}}(?:yozil|yaratil|tayyorlan"
    rf"|tarjima)",
)  # fmt: skip
_BEHIND_AI = (
    r"(?:[ -](?:tools?|technolog\w+|assist\w*|software|systems?|models?|translation))?"
    r"\s*(?:$|[.,;:()!]|and\b|then\b)"
)
# A line of its own needs no "this article".
_LINE = re.compile(
    rf"^\W{{0,3}}{_MADE}\b[\w ,-]{{0,40}}\b(?:by|with|using|of|from|via)\s+(?:the help of )?(?:generative )?"
    rf"(?-i:{_AI}){_BEHIND_AI}"
    rf"|^\W{{0,3}}(?-i:{_AI})[- ]{_MADE}(?: (?:content|article|text|summary|translation|post|story))?\W{{0,3}}$",
    re.IGNORECASE,
)
_LONGEST_LINE = 120
_SENTENCE = tuple(
    re.compile(pattern.replace(_AI, f"(?-i:{_AI})"), re.IGNORECASE) for pattern in _SENTENCES
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|without|nicht|kein\w*|ohne|sans|aucune?|sin|sem|não|senza|non|niet|geen|zonder"
    r"|nie|bez|tidak|tanpa|bukan|không|без|не|hindi|nu|fără|δεν|χωρίς|değil\w*)\b"
    r"|n't\b|\b(?:n'a|n’a) |ไม่|並非|并非|不是|沒有|没有|未|ない|ません|なし|せず|않|없이|नहीं|بدون|دون|لم |ليس|نشده|olmadan",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s*")


def says_machines_made_it(text: str) -> bool:
    """Whether a line says that AI wrote, made or translated the text that it stands in.

    >>> says_machines_made_it("This article was written with the help of AI.")
    True
    >>> says_machines_made_it("This article explains how images made by AI help doctors.")
    False
    """
    text = text[:_LONGEST_STATEMENT]
    for sentence in _SENTENCE_END.split(text):
        if _MACHINE_WORD.search(sentence) is None:
            continue
        for pattern in _SENTENCE:
            found = pattern.search(sentence)
            if found is not None:
                return not _is_denied(sentence, found)
    found = _LINE.search(text) if len(text) <= _LONGEST_LINE else None
    return found is not None and not _is_denied(text, found)


def _is_denied(text: str, found: re.Match[str]) -> bool:
    """Whether a "not" stands in what was found, or where some languages put it, behind."""
    behind = text[found.end() : found.end() + _DENIAL]
    begin = max(0, found.start() - _DENIAL)
    return bool(_NEGATED.search(text[begin : found.end()] + ("" if behind.isascii() else behind)))


_DENIAL = 14


def _read_sponsor_mark(page: BylinePage) -> None:
    if page.heading_at is None:
        return
    end = min(len(page.lines), page.heading_at + _NEAR)
    for number in range(page.heading_at + 1, end):
        if len(page.lines.nodes[number]) > _LONGEST_MARK:
            continue
        owner = page.lines.owner(number)
        for element in (owner, owner.getparent()):
            if element is None:
                continue
            names = element.get("class")
            if names is None or not _is_mark(names):
                continue
            line = page.lines.line(number)
            text = line.text
            if (
                _SHORTEST_MARK <= len(text) <= _LONGEST_MARK
                and boilerplate_kind(text) is None
                and not any("sponsored" in (a.get("rel") or "") for a in element.iter("a"))
            ):
                page.found.texts.append(
                    TextFinding(kind="sponsored", raw=line.raw[:300], place=page.place_of(line))
                )
                return


@lru_cache(maxsize=4096)
def _is_mark(names: str) -> bool:
    return _SPONSOR_MARK.search(names[:600]) is not None


_NEAR = 60
_SHORTEST_MARK, _LONGEST_MARK = 12, 160
_SPONSOR_MARK = re.compile(
    r"(?<![\w-])(?:[\w-]+[-_])?(?:hhg-disclaimer-text|(?:sponsor(?:ed|ship)?|advertorial|paid-post"
    r"|paid-partnership|branded-content)[-_]*(?:label|badge|tag|text|by|disclaimer|disclosure"
    r"|message|notice|name))(?![\w-])",
    re.IGNORECASE,
)
