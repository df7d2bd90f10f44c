"""Sitemaps as they are served: gzipped or not, broken, hostile, or no sitemap at all."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.sitemaps import SitemapEntry, read_sitemap
from spiders.w3c_dates import date_of

URLSET = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:xhtml="http://www.w3.org/1999/xhtml">
  <url>
    <image:image><image:loc>https://example.org/picture.jpg</image:loc></image:image>
    <loc>
      https://EXAMPLE.org/flu?a=1&amp;utm_source=x
    </loc>
    <lastmod>2024-05-06T23:30:00+07:00</lastmod>
    <xhtml:link rel="alternate" hreflang="fil" href="/fil/trangkaso"/>
  </url>
  <url><loc><![CDATA[https://example.org/cold?a=1&b=2]]></loc>
    <news:news><news:publication_date>2024-01-02</news:publication_date></news:news></url>
  <url><loc>mailto:editor@example.org</loc></url>
  <url><lastmod>2024-01-01</lastmod></url>
</urlset>"""


def urls_of(body: bytes) -> list[str]:
    return [entry.url for entry in read_sitemap(body).entries]


def test_pages_come_with_dates_and_other_languages_and_without_images() -> None:
    found = read_sitemap(URLSET, "https://example.org/sitemap.xml")

    assert found.kind == "pages"
    assert found.problem is None
    assert found.entries == (
        SitemapEntry(
            url="https://example.org/flu?a=1",
            lastmod=date(2024, 5, 6),
            alternates=(("fil", "https://example.org/fil/trangkaso"),),
        ),
        SitemapEntry(url="https://example.org/cold?a=1&b=2", published=date(2024, 1, 2)),
    )


def test_an_index_names_further_sitemaps() -> None:
    found = read_sitemap(
        b'<sm:sitemapindex xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9">'
        b"<sm:sitemap><sm:loc>/one.xml.gz</sm:loc><sm:lastmod>2024-05</sm:lastmod></sm:sitemap>"
        b"</sm:sitemapindex>",
        "https://example.org/sitemap.xml",
    )

    assert found.kind == "index"
    assert found.entries == (
        SitemapEntry(url="https://example.org/one.xml.gz", lastmod=date(2024, 5, 31)),
    )


def test_gzip_is_told_by_its_magic_number_also_in_several_members() -> None:
    half = len(URLSET) // 2

    assert urls_of(gzip.compress(URLSET)) == urls_of(URLSET)
    assert urls_of(gzip.compress(URLSET[:half]) + gzip.compress(URLSET[half:])) == urls_of(URLSET)


def test_a_plain_text_sitemap_is_one_url_a_line() -> None:
    found = read_sitemap(b"\xef\xbb\xbfhttps://example.org/a\r\n\r\n# no\nhttps://example.org/b")

    assert [entry.url for entry in found.entries] == [
        "https://example.org/a",
        "https://example.org/b",
    ]
    assert (found.kind, found.problem) == ("pages", None)


def test_a_feed_in_the_place_of_a_sitemap_is_read_as_one() -> None:
    found = read_sitemap(
        b"<?xml version='1.0'?><rss><channel><item><link>https://example.org/a</link>"
        b"<pubDate>Mon, 06 May 2024 10:00:00 GMT</pubDate></item></channel></rss>"
    )

    assert found.entries == (SitemapEntry(url="https://example.org/a", lastmod=date(2024, 5, 6)),)


ROW = b"<url><loc>https://example.org/%d</loc></url>"


def test_of_broken_xml_what_stood_before_the_break_is_kept() -> None:
    found = read_sitemap(b"<urlset>\n" + ROW % 1 + ROW % 2 + b"<url><loc>https://example.o</url>")

    assert [entry.url for entry in found.entries] == [
        "https://example.org/1",
        "https://example.org/2",
    ]
    assert found.problem == "the XML breaks at line 2 (mismatched tag)"


def test_a_cut_off_gzip_gives_its_rows_and_says_so() -> None:
    packed = gzip.compress(b"<urlset>" + b"".join(ROW % n for n in range(20_000)) + b"</urlset>")

    found = read_sitemap(packed[: len(packed) // 2])

    assert 1000 < len(found.entries) < 20_000
    assert found.problem == "the gzip data is cut off"


def test_a_bare_ampersand_does_not_lose_the_rest() -> None:
    found = read_sitemap(
        b"<urlset><url><loc>https://example.org/?a=1&b=2</loc></url>" + ROW % 2 + b"</urlset>"
    )

    assert [entry.url for entry in found.entries] == [
        "https://example.org/?a=1&b=2",
        "https://example.org/2",
    ]
    assert found.problem is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "it is an HTML page"),
        (b"<error>no</error>", "it is no sitemap: its root is <error>"),
        (b"hello", "the XML breaks at line 1 (syntax error)"),
        (b"\x1f\x8b\x08\x00" + b"garbage" * 9, "the gzip data is damaged"),
        (b"<?xml version='1.0' encoding='x-none'?><urlset/>", "unknown encoding"),
    ],
)
def test_what_is_no_sitemap_is_named(body: bytes, problem: str) -> None:
    found = read_sitemap(body)

    assert found.entries == ()
    assert problem in (found.problem or "")


def test_entities_are_never_expanded() -> None:
    bomb = b'<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset>' + ROW % 1
    outside = b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset>&x;</urlset>'

    for body in (bomb, outside):
        assert read_sitemap(body).problem == "it declares entities, which no sitemap needs"
        assert read_sitemap(body).entries == ()


def test_limits_hold_for_rows_bytes_and_depth() -> None:
    rows = b"<urlset>" + b"".join(ROW % n for n in range(100)) + b"</urlset>"
    bomb = gzip.compress(b"<urlset>" + b" " * 3_000_000 + ROW % 1 + b"</urlset>")

    few = read_sitemap(rows, most_entries=10)
    short = read_sitemap(bomb, most_bytes=1_000_000)
    deep = read_sitemap(b"<urlset>" + b"<a>" * 10_000)

    assert (len(few.entries), few.problem) == (
        10,
        "it has more than 10 rows; the rest was left out",
    )
    assert (short.entries, short.problem) == (
        (),
        "it unpacks to more than 1000000 bytes; the rest was left out",
    )
    assert deep.problem == "its elements are nested too deeply for a sitemap"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2024-5-6", date(2024, 5, 6)),
        ("2024/05/06", date(2024, 5, 6)),
        (" 2024-05-06 10:00", date(2024, 5, 6)),
        ("2024-05-06Z", date(2024, 5, 6)),
        ("2024-13-01", None),
        ("2024-02-30", None),
        ("0000-01-01", None),
        ("20240506", None),
        ("1715000000", None),
        ("May 2024", None),
        ("", None),
        (None, None),
    ],
)
def test_a_lastmod_is_a_day_or_nothing(text: str | None, expected: date | None) -> None:
    assert date_of(text) == expected


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda b: URLSET[:400] + b))
def test_no_bytes_raise(body: bytes) -> None:
    for served in (body, gzip.compress(body), gzip.compress(body)[:-9]):
        found = read_sitemap(served, "https://example.org/")

        assert all(entry.url.startswith("http") for entry in found.entries)
        assert found.entries or found.problem or found.kind != "unknown"
