"""The history of crawls: one row for each run over one site, with its start, its end and counts."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from archive.collection import Collection
from archive.errors import OperatorError
from archive.frontier import worker_name
from archive.times import as_text

EndState = Literal["finished", "interrupted", "failed"]


SEVERAL_SITES = "*"
"""Stands for the site of an import that brought captures of more than one."""


class UnknownCrawl(OperatorError):
    """There is no crawl of this number."""


@dataclass(frozen=True, kw_only=True)
class Crawl:
    """One run over one site."""

    id: int
    site: str
    started_by: str
    state: str
    """running, finished, interrupted (the next crawl of the site goes on with it), failed"""
    started_at: str
    ended_at: str | None
    settings: dict[str, Any]
    counts: dict[str, int]
    error: str | None


def begin_crawl(
    collection: Collection,
    *,
    site: str,
    started_by: str,
    settings: dict[str, Any],
    now: datetime,
    publisher: str | None = None,
    language: str | None = None,
) -> Crawl:
    """The crawl to work on: the interrupted one of this site where it was asked for in the same
    way, else a new one. The caller holds the site's lock, so a `running` row is of a dead process.
    """
    with collection.transaction() as connection:
        row = connection.execute(
            """
            select id, settings from crawls
            where site = ? and state in ('running', 'interrupted') and started_by <> 'import'
            order by id desc
            limit 1
            """,
            (site,),
        ).fetchone()
        if row is not None and json.loads(row["settings"]) == settings:
            crawl_id: int = row["id"]
            connection.execute(
                "update crawls set state = 'running', pid = ?, boot_id = ? where id = ?",
                (os.getpid(), worker_name().partition("/")[0], crawl_id),
            )
        else:
            # One asked for otherwise (another limit, other seeds) is not continued: what it left
            # waiting is found again by the new one.
            connection.execute(
                "update crawls set state = 'interrupted' where site = ? and state = 'running'",
                (site,),
            )
            crawl_id = _insert(connection, site, started_by, settings, now)
        connection.execute(
            """
            insert into sites (name, publisher, language, first_crawled_at, last_crawled_at)
            values (?, ?, ?, ?, ?)
            on conflict (name) do update set
                publisher = excluded.publisher, language = excluded.language,
                first_crawled_at = coalesce(first_crawled_at, excluded.first_crawled_at),
                last_crawled_at = excluded.last_crawled_at
            """,
            (site, publisher, language, as_text(now), as_text(now)),
        )
    return find_crawl(collection, crawl_id)


def begin_import(collection: Collection, *, files: Sequence[str], now: datetime) -> int:
    """The number of a new row for an import of `files`; `end_import` closes it."""
    with collection.transaction() as connection:
        return _insert(connection, SEVERAL_SITES, "import", {"files": list(files)}, now)


def end_import(collection: Collection, crawl_id: int, *, now: datetime) -> Crawl:
    """Close the row of an import; it bears the name of the site where all captures are of one."""
    with collection.transaction() as connection:
        connection.execute(
            """
            update crawls
            set site = (
                select case when count(distinct site) = 1 then min(site) else ? end
                from captures
                where crawl_id = crawls.id
            )
            where id = ?
            """,
            (SEVERAL_SITES, crawl_id),
        )
    return end_crawl(collection, crawl_id, "finished", now=now)


def _insert(
    connection: Any, site: str, started_by: str, settings: dict[str, Any], now: datetime
) -> int:
    crawl_id: int = connection.execute(
        """
        insert into crawls (site, started_by, state, started_at, settings, counts, pid, boot_id)
        values (?, ?, 'running', ?, ?, '{}', ?, ?)
        returning id
        """,
        (
            site,
            started_by,
            as_text(now),
            json.dumps(settings, sort_keys=True),
            os.getpid(),
            worker_name().partition("/")[0],
        ),
    ).fetchone()[0]
    return crawl_id


def end_crawl(
    collection: Collection,
    crawl_id: int,
    state: EndState,
    *,
    now: datetime,
    error: str | None = None,
) -> Crawl:
    """Close a crawl and count what it brought."""
    counts = count_crawl(collection, crawl_id)
    with collection.transaction() as connection:
        connection.execute(
            "update crawls set state = ?, ended_at = ?, counts = ?, error = ? where id = ?",
            (state, as_text(now), json.dumps(counts, sort_keys=True), error, crawl_id),
        )
    return find_crawl(collection, crawl_id)


def recount_imports(collection: Collection) -> None:
    """Count anew what imports brought whose pages were still to be extracted when they ended."""
    with collection.transaction() as connection:
        waiting = connection.execute(
            """
            select id from crawls
            where started_by = 'import'
              and state <> 'running'
              and json_extract(counts, '$.waiting_for_extraction') > 0
            """
        ).fetchall()
        for (crawl_id,) in waiting:
            counts = json.dumps(count_crawl(collection, crawl_id), sort_keys=True)
            connection.execute("update crawls set counts = ? where id = ?", (counts, crawl_id))


def count_crawl(collection: Collection, crawl_id: int) -> dict[str, int]:
    """What a crawl brought: captures, articles, new articles and versions, pages that failed."""
    ask = collection.connection.execute
    captures = ask(
        """
        select
            count(*) as captures,
            coalesce(sum(payload_bytes), 0) as payload_bytes,
            coalesce(sum(outcome = 'article'), 0) as articles,
            coalesce(sum(outcome = 'not_article'), 0) as not_articles,
            coalesce(sum(outcome = 'failed'), 0) as extraction_failures,
            coalesce(sum(outcome is null), 0) as waiting_for_extraction,
            coalesce(sum(error is not null), 0) as failed_exchanges
        from captures
        where crawl_id = ?
        """,
        (crawl_id,),
    ).fetchone()
    versions = ask(
        """
        select
            coalesce(sum(v.number = 1), 0) as new_articles,
            coalesce(sum(v.number > 1), 0) as new_versions
        from versions v
        join captures c on c.id = v.first_capture_id
        where c.crawl_id = ?
        """,
        (crawl_id,),
    ).fetchone()
    ends = ask(
        """
        select iif(kind = 'requisite', 'requisites_', 'urls_') || state, count(*)
        from frontier
        where crawl_id = ?
        group by 1
        """,
        (crawl_id,),
    )
    return {**dict(captures), **dict(versions), **dict(ends.fetchall())}


def find_crawl(collection: Collection, crawl_id: int) -> Crawl:
    """One crawl by its number; raises `UnknownCrawl`."""
    row = collection.connection.execute("select * from crawls where id = ?", (crawl_id,)).fetchone()
    if row is None:
        raise UnknownCrawl(f"there is no crawl {crawl_id}; `archiater crawls list` lists them")
    return _crawl(row)


def list_crawls(collection: Collection, *, site: str | None = None, most: int = 50) -> list[Crawl]:
    """The newest crawls first, of one site or of all."""
    rows = collection.connection.execute(
        """
        select * from crawls
        where ? is null or site = ?
        order by id desc
        limit ?
        """,
        (site, site, most),
    )
    return [_crawl(row) for row in rows]


def _crawl(row: Any) -> Crawl:
    return Crawl(
        id=row["id"],
        site=row["site"],
        started_by=row["started_by"],
        state=row["state"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        settings=json.loads(row["settings"]),
        counts=json.loads(row["counts"]),
        error=row["error"],
    )


def list_failures(
    collection: Collection, crawl_id: int, *, most: int = 200
) -> list[dict[str, str | None]]:
    """URLs of a crawl that did not end well, with the reason: `{state, url, reason}` each.

    Pages before what they need to be shown: of a missing image there may be hundreds.
    """
    rows = collection.connection.execute(
        """
        select state, url, reason
        from (
            select
                kind = 'requisite' as is_requisite,
                state,
                url,
                iif(kind = 'requisite', 'requisite of ' || found_on || ': ', '') || reason as reason
            from frontier
            where crawl_id = ? and state not in ('done', 'waiting', 'leased')
            union all
            select 0, outcome, url, reason
            from captures
            where crawl_id = ? and outcome in ('failed', 'not_article')
            order by is_requisite, state, url
            limit ?
        )
        """,
        (crawl_id, crawl_id, most),
    )
    return [dict(row) for row in rows]
