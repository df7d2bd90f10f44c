"""Learning from a site's articles: counting what was noted, and applying it to earlier captures.

A crawl works with what was known when it began. When it has ended `learn` counts its sites anew;
what was captured earlier stays as it is, with the derivation it was made by, until `reextract`
makes it again. An import, which knows nothing before, applies what it learned at once.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from archive.collection import Collection
from archive.site_counts import (
    changes_to_count,
    count_site,
    counted_articles,
    current_digest,
    held_knowledge,
    known_keys,
    make_current,
    mark_all,
    sites_to_count,
    was_counted,
)
from archive.storing import knowledge_digest_in
from articles.site_knowledge import SiteKnowledge

logger = logging.getLogger(__name__)

AGAIN = "reextract"
"""Stands in `reason` of a capture that waits because its record is to be made again."""

_WORTH_IT = 20
"""One in so many articles must come out otherwise before a crawl gives up what was known: each
change has the earlier captures of recrawled articles read again."""


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What counting one site anew came to."""

    site: str
    blocks: int
    """Known to be the site's template."""
    is_new: bool
    outdated: int
    """Articles whose record was made without knowing what is known now, and may hold some of it."""


def learn(
    collection: Collection, *, site: str | None = None, always: bool = False
) -> tuple[Learned, ...]:
    """Count the sites whose articles changed, or the one; what is learned is used from now on.

    What would change little is put off, unless `always`: then the state follows from the articles
    alone.
    """
    connection = collection.connection
    return tuple(
        _learn(collection, name, always=always) for name in sites_to_count(connection, site=site)
    )


def _learn(collection: Collection, site: str, *, always: bool) -> Learned:
    connection = collection.connection
    with collection.snapshot():
        changes = changes_to_count(connection, site)
        found = count_site(connection, site)
        digest = current_digest(connection, site)
        held = held_knowledge(connection, site, digest)
        is_new = (found.digest() if found is not None else None) != digest
        keeps = is_new and held is not None and not always
        if keeps and not _is_worth_it(collection, site, held, found):
            found, is_new = held, False
    with collection.transaction():
        if keeps and not is_new:
            was_counted(connection, site, changes=changes)
        else:
            make_current(connection, site, found, changes=changes)
    outdated = len(_outdated(collection, site))
    learned = Learned(
        site=site, blocks=len(found.counts) if found else 0, is_new=is_new, outdated=outdated
    )
    if is_new:
        logger.info(
            "%s: %d blocks are known to be the site's template; %d articles may still hold some, "
            "`archiater reextract --learned` takes them out",
            site,
            learned.blocks,
            outdated,
        )
    return learned


def _is_worth_it(
    collection: Collection, site: str, held: SiteKnowledge | None, found: SiteKnowledge | None
) -> bool:
    differing = _levels(held) ^ _levels(found)
    keys = frozenset(key for key, _ in differing)
    articles = touched = 0
    for counted in counted_articles(collection.connection, site):
        articles += 1
        touched += not keys.isdisjoint(counted.keys)
    return touched * _WORTH_IT >= articles


def _levels(knowledge: SiteKnowledge | None) -> frozenset[tuple[int, bool]]:
    if knowledge is None:
        return frozenset()
    return frozenset((key, knowledge.is_on_most(key)) for key in knowledge.counts)


def learn_again(collection: Collection, site: str | None = None) -> tuple[Learned, ...]:
    """Count every site, or the one, whether or not an article changed since."""
    with collection.transaction() as connection:
        mark_all(connection, site=site)
    return learn(collection, site=site, always=True)


def apply_learned(collection: Collection, site: str | None = None) -> int:
    """Learn what is left to learn, and let the articles wait that it may change; how many."""
    learned = learn(collection, site=site, always=True)
    return sum(let_outdated_wait(collection, counted.site) for counted in learned)


def let_outdated_wait(collection: Collection, site: str) -> int:
    """Have the articles of a site made again that may hold what was learned since; how many.

    All captures of such an article wait: only under one derivation can they be compared.
    """
    outdated = _outdated(collection, site)
    with collection.transaction() as connection:
        connection.executemany(
            """
            update captures
            set outcome = null, reason = ?
            where id in (select capture_id from observations where article_id = ?)
              and outcome = 'article'
            """,
            ((AGAIN, article_id) for article_id in outdated),
        )
    return len(outdated)


def _outdated(collection: Collection, site: str) -> list[int]:
    """Ids of the articles whose record another knowledge might change."""
    connection = collection.connection
    digest, keys = current_digest(connection, site), known_keys(connection, site)
    return [
        counted.article_id
        for counted in counted_articles(connection, site)
        if knowledge_digest_in(counted.derivation) != digest and not keys.isdisjoint(counted.keys)
    ]
