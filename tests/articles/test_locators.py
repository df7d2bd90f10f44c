from __future__ import annotations

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from articles.locators import css_path, find_by_css_path

TREES = st.recursive(
    st.sampled_from(["<p>x</p>", "<b>y</b>", "<br>", "<i id=it>z</i>", "<i id='7 x'>z</i>"]),
    lambda inner: st.tuples(st.sampled_from(["div", "section"]), st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=12,
)


@given(TREES)
def test_a_path_leads_back_to_its_element_where_ids_are_unique(markup: str) -> None:
    tree = lxml.html.document_fromstring(f"<body>{markup}</body>")

    for element in tree.iter():
        found = find_by_css_path(tree, css_path(element))
        assert found is element or len(tree.xpath("//*[@id='it']")) > 1


def test_a_path_that_leads_nowhere_gives_nothing() -> None:
    tree = lxml.html.document_fromstring("<body><p>x</p></body>")

    for path in ("", "#gone", "html > body > p:nth-of-type(2)", "div > p", "html > body > a:hover"):
        assert find_by_css_path(tree, path) is None
