"""What a person types into a search box, as an FTS5 MATCH expression. Nothing typed is an error.

    diabetes insulin          both words
    "type 2 diabetes"         the words in this order (covid-19 and C++ are taken like this too)
    diabet*                   words that begin so
    insulin OR metformin      either; operators are in capitals, and NOT binds before AND before OR
    diabetes -gestational     not the second word; also NOT, and -"a phrase", -(a group)
    (stroke OR tia) aspirin   grouping

What cannot be an operator where it stands is text: `AND` at the end, a quotation mark without its
partner, `site:who.int`. Every term is quoted, so FTS5 sees no syntax that is not ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from archive.searching.analyser import (
    PIECE_BREAK,
    UNSPACED,
    WORD_BREAK,
    Analyser,
    best_analyser,
    is_telling,
    is_unspaced,
    normalise,
)

# More than a person types; FTS5's own limit is a tree 256 deep and a parser stack of 100.
_MAX_TERMS = 200
_MAX_DEPTH = 12

_QUOTES = str.maketrans(dict.fromkeys("“”„‟＂", '"'))
_UNTYPEABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_COLUMNS_OF_WORDS = "{title headings text}"
_RUNS = re.compile(f"([{UNSPACED}]+)")


@dataclass(frozen=True, kw_only=True)
class Needle:
    """A word or phrase that a hit should hold; `is_prefix` where it ended in an asterisk."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True, kw_only=True)
class Query:
    """A parsed query."""

    match: str | None
    """The MATCH expression; None where nothing was typed or nothing typed can be looked for."""
    is_complement: bool = False
    """The articles wanted are those that do *not* match (`-diabetes` alone)."""
    finds_nothing: bool = False
    """Something was typed, but not one letter or digit: `?!`, an emoji."""
    needles: tuple[Needle, ...] = ()
    """The wanted terms, in the order typed."""


def parse_query(text: str, *, analyser: Analyser | None = None) -> Query:
    """The query that a person meant by `text`; never raises for any string.

    >>> parse_query("type-2 diabet*").match
    '"type-2" AND "diabet" *'
    """
    tokens = _lex(_UNTYPEABLE.sub(" ", text).translate(_QUOTES))
    tokens = _demote_operators(_close_holes(_balance(tokens)))
    if not tokens:
        return Query(match=None, finds_nothing=bool(text.strip()))
    tree = _Parser(tokens).parse()
    compiled = _compile(tree, analyser or best_analyser())
    return Query(
        match=compiled.match,
        is_complement=compiled.is_complement,
        needles=tuple(
            Needle(text=term.text, is_prefix=term.is_prefix) for term in _wanted(tree, wanted=True)
        ),
    )


class _Mark(Enum):
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    HOLE = ""
    """Where something stood in which there is nothing to look for: `?!`, an emoji, `()`."""


@dataclass(frozen=True)
class _Term:
    text: str
    is_prefix: bool = False


@dataclass(frozen=True)
class _And:
    parts: tuple[_Node, ...]


@dataclass(frozen=True)
class _Or:
    parts: tuple[_Node, ...]


@dataclass(frozen=True)
class _Not:
    part: _Node


_Node = _Term | _And | _Or | _Not
_Token = _Term | _Mark
_OPERATORS = (_Mark.AND, _Mark.OR, _Mark.NOT)


# Text to tokens


_LEXEME = re.compile(
    r"""
    (?P<space>\s+)
    | (?P<open>\() | (?P<close>\))
    | (?P<minus>(?<![^\s(])-(?=[^\s)-]))
    | "(?P<phrase>[^"]*)"(?P<phrase_star>\*)?
    | (?P<stray>")
    | (?P<word>[^\s"()]+ (?: \([^\s"()]*\) [^\s"()]* )*)
    """,
    re.VERBOSE,
)


def _lex(text: str) -> list[_Token]:
    """The tokens of a query, at most `_MAX_TERMS` terms of it."""
    tokens: list[_Token] = []
    terms = 0
    for found in _LEXEME.finditer(text):
        token = _token(found)
        if isinstance(token, _Term):
            terms += 1
            if terms > _MAX_TERMS:
                break
        if token is not None:
            tokens.append(token)
    return tokens


def _token(found: re.Match[str]) -> _Token | None:
    match found.lastgroup:
        case "open":
            return _Mark.OPEN
        case "close":
            return _Mark.CLOSE
        case "minus":
            return _Mark.NOT
        case "phrase" | "phrase_star":
            return _term(found["phrase"], is_prefix=found["phrase_star"] is not None)
        case "word" if found["word"] in {"AND", "OR", "NOT"}:
            return _Mark[found["word"]]
        case "word":
            word = found["word"]
            return _term(word.rstrip("*"), is_prefix=word.endswith("*"))
        case _:
            return None


def _term(text: str, *, is_prefix: bool) -> _Token:
    text = normalise(text).strip()
    if not any(map(_is_indexed, text)):
        return _Mark.HOLE
    # `C++*`: the star must follow a letter to say that more of the word may come.
    return _Term(text, is_prefix=is_prefix and _is_indexed(text[-1]))


def _is_indexed(character: str) -> bool:
    """Whether unicode61 makes a token of this character, as the table `article_search` sets it."""
    return character.isalnum() or (
        not "\u0300" <= character <= "\u036f"  # alone it folds away to nothing
        and unicodedata.category(character) in {"Mn", "Mc", "Co"}
    )


