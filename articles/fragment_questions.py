"""Questions whose answers a page folds away: accordions of every make, told by their markup.

An accordion is a heading, a button or a bare `<div>` that unfolds what follows it. What it unfolds
is named by `aria-controls`, or stands with it in one box. Called by `fragment_markup`.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import NamedTuple

import lxml.etree
from lxml.html import HtmlElement

from articles.blocks import HEADINGS, Block, BlockTree
from articles.markup_hints import ACCORDION

LONGEST_QUESTION = 250
MAX_AROUND = 4
"""Elements around a name that may say that it is the name of a question."""
MAX_TRIGGERS = 300
MAX_PIECES = 12
"""Pieces of text in a button."""


class Answer(NamedTuple):
    """Where the answer to a question stands: the blocks up to `end`, in or beside a node."""

    node: int
    end: int


def is_question(text: str) -> bool:
    """Whether a line asks something, in any script."""
    return text.rstrip(" \"'»”*").endswith(("?", "？", "؟"))


class Triggers:
    """The elements under `root` that unfold what follows them; looked for when first asked for."""

    def __init__(self, root: HtmlElement | None) -> None:
        self._root = root

    def of(self, block: Block) -> HtmlElement | None:
        """The one that shows the text of a block, if there is one."""
        return self._by_text.get(block.text.replace("\n", " "))

    @cached_property
    def _by_text(self) -> dict[str, HtmlElement]:
        return {} if self._root is None else _find_triggers(self._root)


def may_ask(block: Block) -> bool:
    """Whether a block is worded as a question that an answer may follow."""
    return block.characters <= LONGEST_QUESTION and is_question(block.text)


def find_answer(
    tree: BlockTree, block: Block, root: HtmlElement | None, triggers: Triggers
) -> Answer | None:
    """Where the answer to the question of `block` stands; None where it opens no accordion."""
    if not may_ask(block):
        return None
    trigger = triggers.of(block)
    if block.tag not in HEADINGS and trigger is None:
        return None
    if trigger is not None and (named := trigger.get("aria-controls")):
        for node in tree.nodes[block.node : block.node + 40]:
            if node.element.get("id") == named and node.first_block > block.index:
                return Answer(block.node, node.end_block)
    return _answer_in_box(tree, block, root, is_marked=trigger is not None)


def _answer_in_box(
    tree: BlockTree, block: Block, root: HtmlElement | None, *, is_marked: bool
) -> Answer | None:
    """The smallest box that holds the question and text after it, in something that folds."""
    holder: Answer | None = None
    for node in tree.ancestors(block.node):
        if node.element is root or node.tag in ("details", "summary", "body"):
            break
        is_marked = is_marked or bool(node.hints & ACCORDION)
        is_marked = is_marked or "Question" in (node.element.get("itemtype") or "")
        following = tree.blocks[block.index + 1 : node.end_block]
        if holder is None and any(other.text for other in following):
            holder = Answer(node.index, node.end_block)
    return holder if is_marked else None


def _find_triggers(root: HtmlElement) -> dict[str, HtmlElement]:
    found: dict[str, HtmlElement] = {}
    for element in _marked(root)[:MAX_TRIGGERS]:
        if element.get("aria-expanded") is None and not _is_in_question(element):
            continue
        # A few pieces of text: what is marked may also be a menu, or the whole page.
        text = " ".join("".join(islice(element.itertext(), MAX_PIECES)).split())
        if text and len(text) <= LONGEST_QUESTION:
            found.setdefault(text, element)
    return found


# Half the cost of the search itself, which most pages are spared.
_HOLDS_MARKED = lxml.etree.XPath(
    "boolean(descendant::*/@aria-expanded) or descendant::*/@itemprop = 'name'"
)
_MARKED = lxml.etree.XPath("descendant::*[@aria-expanded or @itemprop = 'name']")


def _marked(root: HtmlElement) -> list[HtmlElement]:
    found = _MARKED(root) if _HOLDS_MARKED(root) else ()
    return [element for element in found if isinstance(element, HtmlElement)]


def _is_in_question(element: HtmlElement) -> bool:
    around = element.getparent()
    for _ in range(MAX_AROUND):
        if around is None:
            return False
        if "Question" in (around.get("itemtype") or ""):
            return True
        around = around.getparent()
    return False
