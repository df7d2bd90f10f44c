"""The headline as the page shows it; not the title tag, which has the site's name glued on.

The visible headline wins where it agrees with what the page says of itself to machines; without
such agreement (a logo or a section name in the h1) the machine's headline does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

from articles.blocks import Block, BlockTree
from articles.boilerplate import phrase_key
from articles.markup_hints import COMMENTS, DROPPED, HEADLINE, NAVIGATION, POPUP, RELATED
from articles.urls import registered_domain

LONGEST_TITLE = 2000
"""Characters of a stated title that are read; titles are compared with every heading."""


@dataclass(frozen=True, kw_only=True)
class StatedTitles:
    """Titles that stand in the head of the page, each as it is written there."""

    headline: str | None
    """JSON-LD or microdata `headline`."""
    social: str | None
    """og:title or twitter:title."""
    title_tag: str | None
    site_names: tuple[str, ...]
    """What the site is called: its stated name, and the label of its domain."""

    @cached_property
    def words(self) -> tuple[frozenset[str], ...]:
        """The words of each title and of each piece, by which a headline is compared with them."""
        return tuple(dict.fromkeys(map(_words, (*self.short, *self.pieces()))))

    @cached_property
    def short(self) -> tuple[str, ...]:
        """What the page may be called, each without the name of the site."""
        stated = (self.headline, self.social, self.title_tag)
        return tuple(
            dict.fromkeys(without_site_name(title, self.site_names) for title in stated if title)
        )

    def pieces(self) -> tuple[str, ...]:
        """What stands between the separators of the titles and is not the site's name."""
        return tuple(
            dict.fromkeys(
                piece
                for title in (self.headline, self.social, self.title_tag)
                for piece in _pieces(title or "")
                if not _names_site(piece, self.site_names)
            )
        )

    def known(self) -> tuple[str, ...]:
        """All spellings by which the headline may be recognised in the body."""
        stated = (self.headline, self.social, self.title_tag)
        return tuple(dict.fromkeys([*(title for title in stated if title), *self.short]))


def read_stated_titles(
    elements: Iterable[HtmlElement], *, headline: str | None, site_name: str | None, url: str
) -> StatedTitles:
    """The titles of the page's head; `headline` and `site_name` come from its machine data.

    `elements` are the page's `meta` and `title` elements, among others that say nothing here.
    """
    label = registered_domain(url).split(".")[0]
    social: dict[str, str] = {}
    title_tag: HtmlElement | None = None
    for element in elements:
        if element.tag == "title" and title_tag is None:
            title_tag = element
        elif element.tag == "meta":
            name = (element.get("property") or element.get("name") or "").lower()
            if name in _SOCIAL and (content := _folded(element.get("content"))):
                social.setdefault(name, content)
    return StatedTitles(
        headline=_folded(headline),
        social=social.get("og:title") or social.get("twitter:title"),
        title_tag=_folded(title_tag.text if title_tag is not None else None),
        site_names=tuple(name for name in (_folded(site_name), label) if name),
    )


_SOCIAL = ("og:title", "twitter:title")


def choose_title(stated: StatedTitles, tree: BlockTree, excluded: Sequence[int]) -> str | None:
    """The visible headline, or the best of what the head states; None where there is neither.

    `excluded` holds for each block of the tree the hints for which it is no main content.
    """
    tops, others = _visible_headlines(tree, excluded)
    known = stated.words
    for candidates, least in ((tops, 0.5), (others, 0.7), (tops, 0.34)):
        agreeing = [
            (agreement, -order, text)
            for order, text in enumerate(candidates)
            if (agreement := max((_agreement(_words(text), it) for it in known), default=0.0))
            >= least
        ]
        if agreeing:
            return max(agreeing)[2]
    own = [text for text in tops if len(text) > 12 and not _names_site(text, stated.site_names)]
    if own and (not known or len(tops) == 1):
        return own[0]
    for title in (stated.social, stated.headline, stated.title_tag):
        if title and (short := without_site_name(title, stated.site_names)):
            return short
    return own[0] if own else None


def without_site_name(title: str, site_names: tuple[str, ...] = ()) -> str:
    """A title tag without the name of the site, which stands behind or before a separator.

    >>> without_site_name("Dengue fever: signs | Example Health")
    'Dengue fever: signs'
    >>> without_site_name("Acne | Office on Women's Health", ("womenshealth",))
    'Acne'
    """
    parts = _pieces(title)
    if len(parts) < 2:
        return title.strip()
    first, last = 0, len(parts)
    while last > first + 1 and _names_site(parts[last - 1], site_names):
        last -= 1
    while first < last - 1 and _names_site(parts[first], site_names):
        first += 1
    if last - first < len(parts):
        return _rejoined(title, parts[first:last])
    # No name is known: the site's is the short end piece; a separator inside the headline itself
    # has long pieces on both sides.
    if len(parts[-1]) < 40 and len(parts[-1]) <= sum(map(len, parts[:-1])):
        return _rejoined(title, parts[:-1])
    return title.strip()


