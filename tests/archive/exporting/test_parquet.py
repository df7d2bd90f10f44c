from __future__ import annotations

import io
import json
from collections.abc import Callable

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from archive.collection import Collection
from archive.exporting import parquet
from archive.exporting.rows import COLUMNS, flat_row
from archive.exporting.selection import Selection, read_selected
from archive.reading import article_record
from articles.record import Reference, Statement

AddArticle = Callable[..., int]


def written(collection: Collection) -> bytes:
    file = io.BytesIO()
    parquet.write_parquet(read_selected(collection, Selection()), file)
    return file.getvalue()


def test_a_row_reads_back_as_it_was(collection: Collection, add_article: AddArticle) -> None:
    add_article(
        "Bệnh tiểu đường.",
        keywords=("a", "b"),
        sponsored=Statement(raw="Paid by X"),
        references=(Reference(text="A study", doi="10.1000/x"),),
    )
    record = article_record(collection, "https://example.org/fever")

    (row,) = pq.read_table(io.BytesIO(written(collection))).to_pylist()

    assert {column.name: row[column.name] for column in COLUMNS} == flat_row(record)
    assert row["keywords"] == ["a", "b"]
    assert row["is_sponsored"] is True
    assert [part["name"] for part in row["contributors"]] == ["Ann Author", "Rhea Viewer"]
    assert row["contributors"][1]["credentials"] == ["MD"]
    assert row["references"][0]["doi"] == "10.1000/x"
    assert json.loads(row["sections"]) == record["sections"]


def test_rows_stand_in_groups_of_one_size_and_no_time_is_written(
    collection: Collection, add_article: AddArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROWS_IN_GROUP", 2)
    for name in "abcde":
        add_article(f"Text {name}.", url=f"https://example.org/{name}")

    file = pq.ParquetFile(io.BytesIO(written(collection)))

    groups = [file.metadata.row_group(at).num_rows for at in range(file.metadata.num_row_groups)]
    assert groups == [2, 2, 1]
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    assert file.schema_arrow.metadata == {b"archiater.schema": b"archiater/article/1"}
    assert written(collection) == written(collection)


def test_no_article_is_a_file_with_columns_and_without_rows(collection: Collection) -> None:
    table = pq.read_table(io.BytesIO(written(collection)))

    assert table.num_rows == 0
    assert table.column_names[:2] == ["url", "site"]
