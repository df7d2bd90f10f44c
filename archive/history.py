"""The history of one article: its versions, what moved between them while the text did not, and
when the page was gone; and the difference of any two versions.

What a capture showed is compared with what the one before showed, in the order of capture. Two made
by different extractors are not compared: their difference need not be the page's.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from archive.collection import Collection
from archive.errors import OperatorError
from archive.reading import find_article, unknown_version
from archive.texts import Record, join_record
from articles.comparing import Change, RecordChange, compare_records, compare_texts


class NothingToCompare(OperatorError):
    """The article has one version only."""


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One moment at which the archive saw something new of an article."""

    at: str
    kind: Literal["first_seen", "new_version", "observation", "gone", "last_seen"]
    """`observation`: not the text changed but what stands around it."""
    version: int | None
    capture_id: int
    url: str
    """What was fetched."""
    changes: tuple[RecordChange, ...] = ()
    """People, dates, review status and so on, against the capture before."""
    text_changes: tuple[tuple[str, int], ...] = ()
    """How many paragraphs were (`added`, `removed`, `edited`, `moved`), and `numbers` changed."""
    notes: tuple[str, ...] = ()
    """What an editor should know: `review date moved, text did not`."""


@dataclass(frozen=True, kw_only=True)
class VersionSide:
    """One side of a difference: a version, as the last capture that showed it has it."""

    number: int
    first_seen_at: str
    last_seen_at: str
    capture_id: int
    title: str | None
    word_count: int


@dataclass(frozen=True, kw_only=True)
class ArticleDiff:
    """What changed between two versions of an article."""

    url: str
    old: VersionSide
    new: VersionSide
    text_changes: tuple[Change, ...]
    record_changes: tuple[RecordChange, ...]
    is_comparable: bool
    """False where different extractors read the two: `reextract` makes them comparable."""


def article_history(collection: Collection, url_or_id: str | int) -> tuple[HistoryEntry, ...]:
    """What the archive saw of an article, the oldest first; captures that showed nothing new are
    left out, but for the last one.

    Raises `UnknownArticle`.
    """
    article = find_article(collection, url_or_id)
    connection = collection.connection
    shown = _shown(connection, article["id"])
    entries = [_entry(shown[0], kind="first_seen")]
    for before, now in pairwise(shown):
        entry = _compare(connection, before, now)
        if entry is not None:
            entries.append(entry)
    if entries[-1].capture_id != shown[-1].capture_id:
        entries.append(_entry(shown[-1], kind="last_seen"))
    return tuple(sorted([*entries, *_absences(connection, article)], key=_by_time))


def article_diff(
    collection: Collection,
    url_or_id: str | int,
    v1: int | None = None,
    v2: int | None = None,
) -> ArticleDiff:
    """What changed from version `v1` to `v2`; without them, in the last change of the text.

    With `v1` alone it is compared with the latest. Raises `UnknownArticle`, `UnknownVersion`,
    `NothingToCompare`.
    """
    article = find_article(collection, url_or_id)
    latest = article["version"]
    if latest == 1 and v1 is None and v2 is None:
        raise NothingToCompare(
            f"{article['url']}: one version only, its text never changed; "
            "`archiater history` shows what else did"
        )
    new_number = latest if v2 is None else v2
    old_number = max(new_number - 1, 1) if v1 is None else v1
    old, old_record, old_derivation = _side(collection.connection, article, old_number)
    new, new_record, new_derivation = _side(collection.connection, article, new_number)
    return ArticleDiff(
        url=article["url"],
        old=old,
        new=new,
        text_changes=compare_texts(old_record["text"], new_record["text"]),
        record_changes=compare_records(old_record, new_record),
        is_comparable=old_derivation == new_derivation,
    )


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """What one capture showed."""

    capture_id: int
    url: str
    at: str
    version: int
    text_digest: str
    record_digest: str
    derivation: str


def _shown(connection: sqlite3.Connection, article_id: int) -> list[_Shown]:
    """What each capture showed, the oldest first, with the version it belongs to."""
    firsts = {
        row["first_capture_id"]: row["number"]
        for row in connection.execute(
            "select number, first_capture_id from versions where article_id = ?", (article_id,)
        )
    }
    rows = connection.execute(
        """
        select o.capture_id, c.url, o.fetched_at, o.text_digest, o.record_digest, o.derivation
        from observations o
        join captures c on c.id = o.capture_id
        where o.article_id = ?
        order by o.fetched_at, c.record_id
        """,
        (article_id,),
    )
    shown = []
    version = 1
    for row in rows:
        version = firsts.get(row["capture_id"], version)
        shown.append(
            _Shown(
                capture_id=row["capture_id"],
                url=row["url"],
                at=row["fetched_at"],
                version=version,
                text_digest=row["text_digest"],
                record_digest=row["record_digest"],
                derivation=row["derivation"],
            )
        )
    return shown


