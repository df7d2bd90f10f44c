"""WACZ files: every part against its digest, every WARC inside, pages and index against both."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from archive.errors import ArchiveError
from archive.exporting.wacz_checking import check_wacz
from archive.verifying.faults import Fault, Level

Places = set[tuple[str, int, int]]
"""File name, offset and length of every record."""
CheckOne = Callable[[BinaryIO, str, Places], Iterator[Fault]]

_PAGES = "pages/pages.jsonl"
_INDEX_SUFFIXES = (".cdxj", ".cdx", ".cdxj.gz", ".cdx.gz")
_LONGEST_LINE = 1 << 20
_MOST_SHOWN = 20
# What a ZIP file fails with: it is hostile input.
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)


def check_package(path: Path, check_one: CheckOne) -> Iterator[Fault]:
    """Everything that is wrong with a WACZ file; `check_one` reads a WARC file inside it and adds
    the places of its records."""
    try:
        problems: Iterable[str] = check_wacz(path).problems
    except ArchiveError as error:
        problems = (str(error),)
    for problem in problems:
        found = problem.removeprefix(f"{path}").lstrip("!: ")
        yield _fault(path, "package", found, "a package whose parts are those it lists")
    try:
        with zipfile.ZipFile(path) as package:
            yield from _check_contents(path, package, check_one)
    except _BROKEN as error:
        yield _fault(path, "package", f"a ZIP file that is not whole ({error})", "a WACZ file")


def _check_contents(path: Path, package: zipfile.ZipFile, check_one: CheckOne) -> Iterator[Fault]:
    names = [info.filename for info in package.infolist() if not info.is_dir()]
    places: Places = set()
    warcs = [name for name in names if name.startswith("archive/")]
    if not warcs:
        yield _fault(path, "package", "nothing in archive/", "the WARC files")
    for name in warcs:
        try:
            with package.open(name) as inside:
                yield from check_one(cast(BinaryIO, inside), f"{path}!{name}", places)
        except _BROKEN as error:
            found = f"{name} cannot be unpacked ({error})"
            yield _fault(path, "package", found, "a whole part of a WACZ file")
    indexes = [
        name for name in names if name.startswith("indexes/") and name.endswith(_INDEX_SUFFIXES)
    ]
    if not indexes:
        yield _fault(path, "package", "no index in indexes/", "a CDXJ index")
    urls: set[str] = set()
    for name in indexes:
        yield from _check_index(path, package, name, places, urls)
    yield from _check_pages(path, package, names, urls if indexes else None)


def _check_index(
    path: Path, package: zipfile.ZipFile, name: str, places: Places, urls: set[str]
) -> Iterator[Fault]:
    shown = f"{path}!{name}"
    last, wrong = b"", 0
    with package.open(name) as part:
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=part) if name.endswith(".gz") else part)
        try:
            for line in _lines(stream):
                if line.startswith((b"!", b" CDX")):
                    continue
                problem = _problem_of_line(line, last, places, urls)
                if problem is not None:
                    wrong += 1
                    if wrong <= _MOST_SHOWN:
                        yield _fault_at(shown, "index", f"{line[:120]!r}", problem)
                last = line
        except (OSError, EOFError, zlib.error) as error:
            yield _fault_at(shown, "index", f"cannot be read ({error})", "a CDXJ index")
    if wrong > _MOST_SHOWN:
        yield _fault_at(shown, "index", f"{wrong} such lines", "none")


def _problem_of_line(line: bytes, last: bytes, places: Places, urls: set[str]) -> str | None:
    """What a line of CDXJ should be and is not."""
    try:
        _, _, text = line.split(b" ", 2)
        entry = json.loads(text)
        place = (str(entry["filename"]), int(entry["offset"]), int(entry["length"]))
        urls.add(str(entry["url"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return "KEY TIME and a JSON object with url, filename, offset and length"
    if line < last:
        return "lines in order"
    return None if place in places else "the place of a record in archive/"


def _check_pages(
    path: Path, package: zipfile.ZipFile, names: list[str], urls: set[str] | None
) -> Iterator[Fault]:
    if _PAGES not in names:
        yield _fault(path, "package", f"no {_PAGES}", "the list of pages")
        return
    shown = f"{path}!{_PAGES}"
    with package.open(_PAGES) as part:
        for number, line in enumerate(_lines(cast(BinaryIO, part))):
            try:
                entry = json.loads(line)
                is_right = "format" in entry if number == 0 else {"url", "ts"} <= entry.keys()
            except (ValueError, TypeError, AttributeError, RecursionError):
                is_right = False
            if not is_right:
                expected = "a head with format" if number == 0 else "a page with url and ts"
                yield _fault_at(shown, "package", f"line {line[:80]!r}", expected)
            elif number and urls is not None and entry["url"] not in urls:
                found = f"the page {str(entry['url'])[:200]}"
                yield _fault_at(shown, "package", found, "one that is in the index")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    reader = io.BufferedReader(cast(io.RawIOBase, stream))
    while line := reader.readline(_LONGEST_LINE):
        if line.strip():
            yield line


def _fault(path: Path, kind: str, found: str, expected: str) -> Fault:
    return _fault_at(str(path), kind, found, expected)


def _fault_at(shown: str, kind: str, found: str, expected: str, level: Level = "fault") -> Fault:
    return Fault(file=shown, offset=None, kind=kind, found=found, expected=expected, level=level)
