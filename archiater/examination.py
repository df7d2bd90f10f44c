"""What this machine has and lacks for archiater, found out by trying. `archiater doctor` shows it.

Each check gives one `Finding`; none raises. Something that is missing keeps archiater from working,
or a collection from being read; a remark is worth knowing and keeps nothing from anybody.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from archiater.shell import Shell
from articles.errors import ArchiaterError

State = Literal["ok", "remark", "missing"]

# Distribution and what to import of it: a wheel for another machine installs, and fails only here.
_PACKAGES = (
    ("scrapy", "scrapy"),
    ("beautifulsoup4", "bs4"),
    ("warcio", "warcio.archiveiterator"),
    ("sqlite-utils", "sqlite_utils"),
    ("lxml", "lxml.etree"),
    ("cssselect", "cssselect"),
    ("isal", "isal.igzip"),
    ("tldextract", "tldextract"),
    ("click", "click"),
    ("rich", "rich"),
    ("cronsim", "cronsim"),
    ("pyarrow", "pyarrow"),
)
# A WARC file grows to a gigabyte before it is closed, and the database beside it.
_LEAST_FREE_BYTES = 2_000_000_000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at."""

    what: str
    state: State
    found: str
    advice: str = ""


def examine(shell: Shell) -> list[Finding]:
    """Every check, in the order in which one would mend things."""
    return [
        _python(),
        *_packages(),
        _capture(),
        _sqlite(),
        _analyser(),
        _time_zones(),
        *_settings(shell),
        *_sites(shell),
        _disk(shell.collection_path),
        _collection(shell),
        _scheduler("systemd", "systemctl"),
        _scheduler("cron", "crontab"),
    ]


def _python() -> Finding:
    found = f"{platform.python_implementation()} {platform.python_version()}, {sys.executable}"
    if sys.version_info < (3, 11) or sys.implementation.name != "cpython":
        return _missing("python", found, "archiater needs CPython 3.11 or newer")
    return Finding(what="python", state="ok", found=found)


def _packages() -> Iterator[Finding]:
    for name, module in _PACKAGES:
        try:
            version = importlib.metadata.version(name)
            importlib.import_module(module)
        except (ImportError, OSError) as error:
            advice = "install it: make setup, or pip install -r requirements.txt"
            yield _missing(name, str(error) or type(error).__name__, advice)
        else:
            yield Finding(what=name, state="ok", found=version)


def _capture() -> Finding:
    from archiater.settings import ARCHIATER_SELF_TEST
    from archive.capture_proof import require_proof

    try:
        require_proof(ARCHIATER_SELF_TEST)
    except ArchiaterError as error:
        return _missing("capture", str(error), "nothing is archived before this is mended")
    return Finding(what="capture", state="ok", found="exact to the byte, over http and https")


def _sqlite() -> Finding:
    from archive import schema

    version = sqlite3.sqlite_version
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        # All that the database uses, the full text index with its tokenizer included.
        schema.migrate(connection, where="memory")
    except sqlite3.Error as error:
        advice = "use a Python whose SQLite is 3.35 or newer and has FTS5"
        return _missing("sqlite", f"{version}: {error}", advice)
    finally:
        connection.close()
    return Finding(what="sqlite", state="ok", found=f"{version} with FTS5")


def _analyser() -> Finding:
    from archive.searching.analyser import CHARACTERS, best_analyser

    name = best_analyser().name
    if name == CHARACTERS.name:
        return Finding(
            what="words in Thai, Chinese, ...",
            state="remark",
            found=f"{name}: parted at characters",
            advice="install icu4py to find whole words in scripts without spaces",
        )
    return Finding(what="words in Thai, Chinese, ...", state="ok", found=name)


def _time_zones() -> Finding:
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo("Asia/Manila")
    except (LookupError, OSError, ValueError) as error:
        advice = "install the package tzdata (pip) or the system's time zone data"
        return _missing("time zones", str(error), advice)
    return Finding(what="time zones", state="ok", found=f"{len(available_timezones())} known")


def _settings(shell: Shell) -> Iterator[Finding]:
    try:
        config = shell.config
    except ArchiaterError as error:
        yield _missing("settings", str(error), "mend archiater.toml")
        return
    enabled = ", ".join(config.enabled_sites) or "none"
    yield Finding(what="settings", state="ok", found=f"enabled sites: {enabled}")
    if not config.contact:
        yield Finding(
            what="crawl.contact",
            state="remark",
            found="empty",
            advice="set a mail address or URL in archiater.toml: say who is asking",
        )


def _sites(shell: Shell) -> Iterator[Finding]:
    try:
        known = len(shell.sites)
        for name in shell.config.enabled_sites:
            shell.sites.named(name)
    except ArchiaterError as error:
        yield _missing("sites", str(error), "mend the site file, or sites.enabled")
    else:
        yield Finding(what="sites", state="ok", found=f"{known} known")


def _disk(collection: Path) -> Finding:
    place = collection.absolute()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    found = f"{free / 1e9:.1f} GB free at {place}"
    if free < _LEAST_FREE_BYTES:
        return _missing("disk", found, "make room, or choose another place with -C: 2 GB at least")
    return Finding(what="disk", state="ok", found=found)


def _collection(shell: Shell) -> Finding:
    from archive.census import count_collection

    path = shell.collection_path
    if not (path / "archive.db").exists():
        advice = f"make one: archiater -C {path} init"
        return Finding(what="collection", state="remark", found=f"none at {path}", advice=advice)
    try:
        with shell.open_collection() as collection:
            census = count_collection(collection)
    except (ArchiaterError, sqlite3.Error) as error:
        return _missing("collection", str(error), "see what it says; archiater verify tells more")
    found = (
        f"{path}: {census.articles} articles, {census.captures} captures, "
        f"{census.warc_files} WARC files of {census.warc_bytes / 1e6:,.1f} MB"
    )
    return Finding(what="collection", state="ok", found=found)


def _scheduler(what: str, program: str) -> Finding:
    path = shutil.which(program)
    if path is None:
        advice = f"archiater schedule daemon runs without {what}"
        return Finding(what=what, state="remark", found=f"no {program}", advice=advice)
    return Finding(what=what, state="ok", found=path)


def _missing(what: str, found: str, advice: str) -> Finding:
    return Finding(what=what, state="missing", found=found, advice=advice)
