"""Usage preferences: what is stated is kept, and the most restrictive statement answers."""

from __future__ import annotations

import json

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.page import Page
from articles.record import RIGHTS_CATEGORIES, Rights
from articles.rights import deciding_signals, read_rights


def rights_of(head: str = "", *headers: tuple[str, str]) -> Rights:
    html = f"<html><head>{head}</head><body><p>Text</p></body></html>"
    page = Page(url="https://example.org/a", body=html.encode(), headers=headers)
    return read_rights(lxml.html.document_fromstring(html).iter(), page)


def answers(rights: Rights, *, without_unknown: bool = True) -> dict[str, str]:
    return {
        category: answer
        for category, answer in rights.resolved
        if answer != "unknown" or not without_unknown
    }


def test_a_page_that_says_nothing_is_unknown_in_every_category() -> None:
    rights = rights_of()

    assert rights.signals == ()
    assert rights.resolved == tuple((category, "unknown") for category in RIGHTS_CATEGORIES)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("noarchive", {"archive": "disallow", "share": "disallow"}),
        ("index, follow", {"search": "allow"}),
        ("INDEX,NOARCHIVE", {"search": "allow", "archive": "disallow", "share": "disallow"}),
        ("none", {"search": "disallow", "share": "disallow"}),
        ("noindex noarchive", {"search": "disallow", "share": "disallow", "archive": "disallow"}),
        ("nosnippet", {"share": "disallow", "ai_input": "disallow"}),
        ("max-snippet: 0", {"share": "disallow", "ai_input": "disallow"}),
        ("max-snippet:-1, max-image-preview:large", {}),
        ("noai, noimageai", {"ai_input": "disallow", "train": "disallow"}),
        ("noml", {"ai_input": "disallow", "train": "disallow"}),
        ("nofollow, notranslate", {}),
    ],
)
def test_each_robots_word_forbids_or_allows_what_it_means(
    content: str, expected: dict[str, str]
) -> None:
    from_meta = rights_of(f'<meta name="Robots" content="{content}">')
    from_header = rights_of("", ("x-robots-tag", content))

    assert answers(from_meta) == expected
    assert answers(from_header) == expected


def test_a_rule_for_another_crawler_is_kept_and_does_not_bind_us() -> None:
    rights = rights_of(
        '<meta name="googlebot" content="noarchive">',
        ("X-Robots-Tag", "otherbot: noai, noindex, archiater: noarchive, max-snippet: 20"),
    )

    assert [(signal.place, signal.agent, signal.raw) for signal in rights.signals] == [
        ("header", "otherbot", "noai, noindex"),
        ("header", "archiater", "noarchive, max-snippet: 20"),
        ("meta", "googlebot", "noarchive"),
    ]
    assert answers(rights) == {"archive": "disallow", "share": "disallow"}


def test_of_a_tdm_reservation_the_markup_overrides_the_header() -> None:
    rights = rights_of('<meta name="tdm-reservation" content="0">', ("TDM-Reservation", "1"))

    assert answers(rights) == {"tdm": "allow"}
    assert [signal.parsed for signal in rights.signals] == [
        (("tdm", "disallow"),),
        (("tdm", "allow"),),
    ]


@pytest.mark.parametrize(
    "meta",
    [
        "",
        '<meta name="tdm-policy" content="https://example.org/policy.json">',
        '<meta name="tdm-reservation" content="maybe">',
    ],
)
def test_markup_that_reserves_nothing_does_not_reset_the_header(meta: str) -> None:
    assert answers(rights_of(meta, ("tdm-reservation", "1"))) == {"tdm": "disallow"}


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("Content-Usage", "train-ai=n, search=y", {"train": "disallow", "search": "allow"}),
        ("Content-Usage", "train-ai=y;exact, other=n", {"train": "allow"}),
        ("Content-Usage", "train-ai", {}),
        ("Content-Usage", "train-ai=y, train-ai=n", {"train": "disallow"}),
        ("Content-Signal", "search=yes,ai-train=no", {"search": "allow", "train": "disallow"}),
        ("Content-Signal", "ai-input=no", {"ai_input": "disallow"}),
        ("Content-Signal", "ai-input=maybe", {}),
    ],
)
def test_usage_headers_are_read_by_their_own_vocabulary(
    header: str, value: str, expected: dict[str, str]
) -> None:
    assert answers(rights_of("", (header, value))) == expected


