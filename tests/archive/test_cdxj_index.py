from __future__ import annotations

import errno
import io
import itertools
import json
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # it has none

from archive import cdxj_index
from archive.cdxj import cdxj_lines
from archive.cdxj_index import UpdatedIndex, index_path, keep_cdxj, update_cdxj
from archive.collection import Collection
from archive.errors import DiskFull
from archive.recording import Recorder
from archive.warc_writing import sync_folder

Capture = Callable[..., None]
MakeExchange = Callable[..., Any]

URLS = [f"https://www.example.org/{name}" for name in "cab"]


@pytest.fixture
def crawled(collection: Collection, capture: Capture) -> Collection:
    """A collection with three WARC files of one page each."""
    for day, url in enumerate(URLS):
        capture(f"<p>{url}", url, day=day)
    return collection


def lines(collection: Collection) -> list[bytes]:
    return index_path(collection).read_bytes().splitlines(keepends=True)


def urls(collection: Collection) -> list[str]:
    return [json.loads(line.split(b" ", 2)[2])["url"] for line in lines(collection)]


def from_nothing(collection: Collection) -> bytes:
    """The bytes of an index that is built without the old one."""
    kept = index_path(collection).read_bytes()
    index_path(collection).unlink()
    update_cdxj(collection)
    built = index_path(collection).read_bytes()
    assert kept == built
    return built


def test_every_capture_is_a_line_in_the_order_of_the_bytes(crawled: Collection) -> None:
    updated = update_cdxj(crawled)

    assert updated == UpdatedIndex(lines=3, added=3, is_rebuilt=True)
    assert urls(crawled) == sorted(URLS)
    assert lines(crawled) == sorted(lines(crawled))


def test_every_line_finds_its_record(crawled: Collection) -> None:
    update_cdxj(crawled)

    for line in lines(crawled):
        place = json.loads(line.split(b" ", 2)[2])
        with (crawled.warcs / place["filename"]).open("rb") as file:
            file.seek(int(place["offset"]))
            member = file.read(int(place["length"]))
        iterator = ArchiveIterator(io.BytesIO(member))
        record = next(iterator)
        assert record.rec_type == "response"
        assert record.rec_headers.get_header("WARC-Target-URI") == place["url"]
        assert record.http_headers.get_statuscode() == place["status"]
        record.content_stream().read()
        assert next(iterator, None) is None


def test_a_second_update_changes_nothing(crawled: Collection) -> None:
    update_cdxj(crawled)
    before = index_path(crawled).stat()

    assert update_cdxj(crawled) == UpdatedIndex(lines=3, added=0, is_rebuilt=False)
    assert index_path(crawled).stat().st_ino == before.st_ino


def test_what_a_later_crawl_brings_is_merged_in(crawled: Collection, capture: Capture) -> None:
    update_cdxj(crawled)
    capture("<p>New", "https://www.example.org/aa", day=9)
    capture("<p>Again", URLS[0], day=10)

    updated = update_cdxj(crawled)

    assert updated == UpdatedIndex(lines=5, added=2, is_rebuilt=False)
    assert urls(crawled) == sorted([*URLS, "https://www.example.org/aa", URLS[0]])
    from_nothing(crawled)


def test_a_file_that_is_still_written_waits_for_the_next_update(
    crawled: Collection, make_exchange: MakeExchange
) -> None:
    crawl_id = crawled.connection.execute("select max(id) from crawls").fetchone()[0]
    with Recorder(crawled, site="example.org", crawl_id=crawl_id, warcinfo={}) as recorder:
        recorder.add(make_exchange("/open"))
        recorder.commit()
        assert update_cdxj(crawled).lines == 3

    assert update_cdxj(crawled) == UpdatedIndex(lines=4, added=1, is_rebuilt=False)


def _forget_a_file(collection: Collection) -> None:
    with collection.transaction() as connection:
        connection.execute("delete from captures where warc_file_id = 1")
        connection.execute("delete from warc_files where id = 1")


def _forget_a_capture(collection: Collection) -> None:
    with collection.transaction() as connection:
        connection.execute("delete from captures where id = 1")


def _change_the_file(collection: Collection) -> None:
    with collection.transaction() as connection:
        connection.execute("update warc_files set sha256 = 'other' where id = 1")


def _lose_the_state(collection: Collection) -> None:
    index_path(collection).with_suffix(".json").unlink()


def _break_the_state(collection: Collection) -> None:
    index_path(collection).with_suffix(".json").write_text('{"schema": "archiater/cdxj-index/1"}')


def _lose_the_index(collection: Collection) -> None:
    index_path(collection).unlink()


def _cut_the_index(collection: Collection) -> None:
    index_path(collection).write_bytes(index_path(collection).read_bytes()[:-1])


