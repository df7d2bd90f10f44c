"""What is written as Markdown is read back as what it was, hostile text included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.markdown import article_markdown, escape_markdown, sections_markdown
from articles.plain_text import plain_text
from articles.record import (
    Article,
    Block,
    Callout,
    Code,
    Derivation,
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
from articles.record_json import record_to_json
from articles.record_reading import article_from_json
from tests.articles.markdown_reading import read_markdown, shapes_of

# Pieces of text that mean something to Markdown or HTML, alone or side by side.
MARKS = (
    "*", "**", "_", "__", "`", "```", "~~", "[a](b)", "![a](b)", "[^1]", "[ ]", "[a]: /b", "<b>",
    "</b>", "<!--", "<script>", "<https://a.example>", "&amp;", "&#60;", "&lt", "#", "##", "-", "+",
    "---", "===", "1.", "12)", ">", "|", "\\", "\\|", "|---|", ":--", ":", "!", "'", '"', "$", "  ",
    "\u00a0", "\u3000", "\u200b", "https://a.example/_b_", "www.a.example", "me@a.example", "word",
    "naïve", "睡眠", "ไข้", "حمى", "5 mg", "=", "1.5", "- a", "(c)", "{", "}", "^", "%", "\t", "½",
)  # fmt: skip
LINES = (
    st.lists(st.sampled_from(MARKS) | st.text(max_size=3), min_size=1, max_size=6)
    .flatmap(lambda parts: st.sampled_from((" ", "")).map(lambda glue: glue.join(parts)))
    .map(lambda line: re.sub(r"[\x00-\x1f\x7f\u0085]+", " ", line))
    .map(lambda line: " ".join(line.encode("utf-8", "replace").decode().split()))
    .filter(bool)
)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
ITEMS = st.recursive(
    LINES.map(lambda text: ListItem(text=text)),
    lambda inner: st.builds(
        ListItem,
        text=LINES,
        items=st.lists(inner, min_size=1, max_size=3).map(tuple),
        ordered=st.booleans(),
    ),
    max_leaves=6,
)
LISTS = st.builds(
    ListBlock,
    items=st.lists(ITEMS, min_size=1, max_size=4).map(tuple),
    ordered=st.booleans(),
    start=st.sampled_from((0, 1, 3, 99, 100_000)),
).map(lambda block: block if block.ordered else replace(block, start=1))
ROWS = st.lists(
    st.lists(LINES | st.just(""), min_size=2, max_size=4).map(tuple), min_size=1, max_size=4
)
TABLES = st.builds(
    Table,
    rows=ROWS.filter(lambda rows: any(map(any, rows))).map(tuple),
    header_rows=st.sampled_from((0, 1, 2)),
    header_columns=st.sampled_from((0, 1, 2)),
    caption=st.none() | LINES,
).map(lambda table: replace(table, header_rows=min(table.header_rows, len(table.rows) - 1)))
CODES = st.lists(st.sampled_from((*MARKS, "\n", "    ", "a")), min_size=1).map("".join)
PLAIN: st.SearchStrategy[Block] = (
    TEXTS.map(lambda text: Paragraph(text=text))
    | LISTS
    | TABLES
    | CODES.map(lambda text: Code(text=text.replace("\t", " ").replace("\u2028", " ")))
)
INNER = st.lists(PLAIN, max_size=3).map(tuple)
BLOCKS: st.SearchStrategy[Block] = (
    PLAIN
    | st.builds(Quote, text=TEXTS, attribution=st.none() | LINES)
    | st.builds(Callout, text=TEXTS, title=st.none() | LINES, blocks=INNER)
    | st.builds(Faq, question=LINES, answer=TEXTS, blocks=INNER)
    | st.builds(
        Figure,
        image=st.builds(
            Image,
            url=st.just("https://a.example/i.jpg?a=1&b=2"),
            alt=st.none() | LINES,
            caption=st.none() | LINES,
        ),
    )
)
SECTIONS = st.lists(
    st.builds(
        Section,
        heading=LINES,
        level=st.integers(2, 6),
        blocks=st.lists(BLOCKS, max_size=5).map(tuple),
    ),
    max_size=3,
)


@settings(max_examples=200, deadline=None)
@given(SECTIONS)
@example([Section(heading="C #", level=2, blocks=(Paragraph(text="a\n---"),))])
@example([Section(heading="#", level=2, blocks=(ListBlock(items=(ListItem(text="- a"),)),) * 3)])
def test_sections_are_read_back_as_they_were(sections: list[Section]) -> None:
    markdown = "\n\n".join(sections_markdown(sections)) + "\n"

    assert read_markdown(markdown) == shapes_of(sections)


@given(LINES)
def test_no_address_in_a_text_is_a_link_without_being_marked(text: str) -> None:
    escaped = escape_markdown(f"see {text} or www.b.example, http://c.example, me@d.example.")

    assert not re.search(r"https?://|www\.|\w@\w", escaped)


@settings(deadline=None)
@given(SECTIONS)
def test_text_and_markdown_say_the_same_words_in_the_same_order(sections: list[Section]) -> None:
    sections = [section_of_one_text(section) for section in sections]

    read = read_markdown("\n\n".join(sections_markdown(sections)) + "\n")

    assert words(" ".join(said(read))) == words(plain_text(sections))


def section_of_one_text(section: Section) -> Section:
    """The section with boxes whose text and blocks say the same, as extraction makes them."""
    blocks = tuple(
        replace(block, blocks=()) if isinstance(block, Callout | Faq) else block
        for block in section.blocks
        if not isinstance(block, Figure)
    )
    return replace(section, blocks=blocks)


def said(shape: object) -> Iterator[str]:
    """All text of a shape, in order; kinds, levels and numbers of lists are none."""
    if (
        isinstance(shape, tuple)
        and shape
        and shape[0] in ("h", "p", "list", "code", "table", "quote")
    ):
        yield from said(shape[-1])
    elif isinstance(shape, list | tuple):
        for inner in shape:
            yield from said(inner)
    elif isinstance(shape, str):
        yield shape


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@settings(max_examples=50, deadline=None)
@given(SECTIONS)
def test_a_stored_record_gives_the_same_bytes_of_markdown(sections: list[Section]) -> None:
    article = Article(
        url="https://a.example/",
        requested_url=None,
        site=None,
        publisher=None,
        language=None,
        title="A title",
        text="",
        sections=tuple(sections),
        extractor=Derivation(version="1", route="blocks", confidence=1.0),
        text_digest="",
        word_count=0,
    )

    stored = article_from_json(record_to_json(article))

    assert article_markdown(stored) == article_markdown(article)
    assert stored.sections == article.sections
