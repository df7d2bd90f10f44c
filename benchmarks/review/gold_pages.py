"""Health pages with the people and dates they show: a folder with gold.jsonl and pages/.

A line of gold.jsonl is a JSON object: `id`, `url` ("" where unknown), `labelled` (false: left out),
`authors` and `reviewers` as objects with `name` and `credentials`, `date_published`,
`date_modified` and `date_reviewed` as ISO dates as exact as the page, null where it shows none. The
page is `pages/ID.html.gz`; an id may hold a slash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.text.gold_pages import NoGoldPages, page_path, read_gold

PEOPLE = ("authors", "reviewers")
DATES = ("date_published", "date_modified", "date_reviewed")


@dataclass(frozen=True, kw_only=True)
class GoldPage:
    path: Path
    """The page's bytes, gzipped."""
    url: str
    people: Mapping[str, Mapping[str, tuple[str, ...]]]
    """By the names in `PEOPLE`: each person's credentials by the name that the page shows."""
    dates: Mapping[str, str | None]
    """By the names in `DATES`."""


def load(folder: Path) -> list[GoldPage]:
    """The labelled pages in the order of the lines. Raises `NoGoldPages`."""
    expected = ", ".join(("id", "url", "labelled", *PEOPLE, *DATES))
    pages = [page for page in read_gold(folder, _page, expected=expected) if page is not None]
    if not pages:
        raise NoGoldPages(f"{folder / 'gold.jsonl'}: no labelled page")
    return pages


def _page(folder: Path, row: Mapping[str, Any]) -> GoldPage | None:
    if not row["labelled"]:
        return None
    return GoldPage(
        path=page_path(folder, row["id"]),
        url=row["url"],
        people={
            kind: {person["name"]: tuple(person["credentials"] or ()) for person in row[kind]}
            for kind in PEOPLE
        },
        dates={kind: row[kind] for kind in DATES},
    )
