"""The settings of a collection: read once, checked at once, carried as one frozen `Config`.

A default stands here alone, next to the reason for its number. What a flag of a command says goes
before the environment (`ARCHIATER_CRAWL_DELAY_S`), that before `archiater.toml`, that before the
default. What belongs to one site (seeds, schedule, its own delay) stands in that site's file.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.errors import ArchiaterError

FILE_NAME = "archiater.toml"


class ConfigError(ArchiaterError):
    """A setting is not what it must be."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting as people know it: its key in archiater.toml, its default, the reason for it."""

    key: str
    field: str
    default: Any
    reason: str
    least: float | None = None
    most: float | None = None
    """Far beyond use: what lies over it is a typing error that would end in a timer or a machine
    that stands still."""


SETTINGS: tuple[Setting, ...] = (
    Setting(
        key="crawl.contact",
        field="contact",
        default="",
        reason="A mail address or URL that goes into the user agent: say who is asking.",
    ),
    Setting(
        key="crawl.delay_s",
        field="delay_s",
        default=2.0,
        least=0,
        most=86_400,
        reason="Seconds between two requests to one host, where its site file names none.",
    ),
    Setting(
        key="crawl.timeout_s",
        field="timeout_s",
        default=30.0,
        least=1,
        most=86_400,
        reason="Scrapy's 180 lets a handful of slow pages hold up a whole crawl.",
    ),
    Setting(
        key="crawl.max_body_bytes",
        field="max_body_bytes",
        default=16 * 1024 * 1024,
        least=1024,
        most=2**30,
        reason="What is archived of a body at most. Article pages stay under 5 MB; of what is "
        "larger than 16 MiB, links are looked for in that first part only.",
    ),
    Setting(
        key="crawl.max_depth",
        field="max_depth",
        default=5,
        least=0,
        most=10_000,
        reason="Links followed away from a seed, where the site file says nothing.",
    ),
    Setting(
        key="crawl.tries",
        field="tries",
        default=3,
        least=1,
        most=100,
        reason="How often a page that fails is asked for before it is given up.",
    ),
    Setting(
        key="crawl.wait_for_room_s",
        field="wait_for_room_s",
        default=3600.0,
        least=0,
        most=31 * 86_400,
        reason="Seconds that a crawl waits on a full disk before it ends; 0 ends it at once.",
    ),
    Setting(
        key="crawl.look_for_room_s",
        field="look_for_room_s",
        default=5.0,
        least=0.1,
        most=3600,
        reason="Seconds between two looks whether a full disk has room again.",
    ),
    Setting(
        key="archive.operator",
        field="operator",
        default="",
        reason="Who runs the crawl; written into each WARC file's warcinfo record.",
    ),
    Setting(
        key="archive.max_file_bytes",
        field="max_file_bytes",
        default=1_000_000_000,
        least=10_000,
        reason="A WARC file is closed at this size; 1 GB is the trade's custom.",
    ),
    Setting(
        key="extract.jobs",
        field="jobs",
        default=1,
        least=1,
        most=256,
        reason="Processes that extract an import or what a crawl left; beside a crawl it is one.",
    ),
    Setting(
        key="sites.enabled",
        field="enabled_sites",
        default=(),
        reason="The sites that `crawl` without a name and the schedule take.",
    ),
)
_BY_KEY = {setting.key: setting for setting in SETTINGS}


@dataclass(frozen=True, kw_only=True)
class Config:
    """Every setting of a collection, checked."""

    contact: str
    delay_s: float
    timeout_s: float
    max_body_bytes: int
    max_depth: int
    tries: int
    wait_for_room_s: float
    look_for_room_s: float
    operator: str
    max_file_bytes: int
    jobs: int
    enabled_sites: tuple[str, ...]
    origins: Mapping[str, str]
    """Key of the setting -> `default`, the path of archiater.toml, or the environment variable."""

    def value(self, key: str) -> Any:
        """The value of a setting by its key (`crawl.delay_s`)."""
        return getattr(self, _BY_KEY[key].field)


