"""Who among the people found on a page is in the record, in which role, and who lost.

`judge_people` is the door. Visible labels beat machine data; a place that cannot hold the page's
own byline never counts; names at the head of the article beat names further down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from articles.bylines.findings import Bylines, PersonFinding
from articles.bylines.person import Person
from articles.findings_evidence import evidence_of, rule_of, unique
from articles.machine_data import MachineData
from articles.machine_people import without_idle_details
from articles.person_names import name_key
from articles.profile import SiteProfile
from articles.record import ROLES, Candidate, Conflict, Contributor, Role


@dataclass(frozen=True, kw_only=True)
class JudgedPeople:
    contributors: tuple[Contributor, ...]
    flags: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    has_own_organisation: bool
    """Machine data name an organisation, the site's own or another, as the reviewer."""


def judge_people(bylines: Bylines, machine: MachineData, profile: SiteProfile) -> JudgedPeople:
    """The contributors of one page, with the conflicts that were decided."""
    people = _People(bylines, machine, profile)
    contributors = people.decide()
    return JudgedPeople(
        contributors=contributors,
        flags=tuple(people.flags),
        conflicts=tuple(people.conflicts),
        has_own_organisation=people.has_own_organisation,
    )


# Roles that compete: a second place of the page may not add to what the first has named.
_GROUP: dict[str, str] = {
    "medical_reviewer": "review",
    "reviewer": "review",
    "peer_reviewer": "review",
    "review_organisation": "review",
}
_ROLE_RANK = {"medical_reviewer": 0, "peer_reviewer": 1, "reviewer": 2}
_MOST_LONE_PLACES = 3
_MOST_LOST = 40
"""Rejected findings that are told; a page with hundreds is a list."""
_SOURCE_VERSION = re.compile(
    r"versión en inglés|english version|englische fassung|version anglaise"
)


