"""JSON-LD blocks of a page as nodes with their JSON pointers; broken blocks are mended or skipped.

Publishers paste trailing commas, HTML comments, CDATA marks and raw line breaks into these blocks,
name people by `@id` of another block, and write a string where an object belongs. What the nodes
mean for the record is said in `machine_data`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

LARGEST_BLOCK = 2_000_000
"""Characters; a longer block is a data dump, not a description of the page."""
_MOST_NODES = 3000
_MOST_BROKEN = 100
_DEEPEST = 30


@dataclass(frozen=True, kw_only=True)
class Node:
    """One typed object of a JSON-LD block."""

    pointer: str
    """`jsonld/0#/@graph/2`: block number, then the JSON pointer in it."""
    types: tuple[str, ...]
    """schema.org types without namespace."""
    values: Mapping[str, Json]


@dataclass(frozen=True, kw_only=True)
class Linked:
    """All JSON-LD of one page."""

    nodes: tuple[Node, ...]
    by_id: Mapping[str, Node]
    broken: int
    """Blocks that could not be read."""

    def resolve(self, value: Json) -> Json:
        """`value`, or the node it points to by `@id` where it says nothing else."""
        if isinstance(value, dict) and "@id" in value and "name" not in value:
            target = self.by_id.get(str(value["@id"]))
            if target is not None:
                return dict(target.values)
        return value


def read_linked_data(elements: Iterable[HtmlElement]) -> Linked:
    """Every typed node of every `application/ld+json` script among `elements`, outermost first."""
    nodes: list[Node] = []
    by_id: dict[str, Node] = {}
    broken = 0
    number = -1
    for script in elements:
        if script.tag != "script" or "ld+json" not in (script.get("type") or "").lower():
            continue
        number += 1
        source = script.text_content() if len(script) else (script.text or "")
        if not source.strip() or len(source) > LARGEST_BLOCK:
            broken += 1
            continue
        # To mend one takes five attempts.
        block = _loads(source) if broken < _MOST_BROKEN else None
        if block is None:
            broken += 1
            continue
        for node in _nodes(block, f"jsonld/{number}#"):
            if len(nodes) >= _MOST_NODES:
                break
            nodes.append(node)
            identity = node.values.get("@id")
            # A bare reference must not hide the node that carries the values.
            if isinstance(identity, str) and len(node.values) > 1:
                held = by_id.get(identity)
                if held is None or len(held.values) < len(node.values):
                    by_id[identity] = node
    return Linked(nodes=tuple(nodes), by_id=by_id, broken=broken)


_WRAPPERS = re.compile(
    r"^\s*(?:(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|<!--|;)+|(?:(?://|/\*)?\s*\]\]>\s*(?:\*/)?|-->|;)+\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_COMMENT = re.compile(r"<!--.*?-->|^\s*//[^\n]*$", re.S | re.M)
_CONTROL = re.compile(r"[\x00-\x1f]")


def _loads(source: str) -> Json:
    """The block as JSON; each mending is tried only when the one before was not enough."""
    text = source.strip().lstrip("\ufeff")
    for mend in (_as_it_is, _unwrapped, _without_comments, _unescaped, _cut_at_end):
        mended = mend(text)
        try:
            # strict=False lets raw line breaks and tabs stand inside strings.
            loaded: Json = json.loads(mended, strict=False)
        except (ValueError, RecursionError):
            continue
        return _without_controls(loaded) if "\\u" in mended else loaded
    return None


_CONTROL_OR_SURROGATE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def _without_controls(value: Json, depth: int = 0) -> Json:
    """Without what only an escape can write into JSON: control characters, halves of letters."""
    if isinstance(value, str):
        return _CONTROL_OR_SURROGATE.sub("", value)
    if depth > _DEEPEST:
        return value
    if isinstance(value, list):
        return [_without_controls(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {key: _without_controls(part, depth + 1) for key, part in value.items()}
    return value


def _as_it_is(text: str) -> str:
    return text


def _unwrapped(text: str) -> str:
    return _WRAPPERS.sub("", _WRAPPERS.sub("", text))


def _without_comments(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _COMMENT.sub("", _unwrapped(text)))


def _unescaped(text: str) -> str:
    return _without_comments(unescape(text)) if "&quot;" in text else _without_comments(text)


def _cut_at_end(text: str) -> str:
    """Drop what follows the first whole value: blocks glued together, a stray brace."""
    mended = _CONTROL.sub(" ", _without_comments(text))
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(mended)
    except (ValueError, RecursionError):
        return mended
    return mended[:end]


def _nodes(value: Json, pointer: str, depth: int = 0) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for number, part in enumerate(value):
            yield from _nodes(part, f"{pointer}/{number}", depth + 1)
    elif isinstance(value, dict):
        types = tuple(
            str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1]
            for name in as_list(value.get("@type"))
            if isinstance(name, str)
        )
        if types or "@id" in value:
            yield Node(pointer=pointer, types=types, values=value)
        for key, part in value.items():
            if isinstance(part, (dict, list)):
                name = key.replace("~", "~0").replace("/", "~1")
                yield from _nodes(part, f"{pointer}/{name}", depth + 1)


def as_list(value: Json) -> list[Json]:
    """`value` as a list: schema.org lets one stand for many anywhere."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
