"""What a site's pages tell together, as the operator meets it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from archiater.command_line import run
from archiater.extracting_beside import ExtractingBeside, finish_extraction
from archive.collection import Collection
from archive.importing import import_warcs
from archive.warc_records import record_member

Run = Callable[..., tuple[int, str, str]]

DEBRIS = "forside og flade"
TOPICS = ("dengue", "measles", "asthma", "gout", "anaemia", "mumps", "rabies")


def page_about(topic: str) -> bytes:
    parts = [
        f"<p>What people with {topic} ask most in part {part} is how long it will take, and the"
        f" honest answer about {topic} is that it depends on much.</p>"
        for part in "abcd"
    ]
    parts[2:2] = [f"<p>{DEBRIS}</p>"]
    return f"<title>{topic}</title><main><h1>{topic}</h1>{''.join(parts)}</main>".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A WARC file with the pages of a small site."""
    path = tmp_path / "site.warc.gz"
    path.write_bytes(
        b"".join(
            record_member(
                [
                    ("WARC-Type", "response"),
                    ("WARC-Record-ID", f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, topic)}>"),
                    ("WARC-Date", "2025-01-01T00:00:00Z"),
                    ("WARC-Target-URI", f"https://www.example.org/{topic}"),
                    ("Content-Type", "application/http; msgtype=response"),
                ],
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page_about(topic),
            )
            for topic in TOPICS
        )
    )
    return path


def with_debris(path: Path) -> int:
    """How many articles of a collection hold the debris."""
    with Collection.open(path, read_only=True) as collection:
        rows = collection.connection.execute(
            "select t.text from observations o join texts t on t.digest = o.text_digest"
        )
        return sum(DEBRIS in row["text"] for row in rows)


def test_an_import_applies_at_once_what_it_learned(
    tmp_path: Path, file: Path, run_command: Run
) -> None:
    path = tmp_path / "collection"

    code, _, err = run_command(path, "import", str(file))
    verified = run_command(path, "verify", "--deep")

    assert (code, err) == (0, "")
    assert with_debris(path) == 0
    assert verified[0] == 0, verified


def test_a_page_is_checked_by_what_an_import_learned(
    tmp_path: Path, file: Path, run_command: Run
) -> None:
    path = tmp_path / "collection"
    run_command(path, "import", str(file))
    words = ("sites", "check", "--archived", "https://www.example.org/gout", "--json")

    checked = json.loads(run_command(path, *words)[1])
    _, shown, _ = run_command(path, "show", "https://www.example.org/gout", "--json")

    [page] = checked["pages"]
    [debris] = [block for block in page["explanation"]["blocks"] if block["text"] == DEBRIS]
    assert (debris["reason"], debris["stands_in"]) == ("site template", len(TOPICS))
    assert checked["site_knowledge"]["texts"] == len(TOPICS)
    assert page["record"]["text"] == json.loads(shown)["text"]


def test_a_crawl_learns_when_it_has_ended_and_reextract_applies_it(
    tmp_path: Path, file: Path, run_command: Run
) -> None:
    path = tmp_path / "collection"
    with (
        Collection.create(path) as collection,
        ExtractingBeside(collection, jobs=1, sites=["example.org"]),
    ):
        import_warcs(collection, [file], site_of=lambda url: "example.org")
    held = with_debris(path)

    code, out, _ = run_command(path, "reextract", "--learned", "--jobs", "1", "--json")

    assert held == len(TOPICS)
    assert (code, json.loads(out)["articles"]) == (0, len(TOPICS))
    assert with_debris(path) == 0


def test_a_crawl_leaves_other_sites_to_their_own_crawls(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "collection"
    with (
        Collection.create(path) as collection,
        ExtractingBeside(collection, jobs=1, sites=["example.net"]),
    ):
        import_warcs(collection, [file], site_of=lambda url: "example.org")
    with Collection.open(path) as collection:
        finish_extraction(collection, jobs=1)

        known = collection.connection.execute("select count(*) from site_knowledge").fetchone()

    assert known[0] == 0
    assert run(["-C", str(path), "verify", "--deep"]) == 0
