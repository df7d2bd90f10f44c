from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.collection import Collection
from archive.errors import DamagedWarc
from archive.exchange import Exchange
from archive.recording import Recorder
from archive.recovery import Recovery, recover
from archive.verifying.verifying import verify_collection
from archive.warc_reading import read_capture

MakeExchange = Callable[..., Exchange]
MakeRecorder = Callable[[], Recorder]


@pytest.fixture
def make_recorder(collection: Collection) -> MakeRecorder:
    with collection.transaction() as connection:
        connection.execute(
            """
            insert into crawls (id, site, started_by, state, started_at, settings, counts)
            values (7, 'example', 'command', 'running', '2026-11-22T09:30:00.000000Z', '{}', '{}')
            """
        )
    return lambda: Recorder(collection, site="example", crawl_id=7, warcinfo={})


def kill(recorder: Recorder) -> Path:
    """What SIGKILL leaves of a recorder: its file, open under its name, without its lock."""
    file = recorder._file
    assert file is not None
    file.leave_open()
    recorder._file = None
    return file.path


def rows(collection: Collection) -> list[sqlite3.Row]:
    return collection.connection.execute(
        "select * from captures order by warc_file_id, offset"
    ).fetchall()


def told_by_the_file(row: sqlite3.Row) -> dict[str, Any]:
    """The columns that do not differ from one writing of the same exchange to the next."""
    places = {"id", "warc_file_id", "record_id", "offset", "length"}
    places |= {"request_offset", "request_length"}
    return {name: value for name, value in dict(row).items() if name not in places}


def state_of(collection: Collection) -> tuple[Any, ...]:
    """Everything at rest: rows of both tables and the bytes of every file."""
    files = collection.connection.execute("select * from warc_files order by id").fetchall()
    bytes_of = {
        path.relative_to(collection.path): path.read_bytes()
        for folder in (collection.warcs, collection.quarantine)
        for path in sorted(folder.iterdir())
    }
    return [tuple(row) for row in files], [tuple(row) for row in rows(collection)], bytes_of


