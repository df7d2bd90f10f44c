from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.person_names import name_key
from articles.same_person import SitePerson, handles, is_common, link_people, merged_groups


def named(number: int, name: str, site: str = "a.org", **said: Any) -> SitePerson:
    values: dict[str, Any] = {
        field: value if field == "kind" else frozenset(value) for field, value in said.items()
    }
    key = name_key(name, kind=said.get("kind", "person"))
    return SitePerson(id=number, key=key, site=site, names=frozenset({name}), **values)


def link(one: SitePerson, other: SitePerson) -> tuple[str, str, str | None] | None:
    """Strength, reason and what speaks against the one link of two; None where there is none."""
    links = link_people([one, other])
    return (links[0].strength, links[0].reason, links[0].against) if links else None


MD: dict[str, Any] = {"credentials": ["MD"]}


def test_one_name_on_two_sites_is_one_person_where_more_agrees() -> None:
    assert link(
        named(1, "Jane Roe", **MD), named(2, "Jane Roe", "b.org", credentials=["M.D."])
    ) == (
        *("fair", "same name, both physician"),
        None,
    )
    assert link(
        named(1, "Jane Roe", specialties=["Cardiology"]),
        named(2, "Jane Roe", "b.org", specialties=["Cardiologist"]),
    ) == ("fair", "same name, same specialty (Cardiology)", None)


def test_one_name_alone_is_a_weak_reason_and_a_single_word_none() -> None:
    weak = link(named(1, "Jane Roe"), named(2, "Jane Roe", "b.org"))
    single = link(named(1, "Jane"), named(2, "Jane", "b.org"))

    assert weak == ("weak", "same name; nothing else is said on both sites", None)
    assert single == ("likely", "same name", "a single word, and nothing else agrees")


@pytest.mark.parametrize(
    ("said", "said_there", "against"),
    [
        ({"credentials": ["MD"]}, {"credentials": ["RD"]}, "MD against RD"),
        (
            {"specialties": ["Cardiology"]},
            {"specialties": ["Dermatology"]},
            "Cardiology against Dermatology",
        ),
        (
            {"profile_urls": ["https://orcid.org/0000-0002-1825-0097"]},
            {"profile_urls": ["https://orcid.org/0000-0001-5109-3700"]},
            "ORCID 0000-0002-1825-0097 against ORCID 0000-0001-5109-3700",
        ),
    ],
)
def test_namesakes_that_cannot_be_one_are_kept_apart(
    said: Any, said_there: Any, against: str
) -> None:
    found = link(named(1, "Jane Roe", **said), named(2, "Jane Roe", "b.org", **said_there))

    assert found == ("likely", "same name", against)


def test_specialties_in_two_languages_are_no_contradiction() -> None:
    found = link(
        named(1, "Jane Roe", specialties=["Cardiology"], languages=["en"]),
        named(2, "Jane Roe", "b.org", specialties=["Kardiologin"], languages=["de"]),
    )

    assert found is not None
    assert found[0] == "weak"


def test_who_might_be_either_of_two_namesakes_is_neither() -> None:
    people = [
        named(1, "Jane Roe", "a.org", **MD),
        named(2, "Jane Roe", "b.org", credentials=["RD"]),
        named(3, "Jane Roe", "c.org"),
    ]

    links = link_people(people)

    assert merged_groups([1, 2, 3], links) == [[1], [2], [3]]
    assert {link.against for link in links} == {
        "MD against RD",
        "could be either of two who are not one",
    }


def test_a_third_who_agrees_with_one_of_two_namesakes_is_that_one() -> None:
    people = [
        named(1, "Jane Roe", "a.org", **MD),
        named(2, "Jane Roe", "b.org", credentials=["RD"]),
        named(3, "Jane Roe", "c.org", credentials=["RDN"]),
    ]

    assert merged_groups([1, 2, 3], link_people(people)) == [[1], [2, 3]]


def test_one_identifier_or_profile_page_is_one_person_whatever_else_differs() -> None:
    orcid: dict[str, Any] = {"profile_urls": ["https://orcid.org/0000-0002-1825-0097"]}
    page: dict[str, Any] = {"profile_urls": ["https://a.org/authors/jane-roe/"]}

    assert link(
        named(1, "Jane Roe", credentials=["MD"], **orcid),
        named(2, "Jane R. Roe", "b.org", credentials=["RN"], **orcid),
    ) == ("strong", "same identifier (ORCID 0000-0002-1825-0097)", None)
    assert link(named(1, "Jane Roe", **page), named(2, "Jane Miller", **page)) == (
        *("strong", "same profile page (a.org/authors/jane-roe)"),
        None,
    )
    assert link(
        named(1, "Jane Roe", licences=["CRM-SP 123456"]),
        named(2, "J. Roe", "b.org", licences=["CRM SP 123.456"]),
    ) == ("strong", "same identifier (licence CRMSP123456)", None)


