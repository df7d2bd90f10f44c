"""Which date of each kind is in the record, what is doubtful about it, and which dates lost.

`judge_dates` is the door. A labelled visible date beats machine data; "updated" is never
"reviewed"; impossible days are refused; a review date that a machine wrote is kept and flagged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import cast

from articles.bylines.findings import Bylines, DateFinding
from articles.bylines.time_marks import TimeMark
from articles.findings_evidence import evidence_of, evidence_of_mark, rule_of, unique
from articles.machine_data import MachineData
from articles.record import DATE_KINDS, Candidate, Conflict, DateKind, Precision, StatedDate


@dataclass(frozen=True, kw_only=True)
class JudgedDates:
    dates: tuple[StatedDate, ...]
    flags: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def judge_dates(
    bylines: Bylines, machine: MachineData, captured_at: datetime | None
) -> JudgedDates:
    """At most one date a kind, with the conflicts that were decided."""
    dates = _Dates(bylines, machine, captured_at)
    stated = dates.decide()
    return JudgedDates(dates=stated, flags=tuple(dates.flags), conflicts=tuple(dates.conflicts))


# Values that systems write where nobody gave a date.
_PLACEHOLDERS = frozenset({"1970-01-01", "1969-12-31", "1900-01-01", "2000-01-01", "0001-01-01"})
_MACHINE_RANK = {"profile": 0, "jsonld": 1, "microdata": 2, "rdfa": 2, "meta": 3, "state": 4}


class _Dates:
    """The dates of one page, decided kind by kind."""

    def __init__(
        self, bylines: Bylines, machine: MachineData, captured_at: datetime | None
    ) -> None:
        self.bylines = bylines
        self.machine = machine
        self.captured_on = captured_at.date().isoformat() if captured_at else None
        self.flags: list[str] = []
        self.conflicts: list[Conflict] = []

    def decide(self) -> tuple[StatedDate, ...]:
        chosen: dict[str, StatedDate] = {}
        for kind in DATE_KINDS:
            decided = self._decide_kind(cast("DateKind", kind))
            if decided is not None:
                chosen[kind] = decided
        self._settle_unlabelled(chosen)
        self._drop_defaults(chosen)
        self._check_review(chosen)
        self._check_order(chosen)
        return tuple(chosen[kind] for kind in DATE_KINDS if kind in chosen)

    def _decide_kind(self, kind: DateKind) -> StatedDate | None:
        # `class="updated"` stands round the day of publication in many themes: the last resort.
        ranked = [*self._visible(kind), *self._stated(kind)] or self._visible(kind, by_markup=True)
        usable = [stated for stated in ranked if not self._is_impossible(kind, stated)]
        if not usable:
            self._tell(kind, ranked, None, "impossible_date")
            return None
        best = usable[0]
        agreeing = [
            other.evidence[0] for other in usable[1:] if other.value[:10] == best.value[:10]
        ]
        rule = (
            "visible_label_beats_machine_data"
            if _is_visible(best)
            else f"{best.evidence[0].source}_beats_what_follows"
        )
        self._tell(kind, ranked, best, rule)
        return replace(best, evidence=unique((*best.evidence, *agreeing)))

    def _visible(self, kind: DateKind, *, by_markup: bool = False) -> list[StatedDate]:
        findings = [
            f
            for f in self.bylines.dates
            if f.kind == kind and not f.place.is_rejected and f.is_named_by_markup is by_markup
        ]
        # The head of the article first, then its foot; a label that says only this before one that
        # came with a person.
        findings.sort(key=lambda f: (not f.place.is_header, not _says(f, kind), f.date.is_relative))
        # An attribute that tells another day than the text beside it comes last of them.
        contradicting = [f for f in findings if f.mark is not None and f.mark.is_contradicted]
        return [
            *(_stated(f, kind) for f in findings),
            *(_stated_by_mark(f, f.mark, kind) for f in contradicting if f.mark is not None),
        ]

    def _stated(self, kind: DateKind) -> list[StatedDate]:
        stated = [date for date in self.machine.dates if date.kind == kind]
        return sorted(
            stated,
            key=lambda date: (
                -(date.evidence[0].confidence >= 0.9 and kind == "reviewed"),
                _MACHINE_RANK.get(date.evidence[0].source, 9),
            ),
        )

    def _is_impossible(self, kind: DateKind, stated: StatedDate) -> bool:
        day = stated.value[:10]
        if day in _PLACEHOLDERS:
            self.flags.append("placeholder_date")
            return True
        if kind == "next_review_due" or self.captured_on is None:
            return False
        # A day of grace: the page's own calendar may be ahead of UTC.
        is_future = day > _next_day(self.captured_on)[: len(day)]
        if is_future:
            self.flags.append(f"{kind}_date_in_future")
        return is_future

    def _settle_unlabelled(self, chosen: dict[str, StatedDate]) -> None:
        """A bare date beside the headline: what machine data calls it, else the publication."""
        findings = [f for f in self.bylines.dates if f.kind is None]
        if not findings:
            return
        published = chosen.get("published")
        if published is not None and _is_visible(published):
            return
        known = {stated.value[:10] for stated in chosen.values() if _is_visible(stated)} | {
            stated.value[:10]
            for stated in self.machine.dates
            if stated.kind in ("published", "modified", "reviewed")
        }
        if any(finding.date.day in known for finding in findings):
            return
        # Sites print today's date in their header; it says nothing of the article.
        others = [f for f in findings if f.date.day != self.captured_on] or findings
        if published is not None and others[0].date.day == self.captured_on:
            return
        made = _stated(others[0], "published")
        if self._is_impossible("published", made):
            return
        if published is not None:
            self._tell("published", [made, published], made, "visible_date_beats_machine_data")
        chosen["published"] = made

    def _check_review(self, chosen: dict[str, StatedDate]) -> None:
        reviewed = chosen.get("reviewed")
        if reviewed is None:
            return
        source = reviewed.evidence[0].source
        if source in ("jsonld", "microdata", "rdfa", "state"):
            modified = {d.raw for d in self.machine.dates if d.kind == "modified"}
            if reviewed.raw in modified or reviewed.precision == "time":
                self.flags.append("review_date_auto")
                chosen["reviewed"] = replace(
                    reviewed,
                    evidence=tuple(replace(e, confidence=0.3) for e in reviewed.evidence),
                )
        published = chosen.get("published")
        if published is not None:
            size = min(len(published.value), len(reviewed.value), 10)
            if reviewed.value[:size] < published.value[:size]:
                self.flags.append("review_before_publication")

    def _drop_defaults(self, chosen: dict[str, StatedDate]) -> None:
        """WebMD states 2001-10-03 as the days of publication and of the last change on pages that
        show a review of 2022. An old article that nobody changed keeps its day."""
        published, modified = chosen.get("published"), chosen.get("modified")
        shown = [
            stated.value
            for kind, stated in chosen.items()
            if kind in ("modified", "reviewed", "fact_checked") and _is_visible(stated)
        ]
        if published is None or not shown or not _is_default(published, max(shown)):
            return
        twins = [
            stated
            for stated in self.machine.dates
            if stated.kind == "modified" and stated.value[:10] == published.value[:10]
        ]
        if not twins:
            return
        self.flags.append("placeholder_date")
        self._tell("published", [published, *twins], None, "placeholder_date")
        del chosen["published"]
        if modified is not None and modified.value[:10] == published.value[:10]:
            del chosen["modified"]

    def _check_order(self, chosen: dict[str, StatedDate]) -> None:
        if any(stated.ambiguous for stated in chosen.values()):
            self.flags.append("ambiguous_date")
        published, modified = chosen.get("published"), chosen.get("modified")
        if published is not None and modified is not None and _is_before(modified, published):
            self.flags.append("modified_before_publication")

    def _tell(
        self, kind: str, ranked: Sequence[StatedDate], best: StatedDate | None, rule: str
    ) -> None:
        days = {stated.value[:10] for stated in ranked}
        if len(days) < 2 and best is not None:
            return
        if not ranked:
            return
        candidates = {
            (stated.value, stated.evidence[0].locator): Candidate(
                value=stated.value, evidence=stated.evidence[0]
            )
            for stated in ranked
        }
        self.conflicts.append(
            Conflict(
                field=f"dates.{kind}",
                candidates=tuple(candidates.values())[:20],
                chosen=best.value if best is not None else None,
                rule=rule,
            )
        )


def _is_default(stated: StatedDate, shown: str) -> bool:
    """Whether a day is one that systems fill in: at midnight, and years before what is shown."""
    time = stated.value[11:19].strip("0:Z+-")
    if _is_visible(stated) or len(stated.value) < 10 or time:
        return False
    years = int(shown[:4]) - int(stated.value[:4])
    is_filled_in = stated.value[5:10] == "01-01" or stated.value[:10] in _DEFAULT_DAYS
    return is_filled_in and years >= _YEARS_AFTER


# WebMD, for all that is older than its system.
_DEFAULT_DAYS = frozenset({"2001-10-03"})
_YEARS_AFTER = 2


def _is_before(one: StatedDate, other: StatedDate) -> bool:
    """Whether a date lies before another one for certain: time zones may shift it by a day."""
    size = min(len(one.value), len(other.value), 10)
    first, second = one.value[:size], other.value[:size]
    if size == 10 and "time" in (one.precision, other.precision):
        first = _next_day(first)
    return first < second


def _is_visible(stated: StatedDate) -> bool:
    return stated.evidence[0].source in ("byline", "review_block", "history_panel", "profile")


def _says(finding: DateFinding, kind: str) -> bool:
    return finding.label is not None and kind in finding.label.date_kinds


def _stated(finding: DateFinding, kind: DateKind) -> StatedDate:
    confidence = 0.9 if finding.label is not None else 0.6
    if finding.date.is_ambiguous:
        confidence -= 0.3
    if finding.date.is_relative:
        confidence -= 0.3
    precision: Precision = finding.date.precision
    value = finding.date.value
    return StatedDate(
        kind=kind,
        value=value,
        precision=precision,
        raw=finding.date.raw,
        ambiguous=finding.date.is_ambiguous,
        evidence=(
            evidence_of(finding.place, rule_of(finding), round(confidence, 2), finding.date.raw),
            *(evidence_of_mark(finding) if finding.mark and finding.mark.is_decisive else ()),
        ),
    )


def _stated_by_mark(finding: DateFinding, mark: TimeMark, kind: DateKind) -> StatedDate:
    return StatedDate(
        kind=kind,
        value=mark.value,
        precision="time" if "T" in mark.value else "day",
        raw=mark.stated,
        evidence=evidence_of_mark(finding),
    )


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
