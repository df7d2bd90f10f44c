"""One resource, one spelling: what `articles.urls` must never get wrong."""

from __future__ import annotations

import socket
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import urls
from articles.urls import (
    absolute_url,
    host_of,
    normalise_url,
    path_of,
    registered_domain,
    same_registered_domain,
)

_PATH_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="?#\\"), max_size=30)
_WEB_URLS = st.builds(
    "{}://{}{}/{}?{}#{}".format,
    st.sampled_from(["http", "https", "HTTP", "Https"]),
    st.sampled_from(
        [
            "example.org",
            "EXAMPLE.org",
            "bücher.example",
            "127.0.0.1",
            "[::1]",
            "a_b.example",
            "a.b.",
        ]
    ),
    st.sampled_from(["", ":80", ":443", ":8000", ":"]),
    _PATH_TEXT | st.sampled_from(["a/../b", "./x", "%7e", "%%41", "%2", "..", "a/%2E%2e/b", "//x"]),
    _PATH_TEXT | st.sampled_from(["utm_source=a", "a=1&utm_x=2&b", "&", "x=%zz", "q=a+b&q=c%20d"]),
    _PATH_TEXT,
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:443/a", "http://example.org:443/a"),
        ("http://example.org:0080/a", "http://example.org/a"),
        ("http://example.org:/a", "http://example.org/a"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("https://example.org/a/./b/../c/", "https://example.org/a/c/"),
        ("https://example.org/../..", "https://example.org/"),
        ("https://example.org/a/%2e%2E/b", "https://example.org/b"),
        ("https://example.org/%7Euser/%c3%a9", "https://example.org/~user/%C3%A9"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("https://example.org/a b|c", "https://example.org/a%20b%7Cc"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%%415", "https://example.org/%25A5"),
        ("https://example.org/a%2Fb", "https://example.org/a%2Fb"),
        ("https://example.org/a//b", "https://example.org/a//b"),
        ("https://example.org/a\\b", "https://example.org/a/b"),
        ("https://example.org/a#b", "https://example.org/a"),
        ("https://example.org/?b=2&a=1", "https://example.org/?b=2&a=1"),
        ("https://example.org/?id=7&utm_source=x&fbclid=y", "https://example.org/?id=7"),
        ("https://example.org/?UTM_Medium=x", "https://example.org/"),
        ("https://example.org/?utm=1&gclid_x=2", "https://example.org/?utm=1&gclid_x=2"),
        ("https://example.org/?q=a+b&q=c%2Bd", "https://example.org/?q=a+b&q=c%2Bd"),
        ("https://example.org/?", "https://example.org/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://example。org/", "https://example.org/"),
        ("http://[2001:DB8:0:0::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("https://user:p%41ss@example.org/", "https://user:pAss@example.org/"),
    ],
)
def test_a_web_url_gets_its_one_spelling(url: str, expected: str) -> None:
    assert normalise_url(url) == expected


@pytest.mark.parametrize(
    "text",
    ["", "no url", "mailto:a@b.example", "javascript:alert(1)", "http://", "http://[::1", "/a/b",
     "http://exa mple.org/", "http://example.org:99999/", "http://<b>/", "https://" + "a" * 300],
)  # fmt: skip
def test_what_is_no_web_url_comes_back_as_it_is(text: str) -> None:
    assert normalise_url(text) == text


@given(_WEB_URLS | st.text())
def test_normalising_twice_changes_nothing(url: str) -> None:
    once = normalise_url(url)

    assert normalise_url(once) == once


@given(_WEB_URLS)
def test_a_normal_url_is_ascii_and_a_browser_needs_no_more_work(url: str) -> None:
    normal = normalise_url(url)

    assert normal.isascii()
    assert not set(normal) & set(' \t\r\n"<>#\\^`{}')
    assert absolute_url("", normal) == normal


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r"), min_size=1)),
    st.lists(st.tuples(st.text("abcé&=+ %", min_size=1), st.text("xyz&=+ %ü"))),
)
def test_what_a_server_reads_from_path_and_query_stays(
    segments: list[str], parameters: list[tuple[str, str]]
) -> None:
    from urllib.parse import quote, urlencode

    kept = [segment for segment in segments if segment not in (".", "..")]
    path = "/" + "/".join(quote(segment, safe="") for segment in kept)
    url = f"https://example.org{path}?{urlencode(parameters)}"

    normal = urlsplit(normalise_url(url))

    assert [unquote(part) for part in normal.path.split("/")[1:]] == (kept or [""])
    assert parse_qsl(normal.query, keep_blank_values=True) == parse_qsl(
        urlencode(parameters), keep_blank_values=True
    )


@given(_WEB_URLS)
def test_the_short_way_for_normal_urls_agrees_with_the_long_one(url: str) -> None:
    normal = normalise_url(url)

    assert normalise_url(normal + "#") == normal


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("https://example.org/a/b", "c", "https://example.org/a/c"),
        ("https://example.org/a/b", "../../../c", "https://example.org/c"),
        ("https://example.org/a/b", "?x=1", "https://example.org/a/b?x=1"),
        ("https://example.org/a/b", "#part", "https://example.org/a/b#part"),
        ("https://example.org/a/b", "//Other.example/c", "https://other.example/c"),
        ("https://example.org/a/b", "", "https://example.org/a/b"),
        ("https://example.org/a/b", " /c d\n", "https://example.org/c%20d"),
        ("https://example.org/a/b", "\\c\\d?x=\\", "https://example.org/c/d?x=%5C"),
        ("", "https://example.org", "https://example.org/"),
        ("", "/c", None),
        ("mailto:a@b.example", "c", None),
        ("https://example.org/", "javascript:void(0)", None),
        ("https://example.org/", "java\nscript:void(0)", None),
        ("https://example.org/", "data:text/html,x", None),
        ("https://example.org/", "mailto:a@b.example", None),
        ("https://example.org/", "ftp://example.org/x", None),
        ("https://example.org/", "file:///etc/passwd", None),
        ("https://example.org/", "http://[", None),
        ("https://example.org/", "http://", None),
        ("http://[", "a", None),
    ],
)
def test_a_link_leads_where_a_browser_would_go(base: str, href: str, expected: str | None) -> None:
    assert absolute_url(base, href) == expected


