"""What a site's pages tell together: noted with each article, learned apart, applied on demand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from archive import extracting
from archive.collection import Collection
from archive.extracting import ExtractionCounts, extract_pending, reextract
from archive.importing import import_warcs
from archive.learning import apply_learned, learn, let_outdated_wait
from archive.reading import article_record, list_versions
from archive.site_counts import count_site, current_digest, held_knowledge
from archive.verifying.deep import compare_records
from articles.extract import extract
from articles.page import NotAnArticle, Page
from articles.profile import SiteProfile
from articles.record import Article
from articles.site_knowledge import SiteKnowledge
from tests.archive.conftest import Capture

SITE = "https://example.org"
DEBRIS = "forside og flade"
TOPICS = ("dengue", "measles", "asthma", "gout", "anaemia", "mumps", "rabies")


def page_about(topic: str, *, debris: str = DEBRIS, more: str = "") -> str:
    """A page of four paragraphs, with the template's debris in their midst."""
    parts = [
        f"<p>What people with {topic} ask most in part {part} is how long it will take, and the"
        f" honest answer about {topic} is that it depends on much.</p>"
        for part in "abcd"
    ]
    parts[2:2] = [f"<p>{debris}</p>{more}"]
    return f"<title>{topic}</title><main><h1>{topic}</h1>{''.join(parts)}</main>"


def no_profile(site: str) -> SiteProfile | None:
    return None


def run(collection: Collection, *, jobs: int = 1) -> ExtractionCounts:
    return extract_pending(collection, profile_of=no_profile, jobs=jobs)


def crawl(collection: Collection, capture: Capture, topics: Sequence[str], *, day: int = 0) -> None:
    """A crawl as it goes: pages captured, then extracted, then the site counted."""
    for topic in topics:
        capture(page_about(topic), f"{SITE}/{topic}", day=day)
    run(collection)
    learn(collection)


def text_of(collection: Collection, topic: str) -> str:
    return str(article_record(collection, f"{SITE}/{topic}")["text"])


def known(collection: Collection) -> SiteKnowledge | None:
    connection = collection.connection
    return held_knowledge(connection, "example.org", current_digest(connection, "example.org"))


def test_the_next_crawl_knows_what_this_one_learned(
    collection: Collection, capture: Capture
) -> None:
    crawl(collection, capture, TOPICS)
    assert DEBRIS in text_of(collection, "gout")

    crawl(collection, capture, ["lupus"], day=1)

    assert DEBRIS not in text_of(collection, "lupus")
    assert DEBRIS in text_of(collection, "gout")


def test_what_was_learned_is_no_change_of_a_page(collection: Collection, capture: Capture) -> None:
    crawl(collection, capture, TOPICS)

    crawl(collection, capture, TOPICS, day=7)

    for topic in TOPICS:
        [version] = list_versions(collection, f"{SITE}/{topic}")
        assert version["last_seen_at"].startswith("2026-01-08")
        assert DEBRIS not in text_of(collection, topic)


def test_a_change_of_the_text_is_seen_though_more_is_known_than_before(
    collection: Collection, capture: Capture
) -> None:
    crawl(collection, capture, TOPICS)

    capture(
        page_about("gout", more="<p>Gout comes back in most people.</p>"), f"{SITE}/gout", day=7
    )
    run(collection)

    assert [version["number"] for version in list_versions(collection, f"{SITE}/gout")] == [1, 2]


def test_reextraction_of_what_was_learned_reads_the_articles_it_may_change(
    collection: Collection, capture: Capture
) -> None:
    capture(page_about("lupus", debris="Lupus is rare."), f"{SITE}/lupus")
    crawl(collection, capture, TOPICS)

    counts = reextract(collection, profile_of=no_profile, only_learned=True)

    assert counts == ExtractionCounts(articles=len(TOPICS))
    assert not any(DEBRIS in text_of(collection, topic) for topic in TOPICS)
    assert all(len(list_versions(collection, f"{SITE}/{topic}")) == 1 for topic in TOPICS)


def test_reextraction_of_what_was_learned_ends(collection: Collection, capture: Capture) -> None:
    crawl(collection, capture, TOPICS)
    reextract(collection, profile_of=no_profile, only_learned=True)

    assert reextract(collection, profile_of=no_profile, only_learned=True) == ExtractionCounts()


def state(collection: Collection) -> list[tuple[Any, ...]]:
    """All that extraction made, by what is the same in every database."""
    connection = collection.connection
    articles = connection.execute(
        """
        select a.url, a.version, o.text_digest, o.record_digest, o.derivation, f.sketch, f.keys
        from articles a
        join observations o on o.capture_id = a.capture_id
        join fingerprints f on f.id = o.fingerprint_id
        order by a.url
        """
    )
    rows = connection.execute("select site, digest, is_current, texts, counts from site_knowledge")
    return [tuple(row) for row in [*articles, *rows]]


