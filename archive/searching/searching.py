"""`search`: the articles that match a query and its filters, ranked, with snippets and counts.

Three traps shape the SQL here (notes on the measurement are in docs and benchmarks/search.py): a
`rowid in (select ...)` beside MATCH took 3.3 s at a million articles where a join takes 0.04; a
second sort key after `rank` doubles the time; and the join must begin at the full text index, which
`cross join` makes SQLite do. A test reads the query plans.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar, get_args

from archive.collection import Collection
from archive.errors import BadQuery
from archive.searching.filters import Condition, Filters
from archive.searching.query import Query, parse_query
from archive.searching.snippets import Highlighter, Marked
from articles.record import REVIEWING_ROLES

_Value = TypeVar("_Value", str, str | None)
Sort = Literal["relevance", "newest", "oldest-review"]
SORTS: tuple[str, ...] = get_args(Sort)
_MOST_HITS = 10_000

# Title over headings over text. `pieces` repeats the text of unspaced scripts syllable by syllable:
# enough to be found by, less than a whole word.
_WEIGHTS = "bm25(8.0, 3.0, 1.0, 0.5)"


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One article that was found."""

    id: int
    url: str
    site: str
    publisher: str | None
    language: str | None
    title: Marked
    snippet: Marked
    section: str | None
    authors: tuple[str, ...]
    reviewers: tuple[str, ...]
    review_status: str
    published: str | None
    modified: str | None
    reviewed: str | None
    next_review_due: str | None
    version: int
    word_count: int
    first_seen_at: str
    last_seen_at: str
    gone_at: str | None
    score: float | None
    """Higher is better; comparable within one search only. None where nothing was ranked."""


@dataclass(frozen=True, kw_only=True)
class Facets:
    """How many of all articles found, not of this page, fall to each value."""

    sites: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str | None, int] = field(default_factory=dict)
    statuses: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SearchResults:
    """One page of what was found."""

    total: int
    """Of all pages."""
    hits: tuple[Hit, ...]
    facets: Facets
    sort: Sort
    """How the hits are sorted: without a query there is no relevance, the newest come first."""
    limit: int
    offset: int


def search(
    collection: Collection,
    query: str = "",
    filters: Filters | None = None,
    *,
    sort: Sort = "relevance",
    limit: int = 20,
    offset: int = 0,
) -> SearchResults:
    """The articles that match `query` and `filters`; all that match `filters` where it is empty.

    `newest` goes by the date the page was modified, else published; undated ones come last.
    `oldest-review` puts those never reviewed last. Raises `BadQuery` for a limit, offset or sort
    that cannot be; no query text is an error.
    """
    _check(sort, limit, offset)
    parsed = parse_query(query)
    if parsed.match is None or parsed.is_complement:
        sort = "newest" if sort == "relevance" else sort
    connection = collection.connection
    condition = matching(parsed, filters or Filters(), connection)
    facets, total = _facets(connection, condition)
    ranked = _ranked(connection, condition, sort, limit, offset) if offset < total else []
    return SearchResults(
        total=total,
        hits=_hits(connection, ranked, Highlighter(parsed.needles)),
        facets=facets,
        sort=sort,
        limit=limit,
        offset=offset,
    )


@dataclass(frozen=True, kw_only=True)
class Matching:
    """The articles meant by a query and filters, as the `from` and `where` of a statement."""

    source: str
    """`articles a`, or the full text table joined to it."""
    where: str
    values: dict[str, object]


def matching(query: Query, filters: Filters, connection: sqlite3.Connection) -> Matching:
    """Query and filters as one piece of SQL; `export` reads the same articles by it."""
    condition: Condition = filters.condition(connection)
    values = {**condition.values, "match": query.match}
    if query.finds_nothing:
        return Matching(source="articles a", where="0", values=condition.values)
    if query.match is None:
        return Matching(source="articles a", where=condition.sql, values=condition.values)
    if query.is_complement:
        without = "select rowid from article_search where article_search match :match"
        return Matching(
            source="articles a",
            where=f"a.id not in ({without}) and {condition.sql}",
            values=values,
        )
    return Matching(
        source="article_search cross join articles a on a.id = article_search.rowid",
        where=f"article_search match :match and {condition.sql}",
        values=values,
    )


def facets_sql(found: Matching) -> str:
    """One pass gives the total and all counts: few sites times few languages times six statuses."""
    return (
        "select a.site, a.language, a.review_status, count(*) as articles"  # noqa: S608
        f" from {found.source} where {found.where} group by 1, 2, 3"
    )


