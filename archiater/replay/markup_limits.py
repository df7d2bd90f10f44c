"""What a parser of HTML would take too long for: markup made to hold it up, not to be read.

A parser by the standard looks through all open elements at many a tag, and compares each attribute
of an element with those before it. Both are nothing in a page that people wrote.
"""

from __future__ import annotations

import re

from articles.start_tags import attributes_of_long_start_tags

MOST_CHARACTERS = 8 * 1024 * 1024
"""Of a page; the largest article page seen has a tenth of it, inline pictures included."""
MOST_TAGS = 400_000
"""`<` characters, forty times those of the largest article page seen."""
MOST_STEPS = 150_000_000
"""Tags times the elements open at once: about a second."""
MOST_COPIED = 50_000_000_000
"""Characters: at every `&` the rest of a text or value is copied. About two seconds."""
MOST_ATTRIBUTES = 2_000
"""On one element: a millisecond."""


def why_too_costly(page: str) -> str | None:
    """Why `page` is not to be parsed; None where it may be."""
    if len(page) > MOST_CHARACTERS:
        return f"{len(page)} characters, at most {MOST_CHARACTERS} are shown"
    tags = page.count("<")
    if tags > MOST_TAGS:
        return f"{tags} tags, at most {MOST_TAGS} are shown"
    # Most pages end here: so few tags cannot nest too deep.
    if tags * tags > MOST_STEPS:
        depth = _deepest(page)
        if depth * tags > MOST_STEPS:
            return f"{tags} tags in elements {depth} deep, which no page for people has"
    if len(page) * page.count("&") > MOST_COPIED:
        copied = sum(len(piece) * piece.count("&") for piece in page.split("<"))
        if copied > MOST_COPIED:
            return "hundreds of thousands of `&` in one text, which no page for people has"
    return _crowded_element(page)


# What ends by itself, at its end or at that of what it stands in, is not counted as open.
_ENDS_BY_ITSELF = """
area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup
rb rp rt rtc tr td th thead tbody tfoot colgroup html head body
"""
_UNCOUNTED = frozenset(_ENDS_BY_ITSELF.split())
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")


def _deepest(page: str) -> int:
    """How many elements are open at once, from above: one that is not closed in its turn counts as
    open to the end."""
    names: list[str] = []
    deepest = 0
    for match in _TAG.finditer(page):
        name = match[2].lower()
        if name in _UNCOUNTED:
            continue
        if not match[1]:
            names.append(name)
            deepest = max(deepest, len(names))
        elif names and names[-1] == name:
            names.pop()
    return deepest


def _crowded_element(page: str) -> str | None:
    for attributes in attributes_of_long_start_tags(page.encode("utf-8", "replace")):
        if attributes > MOST_ATTRIBUTES:
            return f"an element with {attributes} attributes, at most {MOST_ATTRIBUTES} are read"
    return None
