"""The text nodes of a page as lines, made only round the places where a label may stand.

A line is what a reader sees between two block boundaries: inline tags are flattened, a `<br>` ends
it. Alternative texts, scripts and hidden code are never part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from articles.blocks import TextNodes
from articles.bylines.label_stems import might_hold_labels
from articles.bylines.phrases import DISPLAY_MARKS
from articles.bylines.time_marks import TimeMark, empty_mark, marked_element
from articles.locators import css_path
from articles.normal_form import composed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = frozenset(
    """
    address article aside blockquote body button caption center dd details dialog div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li
    main menu nav ol option p pre section select summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905
)
_BREAKS = frozenset({"br", "hr", "p", "div", "table", "ul", "ol", "iframe", "form"})

_DEEPEST_INLINE = 40
"""Inline elements round a text; deeper ones are unclosed tags."""
_TESTED = 80
"""Characters of a text node in which a label must begin."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the page."""

    raw: str
    """As it stands on the page, white space folded."""
    text: str
    """The same without marks that only steer the display (bidi marks, tatweel, soft hyphens), and
    with the dates that only attributes tell in full."""
    element: HtmlElement
    """The block element it stands in."""
    inner: HtmlElement
    """The element of its first text."""
    first: int
    """Number of its first text node."""
    last: int
    boundaries: frozenset[int]
    """Places in `text` where a further element begins."""
    marks: tuple[TimeMark, ...] = ()
    """Its elements that tell a date in an attribute, in order."""

    @cached_property
    def locator(self) -> str:
        """CSS path of `inner`, once for all that the line says."""
        return css_path(self.inner)


ReadMark = Callable[["HtmlElement", str], TimeMark | None]
"""What an element that stands round a text, told with it, states of a date."""


class Lines:
    """The lines of one page, by the number of any of their text nodes."""

    def __init__(self, nodes: TextNodes, read_mark: ReadMark = lambda element, seen: None) -> None:
        self.nodes = nodes.texts
        self._read_mark = read_mark
        self._owners = nodes.owners
        self._behind = nodes.behind
        self._held: dict[int, Line] = {}
        self._blocks: dict[int, HtmlElement] = {}

    def __len__(self) -> int:
        return len(self.nodes)

    def candidates(self) -> list[int]:
        """Numbers of the text nodes in whose beginning a label may stand, in order."""
        return might_hold_labels([node.lstrip()[:_TESTED] for node in self.nodes])

    def line(self, number: int) -> Line:
        """The line that holds the text node `number`."""
        held = self._held.get(number)
        if held is not None:
            return held
        block = self.block(number)
        first = last = number
        while first > 0 and self._is_in(block, first - 1) and self._is_joined(first, block):
            first -= 1
        end = len(self.nodes) - 1
        while last < end and self._is_in(block, last + 1) and self._is_joined(last + 1, block):
            last += 1
        line = self._built(first, last, block)
        for part in range(first, last + 1):
            self._held[part] = line
        return line

    def after(self, line: Line, *, at_most: int) -> Iterator[Line]:
        """The lines that follow `line`."""
        number = line.last + 1
        while number < len(self.nodes) and at_most > 0:
            following = self.line(number)
            yield following
            number = following.last + 1
            at_most -= 1

    def before(self, line: Line) -> Line | None:
        return self.line(line.first - 1) if line.first > 0 else None

    def owner(self, number: int) -> HtmlElement:
        """The element whose text the node is."""
        return self._owners[number]

    def block(self, number: int) -> HtmlElement:
        """The nearest block element round the text node."""
        held = self._blocks.get(number)
        if held is not None:
            return held
        element = self.owner(number)
        for _ in range(_DEEPEST_INLINE):
            if element.tag in BLOCKS:
                break
            parent = element.getparent()
            if parent is None:
                break
            element = parent
        self._blocks[number] = element
        return element

    def _is_in(self, block: HtmlElement, number: int) -> bool:
        return self.block(number) is block

    def _is_joined(self, right: int, block: HtmlElement) -> bool:
        """Whether a text node of `block` goes on in the line of the one before it, also there."""
        before = self._behind[right]
        if before is not None:
            return (
                before.tag not in _BREAKS
                and before.tag not in BLOCKS
                and not _ends_with_break(before)
            )
        element: HtmlElement | None = self._owners[right]
        while element is not None and element is not block:
            previous = element.getprevious()
            if previous is not None:
                return (previous.tag not in _BREAKS and previous.tag not in BLOCKS) or bool(
                    (previous.tail or "").strip()
                )
            parent = element.getparent()
            if parent is not None and (parent.text or "").strip():
                return True
            element = parent
        return True

    def _built(self, first: int, last: int, block: HtmlElement) -> Line:
        pieces = self.nodes[first : last + 1]
        raw, places = _joined(pieces)
        marks: tuple[TimeMark, ...] = ()
        written = raw
        if len(pieces) <= _MOST_MARKED:
            marked = self._marked(first, pieces, block)
            marks = tuple(mark for mark, _ in marked)
            if any(mark.is_decisive for mark in marks):
                written, places = _joined(_written_out(pieces, marked))
        text, shift = _cleaned(written)
        boundaries = frozenset(shift[place] for place in places) if shift else frozenset(places)
        return Line(
            raw=raw,
            text=text,
            element=block,
            inner=self.owner(first),
            first=first,
            last=last,
            boundaries=boundaries,
            marks=marks,
        )

    def _marked(
        self, first: int, pieces: list[str], block: HtmlElement
    ) -> list[tuple[TimeMark, range]]:
        """The marks of a line with the places of their texts in `pieces`; a mark without a text
        stands behind the piece before it."""
        found: list[tuple[TimeMark, range]] = []
        at = 0
        while at < len(pieces):
            owner = self._owners[first + at]
            element = marked_element(owner, block) if owner is not block else None
            end = at + 1
            if element is not None:
                while end < len(pieces) and (
                    marked_element(self._owners[first + end], block) is element
                ):
                    end += 1
            elif len(pieces) <= _MOST_ROUND_EMPTY and len(pieces[at]) <= _TESTED:
                element = empty_mark(self._behind[first + at], owner)
                at = end if element is not None else at
            if element is not None:
                mark = self._read_mark(element, _joined(pieces[at:end])[0])
                if mark is not None:
                    found.append((mark, range(at, end)))
            at = end
        return found


