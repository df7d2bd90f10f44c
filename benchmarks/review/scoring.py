"""How many of the people and dates that pages show a tool said, and how many it made up.

Names are equal when their letters are, accents, honorifics and credentials aside. Each person and
date is right, wrong (said, not shown) or missed (shown, not said); precision and recall are over
all pages, so a page that shows no reviewer counts against every reviewer found on it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.review.gold_pages import DATES, PEOPLE, GoldPage
from benchmarks.text.answering import Answer

CREDENTIALS = "reviewer credentials"
FIELDS = {
    "authors": "authors",
    "reviewers": "reviewers",
    CREDENTIALS: CREDENTIALS,
    "date_published": "published",
    "date_modified": "modified",
    "date_reviewed": "reviewed",
}
"""What is counted, with its name in the table."""

# Titles, and words that one place of a page has before a name and another has not.
_HONORIFIC = re.compile(r"\b(dr|prof|professor|mr|mrs|ms|by|von|de la)\b\.?", re.IGNORECASE)
_AFTER_NAME = re.compile(r"[,(|·•]")


@dataclass(frozen=True, kw_only=True)
class Score:
    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            right=self.right + other.right,
            wrong=self.wrong + other.wrong,
            missed=self.missed + other.missed,
        )

    @property
    def shown(self) -> int:
        """How many the pages show."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.shown)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def scores_of(pages: Sequence[GoldPage], answers: Sequence[Answer]) -> dict[str, Score]:
    """The score of each of `FIELDS` over all pages; of a field without an answer all is missed."""
    found = dict.fromkeys(FIELDS, Score())
    for page, answer in zip(pages, answers, strict=True):
        for kind in PEOPLE:
            shown = people_keys(page.people[kind].items())
            said = said_people(answer, kind, shown)
            found[kind] += compared(shown.keys(), said.keys())
            if kind == "reviewers":
                for name in shown.keys() & said.keys():
                    found[CREDENTIALS] += compared(shown[name], said[name])
        for kind in DATES:
            date = page.dates[kind]
            found[kind] += compared({date} if date else (), answer.get(kind, ()))
    return found


def compared(shown: Iterable[str], said: Iterable[str]) -> Score:
    shown, said = set(shown), set(said)
    return Score(right=len(shown & said), wrong=len(said - shown), missed=len(shown - said))


def said_people(
    answer: Answer, kind: str, shown: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Credentials by name, credentials of shown people that stand in or among the names aside.

    Only archiater keeps the two apart: `Ada Roe MD` for `Ada Roe` is no wrong author, and the MD
    of a byline that was split at its comma no second one.
    """
    said = people_keys((one["name"], one["credentials"]) for one in answer.get(kind, ()))
    titles = frozenset().union(*shown.values())
    return {
        _shown_name(name, shown): credentials
        for name, credentials in said.items()
        if name not in titles
    }


def people_keys(people: Iterable[tuple[str, Iterable[str]]]) -> dict[str, frozenset[str]]:
    keys = {name_key(name): frozenset(map(letters, credentials)) for name, credentials in people}
    keys.pop("", None)
    return keys


def _shown_name(name: str, shown: Mapping[str, frozenset[str]]) -> str:
    for person, credentials in shown.items():
        rest = name.removeprefix(person)
        for credential in sorted(credentials, key=len, reverse=True):
            rest = rest.replace(credential, "", 1)
        if name.startswith(person) and not rest:
            return person
    return name


def name_key(name: str) -> str:
    """The letters of a name, without accents, honorifics, or what follows the first comma."""
    return letters(_HONORIFIC.sub(" ", _AFTER_NAME.split(name)[0]))


def letters(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text)
    without_accents = "".join(char for char in flat if not unicodedata.combining(char))
    return re.sub(r"[\W\d_]+", "", without_accents).casefold()
