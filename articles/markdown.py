"""An article as Markdown in the flavour of GitHub, safe to render: no HTML of the page is left.

Every character of the page that Markdown or HTML would read as markup is escaped, so what the page
says stands there as text: no list, table, link or tag comes of it. The same record gives the same
bytes, and the words are those of `text` in the same order. Rules: CommonMark 0.31 and the tables,
strikethrough and autolinks of the GitHub Flavored Markdown Spec 0.29.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from articles.plain_text import said_once
from articles.record import (
    Article,
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
    Reference,
    Section,
    Table,
)


def article_markdown(article: Article) -> str:
    """Title, sections and references of an article; ends with a line break."""
    pieces: list[str] = []
    if article.title:
        pieces.append(_heading(1, article.title))
    pieces.extend(sections_markdown(article.sections))
    if article.references:
        pieces.append("## References")
        pieces.append(
            "\n".join(
                f"{number}. {_reference(reference)}"
                for number, reference in enumerate(article.references, 1)
            )
        )
    return "\n\n".join(pieces) + "\n"


def sections_markdown(sections: Iterable[Section]) -> Iterator[str]:
    """Headings and blocks, to be parted by blank lines."""
    for section in sections:
        if section.heading:
            yield _heading(min(max(section.level or 2, 2), 6), section.heading)
        yield from _pieces(section.blocks)


def escape_markdown(text: str) -> str:
    """Text of one line that Markdown shows as it is.

    >>> escape_markdown("2 < 3 *and* [x](y)")
    '2 &lt; 3 \\\\*and\\\\* \\\\[x\\\\](y)'
    """
    folded = " ".join(text.split())
    escaped = _SPECIAL.sub(r"\\\1", folded)
    escaped = _without_tags(escaped)
    escaped = _BARE_ADDRESS.sub(r"\\\1", escaped)
    return _with_plain_start(escaped)


def _with_plain_start(line: str) -> str:
    """A line that opens no list, heading, rule or table by its first characters."""
    found = _LINE_START.match(line)
    return f"{line[: found.end() - 1]}\\{line[found.end() - 1 :]}" if found else line


def _without_tags(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_SPECIAL = re.compile(r"([\\`*_\[\]|~])")
# GitHub makes links of these without any mark around them.
_BARE_ADDRESS = re.compile(r"((?<=\w):(?=//)|(?<=www)\.|(?<=\w)@(?=\w))", re.IGNORECASE)
# What makes a list, heading, rule, table or quote only at the start of a line.
_LINE_START = re.compile(r"[0-9]{1,9}[.)](?=\s|$)|[#+\-=]|:(?=-)")


def _heading(level: int, text: str) -> str:
    # Number signs at the end would close the heading and be gone.
    return "#" * level + " " + _CLOSING.sub(r"\\\1", escape_markdown(text))


_CLOSING = re.compile(r"(?:(?<=\s)|^)(#)(?=#*$)")


def _pieces(blocks: Iterable[Block]) -> Iterator[str]:
    """Blocks as Markdown; of two lists after each other the second has other marks, to be two."""
    before: ListBlock | None = None
    is_other = False
    for part in _with_open_answers(blocks):
        if isinstance(part, ListBlock):
            follows = before is not None and before.ordered == part.ordered
            is_other, before = follows and not is_other, part
            piece = _list(part, is_other=is_other)
        else:
            piece = part if isinstance(part, str) else _block_markdown(part)
            before = None if piece else before
        if piece:
            yield piece


def _with_open_answers(blocks: Iterable[Block]) -> Iterator[Block | str]:
    """The blocks, questions as Markdown with their answers after them."""
    for block in blocks:
        if not isinstance(block, Faq):
            yield block
            continue
        yield _bold(block.question)
        if block.blocks:
            yield from _with_open_answers(block.blocks)
        else:
            yield Paragraph(text=block.answer)


def _block_markdown(block: Block) -> str:
    match block:
        case Paragraph():
            return _lines(block.text)
        case ListBlock():
            return _list(block)
        case Table():
            return _table(block)
        case Quote():
            said_by = f"\n\n— {escape_markdown(block.attribution)}" if block.attribution else ""
            return _quoted(_lines(block.text) + said_by)
        case Callout():
            return _quoted("\n\n".join(_boxed(block)))
        case Faq():
            return "\n\n".join(_pieces([block]))
        case Code():
            return _fenced(block.text)
        case Figure():
            return _picture(block.image)


def _boxed(box: Callout) -> Iterator[str]:
    if title := _bold(box.title or ""):
        yield title
    yield from _pieces(box.blocks or [Paragraph(text=box.text)])


def _bold(text: str) -> str:
    escaped = escape_markdown(text)
    return f"**{escaped}**" if escaped else ""


def _lines(text: str) -> str:
    """A paragraph; its line breaks stay line breaks."""
    return "\\\n".join(escape_markdown(line) for line in text.split("\n") if line.strip())


def _list(block: ListBlock, *, is_other: bool = False) -> str:
    start = block.start if block.ordered else None
    return "\n".join(_item_lines(block.items, start=start, indent="", is_other=is_other))


def _item_lines(
    items: Iterable[ListItem], *, start: int | None, indent: str, is_other: bool = False
) -> Iterator[str]:
    """Lines of a list: bullets where `start` is None, else numbers from there."""
    for number, item in enumerate(_with_text(items), start or 0):
        bullet = "*" if is_other else "-"
        mark = bullet if start is None else f"{number})" if is_other else f"{number}."
        yield f"{indent}{mark} {escape_markdown(item.text)}"
        nested = 1 if item.ordered else None
        yield from _item_lines(item.items, start=nested, indent=indent + " " * (len(mark) + 1))


def _with_text(items: Iterable[ListItem]) -> Iterator[ListItem]:
    """The items; in the place of one without text those nested in it.

    An empty item is read as the underline of the one above it.
    """
    for item in items:
        if item.text.strip():
            yield item
        else:
            yield from _with_text(item.items)


def _table(table: Table) -> str:
    width = max(len(row) for row in table.rows)
    rows = [said_once(row) for row in table.rows]
    # GitHub tables have one header row; further header rows become rows of the body.
    head = rows.pop(0) if table.header_rows else ()
    lines = [_row(head, width), "|" + " --- |" * width]
    lines += [
        # They have no header cells but those of the first row: bold says the same.
        _row(row, width, bold=0 if number < table.header_rows else table.header_columns)
        for number, row in enumerate(rows, 1 if table.header_rows else 0)
    ]
    caption = f"{escape_markdown(table.caption)}\n\n" if table.caption else ""
    return caption + "\n".join(lines)


def _row(row: Sequence[str], width: int, *, bold: int = 0) -> str:
    cells = [_bold(cell) if at < bold else escape_markdown(cell) for at, cell in enumerate(row)]
    cells += [""] * (width - len(row))
    return "| " + " | ".join(cells) + " |"


def _quoted(text: str) -> str:
    return "\n".join("> " + line if line else ">" for line in text.split("\n")) if text else ""


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"{fence}\n{text}\n{fence}"


def _picture(image: Image) -> str:
    """A picture with its caption as its title; nothing where it has no web address.

    A caption alone is the alternative text as well: else a reader without pictures has nothing.
    """
    url = _safe_url(image.url)
    if not url:
        return ""
    url = url.replace("\\", "%5C").replace("&", "&amp;")
    alt, caption = image.alt or image.caption or "", image.caption if image.alt else None
    title = " ".join((caption or "").split()).replace("\\", "\\\\").replace('"', '\\"')
    title = f' "{_without_tags(title)}"' if title else ""
    return f"![{escape_markdown(alt)}](<{url}>{title})"


def _reference(reference: Reference) -> str:
    url = _safe_url(reference.url)
    return escape_markdown(reference.text) + (f" <{url}>" if url else "")


def _safe_url(url: str | None) -> str | None:
    """An http(s) URL that cannot end the angle brackets it stands in; else None."""
    url = (url or "").strip().replace(" ", "%20")
    if not url.startswith(("http://", "https://")) or _UNSAFE.search(url):
        return None
    return url


_UNSAFE = re.compile(r"[\s<>\x00-\x1f\x7f]")
