from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.collection import Collection
from archive.errors import BadQuery
from archive.searching.filters import Filters
from articles.record import Contributor, Review, StatedDate

AddArticle = Callable[..., int]


def chosen(collection: Collection, filters: Filters) -> set[int]:
    condition = filters.condition(collection.connection)
    sql = f"select a.id from articles a where {condition.sql}"  # noqa: S608
    return {row["id"] for row in collection.connection.execute(sql, condition.values)}


def reviewed(value: str) -> tuple[StatedDate, ...]:
    return (StatedDate(kind="reviewed", value=value, precision="day", raw=value),)


def test_no_filter_chooses_all(collection: Collection, add_article: AddArticle) -> None:
    articles = {add_article("One."), add_article("Two.")}

    assert chosen(collection, Filters()) == articles


def test_values_of_one_filter_are_alternatives_and_filters_add_up(
    collection: Collection, add_article: AddArticle
) -> None:
    first = add_article("One.", site="a.org", language="en")
    second = add_article("Two.", site="b.org", language="vi")
    add_article("Three.", site="c.org", language="en")

    assert chosen(collection, Filters(sites=("a.org", "b.org"))) == {first, second}
    assert chosen(collection, Filters(sites=("a.org", "b.org"), languages=("vi",))) == {second}


def test_a_language_stands_for_its_regions_and_a_region_for_itself(
    collection: Collection, add_article: AddArticle
) -> None:
    plain = add_article("One.", language="en")
    region = add_article("Two.", language="en-PH")
    add_article("Three.", language="enm")
    add_article("Four.", language=None)

    assert chosen(collection, Filters(languages=("EN",))) == {plain, region}
    assert chosen(collection, Filters(languages=("en-ph",))) == {region}


def test_a_status_filter_goes_by_the_review_status(
    collection: Collection, add_article: AddArticle
) -> None:
    add_article("One.", review=Review(status="named"))
    claim = add_article("Two.", review=Review(status="claim_only"))

    assert chosen(collection, Filters(statuses=("claim_only",))) == {claim}


@pytest.mark.parametrize(
    "name",
    [
        "Ismael-Gorospe",
        "gorospe",
        "janie-vi",
        "Villamor Ismael",
        "Gorospe, Janie Vi",
        "goro*",
        "JANIE* gorospe",
    ],
)
def test_a_person_is_found_by_any_part_of_the_name(
    collection: Collection, add_article: AddArticle, name: str
) -> None:
    article = add_article(
        "One.",
        contributors=(
            Contributor(role="medical_reviewer", name="Janie-Vi Villamor Ismael-Gorospe"),
        ),
    )
    add_article("Two.")

    assert chosen(collection, Filters(reviewer=name)) == {article}
    assert chosen(collection, Filters(author=name)) == set()


@pytest.mark.parametrize("name", ["gor", "Janie Smith", "vi villamor santos"])
def test_every_word_must_be_a_whole_word_of_the_name(
    collection: Collection, add_article: AddArticle, name: str
) -> None:
    add_article(
        "One.",
        contributors=(
            Contributor(role="medical_reviewer", name="Janie-Vi Villamor Ismael-Gorospe"),
        ),
    )

    assert chosen(collection, Filters(reviewer=name)) == set()


@pytest.mark.parametrize(
    ("stands", "typed"),
    [
        ("Nguyễn Văn Đức", "nguyen duc"),
        ("Nguyen Van Duc", "Nguyễn Đức"),
        ("José O’Neil", "oneil"),
        ("J. R. Smith", "J.R. Smith"),
        ("J.R. Smith", "smith j r"),
        ("นายแพทย์สมชาย", "สมชาย"),
        ("王小明", "小明"),
    ],
)
def test_names_match_without_their_accents_and_within_unspaced_script(
    collection: Collection, add_article: AddArticle, stands: str, typed: str
) -> None:
    article = add_article("One.", contributors=(Contributor(role="author", name=stands),))

    assert chosen(collection, Filters(author=typed)) == {article}


def test_an_organisation_is_found_as_a_reviewer_too(
    collection: Collection, add_article: AddArticle
) -> None:
    article = add_article(
        "One.", contributors=(Contributor(role="reviewer", name="Mayo Clinic", kind="org"),)
    )

    assert chosen(collection, Filters(reviewer="mayo")) == {article}


def test_after_includes_the_day_and_before_does_not(
    collection: Collection, add_article: AddArticle
) -> None:
    old = add_article("One.", dates=reviewed("2023-12-31"))
    exact = add_article("Two.", dates=reviewed("2024-01-01"))
    month = add_article("Three.", dates=reviewed("2024-05"))
    add_article("Four.", dates=())

    assert chosen(collection, Filters(reviewed_after="2024-01-01")) == {exact, month}
    assert chosen(collection, Filters(reviewed_before="2024-01-01")) == {old}
    assert chosen(collection, Filters(reviewed_before="2024")) == {old}
    assert chosen(collection, Filters(reviewed_after="2024-01", reviewed_before="2024-06")) == {
        exact,
        month,
    }


def test_since_chooses_what_is_new_or_whose_text_changed(
    collection: Collection, add_article: AddArticle
) -> None:
    changed = add_article("Old text.", url="https://example.org/changed", day=1)
    add_article("New text.", url="https://example.org/changed", day=8)
    add_article("Same text.", url="https://example.org/same", day=1)
    add_article("Same text.", url="https://example.org/same", day=8)
    new = add_article("Quite new.", day=9)

    assert chosen(collection, Filters(since="2026-01-05")) == {changed, new}
    assert chosen(collection, Filters(since="2026-01-08T13:00:00+00:00")) == {new}


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"reviewed_after": "2024-13-01"}, "reviewed-after: '2024-13-01' is no date"),
        ({"reviewed_before": "last year"}, "reviewed-before: 'last year' is no date"),
        ({"reviewed_before": "2023-02-29"}, "write 2024, 2024-05 or 2024-05-31"),
        ({"reviewed_after": "24-01-01"}, "is no date"),
        ({"reviewed_after": "٢٠٢٤"}, "is no date"),
        ({"since": "2026-01-01T08:00"}, "has no time zone"),
        ({"since": "2026-01-01T99:00Z"}, "is no moment"),
        ({"since": "yesterday"}, "is no date"),
        ({"statuses": ("reviewed",)}, "'reviewed' is no review status; it is one of named,"),
        ({"languages": ("%",)}, "'%' is no language tag"),
        ({"author": " - "}, "holds no name"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused_in_one_line(
    filters: dict[str, object], said: str
) -> None:
    with pytest.raises(BadQuery) as refused:
        Filters(**filters)  # type: ignore[arg-type]

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
