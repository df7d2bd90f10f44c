"""Reading sitemaps: bytes in, entries out, however broken or hostile the file is.

Takes `urlset` and `sitemapindex`, gzipped or not whatever the name says, plain text, and the feeds
that the protocol allows in their place. Read as a stream: a compressed sitemap of half a million
rows never stands in memory whole. Source: sitemaps.org protocol 0.9.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from xml.parsers import expat

from articles.urls import absolute_url, normalise_url
from spiders.feeds import read_feed
from spiders.w3c_dates import date_of

MOST_ENTRIES = 100_000
"""Twice what the protocol allows in one file."""
MOST_BYTES = 64 * 1024 * 1024
"""After decompression; the protocol allows 50 MB."""


@dataclass(frozen=True, kw_only=True)
class SitemapEntry:
    """One row: a page, or in an index a further sitemap."""

    url: str
    """Normalised."""
    lastmod: date | None = None
    """The latest day the row can mean: "2024-05" is 31 May."""
    published: date | None = None
    """Of a news sitemap."""
    alternates: tuple[tuple[str, str], ...] = ()
    """(hreflang, URL) of the same page in other languages."""


@dataclass(frozen=True, kw_only=True)
class Sitemap:
    kind: Literal["pages", "index", "unknown"]
    """Whether the entries are pages or further sitemaps."""
    entries: tuple[SitemapEntry, ...] = ()
    problem: str | None = None
    """Why reading stopped early, in words; the entries before that place are all there."""


def read_sitemap(
    body: bytes, url: str = "", *, most_entries: int = MOST_ENTRIES, most_bytes: int = MOST_BYTES
) -> Sitemap:
    """The rows of a sitemap fetched from `url`; never raises.

    What broke, what was left out and what is no sitemap at all is said in `problem`.
    """
    try:
        start = b"".join(_first_bytes(body)).lstrip(b"\xef\xbb\xbf \t\r\n")
    except _Stop as stop:
        return Sitemap(kind="unknown", problem=str(stop))
    if not start:
        return Sitemap(kind="unknown", problem="it is empty")
    if _FEED.match(start):
        return _of_feed(body, url, most_entries, most_bytes)
    if re.match(rb"(?:<!--.*?-->\s*)*<(?:!doctype\s+)?html\b", start, re.IGNORECASE | re.DOTALL):
        return Sitemap(kind="unknown", problem="it is an HTML page")
    if re.match(rb"https?://", start, re.IGNORECASE):
        return _read_text(body, url, most_entries, most_bytes)
    found = _read_xml(body, url, most_entries, most_bytes, mend=False)
    if found.problem and found.problem.startswith(_BROKEN):
        mended = _read_xml(body, url, most_entries, most_bytes, mend=True)
        return max(found, mended, key=lambda sitemap: len(sitemap.entries))
    return found


_FEED = re.compile(
    rb"(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*|<\?.*?\?>\s*)*<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL
)
_BROKEN = "the XML breaks"
_CHUNK_BYTES = 64 * 1024
_LONGEST_TEXT = 4096
_MOST_TEXTS = 8
_DEEPEST = 50


class _Stop(Exception):
    """Reading ends here; the message is the problem, empty where there is none."""


def _first_bytes(body: bytes) -> Iterator[bytes]:
    for chunk in _unpacked(body, most_bytes=4096):
        yield chunk[:4096]
        return


def _unpacked(body: bytes, *, most_bytes: int) -> Iterator[bytes]:
    """The body in chunks, gzip taken off where its magic number stands; raises `_Stop`."""
    if not body.startswith(b"\x1f\x8b"):
        for at in range(0, min(len(body), most_bytes), _CHUNK_BYTES):
            yield body[at : min(at + _CHUNK_BYTES, most_bytes)]
        if len(body) > most_bytes:
            raise _Stop(f"it is larger than {most_bytes} bytes; the rest was left out")
        return
    size = 0
    rest = body
    while rest.startswith(b"\x1f\x8b"):
        unpacking = zlib.decompressobj(wbits=31)
        while not unpacking.eof:
            try:
                chunk = unpacking.decompress(rest, _CHUNK_BYTES)
            except zlib.error as error:
                raise _Stop(f"the gzip data is damaged ({error})") from error
            rest = unpacking.unconsumed_tail
            size += len(chunk)
            if chunk:
                yield chunk
            elif not rest and not unpacking.eof:
                raise _Stop("the gzip data is cut off")
            if size > most_bytes:
                raise _Stop(f"it unpacks to more than {most_bytes} bytes; the rest was left out")
        rest = unpacking.unused_data


def _read_xml(body: bytes, url: str, most_entries: int, most_bytes: int, *, mend: bool) -> Sitemap:
    reading = _Reading(url, most_entries)
    problem: str | None = None
    try:
        for chunk in _unpacked(body, most_bytes=most_bytes):
            reading.feed(_mended(chunk) if mend else chunk)
        reading.close()
    except expat.ExpatError as error:
        problem = f"{_BROKEN} at line {error.lineno} ({expat.ErrorString(error.code)})"
    except (_Stop, LookupError, ValueError) as stop:
        # LookupError and ValueError: an encoding that Python or expat does not know.
        problem = str(stop)
    if reading.kind == "unknown" and problem is None:
        problem = "it is no sitemap"
    return Sitemap(kind=reading.kind, entries=tuple(reading.entries), problem=problem)


# A bare ampersand in an address is the commonest break there is. It can't be mended before reading:
# in CDATA it is right, so chunks with CDATA stay as they are.
_BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")


def _mended(chunk: bytes) -> bytes:
    return chunk if b"<![CDATA[" in chunk else _BARE_AMPERSAND.sub(b"&amp;", chunk)


class _Reading:
    """The rows met so far. Elements are told by local name and parent, whatever the namespace.

    Namespaces are wrong or undeclared in many files; that `image:loc` is no `loc` of a page is told
    by its parent.
    """

    def __init__(self, url: str, most_entries: int) -> None:
        self.entries: list[SitemapEntry] = []
        self.kind: Literal["pages", "index", "unknown"] = "unknown"
        self._url = url
        self._most_entries = most_entries
        self._path: list[str] = []
        self._row: dict[str, str] = {}
        self._alternates: list[tuple[str, str]] = []
        self._text: list[str] | None = None
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        # No sitemap needs entities of its own; those who declare them want memory or files.
        parser.EntityDeclHandler = self._entity
        self._parser = parser

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def close(self) -> None:
        self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        parent = self._path[-1] if self._path else ""
        self._path.append(local)
        if len(self._path) > _DEEPEST:
            raise _Stop("its elements are nested too deeply for a sitemap")
        if not parent:
            self.kind = _KINDS.get(local, "unknown")
            if self.kind == "unknown":
                raise _Stop(f"it is no sitemap: its root is <{name[:40]}>")
        elif local in _ROWS:
            self._row, self._alternates = {}, []
        elif (parent in _ROWS and local in ("loc", "lastmod")) or local == "publication_date":
            self._text = []
        elif parent in _ROWS and local == "link" and attributes.get("rel") == "alternate":
            self._alternates.append((attributes.get("hreflang", ""), attributes.get("href", "")))

    def _characters(self, text: str) -> None:
        if self._text is not None and len(self._text) < _MOST_TEXTS:
            self._text.append(text[:_LONGEST_TEXT])

    def _end(self, name: str) -> None:
        local = self._path.pop()
        if self._text is not None:
            self._row.setdefault(local, "".join(self._text).strip())
            self._text = None
        elif local in _ROWS:
            self._add_row()

    def _add_row(self) -> None:
        address = absolute_url(self._url, self._row.get("loc", ""))
        if not self._row.get("loc") or address is None:
            return
        if len(self.entries) >= self._most_entries:
            raise _Stop(f"it has more than {self._most_entries} rows; the rest was left out")
        alternates = (
            (language, absolute_url(self._url, href)) for language, href in self._alternates[:200]
        )
        self.entries.append(
            SitemapEntry(
                url=normalise_url(address),
                lastmod=date_of(self._row.get("lastmod")),
                published=date_of(self._row.get("publication_date")),
                alternates=tuple(
                    (language, normalise_url(other)) for language, other in alternates if other
                ),
            )
        )

    def _entity(self, *_: object) -> None:
        raise _Stop("it declares entities, which no sitemap needs")


_ROWS = frozenset({"url", "sitemap"})
_KINDS: dict[str, Literal["pages", "index"]] = {"urlset": "pages", "sitemapindex": "index"}


def _read_text(body: bytes, url: str, most_entries: int, most_bytes: int) -> Sitemap:
    """One URL a line; lines that are none are passed over."""
    entries: list[SitemapEntry] = []
    problem: str | None = None
    rest = b""
    try:
        for chunk in _unpacked(body, most_bytes=most_bytes):
            *lines, rest = (rest + chunk).splitlines(keepends=True) or [b""]
            rest = rest[-_LONGEST_TEXT:]
            _add_lines(entries, lines, url, most_entries)
        _add_lines(entries, [rest], url, most_entries)
    except _Stop as stop:
        problem = str(stop)
    return Sitemap(kind="pages", entries=tuple(entries), problem=problem)


def _add_lines(
    entries: list[SitemapEntry], lines: list[bytes], url: str, most_entries: int
) -> None:
    for line in lines:
        address = absolute_url("", line.decode("utf-8", "replace").strip("\ufeff \t\r\n"))
        if address is None:
            continue
        if len(entries) >= most_entries:
            raise _Stop(f"it has more than {most_entries} rows; the rest was left out")
        entries.append(SitemapEntry(url=normalise_url(address)))


def _of_feed(body: bytes, url: str, most_entries: int, most_bytes: int) -> Sitemap:
    try:
        text = b"".join(_unpacked(body, most_bytes=most_bytes))
    except _Stop as stop:
        return Sitemap(kind="unknown", problem=str(stop))
    feed = read_feed(text, url, most_entries=most_entries)
    entries = tuple(
        SitemapEntry(url=entry.url, lastmod=entry.updated or entry.published)
        for entry in feed.entries
    )
    return Sitemap(kind="pages", entries=entries, problem=feed.problem)
