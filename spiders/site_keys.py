"""The keys a site file may have, and what the value of each must be.

`KEYS` is the format: a key, and the check that gives its value or raises `Wrong`. A new key is one
line there, a field of the value it fills, and a line in docs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from articles.urls import host_of


class Wrong(Exception):
    """A value is not what its key needs: what was expected, and what to do.

    `member` is the one that is wrong, where the value is a list.
    """

    def __init__(self, expected: str, advice: str, *, member: Any = None) -> None:
        super().__init__(expected)
        self.expected = expected
        self.advice = advice
        self.member = member


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong("text in quotes", "put it in quotes")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("true or false", "write it in lower case and without quotes")
    return value


def _requisites(value: Any) -> bool | str:
    if not isinstance(value, bool) and value != "all":
        raise Wrong('true, false or "all"', "true takes images, styles and fonts; all also scripts")
    return value  # type: ignore[no-any-return]  # one of three, as just seen


def _number(value: Any, *, least: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= least:
        raise Wrong(f"a number of at least {least:g}", "write 2.5, not '2.5s'")
    return float(value)


def _whole(value: Any, *, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise Wrong(f"a whole number of at least {least}", "write it without quotes")
    return value


def _list_of(value: Any, check: Callable[[Any], Any], what: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Wrong(f"a list of {what}", "put it in [brackets]")
    checked = []
    for member in value:
        try:
            checked.append(check(member))
        except Wrong as wrong:
            raise Wrong(wrong.expected, wrong.advice, member=member) from wrong
    return tuple(checked)


def _name(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", value):
        raise Wrong("a name of small letters, digits, '.', '-' and '_'", "take the site's domain")
    return value


def _language(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise Wrong("a language tag (BCP 47)", "write 'en', 'fil' or 'pt-BR'")
    return value


def _host(value: Any) -> str:
    bare = value.removeprefix("*.") if isinstance(value, str) else ""
    if not bare or host_of(f"https://{bare}/") != bare:
        raise Wrong(
            "a host in small letters, without scheme and path",
            "write 'www.example.org', or '*.example.org' for all hosts under it",
        )
    return str(value)


def _prefix(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"(?:/[^/\s?#]+)+", value):
        raise Wrong("a path that starts and does not end with a slash", "write '/fil'")
    return value


def _url(value: Any) -> str:
    if not isinstance(value, str) or not host_of(value):
        raise Wrong("a web address", "write it whole, such as https://example.org/sitemap.xml")
    return value


def _pattern(value: Any) -> re.Pattern[str]:
    try:
        return re.compile(value)
    except (TypeError, re.error) as error:
        raise Wrong(
            f"a regular expression on the path ({error})",
            "write it in 'single quotes', where a backslash stands for itself",
        ) from error


def _selector(value: Any) -> str:
    from articles.selecting import selector_fault

    fault = selector_fault(value) if isinstance(value, str) else "it is no text"
    if fault is not None:
        raise Wrong(f"a CSS selector ({fault})", "write it as in a style sheet")
    return str(value)


def _cron(value: Any) -> str:
    from cronsim import CronSim, CronSimError

    fields = value.split() if isinstance(value, str) else []
    try:
        # Any moment will do: only whether the expression has a next one is asked.
        next(CronSim(" ".join(fields), datetime(2026, 1, 1)))  # noqa: DTZ001
    except (CronSimError, StopIteration) as error:
        raise Wrong(
            f"a cron expression that comes true ({error or 'never'})", "write '17 3 * * *'"
        ) from error
    if len(fields) != 5:
        raise Wrong("a cron expression of five fields", "write '17 3 * * *'")
    return " ".join(fields)


def _timezone(value: Any) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(value)
    except (LookupError, ValueError, OSError, TypeError, AttributeError) as error:
        raise Wrong(
            "a time zone", "write 'Europe/Berlin' or 'UTC' (this machine may lack tzdata)"
        ) from error
    return str(value)


_URLS = partial(_list_of, check=_url, what="web addresses")
_PATTERNS = partial(_list_of, check=_pattern, what="regular expressions")
_SELECTORS = partial(_list_of, check=_selector, what="CSS selectors")

KEYS: Mapping[str, Callable[[Any], Any]] = {
    "name": _name,
    "publisher": _text,
    "hosts": partial(_list_of, check=_host, what="hosts"),
    "path_prefixes": partial(_list_of, check=_prefix, what="paths"),
    "language": _language,
    "tried_on_live_web": _flag,
    "requisites": _requisites,
    "limits.requisite_bytes": partial(_whole, least=1),
    "limits.requisites_per_page": partial(_whole, least=1),
    "seeds.sitemaps": _URLS,
    "seeds.feeds": _URLS,
    "seeds.pages": _URLS,
    "scope.allow": _PATTERNS,
    "scope.deny": _PATTERNS,
    "scope.articles": _PATTERNS,
    "scope.max_depth": partial(_whole, least=0),
    "scope.follow_links": _flag,
    "schedule.cron": _cron,
    "schedule.timezone": _timezone,
    "schedule.jitter_s": partial(_whole, least=0),
    "politeness.delay_s": partial(_number, least=0),
    "politeness.concurrency": partial(_whole, least=1),
    "hints.content": _SELECTORS,
    "hints.drop": _SELECTORS,
    "hints.byline": _SELECTORS,
    "hints.sponsored": _SELECTORS,
    "hints.disclaimer": _SELECTORS,
    "hints.updated_by_reviews": _flag,
    "hints.day_first": _flag,
}
TABLES = frozenset(key.partition(".")[0] for key in KEYS if "." in key)
NEEDED = ("name", "hosts")
