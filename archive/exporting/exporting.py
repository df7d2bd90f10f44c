"""`export`: the selected records into one file, which appears under its name when it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

from archive.collection import Collection
from archive.errors import BadQuery
from archive.exporting.csv import write_csv
from archive.exporting.files import check_writable, compressed, sink
from archive.exporting.jsonl import write_jsonl
from archive.exporting.manifest import make_manifest, manifest_path, manifest_text
from archive.exporting.selection import Selection, count_selected, read_selected
from archive.texts import Record

Format = Literal["jsonl", "csv", "parquet"]
FORMATS: tuple[str, ...] = get_args(Format)

Write = Callable[[Iterable[Record], BinaryIO], None]


def export(
    collection: Collection,
    format_name: Format,
    out: Path | BinaryIO,
    selection: Selection | None = None,
    *,
    force: bool = False,
    bom: bool = False,
    with_manifest: bool = False,
    on_record: Callable[[int, int], None] = lambda _done, _of: None,
) -> dict[str, Any]:
    """Write the selected records, by URL, and give the manifest of what was written.

    A path that ends in `.gz` is compressed (not parquet, which is already). An existing file is
    kept unless `force`; a file object is written to as it is and not closed. `on_record` is told
    how many records are written, of how many.

    Raises `FileExists`, `CannotWrite`, `DiskFull`, `BadQuery`.
    """
    selection = selection or Selection()
    write, writer_name = _writer(format_name, bom=bom)
    if isinstance(out, Path):
        if format_name == "parquet" and out.suffix == ".gz":
            raise BadQuery(f"{out}: parquet is compressed already; leave .gz away")
        check_writable(out, *([manifest_path(out)] if with_manifest else []), force=force)
    elif format_name == "parquet":
        raise BadQuery("out: parquet cannot be written to standard output; name a file")
    with collection.snapshot(), ExitStack() as published:
        counts = count_selected(collection, selection)
        file = published.enter_context(sink(out))
        records = _Watched(
            read_selected(collection, selection),
            lambda done: on_record(done, counts.articles),
        )
        with compressed(file, is_wanted=isinstance(out, Path) and out.suffix == ".gz") as plain:
            write(records, plain)
        manifest = make_manifest(
            format_name=format_name,
            selection=selection,
            counts=counts,
            last_seen_at=records.last_seen_at,
            bytes_written=file.tell(),
            sha256=file.sha256.hexdigest(),
            writer=writer_name,
        )
    if with_manifest and isinstance(out, Path):
        with sink(manifest_path(out)) as beside:
            beside.write(manifest_text(manifest).encode())
    return manifest


class _Watched(Iterable[Record]):
    """Records on their way, counted."""

    def __init__(self, records: Iterator[Record], on_record: Callable[[int], None]) -> None:
        self._records = records
        self._on_record = on_record
        self.last_seen_at: str | None = None

    def __iter__(self) -> Iterator[Record]:
        for number, record in enumerate(self._records, start=1):
            self.last_seen_at = max(self.last_seen_at or "", record["last_seen_at"])
            yield record
            self._on_record(number)


def _writer(format_name: str, *, bom: bool) -> tuple[Write, str | None]:
    """The function that writes the format, and what wrote it where that shows in the bytes."""
    match format_name:
        case "jsonl":
            return write_jsonl, None
        case "csv":
            return partial(write_csv, bom=bom), None
        case "parquet":
            # Imported here: it takes a third of a second and 60 MB.
            from archive.exporting.parquet import write_parquet

            return write_parquet, f"pyarrow {version('pyarrow')}"
        case _:
            raise BadQuery(f"format: {format_name!r} is not known; it is {', '.join(FORMATS)}")