def _balance(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens without parentheses that have no partner, hold nothing or nest too deep."""
    kept: list[_Token | None] = []
    opened: list[int] = []
    for token in tokens:
        if token is _Mark.OPEN:
            opened.append(len(kept))
            kept.append(token)
        elif token is not _Mark.CLOSE:
            kept.append(token)
        elif opened:
            start = opened.pop()
            if not any(isinstance(inner, _Term) for inner in kept[start:]):
                kept[start:] = [_Mark.HOLE]
            elif len(opened) >= _MAX_DEPTH:
                kept[start] = None
            else:
                kept.append(token)
    for start in opened:
        kept[start] = None
    return [token for token in kept if token is not None]


def _close_holes(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens without holes and without the operators that would have worked on them."""
    kept: list[_Token] = []
    drop_operator = False
    for token in tokens:
        if token is _Mark.HOLE:
            while kept and kept[-1] is _Mark.NOT:
                kept.pop()
            if kept and kept[-1] in (_Mark.AND, _Mark.OR):
                kept.pop()
            else:
                drop_operator = True
        elif not (drop_operator and token in (_Mark.AND, _Mark.OR)):
            kept.append(token)
            drop_operator = False
    return kept


def _demote_operators(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens with every operator that lacks an operand turned into the word it is spelt as."""
    demoted = list(tokens)
    for at in range(len(demoted) - 1, -1, -1):
        following = demoted[at + 1] if at + 1 < len(demoted) else None
        if not (isinstance(following, _Term) or following in (_Mark.OPEN, _Mark.NOT)):
            demoted[at] = _as_word(demoted[at])
    for at, token in enumerate(demoted):
        before = demoted[at - 1] if at else None
        if token is not _Mark.NOT and not (isinstance(before, _Term) or before is _Mark.CLOSE):
            demoted[at] = _as_word(token)
    return demoted


def _as_word(token: _Token) -> _Token:
    return _Term(str(token.value)) if token in _OPERATORS else token


# Tokens to a tree


class _Parser:
    """Recursive descent over tokens that `_balance` and `_demote_operators` made whole."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def parse(self) -> _Node:
        parts = [self._conjunction()]
        while self._take(_Mark.OR):
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else _Or(tuple(parts))

    def _conjunction(self) -> _Node:
        parts = [self._factor()]
        while self._next() not in (None, _Mark.OR, _Mark.CLOSE):
            self._take(_Mark.AND)
            parts.append(self._factor())
        return parts[0] if len(parts) == 1 else _And(tuple(parts))

    def _factor(self) -> _Node:
        negations = 0
        while self._take(_Mark.NOT):
            negations += 1
        if self._take(_Mark.OPEN):
            node = self.parse()
            self._take(_Mark.CLOSE)
        else:
            token = self._next()
            assert isinstance(token, _Term)  # noqa: S101
            self.at += 1
            node = token
        return _Not(node) if negations % 2 else node

    def _next(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, mark: _Mark) -> bool:
        if self._next() is not mark:
            return False
        self.at += 1
        return True


def _wanted(node: _Node, *, wanted: bool) -> Iterable[_Term]:
    """The terms that are asked for, not asked away."""
    match node:
        case _Term():
            if wanted:
                yield node
        case _Not(part):
            yield from _wanted(part, wanted=not wanted)
        case _And(parts) | _Or(parts):
            for part in parts:
                yield from _wanted(part, wanted=wanted)


# The tree to FTS5


@dataclass(frozen=True)
class _Compiled:
    """A set of articles as FTS5 can say it: those that match, or all but those."""

    match: str
    is_complement: bool = False


def _compile(node: _Node, analyser: Analyser) -> _Compiled:
    """FTS5 knows NOT only between two operands; a complement is carried up until it finds one."""
    match node:
        case _Term():
            return _Compiled(_quoted(node, analyser))
        case _Not(part):
            inner = _compile(part, analyser)
            return _Compiled(inner.match, not inner.is_complement)
        case _And(parts):
            return _intersection([_compile(part, analyser) for part in parts])
        case _Or(parts):
            # a or b = not (not a and not b)
            compiled = [_compile(part, analyser) for part in parts]
            inner = _intersection([_Compiled(c.match, not c.is_complement) for c in compiled])
            return _Compiled(inner.match, not inner.is_complement)


def _intersection(sets: Sequence[_Compiled]) -> _Compiled:
    positive = [one.match for one in sets if not one.is_complement]
    negative = [one.match for one in sets if one.is_complement]
    if not positive:
        return _Compiled(_joined("OR", negative), is_complement=True)
    match = _joined("AND", positive)
    if negative:
        match = f"{_grouped(match)} NOT {_grouped(_joined('OR', negative))}"
    return _Compiled(match)


def _joined(operator: str, matches: Sequence[str]) -> str:
    if len(matches) == 1:
        return matches[0]
    return f" {operator} ".join(map(_grouped, matches))


def _grouped(match: str) -> str:
    return f"({match})" if re.search(" (?:AND|OR|NOT) ", match) else match


def _quoted(term: _Term, analyser: Analyser) -> str:
    """One term; where it has unspaced script, as words or as pieces."""
    star = " *" if term.is_prefix else ""
    analysed = analyser.analyse(term.text).replace("đ", "d").replace("Đ", "D")
    words = _string(analysed.replace(PIECE_BREAK, "")) + star
    if not is_unspaced(term.text):
        return words
    # The column `pieces` is only for those looked for as such, or ตา would be found in ตาม.
    words = f"{_COLUMNS_OF_WORDS} : {words}"
    if not all(map(is_telling, _RUNS.findall(term.text))):
        return words
    pieces = _string(analysed.replace(PIECE_BREAK, WORD_BREAK))
    return f"{words} OR pieces : {pieces}"


def _string(text: str) -> str:
    inner = text.strip(WORD_BREAK).replace('"', '""')
    return f'"{inner}"'
