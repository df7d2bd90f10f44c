"""JSON-LD blocks of a page as nodes with their JSON pointers; broken blocks are mended or skipped.

Publishers name people by `@id` of another block and write a string where an object belongs. How a
broken block is read is said in `jsonld_mending`, what the nodes mean for the record in
`machine_data`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.jsonld_mending import DEEPEST, Json, Patience, load_block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST_BLOCK = 2_000_000
"""Characters; a longer block is a data dump, not a description of the page."""
_MOST_NODES = 3000
_MOST_BROKEN = 100


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
        target = self._target(value)
        return value if target is None else dict(target.values)

    def pointer_of(self, value: Json, pointer: str) -> str:
        """Where what `resolve` gives stands; `pointer` is where `value` does."""
        target = self._target(value)
        return pointer if target is None else target.pointer

    def _target(self, value: Json) -> Node | None:
        if isinstance(value, dict) and "@id" in value and "name" not in value:
            return self.by_id.get(str(value["@id"]))
        return None


def read_linked_data(elements: Iterable[HtmlElement]) -> Linked:
    """Every typed node of every `application/ld+json` script among `elements`, outermost first."""
    nodes: list[Node] = []
    by_id: dict[str, Node] = {}
    broken = 0
    number = -1
    patience = Patience()
    for script in elements:
        if script.tag != "script" or "ld+json" not in (script.get("type") or "").lower():
            continue
        number += 1
        source = script.text_content() if len(script) else (script.text or "")
        if not source.strip() or len(source) > LARGEST_BLOCK:
            broken += 1
            continue
        # To mend one takes several attempts.
        values = load_block(source, patience) if broken < _MOST_BROKEN else []
        if not values:
            broken += 1
            continue
        block = values[0] if len(values) == 1 else values
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


def _nodes(value: Json, pointer: str, depth: int = 0) -> Iterator[Node]:
    if depth > DEEPEST:
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
