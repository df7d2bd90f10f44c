"""The directory of people as lines and rows for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from archiater.showing import StyledLine

Row = Mapping[str, Any]

_MOST_IN_A_CELL = 4


def people_rows(people: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    """One row a person: id, name, articles, roles, sites, credentials, other spellings."""
    for person in people:
        yield (
            person["id"],
            _named(person),
            person["articles"],
            _roles(person["roles"]),
            _some(person["sites"]),
            _some(person["credentials"]),
            _some([name for name in person["spellings"] if name != person["name"]]),
        )


def candidate_rows(links: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    """One row a pair: two ids with name and site, what is alike, what keeps them apart."""
    for link in links:
        yield (
            *(link["one"], link["one_name"], link["one_site"]),
            *(link["other"], link["other_name"], link["other_site"]),
            *(link["reason"], link["against"]),
        )


def person_lines(person: Row) -> Iterator[StyledLine]:
    """One person in full: what is said of them, spellings, merges, candidates, credits."""
    yield [(_named(person), "bold"), (f"  {person['id']}", "dim")]
    for label, text in (
        ("roles", _roles(person["roles"])),
        ("credentials", ", ".join(person["credentials"])),
        ("specialties", ", ".join(person["specialties"])),
        ("sites", ", ".join(person["sites"])),
        ("also known as", ", ".join(map(str, person["aliases"]))),
    ):
        if text:
            yield [(f"{label}: ", "dim"), (text, "")]
    yield from _part("spellings", map(_spelling, person["spellings"]))
    yield from _part("why this is one person", _merged(person))
    yield from _part("may be the same person, not merged", map(_apart, person["candidates"]))
    credits_of = person["credits"]
    left = sum(row["credits"] for row in person["spellings"]) - len(credits_of)
    more = f"; {left} more, --limit shows them" if left > 0 else ""
    yield from _part(f"credits{more}", (line for row in credits_of for line in _credit(row)))


def _part(title: str, lines: Iterable[StyledLine]) -> Iterator[StyledLine]:
    body = list(lines)
    if body:
        yield []
        yield [(title, "bold")]
        for line in body:
            yield [("  ", ""), *line]


def _spelling(row: Row) -> StyledLine:
    times = "once" if row["credits"] == 1 else f"{row['credits']} times"
    where = f"{row['site']}, {row['language'] or 'language unknown'}"
    seen = f"{row['first_seen_at'][:10]} to {row['last_seen_at'][:10]}"
    return [(row["name"], ""), (f"  {times} on {where}, {seen}", "dim")]


def _merged(person: Row) -> Iterator[StyledLine]:
    members = person["site_people"]
    if len(members) < 2 and person["merges"] == []:
        if len(person["spellings"]) > 1:
            yield [("one name on one site: the spellings share their letters", "")]
        return
    for member in members:
        yield [(f"{member['id']}  {member['name']} on {member['site']}", "")]
    for link in person["merges"]:
        yield [
            (f"{link['one']} = {link['other']}: ", "dim"),
            (link["reason"], ""),
            (f" ({link['strength']})", "dim"),
        ]


def _apart(link: Row) -> StyledLine:
    names = [
        f"{link[side]} {link[f'{side}_name']} on {link[f'{side}_site']}"
        for side in ("one", "other")
    ]
    return [
        (" and ".join(names), ""),
        (f": {link['reason']}", "dim"),
        (f"; apart: {link['against']}" if link["against"] else "", "dim"),
    ]


def _credit(row: Row) -> Iterator[StyledLine]:
    name = ", ".join([row["name"], *row["credentials"]])
    at = row["reviewed"] if "review" in row["role"] else row["modified"] or row["published"]
    yield [
        (f"{row['article']}  ", "dim"),
        (row["role"].replace("_", " "), ""),
        (f"  {at or 'no date'}  ", "dim"),
        (row["title"] or "(no title)", ""),
        (f"  as {name}", "dim"),
    ]
    yield [("    ", ""), (row["url"], "cyan")]
    for evidence in row["evidence"]:
        yield [("    ", ""), (f"{evidence['source']}: {' '.join(evidence['raw'].split())}", "dim")]


def _named(person: Row) -> str:
    return str(person["name"]) + ("" if person["kind"] == "person" else f" ({person['kind']})")


def _roles(roles: Mapping[str, int]) -> str:
    return ", ".join(f"{role.replace('_', ' ')} {count}" for role, count in roles.items())


def _some(values: Sequence[str]) -> str:
    more = f" and {len(values) - _MOST_IN_A_CELL} more" if len(values) > _MOST_IN_A_CELL else ""
    return ", ".join(values[:_MOST_IN_A_CELL]) + more
