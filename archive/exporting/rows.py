"""The record as one flat row: the columns that CSV and Parquet share, named and read in one place.

JSON Lines keeps the whole record. A row keeps what people filter, count and train on; lists of
names stay lists here, and each format writes them in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from archive.texts import Record
from articles.record import REVIEWING_ROLES, RIGHTS_CATEGORIES

Kind = Literal["text", "number", "fraction", "truth", "texts"]
Cell = str | int | float | bool | list[str] | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its name, what its cells are, and where in the record they come from."""

    name: str
    kind: Kind
    read: Callable[[Record], Cell]


def flat_row(record: Record) -> dict[str, Cell]:
    """The cells of one record, in the order of `COLUMNS`."""
    return {column.name: column.read(record) for column in COLUMNS}


def _plain(name: str, kind: Kind = "text") -> Column:
    return Column(name=name, kind=kind, read=lambda record: record[name])


def _names(name: str, roles: Iterable[str]) -> Column:
    roles = frozenset(roles)
    return Column(
        name=name,
        kind="texts",
        read=lambda record: [
            part["name"] for part in record["contributors"] if part["role"] in roles
        ],
    )


def _reviewing(name: str, read: Callable[[dict[str, Any]], str]) -> Column:
    """One text for each reviewer, in the order of `reviewers`; "" where the page does not say."""
    return Column(
        name=name,
        kind="texts",
        read=lambda record: [
            read(part) for part in record["contributors"] if part["role"] in REVIEWING_ROLES
        ],
    )


def _date(kind: str) -> Column:
    return Column(
        name=kind,
        kind="text",
        read=lambda record: next(
            (stated["value"] for stated in record["dates"] if stated["kind"] == kind), None
        ),
    )


def _right(category: str) -> Column:
    return Column(
        name=f"rights_{category}",
        kind="text",
        read=lambda record: record["rights"]["resolved"].get(category, "unknown"),
    )


def _of_capture(name: str, key: str, kind: Kind = "text") -> Column:
    return Column(name=name, kind=kind, read=lambda record: (record["capture"] or {}).get(key))


COLUMNS: tuple[Column, ...] = (
    *map(_plain, ("url", "site", "publisher", "language", "title", "description", "section")),
    _plain("keywords", "texts"),
    _plain("text"),
    _plain("word_count", "number"),
    Column(name="review_status", kind="text", read=lambda record: record["review"]["status"]),
    Column(name="review_flags", kind="texts", read=lambda record: record["review"]["flags"]),
    _names("authors", ("author",)),
    _names("reviewers", REVIEWING_ROLES),
    _reviewing("reviewer_credentials", lambda part: ", ".join(part["credentials"])),
    _reviewing("reviewer_specialties", lambda part: part["specialty"] or ""),
    *map(_date, ("published", "modified", "reviewed", "next_review_due", "fact_checked")),
    Column(name="reference_count", kind="number", read=lambda record: len(record["references"])),
    _plain("disclaimers", "texts"),
    Column(name="is_sponsored", kind="truth", read=lambda record: record["sponsored"] is not None),
    Column(
        name="discloses_ai", kind="truth", read=lambda record: record["ai_disclosure"] is not None
    ),
    *map(_right, RIGHTS_CATEGORIES),
    _plain("version", "number"),
    _plain("first_seen_at"),
    _plain("last_seen_at"),
    _of_capture("fetched_at", "fetched_at"),
    _of_capture("http_status", "status", "number"),
    _of_capture("warc_file", "warc_file"),
    _of_capture("warc_offset", "offset", "number"),
    _of_capture("warc_length", "length", "number"),
    _of_capture("warc_record_id", "record_id"),
    _of_capture("payload_digest", "payload_digest"),
    _plain("text_digest"),
    Column(
        name="extractor_version", kind="text", read=lambda record: record["extractor"]["version"]
    ),
    Column(name="extractor_route", kind="text", read=lambda record: record["extractor"]["route"]),
    Column(
        name="extractor_confidence",
        kind="fraction",
        read=lambda record: record["extractor"]["confidence"],
    ),
)
