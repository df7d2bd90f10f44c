"""Extraction measured: `python -m benchmarks.extraction [FOLDER of .html or .html.gz files]`.

CPU time of the parts and of the whole record as multiples of a bare lxml parse of the same bytes,
page by page, best of the rounds; beside it the peers that happen to be installed. Without a folder
the pages are those of the sample site, which are small: what is done once a page weighs more there.
`--stages` tells where the time of the record goes instead (see `extraction_stages`).
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import importlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import lxml.html

from archiater.demo.site import build_site
from articles.document import parse_document
from articles.extract import extract, extract_text
from articles.page import NotAnArticle, Page
from benchmarks.extraction_stages import measure_stages

Measured = Callable[[bytes], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--limit", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stages", action="store_true", help="the parts of one extraction")
    arguments = parser.parse_args()
    pages = list(files_of(arguments.folder) if arguments.folder else demo_pages())
    pages = pages[: arguments.limit]
    if arguments.stages:
        show_stages(pages, rounds=arguments.rounds)
        return
    tools: dict[str, Measured] = {"lxml parse": lxml.html.document_fromstring, **ours(), **peers()}
    best = {name: [float("inf")] * len(pages) for name in tools}
    for _ in range(arguments.rounds):
        for number, body in enumerate(pages):
            for name, tool in tools.items():
                best[name][number] = min(best[name][number], cpu_of(tool, body))
    floor = sum(best["lxml parse"])
    mean_kib = sum(map(len, pages)) / len(pages) / 1024
    print(f"{len(pages)} pages, {mean_kib:.0f} KiB mean, best of {arguments.rounds}")
    for name, seconds in best.items():
        total = sum(seconds)
        print(f"{name:16} {1000 * total / len(pages):8.2f} ms a page {total / floor:7.2f} x")


def show_stages(pages: list[bytes], *, rounds: int) -> None:
    parts = {"lxml parse": lxml.html.document_fromstring, **ours()}
    plain = dict.fromkeys(parts, 0.0)
    for body in pages:
        for name, tool in parts.items():
            plain[name] += min(cpu_of(tool, body) for _ in range(rounds))
    floor = plain["lxml parse"]

    def record(body: bytes) -> None:
        cpu_of(parts["our record"], body)

    stages = measure_stages(record, pages, rounds=rounds)
    print(f"{len(pages)} pages, best of {rounds}, as multiples of a bare lxml parse")
    for name, seconds in sorted(stages.items(), key=lambda stage: -stage[1]):
        print(f"{name:28} {seconds / floor:6.2f} x")
    print(f"{'all stages, clocks included':28} {sum(stages.values()) / floor:6.2f} x")
    for name, seconds in plain.items():
        print(f"{name:28} {seconds / floor:6.2f} x {1000 * seconds / len(pages):8.2f} ms a page")


def files_of(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*.html*")):
        body = path.read_bytes()
        yield gzip.decompress(body) if path.suffix == ".gz" else body


def demo_pages() -> Iterator[bytes]:
    for resource in build_site(1, "http://127.0.0.1").values():
        if resource.content_type.startswith("text/html"):
            yield resource.body


def ours() -> dict[str, Measured]:
    def document(body: bytes) -> object:
        return parse_document(Page(url="", body=body))

    def text(body: bytes) -> object:
        return extract_text(Page(url="https://www.example.org/a", body=body))

    def record(body: bytes) -> object:
        return extract(Page(url="https://www.example.org/a", body=body))

    return {"our document": document, "our text": text, "our record": record}


def peers() -> dict[str, Measured]:
    found: dict[str, Measured] = {}
    for name, module, function in (
        ("trafilatura", "trafilatura", "extract"),
        ("resiliparse", "resiliparse.extract.html2text", "extract_plain_text"),
    ):
        try:
            tool = getattr(importlib.import_module(module), function)
        except ImportError:
            continue
        found[name] = lambda body, tool=tool: tool(body.decode("utf-8", "replace"))  # type: ignore[misc]
    return found


def cpu_of(tool: Measured, body: bytes) -> float:
    started = time.process_time()
    with contextlib.suppress(NotAnArticle, ValueError):
        tool(body)
    return time.process_time() - started


if __name__ == "__main__":
    main()