class _People:
    """The contributors of one page, decided role by role."""

    def __init__(self, bylines: Bylines, machine: MachineData, profile: SiteProfile) -> None:
        self.findings = _with_updaters(bylines.people, profile)
        self.machine = machine
        self.flags: list[str] = []
        self.conflicts: list[Conflict] = []
        self.has_own_organisation = False
        self._lost: dict[str, list[tuple[PersonFinding, str]]] = {}

    def decide(self) -> tuple[Contributor, ...]:
        chosen: list[Contributor] = []
        for group in dict.fromkeys(_GROUP.get(role, role) for role in ROLES):
            chosen += self._decide_group(group)
        return tuple(chosen)

    def _decide_group(self, group: str) -> list[Contributor]:
        findings = [f for f in self.findings if _GROUP.get(f.role, f.role) == group]
        kept = self._own_places(group, findings)
        visible = self._merged(kept)
        if group == "review":
            visible = [self._as_own_house(person) for person in visible]
        decided, rule = self._beside_machine(group, visible)
        self._tell_conflict(group, decided, rule)
        return decided

    def _own_places(self, group: str, findings: list[PersonFinding]) -> list[PersonFinding]:
        """The findings that stand in the page's own byline, review block or foot."""
        lost = self._lost.setdefault(group, [])
        lost += [(f, f.place.region.rejected or "") for f in findings if f.place.is_rejected]
        own = [f for f in findings if not f.place.is_rejected]
        if group == "author" and (reviewing := self._only_reviewing()):
            strange = [f for f in own if f.label is None and name_key(f.person.name) in reviewing]
            lost += [(f, "reviewer_in_machine_data") for f in strange]
            own = [f for f in own if f not in strange]
        labelled = [f for f in own if f.label is not None]
        if labelled:
            lost += [(f, "label_beats_markup") for f in own if f.label is None]
            own = labelled
        head = [f for f in own if f.place.is_header]
        if head:
            names = {name_key(f.person.name) for f in head}
            foreign = [f for f in own if name_key(f.person.name) not in names]
            lost += [(f, "header_byline_beats_other_places") for f in foreign]
            return [f for f in own if name_key(f.person.name) in names]
        places = {f.place.line.first for f in own}
        names = {name_key(f.person.name) for f in own}
        if group != "review" and len(names) > 1 and len(places) > 1:
            # Foot bylines of one article stand together; bylines far apart are other articles'.
            first = min(places)
            near = [f for f in own if f.place.line.first - first < 40]
            lost += [(f, "first_byline_beats_later_ones") for f in own if f not in near]
            own = near
        weak = {f.place.line.first for f in own if f.label is not None and f.label.is_weak}
        if len(weak) > 1 and len({name_key(f.person.name) for f in own}) > len(weak) - 1 > 1:
            lost += [(f, "list_of_other_articles") for f in own]
            return []
        if group == "review" and len(_lone_labels(own)) > _MOST_LONE_PLACES:
            lost += [(f, "list_of_other_articles") for f in own]
            return []
        return own

    def _only_reviewing(self) -> set[str]:
        """Keys of those whom machine data name as reviewers and not as authors."""
        by_group: dict[str, set[str]] = {"review": set(), "author": set()}
        for contributor in self.machine.contributors:
            group = _GROUP.get(contributor.role, contributor.role)
            by_group.setdefault(group, set()).add(name_key(contributor.name))
        return by_group["review"] - by_group["author"]

    def _as_own_house(self, person: Contributor) -> Contributor:
        """ "Medically reviewed by HealthHub" on the pages of HealthHub: no person."""
        is_marked = person.credentials or person.prefix
        if person.kind == "person" and not is_marked and name_key(person.name) in self._own_names():
            return replace(person, kind="org")
        return person

    def _own_names(self) -> set[str]:
        own = (self.machine.publisher, self.machine.site_name)
        return {name_key(name) for name in own if name}

    def _merged(self, findings: list[PersonFinding]) -> list[Contributor]:
        merged: dict[str, Contributor] = {}
        for finding in findings:
            key = name_key(finding.person.name)
            made = _contributor(finding)
            held = merged.get(key)
            merged[key] = made if held is None else _joined(held, made)
        return list(merged.values())

    def _beside_machine(
        self, group: str, visible: list[Contributor]
    ) -> tuple[list[Contributor], str]:
        stated = [c for c in self.machine.contributors if _GROUP.get(c.role, c.role) == group]
        if group == "review":
            # schema.org has no word for fact checkers: publishers put them under `reviewedBy`.
            checkers = self._visible_checkers()
            stated = [c for c in stated if name_key(c.name) not in checkers]
        by_key: dict[str, list[Contributor]] = {}
        for contributor in stated:
            by_key.setdefault(name_key(contributor.name), []).append(contributor)
        if visible:
            return [
                _backed(person, by_key.get(name_key(person.name), ())) for person in visible
            ], "visible_label_beats_machine_data"
        usable = [c for c in stated if self._is_usable(group, c)]
        if not usable:
            return [], "no_person_of_the_page"
        best = usable[0].evidence[0].source
        names: dict[str, Contributor] = {}
        for contributor in usable:
            if contributor.evidence[0].source == best:
                key = name_key(contributor.name)
                held = names.get(key)
                names[key] = contributor if held is None else _joined(held, contributor)
        return list(names.values()), f"{best}_beats_what_follows"

    def _visible_checkers(self) -> set[str]:
        """Whom the page shows as fact checkers and not as reviewers too."""
        shown = [f for f in self.findings if not f.place.is_rejected]
        checkers = {name_key(f.person.name) for f in shown if f.role == "fact_checker"}
        return checkers - {name_key(f.person.name) for f in shown if f.role in _ROLE_RANK}

    def _is_usable(self, group: str, contributor: Contributor) -> bool:
        name = contributor.name
        if re.fullmatch(r"[a-z0-9_.\-]+", name) and " " not in name and len(name) > 2:
            return False  # a login
        key = name_key(name)
        if not key:
            return False
        if group == "review" and (contributor.kind != "person" or key in self._own_names()):
            self.has_own_organisation = True
            self.flags.append("own_organisation_as_reviewer")
            return False
        return True

    def _tell_conflict(self, group: str, decided: list[Contributor], rule: str) -> None:
        """Whoever was found for a group and not chosen, with the reason."""
        chosen = {name_key(person.name) for person in decided}
        by_reason: dict[str, list[Candidate]] = {}
        for finding, reason in self._lost.get(group, [])[:_MOST_LOST]:
            if name_key(finding.person.name) in chosen and not finding.place.is_rejected:
                continue
            candidate = Candidate(
                value=finding.person.name,
                evidence=evidence_of(finding.place, rule_of(finding), 0.3, finding.person.name),
            )
            by_reason.setdefault(reason, []).append(candidate)
        for contributor in self.machine.contributors:
            if _GROUP.get(contributor.role, contributor.role) != group:
                continue
            if name_key(contributor.name) not in chosen:
                reason = rule if decided else "not_a_usable_name"
                by_reason.setdefault(reason, []).append(
                    Candidate(value=contributor.name, evidence=contributor.evidence[0])
                )
        field = "contributors.reviewer" if group == "review" else f"contributors.{group}"
        named = "; ".join(person.name for person in decided) or None
        for reason, candidates in by_reason.items():
            unique = {(c.value, c.evidence.locator): c for c in candidates}
            self.conflicts.append(
                Conflict(
                    field=field, candidates=tuple(unique.values())[:20], chosen=named, rule=reason
                )
            )


