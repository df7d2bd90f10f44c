from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from archive import extracting
from archive.collection import Collection
from archive.extracting import (
    ExtractionCounts,
    NoCaptures,
    count_to_make_again,
    extract_pending,
    reextract,
)
from archive.learning import learn
from archive.reading import article_record, list_versions
from articles.extract import extract
from articles.page import NotAnArticle, Page
from articles.profile import SiteProfile
from articles.record import Article, Derivation, Reference

URL = "https://example.org/fever"

Capture = Callable[..., None]
MakePage = Callable[..., str]
MakeArticle = Callable[..., Article]


def no_profile(site: str) -> SiteProfile | None:
    return None


def outcomes(collection: Collection) -> list[tuple[str | None, str | None]]:
    found = collection.connection.execute("select outcome, reason from captures order by id")
    return [(row["outcome"], row["reason"]) for row in found]


def run(collection: Collection, **options: Any) -> ExtractionCounts:
    return extract_pending(collection, profile_of=no_profile, **options)


def test_a_captured_page_becomes_an_article(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    capture(a_page("Take 400 mg."))

    counts = run(collection)

    assert counts == ExtractionCounts(new_articles=1, articles=1)
    assert outcomes(collection) == [("article", None)]
    record = article_record(collection, URL)
    assert record["title"] == "Fever"
    assert record["text"].startswith("Take 400 mg.")
    assert record["capture"]["warc_file"].endswith(".warc.gz")


def test_what_was_extracted_is_not_extracted_again(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    capture(a_page("Rest."))
    run(collection)

    assert run(collection) == ExtractionCounts()


def test_a_second_crawl_of_an_unchanged_page_adds_nothing(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    capture(a_page("Rest."))
    run(collection)
    capture(a_page("Rest."), day=7)

    counts = run(collection)

    assert counts == ExtractionCounts(articles=1)
    [version] = list_versions(collection, URL)
    assert version["last_seen_at"].startswith("2026-01-08")


def test_a_page_without_an_article_says_why(collection: Collection, capture: Capture) -> None:
    capture("<title>Login</title>")

    counts = run(collection)

    assert counts == ExtractionCounts(not_articles=1)
    [(outcome, reason)] = outcomes(collection)
    assert outcome == "not_article"
    assert reason


def test_a_damaged_warc_record_fails_its_capture_alone(
    collection: Collection, capture: Capture, a_page: MakePage, caplog: pytest.LogCaptureFixture
) -> None:
    capture(a_page("One."), URL + "/1")
    capture(a_page("Two."), URL + "/2")
    first, _ = sorted(collection.warcs.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    [row] = collection.connection.execute(
        "select offset from captures c join warc_files w on w.id = warc_file_id where name = ?",
        (first.name,),
    )
    damaged = bytearray(first.read_bytes())
    damaged[row["offset"] + 40] ^= 0xFF
    first.write_bytes(damaged)

    counts = run(collection)

    assert (counts.articles, counts.failed) == (1, 1)
    assert "not extracted (capture" in caplog.text


def test_a_bug_in_extraction_fails_its_capture_and_is_logged_with_its_place(
    collection: Collection,
    capture: Capture,
    a_page: MakePage,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(page: Page, profile: SiteProfile | None, knowledge: object) -> Article:
        raise ZeroDivisionError("a bug\non two lines")

    monkeypatch.setattr(extracting, "extract", fail)
    capture(a_page("Rest."))

    run(collection)

    assert outcomes(collection) == [("failed", "ZeroDivisionError: a bug on two lines")]
    assert "Traceback" in caplog.text


def test_a_record_that_cannot_be_stored_does_not_take_its_batch_along(
    collection: Collection,
    capture: Capture,
    make_article: MakeArticle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Its row is written already when the number that does not fit is found.
    unfit = (Reference(text="A study", pmid=cast("str", 2**70)),)
    made = iter([make_article(url=URL + "/1", references=unfit), make_article()])
    monkeypatch.setattr(extracting, "extract", lambda page, profile, knowledge: next(made))
    capture("", URL + "/1")
    capture("", URL)

    counts = run(collection)

    assert (counts.articles, counts.failed) == (1, 1)
    found = collection.connection.execute("select url from articles").fetchall()
    assert [row["url"] for row in found] == [URL]


def test_extraction_stops_after_the_batch_in_which_it_is_asked_to(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    for number in range(5):
        capture(a_page("Rest."), f"{URL}/{number}")
    seen: list[int] = []

    run(
        collection,
        batch=2,
        progress=lambda counts: seen.append(counts.captures),
        should_stop=lambda: len(seen) == 2,
    )

    assert seen == [2, 4]
    assert [outcome for outcome, _ in outcomes(collection)] == ["article"] * 4 + [None]


def test_worker_processes_come_to_the_same_records(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    for number in range(12):
        capture(a_page(f"Rest {number} days."), f"{URL}/{number}")
    capture("no article")

    counts = run(collection, jobs=2, batch=5)

    assert counts == ExtractionCounts(new_articles=12, articles=12, not_articles=1)
    urls = [
        row["url"] for row in collection.connection.execute("select url from articles order by id")
    ]
    assert urls == [f"{URL}/{number}" for number in range(12)]


@contextmanager
def extractor(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[Article], Article]
) -> Iterator[None]:
    """The real extractor, with something changed in what it gives."""
    with monkeypatch.context() as patched:
        patched.setattr(
            extracting,
            "extract",
            lambda page, profile, knowledge: change(extract(page, profile, knowledge)),
        )
        yield


def better(article: Article, *, version: str = "2") -> Article:
    """The article as another extractor reads it: without the word that every text begins with."""
    from dataclasses import replace

    from articles.digests import text_digest

    text = article.text.removeprefix("Ad. ")
    return replace(
        article,
        text=text,
        text_digest=text_digest(text),
        extractor=Derivation(version=version, route="blocks", confidence=1.0),
    )


def test_a_better_extractor_makes_earlier_captures_wait_again(
    collection: Collection, capture: Capture, a_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture(a_page("Ad. Rest."), day=0)
    run(collection)
    capture(a_page("Rest."), day=1)

    with extractor(monkeypatch, better):
        counts = run(collection)

    assert counts.articles == 2
    [version] = list_versions(collection, URL)
    assert version["captures"] == 2


def test_reextraction_makes_every_record_again_and_no_version(
    collection: Collection, capture: Capture, a_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture(a_page("Ad. Rest."), day=0)
    capture(a_page("Ad. Drink."), day=1)
    capture("no article", URL + "/none")
    run(collection)

    with extractor(monkeypatch, better):
        counts = reextract(collection, profile_of=no_profile)

    assert (counts.captures, counts.articles) == (3, 2)
    texts = [
        article_record(collection, URL, version=number)["text"].split(".")[0] for number in (1, 2)
    ]
    assert texts == ["Rest", "Drink"]
    held = collection.connection.execute(
        "select (select count(*) from texts), (select count(*) from records)"
    ).fetchone()
    assert tuple(held) == (2, 2)


def test_reextraction_with_the_same_extractor_changes_no_record(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    for day, text in enumerate(("Rest.", "Drink.", "Rest.")):
        capture(a_page(text), day=day)
    run(collection)
    # Counting what was extracted, as the end of a crawl does.
    learn(collection)
    before = dump(collection)

    reextract(collection, profile_of=no_profile)

    assert dump(collection) == before


def dump(collection: Collection) -> list[str]:
    return list(collection.connection.iterdump())


def test_a_reextraction_that_was_ended_goes_on_where_it_was(
    collection: Collection, capture: Capture, a_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        capture(a_page("Ad. Rest."), f"{URL}/{number}")
    run(collection)

    with extractor(monkeypatch, better):
        # Ended as a kill would do it, with the first capture done.
        with collection.transaction() as connection:
            connection.execute(
                "update captures set outcome = null, reason = 'reextract' where id > 1"
            )
        still_there = article_record(collection, f"{URL}/2")["text"]
        left = count_to_make_again(collection)
        counts = reextract(collection, profile_of=no_profile)

    assert still_there.startswith("Ad. Rest.")
    assert left == 2
    assert counts.captures == 2
    assert article_record(collection, f"{URL}/2")["text"].startswith("Rest.")


def reextract_until_killed(path: Path) -> None:
    """Make the records again, and die without a word after the second of them."""
    with Collection.open(path) as collection:
        reextract(
            collection,
            profile_of=lambda site: SiteProfile(site=site, publisher="Known by its profile"),
            batch=1,
            progress=lambda counts: (
                os.kill(os.getpid(), signal.SIGKILL) if counts.captures == 2 else None
            ),
        )


def test_a_reextraction_that_is_killed_loses_nothing(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    for number in range(4):
        capture(a_page("Rest."), f"{URL}/{number}")
    run(collection)
    process = multiprocessing.get_context("spawn").Process(
        target=reextract_until_killed, args=(collection.path,)
    )

    process.start()
    process.join()
    after_kill = [article_record(collection, id_)["publisher"] for id_ in range(1, 5)]
    counts = reextract(collection, profile_of=lambda site: SiteProfile(site=site, publisher="New"))

    assert process.exitcode == -signal.SIGKILL
    assert after_kill == ["Known by its profile"] * 2 + [None] * 2
    assert counts.captures == 2
    assert article_record(collection, 4)["publisher"] == "New"


def test_extraction_works_beside_a_process_that_writes(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    for number in range(3):
        capture(a_page("Rest."), f"{URL}/{number}")
    later: list[str] = []

    def record_more(counts: ExtractionCounts) -> None:
        # Another connection, as the crawl's process has one, writes between two batches.
        with Collection.open(collection.path) as other, other.transaction() as connection:
            if not later:
                later.append("x")
                connection.execute(
                    """
                    insert into captures (
                        warc_file_id, offset, length, record_id, record_type, site, url, fetched_at
                    )
                    values (1, 999999, 1, '', 'response', 'example.org', 'https://x.org/', '2026')
                    """
                )

    counts = run(collection, batch=2, progress=record_more)

    assert (counts.articles, counts.failed) == (3, 1)


def test_reextraction_of_one_site_leaves_the_others(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    capture(a_page("Rest."), URL + "/1")
    capture(a_page("Rest."), URL + "/2")
    run(collection)
    with collection.transaction() as connection:
        connection.execute("update captures set site = 'other.org' where id = 2")

    counts = reextract(collection, profile_of=no_profile, site="other.org")

    assert counts.captures == 1
    with pytest.raises(NoCaptures, match=r"no captures of a site 'unknown\.org'"):
        reextract(collection, profile_of=no_profile, site="unknown.org")


def test_a_capture_that_cannot_be_read_again_keeps_its_record(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    capture(a_page("Rest."))
    run(collection)
    for path in collection.warcs.iterdir():
        path.unlink()

    counts = reextract(collection, profile_of=no_profile)

    assert counts.failed == 1
    assert article_record(collection, URL)["text"].startswith("Rest.")


def test_a_page_that_is_no_article_any_more_leaves_the_collection(
    collection: Collection, capture: Capture, a_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(page: Page, profile: SiteProfile | None, knowledge: object) -> Article:
        raise NotAnArticle("a list of links")

    capture(a_page("Rest."))
    run(collection)
    monkeypatch.setattr(extracting, "extract", refuse)

    reextract(collection, profile_of=no_profile)

    assert collection.connection.execute("select count(*) from articles").fetchone()[0] == 0


def test_a_profile_is_asked_for_once_a_site(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    asked: list[str] = []

    def profile_of(site: str) -> SiteProfile | None:
        asked.append(site)
        return SiteProfile(site=site, publisher="Example Health")

    for number in range(3):
        capture(a_page("Rest."), f"{URL}/{number}")

    extract_pending(collection, profile_of=profile_of)

    assert asked == ["example.org"]
    assert article_record(collection, f"{URL}/0")["publisher"] == "Example Health"
