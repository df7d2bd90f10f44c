"""The fingerprints of articles, and what was learned from them: the rows of site knowledge.

`archive.storing` holds a fingerprint with each observation, in the same transaction;
`archive.extracting` asks here what is known of a site before it extracts. Counting is done apart,
when a crawl has ended or records are made again (`archive.learning`), so that one crawl works with
one knowledge.

Each knowledge that a record was made with is held under its digest until no record names it: what
was extracted with it can still be compared (`verify --deep`).
"""

from __future__ import annotations

import hashlib
import sqlite3
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter

from articles.site_knowledge import (
    DEPTH,
    PLACES,
    Fingerprint,
    SiteKnowledge,
    Sketch,
    count_blocks,
)

_SKETCH = struct.Struct(f">{PLACES * DEPTH}Q")
_COUNTED = struct.Struct(">QI")


def hold_fingerprint(connection: sqlite3.Connection, fingerprint: Fingerprint | None) -> int | None:
    """Hold a fingerprint, equal ones once; its id for the observation of the capture."""
    if fingerprint is None:
        return None
    sketch, keys = _SKETCH.pack(*fingerprint.sketch), _packed(fingerprint.keys)
    digest = hashlib.blake2b(sketch + keys, digest_size=8).digest()
    identity = int.from_bytes(digest, "big", signed=True)
    connection.execute(
        "insert into fingerprints (id, sketch, keys) values (?, ?, ?) on conflict (id) do nothing",
        (identity, sketch, keys),
    )
    return identity


def mark(connection: sqlite3.Connection, site: str) -> None:
    """Have a site counted: an article of it stands on other blocks than before."""
    connection.execute(
        """
        insert into sites_to_count (site, changes)
        values (?, 1)
        on conflict (site) do update
        set changes = changes + 1
        """,
        (site,),
    )


def mark_all(connection: sqlite3.Connection, *, site: str | None = None) -> None:
    """Have every site counted that has articles to count, or the one."""
    for name in counted_sites(connection):
        if site in (None, name):
            mark(connection, name)


