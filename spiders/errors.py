"""What can be wrong with a site or a seed before anything is fetched; the operator mends it."""

from __future__ import annotations

from articles.errors import ArchiaterError


class SpiderError(ArchiaterError):
    """Base of the errors of finding pages; `exit_code` is 2, the operator erred."""

    exit_code = 2


class SiteFileError(SpiderError):
    """A site file is no valid TOML, or a key of it is not what it must be."""


class UnknownSite(SpiderError):
    """There is no site of this name."""


class NotAWebAddress(SpiderError):
    """What was given as a URL is none that can be crawled."""
