"""What was found in a file that is imported, and what of it is here already.

`importing` fills it and enters it. Nothing here is written.
"""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.captured_records import (
    CapturedRecord,
    RequestRecord,
    captured_record,
    request_record,
)
from archive.foreign_warcs import ForeignRecord
from archive.recording import SITE_FIELD
from archive.warc_reading import WarcRecord

_MOST_NAMED = 1000
"""Of so many damaged parts of a file each is named; the others are counted."""

_TYPES_WITH_DATE = frozenset({"response", "revisit"})


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A part of a file that was not taken in."""

    file: str
    offset: int
    what: str

    def __str__(self) -> str:
        return f"{self.file} at offset {self.offset}: {self.what}; left out"


@dataclass(frozen=True, slots=True)
class _Beside:
    """A WARC record that is no capture, and the one that it belongs to."""

    number: int
    record_id: str
    concurrent_to: str
    is_warcinfo: bool


@dataclass
class Contents:
    """What was found in one file, ready to be entered."""

    captured: list[CapturedRecord] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    """Of the captures among all that was found in the file."""
    requests: list[RequestRecord] = field(default_factory=list)
    beside: list[_Beside] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    skipped_more: int = 0
    others: int = 0
    own_site: str | None = None
    """The site that our own recorder named in the warcinfo."""

    def add(self, found: ForeignRecord, number: int, offset: int, length: int) -> None:
        record = found.record
        capture = captured_record(record, offset=offset, length=length, rest=found.rest)
        if capture is not None:
            self.captured.append(capture)
            self.numbers.append(number)
            return
        self.beside.append(
            _Beside(number, record.record_id, record.concurrent_to, record.type == "warcinfo")
        )
        request = request_record(record, offset=offset, length=length)
        if request is not None:
            self.requests.append(request)
            return
        self.others += 1
        if record.type == "warcinfo" and self.own_site is None:
            found_site = re.search(
                rb"^%s: (.+?)\r?$" % SITE_FIELD.encode(), record.block, re.MULTILINE
            )
            self.own_site = found_site[1].decode("utf-8", "replace") if found_site else None

    def skip(self, part: Skipped) -> None:
        if len(self.skipped) < _MOST_NAMED:
            self.skipped.append(part)
        else:
            self.skipped_more += 1


def find_known(connection: sqlite3.Connection, contents: Contents) -> frozenset[int]:
    """Numbers of the captures that are here already, or came earlier in the same file.

    By id, address and time: a tool that gives all its records one id still has many.
    """
    names = (
        *("record_id", "record_type", "url", "fetched_at"),
        *("payload_digest", "payload_sha256"),
    )
    known: set[int] = set()
    seen: set[tuple[str, ...]] = set()
    ask = connection.execute
    for number, capture in zip(contents.numbers, contents.captured, strict=True):
        columns = capture.columns
        key = tuple(str(columns.get(name)) for name in names)
        found = ask(
            """
            select 1 from captures
            where url = :url
              and fetched_at = :fetched_at
              and record_id = :record_id
              and record_type = :record_type
              and (
                  record_id <> ''
                  or (
                      payload_digest is :payload_digest
                      and (:payload_sha256 is null or payload_sha256 = :payload_sha256)
                  )
              )
            limit 1
            """,
            {name: columns.get(name) for name in names},
        ).fetchone()
        if found is not None or key in seen:
            known.add(number)
        seen.add(key)
    return frozenset(known)


def why_not(record: WarcRecord) -> str | None:
    """Why a record cannot be a capture that it claims to be."""
    if record.type in _TYPES_WITH_DATE and record.recorded_at is None:
        return f"a {record.type} whose WARC-Date {record.field('WARC-Date')!r} is no date"
    return None


def belonging_to(contents: Contents, known: frozenset[int]) -> frozenset[int]:
    """Numbers of the records that are no captures and came with those that are here already."""
    ids = {True: set[str](), False: set[str]()}
    for number, capture in zip(contents.numbers, contents.captured, strict=True):
        ids[number in known].update((capture.columns["record_id"], capture.concurrent_to))
    gone = ids[True] - ids[False] - {""}
    seen: set[str] = set()
    numbers: set[int] = set()
    for beside in contents.beside:
        if (
            beside.record_id in gone
            or beside.concurrent_to in gone
            # A capture may stand twice in the file, and what belongs to it too.
            or beside.record_id in seen
            or (not beside.concurrent_to and _is_among(contents.numbers, known, beside))
        ):
            numbers.add(beside.number)
        seen.update({beside.record_id} - {""})
    return frozenset(numbers)


def _is_among(captures: Sequence[int], known: frozenset[int], beside: _Beside) -> bool:
    """It stands between two captures that are known, or is the warcinfo before one."""
    after = bisect(captures, beside.number)
    neighbours = captures[max(after - 1, 0) : after + 1]
    if beside.is_warcinfo:
        neighbours = captures[after : after + 1]
    elif len(neighbours) < 2:
        return False
    return bool(neighbours) and known.issuperset(neighbours)
