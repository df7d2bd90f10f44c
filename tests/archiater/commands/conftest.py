"""A small collection of articles for the commands that read one, and a way to run them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archiater.command_line import run
from archive.collection import Collection
from archive.storing import store_article
from articles.record import (
    Article,
    Contributor,
    Derivation,
    Paragraph,
    Review,
    Section,
    StatedDate,
)

Library = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Make a collection of one article for each dict of fields; gives its path."""
    return lambda *articles: _make_library(tmp_path / "library", articles)


@pytest.fixture
def run_command(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a collection; gives its exit code, standard output and standard error."""

    def run_it(path: Path, *arguments: str) -> tuple[int, str, str]:
        code = run(["-C", str(path), *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_it


def _make_library(path: Path, articles: tuple[dict[str, Any], ...]) -> Path:
    with Collection.create(path) as collection, collection.transaction() as connection:
        connection.execute(
            """
            insert into warc_files (id, name, state, origin, durable_bytes, created_at)
            values (1, 'test.warc.gz', 'sealed', 'crawl', 0, '2026-01-01T00:00:00.000000Z')
            """
        )
        for number, fields in enumerate(articles, start=1):
            article = _article(number, **fields)
            connection.execute(
                """
                insert into captures (
                    id, warc_file_id, offset, length, record_id, record_type, site, url,
                    fetched_at, status
                )
                values (?, 1, ?, 1, ?, 'response', ?, ?, '2026-01-01T12:00:00.000000Z', 200)
                """,
                (number, number, f"urn:uuid:{number:04}", article.site, article.url),
            )
            capture = connection.execute(
                "select * from captures where id = ?", (number,)
            ).fetchone()
            store_article(connection, capture, article)
    return path


def _article(number: int, **fields: Any) -> Article:
    text = fields.pop("text", f"Rest and drink water. {number}")
    site = fields.pop("site", "example.org")
    values: dict[str, Any] = {
        "url": f"https://{site}/{number}",
        "requested_url": None,
        "site": site,
        "publisher": None,
        "language": "en",
        "title": f"Article {number}",
        "text": text,
        "sections": (Section(heading=None, level=None, blocks=(Paragraph(text=text),)),),
        "contributors": (Contributor(role="medical_reviewer", name="Rhea Viewer"),),
        "dates": (
            StatedDate(kind="reviewed", value="2024-06-09", precision="day", raw="9 June 2024"),
        ),
        "review": Review(status="named"),
        "extractor": Derivation(version="1", route="blocks", confidence=0.9),
        "text_digest": "sha256:" + hashlib.sha256(text.encode()).hexdigest(),
        "word_count": len(text.split()),
    }
    return Article(**{**values, **fields})
