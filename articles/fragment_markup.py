"""The kept blocks as values where they are plain, and as small HTML where they have a structure.

The HTML holds only a score of tags without classes, so that `fragment` can read it with Beautiful
Soup in a few rules: the depth is bounded, layout tables and wrapper elements are gone, boxes are
`<aside>`, questions with answers `<details>`. The page's own tree is not touched. Called by
`fragment`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from html import escape, unescape
from itertools import islice, pairwise
from typing import NamedTuple

from articles.blocks import HEADINGS, Block, BlockTree, Node
from articles.fragment_questions import Answer, Triggers, find_answer, may_ask
from articles.fragment_table_markup import table_blocks, table_markup
from articles.fragment_titles import is_title, is_title_line
from articles.images import picture_of
from articles.main_content import MainContent
from articles.markup_hints import CALLOUT, CAPTION, TAKEAWAYS
from articles.record import Block as RecordBlock
from articles.record import Figure, ListBlock, ListItem, Paragraph
from articles.tables import is_layout_table
from articles.takeaway_headings import is_takeaway_heading

MAX_DEPTH = 24
"""Open structural elements; what is nested deeper is written at this depth."""
MAX_BOX = 1500
"""Characters of a callout; a larger box is a part of the text that has a frame."""


class Heading(NamedTuple):
    level: int
    text: str


HEADING_LEVELS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
Part = Heading | RecordBlock
Element = tuple[int, str]
"""A structural element: the index of its node and its role."""
Chain = tuple[Element, ...]


def write_fragment(main: MainContent, base_url: str) -> list[Part | str]:
    """The kept blocks and the pictures among them, in document order; structures as HTML."""
    return _Writer(main, base_url).written()


_STRUCTURE = frozenset(
    ("ul", "ol", "li", "dl", "dt", "dd", "table", "blockquote", "pre", "details", "summary",
     "menu", "dir")
)  # fmt: skip
_LISTS = ("ul", "ol", "dl", "menu", "dir")
_BOXES = CALLOUT | TAKEAWAYS
"""Hints of what may be a box of the text."""
_BOXES_AWAY = frozenset(("card", "related", "bio", "ad", "newsletter", "consult"))


_START = re.compile(r'start="(\d+)"')


class _Writer:
    def __init__(self, main: MainContent, base_url: str) -> None:
        self.main = main
        self.tree: BlockTree = main.tree
        self.base_url = base_url
        self.parts: list[Part | str] = []
        self.out: list[str] = []
        """HTML of the structure being written."""
        self.open: list[Element] = []
        self.kept = {block.index: block for block in main.choice.kept}
        self._heading_at = [block.index for block in main.choice.kept if block.tag in HEADINGS]
        self._roles: dict[int, str | None] = {}
        self._chains: dict[int, Chain] = {-1: ()}
        self._began = 0
        """Where in `out` the outermost element that is open begins."""
        self._following = dict(pairwise(self.kept))
        self._triggers = Triggers(main.root)
        self._level = 1
        """Of the last heading that is set as one; lines in bold open parts right below it."""
        self._answer: Answer | None = None
        """Where the answer stands that is being written, the question of an accordion above it."""
        self._pictures: list[Figure] = []
        """Of the structure being written; they stand behind it."""

    def written(self) -> list[Part | str]:
        table_end = -1
        for block in self._blocks_and_pictures():
            if block.index < table_end:
                continue
            chain = self._chain(block)
            if block.tag == "img":
                self._write_picture(block, chain)
                continue
            if chain or self.open:
                self._move_to(chain)
            if chain and chain[-1][1] == "table":
                node = self.tree.nodes[chain[-1][0]]
                self._write_table(node)
                table_end = node.end_block
            else:
                self._write_block(block)
        self._move_to(())
        self._end_structure()
        return self.parts

    def _end_structure(self) -> None:
        if self.out:
            self.parts.append("".join(self.out))
            self.out.clear()

    def _write_plain(self, part: Part) -> None:
        """What stands outside all structures, which needs no reading."""
        if self.out:
            self._end_structure()
        self.parts.append(part)

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

    def _chain(self, block: Block) -> Chain:
        """The structural elements around a block, outermost first; a table ends the chain."""
        chain = self._chain_at(block.node)
        if self._answer is not None and block.index < self._answer.end:
            chain = ((self._answer.node, "details"), *chain)[:MAX_DEPTH]
        return chain

    def _chain_at(self, index: int) -> Chain:
        """The structural elements from a node outwards, remembered for all that stands in them."""
        chain = self._chains.get(index)
        if chain is None:
            node = self.tree.nodes[index]
            chain = ()
            if node.element is not self.main.root:
                chain = self._chain_at(node.parent)  # No deeper than `document.MAX_DEPTH`.
                if node.tag in _STRUCTURE or node.hints & _BOXES:
                    chain = self._with(node, chain)
            self._chains[index] = chain
        return chain

    def _with(self, node: Node, chain: Chain) -> Chain:
        if len(chain) >= MAX_DEPTH or (chain and chain[-1][1] == "table"):
            return chain
        role = self._role(node)
        # A box in a box is one box.
        if role is None or (role == "aside" and any(around == role for _, around in chain)):
            return chain
        return (*chain, (node.index, role))

    def _role(self, node: Node) -> str | None:
        if node.index not in self._roles:
            self._roles[node.index] = self._find_role(node)
        return self._roles[node.index]

    def _find_role(self, node: Node) -> str | None:
        tag = node.tag
        if tag in _STRUCTURE:
            if (tag in _LISTS or tag == "blockquote") and self._holds_heading(node):
                return None
            if tag in ("li", "dt", "dd"):
                holder = self._list_around(node)
                return tag if holder is not None and self._role(holder) else None
            if tag == "table":
                is_layout = is_layout_table(
                    self.tree, node, holds_heading=self._holds_heading(node)
                )
                return None if is_layout else "table"
            return "ul" if tag in ("menu", "dir") else tag
        return "aside" if self._is_box(node) else None

    def _is_box(self, node: Node) -> bool:
        size = 0
        for block in self.tree.blocks[node.first_block : node.end_block]:
            if block.index in self.kept:
                size += block.characters
                if size >= MAX_BOX:
                    return False
        return True

    def _list_around(self, node: Node) -> Node | None:
        for around in self.tree.ancestors(node.parent):
            if around.tag in _LISTS:
                return around
        return None

    def _holds_heading(self, node: Node) -> bool:
        at = bisect_left(self._heading_at, node.first_block)
        return at < len(self._heading_at) and self._heading_at[at] < node.end_block

    def _move_to(self, chain: Chain) -> None:
        """Close and open elements until exactly those of `chain` are open."""
        common = 0
        for wanted, opened in zip(chain, self.open, strict=False):
            if wanted != opened:
                break
            common += 1
        while len(self.open) > common:
            _, role = self.open.pop()
            if role != "table":
                self.out.append(f"</{role}>")
        if not self.open:
            if common == 0 and self.out:
                self._take_plain_list()
            if self._pictures:
                self._end_structure()
                self.parts += self._pictures
                self._pictures.clear()
            self._began = len(self.out)
        for index, role in chain[common:]:
            if role != "table":
                self.out.append(self._start_tag(index, role))
            self.open.append((index, role))

    def _take_plain_list(self) -> None:
        """A list of nothing but lines needs no reading: most lists, and most elements in lists."""
        tags = self.out[self._began :]
        if len(tags) < 5 or not tags[0].startswith(("<ul", "<ol")):
            return
        lines = "\n".join(tags[2:-1:3])
        if (
            len(tags) % 3 != 2
            or "<" in lines
            or not {"<li>"}.issuperset(tags[1:-1:3])
            or not {"</li>"}.issuperset(tags[3:-1:3])
        ):
            return
        del self.out[self._began :]
        start = _START.search(tags[0])
        self._write_plain(
            ListBlock(
                items=tuple(ListItem(text=line) for line in unescape(lines).split("\n")),
                ordered=tags[0].startswith("<ol"),
                start=int(start[1]) if start else 1,
            )
        )

    def _start_tag(self, index: int, role: str) -> str:
        if role == "ol":
            start = (self.tree.nodes[index].element.get("start") or "").strip()
            if start.isdecimal() and start.isascii() and len(start) < 7:
                return f'<ol start="{int(start)}">'
        return f"<{role}>"

    def _write_block(self, block: Block) -> None:
        if block.tag in HEADINGS:
            self._write_heading(block)
            return
        if not self.open:
            self._write_outside(block)
            return
        text = escape(block.text, quote=False)
        role = self.open[-1][1]
        if role == "pre":
            self.out.append(text + "\n")
            return
        text = text.replace("\n", "<br>")
        if role == "summary":
            self.out.append(text)
        elif role in ("li", "dt", "dd"):
            # Without a paragraph around it: half as many elements to build in long lists.
            self.out.append(text if self.out[-1] == f"<{role}>" else f"<br>{text}")
        elif role == "aside" and self.out[-1] == "<aside>" and self._names_the_box(block):
            self.out.append(f"<h4>{text}</h4>")
        elif role == "blockquote" and _is_attribution(block):
            self.out.append(f"<cite>{text}</cite>")
        elif not self._opens_answer(block):
            self.out.append(f"<p>{text}</p>")

    def _names_the_box(self, block: Block) -> bool:
        return is_title_line(block) or is_takeaway_heading(block.text)

    def _write_outside(self, block: Block) -> None:
        """A paragraph in no structure: most of the text, or the title of a part of it."""
        if self._opens_answer(block):
            return
        following = self._following.get(block.index)
        under = self.kept[following] if following is not None else None
        if is_title(block, under, self._triggers):
            level = HEADING_LEVELS[f"h{min(self._level + 1, 6)}"]
            self._write_plain(Heading(level, block.text))
        else:
            self._write_plain(Paragraph(text=block.text))

    def _write_heading(self, block: Block) -> None:
        if self._opens_answer(block):
            return
        if self._answer is not None:
            self._answer = None
            self._move_to(self._chain(block))
        plain = block.text.replace("\n", " ")
        if not self.open:
            self._level = int(block.tag[1])
            self._write_plain(Heading(HEADING_LEVELS[block.tag], plain))
        elif any(role == "summary" for _, role in self.open):
            self.out.append(escape(plain, quote=False))
        else:
            self.out.append(f"<{block.tag}>{escape(plain, quote=False)}</{block.tag}>")

    def _opens_answer(self, block: Block) -> bool:
        """Write the question of an accordion where the block is one; the answer follows in it."""
        if not may_ask(block) or any(
            role != "details" or index != self._opened() for index, role in self.open
        ):
            return False
        answer = find_answer(self.tree, block, self.main.root, self._triggers)
        if answer is None:
            return False
        self._answer = None
        self._move_to(())
        self._answer = answer
        self.open.append((answer.node, "details"))
        question = escape(block.text.replace("\n", " "), quote=False)
        self.out.append(f"<details><summary>{question}</summary>")
        return True

    def _opened(self) -> int:
        return self._answer.node if self._answer is not None else -1

    def _write_table(self, table: Node) -> None:
        caption = self._caption_of(table)
        if len(self.open) > 1:
            self.out.append(table_markup(self.tree, table, self.kept, caption))
        else:
            for block in table_blocks(self.tree, table, self.kept, caption):
                self._write_plain(block)

    def _write_picture(self, block: Block, chain: Chain) -> None:
        if any(role in ("table", "summary") for _, role in chain):
            return
        image = picture_of(block.element, self.base_url)
        if image is None:
            return
        caption = " ".join(self._caption_of_picture(block).split())
        figure = Figure(image=replace(image, caption=caption) if caption else image)
        self._move_to(chain)
        if chain:
            self._pictures.append(figure)
        else:
            self._write_plain(figure)

    def _caption_of_picture(self, picture: Block) -> str:
        """Text of the caption that stands in the same figure or captioned box."""
        for number, node in enumerate(self.tree.ancestors(picture.node)):
            if number > 3 or node.element is self.main.root:
                return ""
            if node.tag == "figure" or node.hints & CAPTION:
                return self._left_out(picture.index + 1, node.end_block)
        return ""

    def _caption_of(self, table: Node) -> str:
        """Text of the caption of the figure that a table stands in."""
        around = self.tree.nodes[table.parent] if table.parent >= 0 else None
        if around is None or around.tag != "figure":
            return ""
        return self._left_out(table.end_block, around.end_block)

    def _left_out(self, start: int, end: int) -> str:
        """What stands between two blocks and is no part of the text."""
        texts = (
            block.text
            for block in self.tree.blocks[start:end]
            if block.text and block.index not in self.kept
        )
        return " ".join(islice(texts, 3))


def _is_attribution(block: Block) -> bool:
    """Whether a block in a quote is nothing but the name of who said it."""
    if block.element.tag in ("footer", "figcaption"):
        return True
    names = islice(block.element.iterchildren("cite"), 4)
    return any(" ".join(name.text_content().split()) == block.text for name in names)
