"""How much a collection holds, counted for people."""

from __future__ import annotations

from dataclasses import dataclass

from archive.collection import Collection


@dataclass(frozen=True, kw_only=True)
class Census:
    """The numbers of one collection at one time."""

    articles: int
    captures: int
    waiting: int
    """Captures that have not been extracted yet."""
    warc_files: int
    warc_bytes: int
    """What is durable, in the files as they lie on the disk."""


def count_collection(collection: Collection) -> Census:
    """Count what the collection holds; a second or so where there are millions of captures."""
    row = collection.connection.execute(
        """
        select
            (select count(*) from articles) as articles,
            (select count(*) from captures) as captures,
            (select count(*) from captures where outcome is null) as waiting,
            (select count(*) from warc_files) as warc_files,
            (select coalesce(sum(durable_bytes), 0) from warc_files) as warc_bytes
        """
    ).fetchone()
    return Census(**dict(row))
