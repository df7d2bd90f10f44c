"""Dates that a page states in its machine data, each with its evidence; `judgement` weighs them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from typing import cast

from lxml.html import HtmlElement

from articles.dates import parse_date
from articles.jsonld import Node, as_list
from articles.locators import css_path
from articles.metas import metas_by_meaning
from articles.microdata import Property
from articles.parsed_date import ParsedDate
from articles.record import DateKind, Evidence, EvidenceSource, Precision, StatedDate


def read_machine_dates(
    pages: tuple[Node, ...],
    properties: tuple[Property, ...],
    metas: Mapping[str, tuple[str, ...]],
    times: Iterable[HtmlElement],
    language: str | None,
) -> Iterator[StatedDate]:
    """Every date of JSON-LD, microdata and RDFa, metas and `time` elements, in that order."""
    yield from _linked_dates(pages, language)
    yield from _property_dates(properties, language)
    yield from _meta_dates(metas, language)
    yield from _time_elements(times)


def clean_value(text: str) -> str:
    """One text value: entities that were escaped once too often undone, white space folded."""
    if "&" in text:
        text = unescape(text)
    return " ".join(text.split())


_DATE_KEYS: tuple[tuple[str, DateKind], ...] = (
    ("datePublished", "published"),
    ("dateModified", "modified"),
    ("lastReviewed", "reviewed"),
    ("expires", "next_review_due"),
)


def _linked_dates(pages: tuple[Node, ...], language: str | None) -> Iterator[StatedDate]:
    for node in pages:
        for key, kind in _DATE_KEYS:
            if key == "expires" and "MedicalWebPage" not in node.types:
                continue
            for number, value in enumerate(as_list(node.values.get(key))):
                # nhs.uk states [last review, next review] under `lastReviewed`.
                told: DateKind = "next_review_due" if key == "lastReviewed" and number else kind
                is_list = isinstance(node.values.get(key), list)
                locator = f"{node.pointer}/{key}" + (f"/{number}" if is_list else "")
                yield from machine_date(
                    value,
                    told,
                    source="jsonld",
                    locator=locator,
                    rule=f"jsonld_{key}",
                    language=language,
                )


def machine_date(
    value: object,
    kind: DateKind,
    *,
    source: EvidenceSource,
    locator: str,
    rule: str,
    confidence: float = 0.7,
    language: str | None = None,
) -> Iterator[StatedDate]:
    """`value` as a date of this kind; nothing where it is none."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = f"{value:.0f}" if abs(value) < 1e15 else ""
    if not isinstance(value, str) or not value.strip():
        return
    text = clean_value(value[:100])
    moment = _moment_of_epoch(text)
    if moment is not None:
        precision: Precision = "time"
        stated = moment
    else:
        # Machine strings are written month first far more often than not: 09/25/2025, 10/03/2001.
        parsed = parse_date(text, language=language or "en-us") or _empty_date(text)
        if parsed is None:
            return
        stated, precision = parsed.value, parsed.precision
    evidence = Evidence(source=source, locator=locator, raw=text, rule=rule, confidence=confidence)
    yield StatedDate(kind=kind, value=stated, precision=precision, raw=text, evidence=(evidence,))


# Seconds or milliseconds since 1970, bare or as .NET writes them: `/Date(1652608800000+0200)/`.
_EPOCH = re.compile(
    r"(?:\\?/Date\()?(\d{9,10}|\d{12,13})(?:\.\d{1,9})?(?:(?:[+-]\d{4})?\)\\?/)?", re.A
)
_EARLIEST, _LATEST = 631_152_000, 1_900_000_000
"""1990 and 2030; a larger number is a day and an hour, as in 2022051508."""


def _moment_of_epoch(text: str) -> str | None:
    """The moment in UTC: a count of seconds has no calendar of its own."""
    found = _EPOCH.fullmatch(text)
    if found is None:
        return None
    digits = found[1]
    seconds = int(digits) if len(digits) < 11 else int(digits) // 1000
    if not _EARLIEST <= seconds <= _LATEST:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


# What systems write for no date at all; `judgement` refuses it and says so.
_EMPTY_DATE = re.compile(r"(?:0001-01-01|1/1/0001|01/01/0001)(?:[T ].*)?", re.A)


def _empty_date(text: str) -> ParsedDate | None:
    if _EMPTY_DATE.fullmatch(text) is None:
        return None
    return ParsedDate(value="0001-01-01", precision="day", raw=text, start=0, end=len(text))


def _property_dates(properties: tuple[Property, ...], language: str | None) -> Iterator[StatedDate]:
    kinds: dict[str, DateKind] = {
        **dict(_DATE_KEYS),
        "dateCreated": "published",
        "date": "published",
    }
    for prop in properties:
        kind = kinds.get(prop.name)
        if kind is not None:
            yield from machine_date(
                prop.value,
                kind,
                source=cast("EvidenceSource", prop.source),
                locator=css_path(prop.element),
                rule=f"{prop.source}_{prop.name}",
                confidence=0.65,
                language=language,
            )


# Metas that publishers fill by hand or by a field of their own outrank the generic ones.
_PUBLISHER_METAS = re.compile(r"^(?:cdc:|content_|lastreviewed|publishdate)")


# The order of the table in `metas`.
_META_KINDS: tuple[DateKind, ...] = ("published", "modified", "reviewed", "next_review_due")


def _meta_dates(metas: Mapping[str, tuple[str, ...]], language: str | None) -> Iterator[StatedDate]:
    named = metas_by_meaning(metas)
    for kind in _META_KINDS:
        for name in named.get(kind, ()):
            yield from machine_date(
                metas[name][0],
                kind,
                source="meta",
                locator=f"meta[name='{name}']",
                rule=f"meta_{name}",
                confidence=0.9 if _PUBLISHER_METAS.match(name) else 0.6,
                language=language,
            )


def _time_elements(elements: Iterable[HtmlElement]) -> Iterator[StatedDate]:
    """`<time pubdate>` and `<time class="published">` of the page's own header are read with the
    bylines; here only the HTML5 draft's `pubdate` attribute, which states its kind itself."""
    for element in elements:
        if element.get("pubdate") is not None and element.get("datetime"):
            yield from machine_date(
                element.get("datetime"),
                "published",
                source="microdata",
                locator=css_path(element),
                rule="time_pubdate",
                confidence=0.5,
            )
