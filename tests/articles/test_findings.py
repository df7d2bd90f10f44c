from __future__ import annotations

from typing import Any

import pytest

from articles.findings import find_doubts


def a_record(**changes: Any) -> dict[str, Any]:
    record = {
        "title": "Fever",
        "contributors": [{"role": "author", "name": "Ada Byron"}],
        "dates": [{"kind": "published", "value": "2024-05-01"}],
        "review": {"status": "named", "flags": [], "conflicts": []},
        "extractor": {"version": "1", "route": "blocks", "confidence": 0.9},
    }
    return {**record, **changes}


def kinds(record: dict[str, Any]) -> list[str]:
    return [finding.kind for finding in find_doubts(record)]


def a_conflict(*candidates: tuple[str, float]) -> dict[str, Any]:
    return {
        "field": "dates.modified",
        "candidates": [
            {"value": value, "evidence": {"confidence": confidence}}
            for value, confidence in candidates
        ],
    }


def test_a_page_that_says_it_all_has_no_finding() -> None:
    assert kinds(a_record()) == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"title": None}, "no_title"),
        ({"contributors": [{"role": "editor", "name": "Ada Byron"}]}, "no_author"),
        ({"dates": []}, "no_date"),
        ({"extractor": {"version": "1", "route": "blocks", "confidence": 0.2}}, "doubtful_text"),
        ({"review": {"status": "claim_only", "flags": [], "conflicts": []}}, "claim_only"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_missing_or_doubtful_is_one_finding(changes: dict[str, Any], kind: str) -> None:
    assert kinds(a_record(**changes)) == [kind]


def test_a_flag_of_the_review_is_told_in_words() -> None:
    review = {"status": "named", "flags": ["review_before_publication"], "conflicts": []}

    (finding,) = find_doubts(a_record(review=review))

    assert finding.message == "the review is dated before the publication"


def test_sources_of_the_page_that_disagree_are_a_finding() -> None:
    conflict = a_conflict(("2024-05-01", 0.9), ("2023-01-01", 0.7))
    review = {"status": "named", "flags": [], "conflicts": [conflict]}

    (finding,) = find_doubts(a_record(review=review))

    assert finding.message == "dates.modified: the page says 2023-01-01, 2024-05-01"


def test_a_reviewer_of_a_related_card_is_no_disagreement() -> None:
    conflict = a_conflict(("Ada Byron", 0.9), ("Somebody Else", 0.0))
    review = {"status": "named", "flags": [], "conflicts": [conflict]}

    assert kinds(a_record(review=review)) == []
