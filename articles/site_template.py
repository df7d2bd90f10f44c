"""Which blocks of a page are its site's template, by what stands on the site's other pages.

That a block is repeated is no proof: authors say "Call your doctor." on many pages, and rightly so.
How much is asked for depends on how the block stands in the page:

* in a box of its own, beside the text, it goes where several texts have it;
* in line with the text, as a paragraph among its like, only where most of the site's texts have it;
* a short sentence in line never goes, nor a paragraph that leads over to what is the page's own;
* a list or a data table goes as a whole or not at all; a heading when nothing is left under it.

Where half of the text or more would go, the page is one of a series of like pages and nothing does.
Called by `block_choice` alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from articles.block_scoring import features_of, reading_size
from articles.blocks import HEADINGS, Block, BlockTree, Node
from articles.fingerprint import block_key
from articles.markup_hints import CALLOUT, TAKEAWAYS
from articles.site_knowledge import SiteKnowledge

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


def find_template(
    tree: BlockTree,
    root: Node,
    kept: Sequence[Block],
    cells: frozenset[int],
    knowledge: SiteKnowledge,
) -> frozenset[int]:
    """Indexes of those of the `kept` blocks that are the site's template.

    `cells` are the blocks of data tables.
    """
    keys = {block.index: block_key(block.text) for block in kept}
    if not any(knowledge.is_on_several(key) for key in keys.values()):
        return frozenset()
    found = _Template(tree, root, kept, cells, keys, knowledge).find()
    gone = sum(reading_size(block.text) for block in kept if block.index in found)
    whole = sum(reading_size(block.text) for block in kept)
    return found if gone < MOST_OF_TEXT * whole else frozenset()


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
        cells: frozenset[int],
        keys: dict[int, int],
        knowledge: SiteKnowledge,
    ) -> None:
        self.tree = tree
        self.root = root
        self.cells = cells
        self.keys = keys
        self.knowledge = knowledge
        self.pieces = list(self._pieces(kept))
        own = [piece for piece in self.pieces if not piece.is_known]
        self._own_before = self._count_own(own)
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
        found = None
        is_cell = block.index in self.cells or block.tag in _CELLS
        for node in self.tree.ancestors(block.node):
            if node.index <= self.root.index:
                break
            if node.tag in _LISTS or (node.tag == "table" and is_cell):
                found = node
        return found

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
        if box is not None and not self._is_callout(box):
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
        if piece.node.index <= self.root.index:
            return None
        box = piece.node
        for node in self.tree.ancestors(piece.node.parent):
            if node.index <= self.root.index or self._holds_own(node):
                break
            box = node
        if _shape(box) in self._beside.get(box.parent, ()):
            return None
        if box is piece.node and _shape(box) in self._own_shapes:
            return None
        return box

    def _is_callout(self, box: Node) -> bool:
        return any(
            node.hints & (CALLOUT | TAKEAWAYS)
            for node in self.tree.ancestors(box.index)
            if node.index > self.root.index
        )

    def _shapes_of_subheadings(self) -> set[_Shape]:
        """Of elements that serve as headings: two different labels that open own text have it."""
        labels: dict[_Shape, set[int]] = {}
        for piece, following in pairwise(self.pieces):
            block = piece.blocks[0]
            opens_own = piece.is_known and not following.is_known and len(piece.blocks) == 1
            if opens_own and not features_of(block).is_sentence:
                labels.setdefault(_shape(piece.node), set()).add(self.keys[block.index])
        return {shape for shape, keys in labels.items() if len(keys) > 1} - self._own_shapes

    def _count_own(self, own: Sequence[_Piece]) -> list[int]:
        marks = [0] * len(self.tree.blocks)
        for piece in own:
            for block in piece.blocks:
                marks[block.index] = 1
        return list(accumulate(marks, initial=0))

    def _holds_own(self, node: Node) -> bool:
        return self._own_before[node.end_block] > self._own_before[node.first_block]

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
