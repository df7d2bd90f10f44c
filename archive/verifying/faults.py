"""What is wrong: `Wrong` as a check of one record finds it, `Fault` with the place where it stands.

`kind` is a short name that stays the same, for programs and for docs/verify.md, which lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["fault", "note"]
"""A fault: something is lost, changed or said wrongly. A note: odd, and nothing is lost by it."""

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing of a WARC record that is not as it should be."""

    kind: str
    found: str
    expected: str
    level: Level = "fault"
    unless_head: bool = False
    """It is right where the request was a HEAD: the answer has the length of a body it lacks."""
    may_be_sent: bool = False
    """A server may have sent it so. Where the bytes were captured at the wire it is but a note."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is not as it should be, and where."""

    file: str
    offset: int | None
    """In bytes of the file; None where it concerns the whole of it."""
    kind: str
    found: str
    expected: str
    level: Level = "fault"

    def __str__(self) -> str:
        where = self.file if self.offset is None else f"{self.file} at offset {self.offset}"
        note = "note: " if self.level == "note" else ""
        return f"{where}: {note}{_short(self.found)}; expected {_short(self.expected)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
