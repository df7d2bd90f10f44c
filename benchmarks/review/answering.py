"""One reader of people and dates that answers page after page: see `benchmarks.text.answering`.

An answer holds, of what the tool looks for at all, `authors` and `reviewers` as a list of objects
with `name` and `credentials`, `date_published`, `date_modified` and `date_reviewed` as a list of
ISO dates. Runs in the environment of the tool and imports nothing but the standard library and it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

from benchmarks.text.answering import Answer, decoded, quiet_output, serve

Tool = Callable[[bytes, str], Answer]
REVIEWERS = frozenset({"medical_reviewer", "reviewer", "peer_reviewer"})


def main() -> None:
    answers = quiet_output()
    serve(TOOLS[sys.argv[1]](), sys.stdin, answers)


def archiater() -> Tool:
    from archiater import extract
    from articles.page import NotAnArticle
    from articles.record import Article

    def people(article: Article, roles: Iterable[str]) -> list[dict[str, Any]]:
        return [
            {"name": person.name, "credentials": person.credentials}
            for person in article.contributors
            if person.role in roles
        ]

    def dates(article: Article, kind: str) -> list[str]:
        return [stated.value[:10] for stated in article.dates if stated.kind == kind]

    def read(body: bytes, url: str) -> Answer:
        try:
            article = extract(body, url)
        except NotAnArticle:
            return {}
        return {
            "authors": people(article, {"author"}),
            "reviewers": people(article, REVIEWERS),
            "date_published": dates(article, "published"),
            "date_modified": dates(article, "modified"),
            "date_reviewed": dates(article, "reviewed"),
        }

    return read


def trafilatura() -> Tool:
    bare_extraction = import_module("trafilatura").bare_extraction

    def read(body: bytes, url: str) -> Answer:
        found = bare_extraction(body, url=url or None, with_metadata=True)
        if found is None:
            return {}
        return {
            "authors": named((found.author or "").split(";")),
            "date_published": [found.date] if found.date else [],
        }

    return read


def htmldate() -> Tool:
    find_date = import_module("htmldate").find_date

    def read(body: bytes, url: str) -> Answer:
        published, latest = (
            find_date(body, url=url or None, original_date=is_original)
            for is_original in (True, False)
        )
        return {
            "date_published": [published] if published else [],
            "date_modified": [latest] if latest else [],
        }

    return read


def newspaper4k() -> Tool:
    article = import_module("newspaper").article

    def read(body: bytes, url: str) -> Answer:
        # It takes no page without an address, and reads a date out of one.
        found = article(url or "https://example.org/", input_html=decoded(body), fetch_images=False)
        published = found.publish_date
        return {
            "authors": named(found.authors),
            "date_published": [published.date().isoformat()] if published else [],
        }

    return read


def named(names: Iterable[str]) -> list[dict[str, Any]]:
    return [{"name": name.strip(), "credentials": []} for name in names if name.strip()]


TOOLS: Mapping[str, Callable[[], Tool]] = {
    "archiater": archiater,
    "trafilatura": trafilatura,
    "htmldate": htmldate,
    "newspaper4k": newspaper4k,
}


if __name__ == "__main__":
    main()
