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
    Section,
    Table,
)

CELL_SEPARATOR = "\t"
LONG_CELL = 24
"""Characters; shorter equal neighbours ("Yes", "Yes") are two cells, longer ones one that spans."""


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
        case Figure():
            return ""
        case _:
            return block.text


def table_lines(table: Table) -> Iterator[str]:
    """Caption and rows, one a line; a long cell spread over several columns is said once."""
    if table.caption:
        yield table.caption
    for row in table.rows:
        cells = [
            cell
            for at, cell in enumerate(row)
            if cell and (at == 0 or row[at - 1] != cell or len(cell) < LONG_CELL)
        ]
        yield CELL_SEPARATOR.join(cells)


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
