from __future__ import annotations

from articles.plain_text import plain_text
from articles.record import (
    Callout,
    Faq,
    Figure,
    Image,
    ListBlock,
    ListItem,
    Paragraph,
    Section,
    Table,
)


def test_blocks_are_parted_by_blank_lines_and_items_and_rows_by_line_breaks() -> None:
    sections = (
        Section(heading=None, level=None, blocks=(Paragraph(text="Lead."),)),
        Section(
            heading="Signs",
            level=2,
            blocks=(
                ListBlock(items=(ListItem(text="Rash", items=(ListItem(text="red"),)),
                                 ListItem(text="Fever"))),
                Table(rows=(("Age", "Dose"), ("2", "5 ml")), caption="Doses"),
                Faq(question="Why?", answer="So."),
                Callout(text="Rest.", title="Tip"),
            ),
        ),
    )  # fmt: skip

    assert plain_text(sections) == (
        "Lead.\n\nSigns\n\nRash\nred\nFever\n\nDoses\nAge\tDose\n2\t5 ml\n\nWhy?\nSo.\n\nTip\nRest."
    )


def test_a_picture_is_no_text() -> None:
    picture = Figure(image=Image(url="https://x.example/a.jpg", alt="icon", caption="A caption"))

    assert plain_text([Section(heading=None, level=None, blocks=(picture,))]) == ""


def test_a_long_cell_that_spans_columns_is_said_once_and_short_ones_stay() -> None:
    wide = "This row speaks of all the columns"
    table = Table(rows=((wide, wide, wide), ("Yes", "Yes", "No"), ("", "a", "")))

    text = plain_text([Section(heading=None, level=None, blocks=(table,))])

    assert text == f"{wide}\nYes\tYes\tNo\na"


def test_nothing_gives_the_empty_text() -> None:
    assert plain_text(()) == ""
