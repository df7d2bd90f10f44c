"""What the operator says of who is who: it beats the rules and outlives them.

A decision speaks of two names on two sites, not of ids, so that it holds when all records are made
again. It lives in the database alone.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from archive.collection import Collection
from archive.errors import OperatorError
from archive.people import enqueue
from archive.people_directory import settle
from archive.people_reading import find_person
from archive.times import as_text


class UndecidablePeople(OperatorError):
    """The two cannot be merged or parted as asked."""


def merge_people(collection: Collection, one: int, other: int, *, now: datetime) -> int:
    """Make two persons one, whatever the rules say; the id of the person they are now.

    Raises `UnknownPerson`, `UndecidablePeople`.
    """
    persons = [find_person(collection, number)["id"] for number in (one, other)]
    if persons[0] == persons[1]:
        raise UndecidablePeople(
            f"{collection.path}: {one} and {other} are one person already, {persons[0]}; "
            f"`archiater people {persons[0]}` says why"
        )
    with collection.transaction() as connection:
        groups = [_site_people(connection, number) for number in persons]
        for member in groups[0]:
            for another in groups[1]:
                _forget(connection, member, another)
        # Each of both with one of the other: what kept one apart must not tear it from its own.
        pairs = [(member, groups[1][0]) for member in groups[0]]
        pairs += [(groups[0][0], another) for another in groups[1][1:]]
        for member, another in pairs:
            _decide(connection, member, another, is_same=True, now=now)
    settle(collection)
    return int(find_person(collection, persons[0])["id"])


def part_people(collection: Collection, one: int, other: int, *, now: datetime) -> None:
    """Keep two site people apart (by the ids that `people NAME` shows), whatever the rules say.

    Raises `UnknownPerson`, `UndecidablePeople`.
    """
    rows = [_site_person(collection.connection, number) for number in (one, other)]
    for number, row in zip((one, other), rows, strict=True):
        if row is None:
            find_person(collection, number)
            raise UndecidablePeople(
                f"{collection.path}: no site names {number} any more; give the ids that "
                "`archiater people NAME` shows beside the sites"
            )
    if one == other:
        raise UndecidablePeople(
            f"{collection.path}: {one} cannot be parted from itself; give the ids of two sites"
        )
    with collection.transaction() as connection:
        pair = [row for row in rows if row is not None]
        for row in pair:
            # Whoever was merged by hand with either of them is with whom the rules say.
            for member in _site_people(connection, row["person_id"]):
                _forget_merging(connection, row, member)
        _forget(connection, pair[0], pair[1])
        _decide(connection, pair[0], pair[1], is_same=False, now=now)
    settle(collection)


def _site_person(connection: sqlite3.Connection, number: int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        f"{_WITH_NAME} where s.id = ?", (number,)
    ).fetchone()
    return row


def _site_people(connection: sqlite3.Connection, person_id: int) -> list[sqlite3.Row]:
    return connection.execute(
        f"{_WITH_NAME} where s.person_id = ? order by s.id", (person_id,)
    ).fetchall()


_WITH_NAME = """
    select s.id, s.site, s.person_id, s.kind || ':' || (
            select min(c.name) from credits c where c.site_person_id = s.id
        ) as name
    from site_people s
"""


def _ordered(one: sqlite3.Row, other: sqlite3.Row) -> tuple[str, str, str, str]:
    low, high = sorted(((one["name"], one["site"]), (other["name"], other["site"])))
    return (*low, *high)


def _forget(connection: sqlite3.Connection, one: sqlite3.Row, other: sqlite3.Row) -> None:
    connection.execute(
        """
        delete from person_decisions
        where one_name = ? and one_site = ? and other_name = ? and other_site = ?
        """,
        _ordered(one, other),
    )


def _forget_merging(connection: sqlite3.Connection, one: sqlite3.Row, other: sqlite3.Row) -> None:
    connection.execute(
        """
        delete from person_decisions
        where one_name = ? and one_site = ? and other_name = ? and other_site = ? and is_same
        """,
        _ordered(one, other),
    )


def _decide(
    connection: sqlite3.Connection,
    one: sqlite3.Row,
    other: sqlite3.Row,
    *,
    is_same: bool,
    now: datetime,
) -> None:
    connection.execute(
        "insert into person_decisions values (?, ?, ?, ?, ?, ?)",
        (*_ordered(one, other), is_same, as_text(now)),
    )
    enqueue(connection, [one["id"], other["id"]])
