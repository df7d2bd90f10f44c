"""What is known of one site's pages: selectors and hints that come out of its TOML file.

A profile is a value; reading the file is the work of `spiders.site_files`. Hints beat the general
rules where they match and are a fallback chain, never a promise about today's markup.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class SiteProfile:
    """Hints for reading the pages of one site; every field may stay empty."""

    site: str
    publisher: str | None = None
    language: str | None = None
    content: tuple[str, ...] = ()
    """CSS selectors of the element that holds the main content; the first that matches is taken."""
    drop: tuple[str, ...] = ()
    """CSS selectors of boilerplate inside the main content."""
    byline: tuple[str, ...] = ()
    """CSS selectors of elements that hold the page's own byline or review block."""
    sponsored: tuple[str, ...] = ()
    """CSS selectors whose presence marks a sponsored page."""
    disclaimer: tuple[str, ...] = ()
    """CSS selectors of the site's disclaimer."""
    updated_by_reviews: bool = False
    """On this site "Updated by NAME" names the reviewing clinician (A.D.A.M. on MedlinePlus)."""
    day_first: bool | None = None
    """How the site writes 5/6/2024: day first, month first, or None to go by the language."""

    def digest(self) -> str:
        """`sha256:` and 16 hex digits over all hints; part of a record's derivation."""
        hints = json.dumps(asdict(self), sort_keys=True, ensure_ascii=True)
        return "sha256:" + hashlib.sha256(hints.encode()).hexdigest()[:16]
