"""The frame around every article's page, and the small pieces that more than one shape uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from archiater.demo.furniture import comments, cookie_banner, footer, navigation
from archiater.demo.model import DemoArticle, Person
from archiater.demo.words import show_date, words_in


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a page is rendered for: the site's address and its edition."""

    base_url: str
    edition: int


def page(article: DemoArticle, *, head: str, main: str) -> str:
    """A whole page: menu, main part, comments where the article has them, foot, cookie banner."""
    language = "" if "no-language" in article.options else f' lang="{article.language}"'
    talk = comments() if "comments" in article.options else ""
    return (
        f"<!DOCTYPE html>\n<html{language}>{head}<body>{cookie_banner(article.language)}"
        f"{navigation()}\n{main}\n{talk}{footer(article.language)}</body></html>\n"
    )


def profile_link(person: Person, shown: str | None = None) -> str:
    """A person's name as a link to the profile; an organisation's name is plain."""
    text = escape(shown or person.signature)
    return text if person.kind != "person" else f'<a href="/people/{person.key}/">{text}</a>'


def fill(template: str, value: str) -> str:
    """A wording with its place for a name filled by HTML."""
    before, after = (escape(part) for part in template.split("{name}"))
    return before + value + after


def dated(template: str, date: str, language: str) -> str:
    """A wording with its place for a date filled as the language writes it."""
    return escape(template.format(date=show_date(date, language)))


def joined(people: Iterable[str], language: str) -> str:
    """Names in a row: `A and B`, in the language of the page."""
    conjunction = {"en": " and ", "es": " y ", "de": " und ", "id": " dan "}.get(language, ", ")
    return conjunction.join(people)


def notices(article: DemoArticle) -> str:
    """The sentences a page says of itself: sponsor, missing review, help by software."""
    words = words_in(article.language)
    parts = []
    if article.sponsor:
        label = escape(words.sponsored.format(name=article.sponsor))
        parts.append(f'<div class="sponsored-badge"><span>{label}</span></div>')
    if "negated-review" in article.options:
        parts.append(f'<p class="review-notice">{escape(words.not_reviewed)}</p>')
    if "ai-assisted" in article.options:
        parts.append(f'<p class="ai-notice">{AI_NOTICE}</p>')
    return "".join(parts)


AI_NOTICE = (
    "This article was created with the help of AI and then checked and edited by our editors."
)
