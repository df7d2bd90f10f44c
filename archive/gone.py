"""Articles whose page is gone: a later capture of its URL answered 404 or 410.

The article stays, with `gone_at`, the first such moment after it was last seen. When it is seen
again `archive.storing` clears that.
"""

from __future__ import annotations

from archive.collection import Collection
from archive.site_counts import mark_articles

# From the captures (few are 404) to the articles, both where the article is known by this very URL
# and where its latest capture had it: a page may name another canonical URL than it was fetched by.
_NEWLY_GONE = """
    select article_id, min(gone_at) as gone_at
    from (
        select a.id as article_id, c.fetched_at as gone_at
        from captures c indexed by captures_gone
        cross join articles a on a.url = c.url
        where c.status in (404, 410)
          and c.fetched_at > a.last_seen_at
          and (a.gone_at is null or a.gone_at > c.fetched_at)
        union all
        select a.id, c.fetched_at
        from captures c indexed by captures_gone
        cross join captures seen on seen.url = c.url
        cross join observations o on o.capture_id = seen.id
        cross join articles a on a.id = o.article_id and a.capture_id = seen.id
        where c.status in (404, 410)
          and c.fetched_at > a.last_seen_at
          and (a.gone_at is null or a.gone_at > c.fetched_at)
    )
    group by article_id
"""


def note_gone(collection: Collection) -> int:
    """Set `gone_at` where a capture says so and the row does not yet; how many rows that were."""
    found = collection.connection.execute(_NEWLY_GONE).fetchall()
    if not found:
        return 0
    with collection.transaction() as connection:
        # Asked again inside: another process may have seen one of them in the meantime.
        gone = [(row["gone_at"], row["article_id"]) for row in connection.execute(_NEWLY_GONE)]
        connection.executemany("update articles set gone_at = ? where id = ?", gone)
        mark_articles(connection, (article_id for _, article_id in gone))
    return len(gone)
