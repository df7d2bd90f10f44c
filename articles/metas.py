"""Meta elements of the head: which names say what, as a table, and the reader of them.

A name that no table has is understood by its words where those leave no doubt:
`medical-review-date`, `article:reviewed_time` and `DC.date.reviewed` all say when a page was
reviewed. Spellings differ in their separators alone, so none of them counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from articles.record import DateKind, Role

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# name or property -> the kind of date; the order is the rank among metas of a kind. Those that only
# their words tell rank behind.
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
    # CMSs write it last and without much thought: it may be the day of the export.
    "date": "published",
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

SURNAME_FIRST_METAS = frozenset(
    {"citation_author", "dc.creator", "dcterms.creator", "dc.contributor"}
)
"""Metas of libraries, which write "Roe, Ada"."""

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


Meaning = DateKind | Role


def metas_by_meaning(metas: Mapping[str, tuple[str, ...]]) -> Mapping[Meaning, tuple[str, ...]]:
    """The names of `metas` that state a date of a kind or a person in a role, by rank."""
    ranked: list[tuple[int, str, Meaning]] = []
    for name in metas:
        known = _meaning(name)
        if known is not None:
            ranked.append((known[0], name, known[1]))
    found: dict[Meaning, list[str]] = {}
    for _, name, meaning in sorted(ranked):
        found.setdefault(meaning, []).append(name)
    return {meaning: tuple(names) for meaning, names in found.items()}


@lru_cache(maxsize=4096)
def _meaning(name: str) -> tuple[int, Meaning] | None:
    """Rank and meaning of one name; None for nearly all."""
    if len(name) > _LONGEST_NAME:
        return None
    known = _TABLE.get("".join(_WORD.findall(name)))
    if known is not None:
        return known
    meaning = _told_by_words(frozenset(_WORD.findall(name)))
    return None if meaning is None else (len(_TABLE), meaning)


_LONGEST_NAME = 60
_WORD = re.compile(r"[a-z]+")
_TABLE: dict[str, tuple[int, Meaning]] = {
    "".join(_WORD.findall(name)): (rank, meaning)
    for rank, (name, meaning) in reversed(
        list(enumerate((*DATE_METAS.items(), *PERSON_METAS.items())))
    )
}
_OF_SOMETHING_ELSE = frozenset(
    (
        *("product", "customer", "user", "book", "comment", "rating", "count", "status", "type"),
        *("url", "id", "link", "image", "photo", "avatar", "bio", "email", "title", "twitter"),
        *("fb", "facebook", "expiry", "expires", "end", "prev"),
    )
)
_DAY = frozenset(("date", "time", "datetime", "at", "on", "last", "day"))
_REVIEW = frozenset(("review", "reviewed", "reviewdate", "lastreviewed"))
_DAYS: tuple[tuple[frozenset[str], DateKind], ...] = (
    (_REVIEW, "reviewed"),
    (frozenset(("published", "publication", "publish", "pubdate", "issued")), "published"),
    (frozenset(("modified", "modification", "updated", "update", "lastmodified")), "modified"),
)
_REVIEWER = frozenset(("reviewer", "reviewers", "reviewedby"))
_MEDICAL = frozenset(("medical", "medically", "clinical", "clinically", "doctor", "physician"))
_AUTHOR = frozenset(("author", "authors"))
_BESIDE_AUTHOR = frozenset(("article", "post", "page", "content", "story", "news", "name", "names"))


def _told_by_words(words: frozenset[str]) -> Meaning | None:
    if words & _OF_SOMETHING_ELSE:
        return None
    if words & _REVIEWER or {"reviewed", "by"} <= words:
        return "medical_reviewer" if words & _MEDICAL else "reviewer"
    if words & {"next", "due"}:
        return "next_review_due" if words & _REVIEW else None
    if words & _DAY:
        kinds = [kind for told, kind in _DAYS if words & told]
        return kinds[0] if len(kinds) == 1 else None
    if {"fact", "checker"} <= words or {"fact", "checked", "by"} <= words:
        return "fact_checker"
    return "author" if words & _AUTHOR and words <= _AUTHOR | _BESIDE_AUTHOR else None


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
