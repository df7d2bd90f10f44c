"""The kept blocks as pieces: headings and paragraphs as they are, the rest as small, plain HTML.

The HTML holds only a score of tags without classes, so that `fragment` can read it with Beautiful
Soup in a few rules: the depth is bounded, layout tables and wrapper elements are gone, boxes are
`<aside>`, questions with answers `<details>`, pictures `<figure>`. The page's own tree is not
touched. Called by `fragment`.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from articles.blocks import HEADINGS, Block, BlockTree, Node
from articles.images import picture_of
from articles.main_content import MainContent
from articles.markup_hints import ACCORDION, CALLOUT, CAPTION, TAKEAWAYS
from articles.tables import is_layout_table

MAX_DEPTH = 24
"""Open structural elements; what is nested deeper is written at this depth."""
MAX_BOX = 1500
"""Characters of a callout; a larger box is a part of the text that has a frame."""


class Piece(NamedTuple):
    """One heading or paragraph, or a run of blocks that have a structure."""

    tag: str
    """`h2` and the like, or `p`; empty for a structure."""
    text: str
    """Plain text with line breaks; for a structure its HTML."""


def write_fragment(main: MainContent, base_url: str) -> list[Piece]:
    """The kept blocks and the pictures among them, in document order."""
    return _Writer(main, base_url).written()


_STRUCTURE = frozenset(
    ("ul", "ol", "li", "dl", "dt", "dd", "table", "blockquote", "pre", "details", "summary")
)


_BOXES_AWAY = frozenset(("card", "related", "bio", "ad", "newsletter", "consult"))


class _Writer:
    def __init__(self, main: MainContent, base_url: str) -> None:
        self.main = main
        self.tree: BlockTree = main.tree
        self.base_url = base_url
        self.pieces: list[Piece] = []
        self.out: list[str] = []
        """HTML of the structure being written."""
        self.open: list[tuple[int, str]] = []
        self.kept = {block.index: block for block in main.choice.kept}
        self._heading_at = [block.index for block in main.choice.kept if block.tag in HEADINGS]
        self._roles: dict[int, str | None] = {}
        self._question: int | None = None
        """The accordion node whose question is open, where an answer is being written."""

    def written(self) -> list[Piece]:
        table_end = -1
        for block in self._blocks_and_pictures():
            if block.index < table_end:
                continue
            chain = self._chain(block)
            if block.tag == "img":
                self._write_picture(block, chain)
                continue
            self._move_to(chain)
            if chain and chain[-1][1] == "table":
                node = self.tree.nodes[chain[-1][0]]
                self._write_table(node)
                table_end = node.end_block
            else:
                self._write_block(block)
        self._move_to([])
        self._end_structure()
        return self.pieces

    def _end_structure(self) -> None:
        if self.out:
            self.pieces.append(Piece("", "".join(self.out)))
            self.out.clear()

    def _write_plain(self, tag: str, text: str) -> None:
        """A heading or paragraph outside all structures, which needs no reading."""
        self._end_structure()
        self.pieces.append(Piece(tag, text))

    def _blocks_and_pictures(self) -> Iterator[Block]:
        kept = self.main.choice.kept
        if not kept:
            return
        blocks = self.tree.blocks
        first, last = self._first_picture(kept[0].index), kept[-1].index
        for block in blocks[first : last + 1]:
            if block.index in self.kept:
                yield self.kept[block.index]
            elif block.tag == "img" and self._is_of_the_article(block):
                yield block

    def _first_picture(self, first: int) -> int:
        """The picture under the headline stands above the text, often outside its container."""
        headline = self.main.headline
        return headline + 1 if headline is not None and first - 40 < headline < first else first

    def _is_of_the_article(self, picture: Block) -> bool:
        """Whether a picture is no part of an ad, a card or a box that left the text."""
        if self.main.excluded[picture.index]:
            return False
        following = self.tree.blocks[picture.index + 1 : picture.index + 6]
        after = next((block for block in following if block.text), None)
        return after is None or self.main.choice.dropped.get(after.index) not in _BOXES_AWAY

    def _chain(self, block: Block) -> list[tuple[int, str]]:
        """The structural elements around a block, outermost first; a table ends the chain."""
        chain: list[tuple[int, str]] = []
        for node in self.tree.ancestors(block.node):
            if node.element is self.main.root:
                break
            if role := self._role(node):
                chain.append((node.index, role))
        chain.reverse()
        for number, (_, role) in enumerate(chain):
            if role == "table":
                chain = chain[: number + 1]
                break
        if self._question is not None:
            # Text inside the accordion after a question is its answer.
            accordion = self.tree.nodes[self._question]
            if accordion.first_block <= block.index < accordion.end_block:
                chain.insert(0, (self._question, "details"))
        return chain[:MAX_DEPTH]

    def _role(self, node: Node) -> str | None:
        if node.index not in self._roles:
            self._roles[node.index] = self._find_role(node)
        return self._roles[node.index]

    def _find_role(self, node: Node) -> str | None:
        tag = node.tag
        if tag in _STRUCTURE:
            if tag in ("ul", "ol", "dl", "blockquote") and self._holds_heading(node):
                return None
            if tag in ("li", "dt", "dd"):
                holder = self._list_around(node)
                return tag if holder is not None and self._role(holder) else None
            if tag == "table":
                is_layout = is_layout_table(
                    self.tree, node, holds_heading=self._holds_heading(node)
                )
                return None if is_layout else "table"
            return tag
        if node.hints & (CALLOUT | TAKEAWAYS):
            size = sum(
                block.characters
                for block in self.tree.blocks[node.first_block : node.end_block]
                if block.index in self.kept
            )
            return "aside" if size < MAX_BOX else None
        return None

    def _list_around(self, node: Node) -> Node | None:
        for around in self.tree.ancestors(node.parent):
            if around.tag in ("ul", "ol", "dl", "menu", "dir"):
                return around
        return None

    def _holds_heading(self, node: Node) -> bool:
        return any(node.first_block <= index < node.end_block for index in self._heading_at)

    def _move_to(self, chain: list[tuple[int, str]]) -> None:
        """Close and open elements until exactly those of `chain` are open."""
        common = 0
        while (
            common < len(chain) and common < len(self.open) and chain[common] == self.open[common]
        ):
            common += 1
        while len(self.open) > common:
            _, role = self.open.pop()
            if role != "table":
                self.out.append(f"</{role}>")
        for index, role in chain[common:]:
            if role != "table":
                self.out.append(f"<{role}>")
            self.open.append((index, role))

    def _write_block(self, block: Block) -> None:
        if block.tag in HEADINGS:
            self._write_heading(block)
            return
        if not self.open:
            self._write_plain("p", block.text)
            return
        text = escape(block.text, quote=False)
        role = self.open[-1][1] if self.open else ""
        if role == "pre":
            self.out.append(text + "\n")
            return
        text = text.replace("\n", "<br>")
        if role == "summary":
            self.out.append(text)
        elif role in ("li", "dt", "dd"):
            # Without a paragraph around it: half as many elements to build in long lists.
            self.out.append(text if self.out[-1] == f"<{role}>" else f"<br>{text}")
        else:
            self.out.append(f"<p>{text}</p>")

    def _write_heading(self, block: Block) -> None:
        plain = block.text.replace("\n", " ")
        text = escape(plain, quote=False)
        accordion = self._accordion_around(block) if text.rstrip().endswith(("?", "？")) else None
        if accordion is None or any(role in ("aside", "details") for _, role in self.open[1:]):
            if self._question is not None:
                self._question = None
                self._move_to(self._chain(block))
            if not self.open:
                self._write_plain(block.tag, plain)
            elif any(role == "summary" for _, role in self.open):
                self.out.append(text)
            else:
                self.out.append(f"<{block.tag}>{text}</{block.tag}>")
            return
        self._question = None
        self._move_to([])
        self._question = accordion
        self.open.append((accordion, "details"))
        self.out.append(f"<details><summary>{text}</summary>")

    def _accordion_around(self, block: Block) -> int | None:
        """The outermost element around a question that is named as an accordion."""
        found = None
        for node in self.tree.ancestors(block.node):
            if node.element is self.main.root:
                break
            if node.tag in ("details", "summary"):
                return None
            if node.hints & ACCORDION or "Question" in (node.element.get("itemtype") or ""):
                found = node.index
        return found

    def _write_table(self, table: Node) -> None:
        self.out.append("<table>")
        is_row_open = False
        for node in self.tree.nodes[table.index + 1 : table.end_node]:
            if node.tag == "caption":
                self.out.append(f"<caption>{self._text_of(node)}</caption>")
            elif node.tag == "tr":
                self.out.append("</tr><tr>" if is_row_open else "<tr>")
                is_row_open = True
            elif node.tag in ("td", "th") and is_row_open:
                spans = "".join(
                    f' {name}="{int(value)}"'
                    for name in ("colspan", "rowspan")
                    if (value := node.element.get(name) or "").isdecimal() and len(value) < 4
                )
                self.out.append(f"<{node.tag}{spans}>{self._text_of(node)}</{node.tag}>")
        self.out.append("</tr></table>" if is_row_open else "</table>")

    def _text_of(self, node: Node) -> str:
        return " ".join(
            escape(block.text, quote=False).replace("\n", " ")
            for block in self.tree.blocks[node.first_block : node.end_block]
            if block.index in self.kept
        )

    def _write_picture(self, block: Block, chain: list[tuple[int, str]]) -> None:
        if chain:
            return
        image = picture_of(block.element, self.base_url)
        if image is None:
            return
        self._move_to([])
        alt = f' alt="{escape(image.alt)}"' if image.alt else ""
        caption = self._caption_of(block)
        caption = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
        self.out.append(f'<figure><img src="{escape(image.url)}"{alt}>{caption}</figure>')

    def _caption_of(self, picture: Block) -> str:
        """Text of the caption that stands in the same figure or captioned box."""
        for number, node in enumerate(self.tree.ancestors(picture.node)):
            if number > 3 or node.element is self.main.root:
                return ""
            if node.tag == "figure" or node.hints & CAPTION:
                texts = [
                    block.text
                    for block in self.tree.blocks[picture.index + 1 : node.end_block]
                    if block.text and block.index not in self.kept
                ]
                return " ".join(texts[:3])
        return ""
