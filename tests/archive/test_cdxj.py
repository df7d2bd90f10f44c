from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import cdxj
from archive.cdxj import cdxj_line, cdxj_lines, sorted_lines
from archive.collection import Collection

AddCapture = Callable[..., Any]


def line(url: str = "https://example.org/fever", **values: Any) -> bytes:
    columns: dict[str, Any] = {
        "fetched_at": "2026-11-22T09:30:01.250000Z",
        "record_type": "response",
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "digest": "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
        "offset": 512,
        "length": 300,
        "filename": "test.warc.gz",
        **values,
    }
    return cdxj_line(url, **columns)


def fields(text: bytes) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(text.split(b" ", 2)[2])
    return parsed


def test_a_line_is_key_time_and_an_object_of_strings() -> None:
    assert line() == (
        b'org,example)/fever 20261122093001 {"url": "https://example.org/fever", '
        b'"mime": "text/html", "status": "200", '
        b'"digest": "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", '
        b'"length": "300", "offset": "512", "filename": "test.warc.gz"}\n'
    )


@pytest.mark.parametrize(
    ("content_type", "mime"),
    [
        ("text/html", "text/html"),
        ("text/html ;charset=x", "text/html"),
        (" image/png", "image/png"),
        ('te"xt/h\u00e9', 'te"xt/h\u00e9'),
        ("", "unk"),
        (None, "unk"),
    ],
)
def test_the_mime_is_the_media_type_alone(content_type: str | None, mime: str) -> None:
    assert fields(line(content_type=content_type))["mime"] == mime


def test_a_revisit_is_told_by_its_mime_and_what_is_not_known_by_a_dash() -> None:
    found = fields(line(record_type="revisit", status=None, digest=None))

    assert (found["mime"], found["status"], found["digest"]) == ("warc/revisit", "-", "-")


@given(
    url=st.text(max_size=50), content_type=st.none() | st.text(max_size=20), status=st.integers()
)
def test_no_url_and_no_header_breaks_a_line(
    url: str, content_type: str | None, status: int
) -> None:
    text = line(url, content_type=content_type, status=status)

    assert text.isascii()
    assert text.count(b"\n") == 1
    assert len(text.split(b" ", 2)[1]) == 14
    assert fields(text)["url"] == url
    assert all(isinstance(value, str) for value in fields(text).values())


def test_only_captures_with_an_answer_in_sealed_files_are_lines(
    collection: Collection, add_capture: AddCapture
) -> None:
    for kind in ("response", "revisit", "resource", "metadata"):
        add_capture(f"https://example.org/{kind}", record_type=kind)
    with collection.transaction() as connection:
        connection.execute(
            """
            insert into warc_files (id, name, state, origin, durable_bytes, created_at)
            values (2, 'growing.warc.gz', 'open', 'crawl', 0, '')
            """
        )
    add_capture("https://example.org/growing", warc_file_id=2)

    urls = [fields(text)["url"] for text in cdxj_lines(collection.connection)]

    assert urls == [f"https://example.org/{kind}" for kind in ("response", "revisit", "resource")]


@pytest.mark.parametrize("lines_in_run", [1, 3, 7, 1000])
def test_lines_are_sorted_by_their_bytes_whatever_fits_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines_in_run: int
) -> None:
    monkeypatch.setattr(cdxj, "_LINES_IN_RUN", lines_in_run)
    lines = [
        b"%s %d\n" % (key, number) for number in range(20) for key in (b"a", b"B", b"a)", b"a,")
    ]
    shuffled = sorted(lines, key=lambda line: line[::-1])

    with sorted_lines(iter(shuffled), folder=tmp_path) as found:
        assert list(found) == sorted(lines)

    assert list(tmp_path.iterdir()) == []
