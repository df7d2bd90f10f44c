"""Shape 5: a medical encyclopedia. The review is one long sentence at the foot, under a date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from archiater.demo.body import render_parts, render_sources
from archiater.demo.furniture import NETWORK, share_buttons
from archiater.demo.machine_data import head
from archiater.demo.model import DemoArticle, Person
from archiater.demo.shapes.frame import Setting, notices, page
from archiater.demo.words import show_date, show_numeric_date, words_in


def encyclopedia_page(article: DemoArticle, others: Sequence[DemoArticle], setting: Setting) -> str:
    """Microdata instead of JSON-LD; the first reviewer is the one who "updated" the text."""
    links = "".join(
        f'<li><a href="{other.path}">{escape(other.title)}</a></li>' for other in others
    )
    reviewed = f'<meta itemprop="lastReviewed" content="{article.reviewed}">'
    body = "\n".join(render_parts(article.parts))
    main = (
        '<main id="d-article" itemscope itemtype="http://schema.org/MedicalWebPage">'
        f'<h1 itemprop="name">{escape(article.title)}</h1>{reviewed if article.reviewed else ""}'
        f"{notices(article)}{share_buttons(article)}"
        f'<article id="ency_summary">{body}</article>{_sources(article)}{_review(article)}'
        f'<div class="related-topics"><h2>{_RELATED[article.language]}</h2><ul>{links}</ul></div>'
        f'<div class="ency-disclaimer"><p>{escape(words_in(article.language).disclaimer)}</p></div>'
        "</main>"
    )
    return page(article, head=head(article, setting.base_url, types=None), main=main)


_RELATED = {"en": "Related health topics", "es": "Temas de salud relacionados"}


def _sources(article: DemoArticle) -> str:
    if not article.sources:
        return ""
    heading = "References" if article.language == "en" else words_in(article.language).sources
    listed = render_sources(article.sources, ordered=False)
    return f'<section class="ency-references"><h2>{heading}</h2>{listed}</section>'


def _review(article: DemoArticle) -> str:
    """The review statement in the language of the page; nothing where there is no review."""
    if not article.reviewers:
        return ""
    if article.language == "es":
        return _spanish_review(article)
    first, *more = article.reviewers
    also = f" Also reviewed by {_row_of(more)}." if more else ""
    date = f"<h2>Review Date {show_numeric_date(article.reviewed)}</h2>" if article.reviewed else ""
    return (
        f'<section class="ency-review">{date}<p>Updated by: {escape(_with_affiliation(first))}.'
        f" Review provided by {NETWORK}.{escape(also)}</p></section>"
    )


def _spanish_review(article: DemoArticle) -> str:
    """A translation: the review was of the English version, the translator is a firm."""
    date = (
        f"<h2>Última revisión {show_date(article.reviewed, 'es')}</h2>" if article.reviewed else ""
    )
    reviewers = escape(_row_of(article.reviewers, conjunction=" y"))
    translators = escape(", ".join(person.signature for person in article.translators))
    return (
        f'<section class="ency-review">{date}<p>Versión en inglés revisada por: {reviewers}.</p>'
        f"<p>Traducción y localización realizada por: {translators}.</p></section>"
    )


def _with_affiliation(person: Person) -> str:
    return ", ".join(part for part in (person.signature, person.affiliation) if part)


def _row_of(people: Iterable[Person], *, conjunction: str = ", and") -> str:
    """`A, MD, Medical Director, and the B Editorial team`."""
    shown = [
        f"the {person.name}" if person.kind == "team" else _with_affiliation(person)
        for person in people
    ]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])}{conjunction} {shown[-1]}"
