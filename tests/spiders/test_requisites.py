from __future__ import annotations

import string

import pytest
import tinycss2  # type: ignore[import-untyped]  # it has no types
from hypothesis import given
from hypothesis import strategies as st

from articles.urls import normalise_url
from spiders.links import page_tree
from spiders.requisites import (
    is_style,
    requisites_of_page,
    requisites_of_style,
    why_not_fetched,
)

PAGE = "https://health.example/fever/"
STYLE = "https://cdn.example/css/site.css"


def of_page(markup: str, *, most: int = 100, scripts: bool = False) -> tuple[str, ...]:
    tree = page_tree(f"<!doctype html><html><body>{markup}</body></html>".encode())
    assert tree is not None
    return requisites_of_page(tree, PAGE, most=most, scripts=scripts)


def of_style(text: str, *, most: int = 100, imports: bool = True) -> tuple[str, ...]:
    return requisites_of_style(text.encode(), STYLE, most=most, imports=imports)


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="a.png">',
        '<img src=" a.png ">',
        '<img src="placeholder.gif" data-src="a.png">',
        '<img src="data:image/gif;base64,R0lGOD" data-original="a.png">',
        '<img srcset="a.png 1x, b.png 2x">',
        '<img data-srcset="b.png 300w,a.png 600w">',
        '<picture><source srcset="a.png" media="(min-width: 9px)"><img src="b.png"></picture>',
        '<amp-img src="a.png"></amp-img>',
        '<input type="Image" src="a.png">',
        '<video poster="a.png" src="film.mp4"></video>',
        '<link rel="shortcut icon" href="a.png">',
        '<link rel="preload" as="image" href="a.png">',
        '<link rel="preload" as="image" imagesrcset="a.png 1x">',
        '<svg><image href="a.png"/></svg>',
        '<svg><image xlink:href="a.png"/></svg>',
        '<svg><use href="a.png#heart"/></svg>',
        '<object type="image/svg+xml" data="a.png"></object>',
        '<table background="a.png"></table>',
        "<div style='color:red;background:URL(a.png)'></div>",
        "<div style='background:url(&quot;a.png&quot;)'></div>",
        '<div data-bg="a.png"></div>',
        '<div data-bg="url(a.png)"></div>',
        "<style>h1 { background: url(a.png) }</style>",
        '<noscript><img src="a.png"></noscript>',
    ],
)
def test_what_shows_an_image_is_found(markup: str) -> None:
    assert "https://health.example/fever/a.png" in of_page(markup)


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="stylesheet" href="a.css">',
        '<link rel="StyleSheet preload" href="a.css">',
        '<link rel="preload" as="style" href="a.css" onload="this.rel=1">',
        '<style>@import "a.css";</style>',
        "<style>@import url(a.css) print;</style>",
    ],
)
def test_what_leads_to_a_style_sheet_is_found(markup: str) -> None:
    assert of_page(markup) == ("https://health.example/fever/a.css",)


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="">',
        '<img src="#">',
        '<img src="https://health.example/fever/">',
        '<img src="data:image/gif;base64,R0lGOD">',
        '<img src="javascript:alert(1)">',
        '<img src="file:///etc/passwd">',
        '<img src="https://count.example/p?id=1" width="1" height="1">',
        '<svg><use href="#heart"/></svg>',
        '<link rel="alternate stylesheet" href="contrast.css">',
        '<link rel="canonical" href="https://health.example/other/">',
        '<link rel="preload" as="fetch" href="data.json">',
        '<script src="a.js"></script>',
        '<link rel="modulepreload" href="a.js">',
        '<audio src="a.mp3"></audio>',
        '<video src="a.mp4"><source src="b.mp4"></video>',
        '<object type="application/pdf" data="a.pdf"></object>',
        '<iframe src="a.html"></iframe>',
        '<a href="a.png">',
        "<div style='clip-path:url(#shape)'></div>",
    ],
)
def test_what_is_no_requisite_is_left_alone(markup: str) -> None:
    assert of_page(markup) == ()


@pytest.mark.parametrize(
    "markup", ['<script src="a.js"></script>', '<link rel="modulepreload" href="a.js">']
)
def test_scripts_are_taken_where_they_are_asked_for(markup: str) -> None:
    assert of_page(markup, scripts=True) == ("https://health.example/fever/a.js",)


def test_a_base_moves_every_address() -> None:
    found = of_page('<base href="/media/"><base href="/no/"><img src="a.png">')

    assert found == ("https://health.example/media/a.png",)


def test_a_comma_inside_an_address_of_a_srcset_belongs_to_it() -> None:
    found = of_page('<img srcset="/w_400,h_300/a.jpg 400w, /w_800,h_600/a.jpg 800w,/b.jpg">')

    assert found == (
        "https://health.example/w_400,h_300/a.jpg",
        "https://health.example/w_800,h_600/a.jpg",
        "https://health.example/b.jpg",
    )


def test_where_there_is_too_much_the_least_needed_is_left_out() -> None:
    markup = (
        '<link rel="icon" href="icon.ico"><img src="a.png" srcset="a-2x.png 2x">'
        '<img src="b.png"><link rel="stylesheet" href="a.css">'
    )

    kept = [url.rpartition("/")[2] for url in of_page(markup, most=4)]

    assert kept == ["a.css", "a.png", "b.png", "a-2x.png"]


def test_an_address_that_stands_in_the_page_many_times_is_named_once() -> None:
    assert len(of_page('<img src="a.png"><img src="./a.png#x">' * 300)) == 1


