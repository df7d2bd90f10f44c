"""Lists that a page sets as paragraphs or lines, each with a bullet typed before it.

Old pages, pages made out of office documents and pages out of chats have many. Called by `fragment`
on the parts of the text before they become sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from articles.record import ListBlock, ListItem, Paragraph

_Part = TypeVar("_Part")

MIN_ITEMS = 2
MIN_DASHED = 3
"""A dash opens a line of speech as well, and a star a note, so that more of them are asked for."""
_DASHES = "-–*"
_BULLET = re.compile(rf"^(?:([•●○▪▫◦‣⁃∙■□◆◇►▶➤➢✓✔✅☑])\s*|([{_DASHES}])\s+)(?=\S)", re.MULTILINE)


def bullets_as_lists(parts: Iterable[_Part | Paragraph]) -> Iterator[_Part | Paragraph | ListBlock]:
    """The parts with runs of bulleted paragraphs and lines as lists; a bullet alone stays text."""
    run: list[Paragraph] = []
    for part in parts:
        if isinstance(part, Paragraph) and _has_bullet(part.text):
            run.append(part)
            continue
        if run:
            yield from _with_lists(run)
            run.clear()
        yield part
    yield from _with_lists(run)


def _has_bullet(text: str) -> bool:
    # Most paragraphs are one line, and to look for the start of another costs all its letters.
    return (_BULLET.search(text) if "\n" in text else _BULLET.match(text)) is not None


def _with_lists(run: list[Paragraph]) -> Iterator[Paragraph | ListBlock]:
    """Paragraphs right after each other, where lines under the same bullet are items of a list."""
    lines = [
        (number, line) for number, part in enumerate(run) for line in part.text.split("\n") if line
    ]
    plain: list[tuple[int, str]] = []
    for mark, marked in groupby(lines, key=lambda numbered: _mark(numbered[1])):
        same = list(marked)
        if not mark or len(same) < (MIN_DASHED if mark in _DASHES else MIN_ITEMS):
            plain.extend(same)
            continue
        yield from _paragraphs(plain)
        plain.clear()
        texts = (_BULLET.sub("", line, count=1) for _, line in same)
        yield ListBlock(items=tuple(ListItem(text=text) for text in texts))
    yield from _paragraphs(plain)


def _mark(line: str) -> str:
    found = _BULLET.match(line)
    return (found[1] or found[2]) if found else ""


def _paragraphs(lines: list[tuple[int, str]]) -> Iterator[Paragraph]:
    for _, together in groupby(lines, key=lambda numbered: numbered[0]):
        yield Paragraph(text="\n".join(line for _, line in together))
