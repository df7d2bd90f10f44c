"""A style sheet with its addresses led into the archive.

What this misses (an address written in escapes, say) reaches nobody: the policy under which the
page is shown lets a browser load from the view alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from archiater.replay.addresses import Kind
from articles.urls import absolute_url

Lead = Callable[[str, Kind], str]
"""From an absolute URL to the address at which the archive shows it."""

MOST_CHARACTERS = 8 * 1024 * 1024


def lead_styles(css: str, *, base: str, lead: Lead) -> str:
    """`css` with every `url(...)` and `@import` absolute from `base` and led into the archive.

    `data:` URLs of images and fonts stay. What old browsers ran as code is disarmed.
    """

    open_sets: list[int] = []
    """How deep in parentheses each `image-set(` around the place stands: its strings are images."""
    depth = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal depth
        kind = match.lastgroup
        if kind in ("set", "opening"):
            depth += 1
            if kind == "set":
                open_sets.append(depth)
        elif kind == "closing":
            if open_sets and open_sets[-1] == depth:
                open_sets.pop()
            depth = max(0, depth - 1)
        elif kind == "code":
            return f"x-{match['code']}"
        elif kind in ("import", "picture"):
            start = "@import url" if kind == "import" else "url"
            address = _address(match, base, lead, "style" if kind == "import" else "picture")
            if match["sheet"] is None and match["quoted"] is None:
                return f'{start}("{address}")'
            # What may follow the string, up to the parenthesis, stays.
            depth += 1
            return f'{start}("{address}"'
        elif kind == "candidate" or (kind == "string" and open_sets[-1:] == [depth]):
            return f'url("{_address(match, base, lead, "picture")}")'
        return match[0]

    if "\\" in css:
        css = _ESCAPE.sub(_plain_letter, css)
    return _PARTS.sub(replaced, css)


# Possessive, all of it: a hostile sheet must not make the engine try again what it has read. What a
# browser takes for a string, a comment, a name must be that here too, or an address hides in what
# only we take for one: hence names in one piece, and what is broken off by a line or by the end.
# Source: CSS Syntax 3, section 4.3.
_SPACE = r"[ \t\n\r\f]"
_ESCAPED = rf"\\(?:[0-9a-fA-F]{{1,6}}(?:\r\n|{_SPACE})?|\r\n|[^0-9a-fA-F]|\Z)"
_IN_DOUBLE = rf'"(?:[^"\\\n\r\f]|{_ESCAPED})*+'
_IN_SINGLE = rf"'(?:[^'\\\n\r\f]|{_ESCAPED})*+"
_STRING = rf"""(?:{_IN_DOUBLE}(?:"|\Z)|{_IN_SINGLE}(?:'|\Z))"""
_BARE = rf"""(?:[^ \t\n\r\f"'()\\]|{_ESCAPED})*+"""
_END_OF_BARE = rf"{_SPACE}*+(?:\)|\Z)"
_GAP = rf"(?:{_SPACE}++|/\*(?>.*?\*/))*+"
_IN_NAME = r"[-\w\x00]|[^\x00-\x7f]"

_PARTS = re.compile(
    r"(?P<comment>/\*(?>.*?(?:\*/|\Z)))"
    rf"|(?P<import>@import{_GAP}(?:url\({_SPACE}*+(?:(?P<sheet>{_STRING}){_SPACE}*+"
    rf"|(?P<bare_sheet>{_BARE}){_END_OF_BARE})|(?P<named>{_STRING})))"
    rf"|(?P<picture>url\({_SPACE}*+(?:(?P<quoted>{_STRING}){_SPACE}*+|(?P<bare>{_BARE}){_END_OF_BARE}))"
    rf"|(?P<broken>url\((?!{_SPACE}*+[\"'])(?:[^)\\]|{_ESCAPED})*+\)?)"
    r"|(?P<set>(?:-webkit-)?image-set\()"
    r"|(?P<code>expression(?=\s*+\()|(?:behavior|-moz-binding)(?=\s*+:))"
    rf"|(?P<name>[#@]?(?:{_IN_NAME}|\\(?:[0-9a-fA-F]{{1,6}}(?:\r\n|{_SPACE})?|[^\n\r\f0-9a-fA-F]|\Z))++)"
    # A string with a density is an address in an image-set(), by way of a variable too.
    rf"|(?P<candidate>{_STRING})(?=\s++(?:[\d.]++(?:x|dppx|dpi|dpcm)\b|type\())"
    rf"|(?P<string>{_STRING}|{_IN_DOUBLE}|{_IN_SINGLE})"
    r"|(?P<opening>\()|(?P<closing>\))",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_ESCAPE = re.compile(rf"\\(?:([0-9a-fA-F]{{1,6}})(?:\r\n|{_SPACE})?|(\r\n|.))", re.DOTALL)
_WRITTEN = ("sheet", "bare_sheet", "named", "quoted", "bare", "candidate", "string")
_DATA = re.compile(r"data:(?:image|font|application/(?:x-)?font)[^\"\\<>\n]*\Z", re.IGNORECASE)


def _address(match: re.Match[str], base: str, lead: Lead, kind: Kind) -> str:
    written = next((match[name] for name in _WRITTEN if match[name] is not None), "")
    if written[:1] in ('"', "'"):
        # At the end of a sheet it may not be closed.
        written = written[1:].removesuffix(written[0])
    url = _ESCAPE.sub(_unescaped, written).strip()
    if url.startswith("#"):
        return url.replace('"', "%22").replace("<", "%3C").replace("\\", "%5C").replace("\n", "")
    if kind == "picture" and _DATA.match(url):
        return url
    absolute = absolute_url(base, url) if url else None
    return lead(absolute, kind) if absolute is not None else "about:invalid"


def _unescaped(match: re.Match[str]) -> str:
    if match[1] is None:
        return "" if match[2] in ("\n", "\r\n", "\r", "\f") else match[2]
    point = int(match[1], 16)
    return chr(point) if 0 < point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"


def _plain_letter(match: re.Match[str]) -> str:
    """A letter for its escape, so that `u\\72l(` is seen; not a to f, which would join an escape
    before them."""
    letter = _unescaped(match)
    return letter if match[1] is not None and letter in _PLAIN_LETTERS else match[0]


_PLAIN_LETTERS = frozenset("ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ")
