from __future__ import annotations

import pytest

from articles.extract import extract
from articles.page import Page
from articles.title import without_site_name

TEXT = "<p>" + "A long enough sentence about the matter stands here, for the sake of the text. " * 4


def title_of(head: str, body: str, url: str = "https://www.clinic.example/page") -> str | None:
    html = f"<html lang=en><head>{head}</head><body><main>{body}{TEXT}</main></body></html>"
    return extract(Page(url=url, body=html.encode())).title


@pytest.mark.parametrize(
    ("title", "site_names", "expected"),
    [
        ("Flu: signs and causes | Clinic", (), "Flu: signs and causes"),
        ("Acne | Office on Women's Health", ("womenshealth",), "Acne"),
        ("Clinic - What to do about flu", ("Clinic",), "What to do about flu"),
        ("Flu - Symptoms and causes - Mayo Clinic", ("Mayo Clinic",), "Flu - Symptoms and causes"),
        ("Self-care at home", (), "Self-care at home"),
        ("Vitamin D: how much is enough", (), "Vitamin D: how much is enough"),
        ("流感的症狀與治療 | 健康網", (), "流感的症狀與治療"),
    ],
)
def test_the_name_of_the_site_is_cut_from_a_title_tag(
    title: str, site_names: tuple[str, ...], expected: str
) -> None:
    assert without_site_name(title, site_names) == expected


def test_the_visible_headline_beats_the_title_tag() -> None:
    head = (
        "<title>Why flu returns | Clinic</title><meta property=og:title content='Why Flu Returns'>"
    )

    assert title_of(head, "<h1>Why flu returns</h1>") == "Why flu returns"


def test_a_section_name_in_the_h1_is_not_the_headline() -> None:
    head = "<title>Why flu comes back each winter</title>"

    title = title_of(head, "<h1>Infections Center</h1><h2>Why flu comes back each winter</h2>")

    assert title == "Why flu comes back each winter"


def test_a_logo_in_the_h1_is_not_the_headline() -> None:
    head = "<title>Why flu comes back - Example</title><meta property=og:site_name content=Example>"

    assert title_of(head, "<h1>Example</h1><h3>Why flu comes back</h3>") == "Why flu comes back"


def test_without_a_visible_headline_the_social_title_counts() -> None:
    head = "<title>x</title><meta property='og:title' content='Why flu comes back'>"

    assert title_of(head, "") == "Why flu comes back"


def test_the_headline_of_a_menu_or_popup_is_passed_over() -> None:
    head = "<title>Acne | Clinic</title>"

    title = title_of(
        head, "<nav><h1>Menu</h1></nav><div class=modal><h1>Acne</h1></div><h1>Acne</h1>"
    )

    assert title == "Acne"


def test_nothing_is_guessed_where_no_title_stands() -> None:
    assert title_of("", "") is None
