"""The main job, as an operator does it: crawl, crawl again, query, lose the database, import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archiater.demo import DemoServer, expected_articles, site_file_text
from archiater.demo.editions import changed_paths
from archive.collection import Collection
from archive.warc_members import Member, scan_members
from archive.warc_reading import parse_record

# One crawl of the three takes a few seconds: all tests of this file share them in one process.
pytestmark = pytest.mark.xdist_group("end-to-end")


@dataclass(frozen=True, kw_only=True)
class Crawled:
    """A collection after three crawls of the sample site: twice unchanged, once changed."""

    folder: Path
    base: str
    crawls: tuple[dict[str, Any], ...]

    def run(self, *arguments: str) -> str:
        return archiater(self.folder, *arguments)

    def articles(self) -> list[dict[str, Any]]:
        return exported(self.folder)


def archiater(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "archiater", "-C", str(folder), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def exported(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archiater(folder, "export", "jsonl", "-").splitlines()]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("end-to-end") / "c"
    (folder / "sites").mkdir(parents=True)
    with DemoServer() as server:
        (folder / "sites" / "demo.toml").write_text(site_file_text(server.url), "utf-8")
        crawls = []
        for edition in (1, 1, 2):
            server.edition = edition
            crawls += json.loads(archiater(folder, "crawl", "demo", "--json"))
        yield Crawled(folder=folder, base=server.url.rstrip("/"), crawls=tuple(crawls))


def test_every_article_of_the_site_has_its_record(crawled: Crawled) -> None:
    paths = {row["url"].removeprefix(crawled.base) for row in crawled.articles()}

    assert {article.path for article in expected_articles()} <= paths


def test_a_second_crawl_of_an_unchanged_site_adds_no_version_and_no_article(
    crawled: Crawled,
) -> None:
    counts = crawled.crawls[1]["counts"]

    assert counts["articles"] > 60
    assert counts["new_articles"] == 0
    assert counts["new_versions"] == 0


def test_a_second_crawl_of_an_unchanged_site_keeps_no_payload_twice(crawled: Crawled) -> None:
    with Collection.open(crawled.folder, read_only=True) as collection:
        rows = collection.connection.execute(
            """
            select count(*) as captures, count(distinct payload_digest) as payloads
            from captures
            where record_type = 'response' and status = 200 and payload_bytes > 1024
            """
        ).fetchone()
        repeated = collection.connection.execute(
            "select count(*) from captures where crawl_id = 2 and record_type = 'revisit'"
        ).fetchone()

    assert rows["captures"] == rows["payloads"]
    assert repeated[0] > 60


def test_each_file_says_what_wrote_it_and_by_which_settings(crawled: Crawled) -> None:
    told = []
    for path in sorted((crawled.folder / "warcs").iterdir()):
        with path.open("rb") as file:
            first = next(scan_members(file))
        assert isinstance(first, Member)
        record = parse_record(first.data)
        assert record is not None
        told.append(dict(line.split(": ", 1) for line in record.block.decode().splitlines()))
        assert record.field("WARC-Filename") == path.name

    for info in told:
        assert {"software", "robots", "isPartOf", "format", "conformsTo"} <= set(info)
        assert "scrapy/" in info["software"]
        assert info["isPartOf"] == info["archiater-site"] == "demo"
    assert len({info["archiater-settings-digest"] for info in told}) == 1


def test_exactly_the_changed_texts_are_new_versions(crawled: Crawled) -> None:
    changed = {
        row["url"].removeprefix(crawled.base) for row in crawled.articles() if row["version"] > 1
    }

    assert changed == set(changed_paths("text_edited", "dosage_changed"))


def test_a_review_date_that_moved_alone_is_told_as_such(crawled: Crawled) -> None:
    (path,) = changed_paths("review_date_moved")

    told = crawled.run("history", crawled.base + path)

    assert "review date moved, text did not" in told


def test_a_page_that_is_gone_is_kept_and_marked(crawled: Crawled) -> None:
    (path,) = changed_paths("gone")
    with Collection.open(crawled.folder, read_only=True) as collection:
        row = collection.connection.execute(
            "select gone_at, version from articles where url = ?", (crawled.base + path,)
        ).fetchone()

    assert row["gone_at"] is not None
    assert row["version"] == 1


def test_the_collection_verifies(crawled: Crawled) -> None:
    assert "whole" in crawled.run("verify")


@pytest.mark.parametrize("checker", ["warcio", "fastwarc"])
def test_other_tools_find_our_files_whole(crawled: Crawled, checker: str) -> None:
    files = sorted(str(path) for path in (crawled.folder / "warcs").iterdir())
    assert len(files) == 3
    script = Path(sys.executable).parent / checker

    for file in files:
        done = subprocess.run([script, "check", file], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_lost_database_is_made_again_from_the_files_with_the_same_records(
    crawled: Crawled, tmp_path: Path
) -> None:
    before = crawled.articles()
    again = tmp_path / "again"
    (again / "warcs").mkdir(parents=True)
    (again / "sites").mkdir()
    for folder in ("warcs", "sites"):
        for path in (crawled.folder / folder).iterdir():
            os.link(path, again / folder / path.name)

    files = sorted(str(path) for path in (again / "warcs").iterdir())
    archiater(again, "import", *files)

    assert exported(again) == before
    archiater(again, "verify")


def test_importing_the_same_files_again_changes_nothing(crawled: Crawled, tmp_path: Path) -> None:
    files = sorted(str(path) for path in (crawled.folder / "warcs").iterdir())
    archiater(tmp_path / "c", "init")
    archiater(tmp_path / "c", "import", *files)
    once = exported(tmp_path / "c")

    archiater(tmp_path / "c", "import", *files)

    assert exported(tmp_path / "c") == once


def test_making_all_records_again_gives_the_same_records(crawled: Crawled) -> None:
    before = crawled.articles()

    crawled.run("reextract")

    assert crawled.articles() == before


def test_an_export_is_the_same_to_the_byte_each_time(crawled: Crawled, tmp_path: Path) -> None:
    for form in ("jsonl", "csv", "parquet"):
        one, other = tmp_path / f"one.{form}", tmp_path / f"other.{form}"
        crawled.run("export", form, str(one))
        crawled.run("export", form, str(other))
        assert one.read_bytes() == other.read_bytes(), form
