"""What was measured, as lines to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.text.confidence import POOR_BELOW, Curve
from benchmarks.text.measuring import WRONG_BELOW, Row

_START = "<!-- benchmarks.text -->"
_END = "<!-- /benchmarks.text -->"
_HEADS = (
    "extractor",
    "F1",
    "±",
    "P",
    "R",
    "mean a page",
    f"under {WRONG_BELOW}",
    "empty",
    "x lxml parse",
    "peak MiB",
    "archiater ahead",
)


def plain(rows: Sequence[Row]) -> Iterator[str]:
    """Columns for a terminal, and a line for each tool that failed on pages."""
    yield from columns([_HEADS, *(_cells(row) for row in rows)])
    yield from _failures(rows)


def columns(table: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of aligned cells, the first column to the left; the first row holds the heads."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        first, *others = (
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        yield "  ".join((first, *others)).rstrip()


def markdown(rows: Sequence[Row]) -> Iterator[str]:
    yield from piped([_HEADS, *(_cells(row) for row in rows)])
    yield from _failures(rows)


def piped(table: Sequence[Sequence[str]]) -> Iterator[str]:
    """The same as `columns` in Markdown."""
    heads, *rows = table
    yield f"| {' | '.join(heads)} |"
    yield f"| --- |{' ---: |' * (len(heads) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _failures(rows: Sequence[Row]) -> Iterator[str]:
    failures = [f"{row.tool} failed, pages: {row.failed}" for row in rows if row.failed]
    yield from ("", *failures) if failures else ()


def put_between_markers(page: str, lines: Iterable[str]) -> str:
    """The text of a page with `lines` in place of what stands between the two markers.

    Raises `ValueError` where one of them is missing.
    """
    before, start, rest = page.partition(f"{_START}\n")
    _, end, after = rest.partition(_END)
    if not start or not end:
        raise ValueError(f"no {_START} and {_END} on lines of their own")
    return f"{before}{start}\n" + "\n".join(lines).strip() + f"\n\n{end}{after}"


def _cells(row: Row) -> tuple[str, ...]:
    ahead = "" if row.we_are_ahead is None else f"{row.we_are_ahead:.1%}"
    return (
        row.tool,
        f"{row.score.f1:.3f}",
        f"{row.spread:.3f}",
        f"{row.score.precision:.3f}",
        f"{row.score.recall:.3f}",
        f"{row.mean_f1:.3f}",
        str(row.wrong),
        str(row.empty),
        f"{row.parses:.1f}",
        f"{row.peak_kib / 1024:.0f}",
        ahead,
    )


def curve(found: Curve) -> Iterator[str]:
    """The curve of confidence: a line a tenth of the pages, and what that is worth."""
    heads = ("mean F1", f"under {WRONG_BELOW}", f"under {POOR_BELOW}")
    yield f"confidence   pages {heads[0]:>8} {heads[1]:>9} {heads[2]:>9}"
    for step in found.steps:
        yield (
            f"{step.lowest:.2f} to {step.highest:.2f} {step.pages:5} {step.mean_f1:8.3f} "
            f"{step.under_half:9} {step.poor:9}"
        )
    for share, poor in found.found.items():
        yield f"the lowest {share:.0%} hold {poor:.0%} of all pages under {POOR_BELOW}"
    if found.auc is not None:
        yield f"AUC {found.auc:.3f}: a page under {POOR_BELOW} has less confidence than another"
