from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from archiater.demo import ExpectedArticle, expected_articles
from archiater.demo.comparing import differences
from articles.record import (
    Article,
    Contributor,
    DateKind,
    Derivation,
    Reference,
    Review,
    ReviewStatus,
    Role,
    StatedDate,
    Statement,
)

EXPECTED = next(one for one in expected_articles() if one.path == "/wellness/vitamin-d")


def a_right_record(expected: ExpectedArticle) -> Article:
    return Article(
        url=f"http://127.0.0.1{expected.path}",
        requested_url=None,
        site=None,
        publisher=None,
        language=expected.language,
        title=expected.title,
        text="\n\n".join(expected.body),
        sections=(),
        disclaimers=expected.disclaimers,
        references=tuple(Reference(text=str(number)) for number in range(expected.n_references)),
        contributors=tuple(
            Contributor(
                role=cast(Role, person.role),
                name=person.name,
                credentials=person.credentials,
                prefix=person.prefix,
                specialty=person.specialty,
            )
            for person in expected.people
        ),
        dates=tuple(
            StatedDate(kind=cast(DateKind, kind), value=value, precision="day", raw=value)
            for kind, value in expected.dates
        ),
        review=Review(status=cast(ReviewStatus, expected.review_status)),
        extractor=Derivation(version="0", route="blocks", confidence=1.0),
        text_digest="sha256:0",
        word_count=1,
    )


RIGHT = a_right_record(EXPECTED)


def test_a_right_record_has_no_differences() -> None:
    assert differences(EXPECTED, RIGHT) == ()


@pytest.mark.parametrize(
    ("change", "begins"),
    [
        ({"title": "Vitamin D"}, "title: got 'Vitamin D', expected 'Vitamin D: Who"),
        ({"language": "de"}, "language: got 'de', expected 'en'"),
        ({"dates": RIGHT.dates[:1]}, "dates: got "),
        ({"review": Review(status="none_found")}, "review status: got 'none_found'"),
        ({"references": ()}, "number of references: got 0, expected 4"),
        ({"disclaimers": ("Ask a doctor.",)}, "disclaimers: got "),
        ({"sponsored": Statement(raw="Ad")}, "sponsored: got True"),
        ({"ai_disclosure": Statement(raw="AI")}, "AI disclosure: got True"),
        ({"contributors": RIGHT.contributors[1:]}, "author: got [], expected ['Nora Whitfield']"),
        (
            {"contributors": (RIGHT.contributors[0], *RIGHT.contributors[2:])},
            "medical_reviewer: got ['Sunniva Dahl'], expected ['Amara",
        ),
        (
            {
                "contributors": (
                    *RIGHT.contributors[:2],
                    replace(RIGHT.contributors[2], prefix="Dr"),
                )
            },
            "prefix of Sunniva Dahl: got 'Dr', expected None",
        ),
        ({"text": RIGHT.text.partition("\n\n")[2]}, "text: 1 of "),
        ({"text": f"{RIGHT.text} ad icon"}, "text: has 'ad icon'"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_one_wrong_value_gives_one_line(change: dict[str, Any], begins: str) -> None:
    (line,) = differences(EXPECTED, replace(RIGHT, **change))

    assert line.startswith(begins)
