"""From captures that wait to articles: the one path of live crawl, import and re-extraction.

`extract_pending` may run beside a crawl: it reads what is committed, extracts outside of any
transaction and stores in short ones. What a capture came to stands in its `outcome` and `reason`.
"""

from __future__ import annotations

import logging
import sqlite3
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Literal

from archive.captured_pages import IncompletePage, captured_page
from archive.collection import Collection
from archive.errors import DamagedWarc, OperatorError
from archive.gone import note_gone
from archive.learning import AGAIN, apply_learned, learn_again, let_outdated_wait
from archive.people_directory import settle
from archive.site_counts import KnownSites, current_digest, drop_unused_counts
from archive.storing import Stored, derivation_of, store_article, store_no_article
from archive.texts import drop_unused
from archive.worker_processes import Crash, answer_in_order
from articles.extract import extract
from articles.page import NotAnArticle
from articles.profile import SiteProfile
from articles.record import Article

logger = logging.getLogger(__name__)

ProfileOf = Callable[[str], SiteProfile | None]
"""The profile of a site by its name; None where nothing is known of it."""

_DRAWN_AT_ONCE = 200


class NoCaptures(OperatorError):
    """The collection holds nothing of this site."""


@dataclass(frozen=True, kw_only=True)
class ExtractionCounts:
    """What a run of extraction came to, counted in captures but for the first two."""

    new_articles: int = 0
    new_versions: int = 0
    articles: int = 0
    not_articles: int = 0
    failed: int = 0

    @property
    def captures(self) -> int:
        return self.articles + self.not_articles + self.failed


Progress = Callable[[ExtractionCounts], None]
"""Called with the counts so far, after each batch."""