def test_fonts_and_images_of_a_style_sheet_are_found_from_where_it_lies() -> None:
    found = of_style(
        """
        @charset "utf-8"; @import 'base.css' screen; @import/**/url( "../more.css" );
        @namespace svg url(http://www.w3.org/2000/svg);
        /* url(in-comment.png) */
        @font-face { src: local("Inter"), url(f.eot?#x), url("f.woff2") format("woff2"); }
        a::after { content: "url(in-string.png)"; background: url( b.png ) }
        b { background-image: -webkit-image-set("c.png" type("image/png") 1x, url(d.png) 2x) }
        """
    )

    assert found == (
        "https://cdn.example/css/base.css",
        "https://cdn.example/more.css",
        "https://cdn.example/css/b.png",
        "https://cdn.example/css/c.png",
        "https://cdn.example/css/d.png",
        "https://cdn.example/css/f.woff2",
    )


def test_a_style_sheet_that_lies_too_deep_imports_nothing() -> None:
    found = of_style("@import 'b.css'; a { background: url(c.png) }", imports=False)

    assert found == ("https://cdn.example/css/c.png",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (r"a { background: url(my\ heart.png) }", "my%20heart.png"),
        (r"a { background: url('a\26 b.png') }", "a&b.png"),
        (r'a { background: url("a\.png") }', "a.png"),
        ('a { background: url("a\\\n.png") }', "a.png"),
    ],
)
def test_escapes_of_a_style_sheet_are_resolved(text: str, name: str) -> None:
    assert of_style(text) == (f"https://cdn.example/css/{name}",)


def _names_of_tinycss2(text: str) -> list[str]:
    """What the reference tokenizer calls a `url()`, in order."""
    found: list[str] = []
    waiting = list(reversed(tinycss2.parse_component_value_list(text)))
    while waiting:
        node = waiting.pop()
        if node.type == "url":
            found.append(node.value)
        elif node.type == "function" and node.lower_name == "url":
            strings = [part for part in node.arguments if part.type != "whitespace"]
            if len(strings) == 1 and strings[0].type == "string":
                found.append(strings[0].value)
            continue
        inside = getattr(node, "content", None) or getattr(node, "arguments", None)
        waiting.extend(reversed(inside or []))
    return found


# Without a backslash: who writes `\75rl(` for `url(` wants not to be found, and is not.
_PIECES = st.sampled_from(
    [
        *(
            "url(x.png)",
            "url('y.png')",
            'url( "z.png" )',
            "URL(w.png)",
            "curl(no.png)",
            "u",
            "a{b:c}",
        ),
        *(
            "/*",
            "*/",
            '"',
            "'",
            "\n",
            " ",
            ";",
            "{",
            "}",
            "url(",
            "no.png",
            ",",
            "é",
            "-",
            "(",
        ),
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_the_addresses_are_those_that_a_whole_tokenizer_finds(text: str) -> None:
    # Only whole tokens are compared: what a text that ends in one would mean is no matter.
    text += "\n)\"\n'\n*/;}}}))"
    expected = {
        normalise_url(f"https://cdn.example/css/{name}")
        for name in _names_of_tinycss2(text)
        if name in ("w.png", "x.png", "y.png", "z.png")
    }

    assert expected <= set(of_style(text))


@given(st.text(alphabet=string.printable + "é\x00", max_size=80))
def test_no_style_sheet_is_too_odd_to_be_read(text: str) -> None:
    of_style(f"@import {text}")
    of_page(f"<img srcset='{text}' style='{text}'><style>url({text}</style>")


@pytest.mark.parametrize(
    "piece",
    [
        '\\"',
        '"',
        "url(",
        "url('",
        "@import/*",
        "/*",
        "url(\\",
        "image-set(",
        "@import ",
        "u",
        "'\n",
    ],
)
def test_a_hostile_style_sheet_takes_no_longer_than_another(piece: str) -> None:
    # Going back over the text would take hours for a million characters.
    assert of_style(piece * (1_000_000 // len(piece))) == ()


@pytest.mark.parametrize(
    ("url", "content_type", "expected"),
    [
        ("https://a.example/x", "text/css; charset=utf-8", True),
        ("https://a.example/x.css?v=1", "text/plain", True),
        ("https://a.example/x.css", "", True),
        ("https://a.example/x.css", "text/html", False),
        ("https://a.example/x.png", "image/png", False),
    ],
)
def test_the_type_says_what_a_style_sheet_is(url: str, content_type: str, expected: bool) -> None:
    assert is_style(url, content_type) is expected


@pytest.mark.parametrize(
    "host",
    [
        "localhost:8080", "printer", "nas.local", "127.0.0.1", "127.1", "0x7f000001", "10.0.0.8",
        "192.168.1.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "[fd00::1]", "2130706433",
        "localhost.", "metadata.google.internal",
    ],
)  # fmt: skip
def test_a_page_of_the_web_cannot_send_us_into_our_own_network(host: str) -> None:
    assert why_not_fetched(f"http://{host}/a.png", PAGE) is not None
    assert of_page(f'<img src="http://{host}/a.png">') == ()


@pytest.mark.parametrize("host", ["cdn.example", "1.2.3.4", "[2606:4700::1111]", "health.example"])
def test_a_page_of_the_web_may_name_any_host_of_the_web(host: str) -> None:
    assert why_not_fetched(f"http://{host}/a.png", PAGE) is None


def test_a_page_of_our_own_network_may_name_its_neighbours() -> None:
    assert why_not_fetched("http://127.0.0.2:81/a.png", "http://127.0.0.1:80/") is None


def test_no_page_at_all_leads_to_the_keys_of_a_cloud() -> None:
    assert why_not_fetched("http://169.254.169.254/latest/", "http://127.0.0.1:80/") is not None
