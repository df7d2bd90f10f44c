"""The raised figures of a text that lead to its notes: `<sup><a href="#fn1">1</a></sup>`.

They stand in the midst of words and numbers ("mg1", "20122") and mean nothing outside the page, so
the text is read without them. A raised figure without a link is an exponent or a unit, and stays.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

LONGEST_MARK = 60
"""Characters of "1, 2-5, 17" and of words for screen readers ("Footnote 3") around it."""

_MARK = re.compile(
    r"[\s\[(]*(?:(?:foot|end)?notes?|ref(?:erence)?s?\.?|citations?|source)?\s*[\[(]?\s*"
    r"(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶#]{1,3})(?:[\s,;–\-\[\]()]+(?:\d{1,3}|[a-z]))*[\s\])]*",
    re.IGNORECASE,
)
_NOTE_ID = re.compile(r"#.{0,40}(?:note|ref|cite|fn|bib|source|endnote|_ftn|_edn)|#\D{0,3}\d", re.I)


def is_note_mark(element: HtmlElement) -> bool:
    """Whether a `<sup>` or `<a>` is nothing but the mark of a note of this page.

    >>> from lxml.html import fragment_fromstring as read
    >>> is_note_mark(read('<sup><a href="#fn2">2</a></sup>')), is_note_mark(read("<sup>2</sup>"))
    (True, False)
    """
    if element.tag == "a":
        href = element.get("href")
        if href is None or not href.startswith("#"):
            return False
        is_raised = len(element) > 0 and next(element.iter("sup"), None) is not None
        bracketed = not is_raised and (element.text or "").lstrip()[:1] == "["
        if not (is_raised or bracketed) or not _NOTE_ID.match(href):
            return False
        return _is_mark(element)
    links = list(element.iter("a"))
    return (
        bool(links) and all("#" in (link.get("href") or "") for link in links) and _is_mark(element)
    )


def _is_mark(element: HtmlElement) -> bool:
    text = element.text_content()
    return len(text) <= LONGEST_MARK and _MARK.fullmatch(text) is not None
