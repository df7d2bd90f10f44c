"""How many attributes the start tags of a page have, counted before a parser reads them.

libxml2 looks through all attributes of an element for each one it adds, so that 60,000 of them take
seconds. Where a tag ends can be told neither from `>` nor from `<`, both may stand in values, so
the attributes are read as the tokenizer of the HTML standard reads them (section 13.2.5.32 and
those after it). Called by `document`, and by the replay before it shows a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_READ = 20_000_000
"""Bytes of long start tags, those that only look like one from inside another counted again."""

# One expression passes over all common tags at once. What it finds is the start of a tag that has
# more than 20 attributes or a long value; every `<` before a letter is tried, in other tags too.
_SPACE = rb"[ \t\n\f\r]"
_VALUE = rb"(?:\"[^\"]{0,300}+\"|'[^']{0,300}+'|[^ \t\n\f\r>\"'][^ \t\n\f\r>]{0,200}+)"
_ATTRIBUTE = (
    rb"=?[^ \t\n\f\r/>=]{1,100}+(?:" + _SPACE + rb"*+=" + _SPACE + rb"*+" + _VALUE + rb")?+"
)
_LONG_START_TAG = re.compile(
    rb"<[a-zA-Z][a-zA-Z0-9]*+(?: [a-z-]++=\"[^\"]{0,300}+\"){0,20}+(?!>)"
    rb"(?![^ \t\n\f\r/>]{0,100}+(?:[ \t\n\f\r/]++|" + _ATTRIBUTE + rb"){0,30}+>)"
)
_NAME = re.compile(rb"<[^ \t\n\f\r/>]*+")
_NEXT_ATTRIBUTE = re.compile(
    rb"[ \t\n\f\r/]*+(?:(>)|=?[^ \t\n\f\r/>=]*+"
    rb"(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+"
    rb"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+|))?+)"
)


def attributes_of_long_start_tags(markup: bytes) -> Iterator[int]:
    """The number of attributes of each start tag that is not short, repeated names included.

    From above: what looks like a start tag inside of a comment or script counts too. Where tags in
    tags are so long that reading them all takes too long, the last number is that of the bytes.
    """
    read = 0
    for found in _LONG_START_TAG.finditer(markup):
        count, end = _read_start_tag(markup, found.start())
        yield count
        read += end - found.start()
        if read > MOST_READ:
            yield len(markup)
            return


def _read_start_tag(markup: bytes, start: int) -> tuple[int, int]:
    """The number of attributes of the tag that starts there, and where it ends."""
    name = _NAME.match(markup, start)
    at = name.end() if name else start
    count = 0
    while (found := _NEXT_ATTRIBUTE.match(markup, at)) and not found[1] and found.end() > at:
        count += 1
        at = found.end()
    return count, at
