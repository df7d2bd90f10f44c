"""A page as blocks: runs of text between block-level tags, each with what can be measured about it.

One walk over the tree makes a flat list of nodes (block-level elements) and of blocks (their text
runs), both in document order. Everything that decides about the main content afterwards works on
these two lists and never walks the tree again. Nothing here judges; see `block_scoring`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import lxml.etree
from lxml.html import HtmlElement

from articles.markup_hints import (
    ASIDE,
    BODY,
    CALLOUT,
    FOOTER,
    HEADER,
    HIDDEN,
    NAVIGATION,
    POPUP,
    PROMO,
    hints_of,
)


@dataclass(slots=True)
class Node:
    """A block-level element, with its place in the page and what its markup says of itself."""

    element: HtmlElement
    tag: str
    index: int
    parent: int
    """Index of the block-level element around it; -1 for the root."""
    hints: int
    """Its own hints, see `markup_hints`."""
    first_block: int
    end_block: int = 0
    """Blocks of the subtree are `blocks[first_block:end_block]`."""
    end_node: int = 0
    """Nodes of the subtree are `nodes[index:end_node]`."""


@dataclass(slots=True)
class Block:
    """A run of text that no block-level tag interrupts, or one picture."""

    index: int
    node: int
    tag: str
    """The nearest tag that tells its kind: `p`, `li`, `h2`, `td`, `div`, ..., or `img`."""
    text: str
    """White space folded; line breaks of `<br>` kept; in `pre` as it stands."""
    characters: int
    link_characters: int
    bold_characters: int
    element: HtmlElement
    """The block-level element that holds the run; for `img` the picture itself."""
    links: tuple[HtmlElement, ...] = ()


@dataclass(slots=True)
class BlockTree:
    nodes: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def ancestors(self, node: int) -> Iterable[Node]:
        """The node itself, then what is around it, innermost first."""
        while node >= 0:
            found = self.nodes[node]
            yield found
            node = found.parent


def read_blocks(body: HtmlElement) -> BlockTree:
    """The blocks of everything under `body`."""
    return _Walk().over(body)


# Not <head>: where a page leaves out </head>, the parser puts the body's newer elements into it.
_SKIPPED_TAGS = (
    "script style noscript template svg math iframe object embed audio video canvas select input"
    " textarea option datalist map area link meta title base col colgroup source track param"
    " frameset frame applet progress meter rp dialog"
)
_BLOCK_LEVEL_TAGS = (
    "html head body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th"
    " caption blockquote pre section article main aside header footer nav figure figcaption"
    " details summary address form fieldset legend hr center hgroup menu dir search xmp listing"
    " marquee"
)
_SKIPPED = frozenset(_SKIPPED_TAGS.split())
_BLOCK_LEVEL = frozenset(_BLOCK_LEVEL_TAGS.split())
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("b", "strong"))


_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TAG_HINTS = {"aside": ASIDE, "header": HEADER, "footer": FOOTER, "nav": NAVIGATION, "form": PROMO}
_ROLE_HINTS = {
    "navigation": NAVIGATION,
    "banner": HEADER,
    "contentinfo": FOOTER,
    "complementary": ASIDE,
    "search": NAVIGATION,
    "dialog": POPUP,
    "alertdialog": POPUP,
    "menu": NAVIGATION,
    "menubar": NAVIGATION,
    "note": CALLOUT,
}
BREAK = "\x00"
"""Stands for `<br>` while a run is put together."""


class _Walk:
    """The state of one walk: the open nodes and the run of text being put together."""

    def __init__(self) -> None:
        self.tree = BlockTree()
        self.open: list[Node] = []
        self.pieces: list[str] = []
        self.characters = 0
        self.link_characters = 0
        self.bold_characters = 0
        self.links: list[HtmlElement] = []
        self.link_depth = 0
        self.bold_depth = 0
        self.breaks = 0
        self.pre_depth = 0

    def over(self, body: HtmlElement) -> BlockTree:
        walker = lxml.etree.iterwalk(body, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if not self._starts(element):
                    walker.skip_subtree()
            else:
                self._ends(element, is_root=element is body)
        while self.open:
            self._close()
        return self.tree

    def _starts(self, element: HtmlElement) -> bool:
        """Enter an element; False where its subtree is to be left out."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return False
        if tag in _BLOCK_LEVEL:
            if self.pieces:
                self._flush()
            self._open(element, tag)
            if element.text:
                self._add(element.text)
            return True
        return self._starts_inline(element, tag)

    def _starts_inline(self, element: HtmlElement, tag: str) -> bool:
        if tag == "br":
            self.breaks += 1
            if self.breaks >= 2 and self.pieces:
                self._flush()
            elif self.pieces:
                self.pieces.append(BREAK)
            return True
        if tag == "img":
            self._add_picture(element)
            return True
        names = element.get("class")
        if names and tag != "a" and hints_of(names) & POPUP and _is_read_aloud_only(names):
            return False
        if tag == "a":
            if element.get("href") is not None:
                self.link_depth += 1
                self.links.append(element)
        elif tag in _BOLD:
            self.bold_depth += 1
        if element.text:
            self._add(element.text)
        return True

    def _ends(self, element: HtmlElement, *, is_root: bool) -> None:
        tag = element.tag
        if tag in _BLOCK_LEVEL:
            if self.pieces:
                self._flush()
            self._close()
        elif tag == "a":
            if element.get("href") is not None and self.link_depth:
                self.link_depth -= 1
        elif tag in _BOLD and self.bold_depth:
            self.bold_depth -= 1
        if not is_root and (tail := element.tail):
            self._add(tail)

    def _open(self, element: HtmlElement, tag: str) -> None:
        hints = _TAG_HINTS.get(tag, 0)
        if attributes := element.items():
            hints |= _hints_of_attributes(attributes)
        if tag == "pre":
            self.pre_depth += 1
        nodes = self.tree.nodes
        node = Node(
            element=element,
            tag=tag,
            index=len(nodes),
            parent=self.open[-1].index if self.open else -1,
            hints=hints,
            first_block=len(self.tree.blocks),
        )
        nodes.append(node)
        self.open.append(node)
        self.breaks = 0

    def _close(self) -> None:
        node = self.open.pop()
        if node.tag == "pre":
            self.pre_depth -= 1
        node.end_block = len(self.tree.blocks)
        node.end_node = len(self.tree.nodes)

    def _add(self, text: str) -> None:
        size = len(text)
        if size < 40 and text.isspace():
            if self.pieces:
                self.pieces.append(" ")
            return
        self.pieces.append(text)
        self.breaks = 0
        self.characters += size
        if self.link_depth:
            self.link_characters += size
        if self.bold_depth:
            self.bold_characters += size

    def _flush(self) -> None:
        node = self.open[-1]
        text = _folded("".join(self.pieces), is_pre=self.pre_depth > 0)
        if text:
            size = len(text)
            share = size / max(self.characters, 1)
            self.tree.blocks.append(
                Block(
                    len(self.tree.blocks),
                    node.index,
                    node.tag,
                    text,
                    size,
                    round(self.link_characters * share) if self.link_characters else 0,
                    round(self.bold_characters * share) if self.bold_characters else 0,
                    node.element,
                    tuple(self.links),
                )
            )
        self.pieces.clear()
        if self.links:
            # A link around whole blocks is the link of each of them.
            del self.links[: len(self.links) - self.link_depth]
        self.characters = self.link_characters = self.bold_characters = self.breaks = 0

    def _add_picture(self, element: HtmlElement) -> None:
        """A picture is a block of its own and never parts or joins the text around it."""
        blocks = self.tree.blocks
        blocks.append(
            Block(
                index=len(blocks),
                node=self.open[-1].index,
                tag="img",
                text="",
                characters=0,
                link_characters=0,
                bold_characters=0,
                element=element,
            )
        )


