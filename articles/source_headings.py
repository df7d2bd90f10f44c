"""The words over a source list ("References", "Nguồn tham khảo"), and where such a list begins.

Asked by `blocks` of runs that go on over a `<br>` into their sources, and by `references` of
headings and of paragraphs that begin with one.
"""

from __future__ import annotations

import re
from itertools import product

from articles.boilerplate import phrase_key

LONGEST_HEADING = 60
"""Characters."""
LONGEST_WEAK = 30

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
    |clinical references|scientific sources|key sources|sources used|sources consulted
    |data sources|data sources and references|research cited|research references|primary sources
    |bibliography and sources|bibliography and references|references and sources cited
    |where this information comes from|how we sourced this article|information sources
    |sources of information|source of information|source references|references used
    |literaturhinweise|literaturangaben|quellennachweis|quellennachweise|verwendete quellen
    |verwendete literatur|wissenschaftliche quellen|weiterführende quellen|literatur & quellen
    |quellen & literatur|quellen und referenzen|referenzen|quellenliste|wissenschaftliche literatur
    |sources médicales|sources scientifiques|sources bibliographiques|références scientifiques
    |références médicales|liste des références|nos sources|sources consultées
    |bibliographie et sources|sources et bibliographie|références et sources
    |referencias científicas|referencias médicas|referencias y fuentes|fuentes y referencias
    |bibliografía consultada|bibliografía y referencias|fuentes médicas|fuentes científicas
    |fuentes bibliográficas|lista de referencias|nuestras fuentes
    |referências científicas|referências médicas|fontes e referências|referências e fontes
    |fontes consultadas|fontes de informação|bibliografia consultada|lista de referências
    |fonti scientifiche|fonti mediche|fonti consultate|bibliografia essenziale
    |riferimenti scientifici|fonti e riferimenti|le nostre fonti
    |gebruikte bronnen|geraadpleegde bronnen|wetenschappelijke bronnen|bronnenlijst|literatuur
    |literatuurlijst|bronnen en referenties|referentielijst
    |bibliografia i źródła|źródła i bibliografia|źródła naukowe|spis literatury|wykaz literatury
    |yararlanılan kaynaklar|bilimsel kaynaklar|referans listesi|kaynakça ve referanslar
    |список источников|список использованной литературы|источники и литература|ссылки на источники
    |использованные источники|литература и источники|библиография|научные источники
    |βιβλιογραφικές αναφορές|αναφορές|πηγές και βιβλιογραφία|πηγές πληροφοριών|επιστημονικές πηγές
    |المصادر والمراجع|المراجع والمصادر|قائمة المراجع|قائمة المصادر|المراجع العلمية|المصادر العلمية
    |منابع و مآخذ|فهرست منابع|منابع و مراجع|منابع علمی
    |सन्दर्भ|संदर्भ सूची|संदर्भ ग्रंथ सूची|स्रोत और संदर्भ|स्त्रोत|संदर्भ आणि स्रोत
    |referensi ilmiah|sumber informasi|sumber dan referensi|referensi dan sumber|bahan rujukan
    |senarai rujukan|sumber maklumat|rujukan dan sumber
    |mga pinagmulan|mga pinagkuhanan|pinagkuhanan|mga sanggunian at pinagkunan|talasanggunian
    |nguồn tài liệu|nguồn tài liệu tham khảo|tài liệu|các nguồn tham khảo|nguồn thông tin
    |แหล่งข้อมูล|แหล่งข้อมูลอ้างอิง|รายการอ้างอิง|บรรณานุกรม|ที่มา|ที่มาของข้อมูล|เอกสารประกอบ
    |參考來源與文獻|參考文獻與資料來源|引用來源|引用文獻|文獻來源|資料出處|參考書目|参考来源|引用来源|引文
    |文献来源|参考书目|参考文献与资料来源|參考資料來源
    |参考資料|引用元|参照元|出典・参考文献|参考文献・出典|引用・参考文献|参考・引用文献|参考ページ|参考情報
    |출처 및 참고문헌|참고 자료|참고문헌 및 출처|인용 문헌|참고 사이트|참조
    |surse bibliografice|bibliografie|referințe bibliografice|referinţe|surse și referințe
    |referències|referències bibliogràfiques|fonts consultades|fonts i referències
    |manbalar|manba|adabiyotlar|foydalanilgan adabiyotlar|foydalanilgan manbalar|adabiyotlar royxati
    |ប្រភព|ប្រភពយោង|ប្រភពឯកសារ|ឯកសារពិគ្រោះ
    |ကိုးကားချက်များ|ကိုးကားစာရင်း|အကိုးအကားများ|ရည်ညွှန်းကိုးကား|အရင်းအမြစ်များ
