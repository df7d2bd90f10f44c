"""`export cdxj`: the index of the whole collection or of a selection, made from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from archive.cdxj import cdxj_lines, sorted_lines
from archive.collection import Collection
from archive.exporting.captures import CHOSEN, chosen_captures, is_everything
from archive.exporting.files import check_writable, compressed, sink
from archive.exporting.selection import Selection

_LINES_BETWEEN_TICKS = 10_000


def export_cdxj(
    collection: Collection,
    out: Path | BinaryIO,
    selection: Selection | None = None,
    *,
    force: bool = False,
    on_line: Callable[[int], None] = lambda _done: None,
) -> dict[str, Any]:
    """Write the lines of the selected captures, sorted, and tell how many there are.

    A path that ends in `.gz` is compressed. Raises as `exporting.export`.
    """
    selection = selection or Selection()
    if isinstance(out, Path):
        check_writable(out, force=force)
    everything = is_everything(selection)
    with (
        collection.snapshot(),
        nullcontext() if everything else chosen_captures(collection, selection),
        sorted_lines(
            cdxj_lines(collection.connection, where="1" if everything else CHOSEN),
            folder=out.parent if isinstance(out, Path) else None,
        ) as lines,
        sink(out) as file,
    ):
        counted = _Counted(lines, on_line)
        with compressed(file, is_wanted=isinstance(out, Path) and out.suffix == ".gz") as plain:
            plain.writelines(counted)
    return {
        "format": "cdxj",
        "lines": counted.lines,
        "bytes": file.tell(),
        "sha256": file.sha256.hexdigest(),
    }


class _Counted(Iterable[bytes]):
    def __init__(self, lines: Iterator[bytes], on_line: Callable[[int], None]) -> None:
        self._lines = lines
        self._on_line = on_line
        self.lines = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.lines += 1
            if self.lines % _LINES_BETWEEN_TICKS == 0:
                self._on_line(self.lines)
            yield line
