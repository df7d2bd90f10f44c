"""The addresses of the view: what was archived, of which time, and how it is to be served.

`/web/20221115093000/https://example.org/page` is for people: a page of ours with the archived one
in a frame. `/in/TOKEN/20221115093000if_/https://...` is what stands in the frame, and what that
embeds; the token is known to this process alone, so that no other page can ask for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote, unquote

Kind = Literal["page", "style", "picture"]
"""What a browser is going to do with an answer; fonts go with the pictures."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an address asks for."""

    url: str
    digits: str
    """The time as written, 4 to 20 digits; empty where the latest is wanted."""
    kind: Kind = "page"

    @property
    def at(self) -> datetime | None:
        return moment_of(self.digits) if self.digits else None


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where the view hangs, and the word that opens what stands in its frames."""

    root: str
    """The path it is mounted under; empty at the top of an origin."""
    token: str

    def page(self, url: str, digits: str = "") -> str:
        """The address for people; the latest capture without a time."""
        return f"{self.root}/web/{digits}{'/' if digits else ''}{_in_path(url)}"

    def times(self, url: str) -> str:
        return f"{self.root}/web/*/{_in_path(url)}"

    def framed(self, url: str, digits: str, kind: Kind) -> str:
        return f"{self.root}/in/{self.token}/{digits}{_MARKS[kind]}/{_in_path(url)}"

    def raw(self, warc_file: str, offset: int) -> str:
        return f"{self.root}/raw/{quote(warc_file, safe='')}/{offset}"

    def block(self, warc_file: str, offset: int) -> str:
        return f"{self.root}/block/{quote(warc_file, safe='')}/{offset}"

    def record(self, warc_file: str, offset: int) -> str:
        return f"{self.root}/record/{quote(warc_file, safe='')}/{offset}"

    def article(self, warc_file: str, offset: int) -> str:
        return f"{self.root}/article/{quote(warc_file, safe='')}/{offset}"


def read_address(rest: str) -> Wanted | None:
    """What the part of an address behind `/web/` or the token asks for; None where it is none.

    >>> read_address("20221115if_/https://example.org/a?b")
    Wanted(url='https://example.org/a?b', digits='20221115', kind='page')
    >>> read_address("example.org").url
    'https://example.org'
    """
    found = _ADDRESS.match(rest)
    if found is None or not found["url"]:
        return None
    digits = found["digits"] or ""
    try:
        moment_of(digits or "2000")
    except ValueError:
        return None
    url = _as_written(found["url"])
    return Wanted(url=url, digits=digits, kind=_KINDS[found["mark"] or "if_"])


def digits_of(fetched_at: str, *, length: int = 14) -> str:
    """A time of the database as an address writes it; with 20 digits it is that time and no other.

    >>> digits_of("2022-11-15T09:30:00.250000Z")
    '20221115093000'
    """
    return re.sub(r"\D", "", fetched_at)[:length]


def moment_of(digits: str) -> datetime:
    """The time that 4 to 20 digits say, the start of the year, month, day, hour where they end.

    Raises `ValueError` for what is no date.
    """
    full = digits + _EARLIEST[len(digits) :]
    return datetime.strptime(full, "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)


_EARLIEST = "00010101000000000000"
_MARKS: dict[Kind, str] = {"page": "if_", "style": "cs_", "picture": "im_"}
_KINDS = {mark: kind for kind, mark in _MARKS.items()}
_ADDRESS = re.compile(r"(?:(?P<digits>\d{4,20})(?P<mark>if_|cs_|im_)?/)?(?P<url>.*)\Z", re.DOTALL)
_SCHEME = re.compile(r"(https?):/*", re.IGNORECASE)


def _as_written(url: str) -> str:
    """The URL in an address: its slashes doubled again, and with a scheme."""
    if "%3a" in url[:9].lower():
        url = unquote(url)
    scheme = _SCHEME.match(url)
    if scheme is None:
        # An import may hold `urn:` or `file:`; what people type is a host.
        return url if re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", url) else f"https://{url}"
    return f"{scheme[1].lower()}://{url[scheme.end() :]}"


def _in_path(url: str) -> str:
    """`url` in the path of another: nothing in it ends a header, an attribute or the path. A
    fragment stays one, for the browser alone."""
    return quote(url, safe="%/:?&=+,;@!$*()~[]|'#", errors="replace").replace("'", "%27")
