"""A table as a value: spans spread, header cells counted.

Called by `fragment` for tables of its HTML and by `fragment_table_markup` for those of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bs4 import Tag

from articles.fragment_text import children_of, text_of
from articles.record import Table

MAX_CELLS = 20_000
"""Spans spread over more cells than this are an attack or a slip of the pen."""


class Cell(NamedTuple):
    text: str
    """White space folded."""
    is_header: bool
    width: int
    """Columns that it spans."""
    height: int
    """Rows that it spans."""


@dataclass(slots=True)
class _Row:
    cells: list[str]
    headers: list[bool]
    """For each cell whether it is one of the head."""

    def add(self, text: str, *, is_header: bool) -> None:
        self.cells.append(text)
        self.headers.append(is_header)


_Hanging = dict[int, tuple[int, str, bool]]
"""Cells that reach down, by column: rows left, text, whether of the head."""


def read_table(element: Tag) -> Table | None:
    """The value of a `<table>`; None where it holds no text."""
    caption = element.find("caption")
    return table_of(
        (
            [_cell(cell) for cell in children_of(row) if cell.name in ("td", "th")]
            for row in element.find_all("tr")
        ),
        text_of(caption) if isinstance(caption, Tag) else "",
    )


def table_of(cells: Iterable[Sequence[Cell]], caption: str) -> Table | None:
    """A table of rows with their spans spread, so that every row has the cells it shows.

    None where no cell holds text.
    """
    rows = [row for row in _spread(cells) if any(row.cells)]
    if not rows:
        return None
    header_rows = _header_rows(rows)
    return Table(
        rows=tuple(tuple(row.cells) for row in rows),
        header_rows=header_rows,
        header_columns=_header_columns(rows[header_rows:]),
        caption=" ".join(caption.split()) or None,
    )


def _cell(cell: Tag) -> Cell:
    width, height = _span(cell, "colspan"), _span(cell, "rowspan")
    return Cell(text_of(cell).replace("\n", " "), cell.name == "th", width, height)


def _spread(table: Iterable[Sequence[Cell]]) -> list[_Row]:
    rows: list[_Row] = []
    hanging: _Hanging = {}
    spread = 0
    for cells in table:
        if not cells:
            continue
        row = _Row([], [])
        for text, is_header, width, height in cells:
            _hang(row, hanging)
            spread += width * height
            if spread > MAX_CELLS:
                width = height = 1
            for _ in range(width):
                if height > 1:
                    hanging[len(row.cells)] = (height - 1, text, is_header)
                row.add(text, is_header=is_header)
        _hang(row, hanging)
        rows.append(row)
    return rows


def _hang(row: _Row, hanging: _Hanging) -> None:
    """Put the cells that hang down from rows above where the row has come to."""
    while (column := len(row.cells)) in hanging:
        left, text, is_header = hanging.pop(column)
        row.add(text, is_header=is_header)
        if left > 1:
            hanging[column] = (left - 1, text, is_header)


def _header_rows(rows: list[_Row]) -> int:
    """How many rows at the top are all head; a table that is nothing else has one."""
    count = 0
    while count < len(rows) and _is_head(rows[count]):
        count += 1
    return count if count < len(rows) else min(1, len(rows) - 1)


def _is_head(row: _Row) -> bool:
    """Whether all cells are of the head; the corner over row headers is often an empty `<td>`."""
    told = zip(row.cells, row.headers, strict=True)
    return any(row.headers) and all(is_header or not text for text, is_header in told)


def _header_columns(rows: list[_Row]) -> int:
    """How many cells at the left are head in every row; a row of one wide cell says nothing."""
    parted = [row for row in rows if len(set(row.cells)) > 1 and not all(row.headers)]
    if not parted:
        return 0
    return min(
        next((at for at, is_header in enumerate(row.headers) if not is_header), 0) for row in parted
    )


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1")
    return max(1, int(value)) if value.isdecimal() else 1
