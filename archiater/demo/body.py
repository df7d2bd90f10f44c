"""The parts of an article as HTML: once as semantic tags, once as the text-and-br of old pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from archiater.demo.markup import as_html, as_plain
from archiater.demo.model import (
    Box,
    Bullets,
    Grid,
    Heading,
    Part,
    Prose,
    Question,
    Quotation,
    Source,
)


def render_parts(parts: Iterable[Part], *, accordion: bool = False) -> list[str]:
    """Every part as semantic HTML; questions fold as details, or as buttons with `accordion`."""
    return [render_part(part, accordion=accordion) for part in parts]


def render_part(part: Part, *, accordion: bool = False) -> str:
    match part:
        case Heading(text=text, level=level):
            return f"<h{level}>{as_html(text)}</h{level}>"
        case Prose(text=text):
            return f"<p>{as_html(text)}</p>"
        case Bullets(items=items, ordered=ordered):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{as_html(text)}</li>' for text in items)}</{tag}>"
        case Grid():
            return _table(part)
        case Quotation(text=text):
            return f"<blockquote><p>{as_html(text)}</p></blockquote>"
        case Box(title=title, text=text):
            return (
                f'<aside class="callout"><p class="callout-title"><strong>{as_html(title)}</strong>'
                f"</p><p>{as_html(text)}</p></aside>"
            )
        case Question():
            return _button_question(part) if accordion else _details_question(part)


def render_plain(parts: Iterable[Part]) -> str:
    """Every part as old pages have it: text nodes and br in one div, bold for a heading."""
    return "<br><br>\n".join(_plain_part(part) for part in parts)


def contents(parts: Iterable[Part]) -> list[str]:
    """The headings of the first level, for a table of contents."""
    return [as_plain(part.text) for part in parts if isinstance(part, Heading) and part.level == 2]


def render_sources(sources: Sequence[Source], *, ordered: bool = True) -> str:
    """The entries of the source list; addresses and DOIs are links."""
    tag = "ol" if ordered else "ul"
    return (
        f'<{tag} class="sources">{"".join(f"<li>{_source(one)}</li>" for one in sources)}</{tag}>'
    )


def _source(source: Source) -> str:
    shown = escape(source.text)
    if source.doi:
        doi = escape(source.doi)
        shown = shown.replace(doi, f'<a href="https://doi.org/{doi}">{doi}</a>', 1)
    if source.url:
        url = escape(source.url)
        shown = shown.replace(url, f'<a href="{url}">{url}</a>', 1)
    return shown


def _table(grid: Grid) -> str:
    caption = f"<caption>{as_html(grid.caption)}</caption>" if grid.caption else ""
    head = "".join(f'<th scope="col">{as_html(cell)}</th>' for cell in grid.rows[0])
    rows = "".join(
        f"<tr>{''.join(f'<td>{as_html(cell)}</td>' for cell in row)}</tr>" for row in grid.rows[1:]
    )
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _details_question(part: Question) -> str:
    return (
        f'<details class="faq"><summary>{as_html(part.question)}</summary>'
        f"<p>{as_html(part.answer)}</p></details>"
    )


def _button_question(part: Question) -> str:
    return (
        f'<div class="accordion-item"><h3><button aria-expanded="false">{as_html(part.question)}'
        f'</button></h3><div class="accordion-panel" hidden><p>{as_html(part.answer)}</p>'
        "</div></div>"
    )


def _plain_part(part: Part) -> str:
    match part:
        case Heading(text=text):
            return f"<b>{as_html(text)}</b>"
        case Bullets(items=items):
            return "<br>\n".join(f"&bull; {as_html(text)}" for text in items)
        case Grid(rows=rows):
            cells = (
                "".join(f"<td><font size=2>{as_html(cell)}</font></td>" for cell in row)
                for row in rows
            )
            shown = "".join(f"<tr>{row}</tr>" for row in cells)
            return f"<table border=1 cellpadding=3>{shown}</table>"
        case Box(title=title, text=text):
            return f"<b>{as_html(title)}</b> {as_html(text)}"
        case Question(question=question, answer=answer):
            return f"<b>{as_html(question)}</b><br>\n{as_html(answer)}"
        case Prose(text=text) | Quotation(text=text):
            return as_html(text)
