"""Pages with gold text, read by the rules alone: for each block its numbers, verdict and label."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from articles.block_features import PageBlocks
from articles.block_scoring import features_of, plain_value
from articles.document import parse_document
from articles.machine_data import read_machine_data
from articles.main_content import choose_main_content
from articles.page import NotAnArticle, Page
from articles.urls import registered_domain
from scripts.training.gold_labels import Label, labels_of


class NoTrainingPages(Exception):
    """One line: what the folder lacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledBlock:
    text: str
    numbers: tuple[float, ...]
    """In the order of `block_features.FEATURE_NAMES`."""
    label: Label
    is_judged: bool
    """Whether it stands in the container that the rules chose."""
    is_kept: bool
    """Whether the rules keep it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPage:
    id: str
    slice: str
    site: str
    """The registered domain."""
    gold: str
    blocks: tuple[LabelledBlock, ...]


def read_pages(folder: Path, *, processes: int = 2) -> list[LabelledPage]:
    """All pages of a folder, in the order of their ids; what is no article has no blocks.

    The folder has gold.jsonl, a JSON object a line with `id`, `url`, `slice` and `text`, and
    pages/ID.html.gz. Raises `NoTrainingPages`.
    """
    file = folder / "gold.jsonl"
    try:
        with file.open(encoding="utf-8") as lines:
            rows = [_row(json.loads(line)) for line in lines if line.strip()]
        rows.sort(key=lambda row: row["id"])
        with ProcessPoolExecutor(processes) as pool:
            return list(pool.map(_labelled_page, [folder] * len(rows), rows, chunksize=8))
    except OSError as error:
        raise NoTrainingPages(f"{error.filename or file}: {error.strerror}") from None
    except (KeyError, TypeError, ValueError) as error:
        raise NoTrainingPages(
            f"{file}: {error!r}, expected objects with id, url, slice and text"
        ) from None


def _row(row: dict[str, str]) -> dict[str, str]:
    return {name: row[name] for name in ("id", "url", "slice", "text")}


def _labelled_page(folder: Path, row: dict[str, str]) -> LabelledPage:
    body = gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes())
    return LabelledPage(
        id=row["id"],
        slice=row["slice"],
        site=registered_domain(row["url"]),
        gold=row["text"],
        blocks=tuple(labelled_blocks(Page(url=row["url"], body=body), row["text"])),
    )


def labelled_blocks(page: Page, gold: str) -> Sequence[LabelledBlock]:
    """The blocks of a page that have text."""
    try:
        document = parse_document(page)
        main = choose_main_content(document, read_machine_data(document), with_model=False)
    except NotAnArticle:
        return []
    tree = main.tree
    features = [features_of(block) if block.text else None for block in tree.blocks]
    values = [plain_value(found) if found else 0.0 for found in features]
    blocks = [block for block in tree.blocks if block.text]
    numbers = PageBlocks(tree, features, values, main.headline).rows(blocks)
    kept = {block.index for block in main.choice.kept}
    judged = kept | main.choice.dropped.keys()
    return [
        LabelledBlock(
            text=block.text,
            numbers=row,
            label=label,
            is_judged=block.index in judged,
            is_kept=block.index in kept,
        )
        for block, row, label in zip(
            blocks, numbers, labels_of([block.text for block in blocks], gold), strict=True
        )
    ]
