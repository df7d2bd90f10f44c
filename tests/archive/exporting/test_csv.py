from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.collection import Collection
from archive.exporting.csv import _FORMULA, as_cell, write_csv
from archive.exporting.rows import COLUMNS, Cell
from archive.exporting.selection import Selection, read_selected
from articles.record import Contributor, StatedDate

AddArticle = Callable[..., int]


def written(collection: Collection, *, bom: bool = False) -> bytes:
    file = io.BytesIO()
    write_csv(read_selected(collection, Selection()), file, bom=bom)
    return file.getvalue()


def rows(collection: Collection) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(collection).decode(), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "\tx",
        "  =1",
        '"=1',
        "'=1",
        ' "\n =1',
        "\u200b=1",
        "\ufeff=1",
        "＝1",
        "\xa0=1",
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert as_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1+1", "a=b", "'tis", '"quoted"', "two\n=three", "5 mg"])
def test_any_other_cell_stays_as_it_is(text: str) -> None:
    assert as_cell(text) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (-3, -3),
        (0.5, 0.5),
        (["a", "b"], "a; b"),
        (["=a", "b"], "'=a; b"),
        ([], ""),
        ("a\x00b\x1bc", "a\ufffdb\ufffdc"),
    ],
)
def test_each_kind_of_value_has_one_way_to_be_written(value: Cell, cell: object) -> None:
    assert as_cell(value) == cell


@given(st.text(st.one_of(st.sampled_from("'\"=+-@\t\r\n \u200b\ufeffa"), st.characters())))
def test_the_escaping_can_be_undone(text: str) -> None:
    cell = str(as_cell(text))
    undone = cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell

    assert not _FORMULA.match(cell) or cell[0] == "'"
    assert undone == str(as_cell("x" + text))[1:]


def test_a_row_says_who_wrote_and_reviewed_and_when(
    collection: Collection, add_article: AddArticle
) -> None:
    add_article(
        'He said "drink, a lot".\n\nRest.',
        contributors=(
            Contributor(role="author", name="Ann Author"),
            Contributor(
                role="medical_reviewer",
                name="Rhea Viewer",
                credentials=("MD", "MPH"),
                specialty="Cardiology",
            ),
            Contributor(role="reviewer", name="Other Viewer"),
        ),
        dates=(StatedDate(kind="reviewed", value="2024-06", precision="month", raw="June 2024"),),
    )

    (row,) = rows(collection)

    assert list(row) == [column.name for column in COLUMNS]
    assert row["text"] == 'He said "drink, a lot".\n\nRest.'
    assert (row["authors"], row["reviewers"]) == ("Ann Author", "Rhea Viewer; Other Viewer")
    assert row["reviewer_credentials"] == "MD, MPH; "
    assert row["reviewer_specialties"] == "Cardiology; "
    assert (row["reviewed"], row["published"]) == ("2024-06", "")
    assert (row["is_sponsored"], row["rights_train"]) == ("false", "unknown")
    assert (row["version"], row["warc_file"]) == ("1", "test.warc.gz")


def test_the_file_is_utf_8_with_one_header_and_marked_only_on_demand(
    collection: Collection, add_article: AddArticle
) -> None:
    add_article("Bệnh tiểu đường.", title="=cmd|' /C calc'!A0")

    plain = written(collection)

    assert plain.startswith(b"url,site,publisher,language,title,")
    assert "Bệnh tiểu đường.".encode() in plain
    assert b",'=cmd|' /C calc'!A0," in plain
    assert written(collection, bom=True) == b"\xef\xbb\xbf" + plain