def _compare(connection: sqlite3.Connection, before: _Shown, now: _Shown) -> HistoryEntry | None:
    """What is new at `now`; None where nothing is, or nobody can say."""
    is_new_version = now.version != before.version
    if before.derivation != now.derivation:
        return _entry(now, kind="new_version") if is_new_version else None
    if before.record_digest == now.record_digest and not is_new_version:
        return None
    old, new = _record_of(connection, before), _record_of(connection, now)
    changes = compare_records(old, new)
    if not is_new_version:
        return _entry(now, kind="observation", changes=changes) if changes else None
    counts: Counter[str] = Counter()
    for change in compare_texts(old["text"], new["text"]):
        counts[change.kind] += 1
        counts["numbers"] += len(change.number_changes)
    text_changes = tuple((kind, count) for kind, count in sorted(counts.items()) if count)
    return _entry(now, kind="new_version", changes=changes, text_changes=text_changes)


def _record_of(connection: sqlite3.Connection, shown: _Shown) -> Record:
    row = connection.execute(
        """
        select r.record, t.text, t.sections
        from records r, texts t
        where r.digest = ?
          and t.digest = ?
        """,
        (shown.record_digest, shown.text_digest),
    ).fetchone()
    return join_record(row["record"], row["text"], row["sections"])


def _entry(
    shown: _Shown,
    *,
    kind: Literal["first_seen", "new_version", "observation", "last_seen"],
    changes: tuple[RecordChange, ...] = (),
    text_changes: tuple[tuple[str, int], ...] = (),
) -> HistoryEntry:
    return HistoryEntry(
        at=shown.at,
        kind=kind,
        version=shown.version,
        capture_id=shown.capture_id,
        url=shown.url,
        changes=changes,
        text_changes=text_changes,
        notes=tuple(_notes(kind, changes, text_changes)),
    )


# A date of the page that says something happened, and what should have happened with it.
_MOVED = (("dates.reviewed", "review date"), ("dates.modified", "modified date"))


def _notes(
    kind: str, changes: tuple[RecordChange, ...], text_changes: tuple[tuple[str, int], ...]
) -> list[str]:
    fields = {change.field for change in changes if change.old is not None}
    notes = []
    if kind == "observation":
        notes += [f"{name} moved, text did not" for field, name in _MOVED if field in fields]
    if kind == "new_version" and not fields & {field for field, _ in _MOVED}:
        notes.append("text changed, no date moved")
    numbers = dict(text_changes).get("numbers", 0)
    if numbers:
        notes.append(f"{numbers} number{'s' if numbers > 1 else ''} changed")
    if "contributors.medical_reviewer" in fields:
        notes.append("medical reviewer changed")
    return notes


def _absences(connection: sqlite3.Connection, article: sqlite3.Row) -> list[HistoryEntry]:
    """Captures that found the page gone: the first of each row of them."""
    rows = connection.execute(
        """
        select c.id, c.url, c.fetched_at
        from captures c
        where c.status in (404, 410)
          and c.url in (
              select ?
              union
              select seen.url
              from observations o
              join captures seen on seen.id = o.capture_id
              where o.article_id = ?
          )
          and c.fetched_at > ?
        order by c.fetched_at
        """,
        (article["url"], article["id"], article["first_seen_at"]),
    ).fetchall()
    seen = [
        row["fetched_at"]
        for row in connection.execute(
            "select fetched_at from observations where article_id = ?", (article["id"],)
        )
    ]
    absences: list[HistoryEntry] = []
    for row in rows:
        last = absences[-1].at if absences else None
        if last is None or any(last < moment < row["fetched_at"] for moment in seen):
            absences.append(
                HistoryEntry(
                    at=row["fetched_at"],
                    kind="gone",
                    version=None,
                    capture_id=row["id"],
                    url=row["url"],
                )
            )
    return absences


def _by_time(entry: HistoryEntry) -> str:
    return entry.at


def _side(
    connection: sqlite3.Connection, article: sqlite3.Row, number: int
) -> tuple[VersionSide, Record, str]:
    row = connection.execute(
        """
        select v.number, v.first_seen_at, v.last_seen_at, v.last_capture_id, v.word_count,
            o.derivation, r.record, t.text, t.sections
        from versions v
        join observations o on o.capture_id = v.last_capture_id
        join records r on r.digest = o.record_digest
        join texts t on t.digest = o.text_digest
        where v.article_id = ?
          and v.number = ?
        """,
        (article["id"], number),
    ).fetchone()
    if row is None:
        raise unknown_version(article, number)
    record = join_record(row["record"], row["text"], row["sections"])
    side = VersionSide(
        number=row["number"],
        first_seen_at=row["first_seen_at"],
        last_seen_at=row["last_seen_at"],
        capture_id=row["last_capture_id"],
        title=record["title"],
        word_count=row["word_count"],
    )
    return side, record, row["derivation"]
