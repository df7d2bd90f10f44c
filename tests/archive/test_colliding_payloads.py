"""Two payloads with one SHA-1: a server that sends both must not get one kept as the other."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.collection import Collection
from archive.exchange import Exchange
from archive.exporting.captures import chosen_captures
from archive.exporting.selection import Selection
from archive.importing import import_warcs
from archive.large_captures import open_capture
from archive.recording import Recorder
from archive.recovery import recover
from archive.searching.filters import Filters
from archive.spilling import SpilledBytes
from archive.verifying.verifying import verify_collection
from archive.warc_reading import read_capture
from archive.warc_records import PAYLOAD_FIELD, record_member

MakeExchange = Callable[..., Exchange]
Record = Callable[..., None]

FIRST = b"<!doctype html><title>Fever</title><p>Take 5 mg.</p>" + b"<p>Rest.</p>" * 200
SECOND = FIRST.replace(b"Take 5 mg.", b"Take 50 mg")


class _WeakSha1:
    """SHA-1 but for one collision, made up: of FIRST and SECOND it makes the same."""

    name = "sha1"
    digest_size = 20

    def __init__(self, data: Any = b"", **_: Any) -> None:
        self._data = bytes(data)

    def update(self, data: Any) -> None:
        self._data += bytes(data)

    def digest(self) -> bytes:
        return _STRONG_SHA1(self._data.replace(b"Take 50 mg", b"Take 5 mg.")).digest()

    def hexdigest(self) -> str:
        return self.digest().hex()


_STRONG_SHA1 = hashlib.sha1


@pytest.fixture(autouse=True)
def _weak_sha1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashlib, "sha1", _WeakSha1)


@pytest.fixture
def record(collection: Collection) -> Record:
    """Archive exchanges as a crawl of a site does, one file for each call."""

    def record(*exchanges: Exchange, site: str = "example", commit_each: bool = False) -> None:
        with collection.transaction() as connection:
            crawl = connection.execute(
                """
                insert into crawls (site, started_by, state, started_at, settings, counts)
                values (?, 'command', 'finished', '', '{}', '{}')
                """,
                (site,),
            ).lastrowid
        assert crawl is not None
        with Recorder(collection, site=site, crawl_id=crawl, warcinfo={}) as recorder:
            for exchange in exchanges:
                recorder.add(exchange)
                if commit_each:
                    recorder.commit()

    return record


def rows(collection: Collection) -> list[sqlite3.Row]:
    return collection.connection.execute("select * from captures order by fetched_at").fetchall()


def payloads(collection: Collection) -> list[bytes]:
    """What each capture preserves, in the order of time, read both ways."""
    found = [read_capture(collection, row).payload for row in rows(collection)]
    assert found == [b"".join(open_capture(collection, row).payload()) for row in rows(collection)]
    return found


def faults(collection: Collection) -> list[str]:
    return [str(it) for it in verify_collection(collection) if it.level == "fault"]


@pytest.fixture
def again(tmp_path: Path) -> Iterator[Collection]:
    with Collection.create(tmp_path / "again") as made:
        yield made


@pytest.mark.parametrize("commit_each", [True, False], ids=["held", "waiting"])
def test_the_second_of_two_payloads_that_collide_is_kept_whole(
    collection: Collection, record: Record, make_exchange: MakeExchange, commit_each: bool
) -> None:
    bodies = (FIRST, SECOND, FIRST, SECOND)
    exchanges = [make_exchange(body=body, minute=minute) for minute, body in enumerate(bodies)]

    record(*exchanges, commit_each=commit_each)

    kinds = [row["record_type"] for row in rows(collection)]
    assert kinds == ["response", "response", "revisit", "revisit"]
    assert len({row["payload_digest"] for row in rows(collection)}) == 1
    assert payloads(collection) == list(bodies)
    assert faults(collection) == []


def test_a_spilled_payload_that_collides_is_kept_whole(
    collection: Collection, record: Record, make_exchange: MakeExchange, tmp_path: Path
) -> None:
    def spilled(body: bytes, minute: int) -> Exchange:
        block = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
        rest = SpilledBytes(tmp_path)
        rest.append(body)
        return make_exchange(response_block=block, response_rest=rest, minute=minute)

    large = FIRST * 500, SECOND * 500

    record(spilled(large[0], 0), spilled(large[1], 1), spilled(large[1], 2))

    kinds = [row["record_type"] for row in rows(collection)]
    assert kinds == ["response", "response", "revisit"]
    assert payloads(collection) == [large[0], large[1], large[1]]


@pytest.mark.parametrize("way", ["import", "recover"])
def test_a_database_that_is_made_again_tells_them_apart_whatever_file_comes_first(
    collection: Collection,
    record: Record,
    make_exchange: MakeExchange,
    again: Collection,
    way: str,
) -> None:
    # The file of site "a" comes first: it has the collision and repeats what only "b" has.
    record(make_exchange("/b", body=SECOND, minute=1), site="b")
    record(
        make_exchange("/1", body=FIRST, minute=2),
        make_exchange("/2", body=SECOND, minute=3),
        make_exchange("/3", body=FIRST, minute=4),
        site="a",
    )
    entered = [tuple(row[name] for name in TOLD) for row in rows(collection)]
    for path in collection.warcs.iterdir():
        target = f"{path.name}.open" if way == "recover" else path.name
        shutil.copyfile(path, again.warcs / target)

    if way == "recover":
        recover(again)
    else:
        import_warcs(again, sorted(again.warcs.iterdir()), site_of=lambda url: "a")

    assert [tuple(row[name] for name in TOLD) for row in rows(again)] == entered
    assert payloads(again) == [SECOND, FIRST, SECOND, FIRST]
    assert faults(again) == []


TOLD = ("record_id", "record_type", "payload_digest", "payload_sha256", "payload_bytes", "outcome")


def test_a_revisit_of_another_tool_shows_the_capture_that_it_names(
    again: Collection, make_exchange: MakeExchange, tmp_path: Path
) -> None:
    sha1 = "sha1:" + _WeakSha1(FIRST).hexdigest()
    first, second = (
        make_exchange(path, body=body).response_block
        for path, body in (("/1", FIRST), ("/2", SECOND))
    )
    revisit = [
        ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
        ("WARC-Refers-To", "<urn:uuid:00000000-0000-4000-8000-000000000002>"),
        ("WARC-Payload-Digest", sha1),
    ]
    files = {
        "1.warc.gz": their_record("response", 1, first),
        "2.warc.gz": their_record("revisit", 3, second.removesuffix(SECOND), revisit),
        "3.warc.gz": their_record("response", 2, second),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    import_warcs(again, [tmp_path / name for name in files], site_of=lambda url: "example")

    assert payloads(again) == [FIRST, SECOND, SECOND]
    assert rows(again)[2]["payload_sha256"] == hashlib.sha256(SECOND).hexdigest()
    assert not any("payload_sha256" in found for found in faults(again))

    of_first = hashlib.sha256(FIRST).hexdigest()
    again.connection.execute(
        "update captures set payload_sha256 = ? where record_type = 'revisit'", (of_first,)
    )
    assert any("payload_sha256" in found for found in faults(again))


def their_record(
    kind: str, number: int, block: bytes, fields: list[tuple[str, str]] | None = None
) -> bytes:
    common = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<urn:uuid:00000000-0000-4000-8000-00000000000{number}>"),
        ("WARC-Date", f"2026-11-20T09:3{number}:00Z"),
        ("WARC-Target-URI", f"https://example.org/{number}"),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    return record_member([*common, *(fields or [])], block)


def test_records_without_an_id_that_collide_are_both_taken_in(
    again: Collection, make_exchange: MakeExchange, tmp_path: Path
) -> None:
    for name, body in (("1.arc", FIRST), ("2.arc", SECOND)):
        block = make_exchange(body=body).response_block
        line = f"https://example.org/ 192.0.2.7 20261120093000 text/html {len(block)}\n"
        (tmp_path / name).write_bytes(line.encode() + block + b"\n")

    import_warcs(again, [tmp_path / "1.arc", tmp_path / "2.arc"], site_of=lambda url: "example")

    assert sorted(payloads(again)) == sorted([FIRST, SECOND])


def test_an_export_takes_along_the_payload_that_was_seen(
    collection: Collection, record: Record, make_exchange: MakeExchange
) -> None:
    record(make_exchange("/1", body=FIRST), make_exchange("/2", body=SECOND, minute=1), site="a")
    record(make_exchange("/3", body=SECOND, minute=2), site="b")

    with chosen_captures(collection, Selection(filters=Filters(sites=("b",)))):
        query = "select url from captures where id in (select id from temp.chosen_captures)"
        chosen = {row["url"] for row in collection.connection.execute(query)}

    assert chosen == {"https://example.org/2", "https://example.org/3"}


def test_a_revisit_says_in_its_warc_record_which_payload_was_seen(
    collection: Collection, record: Record, make_exchange: MakeExchange
) -> None:
    record(make_exchange(body=FIRST), make_exchange(body=FIRST, minute=1))

    original, revisit = rows(collection)
    fields = dict(read_capture(collection, revisit).fields)

    assert original["payload_sha256"] == hashlib.sha256(FIRST).hexdigest()
    assert fields[PAYLOAD_FIELD] == f"sha256:{original['payload_sha256']}"


def test_no_payload_was_read_under_a_304(
    collection: Collection, record: Record, make_exchange: MakeExchange
) -> None:
    unmodified = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    record(make_exchange(body=FIRST), make_exchange(response_block=unmodified, minute=1))

    confirmed = rows(collection)[1]

    assert confirmed["record_type"] == "revisit"
    assert confirmed["payload_sha256"] is None


@pytest.mark.parametrize("kind", ["response", "revisit"])
def test_verify_finds_a_row_with_another_sha256(
    collection: Collection, record: Record, make_exchange: MakeExchange, kind: str
) -> None:
    record(make_exchange(body=FIRST), make_exchange(body=FIRST, minute=1))
    collection.connection.execute(
        "update captures set payload_sha256 = 'ab' where record_type = ?", (kind,)
    )

    assert any("payload_sha256" in found for found in faults(collection))


def test_verify_finds_a_revisit_whose_original_collides_with_what_was_seen(
    collection: Collection, record: Record, make_exchange: MakeExchange
) -> None:
    record(make_exchange("/1", body=FIRST), make_exchange("/2", body=SECOND, minute=1))
    record(make_exchange("/3", body=FIRST, minute=2))
    one, two, three = rows(collection)
    swapped = read_capture(collection, three)
    fields = [
        (name, value.replace(one["record_id"], two["record_id"]))
        for name, value in swapped.fields
        if name not in ("WARC-Block-Digest", "Content-Length")
    ]
    fields = [it for it in fields if not it[0].startswith("WARC-Refers-To-")]
    name = collection.connection.execute(
        "select name from warc_files where id = ?", (three["warc_file_id"],)
    ).fetchone()["name"]
    with (collection.warcs / name).open("r+b") as file:
        file.truncate(three["offset"])
        file.seek(three["offset"])
        file.write(record_member(fields, swapped.block))

    found = faults(collection)

    assert any(PAYLOAD_FIELD in fault for fault in found)
