from __future__ import annotations

import gzip
import re
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.collection import Collection
from archive.errors import LockedCollection
from archive.importing import Imported, import_warcs
from archive.locks import import_lock
from archive.verifying.verifying import verify_collection

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WarcBytes = Callable[..., bytes]


def take_in(collection: Collection, *files: Path) -> Imported:
    return import_warcs(collection, files, site_of=lambda url: url.split("/")[2])


def rows(collection: Collection) -> list[sqlite3.Row]:
    return collection.connection.execute("select * from captures order by id").fetchall()


def everything(collection: Collection) -> tuple[Any, ...]:
    tables = ("captures", "warc_files", "crawls", "sites")
    ask = collection.connection.execute
    return (
        [[tuple(row) for row in ask(f"select * from {name}")] for name in tables],  # noqa: S608
        {path.name: path.read_bytes() for path in sorted(collection.warcs.iterdir())},
    )


@pytest.mark.parametrize("kind", ["plain", "whole", "zstd", "package", "recompressed"])
def test_records_that_are_here_already_are_known_in_whatever_file_they_come(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes, kind: str
) -> None:
    path = tmp_path / "others.warc.gz"
    path.write_bytes(warc_bytes())
    take_in(collection, path)
    before = everything(collection)
    plain = gzip.decompress(path.read_bytes())
    other = tmp_path / f"other.{kind}"
    if kind == "package":
        with zipfile.ZipFile(other, "w") as package:
            package.writestr("archive/inside.warc.gz", gzip.compress(plain, 1))
    else:
        packed = {"plain": plain, "whole": gzip.compress(plain), "zstd": zstd.compress(plain)}
        other.write_bytes(packed.get(kind) or gzip.compress(plain, 1))

    again = take_in(collection, other)

    assert [(file.is_known, file.known) for file in again.files] == [(True, 3)]
    assert again.skipped == ()
    assert everything(collection) == before


def test_of_a_file_that_is_known_in_part_only_the_new_exchanges_are_copied(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes
) -> None:
    first, second = warc_bytes(), warc_bytes("second", pages=1)
    old = tmp_path / "old.warc.gz"
    old.write_bytes(first)
    both = tmp_path / "both.warc.gz"
    both.write_bytes(first + second)
    take_in(collection, old)

    imported = take_in(collection, both)

    [file] = imported.files
    assert (file.captures, file.known, file.skipped) == (1, 3, ())
    assert len({row["record_id"] for row in rows(collection)}) == len(rows(collection)) == 4
    assert file.name is not None
    copied = gzip.decompress((collection.warcs / file.name).read_bytes())
    assert copied.count(b"WARC-Type: response") == copied.count(b"WARC-Type: request") == 1
    assert list(verify_collection(collection)) == []
    before = everything(collection)
    take_in(collection, both)
    assert everything(collection) == before


def test_a_file_that_has_grown_since_gives_what_is_new(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes
) -> None:
    whole = warc_bytes()
    path = tmp_path / "growing.warc.gz"
    path.write_bytes(whole[: whole.rindex(b"\x1f\x8b\x08", 0, whole.rindex(b"\x1f\x8b\x08"))])
    take_in(collection, path)
    path.write_bytes(whole)

    [file] = take_in(collection, path).files

    assert (file.captures, file.known, file.skipped) == (1, 2, ())
    assert [row["request_offset"] is None for row in rows(collection)] == [False] * 3
    assert list(verify_collection(collection)) == []


def test_a_file_that_came_damaged_and_comes_whole_leaves_a_collection_without_fault(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes
) -> None:
    path = tmp_path / "others.warc"
    plain = gzip.decompress(warc_bytes())
    path.write_bytes(plain[:-100])
    take_in(collection, path)
    path.write_bytes(plain)

    [file] = take_in(collection, path).files

    assert (file.captures, file.known, file.skipped) == (1, 2, ())
    # The request of the capture that was torn stands in both copies.
    [note] = verify_collection(collection)
    assert (note.kind, note.level) == ("record-id-twice", "note")


def test_what_stands_twice_in_one_file_is_taken_in_once(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes
) -> None:
    path = tmp_path / "twice.warc.gz"
    path.write_bytes(warc_bytes() * 2)

    [file] = take_in(collection, path).files

    assert (file.captures, file.known) == (3, 3)
    assert list(verify_collection(collection)) == []


def test_a_tool_that_gives_every_record_one_id_loses_none(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes
) -> None:
    path = tmp_path / "same.warc"
    data = re.sub(rb"<urn:uuid:[^>]+>", b"<urn:uuid:0>", gzip.decompress(warc_bytes()))
    path.write_bytes(data)

    assert take_in(collection, path).captures == 3


def test_records_without_an_id_are_known_again_too(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes
) -> None:
    data = re.sub(
        rb"WARC-(Record-ID|Concurrent-To): [^\r]+\r\n", b"", gzip.decompress(warc_bytes())
    )
    plain, packed = tmp_path / "plain.warc", tmp_path / "packed.warc.gz"
    plain.write_bytes(data)
    packed.write_bytes(gzip.compress(data))
    take_in(collection, plain)

    again = take_in(collection, packed)

    assert [(file.is_known, file.known) for file in again.files] == [(True, 3)]
    assert len(rows(collection)) == 3


def test_one_import_at_a_time_asks_what_is_here(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes
) -> None:
    path = tmp_path / "others.warc.gz"
    path.write_bytes(warc_bytes())

    with import_lock(collection), pytest.raises(LockedCollection, match="another import"):
        take_in(collection, path)

    assert rows(collection) == []


def test_what_a_killed_import_left_is_removed_by_the_next(
    collection: Collection, tmp_path: Path, warc_bytes: WarcBytes
) -> None:
    (collection.run / "import-0123456789abcdef.tmp").write_bytes(b"half")
    path = tmp_path / "others.warc.gz"
    path.write_bytes(warc_bytes())

    take_in(collection, path)

    assert [left.name for left in collection.run.iterdir()] == ["import.lock"]