def test_across_mechanisms_the_most_restrictive_answers_and_can_be_named() -> None:
    rights = rights_of(
        '<meta name="robots" content="noai">',
        ("Content-Signal", "ai-train=yes"),
        ("Content-Usage", "train-ai=y"),
    )

    assert answers(rights)["train"] == "disallow"
    assert [signal.raw for signal in deciding_signals(rights, "train")] == ["noai"]
    assert deciding_signals(rights, "tdm") == ()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://creativecommons.org/licenses/by-nc/4.0/", {"archive", "share"}),
        ("http://creativecommons.org/publicdomain/zero/1.0/", set(RIGHTS_CATEGORIES)),
        ("https://example.org/terms", set()),
    ],
)
def test_a_creative_commons_licence_allows_by_its_address(address: str, expected: set[str]) -> None:
    rights = rights_of(f'<link rel="license" href="{address}">')

    assert rights.signals[0].mechanism == "licence"
    assert rights.signals[0].raw == address
    assert {category for category, answer in answers(rights).items()} == expected


def test_a_licence_in_json_ld_counts_for_the_article_and_not_for_its_image() -> None:
    block = {
        "@graph": [
            {
                "@type": "ImageObject",
                "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            },
            {
                "@type": "Article",
                "license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
                "image": {
                    "@type": "ImageObject",
                    "license": "https://creativecommons.org/publicdomain/zero/1.0/",
                },
            },
        ]
    }

    rights = rights_of(f'<script type="application/ld+json">{json.dumps(block)}</script>')

    assert [(signal.place, signal.raw) for signal in rights.signals] == [
        ("jsonld", "https://creativecommons.org/licenses/by/4.0/")
    ]


@pytest.mark.parametrize(
    "text",
    ['{"license": ', "[" * 100_000 + '"license"', '{"license": {"x": 1}}', '"license"'],
    ids=["cut off", "nested deeply", "of another shape", "a bare string"],
)
def test_broken_json_ld_says_nothing_and_hides_nothing(text: str) -> None:
    rights = rights_of(
        f'<script type="application/ld+json">{text}</script><meta name="robots" content="noai">'
    )

    assert [signal.raw for signal in rights.signals] == ["noai"]


def test_rsl_terms_are_noted_by_their_address() -> None:
    rights = rights_of(
        '<link rel="license" type="application/rsl+xml" href="/license.xml">',
        ("Link", '<https://example.org/rsl.xml>; rel="license"; type="application/rsl+xml"'),
    )

    assert [(signal.mechanism, signal.place, signal.raw) for signal in rights.signals] == [
        ("rsl", "header", "https://example.org/rsl.xml"),
        ("rsl", "link", "https://example.org/license.xml"),
    ]
    assert answers(rights) == {}


def test_a_flood_of_metas_does_not_flood_the_record() -> None:
    rights = rights_of('<meta name="robots" content="noai">' * 5000)

    assert len(rights.signals) == 40


_WORDS = st.lists(
    st.sampled_from(["noarchive", "index", "noai", "googlebot: noai", "max-snippet:0", "?", ""])
    | st.text(max_size=10)
).map(",".join)


@given(_WORDS, _WORDS)
def test_a_further_statement_never_loosens_what_was_forbidden(first: str, second: str) -> None:
    alone = rights_of("", ("X-Robots-Tag", first))
    both = rights_of("", ("X-Robots-Tag", first), ("X-Robots-Tag", second))

    forbidden = {category for category, answer in alone.resolved if answer == "disallow"}
    assert forbidden <= {category for category, answer in both.resolved if answer == "disallow"}
