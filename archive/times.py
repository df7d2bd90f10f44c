"""Points in time as the database and WARC headers write them."""

from __future__ import annotations

from datetime import UTC, datetime


def as_text(moment: datetime) -> str:
    """`2026-11-22T09:30:00.123456Z`; text order is time order. `moment` must be aware.

    >>> as_text(datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    '2026-11-22T09:30:00.000000Z'
    """
    in_utc = moment.astimezone(UTC).replace(tzinfo=None)
    # Not strftime: it writes the year 999 with three digits, which would come after 2026.
    return f"{in_utc.isoformat(timespec='microseconds')}Z"


def from_text(text: str) -> datetime:
    """The aware UTC time that `as_text` wrote, or any date of WARC 1.0 and 1.1: these may end after
    the year, month, day, minute or second. Without a time zone it is UTC.

    >>> from_text("2026-11-22T09:30:00Z").isoformat(), from_text("2026-11").isoformat()
    ('2026-11-22T09:30:00+00:00', '2026-11-01T00:00:00+00:00')

    Raises `ValueError` for what is no such date.
    """
    moment = datetime.fromisoformat(text + _MISSING_DAY.get(len(text), ""))
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} is out of the range of UTC") from error


_MISSING_DAY = {len("2026"): "-01-01", len("2026-11"): "-01"}
