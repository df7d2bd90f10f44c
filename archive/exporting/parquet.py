"""Parquet: the flat columns typed, with contributors and references as lists of structs.

The same records give the same bytes: row groups of one size, one compression, no time of writing.
Only another version of pyarrow writes another `created_by`; the manifest names it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa  # type: ignore[import-untyped] # ships no stubs
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from archive.exporting.rows import COLUMNS, flat_row
from archive.texts import Record
from articles.record_json import SCHEMA

# About 10 MB of text: small enough to hold, large enough to compress.
ROWS_IN_GROUP = 2000
_COMPRESSION_LEVEL = 3

_CONTRIBUTOR = (
    *("role", "name", "kind", "prefix", "specialty", "job_title", "affiliation"),
    *("profile_url", "licence", "scope"),
)
_REFERENCE = ("text", "url", "doi", "pmid", "pmcid", "isbn")


def write_parquet(records: Iterable[Record], file: BinaryIO) -> None:
    """Write the records in row groups of `ROWS_IN_GROUP`, compressed with zstd."""
    schema = parquet_schema()
    with pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        compression_level=_COMPRESSION_LEVEL,
        version="2.6",
        data_page_version="1.0",
    ) as writer:
        for rows in _in_groups(map(_row, records)):
            writer.write_batch(pa.RecordBatch.from_pylist(rows, schema=schema))


@lru_cache(maxsize=1)
def parquet_schema() -> Any:
    """The columns of `rows.COLUMNS`, then contributors, references and sections (JSON)."""
    types = {
        "text": pa.string(),
        "number": pa.int64(),
        "fraction": pa.float64(),
        "truth": pa.bool_(),
        "texts": pa.list_(pa.string()),
    }
    contributor = pa.struct(
        [
            *((name, pa.string()) for name in _CONTRIBUTOR),
            ("credentials", pa.list_(pa.string())),
        ]
    )
    reference = pa.struct([(name, pa.string()) for name in _REFERENCE])
    return pa.schema(
        [
            *((column.name, types[column.kind]) for column in COLUMNS),
            ("contributors", pa.list_(contributor)),
            ("references", pa.list_(reference)),
            ("sections", pa.string()),
        ],
        metadata={"archiater.schema": SCHEMA},
    )


def _row(record: Record) -> dict[str, Any]:
    return {
        **flat_row(record),
        "contributors": [
            {key: part[key] for key in (*_CONTRIBUTOR, "credentials")}
            for part in record["contributors"]
        ],
        "references": [
            {key: reference[key] for key in _REFERENCE} for reference in record["references"]
        ],
        "sections": json.dumps(record["sections"], ensure_ascii=False, separators=(",", ":")),
    }


def _in_groups(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while group := list(islice(rows, ROWS_IN_GROUP)):
        yield group
