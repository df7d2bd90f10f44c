"""A date read out of a text, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from articles.record import Precision


@dataclass(frozen=True, kw_only=True)
class ParsedDate:
    """One date read out of a text."""

    value: str
    """ISO 8601, as exact as the text: `2017`, `2017-04`, `2017-04-26`, `2017-04-26T08:00+07:00`."""
    precision: Precision
    raw: str
    start: int
    """Where it begins in the text that was read."""
    end: int
    is_ambiguous: bool = False
    """Day and month could be the other way round, and nothing on the page decides."""
    is_order_assumed: bool = False
    """Only the language of the page tells day from month, or nothing does."""
    is_relative: bool = False
    """Counted back from the capture ("two weeks ago")."""
    is_two_digit_year: bool = False

    @property
    def day(self) -> str:
        """The value without the time of day."""
        return self.value[:10]
