"""Shape 1: a large Asian health portal, with the debris of its template around and in the text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from archiater.demo.body import render_parts, render_sources
from archiater.demo.furniture import (
    STRAY_DEBRIS,
    advertisement,
    empty_advertisement,
    helpful_widget,
    related_cards,
    share_buttons,
)
from archiater.demo.machine_data import head
from archiater.demo.model import DemoArticle, Person
from archiater.demo.shapes.frame import (
    Setting,
    dated,
    fill,
    joined,
    notices,
    page,
    profile_link,
)
from archiater.demo.words import words_in


def hello_page(article: DemoArticle, others: Sequence[DemoArticle], setting: Setting) -> str:
    """Byline at the head and again in a review block at the foot; JSON-LD knows the author only."""
    words = words_in(article.language)
    title = escape(article.title)
    main = (
        f'<div class="og-backup">{STRAY_DEBRIS}</div>'
        f'<div class="sticky-tools"><a href="/tools/">{escape(words.screening)}</a>'
        f'<a href="/ask/">{escape(words.ask)}</a></div>'
        f'<main class="page-details-content"><div class="crumbs"><a href="/">Saltmarsh</a> '
        f'<a href="{_section_path(article)}">{escape(article.section)}</a></div>'
        f"<article><h1>{title}</h1>{notices(article)}{_head_byline(article)}"
        f'{share_buttons(article)}<div class="toc-title">{title}</div>'
        f'<div class="article-body">{_body(article, others, setting)}</div>'
        f'<p class="topic-link"><a href="{_section_path(article)}">'
        f"{escape(words.learn_more.format(topic=article.section))}</a></p>"
        f'<div class="disclaimer">{escape(words.disclaimer)}</div>'
        f"{_sources(article)}{_foot_review(article)}{empty_advertisement(article)}"
        f"{helpful_widget(article)}{empty_advertisement(article)}{empty_advertisement(article)}"
        "</article></main>"
    )
    return page(article, head=head(article, setting.base_url, types=("Article",)), main=main)


def _section_path(article: DemoArticle) -> str:
    return f"/{article.path.split('/')[1]}/"


def _body(article: DemoArticle, others: Sequence[DemoArticle], setting: Setting) -> str:
    """The parts, with a box of cards after the second and an advertisement after the fourth."""
    parts = render_parts(article.parts, accordion="accordion" in article.options)
    parts.insert(4, advertisement(article, edition=setting.edition))
    parts.insert(2, related_cards(article, others))
    return "\n".join(parts)


def _head_byline(article: DemoArticle) -> str:
    words = words_in(article.language)
    lines = []
    if article.reviewers:
        names = joined((profile_link(person) for person in article.reviewers), article.language)
        # After two names nobody could tell whose specialty it is.
        specialty = _specialty(article.reviewers[0]) if len(article.reviewers) == 1 else ""
        lines.append(
            f'<div class="byline-reviewer">{fill(words.reviewed_by, names)}{specialty}</div>'
        )
    if article.authors:
        names = joined((profile_link(person) for person in article.authors), article.language)
        dates = "".join(f' <span class="dot">·</span> {date}' for date in _dates(article))
        lines.append(f'<div class="byline-author">{fill(words.written_by, names)}{dates}</div>')
    return f'<div class="byline">{"".join(lines)}</div>'


def _dates(article: DemoArticle) -> list[str]:
    words = words_in(article.language)
    if article.modified:
        return [f"<time>{dated(words.updated, article.modified, article.language)}</time>"]
    if article.published:
        return [f"<time>{dated(words.published, article.published, article.language)}</time>"]
    return []


def _specialty(person: Person) -> str:
    return f' · <span class="role">{escape(person.specialty)}</span>' if person.specialty else ""


def _foot_review(article: DemoArticle) -> str:
    """The review once more, its label, name and specialty in lines of their own."""
    if not article.reviewers:
        return ""
    words = words_in(article.language)
    before, after = (part.strip(" :") for part in words.reviewed_by.split("{name}"))
    people = (line for person in article.reviewers for line in (person.signature, person.specialty))
    shown = "".join(f"<p>{escape(line)}</p>" for line in (before, *people, after) if line)
    author = ""
    if article.authors:
        names = joined((person.signature for person in article.authors), article.language)
        dates = "".join(f" · {date}" for date in _dates(article))
        author = f"<p>{fill(words.written_by, escape(names))}{dates}</p>"
    return f'<div class="review-block">{shown}{author}</div>'


def _sources(article: DemoArticle) -> str:
    if not article.sources:
        return ""
    label = escape(words_in(article.language).sources)
    listed = render_sources(article.sources)
    if "collapsed-sources" in article.options:
        return f'<details class="source-box"><summary>{label}</summary>{listed}</details>'
    return f'<div class="source-box"><h4>{label}</h4>{listed}</div>'
