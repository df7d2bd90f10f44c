"""Pages with the text that a reader took for the article: a folder with gold.jsonl and pages/.

A line of gold.jsonl is a JSON object with `id`, `slice` (the set that the page is counted in) and
`text`. The page is `pages/ID.html.gz`; an id may hold a slash. WCXB (Murrough Foley, CC BY 4.0) in
this form is what the README's table is made with.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.text.shingles import shingles

Page = TypeVar("Page")


class NoGoldPages(Exception):
    """One line: what the folder lacks."""


@dataclass(frozen=True, kw_only=True)
class GoldPage:
    id: str
    slice: str
    path: Path
    """The page's bytes, gzipped."""
    text: str


def load(folder: Path, *, only: str | None = None, limit: int | None = None) -> list[GoldPage]:
    """The pages in the order of their ids: all, one slice's, a sample of `limit` of them.

    The sample is the same each time. Raises `NoGoldPages`.
    """
    found = read_gold(folder, _page, expected="id, slice and text")
    pages = [page for page in found if only in (None, page.slice)]
    if not pages:
        raise NoGoldPages(f"{folder / 'gold.jsonl'}: no page of slice {only!r}")
    if limit is not None and limit < len(pages):
        pages = random.Random(7).sample(pages, limit)  # noqa: S311
    return sorted(pages, key=lambda page: page.id)


def read_gold(folder: Path, page_of: Callable[[Path, Any], Page], *, expected: str) -> list[Page]:
    """What `page_of` makes of the folder and each line, in their order. Raises `NoGoldPages`.

    `expected` are the fields a line must have, for the message.
    """
    file = folder / "gold.jsonl"
    try:
        with file.open(encoding="utf-8") as lines:
            return [page_of(folder, json.loads(line)) for line in lines if line.strip()]
    except OSError as error:
        raise NoGoldPages(
            f"{file}: {error.strerror}; name a folder with gold.jsonl and pages/"
        ) from None
    except (KeyError, TypeError, ValueError) as error:
        raise NoGoldPages(f"{file}: {error!r}, expected objects with {expected}") from None


def page_path(folder: Path, page_id: str) -> Path:
    """The page's bytes, gzipped. Raises `ValueError` where they are missing."""
    path = folder.absolute() / "pages" / f"{page_id}.html.gz"
    if not path.is_file():
        raise ValueError(f"no page {path}")
    return path


def _page(folder: Path, row: dict[str, str]) -> GoldPage:
    path = page_path(folder, row["id"])
    if not shingles(row["text"]):
        raise ValueError(f"no words in the text of {row['id']!r}")
    return GoldPage(id=row["id"], slice=row["slice"], path=path, text=row["text"])
