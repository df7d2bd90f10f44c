"""Who points to whom among the WARC records of a set of files, known only when all were read.

Kept in a temporary SQLite database, which goes to disk by itself where it is large: a set may hold
a hundred million records.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from archive.times import from_text
from archive.verifying.digests import DeclaredDigest, base32, read_digest
from archive.verifying.faults import Fault, Level
from archive.verifying.record_heads import IDENTICAL, bare
from archive.verifying.record_reading import CheckedRecord
from archive.warc_records import PAYLOAD_FIELD

_TABLES = """
create table files (number integer primary key, is_lenient integer);
create table records (
    id integer, file integer, offset integer, place integer, payload text, sha256 text,
    look integer
);
create table pointers (id integer, file integer, offset integer, field text, target text);
create table revisits (
    file integer, offset integer, original integer, place integer, shown text, payload text,
    sha256 text
);
create table segments (
    origin integer, number integer, length integer, total integer, file integer, offset integer
);
"""
_INDEXES = """
create index records_by_id on records (id);
create index records_by_place on records (place) where place is not null;
"""
_TWICE = """
select
    r.offset, r.file, first.offset as first_offset, first.file as first_file,
    f.is_lenient and r.look = first.look as is_copy
from (
    select id, min(rowid) as first from records where id is not null group by id having count(*) > 1
) twice
join records first on first.rowid = twice.first
join records r on r.id = twice.id and r.rowid <> twice.first
join files f on f.number = r.file
order by r.rowid
"""
_DANGLING = """
select p.offset, p.field, p.target, p.file, f.is_lenient
from pointers p
join files f on f.number = p.file
where p.id not in (select id from records where id is not null)
"""
_LOST_REVISITS = """
select v.offset, v.shown as target, v.file, f.is_lenient
from revisits v
join files f on f.number = v.file
where (v.original is null or v.original not in (select id from records where id is not null))
  and (v.place is null or v.place not in (select place from records where place is not null))
"""
_CROSSED_REVISITS = """
select v.offset, v.shown as target, v.file, f.is_lenient
from revisits v
join files f on f.number = v.file
where v.original is not null
  and v.place is not null
  and not exists (select 1 from records r where r.id = v.original and r.place = v.place)
  and (
    v.original in (select id from records where id is not null)
    or v.place in (select place from records where place is not null)
  )
"""
_OTHER_PAYLOADS = """
select v.offset, v.payload, r.payload as original, v.file,
    v.sha256, r.sha256 as original_sha256,
    v.payload <> r.payload and substr(v.payload, 1, 5) = substr(r.payload, 1, 5) as is_other
