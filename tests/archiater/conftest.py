"""A collection, a way to run the command line on it, and a WARC file to take in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archiater.command_line import run
from archive.collection import Collection
from archive.warc_records import record_member

Run = Callable[..., tuple[int, str, str]]

PAGE = (
    b"<!doctype html><html lang=en><head><title>Fever in children</title></head><body><main>"
    b"<article><h1>Fever in children</h1><p>By Ann Author</p>"
    b"<p>Give the child enough to drink and let it rest for as long as it wants to.</p>"
    b"<p>A fever is a sign that the body fights an infection, and it often goes away by itself.</p>"
    b"<p>Call a doctor after three days, or at once where the child is hard to wake up.</p>"
    b"</article></main></body></html>"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty collection."""
    Collection.create(tmp_path / "home").close()
    return tmp_path / "home"


@pytest.fixture
def archiater(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the collection `home`; gives exit code, standard output and error."""

    def run_it(*arguments: object) -> tuple[int, str, str]:
        code = run(["-C", str(home), *map(str, arguments)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_it


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """An HTML file with an article."""
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """A WARC file of another tool with one article and 300 kB that do not compress."""
    path = tmp_path / "others.warc.gz"
    pages = [(b"text/html", PAGE), *((b"image/png", os.urandom(5_000)) for _ in range(60))]
    path.write_bytes(
        b"".join(
            record_member(
                [
                    ("WARC-Type", "response"),
                    ("WARC-Record-ID", f"<urn:uuid:1b4e28ba-2fa1-11d2-883f-{number:012}>"),
                    ("WARC-Date", "2025-01-01T00:00:00Z"),
                    ("WARC-Target-URI", f"https://www.example.org/{number}"),
                    ("Content-Type", "application/http; msgtype=response"),
                ],
                b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n" + body,
            )
            for number, (kind, body) in enumerate(pages)
        )
    )
    return path
