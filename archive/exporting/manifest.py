"""What an export is made of, to be kept beside it: selection, counts, digest, versions.

It holds no time of its own: the same collection and selection give the same manifest.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archive.exporting.rows import COLUMNS
from archive.exporting.selection import Counts, Selection
from articles.record_json import SCHEMA

MANIFEST_SCHEMA = "archiater/export/1"


def make_manifest(
    *,
    format_name: str,
    selection: Selection,
    counts: Counts,
    last_seen_at: str | None,
    bytes_written: int,
    sha256: str,
    writer: str | None,
) -> dict[str, Any]:
    """The manifest of one export; `last_seen_at` is the latest capture of any record in it."""
    return {
        "schema": MANIFEST_SCHEMA,
        "record_schema": SCHEMA,
        "format": format_name,
        "writer": writer,
        "query": selection.query,
        "filters": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(selection.filters).items()
        },
        "use": selection.use,
        "articles": counts.articles,
        "left_out": {
            "disallowed": counts.left_out_disallowed,
            "unknown": counts.left_out_unknown,
        },
        "columns": None if format_name == "jsonl" else [column.name for column in COLUMNS],
        "last_seen_at": last_seen_at,
        "bytes": bytes_written,
        "sha256": sha256,
    }


def manifest_path(out: Path) -> Path:
    """`articles.csv.manifest.json` for `articles.csv`."""
    return out.with_name(out.name + ".manifest.json")


def manifest_text(manifest: dict[str, Any]) -> str:
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
