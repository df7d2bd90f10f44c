from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from archive.cdxj_index import index_path, update_cdxj
from archive.collection import Collection
from archive.exporting.cdxj import export_cdxj
from archive.exporting.files import FileExists
from archive.exporting.selection import Selection
from archive.searching.filters import Filters
from archive.searching.index import index_pending


def urls(text: bytes) -> list[str]:
    return [json.loads(line.split(b" ", 2)[2])["url"] for line in text.splitlines()]


def test_the_whole_index_is_that_which_the_collection_keeps(
    archived: Collection, tmp_path: Path
) -> None:
    update_cdxj(archived)
    out = tmp_path / "index.cdxj"

    told = export_cdxj(archived, out)

    assert out.read_bytes() == index_path(archived).read_bytes()
    assert (told["lines"], told["bytes"]) == (7, out.stat().st_size)


def test_a_selection_has_the_lines_of_its_captures(archived: Collection) -> None:
    index_pending(archived)
    file = io.BytesIO()

    export_cdxj(archived, file, Selection(query="cough"))
    assert urls(file.getvalue()) == ["https://example.org/cough", "https://example.org/style.css"]

    file = io.BytesIO()
    export_cdxj(archived, file, Selection(filters=Filters(sites=("example.net",))))
    assert urls(file.getvalue()) == ["https://example.net/rash"]


def test_nothing_selected_is_no_line(archived: Collection) -> None:
    file = io.BytesIO()

    told = export_cdxj(archived, file, Selection(filters=Filters(sites=("nowhere",))))

    assert (told["lines"], file.getvalue()) == (0, b"")


def test_a_name_in_gz_is_compressed(archived: Collection, tmp_path: Path) -> None:
    export_cdxj(archived, tmp_path / "index.cdxj.gz")
    export_cdxj(archived, tmp_path / "index.cdxj")

    packed = gzip.decompress((tmp_path / "index.cdxj.gz").read_bytes())
    assert packed == (tmp_path / "index.cdxj").read_bytes()


def test_an_existing_file_is_kept_unless_force_is_given(
    archived: Collection, tmp_path: Path
) -> None:
    out = tmp_path / "index.cdxj"
    out.write_text("precious")

    with pytest.raises(FileExists):
        export_cdxj(archived, out)

    export_cdxj(archived, out, force=True)
    assert len(urls(out.read_bytes())) == 7
