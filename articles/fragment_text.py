"""Text and children of an element of the fragment, for all who read it.

The fragment is the small, plain HTML of `fragment_markup`; elements are those of Beautiful Soup.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag


def children_of(element: Tag) -> Iterator[Tag]:
    """The elements right under one: what `find_all(recursive=False)` gives, at a tenth the cost."""
    return (child for child in element.children if isinstance(child, Tag))


def text_of(element: Tag, *, without: tuple[str, ...] = ()) -> str:
    """Text of an element: a line for each block in it and each `<br>`."""
    lines: list[list[str]] = [[]]
    for part in element.descendants:
        if isinstance(part, Tag):
            if part.name in _PARTING:
                lines.append([])
            elif part.name in ("td", "th"):
                lines[-1].append(" ")
        elif not without or not _is_within(part.parent, element, without):
            lines[-1].append(str(part))
    folded = (" ".join("".join(line).split()) for line in lines)
    return "\n".join(line for line in folded if line)


_PARTING = frozenset(
    ("p", "br", "li", "ul", "ol", "dl", "dt", "dd", "tr", "blockquote", "aside", "details",
     "summary", "pre", "table", "caption", "cite", "h1", "h2", "h3", "h4", "h5", "h6")
)  # fmt: skip


def _is_within(inner: Tag | None, outer: Tag, names: tuple[str, ...]) -> bool:
    while inner is not None and inner is not outer:
        if inner.name in names:
            return True
        inner = inner.parent
    return False
