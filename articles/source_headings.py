"""The words over a source list ("References", "Nguồn tham khảo"), and where such a list begins.

Asked by `blocks` of runs that go on over a `<br>` into their sources, and by `references` of
headings.
"""

from __future__ import annotations

import re

from articles.boilerplate import phrase_key

LONGEST_HEADING = 60
"""Characters."""

_HEADINGS_TEXT = """
    references|reference|references and sources|references & sources|references and further reading
    |references and resources|references cited|references list|list of references
    |selected references
    |key references|reference list|source|sources|article sources|sources and references|our sources
    |source list|sources & references|sources cited|view sources|show sources|view references
    |show references|view all references|medical references|scientific references|medical sources
    |citations|cited sources|works cited|literature cited|literature|bibliography|footnotes|endnotes
    |references:|evidence|notes and references|notes and sources|research sources|study references
    |quellen|quelle|quellenangaben|quellenverzeichnis|literatur|literaturverzeichnis|einzelnachweise
    |quellen und literatur|literatur und quellen|sources et références|références|bibliographie
    |références bibliographiques|notes et références|source de l'article|fuentes|fuente|referencias
    |referencias bibliográficas|bibliografía|fuentes consultadas|fonti|fonte|bibliografia
    |riferimenti
    |riferimenti bibliografici|fonti e bibliografia|referências|referências bibliográficas|fontes
    |bronnen|bron|referenties|bronvermelding|źródła|źródło|piśmiennictwo|literatura|przypisy|zdroje
    |použitá literatura|reference a zdroje|források|forrás|irodalom|surse|sursă|referințe|källor
    |källa|referenser|kilder|kilde|referanser|lähteet|kaynaklar|kaynak|kaynakça|referanslar
    |источники|источник|литература|список литературы|использованная литература|джерела|література
    |използвана литература|източници|πηγές|πηγή|βιβλιογραφία|παραπομπές|מקורות|ביבליוגרפיה
    |المصادر|المراجع|مصادر|المصدر|منابع|منبع|مراجع|स्रोत|संदर्भ|तथ्यसूत्र
    |sumber|sumber referensi|referensi|daftar pustaka|sumber artikel|rujukan|sumber rujukan
    |bibliografi
    |nguồn tham khảo|tài liệu tham khảo|nguồn|tham khảo|mga sanggunian|sanggunian|mga pinagkunan
    |แหล่งที่มา|เอกสารอ้างอิง|อ้างอิง|แหล่งอ้างอิง|ข้อมูลอ้างอิง|參考資料|參考文獻|资料来源|参考资料
    |参考文献|參考來源|資料來源
    |文獻|引用|出典|参考|参考サイト|引用文献|참고문헌|참고 문헌|참고자료|출처|인용|ឯកសារយោង
    |ကိုးကား|ရည်ညွှန်းချက်
"""
_HEADING_KEYS = frozenset(
    phrase_key(phrase) for phrase in _HEADINGS_TEXT.split("|") if phrase.strip()
)
_COUNT_BEHIND = re.compile(r"\s*[(\[]?\d{0,3}[)\]]?\s*(?:sources?|references?)?\s*$")


def is_reference_heading(text: str) -> bool:
    """Whether a short block opens a source list ("References (12)", "Nguồn tham khảo")."""
    if len(text) > LONGEST_HEADING:
        return False
    key = phrase_key(text)
    if key in _HEADING_KEYS:
        return True
    return _HAS_DIGIT.search(key) is not None and _COUNT_BEHIND.sub("", key) in _HEADING_KEYS


def parts_at_source_heading(text: str) -> list[str]:
    """A run of lines cut before and after the line that heads its sources; else as it is.

    Old pages set a source list as text and `<br>`. The line must end in a colon or be in capitals:
    a line "Source" in an address or a poem cuts nothing.
    """
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1]):
        if (
            len(line) <= LONGEST_HEADING
            and (line.endswith((":", "：")) or (line.isupper() and line.isascii()))
            and is_reference_heading(line)
        ):
            parts = ("\n".join(lines[:number]), line, "\n".join(lines[number + 1 :]))
            return [part for part in parts if part]
    return [text]


_HAS_DIGIT = re.compile(r"\d")
