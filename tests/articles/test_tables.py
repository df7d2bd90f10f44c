"""Cells of data tables are values, whatever they say; cells that only place things are not."""

from __future__ import annotations

from articles.extract import extract
from articles.page import Page
from articles.record import Table

TEXT = "".join(
    f"<p>Sentence {n} of this article speaks at length about heartburn and about what helps against"
    " it when supper was late and rich.</p>"
    for n in range(4)
)
REPEATED = "Less common but serious risks include blood clots, stroke and heart attack."


def table_of(*rows: tuple[str, ...]) -> Table:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = Page(
        url="https://health.example/heartburn",
        body=f"<main><h1>Heartburn</h1>{TEXT}<table>{cells}</table>{TEXT}</main>".encode(),
    )
    blocks = [block for section in extract(page).sections for block in section.blocks]
    return next(block for block in blocks if isinstance(block, Table))


def test_a_cell_that_reads_like_a_call_to_action_stays() -> None:
    table = table_of(("Sign", "What to do"), ("burning twice a week", "make an appointment"))

    assert table.rows[1] == ("burning twice a week", "make an appointment")


def test_a_cell_that_says_the_same_as_one_above_stays() -> None:
    table = table_of(("Method", "Risks"), ("Patch", REPEATED), ("Ring", REPEATED))

    assert [row[1] for row in table.rows] == ["Risks", REPEATED, REPEATED]


def test_cells_of_signs_alone_stay() -> None:
    table = table_of(("Shop", "Price"), ("Corner pharmacy", "$$"), ("Hospital", "–"))

    assert [row[1] for row in table.rows] == ["Price", "$$", "–"]


def test_phrases_leave_a_table_that_only_places_things() -> None:
    page = f"<table><tr><td><h1>Heartburn</h1>{TEXT}<p>Make an appointment</p></td></tr></table>"

    text = extract(Page(url="https://health.example/heartburn", body=page.encode())).text

    assert "heartburn" in text
    assert "appointment" not in text
