from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

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


def test_an_imported_page_becomes_an_article_and_the_collection_is_whole(
    tmp_path: Path, file: Path, run_command: Run
) -> None:
    path = tmp_path / "collection"

    code, out, err = run_command(path, "import", "--json", str(file))
    verified = run_command(path, "verify")
    _, rows, _ = run_command(path, "sql", "--json", "select url, site, title from articles")

    assert (code, err) == (0, "")
    assert json.loads(out)["captures"] == 1
    assert (verified[0], verified[2]) == (0, "")
    assert verified[1].startswith("whole: no fault found; 1 file, 1 record, ")
    assert json.loads(rows) == [
        {
            "url": "https://www.example.org/fever",
            "site": "example.org",
            "title": "Fever in children",
        }
    ]


@pytest.mark.parametrize("is_late", [False, True], ids=["at once", "by a second import"])
def test_the_history_of_crawls_counts_the_articles_of_an_import(
    tmp_path: Path, file: Path, run_command: Run, is_late: bool
) -> None:
    path = tmp_path / "collection"
    if is_late:
        run_command(path, "import", "--no-extract", str(file))
    run_command(path, "import", str(file))

    _, out, _ = run_command(path, "crawls", "show", "--json", "1")

    counts = json.loads(out)["counts"]
    assert (counts["captures"], counts["articles"], counts["new_articles"]) == (1, 1, 1)
    assert counts["waiting_for_extraction"] == 0


def test_the_same_file_again_is_said_to_be_known(
    tmp_path: Path, file: Path, run_command: Run
) -> None:
    path = tmp_path / "collection"
    run_command(path, "import", "--no-extract", str(file))

    code, out, err = run_command(path, "import", "--no-extract", str(file))

    assert (code, err) == (0, "")
    assert "already here, nothing changed" in out


def test_a_torn_file_is_one_line_on_standard_error(
    tmp_path: Path, file: Path, run_command: Run
) -> None:
    file.write_bytes(file.read_bytes() * 2)
    file.write_bytes(file.read_bytes()[:-10])

    code, out, err = run_command(tmp_path / "collection", "import", "--no-extract", str(file))

    assert code == 1
    assert err.count("\n") == 1
    assert err.startswith(f"archiater: {file} at offset ")
    assert "\t1\t0\t1\t" in out


def test_what_is_no_archive_is_the_operators_error(tmp_path: Path, run_command: Run) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(PAGE)

    code, out, err = run_command(tmp_path / "collection", "import", str(page))

    assert (code, out) == (2, "")
    assert "expected a WARC, ARC or WACZ file" in err


def test_files_are_verified_without_a_collection(
    tmp_path: Path, file: Path, run_command: Run
) -> None:
    whole = run_command(tmp_path / "none", "verify", str(file))
    file.write_bytes(gzip.compress(gzip.decompress(file.read_bytes())[:-1]))
    code, out, _ = run_command(tmp_path / "none", "verify", "--json", str(file))

    assert (whole[0], whole[2]) == (0, "")
    assert whole[1].startswith("whole: no fault found, 1 note (--notes shows them); 1 file, ")
    assert code == 1
    assert json.loads(out) == {
        "file": str(file),
        "offset": 0,
        "kind": "record-end",
        "found": "b'\\r\\n\\r' after the block",
        "expected": "CRLF CRLF",
        "level": "fault",
    }


def test_a_name_inside_a_package_does_not_steer_the_terminal(
    tmp_path: Path, run_command: Run
) -> None:
    package = tmp_path / "hostile.wacz"
    with zipfile.ZipFile(package, "w") as members:
        members.writestr("archive/\x1b[2J\x1b]0;mine\x07", b"no WARC file")

    code, _, err = run_command(tmp_path / "collection", "import", "--no-extract", str(package))

    assert code == 1
    assert "no WARC file" in err
    assert "\x1b" not in err
    assert err.count("\n") == 1
