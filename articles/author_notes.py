"""Notes about the author at the end of a text: "Ann Author is a dietitian in Leeds and writes ...".

Where a page sets them apart, a box or a heading tells (`block_choice`). Elsewhere they are plain
paragraphs after the last one of the article, and what gives them away is the name they begin with:
that of one of the page's own contributors, in any language; or, in English, that of somebody who is
at once told to be a writer or an expert.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from articles.blocks import HEADINGS, Block
from articles.record import Contributor

MOST_NOTES = 4
"""Blocks at the end that are looked at."""
LONGEST_NOTE = 900
"""Characters."""
MOST_OF_TEXT = 0.3
"""Of the characters; what begins with a name and is a larger part of the text is about the name."""

_TELLS = re.compile(
    r"(?:About the author:? )?(?:Dr\.? |Prof\.? )?"
    r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|de|van|von|bin|al)){1,4}"
    r"(?:, [A-Z][A-Za-z.-]{1,6}){0,5},?"
    r" (?:is|was|has been|has worked|has written|holds|joined|writes|covers|serves)\b"
)
_CALLING = re.compile(
    r"\b(?:writer|editor|author|journalist|reporter|columnist|contributor|blogger|correspondent"
    r"|founder|professor|physician|doctor|dietitian|dietician|nutritionist|pharmacist|nurse"
    r"|psychologist|therapist|specialist|expert|consultant|strategist|freelancer?)\b"
)


def author_notes(kept: Sequence[Block], contributors: Iterable[Contributor]) -> frozenset[int]:
    """The indexes of the last of the kept blocks that tell of the author."""
    names = [person.name for person in contributors if " " in person.name.strip()]
    most = MOST_OF_TEXT * sum(block.characters for block in kept)
    found: set[int] = set()
    size = 0
    for block in reversed(kept[-MOST_NOTES:]):
        size += block.characters
        if block.tag in HEADINGS or block.characters > LONGEST_NOTE or size > most:
            break
        if not _is_note(block.text, names):
            break
        found.add(block.index)
    return frozenset(found)


def _is_note(text: str, names: Sequence[str]) -> bool:
    plain = text.removeprefix("Dr. ").removeprefix("Dr ")
    if any(plain.startswith(name) for name in names):
        return True
    return _TELLS.match(text) is not None and _CALLING.search(text, 0, 240) is not None
