"""archiater: crawls health articles into WARC archives and a database of who reviewed what, when.

The public Python API, imported only when it is used:

* `archiater.extract(html, url="")` gives the record of one page as an `articles.record.Article`;
* `archiater.extract_text(html)` gives its clean text, "" where there is no article;
* `archiater.open(path)` opens a collection, an `archive.collection.Collection`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.collection import Collection
    from articles.page import Page
    from articles.record import Article

__version__ = "0.1.0"
__all__ = ["__version__", "extract", "extract_text", "open"]


def extract(html: bytes | str, url: str = "") -> Article:
    """The record of one page; raises `articles.page.NotAnArticle` where it holds no article."""
    from articles.extract import extract as extract_page

    return extract_page(_page(html, url))


def extract_text(html: bytes | str) -> str:
    """The clean text of one page; "" where it holds no article.

    Takes half the time of `extract`, and keeps a few bylines that only the record leaves out.
    """
    from articles.extract import extract_text as extract_text_of
    from articles.page import NotAnArticle

    try:
        return extract_text_of(_page(html, ""))
    except NotAnArticle:
        return ""


def _page(html: bytes | str, url: str) -> Page:
    from articles.page import Page

    if isinstance(html, str):
        # Said in a header, so that a contradicting meta charset of the page cannot win.
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        return Page(url=url, body=html.encode("utf-8", "replace"), headers=headers)
    return Page(url=url, body=html)


def open(path: str | Path, *, read_only: bool = True) -> Collection:
    """An open collection; a context manager. Raises `archive.errors.NoCollection`."""
    from archive.collection import Collection

    return Collection.open(Path(path), read_only=read_only)
