"""What stands around an article may come in any order and number: its people stay the same."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HEADER = (
    "<div class='byline'>Medically reviewed by <a href='/p/ada'>Ada Roe, MD</a> · Written by"
    " <a href='/p/bo'>Bo Penn</a> · Updated May 15, 2022</div>"
)
FURNITURE = (
    "<nav><a href='/'>Home</a><a href='/a'>Medical Review Board</a></nav>",
    "<div class='related'><h3><a href='/x'>Oats</a></h3>"
    "<p>Medically reviewed by Cy Fox, MD</p></div>",
    "<div class='newsletter'><p>Sign up. Written by Dee Lark.</p></div>",
    "<footer><p>Site last updated: June 1, 2023</p><p>Reviewed by our moderators</p></footer>",
    "<div id='comments'><p>Posted by Eve Moss on June 2, 2023</p><p>By Eve Moss</p></div>",
    "<div class='ad-slot'>Sponsored by <a rel='sponsored'>Acme</a></div>",
    "<div role='dialog'><p>Reviewed by Gus Hay, RD</p></div>",
    "<div class='share'><a href='#'>Share</a></div>",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pieces=st.lists(st.sampled_from(FURNITURE), max_size=12))
def test_furniture_around_an_article_changes_neither_people_nor_dates(
    read_page: Any, pieces: list[str]
) -> None:
    bare = read_page(HEADER)

    record = read_page(HEADER, outside="".join(pieces))

    assert [(one.role, one.name) for one in record.contributors] == [
        ("author", "Bo Penn"),
        ("medical_reviewer", "Ada Roe"),
    ]
    assert record.contributors == bare.contributors
    assert record.dates == bare.dates
    assert record.review.status == bare.review.status
    assert record.sponsored is None
