"""Which blocks of a page are its site's template, by what stands on the site's other pages.

That a block is repeated is no proof: authors say "Call your doctor." on many pages, and rightly so.
How much is asked for depends on how the block stands in the page:

* in a box of its own, beside the text, it goes where several texts have it;
* in line with the text, as a paragraph among its like, only where most of the site's texts have it;
* a short sentence in line never goes, nor a paragraph that leads over to what is the page's own;
* a list or a data table goes as a whole or not at all; a heading when nothing is left under it.

Where half of the text or more would go, the page is one of a series of like pages and nothing does.
Called by `main_content` alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from articles.block_choice import Choice
from articles.block_scoring import features_of, reading_size
from articles.blocks import HEADINGS, Block, BlockTree, Node
from articles.fingerprint import block_key
from articles.markup_hints import CALLOUT, TAKEAWAYS
from articles.site_knowledge import SiteKnowledge
from articles.tables import is_layout_table

LONGEST_STOCK_SENTENCE = 60.0
"""Reading size; sentences as short as this are said again and again by authors."""
LONGEST_LABEL = 120
"""Characters of a line in bold that serves as a heading."""
MOST_OF_TEXT = 0.5
"""Of the text; a template that would take more is none."""

_LISTS = frozenset(("ul", "ol", "dl"))
_CELLS = frozenset(("td", "th"))
_COLONS = (":", "：")

_Shape = tuple[str, str]
"""Tag and class of an element: paragraphs among their like have the same."""


def without_template(
    choice: Choice, tree: BlockTree, root: Node, knowledge: SiteKnowledge
) -> Choice:
    """The choice of what stands under `root` without the blocks that are the site's template."""
    found = _find_template(choice.kept, tree, root, knowledge)
    gone = sum(reading_size(block.text) for block in choice.kept if block.index in found)
    whole = sum(reading_size(block.text) for block in choice.kept)
    if not found or gone >= MOST_OF_TEXT * whole:
        return choice
    left = [block for block in choice.kept if block.index not in found]
    empty = _empty_headings(left)
    return replace(
        choice,
        kept=tuple(block for block in left if block.index not in empty),
        dropped={
            **choice.dropped,
            **dict.fromkeys(found, "site template"),
            **dict.fromkeys(empty, "empty heading"),
        },
        size=whole - gone,
    )


def _empty_headings(blocks: Sequence[Block]) -> frozenset[int]:
    """Headings under which nothing is left."""
    empty: set[int] = set()
    open_headings: list[Block] = []
    for block in blocks:
        if block.tag not in HEADINGS:
            open_headings.clear()
            continue
        while open_headings and open_headings[-1].tag >= block.tag:
            empty.add(open_headings.pop().index)
        open_headings.append(block)
    return frozenset(empty | {block.index for block in open_headings})


def _find_template(
    kept: Sequence[Block], tree: BlockTree, root: Node, knowledge: SiteKnowledge
) -> frozenset[int]:
    keys = {block.index: block_key(block.text) for block in kept}
    if not any(map(knowledge.is_on_several, keys.values())):
        return frozenset()
    return _Template(tree, root, kept, keys, knowledge).find()


@dataclass(slots=True)
class _Piece:
    """A paragraph, or a whole list or table: what goes or stays together."""

    node: Node
    blocks: list[Block]
    is_known: bool = False
    is_on_most: bool = False


