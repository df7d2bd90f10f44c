"""Putting right what a killed process left: open WARC files are salvaged and sealed.

Called before a crawl. Past the durable offset of a file, whole exchanges are entered into the
database; a torn rest moves to quarantine/. A file of another process is never written on.
Doing it twice changes nothing.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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
from archive.captures import insert_capture
from archive.collection import Collection
from archive.errors import DamagedWarc
from archive.recording import CRAWL_FIELD, SITE_FIELD
from archive.times import as_text
from archive.warc_members import Member, scan_members
from archive.warc_reading import WarcRecord, parse_record
from archive.warc_writing import OPEN_SUFFIX, disk_error, lock, sync_folder

logger = logging.getLogger(__name__)

_COPY_STEP = 1 << 20


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
        quarantined += [outcome.quarantined] if outcome.quarantined else []
        logger.warning(
            "%s was left open: %d captures salvaged, %s",
            name,
            len(outcome.captured),
            f"a torn rest is in {outcome.quarantined}" if outcome.quarantined else "nothing torn",
        )
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


def _recover_file(collection: Collection, name: str, file: BufferedRandom) -> _Salvage | None:
    """Salvage and seal one file; None where nothing of it was worth keeping."""
    row = _row_of(collection, name)
    durable = row["durable_bytes"] if row else 0
    size = file.seek(0, os.SEEK_END)
    if size < durable:
        raise DamagedWarc(
            f"{file.name}: {size} bytes, expected at least {durable} that were acknowledged; "
            "bring the file back from a copy"
        )
    found = _salvage(file, durable)
    try:
        if found.end < size:
            found.quarantined = _move_to_quarantine(collection, name, file, found.end)
        if found.end == 0:
            _remove(collection, name, file)
            return None
        os.fsync(file.fileno())
        row = row or _adopt(collection, name)
        Path(file.name).rename(collection.warcs / name)
        sync_folder(collection.warcs)
    except OSError as error:
        raise disk_error(Path(file.name), error) from error
    _enter(collection, row["id"], found, _sha256(file))
    return found


def _salvage(file: BufferedRandom, start: int) -> _Salvage:
    """Whole exchanges from `start`: a request counts only with what answers it."""
    found = _Salvage(end=start, info=_first_record(file))
    waiting: list[RequestRecord] = []
    for member in scan_members(file, start=start):
        record = parse_record(member.data) if isinstance(member, Member) else None
        if record is None:
            break
        request = request_record(record, offset=member.offset, length=member.length)
        if request is not None:
            waiting.append(request)
            continue
        capture = captured_record(record, offset=member.offset, length=member.length)
        if capture is not None:
            found.captured.append(capture)
            found.requests += waiting
            waiting.clear()
        found.end = member.offset + member.length
    join_requests(found.captured, found.requests)
    return found


def _first_record(file: BufferedRandom) -> WarcRecord | None:
    first = next(scan_members(file), None)
    return parse_record(first.data) if isinstance(first, Member) else None


def _move_to_quarantine(
    collection: Collection, name: str, file: BufferedRandom, start: int
) -> Path:
    """Copy what follows `start` aside, durably, and only then cut it off."""
    aside = collection.quarantine / f"{name}.from-{start}"
    file.seek(start)
    with aside.open("wb") as copy:
        while piece := file.read(_COPY_STEP):
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    sync_folder(collection.quarantine)
    file.truncate(start)
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
            insert_capture(connection, {**capture.columns, **owner, "warc_file_id": file_id})
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
    row = connection.execute(
        "select id from crawls where id = ?", (fields.get(CRAWL_FIELD, ""),)
    ).fetchone()
    return {"site": fields.get(SITE_FIELD, ""), "crawl_id": row["id"] if row else None}


def _row_of(collection: Collection, name: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = collection.connection.execute(
        "select id, state, durable_bytes from warc_files where name = ?", (name,)
    ).fetchone()
    return row


def _sha256(file: BufferedRandom) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()