"""
# What stands on the button of a closed list, before the word or behind it.
_BEFORE = """show|view|see|hide|open|expand|all|show all|view all|see all|view our|see our|hide all
    |view the|show the|full|list of|see full|lihat|lihat semua|tampilkan|papar|xem|xem thêm|ดู
    |ver|ver todas las|ver todas as|mostrar|voir|voir les|afficher les|vedi|vedi le|mostra|bekijk
    |toon|zobacz|pokaż|показать|посмотреть|عرض|اظهار|查看|顯示|显示|檢視"""
_BEHIND = """anzeigen|ansehen|einblenden|göster|görüntüle|देखें|を見る|を表示|보기|tonen|bekijken"""
_ON_BUTTONS = """references|sources|citations|article sources|referensi|sumber|rujukan
    |nguồn tham khảo|tài liệu tham khảo|แหล่งที่มา|อ้างอิง|fuentes|referencias|fontes|referências
    |sources|références|fonti|riferimenti|bronnen|źródła|bibliografię|источники|المصادر|المراجع
    |參考資料|参考资料|資料來源|参考文献|參考文獻|quellen|einzelnachweise|kaynakları|स्रोत|संदर्भ
    |出典|출처|참고문헌"""


def _phrases(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split("|") if phrase.strip()]


_HEADING_KEYS = frozenset(
    phrase_key(phrase)
    for phrase in (
        *_phrases(_HEADINGS_TEXT),
        *(
            f"{verb}{space}{noun}"
            for verb, noun in product(_phrases(_BEFORE), _phrases(_ON_BUTTONS))
            for space in (" ", "")
            if space or not verb.isascii()
        ),
        *(
            f"{noun}{space}{verb}"
            for noun, verb in product(_phrases(_ON_BUTTONS), _phrases(_BEHIND))
            for space in (" ", "")
            if space or not verb.isascii()
        ),
    )
)
_WEAK_KEYS = frozenset(
    map(
        phrase_key,
        _phrases(
            """resources|resource|resources and references|evidence|literature|fonts|font|tài liệu
            |参考|引用|ที่มา|인용|참조|recursos|ressources|risorse|recursos consultados|footnotes
            |endnotes|przypisy"""
        ),
    )
)
_ALL_KEYS = _HEADING_KEYS | _WEAK_KEYS
_COUNT = re.compile(
    r"^\s*[(\[]?\d{1,3}[)\]]?\s*|\s*[(\[]?\d{1,3}[)\]]?\s*(?:sources?|references?)?\s*$"
)


def is_reference_heading(text: str) -> bool:
    """Whether a short block opens a source list ("References (12)", "Nguồn tham khảo")."""
    return len(text) <= LONGEST_HEADING and _is_among(_HEADING_KEYS, phrase_key(text))


def may_head_sources(text: str) -> bool:
    """Whether a short block opens a source list, or by its words might."""
    return len(text) <= LONGEST_HEADING and _is_among(_ALL_KEYS, phrase_key(text))


def _is_among(keys: frozenset[str], key: str) -> bool:
    if key in keys:
        return True
    # "References (12)", "12 sources", "Show all 12 references"
    return _HAS_DIGIT.search(key) is not None and (
        _COUNT.sub("", key) in keys or _COUNT_INSIDE.sub(" ", key) in keys
    )


def is_weak_reference_heading(text: str) -> bool:
    """Whether a short block may open a source list, but other lists as often ("Resources").

    What stands under it decides, and must be cited works, not links.
    """
    return 0 < len(text) <= LONGEST_WEAK and phrase_key(text) in _WEAK_KEYS


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
_COUNT_INSIDE = re.compile(r"\s+\d{1,3}\s+")
