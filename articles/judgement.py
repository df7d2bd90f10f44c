"""Who wins where sources disagree: the rules by which findings become the record.

`judge` is the door. The rules, in short: a place that cannot hold the page's own byline never
counts; visible labels beat JSON-LD, JSON-LD beats metas; "updated" is never "reviewed"; a review
date that a machine wrote is kept and flagged; whatever lost stays as a candidate with the name of
the rule that decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from articles.bylines.findings import Bylines, TextFinding
from articles.bylines.regions import SPONSOR_LABEL
from articles.date_judgement import judge_dates
from articles.date_order import settle_findings, settle_stated
from articles.document import Document
from articles.findings_evidence import LONGEST_RAW, evidence_of, rule_of
from articles.locators import css_path
from articles.machine_data import MachineData
from articles.people_judgement import JudgedPeople, judge_people
from articles.person_names import name_key
from articles.profile import SiteProfile
from articles.record import (
    REVIEWING_ROLES,
    Contributor,
    Evidence,
    HistoryEntry,
    Review,
    ReviewStatus,
    StatedDate,
    Statement,
)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The decided half of a record."""

    contributors: tuple[Contributor, ...]
    dates: tuple[StatedDate, ...]
    review: Review
    sponsored: Statement | None
    ai_disclosure: Statement | None


def judge(
    bylines: Bylines,
    machine: MachineData,
    *,
    document: Document,
    profile: SiteProfile,
    sponsored_elements: Sequence[HtmlElement] = (),
) -> Judged:
    """The record's people, dates and review status out of all findings of one page."""
    bylines = replace(
        bylines,
        dates=settle_findings(bylines.dates, machine.dates, day_first=bylines.is_day_first),
    )
    machine = replace(machine, dates=settle_stated(machine.dates, bylines.dates, document.language))
    people = judge_people(bylines, machine, profile)
    dates = judge_dates(bylines, machine, document.page.fetched_at)
    flags = [*people.flags, *dates.flags]
    status, evidence = _status(people, dates.dates, bylines, flags)
    sponsored = _sponsored(bylines, sponsored_elements)
    if sponsored is not None and status in ("named", "claim_only"):
        flags.append("review_claim_on_sponsored_page")
    return Judged(
        contributors=people.contributors,
        dates=dates.dates,
        review=Review(
            status=status,
            evidence=evidence,
            flags=tuple(dict.fromkeys(flags)),
            conflicts=(*people.conflicts, *dates.conflicts),
            history=_history(bylines),
        ),
        sponsored=sponsored,
        ai_disclosure=_statement(bylines, "ai_disclosure"),
    )


def _status(
    people: JudgedPeople, dates: Sequence[StatedDate], bylines: Bylines, flags: list[str]
) -> tuple[ReviewStatus, tuple[Evidence, ...]]:
    """The status, and what it rests on where it is no person of the record."""
    reviewers = [c for c in people.contributors if c.role in REVIEWING_ROLES]
    named = [c for c in reviewers if c.kind == "person"]
    if named:
        authors = {name_key(c.name) for c in people.contributors if c.role == "author"}
        if all(name_key(c.name) in authors for c in named):
            flags.append("self_reviewed")
            return "self_reviewed", ()
        return "named", ()
    if reviewers:
        return "organisation_only", ()
    if (denial := _first_text(bylines, "negated")) is not None:
        return "negated", (evidence_of(denial.place, "phrase:negated", 0.9),)
    if people.has_own_organisation:
        return "organisation_only", ()
    if (claim := _first_text(bylines, "claim")) is not None:
        return "claim_only", (evidence_of(claim.place, "phrase:claim", 0.8),)
    reviewed = next((stated for stated in dates if stated.kind == "reviewed"), None)
    if reviewed is not None and "review_date_auto" not in flags:
        return "claim_only", reviewed.evidence
    return "none_found", ()


def _first_text(bylines: Bylines, kind: str) -> TextFinding | None:
    return next(
        (found for found in bylines.texts if found.kind == kind and not found.place.is_rejected),
        None,
    )


def _statement(bylines: Bylines, kind: str) -> Statement | None:
    found = _first_text(bylines, kind)
    if found is None:
        return None
    return Statement(raw=found.raw, evidence=(evidence_of(found.place, f"phrase:{kind}", 0.8),))


def _sponsored(bylines: Bylines, elements: Sequence[HtmlElement]) -> Statement | None:
    """A mark that the whole page is paid for: the profile's, or a label beside the headline."""
    for element in elements:
        raw = " ".join(element.text_content().split())[:LONGEST_RAW]
        evidence = Evidence(
            source="profile",
            locator=css_path(element),
            raw=raw,
            rule="profile_sponsored",
            confidence=0.95,
        )
        return Statement(raw=raw, evidence=(evidence,))
    for found in bylines.texts:
        is_own = not found.place.is_rejected or found.place.region.rejected == SPONSOR_LABEL
        if found.kind == "sponsored" and found.place.is_header and is_own:
            return Statement(
                raw=found.raw, evidence=(evidence_of(found.place, "phrase:sponsored", 0.7),)
            )
    return None


def _history(bylines: Bylines) -> tuple[HistoryEntry, ...]:
    entries: dict[str, HistoryEntry] = {}
    for finding in bylines.dates:
        if finding.place.region.source == "history_panel" and not finding.place.is_rejected:
            raw = finding.place.line.raw[:LONGEST_RAW]
            entries.setdefault(
                raw,
                HistoryEntry(
                    value=finding.date.value,
                    raw=raw,
                    evidence=(evidence_of(finding.place, rule_of(finding), 0.9),),
                ),
            )
    return tuple(entries.values())
