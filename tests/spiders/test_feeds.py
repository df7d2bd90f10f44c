"""Feeds of the four kinds, and what is served in their place."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.feeds import FeedEntry, read_feed

RSS2 = b"""<?xml version="1.0"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>News</title><link>https://example.org/</link>
<atom:link rel="self" href="https://example.org/feed"/>
<item><title>Flu &amp; colds&nbsp;now</title><link>https://example.org/flu?a=1&b=2</link>
  <pubDate>Mon, 06 May 2024 23:30:00 -0500</pubDate></item>
<item><title>Only a guid</title><guid isPermaLink="true">https://example.org/guid</guid>
  <dc:date>2024-05-07</dc:date></item>
<item><title>Nowhere</title><guid isPermaLink="false">tag:1</guid></item>
</channel></rss>"""

RSS1 = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.org/"><link>https://example.org/</link></channel>
<item rdf:about="x"><title>Old</title>
<link>/old</link><dc:date>2009-01-02T03:04:05Z</dc:date></item>
</rdf:RDF>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://example.org/"/>
<entry><title type="html">Heart</title>
 <link rel="edit" href="https://example.org/edit/1"/>
 <link rel="alternate" href="/heart"/>
 <published>2024-01-01T00:00:00Z</published><updated>2024-02-02T00:00:00Z</updated></entry>
<entry><link href="/plain"/><updated>no date</updated></entry></feed>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "url": "/json", "title": "J", "date_published": "2024-03-03T10:00:00Z"},
            {"id": "https://example.org/by-id"},
            {"id": 5},
            "odd",
        ],
    }
).encode()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            RSS2,
            [
                ("https://example.org/flu?a=1&b=2", date(2024, 5, 6), None),
                ("https://example.org/guid", date(2024, 5, 7), None),
            ],
        ),
        (RSS1, [("https://example.org/old", date(2009, 1, 2), None)]),
        (
            ATOM,
            [
                ("https://example.org/heart", date(2024, 1, 1), date(2024, 2, 2)),
                ("https://example.org/plain", None, None),
            ],
        ),
        (
            JSON_FEED,
            [
                ("https://example.org/json", date(2024, 3, 3), None),
                ("https://example.org/by-id", None, None),
            ],
        ),
    ],
    ids=["RSS 2.0", "RSS 1.0", "Atom", "JSON Feed"],
)
def test_entries_come_with_address_and_dates(
    body: bytes, expected: list[tuple[str, date | None, date | None]]
) -> None:
    feed = read_feed(body, "https://example.org/feed")

    assert [(entry.url, entry.published, entry.updated) for entry in feed.entries] == expected
    assert feed.problem is None


def test_titles_are_plain_text_on_one_line() -> None:
    feed = read_feed(
        b"<rss><item><title> A\n <b>b</b>&nbsp;&eacute; </title><link>https://e.example/</link></item></rss>"
    )

    assert feed.entries == (FeedEntry(url="https://e.example/", title="A b é"),)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "it is empty"),
        (b"<html><body>gone</body></html>", "it is no feed"),
        (b"{}", "without items"),
        (b"{", "the JSON breaks"),
        (b'{"a":' * 100_000, "the JSON breaks"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, problem: str) -> None:
    feed = read_feed(body)

    assert feed.entries == ()
    assert problem in (feed.problem or "")


def test_a_feed_that_is_cut_off_gives_the_entries_before_the_cut() -> None:
    feed = read_feed(RSS2[: RSS2.index(b"<item><title>Only")], "https://example.org/feed")

    assert [entry.url for entry in feed.entries] == ["https://example.org/flu?a=1&b=2"]


def test_entities_are_not_expanded_and_files_not_read() -> None:
    feed = read_feed(
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "yy">]>'
        b"<rss><item><title>&x;&y;</title><link>https://e.example/</link></item></rss>"
    )

    assert [(entry.url, entry.title) for entry in feed.entries] == [
        ("https://e.example/", "&x;&y;")
    ]


def test_more_entries_than_allowed_are_left_out_and_counted() -> None:
    body = b"<rss>" + b"<item><link>https://e.example/</link></item>" * 30 + b"</rss>"

    feed = read_feed(body, most_entries=10)

    assert len(feed.entries) == 10
    assert "more than 10 entries" in (feed.problem or "")


@given(st.binary(max_size=300) | st.binary(max_size=100).map(lambda b: RSS2[:300] + b))
def test_no_bytes_raise(body: bytes) -> None:
    read_feed(body, "https://example.org/")


def test_an_ampersand_in_cdata_stays_as_it_is() -> None:
    feed = read_feed(b"<rss><item><link><![CDATA[https://e.example/?a&b]]></link></item></rss>")

    assert [entry.url for entry in feed.entries] == ["https://e.example/?a&b"]
