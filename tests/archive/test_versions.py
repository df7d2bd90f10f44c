from __future__ import annotations

from archive.versions import Seen, number_versions


def test_captures_are_compared_only_under_one_derivation() -> None:
    def seen(number: int, text: str, derivation: str) -> Seen:
        return Seen(
            capture_id=number,
            fetched_at=f"2026-01-{number:02}",
            record_id="",
            text_digest=text,
            derivation=derivation,
        )

    found = number_versions(
        [seen(1, "a", "1"), seen(2, "a'", "2"), seen(3, "b", "1"), seen(4, "b'", "2")]
    )

    assert [(version.first.capture_id, version.last.capture_id) for version in found] == [
        (1, 2),
        (3, 4),
    ]


def test_the_order_of_captures_counts_not_that_of_arrival() -> None:
    first, second = (
        Seen(capture_id=2, fetched_at="2026-01-01", record_id="b", text_digest="a", derivation="1"),
        Seen(capture_id=1, fetched_at="2026-01-01", record_id="c", text_digest="b", derivation="1"),
    )

    assert number_versions([second, first]) == number_versions([first, second])
    assert [version.text_digest for version in number_versions([second, first])] == ["a", "b"]


def test_no_captures_are_no_versions() -> None:
    assert number_versions([]) == ()
