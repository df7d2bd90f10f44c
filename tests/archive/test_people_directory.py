from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import people_directory, schema
from archive.collection import Collection
from archive.people import replace_credits
from archive.people_deciding import UndecidablePeople, merge_people, part_people
from archive.people_directory import count_unsettled, settle
from archive.people_reading import UnknownPerson, find_person, list_people, read_person
from archive.storing import store_article
from articles.record import Article, Contributor

MakeArticle = Callable[..., Article]
AddCapture = Callable[..., Any]

NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Directory:
    """A collection of articles given as site and names: `shows(1, "a.org", "Jane Roe, MD")`."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.connection = collection.connection

    def shows(self, article: int, site: str, *people: str | dict[str, Any]) -> None:
        with self.collection.transaction() as connection:
            connection.execute(
                "insert into warc_files values (1, 'x', 'sealed', 'crawl', 0, null, null, '', null)"
                " on conflict do nothing"
            )
            connection.execute(
                """
                insert into captures (id, warc_file_id, offset, length, record_id, record_type,
                    site, url, fetched_at)
                values (?1, 1, ?1, 1, 'r', 'response', ?2, ?1, '') on conflict do nothing
                """,
                (article, site),
            )
            connection.execute(
                """
                insert into articles (id, url, site, language, review_status, word_count, version,
                    capture_id, first_seen_at, last_seen_at)
                values (?1, ?1, ?2, 'en', 'named', 9, 1, ?1, '2026-01-01', '2026-01-01')
                on conflict do nothing
                """,
                (article, site),
            )
            replace_credits(connection, article, [contributor(person) for person in people])

    def ids(self) -> list[tuple[int, str, str]]:
        """Of each credit: the person's id, the site, the spelling."""
        rows = self.connection.execute(
            """
            select c.person_id, a.site, c.name
            from credits c
            join articles a on a.id = c.article_id
            order by a.id, c.position
            """
        )
        return [tuple(row) for row in rows]

    def groups(self) -> set[frozenset[tuple[str, str]]]:
        """Sites with names that are one person, whatever the ids."""
        found: dict[int, set[tuple[str, str]]] = {}
        for number, site, name in self.ids():
            found.setdefault(number, set()).add((site, name))
        return {frozenset(group) for group in found.values()}

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        tables = ("people", "site_people", "person_links", "person_aliases", "common_handles")
        return {
            table: [tuple(row) for row in self.connection.execute(f"select * from {table}")]  # noqa: S608
            for table in (*tables, "person_handles", "credits")
        }


def contributor(person: str | dict[str, Any]) -> dict[str, Any]:
    given = {"name": person} if isinstance(person, str) else dict(person)
    name, *credentials = given["name"].split(", ")
    return {
        "kind": "person",
        "role": "author",
        "specialty": None,
        "affiliation": None,
        "profile_url": None,
        "licence": None,
        "credentials": credentials,
        **given,
        "name": name,
    }


@pytest.fixture
def directory(collection: Collection) -> Directory:
    return Directory(collection)


def test_one_person_of_two_sites_has_one_id_and_the_reason_stands_beside(
    directory: Directory,
) -> None:
    directory.shows(1, "a.org", "Jane Roe, MD")
    directory.shows(2, "b.org", "Dr. Jane Roe, MD", "Bo Penn")

    settle(directory.collection)

    assert directory.ids() == [
        *[(1, "a.org", "Jane Roe"), (1, "b.org", "Dr. Jane Roe")],
        (3, "b.org", "Bo Penn"),
    ]
    person = read_person(directory.collection, 2)
    assert (person["id"], person["aliases"], person["articles"]) == (1, [2], 2)
    assert [merge["reason"] for merge in person["merges"]] == ["same name, both physician"]


def test_settling_again_changes_nothing(directory: Directory) -> None:
    for number, site in enumerate(("a.org", "b.org", "c.org"), start=1):
        directory.shows(number, site, "Jane Roe, MD", "Jane R. Roe, MD", "Bo Penn")
    settle(directory.collection)
    before = directory.everything()

    with directory.collection.transaction() as connection:
        connection.execute("update people_rules set version = 'older'")
    assert count_unsettled(directory.collection) == 9
    settle(directory.collection)

    assert directory.everything() == before
    assert settle(directory.collection) == 0


def test_an_id_stays_when_another_article_comes(directory: Directory) -> None:
    directory.shows(1, "b.org", "Jane Roe, MD")
    directory.shows(2, "c.org", "Bo Penn")
    settle(directory.collection)

    directory.shows(3, "a.org", "Jane Roe, MD")
    directory.shows(4, "b.org", "JANE ROE")
    settle(directory.collection)

    assert [number for number, _, _ in directory.ids()] == [1, 2, 1, 1]


def test_an_id_stays_when_the_site_that_brought_it_names_nobody_any_more(
    directory: Directory,
) -> None:
    directory.shows(1, "a.org", "Jane Roe, MD")
    directory.shows(2, "b.org", "Jane Roe, MD")
    directory.shows(3, "c.org", "Jane Roe, MD")
    settle(directory.collection)

    directory.shows(1, "a.org")
    directory.shows(2, "b.org")
    settle(directory.collection)

    assert directory.ids() == [(1, "c.org", "Jane Roe")]
    assert find_person(directory.collection, 2)["id"] == 1