def extract_pending(
    collection: Collection,
    *,
    profile_of: ProfileOf,
    jobs: int = 1,
    batch: int = 100,
    progress: Progress | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ExtractionCounts:
    """Extract every capture that waits, in the order of their ids, and store what they show.

    Ends when none waits any more, also of those that were added meanwhile, or when `should_stop`
    says so. With `jobs` above 1 that many processes extract. A page that cannot be extracted is
    noted with its capture and logged; only a failing disk or database is raised.
    """
    counts = ExtractionCounts()
    while True:
        before = counts
        # Closed also when storing fails: the worker processes end with it.
        with closing(_outcomes(collection, profile_of, jobs)) as outcomes:
            while found := list(islice(outcomes, batch)):
                counts = _store(collection, found, counts)
                if progress is not None:
                    progress(counts)
                if should_stop is not None and should_stop():
                    return counts
        note_gone(collection)
        settle(collection)
        if counts == before:
            return counts


def reextract(
    collection: Collection,
    *,
    profile_of: ProfileOf,
    site: str | None = None,
    jobs: int = 1,
    batch: int = 100,
    from_start: bool = False,
    only_learned: bool = False,
    progress: Progress | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ExtractionCounts:
    """Make all records (of one site) again from the WARC files, by what the sites' pages tell.

    Until a capture's turn comes its old record stands. A run that was ended goes on where it was,
    unless `from_start`; so does the next `extract_pending`. With `only_learned` just the articles
    that may hold what was learned since they were extracted. Raises `NoCaptures`.
    """
    extract_all = partial(
        extract_pending,
        collection,
        profile_of=profile_of,
        jobs=jobs,
        batch=batch,
        progress=progress,
        should_stop=should_stop,
    )
    if from_start or not count_to_make_again(collection, site=site):
        _check_has_captures(collection, site)
        learned = learn_again(collection, site)
        if only_learned:
            for counted in learned:
                let_outdated_wait(collection, counted.site)
        else:
            _let_wait_again(collection, site)
    counts = extract_all()
    # Pages read anew may count by other blocks than those that were read by older rules.
    if not count_waiting(collection) and apply_learned(collection, site):
        counts = _with_failures(counts, extract_all())
    if not count_waiting(collection):
        _clean_up(collection)
    return counts


def _with_failures(counts: ExtractionCounts, second: ExtractionCounts) -> ExtractionCounts:
    """The counts of a first reading; of the second, which reads some again, only its failures."""
    return replace(
        counts,
        articles=counts.articles - second.failed,
        failed=counts.failed + second.failed,
    )


def count_to_make_again(collection: Collection, *, site: str | None = None) -> int:
    """How many captures still wait from a re-extraction that was ended."""
    row = collection.connection.execute(
        """
        select count(*)
        from captures
        where outcome is null
          and reason = ?
          and (? is null or site = ?)
        """,
        (AGAIN, site, site),
    ).fetchone()
    return int(row[0])


def count_waiting(collection: Collection) -> int:
    """How many captures wait for extraction, for whatever reason."""
    row = collection.connection.execute(
        "select count(*) from captures where outcome is null"
    ).fetchone()
    return int(row[0])


def _check_has_captures(collection: Collection, site: str | None) -> None:
    if site is not None and not _has_captures(collection, site):
        raise NoCaptures(
            f"{collection.path}: no captures of a site {site!r}; `archiater crawls list` names the "
            "sites that were crawled"
        )


def _let_wait_again(collection: Collection, site: str | None) -> None:
    with collection.transaction() as connection:
        connection.execute(
            """
            update captures
            set outcome = null, reason = ?
            where outcome in ('article', 'not_article', 'failed')
              and (? is null or site = ?)
            """,
            (AGAIN, site, site),
        )


def _has_captures(collection: Collection, site: str) -> bool:
    found = collection.connection.execute(
        "select 1 from captures where site = ? limit 1", (site,)
    ).fetchone()
    return found is not None


def _clean_up(collection: Collection) -> None:
    collection.connection.execute("pragma foreign_keys = off")
    try:
        with collection.transaction() as connection:
            drop_unused(connection)
            drop_unused_counts(connection)
    finally:
        collection.connection.execute("pragma foreign_keys = on")


@dataclass(frozen=True, kw_only=True)
class _Task:
    capture_id: int
    site: str
    profile: SiteProfile | None
    knowledge_digest: str | None


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """What became of one capture: an article, or the word and reason why not."""

    capture_id: int
    article: Article | None = None
    word: Literal["article", "not_article", "failed"] = "article"
    reason: str | None = None
    trace: str | None = None
    """Of a bug."""


def _outcomes(
    collection: Collection, profile_of: ProfileOf, jobs: int
) -> Generator[_Outcome, None, None]:
    """What becomes of each capture that waits, in the order of ids; closing it ends the workers."""
    tasks = _tasks(collection, profile_of)
    if jobs <= 1:
        known = KnownSites(collection.connection)
        for task in tasks:
            yield _extract_capture(collection, known, task)
        return
    first = next(tasks, None)
    if first is None:
        # Starting processes takes a second: not for nothing.
        return
    prepare = partial(_prepare_worker, collection.path)
    for task, answer in answer_in_order(chain([first], tasks), prepare, jobs=jobs):
        if isinstance(answer, Crash):
            yield _Outcome(capture_id=task.capture_id, word="failed", reason=answer.reason)
        else:
            yield answer


def _tasks(collection: Collection, profile_of: ProfileOf) -> Iterator[_Task]:
    profiles: dict[str, SiteProfile | None] = {}
    digests: dict[str, str | None] = {}
    last_id = 0
    while True:
        rows = collection.connection.execute(
            """
            select id, site
            from captures
            where outcome is null
              and id > ?
            order by id
            limit ?
            """,
            (last_id, _DRAWN_AT_ONCE),
        ).fetchall()
        if not rows:
            return
        for row in rows:
            if row["site"] not in profiles:
                profiles[row["site"]] = profile_of(row["site"])
                digests[row["site"]] = current_digest(collection.connection, row["site"])
            yield _Task(
                capture_id=row["id"],
                site=row["site"],
                profile=profiles[row["site"]],
                knowledge_digest=digests[row["site"]],
            )
        last_id = rows[-1]["id"]


def _prepare_worker(path: Path) -> Callable[[_Task], _Outcome]:
    collection = Collection.open(path, read_only=True)
    return partial(_extract_capture, collection, KnownSites(collection.connection))


def _extract_capture(collection: Collection, known: KnownSites, task: _Task) -> _Outcome:
    """Extract one capture; whatever goes wrong with the page or its WARC record is an outcome."""
    try:
        capture = _capture(collection.connection, task.capture_id)
        knowledge = known.get(task.site, task.knowledge_digest)
        article = extract(captured_page(collection, capture), task.profile, knowledge)
    except NotAnArticle as error:
        return _Outcome(capture_id=task.capture_id, word="not_article", reason=error.reason)
    except (DamagedWarc, IncompletePage, OSError) as error:
        return _Outcome(capture_id=task.capture_id, word="failed", reason=_one_line(error))
    except sqlite3.OperationalError:
        raise
    except Exception as error:  # a bug that one page brings out must not end the run
        return _failed(task.capture_id, error)
    return _Outcome(capture_id=task.capture_id, article=article)


def _failed(capture_id: int, error: Exception) -> _Outcome:
    return _Outcome(
        capture_id=capture_id,
        word="failed",
        reason=f"{type(error).__name__}: {_one_line(error)}",
        trace=traceback.format_exc(),
    )


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _capture(connection: sqlite3.Connection, capture_id: int) -> sqlite3.Row:
    row: sqlite3.Row = connection.execute(
        "select * from captures where id = ?", (capture_id,)
    ).fetchone()
    return row


def _store(
    collection: Collection, outcomes: Iterable[_Outcome], counts: ExtractionCounts
) -> ExtractionCounts:
    """Store a batch in one transaction; the counts with it."""
    with collection.transaction() as connection:
        for outcome in outcomes:
            counts = _store_outcome(connection, outcome, counts)
    return counts


def _store_outcome(
    connection: sqlite3.Connection, outcome: _Outcome, counts: ExtractionCounts
) -> ExtractionCounts:
    capture = _capture(connection, outcome.capture_id)
    stored = None
    if outcome.word == "not_article":
        store_no_article(connection, outcome.capture_id)
    elif outcome.article is not None:
        try:
            stored = _store_whole_or_not(connection, capture, outcome.article)
        except sqlite3.OperationalError:
            raise
        except Exception as error:  # a record that cannot be stored must not take its batch along
            outcome = _failed(outcome.capture_id, error)
    if outcome.word == "failed":
        logger.warning(
            "%s: not extracted (capture %d): %s%s",
            capture["url"],
            outcome.capture_id,
            outcome.reason,
            f"\n{outcome.trace}" if outcome.trace else "",
        )
    connection.execute(
        "update captures set outcome = ?, reason = ? where id = ?",
        (outcome.word, outcome.reason, outcome.capture_id),
    )
    return _count(counts, outcome, stored)


def _store_whole_or_not(
    connection: sqlite3.Connection, capture: sqlite3.Row, article: Article
) -> Stored:
    connection.execute("savepoint one_article")
    try:
        stored = store_article(connection, capture, article)
        _let_older_derivations_wait(connection, capture, article, stored.article_id)
    except sqlite3.OperationalError:
        # A full disk has rolled back everything already, this savepoint too.
        raise
    except Exception:
        connection.execute("rollback to one_article")
        connection.execute("release one_article")
        raise
    connection.execute("release one_article")
    return stored


def _let_older_derivations_wait(
    connection: sqlite3.Connection, capture: sqlite3.Row, article: Article, article_id: int
) -> None:
    """Have earlier captures of this article extracted anew where an older extractor read them.

    Otherwise nobody could say whether this capture shows a change of the page. Captures of the same
    site get the same profile and so the same derivation, which ends it.
    """
    connection.execute(
        """
        update captures
        set outcome = null, reason = ?
        where id in (
            select capture_id
            from observations
            where article_id = ?
              and derivation <> ?
        )
          and site = ?
          and outcome = 'article'
          and id <> ?
        """,
        (AGAIN, article_id, derivation_of(article.extractor), capture["site"], capture["id"]),
    )


def _count(counts: ExtractionCounts, outcome: _Outcome, stored: Stored | None) -> ExtractionCounts:
    return replace(
        counts,
        new_articles=counts.new_articles + (stored is not None and stored.is_new_article),
        new_versions=counts.new_versions + (stored is not None and stored.is_new_version),
        articles=counts.articles + (outcome.word == "article"),
        not_articles=counts.not_articles + (outcome.word == "not_article"),
        failed=counts.failed + (outcome.word == "failed"),
    )
