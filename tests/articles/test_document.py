from __future__ import annotations

import time

import pytest

from articles.document import MAX_BODY_BYTES, MAX_TAGS, parse_document
from articles.page import NotAnArticle, Page
from articles.profile import SiteProfile


def a_page(html: str | bytes, url: str = "https://clinic.example/flu") -> Page:
    return Page(url=url, body=html.encode() if isinstance(html, str) else html)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b'{"articles": []}', "JSON"),
        (bytes(range(256)) * 8, "binary"),
        (b"<p>" + b"x" * MAX_BODY_BYTES, "bytes"),
        (b"<br>" * (MAX_TAGS + 1), "tags"),
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(20_000)) + b">", "attributes"),
        (b"<p " + b"/".join(b"a%d" % n for n in range(20_000)) + b">", "attributes"),
        (b"<!-- nothing but a comment -->", "no HTML"),
    ],
    ids=[
        "empty",
        "white",
        "pdf",
        "png",
        "jpeg",
        "json",
        "binary",
        "large",
        "tags",
        "attributes",
        "slashes",
        "comment",
    ],
)
def test_bytes_that_are_no_html_page_are_refused_with_one_line(body: bytes, said: str) -> None:
    with pytest.raises(NotAnArticle) as refused:
        parse_document(a_page(body))

    assert said in refused.value.reason
    assert "\n" not in refused.value.reason


def test_fifty_megabytes_of_nested_tags_are_refused_at_once() -> None:
    body = b"<div>" * 10_000_000
    started = time.process_time()

    with pytest.raises(NotAnArticle):
        parse_document(a_page(body))

    assert time.process_time() - started < 5


def test_a_long_attribute_is_not_taken_for_many() -> None:
    picture = "data:image/svg+xml," + "a b=c / " * 20_000

    document = parse_document(a_page(f"<p>Fever.</p><img src='{picture}'>"))

    assert document.tree.xpath("//img/@src") == [picture]


def test_a_deeply_nested_page_is_read_without_recursion() -> None:
    document = parse_document(a_page("<div>" * 1500 + "<p>deep down</p>"))

    assert "deep down" in "".join(document.tree.itertext())


def test_characters_that_no_tree_may_have_are_no_trouble_in_deep_elements() -> None:
    document = parse_document(a_page("<div>" * 150 + "fe\ufffever<b>high</b>co\uffffugh"))

    assert "highcough" in "".join(document.tree.itertext())


def test_comments_are_gone_and_scripts_are_kept() -> None:
    document = parse_document(a_page("<p>a<!-- b --></p><script>var c</script>"))

    text = "".join(document.tree.itertext())
    assert "b" not in text
    assert "var c" in text


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ('<base href="/pages/">', "https://clinic.example/pages/"),
        ('<base href="http://[">', "https://clinic.example/flu"),
        ("<base>", "https://clinic.example/flu"),
        ("", "https://clinic.example/flu"),
    ],
    ids=["relative", "broken", "without href", "none"],
)
def test_the_base_url_is_that_of_the_base_element_where_it_is_one(base: str, expected: str) -> None:
    assert parse_document(a_page(f"<head>{base}</head><p>text")).base_url == expected


def test_an_xml_declaration_does_not_stop_the_parser() -> None:
    document = parse_document(a_page('<?xml version="1.0" encoding="utf-8"?><html><p>naïve</p>'))

    assert "naïve" in "".join(document.tree.itertext())


def test_the_language_of_the_profile_stands_in_where_the_page_is_silent() -> None:
    profile = SiteProfile(site="example", language="fil")

    assert parse_document(a_page("<p>12345</p>"), profile).language == "fil"
