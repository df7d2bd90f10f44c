"""The database in itself: SQLite's own checks, digests of what it holds, counts that must agree."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

from archive.captured_records import REVISIT_WITHOUT_ORIGINAL
from archive.collection import Collection
from archive.verifying.faults import Fault, Level
from articles.digests import text_digest

# Each names rows that should not be, by a word for a person; the first few are shown.
_RULES: tuple[tuple[str, str, str], ...] = (
    (
        "revisit-digest",
        "a revisit of a payload that no capture here has",
        f"""
        select url from captures v
        where record_type = 'revisit' and status is not 304 and payload_sha256 is not null
          and reason is not '{REVISIT_WITHOUT_ORIGINAL}'
          and not exists (
            select 1 from captures o
            where o.payload_digest = v.payload_digest and o.record_type = 'response'
              and o.payload_sha256 = v.payload_sha256
          )
        """,  # noqa: S608 - our own words
    ),
    (
        "observation-missing",
        "a capture called an article without an observation",
        """
        select url from captures
        where outcome = 'article' and id not in (select capture_id from observations)
        """,
    ),
    (
        "observation-missing",
        "an observation of a capture that is called no article",
        """
        select c.url from observations o join captures c on c.id = o.capture_id
        where c.outcome is not 'article' and not (c.outcome is null and c.reason = 'reextract')
        """,
    ),
    (
        "versions",
        "an article whose number of versions is not its version",
        """
        select url from articles a
        where version <> (select count(*) from versions v where v.article_id = a.id)
           or version <> (select max(number) from versions v where v.article_id = a.id)
        """,
    ),
    (
        "versions",
        "an article whose latest capture is not one of its observations",
        """
        select url from articles a
        where not exists (
            select 1 from observations o where o.capture_id = a.capture_id and o.article_id = a.id
        )
        """,
    ),
    (
        "versions",
        "a version with a text that no observation shows",
        """
        select a.url from versions v join articles a on a.id = v.article_id
        where not exists (
            select 1 from observations o
            where o.article_id = v.article_id and o.text_digest = v.text_digest
        )
        """,
    ),
    (
        "versions",
        "an observation with a text that is no version",
        """
        select a.url from observations o join articles a on a.id = o.article_id
        where not exists (
            select 1 from versions v
            where v.article_id = o.article_id and v.text_digest = o.text_digest
        )
        """,
    ),
    (
        "full-text",
        "an article that is neither in the full text nor waiting for it",
        """
        select url from articles
        where id not in (select id from search_documents)
          and id not in (select article_id from search_queue)
        """,
    ),
    (
        "full-text",
        "a document in the full text without an article",
        "select id from search_documents where id not in (select id from articles)",
    ),
)
_SHOWN = 3
_MOST_INDEXED = 100_000
"""So many documents the full text is compared with; more take the better part of a minute, during
which nobody else can write."""


def check_database(collection: Collection, *, is_deep: bool = False) -> Iterator[Fault]:
    """Everything that is wrong with `archive.db`, the WARC files aside.

    The full text is compared word for word where it is small or `is_deep`, and nobody writes.
    """
    check = _Check(collection)
    try:
        yield from check.sqlite()
        yield from check.rules()
        yield from check.texts()
        yield from check.records()
        yield from check.full_text(is_deep=is_deep)
    except sqlite3.DatabaseError as error:
        yield check.fault("database", str(error), "a whole database")


class _Check:
    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._file = collection.path / "archive.db"
        self._ask = collection.connection.execute

    def fault(self, kind: str, found: str, expected: str, level: Level = "fault") -> Fault:
        return Fault(
            file=str(self._file),
            offset=None,
            kind=kind,
            found=found,
            expected=expected,
            level=level,
        )

    def sqlite(self) -> Iterator[Fault]:
        for row in self._ask("pragma integrity_check(20)"):
            if row[0] != "ok":
                yield self.fault("database", str(row[0]), "a whole database")
        for table, row, other, number in self._ask("pragma foreign_key_check"):
            columns = self._pointing_columns(table)[number]
            found = (
                f"{columns} of row {row} of {table} points to a row of {other} that is not there"
            )
            yield self.fault("database", found, "every row that another points to")

    def _pointing_columns(self, table: str) -> dict[int, str]:
        """The columns of each foreign key of a table, by its number."""
        columns: dict[int, str] = {}
        for key in self._ask(f"pragma foreign_key_list({table})"):
            known = columns.get(key["id"])
            columns[key["id"]] = f"{known}, {key['from']}" if known else key["from"]
        return columns

    def rules(self) -> Iterator[Fault]:
        for kind, what, query in _RULES:
            names = [str(row[0]) for row in self._ask(query)]
            if names:
                shown = ", ".join(names[:_SHOWN])
                more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
                yield self.fault(kind, f"{what}: {shown}{more}", "none")

    def texts(self) -> Iterator[Fault]:
        for row in self._ask("select digest, text from texts"):
            if (actual := text_digest(row["text"])) != row["digest"]:
                yield self.fault("text-digest", f"a text of {actual}", f"that of {row['digest']}")

    def records(self) -> Iterator[Fault]:
        for row in self._ask("select digest, record from records"):
            actual = "sha256:" + hashlib.sha256(row["record"].encode()).hexdigest()
            if actual != row["digest"]:
                found, expected = f"a record of {actual}", f"that of {row['digest']}"
                yield self.fault("record-digest", found, expected)

    def full_text(self, *, is_deep: bool) -> Iterator[Fault]:
        number = self._ask("select count(*) from search_documents").fetchone()[0]
        if number > _MOST_INDEXED and not is_deep:
            found = f"a full text of {number} articles that was not compared with them"
            expected = "verify --deep, which takes longer"
            yield self.fault("full-text-unread", found, expected, "note")
            return
        try:
            # The check is a command to the index, so SQLite takes it for a write.
            writing = sqlite3.connect(self._file, timeout=0, isolation_level=None)
        except sqlite3.OperationalError as error:
            yield self.fault("full-text-unread", str(error), "a database to write in", "note")
            return
        try:
            writing.execute("begin immediate")
            # Rank 1 compares with the articles' texts too.
            writing.execute(
                "insert into article_search (article_search, rank) values ('integrity-check', 1)"
            )
        except sqlite3.OperationalError as error:
            found = f"a full text that could not be compared ({error})"
            yield self.fault("full-text-unread", found, "that nobody else writes", "note")
        except sqlite3.DatabaseError as error:
            found = f"a full text that does not agree with the articles ({error})"
            yield self.fault("full-text", found, "agreement; `archiater reextract` builds it anew")
        finally:
            if writing.in_transaction:
                writing.rollback()
            writing.close()
