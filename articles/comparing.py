"""What changed between two texts, paragraph by paragraph, and between two records.

`compare_texts` tells added, removed, moved and edited paragraphs; an edited one with the words that
changed and, what readers of health articles look for, the numbers and doses that did.
`compare_records` tells the rest: people, dates, review status, disclaimers, references.

Same texts in, same changes out. The work stays near linear however long or repetitive a page is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from articles.aligning import align
from articles.quantities import NumberChange, compare_numbers
from articles.words import Span, compare_words, words_of

ChangeKind = Literal["added", "removed", "moved", "edited"]

# Two paragraphs that share less than this part of their words are not one paragraph, edited.
_SAME_PARAGRAPH = 0.5
# A gap of up to this many pairs (old times new) is searched for the best pairs; in a larger one a
# paragraph is compared with those at about the same place only.
_MOST_PAIRS = 2_500
_NEAR = 5


@dataclass(frozen=True, kw_only=True)
class Change:
    """One paragraph that is not as it was. Positions count paragraphs from 0."""

    kind: ChangeKind
    old: str | None
    new: str | None
    old_index: int | None
    new_index: int | None
    spans: tuple[Span, ...] = ()
    """The words of an edited paragraph in reading order: kept, removed and added."""
    number_changes: tuple[NumberChange, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordChange:
    """One value of a record that is not as it was; None on the side where it is not there."""

    field: str
    """`title`, `dates.reviewed`, `contributors.medical_reviewer`, `review.status`, `references`."""
    old: str | None
    new: str | None


def compare_texts(old: str | Sequence[str], new: str | Sequence[str]) -> tuple[Change, ...]:
    """The changes from `old` to `new`, in the order of the new text, removals where they stood.

    A text is parted into paragraphs at blank lines; a sequence is taken as paragraphs. White space
    within a paragraph does not count. Equal texts give an empty tuple.
    """
    before, after = _paragraphs(old), _paragraphs(new)
    folded_before, folded_after = _folded(before), _folded(after)
    gaps = list(_gaps(align(folded_before, folded_after), len(before), len(after)))
    moves = _moves(folded_before, folded_after, gaps)
    moved_here = set(moves.values())
    placed: list[tuple[tuple[int, int, int], Change]] = []
    for gap in gaps:
        left = [i for i in gap.old if i not in moves]
        come = [j for j in gap.new if j not in moved_here]
        edits = _edits(folded_before, folded_after, left, come)
        edited_here = set(edits.values())
        for i in left:
            if i not in edits:
                placed.append(((gap.new.start, 0, i), _removed(before, i)))
        for j in come:
            if j not in edited_here:
                placed.append(((j, 1, 0), _added(after, j)))
        for i, j in edits.items():
            placed.append(((j, 1, 0), _edited(before, after, i, j)))
    for i, j in moves.items():
        placed.append(((j, 1, 0), _moved(before, after, i, j)))
    return tuple(change for _, change in sorted(placed, key=lambda pair: pair[0]))


def _paragraphs(text: str | Sequence[str]) -> list[str]:
    parts = re.split(r"\n\s*\n", text) if isinstance(text, str) else text
    return [part.strip() for part in parts if part.strip()]


def _folded(paragraphs: Iterable[str]) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in paragraphs]


@dataclass(frozen=True)
class _Gap:
    """Positions between two paragraphs that stayed."""

    old: range
    new: range


def _gaps(pairs: Iterable[tuple[int, int]], old_length: int, new_length: int) -> Iterator[_Gap]:
    i = j = 0
    for old_index, new_index in [*pairs, (old_length, new_length)]:
        if i < old_index or j < new_index:
            yield _Gap(range(i, old_index), range(j, new_index))
        i, j = old_index + 1, new_index + 1


def _moves(before: Sequence[str], after: Sequence[str], gaps: Iterable[_Gap]) -> dict[int, int]:
    """Old to new positions of paragraphs that stand, word for word, somewhere else now."""
    gone: defaultdict[str, list[int]] = defaultdict(list)
    come: list[int] = []
    for gap in gaps:
        for i in gap.old:
            gone[before[i]].append(i)
        come.extend(gap.new)
    for places in gone.values():
        places.reverse()
    return {gone[after[j]].pop(): j for j in come if gone.get(after[j])}


def _edits(
    before: Sequence[str], after: Sequence[str], left: Sequence[int], come: Sequence[int]
) -> dict[int, int]:
    """Old to new positions of paragraphs of one gap that were edited, in order on both sides."""
    if not left or not come:
        return {}
    old_words = {i: _words(before[i]) for i in left}
    new_words = {j: _words(after[j]) for j in come}
    if len(left) * len(come) > _MOST_PAIRS:
        return _edits_nearby(old_words, new_words)
    likeness = [[_likeness(old_words[i], new_words[j]) for j in come] for i in left]
    best = [[0.0] * (len(come) + 1) for _ in range(len(left) + 1)]
    for row in range(len(left) - 1, -1, -1):
        for column in range(len(come) - 1, -1, -1):
            best[row][column] = max(
                best[row + 1][column],
                best[row][column + 1],
                likeness[row][column] + best[row + 1][column + 1],
            )
    edits = {}
    row = column = 0
    while row < len(left) and column < len(come):
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            edits[left[row]] = come[column]
            row, column = row + 1, column + 1
    return edits


def _words(paragraph: str) -> Counter[str]:
    """The words that tell how alike two paragraphs are; signs only where there is no word."""
    found = words_of(paragraph.casefold())
    return Counter([word for word in found if word[0].isalnum()] or found)


def _edits_nearby(
    old_words: Mapping[int, Counter[str]], new_words: Mapping[int, Counter[str]]
) -> dict[int, int]:
    come = list(new_words)
    edits: dict[int, int] = {}
    first = 0
    for number, i in enumerate(old_words):
        expected = number * len(come) // len(old_words)
        near = range(max(first, expected - _NEAR), min(len(come), expected + _NEAR + 1))
        likeness, place = max(
            ((_likeness(old_words[i], new_words[come[at]]), -at) for at in near), default=(0.0, 0)
        )
        if likeness > 0:
            edits[i] = come[-place]
            first = 1 - place
    return edits


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """The part of their words that two paragraphs share; 0 where they are not to be paired."""
    total = old.total() + new.total()
    if 2 * min(old.total(), new.total()) < _SAME_PARAGRAPH * total:
        return 0.0
    share = 2 * (old & new).total() / total
    return share if share >= _SAME_PARAGRAPH else 0.0


def _added(after: Sequence[str], j: int) -> Change:
    return Change(kind="added", old=None, new=after[j], old_index=None, new_index=j)


def _removed(before: Sequence[str], i: int) -> Change:
    return Change(kind="removed", old=before[i], new=None, old_index=i, new_index=None)


def _moved(before: Sequence[str], after: Sequence[str], i: int, j: int) -> Change:
    return Change(kind="moved", old=before[i], new=after[j], old_index=i, new_index=j)


def _edited(before: Sequence[str], after: Sequence[str], i: int, j: int) -> Change:
    return Change(
        kind="edited",
        old=before[i],
        new=after[j],
        old_index=i,
        new_index=j,
        spans=compare_words(before[i], after[j]),
        number_changes=compare_numbers(before[i], after[j]),
    )


_PLAIN_FIELDS = ("title", "description", "section", "publisher", "language")
_LISTS = ("takeaways", "disclaimers", "disclosures")
_STATEMENTS = ("sponsored", "ai_disclosure")


def compare_records(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[RecordChange, ...]:
    """What changed beside the text, between two records in the public JSON shape.

    In a fixed order: title and the like, people by role, dates, review, statements, references,
    rights. Evidence, images and links are not compared: they move without the article changing.
    """
    changes: list[RecordChange] = []
    for field in _PLAIN_FIELDS:
        changes.extend(_value_change(field, old[field], new[field]))
    changes.extend(_people_changes(old["contributors"], new["contributors"]))
    changes.extend(_mapping_changes("dates", _dates(old), _dates(new)))
    changes.extend(_value_change("review.status", old["review"]["status"], new["review"]["status"]))
    changes.extend(_list_changes("review.flags", old["review"]["flags"], new["review"]["flags"]))
    changes.extend(_list_changes("review.history", _history(old), _history(new)))
    for field in _STATEMENTS:
        changes.extend(_value_change(field, _raw(old[field]), _raw(new[field])))
    for field in _LISTS:
        changes.extend(_list_changes(field, old[field], new[field]))
    changes.extend(_reference_changes(old["references"], new["references"]))
    changes.extend(_mapping_changes("rights", old["rights"]["resolved"], new["rights"]["resolved"]))
    return tuple(changes)


def _value_change(field: str, old: str | None, new: str | None) -> Iterator[RecordChange]:
    if old != new:
        yield RecordChange(field=field, old=old, new=new)


def _mapping_changes(
    field: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[RecordChange]:
    for key in dict.fromkeys([*old, *new]):
        yield from _value_change(f"{field}.{key}", old.get(key), new.get(key))


def _list_changes(field: str, old: Iterable[str], new: Iterable[str]) -> Iterator[RecordChange]:
    """Removals, then additions; one of each is a replacement."""
    before, after = dict.fromkeys(old), dict.fromkeys(new)
    removed = [value for value in before if value not in after]
    added = [value for value in after if value not in before]
    if len(removed) == len(added) == 1:
        yield RecordChange(field=field, old=removed[0], new=added[0])
        return
    for value in removed:
        yield RecordChange(field=field, old=value, new=None)
    for value in added:
        yield RecordChange(field=field, old=None, new=value)


def _people_changes(
    old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]
) -> Iterator[RecordChange]:
    before, after = _people(old), _people(new)
    for role in dict.fromkeys([*before, *after]):
        yield from _list_changes(f"contributors.{role}", before.get(role, ()), after.get(role, ()))


def _people(contributors: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    people: defaultdict[str, list[str]] = defaultdict(list)
    for contributor in contributors:
        people[contributor["role"]].append(
            ", ".join([contributor["name"], *contributor["credentials"]])
        )
    return people


def _dates(record: Mapping[str, Any]) -> dict[str, str]:
    return {stated["kind"]: stated["value"] for stated in record["dates"]}


def _history(record: Mapping[str, Any]) -> list[str]:
    return [entry["raw"] for entry in record["review"]["history"]]


def _raw(statement: Mapping[str, Any] | None) -> str | None:
    return None if statement is None else str(statement["raw"])


def _reference_changes(
    old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]
) -> Iterator[RecordChange]:
    """References by what identifies them: a source spelled otherwise is the same source."""
    before = {_identity(reference): reference["text"] for reference in old}
    after = {_identity(reference): reference["text"] for reference in new}
    for identity, text in before.items():
        if identity not in after:
            yield RecordChange(field="references", old=text, new=None)
    for identity, text in after.items():
        if identity not in before:
            yield RecordChange(field="references", old=None, new=text)


def _identity(reference: Mapping[str, Any]) -> tuple[str, str]:
    for name in ("doi", "pmid", "pmcid", "isbn", "url"):
        if reference[name]:
            return name, reference[name]
    return "text", " ".join(reference["text"].split())
