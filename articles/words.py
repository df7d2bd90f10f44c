"""The words of a text as a comparison sees them, and which of them changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from articles.aligning import align

SpanKind = Literal["kept", "removed", "added"]

# Numbers stay whole. Scripts without spaces are taken apart: Chinese and Japanese by character,
# Thai, Lao, Khmer and Burmese by letter with its marks. Anything else is a word or a single sign.
_WORD = re.compile(
    r"""
    \d+(?:[.,]\d+)*
    | [\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]
    | [\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc
        \u0ec8-\u0ecd\u102b-\u103e\u17b6-\u17d3]*
    | [^\W\d_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]
        [^\W\d_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff
        \u0300-\u036f'’]*
    | \S
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A run of words, with the white space that follows each."""

    kind: SpanKind
    text: str


def words_of(text: str) -> tuple[str, ...]:
    """The words, numbers and signs of `text`, without white space.

    >>> words_of("Take 1,5 mg.")
    ('Take', '1,5', 'mg', '.')
    """
    return tuple(match.group() for match in _WORD.finditer(text))


def compare_words(old: str, new: str) -> tuple[Span, ...]:
    """`old` and `new` as one run of kept, removed and added words; white space does not count.

    The kept and added spans make up `new`, the kept and removed ones the words of `old`.
    """
    before, after = _cut(old), _cut(new)
    spans: list[Span] = []
    i = j = 0
    pairs = align([word for word, _ in before], [word for word, _ in after])
    for old_index, new_index in [*pairs, (len(before), len(after))]:
        _extend(spans, "removed", "".join(text for _, text in before[i:old_index]))
        _extend(spans, "added", "".join(text for _, text in after[j:new_index]))
        if new_index < len(after):
            _extend(spans, "kept", after[new_index][1])
        i, j = old_index + 1, new_index + 1
    return tuple(spans)


def _cut(text: str) -> list[tuple[str, str]]:
    """(word, word with what stands up to the next one) pairs; put together they are the text."""
    found = list(_WORD.finditer(text))
    starts = [0, *(match.start() for match in found[1:]), len(text)]
    return [
        (match.group(), text[starts[number] : starts[number + 1]])
        for number, match in enumerate(found)
    ]


def _extend(spans: list[Span], kind: SpanKind, text: str) -> None:
    if not text:
        return
    if spans and spans[-1].kind == kind:
        spans[-1] = Span(kind=kind, text=spans[-1].text + text)
    else:
        spans.append(Span(kind=kind, text=text))
