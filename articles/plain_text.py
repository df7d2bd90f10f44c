"""The plain text of an article out of its sections.

Blocks are parted by a blank line; list items and table rows stand one a line, the cells of a row
parted by a tab, which no cell holds (white space inside cells is folded). Pictures and their
captions are no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from articles.record import (
    Block,
    Callout,
    Faq,
    Figure,
    ListBlock,
    ListItem,
    Quote,
    Section,
    Table,
)

CELL_SEPARATOR = "\t"
LONG_CELL = 24
"""Characters; a row of shorter equal cells ("Yes", "Yes") says it of each column."""


def plain_text(sections: Iterable[Section]) -> str:
    """Headings and blocks in order; empty where the sections hold no text."""
    return "\n\n".join(piece for section in sections for piece in _pieces(section) if piece)


def block_text(block: Block) -> str:
    """The text of one block; empty for a picture."""
    match block:
        case ListBlock():
            return "\n".join(_item_lines(block.items))
        case Table():
            return "\n".join(table_lines(block))
        case Callout():
            return f"{block.title}\n{block.text}" if block.title else block.text
        case Faq():
            return f"{block.question}\n{block.answer}"
        case Quote():
            return f"{block.text}\n{block.attribution}" if block.attribution else block.text
        case Figure():
            return ""
        case _:
            return block.text


def table_lines(table: Table) -> Iterator[str]:
    """Caption and rows, one a line, empty cells left out."""
    if table.caption:
        yield table.caption
    for row in table.rows:
        yield CELL_SEPARATOR.join(cell for cell in said_once(row) if cell)


def said_once(row: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a row; of a long text that spans the whole row all but the first are empty."""
    if len(row) > 1 and len(row[0]) >= LONG_CELL and len(set(row)) == 1:
        return (row[0], *[""] * (len(row) - 1))
    return row


def _pieces(section: Section) -> Iterator[str]:
    if section.heading:
        yield section.heading
    for block in section.blocks:
        yield block_text(block)


def _item_lines(items: Iterable[ListItem]) -> Iterator[str]:
    for item in items:
        if item.text:
            yield item.text
        yield from _item_lines(item.items)
