"""The people, dates and review status of one page, with evidence for each: the door of this half.

`read_review_record` brings the visible bylines and the machine data together and lets `judgement`
decide between them. It also tells the text side which lines were bylines, so that they leave the
body.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain

from lxml.html import HtmlElement

from articles.blocks import BlockTree, read_blocks
from articles.bylines.reader import read_bylines
from articles.document import Document
from articles.judgement import judge
from articles.machine_data import MachineData
from articles.profile import SiteProfile
from articles.record import Contributor, Review, StatedDate, Statement
from articles.selecting import select


@dataclass(frozen=True, kw_only=True)
class ReviewRecord:
    """Who wrote and reviewed a page, when, and on what evidence."""

    contributors: tuple[Contributor, ...] = ()
    dates: tuple[StatedDate, ...] = ()
    review: Review = field(default_factory=Review)
    sponsored: Statement | None = None
    ai_disclosure: Statement | None = None
    byline_texts: frozenset[str] = frozenset()
    """White-space-folded texts of the lines read as bylines, review blocks and history panels."""


def read_review_record(
    document: Document,
    machine: MachineData,
    main_root: HtmlElement | None,
    profile: SiteProfile | None = None,
    *,
    tree: BlockTree | None = None,
) -> ReviewRecord:
    """The review record of one page. `main_root` is the element of the chosen main content.

    `tree` are the page's blocks, where the caller has read them already.
    """
    profile = profile or SiteProfile(site="")
    tree = read_blocks(document.tree) if tree is None else tree
    bylines = read_bylines(
        document.tree,
        tree.texts,
        language=document.language,
        base_url=document.base_url,
        heading=find_heading(document.tree, tree, machine.headline),
        main_root=main_root,
        day_first=profile.day_first,
        captured_at=document.page.fetched_at,
        byline_elements=tuple(select(document.tree, profile.byline)),
    )
    judged = judge(
        bylines,
        machine,
        document=document,
        profile=profile,
        sponsored_elements=tuple(select(document.tree, profile.sponsored)),
    )
    return ReviewRecord(
        contributors=judged.contributors,
        dates=judged.dates,
        review=judged.review,
        sponsored=judged.sponsored,
        ai_disclosure=judged.ai_disclosure,
        byline_texts=frozenset(bylines.used),
    )


def find_heading(page: HtmlElement, tree: BlockTree, headline: str | None) -> HtmlElement | None:
    """The element of the page's headline: the h1 that agrees with the headline, else the first."""
    # Asked of the walk: lxml would go through the whole page once more.
    shown = (node.element for node in tree.nodes if node.tag == "h1")
    headings = [heading for heading in shown if heading.text_content().strip()]
    wanted = _letters(headline or "")
    if wanted:
        for heading in headings:
            letters = _letters(heading.text_content())
            if letters and (letters in wanted or wanted in letters):
                return heading
    if len(headings) == 1:
        return headings[0]
    title = _letters(_first_title(page) or "")
    for heading in chain(headings, page.iter("h2", "h3")):
        letters = _letters(heading.text_content())
        if len(letters) > 12 and (letters in title or letters == wanted):
            return heading
    return headings[0] if headings else _styled_heading(page, title)


def _first_title(tree: HtmlElement) -> str | None:
    # Where it mostly stands: lxml looks ahead for a second one, which is the whole page.
    title = tree.findtext("head/title")
    return tree.findtext(".//title") if title is None else title


def _styled_heading(tree: HtmlElement, title: str) -> HtmlElement | None:
    """Old pages without headings: the first element whose own text is the page's title."""
    if len(title) < 12:
        return None
    for element in tree.iter("td", "div", "span", "a", "b", "strong", "font", "p", "center"):
        text = element.text
        if text and 12 < len(text) < 300:
            letters = _letters(text)
            if len(letters) > 12 and letters in title and 2 * len(letters) > len(title):
                return element
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text[:400].casefold()))
