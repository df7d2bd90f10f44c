"""Evidence of visible findings: what of the page a value quotes, where it stood, by which rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from articles.bylines.findings import DateFinding, PersonFinding, Place
from articles.locators import css_path
from articles.record import Evidence

LONGEST_RAW = 400


def evidence_of(place: Place, rule: str, confidence: float, quoted: str = "") -> Evidence:
    """The place of a finding; `quoted` is what must be seen in the raw text."""
    region = place.region
    source = region.source
    if source == "byline" and not place.is_header:
        source = "review_block"
    return Evidence(
        source=source,
        locator=place.line.locator,
        raw=_excerpt(place.line.raw, quoted),
        rule=rule,
        confidence=0.0 if place.is_rejected else confidence,
    )


def _excerpt(raw: str, quoted: str) -> str:
    """As much of `raw` as evidence keeps, with `quoted` in it."""
    at = max(0, raw.find(quoted))
    begin = 0 if at + len(quoted) <= LONGEST_RAW else at - LONGEST_RAW // 4
    return raw[begin : begin + LONGEST_RAW]


def evidence_of_mark(finding: DateFinding) -> tuple[Evidence, ...]:
    """The attribute that tells a date in full, or another one than the text beside it."""
    mark = finding.mark
    if mark is None:
        return ()
    shown = evidence_of(finding.place, f"attribute:{mark.attribute}", 0.8)
    return (replace(shown, locator=css_path(mark.element), raw=mark.stated[:LONGEST_RAW]),)


def rule_of(finding: PersonFinding | DateFinding) -> str:
    if finding.label is not None:
        return f"label:{finding.label.phrase}"
    if isinstance(finding, DateFinding) and finding.is_named_by_markup:
        return f"markup:{finding.kind}"
    return "unlabelled"


def unique(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))[:8]
