"""Who is who, settled: the rules of `articles.same_person` brought to the rows they concern.

Whoever changes credits puts the site people into `people_queue`; `settle` looks at those, at all
they share something with, and at nobody else. What comes out follows from the credits and the
operator's decisions alone: settled again, nothing changes.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterable

from archive.collection import Collection
from archive.people import enqueue, find_or_add, forget_uncredited
from archive.site_people import (
    all_near,
    decisions_among,
    first_column,
    read_site_people,
    refresh_handles,
)
from articles.person_names import RULES as KEY_RULES
from articles.person_names import name_key
from articles.same_person import (
    RULES,
    Link,
    link_people,
    merged_groups,
)

_VERSION = f"{KEY_RULES}.{RULES}"
_AT_ONCE = 2000


def settle(collection: Collection, *, at_once: int = _AT_ONCE) -> int:
    """Settle who is who for all that changed; how many site people were looked at.

    Short transactions, `at_once` changed site people in each. Where the rules are newer than the
    rows, everybody is looked at.
    """
    _follow_rules(collection)
    # All handles first: else whoever is settled early is looked at again with each that comes.
    while _refresh_some(collection, at_once):
        pass
    looked_at = 0
    while near := _settle_some(collection, at_once):
        looked_at += near
    return looked_at


def _refresh_some(collection: Collection, at_once: int) -> int:
    with collection.transaction() as connection:
        changed = _queued(connection, at_once, has_handles=False)
        refresh_handles(connection, changed)
        connection.executemany(
            "update people_queue set has_handles = 1 where site_person_id = ?",
            [(number,) for number in changed],
        )
    return len(changed)


def _settle_some(collection: Collection, at_once: int) -> int:
    with collection.transaction() as connection:
        changed = _queued(connection, at_once, has_handles=True)
        near = all_near(connection, changed)
        if near:
            _settle_near(connection, near)
            _dequeue(connection, [*changed, *near])
    return len(near)


def _queued(connection: sqlite3.Connection, most: int, *, has_handles: bool) -> list[int]:
    return first_column(
        connection.execute(
            "select site_person_id from people_queue where has_handles = ? order by 1 limit ?",
            (has_handles, most),
        )
    )


def count_unsettled(collection: Collection) -> int | None:
    """How many site people wait for `settle`; all, where the rules are newer than the rows.

    None where the database is an older one, opened to read only: it has no directory yet.
    """
    connection = collection.connection
    if not connection.execute("select 1 from sqlite_schema where name = 'people_rules'").fetchone():
        return None
    waiting = connection.execute("select count(*) from people_queue").fetchone()[0]
    if _held_rules(connection) == _VERSION:
        return int(waiting)
    return int(connection.execute("select count(*) from site_people").fetchone()[0])


def _held_rules(connection: sqlite3.Connection) -> str:
    return str(connection.execute("select version from people_rules").fetchone()[0])


def _follow_rules(collection: Collection) -> None:
    if _held_rules(collection.connection) == _VERSION:
        return
    with collection.transaction() as connection:
        _make_keys_again(connection)
        everybody = first_column(connection.execute("select id from site_people"))
        enqueue(connection, everybody)
        connection.execute("update people_rules set version = ?", (_VERSION,))


def _make_keys_again(connection: sqlite3.Connection) -> None:
    """Move credits to the site people of their keys; one that is only renamed keeps its id."""
    spelt: dict[int, set[str]] = defaultdict(set)
    rows = connection.execute(
        """
        select distinct s.id, s.site, s.kind, s.name_key, c.name
        from site_people s
        join credits c on c.site_person_id = s.id
        order by s.id, c.name
        """
    ).fetchall()
    for row in rows:
        spelt[row["id"]].add(name_key(row["name"], kind=row["kind"]))
    for row in rows:
        key = name_key(row["name"], kind=row["kind"])
        if key == row["name_key"]:
            continue
        if len(spelt[row["id"]]) == 1 and not _is_taken(connection, key, row["site"]):
            connection.execute("update site_people set name_key = ? where id = ?", (key, row["id"]))
            continue
        found = find_or_add(connection, key, site=row["site"], name=row["name"], kind=row["kind"])
        connection.execute(
            "update credits set site_person_id = ?, person_id = ?"
            " where site_person_id = ? and name = ?",
            (found["id"], found["person_id"], row["id"], row["name"]),
        )
    forget_uncredited(connection, sorted(spelt))


def _is_taken(connection: sqlite3.Connection, key: str, site: str) -> bool:
    found = connection.execute(
        "select 1 from site_people where name_key = ? and site = ?", (key, site)
    ).fetchone()
    return found is not None


def _settle_near(connection: sqlite3.Connection, near: list[int]) -> None:
    people = list(read_site_people(connection, near))
    common = {
        row["handle"]
        for row in connection.execute(
            """
            select distinct h.handle
            from common_handles c
            join person_handles h on h.handle = c.handle
            where h.site_person_id in (select value from json_each(?))
            """,
            (json.dumps(near),),
        )
    }
    links = link_people(people, decisions_among(connection, people), common=common)
    _write_links(connection, near, links)
    _write_people(connection, merged_groups((person.id for person in people), links))


def _write_links(connection: sqlite3.Connection, near: list[int], links: Iterable[Link]) -> None:
    connection.execute(
        """
        delete from person_links
        where one in (select value from json_each(:near))
           or other in (select value from json_each(:near))
        """,
        {"near": json.dumps(near)},
    )
    connection.executemany(
        "insert into person_links values (?, ?, ?, ?, ?)",
        [(link.one, link.other, link.strength, link.reason, link.against) for link in links],
    )


def _write_people(connection: sqlite3.Connection, groups: list[list[int]]) -> None:
    """Give each group its person: the oldest id that its members stand for and nobody older has."""
    now = _persons_of(connection, groups)
    living = _site_people_of(connection, set(now.values()))
    taken: set[int] = set()
    for group in groups:
        # An id that stays though the site person who brought it is gone, or one of the group's own.
        claimed = {now[n] for n in group if now[n] in group or now[n] not in living} - taken
        person_id = min(claimed | {group[0]})
        taken.add(person_id)
        moved = [number for number in group if now[number] != person_id]
        if moved:
            _move(connection, moved, person_id=person_id)
            _keep_as_aliases(connection, {now[number] for number in moved}, person_id=person_id)
    _name_people(connection, taken)
    connection.executemany(
        """
        delete from people
        where id = ? and not exists (select 1 from site_people where person_id = people.id)
        """,
        [(number,) for number in set(now.values()) - taken],
    )


def _persons_of(connection: sqlite3.Connection, groups: list[list[int]]) -> dict[int, int]:
    ids = json.dumps([number for group in groups for number in group])
    return dict(
        connection.execute(
            "select id, person_id from site_people where id in (select value from json_each(?))",
            (ids,),
        ).fetchall()
    )


def _site_people_of(connection: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    return set(
        first_column(
            connection.execute(
                "select id from site_people where id in (select value from json_each(?))",
                (json.dumps(sorted(ids)),),
            )
        )
    )


def _move(connection: sqlite3.Connection, moved: list[int], *, person_id: int) -> None:
    _hold_person(connection, person_id, moved[0])
    rows = [(person_id, number) for number in moved]
    connection.executemany("update site_people set person_id = ? where id = ?", rows)
    connection.executemany("update credits set person_id = ? where site_person_id = ?", rows)


def _keep_as_aliases(connection: sqlite3.Connection, left: set[int], *, person_id: int) -> None:
    """Ids that nobody stands for any more stand for `person_id` from now on."""
    for number in left - _ids_of_persons(connection, left):
        connection.execute(
            "update person_aliases set person_id = ? where person_id = ?", (person_id, number)
        )
        if not _site_people_of(connection, [number]):
            connection.execute(
                "insert or replace into person_aliases values (?, ?)", (number, person_id)
            )


def _ids_of_persons(connection: sqlite3.Connection, ids: set[int]) -> set[int]:
    return set(
        first_column(
            connection.execute(
                "select distinct person_id from site_people"
                " where person_id in (select value from json_each(?))",
                (json.dumps(sorted(ids)),),
            )
        )
    )


def _hold_person(connection: sqlite3.Connection, person_id: int, site_person_id: int) -> None:
    connection.execute(
        """
        insert into people
        select ?, name_key, name_key, kind from site_people where id = ?
        on conflict do nothing
        """,
        (person_id, site_person_id),
    )


def _name_people(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """A person's name is the spelling that most credits have, of equal ones the longest."""
    connection.execute(
        """
        update people
        set name = shown.name, name_key = shown.name_key
        from (
            select c.person_id, c.name, s.name_key, row_number() over (
                partition by c.person_id
                order by count(*) desc, length(c.name) desc, c.name
            ) as place
            from credits c
            join site_people s on s.id = c.site_person_id
            where c.person_id in (select value from json_each(?))
            group by c.person_id, c.name
        ) shown
        where shown.person_id = people.id and shown.place = 1
        """,
        (json.dumps(sorted(ids)),),
    )


def _dequeue(connection: sqlite3.Connection, ids: Several[int]) -> None:
    # What a crawl changed meanwhile is near by its old handles only, and waits for its new ones.
    connection.executemany(
        "delete from people_queue where site_person_id = ? and has_handles",
        [(number,) for number in ids],
    )