from revisits v
join records r on r.rowid = coalesce(
    (select min(rowid) from records where id = v.original),
    (select min(rowid) from records where place = v.place)
)
where is_other or v.sha256 <> r.sha256
"""
_SEGMENTS = """
select s.*
from segments s
order by s.origin, s.number
"""


class References:
    """Add every record of the set, then ask for the faults. A context manager."""

    def __init__(self, *, unknown_original: Level) -> None:
        """`unknown_original`: how bad it is that the original of a revisit is not in the set."""
        self._unknown_original = unknown_original
        # An empty name: a database in a file that is gone when it is closed.
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.executescript("pragma journal_mode = off; pragma synchronous = off;")
        self._connection.executescript(_TABLES + "begin;")
        self._file = 0
        self._shown: list[str] = []
        """Names of the files; they may hold what no database takes."""

    def begin_file(self, shown: str, *, is_lenient: bool) -> None:
        """What is added from now on stands in this file. `is_lenient`: what its records point to
        may have been left out of it, and what is no capture may stand in another file too."""
        self._file = len(self._shown)
        self._shown.append(shown)
        self._insert("files", self._file, is_lenient)

    def add(self, record: CheckedRecord, offset: int) -> None:
        head = record.head
        record_id = head.record_id
        is_original = head.type in ("response", "resource")
        self._insert(
            "records",
            hash(record_id) if record_id else None,
            self._file,
            offset,
            hash((head.target_uri, head.recorded_at)) if is_original else None,
            _payload_of(record) if is_original else None,
            f"sha256:{record.payload_sha256}" if is_original and record.payload_sha256 else None,
            hash((head.type, head.target_uri, head.recorded_at, head.length)),
        )
        for name, field in _POINTERS:
            if name in head.first:
                for value in head.all(field):
                    target = bare(value)
                    self._insert("pointers", hash(target), self._file, offset, field, target)
        if head.type == "revisit":
            self._add_revisit(record, offset)
        elif target := bare(head.first.get("warc-refers-to", "")):
            self._insert("pointers", hash(target), self._file, offset, "WARC-Refers-To", target)
        if head.is_segment:
            self._add_segment(record, offset)

    def faults(self) -> Iterator[Fault]:
        """Everything that does not resolve, file by file as it was added."""
        self._connection.executescript(_INDEXES)
        ask = self._connection.execute
        for row in ask(_TWICE):
            place = f"{self._shown[row['first_file']]} at offset {row['first_offset']}"
            found = f"the WARC-Record-ID of the record in {place}"
            # Of a file that has grown, or came damaged before, an import takes the new captures
            # and once more what is no capture: the warcinfo, notes of the tool.
            level: Level = "note" if row["is_copy"] else "fault"
            yield self._fault(row, "record-id-twice", found, "one of its own", level)
        for row in ask(_DANGLING):
            if not row["is_lenient"]:
                found = f"{row['field']} {row['target'][:200]}"
                yield self._fault(row, "reference", found, "the id of a record of this set")
        for row in ask(_LOST_REVISITS):
            level = "note" if row["is_lenient"] else self._unknown_original
            found = f"a revisit of {row['target']}"
            yield self._fault(row, "refers-to", found, "a response of this set", level)
        for row in ask(_CROSSED_REVISITS):
            level = "note" if row["is_lenient"] else "fault"
            found = f"WARC-Refers-To and -Target-URI, -Date that do not agree ({row['target']})"
            yield self._fault(row, "refers-to", found, "one and the same response", level)
        for row in ask(_OTHER_PAYLOADS):
            if row["is_other"]:
                found = f"a revisit with WARC-Payload-Digest {row['payload']}"
                expected = f"{row['original']} of its original"
            else:
                found = f"a revisit with {PAYLOAD_FIELD} {row['sha256']}"
                expected = f"{row['original_sha256']} of its original"
            yield self._fault(row, "revisit-digest", found, expected)
        yield from self._segment_faults()

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _insert(self, table: str, *values: Any) -> None:
        self._connection.execute(_INSERTS[table], values)

    def _add_revisit(self, record: CheckedRecord, offset: int) -> None:
        first = record.head.first
        original = first.get("warc-refers-to")
        uri, date = first.get("warc-refers-to-target-uri"), first.get("warc-refers-to-date")
        place = _place(bare(uri), date) if uri and date else None
        if original is None and place is None:
            return
        shown = f"{uri} of {date}" if place is not None else bare(original or "")
        is_identical = record.head.profile == IDENTICAL
        seen = first.get(PAYLOAD_FIELD.lower()) if is_identical else None
        self._insert(
            "revisits",
            self._file,
            offset,
            hash(bare(original)) if original else None,
            place,
            shown[:300],
            _declared(record) if is_identical else None,
            seen[:100] if seen else None,
        )

    def _add_segment(self, record: CheckedRecord, offset: int) -> None:
        first = record.head.first
        number = first.get("warc-segment-number", "")
        origin = bare(first.get("warc-segment-origin-id", "")) or record.head.record_id
        total = first.get("warc-segment-total-length", "")
        if number.isdecimal() and len(number) < 10:
            self._insert(
                "segments",
                hash(origin),
                int(number),
                record.head.length,
                int(total) if total.isdecimal() and len(total) < 16 else None,
                self._file,
                offset,
            )

    def _segment_faults(self) -> Iterator[Fault]:
        origin, expected, size = None, 1, 0
        for row in self._connection.execute(_SEGMENTS):
            if row["origin"] != origin:
                origin, expected, size = row["origin"], 1, 0
            if row["number"] != expected:
                yield self._fault(row, "segment", f"segment {row['number']}", f"segment {expected}")
            expected = row["number"] + 1
            size += row["length"]
            if row["total"] is not None and row["total"] != size:
                found = f"WARC-Segment-Total-Length {row['total']}"
                yield self._fault(row, "segment", found, f"{size}, the length of all segments")

    def _fault(
        self, row: sqlite3.Row, kind: str, found: str, expected: str, level: Level = "fault"
    ) -> Fault:
        return Fault(
            file=self._shown[row["file"]],
            offset=row["offset"],
            kind=kind,
            found=found,
            expected=expected,
            level=level,
        )


_POINTERS = tuple(
    (name.lower(), name)
    for name in ("WARC-Concurrent-To", "WARC-Warcinfo-ID", "WARC-Segment-Origin-ID")
)
_INSERTS = {
    table: f"insert into {table} values ({', '.join('?' * columns)})"  # noqa: S608 - our own words
    for table, columns in (
        ("files", 2),
        ("records", 7),
        ("pointers", 5),
        ("revisits", 7),
        ("segments", 6),
    )
}


def _place(uri: str, date: str | None) -> int | None:
    """A number for address and time, the same for another spelling of the time."""
    try:
        return hash((uri, from_text(date or "")))
    except ValueError:
        return None


def _payload_of(record: CheckedRecord) -> str | None:
    """`sha1:` by the bytes where there are, else what the record declares."""
    if record.payload_sha1 is not None:
        return f"sha1:{base32(record.payload_sha1)}"
    return _declared(record)


def _declared(record: CheckedRecord) -> str | None:
    declared = read_digest("", record.head.first.get("warc-payload-digest", ""))
    if not isinstance(declared, DeclaredDigest):
        return None
    return f"{declared.algorithm}:{base32(declared.value)}"
