"""`export`: the selected records into one file, which appears under its name when it is whole."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast, get_args

from archive.collection import Collection
from archive.errors import ArchiveError, BadQuery, DiskFull, OperatorError
from archive.exporting.csv import write_csv
from archive.exporting.jsonl import write_jsonl
from archive.exporting.manifest import make_manifest, manifest_path, manifest_text
from archive.exporting.selection import Selection, count_selected, read_selected, snapshot
from archive.texts import Record

Format = Literal["jsonl", "csv", "parquet"]
FORMATS: tuple[str, ...] = get_args(Format)
_GZIP_LEVEL = 6

Write = Callable[[Iterable[Record], BinaryIO], None]


class FileExists(OperatorError):
    """There is a file of this name already."""


class CannotWrite(OperatorError):
    """Nothing can be written at this path."""


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
        _check_path(out, format_name, force=force, with_manifest=with_manifest)
    elif format_name == "parquet":
        raise BadQuery("out: parquet cannot be written to standard output; name a file")
    with snapshot(collection), ExitStack() as published:
        counts = count_selected(collection, selection)
        file = published.enter_context(_sink(out))
        records = _Watched(
            read_selected(collection, selection),
            lambda done: on_record(done, counts.articles),
        )
        with _compressed(file, is_wanted=isinstance(out, Path) and out.suffix == ".gz") as plain:
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
        with _sink(manifest_path(out)) as beside:
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


class _Digested:
    """A file that is only written to, with the digest and size of what went into it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._bytes = 0
        self.sha256 = hashlib.sha256()
        self.closed = False

    def write(self, block: Any) -> int:
        view = memoryview(block).cast("B")
        self.sha256.update(view)
        self._bytes += len(view)
        self._file.write(view)
        return len(view)

    def tell(self) -> int:
        return self._bytes

    def flush(self) -> None:
        self._file.flush()

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        self.flush()


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


def _check_path(out: Path, format_name: str, *, force: bool, with_manifest: bool) -> None:
    """Refuse before anything is read what could not be written in the end."""
    if format_name == "parquet" and out.suffix == ".gz":
        raise BadQuery(f"{out}: parquet is compressed already; leave .gz away")
    if out.is_dir():
        raise CannotWrite(f"{out}: is a folder; name a file in it")
    if not out.parent.is_dir():
        raise CannotWrite(f"{out.parent}: there is no such folder; make it first")
    wanted = (out, manifest_path(out)) if with_manifest else (out,)
    for path in wanted:
        if path.exists() and not path.is_file():
            # --force would put a file in the place of /dev/null.
            raise CannotWrite(f"{path}: is no plain file; name one, or give - for standard output")
        if path.exists() and not force:
            raise FileExists(f"{path}: exists already; choose another name or give --force")


@contextmanager
def _sink(out: Path | BinaryIO) -> Iterator[_Digested]:
    """Where the bytes go; a file gets its name when the block has ended well, and not before."""
    if not isinstance(out, Path):
        file = _Digested(out)
        yield file
        file.flush()
        return
    growing = out.with_name(f".{out.name}.{os.getpid()}.part")
    with _explained(out):
        try:
            with growing.open("wb") as opened:
                yield _Digested(opened)
                opened.flush()
                os.fsync(opened.fileno())
            growing.replace(out)
        finally:
            growing.unlink(missing_ok=True)


@contextmanager
def _compressed(file: _Digested, *, is_wanted: bool) -> Iterator[BinaryIO]:
    if not is_wanted:
        yield cast(BinaryIO, file)
        return
    # Neither name nor time goes into the header: the same records give the same bytes.
    with gzip.GzipFile(
        filename="", fileobj=cast(BinaryIO, file), mode="wb", mtime=0, compresslevel=_GZIP_LEVEL
    ) as packed:
        yield cast(BinaryIO, packed)


@contextmanager
def _explained(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _complaint(out, error) from error


def _complaint(out: Path, error: OSError) -> ArchiveError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"{out}: {error.strerror}; make room and run it again, no file was left")
    return CannotWrite(f"{out}: cannot be written ({error.strerror}); choose another place")
