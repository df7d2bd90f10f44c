"""The one base class of archiater's errors, in the lowest room so that every room can share it."""

from __future__ import annotations


class ArchiaterError(Exception):
    """Something an operator can read in one line and act upon; never a bug.

    `exit_code` is what the command line ends with: 2 the operator erred, 3 the crawl or disk
    failed. The message says where, what was found, what was expected, what to do.
    """

    exit_code = 2