@pytest.mark.parametrize(("seed", "jobs"), [(1, 1), (2, 1), (3, 2)])
def test_records_made_anew_are_the_same_in_whatever_order_the_pages_came(
    collection: Collection, capture: Capture, tmp_path: Path, seed: int, jobs: int
) -> None:
    topics = [*TOPICS, "lupus", "cholera"]
    crawl(collection, capture, topics)
    crawl(collection, capture, ["gout"], day=3)
    reextract(collection, profile_of=no_profile, from_start=True)
    files = sorted(collection.warcs.iterdir())
    random.Random(seed).shuffle(files)  # noqa: S311 - an order, no secret

    with Collection.create(tmp_path / "again") as again:
        for file in files:
            import_warcs(again, [file], site_of=lambda url: "example.org")
        run(again, jobs=jobs)
        apply_learned(again)
        run(again, jobs=jobs)

        assert state(again) == state(collection)


def test_versions_of_one_article_count_once(collection: Collection, capture: Capture) -> None:
    for day in range(9):
        capture(page_about("gout", more=f"<p>Gout, day {day}.</p>"), f"{SITE}/gout", day=day)
    run(collection)

    learn(collection)

    assert known(collection) is None


def test_the_template_of_before_a_redesign_is_still_known(
    collection: Collection, capture: Capture
) -> None:
    crawl(collection, capture, TOPICS)
    for topic in TOPICS:
        capture(page_about(topic, debris="cikkajánló és hírek"), f"{SITE}/{topic}", day=1)
    run(collection)

    reextract(collection, profile_of=no_profile, from_start=True)

    assert all(len(list_versions(collection, f"{SITE}/{topic}")) == 1 for topic in TOPICS)


def test_pages_that_are_gone_count_no_more(collection: Collection, capture: Capture) -> None:
    crawl(collection, capture, TOPICS)
    assert known(collection) is not None

    for topic in TOPICS[:4]:
        capture("", f"{SITE}/{topic}", day=2, status="404 Not Found")
    run(collection)
    learn(collection)

    assert known(collection) is None


def test_a_page_that_is_no_article_any_more_counts_no_more(
    collection: Collection, capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl(collection, capture, TOPICS)
    assert known(collection) is not None

    def refuse(page: Page, profile: SiteProfile | None, knowledge: SiteKnowledge | None) -> Article:
        if page.url.endswith(TOPICS[:4]):
            raise NotAnArticle("a list of links")
        return extract(page, profile, knowledge)

    monkeypatch.setattr(extracting, "extract", refuse)
    reextract(collection, profile_of=no_profile)

    assert known(collection) is None


def test_a_record_that_cannot_be_stored_leaves_nothing_to_count(
    collection: Collection, capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(extracting, "_let_older_derivations_wait", fail)
    capture(page_about("gout"), f"{SITE}/gout")

    assert run(collection).failed == 1

    assert state(collection) == []


def test_what_would_change_nothing_is_put_off_until_records_are_made_again(
    collection: Collection, capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl(collection, capture, TOPICS)
    # As of a site that is so large that a twentieth of its articles is many.
    monkeypatch.setattr("archive.learning._WORTH_IT", 1)
    for topic in ("lupus", "cholera", "leprosy", "zika", "scurvy", "beriberi"):
        box = "<div class=k>Den redaktionella kommittén valde detta.</div>"
        capture(page_about(topic, more=box), f"{SITE}/{topic}", day=1)
    run(collection)

    [put_off] = learn(collection)
    reextract(collection, profile_of=no_profile)

    held = known(collection)
    assert not put_off.is_new
    assert held is not None
    assert len(held.counts) == put_off.blocks + 1


def test_learning_is_one_step_even_while_articles_are_stored(
    collection: Collection, capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for topic in TOPICS:
        capture(page_about(topic), f"{SITE}/{topic}")
    run(collection)
    capture(page_about("lupus"), f"{SITE}/lupus")

    def count_while_another_is_stored(connection: Any, site: str) -> SiteKnowledge | None:
        found = count_site(connection, site)
        with Collection.open(collection.path) as other:
            run(other)
        return found

    monkeypatch.setattr("archive.learning.count_site", count_while_another_is_stored)
    learn(collection)
    monkeypatch.undo()

    # Lupus came too late to be counted; that it did not is not forgotten.
    [learned] = learn(collection)
    assert learned.site == "example.org"
    held = known(collection)
    assert held is not None
    assert held.texts == len(TOPICS) + 1


def test_deep_verification_compares_by_what_was_known_then(
    collection: Collection, capture: Capture
) -> None:
    crawl(collection, capture, TOPICS)
    crawl(collection, capture, ["lupus"], day=1)
    let_outdated_wait(collection, "lupus.example")

    assert list(compare_records(collection, profile_of=no_profile)) == []


def test_knowledge_that_no_record_names_is_forgotten(
    collection: Collection, capture: Capture
) -> None:
    crawl(collection, capture, TOPICS)
    reextract(collection, profile_of=no_profile)
    for topic in TOPICS:
        box = "<div class=k>Den redaktionella kommittén valde detta.</div>"
        capture(page_about(topic, more=box), f"{SITE}/{topic}", day=2)
    run(collection)

    reextract(collection, profile_of=no_profile)

    [row] = collection.connection.execute("select is_current from site_knowledge")
    assert row["is_current"]
