"""Whether a line stands in the teaser of another article or below it, though no markup says so.

A teaser names another page before it says who reviewed that one: a link of several words, or a
heading like "Related articles" over a box. `regions` knows those with a heading or a telling class
name; this is for boxes of plain elements. Right below the page's headline nothing is asked: there
stand the links of a breadcrumb or a topic beside the page's own byline.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from articles.blocks import HEADINGS
from articles.boilerplate import is_related_heading
from articles.bylines.lines import Line, Lines
from articles.bylines.names import parse_people
from articles.bylines.phrases import find_labels
from articles.bylines.regions import PROFILE_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_MOST_LEVELS = 5
"""Elements round a line in which the edge of a teaser is looked for."""
_MOST_CHARACTERS = 900
_MOST_ELEMENTS = 150
_MOST_LINES = 8
"""Lines over a byline among which the heading of a box is looked for."""
_MOST_LINKS = 6
"""Of a box, from its beginning; a title is among the first."""
_FEWEST_WORDS = 3
_FEWEST_SIGNS = 8
"""Of a title in a script without spaces."""


def why_foreign(line: Line, lines: Lines, *, around: set[HtmlElement], url: str) -> str | None:
    """Why the box of a line is not the article's own; None where nothing says so.

    A link to another page or a heading of related articles or comments opens it, or buyers speak.
    `around` are the elements round the article itself, which are no boxes.
    """
    box: HtmlElement | None = None
    for at in _boxes(line.element, around):
        if _is_large(at):
            break
        box = at
        if at.tag == "a" and _is_title(_text_before(at, line)):
            return "related_card"
    if box is None:
        return None
    links = islice(_links_before(box, line), _MOST_LINKS)
    if any(_leads_elsewhere(link, url) for link in links):
        return "related_card"
    if BUYER.search(box.text_content()):
        return "product_review"
    return _told_by_heading(box, line, lines)


BUYER = re.compile(
    r"verified (?:buyer|purchase|customer|reviewer)|\b[1-5](?:\.\d)? (?:out of 5 )?stars", re.I
)
"""Words beside a name that reviews a product and not the article."""


def _boxes(element: HtmlElement, around: set[HtmlElement]) -> Iterator[HtmlElement]:
    at: HtmlElement | None = element
    for _ in range(_MOST_LEVELS):
        if at is None or at in around or at.tag in ("body", "html"):
            return
        yield at
        at = at.getparent()


def _is_large(box: HtmlElement) -> bool:
    characters = 0
    for number, inner in enumerate(box.iter()):
        characters += len(inner.text or "") + len(inner.tail or "")
        if number > _MOST_ELEMENTS or characters > _MOST_CHARACTERS:
            return True
    return False


def _links_before(box: HtmlElement, line: Line) -> Iterator[HtmlElement]:
    """The links of a box that begin before a line, or open it."""
    for inner in box.iter():
        if inner.tag == "a" and not any(text is line.element for text in inner.iter()):
            yield inner
        if inner is line.inner:
            return


def _leads_elsewhere(link: HtmlElement, url: str) -> bool:
    """Whether a link has the title of another page as its text."""
    href = (link.get("href") or "").strip()
    if not href or _NO_ARTICLE.match(href) or PROFILE_PATH.search(href):
        return False
    try:
        target = urldefrag(urljoin(url, href)).url
    except ValueError:
        return False
    return target != urldefrag(url).url and _is_title(link.text_content()[:_MOST_CHARACTERS])


_NO_ARTICLE = re.compile(
    r"#|mailto:|tel:|javascript:|.*(?:about|editorial|policy|policies|review-?process|how-we|guideline"
    r"|disclaimer|disclosure|advisory|board)",
    re.IGNORECASE,
)


def _is_title(text: str) -> bool:
    """Whether a text is long enough for a title, and neither a name nor a byline."""
    text = " ".join(text.split())
    is_long = len(text.split()) >= _FEWEST_WORDS or (
        not text.isascii() and " " not in text and len(text) >= _FEWEST_SIGNS
    )
    return is_long and not find_labels(text, None) and not parse_people(text, is_strict=True)


def _text_before(box: HtmlElement, line: Line) -> str:
    pieces: list[str] = []
    for inner in box.iter():
        if inner is line.element:
            break
        pieces += [inner.text or ""]
    return " ".join(pieces)


_COMMENTS = re.compile(
    r"\W*(?:\d+\s*)?(?:comments?|replies|responses|reader reviews|leave a (?:reply|comment)"
    r"|komentar|commentaires?|kommentare?|comentarios?|comentários?|commenti|reacties|komentarze"
    r"|yorumlar|bình luận|ความคิดเห็น|комментарии|σχόλια|コメント|댓글|评论|評論|留言)\W*(?:\d+\W*)?",
    re.I,
)


# Headings over all who work for a site; one of them may have reviewed this page, or none.
_STAFF = re.compile(
    r"\W*(?:(?:meet|about) )?(?:our|the) (?:[\w-]+ ){0,3}(?:reviewers|experts|team|board"
    r"|contributors|doctors|writers|editors|authors|specialists)\W*",
    re.I,
)


def _told_by_heading(box: HtmlElement, line: Line, lines: Lines) -> str | None:
    inside = set(box.iter())
    above = lines.before(line)
    for _ in range(_MOST_LINES):
        if above is None or above.element not in inside or len(above.text) > _MOST_CHARACTERS:
            return None
        if is_related_heading(above.text):
            return "related_card"
        if _COMMENTS.fullmatch(above.text):
            return "comment"
        if above.element.tag in HEADINGS and _STAFF.fullmatch(above.text):
            return "staff_list"
        above = lines.before(above)
    return None
