"""The region gate: whether the place of a line on the page can hold the page's own byline.

The header byline, the review block, the history panel and the foot of the article count. Cards and
teasers of other articles, comments, product reviews, tooltips, navigation and the site's footer do
not: "Medically reviewed by" stands on six cards of a page that has no reviewer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from articles.bylines.names import parse_people
from articles.markup_hints import (
    AD,
    BYLINE,
    COMMENTS,
    NAVIGATION,
    POPUP,
    PROMO,
    REFERENCES,
    RELATED,
    hints_of,
)
from articles.record import EvidenceSource, Role

if TYPE_CHECKING:
    from lxml.html import HtmlElement


SPONSOR_LABEL = "sponsor_label"
"""Reason for a place that names who paid: no byline, but it may speak of the whole page."""


@dataclass(frozen=True, kw_only=True)
class Region:
    """What a place of the page is."""

    source: EvidenceSource
    rejected: str | None = None
    """Why a byline there does not count; None where it does."""
    is_marked: bool = False
    """The markup itself names the place a byline or an author's block."""
    role: Role = "author"
    """In which role a name stands there that has no label, by the names in the markup."""


_PLAIN = Region(source="byline")
"""A place of which the markup says nothing: most are."""

_PRODUCT_REVIEW = re.compile(
    r"product-?review|customer-?review|user-?review|review-?item|testimonial|review-?card|trustpilot|bazaarvoice",
    re.I,
)
_HISTORY = re.compile(r"history|article-?version|revision", re.I)
_BYLINE_NAME = re.compile(
    r"byline|author|reviewer|reviewed|contributor|firma|autor|penulis|article-?info|post-?meta",
    re.I,
)
_FOOT = re.compile(
    r"(?:content|article|entry|post|story|page|body|main)[-_]*footer|footer[-_]*(?:content|article|meta)",
    re.I,
)
_FOOTER = re.compile(r"foot", re.I)
_REVIEWER_NAME = re.compile(r"\breviewer|reviewed-?by|medical(?:ly)?-?review", re.I)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MOST_HEADINGS = 3
_CARD_TEXT = 900
_FARTHEST_CARD = 40
"""Levels round a line in which the edge of a card is looked for."""
_CARD_ELEMENTS = 150
"""An element with a linked heading and no more characters and elements than these is a card."""


_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"fact-?check", re.I), "fact_checker"),
    (re.compile(r"medical(?:ly)?[-_]?review", re.I), "medical_reviewer"),
    (re.compile(r"reviewer|reviewed[-_]?by", re.I), "reviewer"),
    (re.compile(r"author|writer|written[-_]?by", re.I), "author"),
)
_PROPERTIES: dict[str, Role] = {"author": "author", "reviewedBy": "medical_reviewer"}


@lru_cache(maxsize=8192)
def _role_of(names: str) -> Role | None:
    """The role that class names and ids tell; None where they tell none."""
    return next((role for pattern, role in _ROLES if pattern.search(names)), None)


@lru_cache(maxsize=8192)
def _marks(names: str) -> tuple[bool, bool, bool]:
    """Whether names of an element speak of a byline, a history of versions, a product's review."""
    return (
        _BYLINE_NAME.search(names) is not None,
        _HISTORY.search(names) is not None,
        _PRODUCT_REVIEW.search(names) is not None,
    )


