"""ARC, the form before WARC: a head line, then the bytes of the answer. Checked are the head line,
the length, and the answer as HTTP; an ARC file has no digests and no references.

Source: the ARC file format of the Internet Archive, versions 1 and 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.times import from_text
from archive.verifying.faults import Wrong
from archive.verifying.http_blocks import HttpBlock
from archive.verifying.record_heads import RecordHead
from archive.verifying.record_reading import Checked, CheckedRecord

_LINE = re.compile(
    rb"([a-zA-Z][a-zA-Z0-9+.-]*:\S*) ([^\r\n]*) (\d{14}) ([^\r\n]*?) ?(\d{1,12})\r?\n"
)
_LONGEST_LINE = 64 * 1024


class ArcReader:
    """Feed it what a gzip member of an ARC file decodes to, or a plain ARC file."""

    def __init__(self) -> None:
        self._held = b""
        self._position = self._start = 0
        self._left = 0
        self._http: HttpBlock | None = None
        self._head: RecordHead | None = None
        self._is_lost = False

    def feed(self, data: bytes) -> Iterator[Checked]:
        base = self._position - len(self._held)
        self._position += len(data)
        if self._held:
            data, self._held = self._held + data, b""
        at = 0
        while at < len(data) and not self._is_lost:
            if self._head is not None:
                part = memoryview(data)[at : at + self._left]
                if self._http is not None:
                    self._http.feed(part)
                self._left -= len(part)
                at += len(part)
                if self._left == 0:
                    yield self._checked(base + at, [])
                continue
            if data[at : at + 1] in (b"\n", b"\r"):
                # The line end that parts two records.
                at += 1
                continue
            found = _LINE.match(data, at)
            if found is None:
                if b"\n" not in data[at : at + _LONGEST_LINE] and len(data) - at < _LONGEST_LINE:
                    self._held = data[at:]
                    return
                yield self._lose(base + at, data[at : at + 40])
                return
            self._begin(found, base + at)
            at = found.end()
            if self._left == 0:
                yield self._checked(base + at, [])

    def finish(self) -> Iterator[Checked]:
        if self._head is not None:
            found = f"a block of {self._head.length - self._left} bytes"
            wrong = Wrong("block-cut", found, f"{self._head.length} as its line says")
            yield self._checked(self._position, [wrong])
        elif self._held and not self._is_lost:
            yield self._lose(self._position - len(self._held), self._held[:40])

    def _begin(self, line: re.Match[bytes], start: int) -> None:
        uri = line[1].decode("utf-8", "replace")
        stamp = line[3].decode("ascii")
        self._start = start
        self._left = int(line[5])
        try:
            recorded_at = from_text(
                f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:]}Z"
            )
        except ValueError:
            recorded_at = None
        self._head = RecordHead(
            version="ARC",
            fields=(),
            first={"warc-target-uri": uri},
            type="warcinfo" if uri.startswith("filedesc:") else "response",
            length=self._left,
            recorded_at=recorded_at,
        )
        is_http = uri[:5].lower() in ("http:", "https")
        self._http = HttpBlock("response", None, is_excused=False) if is_http else None

    def _checked(self, end: int, wrong: list[Wrong]) -> Checked:
        head, http, self._head, self._http = self._head, self._http, None, None
        assert head is not None  # noqa: S101 - a record was begun
        if head.recorded_at is None:
            wrong.append(Wrong("date", "a time that is none", "a UTC time of 14 digits"))
        if http is not None and not wrong:
            wrong += http.finish()
        record = CheckedRecord(head, b"", response=http.response if http else None)
        return Checked(self._start, end, record, wrong)

    def _lose(self, start: int, line: bytes) -> Checked:
        self._is_lost = True
        expected = "URL, address, time, type and length in one line"
        return Checked(start, start, None, [Wrong("arc-line", f"{line!r}", expected)])
