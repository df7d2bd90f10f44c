"""When a page holds no article: too little text, an error page, a search page, a list of teasers.

Refusing costs recall for good, so each rule asks for more than one sign, and a page that states a
schema.org article about itself is taken at its word unless it has no text. Called by `extract`.
"""

from __future__ import annotations

import re

from articles.block_scoring import reading_size
from articles.blocks import HEADINGS, Block
from articles.document import Document
from articles.jsonld import read_linked_data
from articles.listing import LONGEST_TEASER, read_listing
from articles.machine_data import MachineData
from articles.main_content import MainContent
from articles.page import NotAnArticle

MIN_TEXT_CHARACTERS = 90
"""Reading size of the shortest text that counts as an article."""
LONGEST_ERROR_TEXT = 1500
"""Reading size up to which a page that calls itself "not found" is believed."""
LONGEST_HUB_TEXT = 1200
LEAST_HUB_LINKS = 8
TEASER_SHARE = 0.85
"""Of the text; the recorded article with the most links to its own site has 0.6 in such units."""
LONGEST_INTRODUCTION = 600
"""Reading size of what a section page says of itself above its teasers."""


def refuse_what_is_no_article(
    document: Document, machine: MachineData, main: MainContent, title: str | None
) -> None:
    """Raise `NotAnArticle` where the page holds none; else nothing."""
    size = main.choice.size
    if size < 4 * MIN_TEXT_CHARACTERS and not _shares_as_article(document):
        size -= _size_of_the_site_footer(main)
    if size < MIN_TEXT_CHARACTERS:
        raise NotAnArticle(
            f"the page has no main content: {round(size)} characters of running text,"
            f" at least {MIN_TEXT_CHARACTERS} are expected"
        )
    names = " | ".join(text for text in (title, main.titles.title_tag) if text)
    if size < LONGEST_ERROR_TEXT and _ERROR_TITLE.search(names):
        raise NotAnArticle(f"the page calls itself an error page: {names[:80]!r}")
    _refuse_listing(document, machine, main)
    if _states_article(machine):
        return
    if _SEARCH_TITLE.search(names) or _is_search_url(document.url, size):
        raise NotAnArticle(f"the page is a search page: {(names or document.url)[:80]!r}")
    if size < LONGEST_HUB_TEXT and (links := _hub_links(main)) >= LEAST_HUB_LINKS:
        raise NotAnArticle(
            f"the page is a hub of links: {links} teasers around {round(size)} characters of text"
        )


_ERROR_TITLE = re.compile(
    r"^\s*(?:error\s*)?(?:404|410|403|500|503)\b|\b404\b.{0,20}(?:error|not found)"
    r"|page (?:was )?not found"
    r"|page (?:can't|cannot|could not) be found|page (?:does not|doesn't) exist|access denied"
    r"|forbidden"
    r"|just a moment\.\.\.|attention required|are you (?:a )?(?:robot|human)|verify you are human"
    r"|halaman tidak ditemukan|không tìm thấy trang|trang không tồn tại|ไม่พบหน้า|找不到(?:頁面"
    r"|页面|網頁)"
    r"|页面不存在|ページが見つかりません|페이지를 찾을 수 없|página no encontrada"
    r"|page (?:introuvable|non trouvée)"
    r"|seite nicht gefunden|página não encontrada|pagina non trovata|nie znaleziono strony"
    r"|страница не найдена|الصفحة غير موجودة|hindi nahanap ang pahina",
    re.IGNORECASE,
)
_SEARCH_TITLE = re.compile(
    r"^\s*(?:search results?|results for|you searched for|hasil pencarian|kết quả tìm kiếm"
    r"|ผลการค้นหา"
    r"|搜尋結果|搜索结果|検索結果|검색 ?결과|resultados de (?:la )?(?:búsqueda|busca)"
    r"|résultats de recherche"
    r"|suchergebnisse|wyniki wyszukiwania|результаты поиска|نتائج البحث)",
    re.IGNORECASE,
)


def _size_of_the_site_footer(main: MainContent) -> float:
    """Reading size of the kept blocks in a `<footer>` that is the page's, not an article's."""
    return sum(
        reading_size(block.text) for block in main.choice.kept if _is_in_site_footer(main, block)
    )


def _is_in_site_footer(main: MainContent, block: Block) -> bool:
    tags = [node.tag for node in main.tree.ancestors(block.node)]
    return "footer" in tags and not {"article", "main"} & set(tags)


def _states_article(machine: MachineData) -> bool:
    return "MedicalWebPage" in machine.types or _states_written_article(machine)


def _states_written_article(machine: MachineData) -> bool:
    """The types that no section page gives itself; `MedicalWebPage` stands on those too."""
    return any(
        "Article" in name or name in ("BlogPosting", "Report", "QAPage", "HowTo")
        for name in machine.types
    )


def _refuse_listing(document: Document, machine: MachineData, main: MainContent) -> None:
    """Refuse a page of teasers, unless it states that it is an article."""
    if _states_written_article(machine) or _has_much_running_text(main):
        return
    listing = read_listing(document, main)
    size = main.choice.size
    shares_as_article = _shares_as_article(document)
    if listing.teasers >= (4 if shares_as_article else 2) and listing.share >= TEASER_SHARE:
        raise NotAnArticle(
            f"the page is a list of other pages: {round(100 * listing.share)} % of its text stands"
            f" in {listing.teasers} teasers"
        )
    around = listing.teasers_on_page
    if size > LONGEST_INTRODUCTION or shares_as_article or around < 3:
        return
    if (around >= 5 and listing.text_on_page > 2 * size) or _states_collection(document):
        raise NotAnArticle(
            f"the page is a list of other pages: {around} teasers under an introduction of"
            f" {round(size)} characters"
        )


def _has_much_running_text(main: MainContent) -> bool:
    """Whether paragraphs longer than a teaser, without a link, hold a good part of the text.

    Asked first: it spares nearly every article the look at its links.
    """
    running = sum(
        block.characters
        for block in main.choice.kept
        if not block.links and block.characters > LONGEST_TEASER
    )
    return running > 0.3 * main.choice.size


def _shares_as_article(document: Document) -> bool:
    """Whether `og:type` says article."""
    return any(
        element.get("property") == "og:type" and "article" in (element.get("content") or "")
        for element in document.stated
        if element.tag == "meta"
    )


def _states_collection(document: Document) -> bool:
    linked = read_linked_data(document.stated)
    return any(
        name in ("CollectionPage", "SearchResultsPage")
        for node in linked.nodes
        for name in node.types
    )


# Not parsed: the URL of a page is input like the page itself, and may be no URL at all.
_SEARCH_URL = re.compile(r"^[^?#]*/search/?(?:[?#]|$)|[?&]s=[^&#]")


def _is_search_url(url: str, size: float) -> bool:
    return size < LONGEST_HUB_TEXT and _SEARCH_URL.search(url) is not None


def _hub_links(main: MainContent) -> int:
    """Headlines of other pages in the container, where they are more than its paragraphs."""
    root = next((node for node in main.tree.nodes if node.element is main.root), None)
    if root is None:
        return 0
    blocks = main.tree.blocks[root.first_block : root.end_block]
    teasers = sum(
        block.tag in HEADINGS and block.link_characters > 0.8 * block.characters
        for block in blocks
        if block.text
    )
    paragraphs = sum(block.characters >= 250 for block in main.choice.kept)
    return teasers if teasers > 2 * paragraphs else 0
