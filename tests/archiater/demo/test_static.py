from __future__ import annotations

import re

from archiater.demo.site import build_site


def test_every_picture_and_style_sheet_that_a_page_names_is_there() -> None:
    site = build_site(1, "http://127.0.0.1:80")
    pages = [page.body.decode() for page in site.values() if page.content_type.startswith("text/")]

    named = {path for page in pages for path in re.findall(r'"(/static/[^"]+)"', page)}

    assert len(named) > 3
    assert named <= set(site)
    assert {path for path in site if path.startswith("/static/")} - named == {
        "/static/colours.css",
        "/static/leaf.png",
    }


def test_a_picture_is_the_same_each_time_and_a_png() -> None:
    one, other = (build_site(1, "http://127.0.0.1:80")["/static/leaf.png"] for _ in range(2))

    assert one.body == other.body
    assert one.body.startswith(b"\x89PNG")
    assert one.content_type == "image/png"
