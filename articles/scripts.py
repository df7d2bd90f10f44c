"""The script of a text: whose letters it has, and what they alone say about its language.

Called by `language`, `language_detection` and `fluency`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter


def scripts_of(text: str) -> Counter[str]:
    """Letters of each script; Han and kana letters count double, they carry a syllable or more."""
    scripts: Counter[str] = Counter()
    for character, count in Counter(text).items():
        if unicodedata.category(character)[0] in "LM" and (script := _script(character)):
            scripts[script] += count * (2 if script in ("han", "kana", "hangul") else 1)
    return scripts


def chinese_of(text: str) -> str:
    """`zh-Hans` or `zh-Hant`, by the characters that were simplified; `zh` where too few tell.

    >>> chinese_of("请多喝水，这对身体"), chinese_of("請多喝水，這對身體"), chinese_of("水")
    ('zh-Hans', 'zh-Hant', 'zh')
    """
    counts = Counter(text)
    simplified = sum(counts[character] for character in _SIMPLIFIED)
    traditional = sum(counts[character] for character in _TRADITIONAL)
    if max(simplified, traditional) < 3 or max(simplified, traditional) < 3 * min(
        simplified, traditional
    ):
        return "zh"
    return "zh-Hans" if simplified > traditional else "zh-Hant"


LANGUAGE_OF_SCRIPT = {
    "han": "zh", "hangul": "ko", "thai": "th", "greek": "el", "hebrew": "he",
    "bengali": "bn", "tamil": "ta", "telugu": "te", "gujarati": "gu", "kannada": "kn",
    "malayalam": "ml", "gurmukhi": "pa", "sinhala": "si", "khmer": "km", "lao": "lo",
    "myanmar": "my", "georgian": "ka", "armenian": "hy", "ethiopic": "am",
}  # fmt: skip
"""Of the scripts that one language of the web is written in."""

SCRIPT_OF_LANGUAGE = {
    **{language: script for script, language in LANGUAGE_OF_SCRIPT.items()},
    **dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be", "kk", "mn", "ky", "tg"), "cyrillic"),
    **dict.fromkeys(("ar", "fa", "ur", "ps"), "arabic"),
    **dict.fromkeys(("hi", "mr", "ne"), "devanagari"),
    "ja": "han",
    "yue": "han",
}
"""The languages that are not written in Latin letters."""

_SCRIPT_RANGES = (
    (0x0370, 0x03FF, "greek"), (0x1F00, 0x1FFF, "greek"), (0x0400, 0x052F, "cyrillic"),
    (0x0530, 0x058F, "armenian"), (0x0590, 0x05FF, "hebrew"), (0x0600, 0x077F, "arabic"),
    (0x0900, 0x097F, "devanagari"), (0x0980, 0x09FF, "bengali"), (0x0A00, 0x0A7F, "gurmukhi"),
    (0x0A80, 0x0AFF, "gujarati"), (0x0B80, 0x0BFF, "tamil"), (0x0C00, 0x0C7F, "telugu"),
    (0x0C80, 0x0CFF, "kannada"), (0x0D00, 0x0D7F, "malayalam"), (0x0D80, 0x0DFF, "sinhala"),
    (0x0E00, 0x0E7F, "thai"), (0x0E80, 0x0EFF, "lao"), (0x1000, 0x109F, "myanmar"),
    (0x10A0, 0x10FF, "georgian"), (0x1200, 0x137F, "ethiopic"), (0x1780, 0x17FF, "khmer"),
    (0x1100, 0x11FF, "hangul"), (0xAC00, 0xD7AF, "hangul"), (0x3040, 0x30FF, "kana"),
    (0x3400, 0x9FFF, "han"), (0xF900, 0xFAFF, "han"),
)  # fmt: skip

# Of the commonest characters of health pages those with two forms, in the same order.
_SIMPLIFIED = (
    "这个为国来们时对会发经说过后动体医药开关头问题养儿"
    "应实现种让从与无两样还进长书点气压疗检测肤质饮节处"
)
_TRADITIONAL = (
    "這個為國來們時對會發經說過後動體醫藥開關頭問題養兒"
    "應實現種讓從與無兩樣還進長書點氣壓療檢測膚質飲節處"
)


def _script(character: str) -> str | None:
    point = ord(character)
    if point < 0x0250 or 0x1E00 <= point <= 0x1EFF:
        return "latin"
    for first, last, name in _SCRIPT_RANGES:
        if first <= point <= last:
            return name
    return None
