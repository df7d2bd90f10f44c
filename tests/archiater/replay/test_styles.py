"""What becomes of a style sheet."""

from __future__ import annotations

import time

import pytest

from archiater.replay.addresses import Kind
from archiater.replay.styles import lead_styles


def led(css: str) -> str:
    def lead(address: str, kind: Kind) -> str:
        return f"/{kind[0]}/{address}"

    return lead_styles(css, base="https://example.org/css/main.css", lead=lead)


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a{b:url(i.png)}", 'a{b:url("/p/https://example.org/css/i.png")}'),
        ("a{b:URL( '../i.png' )}", 'a{b:url("/p/https://example.org/i.png")}'),
        ('a{b:url("//cdn.example/i")}', 'a{b:url("/p/https://cdn.example/i")}'),
        ("@import 'a.css' screen;", '@import url("/s/https://example.org/css/a.css") screen;'),
        ("@import url(a.css);", '@import url("/s/https://example.org/css/a.css");'),
        ('@import/**/"a.css";', '@import url("/s/https://example.org/css/a.css");'),
        ("a{b:u\\72l(i)}", 'a{b:url("/p/https://example.org/css/i")}'),
        ("a{b:url(a\\)b)}", 'a{b:url("/p/https://example.org/css/a)b")}'),
        (
            'a{b:image-set("i.png" 1x, "j.png" 2x)}',
            'a{b:image-set(url("/p/https://example.org/css/i.png") 1x, '
            'url("/p/https://example.org/css/j.png") 2x)}',
        ),
        ("a{b:url(data:image/png;base64,AA)}", 'a{b:url("data:image/png;base64,AA")}'),
        ("a{b:url(data:text/html,x)}", 'a{b:url("about:invalid")}'),
        ("a{b:url(javascript:x)}", 'a{b:url("about:invalid")}'),
        ("a{filter:url(#f)}", 'a{filter:url("#f")}'),
        ("a{b:url()}", 'a{b:url("about:invalid")}'),
        ("/* url(i) */", "/* url(i) */"),
        ('a::after{content:"url(i)"}', 'a::after{content:"url(i)"}'),
        ("a{b:expression(run())}", "a{b:x-expression(run())}"),
        ("a{behavior: url(x.htc)}", 'a{x-behavior: url("/p/https://example.org/css/x.htc")}'),
        (".\\31 0{a:b}", ".\\31 0{a:b}"),
        ('a{b:url("i" crossorigin(x))}', 'a{b:url("/p/https://example.org/css/i"crossorigin(x))}'),
        ('a{b:image-set("i")}', 'a{b:image-set(url("/p/https://example.org/css/i"))}'),
        ('a{font:"A","B";b:f("i")}', 'a{font:"A","B";b:f("i")}'),
        # A browser takes the end of the sheet for the end of all that is open.
        ("a{b:url(i", 'a{b:url("/p/https://example.org/css/i")'),
        ('a{b:url("i', 'a{b:url("/p/https://example.org/css/i"'),
        ('@import "i\\', '@import url("/s/https://example.org/css/i/")'),
        # What no browser takes for a string or a comment hides nothing.
        ('a{b:url(c"d);e:url(i)/*"*/}', 'a{b:url(c"d);e:url("/p/https://example.org/css/i")/*"*/}'),
        (
            'a{b:xurl(c"d)/*";e:url(i)/*"*/',
            'a{b:xurl(c"d)/*";e:url("/p/https://example.org/css/i")/*"*/',
        ),
        ('"\f;url(i)/*"*/', '"\f;url("/p/https://example.org/css/i")/*"*/'),
        ('"/*\n;url(i)/**/', '"/*\n;url("/p/https://example.org/css/i")/**/'),
        ("url(i\xa0j)", 'url("/p/https://example.org/css/i%C2%A0j")'),
    ],
)
def test_a_sheet_is_led_into_the_archive(css: str, expected: str) -> None:
    assert led(css) == expected


@pytest.mark.parametrize(
    "unit",
    [
        'url("',
        "@import/*",
        "url(",
        "\\72",
        '"',
        "/*",
        "@import ",
        "url('a\\",
        'url("a" ',
        "image-set(",
        ")",
    ],
)
def test_a_hostile_sheet_takes_no_longer_than_its_length(unit: str) -> None:
    started = time.process_time()

    led(unit * (500_000 // len(unit)))

    assert time.process_time() - started < 3
