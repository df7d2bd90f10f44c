"""Whether a table of the page holds data, or places things on it. Asked by the text's readers."""

from __future__ import annotations

from articles.blocks import BlockTree, Node

LONGEST_CELL = 1200
"""Characters in one block of a cell; a longer one is a column of the page."""
LONGEST_CELL_OF_ONE_ROW = 200
LONGEST_CELL_OF_A_GRID = 120
"""Characters; three rows and more of such cells are data, whatever is set as a heading in them."""
MIN_ROWS_OF_A_GRID = 3


def is_layout_table(tree: BlockTree, table: Node, *, holds_heading: bool) -> bool:
    """Whether a table has one column, another table, headings or long texts in its cells."""
    if table.element.get("role") in ("presentation", "none"):
        return True
    cells_in_row = rows = widest = 0
    for inner in tree.nodes[table.index + 1 : table.end_node]:
        if inner.tag == "table":
            return True
        if inner.tag in ("tr", "tbody"):
            rows += inner.tag == "tr"
            cells_in_row = 0
        elif inner.tag in ("td", "th"):
            cells_in_row += 1
            widest = max(widest, cells_in_row)
    blocks = tree.blocks[table.first_block : table.end_block]
    longest = max((block.characters for block in blocks), default=0)
    if holds_heading and (rows < MIN_ROWS_OF_A_GRID or longest > LONGEST_CELL_OF_A_GRID):
        return True
    return widest < 2 or (rows < 2 and longest > LONGEST_CELL_OF_ONE_ROW) or longest > LONGEST_CELL
