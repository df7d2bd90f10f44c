"""NAME before LABEL in one line ("王小明醫師審閱"): the name, and whether the label is one at all.

`grammar` asks for labels that may have their name before them.
"""

from __future__ import annotations

import re

from articles.bylines.names import parse_people
from articles.bylines.person import Person
from articles.bylines.phrases import Label
from articles.dates import find_dates
from articles.parsed_date import ParsedDate

SEPARATOR = " \t:：-–—|·•,，/／;.◦*\u200b"
# Words between a label or a name and its date, dropped from the end of a name.
BEFORE_DATE = re.compile(
    r"[\s,.·•|–—:(-]*\b(?:on|at|in|am|vom|le|el|em|del?|il|op|pada|tanggal|noong|ngày|vào|lúc|dated|date|den|dnia|"
    r"από|στις|w|в|от|w dniu|the|tarihinde|में|को)?\s*[\s,.·•|–—:(-]*$"
    r"|\s*(?:於|在|于|เมื่อ(?:วันที่)?|วันที่|في|بتاريخ)\s*$",
    re.I,
)
_CIRCUMFIX = re.compile(
    r"^(?:由|經|经|經由|经由|本文由|本文經|本文经|この記事は|この記事を|本記事は|이 글은|یہ"
    r"|यह लेख|हा लेख|bu makale|bu yazı)\s*",
    re.I,
)
_POSTPOSITION = re.compile(
    r"\s*(?:が|による|の|は|द्वारा|के द्वारा|ने|यांनी|यांच्याद्वारे|tarafından|이|가"
    r"|(?<!전문)(?<!담당)의|님이)$"
)


def people_before(
    before: str, language: str | None
) -> tuple[tuple[Person, ...], tuple[ParsedDate, ...]]:
    """Who is named before a label, and the dates that stand behind the name."""
    dates = tuple(find_dates(before, language=language))
    named = BEFORE_DATE.sub("", before[: dates[0].start]) if dates else before
    named = _CIRCUMFIX.sub("", named.strip(SEPARATOR))
    return parse_people(_POSTPOSITION.sub("", named), language=language), dates


def stands_in_prose(
    before: str, text: str, label: Label, following: tuple[Label, ...], boundaries: frozenset[int]
) -> bool:
    """Whether a label that has its name before it goes on as a sentence: "의사 감수 제품을".

    Behind such a label ends the line, or stands a sign, a date or another label.
    """
    if not before.strip(SEPARATOR + _OPENING) or _OPEN_END.search(before):
        return False
    if not boundaries.isdisjoint(range(label.end, label.end + 2)):
        return False
    rest = _VERB_ENDING.sub("", text[label.end :], count=1)
    end = following[0].start - label.end if following else len(rest)
    between = rest[: max(0, end)]
    if not between.strip(SEPARATOR + ")]）"):
        return False
    if following and following[0].is_name_first and len(between) < _LONGEST_BETWEEN:
        return False
    if _AFTER_LABEL.match(rest):
        return False
    date = next(iter(find_dates(between[:_LONGEST_BETWEEN])), None)
    return date is None or date.start > _NEAR_DATE


_LONGEST_BETWEEN = 60
_OPENING = '(["“✓✔（'
_OPEN_END = re.compile(r"[·•|:：/／–—]\s*$|\s-\s*$")
_AFTER_LABEL = re.compile(r"\s*(?:[·•●|／/–—:：()（）\[\]-]|$)")
_NEAR_DATE = 12
# What a verb in the label still lacks at the end of its sentence.
_VERB_ENDING = re.compile(
    r"^\s*(?:है|हैं|आहे|था|गई है|を?して(?:い)?ます|を?しました|を?した|です|済み?|完成|通過|通过"
    r"|[를을]?\s*(?:했습니다|하였습니다|했다|받았습니다|함))?\s*[।.。]?(?=\s*$|\s*[·•|])"
)
