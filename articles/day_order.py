"""The order of day and month in dates of figures."""

from __future__ import annotations


def swapped(value: str) -> str:
    """An ISO day with day and month exchanged; what stands behind the day stays.

    >>> swapped("2024-05-06")
    '2024-06-05'
    """
    return f"{value[:5]}{value[8:10]}-{value[5:7]}{value[10:]}"
