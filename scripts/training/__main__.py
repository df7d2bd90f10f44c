"""Trains the model of a page's blocks: `make train PAGES=folder`.

Reads pages with gold text from a folder (gold.jsonl and pages/ID.html.gz), writes the table that
`articles.block_model` reads, and prints how well the model does on sites that it has not seen.
docs/training.md says what the figures mean.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from articles.block_model import read_model, write_model
from scripts.training.cross_validation import (
    fit_all_and_folds,
    probabilities_of,
    unseen_probabilities,
)
from scripts.training.figures import report
from scripts.training.labelled_pages import NoTrainingPages, read_pages

TABLE = Path(__file__).resolve().parents[2] / "articles" / "block_model_table.py"


def main() -> int:
    arguments = parsed_arguments()
    try:
        pages = read_pages(arguments.folder)
    except NoTrainingPages as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    model, folds = fit_all_and_folds(pages)
    table = write_model(model)
    if not arguments.dry_run:
        write_table(arguments.into, table)
    seen = probabilities_of(pages, read_model(table))
    for line in report(pages, seen, unseen_probabilities(pages, folds)):
        sys.stdout.write(f"{line}\n")
    return 0


def parsed_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts.training", description=__doc__)
    parser.add_argument("folder", type=Path, help="gold.jsonl and pages/ID.html.gz")
    parser.add_argument("--into", type=Path, default=TABLE, help="the module with the table")
    parser.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    return parser.parse_args()


def write_table(path: Path, table: str) -> None:
    """The table as a module, for the core reads no files; whole or not at all."""
    draft = path.with_suffix(".new")
    draft.write_text(
        '"""The table of the block model; made by `make train`, see docs/training.md."""\n\n'
        f'TABLE = """\\\n{table}"""\n',
        encoding="utf-8",
    )
    draft.replace(path)


if __name__ == "__main__":
    sys.exit(main())
