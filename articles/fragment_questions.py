"""Questions whose answers a page folds away: accordions of every make, told by their markup.

An accordion is a heading, a button or a bare `<div>` that unfolds what follows it. What it unfolds
is named by `aria-controls`, or stands with it in one box. Called by `fragment_markup`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from articles.blocks import HEADINGS, Block, BlockTree
from articles.markup_hints import ACCORDION

LONGEST_QUESTION = 250
MAX_AROUND = 4
"""Elements around a line that are looked at for the marks of a button."""


class Answer(NamedTuple):
    """Where the answer to a question stands: the blocks up to `end`, in or beside a node."""

    node: int
    end: int


def is_question(text: str) -> bool:
    """Whether a line asks something, in any script."""
    return text.rstrip(" \"'»”*").endswith(("?", "？", "؟"))


def find_answer(tree: BlockTree, block: Block, root: HtmlElement | None) -> Answer | None:
    """Where the answer to the question of `block` stands; None where it opens no accordion."""
    if block.characters > LONGEST_QUESTION or not is_question(block.text):
        return None
    trigger = trigger_of(block)
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


def is_trigger(block: Block) -> bool:
    """Whether a block is the button of a part that can be folded."""
    return trigger_of(block) is not None


def trigger_of(block: Block) -> HtmlElement | None:
    """The element that unfolds what follows: the block's own, one in it or one close around it."""
    for element in _candidates(block):
        opens = element.get("aria-expanded") is not None or (
            element.get("itemprop") == "name" and _is_in_question(element)
        )
        if opens and len(element.text_content().split()) <= 2 + len(block.text.split()):
            return element
    return None


def _candidates(block: Block) -> Iterator[HtmlElement]:
    # A button is no block of its own: the run it holds belongs to the box around it.
    for child in block.element:
        if child.tag in ("button", "a", "span") and _text(child) == block.text:
            yield child
    element: HtmlElement | None = block.element
    for _ in range(MAX_AROUND):
        if element is None:
            return
        yield element
        element = element.getparent()


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _is_in_question(element: HtmlElement) -> bool:
    around = element.getparent()
    for _ in range(MAX_AROUND):
        if around is None:
            return False
        if "Question" in (around.get("itemtype") or ""):
            return True
        around = around.getparent()
    return False
