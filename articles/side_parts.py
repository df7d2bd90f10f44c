"""Parts of a page that stand beside its text and have fields of their own: contents, links, boxes.

The table of contents and links to other articles are read from blocks that left the text;
takeaways are read from the sections, where they also stay. Called by `extract`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from articles.block_scoring import reading_size
from articles.blocks import HEADINGS, Block
from articles.boilerplate import boilerplate_kind, phrase_key
from articles.main_content import MainContent
from articles.markup_hints import RELATED, TOC
from articles.plain_text import block_text
from articles.record import Block as RecordBlock
from articles.record import Callout, Figure, Image, Link, ListBlock, Paragraph, Section
from articles.takeaway_headings import is_takeaway_heading
from articles.urls import absolute_url

MAX_LINKS = 100
MAX_GAP = 2
"""Blocks from one entry of a list of contents to the next; bullets are pictures on some pages."""
MIN_ENTRIES = 2
"""Links that name a heading of the text; a single one is a cross-reference."""


def read_toc(main: MainContent, base_url: str) -> tuple[Link, ...]:
    """Entries of the page's own table of contents: links into the page itself.

    A list of contents is known by its markup or its place in the text, anywhere else on the page by
    its entries: they are the headings of the article.
    """
    marked = [
        link
        for block in _links_around(main)
        if main.excluded[block.index] & TOC or main.choice.dropped.get(block.index) == "toc"
        for link in _links(block, base_url, in_page=True)
    ]
    return _unique(marked) or _unique(_links_to_headings(main, base_url))


def _links_to_headings(main: MainContent, base_url: str) -> Iterator[Link]:
    """Links of lists in which most lead to a heading of the text by its own words."""
    headings = {_entry_key(block.text) for block in main.choice.kept if block.tag in HEADINGS}
    if not headings:
        return
    for blocks in _runs_of_links(main.tree.blocks):
        if sum(_entry_key(text) in headings for text in _link_texts(blocks)) < MIN_ENTRIES:
            continue
        links = [link for block in blocks for link in _links(block, base_url, in_page=True)]
        known = sum(_entry_key(link.text) in headings for link in links)
        if known >= MIN_ENTRIES and known * 2 >= len(links):
            yield from links


def _runs_of_links(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks that link into the page, those close to each other together."""
    run: list[Block] = []
    for block in blocks:
        if block.links and (block.links[0].get("href") or "").startswith("#"):
            if run and block.index - run[-1].index > MAX_GAP:
                yield run
                run = []
            run.append(block)
    yield run


def _entry_key(text: str) -> str:
    """A heading as a list of contents repeats it: its number may be left out or set before it."""
    return _ENTRY_NUMBER.sub("", phrase_key(text))


_ENTRY_NUMBER = re.compile(r"^(?:\d{1,2}[.)]?)+\s*")


def read_related(main: MainContent, base_url: str) -> tuple[Link, ...]:
    """Links to other articles that stood in or right around the text."""
    reasons = ("related", "link line", "card")
    found = (
        link
        for block in _links_around(main)
        if main.choice.dropped.get(block.index) in reasons or main.excluded[block.index] & RELATED
        for link in _links(block, base_url, in_page=False)
    )
    return _unique(found)


def read_takeaways(sections: Iterable[Section]) -> tuple[str, ...]:
    """The lines of the "key takeaways" box or section; empty where there is none.

    Where other things follow under the heading, its first list is all of it.
    """
    for section in sections:
        if section.heading and is_takeaway_heading(section.heading):
            return tuple(_lines(_up_to_last_list(section.blocks)))
        for number, block in enumerate(section.blocks):
            if isinstance(block, Callout) and block.title and is_takeaway_heading(block.title):
                return tuple(block.text.split("\n"))
            if isinstance(block, Paragraph) and is_takeaway_heading(block.text):
                following = section.blocks[number + 1 : number + 2]
                if following and isinstance(following[0], ListBlock):
                    return tuple(_lines(following))
    return ()


def _up_to_last_list(blocks: tuple[RecordBlock, ...]) -> tuple[RecordBlock, ...]:
    """The blocks to the end of the first lists among them; all where there are none."""
    started = False
    for number, block in enumerate(blocks):
        if started and not isinstance(block, ListBlock):
            return blocks[:number]
        started = isinstance(block, ListBlock)
    return blocks


def _lines(blocks: Iterable[RecordBlock]) -> Iterator[str]:
    for block in blocks:
        if text := block_text(block):
            yield from text.split("\n")


def read_images(sections: Iterable[Section]) -> tuple[Image, ...]:
    """The pictures in the body, each once."""
    images = (
        block.image for section in sections for block in section.blocks if isinstance(block, Figure)
    )
    return tuple({image.url: image for image in images}.values())


def _links_around(main: MainContent) -> list[Block]:
    """Blocks with links in the container and in what directly holds it."""
    if not main.tree.nodes:
        return []
    root = next(node for node in main.tree.nodes if node.element is main.root)
    holder = main.tree.nodes[root.parent] if root.parent >= 0 else root
    return [
        block for block in main.tree.blocks[holder.first_block : holder.end_block] if block.links
    ]


def _link_texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        for link in block.links:
            yield _text_of(link)


def _text_of(link: HtmlElement) -> str:
    return " ".join(link.text_content().split())


def _links(block: Block, base_url: str, *, in_page: bool) -> Iterator[Link]:
    for link in block.links:
        href = (link.get("href") or "").strip()
        if href.startswith("#") != in_page or href.startswith(("javascript:", "mailto:", "tel:")):
            continue
        text = _text_of(link)
        is_told = bool(text) if in_page else reading_size(text) > 5
        if len(text) < 200 and is_told and boilerplate_kind(text) is None:
            yield Link(text=text, url=absolute_url(base_url, href) if base_url else href)


def _unique(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple({(link.text, link.url): link for link in links}.values())[:MAX_LINKS]
