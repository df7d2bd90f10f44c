from __future__ import annotations

from scrapy import Request

from pipelines.lanes import Lane


def a_lane(*urls: str, most_out: int | None = None, most_of_a_host: int | None = None) -> Lane:
    lane = Lane(most_out=most_out, most_of_a_host=most_of_a_host)
    lane.claimed.extend((url, Request(url)) for url in urls)
    return lane


def taken(lane: Lane) -> list[str]:
    found = []
    while (request := lane.take()) is not None:
        found.append(request.url)
    return found


def test_what_was_claimed_first_is_taken_first() -> None:
    assert taken(a_lane("http://a.example/1", "http://a.example/2")) == [
        "http://a.example/1",
        "http://a.example/2",
    ]


def test_a_host_that_is_busy_does_not_keep_another_waiting() -> None:
    lane = a_lane("http://a.example/1", "http://a.example/2", "http://b.example/", most_of_a_host=1)

    assert taken(lane) == ["http://a.example/1", "http://b.example/"]
    lane.leave("http://a.example/1")
    assert taken(lane) == ["http://a.example/2"]


def test_a_full_lane_gives_nothing_until_something_has_ended() -> None:
    lane = a_lane("http://a.example/1", "http://a.example/2", most_out=1)

    assert taken(lane) == ["http://a.example/1"]
    assert lane.is_full
    lane.leave("http://other.example/of-another-lane")
    assert lane.is_full
    lane.leave("http://a.example/1")
    assert taken(lane) == ["http://a.example/2"]


def test_a_url_that_scrapy_spells_otherwise_ends_as_it_was_claimed() -> None:
    lane = a_lane("http://a.example/a|b", most_out=1)

    (url,) = taken(lane)
    assert url != "http://a.example/a|b"
    lane.leave("http://a.example/a|b")
    assert not lane.is_full
