"""Addresses of the view, written and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiater.replay.addresses import Addresses, read_address

ADDRESSES = Addresses(root="", token="t")  # noqa: S106 - it opens nothing


@pytest.mark.parametrize(
    ("rest", "url", "digits"),
    [
        ("20221115093000/https://example.org/a?b=c", "https://example.org/a?b=c", "20221115093000"),
        ("https://example.org/", "https://example.org/", ""),
        ("2022/https://example.org/", "https://example.org/", "2022"),
        ("https:/example.org/a", "https://example.org/a", ""),
        ("example.org/a", "https://example.org/a", ""),
        ("localhost:8000/a", "https://localhost:8000/a", ""),
        ("HTTP://Example.org/", "http://Example.org/", ""),
        ("https%3A%2F%2Fexample.org%2Fa", "https://example.org/a", ""),
        ("2022/urn:uuid:1", "urn:uuid:1", "2022"),
    ],
)
def test_an_address_is_read(rest: str, url: str, digits: str) -> None:
    wanted = read_address(rest)

    assert wanted is not None
    assert (wanted.url, wanted.digits) == (url, digits)


@pytest.mark.parametrize("rest", ["", "20221315000000/https://example.org/", "2022/"])
def test_what_is_no_address_is_refused(rest: str) -> None:
    assert read_address(rest) is None


@given(path=st.text(st.characters(exclude_characters="#"), max_size=30))
def test_an_address_ends_no_header_and_no_attribute(path: str) -> None:
    address = ADDRESSES.framed(f"https://example.org/{path}", "2022", "picture")

    assert address.isascii()
    assert not set(address) & set("\"'<>\r\n\\ ")


@given(path=st.from_regex(r"[a-zA-Z0-9%/?&=+,;:@!$*()~._-]{0,30}", fullmatch=True))
def test_what_is_written_reads_back_the_same(path: str) -> None:
    url = f"https://example.org/{path}"

    wanted = read_address(ADDRESSES.framed(url, "20221115093000", "style").removeprefix("/in/t/"))

    assert wanted is not None
    assert (wanted.url, wanted.kind) == (url, "style")
