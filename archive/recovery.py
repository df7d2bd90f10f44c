"""Putting right what a killed process left: open WARC files are salvaged and sealed.

Called before a crawl. Past the durable offset of a file, whole exchanges are entered into the
database; a torn rest moves to quarantine/. A file of another process is never written on.
Doing it twice changes nothing.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BufferedRandom
from pathlib import Path
from typing import Any

from archive.captured_records import (
    CapturedRecord,
    RequestRecord,
    captured_record,
    join_requests,
    request_record,
)
from archive.collection import Collection
from archive.errors import DamagedWarc, disk_error
from archive.foreign_records import read_head
from archive.growing_digests import GrowingDigest
from archive.recording import CRAWL_FIELD, SITE_FIELD
from archive.revisits import enter_capture, settle
from archive.times import as_text
from archive.warc_members import Damage, Piece, scan_pieces
from archive.warc_reading import WarcRecord, parse_record
from archive.warc_writing import OPEN_SUFFIX, lock, sync_folder

logger = logging.getLogger(__name__)

_COPY_STEP = 1 << 20
_END_OF_RECORD = b"\r\n\r\n"


@dataclass(frozen=True, kw_only=True)
class Recovery:
    """What was put right."""

    sealed: tuple[str, ...] = ()
    """Names of the WARC files that were left open and are whole now."""
    salvaged: int = 0
    """Captures that were on the disk and not yet in the database."""
    quarantined: tuple[Path, ...] = ()
    """Torn rests, one file each, named after the WARC file and the offset."""


def recover(collection: Collection) -> Recovery:
    """Seal every WARC file that no living process writes.

    Raises `DamagedWarc` where a file is shorter than what was acknowledged, and `DiskFull`.
    """
    sealed: list[str] = []
    quarantined: list[Path] = []
    unsettled: list[tuple[int, CapturedRecord]] = []
    salvaged = 0
    for name in _left_open(collection):
        with _own(collection, name) as file:
            if file is None:
                continue
            outcome = _recover_file(collection, name, file)
        if outcome is None:
            continue
        sealed.append(name)
        salvaged += len(outcome.captured)
        unsettled += outcome.unsettled
        quarantined += [outcome.quarantined] if outcome.quarantined else []
        logger.warning(
            "%s was left open: %d captures salvaged, %s",
            name,
            len(outcome.captured),
            f"a torn rest is in {outcome.quarantined}" if outcome.quarantined else "nothing torn",
        )
    if unsettled:
        # Their originals may have come with a later file.
        with collection.transaction() as connection:
            for capture_id, revisit in unsettled:
                settle(connection, capture_id, revisit)
    return Recovery(sealed=tuple(sealed), salvaged=salvaged, quarantined=tuple(quarantined))


def _left_open(collection: Collection) -> list[str]:
    rows = collection.connection.execute("select name from warc_files where state = 'open'")
    names = {row["name"] for row in rows}
    names.update(path.name.removesuffix(OPEN_SUFFIX) for path in _open_files(collection))
    return sorted(names)


def _open_files(collection: Collection) -> Iterator[Path]:
    return collection.warcs.glob("*" + OPEN_SUFFIX)


@contextmanager
def _own(collection: Collection, name: str) -> Iterator[BufferedRandom | None]:
    """The file under its open or its final name, locked; None where another process has it."""
    path = collection.warcs / (name + OPEN_SUFFIX)
    if not path.exists():
        path = collection.warcs / name
    try:
        file = path.open("r+b")
    except FileNotFoundError:
        _forget(collection, name)
        yield None
        return
    except OSError as error:
        raise disk_error(path, error) from error
    with file:
        # Between open and lock its owner may have sealed or removed it.
        yield file if lock(file.fileno()) and _is_still(path, file) else None


def _is_still(path: Path, file: BufferedRandom) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _forget(collection: Collection, name: str) -> None:
    """Drop the row of a file that was never durable; one that was must be there."""
    row = _row_of(collection, name)
    if row is None or row["state"] != "open":
        return
    if row["durable_bytes"] > 0:
        raise DamagedWarc(
            f"{collection.warcs / name}: the file is gone, {row['durable_bytes']} bytes of it were "
            "acknowledged; bring it back from a copy"
        )
    with collection.transaction() as connection:
        connection.execute("delete from warc_files where id = ?", (row["id"],))


@dataclass
class _Salvage:
    """What is whole in a file past its durable offset."""

    end: int
    """Up to here the file is good."""
    captured: list[CapturedRecord] = field(default_factory=list)
    requests: list[RequestRecord] = field(default_factory=list)
    info: WarcRecord | None = None
    quarantined: Path | None = None
    unsettled: list[tuple[int, CapturedRecord]] = field(default_factory=list)
    """Revisits that were entered without their originals, with the ids of their rows."""


def _recover_file(collection: Collection, name: str, file: BufferedRandom) -> _Salvage | None:
    """Salvage and seal one file; None where nothing was to be done, or nothing worth keeping."""
    row = _row_of(collection, name)
    final = collection.warcs / name
    is_renamed = Path(file.name) == final
    if is_renamed and row is not None and row["state"] == "sealed":
        # Its owner did it between our look at the rows and our lock.
        return None
    if not is_renamed and final.exists():
        raise DamagedWarc(
            f"{file.name}: there is a {name} too, expected one of the two; "
            "move away the one that is not the archive's own"
        )
    durable = row["durable_bytes"] if row else 0
    size = file.seek(0, os.SEEK_END)
    if size < durable:
        raise DamagedWarc(
            f"{file.name}: {size} bytes, expected at least {durable} that were acknowledged; "
            "bring the file back from a copy"
        )
    with GrowingDigest(file.fileno()) as digest:
        digest.grow_to(durable)
        found = _salvage(file, durable, digest)
        try:
            if found.end < size:
                found.quarantined = _move_to_quarantine(collection, name, file, found.end)
            if found.end == 0:
                _remove(collection, name, file)
                return None
            os.fsync(file.fileno())
            row = row or _adopt(collection, name)
            Path(file.name).rename(final)
            sync_folder(collection.warcs)
            sha256 = digest.finish()
        except OSError as error:
            raise disk_error(Path(file.name), error) from error
    _enter(collection, row["id"], found, sha256)
    return found


def _salvage(file: BufferedRandom, start: int, digest: GrowingDigest) -> _Salvage:
    """Whole exchanges from `start`: a request counts only with what answers it."""
    found = _Salvage(end=start, info=_first_record(file))
    waiting: list[RequestRecord] = []
    for member in _whole_members(file, start):
        it = _read(member)
        if it is None:
            break
        if it.request is not None:
            waiting.append(it.request)
            continue
        if it.capture is not None:
            found.captured.append(it.capture)
            found.requests += waiting
            waiting.clear()
        found.end = it.end
        digest.grow_to(it.end)
    join_requests(found.captured, found.requests)
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Whole:
    """A member whose checksum holds."""

    offset: int
    length: int
    data: bytes
    """What it decodes to, or the first part of that."""
    rest: _RestOfMember | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    """A whole WARC record: a request, a capture, or something that has no row."""

    end: int
    request: RequestRecord | None
    capture: CapturedRecord | None


class _RestOfMember:
    """What follows the first part of a large record, read again from the file.

    Not spilled: after a disk was full there is no room to put anything.
    """

    def __init__(self, path: Path, offset: int, *, start: int, size: int) -> None:
        self._path = path
        self._offset = offset
        self._start = start
        self.size = size

    def chunks(self) -> Iterator[bytes]:
        skip, left = self._start, self.size
        with self._path.open("rb") as file:
            for piece in scan_pieces(file, start=self._offset):
                if left <= 0 or isinstance(piece, Damage):
                    return
                part = piece.data[skip : skip + left]
                skip = max(0, skip - len(piece.data))
                left -= len(part)
                yield part


def _whole_members(file: BufferedRandom, start: int) -> Iterator[_Whole]:
    """Every member from `start` to the first that is not whole."""
    first, size = b"", 0
    for piece in scan_pieces(file, start=start):
        if isinstance(piece, Damage):
            return
        if size == 0:
            first = piece.data
        size += len(piece.data)
        if piece.length is None:
            continue
        rest = None
        if size > len(first):
            rest = _RestOfMember(
                Path(file.name), piece.offset, start=len(first), size=size - len(first)
            )
        yield _Whole(offset=piece.offset, length=piece.length, data=first, rest=rest)
        first, size = b"", 0


def _read(member: _Whole) -> _Read | None:
    """The record that `member` holds; None where it is not one whole WARC record."""
    offset, length, rest = member.offset, member.length, member.rest
    if rest is None:
        record = parse_record(member.data)
    else:
        record, rest = _begin_of_large(member.data, rest)
    if record is None:
        return None
    request = request_record(record, offset=offset, length=length)
    capture = None
    if request is None:
        capture = captured_record(record, offset=offset, length=length, rest=rest)
    return _Read(end=offset + length, request=request, capture=capture)


def _begin_of_large(
    data: bytes, rest: _RestOfMember
) -> tuple[WarcRecord | None, _RestOfMember | None]:
    """The record that `data` begins, its block as far as it goes, and what follows of its block."""
    head = read_head(data)
    if head is None:
        return None, None
    record, start, length = head
    left = length - (len(data) - start)
    if left + len(_END_OF_RECORD) != rest.size:
        return None, None
    rest.size = left
    return replace(record, block=data[start:]), rest


def _first_record(file: BufferedRandom) -> WarcRecord | None:
    piece = next(scan_pieces(file), None)
    return parse_record(piece.data) if isinstance(piece, Piece) else None


def _move_to_quarantine(
    collection: Collection, name: str, file: BufferedRandom, start: int
) -> Path:
    """Copy what follows `start` aside, durably, and only then cut it off."""
    aside = collection.quarantine / f"{name}.from-{start}"
    copy = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
    try:
        position = start
        while piece := os.pread(file.fileno(), _COPY_STEP, position):
            # A short write is followed by one that says why, or by the rest.
            position += os.write(copy, piece)
        os.fsync(copy)
    finally:
        os.close(copy)
    sync_folder(collection.quarantine)
    os.ftruncate(file.fileno(), start)
    return aside


def _remove(collection: Collection, name: str, file: BufferedRandom) -> None:
    with collection.transaction() as connection:
        connection.execute("delete from warc_files where name = ?", (name,))
    Path(file.name).unlink()
    sync_folder(collection.warcs)


def _adopt(collection: Collection, name: str) -> sqlite3.Row:
    """A row for a file that the database has never heard of: killed in between, or it was lost."""
    with collection.transaction() as connection:
        connection.execute(
            """
            insert into warc_files (name, state, origin, durable_bytes, created_at)
            values (?, 'open', 'crawl', 0, ?)
            """,
            (name, as_text(datetime.now(UTC))),
        )
    row = _row_of(collection, name)
    assert row is not None  # noqa: S101 - inserted above
    return row


def _enter(collection: Collection, file_id: int, found: _Salvage, sha256: str) -> None:
    """Rows, durable offset and seal in one transaction."""
    with collection.transaction() as connection:
        owner = _owner(connection, found.info)
        for capture in found.captured:
            entered = enter_capture(connection, capture, {**owner, "warc_file_id": file_id})
            if entered.is_unsettled:
                found.unsettled.append((entered.id, capture))
        connection.execute(
            """
            update warc_files
            set state = 'sealed', durable_bytes = ?, sha256 = ?, sealed_at = ?
            where id = ?
            """,
            (found.end, sha256, as_text(datetime.now(UTC)), file_id),
        )


def _owner(connection: sqlite3.Connection, info: WarcRecord | None) -> dict[str, Any]:
    """Site and crawl of a file, as its warcinfo names them; the crawl only where it has its row."""
    lines = info.block.decode("utf-8", "replace").split("\r\n") if info else []
    fields = dict(line.partition(": ")[::2] for line in lines)
    site = fields.get(SITE_FIELD, "")
    # In a database made anew the number may be that of another site's crawl.
    row = connection.execute(
        "select id from crawls where id = ? and site = ?", (fields.get(CRAWL_FIELD, ""), site)
    ).fetchone()
    return {"site": site, "crawl_id": row["id"] if row else None}


def _row_of(collection: Collection, name: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = collection.connection.execute(
        "select id, state, durable_bytes from warc_files where name = ?", (name,)
    ).fetchone()
    return row
