"""People and dates measured against what health pages show: `python -m benchmarks.review FOLDER`.

archiater and the tools that `make peers` has installed answer the same pages, each in a process of
its own. One table: for authors, reviewers, their credentials, and the dates of publication, change
and review how many the pages show, then precision, recall and F1 of each tool; a dash where a tool
does not look for such a thing. README.md beside this folder says what the figures leave out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.review.gold_pages import GoldPage, load
from benchmarks.review.scoring import FIELDS, Score, scores_of
from benchmarks.text.answering import Answer
from benchmarks.text.gold_pages import NoGoldPages
from benchmarks.text.tables import columns, piped
from benchmarks.text.tools import Child, Tool, children, our_tool, peer_tools

OURS = "archiater"
ANSWERING = "benchmarks.review.answering"
PEERS = {"trafilatura": "trafilatura", "htmldate": "htmldate", "newspaper4k": "newspaper"}
"""The module by which each is known to be installed."""
LOOKED_FOR = {
    OURS: frozenset(FIELDS),
    "trafilatura": frozenset({"authors", "date_published"}),
    "htmldate": frozenset({"date_published", "date_modified"}),
    "newspaper4k": frozenset({"authors", "date_published"}),
}


def main() -> int:
    arguments = parsed_arguments()
    try:
        pages = load(arguments.folder)
    except NoGoldPages as problem:
        tell(str(problem))
        return 2
    with children(tools(with_peers=not arguments.without_peers)) as running:
        answers = {child.name: answered(child, pages) for child in running}
    found = {tool: scores_of(pages, said) for tool, said in answers.items()}
    form = piped if arguments.markdown else columns
    print(f"pages: {len(pages)}; each cell: precision, recall, F1\n")
    print("\n".join(form(list(table(found)))))
    for tool, said in answers.items():
        failed = sum("error" in answer for answer in said)
        if failed:
            print(f"\n{tool} failed, pages: {failed}")
    return 0


def parsed_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.review", description=__doc__)
    parser.add_argument("folder", type=Path, help="gold.jsonl and pages/ID.html.gz")
    parser.add_argument("--without-peers", action="store_true", help="archiater alone")
    parser.add_argument("--markdown", action="store_true", help="the table as the README shows it")
    return parser.parse_args()


def tools(*, with_peers: bool) -> list[Tool]:
    peers = list(peer_tools(peers=PEERS, answering=ANSWERING)) if with_peers else []
    missing = sorted(PEERS.keys() - {peer.name for peer in peers})
    if missing and with_peers:
        tell(f"not installed and left out: {', '.join(missing)}; run make peers")
    return [our_tool(OURS, answering=ANSWERING), *peers]


def answered(child: Child, pages: Sequence[GoldPage]) -> list[Answer]:
    return [child.ask(page.path, page.url) for page in pages]


def table(found: Mapping[str, Mapping[str, Score]]) -> Iterator[tuple[str, ...]]:
    """The heads, then a row a field."""
    yield ("", "shown", *found)
    for field, name in FIELDS.items():
        cells = (
            cell(scores[field]) if field in LOOKED_FOR[tool] else "-"
            for tool, scores in found.items()
        )
        yield (name, str(found[OURS][field].shown), *cells)


def cell(score: Score) -> str:
    return f"{score.precision:.3f} {score.recall:.3f} {score.f1:.3f}"


def tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
