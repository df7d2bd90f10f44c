"""The state that a page hands to its own scripts, as JSON values: Next.js, Nuxt, Apollo and others.

`read_states` is the door; what of it belongs to the article is said in `page_state`. Read are JSON
scripts with or without an id (`__NEXT_DATA__`), assignments (`window.X = {...}`), strings given to
`JSON.parse`, the rows that Next.js streams (`__next_f.push`), and the flat list of Nuxt 3
(`__NUXT_DATA__`). Not read is JavaScript: a state written as a function call (Nuxt 2), or with keys
without quotes. chompjs 1.4 reads those keys in twice the time of `json`; it is not used because the
objects of other scripts, which are settings and code, would then be read with the states.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.jsonld_mending import Json

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST_STATE = 4_000_000
"""Characters of all scripts of one page that are read; the largest recorded one has 1,500,000."""
_MOST_ATTEMPTS = 60
"""Assignments of one page that are tried."""
_MOST_ROWS = 2_000
_MOST_HYDRATED = 20_000
_DEEPEST_HYDRATED = 6


@dataclass(frozen=True, kw_only=True)
class State:
    """One JSON value of one script."""

    name: str
    """`state/__NEXT_DATA__#`: the id of the script, else the variable, else its number."""
    value: Json


def read_states(
    elements: Iterable[HtmlElement], is_wanted: Callable[[str], bool]
) -> Iterator[State]:
    """The states among script elements whose text `is_wanted`, in page order.

    `is_wanted` is asked before anything is parsed, and should be cheap: most pages have scripts of
    a megabyte that say nothing of the article.
    """
    left, attempts = LARGEST_STATE, _MOST_ATTEMPTS
    streamed: list[str] = []
    for number, script in enumerate(elements):
        text = script.text
        if not text:
            continue
        if text.startswith("self.__next_f"):
            streamed.append(text)
            continue
        kind = (script.get("type") or "").lower()
        if "ld+json" in kind or not is_wanted(text):
            continue
        left -= len(text)
        if left < 0:
            return
        if "json" in kind:
            yield from _json_script(text, script.get("id") or f"script-{number}")
        elif attempts > 0:
            for state, cost in _assigned(text, attempts):
                attempts -= cost
                if state is not None:
                    yield state
    if any(map(is_wanted, streamed)) and sum(map(len, streamed)) <= left:
        parts = (part for text in streamed for part in _streamed(text))
        yield from _rows(parts, is_wanted)


def _json_script(text: str, name: str) -> Iterator[State]:
    value = _loaded(text)
    if isinstance(value, list) and len(value) > 1 and _is_flat(value):
        value = _Flat(value).hydrated()
    if isinstance(value, (dict, list)):
        yield State(name=f"state/{name}#", value=value)


def _loaded(text: str) -> Json:
    try:
        value: Json = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return value


_ASSIGNED = re.compile(
    r"""(?:=|\.push\()\s{0,9}(?:JSON\.parse\(\s{0,9}(?=")|(?=[{\[]\s{0,99}["{]))""", re.A
)
_NAME = re.compile(r"""([A-Za-z_$][\w$]{0,60})(?:["']\])?\s{0,9}$""", re.A)
_DECODER = json.JSONDecoder(strict=False)


def _assigned(text: str, attempts: int) -> Iterator[tuple[State | None, int]]:
    """What is assigned in a script, each with the attempts it took."""
    at = 0
    for _ in range(attempts):
        found = _ASSIGNED.search(text, at)
        if found is None:
            return
        at = found.end()
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            # What was read in vain is bounded by the attempts and the length of the script.
            yield None, 1 + len(text) // 100_000
            continue
        if isinstance(value, str):
            value = _loaded(value)
        name = _NAME.search(text[max(0, found.start() - 70) : found.start()])
        if isinstance(value, (dict, list)):
            yield State(name=f"state/{name[1] if name else 'script'}#", value=value), 1


_PUSHED = re.compile(r"__next_f\.push\(\s{0,9}\[1,\s{0,9}(?=\")")


def _streamed(text: str) -> list[str]:
    parts: list[str] = []
    for found in _PUSHED.finditer(text):
        try:
            part, _ = _DECODER.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(part, str):
            parts.append(part)
    return parts


_ROW = re.compile(rb"(?:([0-9a-f]{1,6}):[A-Z]{0,2})?(?=[{\[])")
_TEXT_ROW = re.compile(rb"[0-9a-f]{1,6}:T([0-9a-f]{1,7}),")


def _rows(parts: Iterable[str], is_wanted: Callable[[str], bool]) -> Iterator[State]:
    """The rows of Next.js, `2a:["$","article",null,{...}]`, one a line; parts may cut them."""
    for number, line in enumerate(_lines("".join(parts).encode("utf-8", "replace"))):
        found = _ROW.match(line)
        text = line[found.end() :].decode("utf-8", "replace") if found else ""
        if found is None or not is_wanted(text):
            continue
        value = _loaded(text)
        if isinstance(value, (dict, list)):
            name = found[1].decode() if found[1] else number
            yield State(name=f"state/__next_f#/{name}", value=value)


def _lines(stream: bytes) -> Iterator[bytes]:
    """The rows; one of plain text says how many bytes it has and ends without a line break."""
    at = 0
    for _ in range(_MOST_ROWS):
        if at >= len(stream):
            return
        text = _TEXT_ROW.match(stream, at)
        if text is not None:
            at = text.end() + int(text[1], 16)
            continue
        end = stream.find(b"\n", at)
        end = len(stream) if end < 0 else end
        yield stream[at:end]
        at = end + 1


_REACTIVE = ("ShallowReactive", "Reactive", "ShallowRef", "Ref", "EmptyShallowRef", "EmptyRef")


def _is_flat(value: list[Json]) -> bool:
    first = value[0]
    return isinstance(first, dict) or (
        isinstance(first, list) and bool(first) and first[0] in _REACTIVE
    )


class _Flat:
    """Nuxt's state: one list, in which objects name their values by place (devalue 4)."""

    def __init__(self, places: list[Json]) -> None:
        self.places = places
        self.left = _MOST_HYDRATED

    def hydrated(self) -> list[Json]:
        """The same list with whole objects in it; whatever is no reference stays as it is."""
        if not all(self._is_reference(part) for part in _references(self.places[:9])):
            return self.places
        return [self._whole(part, 0) if isinstance(part, dict) else None for part in self.places]

    def _is_reference(self, value: Json) -> bool:
        return isinstance(value, int) and -9 < value < len(self.places)

    def _whole(self, value: Json, depth: int) -> Json:
        self.left -= 1
        if self.left < 0 or depth > _DEEPEST_HYDRATED:
            return None
        if isinstance(value, dict):
            return {key: self._at(place, depth) for key, place in value.items()}
        if isinstance(value, list):
            if len(value) == 2 and value[0] in (*_REACTIVE, "Date"):
                return value[1] if value[0] == "Date" else self._at(value[1], depth)
            return [self._at(place, depth) for place in value]
        return value

    def _at(self, place: Json, depth: int) -> Json:
        if not isinstance(place, int) or not 0 <= place < len(self.places):
            return None
        return self._whole(self.places[place], depth + 1)


def _references(places: Iterable[Json]) -> Iterator[Json]:
    for part in places:
        if isinstance(part, dict):
            yield from list(part.values())[:20]
