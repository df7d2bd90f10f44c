from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from archive.cdxj_index import index_path, update_cdxj
from archive.collection import Collection
from archive.exchange import Exchange
from archive.importing import import_warcs
from archive.recording import Recorder
from archive.verifying.faults import Fault
from archive.verifying.verifying import verify_collection

MakeExchange = Callable[..., Exchange]
RecordAll = Callable[..., None]


def faults(found: Iterable[Fault]) -> set[str]:
    return {it.kind for it in found if it.level == "fault"}


def notes(found: Iterable[Fault]) -> set[str]:
    return {it.kind for it in found if it.level == "note"}


DATABASE_FAULTS = {
    "a row without bytes": (
        "insert into captures (warc_file_id, offset, length, record_id, record_type, site, url, "
        "fetched_at) values (1, 99999, 5, 'urn:x', 'response', 's', 'u', 't')",
        "bytes-missing",
    ),
    "bytes without a row": ("delete from captures where url like '%/chunked'", "row-missing"),
    "another length": (
        "update captures set length = length + 1 where url like '%/chunked'",
        "row",
    ),
    "another offset": (
        "update captures set offset = offset + 1 where url like '%/chunked'",
        "bytes-missing",
    ),
    "another address": ("update captures set url = url || 'x' where url like '%/cut'", "row"),
    "another time": ("update captures set fetched_at = '2020-01-01T00:00:00.000000Z'", "row"),
    "another status": ("update captures set status = 404 where url like '%/chunked'", "row"),
    "another type": (
        "update captures set content_type = 'text/plain' where url like '%/chunked'",
        "row",
    ),
    "another payload": ("update captures set payload_digest = 'sha1:A'", "row"),
    "another size of the payload": (
        "update captures set payload_bytes = 1 where url like '%/chunked'",
        "row",
    ),
    "another record": ("update captures set record_id = 'urn:x' where url like '%/cut'", "row"),
    "another kind of record": (
        "update captures set record_type = 'revisit' where url like '%/cut'",
        "row",
    ),
    "a truncation it does not know": (
        "update captures set truncated = null where url like '%/cut'",
        "row",
    ),
    "another place of the request": (
        "update captures set request_offset = 1 where url like '%/cut'",
        "bytes-missing",
    ),
    "another durable offset": (
        "update warc_files set durable_bytes = durable_bytes - 1",
        "durable",
    ),
    "another digest of the file": ("update warc_files set sha256 = 'a' || sha256", "file-digest"),
    "a file it does not know": ("delete from captures; delete from warc_files", "file-unknown"),
    "a file that is not there": ("update warc_files set name = 'x' || name", "file-missing"),
    "a sealed file that is called open": ("update warc_files set state = 'open'", "file-missing"),
    "an article without an observation": (
        "update captures set outcome = 'article', reason = null",
        "observation-missing",
    ),
    "a text of another digest": (
        "insert into texts (digest, text, sections) values ('sha256:0', 'Rest.', '[]')",
        "text-digest",
    ),
    "a record of another digest": (
        "insert into records (digest, record) values ('sha256:0', '{}')",
        "record-digest",
    ),
    "a row that points nowhere": (
        "pragma foreign_keys = off; update captures set crawl_id = 99",
        "database",
    ),
    "a document in the full text without an article": (
        "insert into texts (digest, text, sections) values "
        "('sha256:f4b52c9ea48b3bf7d5b6d7f0f9bdfa64c8cf1b54a8f1c2b1cbd9f70d77ee4d72', 'x', '[]');"
        "insert into search_documents values (5, '', '', null, "
        "'sha256:f4b52c9ea48b3bf7d5b6d7f0f9bdfa64c8cf1b54a8f1c2b1cbd9f70d77ee4d72', 'plain/1')",
        "full-text",
    ),
}


@pytest.mark.parametrize("name", DATABASE_FAULTS)
def test_a_database_that_does_not_agree_is_found(
    collection: Collection, file: Path, name: str
) -> None:
    statement, kind = DATABASE_FAULTS[name]
    collection.connection.executescript(statement)

    assert kind in faults(verify_collection(collection))


