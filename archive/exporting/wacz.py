"""`export wacz`: a collection or a selection as one file that replay tools open: WACZ 1.1.1.

archive/ holds the WARC files, indexes/ a compressed CDXJ index with the list of its blocks, pages/
one line an article with its text, datapackage.json the digest of every file. The parts are written
as they are read, so a package of gigabytes needs little memory. Source: WACZ 1.1.1, and what
py-wacz, pywb and replayweb.page do.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from archive.cdxj import sorted_lines
from archive.collection import Collection
from archive.errors import OperatorError
from archive.exporting.captures import CHOSEN, chosen_captures, is_everything
from archive.exporting.files import check_writable, published
from archive.exporting.jsonl import json_line
from archive.exporting.package import WACZ_VERSION, Package
from archive.exporting.package_warcs import add_selected_records, add_whole_files, count_bytes
from archive.exporting.selection import Selection, read_selected
from archive.exporting.signatures import read_key
from archive.texts import Record
from archive.warc_members import sha256_of

_INDEX = "index.cdx.gz"
# The block that py-wacz makes: a reader fetches and unpacks one for each address it looks up.
_LINES_IN_BLOCK = 1024
_LEVEL = 9
_GZIP = 31
_PAGE_ID_LETTERS = 22


class NothingToPackage(OperatorError):
    """No capture is selected, or none lies in a sealed WARC file."""


def export_wacz(
    collection: Collection,
    out: Path,
    selection: Selection | None = None,
    *,
    key: Path | None = None,
    title: str | None = None,
    force: bool = False,
    created_at: datetime | None = None,
    on_bytes: Callable[[int, int], None] = lambda _done, _of: None,
) -> dict[str, Any]:
    """Write the package and tell what is in it.

    Without a selection it holds every sealed WARC file whole; with one, the selected captures,
    what is needed to show them, and nothing else. `key` is a PEM file to sign with. The same
    collection gives the same bytes but for `created`. `on_bytes` is told how many bytes of WARC
    files are copied, of how many.

    Raises `NothingToPackage`, `UnusableKey`, `FileExists`, `CannotWrite`, `DiskFull`, and
    `DamagedWarc` where a WARC file is not what it was.
    """
    selection = selection or Selection()
    check_writable(out, force=force)
    signing_key = read_key(key) if key is not None else None
    everything = is_everything(selection)
    where = None if everything else CHOSEN
    created = (created_at or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with (
        collection.snapshot(),
        nullcontext() if everything else chosen_captures(collection, selection),
    ):
        sites = _sites(collection, where)
        if not sites:
            raise NothingToPackage(
                f"{collection.path}: no capture in a sealed WARC file is selected; choose others, "
                "or crawl first"
            )
        with published(out) as file, Package(file) as package:
            told = _Told(count_bytes(collection, where=where), on_bytes)
            lines = (
                add_whole_files(collection, package, told)
                if where is None
                else add_selected_records(
                    collection, package, told, where=where, software=_software()
                )
            )
            # The lines hold the part open that they are of.
            with closing(lines), sorted_lines(lines, folder=out.parent) as index:
                captures = _add_index(package, index)
            pages = _add_pages(collection, package, selection)
            package.finish(
                title=title or _title(sites),
                description=f"{pages} articles, {captures} captures of {', '.join(sites)}",
                created=created,
                software=_software(),
                key=signing_key,
            )
            file.flush()
            size = file.tell()
    return {
        "format": "wacz",
        "wacz_version": WACZ_VERSION,
        "created": created,
        "articles": pages,
        "captures": captures,
        "is_signed": signing_key is not None,
        "bytes": size,
        "sha256": sha256_of(out),
    }


class _Told:
    """Adds up what was copied."""

    def __init__(self, total: int, on_bytes: Callable[[int, int], None]) -> None:
        self._total = total
        self._on_bytes = on_bytes
        self._done = 0

    def __call__(self, written: int) -> None:
        self._done += written
        self._on_bytes(self._done, self._total)


def _add_index(package: Package, lines: Iterable[bytes]) -> int:
    """The index in compressed blocks, and the list of the blocks; gives the number of lines."""
    count = 0
    blocks = [b'!meta 0 {"format": "cdxj-gzip-1.0", "filename": "%s"}\n' % _INDEX.encode()]
    with package.part(f"indexes/{_INDEX}") as part:
        for block in _blocks(lines):
            count += len(block)
            start = block[0].partition(b" {")[0]
            packed = zlib.compress(b"".join(block), _LEVEL, _GZIP)
            digest = hashlib.sha256(packed).hexdigest()
            blocks.append(
                b'%s {"offset": %d, "length": %d, "digest": "sha256:%s"}\n'
                % (start, part.bytes, len(packed), digest.encode())
            )
            part.write(packed)
    with package.part("indexes/index.idx", packed=True) as part:
        part.write(b"".join(blocks))
    return count


def _blocks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    block: list[bytes] = []
    for line in lines:
        block.append(line)
        if len(block) == _LINES_IN_BLOCK:
            yield block
            block = []
    if block:
        yield block


def _add_pages(collection: Collection, package: Package, selection: Selection) -> int:
    count = 0
    with package.part("pages/pages.jsonl", packed=True) as part:
        part.write(
            json_line(
                {"format": "json-pages-1.0", "id": "pages", "title": "Articles", "hasText": True}
            ).encode()
        )
        for record in read_selected(collection, selection):
            page = _page(collection, record)
            if page is not None:
                part.write(json_line(page).encode())
                count += 1
    return count


def _page(collection: Collection, record: Record) -> dict[str, Any] | None:
    """The line of an article; None where its capture is in a file that is still being written.

    Address and time are those of the capture, by which a reader finds it in the index: the address
    of the article may be the one that the page claims for itself.
    """
    place = record["capture"]
    row = collection.connection.execute(
        """
        select c.url, c.fetched_at
        from warc_files w
        join captures c on c.warc_file_id = w.id
        where w.name = ?
          and w.state = 'sealed'
          and c.offset = ?
        """,
        (place["warc_file"], place["offset"]),
    ).fetchone()
    if row is None:
        return None
    digest = hashlib.sha256(record["url"].encode("utf-8", "replace")).hexdigest()
    return {
        "id": digest[:_PAGE_ID_LETTERS],
        "url": row["url"],
        # An index knows whole seconds only.
        "ts": f"{row['fetched_at'][:19]}Z",
        "title": record["title"] or row["url"],
        "text": record["text"],
    }


def _sites(collection: Collection, where: str | None) -> list[str]:
    rows = collection.connection.execute(
        f"""
        select distinct c.site
        from captures c
        join warc_files w on w.id = c.warc_file_id
        where w.state = 'sealed' and {where or "1"}
        order by c.site
        """  # noqa: S608 - only our own words
    )
    return [row["site"] for row in rows]


def _title(sites: list[str]) -> str:
    return f"Articles of {sites[0]}" if len(sites) == 1 else f"Articles of {len(sites)} sites"


def _software() -> str:
    try:
        return f"archiater {version('archiater')}"
    except PackageNotFoundError:
        # Run from a checkout that is not installed.
        return "archiater"