# Soft hyphen, word joiner, byte order mark: marks for the layout that stand inside words. The
# zero-width joiners and the zero-width space stay, they mean something in Persian, Hindi, Khmer.
_UNSEEN = {0x00AD: None, 0x2060: None, 0xFEFF: None}


def _folded(raw: str, *, is_pre: bool) -> str:
    if is_pre:
        return raw.replace(BREAK, "\n").strip("\n").rstrip()
    if not raw.isascii():
        raw = raw.translate(_UNSEEN)
    if BREAK not in raw:
        return " ".join(raw.split())
    lines = (" ".join(line.split()) for line in raw.split(BREAK))
    return "\n".join(line for line in lines if line)


def _hints_of_attributes(attributes: list[tuple[str, str]]) -> int:
    names, identifier, hints = "", "", 0
    for name, value in attributes:
        if name == "class":
            names = value
        elif name == "id":
            identifier = value
        elif name == "role":
            hints |= _ROLE_HINTS.get(value, 0)
        elif name == "style":
            if "none" in value and _HIDDEN_STYLE.search(value):
                hints |= HIDDEN
        elif name == "hidden":
            hints |= HIDDEN
        elif name == "itemprop":
            if value in ("articleBody", "text"):
                hints |= BODY
        elif name == "aria-modal" and value == "true":
            hints |= POPUP
    if names or identifier:
        hints |= hints_of(names) | hints_of(identifier)
    return hints


_READ_ALOUD_ONLY = re.compile(
    r"sr-?only|visually-?hidden|visuallyhidden|screen-?reader|a11y-hidden|element-invisible"
    r"|off-?screen|tooltip",
    re.IGNORECASE,
)


def _is_read_aloud_only(names: str) -> bool:
    return _READ_ALOUD_ONLY.search(names) is not None
