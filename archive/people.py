"""People and the parts they had, as articles come: the tables `credits`, `site_people`, `people`.

A site names a person: that is a row of `site_people`, known by the folded letters of the name.
Which of them are one person is settled later, in `archive.people_directory`; until then a new one
is a person of its own, with the same id. A person and an organisation are never one row.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from articles.person_names import name_key


def replace_credits(
    connection: sqlite3.Connection, article_id: int, contributors: Iterable[Mapping[str, Any]]
) -> None:
    """Make the credits of an article those of its latest record; forget people without any."""
    held = {
        row["site_person_id"]
        for row in connection.execute(
            "select site_person_id from credits where article_id = ?", (article_id,)
        )
    }
    connection.execute("delete from credits where article_id = ?", (article_id,))
    site = connection.execute("select site from articles where id = ?", (article_id,)).fetchone()
    credited = set()
    for position, contributor in enumerate(contributors):
        found = find_or_add(
            connection,
            name_key(contributor["name"], kind=contributor["kind"]),
            site=site["site"],
            name=contributor["name"],
            kind=contributor["kind"],
        )
        credited.add(found["id"])
        connection.execute(
            """
            insert into credits (
                article_id, person_id, role, position, name, credentials, specialty, affiliation,
                profile_url, licence, site_person_id
            )
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                article_id,
                found["person_id"],
                contributor["role"],
                position,
                contributor["name"],
                json.dumps(contributor["credentials"], ensure_ascii=False),
                contributor["specialty"],
                contributor["affiliation"],
                contributor["profile_url"],
                contributor["licence"],
                found["id"],
            ),
        )
    enqueue(connection, held | credited)
    forget_uncredited(connection, held - credited)


def find_or_add(
    connection: sqlite3.Connection, key: str, *, site: str, name: str, kind: str
) -> sqlite3.Row:
    """The row of `site_people` whom `site` knows by `key`; a new one is a person of its own."""
    found = _site_person(connection, key, site)
    if found is None:
        # Both rows point to each other's id, which only the second insert knows.
        last = connection.execute(
            "select max(coalesce((select seq from sqlite_sequence where name = 'site_people'), 0),"
            " coalesce((select max(id) from people), 0))"
        ).fetchone()[0]
        connection.execute(
            "insert into people (id, name_key, name, kind) values (?, ?, ?, ?)",
            (last + 1, key, name, kind),
        )
        connection.execute(
            "insert into site_people (id, site, name_key, kind, person_id) values (?, ?, ?, ?, ?)",
            (last + 1, site, key, kind, last + 1),
        )
        found = _site_person(connection, key, site)
        assert found is not None  # noqa: S101 - just inserted
    return found


def _site_person(connection: sqlite3.Connection, key: str, site: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "select id, person_id from site_people where name_key = ? and site = ?", (key, site)
    ).fetchone()
    return row


def enqueue(connection: sqlite3.Connection, ids: Iterable[int | None]) -> None:
    """Have the rules look at these site people again."""
    connection.executemany(
        "insert into people_queue (site_person_id) values (?)"
        " on conflict do update set has_handles = 0",
        [(number,) for number in ids if number is not None],
    )


def forget_uncredited(connection: sqlite3.Connection, ids: Iterable[int | None]) -> None:
    """Take out those of these site people whom no article names any more.

    Their ids go on to stand for the persons they were, as long as those are credited elsewhere.
    """
    for number in ids:
        row = connection.execute(
            """
            select id, person_id
            from site_people s
            where id = ? and not exists (select 1 from credits where site_person_id = s.id)
            """,
            (number,),
        ).fetchone()
        if row is not None:
            _forget(connection, row["id"], person_id=row["person_id"])


def _forget(connection: sqlite3.Connection, number: int, *, person_id: int) -> None:
    # Whoever was compared with it is compared anew.
    connection.execute(
        """
        insert into people_queue
        select distinct other.site_person_id, 1
        from person_handles own
        join person_handles other on other.handle = own.handle
        where own.site_person_id = ?
          and own.handle not in (select handle from common_handles)
        on conflict do nothing
        """,
        (number,),
    )
    # A handle too common may be so no longer: one of its holders is enough to find out.
    connection.execute(
        """
        insert into people_queue
        select min(other.site_person_id), 1
        from person_handles own
        join common_handles common on common.handle = own.handle
        join person_handles other on other.handle = own.handle and other.site_person_id <> ?1
        where own.site_person_id = ?1
        group by own.handle
        on conflict do nothing
        """,
        (number,),
    )
    for table, column in (
        *(("person_handles", "site_person_id"), ("people_queue", "site_person_id")),
        *(("person_links", "one"), ("person_links", "other"), ("site_people", "id")),
    ):
        connection.execute(f"delete from {table} where {column} = ?", (number,))  # noqa: S608
    if number != person_id:
        connection.execute("insert into person_aliases values (?, ?)", (number, person_id))
    connection.execute(
        """
        delete from people
        where id = ? and not exists (select 1 from site_people where person_id = people.id)
        """,
        (person_id,),
    )
    connection.execute(
        "delete from person_aliases where person_id not in (select id from people)"
        " and person_id = ?",
        (person_id,),
    )