def test_a_person_without_credits_is_gone_with_its_ids(directory: Directory) -> None:
    directory.shows(1, "a.org", "Jane Roe")
    directory.shows(2, "b.org", "Jane Roe")
    settle(directory.collection)

    for number, site in ((1, "a.org"), (2, "b.org")):
        directory.shows(number, site)
    settle(directory.collection)

    assert all(rows == [] for rows in directory.everything().values())
    with pytest.raises(UnknownPerson, match="no person 1"):
        find_person(directory.collection, 1)
    directory.shows(1, "a.org", "Ann Author")
    assert directory.ids() == [(3, "a.org", "Ann Author")]


def test_what_turns_out_to_be_two_people_is_parted_and_each_has_its_id(
    directory: Directory,
) -> None:
    directory.shows(1, "a.org", "Jane Roe, MD")
    directory.shows(2, "b.org", "Jane Roe")
    settle(directory.collection)
    assert {number for number, _, _ in directory.ids()} == {1}

    directory.shows(3, "b.org", "Jane Roe, RD")
    settle(directory.collection)

    assert [number for number, _, _ in directory.ids()] == [1, 2, 2]
    [candidate] = read_person(directory.collection, 1)["candidates"]
    assert candidate["against"] == "MD against RD"


def test_a_merge_of_a_third_gives_no_two_persons_one_id(directory: Directory) -> None:
    directory.shows(1, "a.org", "Ann Roe, MD")
    directory.shows(2, "b.org", "Jane Roe")
    directory.shows(3, "c.org", "Jane Roe")
    settle(directory.collection)

    merge_people(directory.collection, 1, 2, now=NOW)
    part_people(directory.collection, 2, 3, now=NOW)
    part_people(directory.collection, 1, 2, now=NOW)

    assert [number for number, _, _ in directory.ids()] == [1, 2, 3]


def test_decisions_outlive_new_rules_and_records_made_again(directory: Directory) -> None:
    directory.shows(1, "a.org", "Jane Roe, MD")
    directory.shows(2, "b.org", "Jane Roe, RD")
    directory.shows(3, "b.org", "Bo Penn")
    directory.shows(4, "a.org", "Bo Penn")
    settle(directory.collection)
    merge_people(directory.collection, 1, 2, now=NOW)
    part_people(directory.collection, 3, 4, now=NOW)
    merged = {frozenset({("a.org", "Jane Roe"), ("b.org", "Jane Roe")})}

    directory.shows(2, "b.org")
    directory.shows(4, "a.org")
    settle(directory.collection)
    directory.shows(2, "b.org", "Jane Roe, RD")
    directory.shows(4, "a.org", "Bo Penn")
    settle(directory.collection)

    bos = {frozenset({("b.org", "Bo Penn")}), frozenset({("a.org", "Bo Penn")})}
    assert directory.groups() == merged | bos


def test_a_merge_by_hand_takes_whole_persons(directory: Directory) -> None:
    for number, site in enumerate("abc", start=1):
        directory.shows(number, f"{site}.org", "Jane Roe, MD")
    directory.shows(4, "d.org", "Jane Roe, RD")
    directory.shows(5, "e.org", "Jane Roe, RDN")
    settle(directory.collection)
    before = directory.groups()

    merge_people(directory.collection, 4, 3, now=NOW)
    merged = directory.groups()
    with pytest.raises(UndecidablePeople, match="one person already"):
        merge_people(directory.collection, 1, 5, now=NOW)
    part_people(directory.collection, 1, 4, now=NOW)

    assert len(before) == 2
    assert len(merged) == 1
    assert ("d.org", "Jane Roe") not in next(
        g for g in directory.groups() if ("a.org", "Jane Roe") in g
    )


