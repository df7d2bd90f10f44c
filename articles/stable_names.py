"""Which ids and class names of an element will still be there on the site's other pages.

Build tools write names out of hashes (`css-1x2y3z`, `Article_body__xK3aB`), utility frameworks out
of measures (`mt-4`), systems out of numbers and subjects of the page (`post-1234`, `tag-dengue`).
What is left are words somebody chose for a part of the page. A rule of form, not of a list of
sites: rather too few names than one that breaks. Called by what shows and proposes selectors.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from articles.markup_hints import hints_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_NAME = 50
MOST_NAMES = 20
"""Class names of one element that are looked at."""


def stable_classes(element: HtmlElement) -> tuple[str, ...]:
    """The class names of an element that will last, as written."""
    names = (element.get("class") or "")[: MOST_NAMES * LONGEST_NAME].split()[:MOST_NAMES]
    return tuple(dict.fromkeys(name for name in names if is_stable(name)))


def stable_id(element: HtmlElement) -> str | None:
    """The id of an element where it will last."""
    identity = (element.get("id") or "").strip()
    return identity if is_stable(identity) else None


@lru_cache(maxsize=8192)
def is_stable(name: str) -> bool:
    """Whether a class name or id was chosen by a person for a part of the page.

    >>> is_stable("article-body"), is_stable("ArticleBody"), is_stable("post__content")
    (True, True, True)
    >>> is_stable("css-qzxkwj"), is_stable("kNGqWe"), is_stable("post-1234"), is_stable("mt-auto")
    (False, False, False, False)
    """
    if not 3 <= len(name) <= LONGEST_NAME or _WORDS_ONLY.fullmatch(name) is None:
        return False
    lower = name.lower()
    if _NOT_OF_A_PART.match(lower) or lower in _LAYOUT:
        return False
    if _has_hash(name):
        return False
    words = [word for part in re.split(r"[-_]+", name) for word in _CAMEL.split(part)]
    # A single letter is a prefix (`c-article`) at the beginning and part of a hash elsewhere.
    return all(_is_word(word, at) for at, word in enumerate(words)) and any(
        len(word) > 2 and _VOWEL.search(word.lower()) for word in words
    )


_WORDS_ONLY = re.compile(r"[A-Za-z](?:[A-Za-z]|(?:--?|__?)(?=[A-Za-z]))*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_OF_A_PART = re.compile(
    # Written by tools that hash.
    r"(?:css|sc|jsx|jss|emotion|styled|makestyles|mui|chakra|svelte|astro|tw|ng|data|wf|w|ember)-"
    # States, and what the page is about.
    r"|(?:is|are|has|no|not|with|without|js|hide|show|category|tag|status|format|type|topic|term"
    r"|postid|page-id|lang|theme|template|parent|node|view-mode|layout)-"
    # Measures and looks.
    r"|(?:m|p|h|g|mt|mb|ml|mr|mx|my|pt|pb|pl|pr|px|py|max|min|col|row|grid|flex|text|font|bg"
    r"|border|rounded|shadow|leading|tracking|items|justify|self|order|space|gap|overflow|align"
    r"|float|wrap|hidden|visible|block|inline|absolute|relative|fixed|sticky|top|bottom|left|right"
    r"|inset|object|cursor|transition|duration|opacity|scroll|snap|whitespace|break|underline"
    r"|uppercase|sm|md|lg|xl|xs|xxl|u|container|mobile|desktop|tablet)(?:-|$)"
)
_LAYOUT = frozenset(
    """active open closed current selected clearfix cf clear row column columns col cell section
    wrapper wrap inner outer first last odd even even-row item items box group center full wide
    narrow left right main-wrapper page-wrapper site-wrapper dark light root app clickable fade
    in out show visible hidden hentry rtl ltr html body div span paragraph para bold italic
    default large small medium big""".split()  # noqa: SIM905
)
_SUFFIX = re.compile(r"(?:__|--|_)([A-Za-z]{5,8})$")
_BEM_WORDS = frozenset(
    """inner outer title image intro quote media block links posts label items panel group story
    table video audio share aside pages""".split()  # noqa: SIM905
)


def _has_hash(name: str) -> bool:
    """CSS modules put five to eight letters behind the name that a person gave."""
    found = _SUFFIX.search(name)
    if found is None or "-" in name[found.start() + 2 :]:
        return False
    suffix = found[1]
    if suffix.isupper():
        return True
    if suffix[1:] != suffix[1:].lower():
        return not all(_is_word(word, 1) and len(word) > 3 for word in _CAMEL.split(suffix))
    if not found[0].startswith("__") or len(suffix) > 5:
        return False
    return suffix.lower() not in _BEM_WORDS and not hints_of(suffix)


_VOWEL = re.compile("[aeiouy]")
_CONSONANTS = re.compile("[bcdfghjklmnpqrstvwxz]{5}")


def _is_word(word: str, at: int) -> bool:
    lower = word.lower()
    if len(word) == 1:
        return at == 0 and lower in "aclmo"
    if word[1:] not in (lower[1:], lower[1:].upper()):
        return False
    if len(word) <= 3:
        return True
    return _VOWEL.search(lower) is not None and _CONSONANTS.search(lower) is None