def _lone_labels(findings: Iterable[PersonFinding]) -> set[int]:
    """Lines that carry their own label and one name: many of them are a list of articles."""
    return {f.place.line.first for f in findings if f.label is not None and f.label.end < 40}


def _with_updaters(
    findings: Iterable[PersonFinding], profile: SiteProfile
) -> tuple[PersonFinding, ...]:
    """The findings, "Updated by" turned into a review where it is one: by the site's profile, or
    where "Also reviewed by" goes on from it (A.D.A.M. on MedlinePlus)."""
    findings = tuple(findings)
    also = {
        f.place.line.first
        for f in findings
        if f.label is not None and f.label.phrase == "also reviewed by"
    }

    def is_updater(finding: PersonFinding) -> bool:
        if finding.label is None or finding.label.phrase != "updated by":
            return False
        at = finding.place.line.first
        return profile.updated_by_reviews or any(0 <= place - at <= 4 for place in also)

    return tuple(replace(f, role="medical_reviewer") if is_updater(f) else f for f in findings)


def _contributor(finding: PersonFinding) -> Contributor:
    person: Person = finding.person
    role = finding.role
    kind = person.kind
    if role == "review_organisation":
        role, kind = "medical_reviewer", "org" if kind == "person" else kind
    phrase = finding.label.phrase if finding.label else ""
    return Contributor(
        role=cast("Role", role),
        name=person.name,
        credentials=person.credentials,
        prefix=person.prefix,
        specialty=person.specialty,
        job_title=person.job_title,
        affiliation=person.affiliation,
        kind=kind,
        profile_url=finding.profile_url,
        licence=person.licence,
        scope="source_language_version" if _SOURCE_VERSION.search(phrase) else None,
        evidence=(evidence_of(finding.place, rule_of(finding), _confidence(finding), person.name),),
    )


def _joined(held: Contributor, more: Contributor) -> Contributor:
    """One person out of two mentions: the fuller details, the more exact role, all evidence."""
    role = held.role
    if _ROLE_RANK.get(more.role, 9) < _ROLE_RANK.get(role, 9):
        role = more.role
    return replace(
        held,
        role=role,
        credentials=max(held.credentials, more.credentials, key=len),
        prefix=held.prefix or more.prefix,
        specialty=held.specialty or more.specialty,
        job_title=held.job_title or more.job_title,
        affiliation=held.affiliation or more.affiliation,
        profile_url=held.profile_url or more.profile_url,
        licence=held.licence or more.licence,
        evidence=unique((*held.evidence, *more.evidence)),
    )


def _backed(person: Contributor, stated: Sequence[Contributor]) -> Contributor:
    """`person` with what machine data adds: addresses and evidence, and a role only where no label
    tells one."""
    is_unlabelled = all(evidence.rule == "unlabelled" for evidence in person.evidence)
    for other in stated:
        is_exact = _ROLE_RANK.get(other.role, 9) < _ROLE_RANK.get(person.role, 9)
        person = replace(
            person,
            role=other.role if is_unlabelled and is_exact else person.role,
            credentials=person.credentials or other.credentials,
            job_title=person.job_title or other.job_title,
            profile_url=person.profile_url or other.profile_url,
            evidence=unique((*person.evidence, *other.evidence)),
        )
    return without_idle_details(person)


def _confidence(finding: PersonFinding) -> float:
    if finding.label is None:
        return 0.6
    if not finding.place.is_header:
        return 0.9
    return 0.95 if finding.person.credentials or finding.person.prefix else 0.9
