"""How two names that are not the same may be one, and what a profile address says of a person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise, zip_longest
from urllib.parse import urlsplit

_ORCID = re.compile(r"orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.I)
_SHORTEST_LICENCE = 5


def ends(key: str) -> tuple[str, str]:
    """The first and the last word of a key.

    >>> ends("jane r roe")
    ('jane', 'roe')
    """
    words = key.split()
    return words[0], words[-1]


def likeness(one: str, other: str) -> str | None:
    """In what way two keys may be one name, in words; None where they are not alike.

    >>> likeness("jane r roe", "jane roe"), likeness("roe jane", "jane roe")
    ('middle initial left out', 'same words in another order')
    >>> likeness("jane rose roe", "jane roe"), likeness("jane rose roe", "jane r roe")
    ('a middle name left out', 'middle name as an initial')
    >>> likeness("j roe", "jane roe"), likeness("bo roe", "jane roe")
    ('first name as an initial', None)
    """
    if min(len(one.split()), len(other.split())) < 2:
        return None
    if sorted(one.split()) == sorted(other.split()):
        return "same words in another order"
    (first, last), (other_first, other_last) = ends(one), ends(other)
    if last != other_last:
        return None
    if first == other_first:
        if differing_middles(one, other) is not None:
            return None
        middle, other_middle = one.split()[1:-1], other.split()[1:-1]
        if middle and other_middle:
            return "middle name as an initial"
        left_out = middle or other_middle
        is_initial = len("".join(left_out)) <= len(left_out) + 1
        return "middle initial left out" if is_initial else "a middle name left out"
    short, long = sorted((first, other_first), key=len)
    is_initial = len(short) <= 2 and short[0] == long[0] and len(long) > 2
    return "first name as an initial" if is_initial else None


def differing_middles(one: str, other: str) -> tuple[str, str] | None:
    """The middle names that make two of like first and last name two people; else None.

    >>> differing_middles("jane a roe", "jane b roe"), differing_middles("jane a roe", "jane roe")
    (('a', 'b'), None)
    """
    words, others = one.split(), other.split()
    if min(len(words), len(others)) < 3 or ends(one) != ends(other):
        return None
    for middle, other_middle in zip_longest(words[1:-1], others[1:-1], fillvalue=""):
        if not (middle.startswith(other_middle) or other_middle.startswith(middle)):
            return middle, other_middle
    return None


def share_a_word(one: str, other: str) -> bool:
    """Whether two keys have a name in common, beyond initials; of unspaced ones, two letters."""
    if any(len(word) > 1 for word in set(one.split()) & set(other.split())):
        return True
    if " " in one or " " in other or one.isascii() or other.isascii():
        return False
    return any(left + right in other for left, right in pairwise(one))


def profile_page(url: str) -> str | None:
    """A profile's address as it is compared: host and path; None where it is no page of its own.

    >>> profile_page("https://www.example.org/authors/jane-roe/?ref=1")
    'example.org/authors/jane-roe'
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    return f"{host}{path}" if host and path.count("/") and len(path) > 3 else None


def identifiers(profile_urls: Iterable[str], licences: Iterable[str]) -> frozenset[str]:
    """What stands for one person alone: an ORCID, the number of a licence to practise.

    >>> sorted(identifiers(["https://orcid.org/0000-0002-1825-0097"], ["CRM-SP 123.456"]))
    ['ORCID 0000-0002-1825-0097', 'licence CRMSP123456']
    """
    found = {f"ORCID {match[1].upper()}" for url in profile_urls if (match := _ORCID.search(url))}
    for licence in licences:
        letters = "".join(filter(str.isalnum, licence)).upper()
        if len(letters) >= _SHORTEST_LICENCE and any(map(str.isalpha, letters)):
            found.add(f"licence {letters}")
    return frozenset(found)
