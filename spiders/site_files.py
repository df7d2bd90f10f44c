"""Site files: one TOML file is one publisher's site, read and checked whole before anything runs.

`load_sites` gives all that are known: those shipped in `spiders/sites/` and the user's own, which
win by name. What keys a file may have, and what each must be, stands in `KEYS`. A wrong file is
one `SiteFileError` that names file, line and key.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any

from articles.profile import SiteProfile
from articles.urls import host_of, normalise_url, path_of, registered_domain
from spiders.errors import NotAWebAddress, SiteFileError, UnknownSite
from spiders.site import Limits, Politeness, Schedule, Scope, Seeds, Site
from spiders.site_keys import KEYS, NEEDED, TABLES, Wrong

SHIPPED = "shipped"


def load_sites(own_folder: Path | None = None) -> Sites:
    """The shipped sites and those of `own_folder`, which need not exist; an own one wins by name.

    Raises `SiteFileError` for the first file that is wrong.
    """
    found: dict[str, Site] = {}
    for shipped in sorted(_shipped_files(), key=lambda file: file.name):
        site = read_site(shipped.read_text("utf-8"), where=shipped.name, origin=SHIPPED)
        found[site.name] = site
    if own_folder is not None and own_folder.is_dir():
        for path in sorted(own_folder.glob("*.toml")):
            site = read_site_file(path)
            found[site.name] = site
    return Sites(found.values())


def read_site_file(path: Path) -> Site:
    """The site of one file; raises `SiteFileError`."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise SiteFileError(
            f"{path}: byte {error.start} is no UTF-8, expected a UTF-8 text file; save it as one"
        ) from error
    except OSError as error:
        raise SiteFileError(
            f"{path}: cannot be read ({error.strerror}), expected a site file; check the path"
        ) from error
    return read_site(text, where=str(path), origin=str(path))


def read_site(text: str, *, where: str, origin: str) -> Site:
    """The site that a TOML text describes; `where` is the file as errors name it."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SiteFileError(
            f"{where}: not valid TOML: {error or 'nested too deeply'}; mend that place"
        ) from error
    return _site(_checked(tables, _File(where, text)), origin=origin)


def site_for_bare_url(url: str, *others: str) -> Site:
    """A site for a URL (or several of one owner) that no site file covers, with the URLs as seeds.

    Its name is the registered domain, or host:port for an IP address; its hosts are those of the
    URLs, with and without `www.`. Raises `NotAWebAddress`.
    """
    seeds = tuple(dict.fromkeys(web_address(address) for address in (url, *others)))
    name = registered_domain(seeds[0])
    hosts = dict.fromkeys(host for seed in seeds for host in _twins(host_of(seed), name))
    return Site(
        name=name,
        hosts=tuple(hosts),
        seeds=Seeds(pages=seeds),
        profile=SiteProfile(site=name),
        origin="command line",
    )


def web_address(address: str) -> str:
    """The URL that somebody wrote, normalised; raises `NotAWebAddress`."""
    url = normalise_url(address)
    if not host_of(url):
        raise NotAWebAddress(
            f"{address!r} is no web address, expected one such as https://example.org/health/; "
            "`archiater sites list` shows the names of known sites"
        )
    return url


def shipped_text(name: str) -> str | None:
    """The text of the site file that comes with archiater under `name`; None where none does."""
    return next(
        (file.read_text("utf-8") for file in _shipped_files() if file.name == f"{name}.toml"), None
    )


def site_tables(site: Site) -> dict[str, Any]:
    """The site in the keys of its file, ready for JSON: every key, None where nothing is said."""
    profile = asdict(site.profile)
    values: dict[str, Any] = {
        "name": site.name,
        "publisher": site.publisher,
        "hosts": site.hosts,
        "path_prefixes": site.path_prefixes,
        "language": site.language,
        "tried_on_live_web": site.tried_on_live_web,
        "origin": site.origin,
        "seeds": asdict(site.seeds),
        "scope": vars(site.scope),
        "schedule": asdict(site.schedule) if site.schedule else None,
        "politeness": asdict(site.politeness),
        "requisites": site.requisites,
        "limits": asdict(site.limits),
        "hints": {
            key.partition(".")[2]: profile[key.partition(".")[2]]
            for key in KEYS
            if key.startswith("hints.")
        },
    }
    plain: dict[str, Any] = _plain(values)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    return value.pattern if isinstance(value, re.Pattern) else value


class Sites:
    """All known sites, by name."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self._by_name = {site.name: site for site in sorted(sites, key=lambda site: site.name)}
        self._by_host: dict[str, list[Site]] = {}
        self._with_wildcard: list[Site] = []
        for site in self._by_name.values():
            for host in site.hosts:
                self._by_host.setdefault(host, []).append(site)
            if any(host.startswith("*.") for host in site.hosts):
                self._with_wildcard.append(site)

    def __iter__(self) -> Iterator[Site]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def named(self, name: str) -> Site:
        """The site called `name`; raises `UnknownSite` with the names that are near."""
        if name in self._by_name:
            return self._by_name[name]
        wanted = name.strip().lower()
        holding = [known for known in self._by_name if wanted and wanted in known]
        alike = difflib.get_close_matches(wanted, self._by_name, n=3, cutoff=0.6)
        near = list(dict.fromkeys((*holding, *alike)))[:3]
        hint = f"did you mean {' or '.join(near)}?" if near else "`archiater sites list` shows all"
        raise UnknownSite(f"there is no site {name!r}; {hint}")

    def for_url(self, url: str) -> Site | None:
        """The site that `url` belongs to: host first, then the longest path prefix; None for none.

        Whether the site's crawl would fetch it is another question (`spiders.scope`).
        """
        host, path = host_of(url), path_of(url)
        named = self._by_host.get(host, [])
        wild = [site for site in self._with_wildcard if host and site.has_host(host)]
        candidates = [
            (len(prefix), host in site.hosts, site.origin != SHIPPED, site)
            for site in (*named, *wild)
            if (prefix := site.prefix_of(path)) is not None
        ]
        return max(candidates, key=lambda candidate: candidate[:3])[3] if candidates else None


