from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.stable_names import is_stable, stable_classes, stable_id


@pytest.mark.parametrize(
    "name",
    ["article-body", "articleBody", "ArticleBody", "entry__content", "c-article__body--wide",
     "story_text", "related-links", "byline", "copyNormal", "reviewedBy_fmt", "post-content",
     "elementor-widget-theme-post-content", "field-name-body", "blog-post__image", "TopStories"],
)  # fmt: skip
def test_a_name_that_a_person_gave_a_part_of_the_page_is_stable(name: str) -> None:
    assert is_stable(name)


@pytest.mark.parametrize(
    "name",
    ["css-1x2y3z", "css-qzxkwj", "sc-bdVaJa", "kNGqWe", "Article_body__xK3aB", "body__aBcDe",
     "Card_root__RHQYK", "jsx-abc", "_body", "x", "post-1234", "node-77", "h2", "md:flex",
     "w-1/2", "mt-auto", "text-gray", "col-wide", "container", "is-open", "has-sidebar", "active",
     "category-dengue", "tag-fever", "status-publish", "clearfix", "a b", "naïve-klasse", "本文",
     "bcdfgh", "x" * 60, "a--", "a---b", "'", 'body"]', "body\n", "-body", ""],
    ids=ascii,
)  # fmt: skip
def test_what_a_tool_the_layout_or_the_subject_wrote_is_not(name: str) -> None:
    assert not is_stable(name)


def test_an_element_has_its_lasting_names_in_the_order_of_the_page() -> None:
    element = lxml.html.fromstring('<div id="post-77" class="story css-1ab mt-4 wide-body story">')

    assert stable_classes(element) == ("story", "wide-body")
    assert stable_id(element) is None


@given(st.text(max_size=80))
def test_a_stable_name_never_needs_quoting_in_css_or_toml(name: str) -> None:
    assert not is_stable(name) or (
        name.isascii() and name.replace("-", "").replace("_", "").isalpha()
    )
