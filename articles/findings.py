"""Findings: what is missing or doubtful about one article, in words an editor can act upon.

Derived from the record alone, so that the same record always has the same findings. Whether a
review is overdue depends on the day one asks and is no finding: `articles.next_review_due` in the
database answers it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# Below this the main content was chosen with doubt.
_DOUBTFUL = 0.5

_OF_FLAGS = {
    "review_date_auto": "the review date looks set by software, not by a reviewer",
    "review_before_publication": "the review is dated before the publication",
    "self_reviewed": "author and reviewer are the same person",
    "own_organisation_as_reviewer": "the page's data names the publisher itself as the reviewer",
    "placeholder_date": "a date of the page is a placeholder",
    "ambiguous_date": "day and month of a date could be the other way round",
    "modified_before_publication": "the last change is dated before the publication",
    "review_claim_on_sponsored_page": "a sponsored page claims a review",
}
_OF_STATUSES = {
    "none_found": "the page names no reviewer",
    "claim_only": "the page claims a review and names nobody",
    "organisation_only": "the page names an organisation as the reviewer, and no person",
    "negated": "the page says that it was not reviewed",
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing missing or doubtful about an article."""

    kind: str
    """`no_title`, `no_author`, `no_date`, `doubtful_text`, `sources_disagree`; a review status
    other than `named`; or a flag of the review."""
    message: str


def find_doubts(record: Mapping[str, Any]) -> tuple[Finding, ...]:
    """The findings about a record in its public JSON shape, each once, in a fixed order."""
    found = (Finding(kind=kind, message=message) for kind, message in _doubts(record))
    return tuple(dict.fromkeys(found))


def _doubts(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    review = record["review"]
    if not record["title"]:
        yield "no_title", "the page shows no title"
    if not any(person["role"] == "author" for person in record["contributors"]):
        yield "no_author", "the page names no author"
    if not record["dates"]:
        yield "no_date", "the page states no date"
    if review["status"] in _OF_STATUSES:
        yield review["status"], _OF_STATUSES[review["status"]]
    for flag in review["flags"]:
        yield flag, _OF_FLAGS.get(flag, flag.replace("_", " "))
    for conflict in review["conflicts"]:
        # A card's reviewer that was set aside is no disagreement of the page with itself.
        values = {c["value"] for c in conflict["candidates"] if c["evidence"]["confidence"] > 0}
        if len(values) > 1:
            said = ", ".join(sorted(values))
            yield "sources_disagree", f"{conflict['field']}: the page says {said}"
    if record["extractor"]["confidence"] < _DOUBTFUL:
        yield "doubtful_text", "the main content was chosen with doubt; look at the page"
