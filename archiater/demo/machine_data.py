"""What the demo's pages say to machines in their heads: meta elements, JSON-LD, canonical links.

It is never richer than the visible page unless an option of the article asks for it, and on some
pages it is wrong or broken, as it is in the wild.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from archiater.demo.furniture import NETWORK
from archiater.demo.model import DemoArticle, Person
from archiater.demo.static import STYLE_PATH
from archiater.demo.words import words_in

BROKEN_JSONLD = (
    '<script type="application/ld+json">{"@context": "https://schema.org",'
    ' "@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem" "position": 1,},'
    " <!-- todo -->]</script>"
)
PLACEHOLDER_DATE = "2001-10-03T03:01:00-04:00"


def head(article: DemoArticle, base_url: str, *, types: Sequence[str] | None) -> str:
    """The head of an article's page; `types` are those of its JSON-LD, None for no JSON-LD."""
    canonical = escape(base_url + article.path)
    parts = [
        '<meta charset="utf-8">',
        f"<title>{escape(article.title)} | {NETWORK}</title>",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        _meta("description", article.description),
        f'<link rel="canonical" href="{canonical}">',
        f'<link rel="stylesheet" href="{STYLE_PATH}">',
        _property("og:type", "article"),
        _property("og:title", article.title),
        _property("og:site_name", NETWORK),
        _property("og:url", base_url + article.path),
        *_locale(article),
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml">',
        *_robots_metas(article),
        *_content_metas(article),
        "<style>.related-card{border:1px solid #ccc}</style><script>window.dataLayer=[];</script>",
    ]
    if article.keywords:
        parts.append(_meta("keywords", ", ".join(article.keywords)))
    if "broken-jsonld" in article.options:
        parts.append(BROKEN_JSONLD)
    if types is not None:
        parts.append(_script(jsonld(article, base_url, types)))
    return f"<head>{''.join(parts)}</head>"


def jsonld(article: DemoArticle, base_url: str, types: Sequence[str]) -> Mapping[str, Any]:
    """The article in schema.org's words; a reviewer only with the option `jsonld-reviewer`."""
    node: dict[str, Any] = {
        "@type": types[0] if len(types) == 1 else list(types),
        "headline": article.title,
        "description": article.description,
        "articleSection": article.section,
        "mainEntityOfPage": base_url + article.path,
        "publisher": {"@type": "Organization", "name": NETWORK, "url": f"{base_url}/"},
    }
    if "no-language" not in article.options:
        node["inLanguage"] = article.language
    if article.authors:
        node["author"] = [_person(person) for person in article.authors]
    if article.published:
        node["datePublished"] = _stamp(article.published)
    if "machine-dates-lie" in article.options:
        node["datePublished"] = PLACEHOLDER_DATE
    if article.modified:
        node["dateModified"] = _stamp(article.modified)
    if "jsonld-reviewer" in article.options:
        node["reviewedBy"] = _reviewers(article)
        if article.reviewed:
            node["lastReviewed"] = article.reviewed
    if "jsonld-graph" in article.options:
        return _graph(node, base_url)
    return {"@context": "https://schema.org", **node}


def _graph(node: dict[str, Any], base_url: str) -> Mapping[str, Any]:
    """The same as a graph in which the article names its author by @id, as Yoast writes it."""
    people = []
    for number, person in enumerate(node.get("author", ()), start=1):
        identity = f"{base_url}/#/schema/person/{number}"
        people.append({**person, "@id": identity})
        node["author"][number - 1] = {"@id": identity}
    site = {"@type": "WebSite", "@id": f"{base_url}/#website", "name": NETWORK}
    return {"@context": "https://schema.org", "@graph": [site, node, *people]}


def _person(person: Person) -> Mapping[str, Any]:
    return {"@type": "Person", "name": ", ".join((person.name, *person.credentials))}


def _reviewers(article: DemoArticle) -> object:
    """Both forms of the wild: a bare string where there is one reviewer, else objects."""
    if len(article.reviewers) == 1:
        return article.reviewers[0].signature
    return [{"@type": "Person", "name": person.signature} for person in article.reviewers]


def _stamp(date: str) -> str:
    """A content system stamps a time on a day; a month stays a month."""
    return f"{date}T06:49:21+00:00" if len(date) == 10 else date


def _locale(article: DemoArticle) -> list[str]:
    """The language for machines; a page without one leaves it to its words."""
    locale = words_in(article.language).locale
    return [] if "no-language" in article.options else [_property("og:locale", locale)]


def _robots_metas(article: DemoArticle) -> list[str]:
    rules = [rule for rule in ("noai", "noarchive") if rule in article.options]
    return [_meta("robots", "index, follow, " + ", ".join(rules))] if rules else []


def _content_metas(article: DemoArticle) -> list[str]:
    """The publisher's own metas of older Hello Sehat pages: an empty reviewer, a compact date."""
    if "content-metas" not in article.options:
        return []
    author = article.authors[0].name if article.authors else ""
    metas = [_meta("content_author", author), _meta("content_reviewer", "")]
    if article.published:
        metas.append(_meta("content_date_published", article.published.replace("-", "")))
    return [*metas, _meta("page_language", article.language.upper())]


def _meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{escape(content)}">'


def _property(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{escape(content)}">'


def _script(value: Mapping[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'
