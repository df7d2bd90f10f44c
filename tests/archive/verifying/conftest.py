"""A collection with one WARC file that holds every kind of record, and the means to spoil it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive.collection import Collection
from archive.exchange import Exchange
from archive.recording import Recorder
from archive.verifying.verifying import verify_collection, verify_files

MakeExchange = Callable[..., Exchange]
RecordAll = Callable[..., None]
CheckFault = Callable[..., None]
CheckBytes = Callable[..., None]

PAGE = b"<!doctype html><title>Fever</title><p>" + b"Rest and drink enough. " * 60 + b"</p>"


def answer(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
    lines = b"".join(header + b"\r\n" for header in headers)
    return b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html\r\n" + lines + b"\r\n" + body


def with_length(body: bytes, *headers: bytes) -> bytes:
    return answer(body, b"Content-Length: %d" % len(body), *headers)


CHUNKED = b"4\r\npage\r\n4;x=y\r\n two\r\n0\r\nTrailer: 1\r\n\r\n"
CODED = gzip.compress(PAGE, mtime=0)


@dataclass
class Record:
    """One WARC record, taken apart so that a test can spoil it."""

    lines: list[bytes]
    block: bytes
    end: bytes = b"\r\n\r\n"

    def put(self, name: bytes, value: bytes) -> None:
        """Give a field another value, or add it."""
        for number, line in enumerate(self.lines):
            if line.lower().startswith(name.lower() + b":"):
                self.lines[number] = name + b": " + value
                return
        self.lines.append(name + b": " + value)

    def get(self, name: bytes) -> bytes:
        [value] = [line.partition(b": ")[2] for line in self.lines if line.startswith(name + b":")]
        return value

    def drop(self, *names: bytes) -> None:
        for name in names:
            kept = [line for line in self.lines if not line.startswith(name + b":")]
            assert len(kept) == len(self.lines) - 1
            self.lines = kept

    def add_line(self, text: bytes) -> None:
        self.lines.append(text)

    def begin_with(self, text: bytes) -> None:
        self.lines[0] = text

    def end_with(self, text: bytes) -> None:
        self.end = text

    def say_longer_by(self, more: int) -> None:
        self.put(b"Content-Length", b"%d" % (len(self.block) + more))

    def flip(self, old: bytes, new: bytes) -> None:
        """The block changed, and nothing else."""
        assert old in self.block
        self.block = self.block.replace(old, new, 1)

    def change(self, old: bytes, new: bytes) -> None:
        """The block changed, with a length and digests that are right for it."""
        assert old in self.block
        self.fill(self.block.replace(old, new, 1))

    def fill_body(self, coding: bytes, body: bytes) -> None:
        """Another answer under a content coding, lengths and digests right for it."""
        head = b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
        self.fill(head % (coding, len(body)) + body)

    def fill_chunks(self, framed: bytes) -> None:
        self.fill(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + framed)

    def fill(self, block: bytes) -> None:
        """Another block, with a length and digests that are right for it."""
        self.block = block
        self.put(b"Content-Length", b"%d" % len(block))
        self.put(b"WARC-Block-Digest", b"sha256:" + hashlib.sha256(block).hexdigest().encode())
        if any(line.startswith(b"WARC-Payload-Digest") for line in self.lines):
            body = block.partition(b"\r\n\r\n")[2]
            digest = hashlib.sha1(body, usedforsecurity=False).digest()
            self.put(b"WARC-Payload-Digest", b"sha1:" + base64.b32encode(digest))

    def __bytes__(self) -> bytes:
        return b"\r\n".join(self.lines) + b"\r\n\r\n" + self.block + self.end


@dataclass
class Warc:
    """The records of a file, by what they are, and the file packed anew from them."""

    records: list[Record]
    names: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Record:
        return self.records[self.names[name]]

    def remove(self, name: str) -> None:
        self.records[self.names[name]] = Record([], b"")

    def members(self) -> list[bytes]:
        return [gzip.compress(bytes(it), mtime=0) for it in self.records if it.lines]

    def plain(self) -> bytes:
        return b"".join(bytes(it) for it in self.records if it.lines)

    def offset(self, name: str) -> int:
        """Where the member of a record begins in `members`, nothing before it removed."""
        return sum(map(len, self.members()[: self.names[name]]))


def read_warc(data: bytes) -> Warc:
    records = []
    while data:
        decoder = zlib.decompressobj(wbits=31)
        record = decoder.decompress(data)
        data = decoder.unused_data
        head, _, rest = record.partition(b"\r\n\r\n")
        records.append(Record(head.split(b"\r\n"), rest[:-4]))
    return Warc(records, {name: number for number, name in enumerate(NAMES)})


NAMES = (
    "warcinfo",
    "request /a",
    "/a",
    "request chunked",
    "chunked",
    "request head",
    "head",
    "request cut",
    "cut",
    "request failed",
    "failed",
    "request extra",
    "extra",
    "bytes after extra",
    "request coded",
    "coded",
    "request again",
    "again",
    "request unchanged",
    "unchanged",
)


@pytest.fixture
def exchanges(make_exchange: MakeExchange) -> list[Exchange]:
    length = b"Content-Length: 500"
    return [
        make_exchange("/a", response_block=with_length(PAGE, b'ETag: "1"')),
        make_exchange("/chunked", response_block=answer(CHUNKED, b"Transfer-Encoding: chunked")),
        make_exchange(
            "/head",
            method="HEAD",
            request_block=b"HEAD /head HTTP/1.1\r\nHost: example.org\r\n\r\n",
            response_block=answer(b"", length),
        ),
        make_exchange(
            "/cut",
            response_block=answer(b"half", length),
            truncated="disconnect",
            error="receive: x",
        ),
        make_exchange("/failed", response_block=b"", error="receive: connection lost"),
        make_exchange("/extra", response_block=with_length(b"short"), extra=b"more"),
        make_exchange("/coded", response_block=with_length(CODED, b"Content-Encoding: gzip")),
        make_exchange("/a", minute=5, response_block=with_length(PAGE, b'ETag: "1"')),
        make_exchange(
            "/a", minute=6, response_block=answer(b"", b'ETag: "1"', status=b"304 Not Modified")
        ),
    ]


@pytest.fixture
def record_all(collection: Collection) -> RecordAll:
    """Record exchanges of one crawl of `example`."""

    def record_all(*exchanges: Exchange) -> None:
        with collection.transaction() as connection:
            connection.execute(
                """
                insert or ignore into crawls (
                    id, site, started_by, state, started_at, settings, counts
                )
                values (
                    1, 'example', 'command', 'running', '2026-11-22T09:30:00.000000Z', '{}', '{}'
                )
                """
            )
        with Recorder(collection, site="example", crawl_id=1, warcinfo={}) as recorder:
            for exchange in exchanges:
                recorder.add(exchange)

    return record_all


@pytest.fixture
def file(collection: Collection, exchanges: list[Exchange], record_all: RecordAll) -> Path:
    """The one WARC file of a whole collection, with every kind of record."""
    record_all(*exchanges)
    [path] = collection.warcs.iterdir()
    return path


@pytest.fixture
def warc(file: Path) -> Warc:
    """What stands in `file`."""
    return read_warc(file.read_bytes())


# Who points to a record that cannot be read, or that is another now, points nowhere; and bytes that
# changed are told by each digest over them.
CONSEQUENCES = {"reference", "refers-to", "revisit-digest", "segment", "payload-digest"}
FOLLOWS = {"record-end": {"block-digest", "http-length"}, "header-line-end": {"header-line"}}
# Where no member ends with the record, nobody can say which of the two is wrong.
IN_PLAIN = {"block-cut": "record-end", "version": "record-end"}


@pytest.fixture
def check_fault(collection: Collection, file: Path, warc: Warc) -> CheckFault:
    """Spoil a good file; its fault must be found by its name at a record, and nothing else."""

    def check(spoil: Callable[[Warc], object], kind: str, record: str) -> None:
        spoil(warc)
        plain = file.parents[1] / file.name.removesuffix(".gz")
        plain.write_bytes(warc.plain())
        file.write_bytes(b"".join(warc.members()))

        found = list(verify_files([file]))
        faults = [it for it in found if it.level == "fault"]
        in_plain = {it.kind for it in verify_files([plain]) if it.level == "fault"}

        assert (kind, warc.offset(record)) in {(it.kind, it.offset) for it in faults}
        assert {it.kind for it in found} - CONSEQUENCES - FOLLOWS.get(kind, set()) <= {kind}
        assert all(it.file == str(file) and it.offset is not None for it in found)
        assert all("\n" not in str(it) and len(str(it)) < 1000 for it in found)
        assert {kind, IN_PLAIN.get(kind, kind)} & in_plain
        assert any(it.level == "fault" for it in verify_collection(collection))

    return check


@pytest.fixture
def check_bytes(collection: Collection, file: Path, warc: Warc) -> CheckBytes:
    """Make other bytes of a good file; their fault must be found by its name."""

    def check(pack: Callable[[Warc], bytes], kind: str) -> None:
        file.write_bytes(pack(warc))

        assert kind in {it.kind for it in verify_files([file]) if it.level == "fault"}
        assert any(it.level == "fault" for it in verify_collection(collection))

    return check
