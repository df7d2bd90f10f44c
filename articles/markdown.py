"""An article as Markdown in the flavour of GitHub, safe to render: no HTML of the page is left.

Every character of the page that Markdown or HTML would read as markup is escaped, so what the page
says stands there as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from articles.record import (
    Article,
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


def article_markdown(article: Article) -> str:
    """Title, sections and references of an article; ends with a line break."""
    pieces: list[str] = []
    if article.title:
        pieces.append("# " + escape_markdown(article.title))
    for section in article.sections:
        pieces.extend(_section_pieces(section))
    if article.references:
        pieces.append("## References")
        pieces.append(
            "\n".join(
                f"{number}. {escape_markdown(reference.text)}"
                + (f" <{url}>" if (url := _safe_url(reference.url)) else "")
                for number, reference in enumerate(article.references, 1)
            )
        )
    return "\n\n".join(pieces) + "\n"


def escape_markdown(text: str) -> str:
    """Text of one line that Markdown shows as it is.

    >>> escape_markdown("2 < 3 *and* [x](y)")
    '2 &lt; 3 \\\\*and\\\\* \\\\[x\\\\](y)'
    """
    folded = " ".join(text.split())
    escaped = _SPECIAL.sub(r"\\\1", folded)
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINE_START.sub(r"\1\\\2", escaped)


_SPECIAL = re.compile(r"([\\`*_\[\]|~])")
# What makes a list, heading, rule or quote only at the start of a line.
_LINE_START = re.compile(r"^(\d{0,9})([#+\-=.)](?=\s|$|[#\-=]))")


def _section_pieces(section: Section) -> Iterator[str]:
    if section.heading:
        level = min(max(section.level or 2, 2), 6)
        yield "#" * level + " " + escape_markdown(section.heading)
    for block in section.blocks:
        if piece := _block_markdown(block):
            yield piece


def _block_markdown(block: Block) -> str:
    match block:
        case Paragraph():
            return _lines(block.text)
        case ListBlock():
            return "\n".join(_item_lines(block.items, ordered=block.ordered, indent=""))
        case Table():
            return _table_markdown(block)
        case Quote():
            return _quoted(_lines(block.text))
        case Callout():
            title = f"**{escape_markdown(block.title)}**\n\n" if block.title else ""
            return _quoted(title + _lines(block.text))
        case Faq():
            return f"**{escape_markdown(block.question)}**\n\n{_lines(block.answer)}"
        case Code():
            return _fenced(block.text)
        case Figure():
            url = _safe_url(block.image.url)
            alt = escape_markdown(block.image.caption or block.image.alt or "")
            return f"![{alt}](<{url}>)" if url else ""


def _lines(text: str) -> str:
    """A paragraph; its line breaks stay line breaks."""
    return "\\\n".join(escape_markdown(line) for line in text.split("\n") if line.strip())


def _item_lines(items: Iterable[ListItem], *, ordered: bool, indent: str) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        mark = f"{number}. " if ordered else "- "
        yield f"{indent}{mark}{escape_markdown(item.text)}"
        yield from _item_lines(item.items, ordered=False, indent=indent + " " * len(mark))


def _table_markdown(table: Table) -> str:
    width = max(len(row) for row in table.rows)
    head = table.rows[: table.header_rows] or (("",) * width,)
    body = table.rows[table.header_rows :]
    # GitHub tables have one header row; further header rows become rows of the body.
    rows = [head[0], *head[1:], *body] if table.header_rows else [head[0], *body]
    lines = [_row_markdown(rows[0], width), "|" + " --- |" * width]
    lines += [_row_markdown(row, width) for row in rows[1:]]
    caption = f"{escape_markdown(table.caption)}\n\n" if table.caption else ""
    return caption + "\n".join(lines)


def _row_markdown(row: tuple[str, ...], width: int) -> str:
    cells = [*row, *[""] * (width - len(row))]
    return "| " + " | ".join(escape_markdown(cell) for cell in cells) + " |"


def _quoted(text: str) -> str:
    return "\n".join("> " + line if line else ">" for line in text.split("\n"))


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _safe_url(url: str | None) -> str | None:
    """An http(s) URL that cannot end the angle brackets it stands in; else None."""
    if not url or not url.startswith(("http://", "https://")) or re.search(r"[\s<>]", url):
        return None
    return url
