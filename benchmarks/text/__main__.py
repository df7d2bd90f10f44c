"""Extracted text measured against gold texts: `python -m benchmarks.text FOLDER`.

archiater and the extractors that `make peers` has installed answer the same pages in one run, in
turn, each in a process of its own. A table for each slice: F1 of 4-word shingles with its standard
deviation over resamples (bootstrap), precision, recall, mean F1 a page, pages under 0.5, empty
answers, CPU time as a multiple of a bare lxml parse, peak memory, and in how many of 1000 paired
resamples archiater is ahead. README.md beside this folder says what the figures leave out.
With `--confidence` only archiater is asked: do the pages of low confidence have the wrong text?
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.text import confidence, tables
from benchmarks.text.gold_pages import GoldPage, NoGoldPages, load
from benchmarks.text.measuring import Measured, Row, measure, rows_of, scores_of
from benchmarks.text.tools import FLOOR, OURS, PEERS, RECORD, Tool, children, our_tool, peer_tools


def main() -> int:
    arguments = parsed_arguments()
    try:
        pages = load(arguments.folder, only=arguments.slice, limit=arguments.limit)
        if arguments.into:
            # Before a minute of work, not after it.
            tables.put_between_markers(arguments.into.read_text(encoding="utf-8"), ())
    except NoGoldPages as problem:
        tell(str(problem))
        return 2
    except (OSError, ValueError) as problem:
        tell(f"{arguments.into}: {problem}")
        return 2
    if arguments.confidence:
        with children([our_tool(RECORD)]) as running:
            measured = measure(pages, running, rounds=1, tell=tell)
        show_confidence(pages, measured[RECORD], as_json=arguments.json)
        return 0
    with children(tools(with_peers=not arguments.without_peers)) as running:
        measured = measure(pages, running, rounds=arguments.rounds, tell=tell)
    show(pages, measured, arguments)
    return 0


def parsed_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.text", description=__doc__)
    parser.add_argument("folder", type=Path, help="gold.jsonl and pages/ID.html.gz")
    parser.add_argument("--slice", help="only the pages of this slice")
    parser.add_argument("--limit", type=count, help="only a sample of so many pages")
    parser.add_argument("--rounds", type=count, default=2, help="of the CPU times the least counts")
    parser.add_argument("--worst", type=int, default=0, help="name so many of our worst pages")
    parser.add_argument("--confidence", action="store_true", help="the curve of confidence alone")
    parser.add_argument("--without-peers", action="store_true", help="archiater alone")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="everything, each page's F1 included")
    form.add_argument("--markdown", action="store_true", help="tables as the README shows them")
    form.add_argument("--into", type=Path, help="put them into this file, between its markers")
    return parser.parse_args()


def count(text: str) -> int:
    """A whole number from 1."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def tools(*, with_peers: bool) -> list[Tool]:
    peers = list(peer_tools()) if with_peers else []
    missing = sorted(PEERS.keys() - {peer.name for peer in peers})
    if missing and with_peers:
        tell(f"not installed and left out: {', '.join(missing)}; run make peers")
    return [our_tool(OURS), our_tool(RECORD), *peers, our_tool(FLOOR)]


def show(
    pages: Sequence[GoldPage], measured: Mapping[str, Measured], arguments: argparse.Namespace
) -> None:
    slices = sorted({page.slice for page in pages})
    rows = {name: rows_of(pages, measured, name) for name in slices}
    f1s = {
        tool: [score.f1 for score in scores_of(pages, found, range(len(pages)))]
        for tool, found in measured.items()
        if tool != FLOOR
    }
    if arguments.json:
        print(json.dumps(as_json(pages, rows, f1s)))
        return
    form = tables.markdown if arguments.markdown or arguments.into else tables.plain
    lines: list[str] = []
    for name in slices:
        chosen = [at for at, page in enumerate(pages) if page.slice == name]
        lines += ["", f"{name}, pages: {len(chosen)}", "", *form(rows[name])]
        for at in sorted(chosen, key=f1s[OURS].__getitem__)[: arguments.worst]:
            values = "  ".join(f"{tool} {f1s[tool][at]:.3f}" for tool in f1s if tool != RECORD)
            lines.append(f"    {pages[at].id}  {values}")
    print("\n".join(lines))
    if arguments.into:
        page = arguments.into.read_text(encoding="utf-8")
        arguments.into.write_text(tables.put_between_markers(page, lines), encoding="utf-8")


def as_json(
    pages: Sequence[GoldPage],
    rows: Mapping[str, Sequence[Row]],
    f1s: Mapping[str, Sequence[float]],
) -> dict[str, Any]:
    return {
        "slices": {
            name: [dataclasses.asdict(row) for row in found] for name, found in rows.items()
        },
        "pages": [
            {"id": page.id, "slice": page.slice, "f1": {tool: f1s[tool][at] for tool in f1s}}
            for at, page in enumerate(pages)
        ],
    }


def show_confidence(pages: Sequence[GoldPage], measured: Measured, *, as_json: bool) -> None:
    judged = [
        confidence.Judged(confidence=answer.get("confidence", 0.0), f1=score.f1)
        for answer, score in zip(
            measured.answers, scores_of(pages, measured, range(len(pages))), strict=True
        )
    ]
    curve = confidence.curve_of(judged)
    print(json.dumps(dataclasses.asdict(curve)) if as_json else "\n".join(tables.curve(curve)))


def tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
