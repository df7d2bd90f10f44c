"""Meta elements of the head: which names say what, as a table, and the reader of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from articles.record import DateKind, Role

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# name or property (lower case) -> the kind of date; the order is the rank among metas of a kind.
DATE_METAS: dict[str, DateKind] = {
    "cdc:first_published": "published",
    "article:published_time": "published",
    "og:article:published_time": "published",
    "content_date_published": "published",
    "datepublished": "published",
    "publishdate": "published",
    "publish-date": "published",
    "publish_date": "published",
    "publication_date": "published",
    "publicationdate": "published",
    "pubdate": "published",
    "published_date": "published",
    "article.published": "published",
    "parsely-pub-date": "published",
    "cxenseparse:recs:publishtime": "published",
    "cxenseparse:publishtime": "published",
    "sailthru.date": "published",
    "dc.date.issued": "published",
    "dcterms.issued": "published",
    "dc.date.created": "published",
    "dcterms.created": "published",
    "dc.date": "published",
    "dcterms.date": "published",
    "citation_publication_date": "published",
    "citation_date": "published",
    "citation_online_date": "published",
    "article_date_original": "published",
    "displaydate": "published",
    "its": "published",
    "cdc:last_updated": "modified",
    "article:modified_time": "modified",
    "og:updated_time": "modified",
    "content_date_modified": "modified",
    "datemodified": "modified",
    "lastmodified": "modified",
    "last-modified": "modified",
    "last_modified": "modified",
    "modified": "modified",
    "moddate": "modified",
    "updated_time": "modified",
    "dc.date.modified": "modified",
    "dcterms.modified": "modified",
    "revised": "modified",
    "cdc:last_reviewed": "reviewed",
    "lastreviewed": "reviewed",
    "last_reviewed": "reviewed",
    "content_date_reviewed": "reviewed",
    "reviewed_date": "reviewed",
    "date_reviewed": "reviewed",
    "medicalreviewdate": "reviewed",
    "dcterms.reviewed": "reviewed",
}

PERSON_METAS: dict[str, Role] = {
    "content_author": "author",
    "author": "author",
    "article:author": "author",
    "byl": "author",
    "sailthru.author": "author",
    "parsely-author": "author",
    "cxenseparse:author": "author",
    "dc.creator": "author",
    "dcterms.creator": "author",
    "dc.contributor": "contributor",
    "citation_author": "author",
    "content_reviewer": "medical_reviewer",
    "reviewer": "reviewer",
    "medicalreviewer": "medical_reviewer",
    "medical_reviewer": "medical_reviewer",
    "reviewed_by": "reviewer",
    "reviewedby": "reviewer",
    "content_editor": "editor",
    "fact_checker": "fact_checker",
}

HEADLINE_METAS = ("og:title", "twitter:title", "citation_title", "dc.title", "sailthru.title")
DESCRIPTION_METAS = ("og:description", "description", "twitter:description", "dc.description")
SECTION_METAS = ("article:section", "content_category_1", "cxenseparse:category", "section")
SITE_METAS = ("og:site_name", "application-name", "apple-mobile-web-app-title")
PUBLISHER_METAS = ("citation_publisher", "dc.publisher", "publisher", "article:publisher")
IMAGE_METAS = (
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "sailthru.image.full",
)
KEYWORD_METAS = (
    "article:tag",
    "content_tags",
    "news_keywords",
    "keywords",
    "parsely-tags",
    "sailthru.tags",
)


def read_metas(metas: Iterable[HtmlElement]) -> Mapping[str, tuple[str, ...]]:
    """Contents of meta elements by lower-case name, property or itemprop; white space folded."""
    found: dict[str, list[str]] = {}
    for meta in metas:
        content = meta.get("content")
        if not content:
            continue
        folded = " ".join(content[:4000].split())
        if not folded:
            continue
        for attribute in ("property", "name", "itemprop"):
            names = meta.get(attribute)
            if names:
                for name in names.lower().split():
                    found.setdefault(name, []).append(folded)
    return {name: tuple(contents) for name, contents in found.items()}
