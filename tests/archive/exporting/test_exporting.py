from __future__ import annotations

import errno
import gzip
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.collection import Collection
from archive.errors import BadQuery, DiskFull
from archive.exporting.exporting import FORMATS, Format, export
from archive.exporting.files import CannotWrite, Digested, FileExists
from archive.exporting.manifest import manifest_path
from archive.exporting.selection import Selection
from archive.searching.filters import Filters

AddArticle = Callable[..., int]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "articles"


@pytest.fixture
def filled(collection: Collection, add_article: AddArticle) -> Collection:
    for name in ("b", "a", "c"):
        add_article(f"Text of {name}: bệnh.", url=f"https://example.org/{name}", title=name)
    return collection


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_same_collection_gives_the_same_bytes(
    filled: Collection, out: Path, format_name: Format
) -> None:
    first = export(filled, format_name, out.with_suffix(".1"), with_manifest=True)
    second = export(filled, format_name, out.with_suffix(".2"), with_manifest=True)

    assert out.with_suffix(".1").read_bytes() == out.with_suffix(".2").read_bytes()
    assert first == second


def test_a_rebuilt_database_gives_the_same_bytes(
    collection: Collection, add_article: AddArticle, out: Path
) -> None:
    # Row ids differ: the articles are stored in another order.
    names = ["a", "b", "c"]
    for name in names:
        add_article(f"Text {name}.", url=f"https://example.org/{name}")
    export(collection, "jsonl", out.with_suffix(".1"))
    with collection.transaction() as connection:
        connection.execute("pragma defer_foreign_keys = on")
        for table, column in (
            ("articles", "id"),
            ("versions", "article_id"),
            ("observations", "article_id"),
            ("credits", "article_id"),
            ("article_dates", "article_id"),
            ("rights", "article_id"),
        ):
            connection.execute(f"update {table} set {column} = 100 - {column}")  # noqa: S608

    export(collection, "jsonl", out.with_suffix(".2"))

    assert out.with_suffix(".1").read_bytes() == out.with_suffix(".2").read_bytes()


def test_the_manifest_tells_what_was_chosen_and_what_was_written(
    filled: Collection, out: Path
) -> None:
    selection = Selection(query="bệnh", filters=Filters(languages=("en",)), use="train")

    manifest = export(filled, "csv", out, selection, with_manifest=True)

    assert manifest["query"] == "bệnh"
    assert manifest["filters"]["languages"] == ["en"]
    assert (manifest["use"], manifest["articles"]) == ("train", 0)
    assert manifest["left_out"] == {"disallowed": 0, "unknown": 3}
    assert manifest["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert manifest["bytes"] == out.stat().st_size
    assert json.loads(manifest_path(out).read_text("utf-8")) == manifest


def test_the_manifest_is_written_only_on_demand(filled: Collection, out: Path) -> None:
    manifest = export(filled, "jsonl", out)

    assert manifest["articles"] == 3
    assert manifest["last_seen_at"] == "2026-01-01T12:00:00.000000Z"
    assert list(out.parent.iterdir()) == [out]


def test_a_name_in_gz_is_compressed_without_a_time(filled: Collection, out: Path) -> None:
    packed = out.with_suffix(".gz")
    export(filled, "jsonl", out)

    export(filled, "jsonl", packed)

    assert gzip.decompress(packed.read_bytes()) == out.read_bytes()
    assert packed.read_bytes()[4:8] == b"\0\0\0\0"


@pytest.mark.parametrize("format_name", ["jsonl", "csv"])
def test_standard_output_gets_the_bytes_of_the_file(
    filled: Collection, out: Path, format_name: Format
) -> None:
    stream = io.BytesIO()

    manifest = export(filled, format_name, stream)

    assert manifest == export(filled, format_name, out)
    assert stream.getvalue() == out.read_bytes()


def test_each_record_is_told_once_it_is_written(filled: Collection, out: Path) -> None:
    told: list[tuple[int, int]] = []

    export(filled, "jsonl", out, on_record=lambda done, of: told.append((done, of)))

    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_existing_file_is_kept_unless_force_is_given(filled: Collection, out: Path) -> None:
    out.write_text("precious")

    with pytest.raises(FileExists, match="exists already; choose another name or give --force"):
        export(filled, "jsonl", out)

    assert out.read_text() == "precious"
    export(filled, "jsonl", out, force=True)
    assert out.read_text("utf-8").startswith('{"schema":')


def test_an_existing_manifest_is_kept_too(filled: Collection, out: Path) -> None:
    manifest_path(out).write_text("precious")

    with pytest.raises(FileExists):
        export(filled, "jsonl", out, with_manifest=True)

    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "format_name", "kind", "said"),
    [
        ("nowhere/a.csv", "csv", CannotWrite, "there is no such folder"),
        (".", "csv", CannotWrite, "is a folder"),
        ("a.parquet.gz", "parquet", BadQuery, "is compressed already"),
        ("a.xml", "xml", BadQuery, "it is jsonl, csv, parquet"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_read(
    filled: Collection, out: Path, name: str, format_name: Any, kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=said):
        export(filled, format_name, out.parent / name)

    assert list(out.parent.iterdir()) == []


def test_parquet_does_not_go_to_standard_output(filled: Collection) -> None:
    with pytest.raises(BadQuery, match="name a file"):
        export(filled, "parquet", io.BytesIO())


@pytest.mark.parametrize(("code", "kind"), [(errno.ENOSPC, DiskFull), (errno.EACCES, CannotWrite)])
def test_a_failure_while_writing_leaves_no_file_and_the_old_one_whole(
    filled: Collection,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    kind: type[Exception],
) -> None:
    out.write_text("old")
    write = Digested.write
    written: list[int] = []

    def fail_at_the_second(self: Any, block: Any) -> int:
        written.append(len(block))
        if len(written) == 2:
            raise OSError(code, "the disk says no")
        return write(self, block)

    monkeypatch.setattr(Digested, "write", fail_at_the_second)

    with pytest.raises(kind, match="the disk says no"):
        export(filled, "jsonl", out, force=True)

    assert list(out.parent.iterdir()) == [out]
    assert out.read_text() == "old"
    assert not filled.connection.in_transaction
