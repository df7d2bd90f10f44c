"""What a payload is, whatever its server said."""

from __future__ import annotations

import time

import pytest

from archiater.replay.media import medium_of


@pytest.mark.parametrize(
    ("payload", "content_type", "form", "served_as"),
    [
        (b"<p>a", "text/html; charset=x", "html", "text/html; charset=utf-8"),
        (b"\n<!-- a --><!DOCTYPE html>", None, "html", "text/html; charset=utf-8"),
        (b"<p>a", None, "other", "application/octet-stream"),
        (b"\xff\xd8\xff\xe0", "text/html", "image", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8", "image/jpeg", "image", "image/webp"),
        (b"\0\0\0\x1cftypavif", None, "image", "image/avif"),
        (b"<?xml version='1.0'?><!-- a --><svg>", "text/xml", "image", "image/svg+xml"),
        (b"<svg>", "text/plain", "text", "text/plain; charset=utf-8"),
        (b"wOF2\0", "application/octet-stream", "font", "font/woff2"),
        (b"\0\1\0\0\0\x0c", None, "font", "font/ttf"),
        (b"b{}", "text/css", "style", "text/css; charset=utf-8"),
        (b"run()", "text/javascript", "text", "text/plain; charset=utf-8"),
        (b"{}", "application/ld+json", "text", "text/plain; charset=utf-8"),
        (b"%PDF-1.7", "application/pdf", "other", "application/octet-stream"),
        (b"", "image/png\r\nX: y", "other", "application/octet-stream"),
    ],
)
def test_a_payload_is_known_by_its_bytes_and_else_by_its_header(
    payload: bytes, content_type: str | None, form: str, served_as: str
) -> None:
    medium = medium_of(payload, content_type)

    assert (medium.form, medium.type) == (form, served_as)


def test_comments_without_end_hold_nobody_up() -> None:
    started = time.process_time()

    for unit in (b"<!---->", b"<!-->-->", b"<!>", b" "):
        assert medium_of(unit * (1024 // len(unit)), None).form == "other"

    assert time.process_time() - started < 1
