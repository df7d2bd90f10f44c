"""What must hold of a collection after a kill and a recovery, whatever was killed and when."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from archive.collection import Collection
from archive.verifying.verifying import verify_collection
from archive.warc_members import Member, scan_members
from archive.warc_reading import parse_record, read_capture
from articles.digests import payload_digest
from tests.archive.killing.writer import payload, url


def problems(path: Path, acknowledged: Iterable[str], *, is_complete: bool) -> Iterator[str]:
    """Everything that does not hold, in words. `is_complete`: every exchange is to be there."""
    with Collection.open(path, read_only=True) as collection:
        rows = collection.connection.execute(
            "select * from captures order by warc_file_id, offset"
        ).fetchall()
        urls = Counter(row["url"] for row in rows)
        yield from (f"acknowledged, but lost: {lost}" for lost in set(acknowledged) - set(urls))
        yield from (f"{twice} is there {n} times" for twice, n in urls.items() if n > 1)
        records = Counter(row["record_id"] for row in rows)
        yield from (f"{twice} is there {n} times" for twice, n in records.items() if n > 1)
        done = {
            row["url"]
            for row in collection.connection.execute("select url from frontier where state='done'")
        }
        yield from (f"done, but not captured: {lost}" for lost in done - set(urls))
        if is_complete and done != set(urls):
            yield f"captured, but not done: {set(urls) - done}"
        for row in rows:
            yield from _wrong_bytes(collection, row)
        yield from _bytes_without_row(collection)
        for fault in verify_collection(collection):
            if fault.level == "fault":
                yield f"verify: {fault}"
        if is_complete and not {"response", "revisit", "metadata"} <= {
            row["record_type"] for row in rows
        }:
            yield "the story lacks a kind of record"
    yield from _torn_rests(path)


def state_of(path: Path) -> str:
    """A digest of every file at rest and every row."""
    state = hashlib.sha256()
    for folder in ("warcs", "quarantine", "indexes"):
        for file in sorted((path / folder).iterdir()):
            state.update(file.name.encode() + file.read_bytes())
    with Collection.open(path, read_only=True) as collection:
        for line in collection.connection.iterdump():
            state.update(line.encode("utf-8", "surrogatepass"))
    return state.hexdigest()


def _wrong_bytes(collection: Collection, row: Any) -> Iterator[str]:
    """A row has its bytes, and they are those of its exchange."""
    number = int(row["url"][-3:])
    assert row["url"] == url(number)
    record = read_capture(collection, row)
    if row["status"] is not None:
        if f"X-Number: {number}\r\n".encode() not in record.block:
            yield f"the row of {row['url']} points to another exchange"
        if record.payload != payload(number) or not record.is_complete:
            yield f"the body of {row['url']} is not what was sent: {record.problem}"
        if row["payload_digest"] != payload_digest(payload(number)):
            yield f"the digest of {row['url']} is not that of its body"
    if row["request_offset"] is None:
        yield f"{row['url']} lost its request"


def _bytes_without_row(collection: Collection) -> Iterator[str]:
    for row in collection.connection.execute("select * from warc_files").fetchall():
        path = collection.warcs / row["name"]
        if row["state"] != "sealed" or not path.exists():
            yield f"{row['name']} is {row['state']}, its file exists: {path.exists()}"
            continue
        if row["sha256"] != hashlib.sha256(path.read_bytes()).hexdigest():
            yield f"{row['name']}: another SHA-256"
        ends, offsets = _walk(path)
        if ends != path.stat().st_size or ends != row["durable_bytes"]:
            yield f"{row['name']}: whole to {ends}, {row['durable_bytes']} by its row"
        known = collection.connection.execute(
            "select offset, request_offset from captures where warc_file_id = ?", (row["id"],)
        ).fetchall()
        places = {place for pair in known for place in pair if place is not None}
        yield from (f"{row['name']}: no row for {place}" for place in offsets - places)
        count = len(offsets) + 1
        with path.open("rb") as file:
            read = sum(1 for record in ArchiveIterator(file) if record.content_stream().read() or 1)
            file.seek(0)
            fast = sum(1 for _ in FastIterator(file))
        if not read == fast == count:
            yield f"{row['name']}: {count} records, warcio reads {read}, FastWARC {fast}"
    names = {row["name"] for row in collection.connection.execute("select name from warc_files")}
    yield from (
        f"unknown file {path}" for path in collection.warcs.iterdir() if path.name not in names
    )


def _walk(path: Path) -> tuple[int, set[int]]:
    """Where the last whole member of an unbroken row ends, and the offsets of all but warcinfo."""
    end, offsets = 0, set()
    with path.open("rb") as file:
        for member in scan_members(file):
            if not isinstance(member, Member):
                break
            if member.offset:
                offsets.add(member.offset)
            end = member.offset + member.length
    return end, offsets


def _torn_rests(path: Path) -> Iterator[str]:
    """What stands in quarantine does not begin with a whole exchange."""
    for aside in (path / "quarantine").iterdir():
        with aside.open("rb") as file:
            for member in scan_members(file):
                record = parse_record(member.data) if isinstance(member, Member) else None
                if record is None:
                    break
                if record.type != "request" and not aside.name.endswith(".from-0"):
                    yield f"{aside.name}: a whole {record.type} at {member}"
