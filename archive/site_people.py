"""Site people with all that is said of them, and what leads from one to those it may be.

`person_handles` holds what like site people share; who shares nothing is never compared. Called by
`archive.people_directory`, which settles who is who among those found here.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from articles.person_names import name_key
from articles.same_person import SitePerson, handles, is_common

# A site that gives one name a thousand spellings gives no more to compare.
_MOST_VALUES = 50


def refresh_handles(connection: sqlite3.Connection, changed: list[int]) -> None:
    decided = _decided_handles(connection)
    for person in read_site_people(connection, changed):
        wanted = {*handles(person), *decided.get((person.key, person.site), ())}
        held = {
            row["handle"]
            for row in connection.execute(
                "select handle from person_handles where site_person_id = ?", (person.id,)
            )
        }
        # Whom only the old handle led to must be looked at once more.
        connection.executemany(
            "insert into people_queue values (?, 1) on conflict do nothing",
            [(number,) for number in _holders(connection, held - wanted)],
        )
        connection.executemany(
            "delete from person_handles where handle = ? and site_person_id = ?",
            [(handle, person.id) for handle in held - wanted],
        )
        connection.executemany(
            "insert into person_handles values (?, ?)",
            [(handle, person.id) for handle in wanted - held],
        )


def all_near(connection: sqlite3.Connection, changed: Iterable[int]) -> list[int]:
    """`changed` and all that a chain of shared handles leads to; too common ones lead nowhere.

    Those who are one person now are near too: what made them one may be gone.
    """
    near = set(changed)
    seen: set[str] = set()
    new = near
    while new:
        of_new = {
            row["handle"]
            for row in connection.execute(
                "select distinct handle from person_handles"
                " where site_person_id in (select value from json_each(?))",
                (json.dumps(sorted(new)),),
            )
        }
        found: set[int] = set()
        for handle in sorted(of_new - seen):
            found.update(_holders_unless_common(connection, handle))
        seen |= of_new
        found.update(_same_now(connection, new))
        new = found - near
        near |= new
    return sorted(near)


def _same_now(connection: sqlite3.Connection, ids: set[int]) -> list[int]:
    return first_column(
        connection.execute(
            """
            select other.id
            from site_people own
            join site_people other on other.person_id = own.person_id
            where own.id in (select value from json_each(?))
            """,
            (json.dumps(sorted(ids)),),
        )
    )


def _holders(connection: sqlite3.Connection, of: Iterable[str]) -> set[int]:
    return set(
        first_column(
            connection.execute(
                """
                select h.site_person_id
                from person_handles h
                where h.handle in (select value from json_each(?))
                  and h.handle not in (select handle from common_handles)
                """,
                (json.dumps(sorted(of)),),
            )
        )
    )


def _holders_unless_common(connection: sqlite3.Connection, handle: str) -> list[int]:
    holders = first_column(
        connection.execute(
            "select site_person_id from person_handles where handle = ? limit 1000", (handle,)
        )
    )
    was_common = connection.execute(
        "select 1 from common_handles where handle = ?", (handle,)
    ).fetchone()
    if not is_common(handle, len(holders)):
        if was_common:
            connection.execute("delete from common_handles where handle = ?", (handle,))
        return holders
    if was_common:
        return []
    # Those who were compared by it so far are looked at once more, without it.
    connection.execute("insert into common_handles values (?)", (handle,))
    return holders


def read_site_people(connection: sqlite3.Connection, ids: Iterable[int]) -> Iterator[SitePerson]:
    """Site people with all that their credits say, in the order of their ids."""
    values: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    wanted = json.dumps(sorted(ids))
    for row in connection.execute(
        """
        select distinct c.site_person_id, c.name, c.credentials, c.specialty, c.affiliation,
            c.profile_url, c.licence, a.language
        from credits c
        join articles a on a.id = c.article_id
        where c.site_person_id in (select value from json_each(?))
        """,
        (wanted,),
    ):
        held_of = values[row["site_person_id"]]
        for name, value in (
            *(("names", row["name"]), ("specialties", row["specialty"])),
            *(("affiliations", row["affiliation"]), ("profile_urls", row["profile_url"])),
            *(("licences", row["licence"]), ("languages", row["language"])),
        ):
            if value is not None:
                held_of[name].add(value)
        held_of["credentials"].update(json.loads(row["credentials"]))
    for row in connection.execute(
        "select id, name_key, site, kind from site_people"
        " where id in (select value from json_each(?)) order by id",
        (wanted,),
    ):
        said: dict[str, Any] = {
            name: frozenset(sorted(held)[:_MOST_VALUES]) for name, held in values[row["id"]].items()
        }
        yield SitePerson(
            id=row["id"], key=row["name_key"], site=row["site"], kind=row["kind"], **said
        )


def _decided_handles(connection: sqlite3.Connection) -> dict[tuple[str, str], list[str]]:
    """For whom the operator decided (key and site): the handle that leads to the other one."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one, other, _ in _decisions(connection):
        handle = f"decided {sorted((one, other))}"
        found[one].append(handle)
        found[other].append(handle)
    return found


def decisions_among(
    connection: sqlite3.Connection, people: list[SitePerson]
) -> dict[frozenset[int], bool]:
    by_name = {(person.key, person.site): person.id for person in people}
    return {
        frozenset((by_name[one], by_name[other])): is_same
        for one, other, is_same in _decisions(connection)
        if one in by_name and other in by_name
    }


def _decisions(
    connection: sqlite3.Connection,
) -> Iterator[tuple[tuple[str, str], tuple[str, str], bool]]:
    for row in connection.execute("select * from person_decisions order by decided_at"):
        yield (
            (_key_of(row["one_name"]), row["one_site"]),
            (_key_of(row["other_name"]), row["other_site"]),
            bool(row["is_same"]),
        )


def _key_of(name: str) -> str:
    kind, _, spelt = name.partition(":")
    return name_key(spelt, kind=kind)


def first_column(rows: Iterable[sqlite3.Row]) -> list[int]:
    return [row[0] for row in rows]
