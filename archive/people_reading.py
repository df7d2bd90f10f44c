"""People read back: a list by filters, one with spellings, credits, and why it is one person."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from archive.collection import Collection
from archive.errors import OperatorError
from archive.searching.filters import Filters, people_named

Row = dict[str, Any]


class UnknownPerson(OperatorError):
    """The collection names no person of this id."""


def find_person(collection: Collection, number: int) -> sqlite3.Row:
    """The row of a person by its id, or by that of somebody who was merged into it.

    Raises `UnknownPerson`.
    """
    connection = collection.connection
    row: sqlite3.Row | None = connection.execute(
        """
        select p.id, p.name, p.kind
        from people p
        where p.id = coalesce(
            (select person_id from site_people where id = ?1),
            (select person_id from person_aliases where id = ?1),
            ?1
        )
        """,
        (number,),
    ).fetchone()
    if row is None:
        raise UnknownPerson(
            f"{collection.path}: no person {number}; `archiater people NAME` finds ids by names"
        )
    return row


def list_people(
    collection: Collection,
    name: str = "",
    filters: Filters | None = None,
    *,
    roles: Sequence[str] = (),
    kinds: Sequence[str] = (),
    limit: int = 50,
) -> tuple[int, list[Row]]:
    """How many persons the filters leave, and the first `limit`, those of most articles first.

    A person passes who has one of `roles` in an article that passes `filters`; what is counted is
    that person in all articles. Each has `id`, `name`, `kind`, `articles`, `roles`, `sites`,
    `credentials`, `specialties`, `spellings`.
    """
    connection = collection.connection
    condition = (filters or Filters()).condition(connection)
    clauses = [
        "exists (select 1 from credits c join articles a on a.id = c.article_id"  # noqa: S608
        f" where c.person_id = p.id and {condition.sql}"
        + (" and c.role in (select value from json_each(:roles))" if roles else "")
        + ")"
    ]
    values: dict[str, object] = {**condition.values, "roles": json.dumps(roles)}
    if kinds:
        clauses.append("p.kind in (select value from json_each(:kinds))")
        values["kinds"] = json.dumps(kinds)
    if name:
        clauses.append("p.id in (select value from json_each(:named))")
        values["named"] = json.dumps(people_named(connection, name))
    where = " and ".join(clauses)
    total = connection.execute(
        f"select count(*) from people p where {where}",  # noqa: S608 - clauses of ours
        values,
    ).fetchone()[0]
    found = connection.execute(
        f"""
        select p.id, p.name, p.kind,
            (select count(distinct article_id) from credits where person_id = p.id) as articles
        from people p
        where {where}
        order by articles desc, p.name_key, p.id
        limit :limit
        """,  # noqa: S608
        {**values, "limit": limit},
    ).fetchall()
    return total, [{**dict(row), **_summary(connection, row["id"])} for row in found]


def _summary(connection: sqlite3.Connection, person_id: int) -> Row:
    roles = connection.execute(
        "select role, count(distinct article_id) as articles from credits where person_id = ?"
        " group by role order by 2 desc, 1",
        (person_id,),
    )
    said = connection.execute(
        """
        select c.name, a.site, c.credentials, c.specialty, count(*) as credits
        from credits c
        join articles a on a.id = c.article_id
        where c.person_id = ?
        group by c.name, a.site, c.credentials, c.specialty
        order by credits desc, c.name, a.site
        """,
        (person_id,),
    ).fetchall()
    return {
        "roles": {row["role"]: row["articles"] for row in roles},
        "sites": _distinct(row["site"] for row in said),
        "credentials": _distinct(
            credential for row in said for credential in json.loads(row["credentials"])
        ),
        "specialties": _distinct(row["specialty"] for row in said),
        "spellings": _distinct(row["name"] for row in said),
    }


def read_person(collection: Collection, number: int, *, most_credits: int = 100) -> Row:
    """One person in full: as `list_people` has it, with `aliases`, `spellings` with where and when,
    `site_people`, `merges`, `candidates`, and the newest credits with their evidence.

    Raises `UnknownPerson`.
    """
    connection = collection.connection
    with collection.snapshot():
        row = find_person(collection, number)
        person_id = row["id"]
        articles = connection.execute(
            "select count(distinct article_id) from credits where person_id = ?", (person_id,)
        ).fetchone()[0]
        return {
            **dict(row),
            "articles": articles,
            **_summary(connection, person_id),
            "spellings": _spellings(connection, person_id),
            "aliases": _aliases(connection, person_id),
            "site_people": _site_people(connection, person_id),
            "merges": _merges(connection, person_id),
            "candidates": list_candidates(collection, person_id=person_id)[1],
            "credits": _credits(connection, person_id, most_credits),
        }


def _spellings(connection: sqlite3.Connection, person_id: int) -> list[Row]:
    rows = connection.execute(
        """
        with seen as (
            select c.name, a.site, a.language, a.url, a.first_seen_at, a.last_seen_at,
                row_number() over (
                    partition by c.name, a.site, a.language order by a.first_seen_at, a.id
                ) as first_place,
                row_number() over (
                    partition by c.name, a.site, a.language order by a.last_seen_at desc, a.id desc
                ) as last_place
            from credits c
            join articles a on a.id = c.article_id
            where c.person_id = ?
        )
        select name, site, language, count(*) as credits,
            min(first_seen_at) as first_seen_at,
            max(case when first_place = 1 then url end) as first_seen_in,
            max(last_seen_at) as last_seen_at,
            max(case when last_place = 1 then url end) as last_seen_in
        from seen
        group by name, site, language
        order by credits desc, name, site, language
        """,
        (person_id,),
    )
    return [dict(row) for row in rows]


def _aliases(connection: sqlite3.Connection, person_id: int) -> list[int]:
    rows = connection.execute(
        """
        select id from site_people where person_id = ?1 and id <> ?1
        union
        select id from person_aliases where person_id = ?1
        order by 1
        """,
        (person_id,),
    )
    return [row[0] for row in rows]


_SPELT = """(
    select c.name from credits c where c.site_person_id = {}
    group by c.name order by count(*) desc, c.name limit 1
)"""


def _site_people(connection: sqlite3.Connection, person_id: int) -> list[Row]:
    rows = connection.execute(
        f"""
        select s.id, s.site, {_SPELT.format("s.id")} as name,
            (select count(*) from credits where site_person_id = s.id) as credits
        from site_people s
        where s.person_id = ?
        order by s.id
        """,  # noqa: S608 - text of ours
        (person_id,),
    )
    return [dict(row) for row in rows]


_LINK = f"""
    select l.one, {_SPELT.format("l.one")} as one_name, s.site as one_site,
        s.person_id as one_person, l.other, {_SPELT.format("l.other")} as other_name,
        t.site as other_site, t.person_id as other_person, l.strength, l.reason, l.against
    from person_links l
    join site_people s on s.id = l.one
    join site_people t on t.id = l.other