def test_a_name_on_too_many_sites_is_merged_by_it_no_longer(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.same_person.MOST_ALIKE", 3)
    for number in range(1, 4):
        directory.shows(number, f"{number}.org", "Jane Roe")
    settle(directory.collection)
    few = len(directory.groups())

    directory.shows(4, "4.org", "Jane Roe")
    settle(directory.collection)
    many = len(directory.groups())
    directory.shows(2, "2.org")
    settle(directory.collection)

    assert (few, many, len(directory.groups())) == (1, 4, 1)


NAMES = ["Jane Roe, MD", "Jane Roe", "Jane Roe, RD", "Jane R. Roe, MD", "Roe, Jane", "Bo Penn"]
shown = st.tuples(
    st.integers(1, 5), st.sampled_from("abc"), st.lists(st.sampled_from(NAMES), max_size=2)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(shown, max_size=10), st.integers(1, 4))
def test_settled_by_steps_or_at_once_the_same_are_one(steps: list[Any], every: int) -> None:
    """Whatever came and went between: ids may differ, who is one and why may not."""

    def outcome(every: int, at_once: int) -> Any:
        with (
            tempfile.TemporaryDirectory() as folder,
            Collection.create(Path(folder)) as collection,
        ):
            directory = Directory(collection)
            for number, (article, site, names) in enumerate(steps, start=1):
                directory.shows(article * 10 + ord(site), f"{site}.org", *names)
                if number % every == 0:
                    settle(collection, at_once=at_once)
            settle(collection, at_once=at_once)
            people = list(collection.connection.execute("select id from people"))
            assert len(people) == len(directory.groups())
            links = collection.connection.execute(
                """
                select s.name_key, s.site, t.name_key, t.site, l.strength, l.reason
                from person_links l
                join site_people s on s.id = l.one
                join site_people t on t.id = l.other
                """
            )
            return directory.groups(), {
                (frozenset({tuple(row)[:2], tuple(row)[2:4]}), *tuple(row)[4:]) for row in links
            }

    assert outcome(every, 1) == outcome(100, 2000)


def an_older_collection(path: Path, monkeypatch: pytest.MonkeyPatch) -> Collection:
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", schema.STEPS[:2])
        patched.setattr(schema, "VERSION", 2)
        return Collection.create(path)


def fill_as_the_older_did(connection: sqlite3.Connection) -> None:
    connection.executescript(
        """
        insert into warc_files values (1, 'x', 'sealed', 'crawl', 0, null, null, '', null);
        insert into people values (1, 'dr jane roe', 'Dr Jane Roe', 'person');
        insert into people values (4, 'jane roe', 'Jane Roe', 'person');
        insert into people values (7, 'org:mayo clinic', 'Mayo Clinic', 'org');
        insert into records values ('r', '{"contributors": [
            {"profile_url": "https://a.org/jane-roe", "licence": "CRM 12345"}, {}]}');
        insert into texts values ('t', 'x', '[]');
        """
    )
    for number, site in ((1, "a.org"), (2, "b.org")):
        connection.execute(
            "insert into captures (id, warc_file_id, offset, length, record_id, record_type, site,"
            " url, fetched_at) values (?1, 1, ?1, 1, 'r', 'response', ?2, ?1, '')",
            (number, site),
        )
        connection.execute(
            "insert into articles (id, url, site, review_status, word_count, version, capture_id,"
            " first_seen_at, last_seen_at) values (?1, ?1, ?2, 'named', 9, 1, ?1, '', '')",
            (number, site),
        )
        connection.execute(
            "insert into observations (capture_id, article_id, fetched_at, text_digest,"
            " record_digest, derivation) values (?1, ?1, '', 't', 'r', '1')",
            (number,),
        )
    connection.executemany(
        "insert into credits values (?, ?, ?, ?, ?, '[]', null, null)",
        [
            *[(1, 4, "author", 0, "Jane Roe"), (1, 7, "reviewer", 1, "Mayo Clinic")],
            *[(2, 1, "author", 0, "Dr Jane Roe"), (2, 7, "reviewer", 1, "Mayo Clinic")],
        ],
    )


def test_an_older_database_keeps_its_people_credits_and_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with an_older_collection(tmp_path, monkeypatch) as older, older.transaction() as connection:
        fill_as_the_older_did(connection)

    with Collection.open(tmp_path, read_only=True) as unread:
        assert count_unsettled(unread) is None
    with Collection.open(tmp_path) as collection:
        directory = Directory(collection)
        credited = directory.ids()
        [violations] = [collection.connection.execute("pragma foreign_key_check").fetchall()]
        profile = collection.connection.execute(
            "select profile_url, licence from credits where article_id = 1 and position = 0"
        ).fetchone()
        settle(collection)
        total, people = list_people(collection)

    assert credited == [
        *[(4, "a.org", "Jane Roe"), (7, "a.org", "Mayo Clinic")],
        *[(1, "b.org", "Dr Jane Roe"), (7, "b.org", "Mayo Clinic")],
    ]
    assert violations == []
    assert tuple(profile) == ("https://a.org/jane-roe", "CRM 12345")
    assert (total, [(row["id"], row["name"]) for row in people]) == (
        2,
        [(1, "Dr Jane Roe"), (7, "Mayo Clinic")],
    )


def test_a_stored_article_brings_its_profile_urls(
    collection: Collection, make_article: MakeArticle, add_capture: AddCapture
) -> None:
    url = "https://example.org/people/rhea"
    by = (Contributor(role="author", name="Rhea Viewer", profile_url=url),)
    capture = add_capture()
    with collection.transaction() as connection:
        store_article(connection, capture, make_article(contributors=by))

    settle(collection)

    person = read_person(collection, 1)
    assert person["credits"][0]["profile_url"] == url
    assert person["spellings"][0]["first_seen_in"] == "https://example.org/fever"


def test_rules_of_another_version_have_all_looked_at_again(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory.shows(1, "a.org", "Jane Roe", "Bo Penn")
    settle(directory.collection)

    monkeypatch.setattr(people_directory, "_VERSION", "newer")
    assert settle(directory.collection) == 2
    assert settle(directory.collection) == 0
