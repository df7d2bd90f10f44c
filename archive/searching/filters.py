"""Which articles are meant: the filters that `search` and `export` share, as one value.

Dates are compared as text, so a page that says only 2017 counts as the first of that year. *After*
includes the day named, *before* does not: two ranges that meet share no article.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from archive.errors import BadQuery
from archive.searching.analyser import is_unspaced
from archive.times import as_text
from articles.person_names import name_key
from articles.record import REVIEW_STATUSES, REVIEWING_ROLES

_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A where clause over `articles a`, with the values bound in it, by name."""

    sql: str
    values: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What an article must be like; what is left empty does not matter. Raises `BadQuery`."""

    sites: tuple[str, ...] = ()
    """One of these sites."""
    languages: tuple[str, ...] = ()
    """One of these; `en` stands for `en-PH` too."""
    author: str | None = None
    """A name or part of one, in any order, without accents if need be; `smi*` for a beginning."""
    reviewer: str | None = None
    reviewed_after: str | None = None
    """`2024`, `2024-05` or `2024-05-31`: the page says it was reviewed on that day or later."""
    reviewed_before: str | None = None
    statuses: tuple[str, ...] = ()
    """One of these review statuses."""
    since: str | None = None
    """A day, or a moment with its time zone: the text was first seen, or changed, since then."""

    def __post_init__(self) -> None:
        for name in ("reviewed_after", "reviewed_before"):
            _check_day(name, getattr(self, name))
        if self.since is not None:
            _moment(self.since)
        for status in self.statuses:
            if status not in REVIEW_STATUSES:
                raise BadQuery(
                    f"status: {status!r} is no review status; "
                    f"it is one of {', '.join(REVIEW_STATUSES)}"
                )
        for language in self.languages:
            if not _LANGUAGE.fullmatch(language):
                raise BadQuery(f"language: {language!r} is no language tag; write en, vi or zh-TW")
        for name in ("author", "reviewer"):
            text = getattr(self, name)
            if text is not None and not any(map(str.isalnum, text)):
                raise BadQuery(f"{name}: {text!r} holds no name; write a name or a part of one")

    def condition(self, connection: sqlite3.Connection) -> Condition:
        """The filters as SQL; `1` where there are none. Names of people are looked up now."""
        values: dict[str, object] = {}
        clauses: list[str] = []
        if self.sites:
            clauses.append("a.site in (select value from json_each(:sites))")
            values["sites"] = json.dumps(self.sites)
        if self.languages:
            clauses.append(
                "exists (select 1 from json_each(:languages) l where lower(a.language) = l.value"
                " or lower(a.language) like l.value || '-%')"
            )
            values["languages"] = json.dumps([language.lower() for language in self.languages])
        if self.statuses:
            clauses.append("a.review_status in (select value from json_each(:statuses))")
            values["statuses"] = json.dumps(self.statuses)
        if self.reviewed_after is not None:
            clauses.append("a.reviewed >= :reviewed_after")
            values["reviewed_after"] = self.reviewed_after
        if self.reviewed_before is not None:
            clauses.append("a.reviewed < :reviewed_before")
            values["reviewed_before"] = self.reviewed_before
        if self.since is not None:
            clauses.append(
                "(select v.first_seen_at from versions v"
                " where v.article_id = a.id and v.number = a.version) >= :since"
            )
            values["since"] = _moment(self.since)
        for name, text, roles in (
            ("author", self.author, ("author",)),
            ("reviewer", self.reviewer, tuple(sorted(REVIEWING_ROLES))),
        ):
            if text is not None:
                clauses.append(_credited(name))
                values[f"{name}_ids"] = json.dumps(people_named(connection, text))
                values[f"{name}_roles"] = json.dumps(roles)
        return Condition(sql=" and ".join(clauses) or "1", values=values)


def people_named(connection: sqlite3.Connection, text: str) -> list[int]:
    """The ids of those in whose name every word of `text` stands, in whatever order."""
    typed = [word.rstrip(",") for word in text.split() if any(map(str.isalnum, word))]
    beginnings = [name_key(word.rstrip("*")) for word in typed if word.endswith("*")]
    words = name_key(" ".join(word for word in typed if not word.endswith("*"))).split()
    # A few thousand names at most, and no index can help with words in any order.
    return sorted(
        {
            row["id"]
            for row in connection.execute(_all_names(connection))
            if _is_named(row["name_key"].removeprefix("org:"), words, beginnings)
        }
    )


def _all_names(connection: sqlite3.Connection) -> str:
    """SQL of all keys with the person each leads to; a database read only may be an older one."""
    has_spellings = connection.execute(
        "select 1 from sqlite_schema where name = 'site_people'"
    ).fetchone()
    names = "select id, name_key from people"
    more = " union select person_id, name_key from site_people"
    return names + more if has_spellings else names


def _is_named(name: str, words: Sequence[str], beginnings: Sequence[str]) -> bool:
    parts = name.split()
    return all(word in parts or (is_unspaced(word) and word in name) for word in words) and all(
        any(part.startswith(beginning) for part in parts) for beginning in beginnings
    )


def _credited(name: str) -> str:
    return (
        "exists (select 1 from credits c where c.article_id = a.id"  # noqa: S608 - a name of ours
        f" and c.person_id in (select value from json_each(:{name}_ids))"
        f" and c.role in (select value from json_each(:{name}_roles)))"
    )


def _check_day(name: str, text: str | None) -> None:
    if text is None:
        return
    try:
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError as error:
        raise BadQuery(
            f"{name.replace('_', '-')}: {text!r} is no date; write 2024, 2024-05 or 2024-05-31"
        ) from error


def _moment(text: str) -> str:
    """`since` as the database writes it: a day as it is, a moment in UTC."""
    if "T" not in text and " " not in text:
        _check_day("since", text)
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadQuery(
            f"since: {text!r} is no moment; write 2024-05-31 or 2024-05-31T08:00:00Z"
        ) from error
    if moment.tzinfo is None:
        raise BadQuery(f"since: {text!r} has no time zone; write {text}Z for UTC, or {text}+07:00")
    return as_text(moment)
