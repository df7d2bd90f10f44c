"""What of a capture is shown, and as what: a page made safe, a style sheet, a picture, a record."""

from __future__ import annotations

import html
import sqlite3
from collections.abc import Iterator

from archiater.replay.addresses import Addresses, Kind, Wanted, digits_of
from archiater.replay.markup import UnreadableMarkup, safe_markup
from archiater.replay.media import medium_of
from archiater.replay.styles import MOST_CHARACTERS as MOST_OF_STYLES
from archiater.replay.styles import lead_styles
from archive.http_messages import parse_response
from archive.large_captures import OpenedCapture
from archive.payload_streams import payload_facts
from archive.warc_reading import ReadCapture
from articles.decoding import decode

_HTML = "text/html; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"
_CSS = "text/css; charset=utf-8"


def shown_capture(
    capture: sqlite3.Row, found: ReadCapture, wanted: Wanted, addresses: Addresses
) -> tuple[bytes, str]:
    """The bytes for the frame, or for what a page embeds, and their media type.

    `found` is what `capture` preserves. The type is one of ours: never what a server claimed.
    """
    content_type = _content_type(capture, found)
    medium = medium_of(found.payload, content_type)
    digits = digits_of(capture["fetched_at"], length=20)
    if wanted.kind == "style":
        return _styles(capture["url"], found.payload, content_type, wanted.digits, addresses), _CSS
    if medium.form in ("image", "font"):
        return found.payload, medium.type
    if wanted.kind == "picture":
        return b"", _TEXT
    if medium.form == "other" or not found.payload:
        return _not_shown(found, content_type or "no type")
    text = decode(found.payload, content_type).text
    if medium.form != "html":
        return text.encode("utf-8", "replace"), _TEXT
    try:
        shown = safe_markup(
            text,
            url=capture["url"],
            lead=lambda url, kind: addresses.framed(url, digits, kind),
            lead_link=lambda url: addresses.page(url, digits[:14]),
        )
    except UnreadableMarkup as reason:
        return _not_shown(found, str(reason))
    return shown.encode("utf-8", "replace"), _HTML


def _not_shown(found: ReadCapture, why: str) -> tuple[bytes, str]:
    line = f"Not shown: {len(found.payload)} bytes, {why}. "
    line += f"Not complete: {found.problem}. " if found.problem else ""
    return f"<!doctype html><p>{html.escape(line)}`payload` above has them.".encode(), _HTML


def record_text(capture: sqlite3.Row, opened: OpenedCapture) -> str:
    """A WARC record for reading: its fields, the HTTP head, what its bytes say of themselves."""
    lines = [
        f"file: {capture['warc_file']}",
        f"offset: {capture['offset']}",
        f"length: {capture['length']} (compressed)",
        f"payload digest in the database: {capture['payload_digest']}",
        f"payload SHA-256 in the database: {capture['payload_sha256']}",
    ]
    response = parse_response(next(opened.block(), b""))
    head = ""
    if response is not None:
        facts = payload_facts(response, body=lambda: _after(opened.block(), response.head_bytes))
        head = next(opened.block())[: response.head_bytes].decode("latin-1").replace("\r\n", "\n")
        if facts.size:
            lines.append(f"payload digest of these bytes: {facts.digest}")
            lines.append(f"payload SHA-256 of these bytes: {facts.sha256}")
        lines.append(f"bytes of payload in this record: {facts.size}")
    fields = "".join(f"{name}: {value}\n" for name, value in opened.fields)
    return "\n".join(lines) + f"\n\n{fields}\n{head}"


def _after(pieces: Iterator[bytes], skipped: int) -> Iterator[bytes]:
    for piece in pieces:
        if part := piece[skipped:]:
            yield part
        skipped = max(0, skipped - len(piece))


def _styles(
    url: str, payload: bytes, content_type: str | None, digits: str, addresses: Addresses
) -> bytes:
    css = decode(payload, content_type).text
    if len(css) > MOST_OF_STYLES:
        return b""

    def lead(address: str, kind: Kind) -> str:
        return addresses.framed(address, digits, kind)

    return lead_styles(css, base=url, lead=lead).encode("utf-8", "replace")


def _content_type(capture: sqlite3.Row, found: ReadCapture) -> str | None:
    for name, value in found.headers:
        if name.lower() == "content-type":
            return value
    content_type: str | None = capture["content_type"]
    return content_type
