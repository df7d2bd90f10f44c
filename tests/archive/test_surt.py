from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.surt import surt_key

SESSION = "0123456789abcdef0123456789ABCDEF"


# Each right side is what the Python package surt 0.3.1 gives; witnesses/test_index_tools.py asks it
# again.
@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.example.org/Fever/?b=2&a=1#top", "org,example)/fever?a=1&b=2"),
        ("http://example.org", "org,example)/"),
        ("http://example.org:80/a", "org,example)/a"),
        ("https://example.org:443/a", "org,example)/a"),
        ("http://example.org:443/a", "org,example:443)/a"),
        ("http://WWW12.Example.ORG./a//b/./c/../d/", "org,example)/a/b/d"),
        ("http://user:word@example.org/", "org,example)/"),
        ("http://127.0.0.1:8080/x", "1,0,0,127:8080)/x"),
        ("http://2130706433/", "1,0,0,127)/"),
        ("http://[2001:db8::1]:8080/", "2001:db8::1:8080)/"),
        ("https://bệnh.example/ho%20khan", "example,xn--bnh-4kz)/ho%20khan"),
        ("http://example.org/S%E1%BB%91t?q=%41%2541", "org,example)/s%e1%bb%91t?q=aa"),
        ("http://example.org/100%", "org,example)/100%25"),
        ("http://example.org/?", "org,example)/"),
        ("http://example.org/?b&a=2&a=1&a&b=", "org,example)/?a&a=1&a=2&b&b="),
        (f"http://example.org/a?PHPSESSID={SESSION}&x=1", "org,example)/a?x=1"),
        (f"http://example.org/a?x=1&sid={SESSION}", "org,example)/a?&x=1"),
        ("http://example.org/(s(0123456789abcdef01234567))/a.aspx", "org,example)/a.aspx"),
        ("http://http://example.org/a", "org,example)/a"),
        ("example.org/a", "org,example)/a"),
        ("dns:www.example.org", "dns:www.example.org"),
        ("http://example.org/a\nb c", "org,example)/ab%20c"),
        ("http:////example.org/a", "org,example)/a"),
    ],
)
def test_a_url_has_the_key_that_other_tools_make_of_it(url: str, key: str) -> None:
    assert surt_key(url) == key


@pytest.mark.parametrize("url", ["http://example.org:port/", "http://example.org:99999/"])
def test_what_cannot_be_taken_apart_is_its_own_key(url: str) -> None:
    assert surt_key(url) == url


@given(
    st.text(max_size=60) | st.text(st.sampled_from("htp:/w.[]@%25?&=#aé \n\x00\ud800"), max_size=40)
)
def test_a_key_never_breaks_a_line_of_the_index(url: str) -> None:
    key = surt_key(url)

    assert key.isascii()
    assert not set(key) & set(map(chr, [*range(0x21), 0x7F]))
