"""Which capture shows a URL at a time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import replaying
from archive.collection import Collection
from archive.replaying import find_capture, find_capture_at, list_captures, neighbours

URL = "https://example.org/fever"


def on(day: float) -> datetime:
    return datetime(2026, 1, 1, 12, tzinfo=UTC).replace(day=int(day), hour=int(24 * (day % 1)))


def day_of(row: Any) -> int | None:
    return int(row["fetched_at"][8:10]) if row is not None else None


@pytest.mark.parametrize(
    ("at", "expected"),
    [(1, 3), (3.5, 3), (7.4, 5), (7.6, 9), (28, 9)],
    ids=["before all", "on the day", "nearer to the earlier", "nearer to the later", "after all"],
)
def test_the_capture_nearest_to_a_time_is_found(
    collection: Collection, add_capture: Any, at: float, expected: int
) -> None:
    for day in (3, 5, 9):
        add_capture(day=day)

    assert day_of(find_capture(collection, URL, on(at))) == expected


def test_without_a_time_the_latest_is_found_with_the_name_of_its_file(
    collection: Collection, add_capture: Any
) -> None:
    for day in (3, 9, 5):
        add_capture(day=day)

    found = find_capture(collection, URL)

    assert day_of(found) == 9
    assert found is not None
    assert found["warc_file"] == "test.warc.gz"


@pytest.mark.parametrize(
    "asked",
    [
        "HTTPS://Example.org:443/fever",
        "https://example.org/fever#dosage",
        "https://example.org/fever?utm_source=mail",
        "http://example.org/fever",
        "https://example.org/fever/",
        "http://example.org/fever/",
        " https://example.org/fever\n",
    ],
)
def test_a_url_is_found_by_other_spellings(
    collection: Collection, add_capture: Any, asked: str
) -> None:
    add_capture()

    assert day_of(find_capture(collection, asked)) == 1


def test_a_capture_whose_url_is_not_normal_is_found_as_it_is_written(
    collection: Collection, add_capture: Any
) -> None:
    add_capture("https://example.org/fever?utm_source=mail", day=4)
    add_capture(day=7)

    assert day_of(find_capture(collection, "https://example.org/fever?utm_source=mail", on(1))) == 4


def test_the_spelling_asked_for_goes_before_a_nearer_one(
    collection: Collection, add_capture: Any
) -> None:
    add_capture(day=9)
    add_capture("http://example.org/fever", day=2)

    assert day_of(find_capture(collection, URL, on(2))) == 9


@pytest.mark.parametrize(
    "columns",
    [
        {"record_type": "metadata", "status": None},
        {"reason": "method HEAD"},
        {"url": "https://example.org/other"},
    ],
    ids=["a failed exchange", "the answer to a HEAD", "another page"],
)
def test_what_holds_no_payload_of_the_page_is_not_found(
    collection: Collection, add_capture: Any, columns: dict[str, Any]
) -> None:
    add_capture(**{"url": URL, **columns})

    assert find_capture(collection, URL) is None
    assert list_captures(collection, URL) == []


def test_a_redirect_is_a_capture_like_any_other(collection: Collection, add_capture: Any) -> None:
    add_capture(day=3, status=301, location="https://example.org/new")
    add_capture(day=9)

    found = find_capture(collection, URL, on(3))

    assert found is not None
    assert found["location"] == "https://example.org/new"


def test_a_redirect_to_the_page_itself_is_passed_over(
    collection: Collection, add_capture: Any
) -> None:
    add_capture(day=3, status=302, location=URL)
    add_capture("http://example.org/fever", day=2, status=301, location=URL)

    assert find_capture(collection, URL) is None
    assert find_capture(collection, "http://example.org/fever") is not None

    add_capture(day=9)
    assert day_of(find_capture(collection, URL, on(3))) == 9


def test_a_304_stands_for_the_capture_that_it_confirmed(
    collection: Collection, add_capture: Any
) -> None:
    add_capture(day=2)
    add_capture(day=8, record_type="revisit", status=304)
    add_capture(day=9)

    assert day_of(find_capture(collection, URL, on(8))) == 2


def test_a_304_without_anything_before_it_gives_what_came_next(
    collection: Collection, add_capture: Any
) -> None:
    add_capture(day=8, record_type="revisit", status=304)

    assert find_capture(collection, URL) is None

    add_capture(day=9)
    assert day_of(find_capture(collection, URL, on(8))) == 9


def test_what_a_page_embeds_is_rather_taken_from_another_day_than_as_an_error(
    collection: Collection, add_capture: Any
) -> None:
    add_capture(day=3, status=503)
    add_capture(day=9)

    assert day_of(find_capture(collection, URL, on(3))) == 3
    assert day_of(find_capture(collection, URL, on(3), embedded=True)) == 9


def test_an_embedded_error_is_found_where_there_is_nothing_better(
    collection: Collection, add_capture: Any
) -> None:
    add_capture(day=3, status=404)

    assert day_of(find_capture(collection, URL, on(3), embedded=True)) == 3


def test_a_capture_is_found_by_its_place(collection: Collection, add_capture: Any) -> None:
    added = add_capture()

    found = find_capture_at(collection, "test.warc.gz", added["offset"])

    assert found is not None
    assert found["id"] == added["id"]
    assert find_capture_at(collection, "test.warc.gz", 12345) is None
    assert find_capture_at(collection, "other.warc.gz", 0) is None


def test_the_captures_of_a_url_are_listed_in_order_over_its_spellings(
    collection: Collection, add_capture: Any
) -> None:
    for day, url in ((5, URL), (2, "http://example.org/fever"), (9, f"{URL}/")):
        add_capture(url, day=day)

    assert [day_of(row) for row in list_captures(collection, URL)] == [2, 5, 9]
    assert [day_of(row) for row in list_captures(collection, URL, most=2)] == [5, 9]


def test_the_neighbours_of_a_capture_are_those_of_its_url(
    collection: Collection, add_capture: Any
) -> None:
    rows = [add_capture(day=day) for day in (2, 5, 9)]
    add_capture("https://example.org/other", day=4)

    before, after = neighbours(collection, rows[1])

    assert (day_of(before), day_of(after)) == (2, 9)
    assert neighbours(collection, rows[0])[0] is None
    assert neighbours(collection, rows[2])[1] is None


@pytest.mark.parametrize("sql", [replaying._BEFORE, replaying._AFTER, replaying._STEP])
def test_a_look_up_goes_by_the_index_and_sorts_nothing(collection: Collection, sql: str) -> None:
    sql = sql.format(than="<", order="desc")
    values = (URL, "2026-01-01", URL, 1000, -1)[: sql.count("?")]

    plan = [
        row["detail"] for row in collection.connection.execute(f"explain query plan {sql}", values)
    ]

    assert plan[0] == "SEARCH c USING INDEX captures_by_url (url=? AND fetched_at" + (
        ">?)" if sql == replaying._AFTER else "<?)"
    )
    assert not [step for step in plan if "TEMP B-TREE" in step or step.startswith("SCAN")]


def test_a_capture_is_looked_up_by_its_place_through_indexes(collection: Collection) -> None:
    plan = [
        row["detail"]
        for row in collection.connection.execute(
            f"explain query plan {replaying._CAPTURE} where w.name = ? and c.offset = ?", ("x", 1)
        )
    ]

    assert all(step.startswith("SEARCH") for step in plan), plan


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(days=st.lists(st.integers(1, 28), min_size=1, max_size=6), asked=st.integers(1, 28))
def test_no_capture_is_nearer_than_the_one_found(
    tmp_path_factory: pytest.TempPathFactory,
    insert_capture: Any,
    days: list[int],
    asked: int,
) -> None:
    with Collection.create(tmp_path_factory.mktemp("c")) as collection:
        with collection.transaction() as connection:
            for day in days:
                insert_capture(connection, day=day)

        found = day_of(find_capture(collection, URL, on(asked + 0.5)))

    assert found is not None
    assert abs(found - asked) == min(abs(day - asked) for day in days)