def test_an_index_that_does_not_agree_is_found(collection: Collection, file: Path) -> None:
    update_cdxj(collection)
    path = index_path(collection)
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    spoiled = {
        "in disorder": b"".join(reversed(lines)),
        "a line is gone": b"".join(lines[1:]),
        "a line twice": b"".join([lines[0], *lines]),
        "another offset": whole.replace(b'"offset": "', b'"offset": "1', 1),
        "no line at all": b"garbage\n" + whole,
    }

    for name, content in spoiled.items():
        path.write_bytes(content)
        assert "index" in faults(verify_collection(collection)), name


def test_an_index_that_is_gone_is_noted_and_one_that_never_was_is_not(
    collection: Collection, file: Path
) -> None:
    before = list(verify_collection(collection))
    update_cdxj(collection)
    index_path(collection).unlink()

    found = list(verify_collection(collection))

    assert before == []
    assert (faults(found), notes(found)) == (set(), {"index"})


def test_each_pointer_of_a_row_to_nowhere_is_a_line_that_names_its_column(
    collection: Collection, file: Path
) -> None:
    collection.connection.executescript(
        "pragma foreign_keys = off; update captures set crawl_id = 99, warc_file_id = 98 where id=1"
    )

    found = [it.found for it in verify_collection(collection) if it.kind == "database"]

    assert sorted(found) == [
        "crawl_id of row 1 of captures points to a row of crawls that is not there",
        "warc_file_id of row 1 of captures points to a row of warc_files that is not there",
    ]


def test_an_index_that_lies_behind_is_but_noted(
    collection: Collection, file: Path, make_exchange: MakeExchange, record_all: RecordAll
) -> None:
    update_cdxj(collection)
    record_all(make_exchange("/later"))

    found = list(verify_collection(collection))

    assert (faults(found), notes(found)) == (set(), {"index"})


def test_a_file_that_a_crawl_is_writing_is_checked_as_far_as_it_is_acknowledged(
    collection: Collection, make_exchange: MakeExchange, record_all: RecordAll
) -> None:
    record_all()
    with Recorder(collection, site="example", crawl_id=1, warcinfo={}) as recorder:
        recorder.add(make_exchange("/a"))
        recorder.commit()
        recorder.add(make_exchange("/b"))

        assert list(verify_collection(collection)) == []


def test_an_open_file_that_nobody_writes_is_noted(
    collection: Collection, make_exchange: MakeExchange, record_all: RecordAll
) -> None:
    record_all()
    recorder = Recorder(collection, site="example", crawl_id=1, warcinfo={})
    recorder.add(make_exchange("/a"))
    recorder.commit()
    recorder.abandon()

    found = list(verify_collection(collection))

    assert (faults(found), notes(found)) == (set(), {"left-open"})


def test_a_file_that_a_kill_left_between_its_last_name_and_its_row_is_noted(
    collection: Collection, make_exchange: MakeExchange, record_all: RecordAll
) -> None:
    record_all()
    recorder = Recorder(collection, site="example", crawl_id=1, warcinfo={})
    recorder.add(make_exchange("/a"))
    recorder.commit()
    recorder.abandon()
    [left] = collection.warcs.glob("*.open")
    left.rename(left.with_suffix(""))

    found = list(verify_collection(collection))

    assert (faults(found), notes(found)) == (set(), {"left-open"})


def test_what_recovery_moved_aside_is_noted(collection: Collection, file: Path) -> None:
    (collection.quarantine / "torn.from-5").write_bytes(b"torn")

    assert notes(verify_collection(collection)) == {"quarantine"}


def test_an_imported_file_from_which_damage_was_left_out_is_whole(
    file: Path, tmp_path: Path
) -> None:
    data = bytearray(file.read_bytes())
    data[data.index(b"\x1f\x8b\x08", 5) + 60] ^= 0xFF
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(bytes(data))
    with Collection.create(tmp_path / "other") as other:
        imported = import_warcs(other, [broken], site_of=lambda url: "example")

        assert len(imported.skipped) == 1
        assert faults(verify_collection(other)) == set()
