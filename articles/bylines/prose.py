"""Whether words are the run of a sentence and no name, in scripts with capitals and without.

`names`, `grammar` and `reader` ask, so that prose behind a label names nobody.
"""

# ruff: noqa: E501 (tables of words: a row stays a line)

from __future__ import annotations

import re

# Words that stand in every sentence and in no name, in scripts without capitals.
_FUNCTION_WORDS = frozenset(
    """
    है हैं और में के की का को से पर यह वह इस उस ये वे नहीं तो भी था थी थे होता होती होते करें करता करते
    करना लिए या गया गई गए किया कि जो एक बहुत कई अगर आप हम
    आहे आहेत आणि ही हे व नाही नाहीत झाले केले मध्ये साठी असते असतात होते यांचा
    الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت
    في من إلى عن أن هذا هذه ذلك التي الذي كان كانت كما هو هي لا لم قد ما كل أو ثم بعد قبل مع غير بين عند
    است این که در به با از را می برای شده شود نیست هم تا یک آن بر هر ها هستند باشد بود
    """.split()  # noqa: SIM905
)
# The same where words are not parted by spaces.
_INSIDE = re.compile(
    r"และ|ที่|ของ|เป็น|ไม่|หรือ|ซึ่ง|ความ|ต้อง|สำหรับ|อย่าง|อาการ|สุขภาพ|บทความ|ข้อมูล|ทั้ง|ขนมปัง|การแพทย์"
    r"|និង|ដែល|ការ|អាច|ត្រូវ|ដើម្បី|អត្ថបទ|ជំងឺ|ហើយ|នៅក្នុង"
    r"|သည်|များ|နှင့်|ဖြစ်|တွင်|၏|သော|ရန်|ကို|ပါ$"
)
_SENTENCE_MARK = re.compile(r"[।॥。！？؟។៕၊။!?…]\s*$")
_STOP = re.compile(r"[।॥。！？؟។៕။!?….]\s*$")
_STRONG_SIGN = re.compile(r"\s[-–—]\s|\s*[|·•●]\s*")
_HAS_CASE = re.compile(r"[a-zà-öø-ÿā-žα-ωа-яё]")
_LOWER_WORDS = re.compile(
    r"(?:[,;]|\s[–—-])\s+(?P<run>(?:[a-zà-öø-ÿā-žα-ωа-яё][\w'’-]*\s+){4,}[a-zà-öø-ÿā-žα-ωа-яё])"
)
_VERB_FOLLOWS = re.compile(
    r",\s+(?!who\b|whose\b|is\b|was\b|has\b|an?\b)(?:and\s+|but\s+)?[a-z][^,;]{0,60}?\b(?:shows?|showed|shown|is|are|was|were|has|have|had|found"
    r"|finds|suggests?|says|said|tells?|told|reports?|reported|can|may|will|should|does|did|needs?|keeps?)\b"
)
_POST = re.compile(
    r"\b(?:director|professor|head|chief|editor|physician|doctor|specialist|surgeon|nurse|fellow|member|chair|founder"
    r"|board|certified|university|hospital|clinic|medicine|school|institute|department|m[ée]dic|medi[cz]|especialista|profes"
    r"|universi|ospedal|hôpital|arzt|ärztin|klinik|facharzt|professor|arts|lekarz|врач|\w+olog|\w+iatr)",
    re.I,
)


def is_function_word(word: str) -> bool:
    """Whether a word of a script without capitals stands in sentences only."""
    return word in _FUNCTION_WORDS


def holds_function_words(text: str) -> bool:
    """Whether words in a script without spaces between words are those of a sentence."""
    return _INSIDE.search(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a text ends in a mark that ends sentences and no names (no full stop: "Jr.")."""
    return _SENTENCE_MARK.search(text) is not None


def is_sentence(text: str) -> bool:
    """Whether a line, as far as its first dash or bar, is long enough for a sentence and ends as one."""
    text = _STRONG_SIGN.split(text, maxsplit=1)[0]
    if _STOP.search(text) is None:
        return False
    if _HAS_CASE.search(text):
        return len(text) > 60 and text.count(" ") >= 8
    return len(text) > 24


def goes_on_as_prose(value: str) -> bool:
    """Whether what follows a name in a value is a clause of a sentence, not a detail of the person.

    >>> goes_on_as_prose("Ada Roe, MD, the study shows that bread keeps for a week")
    True
    >>> goes_on_as_prose("Ada Roe, MD, the medical director of the Rye Clinic")
    False
    """
    if len(value) < 40 or "," not in value:
        return False
    if _VERB_FOLLOWS.search(value):
        return True
    run = _LOWER_WORDS.search(value)
    return run is not None and _POST.search(run["run"]) is None


def is_short_text(text: str) -> bool:
    """A few words without digits, no sentence and no heading of a list."""
    return len(text) <= 60 and _NO_DETAIL.search(text) is None


_NO_DETAIL = re.compile(r"[.!?:।。]$|\d")
