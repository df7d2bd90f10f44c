"""Pages with the text that a reader took for the article: a folder with gold.jsonl and pages/.

A line of gold.jsonl is a JSON object with `id`, `slice` (the set that the page is counted in) and
`text`. The page is `pages/ID.html.gz`; an id may hold a slash. WCXB (Murrough Foley, CC BY 4.0) in
this form is what the README's table is made with.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

from benchmarks.text.shingles import shingles


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
    file = folder / "gold.jsonl"
    try:
        with file.open(encoding="utf-8") as lines:
            pages = [_page(folder, json.loads(line)) for line in lines if line.strip()]
    except OSError as error:
        raise NoGoldPages(
            f"{file}: {error.strerror}; name a folder with gold.jsonl and pages/"
        ) from None
    except (KeyError, TypeError, ValueError) as error:
        raise NoGoldPages(f"{file}: {error!r}, expected objects with id, slice and text") from None
    pages = [page for page in pages if only in (None, page.slice)]
    if not pages:
        raise NoGoldPages(f"{file}: no page of slice {only!r}")
    if limit is not None and limit < len(pages):
        pages = random.Random(7).sample(pages, limit)  # noqa: S311
    return sorted(pages, key=lambda page: page.id)


def _page(folder: Path, row: dict[str, str]) -> GoldPage:
    path = folder.absolute() / "pages" / f"{row['id']}.html.gz"
    if not path.is_file():
        raise ValueError(f"no page {path}")
    if not shingles(row["text"]):
        raise ValueError(f"no words in the text of {row['id']!r}")
    return GoldPage(id=row["id"], slice=row["slice"], path=path, text=row["text"])
