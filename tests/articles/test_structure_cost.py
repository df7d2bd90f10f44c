"""The cost of structure on pages made to be slow, as a multiple of plain pages of the same size."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from articles.document import parse_document
from articles.fragment import read_sections
from articles.machine_data import read_machine_data
from articles.main_content import choose_main_content
from articles.page import Page

LEAD = "<p>" + "Children need sleep, night after night, and so do those who look after them. " * 12


def cost_of(many: str) -> int:
    """How many calls reading the sections of a page makes: unlike time, the same in every run."""
    page = Page(url="https://site.example/a", body=f"<main>{LEAD}{many}".encode())
    document = parse_document(page)
    main = choose_main_content(document, read_machine_data(document))
    calls = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        assert read_sections(main, document.base_url)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "unit",
    [
        "Words of text {0} in a bare element.<br><br>",
        "<h2>Heading number {0}</h2><ul><li>Item of a list {0}</li></ul>",
        "<button aria-expanded=false>Is it question {0}?</button><div>An answer to {0}</div>",
        "<div class=accordion><h3>Is it question {0}?</h3><div>An answer to it {0}</div>",
        "<div class=callout><p><b>Title of box {0}</b></p><p>Text of the box {0}</p>",
        "<blockquote>Words of a speaker {0}<cite>Speaker {0}</cite>",
        "<table><tr><td>Cell of a table {0}<td>More of it {0}</table>",
    ],
    ids=[
        "runs",
        "lists",
        "buttons",
        "nested accordions",
        "nested boxes",
        "nested quotes",
        "tables",
    ],
)
def test_four_times_the_elements_cost_at_most_five_times_as_much(unit: str) -> None:
    few, many = ("".join(unit.format(at) for at in range(count)) for count in (700, 2800))

    assert cost_of(many) < 5 * cost_of(few)
