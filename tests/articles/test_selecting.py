from __future__ import annotations

import lxml.html

from articles.selecting import select

PAGE = lxml.html.document_fromstring("<div class=a>1<p id=b>2</p></div><P class=a>3</P>")


def test_elements_come_selector_by_selector_in_page_order() -> None:
    found = [element.text for element in select(PAGE, ["p", ".a"])]

    assert found == ["2", "3", "1", "3"]


def test_a_selector_that_cannot_be_read_matches_nothing() -> None:
    assert [
        element.text for element in select(PAGE, ["p[", "::before", "svg|p", "p " * 3000, "#b"])
    ] == ["2"]
