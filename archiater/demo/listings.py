"""The demo's pages that are no articles: home, sections, profiles, tools, a search, errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from archiater.demo.feeds import newest
from archiater.demo.furniture import NETWORK, SECTIONS, cookie_banner, footer, navigation
from archiater.demo.model import DemoArticle, Person


def home_page(articles: Sequence[DemoArticle], edition: int) -> Mapping[str, str]:
    """The newest articles as cards, the sections, and links in forms that crawls stumble over."""
    cards = "".join(_card(article) for article in newest(articles, edition))
    sections = "".join(f'<li><a href="{path}">{escape(name)}</a></li>' for path, name in SECTIONS)
    main = (
        f"<h1>{NETWORK}</h1><section><h2>Latest articles</h2>{cards}</section>"
        f"<section><h2>Sections</h2><ul>{sections}</ul></section>"
        '<section class="promo"><h2>From our newsletter</h2><p><a href="/wellness/iron-rich-foods'
        '?utm_source=newsletter&amp;utm_medium=email&amp;utm_campaign=march">Iron on your plate</a>'
        '</p><p><a href="/library/heartburn.htm">Our classic on heartburn</a></p>'
        '<p><a href="/conditions/glue-ear/">Glue ear</a></p></section>'
    )
    return {"/": _page(f"{NETWORK}: health information", main)}


def section_pages(articles: Sequence[DemoArticle]) -> Mapping[str, str]:
    """One listing a section: title and description of every article in it."""
    pages = {}
    for path, name in SECTIONS:
        cards = "".join(_card(article) for article in articles if article.path.startswith(path))
        pages[path] = _page(f"{name} | {NETWORK}", f"<h1>{escape(name)}</h1>{cards}")
    return pages


def people_pages(articles: Sequence[DemoArticle]) -> Mapping[str, str]:
    """A profile for everybody whose name is a link somewhere."""
    named = {
        person.key: person
        for article in articles
        for person in (*article.authors, *article.reviewers, *article.fact_checkers)
        if person.kind == "person"
    }
    return {f"/people/{key}/": _profile(named[key], articles) for key in sorted(named)}


def about_pages() -> Mapping[str, str]:
    """Pages about the site and its tools."""
    board = (
        "<h1>Medical review board</h1><p>Clinicians and dietitians read our articles.</p>"
        '<p><a href="/">Home</a></p>'
    )
    calculator = (
        "<h1>Water calculator</h1><form><label>Weight in kg <input name=weight></label>"
        "<label>Minutes of exercise <input name=minutes></label><button>Calculate</button></form>"
        "<p>Your result appears here.</p>"
    )
    ask = (
        "<h1>Ask a doctor</h1><form><textarea name=question></textarea><button>Send</button></form>"
    )
    tools = (
        '<h1>Tools</h1><ul><li><a href="/tools/water-calculator/">Water calculator</a></li></ul>'
    )
    search = '<h1>Search</h1><p>0 results for "".</p><p>Check the spelling or use fewer words.</p>'
    return {
        "/review-board/": _page(f"Medical review board | {NETWORK}", board),
        "/tools/": _page(f"Tools | {NETWORK}", tools),
        "/tools/water-calculator/": _page(f"Water calculator | {NETWORK}", calculator),
        "/ask/": _page(f"Ask a doctor | {NETWORK}", ask),
        "/search/": _page(f"Search | {NETWORK}", search),
    }


def missing_page(what: str) -> str:
    """Says that there is nothing here; served with 404, and once with 200 as careless sites do."""
    main = (
        f"<h1>Page not found</h1><p>We could not find {escape(what)}. It may have moved.</p>"
        '<p><a href="/">Go to the home page</a> or <a href="/search/">search</a>.</p>'
    )
    return _page(f"Page not found | {NETWORK}", main)


def gone_page() -> str:
    return _page(
        f"Removed | {NETWORK}", "<h1>This page was removed</h1><p>We withdrew this article.</p>"
    )


def staff_page() -> str:
    """What robots.txt forbids."""
    main = "<h1>Staff rota</h1><table><tr><td>Monday</td><td>Front desk: Wilma</td></tr></table>"
    return _page(f"Staff rota | {NETWORK}", main)


def _page(title: str, main: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        '<link rel="alternate" type="application/atom+xml" href="/atom.xml"></head>'
        f"<body>{cookie_banner('en')}{navigation()}<main>{main}</main>{footer('en')}</body></html>\n"
    )


def _card(article: DemoArticle) -> str:
    return (
        f'<div class="card"><h3><a href="{article.path}">{escape(article.title)}</a></h3>'
        f'<p lang="{article.language}">{escape(article.description)}</p></div>'
    )


def _profile(person: Person, articles: Sequence[DemoArticle]) -> str:
    own = "".join(
        f'<li><a href="{article.path}">{escape(article.title)}</a></li>'
        for article in articles
        if person in (*article.authors, *article.reviewers)
    )
    about = f"<p>{escape(person.specialty)}</p>" if person.specialty else ""
    main = f"<h1>{escape(person.signature)}</h1>{about}<ul>{own}</ul>"
    return _page(f"{person.name} | {NETWORK}", main)
