"""Shape 4: an old page. Tables for layout, text and br in one cell, the byline a line of text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from archiater.demo.body import render_plain
from archiater.demo.furniture import NETWORK, advertisement, footer
from archiater.demo.model import DemoArticle
from archiater.demo.shapes.frame import Setting, notices
from archiater.demo.words import split_date, words_in


def library_page(article: DemoArticle, others: Sequence[DemoArticle], setting: Setting) -> str:
    """No semantic tag, no machine data but a title; the heading is bold text in a larger font."""
    links = "<br>".join(f'<a href="{other.path}">{escape(other.title)}</a>' for other in others)
    language = "" if "no-language" in article.options else f' lang="{article.language}"'
    return (
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n'
        f"<html{language}><head>"
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        f"<title>{escape(article.title)} - {NETWORK}</title></head><body bgcolor=white>"
        '<table width="100%" class="frame"><tr><td class="left" width=160 valign=top>'
        f'<a href="/">Home</a><br><a href="/library/">Library</a><br><br><b>See also</b><br>{links}'
        f'</td><td valign=top><div class="story"><h1>{escape(article.title)}</h1>'
        f"{notices(article)}{_byline(article)}<br><br>\n{_dateline(article)}"
        f"{render_plain(article.parts)}{_sources(article)}</div>"
        f"{advertisement(article, edition=setting.edition)}</td></tr></table>"
        f"{footer(article.language)}</body></html>\n"
    )


def short_date(iso: str) -> str:
    """`Feb. 23, 2015`; May, June and July stay whole; a month alone is `February 2015`."""
    year, month, day = split_date(iso)
    name = words_in("en").months[int(month) - 1]
    if not day:
        return f"{name} {year}"
    short = name if len(name) <= 4 else f"{name[:4] if name == 'September' else name[:3]}."
    return f"{short} {int(day)}, {year}"


def _byline(article: DemoArticle) -> str:
    """`By A. Reviewed by B, MD on Feb. 23, 2015`; the labels are plain text before the names."""
    pieces = []
    if article.authors:
        authors = " and ".join(person.signature for person in article.authors)
        pieces.append(f"By {authors}." if article.reviewers else f"By {authors}")
    if article.reviewers:
        reviewers = " and ".join(person.signature for person in article.reviewers)
        pieces.append(f"Reviewed by {reviewers}")
    if article.reviewed:
        pieces.append(f"on {short_date(article.reviewed)}")
    if article.modified:
        pieces.append(f"<br>Last updated: {short_date(article.modified)}")
    return " ".join(piece if piece.startswith("<br>") else escape(piece) for piece in pieces)


def _dateline(article: DemoArticle) -> str:
    """The day of publication in front of the first sentence, as news agencies write it."""
    return f"{escape(short_date(article.published))} -- " if article.published else ""


def _sources(article: DemoArticle) -> str:
    if not article.sources:
        return ""
    entries = "<br>".join(escape(source.text) for source in article.sources)
    return f"<br><br><b>SOURCES:</b><br>{entries}"
