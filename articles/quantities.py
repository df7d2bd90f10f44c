"""Numbers with their units in a text (`400 mg`, `< 120/80 mmHg`, `2-3 weeks`), and which changed.

A number is taken as it is written: whether `1,000` is a thousand or one depends on the language,
and a comparison of one page with itself need not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from articles.aligning import align

# Written with spaces around them, so that a letter may not follow: "5 m" is metres, "5 men" is not.
_UNITS = """
    mg mcg µg μg ug ng g kg mgs gram grams milligram milligrams microgram micrograms kilogram
    kilograms ml l dl cl cc litre litres liter liters millilitre millilitres milliliter milliliters
    iu ui u unit units meq mmol mol µmol μmol nmol pmol mmhg kpa cm mm m km inch inches ft feet lb
    lbs oz ounce ounces pound pounds kcal kj cal calories calorie bpm hz percent
    s sec second seconds min mins minute minutes h hr hrs hour hours day days week weeks month
    months year years yr yrs times time drop drops tablet tablets capsule capsules pill pills puff
    puffs teaspoon teaspoons tsp tablespoon tablespoons tbsp cup cups glass glasses dose doses
    giờ phút ngày tuần tháng năm lần viên giọt tuổi
    jam menit minit hari minggu bulan tahun kali tetes sendok
    oras araw linggo buwan taon beses
    hora horas día días dia dias semana semanas mes meses mês año años ano anos
    heure heures jour jours semaine semaines mois an ans
    stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren
"""
# Written in a run with what follows.
_UNITS_WITHOUT_SPACES = """
    มิลลิกรัม มก. กรัม มิลลิลิตร มล. ชั่วโมง นาที วัน สัปดาห์ เดือน ปี ครั้ง เม็ด
    毫克 微克 克 毫升 小时 小時 時間 分钟 分鐘 分 天 日 周 週間 週 个月 個月 ヶ月 か月 月 年
    岁 歲 歳 次 回 片 粒 錠
    % ‰ °C °F ° ℃ ℉
"""

_NUMBER = r"(?:\d+(?:[.,]\d+)*[¼½¾⅓⅔⅛]?|[¼½¾⅓⅔⅛])"
_JOINED = r"(?:[-–—/~～至]|to|đến|sampai|hingga|hanggang|à|bis)"

_BETWEEN = re.compile(rf"(?<=[\d¼½¾⅓⅔⅛])\s?{_JOINED.replace('/', '')}\s?(?=\d)", re.IGNORECASE)


def _any_of(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))


_UNIT = rf"(?:(?:{_any_of(_UNITS)})(?![^\W\d_])|{_any_of(_UNITS_WITHOUT_SPACES)})"
_QUANTITY = re.compile(
    rf"(?P<sign>[<>≤≥±]\s?)?"
    rf"(?P<number>{_NUMBER}(?:\s?{_JOINED}\s?{_NUMBER})*)"
    rf"(?:\s?-?(?P<unit>{_UNIT}(?:\s?/\s?{_UNIT})*))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class NumberChange:
    """A number that is not as it was, with its unit; None on the side where it is not there."""

    old: str | None
    new: str | None


@dataclass(frozen=True, kw_only=True)
class _Quantity:
    raw: str
    key: str
    """As written but for space, case and the word between: `5-10mg` and `5 to 10 mg` are one."""
    unit: str


def compare_numbers(old: str, new: str) -> tuple[NumberChange, ...]:
    """The numbers that changed from `old` to `new`, in reading order.

    >>> compare_numbers("Take 400 mg twice.", "Take 40 mg twice.")
    (NumberChange(old='400 mg', new='40 mg'),)
    """
    before, after = list(_quantities(old)), list(_quantities(new))
    changes: list[NumberChange] = []
    i = j = 0
    pairs = align([quantity.key for quantity in before], [quantity.key for quantity in after])
    for old_index, new_index in [*pairs, (len(before), len(after))]:
        changes.extend(_pair_up(before[i:old_index], after[j:new_index]))
        i, j = old_index + 1, new_index + 1
    return tuple(changes)


def _quantities(text: str) -> Iterator[_Quantity]:
    for match in _QUANTITY.finditer(text):
        raw = match.group().strip()
        yield _Quantity(
            raw=raw,
            key="".join(_BETWEEN.sub("-", raw).split()).casefold(),
            unit=(match["unit"] or "").casefold(),
        )


def _pair_up(old: list[_Quantity], new: list[_Quantity]) -> Iterator[NumberChange]:
    """What stood in one place before and now: in order, those of one unit first."""
    if len(old) != len(new):
        for unit in dict.fromkeys(quantity.unit for quantity in old):
            ours = [quantity for quantity in old if quantity.unit == unit]
            theirs = [quantity for quantity in new if quantity.unit == unit]
            for one, other in zip(ours, theirs, strict=False):
                yield NumberChange(old=one.raw, new=other.raw)
                old = [quantity for quantity in old if quantity is not one]
                new = [quantity for quantity in new if quantity is not other]
    for before, after in zip_longest(old, new):
        yield NumberChange(
            old=None if before is None else before.raw, new=None if after is None else after.raw
        )
