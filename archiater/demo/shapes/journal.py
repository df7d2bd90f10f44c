"""Shape 3: a magazine. Label and name in separate nodes, the byline twice, a history panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from archiater.demo.body import render_parts, render_sources
from archiater.demo.furniture import advertisement, related_card, share_buttons
from archiater.demo.machine_data import head
from archiater.demo.model import Bullets, DemoArticle, Part, Person
from archiater.demo.shapes.frame import Setting, dated, joined, notices, page, profile_link
from archiater.demo.words import words_in


@dataclass(frozen=True, kw_only=True)
class _Labels:
    """What only this shape says, in its three languages."""

    reviewed: tuple[str, str]
    written: str
    self_reviewed: str
    fact_checked: str
    reviewed_on: str
    badge: str
    takeaways: str
    history: str
    how: str
    next: str


_LABELS: Mapping[str, _Labels] = {
    "en": _Labels(
        reviewed=("Medically reviewed", "by"),
        written="Written by",
        self_reviewed="Written and medically reviewed by",
        fact_checked="Fact checked by",
        reviewed_on="Medically reviewed on {date}",
        badge="Expert Reviewed",
        takeaways="Key takeaways",
        history="Current version",
        how="How we reviewed this article",
        next="Read this next",
    ),
    "es": _Labels(
        reviewed=("Revisado médicamente", "por"),
        written="Escrito por",
        self_reviewed="Escrito y revisado por",
        fact_checked="Verificado por",
        reviewed_on="Última revisión médica: {date}",
        badge="Revisado por expertos",
        takeaways="Puntos clave",
        history="Versión actual",
        how="Cómo revisamos este artículo",
        next="Lea también",
    ),
    "de": _Labels(
        reviewed=("Medizinisch geprüft", "von"),
        written="Geschrieben von",
        self_reviewed="Geschrieben und medizinisch geprüft von",
        fact_checked="Fakten geprüft von",
        reviewed_on="Letzte inhaltliche Prüfung: {date}",
        badge="Wissenschaftlich geprüft",
        takeaways="Das Wichtigste in Kürze",
        history="Aktuelle Version",
        how="So prüfen wir unsere Artikel",
        next="Weiterlesen",
    ),
}


def journal_page(article: DemoArticle, others: Sequence[DemoArticle], setting: Setting) -> str:
    """The article between two bylines, with cards of other people's reviews at the foot."""
    labels = _LABELS[article.language]
    cards = "".join(f"<li>{related_card(other)}</li>" for other in others)
    main = (
        f'<main class="css-1yd0h6v"><article class="css-z468a2"><h1>{escape(article.title)}</h1>'
        f"{notices(article)}{_badge(article)}{_byline(article)}{share_buttons(article)}"
        f'<div class="css-1avyp1d article-body">{_body(article, setting)}</div>'
        f"{_sources(article)}{_history(article)}{_byline(article)}"
        f'<section class="css-related"><h2>{escape(labels.next)}</h2><ul>{cards}</ul></section>'
        "</article></main>"
    )
    types = ("MedicalWebPage",) if "jsonld-reviewer" in article.options else ("Article",)
    return page(article, head=head(article, setting.base_url, types=types), main=main)


def _body(article: DemoArticle, setting: Setting) -> str:
    parts: tuple[Part, ...] = article.parts
    opening = ""
    if "takeaways" in article.options:
        opening, parts = _take_first_list(article)
    rendered = render_parts(parts, accordion="accordion" in article.options)
    rendered.insert(3, advertisement(article, edition=setting.edition))
    rendered.insert(6, advertisement(article, edition=setting.edition, slot=1))
    return opening + "\n".join(rendered)


def _take_first_list(article: DemoArticle) -> tuple[str, tuple[Part, ...]]:
    """The first list in a box of its own, and the parts without it."""
    first = next(part for part in article.parts if isinstance(part, Bullets))
    label = escape(_LABELS[article.language].takeaways)
    box = f'<div class="key-takeaways"><h2>{label}</h2>{"".join(render_parts([first]))}</div>'
    return box, tuple(part for part in article.parts if part is not first)


def _byline(article: DemoArticle) -> str:
    labels = _LABELS[article.language]
    pieces = []
    if "self-reviewed" in article.options:
        pieces.append(f"{escape(labels.self_reviewed)} {_names(article.authors, article)}")
    else:
        if article.reviewers:
            verb, preposition = labels.reviewed
            pieces.append(
                f'<span><a href="/review-board/">{escape(verb)}</a> {preposition} '
                f"{_names(article.reviewers, article)}</span>"
            )
        if article.authors:
            pieces.append(f"{escape(labels.written)} {_names(article.authors, article)}")
    if article.fact_checkers:
        pieces.append(f"{escape(labels.fact_checked)} {_names(article.fact_checkers, article)}")
    if article.modified:
        pieces.append(f"<span>{_date(_updated_on(article), article.modified, article)}</span>")
    if article.reviewed:
        pieces.append(f"<span>{_date(labels.reviewed_on, article.reviewed, article)}</span>")
    if article.published and not article.modified:
        pieces.append(f"<span>{_date(_published_on(article), article.published, article)}</span>")
    line = "<!-- --> — <!-- -->".join(pieces)
    return f'<section class="css-byline"><div>{line}</div></section>'


def _names(people: Iterable[Person], article: DemoArticle) -> str:
    """Names as links; with `glued-credentials` as `NAME RDN, LD`."""
    shown = []
    for person in people:
        text = person.signature
        if "glued-credentials" in article.options and person.credentials:
            bare = replace(person, credentials=()).signature
            text = f"{bare} {', '.join(person.credentials)}"
        specialty = (
            f", {escape(person.specialty)}"
            if article.language == "de" and (person.specialty)
            else ""
        )
        shown.append(profile_link(person, text) + specialty)
    return joined(shown, article.language)


def _date(template: str, date: str, article: DemoArticle) -> str:
    return dated(template, date, article.language)


def _updated_on(article: DemoArticle) -> str:
    return "Updated on {date}" if article.language == "en" else words_in(article.language).updated


def _published_on(article: DemoArticle) -> str:
    label = words_in(article.language).published
    return "Published on {date}" if article.language == "en" else label


def _badge(article: DemoArticle) -> str:
    if "claim-only" not in article.options:
        return ""
    return f'<div class="trust-badge"><span>{escape(_LABELS[article.language].badge)}</span></div>'


def _sources(article: DemoArticle) -> str:
    if not article.sources:
        return ""
    label = escape(words_in(article.language).sources)
    listed = render_sources(article.sources, ordered=False)
    if "collapsed-sources" in article.options:
        return f'<details class="css-sources"><summary>{label}</summary>{listed}</details>'
    return f'<section class="css-sources"><h2>{label}</h2>{listed}</section>'


def _history(article: DemoArticle) -> str:
    """The panel of versions: the current one with its people, then the day of publication."""
    if "history" not in article.options:
        return ""
    labels = _LABELS[article.language]
    words = words_in(article.language)
    lines = []
    if article.modified:
        lines.append(_date(_updated_on(article), article.modified, article))
    lines += [f"{escape(labels.written)} {escape(person.signature)}" for person in article.authors]
    lines += [
        escape(f"{labels.reviewed[0]} {labels.reviewed[1]} {person.signature}")
        for person in article.reviewers
    ]
    if article.published:
        lines.append(_date(words.published, article.published, article))
    items = "".join(f"<li>{line}</li>" for line in lines)
    return (
        f'<section class="article-history"><h2>{escape(labels.how)}</h2>'
        f"<h3>{escape(labels.history)}</h3><ul>{items}</ul></section>"
    )
