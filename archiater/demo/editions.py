"""The two editions of the demo site, and what changes between them.

The content files are edition 1. Edition 2 is made from them by the replacements in `CHANGES`, by
one article that leaves, and by one whose front matter says `edition = 2`. `CHANGES` tells a
crawl's reader what to expect, address by address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from archiater.demo.markup import parse_article, parse_people
from archiater.demo.model import DemoArticle

EDITION_DAYS: Mapping[int, str] = {1: "2025-03-03", 2: "2025-06-02"}
"""The calendar day on which each edition stands still: no page states a later one."""

ChangeKind = Literal[
    "text_edited",
    "dosage_changed",
    "review_date_moved",
    "gone",
    "added",
    "ad_rotated",
    "listing_changed",
]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One address that answers differently in edition 2, and how."""

    path: str
    kind: ChangeKind
    replacements: tuple[tuple[str, str], ...] = ()
    """(before, after) pairs; each text before stands exactly once in the article's file."""


_EDITS: tuple[Change, ...] = (
    # A silent change: no date of the page moves with the dose.
    Change(
        path="/conditions/ibuprofen-for-adults/",
        kind="dosage_changed",
        replacements=(("200 mg to 400 mg every six", "200 mg to 40 mg every six"),),
    ),
    # An honest one: the words change, and the page says when.
    Change(
        path="/wellness/drinking-enough-water",
        kind="text_edited",
        replacements=(
            (
                "Thirst is a reliable guide for most healthy adults.",
                "Thirst is a late and unreliable guide for many older adults.",
            ),
            ('modified = "2024-09-17"', 'modified = "2025-05-20"'),
        ),
    ),
    # The date of the review moves and no word of the text does.
    Change(
        path="/wellness/vitamin-d",
        kind="review_date_moved",
        replacements=(('reviewed = "2023-04-18"', 'reviewed = "2025-05-12"'),),
    ),
)

CHANGES: tuple[Change, ...] = (
    *_EDITS,
    Change(path="/wellness/cold-showers", kind="gone"),
    Change(path="/wellness/walking-after-meals", kind="added"),
    Change(path="/fil/baga/ubo-at-sipon-ng-bata/", kind="ad_rotated"),
    Change(path="/hi/infection/dengue-ke-lakshan/", kind="ad_rotated"),
    Change(path="/id/infeksi/gejala-demam-berdarah/", kind="ad_rotated"),
    Change(path="/ph/child-health/toothbrushing-games/", kind="ad_rotated"),
    Change(path="/ph/infectious-diseases/dengue-warning-signs/", kind="ad_rotated"),
    Change(path="/th/infection/dengue-warning/", kind="ad_rotated"),
    Change(path="/vi/benh-truyen-nhiem/dau-hieu-sot-xuat-huyet/", kind="ad_rotated"),
    Change(path="/wellness/iron-rich-foods", kind="ad_rotated"),
    Change(path="/zh/heart/low-salt-diet/", kind="ad_rotated"),
    Change(path="/", kind="listing_changed"),
    Change(path="/wellness/", kind="listing_changed"),
    Change(path="/atom.xml", kind="listing_changed"),
    Change(path="/feed.xml", kind="listing_changed"),
    Change(path="/sitemap-english.xml.gz", kind="listing_changed"),
    Change(path="/sitemap.xml", kind="listing_changed"),
)
"""Everything that answers differently in edition 2, and nothing else does: a test compares."""


def changed_paths(*kinds: ChangeKind) -> frozenset[str]:
    """The addresses that change in one of these ways; in any way without an argument."""
    return frozenset(change.path for change in CHANGES if not kinds or change.kind in kinds)


@cache
def load_articles(edition: int = 1) -> tuple[DemoArticle, ...]:
    """Every article of one edition, in the order of their addresses."""
    if edition not in EDITION_DAYS:
        raise ValueError(f"edition is {edition!r}, expected one of {sorted(EDITION_DAYS)}")
    content = resources.files("archiater.demo") / "content"
    people = parse_people((content / "people.toml").read_text("utf-8"))
    articles = []
    for folder in (entry for entry in content.iterdir() if entry.is_dir()):
        for file in folder.iterdir():
            text = file.read_text("utf-8")
            if edition == 2:
                text = _edited(text)
            articles.append(parse_article(text, people))
    gone = changed_paths("gone") if edition == 2 else frozenset()
    standing = (
        article for article in articles if article.edition <= edition and article.path not in gone
    )
    return tuple(sorted(standing, key=lambda article: article.path))


def changed_on(article: DemoArticle, edition: int) -> str:
    """The day the site says the article's page last changed: what a sitemap's lastmod tells."""
    edited = changed_paths("text_edited", "dosage_changed", "review_date_moved", "added")
    return EDITION_DAYS[2] if edition == 2 and article.path in edited else article.newest_date


def _edited(text: str) -> str:
    """A content file as edition 2 has it; most files stay as they are."""
    for change in _EDITS:
        if f'path = "{change.path}"' in text:
            for before, after in change.replacements:
                if text.count(before) != 1:
                    raise ValueError(f"{change.path}: {before!r} stands {text.count(before)} times")
                text = text.replace(before, after)
    return text
