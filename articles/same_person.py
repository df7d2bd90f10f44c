"""Who is who: which names on which sites are one person, and why.

`link_people` is the door. It looks at people as single sites name them and gives links: merged
ones with a reason and a strength, and likely ones, never merged, with what keeps them apart. The
links follow from the values alone, in whatever order they come. `handles` says what two must share
to be compared at all, so that nobody compares everybody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal

from articles.person_likeness import (
    differing_middles,
    ends,
    identifiers,
    likeness,
    profile_page,
    share_a_word,
)
from articles.person_names import name_letters, written_out_keys
from articles.professions import professions, specialty_stems
from articles.record import ContributorKind

RULES = "1"
"""Changes when other links come out: all are made again then."""

Strength = Literal["decided", "strong", "fair", "weak", "likely"]
"""By the operator; by an identifier or profile page; by name and more; by the name alone; not
merged."""

MOST_ALIKE = 64
"""So many may share a handle; a name on more sites than this tells nothing any more."""
_MOST_OF_A_PAGE = 4
_LEVELS: tuple[Strength, ...] = ("decided", "strong", "fair", "weak")


@dataclass(frozen=True, kw_only=True)
class SitePerson:
    """A person (or organisation) as one site names them, with all that the site says."""

    id: int
    key: str
    site: str
    kind: ContributorKind = "person"
    names: frozenset[str] = frozenset()
    credentials: frozenset[str] = frozenset()
    specialties: frozenset[str] = frozenset()
    affiliations: frozenset[str] = frozenset()
    profile_urls: frozenset[str] = frozenset()
    licences: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    @cached_property
    def professions(self) -> frozenset[str]:
        return professions(self.credentials)

    @cached_property
    def stems(self) -> frozenset[str]:
        return specialty_stems(self.specialties)

    @cached_property
    def pages(self) -> frozenset[str]:
        return frozenset(page for url in self.profile_urls if (page := profile_page(url)))

    @cached_property
    def identifiers(self) -> frozenset[str]:
        return identifiers(self.profile_urls, self.licences)

    @cached_property
    def other_keys(self) -> frozenset[str]:
        """Keys of its names with the umlauts written out."""
        return frozenset(key for name in self.names for key in written_out_keys(name))


@dataclass(frozen=True, kw_only=True, order=True)
class Link:
    """Two that are one person (merged), or may be (`likely`); `one` is the lower id."""

    one: int
    other: int
    strength: Strength
    reason: str
    against: str | None = None
    """What keeps the two apart, where something does."""

    @property
    def is_merged(self) -> bool:
        return self.strength != "likely"


Decisions = Mapping[frozenset[int], bool]
"""What the operator said of two site people, by their ids: one person, or two."""


def handles(person: SitePerson) -> frozenset[str]:
    """What is looked up to find whom `person` may be; two that share none are never one.

    Of a team there is none: "Editorial team" is another one on each site.
    """
    if person.kind == "team":
        return frozenset()
    found = {f"key {person.key}", *(f"key {key}" for key in person.other_keys)}
    found.update(f"page {page}" for page in person.pages)
    found.update(f"id {identifier}" for identifier in person.identifiers)
    words = person.key.split()
    if person.kind == "person" and len(words) > 1:
        first, last = ends(person.key)
        found.add(f"ends {first} {last}")
        found.add(f"words {' '.join(sorted(words))}")
        found.add(f"initial {person.site} {first[0]} {last}")
    return frozenset(found)


def is_common(handle: str, holders: int) -> bool:
    """Whether a handle is held by too many to tell anything: a page of a whole team, a word."""
    return holders > (_MOST_OF_A_PAGE if handle.startswith("page ") else MOST_ALIKE)


def link_people(
    people: Sequence[SitePerson],
    decisions: Decisions | None = None,
    *,
    common: Collection[str] = frozenset(),
) -> tuple[Link, ...]:
    """All links among `people`, who must be all that share a handle (but for `common` ones)."""
    decisions = decisions or {}
    by_id = {person.id: person for person in people}
    proposals: list[Link] = []
    foes: dict[int, set[int]] = defaultdict(set)
    for one, other in _pairs(people, decisions, common):
        link, are_foes = _compare(by_id[one], by_id[other], decisions)
        if link is not None:
            proposals.append(link)
        if are_foes:
            foes[one].add(other)
            foes[other].add(one)
    parted = {pair for pair, is_same in decisions.items() if not is_same}
    return tuple(sorted(_Merging(by_id, foes, parted).links_of(proposals)))


def merged_groups(ids: Iterable[int], links: Iterable[Link]) -> list[list[int]]:
    """The ids that are one person, together; ascending, and so are the groups by their first."""
    groups = {number: [number] for number in ids}
    for link in links:
        one, other = groups[link.one], groups[link.other]
        if link.is_merged and one is not other:
            if len(one) < len(other):
                one, other = other, one
            one.extend(other)
            for number in other:
                groups[number] = one
    distinct = {id(group): group for group in groups.values()}.values()
    return sorted(sorted(group) for group in distinct)


def _pairs(
    people: Sequence[SitePerson], decisions: Decisions, common: Collection[str]
) -> Iterator[tuple[int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for person in people:
        for handle in handles(person):
            if handle not in common:
                holders[handle].append(person.id)
    ids = {person.id for person in people}
    seen = {tuple(sorted(pair)) for pair in decisions if pair <= ids}
    for held in holders.values():
        seen.update(combinations(sorted(held), 2))
    for pair in sorted(seen):
        yield pair[0], pair[1]


def _compare(one: SitePerson, other: SitePerson, decisions: Decisions) -> tuple[Link | None, bool]:
    """A proposal for two, and whether they must not come into one person by way of a third."""
    pair = frozenset({one.id, other.id})
    if pair in decisions:
        if decisions[pair]:
            return _link(one, other, "decided", "said by `people merge`"), False
        return _link(one, other, "likely", "like names", "parted by `people part`"), True
    if one.kind != other.kind:
        return None, False
    strong = _strong_reason(one, other)
    if strong is not None:
        if _is_borne_by_both(one, other):
            return _link(one, other, "strong", strong), False
        return _link(one, other, "likely", strong, "the names are not alike"), False
    if one.key == other.key:
        return _compare_namesakes(one, other)
    return _compare_spellings(one, other)


def _strong_reason(one: SitePerson, other: SitePerson) -> str | None:
    shared = one.identifiers & other.identifiers
    if shared:
        return f"same identifier ({min(shared)})"
    pages = one.pages & other.pages
    return f"same profile page ({min(pages)})" if pages else None


def _is_borne_by_both(one: SitePerson, other: SitePerson) -> bool:
    """Whether an identifier or page can be of both names: a couple's or a team's page is not."""
    if one.identifiers & other.identifiers:
        return share_a_word(one.key, other.key)
    if one.key == other.key or likeness(one.key, other.key) is not None:
        return True
    shared = set(one.key.split()) & set(other.key.split())
    given = ends(one.key)[0] if " " in one.key else ""
    letters = name_letters("".join(one.pages & other.pages))
    return len(shared) > 1 or (len(given) > 1 and given in shared and given in letters)


def _compare_namesakes(one: SitePerson, other: SitePerson) -> tuple[Link | None, bool]:
    against = _what_parts(one, other)
    if against is not None:
        return _link(one, other, "likely", "same name", against), True
    if one.kind != "person":
        return _link(one, other, "weak", "same name of an organisation"), False
    agreement = _agreement(one, other)
    if agreement is not None:
        return _link(one, other, "fair", f"same name, {agreement}"), False
    if " " in one.key or (not one.key.isascii() and len(one.key) > 2):
        return _link(one, other, "weak", "same name; nothing else is said on both sites"), False
    return _link(one, other, "likely", "same name", "a single word, and nothing else agrees"), False


def _compare_spellings(one: SitePerson, other: SitePerson) -> tuple[Link | None, bool]:
    if one.kind != "person":
        return None, False
    middles = differing_middles(one.key, other.key)
    if middles is not None:
        return None, True
    if one.key in other.other_keys or other.key in one.other_keys:
        like: str | None = "umlaut written out"
    else:
        like = likeness(one.key, other.key)
    if like is None:
        return None, False
    against = _what_parts(one, other)
    if against is not None:
        return _link(one, other, "likely", like, against), True
    is_one_site = one.site == other.site
    agreement = _agreement(one, other)
    is_umlaut = like == "umlaut written out"
    if like not in _TOO_LOOSE and (agreement or is_umlaut) and (is_one_site or is_umlaut):
        reasons = [like, *(["same site"] if is_one_site else []), *filter(None, [agreement])]
        if is_one_site or agreement:
            return _link(one, other, "fair", ", ".join(reasons)), False
    missing = "nothing else agrees" if agreement is None else "the names differ"
    return _link(one, other, "likely", like, missing), False


_TOO_LOOSE = frozenset({"first name as an initial", "a middle name left out"})


def _what_parts(one: SitePerson, other: SitePerson) -> str | None:
    """What the two cannot both be; None where they can."""
    orcids = [{i for i in p.identifiers if i.startswith("ORCID")} for p in (one, other)]
    if all(orcids) and not orcids[0] & orcids[1]:
        return f"{min(orcids[0])} against {min(orcids[1])}"
    if one.professions and other.professions and not one.professions & other.professions:
        return f"{_listed(one.credentials)} against {_listed(other.credentials)}"
    if one.stems and other.stems and not one.stems & other.stems and _could_agree(one, other):
        return f"{_listed(one.specialties)} against {_listed(other.specialties)}"
    return None


def _could_agree(one: SitePerson, other: SitePerson) -> bool:
    """Whether their specialties stand in one language, so that a difference is one."""
    languages = [{tag[:2] for tag in person.languages} for person in (one, other)]
    return bool(languages[0] & languages[1]) or not (languages[0] and languages[1])


def _agreement(one: SitePerson, other: SitePerson) -> str | None:
    """What else is said of both, in words."""
    if one.professions & other.professions:
        return f"both {min(one.professions & other.professions)}"
    credentials = [{_LETTERS.sub("", c).upper() for c in p.credentials} for p in (one, other)]
    if credentials[0] & credentials[1]:
        return f"both {min(credentials[0] & credentials[1])}"
    if one.stems & other.stems:
        return f"same specialty ({_listed(one.specialties)})"
    houses = [{house.casefold() for house in person.affiliations} for person in (one, other)]
    return f"same affiliation ({min(houses[0] & houses[1])})" if houses[0] & houses[1] else None


_LETTERS = re.compile(r"[\W_]+")
_MOST_LISTED = 4


def _listed(values: frozenset[str]) -> str:
    shown = sorted(values)
    return ", ".join(shown[:_MOST_LISTED]) + (" ..." if len(shown) > _MOST_LISTED else "")


def _link(
    one: SitePerson, other: SitePerson, strength: Strength, reason: str, against: str | None = None
) -> Link:
    low, high = sorted((one.id, other.id))
    return Link(one=low, other=high, strength=strength, reason=reason, against=against)


class _Merging:
    """Merges what is proposed, the strongest first, and nothing that cannot be one."""

    def __init__(
        self,
        people: Mapping[int, SitePerson],
        foes: Mapping[int, set[int]],
        parted: Collection[frozenset[int]],
    ) -> None:
        self._people = people
        self._parted = parted
        self._group = {number: number for number in people}
        self._members: dict[int, set[int]] = {number: {number} for number in people}
        self._foes: dict[int, set[int]] = {number: set(foes.get(number, ())) for number in people}

    def links_of(self, proposals: Iterable[Link]) -> Iterator[Link]:
        by_level: dict[str, list[Link]] = defaultdict(list)
        for link in proposals:
            by_level[link.strength].append(link)
        yield from by_level["likely"]
        for level in _LEVELS:
            # By what the values say, not by ids: another order of arrival merges the same.
            links = sorted(by_level[level], key=self._place)
            torn = self._torn(links)
            for link in links:
                yield self._settle(link, torn)

    def _place(self, link: Link) -> list[tuple[str, str]]:
        ends_of = (self._people[link.one], self._people[link.other])
        return sorted((person.key, person.site) for person in ends_of)

    def _torn(self, links: Iterable[Link]) -> set[int]:
        """Groups that might be either of two who are not one: they stay alone."""
        near: dict[int, set[int]] = defaultdict(set)
        for link in links:
            one, other = self._group[link.one], self._group[link.other]
            if one != other and link.strength != "decided":
                near[one].add(other)
                near[other].add(one)
        torn = set()
        for group, others in near.items():
            reached = set().union(*(self._members[other] for other in others))
            if any(self._foes[other] & reached for other in others):
                torn.add(group)
        return torn

    def _settle(self, link: Link, torn: set[int]) -> Link:
        one, other = self._group[link.one], self._group[link.other]
        if one == other:
            return link
        why = None
        if one in torn or other in torn:
            why = "could be either of two who are not one"
        elif self._cannot_be_one(one, other, is_decided=link.strength == "decided"):
            why = "one more of that name is somebody else"
        if why is not None:
            return Link(
                one=link.one, other=link.other, strength="likely", reason=link.reason, against=why
            )
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        for number in self._members[other]:
            self._group[number] = one
        self._members[one] |= self._members.pop(other)
        self._foes[one] |= self._foes.pop(other)
        return link

    def _cannot_be_one(self, one: int, other: int, *, is_decided: bool) -> bool:
        met = self._foes[one] & self._members[other]
        if not met or not is_decided:
            return bool(met)
        # The operator knows better than the rules, and is bound by the operator alone.
        return any(
            frozenset((number, foe)) in self._parted for foe in met for number in self._members[one]
        )
