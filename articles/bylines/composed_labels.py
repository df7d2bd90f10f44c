"""Labels put together from parts: "This article has been medically reviewed and approved by".

`find_composed` is the door. The phrase tables hold wordings that were seen; publishers put others
together from the same few verbs, adverbs and subjects, so each language has its parts here.
"""

# ruff: noqa: E501 (tables of words: a row stays a line)

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The parts of one language; each a pattern of alternatives over text in lower case."""

    subject: str
    auxiliary: str
    adverbs: str
    """Before the verb."""
    reviewing: str
    """Verbs by which somebody reviews; of them `weak` alone may mean other things."""
    weak: str = "(?!)"
    writing: str = "(?!)"
    other: str = "(?!)"
    """Verbs that may stand beside one of the others and add no role: "updated and reviewed by"."""
    after: str
    """Behind the verb: "reviewed for accuracy", "revisado médicamente"."""
    conjunction: str
    by: str
    gate: tuple[str, ...]
    """Pieces of text of which one stands in every line with such a label."""
    stems: str
    """First letters of the verbs, for the cheap test."""


@dataclass(frozen=True, kw_only=True)
class Composed:
    """One label put together, where it stands in a line."""

    kinds: tuple[str, ...]
    start: int
    end: int
    language: str
    is_weak: bool


PARTS: dict[str, Parts] = {
    "en": Parts(
        subject=r"(?:(?:this|the|our) )?(?:(?:health|medical|web) )?(?:article|page|content|information|post|text|story|guide|resource|blog|piece|material|fact ?sheet|topic|summary)",
        auxiliary=r"(?:has|have) been|was|were|is",
        adverbs=r"medically|clinically|scientifically|nutritionally|dentally|technically|professionally|independently|expertly|thoroughly|carefully|fully|editorially"
        r"|last|most recently|recently|also|originally|then|doctor|physician|expert|dietitian|pharmacist|vet|veterinary|veterinarian|dental|dentist|nutrition|nurse|evidence|medical|clinical|scientific|peer",
        reviewing=r"reviewed|fact[- ]?checked|vetted",
        weak=r"verified|validated|checked|approved|assessed|evaluated",
        writing=r"written|authored",
        other=r"updated|edited|revised",
        after=r"medically|clinically|scientifically|for (?:(?:medical|clinical|scientific|factual|technical) )?(?:accuracy|correctness)(?: and \w+)?",
        conjunction=r"\s*,\s+(?:and )?|\s+(?:and|&)\s+",
        by=r"by",
        gate=(" by",),
        stems="review fact checke vetted verifi valida approv assess evalua",
    ),
    "de": Parts(
        subject=r"(?:(?:dieser|der|unser|dieses|diese|die) )?(?:artikel|text|beitrag|inhalt|inhalte|ratgeber|seite)",
        auxiliary=r"wurde|ist|wurden",
        adverbs=r"medizinisch|fachlich|ärztlich|fachärztlich|wissenschaftlich|klinisch|pharmazeutisch|zuletzt|inhaltlich|redaktionell",
        reviewing=r"geprüft|überprüft|begutachtet|gegengelesen",
        weak=r"kontrolliert|validiert|verifiziert|freigegeben|durchgesehen|bestätigt",
        writing=r"verfasst|geschrieben",
        other=r"aktualisiert|überarbeitet",
        after=r"(?!)",
        conjunction=r"\s*,\s+|\s+(?:und|&)\s+",
        by=r"von|durch",
        gate=(" von", " durch"),
        stems="geprüf überpr begutg begutac gegeng kontro validi verifi freige durchg bestät",
    ),
    "fr": Parts(
        subject=r"(?:(?:cet|ce|cette|le|la) |l')?(?:article|contenu|texte|page|fiche|dossier|information)",
        auxiliary=r"a été|est|ont été",
        adverbs=r"médicalement|scientifiquement|cliniquement|récemment",
        reviewing=r"relue?s?|revue?s?|révisée?s?|contrôlée?s?",
        weak=r"vérifiée?s?|validée?s?|approuvée?s?|corrigée?s?",
        writing=r"écrite?s?|rédigée?s?",
        other=r"mis(?:e|es)? à jour",
        after=r"médicalement|scientifiquement|cliniquement|sur le plan médical",
        conjunction=r"\s*,\s+|\s+(?:et|&)\s+",
        by=r"par",
        gate=(" par",),
        stems="relu relue relus relues revu revue revus révisé révisée contrô vérifi validé approu corrig",
    ),
    "es": Parts(
        subject=r"(?:(?:este|el|esta|la) )?(?:artículo|contenido|texto|página|información|nota|ficha|publicación)",
        auxiliary=r"ha sido|fue|está|han sido",
        adverbs=r"médicamente|medicamente|clínicamente|científicamente",
        reviewing=r"revisad[oa]s?|supervisad[oa]s?",
        weak=r"validad[oa]s?|verificad[oa]s?|aprobad[oa]s?|comprobad[oa]s?|avalad[oa]s?|contrastad[oa]s?",
        writing=r"escrit[oa]s?|redactad[oa]s?",
        other=r"actualizad[oa]s?|editad[oa]s?",
        after=r"médicamente|medicamente|clínicamente|científicamente",
        conjunction=r"\s*,\s+|\s+(?:y|e|&)\s+",
        by=r"por",
        gate=(" por",),
        stems="revisa superv valida verifi aproba compro avalad contra",
    ),
    "pt": Parts(
        subject=r"(?:(?:este|o|esta|a) )?(?:artigo|conteúdo|texto|página|matéria|informação)",
        auxiliary=r"foi|é|foram|está",
        adverbs=r"clinicamente|medicamente|cientificamente|tecnicamente",
        reviewing=r"revisad[oa]s?|revist[oa]s?|supervisionad[oa]s?",
        weak=r"validad[oa]s?|verificad[oa]s?|aprovad[oa]s?|conferid[oa]s?|avaliad[oa]s?",
        writing=r"escrit[oa]s?|redigid[oa]s?",
        other=r"atualizad[oa]s?|editad[oa]s?",
        after=r"clinicamente|medicamente|cientificamente|tecnicamente",
        conjunction=r"\s*,\s+|\s+(?:e|&)\s+",
        by=r"por|pel[oa]s?",
        gate=(" por", " pel"),
        stems="revisa revist superv valida verifi aprova confer avalia",
    ),
    "it": Parts(
        subject=r"(?:(?:questo|il|questa|la) |l')?(?:articolo|contenuto|testo|pagina|scheda)",
        auxiliary=r"è stat[oa]|viene|è",
        adverbs=r"medicalmente|clinicamente|scientificamente",
        reviewing=r"revisionat[oaie]|rivist[oaie]|supervisionat[oa]",
        weak=r"verificat[oaie]|validat[oaie]|approvat[oaie]|controllat[oaie]",
        writing=r"scritt[oa]|redatt[oa]",
        other=r"aggiornat[oa]",
        after=r"medicalmente|clinicamente|scientificamente|dal punto di vista medico",
        conjunction=r"\s*,\s+|\s+(?:e|ed|&)\s+",
        by=r"da(?:l|lla|llo|i|lle)?",
        gate=(" da",),
        stems="revisi rivist superv verifi valida approv contro",
    ),
    "nl": Parts(
        subject=r"(?:(?:dit|deze|het|de) )?(?:artikel|tekst|pagina|inhoud|informatie)",
        auxiliary=r"is|werd|zijn",
        adverbs=r"medisch|inhoudelijk|wetenschappelijk|laatst|klinisch",
        reviewing=r"gecontroleerd|beoordeeld|nagekeken|gereviewd|getoetst|nagelezen",
        weak=r"geverifieerd|gevalideerd|goedgekeurd",
        writing=r"geschreven",
        other=r"bijgewerkt|geüpdatet",
        after=r"(?!)",
        conjunction=r"\s*,\s+|\s+(?:en|&)\s+",
        by=r"door",
        gate=(" door",),
        stems="gecont beoord nageke gerevi getoet nagele geveri gevali goedge",
    ),
    "pl": Parts(
        subject=r"(?:(?:ten|niniejszy) )?(?:tekst|artykuł|materiał|treść|strona)",
        auxiliary=r"został[ao]?|jest|był[ao]?",
        adverbs=r"medycznie|merytorycznie|naukowo",
        reviewing=r"zweryfikowan[yaeo]|zrecenzowan[yaeo]|skonsultowan[yaeo]|sprawdzon[yaeo]",
        weak=r"zatwierdzon[yaeo]|zaopiniowan[yaeo]",
        writing=r"napisan[yaeo]|opracowan[yaeo]",
        other=r"zaktualizowan[yaeo]",
        after=r"medycznie|merytorycznie|pod względem medycznym|pod względem merytorycznym",
        conjunction=r"\s*,\s+|\s+(?:i|oraz)\s+",
        by=r"przez",
        gate=("przez",),
        stems="zweryf zrecen skonsu sprawd zatwie zaopin",
    ),
    "ru": Parts(
        subject=r"(?:(?:эта|данная|этот|данный) )?(?:статья|текст|материал|страница|информация)",
        auxiliary=r"был[аио]?",
        adverbs=r"медицински|научно",
        reviewing=r"проверен[аоы]?|отрецензирован[аоы]?",
        weak=r"одобрен[аоы]?|верифицирован[аоы]?",
        after=r"(?!)",
        conjunction=r"\s*,\s+|\s+и\s+",
        by=r"(?:медицинским )?(?:врачом|экспертом|специалистом|рецензентом|редактором)",
        gate=("врачом", "экспертом", "специалистом", "рецензентом", "редактором"),
        stems="провер отреце одобре верифи",
    ),
    "ca": Parts(
        subject=r"(?:(?:aquest|el|aquesta|la) |l')?(?:article|contingut|text|pàgina)",
        auxiliary=r"ha estat|és|està",
        adverbs=r"mèdicament|clínicament|científicament",
        reviewing=r"revisa(?:t|da)|supervisa(?:t|da)",
        weak=r"valida(?:t|da)|verifica(?:t|da)|aprova(?:t|da)",
        after=r"mèdicament|clínicament|científicament",
        conjunction=r"\s+i\s+",
        by=r"per|pel",
        gate=(" pe",),
        stems="revisa superv valida verifi aprova",
    ),
    "ro": Parts(
        subject=r"(?:acest )?(?:articol(?:ul)?|conținut(?:ul)?|text(?:ul)?|material(?:ul)?)",
        auxiliary=r"a fost|este",
        adverbs=r"medical|științific",
        reviewing=r"verificată?|revizuită?|recenzată?",
        weak=r"validată?|aprobată?",
        after=r"medical|științific|din punct de vedere medical",
        conjunction=r"\s+și\s+",
        by=r"de către|de",
        gate=(" de",),
        stems="verifi revizu recenz valida aproba",
    ),
    "id": Parts(
        subject=r"(?:artikel|konten|halaman|informasi|tulisan)(?: ini)?",
        auxiliary=r"telah|sudah",
        adverbs=r"(?!)",
        reviewing=r"ditinjau|direview|diulas|diperiksa",
        weak=r"diverifikasi|divalidasi|disetujui|dievaluasi",
        writing=r"ditulis",
        other=r"diperbarui",
        after=r"secara (?:medis|klinis|ilmiah)|kembali|ulang",
        conjunction=r"\s+(?:dan|&)\s+",
        by=r"oleh",
        gate=("oleh",),
        stems="ditinj direvi diulas diperi diveri divali disetu dieval",
    ),
    "ms": Parts(
        subject=r"(?:artikel|kandungan|halaman|maklumat)(?: ini)?",
        auxiliary=r"telah|sudah",
        adverbs=r"(?!)",
        reviewing=r"disemak|dinilai",
        weak=r"disahkan|diluluskan|diperiksa",
        writing=r"ditulis",
        other=r"dikemas kini",
        after=r"secara (?:perubatan|klinikal)|semula",
        conjunction=r"\s+(?:dan|&)\s+",
        by=r"oleh",
        gate=("oleh",),
        stems="disema dinila disahk dilulu diperi",
    ),
    "vi": Parts(
        subject=r"(?:bài viết|nội dung|thông tin|bài)(?: này)?",
        auxiliary=r"đã được|được",
        adverbs=r"được",
        reviewing=r"tham vấn|kiểm duyệt|thẩm định|xét duyệt|phê duyệt",
        weak=r"tư vấn|đánh giá|kiểm chứng",
        after=r"y khoa|chuyên môn|y tế|nội dung|về y khoa|về chuyên môn",
        conjunction=r"\s+(?:và|&)\s+",
        by=r"bởi",
        gate=("bởi",),
        stems="duyệt vấn thẩm chứng",
    ),
    "fil": Parts(
        subject=r"(?:ang )?(?:artikulong? ito|artikulo|nilalaman)(?: ay)?",
        auxiliary=r"ay",
        adverbs=r"medikal na|huling",
        reviewing=r"sinuri|nirebyu|narebyu|rinebyu|nirepaso|narepaso",
        weak=r"inaprubahan|pinatunayan",
        after=r"nang medikal",
        conjunction=r"\s+at\s+",
        by=r"ni|nina",
        gate=(" ni",),
        stems="sinuri nireby nareby rineby nirepa narepa inapru pinatu",
    ),
    "el": Parts(
        subject=r"(?:(?:το|αυτό το) )?(?:άρθρο|κείμενο|περιεχόμενο)",
        auxiliary=r"έχει",
        adverbs=r"ιατρικά|επιστημονικά",
        reviewing=r"ελέγχθηκε|αξιολογήθηκε|επιμελήθηκε|ελεγχθεί",
        weak=r"εγκρίθηκε|επιβεβαιώθηκε",
        after=r"ιατρικά|επιστημονικά",
        conjunction=r"\s+και\s+",
        by=r"από",
        gate=("από",),
        stems="ελέγχθ αξιολο επιμελ ελεγχθ εγκρίθ επιβεβ",
    ),
}  # fmt: skip

_MEDICAL = re.compile(
    r"\b(?:m[ée]di[cz]|mèdic|medycz|medisch|medis\b|medik|clinic|cl[íi]nic|klini|doctor|physician|dent|nurse|pharmac|pharmaz|dietit|vet|ärztl|fachärztl|perubatan|ιατρ|медицин)"
    r"|y khoa|y tế|врачом"
)


_FACT_CHECKED = re.compile(r"fact[- ]?checked")
BY_WORDS = frozenset(
    """
    by von durch par por pelo pela pelos pelas da dal dalla dallo dai dalle door przez per pel de oleh bởi ni
    nina από врачом экспертом специалистом рецензентом редактором
    """.split()  # noqa: SIM905
)
"""The last words of such labels, as texts are parted into words."""


@dataclass(frozen=True, kw_only=True)
class _Pattern:
    language: str
    gate: tuple[str, ...]
    core: re.Pattern[str]
    whole: re.Pattern[str]
    reviewing: re.Pattern[str]
    weak: re.Pattern[str]
    writing: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> dict[str, _Pattern]:
    made = {}
    for language, parts in PARTS.items():
        verb = rf"(?:{parts.reviewing}|{parts.weak}|{parts.writing}|{parts.other})"
        adverbs = rf"(?:(?:{parts.adverbs})[\s-]+)*"
        tail = rf"(?:\s+(?:{parts.after}))?\s+(?:{parts.by})(?!\w)"
        whole = (
            rf"(?<!\w)(?P<subject>(?:{parts.subject})\s+(?:(?:{parts.auxiliary})\s+)?)?"
            rf"(?P<adverbs>{adverbs}){verb}(?:(?:{parts.conjunction}){adverbs}{verb}){{0,3}}{tail}"
        )
        made[language] = _Pattern(
            language=language,
            gate=parts.gate,
            core=re.compile(rf"(?<!\w)(?:{parts.reviewing}|{parts.weak}){tail}"),
            whole=re.compile(whole),
            reviewing=re.compile(rf"(?<!\w)(?:{parts.reviewing})(?!\w)"),
            weak=re.compile(rf"(?<!\w)(?:{parts.weak})(?!\w)"),
            writing=re.compile(rf"(?<!\w)(?:{parts.writing})(?!\w)"),
        )
    return made


def find_composed(folded: str, spoken: str = "") -> list[Composed]:
    """The labels put together in a line, `folded` to lower case, of English and the language that
    is `spoken`; of all languages where that is "".

    >>> found = find_composed("this post was clinically vetted by ann roe")
    >>> [(composed.kinds, composed.start, composed.end) for composed in found]
    [(('medical_reviewer',), 0, 34)]
    """
    found: list[Composed] = []
    patterns = _patterns()
    for language in {spoken, "en"} if spoken else patterns:
        pattern = patterns.get(language)
        if pattern is None or not _passes(folded, pattern.gate):
            continue
        if pattern.core.search(folded) is not None:
            made = (_composed(match, pattern) for match in pattern.whole.finditer(folded))
            found += [composed for composed in made if composed is not None]
    return found


def _passes(folded: str, gate: tuple[str, ...]) -> bool:
    for piece in gate:  # noqa: SIM110 (asked of every line: `any` costs three times as much)
        if piece in folded:
            return True
    return False


def _composed(match: re.Match[str], pattern: _Pattern) -> Composed | None:
    words = match.group()
    checks = _FACT_CHECKED.search(words) is not None
    reviews = _FACT_CHECKED.sub("", words) if checks else words
    has_review_verb = pattern.reviewing.search(reviews) is not None
    is_medical = _MEDICAL.search(words) is not None
    kinds = ["author"] if pattern.writing.search(words) else []
    if has_review_verb or pattern.weak.search(reviews):
        role = "medical_reviewer" if is_medical else "reviewer"
        kinds.append("peer_reviewer" if words.startswith("peer") else role)
    if checks:
        kinds.append("fact_checker")
    if kinds in ([], ["author"]):
        return None  # The tables have the words for authors and editors.
    is_plain = not match["subject"] and not match["adverbs"] and not is_medical
    return Composed(
        kinds=tuple(kinds),
        start=match.start(),
        end=match.end(),
        language=pattern.language,
        is_weak=is_plain and not has_review_verb and not checks,
    )


@lru_cache(maxsize=1)
def stems_of_verbs() -> frozenset[str]:
    """First letters of every verb of the parts, at most six, for the cheap test of `label_stems`."""
    return frozenset(stem for parts in PARTS.values() for stem in parts.stems.split())


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    # Of a verb of two words ("tham vấn") the second one.
    single = "|".join(f"{parts.reviewing}|{parts.weak}" for parts in PARTS.values())
    return re.compile(rf"(?:{single}|checked|duyệt|vấn|định|chứng)")


@lru_cache(maxsize=4096)
def is_verb(word: str) -> bool:
    """Whether a word is one of the verbs that labels are put together from."""
    return _verbs().fullmatch(word) is not None
