"""Points in time as the database and WARC headers write them."""

from __future__ import annotations

from datetime import UTC, datetime


def as_text(moment: datetime) -> str:
    """`2026-11-22T09:30:00.123456Z`; text order is time order. `moment` must be aware.

    >>> as_text(datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    '2026-11-22T09:30:00.000000Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    """The aware UTC time that `as_text` wrote; also without a fraction, as WARC 1.0 writes it.

    >>> from_text("2026-11-22T09:30:00Z").isoformat()
    '2026-11-22T09:30:00+00:00'
    """
    return datetime.fromisoformat(text).astimezone(UTC)