def read_config(collection_path: Path, environment: Mapping[str, str] = os.environ) -> Config:
    """The settings of the collection at `collection_path`; all defaults where there is no file.

    Raises `ConfigError`, one line that names the file, the line and the key.
    """
    path = collection_path / FILE_NAME
    found = _read_file(path)
    origins = {key: str(path) for key in found}
    for setting in SETTINGS:
        variable = "ARCHIATER_" + setting.key.upper().replace(".", "_")
        if variable in environment:
            found[setting.key] = _from_text(environment[variable], setting, where=variable)
            origins[setting.key] = variable
    values = {s.field: found.get(s.key, s.default) for s in SETTINGS}
    return Config(**values, origins={s.key: origins.get(s.key, "default") for s in SETTINGS})


def _read_file(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path}: cannot be read ({error}); it must be a UTF-8 text file"
        ) from error
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}; mend that line") from error
    found: dict[str, Any] = {}
    for table, settings in tables.items():
        if not isinstance(settings, dict):
            raise _unknown(path, text, table)
        for name, value in settings.items():
            key = f"{table}.{name}"
            if key not in _BY_KEY:
                raise _unknown(path, text, key)
            where = f"{path}, line {_line_of(text, name)}"
            found[key] = _checked(value, _BY_KEY[key], where=where)
    return found


def _unknown(path: Path, text: str, key: str) -> ConfigError:
    near = difflib.get_close_matches(key, _BY_KEY, n=1)
    hint = f"did you mean {near[0]}?" if near else "`archiater config show` lists the settings"
    line = _line_of(text, key.rpartition(".")[2])
    return ConfigError(f"{path}, line {line}: there is no setting {key}; {hint}")


def _line_of(text: str, name: str) -> int:
    """The first line that sets `name`; TOML's parser does not tell where a key stood."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip().strip("[]").split("=")[0].strip().strip('"') == name:
            return number
    return 1


def _checked(value: Any, setting: Setting, *, where: str) -> Any:
    wanted = _kind_of(setting)
    if wanted is tuple:
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            return tuple(value)
        raise _wrong(value, setting, where, 'a list of names, such as ["hellodoctor.com.ph"]')
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not wanted:
        names = {float: "a number, such as 2.5", int: "a whole number", str: "text in quotes"}
        raise _wrong(value, setting, where, names[wanted])
    if setting.least is not None and not value >= setting.least:
        raise _wrong(value, setting, where, f"at least {setting.least:g}")
    if setting.most is not None and not value <= setting.most:
        raise _wrong(value, setting, where, f"at most {setting.most:g}")
    return value


def _wrong(value: Any, setting: Setting, where: str, expected: str) -> ConfigError:
    return ConfigError(
        f"{where}: {setting.key} is {value!r}, expected {expected}; "
        f"change it, or leave it out for {setting.default!r}"
    )


def _from_text(text: str, setting: Setting, *, where: str) -> Any:
    wanted = _kind_of(setting)
    if wanted is tuple:
        return tuple(name.strip() for name in text.split(",") if name.strip())
    try:
        value = wanted(text)
    except ValueError as error:
        raise _wrong(text, setting, where, f"{wanted.__name__}") from error
    return _checked(value, setting, where=where)


def _kind_of(setting: Setting) -> Any:
    return type(setting.default)


def commented_file() -> str:
    """The text of a new archiater.toml: every setting with its reason, all commented out."""
    lines = ["# Settings of this collection. Each has a default; take out the # to change it.", ""]
    table = ""
    for setting in SETTINGS:
        first, _, name = setting.key.partition(".")
        if first != table:
            lines += ([""] if table else []) + [f"[{first}]"]
            table = first
        lines += [f"# {setting.reason}", f"# {name} = {_as_toml(setting.default)}"]
    return "\n".join(lines) + "\n"


def _as_toml(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value + '"'
    if isinstance(value, tuple):
        return "[" + ", ".join(_as_toml(part) for part in value) + "]"
    return str(value)