@given(st.text() | _WEB_URLS, st.text() | st.text("/\\:.?#%[]@ \n\thjs", max_size=12))
def test_no_link_however_odd_raises(base: str, href: str) -> None:
    found = absolute_url(base, href)

    assert found is None or found.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.nice.org.uk/guidance", "nice.org.uk"),
        # The list holds nhs.uk as a suffix: every NHS body has its own name under it.
        ("https://www.nhs.uk/conditions/", "www.nhs.uk"),
        ("https://a.b.example.co.uk/", "example.co.uk"),
        ("https://helloyishi.com.tw/", "helloyishi.com.tw"),
        ("https://one.github.io/", "one.github.io"),
        ("https://github.io/", "github.io"),
        ("https://Example.ORG./", "example.org"),
        ("https://example.org:8443/", "example.org"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://[::1]:8000/", "[::1]:8000"),
        ("http://localhost:8000/x", "localhost:8000"),
        ("http://wiki.intranet/x", "wiki.intranet"),
        ("not a url", ""),
        ("", ""),
    ],
)
def test_the_registered_domain_says_whose_a_url_is(url: str, expected: str) -> None:
    assert registered_domain(url) == expected


def test_pages_of_one_owner_share_a_domain_and_others_do_not() -> None:
    assert same_registered_domain("https://www.cdc.gov/a", "http://tools.cdc.gov/b")
    assert not same_registered_domain("https://one.github.io/", "https://two.github.io/")
    assert not same_registered_domain("http://127.0.0.1:8001/", "http://127.0.0.1:8002/")
    assert not same_registered_domain("", "")


def test_the_public_suffix_list_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    urls._public_suffixes.cache_clear()
    urls._domain_of_host.cache_clear()

    assert registered_domain("https://sub.never-seen.example.com.ph/") == "example.com.ph"


def test_host_and_path_are_read_in_their_normal_spelling() -> None:
    assert host_of("HTTPS://WWW.NHS.uk:443/Conditions/./") == "www.nhs.uk"
    assert path_of("HTTPS://WWW.NHS.uk:443/Conditions/./?x") == "/Conditions/"
    assert (host_of("mailto:x"), path_of("mailto:x")) == ("", "")
