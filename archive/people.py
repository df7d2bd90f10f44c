"""People and the parts they had: the tables `people` and `credits`.

A person is known by the folded letters of the name, nothing else: two of one name are one row, and
what tells them apart (affiliation, profile URL) stands in the credit and in the record. A person
and an organisation are never one row.
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
        row["person_id"]
        for row in connection.execute(
            "select person_id from credits where article_id = ?", (article_id,)
        )
    }
    connection.execute("delete from credits where article_id = ?", (article_id,))
    credited = set()
    for position, contributor in enumerate(contributors):
        person_id = _find_or_add_person(connection, contributor["name"], contributor["kind"])
        credited.add(person_id)
        connection.execute(
            """
            insert into credits (
                article_id, person_id, role, position, name, credentials, specialty, affiliation
            )
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                article_id,
                person_id,
                contributor["role"],
                position,
                contributor["name"],
                json.dumps(contributor["credentials"], ensure_ascii=False),
                contributor["specialty"],
                contributor["affiliation"],
            ),
        )
    connection.executemany(
        """
        delete from people
        where id = ? and not exists (select 1 from credits where person_id = people.id)
        """,
        [(person_id,) for person_id in held - credited],
    )


def _find_or_add_person(connection: sqlite3.Connection, name: str, kind: str) -> int:
    key = name_key(name, kind=kind)
    held = connection.execute("select id from people where name_key = ?", (key,)).fetchone()
    if held is not None:
        return int(held["id"])
    added = connection.execute(
        "insert into people (name_key, name, kind) values (?, ?, ?)", (key, name, kind)
    )
    assert added.lastrowid is not None  # noqa: S101 - an insert that did not raise has a row
    return added.lastrowid
