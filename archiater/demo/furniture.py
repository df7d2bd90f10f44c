"""What stands around and between the articles: menus, banners, advertisements, cards, comments.

All of it is what an extraction must leave out. `BOILERPLATE` lists lines of it for the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from archiater.demo.model import DemoArticle
from archiater.demo.words import show_date, words_in

NETWORK = "Saltmarsh Health Network"

SECTIONS = (
    ("/conditions/", "Conditions A to Z"),
    ("/wellness/", "Wellness"),
    ("/ency/", "Encyclopedia"),
    ("/library/", "Library"),
    ("/ph/", "Philippines"),
    ("/fil/", "Filipino"),
    ("/id/", "Indonesia"),
    ("/vi/", "Việt Nam"),
    ("/th/", "ไทย"),
    ("/zh/", "繁體中文"),
    ("/hi/", "हिन्दी"),
    ("/es/", "Español"),
    ("/de/", "Deutsch"),
)

STRAY_DEBRIS = "backup og meta"

ADVERTISED = (
    ("Brightwater toothbrushes", "A gentler clean every morning"),
    ("Fernhill walking shoes", "Now in half sizes"),
    ("Tandem bicycle insurance", "Ride today, pay monthly"),
    ("Larkspur herbal tea", "Twelve flavours, one box"),
)


def navigation() -> str:
    """The menu of every page."""
    items = "".join(f'<li><a href="{path}">{escape(name)}</a></li>' for path, name in SECTIONS)
    return (
        '<header class="site-header"><a class="logo" href="/">Saltmarsh Health</a>'
        '<form class="site-search" action="/search/"><input name="q" aria-label="Search">'
        "<button>Search</button></form>"
        f'<nav class="main-menu" aria-label="Main"><ul>{items}'
        '<li><a href="/tools/water-calculator/">Water calculator</a></li>'
        '<li><a href="/review-board/">Meet our medical review board</a></li></ul></nav></header>'
    )


def footer(language: str) -> str:
    """The foot of every page: newsletter, links (a disallowed one too), copyright."""
    title, action = words_in(language).newsletter
    return (
        f'<aside class="newsletter-box"><h3>{escape(title)}</h3><form><input type="email" '
        f'placeholder="you@example.org"><button>{escape(action)}</button></form></aside>'
        '<footer class="site-footer"><ul><li><a href="/review-board/">Medical Review Board</a></li>'
        '<li><a href="/staff/rota.html">Staff rota</a></li>'
        '<li><a href="/files/plate-guide.pdf">Plate guide (PDF)</a></li>'
        '<li><a href="/feed.xml">RSS</a></li></ul>'
        "<p>Our articles are reviewed by doctors and dietitians. Site last updated: "
        "February 28, 2025</p>"
        f"<p>© 2025 {NETWORK}. All rights reserved.</p></footer>"
    )


def cookie_banner(language: str) -> str:
    """The consent banner over every page."""
    text, action = words_in(language).cookies
    return (
        f'<div id="cookie-consent" class="cookie-banner" role="dialog"><p>{escape(text)}</p>'
        f"<button>{escape(action)}</button></div>"
    )


def advertisement(article: DemoArticle, *, edition: int, slot: int = 0) -> str:
    """One advertisement; it changes with the edition only where the option `rotating-ad` is set."""
    turn = edition if "rotating-ad" in article.options else 1
    name, claim = ADVERTISED[(turn + slot) % len(ADVERTISED)]
    label = words_in(article.language).advertisement
    return (
        f'<div class="ad-slot" id="div-gpt-ad-{slot}" data-creative="c{turn}{slot}">'
        f'<img src="/static/ad.png" alt="ad icon">{escape(label)}'
        f'<a rel="sponsored nofollow" href="https://ads.example.com/c{turn}{slot}">'
        f"{escape(name)}: {escape(claim)}</a></div>"
    )


def empty_advertisement(article: DemoArticle) -> str:
    """A slot whose creative never came: the picture's alternative text and the label remain."""
    label = words_in(article.language).advertisement
    return f'<div class="ads"><img src="/static/ad.png" alt="ad icon">{escape(label)}</div>'


def share_buttons(article: DemoArticle) -> str:
    """The row of buttons below a headline."""
    label = escape(words_in(article.language).share)
    names = "".join(f'<a href="#share">{name}</a>' for name in ("Facebook", "WhatsApp", "Email"))
    return f'<div class="share-bar" aria-label="{label}"><span>{label}</span>{names}</div>'


def helpful_widget(article: DemoArticle) -> str:
    """The question whether the article helped."""
    question, yes, no = (escape(text) for text in words_in(article.language).helpful)
    return (
        f'<div class="feedback-widget"><p>{question}</p><button>{yes}</button>'
        f"<button>{no}</button></div>"
    )


def related_card(other: DemoArticle) -> str:
    """A teaser of another article that names that article's reviewer and date, not this one's."""
    words = words_in(other.language)
    line = ""
    if other.reviewers:
        byline = words.reviewed_by.format(name=other.reviewers[0].signature)
        date = other.modified or other.reviewed or other.published
        shown = f" • {show_date(date, other.language)}" if date else ""
        photo = escape(words.author_photo)
        line = (
            f'<div class="card-author"><img src="/static/face.png" alt="{photo}">'
            f'<img src="/static/badge.png" alt="badge">{escape(byline)}{shown}</div>'
        )
    return (
        f'<div class="related-card"><a href="{other.path}">{escape(other.title)}</a>'
        f'<span class="card-category">{escape(other.section)}</span>'
        f'<h4 class="card-title">{escape(other.title)}</h4>'
        f'<p class="card-teaser">{escape(other.description)} [&hellip;]</p>{line}</div>'
    )


def related_cards(article: DemoArticle, others: Sequence[DemoArticle]) -> str:
    """The box of cards as it stands between two paragraphs."""
    label = escape(words_in(article.language).related)
    cards = "".join(related_card(other) for other in others)
    return f'<div class="related-articles"><p class="related-title">{label}</p>{cards}</div>'


def comments() -> str:
    """Readers' words; one of them looks like a byline and is none."""
    return (
        '<section id="comments" class="comments"><h3>Comments (2)</h3>'
        '<div class="comment"><b>marigold_77</b> <span>February 2, 2025</span>'
        "<p>Reviewed by my aunt, who is a nurse, and she agrees with every word.</p></div>"
        '<div class="comment"><b>Tomas</b> <span>February 9, 2025</span>'
        "<p>Thank you, I had always wondered about that.</p></div>"
        "<p>Your comment will be reviewed by the moderator.</p></section>"
    )


BOILERPLATE = (
    STRAY_DEBRIS,
    "ad icon",
    "Saltmarsh newsletter",
    "We use cookies",
    "Staff rota",
    "All rights reserved",
    "Your comment will be reviewed by the moderator.",
)


def unwanted_lines(article: DemoArticle, others: Iterable[DemoArticle]) -> tuple[str, ...]:
    """Lines that stand on the article's page and must not stand in its text."""
    words = words_in(article.language)
    cards = [other.title for other in others]
    return (
        *BOILERPLATE,
        words.screening,
        words.ask,
        words.helpful[0],
        words.newsletter[0],
        words.cookies[0],
        *cards,
    )