class RegionGate:
    """Judges places of one page; made once a page."""

    def __init__(
        self,
        tree: HtmlElement,
        *,
        heading: HtmlElement | None,
        main_root: HtmlElement | None,
    ) -> None:
        self.around: set[HtmlElement] = set()
        """The elements round the headline and the text, those themselves among them."""
        for anchor in (heading, main_root):
            at = anchor
            while at is not None:
                self.around.add(at)
                at = at.getparent()
        self._heading = heading
        self._main_root = main_root
        self._judged: dict[HtmlElement, Region] = {}

    def region(self, element: HtmlElement) -> Region:
        """What the place of `element` is."""
        # Pages with unclosed tags nest two thousand deep: no recursion.
        chain: list[HtmlElement] = []
        at: HtmlElement | None = element
        while at is not None and at not in self._judged:
            chain.append(at)
            at = at.getparent()
        outer = self._judged[at] if at is not None else _PLAIN
        for distance in range(len(chain) - 1, -1, -1):
            inner = chain[distance]
            is_near = distance < _FARTHEST_CARD
            outer = self._judged[inner] = self._judge(inner, outer, is_near=is_near)
        return outer

    def _judge(self, element: HtmlElement, outer: Region, *, is_near: bool) -> Region:
        """The verdict on `element`: its own name decides, else that of the element round it."""
        if element in self.around or not isinstance(element.tag, str):
            # What lies round the headline and the text says nothing of a place inside it.
            return _PLAIN
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if outer.rejected is not None:
            if outer.rejected == "site_footer" and _REVIEWER_NAME.search(names):
                # No site prints one reviewer below all its pages: `footer > .reviewer-info`.
                return Region(source="byline", is_marked=True, role=_role_of(names) or "author")
            return outer
        reason = self._reason(element, names, is_near=is_near)
        if reason is not None:
            return Region(source="byline", rejected=reason)
        source, is_marked, role = outer.source, outer.is_marked, outer.role
        if len(names) > 1:
            is_byline, is_history, _ = _marks(names)
            if is_byline:
                is_marked = True
                role = _role_of(names) or role
            if is_history:
                source = "history_panel"
        if element.tag == "address" or element.get("rel") == "author":
            is_marked = True
        stated = element.get("itemprop") or element.get("property")
        if stated and (told := _PROPERTIES.get(stated.rpartition(":")[2])):
            is_marked, role = True, told
        if (source, is_marked, role) == (outer.source, outer.is_marked, outer.role):
            return outer
        return Region(source=source, is_marked=is_marked, role=role)

    def _reason(self, at: HtmlElement, names: str, *, is_near: bool) -> str | None:
        tag = at.tag
        if tag == "nav" or at.get("role") == "navigation":
            return "navigation"
        if tag == "footer" and not self._is_footer_of_article(at):
            return "site_footer"
        if at.get("role") in ("tooltip", "dialog", "alertdialog"):
            return "tooltip"
        if len(names) > 1:
            hints = hints_of(names)
            if hints & COMMENTS:
                return "comment"
            if _marks(names)[2]:
                return "product_review"
            if not hints & BYLINE or hints & (COMMENTS | AD):
                if hints & RELATED:
                    return "related_card"
                if hints & POPUP:
                    return "tooltip"
                if hints & NAVIGATION and self._is_far(at) and not self._is_foot_by_name(at, names):
                    return "site_footer" if _FOOTER.search(names) else "navigation"
                if hints & REFERENCES:
                    return "references"
                if hints & (PROMO | AD):
                    return SPONSOR_LABEL if _is_sponsor_label(at, names) else "promotion"
            elif hints & RELATED and not _BYLINE_NAME.search(names):
                return "related_card"
        item_type = at.get("itemtype")
        if item_type and item_type.rstrip("/").rsplit("/", 1)[-1] in (
            "Review",
            "Comment",
            "Product",
            "UserReview",
        ):
            return "product_review"
        if tag == "article" and self._is_next_article(at):
            # Of an endless page the next one, with a headline of its own.
            return "other_article"
        if is_near and tag not in _HEADINGS and self._is_card(at):
            return "related_card"
        return None

    def _is_next_article(self, article: HtmlElement) -> bool:
        """Whether an article beside the one with the page's headline has a headline of its own."""
        if self._heading is None or all(element.tag != "article" for element in self.around):
            return False
        own = next(article.iter("h1"), None)
        return own is not None and own.text_content() != self._heading.text_content()

    def _is_footer_of_article(self, footer: HtmlElement) -> bool:
        """A `<footer>` inside the article or the main content is the article's foot."""
        at = footer.getparent()
        while at is not None:
            if at.tag in ("article", "main", "section") or at is self._main_root:
                return at.tag != "section" or at in self.around
            at = at.getparent()
        return False

    def _is_foot_by_name(self, at: HtmlElement, names: str) -> bool:
        """`<div class="content-footer">` inside the article is its foot, not the site's."""
        return bool(_FOOT.search(names)) and self._is_footer_of_article(at)

    def _is_far(self, at: HtmlElement) -> bool:
        """Side columns hold the page's own byline often enough; bars and menus never do."""
        return at.tag not in ("aside", "section", "article", "header")

    def _is_card(self, at: HtmlElement) -> bool:
        """A small box with a linked heading of its own: the teaser of another page."""
        if at.tag not in ("li", "article", "div", "a", "section", "td", "figure"):
            return False
        # Asked in C first: most boxes round a line hold no heading at all.
        if next(at.iterdescendants("h2", "h3", "h4", "h5", "h6"), None) is None:
            return False
        linked: HtmlElement | None = None
        headings = characters = 0
        for number, inner in enumerate(at.iter()):
            characters += len(inner.text or "") + len(inner.tail or "")
            if number > _CARD_ELEMENTS or characters > _CARD_TEXT:
                return False
            if inner.tag in _HEADINGS and inner is not at:
                headings += 1
                if at.tag == "a":
                    return True
                if linked is None and headings <= _MOST_HEADINGS and _is_linked(inner, at):
                    linked = inner
        return linked is not None and not _names_a_person(linked)


def _is_sponsor_label(at: HtmlElement, names: str) -> bool:
    """A short text in an element named after the sponsor, and no advertisement's link in it."""
    if _SPONSOR.search(names) is None or any(
        "sponsored" in (a.get("rel") or "") for a in at.iter("a")
    ):
        return False
    return len(" ".join(at.text_content().split())) <= _LONGEST_LABEL


_SPONSOR = re.compile(r"sponsor|advertorial", re.I)
_LONGEST_LABEL = 80


def _is_linked(heading: HtmlElement, box: HtmlElement) -> bool:
    if next(heading.iter("a"), None) is not None:
        return True
    parent = heading.getparent()
    while parent is not None and parent is not box.getparent():
        if parent.tag == "a":
            return True
        parent = parent.getparent()
    return False


PROFILE_PATH = re.compile(
    r"/(?:authors?|people|experts?|profiles?|contributors?|team|bio|reviewers?|doctors?|writers?)/",
    re.I,
)
"""In the address of a page about a person."""


def _names_a_person(heading: HtmlElement) -> bool:
    """A linked heading that is the author's own name, not a headline."""
    text = " ".join(heading.text_content().split())
    if len(text) > 80:
        return False
    link = next(heading.iter("a"), None)
    href = (link.get("href") or "") if link is not None else ""
    if PROFILE_PATH.search(href):
        return True
    people = parse_people(text, is_strict=True)
    return bool(people) and bool(people[0].credentials or people[0].prefix)
