from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.collection import Collection
from archive.exporting.wacz import export_wacz
from archive.warc_records import record_member

Run = Callable[..., tuple[int, str, str]]

PAGE = (
    b"<!doctype html><html lang=en><head><title>Fever in children</title></head><body><main>"
    b"<article><h1>Fever in children</h1><p>By Ann Author</p>"
    + b"<p>Give the child enough to drink and let it rest. A fever is a sign that the body "
    b"fights an infection, and it often goes away by itself after a few days.</p>"
    * 4
    + b"</article></main></body></html>"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A WARC file of another tool with one page."""
    path = tmp_path / "others.warc.gz"
    path.write_bytes(
        record_member(
            [
                ("WARC-Type", "response"),
                ("WARC-Record-ID", "<urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427>"),
                ("WARC-Date", "2025-01-01T00:00:00Z"),
                ("WARC-Target-URI", "https://www.example.org/fever"),
                ("Content-Type", "application/http; msgtype=response"),
            ],
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE,
        )
    )
    return path


@pytest.fixture
def imported(tmp_path: Path, file: Path, run_command: Run) -> Path:
    """A collection with that page, extracted."""
    path = tmp_path / "collection"
    assert run_command(path, "import", str(file))[0] == 0
    return path


def test_notes_are_shown_where_they_are_asked_for_and_change_nothing(
    tmp_path: Path, file: Path, run_command: Run
) -> None:
    code, out, err = run_command(tmp_path, "verify", "--notes", str(file))

    first, summary = out.splitlines()
    assert (code, err) == (0, "")
    assert first.startswith(f"{file} at offset 0: note: a first record of type response")
    assert summary.startswith("whole: no fault found, 1 note; 1 file, 1 record, ")


def test_each_fault_is_one_object_a_line(tmp_path: Path, file: Path, run_command: Run) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole + b"zeros" + whole)

    code, out, _ = run_command(tmp_path, "verify", "--json", str(file))

    faults = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [fault["kind"] for fault in faults] == ["member", "record-id-twice"]
    assert all(fault["level"] == "fault" for fault in faults)


def test_a_collection_is_extracted_again_and_compared(imported: Path, run_command: Run) -> None:
    whole = run_command(imported, "verify", "--deep", "--jobs", "1")
    with Collection.open(imported) as collection:
        collection.connection.execute(
            "update records set record = json_set(record, '$.title', 'Cough')"
        )
    code, out, _ = run_command(imported, "verify", "--deep", "--jobs", "1")

    assert (whole[0], whole[2]) == (0, "")
    assert code == 1
    assert "https://www.example.org/fever version 1 (capture 1): title 'Cough'" in out
    assert "expected 'Fever in children' by the archived page" in out


def test_deep_is_of_a_collection(tmp_path: Path, file: Path, run_command: Run) -> None:
    code, _, err = run_command(tmp_path, "verify", "--deep", str(file))

    assert code == 2
    assert "--deep reads the records of a collection" in err


def test_a_rate_does_not_change_what_is_found(tmp_path: Path, file: Path, run_command: Run) -> None:
    assert run_command(tmp_path, "verify", "--rate", "1000", str(file))[0] == 0
    assert run_command(tmp_path, "verify", "--rate", "0", str(file))[0] == 2


def test_quiet_says_nothing_of_what_is_whole(tmp_path: Path, file: Path, run_command: Run) -> None:
    assert run_command(tmp_path, "-q", "verify", str(file)) == (0, "", "")


def test_a_package_is_checked_with_all_that_is_in_it(
    tmp_path: Path, imported: Path, run_command: Run
) -> None:
    package = tmp_path / "package.wacz"
    with Collection.open(imported) as collection:
        export_wacz(collection, package)

    whole = run_command(tmp_path, "verify", str(package))
    data = bytearray(package.read_bytes())
    data[data.index(b"\x1f\x8b\x08") + 300] ^= 4
    package.write_bytes(bytes(data))
    code, out, _ = run_command(tmp_path, "verify", "--json", str(package))

    kinds = {json.loads(line)["kind"] for line in out.splitlines()}
    assert whole[0] == 0, whole
    assert code == 1
    assert "package" in kinds