def _shipped_files() -> Iterator[Any]:
    """The site files that come with archiater, wherever it is installed (a zip file too)."""
    folder = resources.files("spiders").joinpath("sites")
    return (file for file in folder.iterdir() if file.name.endswith(".toml"))


def _twins(host: str, domain: str) -> tuple[str, ...]:
    """A host with and without `www.`, where the owner has a domain to put it before."""
    if host == f"www.{domain}":
        return (host, domain)
    has_no_twin = "." not in host or host.startswith(("www.", "[")) or host[-1].isdigit()
    return (host,) if host != domain or has_no_twin else (host, f"www.{host}")


class _File:
    """A site file as errors speak of it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    def wrong(self, key: str, value: Any, wrong: Wrong) -> SiteFileError:
        """The error of a value, or of one member of a list, at the line where it stands."""
        if wrong.member is None:
            return self.error(key, f"is {_short(value)}", wrong.expected, wrong.advice)
        found = f"holds {_short(wrong.member)}"
        return self.error(key, found, wrong.expected, wrong.advice, member=str(wrong.member))

    def error(
        self, key: str, found: str, expected: str, advice: str, *, member: str = ""
    ) -> SiteFileError:
        line = self._line_of(key)
        if line and member:
            below = enumerate(self.text.splitlines()[line - 1 :], start=line)
            line = next((number for number, text in below if member in text), line)
        place = f"{self.name}, line {line}" if line else self.name
        return SiteFileError(f"{place}: {key} {found}, expected {expected}; {advice}")

    def _line_of(self, key: str) -> int | None:
        """The line that sets `key`; the TOML parser does not tell where a key stood."""
        table = ""
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
                table = header[1].replace('"', "").replace(" ", "") + "."
                if table == f"{key}.":
                    return number
            elif (setting := re.match(r"""\s*["']?([\w.-]+?)["']?\s*=""", line)) and key in (
                table + setting[1],
                f"{table}{setting[1]}".partition(".")[0],
            ):
                return number
        return None


def _checked(tables: Mapping[str, Any], file: _File) -> dict[str, Any]:
    """Every key of the file with its checked value."""
    values: dict[str, Any] = {}
    for key, value in _flattened(tables, file):
        check = KEYS.get(key)
        if check is None:
            near = difflib.get_close_matches(key, [*KEYS, *TABLES], n=1)
            hint = f"did you mean {near[0]}?" if near else "take it out"
            raise file.error(key, "is no key of a site file", "one that there is", hint)
        try:
            values[key] = check(value)
        except Wrong as wrong:
            raise file.wrong(key, value, wrong) from wrong
    has_schedule = any(key.startswith("schedule.") for key in values)
    for key in (*NEEDED, *(["schedule.cron"] if has_schedule else [])):
        if not values.get(key):
            raise file.error(key, "is missing", "a value", f"add it: {_EXAMPLES[key]}")
    _check_seeds(values, file)
    return values


_EXAMPLES = {
    "name": "name = 'example.org'",
    "hosts": "hosts = ['www.example.org']",
    "schedule.cron": "cron = '17 3 * * *'",
}


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 100 else f"{text[:97]}..."


def _flattened(tables: Mapping[str, Any], file: _File) -> Iterator[tuple[str, Any]]:
    for key, value in tables.items():
        if key not in TABLES:
            yield key, value
        elif isinstance(value, dict):
            yield from ((f"{key}.{name}", member) for name, member in value.items())
        else:
            raise file.error(key, f"is {value!r}", "a table", f"write [{key}] on a line of its own")


def _check_seeds(values: Mapping[str, Any], file: _File) -> None:
    """A site starts somewhere, its page seeds on its own hosts: others would never be crawled."""
    stem = Path(file.name).name.removesuffix(".toml")
    if file.name.endswith(".toml") and values["name"] != stem:
        raise file.error(
            "name",
            f"is {values['name']!r}",
            f"{stem!r} as the file is called",
            "rename one of them",
        )
    if not any(values.get(f"seeds.{kind}") for kind in ("sitemaps", "feeds", "pages")):
        raise file.error("seeds", "is empty", "a sitemap, feed or page", "add one to [seeds]")
    site = _site(values, origin=file.name)
    for url in site.seeds.pages:
        host = host_of(url)
        if not site.has_host(host):
            raise file.error(
                "seeds.pages",
                f"holds {url!r}",
                "URLs on the site's hosts",
                f"add {host!r} to hosts",
            )


def _site(values: Mapping[str, Any], *, origin: str) -> Site:
    def table(name: str) -> dict[str, Any]:
        return {key[len(name) + 1 :]: values[key] for key in values if key.startswith(f"{name}.")}

    return Site(
        **{key: value for key, value in values.items() if "." not in key},
        seeds=Seeds(**table("seeds")),
        scope=Scope(**table("scope")),
        schedule=Schedule(**table("schedule")) if "schedule.cron" in values else None,
        politeness=Politeness(**table("politeness")),
        limits=Limits(**table("limits")),
        profile=SiteProfile(
            site=values["name"],
            publisher=values.get("publisher"),
            language=values.get("language"),
            **table("hints"),
        ),
        origin=origin,
    )
