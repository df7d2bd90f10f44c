"""A page as blocks: runs of text between block-level tags, each with what can be measured about it.

One walk over the tree makes a flat list of nodes (block-level elements) and of blocks (their text
runs), both in document order. Everything that decides about the main content afterwards works on
these two lists and never walks the tree again. Nothing here judges; see `block_scoring`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from lxml.html import HtmlElement

from articles.element_hints import hints_of_element, is_left_out
from articles.note_marks import is_note_mark
from articles.source_headings import parts_at_source_heading


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
class TextNodes:
    """The text nodes of the body that are shown and not blank, in document order.

    They are more than the blocks hold: what stands in a closed dialog or is read aloud alone may be
    a byline.
    """

    texts: list[str] = field(default_factory=list)
    owners: list[HtmlElement] = field(default_factory=list)
    """The elements whose text they are."""
    behind: list[HtmlElement | None] = field(default_factory=list)
    """The elements that end right before them; None where none does."""

    def add(self, text: str, owner: HtmlElement, behind: HtmlElement | None) -> None:
        self.texts.append(text)
        self.owners.append(owner)
        self.behind.append(behind)


@dataclass(slots=True)
class BlockTree:
    nodes: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    texts: TextNodes = field(default_factory=TextNodes)
    note_marks: list[HtmlElement] = field(default_factory=list)
    """The raised or bracketed numbers that lead to notes; no block holds them."""

    def ancestors(self, node: int) -> Iterable[Node]:
        """The node itself, then what is around it, innermost first."""
        while node >= 0:
            found = self.nodes[node]
            yield found
            node = found.parent


def read_blocks(
    body: HtmlElement,
    *,
    block_level: Iterable[HtmlElement] = (),
    left_out: Iterable[HtmlElement] = (),
) -> BlockTree:
    """The blocks of everything under `body`.

    Elements of `block_level` are nodes where they hold blocks, whatever their tag; what is
    `left_out` is so, with all that stands in it, where its tag makes no node.
    """
    told = {
        element: _BLOCK
        for element in block_level
        if element.tag not in _KINDS and next(element.iterdescendants(*_HELD), None) is not None
    }
    told |= {element: _SKIP for element in left_out if _KINDS.get(element.tag) != _BLOCK}
    return _Walk().over(body, told)


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
_HELD = ("p", "div", "br", "ul", "ol", "table", "section", "article", "h2", "h3")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_INLINE, _BLOCK, _SKIP, _LINK, _BOLD, _BREAK, _PICTURE = range(7)
_KINDS: dict[object, int] = {
    **dict.fromkeys(_BLOCK_LEVEL_TAGS.split(), _BLOCK),
    **dict.fromkeys(_SKIPPED_TAGS.split(), _SKIP),
    "a": _LINK,
    "b": _BOLD,
    "strong": _BOLD,
    "br": _BREAK,
    "img": _PICTURE,
}
# What lies in these themselves, not in elements inside of them, is code or a control.
_NOT_SHOWN = frozenset(
    ("script", "style", "noscript", "template", "textarea", "option", "svg", "title", "math")
)
LONGEST_SPACE = 40
"""White space between tags that is longer is part of the run, as indented text is."""
BREAK = "\x00"
"""Stands for `<br>` while a run is put together."""


@dataclass(slots=True)
class _Marked:
    """Which pieces of a run stand in links, or in bold: counted when the run is done."""

    depth: int = 0
    since: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)

    def begin(self, at: int) -> None:
        if not self.depth:
            self.since = at
        self.depth += 1

    def end(self, at: int) -> None:
        self.depth -= 1
        if not self.depth and at > self.since:
            self.spans.append((self.since, at))

    @property
    def is_in_run(self) -> bool:
        return self.depth > 0 or bool(self.spans)

    def characters(self, pieces: list[str]) -> int:
        size = sum(_size(pieces[start:end]) for start, end in self.spans)
        return size + _size(pieces[self.since :]) if self.depth else size

    def start_run(self) -> None:
        self.since = 0
        self.spans.clear()


def _size(pieces: list[str]) -> int:
    """Characters of the text as it stands in the page, without short white space and breaks."""
    return sum(map(len, pieces)) - pieces.count(" ") - pieces.count(BREAK)


class _Walk:
    """The state of one walk: the open nodes and the run of text being put together."""

    def __init__(self) -> None:
        self.tree = BlockTree()
        self.open: list[Node] = []
        self.pieces: list[str] = []
        self.links: list[HtmlElement] = []
        self.linked = _Marked()
        self.bold = _Marked()
        self.pre_depth = 0

    # One loop with few calls: of the whole extraction this is done most often. Which elements have
    # ended is told by the parent of the next: `iterwalk` makes a tuple for every start and end.
    def over(self, root: HtmlElement, told: Mapping[HtmlElement, int]) -> BlockTree:
        kinds, pieces, opened = _KINDS, self.pieces, self.open
        nodes, blocks, seen = self.tree.nodes, self.tree.blocks, self.tree.texts
        texts, owners, behind = seen.texts, seen.owners, seen.behind
        body = root.find("body")
        is_in_body = body is None
        is_skipped = False
        around: list[HtmlElement] = []
        ends: list[int] = []
        for element in chain(root.iter(), (None,)):
            parent = None if element is None else element.getparent()
            while around and around[-1] is not parent:
                ended, end = around.pop(), ends.pop()
                if end == _BLOCK:
                    if pieces:
                        self._flush()
                    node = opened.pop()
                    if node.tag == "pre":
                        self.pre_depth -= 1
                    node.end_block, node.end_node = len(blocks), len(nodes)
                    if ended is body:
                        is_in_body = False
                elif end == _SKIP:
                    is_skipped = False
                elif end:
                    self._end(end)
                text = ended.tail if around else None
                if text:
                    is_space = text.isspace()
                    if not is_skipped:
                        if not is_space or len(text) >= LONGEST_SPACE:
                            pieces.append(text)
                        elif pieces:
                            pieces.append(" ")
                    if is_in_body and not (is_space and text.isascii()):
                        texts.append(text)
                        owners.append(around[-1])
                        behind.append(ended)
            if element is None:
                break
            # What is not named by a string (a comment) stands in no table.
            tag: str = element.tag  # type: ignore[assignment]
            kind = kinds.get(tag, _INLINE)
            if told and element in told:
                kind = told[element]
            if is_skipped:
                kind = _INLINE
            elif kind == _BLOCK:
                if pieces:
                    self._flush()
                around_it = opened[-1].index if opened else -1
                hints = hints_of_element(element, tag)
                node = Node(element, tag, len(nodes), around_it, hints, len(blocks))
                nodes.append(node)
                opened.append(node)
                if tag == "pre":
                    self.pre_depth += 1
                if element is body:
                    is_in_body = True
            elif kind:
                kind = self._begin(element, kind)
                is_skipped = kind == _SKIP
            elif is_left_out(element, tag):
                kind = _SKIP
                is_skipped = True
                if tag == "sup":
                    self.tree.note_marks.append(element)
            around.append(element)
            ends.append(kind)
            text = None if tag in _NOT_SHOWN else element.text
            if text:
                is_space = text.isspace()
                if not is_skipped:
                    if not is_space or len(text) >= LONGEST_SPACE:
                        pieces.append(text)
                    elif pieces:
                        pieces.append(" ")
                if is_in_body and not (is_space and text.isascii()):
                    texts.append(text)
                    owners.append(element)
                    behind.append(None)
        return self.tree

    def _begin(self, element: HtmlElement, kind: int) -> int:
        """Begin an element inside a run; the kind by which it ends."""
        if kind == _LINK:
            href = element.get("href")
            if href is None:
                return _INLINE
            if href[:1] != "#" or not is_note_mark(element):
                self.linked.begin(len(self.pieces))
                self.links.append(element)
                return _LINK
            self.tree.note_marks.append(element)
        elif kind == _BOLD:
            self.bold.begin(len(self.pieces))
            return _BOLD
        elif kind == _BREAK:
            self._break()
            return _INLINE
        elif kind == _PICTURE:
            self._add_picture(element)
            return _INLINE
        return _SKIP

    def _end(self, kind: int) -> None:
        if kind == _LINK:
            self.linked.end(len(self.pieces))
            if not self.pieces:
                # Its text went into blocks that are done: it is none of the next one's.
                self.links.pop()
        elif kind == _BOLD:
            self.bold.end(len(self.pieces))

    def _break(self) -> None:
        pieces = self.pieces
        if not pieces:
            return
        last = len(pieces) - 1
        while last and pieces[last] == " ":
            last -= 1
        if pieces[last] == BREAK:
            self._flush()
        else:
            pieces.append(BREAK)

    def _flush(self) -> None:
        text = "".join(self.pieces)
        if self.pre_depth or not text.isascii() or BREAK in text:
            text = _folded(text, is_pre=self.pre_depth > 0)
        else:
            text = " ".join(text.split())
        if text:
            run = self._block(text)
            if "\n" in text and len(parts := parts_at_source_heading(text)) > 1:
                self.tree.blocks.extend(self._parts(run, parts))
            else:
                self.tree.blocks.append(run)
        self.pieces.clear()
        if self.links:
            # A link around whole blocks is the link of each of them.
            del self.links[: len(self.links) - self.linked.depth]
        self.linked.start_run()
        self.bold.start_run()

    def _block(self, text: str) -> Block:
        node = self.open[-1]
        size = len(text)
        linked = bold = 0
        if self.linked.is_in_run or self.bold.is_in_run:
            share = size / max(_size(self.pieces), 1)
            linked = round(self.linked.characters(self.pieces) * share)
            bold = round(self.bold.characters(self.pieces) * share)
        return Block(
            len(self.tree.blocks),
            node.index,
            node.tag,
            text,
            size,
            linked,
            bold,
            node.element,
            tuple(self.links),
        )

    def _parts(self, run: Block, parts: list[str]) -> Iterator[Block]:
        """A run that goes on into its source list, as blocks of its own."""
        names = [(link, " ".join(link.text_content().split())) for link in run.links]
        for number, part in enumerate(parts):
            inside = [(link, name) for link, name in names if name in part]
            linked = min(len(part), sum(len(name) for _, name in inside))
            links = tuple(link for link, _ in inside)
            yield replace(
                run,
                index=run.index + number,
                text=part,
                characters=len(part),
                link_characters=linked,
                bold_characters=0,
                links=links,
            )

    def _add_picture(self, element: HtmlElement) -> None:
        """A picture is a block of its own and never parts or joins the text around it."""
        blocks = self.tree.blocks
        blocks.append(Block(len(blocks), self.open[-1].index, "img", "", 0, 0, 0, element))


# Soft hyphen, word joiner, byte order mark: marks for the layout that stand inside words. The
# zero-width joiners and the zero-width space stay, they mean something in Persian, Hindi, Khmer.
_UNSEEN = ("\u00ad", "\u2060", "\ufeff")


def _folded(raw: str, *, is_pre: bool) -> str:
    if is_pre:
        return raw.replace(BREAK, "\n").strip("\n").rstrip()
    if not raw.isascii():
        for mark in _UNSEEN:
            if mark in raw:
                raw = raw.replace(mark, "")
    if BREAK not in raw:
        return " ".join(raw.split())
    lines = (" ".join(line.split()) for line in raw.split(BREAK))
    return "\n".join(line for line in lines if line)
