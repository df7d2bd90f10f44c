"""The links of a page: each once, absolute, normalised, and told apart by what they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.links import Links, find_links

PAGE = "https://example.org/health/flu"


def links(html: str) -> Links:
    return find_links(html.encode(), PAGE)


def test_links_are_absolute_normalised_and_each_once_in_order() -> None:
    found = links(
        """<a href="/b?utm_source=x">b</a> <a href="a">a</a> <a href=" HTTPS://Example.org/b#top ">
        <a href="#here">here</a><area href="//other.example/c"><a>none</a><a href=""></a>"""
    )

    assert found.pages == (
        "https://example.org/b",
        "https://example.org/health/a",
        "https://other.example/c",
    )


@pytest.mark.parametrize(
    "href", ["javascript:x()", "mailto:a@b.example", "tel:1", "data:text/html,x", "http://["]
)
def test_what_leads_to_no_page_is_left_out(href: str) -> None:
    assert links(f'<a href="{href}">x</a>').pages == ()


def test_a_link_marked_nofollow_is_left_out() -> None:
    assert links('<a rel="external NoFollow" href="/a">a</a><a href="/b">b</a>').pages == (
        "https://example.org/b",
    )


@pytest.mark.parametrize("content", ["nofollow", "noindex, NOFOLLOW", "none"])
def test_a_page_may_ask_to_follow_nothing(content: str) -> None:
    found = links(f'<meta name="robots" content="{content}"><a href="/a">a</a>')

    assert found.is_nofollow
    assert found.pages == ()


def test_canonical_amp_languages_and_feeds_stand_apart() -> None:
    found = links(
        """<head><link rel="canonical" href="/flu/"><link rel="canonical" href="/second">
        <link rel="amphtml" href="/flu/amp"><link rel="stylesheet" href="/x.css">
        <link rel="alternate" hreflang="fil" href="/fil/trangkaso">
        <link rel="alternate" type="application/rss+xml" href="/feed"></head><a href="/a">a</a>"""
    )

    assert found == Links(
        pages=("https://example.org/a",),
        canonical="https://example.org/flu/",
        amp="https://example.org/flu/amp",
        alternates=(("fil", "https://example.org/fil/trangkaso"),),
        feeds=("https://example.org/feed",),
    )


def test_the_first_base_counts_and_a_hostile_one_does_not() -> None:
    assert links('<base href="/one/"><base href="/two/"><a href="a">a</a>').pages == (
        "https://example.org/one/a",
    )
    assert links('<base href="javascript:x"><a href="a">a</a>').pages == (
        "https://example.org/health/a",
    )


def test_a_page_of_endless_links_gives_the_first_ones() -> None:
    found = links("".join(f'<a href="/{n}">x</a>' for n in range(12_000)))

    assert len(found.pages) == 10_000
    assert found.pages[0] == "https://example.org/0"


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00\x01", b"%PDF-1.7", b"<!-- -->"])
def test_bytes_without_html_have_no_links(body: bytes) -> None:
    assert find_links(body, PAGE).pages == ()


def test_an_encoding_nobody_knows_gives_no_links_and_no_error() -> None:
    assert find_links(b'<a href="/a">a</a>', PAGE, encoding="x-none") == Links()


@given(st.text("<a href=\"/>#?&'=: \n\\rel nofollow%é", max_size=80))
def test_no_markup_raises(html: str) -> None:
    found = find_links(html.encode(), PAGE)

    assert all(page.startswith(("http://", "https://")) for page in found.pages)