def _pieces(title: str) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(title) if part.strip()]


def _names_site(piece: str, site_names: tuple[str, ...]) -> bool:
    """Whether a piece of a title is the site's name, or its domain, or nearly."""
    letters = _LETTERS.sub("", piece.casefold())
    for name in site_names:
        site = _LETTERS.sub("", name.casefold())
        if len(site) > 2 and (letters == site or (site in letters and len(letters) < 30)):
            return True
        if len(letters) > 3 and letters in site:
            return True
    return False


_LETTERS = re.compile(r"[\W_]+")
_SEPARATOR = re.compile(r"\s+[|·•»«–—:-]+\s+|\s*[|｜»]\s*|\s+::\s+|(?<=\S)_(?=\S)(?=[^\x00-\x7f])")


def _rejoined(title: str, parts: list[str]) -> str:
    """The pieces with what stood between them, as in the title."""
    start = title.find(parts[0])
    end = title.rfind(parts[-1]) + len(parts[-1])
    return title[start:end].strip() if 0 <= start < end else " - ".join(parts)


def find_headline(stated: StatedTitles, tree: BlockTree) -> int | None:
    """Index of the block that shows the headline; None where no heading can be it."""
    known = stated.words
    best: tuple[float, int] | None = None
    only: list[int] = []
    for block in tree.blocks:
        if block.tag not in _TOP_HEADINGS or not block.text or block.characters > 300:
            continue
        words = _words(block.text)
        agreement = max((_agreement(words, title) for title in known), default=0.0)
        # Where it stands is asked last: most lower headings agree with no title.
        if (block.tag != "h1" and agreement < 0.7) or _stands_in_a_menu_or_card(tree, block):
            continue
        if block.tag == "h1":
            only.append(block.index)
            agreement += 0.3
        if agreement >= 0.7 and (best is None or agreement > best[0]):
            best = (agreement, block.index)
    if best is not None:
        return best[1]
    return only[0] if len(only) == 1 else _plain_headline(stated, tree)


_TOP_HEADINGS = frozenset(("h1", "h2", "h3"))


def _stands_in_a_menu_or_card(tree: BlockTree, block: Block) -> bool:
    return any(
        node.tag in ("nav", "dialog") or node.hints & (POPUP | RELATED)
        for node in islice(tree.ancestors(block.node), 5)
    )


def _plain_headline(stated: StatedTitles, tree: BlockTree) -> int | None:
    """A headline without a heading tag, on pages of old: a line that is the title word for word."""
    titles = {phrase_key(title) for title in stated.short if len(title) >= 12}
    for block in tree.blocks:
        fits = 12 <= block.characters <= 300 and block.tag not in ("li", "a")
        if fits and phrase_key(block.text) in titles:
            return block.index
    return None


_MOST_OTHERS = 12
_ASIDE = NAVIGATION | POPUP | COMMENTS | RELATED | DROPPED


def _visible_headlines(tree: BlockTree, excluded: Sequence[int]) -> tuple[list[str], list[str]]:
    """Texts of h1 and of what is named the headline; and texts of other headings. In page order."""
    tops: list[str] = []
    others: list[str] = []
    nodes = tree.nodes
    for block in tree.blocks:
        is_top = block.tag == "h1" or nodes[block.node].hints & HEADLINE
        if not is_top and (block.tag not in _TOP_HEADINGS or len(others) == _MOST_OTHERS):
            continue
        if not block.text or block.characters > 300 or excluded[block.index] & _ASIDE:
            continue
        (tops if is_top else others).append(" ".join(block.text.split()))
    return tops, others


def _words(text: str) -> frozenset[str]:
    words = _WORDS.findall(text.casefold())
    if text.isascii() or len(words) > 4:
        return frozenset(words)
    # Scripts without spaces make one "word" of a whole headline: compare pairs of letters.
    joined = "".join(words)
    return frozenset(joined[at : at + 2] for at in range(max(1, len(joined) - 1)))


_WORDS = re.compile(r"\w+")


def _agreement(first: frozenset[str], second: frozenset[str]) -> float:
    """Shared words over the words of both; 0 where one has none."""
    if not first or not second:
        return 0.0
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared)


def _folded(text: str | None) -> str | None:
    return " ".join((text or "")[:LONGEST_TITLE].split()) or None
