"""A capture read piece by piece: what is too large for memory, shown or replayed.

`warc_reading.read_capture` gives the same in one; this is for payloads and blocks of any size.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from archive.collection import Collection
from archive.payload_streams import DecodedPieces, PayloadPieces
from archive.warc_reading import OpenRecord, find_repeated, why_not_whole


def open_capture(collection: Collection, capture: sqlite3.Row) -> OpenedCapture:
    """What `capture`, a row of `captures`, preserves, without its payload in memory.

    A revisit comes with the payload of the capture that it repeats. Raises `DamagedWarc`, now or
    while the pieces are read.
    """
    opened = OpenRecord(collection, capture)
    original = None
    if opened.record.type == "revisit" and capture["status"] != 304:
        row = find_repeated(collection, capture)
        original = OpenRecord(collection, row) if row is not None else None
    return OpenedCapture(opened, original)


class OpenedCapture:
    """A capture whose payload and block can be read, each any number of times."""

    def __init__(self, opened: OpenRecord, original: OpenRecord | None) -> None:
        self._opened = opened
        self._body = original or opened
        self._original = original.record if original is not None else None
        head = opened.response or self._body.response
        self.status = head.status if head is not None else None
        """None where no answer came."""
        self.headers = head.headers if head is not None else ()
        """In order, names as sent."""
        self.fields = opened.record.fields
        """The named fields of the WARC record."""
        self.problem: str | None = None
        """Known when the payload was read to its end: why it is not complete; one line."""

    def payload(self) -> Iterator[bytes]:
        """The payload, transfer coding and content coding removed, in pieces of about 1 MiB."""
        record, body = self._opened.record, self._body.response
        if record.type == "resource":
            yield from self.block()
            return
        if body is None:
            self.problem = "no whole answer came"
            return
        head = self._opened.response or body
        joined = PayloadPieces(body, lambda: self._body.block(after=body.head_bytes))
        plain = DecodedPieces(head if head.tokens("content-encoding") else body, joined)
        yield from plain
        problem = why_not_whole(record, self._original, head.status)
        self.problem = problem or joined.problem or plain.problem

    def block(self) -> Iterator[bytes]:
        """The block of the WARC record, byte for byte."""
        return self._opened.block()
