"""From the kept blocks to sections: headings, paragraphs, lists, tables, quotes, boxes, pictures.

What has a structure comes as small, plain HTML (see `fragment_markup`), and this is where Beautiful
Soup reads it: one rule a kind of block. Between blocks there is always white space, inside a block
none is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from articles.fragment_markup import Piece, write_fragment
from articles.main_content import MainContent
from articles.record import (
    Block,
    Callout,
    Code,
    Faq,
    Figure,
    Image,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Section,
    Table,
)

MAX_TABLE_CELLS = 20_000
"""Spans spread over more cells than this are an attack or a slip of the pen."""


def read_sections(main: MainContent, base_url: str) -> tuple[Section, ...]:
    """The sections of the chosen main content, in the order of the page."""
    return _sections(_parts_of(write_fragment(main, base_url)))


def sections_of(fragment: str) -> tuple[Section, ...]:
    """Sections of a plain HTML fragment."""
    return _sections(_parts_of([Piece("", fragment)]))


class _Heading(NamedTuple):
    level: int
    text: str


def _sections(parts: Iterable[_Heading | Block]) -> tuple[Section, ...]:
    sections: list[Section] = []
    heading: str | None = None
    level: int | None = None
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, _Heading):
            if blocks or heading:
                sections.append(Section(heading=heading, level=level, blocks=tuple(blocks)))
            level, heading = part
            blocks = []
        else:
            blocks.append(part)
    if blocks or heading:
        sections.append(Section(heading=heading, level=level, blocks=tuple(blocks)))
    return tuple(sections)


def _parts_of(pieces: Iterable[Piece]) -> Iterator[_Heading | Block]:
    """Headings and blocks; all structures are read at once, each wrapped in an element."""
    pieces = tuple(pieces)
    markup = "".join(f"<section>{piece.text}</section>" for piece in pieces if not piece.tag)
    body = BeautifulSoup(markup, "lxml").body if markup else None
    structures = _children(body) if body is not None else iter(())
    for piece in pieces:
        if not piece.tag:
            yield from _parts_in(next(structures, None))
        elif piece.tag in _HEADING_LEVELS:
            yield _Heading(_HEADING_LEVELS[piece.tag], piece.text)
        else:
            yield Paragraph(text=piece.text)


def _parts_in(structure: Tag | None) -> Iterator[_Heading | Block]:
    for element in _children(structure) if structure is not None else ():
        if element.name in _HEADING_LEVELS:
            yield _Heading(_HEADING_LEVELS[element.name], _text(element))
        elif (block := _block(element)) is not None:
            yield block


def _children(element: Tag) -> Iterator[Tag]:
    """The elements right under one: what `find_all(recursive=False)` gives, at a tenth the cost."""
    return (child for child in element.children if isinstance(child, Tag))


_HEADING_LEVELS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def _block(element: Tag) -> Block | None:
    match element.name:
        case "ul" | "ol" | "dl":
            items = _items(element)
            return ListBlock(items=items, ordered=element.name == "ol") if items else None
        case "table":
            return _table(element)
        case "details":
            return _faq(element)
        case "aside":
            return _callout(element)
        case "figure":
            return _figure(element)
        case "pre":
            code = element.get_text().strip("\n")
            return Code(text=code) if code else None
    text = _text(element)
    if not text:
        return None
    return Quote(text=text) if element.name == "blockquote" else Paragraph(text=text)


def _text(element: Tag, *, without: tuple[str, ...] = ()) -> str:
    """Text of an element: a line for each block in it and each `<br>`."""
    lines: list[list[str]] = [[]]
    for part in element.descendants:
        if isinstance(part, Tag):
            if part.name in _PARTING:
                lines.append([])
            elif part.name in ("td", "th"):
                lines[-1].append(" ")
        elif not without or not _is_within(part.parent, element, without):
            lines[-1].append(str(part))
    folded = (" ".join("".join(line).split()) for line in lines)
    return "\n".join(line for line in folded if line)


_PARTING = frozenset(
    ("p", "br", "li", "ul", "ol", "dl", "dt", "dd", "tr", "blockquote", "aside", "details",
     "summary", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6")
)  # fmt: skip


def _is_within(inner: Tag | None, outer: Tag, names: tuple[str, ...]) -> bool:
    while inner is not None and inner is not outer:
        if inner.name in names:
            return True
        inner = inner.parent
    return False


_LISTS = ("ul", "ol", "dl")


def _items(element: Tag) -> tuple[ListItem, ...]:
    """Items of a list; a list nested in the list itself belongs to the item before it."""
    items: list[ListItem] = []
    for child in _children(element):
        if child.name in _LISTS or child.name == "dd":
            nested = _items(child) if child.name in _LISTS else (_item(child),)
            if items:
                last = items.pop()
                items.append(ListItem(text=last.text, items=last.items + nested))
            else:
                items.extend(nested)
        else:
            item = _item(child)
            if item.text or item.items:
                items.append(item)
    return tuple(items)


def _item(element: Tag) -> ListItem:
    nested = tuple(
        item for inner in _children(element) if inner.name in _LISTS for item in _items(inner)
    )
    return ListItem(text=_text(element, without=_LISTS).replace("\n", " "), items=nested)


def _table(element: Tag) -> Table | None:
    """A table with its spans spread, so that every row has the cells it shows."""
    rows: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    header_rows = 0
    spread = 0
    for tr in element.find_all("tr"):
        cells = [cell for cell in _children(tr) if cell.name in ("td", "th")]
        if not cells:
            continue
        row: list[str] = []
        for cell in cells:
            _hang(row, hanging)
            text = _text(cell).replace("\n", " ")
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            spread += width * height
            if spread > MAX_TABLE_CELLS:
                width = height = 1
            for _ in range(width):
                if height > 1:
                    hanging[len(row)] = (height - 1, text)
                row.append(text)
        _hang(row, hanging)
        if header_rows == len(rows) and all(cell.name == "th" for cell in cells):
            header_rows += 1
        rows.append(row)
    filled = [tuple(row) for row in rows if any(row)]
    if not filled:
        return None
    caption = element.find("caption")
    return Table(
        rows=tuple(filled),
        header_rows=min(header_rows, len(filled) - 1) if len(filled) > 1 else 0,
        caption=_text(caption) or None if isinstance(caption, Tag) else None,
    )


def _hang(row: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Put the cells that hang down from rows above where the row has come to."""
    while (column := len(row)) in hanging:
        left, text = hanging.pop(column)
        row.append(text)
        if left > 1:
            hanging[column] = (left - 1, text)


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1")
    return max(1, int(value)) if value.isdecimal() else 1


def _faq(element: Tag) -> Faq | Paragraph | None:
    summary = next((child for child in _children(element) if child.name == "summary"), None)
    question = _text(summary).replace("\n", " ") if summary is not None else ""
    answer = _text(element, without=("summary",))
    if question and answer:
        return Faq(question=question, answer=answer)
    return Paragraph(text=question or answer) if question or answer else None


def _callout(element: Tag) -> Callout | None:
    first = next(_children(element), None)
    title = None
    if first is not None and first.name in _HEADING_LEVELS:
        title = _text(first)
        first.decompose()
    text = _text(element)
    if not text:
        return Callout(text=title) if title else None
    return Callout(text=text, title=title)


def _figure(element: Tag) -> Figure | None:
    picture = element.find("img")
    if not isinstance(picture, Tag):
        return None
    caption = element.find("figcaption")
    return Figure(
        image=Image(
            url=str(picture.get("src") or ""),
            alt=str(picture.get("alt") or "") or None,
            caption=_text(caption) or None if isinstance(caption, Tag) else None,
        )
    )