"""  # noqa: S608 - text of ours


def _merges(connection: sqlite3.Connection, person_id: int) -> list[Row]:
    rows = connection.execute(
        f"{_LINK} where s.person_id = ?1 and t.person_id = ?1 and l.strength <> 'likely'"
        " order by l.one, l.other",
        (person_id,),
    )
    return [dict(row) for row in rows]


def list_candidates(
    collection: Collection, *, person_id: int | None = None, limit: int = 100
) -> tuple[int, list[Row]]:
    """How many pairs of two persons may be one and were not merged, and the first `limit`.

    Each says what is alike (`reason`) and what keeps them apart (`against`).
    """
    where = """
        where l.strength = 'likely'
          and s.person_id <> t.person_id
          and (:person is null or s.person_id = :person or t.person_id = :person)
    """
    values = {"person": person_id, "limit": limit}
    connection = collection.connection
    total = connection.execute(
        "select count(*) from person_links l join site_people s on s.id = l.one"  # noqa: S608
        f" join site_people t on t.id = l.other {where}",
        values,
    ).fetchone()[0]
    rows = connection.execute(f"{_LINK} {where} order by l.one, l.other limit :limit", values)
    return total, [dict(row) for row in rows]


def _credits(connection: sqlite3.Connection, person_id: int, most: int) -> list[Row]:
    rows = connection.execute(
        """
        select a.id as article, a.url, a.title, a.site, a.language, c.role, c.name, c.credentials,
            c.specialty, c.affiliation, c.profile_url, a.published, a.modified, a.reviewed,
            a.last_seen_at,
            json_extract(r.record, '$.contributors[' || c.position || '].evidence') as evidence
        from credits c
        join articles a on a.id = c.article_id
        left join observations o on o.capture_id = a.capture_id
        left join records r on r.digest = o.record_digest
        where c.person_id = ?
        order by coalesce(a.reviewed, a.modified, a.published, '') desc, a.id desc, c.position
        limit ?
        """,
        (person_id, most),
    )
    return [
        {
            **dict(row),
            "credentials": json.loads(row["credentials"]),
            "evidence": json.loads(row["evidence"] or "[]"),
        }
        for row in rows
    ]


def _distinct(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
