"""From an article's file to values: TOML front matter between `+++` lines, then a light markup.

    ## Heading, ### smaller heading       - list item        1. item of an ordered list
    | cell | cell |  a table, its first   > quotation        ! Title of a box
    row the head; a line `= Caption`      ? Question         its text in the lines below
    before it names it                    its answer in the lines below

Anything else is a paragraph; an empty line ends every part. Inside a text `**strong**`,
`*emphasis*` and `[words](address)` are known. The markup has no escape and needs none: it is for
our own texts.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from archiater.demo.model import (
    SHAPES,
    Box,
    Bullets,
    DemoArticle,
    Grid,
    Heading,
    Part,
    Person,
    Prose,
    Question,
    Quotation,
    Source,
)

OPTIONS: Mapping[str, str] = {
    "accordion": "questions fold as buttons and panels instead of details elements",
    "ai-assisted": "a sentence says that software helped to write the text",
    "broken-jsonld": "a second JSON-LD block that no parser reads",
    "claim-only": "a badge says 'Expert reviewed' and names nobody",
    "collapsed-sources": "the source list stands in a closed details element",
    "comments": "readers' comments below, one of which speaks of a review",
    "content-metas": "content_author, content_reviewer and content_date_published metas",
    "glued-credentials": "the byline writes 'NAME RDN, LD' without a comma after the name",
    "history": "a panel lists the versions of the article",
    "jsonld-graph": "JSON-LD is a @graph whose people are referred to by @id",
    "jsonld-reviewer": "JSON-LD names the reviewer too",
    "machine-dates-lie": "JSON-LD has a placeholder for the date of publication",
    "negated-review": "the page says that nobody reviewed it medically",
    "no-language": "the html element has no lang attribute",
    "noai": "meta robots says noai",
    "noarchive": "meta robots says noarchive",
    "rotating-ad": "the advertisement changes with the edition, the text does not",
    "self-reviewed": "one byline names one person as author and reviewer",
    "source-version-reviewed": "the review was of the text this page translates",
    "takeaways": "the first list of the body stands in a box 'Key takeaways'",
    "tdm-reserved": "the response has the header tdm-reservation: 1",
}

_NOT_SHOWN: Mapping[str, tuple[str, ...]] = {
    "hello": ("fact_checkers", "translators", "reviewed", "next_review_due"),
    "care": ("authors", "reviewers", "fact_checkers", "translators", "published", "modified"),
    "journal": ("translators", "next_review_due"),
    "library": ("fact_checkers", "translators", "next_review_due"),
    "encyclopedia": ("authors", "fact_checkers", "published", "modified", "next_review_due"),
}
"""What each shape has no place for; an article that has it would expect what no page shows."""


def parse_article(text: str, people: Mapping[str, Person]) -> DemoArticle:
    """The article in one content file; ValueError names what is wrong with it."""
    empty, front, body = text.split("+++\n", 2)
    if empty:
        raise ValueError(f"content file begins with {empty[:20]!r}, expected '+++'")
    fields = tomllib.loads(front)
    for role in ("authors", "reviewers", "fact_checkers", "translators"):
        fields[role] = tuple(people[key] for key in fields.get(role, ()))
    fields["keywords"] = tuple(fields.get("keywords", ()))
    fields["sources"] = tuple(Source(text=entry) for entry in fields.get("sources", ()))
    fields["options"] = frozenset(fields.get("options", ()))
    article = DemoArticle(parts=parse_parts(body), **fields)
    _check(article)
    return article


def parse_people(text: str) -> dict[str, Person]:
    """Everybody the articles may name, by key."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(text)
    return {
        key: Person(key=key, **{**table, "credentials": tuple(table.get("credentials", ()))})
        for key, table in tables.items()
    }


def parse_parts(body: str) -> tuple[Part, ...]:
    """The parts of a text in their order."""
    with_captions = re.sub(r"^(= .*)\n+(?=\|)", r"\1\n", body.strip(), flags=re.MULTILINE)
    chunks = (chunk.splitlines() for chunk in re.split(r"\n\s*\n", with_captions))
    return tuple(_parse_part(lines) for lines in chunks)


def as_html(text: str) -> str:
    """A text with its inline markup as escaped HTML."""
    escaped = html.escape(text, quote=False)
    strong = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escaped)
    emphasised = re.sub(r"\*(.+?)\*", r"<em>\1</em>", strong)
    return re.sub(r"\[(.+?)\]\((\S+?)\)", r'<a href="\2">\1</a>', emphasised)


def as_plain(text: str) -> str:
    """A text without its inline markup."""
    return re.sub(r"\[(.+?)\]\(\S+?\)", r"\1", text.replace("*", ""))


def _parse_part(lines: list[str]) -> Part:
    first, rest = lines[0], " ".join(lines[1:])
    mark, _, words = first.partition(" ")
    if mark in ("##", "###"):
        return Heading(text=words, level=len(mark))
    if mark == "!":
        return Box(title=words, text=rest)
    if mark == "?":
        return Question(question=words, answer=rest)
    if mark == ">":
        return Quotation(text=" ".join(line.removeprefix(">").strip() for line in lines))
    if mark == "-":
        return Bullets(items=tuple(line.removeprefix("- ") for line in lines))
    if re.fullmatch(r"\d+\.", mark):
        return Bullets(items=tuple(line.partition(" ")[2] for line in lines), ordered=True)
    if mark == "=":
        return Grid(rows=_parse_rows(lines[1:]), caption=words)
    if mark == "|":
        return Grid(rows=_parse_rows(lines))
    return Prose(text=" ".join(lines))


def _parse_rows(lines: list[str]) -> tuple[tuple[str, ...], ...]:
    """The cells of every line but the one that only parts head from body."""
    rows = (line for line in lines if line.strip("|- "))
    return tuple(tuple(cell.strip() for cell in line.strip("| ").split("|")) for line in rows)


def _check(article: DemoArticle) -> None:
    """Refuse what no page could show, so that the expected values stay true."""
    if article.shape not in SHAPES:
        raise ValueError(f"{article.path}: shape is {article.shape!r}, expected one of {SHAPES}")
    unknown = article.options - OPTIONS.keys()
    if unknown:
        raise ValueError(f"{article.path}: unknown options {sorted(unknown)}")
    unshown = [name for name in _NOT_SHOWN[article.shape] if getattr(article, name)]
    if unshown:
        raise ValueError(f"{article.path}: a page of shape {article.shape!r} shows no {unshown}")
    for grid in (part for part in article.parts if isinstance(part, Grid)):
        if len({len(row) for row in grid.rows}) != 1 or len(grid.rows) < 2:
            raise ValueError(f"{article.path}: {grid.rows[:1]} is no table with rows of one length")
