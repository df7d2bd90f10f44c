"""Markdown read back as GitHub reads it, and sections in the same shape, to compare the two.

Both sides are lists of tuples that begin with a kind: `h`, `p`, `list`, `table`, `quote`, `code` or
`img`. Bold type is no part of the shape: it stands for titles of boxes and cells of the head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from articles.plain_text import said_once
from articles.record import (
    Block,
    Callout,
    Code,
    Faq,
    Figure,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Section,
    Table,
)

Shape = tuple[Any, ...]
KNOWN = frozenset(
    ("root", "heading", "paragraph", "inline", "text", "softbreak", "hardbreak", "strong",
     "bullet_list", "ordered_list", "list_item", "table", "thead", "tbody", "tr", "th", "td",
     "blockquote", "fence", "image")
)  # fmt: skip
"""What our Markdown may be made of; emphasis, code spans, links, HTML and rules are not."""


def read_markdown(text: str) -> list[Shape]:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    root = SyntaxTreeNode(reader.parse(text))
    strange = {node.type for node in root.walk()} - KNOWN
    assert strange == set(), f"{strange} in {text!r}"
    return list(_shapes(root.children))


def _shapes(nodes: Iterable[SyntaxTreeNode]) -> Iterator[Shape]:
    for node in nodes:
        match node.type:
            case "heading":
                yield "h", int(node.tag[1]), _text(node)
            case "paragraph" if _picture(node) is not None:
                picture = _picture(node)
                assert picture is not None
                alt = "".join(child.content for child in picture.walk() if child.type == "text")
                yield "img", picture.attrs["src"], alt, picture.attrs.get("title", "")
            case "paragraph":
                yield "p", _text(node)
            case "bullet_list":
                yield "list", None, _items(node)
            case "ordered_list":
                yield "list", node.attrs.get("start", 1), _items(node)
            case "table":
                rows = [row for part in node.children for row in part.children]
                yield "table", [[_text(cell) for cell in row.children] for row in rows]
            case "blockquote":
                yield "quote", list(_shapes(node.children))
            case "fence":
                yield "code", node.content.removesuffix("\n")


def _picture(paragraph: SyntaxTreeNode) -> SyntaxTreeNode | None:
    inline = paragraph.children[0].children
    return inline[0] if len(inline) == 1 and inline[0].type == "image" else None


def _items(node: SyntaxTreeNode) -> list[Shape]:
    return [tuple(_shapes(item.children)) for item in node.children]


def _text(node: SyntaxTreeNode) -> str:
    parts = []
    for inner in node.walk():
        if inner.type == "text":
            parts.append(inner.content)
        elif inner.type in ("hardbreak", "softbreak"):
            parts.append("\n")
    return "".join(parts)


def shapes_of(sections: Iterable[Section]) -> list[Shape]:
    """What `read_markdown` should give of the Markdown of these sections."""
    return [shape for section in sections for shape in _section(section)]


def _section(section: Section) -> Iterator[Shape]:
    if section.heading:
        yield "h", section.level, _fold(section.heading)
    yield from _blocks(section.blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[Shape]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from _paragraph(block.text)
            case ListBlock():
                yield "list", block.start if block.ordered else None, _listed(block.items)
            case Table():
                if block.caption:
                    yield "p", _fold(block.caption)
                width = max(map(len, block.rows))
                rows = [list(map(_fold, said_once(row))) for row in block.rows]
                head = [] if block.header_rows else [[""] * width]
                yield "table", head + [row + [""] * (width - len(row)) for row in rows]
            case Quote():
                said_by = [("p", f"— {_fold(block.attribution)}")] if block.attribution else []
                yield "quote", [*_paragraph(block.text), *said_by]
            case Callout():
                yield "quote", list(_named(block.title, block.text, block.blocks))
            case Faq():
                yield from _named(block.question, block.answer, block.blocks)
            case Code():
                yield "code", block.text
            case Figure():
                image = block.image
                title = image.caption if image.alt and image.caption else ""
                yield "img", image.url, _fold(image.alt or image.caption or ""), _fold(title)


def _named(title: str | None, text: str, blocks: tuple[Block, ...]) -> Iterator[Shape]:
    if title:
        yield "p", _fold(title)
    yield from _blocks(blocks) if blocks else _paragraph(text)


def _paragraph(text: str) -> Iterator[Shape]:
    yield "p", "\n".join(_fold(line) for line in text.split("\n"))


def _listed(items: Iterable[ListItem]) -> list[Shape]:
    return [
        (
            ("p", _fold(item.text)),
            *([("list", 1 if item.ordered else None, _listed(item.items))] if item.items else []),
        )
        for item in items
    ]


def _fold(text: str) -> str:
    return " ".join(text.split())