def counted_sites(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The sites with articles to count, or of which something is known."""
    rows = connection.execute(
        """
        select site from articles
        union
        select site from site_knowledge
        order by 1
        """
    )
    return tuple(row["site"] for row in rows)


def mark_articles(connection: sqlite3.Connection, article_ids: Iterable[int]) -> None:
    """Have the sites of articles counted that count otherwise, or no more."""
    for article_id in article_ids:
        row = connection.execute("select site from articles where id = ?", (article_id,)).fetchone()
        mark(connection, row["site"])


def sites_to_count(connection: sqlite3.Connection, *, site: str | None = None) -> tuple[str, ...]:
    """The sites with articles that changed since the site was last counted."""
    rows = connection.execute(
        "select site from sites_to_count where ? is null or site = ? order by site", (site, site)
    )
    return tuple(row["site"] for row in rows)


def changes_to_count(connection: sqlite3.Connection, site: str) -> int:
    """How often an article of the site changed since the site was last counted."""
    row = connection.execute(
        "select changes from sites_to_count where site = ?", (site,)
    ).fetchone()
    return int(row["changes"]) if row is not None else 0


def count_site(connection: sqlite3.Connection, site: str) -> SiteKnowledge | None:
    """What the articles of a site tell together, as they are now; those that are gone left out."""
    return count_blocks(partial(_fingerprints, connection, site))


def _fingerprints(connection: sqlite3.Connection, site: str) -> Iterator[Fingerprint]:
    for counted in counted_articles(connection, site):
        if not counted.is_gone:
            yield Fingerprint(keys=tuple(counted.keys), sketch=counted.sketch)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """An article as it counts for its site: once, with the blocks of all its captures.

    Not of the latest alone: the template of before a redesign is still to be known.
    """

    article_id: int
    keys: frozenset[int]
    sketch: Sketch
    """Of its latest capture."""
    derivation: str
    """Of the record of its latest capture."""
    is_gone: bool


def counted_articles(connection: sqlite3.Connection, site: str) -> Iterator[Counted]:
    """The articles of a site, as far as their captures have fingerprints."""
    rows = connection.execute(
        """
        select
            a.id, a.gone_at is not null as is_gone, f.keys,
            latest.derivation, sketched.sketch
        from articles a
        join observations latest on latest.capture_id = a.capture_id
        join fingerprints sketched on sketched.id = latest.fingerprint_id
        join observations o on o.article_id = a.id
        join fingerprints f on f.id = o.fingerprint_id
        where a.site = ?
        group by a.id, f.id
        """,
        (site,),
    )
    for _, captures in groupby(rows, key=itemgetter("id")):
        shown = list(captures)
        yield Counted(
            article_id=shown[0]["id"],
            keys=frozenset(key for row in shown for key in _unpacked(row["keys"])),
            sketch=_SKETCH.unpack(shown[0]["sketch"]),
            derivation=shown[0]["derivation"],
            is_gone=bool(shown[0]["is_gone"]),
        )


def current_digest(connection: sqlite3.Connection, site: str) -> str | None:
    """The digest of what is known of a site; None where that is nothing."""
    row = connection.execute(
        "select digest from site_knowledge where site = ? and is_current", (site,)
    ).fetchone()
    return row["digest"] if row is not None else None


def make_current(
    connection: sqlite3.Connection, site: str, knowledge: SiteKnowledge | None, *, changes: int
) -> None:
    """Hold `knowledge` as what is known of a site. Up to `changes` changes are counted in it."""
    connection.execute("update site_knowledge set is_current = 0 where site = ?", (site,))
    if knowledge is not None:
        connection.execute(
            """
            insert into site_knowledge (site, digest, is_current, texts, counts)
            values (?, ?, 1, ?, ?)
            on conflict (site, digest) do update
            set is_current = 1,
                texts = excluded.texts,
                counts = excluded.counts
            """,
            (
                site,
                knowledge.digest(),
                knowledge.texts,
                b"".join(_COUNTED.pack(key, count) for key, count in knowledge.counts.items()),
            ),
        )
    was_counted(connection, site, changes=changes)


def was_counted(connection: sqlite3.Connection, site: str, *, changes: int) -> None:
    """The site was counted after `changes` changes; what came meanwhile is still to be counted."""
    connection.execute(
        "delete from sites_to_count where site = ? and changes <= ?", (site, changes)
    )


def held_knowledge(
    connection: sqlite3.Connection, site: str, digest: str | None
) -> SiteKnowledge | None:
    """What was known of a site under this digest; None where it is no longer held, or for None."""
    row = connection.execute(
        "select texts, counts from site_knowledge where site = ? and digest = ?", (site, digest)
    ).fetchone()
    if row is None:
        return None
    return SiteKnowledge(texts=row["texts"], counts=dict(_COUNTED.iter_unpack(row["counts"])))


def current_knowledge(connection: sqlite3.Connection, site: str) -> SiteKnowledge | None:
    """What is known of a site now; None where that is nothing, as in a database that is read only
    and of before anything was counted."""
    tables = connection.execute("select 1 from sqlite_master where name = 'site_knowledge'")
    if tables.fetchone() is None:
        return None
    return held_knowledge(connection, site, current_digest(connection, site))


class KnownSites:
    """What is known of sites, read once each: pages come by the thousand, with few digests."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._held: dict[tuple[str, str], SiteKnowledge | None] = {}

    def get(self, site: str, digest: str | None) -> SiteKnowledge | None:
        """`held_knowledge`, remembered."""
        if digest is None:
            return None
        if (site, digest) not in self._held:
            self._held[site, digest] = held_knowledge(self._connection, site, digest)
        return self._held[site, digest]


def known_keys(connection: sqlite3.Connection, site: str) -> frozenset[int]:
    """The keys of all that is or was known of a site."""
    rows = connection.execute("select counts from site_knowledge where site = ?", (site,))
    return frozenset(key for row in rows for key, _ in _COUNTED.iter_unpack(row["counts"]))


def drop_unused_counts(connection: sqlite3.Connection) -> None:
    """Forget fingerprints of no observation, and what was once known and no record names.

    Run it where foreign keys are off, see `archive.texts.drop_unused`.
    """
    connection.execute(
        """
        delete from fingerprints
        where id not in (
            select fingerprint_id from observations where fingerprint_id is not null
        )
        """
    )
    connection.execute(
        """
        delete from site_knowledge
        where not is_current
          and not exists (
              select 1
              from observations
              where derivation like '%' || site_knowledge.digest
          )
        """
    )


def _packed(keys: tuple[int, ...]) -> bytes:
    return _swapped(array("Q", keys)).tobytes()


def _unpacked(keys: bytes) -> array[int]:
    return _swapped(array("Q", keys))


def _swapped(keys: array[int]) -> array[int]:
    """Between this machine's order of bytes and that of the database: collections move."""
    if sys.byteorder == "little":
        keys.byteswap()
    return keys
