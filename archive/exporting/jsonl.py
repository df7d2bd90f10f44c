"""JSON Lines: the whole public record, one a line, UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from archive.texts import Record

# JSON allows them bare inside a string, but readers that cut lines with `str.splitlines` would cut
# here too.
_LINE_ENDS = (("\x85", "\\u0085"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def write_jsonl(records: Iterable[Record], file: BinaryIO) -> None:
    """Write each record as one line; keys in the order of the record, no spaces."""
    for record in records:
        file.write(json_line(record).encode())


def json_line(record: Record) -> str:
    """The record as one line, with its line feed."""
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _LINE_ENDS:  # `translate` would take longer than `dumps`
        line = line.replace(character, escape)
    return line + "\n"
