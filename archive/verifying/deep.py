"""Every article extracted again from its WARC record, and compared with the record that is stored.

What was made by another extractor or profile is not compared: it would differ rightly, and
`reextract` makes it anew. The work is done in processes of its own, as extraction is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from archive.captured_pages import IncompletePage, captured_page
from archive.collection import Collection
from archive.errors import DamagedWarc
from archive.extracting import ProfileOf
from archive.site_counts import held_knowledge
from archive.storing import derivation_of, knowledge_digest_in
from archive.texts import join_record, storable
from archive.verifying.faults import Fault
from archive.worker_processes import Crash, answer_in_order
from articles.extract import extract
from articles.page import NotAnArticle
from articles.profile import SiteProfile
from articles.record_json import RECORD_KEYS, record_to_json

Progress = Callable[[int, int], None]
"""Called with the captures compared so far and the number of all."""

# Known to the rows around a record, not to the page.
_OF_ROWS = frozenset({"capture", "version", "first_seen_at", "last_seen_at"})
_DRAWN_AT_ONCE = 200
_SHOWN = 120


def compare_records(
    collection: Collection,
    *,
    profile_of: ProfileOf,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Iterator[Fault]:
    """Every field in which a stored record differs from what its page shows today's extractor."""
    total = collection.connection.execute("select count(*) from observations").fetchone()[0]
    shown = str(collection.path / "archive.db")
    others = 0
    with closing(_compared(collection, profile_of, jobs)) as compared:
        for done, (task, answer) in enumerate(compared, start=1):
            if isinstance(answer, Crash):
                answer = _Compared(problem=answer.reason)
            others += answer.is_of_another_derivation
            if answer.problem is not None:
                yield _fault(shown, task, answer.problem, "the article that is stored")
            for field, stored, made in answer.differences:
                yield _fault(shown, task, f"{field} {stored}", f"{made} by the archived page")
            if progress is not None:
                progress(done, total)
    if others:
        yield Fault(
            file=shown,
            offset=None,
            kind="derivation",
            found=f"{others} records of another extractor or profile, not compared",
            expected="those of today; run `archiater reextract`",
            level="note",
        )


@dataclass(frozen=True, kw_only=True)
class _Task:
    capture_id: int
    url: str
    version: int | None
    """Of the article, that this capture shows."""
    profile: SiteProfile | None


@dataclass(frozen=True, kw_only=True)
class _Compared:
    differences: tuple[tuple[str, str, str], ...] = ()
    """Field, what is stored, what was made now."""
    problem: str | None = None
    is_of_another_derivation: bool = False


def _fault(shown: str, task: _Task, found: str, expected: str) -> Fault:
    where = f"{task.url} version {task.version} (capture {task.capture_id})"
    return Fault(
        file=shown, offset=None, kind="record", found=f"{where}: {found}", expected=expected
    )


def _compared(
    collection: Collection, profile_of: ProfileOf, jobs: int
) -> Generator[tuple[_Task, _Compared | Crash], None, None]:
    tasks = _tasks(collection, profile_of)
    if jobs <= 1:
        for task in tasks:
            yield task, _compare(collection, task)
        return
    yield from answer_in_order(tasks, partial(_prepare, collection.path), jobs=jobs)


def _tasks(collection: Collection, profile_of: ProfileOf) -> Iterator[_Task]:
    profiles: dict[str, SiteProfile | None] = {}
    last_id = 0
    while True:
        rows = collection.connection.execute(
            """
            select c.id, c.url, c.site, v.number
            from observations o
            join captures c on c.id = o.capture_id
            left join versions v
                on v.article_id = o.article_id
                and v.text_digest = o.text_digest
                and c.fetched_at between v.first_seen_at and v.last_seen_at
            where o.capture_id > ?
            group by c.id
            order by c.id
            limit ?
            """,
            (last_id, _DRAWN_AT_ONCE),
        ).fetchall()
        if not rows:
            return
        for row in rows:
            if row["site"] not in profiles:
                profiles[row["site"]] = profile_of(row["site"])
            yield _Task(
                capture_id=row["id"],
                url=row["url"],
                version=row["number"],
                profile=profiles[row["site"]],
            )
        last_id = rows[-1]["id"]


def _prepare(path: Path) -> Callable[[_Task], _Compared]:
    return partial(_compare, Collection.open(path, read_only=True))


def _compare(collection: Collection, task: _Task) -> _Compared:
    ask = collection.connection.execute
    capture = ask("select * from captures where id = ?", (task.capture_id,)).fetchone()
    held = ask(
        """
        select r.record, t.text, t.sections, o.derivation
        from observations o
        join records r on r.digest = o.record_digest
        join texts t on t.digest = o.text_digest
        where o.capture_id = ?
        """,
        (task.capture_id,),
    ).fetchone()
    if held is None:
        return _Compared(problem="an observation without a record or text")
    try:
        digest = knowledge_digest_in(held["derivation"])
        knowledge = held_knowledge(collection.connection, capture["site"], digest)
        article = extract(captured_page(collection, capture), task.profile, knowledge)
    except NotAnArticle as error:
        return _Compared(problem=f"no article ({error.reason})")
    except (DamagedWarc, IncompletePage, OSError) as error:
        return _Compared(problem=" ".join(str(error).split()))
    except sqlite3.OperationalError:
        raise
    except Exception as error:  # a bug that one page brings out must not end the run
        return _Compared(problem=f"{type(error).__name__}: {' '.join(str(error).split())}")
    if derivation_of(article.extractor) != held["derivation"]:
        return _Compared(is_of_another_derivation=True)
    made = storable(record_to_json(article))
    made["site"] = capture["site"]
    stored = join_record(held["record"], held["text"], held["sections"])
    return _Compared(
        differences=tuple(
            _difference(key, stored.get(key), made.get(key))
            for key in RECORD_KEYS
            if key not in _OF_ROWS and stored.get(key) != made.get(key)
        )
    )


def _difference(key: str, stored: Any, made: Any) -> tuple[str, str, str]:
    """A field and its two values, of a long text from a little before where they part."""
    if isinstance(stored, str) and isinstance(made, str):
        start = next(
            (at for at, (a, b) in enumerate(zip(stored, made, strict=False)) if a != b),
            min(len(stored), len(made)),
        )
        start = max(start - 20, 0)
        stored, made = stored[start : start + _SHOWN], made[start : start + _SHOWN]
    return key, _shortly(stored), _shortly(made)


def _shortly(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
