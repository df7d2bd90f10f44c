"""Day and month of 5/6/2024, settled by what else the page says: the other dates it writes in the
same way, then a date in its machine data that equals one of both readings. What nothing settles
follows the language, and stays ambiguous where the language says nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from articles.bylines.findings import DateFinding
from articles.day_order import is_day_first, is_numeric, is_read_day_first, order_of, swapped
from articles.parsed_date import ParsedDate
from articles.record import StatedDate


def settle_findings(
    findings: Sequence[DateFinding], stated: Sequence[StatedDate], *, day_first: bool | None
) -> list[DateFinding]:
    """The visible dates; `day_first` is how the page writes those that can be read in one way
    only."""
    if not any(finding.date.is_order_assumed for finding in findings):
        return list(findings)
    certain = [date for date in stated if not is_numeric(date.raw)]
    settled: list[DateFinding] = []
    for finding in findings:
        if not finding.date.is_order_assumed:
            settled.append(finding)
            continue
        # Where the language decides, only a date of the same kind says that the page does not
        # follow its language.
        days = {
            date.value[:10]
            for date in certain
            if finding.date.is_ambiguous or date.kind == (finding.kind or "published")
        }
        settled.append(replace(finding, date=_settled(finding.date, days, day_first)))
    return settled


def _settled(date: ParsedDate, days: Collection[str], day_first: bool | None) -> ParsedDate:
    other = replace(date, value=swapped(date.value), is_ambiguous=False)
    if day_first is not None:
        is_so = is_read_day_first(date.raw, date.value) is day_first
        return replace(date, is_ambiguous=False) if is_so else other
    if (date.day in days) is (other.day in days):
        return date
    return replace(date, is_ambiguous=False) if date.day in days else other


def settle_stated(
    stated: Sequence[StatedDate], findings: Sequence[DateFinding], language: str | None
) -> tuple[StatedDate, ...]:
    """The dates of machine data: their strings of figures follow no language of their own."""
    if not any(is_numeric(date.raw) for date in stated):
        return tuple(stated)
    certain = {date.value[:10] for date in stated if not is_numeric(date.raw)}
    certain |= {finding.date.day for finding in findings if not finding.date.is_ambiguous}
    written = is_day_first(date.raw for date in stated)
    is_in_doubt = written is None and order_of((language or "").lower())[1]
    return tuple(
        _settled_statement(date, certain, written, is_in_doubt=is_in_doubt)
        if is_numeric(date.raw)
        else date
        for date in stated
    )


def _settled_statement(
    stated: StatedDate, days: Collection[str], written: bool | None, *, is_in_doubt: bool
) -> StatedDate:
    other = swapped(stated.value)
    if written is not None and is_read_day_first(stated.raw, stated.value) is not written:
        return replace(stated, value=other)
    if stated.value[:10] in days or other[:10] not in days:
        is_open = is_in_doubt and stated.value[:10] not in days
        return replace(stated, ambiguous=is_open)
    return replace(stated, value=other)
