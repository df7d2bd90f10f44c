"""What the site's other pages are worth: `python -m benchmarks.site_knowledge FOLDER [FOLDER ...]`.

A folder holds `gold.jsonl` (a line a page: `id`, `url`, and of `text`, `must_keep`, `must_drop`
what is known) and `pages/ID.html` or `.html.gz`. The pages of all folders are put together by host.
For each host of at least `--least` pages, every page is read twice, without and with what all of
them tell together, and two lines are printed:

* `as read`: the extraction as it is, whose rules know most furniture by its markup and wording;
* `unaided`: everything on the page, menus and footers too, so that the other pages alone can tell
  what is furniture: as if no rule knew the site's markup or language.

`lines` are blocks of text; `leaked` the `must_drop` lines that stay; `lost` the `must_keep` lines
that are gone; F1 is over the words of `text`, each page equal, where there is one. Figures are
counts of the same run: nothing here depends on the machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from articles.block_choice import Choice
from articles.blocks import BlockTree, read_blocks
from articles.document import parse_document
from articles.extract import extract
from articles.fingerprint import fingerprint_of
from articles.page import NotAnArticle, Page
from articles.site_knowledge import Fingerprint, SiteKnowledge, count_blocks
from articles.site_template import without_template


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A page with what is known of its text."""

    page: Page
    gold: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One page read in one way; `read` gives its lines by what is known of the site."""

    fingerprint: Fingerprint
    read: Callable[[SiteKnowledge | None], Sequence[str]]
    gold: dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--least", type=int, default=5, help="pages a host must have")
    parser.add_argument("--show", action="store_true", help="print every line that goes")
    arguments = parser.parse_args()
    hosts: dict[str, list[Labelled]] = defaultdict(list)
    for folder in arguments.folders:
        for host, labelled in labelled_pages(folder):
            hosts[host].append(labelled)
    print(f"{'':40} pages texts known  lines      leaked      lost        F1")
    for host, pages in sorted(hosts.items()):
        if len(pages) >= arguments.least:
            for name, read in (("as read", as_read), ("unaided", unaided)):
                readings = [reading for page in pages for reading in read(page)]
                print(line_of(f"{host} {name}", readings, show=arguments.show))


def labelled_pages(folder: Path) -> Iterator[tuple[str, Labelled]]:
    """The pages of a folder with their hosts; those without a URL by the folder they lie in."""
    for row in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(row)
        path = next(iter((folder / "pages").glob(f"{gold['id']}.html*")), None)
        if path is None:
            path = next(iter((folder / "pages").glob(f"www.{gold['id']}.html*")), None)
        if path is None:
            continue
        body = path.read_bytes()
        url = gold.get("url") or f"https://{gold['id'].partition('/')[0]}/"
        page = Page(url=url, body=gzip.decompress(body) if path.suffix == ".gz" else body)
        yield (urlsplit(url).hostname or "").removeprefix("www."), Labelled(page=page, gold=gold)


def as_read(labelled: Labelled) -> Iterator[Reading]:
    try:
        article = extract(labelled.page)
    except NotAnArticle:
        return

    def read(knowledge: SiteKnowledge | None) -> Sequence[str]:
        text = extract(labelled.page, None, knowledge).text
        return [line for line in text.splitlines() if line]

    if article.fingerprint is not None:
        yield Reading(fingerprint=article.fingerprint, read=read, gold=labelled.gold)


def unaided(labelled: Labelled) -> Iterator[Reading]:
    tree, choice = whole_page(labelled.page)

    def read(knowledge: SiteKnowledge | None) -> Sequence[str]:
        found = choice
        if knowledge is not None:
            found = without_template(choice, tree, tree.nodes[0], knowledge)
        return [block.text for block in found.kept]

    if choice.kept:
        yield Reading(fingerprint=fingerprint_of(choice.kept), read=read, gold=labelled.gold)


def whole_page(page: Page) -> tuple[BlockTree, Choice]:
    """All blocks of a page, with nothing judged."""
    tree = read_blocks(parse_document(page).tree)
    blocks = tuple(block for block in tree.blocks if block.text)
    return tree, Choice(kept=blocks, dropped={}, size=0.0, statements={})


def line_of(name: str, readings: Sequence[Reading], *, show: bool) -> str:
    known = count_blocks(lambda: [reading.fingerprint for reading in readings])
    tally: Counter[str] = Counter()
    scores: dict[str, list[float]] = defaultdict(list)
    for reading in readings:
        plain = reading.read(None)
        informed = reading.read(known) if known is not None else plain
        for arm, lines in (("without", plain), ("with", informed)):
            tally[f"lines {arm}"] += len(lines)
            tally[f"leaked {arm}"] += leaked(lines, reading.gold)
            tally[f"lost {arm}"] += lost(lines, reading.gold)
            if reading.gold.get("text"):
                scores[arm].append(word_f1(reading.gold["text"], "\n".join(lines)))
        if show:
            print("\n".join(f"    - {line}" for line in (Counter(plain) - Counter(informed))))
    columns = (f"{tally[f'{key} without']:>4} -> {tally[f'{key} with']:<4}" for key in COLUMNS)
    f1 = " -> ".join(f"{sum(found) / len(found):.4f}" for found in scores.values()) or "-"
    texts, blocks = (known.texts, len(known.counts)) if known is not None else ("-", "-")
    return f"{name:40} {len(readings):5} {texts:>5} {blocks:>5} {' '.join(columns)} {f1}"


COLUMNS = ("lines", "leaked", "lost")


def leaked(lines: Sequence[str], gold: dict[str, Any]) -> int:
    kept = {folded(line) for line in lines}
    return sum(folded(line) in kept for line in gold.get("must_drop") or ())


def lost(lines: Sequence[str], gold: dict[str, Any]) -> int:
    text = "".join(folded(line) for line in lines)
    return sum(folded(line) not in text for line in gold.get("must_keep") or ())


def folded(text: str) -> str:
    for curly, straight in (("\u2019", "'"), ("\u2018", "'"), ("\u201c", '"'), ("\u201d", '"')):
        text = text.replace(curly, straight)
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def word_f1(gold: str, text: str) -> float:
    wanted, found = Counter(gold.casefold().split()), Counter(text.casefold().split())
    return 2 * (wanted & found).total() / max(wanted.total() + found.total(), 1)


if __name__ == "__main__":
    main()