def test_what_was_written_and_not_committed_is_salvaged_with_the_rows_it_would_have_had(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    exchanges = [
        make_exchange("/a"),
        make_exchange(
            "/b",
            method="HEAD",
            request_block=b"HEAD /b HTTP/1.1\r\n\r\n",
            response_block=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        ),
        make_exchange("/c", truncated="disconnect", error="receive: connection lost"),
        make_exchange("/d", response_block=b"HTTP/1", error="receive: connection lost"),
        make_exchange("/e", request_block=b"", response_block=b"", error="resolve: no such host"),
        make_exchange("/f", extra=b"more"),
    ]
    recorder = make_recorder()
    for exchange in exchanges:
        recorder.add(exchange)
    kill(recorder)

    recovery = recover(collection)

    salvaged = rows(collection)
    with make_recorder() as other:
        for exchange in exchanges:
            other.add(exchange)
    recorded = rows(collection)[len(salvaged) :]
    assert recovery.salvaged == len(salvaged) == len(exchanges)
    for ours, theirs in zip(salvaged, recorded, strict=True):
        assert told_by_the_file(ours) == told_by_the_file(theirs)
        assert (ours["request_offset"] is None) == (theirs["request_offset"] is None)
        assert read_capture(collection, ours).block
    assert list(collection.quarantine.iterdir()) == []


def test_acknowledged_captures_are_not_entered_twice(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    recorder = make_recorder()
    recorder.add(make_exchange("/a"))
    recorder.commit()
    recorder.add(make_exchange("/b"))
    kill(recorder)

    recovery = recover(collection)

    assert recovery.salvaged == 1
    assert [row["url"][-2:] for row in rows(collection)] == ["/a", "/b"]


def test_a_second_recovery_does_nothing(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    recorder = make_recorder()
    recorder.add(make_exchange())
    path = kill(recorder)
    with path.open("ab") as file:
        file.write(b"torn")
    recover(collection)
    before = state_of(collection)

    assert recover(collection) == Recovery()
    assert state_of(collection) == before


def test_every_cut_keeps_the_whole_exchanges_and_moves_the_torn_rest_aside(
    tmp_path: Path, make_exchange: MakeExchange
) -> None:
    original: bytes | None = None
    ends: list[int] = []
    for step in range(40):
        with Collection.create(tmp_path / str(step)) as collection:
            recorder = Recorder(collection, site="example", crawl_id=1, warcinfo={})
            if original is None:
                for path in ("/a", "/b"):
                    recorder.add(make_exchange(path))
                    assert recorder._file is not None
                    ends.append(recorder._file.size)
                file = kill(recorder)
                original = file.read_bytes()
            else:
                recorder.add(make_exchange("/a"))
                file = kill(recorder)
            cut = len(original) * (step + 1) // 41
            file.write_bytes(original[:cut])

            recovery = recover(collection)

            whole = sum(end <= cut for end in ends)
            assert recovery.salvaged == len(rows(collection)) == whole
            kept = b"".join(path.read_bytes() for path in sorted(collection.warcs.iterdir()))
            torn = b"".join(path.read_bytes() for path in collection.quarantine.iterdir())
            assert kept + torn == original[:cut]
            assert not any(path.suffix == ".open" for path in collection.warcs.iterdir())


def test_zeros_that_a_power_cut_left_are_moved_aside(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    recorder = make_recorder()
    recorder.add(make_exchange())
    path = kill(recorder)
    good = path.read_bytes()
    path.write_bytes(good + bytes(512))

    recovery = recover(collection)

    [aside] = recovery.quarantined
    assert aside.read_bytes() == bytes(512)
    assert (collection.warcs / recovery.sealed[0]).read_bytes() == good


def test_a_file_that_a_living_crawl_writes_is_left_alone(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    with make_recorder() as recorder:
        recorder.add(make_exchange("/a"))

        assert recover(collection) == Recovery()

        recorder.add(make_exchange("/b"))
    assert len(rows(collection)) == 2


def test_a_file_shorter_than_what_was_acknowledged_stops_everything(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    recorder = make_recorder()
    recorder.add(make_exchange())
    recorder.commit()
    path = kill(recorder)
    os.truncate(path, path.stat().st_size - 1)
    before = state_of(collection)

    with pytest.raises(DamagedWarc, match=r"bytes, expected at least \d+ that were acknowledged"):
        recover(collection)

    assert state_of(collection) == before


def test_an_acknowledged_file_that_is_gone_stops_everything(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    recorder = make_recorder()
    recorder.add(make_exchange())
    recorder.commit()
    kill(recorder).unlink()

    with pytest.raises(DamagedWarc, match="the file is gone"):
        recover(collection)


def test_a_kill_between_renaming_and_the_last_transaction_is_put_right(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    recorder = make_recorder()
    recorder.add(make_exchange())
    recorder.commit()
    path = kill(recorder)
    path.rename(path.with_suffix(""))

    recovery = recover(collection)

    assert recovery == Recovery(sealed=(path.with_suffix("").name,))
    [file] = collection.connection.execute("select * from warc_files").fetchall()
    assert file["state"] == "sealed"
    assert file["sha256"]


def test_a_kill_right_after_the_file_was_made_leaves_nothing(
    collection: Collection, make_recorder: MakeRecorder
) -> None:
    (collection.warcs / "archiater-20261122093000-example-abcde-00001.warc.gz.open").touch()

    assert recover(collection) == Recovery()
    assert list(collection.warcs.iterdir()) == []


def test_an_open_file_is_salvaged_even_without_its_database(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    recorder = make_recorder()
    recorder.add(make_exchange())
    recorder.commit()
    kill(recorder)
    with collection.transaction() as connection:
        for table in ("captures", "warc_files", "crawls"):
            connection.execute(f"delete from {table}")  # noqa: S608

    recover(collection)

    [row] = rows(collection)
    assert (row["site"], row["crawl_id"]) == ("example", None)


def test_a_large_record_is_salvaged_with_the_row_it_would_have_had(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    body = os.urandom(1000) * 4000
    head = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: %d\r\n\r\n" % len(body)
    recorder = make_recorder()
    recorder.add(make_exchange("/film", response_block=head + body))
    recorder.commit()
    recorded = told_by_the_file(rows(collection)[0])
    kill(recorder)
    with collection.transaction() as connection:
        connection.execute("delete from captures")
        connection.execute("update warc_files set durable_bytes = 0")

    recover(collection)

    [row] = rows(collection)
    assert told_by_the_file(row) == recorded
    assert read_capture(collection, row).payload == body


def test_a_large_record_without_its_end_is_moved_aside(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    recorder = make_recorder()
    recorder.add(make_exchange("/a"))
    recorder.commit()
    recorder.add(make_exchange("/film", body=os.urandom(3_000_000)))
    recorder.also(refuse)
    with pytest.raises(ZeroDivisionError):
        recorder.commit()
    path = kill(recorder)
    os.truncate(path, path.stat().st_size - 1)

    recovery = recover(collection)

    assert (recovery.salvaged, len(recovery.quarantined)) == (0, 1)
    assert [row["url"][-2:] for row in rows(collection)] == ["/a"]


def refuse(connection: sqlite3.Connection) -> None:
    raise ZeroDivisionError


def test_two_files_for_one_name_stop_everything(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    recorder = make_recorder()
    recorder.add(make_exchange())
    path = kill(recorder)
    path.with_suffix("").write_bytes(b"a copy of something")
    before = state_of(collection)

    with pytest.raises(DamagedWarc, match="expected one of the two"):
        recover(collection)

    assert state_of(collection) == before


def test_a_crawl_of_another_site_with_the_same_number_is_not_taken_for_the_files_own(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    recorder = make_recorder()
    recorder.add(make_exchange())
    kill(recorder)
    with collection.transaction() as connection:
        connection.execute("update crawls set site = 'other'")

    recover(collection)

    [row] = rows(collection)
    assert (row["site"], row["crawl_id"]) == ("example", None)


def test_what_its_owner_sealed_between_our_look_and_our_lock_stays_as_it_is(
    collection: Collection,
    make_recorder: MakeRecorder,
    make_exchange: MakeExchange,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with make_recorder() as recorder:
        recorder.add(make_exchange())
    [path] = collection.warcs.iterdir()
    before = state_of(collection)
    monkeypatch.setattr("archive.recovery._left_open", lambda _: [path.name])

    assert recover(collection) == Recovery()
    assert state_of(collection) == before


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from archive.collection import Collection
from archive.exchange import Exchange
from archive.recording import Recorder

def exchange(path):
    return Exchange(
        url=f"https://other.example/{path}",
        method="GET",
        request_block=b"GET / HTTP/1.1\\r\\n\\r\\n",
        response_block=b"HTTP/1.1 204 No Content\\r\\n\\r\\n",
        started_at=datetime(2026, 11, 22, tzinfo=UTC),
    )

with Collection.open(Path(sys.argv[1])) as collection:
    with Recorder(collection, site="other", crawl_id=8, warcinfo={}) as recorder:
        recorder.add(exchange("a"))
        recorder.commit()
        recorder.add(exchange("b"))
        print("writing", flush=True)
        sys.stdin.read()
"""


def test_what_a_killed_crawl_left_is_recovered_while_that_of_another_site_goes_on(
    collection: Collection, make_recorder: MakeRecorder, make_exchange: MakeExchange
) -> None:
    with collection.transaction() as connection:
        connection.execute(
            """
            insert into crawls (id, site, started_by, state, started_at, settings, counts)
            values (8, 'other', 'command', 'running', '2026-11-22T09:30:00.000000Z', '{}', '{}')
            """
        )
    recorder = make_recorder()
    recorder.add(make_exchange("/a"))
    killed = kill(recorder).with_suffix("").name
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(collection.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as living:
        assert living.stdout is not None
        assert living.stdout.readline() == b"writing\n"

        recovery = recover(collection)

        living.communicate()
    assert recovery == Recovery(sealed=(killed,), salvaged=1)
    assert living.returncode == 0
    assert {row["url"] for row in rows(collection)} == {
        "https://example.org/a",
        "https://other.example/a",
        "https://other.example/b",
    }
    assert list(verify_collection(collection)) == []
