"""A table of the page as plain HTML: rows, cells and spans, whatever elements are around them.

Written for `fragment_markup`, read by `fragment_tables`.
"""

from __future__ import annotations

from collections.abc import Container
from html import escape

from articles.blocks import Block, BlockTree, Node


def table_markup(tree: BlockTree, table: Node, kept: Container[int], caption: str) -> str:
    """The kept text of a data table; `caption` stands over it where it has none of its own.

    Text that stands in no cell, which broken markup makes, comes before the table.
    """
    return _TableWriter(tree, table, kept).written(caption)


class _TableWriter:
    def __init__(self, tree: BlockTree, table: Node, kept: Container[int]) -> None:
        self.tree = tree
        self.table = table
        self.kept = kept
        self.rows: list[list[tuple[str, Node]]] = []
        """For each row the tag and node of each cell."""
        self.captions: list[str] = []
        self.taken = table.first_block
        """Blocks before this one are written."""
        self.stray: list[str] = []

    def written(self, caption: str) -> str:
        self._read_rows()
        self._take_stray(self.table.end_block)
        if not any(tag == "th" for row in self.rows for tag, _ in row):
            self._raise_first_row()
        said = " ".join(self.captions) or escape(caption, quote=False)
        rows = "".join(
            "<tr>" + "".join(self._cell(tag, node) for tag, node in row) + "</tr>"
            for row in self.rows
        )
        head = f"<caption>{said}</caption>" if said else ""
        return "".join(f"<p>{text}</p>" for text in self.stray) + f"<table>{head}{rows}</table>"

    def _read_rows(self) -> None:
        is_row_open = is_head = False
        for node in self.tree.nodes[self.table.index + 1 : self.table.end_node]:
            if node.tag == "caption":
                self._take_stray(node.first_block)
                self.captions.append(self._text_of(node))
                self.taken = max(self.taken, node.end_block)
            elif node.tag in ("thead", "tbody", "tfoot"):
                is_row_open, is_head = False, node.tag == "thead"
            elif node.tag == "tr":
                self.rows.append([])
                is_row_open = True
            elif node.tag in ("td", "th"):
                if not is_row_open:
                    # Browsers open a row where the page forgot it, this parser does not.
                    self.rows.append([])
                    is_row_open = True
                self._take_stray(node.first_block)
                self.rows[-1].append(("th" if is_head else node.tag, node))
                self.taken = max(self.taken, node.end_block)

    def _raise_first_row(self) -> None:
        """A first row all in bold over rows that are not is the head, though it is not set so."""
        if len(self.rows) < 2 or len(self.rows[0]) < 2:
            return
        if all(self._is_bold(node) for _, node in self.rows[0]) and not all(
            self._is_bold(node) for _, node in self.rows[1]
        ):
            self.rows[0] = [("th", node) for _, node in self.rows[0]]

    def _is_bold(self, cell: Node) -> bool:
        blocks = self._blocks_of(cell)
        return all(block.bold_characters >= 0.9 * block.characters for block in blocks)

    def _take_stray(self, end: int) -> None:
        for block in self.tree.blocks[self.taken : end]:
            if block.index in self.kept:
                self.stray.append(escape(block.text, quote=False).replace("\n", "<br>"))
        self.taken = max(self.taken, end)

    def _cell(self, tag: str, node: Node) -> str:
        spans = "".join(
            f' {name}="{int(value)}"'
            for name in ("colspan", "rowspan")
            if (value := node.element.get(name) or "").isdecimal() and len(value) < 4
        )
        return f"<{tag}{spans}>{self._text_of(node)}</{tag}>"

    def _text_of(self, node: Node) -> str:
        blocks = self._blocks_of(node)
        return " ".join(escape(block.text, quote=False).replace("\n", " ") for block in blocks)

    def _blocks_of(self, node: Node) -> list[Block]:
        return [
            block
            for block in self.tree.blocks[node.first_block : node.end_block]
            if block.index in self.kept
        ]
