"""Who wins where sources disagree, and what is said of the loser."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from articles.document import parse_document
from articles.machine_data import read_machine_data
from articles.page import Page
from articles.profile import SiteProfile
from articles.record import Conflict
from articles.review_record import ReviewRecord, read_review_record

TEXT = "<p>" + "Wheat bread and rye bread both keep for a week in a dry place. " * 6 + "</p>"


def judged(
    header: str = "",
    *,
    linked: Mapping[str, object] | None = None,
    head: str = "",
    foot: str = "",
    language: str = "en",
    fetched_at: datetime | None = datetime(2024, 3, 1, tzinfo=UTC),
    profile: SiteProfile | None = None,
) -> ReviewRecord:
    script = ""
    if linked is not None:
        block = json.dumps({"@type": "MedicalWebPage", **linked})
        script = f'<script type="application/ld+json">{block}</script>'
    html = (
        f"<html lang='{language}'><head><title>Rye</title>{head}{script}</head>"
        f"<body><main><h1>Rye</h1>"
        f"{header}{TEXT}{TEXT}{foot}</main></body></html>"
    )
    page = Page(url="https://bread.example/rye", body=html.encode(), fetched_at=fetched_at)
    document = parse_document(page)
    return read_review_record(document, read_machine_data(document), None, profile)


def values(record: ReviewRecord) -> dict[str, str]:
    return {stated.kind: stated.value for stated in record.dates}


def named(record: ReviewRecord, role: str) -> list[str]:
    return [c.name for c in record.contributors if c.role == role]


def conflict(record: ReviewRecord, field: str) -> Conflict:
    (found,) = (c for c in record.review.conflicts if c.field == field)
    return found


def test_a_visible_label_beats_json_ld_and_the_loser_stays_as_a_candidate() -> None:
    record = judged(
        "<p>Medically reviewed by Ada Roe, MD</p>",
        linked={"reviewedBy": {"@type": "Person", "name": "Bo Penn, MD"}},
    )

    assert named(record, "medical_reviewer") == ["Ada Roe"]
    told = conflict(record, "contributors.reviewer")
    assert (told.chosen, told.rule) == ("Ada Roe", "visible_label_beats_machine_data")
    assert [(c.value, c.evidence.locator) for c in told.candidates] == [
        ("Bo Penn", "jsonld/0#/reviewedBy")
    ]


def test_json_ld_that_agrees_adds_its_address_and_evidence() -> None:
    record = judged(
        "<p>Written by Ada Roe</p>",
        linked={
            "author": {"@type": "Person", "name": "Ada Roe", "url": "https://bread.example/ada"}
        },
    )

    (author,) = record.contributors
    assert author.profile_url == "https://bread.example/ada"
    assert [e.source for e in author.evidence] == ["byline", "jsonld"]
    assert record.review.conflicts == ()


def test_a_detail_of_json_ld_that_loses_to_the_page_leaves_no_evidence() -> None:
    author = {"name": "Bo Penn", "jobTitle": "Head Baker", "affiliation": "Oat House"}

    record = judged("<p>By Bo Penn</p>", linked={"author": author})

    (person,) = record.contributors
    assert (person.job_title, person.affiliation) == ("Head Baker", None)
    assert [e.rule for e in person.evidence] == ["label:by", "jsonld_author", "jsonld_jobTitle"]


def test_json_ld_is_taken_where_the_page_shows_nobody() -> None:
    record = judged(
        linked={"author": {"@type": "Person", "name": "Bo Penn"}, "reviewedBy": "Ada Roe, LCSW"}
    )

    assert named(record, "author") == ["Bo Penn"]
    assert named(record, "medical_reviewer") == ["Ada Roe"]
    assert record.review.status == "named"


def test_json_ld_beats_metas() -> None:
    record = judged(
        head='<meta name="author" content="Cy Fox">',
        linked={"author": {"@type": "Person", "name": "Bo Penn"}},
    )

    assert named(record, "author") == ["Bo Penn"]
    assert conflict(record, "contributors.author").rule == "jsonld_beats_what_follows"


def test_a_login_is_no_author() -> None:
    record = judged(head='<meta name="author" content="kffbopenn">')

    assert record.contributors == ()


def test_the_sites_own_organisation_as_reviewer_is_organisation_only_and_flagged() -> None:
    organisation = {"@type": "Organization", "name": "Bread Example"}

    record = judged(linked={"reviewedBy": organisation, "publisher": organisation})

    assert record.contributors == ()
    assert record.review.status == "organisation_only"
    assert "own_organisation_as_reviewer" in record.review.flags
    assert [c.value for c in conflict(record, "contributors.reviewer").candidates] == [
        "Bread Example"
    ]


def test_a_visible_fact_checker_under_reviewed_by_is_no_reviewer() -> None:
    people = [{"@type": "Person", "name": "Ada Roe"}, {"@type": "Person", "name": "Cy Fox"}]

    record = judged("<p>Fact checked by Cy Fox</p>", linked={"reviewedBy": people})

    assert named(record, "medical_reviewer") == ["Ada Roe"]
    assert named(record, "fact_checker") == ["Cy Fox"]


def test_who_reviews_and_checks_facts_does_both() -> None:
    header = "<p>Medically reviewed by Cy Fox, MD</p><p>Fact checked by Cy Fox</p>"

    record = judged(header, linked={"reviewedBy": {"@type": "Person", "name": "Cy Fox"}})

    assert named(record, "medical_reviewer") == ["Cy Fox"]
    assert named(record, "fact_checker") == ["Cy Fox"]


def test_a_name_that_only_markup_calls_the_reviewer_is_no_author() -> None:
    record = judged(
        "<div itemscope itemtype='https://schema.org/MedicalWebPage'><span itemprop='reviewedBy'"
        " itemscope itemtype='https://schema.org/Person'><span itemprop='name'>Ada Roe, MD</span>"
        "</span></div>"
    )

    assert named(record, "medical_reviewer") == ["Ada Roe"]
    assert named(record, "author") == []


def test_who_reviews_their_own_text_is_self_reviewed() -> None:
    record = judged("<p>Written and medically reviewed by Ada Roe, MD</p>")

    assert named(record, "author") == named(record, "medical_reviewer") == ["Ada Roe"]
    assert record.review.status == "self_reviewed"


def test_a_name_beats_a_denial_and_a_denial_beats_a_badge() -> None:
    denial = "<p>This page has not been medically reviewed.</p>"

    review = judged(f"<p>Medically reviewed</p>{denial}").review

    assert review.status == "negated"
    assert [evidence.rule for evidence in review.evidence] == ["phrase:negated"]
    assert judged(f"<p>Reviewed by Ada Roe, MD</p>{denial}").review.status == "named"


def test_updated_by_names_the_reviewer_only_where_the_profile_says_so() -> None:
    line = "<p>Updated by: Ada Roe, MD</p>"
    profile = SiteProfile(site="adam", updated_by_reviews=True)

    assert [c.role for c in judged(line).contributors] == ["editor"]
    assert [c.role for c in judged(line, profile=profile).contributors] == ["medical_reviewer"]


def test_a_visible_review_date_beats_last_reviewed() -> None:
    record = judged(
        foot="<p>Last reviewed: January 2023</p>", linked={"lastReviewed": "2023-01-02"}
    )

    assert values(record) == {"reviewed": "2023-01"}
    assert conflict(record, "dates.reviewed").rule == "visible_label_beats_machine_data"


def test_a_publishers_own_meta_beats_last_reviewed() -> None:
    record = judged(
        head='<meta name="cdc:last_reviewed" content="2023-03-01">',
        linked={"lastReviewed": "2023-01-02"},
    )

    assert values(record) == {"reviewed": "2023-03-01"}


@pytest.mark.parametrize(
    "linked",
    [
        {"lastReviewed": "2023-01-02", "dateModified": "2023-01-02"},
        {"lastReviewed": "2023-01-02T08:11:12+00:00", "dateModified": "2023-04-02"},
    ],
    ids=["copy of dateModified", "time of day"],
)
def test_a_review_date_that_a_machine_wrote_is_kept_and_flagged(
    linked: Mapping[str, object],
) -> None:
    record = judged(linked=linked)

    assert values(record)["reviewed"].startswith("2023-01-02")
    assert "review_date_auto" in record.review.flags
    assert record.review.status == "none_found"
    (reviewed,) = (d for d in record.dates if d.kind == "reviewed")
    assert reviewed.evidence[0].confidence == 0.3


def test_a_review_in_the_future_is_rejected_and_a_next_review_is_not() -> None:
    record = judged(
        foot="<p>Page last reviewed: 29 July 2025</p><p>Next review due: 29 July 2028</p>"
    )

    assert values(record) == {"next_review_due": "2028-07-29"}
    assert "reviewed_date_in_future" in record.review.flags
    assert conflict(record, "dates.reviewed").rule == "impossible_date"


def test_without_a_capture_time_no_date_is_in_the_future() -> None:
    record = judged(foot="<p>Page last reviewed: 29 July 2025</p>", fetched_at=None)

    assert values(record) == {"reviewed": "2025-07-29"}


def test_a_review_before_publication_is_kept_and_flagged() -> None:
    record = judged("<p>Published May 15, 2022</p><p>Medically reviewed on May 1, 2021</p>")

    assert values(record) == {"published": "2022-05-15", "reviewed": "2021-05-01"}
    assert "review_before_publication" in record.review.flags


def test_a_placeholder_is_no_date() -> None:
    record = judged(linked={"datePublished": "1970-01-01T00:00:00Z"})

    assert record.dates == ()
    assert "placeholder_date" in record.review.flags


def test_a_bare_date_under_the_headline_is_the_publication() -> None:
    record = judged("<div>May 15, 2022</div>", linked={"datePublished": "2013-03-11"})

    assert values(record) == {"published": "2022-05-15"}
    told = conflict(record, "dates.published")
    assert told.rule == "visible_date_beats_machine_data"


def test_a_bare_date_that_machine_data_calls_modified_is_not_the_publication() -> None:
    record = judged(
        "<div>May 15, 2022</div>",
        linked={"datePublished": "2013-03-11", "dateModified": "2022-05-15"},
    )

    assert values(record) == {"published": "2013-03-11", "modified": "2022-05-15"}


def test_todays_date_in_the_head_of_the_page_is_not_the_articles() -> None:
    record = judged("<div>March 1, 2024</div>", linked={"datePublished": "2013-03-11"})

    assert values(record) == {"published": "2013-03-11"}


def test_day_and_month_follow_the_profile_of_the_site() -> None:
    profile = SiteProfile(site="bread", day_first=True)

    record = judged("<p>Updated 5/6/2022</p>", profile=profile)

    assert values(record) == {"modified": "2022-06-05"}


def test_an_ambiguous_date_has_low_confidence() -> None:
    record = judged("<p>Updated 5/6/2022</p>")

    assert record.dates[0].evidence[0].confidence == 0.6


def test_a_history_panel_gives_its_lines_and_counts_as_a_source() -> None:
    record = judged(
        "<p>Reviewed by Ada Roe, MD</p>",
        foot="<div class='article-history'><p>Next review due: 11 Jan 2029</p>"
        "<p>Last updated 12 Jan 2023</p></div>",
    )

    assert [(h.value, h.raw) for h in record.review.history] == [
        ("2029-01-11", "Next review due: 11 Jan 2029"),
        ("2023-01-12", "Last updated 12 Jan 2023"),
    ]
    assert {d.evidence[0].source for d in record.dates} == {"history_panel"}


def test_a_selector_of_the_profile_marks_the_page_as_sponsored() -> None:
    profile = SiteProfile(site="bread", sponsored=(".hhg-disclaimer-text",))

    record = judged(
        foot="<p class='hhg-disclaimer-text'>Brought to you by Oats Ltd.</p>", profile=profile
    )

    assert record.sponsored is not None
    assert record.sponsored.raw == "Brought to you by Oats Ltd."
    assert record.sponsored.evidence[0].source == "profile"


def test_the_same_page_gives_the_same_record() -> None:
    header = (
        "<p>Medically reviewed by Ada Roe, MD</p><p>Written by Bo Penn · Updated May 1, 2022</p>"
    )

    assert judged(header) == judged(header)


def test_a_claim_without_a_person_is_quoted() -> None:
    review = judged("<p>Expert Reviewed</p>").review

    assert review.status == "claim_only"
    assert [evidence.raw for evidence in review.evidence] == ["Expert Reviewed"]


@pytest.mark.parametrize(
    ("header", "linked", "language", "value"),
    [
        ("<p>Published 15/04/2022</p><p>Updated 05/06/2022</p>", None, "en", "2022-06-05"),
        ("<p>Published 04/15/2022</p><p>Updated 05/06/2022</p>", None, "en", "2022-05-06"),
        ("<p>Published 15/04/2022</p><p>Updated 05/06/2022</p>", None, "en-US", "2022-06-05"),
        ("<p>Updated 05/06/2022</p>", {"dateModified": "2022-06-05T10:00:00Z"}, "en", "2022-06-05"),
        ("<p>Updated 05/06/2022</p>", {"datePublished": "2022-05-06"}, "en", "2022-05-06"),
        ("<p>Updated 05/06/2022</p>", None, "en-GB", "2022-06-05"),
        ("<p>Updated Sun 05/06/2022</p>", None, "en", "2022-06-05"),
    ],
    ids=["page, day", "page, month", "page against language", "machine", "other kind", "language",
         "weekday"],
)  # fmt: skip
def test_day_and_month_are_settled_by_what_else_the_page_says(
    header: str, linked: Mapping[str, object] | None, language: str, value: str
) -> None:
    record = judged(header, linked=linked, language=language)

    assert values(record)["modified"] == value
    assert "ambiguous_date" not in record.review.flags


@pytest.mark.parametrize("language", ["en", "en-CA", "zh-Hant", "ko", "ja"])
def test_what_nothing_settles_is_marked_as_ambiguous(language: str) -> None:
    label = {"zh-Hant": "更新日期：", "ko": "수정일: ", "ja": "更新日："}.get(language, "Updated ")

    record = judged(f"<p>{label}05/06/2022</p>", language=language)

    assert [stated.ambiguous for stated in record.dates] == [True]
    assert "ambiguous_date" in record.review.flags


def test_a_machine_date_of_figures_is_ambiguous_until_another_date_settles_it() -> None:
    alone = judged(linked={"dateModified": "05/06/2022"})
    beside = judged(linked={"dateModified": "05/06/2022", "datePublished": "17/04/2022"})

    assert [(d.value, d.ambiguous) for d in alone.dates] == [("2022-05-06", True)]
    assert values(beside) == {"published": "2022-04-17", "modified": "2022-06-05"}
    assert not any(d.ambiguous for d in beside.dates)


@pytest.mark.parametrize("day", ["2001-10-03T00:00:00", "2007-01-01"])
def test_a_day_that_a_system_filled_in_is_dropped_where_the_page_contradicts_it(day: str) -> None:
    linked = {"datePublished": day, "dateModified": day}

    record = judged("<p>Reviewed by Ada Roe, MD on May 15, 2022</p>", linked=linked)

    assert values(record) == {"reviewed": "2022-05-15"}
    assert record.review.flags == ("placeholder_date",)
    assert conflict(record, "dates.published").chosen is None


@pytest.mark.parametrize(
    ("header", "linked"),
    [
        ("", {"datePublished": "2001-10-03", "dateModified": "2001-10-03"}),
        ("<p>Reviewed May 15, 2022</p>", {"datePublished": "2004-04-01"}),
        ("<p>Updated May 15, 2022</p>", {"datePublished": "2007-01-01"}),
        (
            "<p>Updated May 15, 2022</p>",
            {"datePublished": "2004-04-01", "dateModified": "2004-04-01"},
        ),
    ],
)
def test_an_honest_old_article_keeps_its_day(header: str, linked: Mapping[str, object]) -> None:
    record = judged(header, linked=linked)

    assert values(record)["published"] == linked["datePublished"]
    assert "placeholder_date" not in record.review.flags


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00", "1/1/0001 12:00:00 AM", "1970-01-01"])
def test_an_empty_date_is_a_placeholder(day: str) -> None:
    record = judged(linked={"datePublished": day})

    assert record.dates == ()
    assert record.review.flags == ("placeholder_date",)


@pytest.mark.parametrize(
    ("published", "modified", "is_flagged"),
    [
        ("2022-05-15", "2022-05-01", True),
        ("2022-05-15", "2022-05-15", False),
        ("2022-05-15T01:00:00+07:00", "2022-05-14T19:00:00Z", False),
        ("2022-05-15T01:00:00Z", "2022-05-10T19:00:00Z", True),
    ],
)
def test_a_change_before_the_publication_is_flagged(
    published: str, modified: str, is_flagged: bool
) -> None:
    record = judged(linked={"datePublished": published, "dateModified": modified})

    assert values(record) == {"published": published, "modified": modified}
    assert ("modified_before_publication" in record.review.flags) is is_flagged
