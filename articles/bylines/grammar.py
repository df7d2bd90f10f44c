"""One line of text read as bylines: LABEL NAME CREDENTIALS SPECIALTY DATE, or NAME before LABEL.

`read_line` knows nothing of the page; where a line may stand, and what the lines after it add, is
the work of `reader` and `regions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from articles.bylines.name_first import BEFORE_DATE, SEPARATOR, people_before, stands_in_prose
from articles.bylines.names import parse_people
from articles.bylines.person import Person, is_specialty, with_detail
from articles.bylines.phrases import DATE_KINDS, ROLE_KINDS, Label, find_labels
from articles.bylines.prose import goes_on_as_prose, is_sentence
from articles.dates import find_dates
from articles.parsed_date import ParsedDate
from articles.record import REVIEWING_ROLES


@dataclass(frozen=True, kw_only=True)
class NamedPerson:
    """Somebody a line names, with the label that says in which role."""

    label: Label
    person: Person


@dataclass(frozen=True, kw_only=True)
class LabelledDate:
    """A date a line states, with its kind."""

    kind: str
    label: Label
    date: ParsedDate


@dataclass(kw_only=True)
class Reading:
    """What one line says."""

    labels: tuple[Label, ...] = ()
    people: list[NamedPerson] = field(default_factory=list)
    dates: list[LabelledDate] = field(default_factory=list)
    open_label: Label | None = None
    """The last label, where nothing follows it: its value stands on the next lines."""
    claims: list[Label] = field(default_factory=list)
    refused: list[tuple[Label, str]] = field(default_factory=list)
    """Labels whose value is no name, with the reason."""
    covered: float = 0.0
    """Share of the line that labels and their values take up."""

    @property
    def is_label_only(self) -> bool:
        return (
            self.open_label is not None
            and not self.people
            and not self.dates
            and len(self.labels) == 1
            and self.open_label.start == 0
        )


_WEEKDAY = re.compile(
    r"[\s,]*\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*$"
    r"|[\s,]*(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|montag|dienstag|mittwoch|donnerstag|freitag"
    r"|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|domenica|thứ \w+"
    r"|chủ nhật),?\s*$",
    re.I,
)
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{5})[.!?](?=\s+[^\W\d_a-z])|[。！？]|(?<=[a-z]{4})\.$")
_ADDRESS = re.compile(r"\s*\(?(?:https?://|www\.)\S*\)?\]?|\s*[^\s@]{1,64}@[^\s@]{1,255}\.\w+")
_MID_SENTENCE = re.compile(r"(?:is|for|bài viết|not|no|nie|niet|nicht)\s")
_EMPTY_VALUE = re.compile(r"[\W_]*")
_LONGEST_LEAD = 60


def read_line(
    text: str,
    *,
    language: str | None = None,
    boundaries: frozenset[int] = frozenset(),
    day_first: bool | None = None,
    captured_at: datetime | None = None,
) -> Reading:
    """The people and labelled dates of one line.

    `boundaries` are places where another element of the page begins; a label there stands as free
    as one after a separator.
    """
    free: list[Label] = []
    for label in find_labels(text, language):
        if _stands_free(text, label, tuple(free), boundaries):
            free.append(label)
    labels = tuple(free)
    reading = Reading(labels=labels)
    taken = 0
    for number, label in enumerate(labels):
        begin = labels[number - 1].end if number else 0
        end = labels[number + 1].start if number + 1 < len(labels) else len(text)
        if "trap" in label.kinds:
            break
        if "negated" in label.kinds:
            continue
        if "claim" in label.kinds or "sponsored" in label.kinds or "ai_disclosure" in label.kinds:
            reading.claims.append(label)
            if "claim" in label.kinds:
                # "Medically reviewed: May 15, 2022" claims a review and dates it.
                dated = replace(label, kinds=("reviewed",))
                value = text[label.end : end]
                dates = tuple(find_dates(value, language=language, day_first=day_first))
                taken += _read_date(reading, dated, value, dates)
            continue
        before, after = text[begin : label.start], text[label.end : end]
        if number and label.is_weak and label.takes_name_directly:
            label = _of_the_review(label, labels[number - 1], before, language)
        if label.is_name_first and stands_in_prose(
            before, text, label, labels[number + 1 :], boundaries
        ):
            reading.refused.append((label, "in_a_sentence"))
            continue
        cut = _SENTENCE_END.search(after)
        value = _ADDRESS.sub("", after[: cut.start()] if cut else after)
        dates = tuple(
            find_dates(value, language=language, day_first=day_first, captured_at=captured_at)
        )
        if _EMPTY_VALUE.fullmatch(value) and number == len(labels) - 1:
            taken += label.end - label.start
            is_first = not number
            if _read_value_before(reading, label, before, language, day_first, is_first=is_first):
                taken += len(before)
            else:
                reading.open_label = label
            continue
        used = 0
        if label.date_kinds:
            used = _read_date(reading, label, value, dates)
        if label.roles:
            used = max(used, _read_role(reading, label, before, value, dates, language))
        taken += label.end - label.start + used
    if not labels:
        taken = _read_thanks(reading, text)
    reading.covered = taken / max(1, len(text))
    return reading


# Acknowledgements that name reviewers without the words "reviewed by" (NCCIH, NIDDK).
_THANKS = (
    re.compile(
        r"\b(?:thanks? to|grateful to|thanks?|acknowledges?) (?P<who>.{5,400}?),? for"
        r" (?:their|his|her) (?:[\w,]+ ){0,5}?review\b",
        re.I,
    ),
    re.compile(r"\bwould like to thank:\s*(?P<who>.{5,400})$", re.I),
)


def _read_thanks(reading: Reading, text: str) -> int:
    """Reviewers that a sentence of thanks names; letters of the line it takes up."""
    if "thank" not in text[:_LONGEST_THANKS].lower() and "grateful" not in text[:200]:
        return 0
    for pattern in _THANKS:
        match = pattern.search(text[:_LONGEST_THANKS])
        people = parse_people(match["who"], is_strict=True) if match else ()
        if match and people and all(p.credentials or p.prefix for p in people):
            label = Label(
                kinds=("reviewer",),
                start=match.start(),
                end=match.start("who"),
                phrase="thanks for their review",
                language="en",
                is_name_first=False,
                is_weak=False,
                known="seen",
            )
            reading.labels = (label,)
            reading.people += [NamedPerson(label=label, person=person) for person in people]
            return match.end() - match.start()
    return 0


_LONGEST_THANKS = 600


_HARD_SEPARATOR = re.compile(r"[·•|—–/／()\[\]]\s*$|\s-\s*$")
_SOFT_SEPARATOR = re.compile(r"[.:：,，;。!?]\s*$")


def _stands_free(
    text: str, label: Label, earlier: tuple[Label, ...], boundaries: frozenset[int]
) -> bool:
    """Whether a label stands where labels stand, not in the run of a sentence."""
    if label.start == 0 or not _TAKES_VALUE.intersection(label.kinds):
        return True
    lead = text[: label.start]
    if not lead.strip(SEPARATOR + '(["“✓✔'):
        return True
    if _MID_SENTENCE.match(label.phrase) or label.is_name_first:
        return True
    if label.roles and not label.takes_name_directly and not _COLON.match(text, label.end):
        # "Ada Roe, MD, Medical Reviewer", but not "... see our Medical Review Board".
        return not earlier and _is_post_of_name(text, label, boundaries)
    if label.is_weak and lead.rstrip().endswith((")", "]")):
        return False
    if _HARD_SEPARATOR.search(lead):
        return len(lead) < _LONGEST_LEAD or bool(earlier)
    is_proper = not text[label.start].islower()
    if _DATE_BEFORE.search(lead):
        words = len(_LETTER_RUNS.findall(lead))
        return bool(earlier) or (len(lead) < _LONGEST_LEAD and words <= (4 if label.is_weak else 6))
    if earlier and (is_proper or _SOFT_SEPARATOR.search(lead) or _AND_LABEL.search(lead)):
        # After the value of another label: "... MD Written by ...", "... . Also reviewed by".
        return len(lead) - earlier[-1].end < 420
    if label.is_weak:
        return False
    if label.start in boundaries or _SOFT_SEPARATOR.search(lead):
        return (
            is_proper
            and len(lead) < _LONGEST_LEAD
            and (bool(label.roles) or label.start in boundaries)
        )
    return False


def _is_post_of_name(text: str, label: Label, boundaries: frozenset[int]) -> bool:
    """Whether a line is a name and a post, with a sign or the edge of an element between them."""
    lead = text[: label.start]
    if (
        text[label.end :].strip(" )]")
        or len(lead) > _LONGEST_LEAD
        or (text[label.start].islower() and not lead.endswith("("))
    ):
        return False
    if label.start not in boundaries and not _BEFORE_POST.search(lead):
        return False
    people = parse_people(lead.strip(SEPARATOR + "(["), is_strict=True)
    return len(people) == 1 and people[0].kind == "person"


_BEFORE_POST = re.compile(r"[,(\[|·•–—-]\s*$")
_AND_LABEL = re.compile(r"\s(?:and|&|und|et|y|e|dan|i|и|en)\s+$")
_TAKES_VALUE = ROLE_KINDS | DATE_KINDS
_LETTER_RUNS = re.compile(r"[^\W\d_]{3,}")
_COLON = re.compile(r"\s*[:：–—-]")
_DATE_BEFORE = re.compile(
    r"\d{4}(?:-\d\d-\d\d(?:T[\d:.+-]+Z?)?)?(?:\s*,?\s*\d{1,2}:\d{2}(?::\d{2})?)?(?:\s*[ap]\.?m\.?)?\s*[,.]?\s*$",
    re.I,
)


def _read_date(reading: Reading, label: Label, value: str, dates: tuple[ParsedDate, ...]) -> int:
    """The date right after a date label; letters of the value that are used up."""
    if not dates:
        return 0
    first = dates[0]
    between = _WEEKDAY.sub(" ", value[: first.start])
    between = BEFORE_DATE.sub("", " " + between).strip(SEPARATOR + " ([")
    if len(between) > 12 or len(between.split()) > 2:
        return 0
    for kind in label.date_kinds:
        reading.dates.append(LabelledDate(kind=kind, label=label, date=first))
    return first.end


def _read_value_before(
    reading: Reading,
    label: Label,
    before: str,
    language: str | None,
    day_first: bool | None,
    *,
    is_first: bool,
) -> bool:
    """The name or date that stands before a label with nothing behind it."""
    is_post = is_first and bool(label.roles) and not label.takes_name_directly
    if (label.is_name_first or is_post) and _read_name_first(reading, label, before, language):
        return True
    return (
        is_first
        and bool(label.date_kinds)
        and _read_date_before(reading, label, before, language, day_first)
    )


def _read_date_before(
    reading: Reading, label: Label, before: str, language: str | None, day_first: bool | None
) -> bool:
    """DATE before LABEL, as history panels have it: "15 May 2022 | Latest version"."""
    if not _BEFORE_LABEL.search(before):
        return False
    dates = list(find_dates(before, language=language, day_first=day_first))
    if len(dates) != 1 or len(before) - (dates[0].end - dates[0].start) > _LONGEST_AROUND_DATE:
        return False
    for kind in label.date_kinds:
        reading.dates.append(LabelledDate(kind=kind, label=label, date=dates[0]))
    return True


_BEFORE_LABEL = re.compile(r"[(\[|·•–—:-]\s*$")
_LONGEST_AROUND_DATE = 12
"""Characters beside a date before its label: signs, a weekday."""


def _of_the_review(label: Label, earlier: Label, between: str, language: str | None) -> Label:
    """ "Medically reviewed on DATE by NAME": the word before the name names no author but goes on
    with the label before the date."""
    if not {"reviewed", "claim"}.intersection(earlier.kinds) or _HARD_SEPARATOR.search(between):
        return label
    date = next(find_dates(between, language=language), None)
    if date is None or _LETTER_RUNS.search(between[date.end :]):
        return label
    role = role_of_review(earlier.phrase)
    return replace(label, kinds=(role,), phrase=f"{earlier.phrase} {label.phrase}", is_weak=False)


def role_of_review(phrase: str) -> str:
    """The role of whoever did what a phrase without a person says: "medically reviewed on"."""
    if "check" in phrase and "review" not in phrase:
        return "fact_checker"
    return "medical_reviewer" if _MEDICAL.search(phrase) else "reviewer"


# "Medically", "médicalement", "ärztlich", "clinicamente", "medis", "tıbbi", "y khoa", ...
_MEDICAL = re.compile(r"m[eé]d[iy]|clini|clíni|ärzt|tıb|lekar|y khoa|y tế|แพทย์|медиц|врач|ιατρ")

_DATE_OF_ROLE = {
    "author": "published",
    "medical_reviewer": "reviewed",
    "reviewer": "reviewed",
    "peer_reviewer": "reviewed",
    "fact_checker": "fact_checked",
}


def _read_role(
    reading: Reading,
    label: Label,
    before: str,
    value: str,
    dates: tuple[ParsedDate, ...],
    language: str | None,
) -> int:
    """The people of a role label and the date beside their names."""
    named = value
    if dates:
        named = BEFORE_DATE.sub("", _WEEKDAY.sub("", value[: dates[0].start]))
    is_bare_noun = not label.takes_name_directly and not _COLON.match(value)
    if label.is_name_first and _is_detail_of_name(before, named, language):
        _read_name_first(reading, label, before, language)
        last = reading.people[-1]
        detailed = with_detail(last.person, named.strip(SEPARATOR))
        reading.people[-1] = replace(last, person=detailed)
        return len(before) + len(named)
    if goes_on_as_prose(named):
        reading.refused.append((label, "in_a_sentence"))
        return 0
    people = parse_people(named, is_strict=label.is_weak or is_bare_noun, language=language)
    if people and is_sentence(named) and not _has_mark(people):
        people = ()
    if is_bare_noun and people and people[0].kind != "person":
        people = ()
    used = 0
    if people:
        reading.people += [NamedPerson(label=label, person=person) for person in people]
        used = len(named)
    elif label.is_name_first and _read_name_first(reading, label, before, language):
        used = len(before)
    elif dates and not named.strip(SEPARATOR) and REVIEWING_ROLES.intersection(label.roles):
        # "Medical review: 15/05/2022": the noun dates the review and names nobody.
        reading.dates.append(LabelledDate(kind="reviewed", label=label, date=dates[0]))
        return dates[0].end
    elif REVIEWING_ROLES.intersection(label.roles) and _EMPTY_VALUE.fullmatch(value):
        reading.claims.append(label)
        return 0
    else:
        reading.refused.append((label, "no_name_after_label" if named.strip() else "nothing_named"))
        return 0
    if dates and not label.date_kinds:
        for kind in _date_kinds_of_role(label):
            reading.dates.append(LabelledDate(kind=kind, label=label, date=dates[0]))
            used = dates[0].end
    return used


def _date_kinds_of_role(label: Label) -> tuple[str, ...]:
    """What a date beside the name of a role label dates; a label of two meanings gives both."""
    kinds = [_DATE_OF_ROLE[role] for role in label.roles if role in _DATE_OF_ROLE][:1]
    # The Romance languages revise where English reviews: "revisado por".
    if "updat" in label.phrase or (label.language == "en" and "revis" in label.phrase):
        is_reviewed = kinds == ["reviewed"] and "review" in label.phrase
        return ("modified", "reviewed") if is_reviewed else ("modified",)
    return tuple(kinds)


def _is_detail_of_name(before: str, after: str, language: str | None) -> bool:
    """ "डॉ. NAME के द्वारा मेडिकली रिव्यूड · सामान्य चिकित्सक": the label stands between a person and
    what the person practises, which in a script without capitals looks like a name."""
    if not before.strip(SEPARATOR) or not _DOT_FIRST.match(after):
        return False
    people, _ = people_before(before, language)
    if not people:
        return False
    return is_specialty(after) or (_has_mark(people) and not _has_mark(parse_people(after)))


def _has_mark(people: tuple[Person, ...]) -> bool:
    return bool(people) and bool(people[0].credentials or people[0].prefix)


_DOT_FIRST = re.compile(r"\s*[·●•|／/–—-]\s*\S")


def _read_name_first(reading: Reading, label: Label, before: str, language: str | None) -> bool:
    """NAME before LABEL: "王小明醫師於 2024年5月12日 醫學審閱"."""
    people, dates = people_before(before, language)
    if not people:
        return False
    reading.people += [NamedPerson(label=label, person=person) for person in people]
    if dates:
        for kind in _date_kinds_of_role(label):
            reading.dates.append(LabelledDate(kind=kind, label=label, date=dates[0]))
    return True
