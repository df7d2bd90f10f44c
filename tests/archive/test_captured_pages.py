from __future__ import annotations

from collections.abc import Callable

from archive.collection import Collection
from archive.extracting import ExtractionCounts, extract_pending
from archive.reading import article_record, list_versions

URL = "https://example.org/fever"

Capture = Callable[..., None]
MakePage = Callable[..., str]


def run(collection: Collection) -> ExtractionCounts:
    return extract_pending(collection, profile_of=lambda site: None)


def test_the_url_that_was_asked_for_is_found_through_redirects(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    capture(url="http://example.org/fever", status="301 x", head=f"Location: {URL}/\r\n")
    capture(url=f"{URL}/", status="302 x", head="Location: /fever\r\n")
    capture(a_page("Rest."))

    run(collection)

    assert article_record(collection, URL)["requested_url"] == "http://example.org/fever"


def test_a_redirect_is_known_by_the_normal_spelling_of_where_it_led(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    target = "HTTPS://Example.org:443/fever?utm_source=old#top"
    capture(url="https://example.org/old", status="301 x", head=f"Location: {target}\r\n")
    capture(a_page("Rest."))

    run(collection)

    assert article_record(collection, URL)["requested_url"] == "https://example.org/old"


def test_a_redirect_of_another_day_is_another_visit(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    capture(url="http://example.org/old", status="301 x", head=f"Location: {URL}\r\n", day=0)
    capture(a_page("Rest."), day=1)

    run(collection)

    assert article_record(collection, URL)["requested_url"] is None


def test_a_redirect_of_an_image_leads_to_no_article(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    image = "https://example.org/old.png"
    head = f"Location: {URL}\r\n"
    capture(url=image, status="301 x", head=head, requisite_of="https://example.org/")
    capture(a_page("Rest."))

    run(collection)

    assert article_record(collection, URL)["requested_url"] is None


def test_a_page_in_the_place_of_an_image_or_of_rules_for_robots_is_no_article(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    capture(a_page("Rest."), url="https://example.org/a.png", requisite_of="https://example.org/")
    capture(a_page("Rest."), url="https://example.org/robots.txt")
    capture(a_page("Rest."), url="https://example.org/about/robots.txt")

    assert run(collection).articles == 1


def test_half_a_page_is_no_version(
    collection: Collection, capture: Capture, a_page: MakePage
) -> None:
    capture(a_page("Rest."))
    run(collection)
    capture(a_page("Rest."), day=1, head="Content-Encoding: br\r\n")

    counts = run(collection)

    assert counts.failed == 1
    assert len(list_versions(collection, URL)) == 1