def test_a_page_that_two_of_one_family_share_makes_nobody_one() -> None:
    page: dict[str, Any] = {"profile_urls": ["https://a.org/about-us/"]}

    assert link(named(1, "Jane Roe", **page), named(2, "Bo Roe", **page)) == (
        *("likely", "same profile page (a.org/about-us)"),
        "the names are not alike",
    )


def test_a_middle_initial_may_be_left_out_on_one_site_where_more_agrees() -> None:
    assert link(named(1, "Jane R. Roe", **MD), named(2, "Jane Roe", **MD)) == (
        *("fair", "middle initial left out, same site, both physician"),
        None,
    )
    assert link(named(1, "Jane R. Roe"), named(2, "Jane Roe")) == (
        *("likely", "middle initial left out"),
        "nothing else agrees",
    )
    assert link(named(1, "Jane R. Roe", **MD), named(2, "Jane Roe", "b.org", **MD)) == (
        *("likely", "middle initial left out"),
        "the names differ",
    )


def test_a_middle_name_left_out_is_a_candidate_only() -> None:
    assert link(named(1, "Nguyễn Thị An", **MD), named(2, "Nguyễn An", **MD)) == (
        *("likely", "a middle name left out"),
        "the names differ",
    )


def test_two_middle_initials_are_two_people_and_the_bare_name_is_neither() -> None:
    people = [
        named(1, "Jane A. Roe", **MD),
        named(2, "Jane B. Roe", **MD),
        named(3, "Jane Roe", **MD),
    ]

    assert merged_groups([1, 2, 3], link_people(people)) == [[1], [2], [3]]


def test_an_umlaut_may_be_written_out_where_the_other_spelling_stands() -> None:
    assert link(named(1, "Jörg Müller"), named(2, "Joerg Mueller")) == (
        *("fair", "umlaut written out, same site"),
        None,
    )
    assert link(named(1, "Jorg Muller"), named(2, "Joerg Mueller")) is None


def test_words_in_another_order_and_a_first_initial_are_candidates() -> None:
    assert link(named(1, "Иван Петров"), named(2, "Петров Иван")) == (
        *("likely", "same words in another order"),
        "nothing else agrees",
    )
    assert link(named(1, "J. Roe", **MD), named(2, "Jane Roe", **MD)) == (
        *("likely", "first name as an initial"),
        "the names differ",
    )


def test_a_team_is_another_one_on_each_site_and_an_organisation_the_same() -> None:
    team = [
        named(n, "Editorial Team", site, kind="team") for n, site in ((1, "a.org"), (2, "b.org"))
    ]
    house = [named(n, "Mayo Clinic", site, kind="org") for n, site in ((1, "a.org"), (2, "b.org"))]

    assert link(*team) is None
    assert link(*house) == ("weak", "same name of an organisation", None)


def test_what_the_operator_says_beats_the_rules() -> None:
    people = [
        named(1, "Jane Roe", "a.org", **MD),
        named(2, "Jane Roe", "b.org", **MD),
        named(3, "Jane Roe", "c.org", credentials=["RD"]),
    ]
    decisions = {frozenset((1, 2)): False, frozenset((2, 3)): True}

    links = link_people(people, decisions)

    assert merged_groups([1, 2, 3], links) == [[1], [2, 3]]


def test_what_too_many_share_tells_nothing() -> None:
    assert is_common("page a.org/team", 5)
    assert not is_common("key jane roe", 5)
    assert is_common("key jane roe", 65)


NAMES = ["Jane Roe", "Jane R. Roe", "Jane B. Roe", "Roe Jane", "J. Roe", "Jörg Roe", "Joerg Roe"]
WITH = [
    {},
    {"credentials": ["MD"]},
    {"credentials": ["RD"]},
    {"profile_urls": ["https://x.org/jane"]},
]


@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from("abc"), st.sampled_from(WITH)),
        max_size=10,
        unique_by=lambda drawn: (drawn[0], drawn[1]),
    ),
    st.randoms(use_true_random=False),
)
def test_the_groups_follow_from_the_values_in_any_order(drawn: Any, shuffle: random.Random) -> None:
    numbers = list(range(len(drawn)))
    shuffle.shuffle(numbers)

    def groups(ids: list[int]) -> set[frozenset[int]]:
        people = [
            named(number, name, f"{site}.org", **said)
            for number, (name, site, said) in zip(ids, drawn, strict=True)
        ]
        at = {number: place for place, number in enumerate(ids)}
        return {
            frozenset(at[number] for number in group)
            for group in merged_groups(ids, link_people(people))
        }

    assert groups(numbers) == groups(list(range(len(drawn))))


@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
def test_whoever_is_linked_shares_a_handle(names: list[str]) -> None:
    people = [named(number, name) for number, name in enumerate(names)]
    for one, other in combinations(people, 2):
        if link(one, other) is not None:
            assert handles(one) & handles(other)