class _Template:
    def __init__(
        self,
        tree: BlockTree,
        root: Node,
        kept: Sequence[Block],
        keys: dict[int, int],
        knowledge: SiteKnowledge,
    ) -> None:
        self.tree = tree
        self.root = root
        self.keys = keys
        self.knowledge = knowledge
        self._headings = [block.index for block in kept if block.tag in HEADINGS]
        self._lists, self._tables = self._outermost()
        self.pieces = list(self._pieces(kept))
        own = [piece for piece in self.pieces if not piece.is_known]
        self._boxes, self._callouts = self._boxes_beside(own)
        self._own_shapes = {_shape(piece.node) for piece in own}
        self._beside = self._shapes_beside(own)
        self._subheadings = self._shapes_of_subheadings()

    def find(self) -> frozenset[int]:
        gone: set[int] = set()
        for piece, following in zip(self.pieces, [*self.pieces[1:], None], strict=True):
            if piece.is_known and self._goes(piece, following):
                gone.update(block.index for block in piece.blocks)
        self._add_labels(gone)
        return frozenset(gone)

    def _pieces(self, kept: Sequence[Block]) -> Iterator[_Piece]:
        """Everything but the headings, in document order."""
        current: _Piece | None = None
        for block in kept:
            if block.tag in HEADINGS:
                continue
            whole = self._list_around(block)
            if current is not None and whole is not None and current.node is whole:
                current.blocks.append(block)
                continue
            if current is not None:
                yield self._judged(current)
            current = _Piece(whole or self.tree.nodes[block.node], [block])
        if current is not None:
            yield self._judged(current)

    def _list_around(self, block: Block) -> Node | None:
        """The outermost list or data table inside the container that holds the block."""
        found = self._lists.get(block.node)
        return self._tables.get(block.node) if found is None and block.tag in _CELLS else found

    def _outermost(self) -> tuple[dict[int, Node], dict[int, Node]]:
        """By node the outermost list or data table around it, and the outermost table of any kind.

        Over all nodes at once: where elements are nested by the thousand, asking each block for
        what is around it would take its depth every time.
        """
        lists: dict[int, Node] = {}
        tables: dict[int, Node] = {}
        for node in self._inside():
            is_table = node.tag == "table"
            around = lists.get(node.parent)
            if around is None and (node.tag in _LISTS or (is_table and self._is_data_table(node))):
                around = node
            if around is not None:
                lists[node.index] = around
            around = tables.get(node.parent, node if is_table else None)
            if around is not None:
                tables[node.index] = around
        return lists, tables

    def _inside(self) -> list[Node]:
        """What stands in the container, an element before what it holds."""
        return self.tree.nodes[self.root.index + 1 : self.root.end_node]

    def _is_data_table(self, node: Node) -> bool:
        at = bisect_left(self._headings, node.first_block)
        holds_heading = at < len(self._headings) and self._headings[at] < node.end_block
        return not is_layout_table(self.tree, node, holds_heading=holds_heading)

    def _judged(self, piece: _Piece) -> _Piece:
        keys = [self.keys[block.index] for block in piece.blocks]
        piece.is_known = all(map(self.knowledge.is_on_several, keys))
        piece.is_on_most = all(map(self.knowledge.is_on_most, keys))
        return piece

    def _goes(self, piece: _Piece, following: _Piece | None) -> bool:
        first = piece.blocks[0]
        if len(piece.blocks) == 1:
            if _is_label(first):
                return False
            leads_over = following is not None and not following.is_known
            is_subheading = _shape(piece.node) in self._subheadings
            if leads_over and (first.text.endswith(_COLONS) or is_subheading):
                return False
        box = self._box(piece)
        if box is not None and box.index not in self._callouts:
            return piece.is_on_most or not self._is_stock_sentence(piece)
        return piece.is_on_most and (box is not None or not self._is_stock_sentence(piece))

    def _is_stock_sentence(self, piece: _Piece) -> bool:
        block = piece.blocks[0]
        return (
            len(piece.blocks) == 1
            and features_of(block).is_sentence
            and reading_size(block.text) < LONGEST_STOCK_SENTENCE
        )

    def _add_labels(self, gone: set[int]) -> None:
        """Lines in bold that open what is gone; like a heading they go with what is under them."""
        following_is_gone = True
        for piece in reversed(self.pieces):
            block = piece.blocks[0]
            if piece.is_known and following_is_gone and _is_label(block):
                gone.add(block.index)
            following_is_gone = block.index in gone

    def _box(self, piece: _Piece) -> Node | None:
        """The widest element around a piece with nothing of the page's own, where it is a box.

        None where its like beside it holds own text: a paragraph among paragraphs, a section among
        sections.
        """
        box = self._boxes.get(piece.node.index)
        if box is None or _shape(box) in self._beside.get(box.parent, ()):
            return None
        return None if box is piece.node and _shape(box) in self._own_shapes else box

    def _boxes_beside(self, own: Sequence[_Piece]) -> tuple[dict[int, Node], frozenset[int]]:
        """By node the widest element around it without own text; the nodes that are in callouts."""
        marks = [0] * len(self.tree.blocks)
        for piece in own:
            for block in piece.blocks:
                marks[block.index] = 1
        before = list(accumulate(marks, initial=0))
        boxes: dict[int, Node] = {}
        callouts: set[int] = set()
        for node in self._inside():
            if node.parent in callouts or node.hints & (CALLOUT | TAKEAWAYS):
                callouts.add(node.index)
            if node.parent in boxes:
                boxes[node.index] = boxes[node.parent]
            elif before[node.end_block] == before[node.first_block]:
                boxes[node.index] = node
        return boxes, frozenset(callouts)

    def _shapes_of_subheadings(self) -> set[_Shape]:
        """Of elements that serve as headings: two different labels that open own text have it."""
        labels: dict[_Shape, set[int]] = {}
        for piece, following in pairwise(self.pieces):
            block = piece.blocks[0]
            opens_own = piece.is_known and not following.is_known and len(piece.blocks) == 1
            if opens_own and not features_of(block).is_sentence:
                labels.setdefault(_shape(piece.node), set()).add(self.keys[block.index])
        return {shape for shape, keys in labels.items() if len(keys) > 1} - self._own_shapes

    def _shapes_beside(self, own: Sequence[_Piece]) -> dict[int, set[_Shape]]:
        """By parent the shapes of those children that hold text of the page's own."""
        shapes: dict[int, set[_Shape]] = {}
        seen: set[int] = set()
        for piece in own:
            for node in self.tree.ancestors(piece.node.index):
                if node.index <= self.root.index or node.index in seen:
                    break
                seen.add(node.index)
                shapes.setdefault(node.parent, set()).add(_shape(node))
        return shapes


def _shape(node: Node) -> _Shape:
    return node.tag, node.element.get("class") or ""


def _is_label(block: Block) -> bool:
    """Whether a paragraph is a heading but for its tag."""
    return (
        block.characters <= LONGEST_LABEL
        and block.bold_characters > 0.5 * block.characters
        and not features_of(block).is_sentence
    )
