"""The attributes of start tags are counted from above, wherever `<` and `>` stand in them."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.start_tags import attributes_of_long_start_tags

_MANY = 1_000


def _written(form: str) -> bytes:
    return b"<p " + " ".join(form.format(n) for n in range(_MANY)).encode() + b">Fever.</p>"


@pytest.mark.parametrize(
    "form",
    [
        "a{}=1",
        "a{}",
        'a{}="<"',
        'a{}="<b>"',
        "a{}='>'",
        "a{}<",
        "a{}=<x",
        'a{} = "b"',
        '"a{}',
        "/a{}",
    ],
)
def test_each_way_of_writing_an_attribute_is_counted(form: str) -> None:
    assert max(attributes_of_long_start_tags(_written(form)), default=0) >= _MANY


def test_common_tags_are_passed_over() -> None:
    page = b"<div class=\"a b\" id=c data-d='<p>' hidden><p title=''>Fever.</p></div>" * 1_000

    assert list(attributes_of_long_start_tags(page)) == []


def test_a_tag_that_never_ends_is_counted_to_the_end_of_the_page() -> None:
    assert max(attributes_of_long_start_tags(b"<p " + b"a " * _MANY)) >= _MANY


def test_tags_in_tags_are_not_read_for_ever() -> None:
    page = b"<p b='" + b"<a c=" * 100_000

    assert list(attributes_of_long_start_tags(page))[-1] == len(page)


_PIECES = st.sampled_from(
    ["a{}", "b{}=", "=", '"', "'", ">", "<", "/", " ", "\n", "<a", "&amp;", "--", "!", '="x"']
)


@given(st.lists(_PIECES, max_size=30), st.sampled_from([">t", '">t', "'>t"]))
def test_the_parser_never_sees_more_attributes_than_were_counted(
    pieces: list[str], end: str
) -> None:
    # As many again of the common kind, so that the tag is one that is counted.
    common = " ".join(f"z{n}" for n in range(80))
    inside = "".join(piece.format(number) for number, piece in enumerate(pieces))
    markup = f"<p {common} {inside}{end}".encode()

    tree = lxml.html.document_fromstring(markup, parser=lxml.html.HTMLParser(encoding="utf-8"))
    seen = max((len(element.attrib) for element in tree.iter("p")), default=0)

    assert seen <= max(attributes_of_long_start_tags(markup), default=0)