@pytest.mark.parametrize(
    "harm",
    [
        _forget_a_file,
        _forget_a_capture,
        _change_the_file,
        _lose_the_state,
        _break_the_state,
        _lose_the_index,
        _cut_the_index,
    ],
)
def test_an_index_that_does_not_fit_any_more_is_built_from_nothing(
    crawled: Collection, harm: Callable[[Collection], None]
) -> None:
    update_cdxj(crawled)
    harm(crawled)

    updated = update_cdxj(crawled)

    count = crawled.connection.execute("select count(*) from captures").fetchone()[0]
    assert updated == UpdatedIndex(lines=count, added=count, is_rebuilt=True)
    assert len(lines(crawled)) == count


def test_a_changed_line_is_noticed_at_the_next_merge(crawled: Collection, capture: Capture) -> None:
    update_cdxj(crawled)
    path = index_path(crawled)
    path.write_bytes(path.read_bytes().replace(b'"status": "200"', b'"status": "404"', 1))
    capture("<p>New", "https://www.example.org/new", day=9)

    assert update_cdxj(crawled) == UpdatedIndex(lines=4, added=4, is_rebuilt=True)
    assert b"404" not in path.read_bytes()


class Killed(BaseException):
    pass


@pytest.mark.parametrize("step", range(1, 6))
def test_a_kill_at_any_step_costs_only_a_new_index(
    crawled: Collection, capture: Capture, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    update_cdxj(crawled)
    before = lines(crawled)
    capture("<p>New", "https://www.example.org/new", day=9)
    steps = itertools.count(1)

    def dying(do: Callable[..., Any]) -> Callable[..., Any]:
        def die_or_do(*arguments: Any) -> Any:
            if next(steps) == step:
                raise Killed
            return do(*arguments)

        return die_or_do

    with monkeypatch.context() as patch:
        # Written, named, state written, state named, folder safe.
        patch.setattr("os.fsync", dying(os.fsync))
        patch.setattr(Path, "replace", dying(Path.replace))
        patch.setattr(cdxj_index, "sync_folder", dying(sync_folder))
        with pytest.raises(Killed):
            update_cdxj(crawled)
    assert lines(crawled) == sorted(lines(crawled))
    assert len(lines(crawled)) == len(before) + (step > 2)

    assert update_cdxj(crawled).lines == 4
    assert update_cdxj(crawled).added == 0
    from_nothing(crawled)


def test_a_full_disk_leaves_the_old_index_and_does_not_end_a_crawl(
    crawled: Collection,
    capture: Capture,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    update_cdxj(crawled)
    before = lines(crawled)
    capture("<p>New", "https://www.example.org/new", day=9)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(DiskFull, match=r"index\.cdxj: no room left"):
        update_cdxj(crawled)
    with caplog.at_level(logging.WARNING):
        keep_cdxj(crawled)

    assert "the CDXJ index stays as it was" in caplog.text
    assert lines(crawled) == before
    assert sorted(path.name for path in index_path(crawled).parent.iterdir()) == [
        "index.cdxj",
        "index.json",
    ]


def test_the_rest_of_a_killed_update_is_written_over(crawled: Collection) -> None:
    index_path(crawled).with_name(".index.cdxj.part").write_bytes(b"half a li")

    update_cdxj(crawled)

    assert len(lines(crawled)) == 3
    assert not list(index_path(crawled).parent.glob(".*"))


def test_an_empty_collection_has_an_empty_index(collection: Collection) -> None:
    assert update_cdxj(collection) == UpdatedIndex(lines=0, added=0, is_rebuilt=True)
    assert lines(collection) == []
    assert update_cdxj(collection).is_rebuilt is False


def test_the_index_of_a_moved_collection_still_fits(crawled: Collection, tmp_path: Path) -> None:
    update_cdxj(crawled)
    crawled.close()
    moved = tmp_path / "moved"
    crawled.path.rename(moved)

    with Collection.open(moved) as collection:
        assert update_cdxj(collection) == UpdatedIndex(lines=3, added=0, is_rebuilt=False)


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "forget", "lose a capture", "update"]), st.integers(1, 4)),
    max_size=12,
)


@given(steps=STEPS)
@settings(max_examples=40)
def test_whatever_happened_before_the_index_is_that_of_the_database(
    steps: list[tuple[str, int]], insert_capture: Callable[..., Any]
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Collection.create(Path(folder)) as collection,
    ):
        for number, (step, file) in enumerate(steps):
            if step == "update":
                update_cdxj(collection)
                continue
            with collection.transaction() as connection:
                if step == "lose a capture":
                    connection.execute(
                        "delete from captures where warc_file_id = ? and offset = 0", (file,)
                    )
                    continue
                connection.execute("delete from captures where warc_file_id = ?", (file,))
                connection.execute("delete from warc_files where id = ?", (file,))
                if step == "forget":
                    continue
                connection.execute(
                    """
                    insert into warc_files (
                        id, name, sha256, state, origin, durable_bytes, created_at
                    )
                    values (?, ?, ?, 'sealed', 'crawl', 0, '')
                    """,
                    (file, f"{file}.warc.gz", str(number)),
                )
                for offset in range(file):
                    url = f"https://example.org/{(number + offset) % 3}"
                    insert_capture(connection, url, warc_file_id=file, offset=offset)
        update_cdxj(collection)

        assert lines(collection) == sorted(cdxj_lines(collection.connection))
