"""Reading feeds: RSS 2.0, RSS 1.0, Atom and JSON Feed as entries with an address and two dates."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from articles.urls import absolute_url, normalise_url
from spiders.w3c_dates import date_of

MOST_ENTRIES = 10_000
MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class FeedEntry:
    url: str
    """Normalised."""
    title: str | None = None
    published: date | None = None
    updated: date | None = None


@dataclass(frozen=True, kw_only=True)
class Feed:
    entries: tuple[FeedEntry, ...] = ()
    problem: str | None = None
    """Why reading stopped early or at all, in words; the entries before that place are there."""


def read_feed(body: bytes, url: str = "", *, most_entries: int = MOST_ENTRIES) -> Feed:
    """The entries of a feed fetched from `url`, in its order; never raises."""
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return Feed(problem="it is empty")
    try:
        found = _json_entries(body, url) if start[:1] == b"{" else _xml_entries(body, url)
        entries: list[FeedEntry] = []
        for entry in found:
            if len(entries) >= most_entries:
                return Feed(
                    entries=tuple(entries),
                    problem=f"it has more than {most_entries} entries; the rest was left out",
                )
            entries.append(entry)
    except _NoFeed as error:
        return Feed(problem=str(error))
    return Feed(entries=tuple(entries), problem=_problem_of_size(body))


class _NoFeed(Exception):
    """The bytes hold no feed; the message is the problem."""


def _problem_of_size(body: bytes) -> str | None:
    too_large = len(body) > MOST_BYTES
    return f"it is larger than {MOST_BYTES} bytes; the rest was left out" if too_large else None


def _xml_entries(body: bytes, url: str) -> Iterator[FeedEntry]:
    # Recovering: feeds are glued together from HTML, with undeclared entities and bare ampersands.
    # Nothing is expanded or fetched, whatever a DTD says.
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(_mended(body[:MOST_BYTES]), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _NoFeed(f"the XML breaks ({error})") from error
    if root is None or _local(root) not in ("rss", "RDF", "feed"):
        raise _NoFeed("it is no feed")
    for element in root.iter("{*}item", "{*}entry"):
        entry = _entry(element, url)
        if entry is not None:
            yield entry


_BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")


def _mended(body: bytes) -> bytes:
    """Bare ampersands outside CDATA as `&amp;`: recovery would drop them out of addresses."""
    if b"\x00" in body[:4]:
        return body
    first, *rest = body.split(b"<![CDATA[")
    pieces = [_BARE_AMPERSAND.sub(b"&amp;", first)]
    for piece in rest:
        inside, end, outside = piece.partition(b"]]>")
        pieces.append(b"<![CDATA[" + inside + end + _BARE_AMPERSAND.sub(b"&amp;", outside))
    return b"".join(pieces)


def _entry(element: etree._Element, url: str) -> FeedEntry | None:
    texts: dict[str, str] = {}
    links: dict[str, str] = {}
    for child in element:
        name = _local(child)
        if name == "link" and child.get("href"):
            links.setdefault(child.get("rel") or "alternate", child.get("href") or "")
        elif name in _TEXTS:
            texts.setdefault(name, _text(child))
    guid = texts.get("guid", "")
    address = links.get("alternate") or texts.get("link") or (guid if "://" in guid else "")
    target = absolute_url(url, address) if address else None
    if target is None:
        return None
    return FeedEntry(
        url=normalise_url(target),
        title=texts.get("title") or None,
        published=_date(texts.get("pubDate") or texts.get("published") or texts.get("date")),
        updated=_date(texts.get("updated") or texts.get("modified")),
    )


_LONGEST_TEXT = 4000
_TEXTS = frozenset({"link", "guid", "title", "pubDate", "published", "date", "updated", "modified"})


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: etree._Element) -> str:
    text = str(element.xpath("string()"))[:_LONGEST_TEXT]
    return re.sub(r"\s+", " ", html.unescape(text)).strip()


def _date(text: str | None) -> date | None:
    """The day of a W3C or RFC 822 date, as it stands there."""
    if not text:
        return None
    found = date_of(text)
    if found is not None:
        return found
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _json_entries(body: bytes, url: str) -> Iterator[FeedEntry]:
    """JSON Feed 1.1: `items[]` with `url` or `external_url`."""
    try:
        root: Any = json.loads(body[:MOST_BYTES])
    except (ValueError, RecursionError) as error:
        raise _NoFeed(f"the JSON breaks ({error})") from error
    found = root.get("items")
    if not isinstance(found, list):
        raise _NoFeed("it is no feed: a JSON document without items")
    for fields in found:
        if not isinstance(fields, dict):
            continue
        address = next(
            (
                fields[key]
                for key in ("url", "external_url", "id")
                if isinstance(fields.get(key), str) and fields[key]
            ),
            "",
        )
        target = absolute_url(url, address) if address else None
        if target is not None:
            yield FeedEntry(
                url=normalise_url(target),
                title=_string(fields.get("title")),
                published=_date(_string(fields.get("date_published"))),
                updated=_date(_string(fields.get("date_modified"))),
            )


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
