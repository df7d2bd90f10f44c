"""One pattern for many fixed words, which reads each letter of a text once."""

from __future__ import annotations

import re
from collections.abc import Iterable


def trie_pattern(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, of two with one beginning the shorter.

    An alternation of the words themselves is tried one by one at each place of a text.

    >>> trie_pattern(["advice", "advis", "adverse"])
    'adv(?:erse|i(?:ce|s))'
    """
    heads: dict[str, set[str]] = {}
    for word in words:
        heads.setdefault(word[0], set()).add(word[1:])
    branches = []
    for head in sorted(heads):
        tails = heads[head]
        if "" in tails:
            branches.append(re.escape(head))
        else:
            branches.append(re.escape(head) + trie_pattern(tails))
    return branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"
