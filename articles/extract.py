"""The core's one door: a fetched page in, the article's record out, or `NotAnArticle`.

A pure function: the same page, with the same profile and the same knowledge of the site's other
pages, gives the same record. It arranges the readers of the core and decides nothing about the page
but whether there is an article at all.
Beside it stands the short way, for those who want the text alone.
"""

from __future__ import annotations

from articles.author_notes import author_notes
from articles.digests import text_digest
from articles.document import Document, parse_document
from articles.faq import read_faq
from articles.fragment import read_sections
from articles.machine_data import MachineData, read_machine_data, read_page_data
from articles.main_content import MainContent, choose_main_content
from articles.page import NotAnArticle, Page
from articles.plain_text import plain_text
from articles.profile import SiteProfile
from articles.record import Article, Derivation
from articles.refusal import refuse_what_is_no_article
from articles.review_record import read_review_record
from articles.rights import read_rights
from articles.side_parts import read_images, read_related, read_takeaways, read_toc
from articles.site_knowledge import SiteKnowledge
from articles.statements import read_statements
from articles.title import choose_title
from articles.urls import normalise_url, registered_domain, same_registered_domain
from articles.word_count import count_words

RULES_VERSION = "1"
"""Version of the extractor's rules; it rises with every change that can change a record."""


def extract(
    page: Page, profile: SiteProfile | None = None, knowledge: SiteKnowledge | None = None
) -> Article:
    """The record of one page. Raises `NotAnArticle`, and nothing else, whatever the bytes are."""
    document = parse_document(page, profile)
    machine = read_machine_data(document)
    main, title = _main_content_and_title(document, machine, profile, knowledge)
    review = read_review_record(document, machine, main.root, profile, tree=main.tree)
    main = main.without(review.byline_texts)
    main = main.without_blocks(author_notes(main.choice.kept, review.contributors))
    sections = read_sections(main, document.base_url)
    text = plain_text(sections)
    _refuse_empty_text(text)
    statements = read_statements(main.tree, main.choice.statements, document, profile)
    return Article(
        url=_identity(document, machine),
        requested_url=page.requested_url,
        site=profile.site if profile else registered_domain(page.url) or None,
        publisher=(profile.publisher if profile else None) or machine.publisher,
        language=document.language,
        title=title,
        description=machine.description,
        section=machine.section,
        keywords=machine.keywords,
        text=text,
        sections=sections,
        takeaways=read_takeaways(sections),
        faq=read_faq(sections),
        toc=read_toc(main, document.base_url),
        disclaimers=statements.disclaimers,
        disclosures=statements.disclosures,
        related=read_related(main, document.base_url),
        images=read_images(sections),
        # What a page shows is the list; what it tells machines alone is often cut short.
        references=main.sources.references or machine.citations,
        contributors=review.contributors,
        dates=review.dates,
        review=review.review,
        sponsored=review.sponsored,
        ai_disclosure=review.ai_disclosure,
        rights=read_rights(document.stated, page),
        extractor=Derivation(
            version=RULES_VERSION,
            route=main.route,
            confidence=main.confidence,
            profile_digest=profile.digest() if profile else None,
            knowledge_digest=knowledge.digest() if knowledge else None,
        ),
        text_digest=text_digest(text),
        word_count=count_words(text),
        fingerprint=main.fingerprint,
    )


def extract_text(
    page: Page, profile: SiteProfile | None = None, knowledge: SiteKnowledge | None = None
) -> str:
    """The text of a page at about half of what its record costs. Raises `NotAnArticle`.

    Who wrote and reviewed it is not read, so a line may stay that only that reading tells to be a
    byline: a bare date or name under the headline, on five of a hundred recorded articles.
    """
    document = parse_document(page, profile)
    main, _ = _main_content_and_title(document, read_page_data(document), profile, knowledge)
    text = plain_text(read_sections(main, document.base_url))
    _refuse_empty_text(text)
    return text


def _main_content_and_title(
    document: Document,
    machine: MachineData,
    profile: SiteProfile | None,
    knowledge: SiteKnowledge | None,
) -> tuple[MainContent, str | None]:
    """Both of a page that holds an article; raises `NotAnArticle` for any other."""
    main = choose_main_content(document, machine, profile, knowledge)
    title = choose_title(main.titles, main.tree, main.excluded)
    refuse_what_is_no_article(document, machine, main, title)
    return main, title


def _refuse_empty_text(text: str) -> None:
    if not text.strip():
        raise NotAnArticle("nothing but headings, bylines and boilerplate stands on the page")


def _identity(document: Document, machine: MachineData) -> str:
    """The article's URL: the canonical one where it lies on the page's own registered domain."""
    own = normalise_url(document.url)
    if machine.canonical_url and same_registered_domain(machine.canonical_url, document.url):
        return normalise_url(machine.canonical_url)
    return own
