"""From the kept blocks to sections: headings, paragraphs, lists, tables, quotes, boxes, pictures.

What has a structure comes as small, plain HTML (see `fragment_markup`), and this is where Beautiful
Soup reads it: one rule a kind of block. The rest comes as values. Between blocks there is always
white space, inside a block none is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag

from articles.fragment_bullets import bullets_as_lists
from articles.fragment_markup import HEADING_LEVELS, Heading, Part, write_fragment
from articles.fragment_questions import is_question
from articles.fragment_tables import read_table
from articles.fragment_text import children_of, text_of
from articles.main_content import MainContent
from articles.plain_text import block_text
from articles.record import (
    Block,
    Callout,
    Code,
    Faq,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Section,
)


def read_sections(main: MainContent, base_url: str) -> tuple[Section, ...]:
    """The sections of the chosen main content, in the order of the page."""
    return _sections(bullets_as_lists(_parts_of(write_fragment(main, base_url))))


def sections_of(fragment: str) -> tuple[Section, ...]:
    """Sections of a plain HTML fragment."""
    return _sections(_parts_of([fragment]))


def _sections(parts: Iterable[Part]) -> tuple[Section, ...]:
    sections: list[Section] = []
    heading: str | None = None
    level: int | None = None
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, Heading):
            if blocks or heading:
                sections.append(Section(heading=heading, level=level, blocks=tuple(blocks)))
            level, heading = part
            blocks = []
        else:
            blocks.append(part)
    if blocks or heading:
        sections.append(Section(heading=heading, level=level, blocks=tuple(blocks)))
    return tuple(sections)


def _parts_of(parts: Iterable[Part | str]) -> Iterator[Part]:
    """Headings and blocks; all structures are read at once, each wrapped in an element."""
    parts = tuple(parts)
    markup = "".join(f"<section>{part}</section>" for part in parts if isinstance(part, str))
    body = BeautifulSoup(markup, "lxml", multi_valued_attributes=None).body if markup else None
    structures = children_of(body) if body is not None else iter(())
    for part in parts:
        if isinstance(part, str):
            yield from _parts_in(next(structures, None))
        else:
            yield part


def _parts_in(structure: Tag | None) -> Iterator[Part]:
    for element in children_of(structure) if structure is not None else ():
        if element.name in HEADING_LEVELS:
            yield Heading(HEADING_LEVELS[element.name], text_of(element).replace("\n", " "))
        elif (block := _block(element)) is not None:
            yield block


def _block(element: Tag) -> Block | None:
    match element.name:
        case "ul" | "ol" | "dl":
            return _list(element)
        case "table":
            return read_table(element)
        case "details":
            return _foldable(element)
        case "aside":
            return _callout(element)
        case "blockquote":
            return _quote(element)
        case "pre":
            code = element.get_text().strip("\n")
            return Code(text=code) if code else None
    text = text_of(element)
    return Paragraph(text=text) if text else None


_LISTS = ("ul", "ol", "dl")


def _list(element: Tag) -> ListBlock | None:
    items = _items(element)
    if not items:
        return None
    is_ordered = element.name == "ol"
    start = str(element.get("start") or "")
    return ListBlock(items=items, ordered=is_ordered, start=int(start) if start.isdecimal() else 1)


def _items(element: Tag) -> tuple[ListItem, ...]:
    """Items of a list; a list nested in the list itself belongs to the item before it.

    An item that holds nothing but a list gives its place to the items of that list.
    """
    items: list[ListItem] = []
    for child in children_of(element):
        is_list = child.name in _LISTS
        found = _items(child) if is_list else _with_text(_item(child))
        if items and (is_list or child.name == "dd"):
            last = items.pop()
            is_ordered = last.ordered if last.items else child.name == "ol"
            items.append(ListItem(text=last.text, items=last.items + found, ordered=is_ordered))
        else:
            items.extend(found)
    return tuple(items)


def _with_text(item: ListItem) -> tuple[ListItem, ...]:
    return (item,) if item.text else item.items


def _item(element: Tag) -> ListItem:
    lists = [inner for inner in children_of(element) if inner.name in _LISTS]
    nested = tuple(item for inner in lists for item in _items(inner))
    return ListItem(
        text=text_of(element, without=_LISTS).replace("\n", " "),
        items=nested,
        ordered=bool(nested) and lists[0].name == "ol",
    )


def _foldable(element: Tag) -> Faq | Callout | Paragraph | None:
    """A question with its answer; a callout where what opens the part is no question."""
    summary = next((child for child in children_of(element) if child.name == "summary"), None)
    question = ""
    if summary is not None:
        question = text_of(summary).replace("\n", " ")
        summary.decompose()
    blocks = _blocks_in(element)
    answer = _text_of_blocks(blocks)
    if not question or not answer:
        return Paragraph(text=question or answer) if question or answer else None
    if is_question(question):
        return Faq(question=question, answer=answer, blocks=_structure(blocks))
    return Callout(title=question, text=answer, blocks=_structure(blocks))


def _callout(element: Tag) -> Callout | None:
    first = next(children_of(element), None)
    title = None
    if first is not None and first.name in HEADING_LEVELS:
        title = text_of(first).replace("\n", " ")
        first.decompose()
    blocks = _blocks_in(element)
    text = _text_of_blocks(blocks)
    if not text:
        return Callout(text=title) if title else None
    return Callout(text=text, title=title or None, blocks=_structure(blocks))


def _blocks_in(element: Tag) -> tuple[Block, ...]:
    """Blocks of a box, text that stands in it outside of all elements among them.

    A heading in a box opens no section of the article: it is a paragraph of the box.
    """
    blocks: list[Block] = []
    for child in element.children:
        if isinstance(child, Tag):
            if child.name in HEADING_LEVELS:
                blocks.append(Paragraph(text=text_of(child)))
            elif (block := _block(child)) is not None:
                blocks.append(block)
        elif text := " ".join(str(child).split()):
            blocks.append(Paragraph(text=text))
    return tuple(blocks)


def _text_of_blocks(blocks: Iterable[Block]) -> str:
    return "\n".join(text for block in blocks if (text := block_text(block)))


def _structure(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks where they say more than their text; else none, to say nothing twice."""
    return blocks if any(not isinstance(block, Paragraph) for block in blocks) else ()


def _quote(element: Tag) -> Quote | None:
    said_by = next((child for child in children_of(element) if child.name == "cite"), None)
    attribution = None
    if said_by is not None:
        attribution = text_of(said_by).replace("\n", " ").lstrip("-–—― ")
        said_by.decompose()
    text = text_of(element)
    if not text:
        return Quote(text=attribution) if attribution else None
    return Quote(text=text, attribution=attribution or None)
