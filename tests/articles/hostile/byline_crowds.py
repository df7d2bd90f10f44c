"""Pages with very many bylines, names and dates, or what looks like them at length."""

from __future__ import annotations

import json

from tests.articles.hostile.markup import SENTENCE, hostile, linked, page


@hostile
def reviewed_by_lines() -> str:
    return page("<p>Medically reviewed by Ada Roe, MD</p>" * 37_500)


@hostile
def reviewed_by_lines_of_many_people() -> str:
    return page("".join(f"<p>Medically reviewed by Ada Roe{n:x}, MD</p>" for n in range(24_000)))


@hostile
def labels_in_one_line() -> str:
    return page("<p>" + "Medically reviewed by Ada Roe, MD on 3 May 2021. " * 49_000)


@hostile
def labels_over_elements() -> str:
    return page("<span>Medically reviewed by</span> <b>Ada Roe, MD</b> " * 12_000)


@hostile
def labels_without_names() -> str:
    return page("<p>Reviewed by</p><p>Written by</p>" * 12_000)


@hostile
def short_label_in_a_long_line() -> str:
    return page("<p>Reviewed by <b>" + "a " * 1_200_000 + "</b></p>")


@hostile
def names_and_credentials() -> str:
    return page("<p>Reviewed by " + "Ada Roe, MD, PhD, RD, " * 100_000)


@hostile
def names_behind_many_paragraphs() -> str:
    lines = "<p>Reviewed by " + "Ada Roe, MD, and Bo Doe, RD, and " * 5 + "</p>"
    return page("<p></p>" * 23_000 + lines * 400)


@hostile
def marks_on_names_of_linked_data() -> str:
    return linked(
        json.dumps({"@type": "Article", "author": "Ada " + "\u0301\u0316\u0334" * 300_000})
    )


@hostile
def names_in_short_lines() -> str:
    return page(("<p>Written by " + "Ada Roe, MD, PhD, and " * 20 + "</p>") * 4_000)


@hostile
def capitals() -> str:
    return page("<p>By " + "A" * 2_400_000)


@hostile
def capitals_with_dots() -> str:
    return page("<p>Reviewed by " + "A." * 1_000_000)


@hostile
def capitals_with_spaces() -> str:
    return page(("<p>Reviewed by " + "A " * 190) * 6_200)


@hostile
def dates() -> str:
    return page("<p>Updated 3 May 2021</p>" * 37_500)


@hostile
def dates_in_one_line() -> str:
    return page("<p>Updated " + "3 May 2021, 04/05/2021, 2021-05-03 " * 60_000)


@hostile
def times() -> str:
    return page("<time datetime='2021-05-03T10:00:00+07:00'>3 May 2021</time>" * 37_500)


@hostile
def digits() -> str:
    return page("<p>Updated " + "1" * 2_400_000)


@hostile
def digits_with_stops() -> str:
    return page("<p>Updated " + "1.2-3/" * 400_000)


@hostile
def spaces() -> str:
    return page("<p>Reviewed by" + " " * 2_400_000 + "Ada Roe, MD</p>")


@hostile
def no_break_spaces() -> str:
    return page("<p>Reviewed by" + "\u00a0" * 1_000_000 + "Ada Roe, MD</p>")


@hostile
def spaces_between_elements() -> str:
    return page(("<span>" + " " * 140 + "</span>") * 37_500)


@hostile
def dots() -> str:
    return page("<p>By " + "." * 1_400_000 + "</p>" + ("<p>" + "·" * 100) * 9_700)


@hostile
def commas_and_hyphens() -> str:
    return page("<p>By " + ", - " * 150_000 + "</p>" + ("<p>By " + "-, " * 100) * 6_000)


@hostile
def parentheses() -> str:
    return page("<p>By Ada " + "(" * 740_000 + "</p>" + ("<p>By Ada " + "(" * 300) * 5_500)


@hostile
def at_signs() -> str:
    return page("<p>By a" + "@a.a" * 280_000 + "</p>" + ("<p>By " + "a@a" * 100) * 4_300)


@hostile
def addresses() -> str:
    return page("<p>By Ada https://" + "http://www." * 220_000)


@hostile
def social_profiles() -> str:
    return page("<a rel=author href=/author/ada class=author-name>Ada Roe</a> " * 37_500)


@hostile
def byline_classes() -> str:
    return page("<div class='byline author reviewer'><span>By Ada Roe</span></div>" * 12_000)


@hostile
def sentences_on_machines() -> str:
    said = "This article is made created written by by with with using " * 5 + "a machine, no AI."
    return page(f"<p>{said}</p>" * 6_000)


@hostile
def marks_of_sponsors() -> str:
    return page(f"<p class='{'a-' * 2_000}sponsored-label'>Fever in children</p>" * 500)


@hostile
def boxes_full_of_linked_names() -> str:
    names = "<a href=/x>Ada Roe Penn</a>" * 60
    return page(
        f"<p>{SENTENCE * 4}</p>" + f"<div>{names}<p>Reviewed by Bo Penn, MD</p></div>" * 380
    )
