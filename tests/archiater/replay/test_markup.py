"""What becomes of a page's markup: what names something leads into the archive, what runs goes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiater.replay import markup_limits
from archiater.replay.addresses import Kind
from archiater.replay.markup import UnreadableMarkup, safe_markup

URL = "https://example.org/health/fever"


def shown(page: str, url: str = URL) -> str:
    def lead(address: str, kind: Kind) -> str:
        return f"/in/{kind}/{address}"

    return safe_markup(page, url=url, lead=lead, lead_link=lambda address: f"/web/{address}")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            '<a href="../a?b=1&amp;c#d" target="_blank" ping="/p" onclick="x()">a</a>',
            '<a href="/web/https://example.org/a?b=1&amp;c#d" target="_top">a</a>',
        ),
        ('<a href="#top">a</a>', '<a href="#top">a</a>'),
        ('<a href="fever#top">a</a>', '<a href="#top">a</a>'),
        ('<a href="javascript:x()">a</a><a href="mailto:a@b.example">b</a>', "<a>a</a><a>b</a>"),
        (
            '<map><area href="/a" shape="rect" coords="1,2"></map>',
            '<map><area shape="rect" coords="1,2" href="/web/https://example.org/a" '
            'target="_top"></map>',
        ),
        (
            '<img src="a.png" alt="&lt;style&gt;" onerror="x()">',
            '<img src="/in/picture/https://example.org/health/a.png" alt="&lt;style&gt;">',
        ),
        ('<img src="data:image/gif;base64,R0">', '<img src="data:image/gif;base64,R0">'),
        ('<img src="data:text/html,x">', "<img>"),
        (
            '<img srcset="/a,b.png 1x,\n c.png 2x, data:image/png;base64,AA== 3x">',
            '<img srcset="/in/picture/https://example.org/a,b.png 1x, '
            '/in/picture/https://example.org/health/c.png 2x">',
        ),
        (
            '<img srcset="a.png 1x,b.png 2x,c.png, d.png 3x 4x5,(e.png 1x">',
            '<img srcset="/in/picture/https://example.org/health/a.png 1x, '
            "/in/picture/https://example.org/health/b.png 2x, "
            "/in/picture/https://example.org/health/c.png, "
            '/in/picture/https://example.org/health/(e.png 1x">',
        ),
        (
            r"<style>a::after{content:'</\73tyle>'}</style>",
            "<style>a::after{content:'<\\/style>'}</style>",
        ),
        (
            "<style-x></style-x><img src=a><style>a{}</style>",
            '<style-x></style-x><img src="/in/picture/https://example.org/health/a">'
            "<style>a{}</style>",
        ),
        ("<x-archived-style>a</x-archived-style>", "a"),
        (
            '<picture><source srcset="w.webp" type="image/webp"><img></picture>',
            '<picture><source srcset="/in/picture/https://example.org/health/w.webp" '
            'type="image/webp"><img></picture>',
        ),
        (
            '<link rel="Stylesheet" href="/s.css" media="screen" integrity="x">',
            '<link rel="stylesheet" href="/in/style/https://example.org/s.css" media="screen">',
        ),
        (
            '<link rel="preload" as="style" href="/s.css" onload="x()">',
            '<link rel="stylesheet" href="/in/style/https://example.org/s.css">',
        ),
        ('<link rel="preload" as="image" href="/a"><link rel="preconnect" href="/b">', ""),
        ('<link rel="alternate stylesheet" href="/a"><link rel="stylesheet">', ""),
        (
            "<style>b{background:url(i.png)}</style>",
            '<style>b{background:url("/in/picture/https://example.org/health/i.png")}</style>',
        ),
        (
            "<b style=\"background:url('i.png')\">b</b>",
            '<b style="background:url(&quot;/in/picture/https://example.org/health/i.png&quot;)">'
            "b</b>",
        ),
        (
            '<td background="b.gif">c',
            "c",
        ),
        (
            '<video poster="p.jpg" src="v.mp4" autoplay>v</video>',
            '<video poster="/in/picture/https://example.org/health/p.jpg">v</video>',
        ),
        ('<meta http-equiv="refresh" content="0;url=/a"><meta name="referrer" content="a">', ""),
        (
            '<meta name="viewport" content="width=device-width">',
            '<meta name="viewport" content="width=device-width">',
        ),
        (
            '<form action="/find" onsubmit="x()"><input name="q" formaction="/y"></form>',
            '<form><input name="q"></form>',
        ),
        ('a<script>b</script><iframe src="/c">d</iframe><object data="/e">f</object>g', "ag"),
        ("<!-- a --><p>b</p>", "<p>b</p>"),
        (
            '<svg viewBox="0 0 1 1"><path/><use xlink:href="#i"/><use href="/s#i"/></svg>',
            '<svg viewBox="0 0 1 1"><path></path><use xlink:href="#i"></use><use></use></svg>',
        ),
        ('<x-card class="k" onclick="x()">c</x-card>', '<x-card class="k">c</x-card>'),
    ],
)
def test_a_tag_is_shown_as(page: str, expected: str) -> None:
    assert shown(page) == expected


def test_a_document_keeps_the_attributes_of_its_root_and_its_doctype() -> None:
    page = (
        '<!-- a --><!DOCTYPE html><html lang="vi" class="js"><head><title>T</title></head>'
        '<body class="home" style="color: red" onload="x()" background="b.png"><p>b</p></body>'
    )

    assert shown(page) == (
        '<!DOCTYPE html><html lang="vi" class="js"><title>T</title>'
        '<body class="home" style="color: red" '
        'background="/in/picture/https://example.org/health/b.png"><p>b</p>'
    )


def test_addresses_are_relative_to_the_base_that_the_page_names() -> None:
    page = '<base href="/deep/er/"><img src="a.png"><a href="b">b</a>'

    assert shown(page) == (
        '<img src="/in/picture/https://example.org/deep/er/a.png">'
        '<a href="/web/https://example.org/deep/er/b" target="_top">b</a>'
    )


def test_a_picture_that_a_script_would_have_loaded_is_shown_once() -> None:
    page = (
        '<img data-src="a.jpg" src="data:image/gif;base64,R0">'
        '<noscript><img src="a.jpg"><img src="b.jpg"></noscript>'
    )

    addresses = re.findall(r' src="([^"]*)"', shown(page))

    assert addresses == [
        "/in/picture/https://example.org/health/a.jpg",
        "/in/picture/https://example.org/health/b.jpg",
    ]


def test_what_stands_for_browsers_without_scripts_is_shown_as_markup() -> None:
    assert shown("<noscript><p>Text <b>here</b></p></noscript>") == "<p>Text <b>here</b></p>"


def test_a_link_to_a_style_sheet_in_an_attribute_is_text() -> None:
    page = '<p title="<style>b{background:url(x)}">a</p><p title="</style>">b</p>'

    assert "/in/" not in shown(page)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 40_000,
        "<div><table></div></table>" * 10_000,
        "<b><i></b></i>" * 20_000,
        f"<p {' '.join(f'a{number}=1' for number in range(5_000))}>",
        "<br>" * (markup_limits.MOST_TAGS + 1),
        "a" * (markup_limits.MOST_CHARACTERS + 1),
    ],
    ids=["deep", "deep by misnesting", "formatting", "attributes", "tags", "characters"],
)
def test_markup_that_would_hold_up_the_parser_is_not_read(page: str) -> None:
    with pytest.raises(UnreadableMarkup):
        shown(page)


def test_a_long_page_with_unclosed_paragraphs_is_read() -> None:
    page = "<ul>" + "<li>item<p>text<br>" * 20_000 + "</ul>"

    assert shown(page).count("<li>") == 20_000


_PIECES = st.sampled_from(
    [
        *("<style>", "</style>", "<svg>", "</svg>", "<math>", "<mtext>", "<table>", "<td>", "<p>"),
        *("<noscript>", "</noscript>", "<title>", "</title>", "<textarea>", "<select>", "<x-a>"),
        *("<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>", "<template>", "<body>", "<a"),
        *(' title="', '"', "'", ">", "<", "&lt;", "&quot;", "<img src=x onerror=run()>", "text"),
        *(
            "<b style='a:url(x)'>",
            "<html onload=run()>",
            "<x-archived-body onload=run()>",
            "/",
            "=",
        ),
    ]
)


@given(page=st.lists(_PIECES, max_size=25).map("".join))
def test_no_handler_comes_through_and_no_picture_is_born_at_a_second_time(page: str) -> None:
    once = shown(page)

    outside_values = re.sub(
        r'"[^"]*"', '""', re.sub(r"<style[^>]*>.*?</style>", "", once, flags=re.S)
    )
    assert not re.search(r"<[^>]*\sonerror|<[^>]*\sonload|<script", outside_values)
    assert shown(once).count("<img") <= once.count("<img")


@pytest.mark.parametrize(
    "page",
    ["&" * 1_000_000, "&amp;" * 50_000 + "a" * 2_000_000, f'<p title="{"&" * 500_000}">'],
    ids=["bare", "escaped", "attribute"],
)
def test_a_page_of_ampersands_holds_nobody_up(page: str) -> None:
    with pytest.raises(UnreadableMarkup, match="`&` in one text"):
        shown(page)