_MOST_MARKED = 60
"""Text nodes of a line in which dates of attributes are looked for."""
_MOST_ROUND_EMPTY = 8


def _written_out(pieces: list[str], marked: list[tuple[TimeMark, range]]) -> list[str]:
    """The pieces with what the marks that decide say in the place of what is seen."""
    written = list(pieces)
    for mark, places in reversed(marked):
        if mark.is_decisive:
            written[places.start : places.stop] = [f" {mark.written} "]
    return written


def _joined(pieces: list[str]) -> tuple[str, list[int]]:
    """The pieces as one text, white space folded, and where each begins in it."""
    text = ""
    places: list[int] = []
    was_spaced = False
    for node in pieces:
        piece = " ".join(node.split())
        if not piece:
            # Nothing but no-break spaces.
            was_spaced = True
            places.append(len(text))
            continue
        if text and (node[:1].isspace() or was_spaced or _would_glue(text, piece)):
            text += " "
        was_spaced = node[-1:].isspace()
        places.append(len(text))
        text += piece
        if len(text) > _LONGEST_LINE:
            break
    return text, places


_LONGEST_LINE = 2000


def common_element(one: Line, other: Line) -> HtmlElement | None:
    """The smallest element around two lines; None where they stand in different trees."""
    around = set(_ancestors(one.element))
    return next((element for element in _ancestors(other.element) if element in around), None)


def is_inside(inner: HtmlElement | None, outer: HtmlElement | None) -> bool:
    """Whether an element lies in another one and is not that one itself."""
    return (
        inner is not None
        and inner is not outer
        and any(element is outer for element in _ancestors(inner))
    )


def _ancestors(element: HtmlElement) -> Iterator[HtmlElement]:
    at: HtmlElement | None = element
    while at is not None:
        yield at
        at = at.getparent()


def is_sibling(first: Line, other: Line) -> bool:
    """Whether two lines are items of one list: same tag, same parent (or parent's parent)."""
    if first.element.tag != other.element.tag:
        return False
    one, two = first.element.getparent(), other.element.getparent()
    if one is two:
        return True
    return (
        one is not None
        and two is not None
        and one.tag == two.tag
        and one.getparent() is two.getparent()
    )


def _would_glue(left: str, right: str) -> bool:
    """Two elements without a space between them: "By" and "Ada Roe" are two words."""
    return left[-1].isalnum() and right[:1].isalnum()


def _ends_with_break(element: HtmlElement) -> bool:
    children = len(element)
    return bool(children) and element[-1].tag == "br" and not (element[-1].tail or "").strip()


def _cleaned(raw: str) -> tuple[str, list[int]]:
    """`raw` without display marks, and for each place of `raw` the place there; [] if unchanged."""
    if raw.isascii():
        return raw, []
    text = composed(raw)
    if text != raw:
        return DISPLAY_MARKS.sub("", text), list(range(len(raw) + 1))
    if not DISPLAY_MARKS.search(raw):
        return raw, []
    kept: list[str] = []
    shift: list[int] = []
    for character in raw:
        shift.append(len(kept))
        if not DISPLAY_MARKS.match(character):
            kept.append(character)
    shift.append(len(kept))
    return "".join(kept), shift