def ranked_sql(found: Matching, sort: Sort) -> str:
    """The ids of one page, in order."""
    if sort == "relevance":
        return (
            f"select a.id, article_search.rank as rank from {found.source}"  # noqa: S608
            f" where {found.where} and article_search.rank match '{_WEIGHTS}'"
            " order by article_search.rank limit :limit offset :offset"
        )
    order = {
        "newest": "coalesce(a.modified, a.published) desc, a.first_seen_at desc, a.id",
        "oldest-review": "a.reviewed is null, a.reviewed, a.id",
    }[sort]
    return (
        f"select a.id, null as rank from {found.source} where {found.where}"  # noqa: S608
        f" order by {order} limit :limit offset :offset"
    )


def _check(sort: str, limit: int, offset: int) -> None:
    if sort not in SORTS:
        raise BadQuery(f"sort: {sort!r} is not known; it is one of {', '.join(SORTS)}")
    if not 0 <= limit <= _MOST_HITS:
        raise BadQuery(f"limit: {limit} hits were asked for; ask for 0 to {_MOST_HITS}")
    if not 0 <= offset < 2**63:
        raise BadQuery(f"offset: {offset} is no place in a list; count from 0")


def _facets(connection: sqlite3.Connection, found: Matching) -> tuple[Facets, int]:
    sites: dict[str, int] = {}
    languages: dict[str | None, int] = {}
    statuses: dict[str, int] = {}
    total = 0
    for site, language, status, articles in connection.execute(facets_sql(found), found.values):
        total += articles
        sites[site] = sites.get(site, 0) + articles
        languages[language] = languages.get(language, 0) + articles
        statuses[status] = statuses.get(status, 0) + articles
    facets = Facets(sites=_most(sites), languages=_most(languages), statuses=_most(statuses))
    return facets, total


def _most(counts: dict[_Value, int]) -> dict[_Value, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0] or "")))


def _ranked(
    connection: sqlite3.Connection, found: Matching, sort: Sort, limit: int, offset: int
) -> list[tuple[int, float | None]]:
    values = {**found.values, "limit": limit, "offset": offset}
    rows = connection.execute(ranked_sql(found, sort), values)
    return [(row["id"], row["rank"]) for row in rows]


def _hits(
    connection: sqlite3.Connection,
    ranked: Sequence[tuple[int, float | None]],
    highlighter: Highlighter,
) -> tuple[Hit, ...]:
    marks = ",".join("?" * len(ranked))
    ids = [article_id for article_id, _ in ranked]
    rows = {
        row["id"]: row
        for row in connection.execute(
            f"""
            select a.*, coalesce(t.text, '') as text
            from articles a
            left join versions v on v.article_id = a.id and v.number = a.version
            left join texts t on t.digest = v.text_digest
            where a.id in ({marks})
            """,  # noqa: S608
            ids,
        )
    }
    names = _names(connection, ids)
    return tuple(
        _hit(rows[article_id], names.get(article_id, ((), ())), highlighter, rank)
        for article_id, rank in ranked
        if article_id in rows
    )


def _names(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The authors and reviewers of each article, in the order of the record."""
    names: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for article_id, role, name in connection.execute(
        f"""
        select article_id, role, name
        from credits
        where article_id in ({",".join("?" * len(ids))})
        order by article_id, position
        """,  # noqa: S608
        ids,
    ):
        authors, reviewers = names.get(article_id, ((), ()))
        if role == "author":
            authors = (*authors, name)
        elif role in REVIEWING_ROLES:
            reviewers = (*reviewers, name)
        names[article_id] = authors, reviewers
    return names


def _hit(
    row: sqlite3.Row,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    highlighter: Highlighter,
    rank: float | None,
) -> Hit:
    return Hit(
        id=row["id"],
        url=row["url"],
        site=row["site"],
        publisher=row["publisher"],
        language=row["language"],
        title=highlighter.mark(row["title"] or ""),
        snippet=highlighter.snippet(row["text"]),
        section=row["section"],
        authors=names[0],
        reviewers=names[1],
        review_status=row["review_status"],
        published=row["published"],
        modified=row["modified"],
        reviewed=row["reviewed"],
        next_review_due=row["next_review_due"],
        version=row["version"],
        word_count=row["word_count"],
        first_seen_at=row["first_seen_at"],
        last_seen_at=row["last_seen_at"],
        gone_at=row["gone_at"],
        # FTS5's bm25 is better the smaller; six digits, so that equal searches print equal scores.
        score=None if rank is None else round(-rank, 6),
    )
