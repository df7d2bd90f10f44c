"""A table of the page, whatever elements are around its cells: as a value, or as plain HTML.

Called by `fragment_markup`; `fragment_tables` makes the value, also of the HTML.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from html import escape

from articles.blocks import Block, BlockTree, Node
from articles.fragment_tables import Cell, table_of
from articles.record import Paragraph, Table


def table_blocks(
    tree: BlockTree, table: Node, kept: Container[int], caption: str
) -> Iterator[Paragraph | Table]:
    """A data table as a value, after paragraphs of the text in it that stands in no cell.

    `caption` stands over it where it has none of its own.
    """
    yield from _TableWriter(tree, table, kept).blocks(caption)


def table_markup(tree: BlockTree, table: Node, kept: Container[int], caption: str) -> str:
    """The same as HTML, for a table that stands in another structure."""
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

    def blocks(self, caption: str) -> Iterator[Paragraph | Table]:
        self._read()
        for text in self.stray:
            lines = (" ".join(line.split()) for line in text.split("\n"))
            if folded := "\n".join(line for line in lines if line):
                yield Paragraph(text=folded)
        rows = ([self._cell(tag, node) for tag, node in row] for row in self.rows)
        table = table_of(rows, " ".join(self.captions) or caption)
        if table is not None:
            yield table

    def written(self, caption: str) -> str:
        self._read()
        lines = (_escaped(text).replace("\n", "<br>") for text in self.stray)
        stray = "".join(f"<p>{line}</p>" for line in lines)
        said = " ".join(self.captions) or caption
        head = f"<caption>{_escaped(said)}</caption>" if said else ""
        rows = "".join(
            "<tr>" + "".join(_markup(self._cell(tag, node)) for tag, node in row) + "</tr>"
            for row in self.rows
        )
        return f"{stray}<table>{head}{rows}</table>"

    def _read(self) -> None:
        self._read_rows()
        self._take_stray(self.table.end_block)
        if not any(tag == "th" for row in self.rows for tag, _ in row):
            self._raise_first_row()

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
                self.stray.append(block.text)
        self.taken = max(self.taken, end)

    def _cell(self, tag: str, node: Node) -> Cell:
        width, height = _span(node, "colspan"), _span(node, "rowspan")
        return Cell(self._text_of(node), tag == "th", width, height)

    def _text_of(self, node: Node) -> str:
        return " ".join(" ".join(block.text for block in self._blocks_of(node)).split())

    def _blocks_of(self, node: Node) -> list[Block]:
        return [
            block
            for block in self.tree.blocks[node.first_block : node.end_block]
            if block.index in self.kept
        ]


def _span(cell: Node, name: str) -> int:
    value = cell.element.get(name) or ""
    return max(1, int(value)) if value.isdecimal() and len(value) < 4 else 1


def _markup(cell: Cell) -> str:
    tag = "th" if cell.is_header else "td"
    width = f' colspan="{cell.width}"' if cell.width > 1 else ""
    height = f' rowspan="{cell.height}"' if cell.height > 1 else ""
    return f"<{tag}{width}{height}>{_escaped(cell.text)}</{tag}>"


def _escaped(text: str) -> str:
    return escape(text, quote=False)
