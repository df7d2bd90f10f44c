"""The model tried on sites that it has not seen: folds by registered domain."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256

from articles.block_model import BlockModel
from scripts.training.boosting import fitted
from scripts.training.labelled_pages import LabelledPage

FOLDS = 5

Probabilities = list[list[float]]
"""Of each page, of each of its blocks."""


def fold_of(site: str) -> int:
    """The same for all pages of a site, whatever other sites there are.

    >>> fold_of("health.example") == fold_of("health.example")
    True
    """
    return int.from_bytes(sha256(site.encode()).digest()[:8]) % FOLDS


def fit_pages(pages: Sequence[LabelledPage]) -> BlockModel:
    """The model of all blocks of some pages.

    Not of the chosen containers alone: what a menu looks like is learned best where the menus are.
    """
    blocks = [block for page in pages for block in page.blocks]
    return fitted(
        [block.numbers for block in blocks],
        [block.label.is_kept for block in blocks],
        [block.label.weight for block in blocks],
    )


def fit_all_and_folds(
    pages: Sequence[LabelledPage], *, processes: int = 2
) -> tuple[BlockModel, list[BlockModel]]:
    """The model of all pages, and for each fold the model of the pages outside it."""
    outside = [[page for page in pages if fold_of(page.site) != fold] for fold in range(FOLDS)]
    with ProcessPoolExecutor(processes) as pool:
        whole, *folds = pool.map(fit_pages, [list(pages), *outside])
    return whole, folds


def probabilities_of(pages: Sequence[LabelledPage], model: BlockModel) -> Probabilities:
    return [list(model.probabilities(block.numbers for block in page.blocks)) for page in pages]


def unseen_probabilities(
    pages: Sequence[LabelledPage], folds: Sequence[BlockModel]
) -> Probabilities:
    """Of each page by the model that was fitted without the page's site."""
    return [
        list(folds[fold_of(page.site)].probabilities(block.numbers for block in page.blocks))
        for page in pages
    ]
