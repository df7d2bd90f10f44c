"""Which captures belong to the articles of a selection: what an index or a package takes along.

A selection speaks of articles; an archive of them must also show them. For a selection by site
alone that is every capture of the site. For any other it is every capture of the addresses under
which a selected article was ever seen, the redirects that led there, what pages of the same sites
need to be shown (images, style sheets, fonts), and the originals of the revisits among these.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from archive.captures import REQUISITE
from archive.collection import Collection
from archive.exporting.selection import Selection, select_articles
from archive.searching.filters import Filters
from archive.times import as_text, from_text
from archive.warc_members import read_member
from archive.warc_reading import find_repeated, parse_record, warc_path

CHOSEN = "c.id in (select id from temp.chosen_captures)"
"""A condition on `captures c`, while the block of `chosen_captures` runs."""

_MOST_REDIRECTS = 20


def is_everything(selection: Selection) -> bool:
    """Whether the selection leaves nothing of the collection out."""
    return selection == Selection()


@contextmanager
def chosen_captures(collection: Collection, selection: Selection) -> Iterator[None]:
    """While the block runs, the temporary table `chosen_captures` has the ids of the captures."""
    connection = collection.connection
    tables = ("chosen_articles", "chosen_urls", "chosen_captures", "chosen_originals")
    try:
        connection.execute("create temp table chosen_articles (id integer primary key)")
        connection.execute("create temp table chosen_urls (url text primary key) without rowid")
        connection.execute("create temp table chosen_captures (id integer primary key)")
        connection.execute("create temp table chosen_originals (id integer primary key)")
        if _is_by_site(selection):
            _add_sites(connection, selection.filters.sites)
        else:
            select_articles(collection, selection, into="chosen_articles")
            _add_addresses(connection)
            _add_requisites(connection)
        _add_originals(collection)
        yield
    finally:
        for table in tables:
            connection.execute(f"drop table if exists temp.{table}")


def _is_by_site(selection: Selection) -> bool:
    by_site = Selection(filters=Filters(sites=selection.filters.sites))
    return bool(selection.filters.sites) and selection == by_site


def _add_sites(connection: sqlite3.Connection, sites: tuple[str, ...]) -> None:
    connection.executemany(
        "insert or ignore into chosen_captures select id from captures where site = ?",
        [(site,) for site in sites],
    )


def _add_addresses(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        insert or ignore into chosen_urls
        select c.url
        from chosen_articles a
        join observations o on o.article_id = a.id
        join captures c on c.id = o.capture_id
        """
    )
    for _ in range(_MOST_REDIRECTS):
        added = connection.execute(
            """
            insert or ignore into chosen_urls
            select c.url
            from chosen_urls u
            join captures c on c.location = u.url
            """
        )
        if added.rowcount <= 0:
            break
    connection.execute(
        """
        insert or ignore into chosen_captures
        select c.id
        from chosen_urls u
        join captures c on c.url = u.url
        """
    )


def _add_requisites(connection: sqlite3.Connection) -> None:
    """Of a whole site: style sheets are shared, and only the first page that needed one is known.

    Files of other tools tell no requisites: there the media type must do.
    """
    connection.execute(
        """
        insert or ignore into chosen_captures
        select c.id
        from captures c
        where c.site in (select a.site from articles a join chosen_articles s on s.id = a.id)
          and c.outcome = 'skipped'
          and (
              c.reason like ?
              or c.content_type like 'image/%'
              or c.content_type like 'font/%'
              or c.content_type like 'application/font%'
              or c.content_type like 'text/css%'
              or c.content_type like '%/javascript%'
          )
        """,
        (f"{REQUISITE} of %",),
    )


def _add_originals(collection: Collection) -> None:
    """The captures whose payload a chosen revisit repeats, also from outside the selection."""
    connection = collection.connection
    revisits = connection.execute(
        """
        select c.id, c.url, c.payload_digest, c.payload_sha256, c.offset, c.length, w.name
        from chosen_captures s
        join captures c on c.id = s.id
        join warc_files w on w.id = c.warc_file_id
        where c.record_type = 'revisit'
        """
    ).fetchall()
    for revisit in revisits:
        originals = _named_originals(collection, revisit)
        if not originals and (equal := find_repeated(collection, revisit)) is not None:
            originals = [equal]
        connection.executemany(
            "insert or ignore into chosen_originals values (?)", [(it["id"],) for it in originals]
        )
    connection.execute("insert or ignore into chosen_captures select id from chosen_originals")


def _named_originals(collection: Collection, revisit: sqlite3.Row) -> list[sqlite3.Row]:
    """The capture that the WARC record of the revisit names: it is what other tools look for, by
    address and time for replay, by its id for reading. A broken record may name two."""
    path = warc_path(collection, revisit["name"])
    record = parse_record(read_member(path, revisit["offset"], revisit["length"]))
    if record is None:
        return []
    uri = record.field("WARC-Refers-To-Target-URI") or ""
    try:
        moment = as_text(from_text(record.field("WARC-Refers-To-Date") or ""))
    except ValueError:
        moment = None
    # Null, where it names none, equals nothing.
    record_id = (record.field("WARC-Refers-To") or "").strip().strip("<>") or None
    return collection.connection.execute(
        """
        select id from captures
        where (record_id = ? or (url = ? and fetched_at = ?)) and record_type = 'response'
        """,
        (record_id, uri.strip("<>"), moment),
    ).fetchall()
