"""What the first WARC record of a file says of the crawl that wrote it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Set
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath
from typing import Any

SETTINGS_FIELD = "archiater-settings-digest"
"""Two crawls with the same digest here were asked for in the same way."""


def software(*packages: str) -> str:
    """The value of `software`: archiater, the `packages` that fetched, and what compressed, each
    with its version."""
    versions = [f"{name}/{found}" for name in packages if (found := _version(name)) is not None]
    own = _version("archiater")
    # Run from a checkout that is not installed it has no version.
    return " ".join(
        [f"archiater/{own}" if own else "archiater", *versions, f"isal/{_version('isal')}"]
    )


def settings_digest(settings: Mapping[str, Any]) -> str:
    """`sha256:` and the digest of `settings` as canonical JSON: sorted keys, no spaces, ASCII.

    >>> settings_digest({"limit": 5, "urls": []}) == settings_digest({"urls": (), "limit": 5})
    True
    """
    text = json.dumps(settings, sort_keys=True, separators=(",", ":"), default=_plain)
    return f"sha256:{hashlib.sha256(text.encode('ascii')).hexdigest()}"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _plain(value: object) -> object:
    """What JSON does not know, in a form that is the same in every process."""
    if isinstance(value, re.Pattern):
        return value.pattern
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PurePath):
        return value.as_posix()
    if isinstance(value, Set):
        return sorted(value)
    raise TypeError(f"a setting of type {type(value).__name__}, expected what JSON can say")
