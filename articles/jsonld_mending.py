r"""JSON-LD blocks as they stand on pages, read although they are broken.

`load_block` is the door. Pages hold trailing, doubled and missing commas, comments, CDATA marks,
raw line breaks, quotes nobody escaped, single quotes, blocks glued together or cut off. The cheap
mendings come first; then the block is mended where the parser stopped, a bounded number of times.

No library does this. Of the seven faults that `test_jsonld_mending` names, json5 0.17 and pyjson5
2.0 read two (single quotes, `\%`) and chompjs 1.4 one; none reads a quote inside a text or a block
that was cut off. json5 takes a thousand times as long as `json` does.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

MOST_MENDED = 2_000_000
"""Characters of one page that are read again while broken blocks are mended one place at a time."""
_MOST_PLACES = 40
"""In one block."""
_MOST_GLUED = 50
DEEPEST = 30


@dataclass(kw_only=True)
class Patience:
    """How much mending a page is still worth."""

    characters: int = MOST_MENDED


def load_block(source: str, patience: Patience) -> list[Json]:
    """The values of one block: nearly always one, several where blocks were glued together, none
    where it cannot be read. Each mending is tried only when the one before was not enough."""
    text = source.strip().lstrip("\ufeff")
    for mend in (_as_it_is, _unwrapped, _without_comments, _unescaped):
        mended = mend(text)
        try:
            # strict=False lets raw line breaks and tabs stand inside strings.
            return [_clean(json.loads(mended, strict=False), mended)]
        except (ValueError, RecursionError):
            continue
    return [_clean(value, text) for value in _glued(_CONTROL.sub(" ", mended), patience)]


def _clean(value: Json, source: str) -> Json:
    return _without_controls(value) if "\\u" in source else value


_CONTROL_OR_SURROGATE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def _without_controls(value: Json, depth: int = 0) -> Json:
    """Without what only an escape can write into JSON: control characters, halves of letters."""
    if isinstance(value, str):
        return _CONTROL_OR_SURROGATE.sub("", value)
    if depth > DEEPEST:
        return value
    if isinstance(value, list):
        return [_without_controls(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {key: _without_controls(part, depth + 1) for key, part in value.items()}
    return value


_WRAPPERS = re.compile(
    r"^\s*(?:(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|<!--|;)+|(?:(?://|/\*)?\s*\]\]>\s*(?:\*/)?|-->|;)+\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_COMMENT = re.compile(r"<!--.*?-->|^\s*//[^\n]*$", re.S | re.M)
_CONTROL = re.compile(r"[\x00-\x1f]")


def _as_it_is(text: str) -> str:
    return text


def _unwrapped(text: str) -> str:
    return _WRAPPERS.sub("", _WRAPPERS.sub("", text))


def _without_comments(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _COMMENT.sub("", _unwrapped(text)))


def _unescaped(text: str) -> str:
    return _without_comments(unescape(text)) if "&quot;" in text else _without_comments(text)


def _glued(text: str, patience: Patience) -> list[Json]:
    """Every whole value of `text`, one after the other; a stray brace between or behind is left."""
    values: list[Json] = []
    at = 0
    while len(values) < _MOST_GLUED:
        opening = _OPENING.match(text, at)
        if opening is None:
            break
        rest = text[opening.end() - 1 :]
        read = _read_first(rest, patience)
        if read is None:
            break
        value, left = read
        values.append(value)
        text, at = rest[len(rest) - left :] if left else "", 0
    return values


_OPENING = re.compile(r"[\s,;}\]]*[{\[]")
_DECODER = json.JSONDecoder(strict=False)


def _read_first(text: str, patience: Patience) -> tuple[Json, int] | None:
    """The value at the beginning of `text` and how many characters are left behind it; mended where
    the parser stops, as long as each mending lets it come further."""
    for _ in range(_MOST_PLACES):
        if patience.characters <= 0:
            return None
        try:
            value, end = _DECODER.raw_decode(text)
        except json.JSONDecodeError as error:
            patience.characters -= len(text)
            mended = _mended_at(text, error)
            if mended is None:
                return None
            text = mended
        except RecursionError:
            return None
        else:
            return value, len(text) - end
    return None


def _mended_at(text: str, error: json.JSONDecodeError) -> str | None:
    """`text` with the fault mended at which the parser stopped; None where nothing is known."""
    at, message = error.pos, error.msg
    if message.startswith("Invalid \\"):
        at = text.rfind("\\", 0, at + 1)
        return f"{text[:at]}\\{text[at:]}"
    if message.startswith("Unterminated") or not text[at : at + 200].strip():
        return _cut_off(text)
    mark = text[at]
    if mark == "'":
        return _with_double_quotes(text)
    if mark == ",":
        return text[:at] + text[at + 1 :]
    if mark in "}]" and "Expecting" in message and "delimiter" not in message:
        comma = text.rfind(",", 0, at)
        return text[:comma] + text[at:] if comma >= 0 and not text[comma + 1 : at].strip() else None
    if "',' delimiter" in message:
        if mark in "{[" or _KEY.match(text, at):
            return f"{text[:at]},{text[at:]}"
        # The text went on behind this quote, so it was part of the text.
        quote = text.rfind('"', 0, at)
        if quote >= 0 and at - quote < _FARTHEST_QUOTE:
            return f"{text[:quote]}\\{text[quote:]}"
    return None


_KEY = re.compile(r'"[\w@:$.-]{1,60}"\s{0,9}:')
_FARTHEST_QUOTE = 20
# A text that never ends is one token too, or each quote in it would be tried as the first.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],]', re.S)
_CLOSING = {"{": "}", "[": "]"}


def _cut_off(text: str) -> str | None:
    """`text` up to its last whole member, with all that was open closed."""
    opened: list[str] = []
    end, closing = 0, ""
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in _CLOSING:
            opened.append(_CLOSING[mark])
        elif mark in ("}", "]"):
            if not opened or opened.pop() != mark:
                return None
        elif mark == "," and len(opened) <= DEEPEST:
            end, closing = token.start(), "".join(reversed(opened))
    return text[:end] + closing if end and opened else None


_SINGLE_QUOTED = re.compile(
    r"""(?P<double>"(?:[^"\\]|\\.)*"?)|(?<=[{\[,:\s])'(?P<single>(?:[^'\\]|\\.|'(?!\s{0,9}[:,}\]]))*)'""",
    re.S,
)


def _with_double_quotes(text: str) -> str | None:
    def requoted(match: re.Match[str]) -> str:
        if match["double"] is not None:
            return match["double"]
        return '"' + match["single"].replace("\\'", "'").replace('"', '\\"') + '"'

    mended = _SINGLE_QUOTED.sub(requoted, text)
    return mended if mended != text else None
