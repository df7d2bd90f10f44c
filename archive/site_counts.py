"""The fingerprints of articles, and what was learned from them: the rows of site knowledge.

`archive.extracting` notes a fingerprint with each article it stores, in the same transaction, and
asks here what is known of a site before it extracts. Counting is done apart, when a crawl has
ended or records are made again (`archive.learning`), so that one crawl works with one knowledge.

Each knowledge that a record was made with is held under its digest until no record names it: what
was extracted with it can still be compared (`verify --deep`).
"""

from __future__ import annotations

import sqlite3
import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from articles.site_knowledge import Fingerprint, SiteKnowledge, count_blocks

_SKETCH = struct.Struct(">4Q")
_COUNTED = struct.Struct(">QI")


def note_fingerprint(
    connection: sqlite3.Connection,
    capture: Mapping[str, Any] | sqlite3.Row,
    article_id: int,
    fingerprint: Fingerprint,
) -> int | None:
    """Count an article by the page that `capture` (a row of `captures`) preserves, if it is latest.

    One article counts once, whatever number of captures and versions it has. Gives the id of an
    article that this capture was once believed to show, and that now has nothing to count by.
    """
    left = forget_fingerprint(connection, capture["id"], but_of=article_id)
    held = connection.execute(
        """
        select f.sketch, f.keys, c.fetched_at, c.record_id
        from fingerprints f
        join captures c on c.id = f.capture_id
        where f.article_id = ?
        """,
        (article_id,),
    ).fetchone()
    if held is not None and _moment(held) > _moment(capture):
        return left
    sketch, keys = _SKETCH.pack(*fingerprint.sketch), _packed(fingerprint.keys)
    connection.execute(
        """
        insert into fingerprints (article_id, capture_id, sketch, keys)
        values (?, ?, ?, ?)
        on conflict (article_id) do update
        set capture_id = excluded.capture_id,
            sketch = excluded.sketch,
            keys = excluded.keys
        """,
        (article_id, capture["id"], sketch, keys),
    )
    if held is None or (held["sketch"], held["keys"]) != (sketch, keys):
        _mark(connection, capture["site"])
    return left


def forget_fingerprint(
    connection: sqlite3.Connection, capture_id: int, *, but_of: int | None = None
) -> int | None:
    """Take back what this capture counted for, but for the article `but_of`; of which article."""
    held = connection.execute(
        """
        select f.article_id, a.site
        from fingerprints f
        join articles a on a.id = f.article_id
        where f.capture_id = ?
          and f.article_id is not ?
        """,
        (capture_id, but_of),
    ).fetchone()
    if held is None:
        return None
    connection.execute("delete from fingerprints where article_id = ?", (held["article_id"],))
    _mark(connection, held["site"])
    return int(held["article_id"])


def _moment(row: Mapping[str, Any] | sqlite3.Row) -> tuple[str, str]:
    return row["fetched_at"], row["record_id"]


def _mark(connection: sqlite3.Connection, site: str) -> None:
    """Have the site counted: an article of it stands on other blocks than before."""
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
            _mark(connection, name)


def counted_sites(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The sites with articles to count, or of which something is known."""
    rows = connection.execute(
        """
        select a.site
        from fingerprints f
        join articles a on a.id = f.article_id
        union
        select site from site_knowledge
        order by 1
        """
    )
    return tuple(row["site"] for row in rows)


def mark_gone(connection: sqlite3.Connection, article_ids: Iterable[int]) -> None:
    """Have the sites of articles counted whose pages are gone: they count no more."""
    for article_id in article_ids:
        row = connection.execute("select site from articles where id = ?", (article_id,)).fetchone()
        _mark(connection, row["site"])


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
    rows = connection.execute(
        """
        select f.sketch, f.keys
        from articles a
        join fingerprints f on f.article_id = a.id
        where a.site = ?
          and a.gone_at is null
        """,
        (site,),
    )
    for row in rows:
        yield Fingerprint(keys=tuple(_unpacked(row["keys"])), sketch=_SKETCH.unpack(row["sketch"]))


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


@dataclass(frozen=True, kw_only=True)
class Counted:
    """An article with the keys it counts by and the derivation of its latest record."""

    article_id: int
    keys: frozenset[int]
    derivation: str


def counted_articles(connection: sqlite3.Connection, site: str) -> Iterator[Counted]:
    """The articles of a site that have a fingerprint."""
    rows = connection.execute(
        """
        select a.id, f.keys, o.derivation
        from articles a
        join fingerprints f on f.article_id = a.id
        join observations o on o.capture_id = a.capture_id
        where a.site = ?
        """,
        (site,),
    )
    for row in rows:
        yield Counted(
            article_id=row["id"],
            keys=frozenset(_unpacked(row["keys"])),
            derivation=row["derivation"],
        )


def known_keys(connection: sqlite3.Connection, site: str) -> frozenset[int]:
    """The keys of all that is or was known of a site."""
    rows = connection.execute("select counts from site_knowledge where site = ?", (site,))
    return frozenset(key for row in rows for key, _ in _COUNTED.iter_unpack(row["counts"]))


def drop_unused_knowledge(connection: sqlite3.Connection) -> None:
    """Forget what was once known of sites and no record names any more."""
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
    packed = array("Q", keys)
    packed.byteswap()
    return packed.tobytes()


def _unpacked(keys: bytes) -> array[int]:
    unpacked = array("Q", keys)
    unpacked.byteswap()
    return unpacked
