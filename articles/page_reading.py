"""One page with all that its readers gave, for those who look at how a record came about.

`extract` gives the record alone and stops at a page that holds no article; here such a page is read
on, so that it can be told what was found on it. Called by what explains a page (`explanation`) and
by what proposes selectors for its site (`proposals`).
"""

from __future__ import annotations

from dataclasses import dataclass

from articles.document import Document, parse_document
from articles.extract import extract
from articles.machine_data import MachineData, read_machine_data
from articles.main_content import MainContent, choose_main_content
from articles.page import NotAnArticle, Page
from articles.profile import SiteProfile
from articles.record import Article
from articles.review_record import ReviewRecord, read_review_record
from articles.site_knowledge import SiteKnowledge
from articles.title import choose_title


@dataclass(frozen=True, kw_only=True)
class PageReading:
    """What the readers of the core gave for one page, and the record made of it."""

    page: Page
    profile: SiteProfile
    knowledge: SiteKnowledge | None
    """What is known of the site's other pages; None where nothing is, or is not to be used."""
    document: Document
    machine: MachineData
    main: MainContent
    """As it was chosen, with the bylines that later leave the text."""
    title: str | None
    review: ReviewRecord
    article: Article | None
    refusal: str | None
    """Why the page holds no article; None where it holds one."""


def read_page(
    page: Page, profile: SiteProfile, knowledge: SiteKnowledge | None = None
) -> PageReading:
    """The page with all its readers gave. Raises `NotAnArticle` where the bytes are no HTML."""
    document = parse_document(page, profile)
    machine = read_machine_data(document)
    main = choose_main_content(document, machine, profile, knowledge)
    article, refusal = None, None
    try:
        article = extract(page, profile, knowledge)
    except NotAnArticle as reason:
        refusal = reason.reason
    return PageReading(
        page=page,
        profile=profile,
        knowledge=knowledge,
        document=document,
        machine=machine,
        main=main,
        title=choose_title(main.titles, main.tree, main.excluded),
        review=read_review_record(document, machine, main.root, profile),
        article=article,
        refusal=refusal,
    )
