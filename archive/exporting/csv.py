"""CSV for spreadsheets and statistics: RFC 4180 quoting, UTF-8, a header, a line feed a line.

Archived text is hostile, and a spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab
or a carriage return as a formula. Such a cell gets an apostrophe in front, also where quotation
marks, white space or invisible characters come first (source: OWASP, "CSV Injection"). To undo it,
take the apostrophe off every cell that would need one without it. Lists are joined by `"; "`; null
is an empty cell; truth values are `true` and `false`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import BinaryIO

from archive.exporting.rows import COLUMNS, Cell, flat_row
from archive.texts import Record

_BETWEEN = "; "
_BOM = "\ufeff"
# Full width signs count as the plain ones in some spreadsheets.
_FORMULA = re.compile("[\\s\"'\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠]|[\"']*[\t\r]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_csv(records: Iterable[Record], file: BinaryIO, *, bom: bool = False) -> None:
    """Write a header and one line a record; with `bom`, the mark by which Excel knows UTF-8."""
    if bom:
        file.write(_BOM.encode())
    names = [column.name for column in COLUMNS]
    write_table(names, (flat_row(record).values() for record in records), file)


def write_table(columns: Iterable[str], rows: Iterable[Iterable[Cell]], file: BinaryIO) -> None:
    """Write a header and rows of any table, each as it comes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([as_cell(column) for column in columns])
    for row in rows:
        _move(text, file)
        writer.writerow([as_cell(cell) for cell in row])
    _move(text, file)


def as_cell(value: Cell) -> str | int | float:
    """The value as a cell that no spreadsheet runs.

    >>> as_cell("=HYPERLINK(1)"), as_cell(' "=1+1'), as_cell(["a", "b"]), as_cell(None)
    ("'=HYPERLINK(1)", '\\' "=1+1', 'a; b', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else _BETWEEN.join(value)
    # Older readers of CSV stop at a NUL, and no control character is text.
    text = _CONTROLS.sub("\ufffd", text)
    return f"'{text}" if _FORMULA.match(text) else text


def _move(text: io.StringIO, file: BinaryIO) -> None:
    file.write(text.getvalue().encode("utf-8", "replace"))
    text.seek(0)
    text.truncate()
