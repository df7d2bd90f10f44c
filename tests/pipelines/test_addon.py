from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from archive.collection import Collection
from archive.crawls import begin_crawl, list_crawls
from archive.locks import site_lock
from archive.times import as_text
from pipelines.addon import ArchiaterAddon, BadSetting
from pipelines.archiving import ArchivingExtension
from pipelines.wire import WireDownloadHandler

ADDON = {"pipelines.addon.ArchiaterAddon": 500}
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"


def page(text: bytes) -> bytes:
    return PAGE % (len(text), text)


def rows(collection: Path, query: str) -> list[tuple[Any, ...]]:
    with Collection.open(collection, read_only=True) as opened:
        return [tuple(row) for row in opened.connection.execute(query)]


def test_a_project_archives_what_its_spider_fetches_and_what_failed(
    serve: Callable[..., Any], crawl: Callable[..., Any], tmp_path: Path
) -> None:
    server = serve("http", {"/a": [[page(b"a")]], "/cut": [[b"HTTP/1.1 200 OK\r\nX", "close"]]})

    crawled = crawl(
        [server.url("/a"), server.url("/cut")], ADDONS=ADDON, ARCHIATER_COLLECTION=str(tmp_path)
    )

    assert [it["url"] for it in crawled.responses] == [server.url("/a")]
    found = rows(tmp_path, "select url, status, record_type, site from captures order by id")
    assert found == [
        (server.url("/a"), 200, "response", "fetch_all"),
        (server.url("/cut"), None, "metadata", "fetch_all"),
    ]
    with Collection.open(tmp_path, read_only=True) as collection:
        [row] = list_crawls(collection)
    assert (row.site, row.state, row.started_by) == ("fetch_all", "finished", "scrapy")
    assert row.counts["captures"] == 2
    [file] = (tmp_path / "warcs").iterdir()
    assert file.name.endswith(".warc.gz")
    assert rows(tmp_path, "select name, state from warc_files") == [(file.name, "sealed")]


def test_the_site_has_the_name_that_the_project_gives_it(
    serve: Callable[..., Any], crawl: Callable[..., Any], tmp_path: Path
) -> None:
    server = serve("http", {"/a": [[page(b"a")]]})

    crawl(
        [server.url("/a")],
        ADDONS=ADDON,
        ARCHIATER_COLLECTION=str(tmp_path),
        ARCHIATER_SITE="clinic",
        ARCHIATER_OPERATOR="The Clinic's Library",
    )

    assert rows(tmp_path, "select distinct site from captures") == [("clinic",)]
    with Collection.open(tmp_path, read_only=True) as collection:
        assert [it.site for it in list_crawls(collection)] == ["clinic"]


def test_a_second_crawl_seals_what_a_killed_one_left_and_has_a_row_of_its_own(
    serve: Callable[..., Any], crawl: Callable[..., Any], tmp_path: Path
) -> None:
    server = serve("http", {"/a": [[page(b"a")]]})
    with Collection.create(tmp_path) as collection:
        begin_crawl(
            collection,
            site="fetch_all",
            started_by="scrapy",
            settings={"spider": "another"},
            now=_now(),
        )
        (collection.warcs / "left.warc.gz.open").touch()
        with collection.transaction() as connection:
            connection.execute(
                "insert into warc_files (name, state, origin, durable_bytes, created_at) "
                "values ('left.warc.gz', 'open', 'crawl', 0, ?)",
                (as_text(_now()),),
            )

    crawl([server.url("/a")], ADDONS=ADDON, ARCHIATER_COLLECTION=str(tmp_path))

    assert not list((tmp_path / "warcs").glob("*.open"))
    assert [state for (state,) in rows(tmp_path, "select state from crawls order by id")] == [
        "interrupted",
        "finished",
    ]


def test_a_collection_that_is_crawled_by_another_is_not_written_to(
    serve: Callable[..., Any], crawl: Callable[..., Any], tmp_path: Path
) -> None:
    server = serve("http", {"/a": [[page(b"a")]]})
    with Collection.create(tmp_path) as collection, site_lock(collection, "fetch_all"):
        crawled = crawl([server.url("/a")], ADDONS=ADDON, ARCHIATER_COLLECTION=str(tmp_path))

    assert crawled.responses == ()
    assert server.seen == []
    assert rows(tmp_path, "select * from crawls") == []


def test_a_disk_that_stays_full_ends_the_crawl_and_the_next_goes_on_from_what_is_safe(
    serve: Callable[..., Any], crawl: Callable[..., Any], tmp_path: Path
) -> None:
    noise = random.Random(3)  # noqa: S311
    server = serve("http", {f"/{n}": [[page(noise.randbytes(50_000))]] for n in range(40)})
    urls = [server.url(f"/{n}") for n in range(40)]
    archiving = {"ADDONS": ADDON, "ARCHIATER_COLLECTION": str(tmp_path)}

    crawl(urls, **archiving, TEST_MOST_FILE_BYTES=600_000, ARCHIATER_WAIT_FOR_ROOM_S=0)
    first = len(rows(tmp_path, "select * from captures"))
    seen = len(server.seen)
    crawl(urls[:2], **archiving)

    assert first <= seen < 40
    assert rows(tmp_path, "select state from crawls") == [("finished",)]
    assert not list((tmp_path / "warcs").glob("*.open"))
    captured = rows(tmp_path, "select url, status from captures order by id")
    # What was written before the disk was full, and the two of the second crawl.
    assert captured[-2:] == [(url, 200) for url in urls[:2]]
    assert captured[:-2] == [(url, 200) for url in urls[: len(captured) - 2]]
    assert len(captured) >= 10


def test_without_a_collection_the_project_crawls_as_it_did(
    serve: Callable[..., Any], crawl: Callable[..., Any]
) -> None:
    server = serve("http", {"/a": [[page(b"a")]]})

    crawled = crawl([server.url("/a")], ADDONS=ADDON)

    assert [it["status"] for it in crawled.responses] == [200]


@pytest.mark.usefixtures("proven")
def test_the_addon_puts_its_parts_over_what_the_project_has(tmp_path: Path) -> None:
    settings = Settings(
        {
            "ARCHIATER_COLLECTION": str(tmp_path),
            "DOWNLOAD_HANDLERS": {"https": "own.Handler", "ftp": None},
            "EXTENSIONS": {"scrapy.extensions.logstats.LogStats": 3},
        }
    )

    ArchiaterAddon().update_settings(settings)

    assert dict(settings["DOWNLOAD_HANDLERS"]) == {
        "http": WireDownloadHandler,
        "https": WireDownloadHandler,
        "ftp": None,
    }
    assert settings.getdict("EXTENSIONS") == {
        "scrapy.extensions.logstats.LogStats": 3,
        ArchivingExtension: 0,
    }
    assert settings["ARCHIATER_SPILL_FOLDER"] == str(tmp_path / "run")


@pytest.fixture
def proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.addon.require_proof", lambda self_test: None)


def _now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize("value", ["abc", "-1", "1.5", ""])
def test_a_setting_that_is_no_number_is_named_before_anything_is_fetched(value: str) -> None:
    settings = Settings({"ARCHIATER_COLLECTION": "health", "ARCHIATER_MAX_BODY_BYTES": value})

    with pytest.raises(BadSetting, match="ARCHIATER_MAX_BODY_BYTES is"):
        ArchiaterAddon().update_settings(settings)
