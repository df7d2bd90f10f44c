from __future__ import annotations

from archive.verifying.pace import Pace, Tally


def test_reading_waits_where_it_is_faster_than_it_may_be() -> None:
    now, waits = [0.0], []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    pace = Pace(400, Tally(), None, most_bytes_s=100, clock=lambda: now[0], wait=wait)
    pace.add(100)
    now[0] += 5
    pace.add(100)
    pace.add(600)

    assert waits == [1.0, 2.0]


def test_no_more_than_all_is_told() -> None:
    told: list[tuple[int, int]] = []
    tally = Tally()

    pace = Pace(100, tally, lambda done, total: told.append((done, total)))
    pace.add(60)
    pace.add(60)

    assert told == [(60, 100), (100, 100)]
    assert tally.bytes == 120
