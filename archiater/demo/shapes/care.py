"""Shape 2: a public health service. Nobody is named; the page says when it was last reviewed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from archiater.demo.body import contents, render_parts, render_sources
from archiater.demo.furniture import NETWORK
from archiater.demo.machine_data import head
from archiater.demo.model import DemoArticle
from archiater.demo.shapes.frame import Setting, notices, page
from archiater.demo.words import split_date, words_in


def care_page(article: DemoArticle, others: Sequence[DemoArticle], setting: Setting) -> str:
    """Semantic HTML, a list of contents, review dates at the foot."""
    anchors = "".join(
        f'<li><a href="#section-{number}">{escape(text)}</a></li>'
        for number, text in enumerate(contents(article.parts), start=1)
    )
    links = "".join(
        f'<li><a href="{other.path}">{escape(other.title)}</a></li>' for other in others
    )
    body = "\n".join(render_parts(article.parts))
    sources = f"<h2>References</h2>{render_sources(article.sources)}" if article.sources else ""
    main = (
        '<nav class="breadcrumb"><a href="/">Home</a> <a href="/conditions/">A to Z</a></nav>'
        f'<main id="maincontent"><article><h1>{escape(article.title)}</h1>{notices(article)}'
        f'<nav class="contents" aria-label="Contents"><h2>Contents</h2><ol>{anchors}</ol></nav>'
        f"{body}{sources}{_review_dates(article)}</article>"
        f'<aside class="more"><h2>Related conditions</h2><ul>{links}</ul></aside></main>'
        '<div class="feedback"><h2>Help us improve our website</h2>'
        "<p>Can you answer a two minute survey about your visit today?</p></div>"
    )
    page_head = head(article, setting.base_url, types=None)
    script = _jsonld(article, setting)
    return page(article, head=page_head.replace("</head>", f"{script}</head>"), main=main)


def _review_dates(article: DemoArticle) -> str:
    lines = [
        f'{label}: <time datetime="{value}">{british_date(value)}</time>'
        for label, value in (
            ("Page last reviewed", article.reviewed),
            ("Next review due", article.next_review_due),
        )
        if value
    ]
    return f'<div class="review-date"><p>{"<br>".join(lines)}</p></div>' if lines else ""


def british_date(iso: str) -> str:
    """`29 July 2024`, or `July 2024` for a month."""
    year, month, day = split_date(iso)
    return f"{day.lstrip('0')} {words_in('en').months[int(month) - 1]} {year}".lstrip()


def _jsonld(article: DemoArticle, setting: Setting) -> str:
    """`lastReviewed` is a list of last and next review, in UTC: one day before the visible day."""
    stamps = [_utc_eve(value) for value in (article.reviewed, article.next_review_due) if value]
    node = {
        "@context": "http://schema.org",
        "@type": "MedicalWebPage",
        "name": article.title,
        "description": article.description,
        "url": setting.base_url + article.path,
        "lastReviewed": stamps,
        "publisher": {"@type": "Organization", "name": NETWORK},
    }
    return f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'


def _utc_eve(iso: str) -> str:
    if len(iso) < 10:
        return iso
    eve = date.fromisoformat(iso) - timedelta(days=1)
    return f"{eve.isoformat()}T23:00:00+00:00"
